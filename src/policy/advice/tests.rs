//! The command that is offered is the first step that can be taken now.

use super::{towards, towards_the_end};
use crate::case::example::{self, complaint};
use crate::case::{Event, EventName, Stamp};
use crate::clock::Trigger;
use crate::policy::example::book;

const SHOP: &str = "
[shop]
name = 'shop'
timezone = 'Asia/Shanghai'
[people.he]
role = 'agent'
[people.li]
role = 'quality-lead'
[people.wu]
role = 'manager'
";

const POLICY: &str = "
edition = 2
[milestones]
reported = 'Reported'
[needs.complaint]
triaged = { fields = 'justified' }
diagnosed = { steps = ['assigned'], fields = ['owner', 'responsible'] }
proposed = ['diagnosed']
resolved = ['contacted']
followed-up = { steps = ['resolved'], fields = ['note'] }
closed = { steps = [['followed-up:satisfied', 'followed-up:unreached*3'], 'reported'], fields = ['lesson'] }
rejected = ['triaged:unjustified']
[approval.complaint]
roles = ['quality-lead', 'manager']
";

fn event(line: &str) -> Event {
    let mut words = line.split_whitespace();
    let (name, minute) = (words.next().unwrap(), words.next().unwrap());
    let stamp = |word: &str| Stamp::parse(word).unwrap();
    example::event(name, stamp(&format!("2026-11-23T09:{minute:0>2}:00+08:00")), words, stamp)
}

/// The command towards a step, or towards the end.
fn advice(shop: &str, policy: &str, history: &str, wanted: Option<Trigger>) -> Option<String> {
    let book = book(shop, None, policy);
    let case = complaint(history.split("; ").map(event).collect());
    let replay = book.whole(&case);
    match wanted {
        Some(wanted) => towards(&book, &replay, [&wanted]),
        None => towards_the_end(&book, &replay),
    }
}

#[test]
fn each_step_leads_to_the_first_that_it_lacks() {
    let told = |history: &str| advice(SHOP, POLICY, history, None);
    let is = |history: &str, command: &str| assert_eq!(told(history).as_deref(), Some(command), "{history}");
    is("received 0", "fb contact 7k3q9x");
    is("received 0; contacted 1", "fb assign 7k3q9x --department …");
    is("received 0; contacted 1; assigned 2 department=rnd", "fb assign 7k3q9x --owner …");
    let assigned = "received 0; contacted 1; assigned 1 department=rnd owner=he";
    is(assigned, "fb diagnose 7k3q9x --cause … --responsible …");
    let diagnosed = format!("{assigned}; diagnosed 2 cause=x responsible=y");
    is(&diagnosed, "fb propose 7k3q9x --remedy …");
    let proposed = format!("{diagnosed}; proposed 3 remedy=refund by=he");
    is(&proposed, "fb approve 7k3q9x --as quality-lead --by li");
    let once = format!("{proposed}; approved 4 as=quality-lead by=li");
    is(&once, "fb approve 7k3q9x --as manager --by wu");
    let approved = format!("{once}; approved 5 as=manager by=wu");
    is(&approved, "fb resolve 7k3q9x");
    let resolved = format!("{approved}; resolved 7");
    is(&resolved, "fb follow-up 7k3q9x --outcome satisfied -m …");
    let satisfied = format!("{resolved}; followed-up 8 outcome=satisfied note=x open=true");
    is(&satisfied, "fb mark 7k3q9x reported");
    is(&format!("{satisfied}; marked 9 milestone=reported"), "fb close 7k3q9x --lesson …");
    assert_eq!(
        told(&format!("{satisfied}; marked 9 milestone=reported; closed 10 lesson=x")),
        None,
        "it has ended"
    );
}

#[test]
fn who_cannot_approve_is_not_named() {
    let wanted = || Some(Trigger::Event(EventName::Approved));
    let proposed =
        "received 0; assigned 1 owner=he; diagnosed 2 cause=x responsible=y; proposed 3 remedy=refund by=li";
    // The quality lead has drafted it, and nobody else is one.
    let told = advice(SHOP, POLICY, proposed, wanted());
    assert_eq!(told.as_deref(), Some("fb approve 7k3q9x --as manager --by wu"));
    let once = format!("{proposed}; approved 4 as=manager by=wu");
    let told = advice(SHOP, POLICY, &once, wanted());
    assert_eq!(told.as_deref(), Some("fb shop add person … --role quality-lead"));
    let more = format!("{SHOP}[people.xu]\nrole = 'quality-lead'\n");
    let told = advice(&more, POLICY, &once, wanted());
    assert_eq!(told.as_deref(), Some("fb approve 7k3q9x --as quality-lead --by xu"));
    // Nothing to approve yet
    let told = advice(SHOP, POLICY, "received 0; assigned 1 owner=he", wanted());
    assert_eq!(told.as_deref(), Some("fb diagnose 7k3q9x --cause … --responsible …"));
}

#[test]
fn what_the_rules_do_not_let_be_is_not_offered() {
    let wanted = |name| Some(Trigger::Event(name));
    assert_eq!(advice(SHOP, "", "received 0; resolved 1", wanted(EventName::Assigned)), None);
    assert_eq!(
        advice(SHOP, "", "received 0; closed 1", wanted(EventName::Contacted)).as_deref(),
        Some("fb contact 7k3q9x")
    );
    assert_eq!(advice(SHOP, "", "received 0", wanted(EventName::Forwarded)), None, "no praise");
    // Two steps that wait for each other
    let circle = "[needs.complaint]\ncontacted = ['diagnosed']\ndiagnosed = ['contacted']\n";
    assert_eq!(advice(SHOP, circle, "received 0", wanted(EventName::Contacted)), None);
    // A case that is further on is classified anew where it is.
    let told = advice(SHOP, POLICY, "received 0; proposed 1 remedy=refund", wanted(EventName::Triaged));
    assert_eq!(told.as_deref(), Some("fb triage 7k3q9x --category … --urgency … --justified"));
}
