//! The reports through the binary: arguments, formats, files, both languages.

use serde_json::Value;

use crate::ledger::TestLedger;

/// A quarter of a small shop: three complaints of one cause, one of them late and its customer not satisfied.
fn shop() -> TestLedger {
    let shop = TestLedger::of("aftersales");
    for (number, day) in [(1, "2026-07-06"), (2, "2026-08-10"), (3, "2026-09-07")] {
        let at = |time: &str| format!("{day} {time}");
        let order = number.to_string();
        let new = shop.run(&[
            "new",
            "--kind",
            "complaint",
            "--title",
            "cup",
            "--channel",
            "chat",
            "--product",
            "cup",
            "--customer",
            "c-1",
            "--at",
            &at("09:00"),
            "--order",
            &order,
        ]);
        let id = new.ok().out.split_whitespace().next().unwrap().to_owned();
        let done = |arguments: &[&str], time: &str| {
            let time = at(time);
            let (verb, rest) = arguments.split_first().unwrap();
            shop.run(&[&[verb, id.as_str()], rest, &["--at", &time]].concat()).ok();
        };
        done(&["triage", "--category", "product/quality", "--urgency", "general", "--justified"], "09:10");
        done(&["assign", "--department", "technical", "--owner", "li.na"], "09:20");
        done(&["contact"], "09:30");
        done(&["diagnose", "--cause", "thin wall", "--responsible", "kiln"], "10:00");
        done(&["resolve", "--remedy", "exchange", "--cost", "40"], "11:00");
        let outcome = if number == 3 { "dissatisfied" } else { "satisfied" };
        done(&["follow-up", "--outcome", outcome, "-m", "still thin"], "12:00");
    }
    shop
}

fn json(shop: &TestLedger, arguments: &[&str]) -> Value {
    let ran = shop.run(&[arguments, &["--format", "json", "--cases"]].concat()).ok();
    serde_json::from_str(&ran.out).unwrap()
}

#[test]
fn causes_tell_what_recurs_and_how_to_open_an_improvement() {
    let shop = shop();
    let figures = json(&shop, &["report", "causes", "2026-Q3"]);
    assert_eq!((&figures["version"], &figures["report"]), (&1.into(), &"causes".into()));
    assert_eq!(figures["diagnosed"], serde_json::json!({"n": 3, "justified": 3}));
    assert_eq!((&figures["causes"][0]["cost"], &figures["causes"][0]["n"]), (&120.0.into(), &3.into()));
    assert_eq!(figures["compare"]["previous"]["diagnosed"]["n"], 0);
    assert_eq!(figures["recurring"][0]["n"], 3);
    let page = shop.run(&["report", "causes", "2026-Q3"]).ok().out;
    let command = page.lines().find_map(|line| line.split_once("Open one: fb ")).unwrap().1;
    let words: Vec<&str> =
        command.split_whitespace().map(|word| if word == "…" { "thicker wall" } else { word }).collect();
    // The improvement that it proposes is the one that it then knows.
    let ran = shop.run(&[words.as_slice(), &["--at", "2026-09-20 09:00"]].concat()).ok();
    let id = ran.out.split_whitespace().next().unwrap();
    let page = shop.run(&["report", "causes", "2026-Q3"]).ok().out;
    assert!(page.contains(&format!("Improvement: {id}.")), "{page}");
}

#[test]
fn times_know_targets_brackets_and_dimensions() {
    let shop = shop();
    let figures = json(&shop, &["report", "times", "2026-07", "--group-by", "department"]);
    // 09:00 to 11:00, a Monday: 2 h, of which 10 min new, 10 min triaged, 100 min assigned
    assert_eq!(figures["times"]["resolution"]["elapsed"]["median"], 7200);
    assert_eq!(figures["distribution"]["resolution"]["4h"], 1);
    assert_eq!(figures["distribution"]["contact"]["1h"], 1);
    assert_eq!(figures["groups"]["department"][0]["key"], "technical");
    let statuses: Vec<_> =
        figures["statuses"].as_array().unwrap().iter().map(|one| (&one["key"], &one["median"])).collect();
    assert_eq!(
        statuses,
        [(&"new".into(), &600.into()), (&"triaged".into(), &600.into()), (&"assigned".into(), &6000.into())]
    );
    assert_eq!(figures["targets"][0]["name"], "online");
    assert_eq!(
        (&figures["targets"][0]["share"], &figures["targets"][0]["kept"]),
        (&1.0.into(), &true.into())
    );
    let monthly = json(&shop, &["report", "monthly", "2026-07"]);
    assert_eq!(monthly["targets"], figures["targets"]);
    let csv = shop.run(&["report", "times", "2026-07", "--format", "csv"]).ok().out;
    assert!(csv.contains("\ntargets,online,within,1\n"), "{csv}");
    let refused = shop.run(&["report", "times", "--group-by", "colour"]);
    assert_eq!(refused.status, 2);
    assert!(refused.err.contains("department"), "{}", refused.err);
}

#[test]
fn a_trend_has_a_column_a_month_or_a_quarter_and_shows_the_empty_ones() {
    let shop = shop();
    let labels = |figures: &Value| -> Vec<String> {
        let columns = figures["columns"].as_array().unwrap().iter();
        columns.map(|column| column["key"].as_str().unwrap().to_owned()).collect()
    };
    // The present is in November 2026.
    let months = json(&shop, &["report", "trend"]);
    assert_eq!(labels(&months).len(), 12);
    assert_eq!((labels(&months)[0].as_str(), labels(&months)[11].as_str()), ("2025-11", "2026-10"));
    let both = json(&shop, &["report", "trend", "2026", "--group-by", "quarter", "--group-by", "category"]);
    // The last quarter has begun and is as of now.
    assert_eq!(labels(&both), ["2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4"]);
    let quality = &both["by"]["category"][0];
    assert_eq!(quality["key"], "product/quality");
    let received: Vec<_> =
        quality["columns"].as_array().unwrap().iter().map(|column| &column["received"]).collect();
    assert_eq!(received, [&Value::from(0), &0.into(), &3.into(), &0.into()]);
    assert_eq!(labels(&json(&shop, &["report", "trend", "2026-Q4"])), ["2026-10", "2026-11"]);
    assert_eq!(shop.run(&["report", "trend", "--group-by", "week"]).status, 2);
}

#[test]
fn the_audit_says_what_it_goes_by() {
    let shop = shop();
    let figures = json(&shop, &["report", "quarterly", "2026-Q3"]);
    let technical =
        figures["departments"].as_array().unwrap().iter().find(|one| one["key"] == "technical").unwrap();
    // The third customer was not satisfied and their case is handled again: 72 h from then on have passed.
    assert_eq!(technical["verdict"], "missed");
    assert_eq!(technical["dissatisfied"][0]["note"], "still thin");
    assert_eq!(technical["overdue"][0]["clock"], "resolve");
    for lang in ["en", "zh"] {
        let page = shop.run(&["--lang", lang, "report", "quarterly", "2026-Q3"]).ok().out;
        assert!(page.contains("still thin"), "{page}");
    }
}
