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
    forbids("received 0; received 1", &["not-allowed: 7k3q9x has already been received | "]);
    forbids("received 0; reopened 1 reason=x", &["not-allowed: 7k3q9x has not ended: it is new | "]);
    forbids("received 0; resumed 1", &["not-allowed: 7k3q9x is not waiting: it is new | "]);
    let nothing = "not-allowed: 7k3q9x has no remedy that waits for approval: it is new | ";
    forbids("received 0; approved 1 as=manager", &[nothing]);
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
fn every_step_that_is_missing_is_reported() {
    let missing = |event: &str, step: &str| {
        format!("not-allowed: 7k3q9x cannot be {event} yet: the step `{step}` is missing | ")
    };
    let found = told(Kind::Complaint, "received 0; resolved 1");
    let expected = [
        missing("resolved", "contacted"),
        missing("resolved", "triaged: justified"),
        missing("resolved", "approved"),
    ];
    assert_eq!(found, expected);
    let expected = [missing("rejected", "triaged: unjustified"), missing("rejected", "diagnosed")];
    assert_eq!(told(Kind::Complaint, "received 0; triaged 1 justified=true; rejected 2 reason=x"), expected);
    let expected =
        [missing("closed", "followed up: satisfied"), missing("closed", "Reported to the manager")];
    assert_eq!(told(Kind::Complaint, "received 0; closed 1"), expected);
    forbids("received 0; diagnosed 1 cause=x; triaged 2 justified=false; rejected 3 reason=x", &[]);
    // Other kinds have other needs, here none.
    assert_eq!(told(Kind::Inquiry, "received 0; resolved 1"), Vec::<String>::new());
}

#[test]
fn a_step_of_a_round_is_needed_anew() {
    let first = "received 0; contacted 1; triaged 2 justified=true; proposed 3 remedy=refund by=he; \
                 approved 4 as=manager by=wu; approved 4 as=quality-lead by=li";
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
    // Who is not in [people] has no role.
    let stranger = "not-allowed: mo is not in [people] of fb.toml, and approves nothing";
    let add = "add the person: fb shop add person mo --role manager";
    assert_eq!(found("approved 2 as=manager by=mo"), [format!("{stranger} | {add} | {asked}")]);
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

/// What forbids the last event of a history of a complaint under a policy: the messages.
fn told_under(policy: &str, history: &str) -> Vec<String> {
    let (before, last) = history.rsplit_once("; ").unwrap();
    let book = book(SHOP, None, policy);
    let case = complaint(before.split("; ").map(event).collect());
    let found = violations(&book, book.rules(&case), &book.whole(&case), &event(last));
    found.iter().map(|violation| violation.message.to_string()).collect()
}

#[test]
fn a_need_of_a_status_holds_for_every_way_there() {
    let policy = "[needs.complaint]\nclosed = ['diagnosed', 'followed-up:satisfied']\n";
    let told = |history: &str| told_under(policy, history);
    let missing = |step: &str| format!("7k3q9x cannot be closed yet: the step `{step}` is missing");
    assert_eq!(told("received 0; closed 1"), [missing("diagnosed"), missing("followed up: satisfied")]);
    // The event counts as its own step.
    assert_eq!(told("received 0; followed-up 1 outcome=satisfied"), [missing("diagnosed")]);
    assert!(told("received 0; diagnosed 1 cause=x; followed-up 2 outcome=satisfied").is_empty());
    // It leads nowhere else, and a case that is there already does not get there.
    for line in [
        "followed-up 1 outcome=unreached",
        "followed-up 1 outcome=dissatisfied",
        "followed-up 1 outcome=satisfied open=true",
    ] {
        assert!(told(&format!("received 0; {line}")).is_empty(), "{line}");
    }
    let closed = "received 0; diagnosed 1 cause=x; followed-up 2 outcome=satisfied; reopened 3 reason=y";
    assert_eq!(told(&format!("{closed}; closed 4")), [missing("followed up: satisfied")], "of this round");
    let closed = "received 0; diagnosed 1 cause=x; followed-up 2 outcome=satisfied; closed 3 lesson=z";
    assert!(told(closed).is_empty(), "a lesson that is added");
}

#[test]
fn one_of_several_steps_is_enough_and_some_are_needed_often() {
    let policy = "[needs.complaint]\nclosed = [['followed-up:satisfied', 'followed-up:unreached*3']]\n";
    let unreached = |n: usize| "followed-up 1 outcome=unreached; ".repeat(n);
    let told = |n: usize| told_under(policy, &format!("received 0; {}closed 9", unreached(n)));
    let missing = "7k3q9x cannot be closed yet: the step `followed up: satisfied or followed up: unreached \
                   (3 times)` is missing";
    assert_eq!(told(2), [missing]);
    assert!(told(3).is_empty());
    // In one round
    let rounds =
        format!("received 0; {}followed-up 2 outcome=dissatisfied; {}closed 9", unreached(2), unreached(1));
    assert_eq!(told_under(policy, &rounds), [missing]);
}

#[test]
fn fields_are_asked_for_where_the_step_is_taken() {
    let policy = "[needs.complaint]\ntriaged = { fields = 'justified' }\nassigned = { fields = ['owner', 'due'] }\n\
                  rejected = { fields = 'order' }\n";
    let lacks = |event: &str, field: &str| format!("7k3q9x cannot be {event} without `{field}`");
    let told = |history: &str| told_under(policy, history);
    assert_eq!(told("received 0; triaged 1"), [lacks("triaged", "justified")]);
    assert!(told("received 0; triaged 1 justified=false").is_empty());
    // What was said before need not be said again; a deadline is of its own hand-over.
    assert!(told("received 0; triaged 1 justified=true; triaged 2").is_empty());
    assert_eq!(told("received 0 owner=he; assigned 1"), [lacks("assigned", "due")]);
    assert_eq!(
        told("received 0 owner=he; assigned 1 department=rnd due=2026-11-24T09:00:00+08:00"),
        [lacks("assigned", "owner")]
    );
    assert_eq!(told("received 0; rejected 1 reason=x"), [lacks("rejected", "order")]);
}

#[test]
fn what_was_said_of_a_proposal_ends_with_it() {
    let policy = "[milestones]\nagreed = { en = 'Agreed', of = 'proposal' }\n[needs.complaint]\nresolved = ['agreed']\n";
    let told = |history: &str| {
        told_under(policy, &format!("received 0; proposed 1 remedy=refund cost=9; {history}"))
    };
    let missing = ["7k3q9x cannot be resolved yet: the step `Agreed` is missing".to_owned()];
    assert_eq!(told("resolved 5"), missing);
    assert!(told("marked 2 milestone=agreed; resolved 5").is_empty());
    assert_eq!(told("marked 2 milestone=agreed; proposed 3 remedy=gift cost=9; resolved 5"), missing);
    assert_eq!(told("marked 2 milestone=agreed; declined 3 reason=x; resolved 5"), missing);
    assert_eq!(told("marked 2 milestone=agreed; amended 3 cost=8 reason=x; resolved 5"), missing);
    let again = "marked 2 milestone=agreed; resolved 3; followed-up 4 outcome=dissatisfied; resolved 5";
    assert_eq!(told(again), missing, "another round");
    // The remedy is the one that was agreed.
    let other = told("marked 2 milestone=agreed; resolved 5 remedy=gift");
    assert_eq!(other, ["the remedy proposed for 7k3q9x is refund, not gift"]);
    let more = told("marked 2 milestone=agreed; resolved 5 cost=9.01");
    assert_eq!(more, ["the remedy proposed for 7k3q9x may cost 9, not 9.01"]);
    assert!(told("marked 2 milestone=agreed; resolved 5 remedy=refund cost=9").is_empty());
}

#[test]
fn a_remedy_may_cost_what_the_rules_tolerate() {
    let policy = "[approval.complaint]\nroles = ['manager']\ntolerance = 0.1\n";
    let approved = "received 0; proposed 1 remedy=refund cost=20 by=he; approved 2 as=manager by=wu";
    assert!(told_under(policy, &format!("{approved}; resolved 3 cost=22")).is_empty());
    let more = told_under(policy, &format!("{approved}; resolved 3 cost=22.01"));
    assert_eq!(more, ["the remedy proposed for 7k3q9x may cost 22, not 22.01"]);
    assert_eq!(told_under(policy, "received 0; resolved 3"), ["7k3q9x has no approved remedy"]);
    let amended = told_under(policy, &format!("{approved}; amended 3 cost=21 reason=x"));
    assert_eq!(amended, ["7k3q9x has a proposed remedy; what others approve cannot be amended"]);
}

#[test]
fn two_roles_are_two_persons_unless_the_rules_say_otherwise() {
    let shop = format!("{SHOP}[people.xu]\nrole = 'manager'\n");
    let policy = |more: &str| format!("[approval.complaint]\nroles = ['quality-lead', 'manager']\n{more}");
    // Who changed the role in between, by hand, has given both.
    let found = |policy: &str, by: &str| {
        let line = format!(
            "received 0; proposed 1 remedy=refund by=he; approved 2 as=quality-lead by=wu; approved 3 as=manager by={by}"
        );
        let (before, last) = line.rsplit_once("; ").unwrap();
        let book = book(&shop, None, policy);
        let case = complaint(before.split("; ").map(event).collect());
        let found = violations(&book, book.rules(&case), &book.whole(&case), &event(last));
        found.iter().map(|violation| violation.message.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(found(&policy(""), "wu"), ["wu has approved it already; another person has to"]);
    assert!(found(&policy(""), "xu").is_empty());
    assert!(found(&policy("distinct = false\n"), "wu").is_empty());
}

#[test]
fn a_case_goes_back_only_where_an_event_says_so() {
    let told = |history: &str| told_under("", history);
    let back = |event: &str, status: &str| {
        format!("{event} would take 7k3q9x back: it is {status}; `open: true` leaves it there")
    };
    assert_eq!(told("received 0; assigned 1 owner=he; triaged 2"), [back("triaged", "assigned")]);
    assert!(told("received 0; assigned 1 owner=he; triaged 2 open=true").is_empty());
    assert!(told("received 0; waiting 1 reason=x; triaged 2").is_empty(), "it waited at the hub");
    assert_eq!(told("received 0; proposed 1 remedy=refund; accepted 2"), [back("accepted", "proposed")]);
    assert_eq!(
        told("received 0; proposed 1 remedy=refund; assigned 2 owner=he"),
        [back("assigned", "proposed")]
    );
    assert!(
        told("received 0; accepted 1; assigned 2 owner=he").is_empty(),
        "another department has to accept it"
    );
    for event in
        ["assigned 2 owner=he", "accepted 2", "returned 2 reason=x", "proposed 2 remedy=gift", "resolved 2"]
    {
        let name = event.split_whitespace().next().unwrap();
        assert_eq!(
            told(&format!("received 0; resolved 1; {event}")),
            [format!("7k3q9x is resolved and cannot be {name}")]
        );
        let waits = told(&format!("received 0; resolved 1; waiting 1 reason=x; {event}"));
        assert_eq!(waits, [format!("7k3q9x is resolved and cannot be {name}")]);
    }
    for event in [
        "escalated 2 reason=x",
        "waiting 2 reason=x",
        "followed-up 2 outcome=dissatisfied",
        "rejected 2 reason=x",
    ] {
        assert!(told(&format!("received 0; resolved 1; {event}")).is_empty(), "{event}");
    }
    assert_eq!(
        told("received 0; forwarded 1 to=he"),
        ["7k3q9x is no praise; only praise is forwarded to the staff who are praised"]
    );
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
    let found = instances(&book.whole(&case), book.rules(&case), &book, now);
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
    let found = instances(&book.whole(&case), book.rules(&case), &book, at(3 * MANY).instant());
    // It runs in two of three minutes: 24 hours are over after 36
    let due = found[0].due.unwrap();
    assert_eq!(due.duration_since(found[0].started).as_mins(), 36 * 60);
}
