//! Histories that come event by event, and imports that are repeated.

use super::*;

const CASES: &str = "external,kind,title,received,resolved,owner,remedy\n\
    A,complaint,a,2026-11-01,2026-11-09,li.na,refund\n\
    B,complaint,b,2026-11-02,2026-11-09,,\n";

#[test]
fn events_take_the_place_of_the_stamps() {
    let events = sheet(
        "events.csv",
        concat!(
            "external,event,at,by,note,category,department\n",
            "A,resolved,2026-11-05,mike,,,\n",
            "A,triaged,2026-11-03,pete,,,\n",
            "A,assigned,2026-11-03,pete,,,\n",
            "A,waiting,2026-11-04,,Group 7,,\n",
            "A,received,2026-11-01,,,,\n",
            "A,received,2026-11-02,,,,\n",
            "A,received,2026-11-01,pete,,,\n",
            "C,closed,2026-11-05,,,,\n",
            "A,closedd,2026-11-05,,,,\n",
            "A,closed,2026-11-06,,,other,\n",
            "A,followed-up,2026-11-06,,,,\n",
            "A,closed,,,,,\n",
        ),
    );
    let imported = run(&sheet("cases.csv", CASES), Some(&events), &Map::default(), &[]).unwrap();
    assert_eq!(
        told(&imported.cases[0].1.history),
        [
            "received@11-01T00:00 owner=li.na",
            "triaged@11-03T00:00 pete category=other urgency=general",
            "assigned@11-03T00:00 pete owner=pete",
            "waiting@11-04T00:00 reason=Group 7",
            "resolved@11-05T00:00 mike remedy=refund",
        ]
    );
    assert_eq!(told(&imported.cases[1].1.history), ["received@11-02T00:00", "resolved@11-09T00:00"]);
    assert_eq!(
        findings(imported.findings()),
        [
            "events.csv:7:1 the case was already received at 2026-11-01T00:00:00+08:00",
            "events.csv:9:1 the case `C` is neither in cases.csv nor in the ledger",
            "events.csv:10:3 `closedd` is not a known `event`",
            "events.csv:11:23 `closed` has no `category`",
            "events.csv:12:1 `followed-up` needs `outcome`",
            "events.csv:13:1 the row has no `at`",
        ]
    );
}

#[test]
fn the_receipt_of_the_row_stays_where_the_events_have_none() {
    let events = sheet("events.csv", "external,event,at\nA,closed,2026-11-05\n");
    let imported = run(&sheet("cases.csv", CASES), Some(&events), &Map::default(), &[]).unwrap();
    assert_eq!(
        told(&imported.cases[0].1.history),
        [
            "received@11-01T00:00 owner=li.na",
            "amended@11-05T00:00 remedy=refund reason=imported",
            "closed@11-05T00:00"
        ]
    );
}

#[test]
fn the_events_of_a_bad_row_go_with_it() {
    let cases = sheet("cases.csv", "external,kind,title,received\nA,complaint,,2026-11-01\n");
    let events = sheet("events.csv", "external,event,at\nA,closed,2026-11-05\nA,noted,2026\n");
    let imported = run(&cases, Some(&events), &Map::default(), &[]).unwrap();
    assert_eq!(
        findings(imported.findings()),
        ["cases.csv:2:1 the row has no `title`", "events.csv:3:9 `2026` is not an existing date and time"]
    );
    let rows: Vec<_> = imported.bad_events.iter().map(|bad| bad.raw.as_str()).collect();
    assert_eq!(rows, ["A,closed,2026-11-05", "A,noted,2026"]);
}

#[test]
fn an_import_can_be_repeated() {
    let events = "external,event,at,by\nA,triaged,2026-11-03,pete\nB,closed,2026-11-05,\n";
    let first =
        run(&sheet("cases.csv", CASES), Some(&sheet("events.csv", events)), &Map::default(), &[]).unwrap();
    let ledger: Vec<Case> = first.cases.into_iter().map(|(_, case)| case).collect();
    let again = run(&sheet("cases.csv", CASES), Some(&sheet("events.csv", events)), &Map::default(), &ledger)
        .unwrap();
    assert_eq!((again.cases.len(), again.skipped, again.additions.len()), (0, 2, 0));
    assert_eq!(findings(again.findings()), [""; 0]);

    let more = sheet(
        "events.csv",
        "external,event,at,by\nB,reopened,2026-11-07,\nA,triaged,2026-11-03,pete\nA,triaged,2026-11-03,mike\nB,noted,2026-11-06,\nB,received,2026-11-02,\nB,received,2026-11-03,\n",
    );
    let only = sheet("cases.csv", "external,kind,title,received\n");
    let more = run(&only, Some(&more), &Map::default(), &ledger).unwrap();
    let added: Vec<_> = more
        .additions
        .iter()
        .map(|addition| (addition.line, addition.id.clone(), told(&addition.events)))
        .collect();
    assert_eq!(
        added,
        [
            (
                2,
                ledger[1].id.clone(),
                vec![
                    "noted@11-06T00:00 note=not recorded (imported)".to_owned(),
                    "reopened@11-07T00:00 reason=not recorded (imported)".to_owned()
                ]
            ),
            (
                3,
                ledger[0].id.clone(),
                vec!["triaged@11-03T00:00 mike category=other urgency=general".to_owned()]
            ),
        ]
    );
    assert_eq!(
        findings(more.findings()),
        ["events.csv:7:1 the case was already received at 2026-11-02T00:00:00+08:00"]
    );
}
