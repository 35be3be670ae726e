//! What is allowed, and the messages if it is not.

use crate::case::example::{self, complaint};
use crate::case::{Case, Event, EventName, Field, Kind, Stamp, Value};
use crate::policy::example::book;
use crate::policy::{breaches, instances, violations};

const SHOP: &str = "
[shop]
name = 'shop'
timezone = 'Asia/Shanghai'
language = 'en'
[people.li]
name = 'Li'
role = 'quality-lead'
[people.wu]
role = 'manager'
[people.he]
role = 'agent'
";

const POLICY: &str = "
[milestones]
reported = 'Reported to the manager'
[needs.complaint]
resolved = ['contacted', 'triaged:justified', 'approved']
closed = ['followed-up:satisfied', 'reported']
rejected = ['triaged:unjustified', 'diagnosed']
[approval.complaint]
roles = ['quality-lead', 'manager']
";

/// Reads `approved 3 as=manager by=wu`: an event at a minute after 09:00.
fn event(line: &str) -> Event {
    let mut words = line.split_whitespace();
    let (name, minute) = (words.next().unwrap(), words.next().unwrap());
    let stamp = |word: &str| Stamp::parse(word).unwrap();
    example::event(name, stamp(&format!("2026-11-23T09:{minute:0>2}:00+08:00")), words, stamp)
}

/// What forbids the last event of a history: code, message, help.
fn told(kind: Kind, history: &str) -> Vec<String> {
    let (before, last) = history.rsplit_once("; ").unwrap();
    let book = book(SHOP, None, POLICY);
    let case = Case { kind, ..complaint(before.split("; ").map(event).collect()) };
    let found = violations(&book, book.rules(&case), &book.whole(&case), &event(last));
    let line = |violation: &crate::policy::Violation| {
        let help: Vec<_> = violation.help.iter().map(ToString::to_string).collect();
        format!("{}: {} | {}", violation.code, violation.message, help.join(" | "))
    };
    found.iter().map(line).collect()
}

#[track_caller]
fn forbids(history: &str, expected: &[&str]) {
    assert_eq!(told(Kind::Complaint, history), expected, "{history}");
}

#[test]
fn the_lifecycle_comes_first() {
    let done = "do it with: fb propose 7k3q9x --remedy …";
    forbids("received 0; received 1", &["not-allowed: 7k3q9x has already been received | "]);
    forbids("received 0; reopened 1 reason=x", &["not-allowed: 7k3q9x has not ended: it is new | "]);
    forbids("received 0; resumed 1", &["not-allowed: 7k3q9x is not waiting: it is new | "]);
    let nothing = format!("not-allowed: 7k3q9x has no remedy that waits for approval: it is new | {done}");
    forbids("received 0; approved 1 as=manager", &[&nothing]);
    let ended = told(Kind::Complaint, "received 0; rejected 1 reason=x; resumed 2");
    assert_eq!(ended, told(Kind::Complaint, "received 0; rejected 1 reason=x; accepted 2"));
    assert_eq!(ended, told(Kind::Complaint, "received 0; rejected 1 reason=x; approved 2"));
    assert!(
        ended[0].starts_with("not-allowed: 7k3q9x") && ended[0].contains("fb reopen 7k3q9x"),
        "{ended:?}"
    );
    forbids("received 0; rejected 1 reason=x; reopened 2 reason=y", &[]);
}

#[test]
fn every_step_that_is_missing_is_reported_with_its_command() {
    let missing = |event: &str, step: &str, command: &str| {
        format!(
            "not-allowed: 7k3q9x cannot be {event} yet: the step `{step}` is missing | do it with: {command}"
        )
    };
    let found = told(Kind::Complaint, "received 0; resolved 1");
    let expected = [
        missing("resolved", "contacted", "fb contact 7k3q9x"),
        missing("resolved", "triaged: justified", "fb triage 7k3q9x --justified"),
        missing("resolved", "approved", "fb approve 7k3q9x"),
    ];
    assert_eq!(found, expected);
    let expected = [
        missing("rejected", "triaged: unjustified", "fb triage 7k3q9x --not-justified"),
        missing("rejected", "diagnosed", "fb diagnose 7k3q9x --cause …"),
    ];
    assert_eq!(told(Kind::Complaint, "received 0; triaged 1 justified=true; rejected 2 reason=x"), expected);
    let expected = [
        missing("closed", "followed up: satisfied", "fb follow-up 7k3q9x --outcome satisfied"),
        missing("closed", "Reported to the manager", "fb mark 7k3q9x reported"),
    ];
    assert_eq!(told(Kind::Complaint, "received 0; closed 1"), expected);
    forbids("received 0; diagnosed 1 cause=x; triaged 2 justified=false; rejected 3 reason=x", &[]);
    // Other kinds have other needs, here none.
    assert_eq!(told(Kind::Inquiry, "received 0; resolved 1"), Vec::<String>::new());
}

#[test]
fn a_step_of_a_round_is_needed_anew() {
    let first = "received 0; contacted 1; triaged 2 justified=true; proposed 3 remedy=refund by=he; \
                 approved 4 as=manager by=wu";
    forbids(&format!("{first}; resolved 5"), &[]);
    let second = format!("{first}; resolved 5; followed-up 6 outcome=dissatisfied; resolved 7");
    let found = told(Kind::Complaint, &second);
    assert_eq!(found.len(), 1, "contacted and triaged hold for every round: {found:?}");
    assert!(found[0].contains("the step `approved` is missing"), "{found:?}");
    // The follow-up that began a round came in the one before it.
    let followed = format!("{first}; followed-up 6 outcome=dissatisfied; resolved 7");
    assert_eq!(told(Kind::Complaint, &followed).len(), 1);
}

#[test]
fn approvals_are_given_once_by_those_who_are_asked() {
    let proposed = "received 0; proposed 1 remedy=refund by=he";
    let asked = "it must be approved by: quality lead, manager";
    let found = |line: &str| told(Kind::Complaint, &format!("{proposed}; {line}"));
    assert_eq!(found("approved 2 as=manager by=wu"), Vec::<String>::new());
    assert_eq!(found("approved 2 as=quality-lead by=li"), Vec::<String>::new());
    // A person who is not on the staff list cannot be asked for a role.
    assert_eq!(found("approved 2 as=manager by=mo"), Vec::<String>::new());
    assert_eq!(found("approved 2 by=wu"), [format!("not-allowed: in which role is it approved? | {asked}")]);
    let own = found("approved 2 as=manager by=he");
    assert_eq!(own[0], format!("self-approved: he proposed this remedy and cannot approve it | {asked}"));
    assert_eq!(own[1..], [format!("not-allowed: he does not have the role manager | {asked}")]);
    let agent = found("approved 2 as=agent by=wu");
    assert_eq!(agent[0], format!("not-allowed: the agent does not have to approve this | {asked}"));
    assert_eq!(agent[1..], [format!("not-allowed: wu does not have the role agent | {asked}")]);
    let twice = found("approved 2 as=manager by=wu; approved 3 as=manager by=wu");
    assert_eq!(twice, [format!("not-allowed: the manager has already approved it | {asked}")]);
    let not_held = found("approved 2 as=manager by=li");
    assert_eq!(not_held, [format!("not-allowed: Li does not have the role manager | {asked}")]);
    // The result of an inquiry needs no approval; one's own remedy is still one's own.
    let inquiry = |by: &str| told(Kind::Inquiry, &format!("{proposed}; approved 2 by={by}"));
    assert_eq!(inquiry("wu").len(), 0, "approved at once");
    assert_eq!(inquiry("he").len(), 1);
}

/// A number of events for which a search through all before each of them would take minutes.
const MANY: usize = 60_000;

/// Rounds of handling; the customer is not satisfied with any of them.
fn rounds(n: usize) -> Case {
    let at = |minute: usize| {
        let instant = jiff::Timestamp::from_second(1_700_000_000 + 60 * minute as i64).unwrap();
        Stamp::new(instant, &jiff::tz::TimeZone::UTC)
    };
    let first = Event::new(EventName::Received, at(0));
    let rounds = (0..n).flat_map(|round| {
        let outcome = Value::Text("dissatisfied".to_owned());
        [
            Event::new(EventName::Resolved, at(2 * round + 1)),
            Event::new(EventName::FollowedUp, at(2 * round + 2)).with(Field::Outcome, outcome),
        ]
    });
    complaint([first].into_iter().chain(rounds).collect())
}

#[test]
fn many_rounds_are_held_against_the_steps_of_each_in_one_pass() {
    let book = book(SHOP, None, POLICY);
    let case = rounds(MANY);
    let found = breaches(&book, book.rules(&case), &book.whole(&case));
    // `contacted`, `triaged:justified` and `approved` before each resolution
    assert_eq!(found.len(), 3 * MANY);
    assert_eq!(found.iter().map(|(at, _)| *at).max(), Some(2 * MANY - 1));
}

#[test]
fn the_clocks_of_many_rounds_are_followed_no_further_than_they_run() {
    let clocks = "
[[clock]]
name = 'never'
when = { urgency = 'urgent' }
start = ['received', 'resolved']
stop = ['resolved', 'followed-up']
within = '1h'
[[clock]]
name = 'always'
start = ['resolved']
stop = ['followed-up']
within = '1h'
";
    let book = book(SHOP, None, clocks);
    let case = rounds(MANY);
    let now = jiff::Timestamp::from_second(1_900_000_000).unwrap();
    let found = instances(&book.whole(&case), book.rules(&case), &book, now).unwrap();
    assert_eq!(found.len(), MANY);
    assert!(found.iter().all(|one| one.rule.name == "always" && one.met() == Some(true)));
}

#[test]
fn a_clock_that_is_paused_many_times_is_reckoned_once() {
    let clock = "
[[clock]]
name = 'paused'
start = ['received']
stop = ['resolved']
within = '24h'
pause = ['waiting']
";
    let book = book(SHOP, None, clock);
    let at =
        |minute: usize| rounds(0).history[0].at.instant() + jiff::SignedDuration::from_mins(minute as i64);
    let at = |minute: usize| Stamp::new(at(minute), &jiff::tz::TimeZone::UTC);
    let waits = (0..MANY).flat_map(|wait| {
        [Event::new(EventName::Waiting, at(3 * wait + 1)), Event::new(EventName::Resumed, at(3 * wait + 2))]
    });
    let first = Event::new(EventName::Received, at(0));
    let case = complaint([first].into_iter().chain(waits).collect());
    let found = instances(&book.whole(&case), book.rules(&case), &book, at(3 * MANY).instant()).unwrap();
    // It runs in two of three minutes: 24 hours are over after 36
    let due = found[0].due.unwrap();
    assert_eq!(due.duration_since(found[0].started).as_mins(), 36 * 60);
}
