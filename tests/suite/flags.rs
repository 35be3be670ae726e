//! A flag has one name and one meaning. The names from before go on working where they were, and are not shown.

use crate::ledger::{Ran, TestLedger};

/// Each command that prints in formats, with those that it has, as its help has to list them.
const FORMATS: &[(&[&str], &[&str])] = &[
    (&["check"], &["text", "json", "github", "gitlab", "junit", "sarif"]),
    (&["audit"], &["text", "json", "github"]),
    (&["list"], &["text", "markdown", "csv", "json", "jsonl", "html", "xlsx"]),
    (&["report", "monthly"], &["text", "markdown", "csv", "json", "html", "xlsx"]),
    (&["survey", "sample"], &["text", "markdown", "csv", "json"]),
    (&["log"], &["text", "json", "jsonl"]),
    (&["export"], &["csv", "jsonl"]),
    (&["next"], &["text", "json"]),
    (&["sync", "--dry-run"], &["text", "json"]),
    (&["undo", "--dry-run"], &["text", "json"]),
    (&["recover"], &["text", "json"]),
    (&["show", "ID"], &["text", "json"]),
    (&["policy", "explain", "ID"], &["text", "json"]),
    (&["calendar", "due", "09:00", "2h"], &["text", "json"]),
    (&["note", "ID", "a word"], &["text", "json"]),
    (&["new", "--kind", "praise", "--channel", "chat", "--title", "x"], &["text", "json"]),
];

const ALL: [&str; 11] =
    ["text", "markdown", "csv", "json", "jsonl", "html", "xlsx", "github", "gitlab", "junit", "sarif"];

fn same(shop: &TestLedger, new: &[&str], old: &[&str]) -> Ran {
    let (new, old) = (shop.run(new).ok(), shop.run(old).ok());
    assert_eq!((&new.out, &new.err), (&old.out, &old.err));
    assert!(!new.out.is_empty());
    new
}

#[test]
fn a_command_takes_the_formats_that_it_has_and_names_them() {
    let shop = TestLedger::new();
    let id = shop.case(&[]);
    for (command, has) in FORMATS {
        let line: Vec<&str> = command.iter().map(|word| if *word == "ID" { &id } else { *word }).collect();
        let ask = |format: &str, more: &[&str]| shop.run(&[&line, &["--format", format][..], more].concat());
        for format in *has {
            let file = if *format == "xlsx" { &["-o", "../x.xlsx"][..] } else { &[] };
            let ran = ask(format, file);
            if command[0] != "sync" {
                assert_eq!(ran.status, 0, "{command:?} {format}: {}", ran.err);
            }
            assert!(!ran.err.contains("no format"), "{command:?} {format}: {}", ran.err);
        }
        let before = shop.snapshot();
        for format in ALL.iter().filter(|format| !has.contains(format)) {
            let (en, zh) = (ask(format, &[]), ask(format, &["--lang", "zh"]));
            assert_eq!((en.status, zh.status), (2, 2), "{command:?} {format}");
            en.says(&[
                "--format <FORMAT> does not take",
                format,
                &format!("possible values: {}", has.join(", ")),
            ]);
            zh.says(&["--format <格式> 不能填", format, &format!("可填：{}", has.join("、"))]);
        }
        assert_eq!(shop.snapshot(), before, "{command:?}");
        let depth = command.iter().take_while(|word| **word == "policy" || **word == "calendar");
        let named = if ["report", "survey"].contains(&command[0]) { 2 } else { 1 + depth.count() };
        let help = shop.run(&[&command[..named], &["--help"]].concat()).ok().out;
        let listed = help.lines().filter_map(|line| line.trim().split_once("  "));
        let formats: Vec<&str> = listed.map(|(word, _)| word).filter(|word| ALL.contains(word)).collect();
        assert_eq!(formats, *has, "{help}");
    }
}

#[test]
fn what_people_read_is_called_text() {
    let shop = TestLedger::new();
    shop.put("cases/new/x.yaml", "kind: praise\n");
    for command in ["check", "audit"] {
        let ask = |format| shop.run(&[command, "--format", format]);
        let (new, old) = (ask("text"), ask("human"));
        assert_eq!((new.status, &new.out, &new.err), (old.status, &old.out, &old.err));
        assert_ne!(new.status, 2, "{}", new.err);
        let help = shop.run(&[command, "--help"]).ok().out;
        assert!(!help.contains("human"), "{help}");
    }
    assert_eq!(shop.run(&["list", "--format", "human"]).status, 2);
}

#[test]
fn a_revision_is_rev_and_a_breakdown_is_group_by() {
    let shop = TestLedger::new();
    let id = shop.case(&[]);
    shop.run(&["note", &id, "a word"]).ok();
    for look in [
        &["list", "all"][..],
        &["show", &id],
        &["report", "monthly", "2026-11"],
        &["policy", "try", "citywide", "2026-11"],
    ] {
        same(&shop, &[look, &["--rev", "HEAD~1"]].concat(), &[look, &["--at", "HEAD~1"]].concat());
    }
    assert_eq!(
        shop.run(&["check", "--rev", "HEAD~1"]).ok().out,
        shop.run(&["check", "--at", "HEAD~1"]).ok().out
    );
    for (report, by) in [
        (&["report", "monthly", "2026-11"][..], "channel,owner"),
        (&["report", "times", "2026-11"], "owner"),
        (&["report", "trend", "2026"], "quarter"),
    ] {
        same(&shop, &[report, &["--group-by", by]].concat(), &[report, &["--by", by]].concat());
        let wrong = [report, &["--group-by", "colour"]].concat();
        shop.refused(&wrong, 2).says(&["--group-by", "department"]);
        shop.refused(&[&wrong[..], &["--lang", "zh"]].concat(), 2).says(&["--group-by"]);
    }
    shop.refused(&["report", "monthly", "--by", "month"], 2).says(&["--group-by takes"]);
    for look in [&["list"][..], &["check"], &["show"], &["report", "trend"], &["policy", "try"]] {
        let help = shop.run(&[look, &["--help"]].concat()).ok().out;
        assert!(help.contains("--rev <REV>") && !help.contains("--at ") && !help.contains("--by "), "{help}");
    }
}

#[test]
fn the_time_of_a_new_case_is_at() {
    let shop = TestLedger::new();
    let new = ["new", "--kind", "praise", "--channel", "chat", "--title", "x"];
    for flag in ["--at", "--received"] {
        let ran = shop.run(&[&new[..], &[flag, "2026-11-21 18:00", "--format", "json"]].concat()).ok();
        let path = ran.json()["cases"][0]["path"].as_str().unwrap().to_owned();
        assert!(shop.read(&path).contains("received: 2026-11-21T18:00:00+08:00"), "{flag}");
        shop.refused(&[&new[..], &[flag, "tomorrow"]].concat(), 2).says(&["--at"]);
    }
    assert!(!shop.run(&["new", "--help"]).ok().out.contains("--received"));
    same(&shop, &["list", "--limit", "1"], &["list", "-n", "1"]);
}

#[test]
fn a_sample_has_one_flag_and_a_zone_another() {
    let shop = TestLedger::new();
    shop.case(&[]);
    let sample = ["survey", "sample", "this-half", "--format", "json"];
    same(&shop, &[&sample[..], &["--sample", "3"]].concat(), &[&sample[..], &["--n", "3"]].concat());
    for (lang, says) in [("en", "write a whole number from 1"), ("zh", "请填不小于 1 的整数")] {
        for wrong in ["0", "-1", "x", "4294967296"] {
            let flag = format!("--sample={wrong}");
            shop.refused(&[&sample[..], &[&flag, "--lang", lang]].concat(), 2).says(&[says]);
        }
    }
    shop.write("../t.csv", "kind,title,channel,received\npraise,x,chat,2026-11-01 09:00\n");
    let import = |flag| shop.run(&["import", "../t.csv", "--dry-run", flag, "Nowhere/Zone"]);
    let (new, old) = (import("--timezone"), import("--zone"));
    assert_eq!((new.status, &new.err), (2, &old.err));
    new.says(&["there is no time zone `Nowhere/Zone`"]);
    for command in [&["survey", "sample"][..], &["import"]] {
        let help = shop.run(&[command, &["--help"]].concat()).ok().out;
        assert!(!help.contains("--n ") && !help.contains("--zone"), "{help}");
    }
}

/// Beside the output, so that programs read the same.
#[test]
fn verbose_says_what_was_read_and_how_long_it_took() {
    let shop = TestLedger::new();
    let id = shop.case(&[]);
    for command in [&["list"][..], &["show", &id], &["check"], &["report", "monthly"], &["note", &id, "x"]] {
        let zh = shop.run(&[command, &["-v", "--lang", "zh"]].concat()).ok();
        zh.says(&["台账：", "制度：policy/", "日历：", "用时"]);
        let en = shop.run(&[command, &["-v"]].concat()).ok();
        en.says(&["ledger: ", "rules: policy/", "; calendars: ", "took ", " ms"]);
        let reads_all = ["list", "check", "report"].contains(&command[0]);
        assert_eq!(en.err.contains("cases read: 1"), reads_all, "{}", en.err);
        if command[0] != "note" {
            let plain = shop.run(command).ok();
            assert_eq!(plain.out, en.out);
            assert!(!plain.err.contains("took"), "{}", plain.err);
        }
    }
    let past = shop.run(&["check", "--rev", "HEAD", "-v"]).ok();
    past.says(&["as of commit"]);
    let nowhere = shop.run(&["list", "-v", "--rev", "no-such"]);
    assert_eq!(nowhere.status, 2);
    nowhere.says(&["took "]);
}

#[test]
fn a_word_that_a_flag_does_not_take_is_answered_in_both_languages() {
    let shop = TestLedger::new();
    for (command, en, zh) in [
        (&["list", "--at", "09:30"][..], "use --as-of", "请用 --as-of"),
        (&["check", "--rev", ""], "use --as-of", "请用 --as-of"),
        (&["report", "trend", "--group-by", "quater"], "also month, quarter", "还可用 month, quarter"),
        (&["report", "monthly", "--group-by", "部门"], "department", "不能按 `部门` 细分"),
        (&["list", "-n", "茶"], "write a whole number", "请填整数"),
    ] {
        shop.refused(command, 2).says(&[en]);
        shop.refused(&[command, &["--lang", "zh"]].concat(), 2).says(&[zh]);
    }
    let help = shop.run(&["policy", "try", "--help"]).ok().out;
    assert!(!help.contains("--group-by"), "a trial refuses it: {help}");
}

/// What cannot be read was not read, and a name of two lines is no two lines of a log.
#[test]
fn verbose_says_what_is_so() {
    let shop = TestLedger::new();
    shop.case(&[]);
    shop.put("cases/new/20261122-zzzzzz.yaml", "id: 20261122-zzzzzz\n\tkind: praise\n");
    for command in ["list", "check"] {
        let ran = shop.run(&[command, "-v"]);
        assert_ne!(ran.status, 0);
        ran.says(&["\ncases read: 1\n"]);
        assert!(!ran.err.contains("every case file"), "{}", ran.err);
    }
    let named = shop.read("fb.toml").replace("[git]", "calendar = \"office\"\n\n[git]");
    shop.put("fb.toml", named);
    let calendar = shop.read("calendar/office.toml");
    shop.put("calendar/x.toml", calendar.replace("name = \"office\"", "name = \"a\\nforged\""));
    shop.run(&["check", "-v"]).says(&["calendars: ", "a forged"]);
}
