//! Random ledgers: plain words and hours, and the same as cases of the product.

use std::path::PathBuf;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;

use crate::case::example::complaint;
use crate::case::{Case, Customer, Event, EventName, Field, Id, Kind, Stamp, Value};
use crate::policy::RuleBook;
use crate::report::Period;

/// What an event says: pairs of a key and a word.
pub(super) type Words = &'static [(&'static str, &'static str)];

/// Something that happened at an hour after the midnight that began 1 September 2026 in Shanghai.
#[derive(Debug, Clone, Copy)]
pub(super) struct Said {
    pub hour: i64,
    pub name: &'static str,
    pub words: Words,
}

/// A case in plain words; the first event is the receipt, the others are in the order of a file.
#[derive(Debug, Clone)]
pub(super) struct Drawn {
    pub id: String,
    pub kind: &'static str,
    pub channel: &'static str,
    pub product: Option<&'static str>,
    pub customer: Option<&'static str>,
    pub history: Vec<Said>,
}

/// The hours of September, October and November.
pub(super) const HOURS: i64 = 91 * 24;

const RECEIPTS: &[Words] = &[
    &[],
    &[("category", "service/speed"), ("urgency", "general"), ("owner", "li")],
    &[("department", "quality")],
];

/// What happens to cases; what ends one or takes it up again is here more than once.
const HAPPENINGS: &[(&str, Words)] = &[
    ("triaged", &[("category", "product/quality"), ("urgency", "urgent"), ("justified", "true")]),
    ("triaged", &[("category", "service/attitude"), ("urgency", "general"), ("justified", "false")]),
    ("triaged", &[("category", "other"), ("urgency", "important")]),
    ("amended", &[("justified", "true"), ("urgency", "general")]),
    ("amended", &[("justified", "false")]),
    ("amended", &[("department", "service"), ("owner", "wu"), ("cause", "carrier")]),
    ("amended", &[("remedy", "apology"), ("cost", "3.50")]),
    ("assigned", &[("department", "quality"), ("owner", "zhang")]),
    ("assigned", &[("department", "service")]),
    ("assigned", &[("owner", "li")]),
    ("accepted", &[("owner", "wu")]),
    ("returned", &[]),
    ("contacted", &[]),
    ("contacted", &[("channel", "phone")]),
    ("diagnosed", &[("cause", "packaging"), ("responsible", "warehouse")]),
    ("diagnosed", &[("cause", "carrier"), ("responsible", "courier")]),
    ("diagnosed", &[("cause", "packaging")]),
    ("proposed", &[("remedy", "exchange"), ("cost", "120")]),
    ("waiting", &[]),
    ("waiting", &[]),
    ("resumed", &[]),
    ("resumed", &[]),
    ("escalated", &[("level", "supervisor")]),
    ("resolved", &[]),
    ("resolved", &[("remedy", "refund"), ("cost", "59.90")]),
    ("resolved", &[("remedy", "apology")]),
    ("followed-up", &[("outcome", "satisfied"), ("score", "5")]),
    ("followed-up", &[("outcome", "dissatisfied"), ("score", "2")]),
    ("followed-up", &[("outcome", "dissatisfied")]),
    ("followed-up", &[("outcome", "unreached")]),
    ("closed", &[]),
    ("closed", &[]),
    ("rejected", &[]),
    ("voided", &[]),
    ("reopened", &[]),
    ("reopened", &[]),
    ("reopened", &[]),
    ("forwarded", &[]),
    ("surveyed", &[("score", "3")]),
    ("noted", &[]),
];

/// Midnights are where periods end: many events happen at one.
fn receipt() -> impl Strategy<Value = i64> {
    prop_oneof![0..HOURS, (0..91_i64).prop_map(|day| day * 24), Just(30 * 24), Just(61 * 24)]
}

/// Events in an order that need not be that of their stamps; some are stamped before the receipt.
fn happenings(received: i64) -> impl Strategy<Value = Vec<Said>> {
    let gap = prop_oneof![2 => Just(0), 8 => 0..60_i64, 2 => 0..400_i64, 1 => -30..0_i64];
    let drawn = prop::collection::vec((gap, any::<bool>(), prop::sample::select(HAPPENINGS)), 0..16);
    drawn.prop_map(move |drawn| {
        let mut hour = received;
        let mut lay = |(gap, to_midnight, (name, words)): (i64, bool, (&'static str, Words))| {
            hour += gap;
            let at = if to_midnight && gap > 24 { (hour + 23) / 24 * 24 } else { hour };
            Said { hour: at, name, words }
        };
        drawn.into_iter().map(&mut lay).collect()
    })
}

/// A case; its id is given by its place in the ledger.
fn any_case() -> impl Strategy<Value = Drawn> {
    let intake = (
        prop::sample::select(vec!["complaint", "complaint", "complaint", "suggestion", "praise"]),
        prop::sample::select(vec!["hotline", "chat"]),
        prop::sample::select(vec![None, Some("cup"), Some("pot")]),
        prop::sample::select(vec![None, Some("c-1"), Some("c-2"), Some("c-3")]),
        prop::sample::select(RECEIPTS),
    );
    let history = receipt().prop_flat_map(|received| (Just(received), happenings(received)));
    // In a spreadsheet that knows days alone, a whole life has one stamp.
    let knows_hours = prop::bool::weighted(0.8);
    (intake, history, knows_hours).prop_map(|(intake, (received, rest), knows_hours)| {
        let (kind, channel, product, customer, words) = intake;
        let mut history = vec![Said { hour: received, name: "received", words }];
        history.extend(rest);
        if !knows_hours {
            history.iter_mut().for_each(|said| said.hour = said.hour.div_euclid(24) * 24);
        }
        Drawn { id: String::new(), kind, channel, product, customer, history }
    })
}

/// A ledger of a few cases.
pub(super) fn any_ledger() -> impl Strategy<Value = Vec<Drawn>> {
    prop::collection::vec(any_case(), 0..10).prop_map(|mut cases| {
        for (at, case) in cases.iter_mut().enumerate() {
            case.id = format!("20260901-00000{at}");
        }
        cases
    })
}

/// A month, a quarter, or days from one midnight to another: label and hours.
pub(super) fn any_period() -> impl Strategy<Value = (String, i64, i64)> {
    let days = (0..90_i64, 1..40_i64).prop_map(|(first, length)| {
        let last = (first + length - 1).min(90);
        let date = |day: i64| zone().to_datetime(instant(day * 24)).date();
        (format!("{}..{}", date(first), date(last)), first * 24, (last + 1) * 24)
    });
    let named = [("2026-09", 0, 30), ("2026-10", 30, 61), ("2026-11", 61, 91), ("2026-Q4", 30, 122)];
    let named = named.map(|(label, first, next)| (label.to_owned(), first * 24, next * 24)).to_vec();
    prop_oneof![prop::sample::select(named), days]
}

pub(super) fn zone() -> TimeZone {
    TimeZone::get("Asia/Shanghai").unwrap()
}

pub(super) fn instant(hour: i64) -> Timestamp {
    let first: Timestamp = "2026-08-31T16:00:00Z".parse().unwrap();
    first + SignedDuration::from_hours(hour)
}

pub(super) fn period(label: &str) -> Period {
    Period::parse(label, jiff::civil::date(2026, 11, 22), &zone()).unwrap()
}

/// Two clocks: `contact`, 48 h; `resolve`, 72 h a round without the time waited, for complaints.
pub(super) const CLOCKS: &str = "
[[clock]]
name = 'contact'
start = ['received']
stop = ['contacted', 'rejected']
within = '48h'

[[clock]]
name = 'resolve'
when = { kind = 'complaint' }
start = ['received', 'reopened', 'followed-up:dissatisfied']
stop = ['resolved', 'rejected']
within = '72h'
pause = ['waiting']
";

const OFFICE: &str = "
name = 'office'
any_year = true
[hours]
mon-fri = ['09:00-17:00']
";

/// Whether the office is open in the hour that begins so many hours after the midnight of 1 September, a Tuesday.
pub(super) fn open(hour: i64) -> bool {
    let (day, time) = (hour.div_euclid(24), hour.rem_euclid(24));
    (day + 1).rem_euclid(7) < 5 && (9..17).contains(&time)
}

/// The shop, with these policies by the stem of the file's name.
pub(super) fn book(policies: &[(&str, &str)]) -> RuleBook {
    let file = |path: String, text: &str| (PathBuf::from(path), text.to_owned());
    let shop = "[shop]\nname = \"shop\"\ntimezone = \"Asia/Shanghai\"\nlanguage = \"en\"\n";
    let policies: Vec<_> =
        policies.iter().map(|(stem, text)| file(format!("policy/{stem}.toml"), text)).collect();
    let calendars = [file("calendar/office.toml".to_owned(), OFFICE)];
    RuleBook::read(&file("fb.toml".to_owned(), shop), &calendars, &policies).unwrap()
}

impl Said {
    fn event(&self) -> Event {
        let name = EventName::of(self.name).unwrap();
        let event = Event::new(name, Stamp::new(instant(self.hour), &zone()));
        self.words.iter().fold(event, |event, (key, word)| {
            let field = Field::of(key).unwrap();
            event.with(field, Value::read(field.shape(), vec![(*word).to_owned()], false).unwrap())
        })
    }
}

impl Drawn {
    pub(crate) fn case(&self) -> Case {
        Case {
            id: Id::parse(&self.id).unwrap(),
            kind: Kind::of(self.kind).unwrap(),
            channel: self.channel.to_owned(),
            customer: Customer { key: self.customer.map(str::to_owned), ..Customer::default() },
            product: self.product.map(str::to_owned),
            ..complaint(self.history.iter().map(Said::event).collect())
        }
    }
}
