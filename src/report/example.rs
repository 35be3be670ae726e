//! Small ledgers, written in a line a case, whose figures are worked out by hand.

use jiff::civil::date;

use super::{Counted, Period};
use crate::case::example::{complaint, event};
use crate::case::{Case, Event, Id, Kind, Stamp};
use crate::policy::{RuleBook, example};
use crate::view::{Horizon, View};

const SHOP: &str = r#"
[shop]
name = "shop"
timezone = "Asia/Shanghai"
language = "en"

[people.an]
name = "安妮"
department = "service"
[people.bo]
name = "李波"
department = "quality"
[people.cy]
department = "management"
"#;

const POLICY: &str =
    "[[clock]]\nname = \"resolve\"\nstart = \"received\"\nstop = \"resolved\"\nwithin = \"72h\"\n";

/// A shop of three, where a case is to be resolved within 72 hours.
pub(crate) fn book() -> RuleBook {
    example::book(SHOP, None, POLICY)
}

/// Reads `received 10-05 09:00; assigned 10-05 10:00 owner=an`, all of it in 2026 in Shanghai.
pub(crate) fn case(number: u32, kind: Kind, history: &str) -> Case {
    let history = history.split(';').map(happened).collect();
    Case { id: Id::new(date(2026, 5, 1), number), kind, ..complaint(history) }
}

fn happened(line: &str) -> Event {
    let mut words = line.split_whitespace();
    let stamp = |day: &str, time: &str| Stamp::parse(&format!("2026-{day}T{time}:00+08:00")).unwrap();
    let (name, at) = (words.next().unwrap(), stamp(words.next().unwrap(), words.next().unwrap()));
    event(name, at, words, |word| word.split_once('_').map(|(day, time)| stamp(day, time)).unwrap())
}

pub(crate) fn period(word: &str, book: &RuleBook) -> Period {
    Period::parse(word, date(2026, 11, 22), &book.shop.zone).unwrap()
}

/// The cases as of the end of a period.
pub(crate) fn view<'a>(cases: &'a [&'a Case], book: &'a RuleBook, period: &Period) -> View<'a> {
    View::of(cases, book, Horizon::of(period.end, "2027-06-01T00:00:00Z".parse().unwrap()))
}

/// The numbers that the cases were made with, each hit.
pub(crate) fn numbers(hits: &Counted<'_>) -> Vec<u32> {
    let cases = hits.cases();
    let number = |id: &&Id| (0..32).find(|number| Id::new(date(2026, 5, 1), *number) == **id).unwrap();
    let mut numbers: Vec<u32> = cases.iter().map(number).collect();
    numbers.sort_unstable();
    numbers
}

/// October in a shop of three.
pub(crate) fn october() -> Vec<Case> {
    use Kind::{Complaint, Praise, Suggestion};
    [
        (Complaint, "received 09-20 09:00; assigned 09-20 10:00 owner=an; assigned 10-02 10:00 owner=bo; resolved 10-03 09:00; followed-up 10-04 09:00 outcome=satisfied score=5"),
        (Complaint, "received 10-05 09:00; assigned 10-05 10:00 owner=an; resolved 10-06 09:00; followed-up 10-07 09:00 outcome=dissatisfied score=2; resolved 10-08 09:00; followed-up 10-09 09:00 outcome=unreached"),
        (Complaint, "received 10-10 09:00; assigned 10-10 10:00 owner=an; escalated 10-11 09:00 reason=x; returned 10-15 09:00 reason=x; assigned 10-16 09:00 owner=bo"),
        (Suggestion, "received 10-01 00:00; assigned 10-01 09:00 owner=bo; closed 10-02 09:00; reopened 10-20 09:00 reason=x"),
        (Praise, "received 10-07 09:00; forwarded 10-07 12:00 to=an,bo"),
        (Complaint, "received 10-08 09:00 category=service/attitude; assigned 10-08 10:00 owner=bo; diagnosed 10-09 09:00 cause=x responsible=安妮; resolved 10-10 09:00"),
        (Complaint, "received 10-31 23:00; assigned 10-31 23:30 owner=an; resolved 11-01 00:00"),
        (Complaint, "received 10-08 09:00 category=service/attitude; diagnosed 10-09 09:00 cause=x responsible=service"),
        (Complaint, "received 10-08 09:00 category=service/attitude; diagnosed 10-09 09:00 cause=x responsible=courier; rejected 10-09 10:00 reason=x"),
    ]
    .into_iter()
    .zip(1..)
    .map(|((kind, history), number)| case(number, kind, history))
    .collect()
}

/// Three customers who were asked in the second half of 2026.
pub(crate) fn asked() -> Vec<Case> {
    [
        (Kind::Complaint, "received 07-01 09:00; assigned 07-01 10:00 department=quality owner=bo; diagnosed 07-02 09:00 cause=glue; resolved 07-03 09:00; followed-up 07-05 09:00 outcome=dissatisfied score=1; resolved 07-08 09:00; followed-up 07-09 09:00 outcome=satisfied score=4; surveyed 11-02 09:00 score=5"),
        (Kind::Complaint, "received 08-01 09:00; assigned 08-01 10:00 department=service owner=an; diagnosed 08-02 09:00 cause=glue; resolved 08-02 10:00; followed-up 08-03 09:00 outcome=dissatisfied; followed-up 08-05 09:00 outcome=dissatisfied score=2"),
        (Kind::Inquiry, "received 08-09 09:00; resolved 08-09 10:00; followed-up 08-10 09:00 outcome=unreached; followed-up 08-11 09:00 outcome=satisfied; surveyed 11-03 09:00 score=2"),
    ]
    .into_iter()
    .zip(1..)
    .map(|((kind, history), number)| case(number, kind, history))
    .collect()
}
