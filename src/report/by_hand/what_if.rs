use serde_json::json;

use super::{book, cases, instant, period};
use crate::case::Case;
use crate::clock::Limit;
use crate::report::{Judged, LimitUsage, Pair, WasAndWould, WhatIf};
use crate::view::{Horizon, View};

fn clock(name: &str, start: &str, stop: &str, within: &str) -> String {
    format!("[[clock]]\nname = '{name}'\nstart = [{start}]\nstop = ['{stop}']\nwithin = '{within}'\n")
}

/// October under two policies, seen three weeks later.
fn october<T>(was: &str, would: &str, lines: &[&str], seen: impl FnOnce(&WhatIf<'_>) -> T) -> T {
    let (was, cases) = (book(was), cases(lines));
    let would = was.under(&("other.toml".into(), would.to_owned()), &[]).unwrap();
    let cases: Vec<&Case> = cases.iter().collect();
    let view = |book| View::of(&cases, book, Horizon::at(instant("11-20T10:00")));
    let views = WasAndWould { was: view(&was), would: view(&would) };
    seen(&WhatIf::of(&views, &period("2026-10", &was)))
}

fn verdicts(pair: &Pair<'_>) -> (Judged, Judged) {
    (pair.verdicts.was, pair.verdicts.would)
}

#[test]
fn what_is_decided_after_the_period_is_undecided_in_it() {
    // Due on 1 November at 18:00, or 24 hours after the triage, on 31 October
    let line = "aaaaaa complaint; received 10-30T18:00; triaged 10-30T19:00";
    let was = clock("contact", "'received'", "contacted", "48h");
    let would = clock("contact", "'triaged'", "contacted", "24h");
    october(&was, &would, &[line], |trial| {
        assert_eq!(
            trial.changed.iter().map(verdicts).collect::<Vec<_>>(),
            [(Judged::Undecided, Judged::Missed)]
        );
    });
}

#[test]
fn what_was_decided_before_the_period_is_no_change_of_it() {
    // Missed in September; without a triage the other clock never starts.
    let was = clock("contact", "'received'", "contacted", "48h");
    let would = clock("contact", "'triaged'", "contacted", "24h");
    october(&was, &would, &["aaaaaa complaint; received 09-20T09:00"], |trial| {
        assert!(trial.changed.is_empty());
        assert_eq!(
            trial.overdue.iter().map(verdicts).collect::<Vec<_>>(),
            [(Judged::Earlier, Judged::Absent)]
        );
    });
}

#[test]
fn the_counterpart_of_a_run_is_of_the_same_round() {
    // The second round took a day. The other policy has no limit for the first.
    let line = "aaaaaa complaint; received 10-05T09:00; resolved 10-06T09:00; \
                followed-up 10-07T09:00 outcome=dissatisfied; resolved 10-08T09:00";
    let was = clock("result", "'received', 'followed-up:dissatisfied'", "resolved", "72h");
    let would = clock("result", "'followed-up:dissatisfied'", "resolved", "12h");
    october(&was, &would, &[line], |trial| {
        let told: Vec<_> = trial.changed.iter().map(verdicts).collect();
        assert_eq!(told, [(Judged::Kept, Judged::Absent), (Judged::Kept, Judged::Missed)]);
    });
}

#[test]
fn of_several_runs_in_a_round_the_first_is_the_counterpart_of_the_first() {
    let line = "aaaaaa complaint; received 10-05T08:00; assigned 10-05T09:00 owner=an; contacted 10-05T09:30; \
                accepted 10-05T10:00; assigned 10-06T09:00 owner=bo; accepted 10-06T10:00";
    let was = clock("accept", "'assigned'", "accepted", "4h");
    let would = clock("accept", "'contacted'", "accepted", "4h");
    october(&was, &would, &[line], |trial| {
        let started = |pair: &Pair<'_>| pair.runs.was.map(|run| run.started);
        let told: Vec<_> = trial.changed.iter().map(|pair| (started(pair), verdicts(pair))).collect();
        assert_eq!(told, [(Some(instant("10-06T09:00")), (Judged::Kept, Judged::Absent))]);
    });
}

#[test]
fn a_trial_is_told_for_programs_with_both_sides_of_each_figure() {
    // Contacted after 30 hours.
    let line = "aaaaaa complaint; received 10-05T09:00 owner=an; contacted 10-06T15:00";
    let was =
        clock("contact", "'received'", "contacted", "48h") + &clock("old", "'received'", "resolved", "1h");
    let would = clock("contact", "'received'", "contacted", "24h");
    let told = october(&was, &would, &[line], |trial| trial.table(&book(&was)).object(false));
    let total = |decided: u32, missed: u32, share: f64| json!({ "decided": decided, "missed": missed, "share": share });
    // The hour from the receipt was missed, and nobody has resolved it.
    assert_eq!(told["totals"], json!({ "was": total(2, 1, 0.5), "would": total(1, 1, 0.0) }));
    let clocks = told["clocks"].as_array().unwrap();
    let names: Vec<_> = clocks.iter().map(|row| row["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["contact", "old", "waiting", "handover"]);
    assert_eq!((&clocks[0]["was"]["met"], &clocks[0]["would"]["met"]), (&json!(1), &json!(0)));
    assert_eq!((&clocks[1]["was"]["missed"], &clocks[1]["would"]), (&json!(1), &json!(null)));
    let side = |verdict: &str, state: &str, limit: &str, due: &str| json!({ "verdict": verdict, "state": state, "limit": limit, "due": due });
    let id = "20261005-aaaaaa";
    let changed = json!({
        "id": id, "clock": "contact", "owner": "an",
        "was": side("kept", "met", "48h", "2026-10-07T09:00:00+08:00"),
        "would": side("missed", "missed", "24h", "2026-10-06T09:00:00+08:00"),
    });
    assert_eq!(told["changed"], json!([changed]));
    let overdue = json!({
        "id": id, "clock": "old", "owner": "an",
        "was": side("missed", "overdue", "1h", "2026-10-05T10:00:00+08:00"),
        "would": { "verdict": "absent", "state": null, "limit": null, "due": null },
    });
    assert_eq!(told["overdue"], json!([overdue]));
}

#[test]
fn limits_of_one_clock_stand_in_the_order_of_the_rules() {
    let rules = format!(
        "{}when = {{ urgency = 'urgent' }}\n{}",
        clock("answer", "'received'", "contacted", "24h"),
        clock("answer", "'received'", "contacted", "72h")
    );
    let (book, cases) = (
        book(&rules),
        cases(&[
            "aaaaaa complaint; received 10-05T09:00 urgency=general; contacted 10-05T19:00",
            "bbbbbb complaint; received 10-06T09:00 urgency=urgent; contacted 10-06T11:00",
        ]),
    );
    let cases: Vec<&Case> = cases.iter().collect();
    let october = period("2026-10", &book);
    let rows = LimitUsage::of(&super::at_end(&cases, &book, &october), &october);
    let told: Vec<_> = rows.iter().map(|row| (row.limit, row.keeping(1.0))).collect();
    let hours = |limit: u32, needed: u32| (Limit::Hours(limit), Some(Limit::Hours(needed)));
    assert_eq!(told, [hours(24, 2), hours(72, 10)]);
}
