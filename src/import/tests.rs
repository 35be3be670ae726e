//! Whole imports, from the bytes of files to cases, and back.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use jiff::tz::TimeZone;

use super::names::unknown_names;
use super::*;
use crate::case::{Case, Event, Id, Kind, Names};
use crate::error::Finding;
use crate::lang::Lang;

mod back;
mod events;

fn sheet(name: &'static str, text: &'static str) -> Sheet<'static> {
    let path = Path::new(name);
    let read = if name.ends_with("jsonl") { Sheet::jsonl } else { Sheet::csv };
    read(text.as_bytes(), path).unwrap()
}

fn map(text: &str) -> Map {
    Map::read(text, Path::new("map.toml")).unwrap()
}

fn run(
    cases: &Sheet<'_>,
    events: Option<&Sheet<'_>>,
    map: &Map,
    ledger: &[Case],
) -> Result<Imported, Vec<Finding>> {
    let zone = TimeZone::get("Asia/Shanghai").unwrap();
    let taken: HashSet<Id> = ledger.iter().map(|case| case.id.clone()).collect();
    let known =
        ledger.iter().filter_map(|case| case.external.clone().map(|external| (external, case))).collect();
    let mut next = 0;
    let mut random = || {
        next += 1;
        next - 1
    };
    let mut context =
        Context { zone: &zone, lang: Lang::En, random: &mut random, taken: &taken, known: &known };
    import(cases, events, map, &mut context)
}

fn flat(text: &'static str) -> Imported {
    run(&sheet("cases.csv", text), None, &Map::default(), &[]).unwrap()
}

/// `name@stamp by key=value ...`, the stamp without year, seconds and offset.
fn told(events: &[Event]) -> Vec<String> {
    let line = |event: &Event| {
        let by = event.by.as_deref().map(|by| format!(" {by}")).unwrap_or_default();
        let said: String = event.payload.iter().map(|(field, value)| format!(" {field}={value}")).collect();
        format!("{}@{}{by}{said}", event.name, &event.at.to_string()[5..16])
    };
    events.iter().map(line).collect()
}

fn findings<'f>(found: impl IntoIterator<Item = &'f Finding>) -> Vec<String> {
    found.into_iter().map(|finding| format!("{} {}", finding.place, finding.message)).collect()
}

#[test]
fn a_flat_row_becomes_a_case() {
    let imported = flat(concat!(
        "kind,title,description,channel,customer.key,customer.name,order,tags,external,by,",
        "received,contacted,resolved,closed,category,owner,remedy,cost\n",
        "complaint,收到的茶杯碎了,\"快递盒没有压痕，\n杯身裂成两半。\n\",hotline,c-8841,王女士,'-7,\"a, b\",X-1,li.na,",
        "2026-11-22T09:31:00+08:00,2026-11-22 10:05,2026-11-24,2026-11-23 23:00,product/packaging,zhang.wei,refund,12.5\n",
        "praise,谢谢,,,,,,,,,2026-11-22 00:30,,,,,,,\n",
    ));
    assert_eq!(findings(imported.findings()), [""; 0]);
    let [(2, case), (5, thanks)] = &imported.cases[..] else { panic!("{:?}", imported.cases) };
    assert_eq!(case.id.as_str(), "20261122-000000");
    assert_eq!((case.kind, case.title.as_str()), (Kind::Complaint, "收到的茶杯碎了"));
    assert_eq!(case.description.as_deref(), Some("快递盒没有压痕，\n杯身裂成两半。\n"));
    assert_eq!((case.channel.as_str(), case.order.as_deref()), ("hotline", Some("-7")));
    assert_eq!(case.customer.name.as_deref(), Some("王女士"));
    assert_eq!(case.tags, ["a", "b"]);
    assert_eq!(case.external.as_deref(), Some("X-1"));
    assert_eq!(
        told(&case.history),
        [
            "received@11-22T09:31 li.na category=product/packaging owner=zhang.wei",
            "contacted@11-22T10:05",
            "closed@11-23T23:00",
            "resolved@11-24T00:00 remedy=refund cost=12.50",
        ]
    );
    assert_eq!((thanks.id.as_str(), thanks.channel.as_str()), ("20261122-100000", "other"));
}

#[test]
fn stamps_of_one_instant_stand_in_the_order_of_the_lifecycle() {
    let imported = flat(concat!(
        "kind,title,closed,resolved,contacted,triaged,received\n",
        "inquiry,a,2026-11-22 10:00,2026-11-22 10:00,2026-11-22 09:00,2026-11-22 10:00,2026-11-22 10:00\n",
    ));
    assert_eq!(
        told(&imported.cases[0].1.history),
        [
            "received@11-22T10:00",
            "contacted@11-22T09:00",
            "triaged@11-22T10:00 category=other urgency=general",
            "resolved@11-22T10:00",
            "closed@11-22T10:00",
        ]
    );
}

#[test]
fn all_that_is_wrong_with_the_rows_is_told_at_once() {
    let imported = flat(concat!(
        "kind,title,received,score,outcome,external,followed-up\n",
        "complaintt,a,2026-11-22,9,ok,1,\n",
        "praise,,2026-02-30,,,2,\n",
        "praise,a,2026-11-22,,,2,\n",
        ",a,,,,3,\n",
        "praise,a,2026-11-22,,,4,2026-11-23\n",
        "praise,good,2026-11-22,,,5,\n",
        "praise,ragged\n",
    ));
    assert_eq!(
        findings(imported.findings()),
        [
            "cases.csv:2:1 `complaintt` is not a known `kind`",
            "cases.csv:2:25 `9` is not a score from 1 to 5",
            "cases.csv:2:27 `ok` is not a known `outcome`",
            "cases.csv:3:1 the row has no `title`",
            "cases.csv:3:9 `2026-02-30` is not an existing date and time",
            "cases.csv:4:23 `external` 2 already appears in line 3",
            "cases.csv:5:1 the row has no `kind`",
            "cases.csv:5:1 the row has no `received`",
            "cases.csv:6:25 `followed-up` needs `outcome`",
            "cases.csv:8:1 cells in this row: 2, headings: 7",
        ]
    );
    assert_eq!(imported.cases.len(), 1);
    assert_eq!(imported.bad[1].raw, "praise,,2026-02-30,,,2,");
}

#[test]
fn headings_that_mean_nothing_or_are_missing_are_told_once() {
    let read = |text, map_text| {
        run(&sheet("cases.csv", text), None, &map(map_text), &[])
            .map(|_| ())
            .map_err(|found| findings(&found))
            .unwrap_err()
    };
    assert_eq!(
        read("kindd,titel,x,y\n1,2,3,4\n", "[columns]\nx = \"received\"\ny = \"received\"\n"),
        [
            "cases.csv:1:1 the column `kindd` is unknown",
            "cases.csv:1:7 the column `titel` is unknown",
            "cases.csv:1:15 `x` and `y` both mean `received`",
            "cases.csv there is no column `kind`",
            "cases.csv there is no column `title`",
        ]
    );
}

#[test]
fn the_map_translates_leaves_out_and_gives_defaults() {
    let map = map(concat!(
        "[columns]\nwhen = \"received\"\nsort = \"kind\"\nsubject = \"title\"\n",
        "[values.kind]\nincident = \"complaint\"\ntest = \"-\"\n\"*\" = \"inquiry\"\n",
        "[values.owner]\nnobody = \"\"\n",
        "[dates]\nwhen = \"%m\"\nreceived = \"%d.%m.%Y %H:%M\"\n[defaults]\nchannel = \"store\"\n[ignore]\ncolumns = [\"x\"]\n",
    ).replace("when = \"%m\"\n", "").as_str());
    let text = concat!(
        "when,sort,subject,x,owner\n22.11.2026 09:00,incident,a,1,nobody\n,test,,,\n",
        "22.11.2026 09:00,what,b,,li.na\n2026-11-22T09:00:00Z,,c,,\n",
    );
    let imported = run(&sheet("cases.csv", text), None, &map, &[]).unwrap();
    let kinds: Vec<_> = imported.cases.iter().map(|(line, case)| (*line, case.kind)).collect();
    assert_eq!(kinds, [(2, Kind::Complaint), (4, Kind::Inquiry)]);
    assert_eq!(imported.left_out, 1);
    assert_eq!(findings(imported.findings()), ["cases.csv:5:1 the row has no `kind`"]);
    assert_eq!(imported.cases[0].1.channel, "store");
    assert_eq!(told(&imported.cases[0].1.history), ["received@11-22T09:00"]);
    assert_eq!(told(&imported.cases[1].1.history), ["received@11-22T09:00 owner=li.na"]);
}

#[test]
fn a_draw_that_repeats_itself_does_not_hang() {
    let zone = TimeZone::UTC;
    let taken = HashSet::from([Id::parse("20261122-700000").unwrap()]);
    let known = HashMap::new();
    let mut random = || 7;
    let mut context =
        Context { zone: &zone, lang: Lang::En, random: &mut random, taken: &taken, known: &known };
    let cases = sheet("cases.csv", "kind,title,received\npraise,a,2026-11-22\npraise,b,2026-11-22\n");
    let imported = import(&cases, None, &Map::default(), &mut context).unwrap();
    let ids: Vec<_> = imported.cases.iter().map(|(_, case)| case.id.as_str()).collect();
    assert_eq!(ids, ["20261122-800000", "20261122-900000"]);
}

#[test]
fn an_id_of_ours_stays_and_another_systems_is_told() {
    let imported = flat(concat!(
        "id,status,round,kind,title,received\n",
        "20261122-7k3q9x,new,1,praise,a,2026-11-22\n20261122-7k3q9x,new,1,praise,a,2026-11-22\n",
        "INC1,Open,x,praise,a,2026-11-22\n",
    ));
    assert_eq!(imported.cases[0].1.id.as_str(), "20261122-7k3q9x");
    assert_eq!(
        findings(imported.findings()),
        [
            "cases.csv:3:1 `id` 20261122-7k3q9x already appears in line 2",
            "cases.csv:4:1 `INC1` is not the id of a case, such as 20261122-7k3q9x",
            "cases.csv:4:6 there is no status `Open` in this system",
            "cases.csv:4:11 `x` is not a number",
        ]
    );
}

#[test]
fn names_that_nobody_knows_are_counted_with_their_first_line() {
    let imported = flat(concat!(
        "kind,title,received,channel,by,owner,triaged\n",
        "praise,a,2026-11-22,hotline,li.na,zoe,\npraise,a,2026-11-22,booth,zoe,zoe,2026-11-22\n",
    ));
    let unknown = unknown_names(&imported, &|list, name| match list {
        Names::People => name == "li.na",
        Names::Channels => name == "hotline",
        _ => ["other", "general"].contains(&name),
    });
    let unknown: Vec<_> = unknown
        .iter()
        .map(|unknown| (unknown.list, unknown.name.as_str(), unknown.line, unknown.count))
        .collect();
    assert_eq!(unknown, [(Names::People, "zoe", 2, 3), (Names::Channels, "booth", 3, 1)]);
}

#[test]
fn many_headings_are_told_in_one_pass_and_too_many_are_refused() {
    let names = |n: usize| (0..n).map(|n| format!("unheard{n}")).collect::<Vec<_>>().join(",");
    let text = format!("{}\n", names(16_384));
    let sheet = Sheet::csv(text.as_bytes(), Path::new("a.csv")).unwrap();
    let found = run(&sheet, None, &Map::default(), &[]).unwrap_err();
    // Each of them, and the three that are missing
    assert_eq!(found.len(), 16_384 + 3);
    assert_eq!(found[16_383].place.to_string(), format!("a.csv:1:{}", names(16_383).len() + 2));
    let line: String = (0..16_384).map(|n| format!("\"unheard{n}\":1,")).collect();
    let text = format!("{{{}}}\n", line.trim_end_matches(','));
    let sheet = Sheet::jsonl(text.as_bytes(), Path::new("a.jsonl")).unwrap();
    let found = run(&sheet, None, &Map::default(), &[]).unwrap_err();
    assert_eq!(found[16_383].place.column, Some(text.find("\"unheard16383\"").unwrap() + 1));
    let too_many = |text: String, path: &str| {
        let read = if path.ends_with("jsonl") { Sheet::jsonl } else { Sheet::csv };
        read(text.as_bytes(), Path::new(path)).unwrap_err()[0].message.to_string()
    };
    let expected = "columns; at most 16384 are read";
    assert!(too_many(",".repeat(10_000_000), "a.csv").ends_with(expected));
    assert!(
        too_many((0..16_385).map(|n| format!("{{\"a{n}\":1}}\n")).collect(), "a.jsonl").ends_with(expected)
    );
    assert!(too_many("a\n".repeat(1_048_578), "a.csv").contains("more than 1048576 rows"));
}

#[test]
fn a_line_that_is_no_json_is_told_and_no_missing_column() {
    for (text, expected) in [
        ("{\"kind\": \"praise\", \"title\"\n", "a.jsonl:1:26 the line ends before its object does"),
        ("nonsense\n", "a.jsonl:1:2 the line is not JSON from here on"),
    ] {
        let sheet = Sheet::jsonl(text.as_bytes(), Path::new("a.jsonl")).unwrap();
        let imported = run(&sheet, None, &Map::default(), &[]).unwrap();
        let told: Vec<_> =
            imported.findings().map(|found| format!("{} {}", found.place, found.message)).collect();
        assert_eq!(told, [expected]);
    }
    // Beside a line that lacks something, both are told
    let sheet = Sheet::jsonl(b"{\"title\": \"a\"}\n{\"kind\"\n", Path::new("a.jsonl")).unwrap();
    let found = run(&sheet, None, &Map::default(), &[]).unwrap_err();
    let told: Vec<_> = found.iter().map(|found| found.place.to_string()).collect();
    assert_eq!(told, ["a.jsonl", "a.jsonl", "a.jsonl:2:7"]);
    let deep = format!("{{\"a\":{}", "[".repeat(1_000_000));
    let sheet = Sheet::jsonl(deep.as_bytes(), Path::new("a.jsonl")).unwrap();
    assert!(sheet.bad[0].findings[0].message.to_string().contains("too deep"));
    let long = format!("{{\"a\":\"{}\"}}", "x".repeat(17 << 20));
    let sheet = Sheet::jsonl(long.as_bytes(), Path::new("a.jsonl")).unwrap();
    assert!(sheet.bad[0].findings[0].message.to_string().contains("more than 16 MiB"));
}
