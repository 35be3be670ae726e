use super::case;
use crate::case::{Kind, Replay, Status};

/// Where the case is after a history, under rules by which these roles have to approve.
#[track_caller]
fn stands(kind: Kind, roles: &[&str], history: &str, status: Status, round: u32) {
    let case = case(kind, history);
    let roles: Vec<String> = roles.iter().map(|role| (*role).to_owned()).collect();
    let replay = Replay::whole(&case, &roles);
    assert_eq!((replay.state().status, replay.state().round), (status, round), "{history}");
}

#[test]
fn where_events_lead() {
    for (event, status) in [
        ("triaged", Status::Triaged),
        ("assigned", Status::Assigned),
        ("accepted", Status::Investigating),
        ("returned", Status::Triaged),
        ("proposed", Status::Proposed),
        ("declined", Status::Investigating),
        ("waiting", Status::Waiting),
        ("escalated", Status::Escalated),
        ("resolved", Status::Resolved),
        ("closed", Status::Closed),
        ("rejected", Status::Rejected),
        ("contacted", Status::New),
        ("diagnosed", Status::New),
        ("resumed", Status::New),
        ("forwarded", Status::New),
        ("amended", Status::New),
        ("marked", Status::New),
        ("surveyed", Status::New),
        ("attached", Status::New),
        ("noted", Status::New),
    ] {
        stands(Kind::Complaint, &[], &format!("received 0; {event} 1"), status, 1);
    }
    stands(Kind::Praise, &[], "received 0; forwarded 1", Status::Closed, 1);
}

#[test]
fn resuming_leads_back_to_where_it_stood() {
    stands(Kind::Complaint, &[], "received 0; resolved 1; waiting 2; resumed 3", Status::Resolved, 1);
    // What happens while it waits, and a second wait, do not make it forget.
    let noted = "received 0; assigned 1; waiting 2; noted 3; waiting 4; resumed 5";
    stands(Kind::Complaint, &[], noted, Status::Assigned, 1);
    // Once it has gone on, there is nothing to go back to.
    let gone_on = "received 0; assigned 1; waiting 2; accepted 3; resumed 4";
    stands(Kind::Complaint, &[], gone_on, Status::Investigating, 1);
}

#[test]
fn a_new_round_begins_when_the_customer_is_not_content_or_the_case_is_taken_up_again() {
    let resolved = "received 0; resolved 1";
    for (outcome, status, round) in [
        ("satisfied", Status::Closed, 1),
        ("dissatisfied", Status::Investigating, 2),
        ("unreached", Status::Resolved, 1),
    ] {
        stands(Kind::Complaint, &[], &format!("{resolved}; followed-up 2 outcome={outcome}"), status, round);
    }
    let again = "received 0; closed 1; reopened 2; rejected 3; reopened 4";
    stands(Kind::Complaint, &[], again, Status::Investigating, 3);
}

#[test]
fn an_event_that_says_so_leaves_the_case_where_it_is() {
    let resolved = "received 0; assigned 1 owner=li; resolved 2";
    for event in ["followed-up 3 outcome=satisfied", "triaged 3", "assigned 3 owner=wu", "accepted 3"] {
        stands(Kind::Complaint, &[], &format!("{resolved}; {event} open=true"), Status::Resolved, 1);
    }
    let again = format!("{resolved}; followed-up 3 outcome=dissatisfied open=true");
    stands(Kind::Complaint, &[], &again, Status::Investigating, 2);
}

#[test]
fn only_reopening_leads_out_of_a_terminal_status() {
    stands(Kind::Complaint, &[], "received 0; closed 1; assigned 2; rejected 3", Status::Closed, 1);
    stands(
        Kind::Complaint,
        &[],
        "received 0; rejected 1; followed-up 2 outcome=dissatisfied",
        Status::Rejected,
        1,
    );
}

#[test]
fn a_remedy_is_approved_when_every_role_has_said_so() {
    let roles = ["quality-lead", "manager"];
    let proposed = "received 0; proposed 1 remedy=refund by=li";
    stands(Kind::Complaint, &roles, &format!("{proposed}; approved 2 as=manager"), Status::Proposed, 1);
    let both = format!("{proposed}; approved 2 as=manager; approved 3 as=quality-lead");
    stands(Kind::Complaint, &roles, &both, Status::Approved, 1);
    stands(Kind::Complaint, &[], &format!("{proposed}; approved 2"), Status::Approved, 1);
    // What was approved was another draft, or another round's.
    let redrafted =
        format!("{proposed}; approved 2 as=manager; proposed 3 by=wu; approved 4 as=quality-lead");
    stands(Kind::Complaint, &roles, &redrafted, Status::Proposed, 1);
    let declined =
        format!("{proposed}; approved 2 as=manager; closed 3; reopened 4; approved 5 as=quality-lead");
    stands(Kind::Complaint, &roles, &declined, Status::Investigating, 2);
}

#[test]
fn who_drafted_the_remedy_is_known_for_a_round() {
    let case = case(Kind::Complaint, "received 0; proposed 1 by=li; closed 2; reopened 3");
    let replay = Replay::whole(&case, &[]);
    let drafted: Vec<_> = replay.steps.iter().map(|step| step.state.proposed_by).collect();
    assert_eq!(drafted, [None, Some("li"), Some("li"), None]);
    // Whoever changes the remedy has drafted it; of anything else nobody has.
    let line = "received 0; amended 1 by=an cost=9; proposed 2 by=li; amended 3 by=wu urgency=urgent; amended 4 by=wu cost=5";
    let case = self::case(Kind::Complaint, line);
    let replay = Replay::whole(&case, &[]);
    let drafted: Vec<_> = replay.steps.iter().map(|step| step.state.proposed_by).collect();
    assert_eq!(drafted, [None, None, Some("li"), Some("li"), Some("wu")]);
}

#[test]
fn attributes_are_what_was_last_said() {
    let case = case(
        Kind::Complaint,
        "received 0 department=service owner=li; triaged 1 category=product/quality urgency=general \
         complexity=simple priority=2 justified=true; assigned 2 department=quality; accepted 3 owner=wu; \
         diagnosed 4 cause=carrier responsible=courier; escalated 5 level=supervisor; proposed 6 remedy=refund \
         cost=59.90; amended 7 urgency=urgent complexity=complex priority=1 justified=false level=manager \
         remedy=exchange cost=12 cause=packing responsible=warehouse category=product/packaging; returned 8",
    );
    let replay = Replay::whole(&case, &[]);
    let at = |step: usize| &replay.steps[step].state;
    assert_eq!((at(0).department, at(0).owner), (Some("service"), Some("li")));
    // Another department finds an owner of its own ...
    assert_eq!((at(2).department, at(2).owner), (Some("quality"), None));
    assert_eq!((at(3).department, at(3).owner), (Some("quality"), Some("wu")));
    // ... and what is returned belongs to nobody.
    assert_eq!((at(8).department, at(8).owner), (None, None));
    let judged = |step: usize| (at(step).category, at(step).urgency, at(step).complexity, at(step).priority);
    assert_eq!(judged(6), (Some("product/quality"), Some("general"), Some("simple"), Some("2")));
    assert_eq!(judged(8), (Some("product/packaging"), Some("urgent"), Some("complex"), Some("1")));
    assert_eq!((at(6).justified, at(8).justified), (Some(true), Some(false)));
    assert_eq!((at(6).level, at(8).level), (Some("supervisor"), Some("manager")));
    assert_eq!((at(6).cause, at(6).responsible), (Some("carrier"), Some("courier")));
    assert_eq!((at(8).cause, at(8).responsible), (Some("packing"), Some("warehouse")));
    assert_eq!((at(6).remedy, at(6).cost.map(|cost| cost.0)), (Some("refund"), Some(5990)));
    assert_eq!((at(8).remedy, at(8).cost.map(|cost| cost.0)), (Some("exchange"), Some(1200)));
}

#[test]
fn an_owner_named_without_a_department_stays_in_it() {
    // One that names neither, which `check` finds, changes neither.
    for (assigned, owner) in [("assigned 1 owner=wu", "wu"), ("assigned 1", "li")] {
        let history = format!("received 0 department=service owner=li; {assigned}; reopened 2");
        let case = case(Kind::Complaint, &history);
        let state = Replay::whole(&case, &[]).state().clone();
        assert_eq!((state.department, state.owner), (Some("service"), Some(owner)), "{assigned}");
    }
}

#[test]
fn an_escalation_is_of_its_round() {
    let case = case(Kind::Complaint, "received 0; escalated 1 level=manager; closed 2; reopened 3");
    let replay = Replay::whole(&case, &[]);
    assert_eq!((replay.steps[2].state.level, replay.steps[3].state.level), (Some("manager"), None));
}

#[test]
fn the_ending_is_the_last_event_that_ended_it_while_it_is_ended() {
    let case =
        case(Kind::Complaint, "received 0; closed 1; noted 2; reopened 3; rejected 4; closed 5; noted 6");
    let minute = |minute: i64| case.received_at() + jiff::SignedDuration::from_mins(minute);
    let ending =
        |until: i64| Replay::until(&case, &[], minute(until)).unwrap().ending().map(|step| step.index);
    assert_eq!([ending(0), ending(1), ending(2), ending(3)], [None, Some(1), Some(1), None]);
    // Closing what is rejected adds words; it is not what ended it.
    assert_eq!([ending(4), ending(6)], [Some(4), Some(4)]);
}

#[test]
fn events_are_read_in_the_order_of_their_stamps_and_not_before_the_receipt() {
    let case = case(Kind::Complaint, "received 10; closed 30; contacted 5; assigned 20; noted 20");
    let told = |until: i64| {
        let until = case.received_at() + jiff::SignedDuration::from_mins(until - 10);
        let replay = Replay::until(&case, &[], until);
        replay.map(|replay| {
            replay.steps.iter().map(|step| step.event.name.word()).collect::<Vec<_>>().join(" ")
        })
    };
    assert_eq!(told(9), None);
    assert_eq!(told(10).unwrap(), "received contacted");
    assert_eq!(told(20).unwrap(), "received contacted assigned noted");
    assert_eq!(told(59).unwrap(), "received contacted assigned noted closed");
    let replay = Replay::whole(&case, &[]);
    assert_eq!(replay.steps[1].at, case.received_at());
    assert_eq!(replay.steps.iter().map(|step| step.index).collect::<Vec<_>>(), [0, 2, 3, 4, 1]);
}
