//! What is asked at each step is what the clauses of the rule books ask for there, worked out by hand.

use super::{StepQuestion, Weight, is_out_of_place, questions, questions_at_receipt};
use crate::case::example::{self, complaint};
use crate::case::{Case, Event, Kind, Stamp};
use crate::policy::{PLAIN_CALENDAR, Preset, RuleBook};

const STEPS: [&str; 6] = ["received", "triaged", "assigned", "diagnosed", "proposed", "followed-up"];

/// What an event needs itself.
const PLAIN: [&str; 6] = ["", "category* urgency*", "department*", "cause*", "remedy*", "outcome*"];

/// What the rule books ask for beside that: `!` is required, `?` may be left empty, and behind `>` is the clock that waits
/// for the answer. `-` is every kind.
const ASKED: &[(&str, &str, &str, &str)] = &[
    // S0.5.1: recorded in detail; a complex one has 72 hours
    ("ecommerce", "complaint", "received", "description?"),
    ("ecommerce", "complaint", "triaged", "category* urgency* complexity?>result=72h"),
    // S0.5.2: an actionable suggestion has a plan within a week
    ("ecommerce", "suggestion", "triaged", "category* urgency* justified?>plan=7d"),
    // S1.4.1: the registration form
    ("citywide", "complaint", "received", "customer.key! description!"),
    // S1.4.2: justified or not
    ("citywide", "complaint", "triaged", "category* urgency* justified!"),
    // S1.4.4: the responsible party; department and person (S1.4.3) are named by a hand-over
    ("citywide", "complaint", "diagnosed", "cause* responsible!"),
    // S1.6.3: what was said
    ("citywide", "complaint", "followed-up", "outcome* note!"),
    // S1.7: a major one is referred
    ("citywide", "violation", "triaged", "category* urgency*>refer=1d"),
    // S2.3.1: 30 minutes, 4 working hours or a working day
    ("handbook", "complaint", "triaged", "category* urgency*>respond"),
    ("handbook", "inquiry", "triaged", "category* urgency*>respond"),
    // S2.4.2: requirement and deadline
    ("handbook", "-", "assigned", "department* expects! due!"),
    // S3.2.2: what is complex is closed in 48 hours; every other limit runs without an answer (S3.1.4)
    ("aftersales", "complaint", "triaged", "category* urgency* complexity?>complex=48h"),
    ("aftersales", "inquiry", "triaged", "category* urgency* complexity?>complex=48h"),
    // S4.6: customer, order number, problem
    ("servicedesk", "complaint", "received", "customer.key! order! description!"),
];

fn book(preset: &str) -> RuleBook {
    let preset = Preset::of(preset).unwrap();
    let shop = "[shop]\nname = 'x'\ntimezone = 'Asia/Shanghai'\ncalendar = 'office'\n";
    let file = |path: &str, text: &str| (path.into(), text.to_owned());
    let others = preset.calendars.iter().map(|(name, text)| file(&format!("calendar/{name}"), text));
    let calendars: Vec<_> = others.chain([file("calendar/office.toml", PLAIN_CALENDAR)]).collect();
    let rules = [file("policy/base.toml", &preset.undated())];
    RuleBook::read(&file("fb.toml", &format!("{shop}{}", preset.shop)), &calendars, &rules).unwrap()
}

fn event(line: &str) -> Event {
    let mut words = line.split(' ');
    let (name, minute) = (words.next().unwrap(), words.next().unwrap());
    let stamp = |word: &str| Stamp::parse(word).unwrap();
    example::event(name, stamp(&format!("2026-11-23T09:{minute:0>2}:00+08:00")), words, stamp)
}

fn case(kind: Kind, history: &str) -> Case {
    Case { kind, ..complaint(history.split("; ").map(event).collect()) }
}

fn word(question: &StepQuestion<'_>) -> String {
    let sign = match question.weight {
        Weight::Essential => "*",
        Weight::Required => "!",
        Weight::Optional => "?",
    };
    let clock = question.starts.map(|clock| match clock.limit {
        Some(limit) => format!(">{}={limit}", clock.rule.name),
        None => format!(">{}", clock.rule.name),
    });
    format!("{}{sign}{}", question.field.word(), clock.unwrap_or_default())
}

/// What is asked at a step of a case, the first word being the event.
fn asked(book: &RuleBook, case: &Case, step: &str) -> String {
    let rules = book.rules(case);
    let found = match step {
        "received" => questions_at_receipt(rules, case),
        step => questions(rules, &book.whole(case), &event(step)),
    };
    found.iter().map(word).collect::<Vec<_>>().join(" ")
}

#[test]
fn each_step_asks_for_what_the_clauses_want() {
    let mut compared = 0;
    for preset in Preset::ALL {
        let book = book(preset.name);
        for kind in Kind::ALL {
            let case = case(kind, "received 0");
            for (step, plain) in STEPS.into_iter().zip(PLAIN) {
                let row = ASKED.iter().find(|(name, of_kind, at, _)| {
                    *name == preset.name && [kind.word(), "-"].contains(of_kind) && *at == step
                });
                let expected = row.map_or(plain, |row| row.3);
                let line = if step == "received" { step.to_owned() } else { format!("{step} 9") };
                assert_eq!(asked(&book, &case, &line), expected, "{} {kind} {step}", preset.name);
                compared += usize::from(row.is_some());
            }
        }
    }
    assert_eq!(compared, ASKED.len() - 1 + Kind::ALL.len(), "a row that is about nothing");
}

#[test]
fn what_is_known_is_not_asked() {
    let (shop, city) = (book("ecommerce"), book("citywide"));
    let idea = case(Kind::Suggestion, "received 0; triaged 1 category=other urgency=general justified=true");
    assert_eq!(asked(&shop, &idea, "triaged 9 category=other"), "urgency*");
    let cup = case(Kind::Complaint, "received 0 urgency=general complexity=simple");
    assert_eq!(asked(&shop, &cup, "triaged 9 category=other urgency=general"), "");
    let mut form = cup.clone();
    form.customer.key = Some("c-1".to_owned());
    assert_eq!(asked(&city, &form, "received"), "description!");
    form.description = Some(" ".to_owned());
    assert_eq!(asked(&city, &form, "received"), "description!");
    assert_eq!(asked(&city, &cup, "followed-up 9 note=thanks outcome=unreached"), "");
    assert_eq!(asked(&city, &cup, "assigned 9 owner=li"), "");
}

#[test]
fn a_need_of_some_cases_asks_when_the_answers_fit() {
    let policy = "
[[clock]]
name = 'plan'
when = { justified = true, urgency = 'urgent' }
start = ['triaged']
stop = ['proposed']
within = '1d'
[needs.complaint]
triaged = [{ ask = ['justified'] }, { when = { urgency = 'urgent' }, fields = ['justified', 'priority'], clause = 'A' }]
";
    let book = crate::policy::example::book(crate::policy::example::SHOP, None, policy);
    let cup = case(Kind::Complaint, "received 0");
    assert_eq!(
        asked(&book, &cup, "triaged 9 category=other"),
        "urgency* justified?",
        "two things are unknown"
    );
    assert_eq!(asked(&book, &cup, "triaged 9 category=other urgency=general"), "justified?");
    let urgent = "triaged 9 category=other urgency=urgent";
    assert_eq!(asked(&book, &cup, urgent), "justified!>plan=1d priority!");
    let found = questions(book.rules(&cup), &book.whole(&cup), &event(urgent));
    assert!(found.iter().all(|question| question.clause == Some("A")));
}

#[test]
fn nothing_is_asked_in_vain() {
    let book = book("citywide");
    let in_vain = |history: &str, step: &str| {
        let case = case(Kind::Complaint, history);
        is_out_of_place(&book, book.rules(&case), &book.whole(&case), &event(step))
    };
    assert!(!in_vain("received 0", "triaged 9"));
    assert!(in_vain("received 0", "diagnosed 9"), "nobody has it");
    let triaged = "received 0; triaged 1 category=other urgency=general justified=true";
    assert!(
        in_vain(&format!("{triaged}; assigned 2 department=technical"), "diagnosed 9"),
        "no person has it"
    );
    let assigned = format!("{triaged}; assigned 2 department=technical owner=li");
    assert!(!in_vain(&assigned, "diagnosed 9"));
    assert!(in_vain(&assigned, "closed 9 lesson=x"));
    assert!(in_vain("received 0; rejected 1 reason=x", "triaged 9"));
}
