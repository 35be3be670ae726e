//! What people mistype: told in words, with the nearest that is known, and nothing is written.

use crate::ledger::TestLedger;
use crate::verbs::staffed;

#[test]
fn a_name_that_is_not_known_comes_with_the_nearest() {
    let shop = staffed();
    let id = shop.case(&[]);
    for (arguments, near) in [
        (vec!["triage", &id, "--category", "product/packagin", "--urgency", "urgent"], "product/packaging"),
        (vec!["triage", &id, "--category", "other", "--urgency", "urgnt"], "urgent"),
        (vec!["assign", &id, "--department", "qualty"], "quality"),
        (vec!["assign", &id, "--owner", "zhang.wie"], "zhang.wei"),
        (vec!["propose", &id, "--remedy", "refnd"], "refund"),
        (vec!["contact", &id, "--channel", "phon"], "phone"),
        (vec!["note", &id, "x", "--by", "lina"], "li.na"),
        (vec!["new", "--kind", "complain", "--title", "x", "--channel", "chat"], "complaint"),
        (vec!["new", "--kind", "praise", "--title", "x", "--channel", "hotlin"], "hotline"),
    ] {
        shop.refused(&arguments, 2).says(&["did you mean", near]);
    }
    shop.refused(&["mark", &id, "effect"], 2).says(&["effect-confirmed"]);
    shop.refused(&["escalate", &id, "--reason", "x", "--level", "boss"], 2)
        .says(&["supervisor manager external"]);
    shop.refused(&["init", "other", "--policy", "ecomerce"], 2).says(&["ecommerce"]);
}

#[test]
fn without_a_terminal_an_answer_that_is_missing_names_its_flag() {
    let shop = TestLedger::new();
    let id = shop.case(&[]);
    for (arguments, flag) in [
        (vec!["new"], "--kind"),
        (vec!["new", "--kind", "praise"], "--title"),
        (vec!["new", "--kind", "praise", "--title", "x"], "--channel"),
        (vec!["triage", &id], "--category"),
        (vec!["triage", &id, "--category", "other"], "--urgency"),
        (vec!["assign", &id], "--department"),
        (vec!["return", &id], "--reason"),
        (vec!["diagnose", &id], "--cause"),
        (vec!["propose", &id], "--remedy"),
        (vec!["escalate", &id], "--reason"),
        (vec!["follow-up", &id], "--outcome"),
        (vec!["forward", &id], "--to"),
        (vec!["survey", &id], "--score"),
        (vec!["amend", &id, "--urgency", "urgent"], "--reason"),
    ] {
        shop.refused(&arguments, 2).says(&[flag]);
    }
    shop.refused(&["amend", &id, "--reason", "x"], 2).says(&["nothing to amend is given"]);
}

#[test]
fn values_that_cannot_be_taken() {
    let shop = TestLedger::new();
    let id = shop.case(&[]);
    for arguments in [
        vec!["survey", &id, "--score", "6"],
        vec!["survey", &id, "--score", "0"],
        vec!["survey", &id, "--score", "4.5"],
        vec!["propose", &id, "--remedy", "refund", "--cost", "1.234"],
        vec!["propose", &id, "--remedy", "refund", "--cost", "a lot"],
        vec!["follow-up", &id, "--outcome", "happy"],
        vec!["note", &id, "  "],
        vec!["note", &id, "x", "--at", "yesterday"],
        vec!["note", &id, "x", "--at", "2026-02-30 10:00"],
        vec!["note", &id, "x", "--at", "25:00"],
        vec!["new", "--kind", "praise", "--title", " \t ", "--channel", "chat"],
        vec!["triage", &id, "--category", "other", "--urgency", "urgent", "--justified", "--not-justified"],
        vec!["noet", &id, "x"],
        vec!["note", &id, "x", "--lang", "fr"],
        vec!["note"],
    ] {
        let ran = shop.refused(&arguments, 2);
        assert!(ran.err.contains("error"), "{arguments:?}: {}", ran.err);
    }
    let ran = shop.run(&["--now", "tomorrow", "note", &id, "x"]);
    assert_eq!(ran.status, 2);
}

#[test]
fn an_id_has_to_name_one_case() {
    let shop = TestLedger::new();
    for random in ["7k3q9x", "7k3zzz"] {
        let text = format!(
            "id: 20261122-{random}\nkind: praise\ntitle: x\nchannel: chat\nhistory:\n  - received: 2026-11-22T09:00:00+08:00\n    by: li.na\n"
        );
        shop.put(&format!("cases/new/20261122-{random}.yaml"), text);
    }
    shop.refused(&["note", "7k3", "x"], 2).says(&["20261122-7k3q9x", "20261122-7k3zzz"]);
    shop.refused(&["note", "20261122", "x"], 2).says(&["20261122-7k3q9x"]);
    shop.refused(&["note", "", "x"], 2).says(&["an id is missing"]);
    for none in ["7k4", "../..", "../../etc/passwd", "/etc/passwd", "k3q9x", "20261122-7k3q9x.yaml", "7k3\0q"]
    {
        if !none.contains('\0') {
            shop.refused(&["note", none, "x"], 1);
        }
    }
    shop.run(&["note", "7K3Q", "found"]).ok();
}

#[test]
fn each_level_is_offered_once() {
    let shop = TestLedger::new();
    let id = shop.case(&[]);
    let said = shop.refused(&["escalate", &id, "--level", "经理", "--reason", "x"], 2).err.clone();
    assert_eq!(said.matches(" external").count(), 1, "{said}");
}

#[test]
fn control_characters_do_not_reach_the_terminal_or_break_the_file() {
    let shop = TestLedger::new();
    let title = "red \u{1b}[31mcup\u{1b}]0;title\u{7} \u{202e}back\r\nid: stolen\tend";
    let ran = shop.run(&["new", "--kind", "praise", "--channel", "chat", "--title", title]).ok();
    assert!(!ran.out.contains('\u{1b}') && !ran.out.contains('\u{7}'), "{:?}", ran.out);
    let short = ran.out.split_whitespace().next().unwrap();
    let ran = shop.run(&["note", short, "\u{1b}[2Jgone", "-q"]).ok();
    assert!(!ran.out.contains('\u{1b}'), "{:?}", ran.out);
    assert!(!shop.git(&["log", "-3", "--format=%B"]).contains('\u{1b}'));
    let ran = shop.refused(&["note", short, "x", "--by", "\u{1b}[31m", "--at", "\u{1b}[1mnoon"], 2);
    assert!(!ran.err.contains('\u{1b}'), "{:?}", ran.err);
}

#[test]
fn a_very_long_title_is_kept_whole() {
    let shop = TestLedger::new();
    let title = "茶杯".repeat(5_000);
    let ran = shop.run(&["new", "--kind", "praise", "--channel", "chat", "--title", &title]).ok();
    let short = ran.out.split_whitespace().next().unwrap().to_owned();
    shop.run(&["note", &short, "still a case"]).ok();
    let first = shop.git(&["log", "-1", "--skip=1", "--format=%s"]);
    assert!(first.chars().count() <= 72, "{first}");
}

#[test]
fn what_is_attached_stays_within_its_directory() {
    let shop = TestLedger::new();
    let id = shop.case(&[]);
    for file in ["..", "../..", ".", "/", "no-such-file", "cases"] {
        shop.refused(&["attach", &id, file], 2);
    }
    shop.write("../note.txt", "outside");
    shop.run(&["attach", &id, "cases/../../note.txt"]).ok();
    assert_eq!(shop.read(&format!("files/{id}/note.txt")), "outside");
    shop.refused(&["attach", &id, "../note.txt"], 2).says(&["already exists"]);
}

/// Names that git takes for its own, in any spelling, or would not take at all.
#[cfg(unix)]
#[test]
fn what_is_attached_has_a_name_that_git_takes() {
    let shop = TestLedger::new();
    let id = shop.case(&[]);
    let before = shop.commits();
    for name in [".GIT", ".gitignore", ".gitattributes", "git~1", "GIT~2", "\u{200b}.git", " .gitignore"] {
        shop.write(&format!("../{name}"), "*");
        shop.refused(&["attach", &id, &format!("../{name}")], 2).says(&["an attachment cannot be called"]);
    }
    assert_eq!((shop.commits(), shop.status().as_str()), (before, ""));
}

/// A file whose ending promises something else than is in it opens nowhere; and old programs write endings in capitals.
#[test]
fn an_ending_is_taken_at_its_word() {
    let shop = TestLedger::new();
    shop.case(&[]);
    for name in ["x.xlsx", "x.json", "x.pdf"] {
        shop.refused(&["export", "-o", &format!("../{name}")], 2).says(&[".csv or .jsonl"]);
        assert!(!shop.dir.join("..").join(name).exists());
    }
    shop.run(&["export", "-o", "../X.CSV"]).ok();
    shop.run(&["export", "-o", "../x.JSONL"]).ok();
    assert!(std::fs::read_to_string(shop.dir.join("../x.JSONL")).unwrap().starts_with('{'));
    let other = TestLedger::new();
    let table = shop.dir.join("../X.CSV").canonicalize().unwrap();
    let ran = other.run(&["import", table.to_str().unwrap()]);
    assert!(!ran.err.contains("is not that of a table"), "{}", ran.err);
}

#[test]
fn outside_a_ledger_the_way_in_is_told() {
    let place = TestLedger::empty();
    place.refused(&["note", "7k3", "x"], 2).says(&["fb.toml", "fb init", "FB_DIR"]);
}

/// A file without an end, such as a device, is not read until memory runs out.
#[test]
fn a_table_has_a_largest_size() {
    let shop = TestLedger::new();
    let table = shop.dir.join("../large.csv");
    std::fs::File::create(&table).unwrap().set_len((256 << 20) + 1).unwrap();
    shop.refused(&["import", "../large.csv"], 2).says(&["larger than 256 MiB", "split it"]);
}

#[test]
fn a_directory_that_is_not_there_is_no_ledger_and_not_the_one_above_it() {
    let shop = staffed();
    shop.case(&[]);
    for wrong in ["nowhere", "fb.toml"] {
        let ran = shop.run(&["-C", wrong, "list"]);
        assert_eq!((ran.status, ran.out.as_str()), (2, ""));
        ran.says(&["there is no directory", wrong]);
    }
}
