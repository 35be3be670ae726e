//! Figures come with a warranty: what is double is counted once, what is doubtful is named with the figure that it moves.
//!
//! The figures were worked out by hand from the three cases below, all of October 2026 in Shanghai.

use std::fs;
use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use serde_json::{Value, json};

use crate::ledger::{Ran, TestLedger};

/// Resolved after two days, and the customer is satisfied.
const CUP: &str = "\
id: 20261005-cap000
kind: complaint
title: 茶杯碎了
channel: hotline
history:
  - received: 2026-10-05T09:00:00+08:00
    by: li.na
  - triaged: 2026-10-05T09:10:00+08:00
    by: li.na
    category: product/quality
    urgency: general
    justified: true
  - assigned: 2026-10-05T09:20:00+08:00
    by: li.na
    department: quality
    owner: li.na
  - accepted: 2026-10-05T09:30:00+08:00
    by: li.na
  - contacted: 2026-10-05T10:00:00+08:00
    by: li.na
";
const CUP_ENDS: &str = "  \
  - resolved: 2026-10-07T09:00:00+08:00
    by: li.na
    remedy: exchange
  - followed-up: 2026-10-08T09:00:00+08:00
    by: li.na
    outcome: satisfied
    score: 5
";
/// An inquiry that nobody has looked at.
const TEA: &str = "\
id: 20261020-tea000
kind: inquiry
title: 茶怎么泡
channel: hotline
history:
  - received: 2026-10-20T09:00:00+08:00
    by: li.na
";

const CLOSED: &str = "cases/closed/2026-10/20261005-cap000.yaml";
const NEW: &str = "cases/new/20261020-tea000.yaml";
const NOW: &str = "2026-11-22T09:30:00+08:00";

/// Every command that counts, with what else it needs.
const PAGES: [&[&str]; 13] = [
    &["report", "monthly", "2026-10"],
    &["report", "quarterly", "2026-Q4"],
    &["report", "satisfaction", "2026-H2"],
    &["report", "people", "2026-10"],
    &["report", "overdue"],
    &["report", "causes", "2026-10"],
    &["report", "times", "2026-10"],
    &["report", "trend", "2026-09-01..2026-10-31"],
    &["report", "diff", "HEAD", "now", "2026-10"],
    &["policy", "try", "handbook", "2026-10"],
    &["list", "all"],
    &["next"],
    &["survey", "sample", "2026-H2"],
];

/// Both cases, one closed and one new, with nothing to doubt.
fn shop() -> TestLedger {
    let shop = TestLedger::new();
    shop.write(NEW, TEA);
    shop.put(CLOSED, format!("{CUP}{CUP_ENDS}"));
    shop
}

fn json(shop: &TestLedger, page: &[&str], status: i32) -> Value {
    let ran = shop.at(NOW, &[page, &["--format", "json"]].concat());
    assert_eq!(ran.status, status, "{page:?}: {}{}", ran.out, ran.err);
    ran.json()
}

/// `code path moves`, a line each.
fn doubts(page: &Value) -> Vec<String> {
    let list = page["doubts"].as_array().unwrap();
    let moves = |doubt: &Value| {
        let words = doubt["moves"].as_array().unwrap().iter().map(|word| word.as_str().unwrap());
        words.collect::<Vec<_>>().join(",")
    };
    let line = |doubt: &Value| {
        let word = |key: &str| doubt[key].as_str().unwrap().to_owned();
        assert!(!word("message").is_empty() && doubt.as_object().unwrap().contains_key("id"), "{doubt}");
        format!("{} {} {}", word("code"), word("path"), moves(doubt))
    };
    list.iter().map(line).collect()
}

/// What October came to: received, closed, open at its end; resolutions; customers who answered, and were satisfied.
fn october(shop: &TestLedger, status: i32) -> [u64; 6] {
    let page = json(shop, &["report", "monthly", "2026-10"], status);
    let n = |way: &str| page.pointer(way).unwrap_or_else(|| panic!("{way}: {page}")).as_u64().unwrap();
    [
        n("/flow/received"),
        n("/flow/closed"),
        n("/flow/closing"),
        n("/resolved/n"),
        n("/satisfaction/made"),
        n("/satisfaction/satisfied"),
    ]
}

/// One case closed, one open, one answer.
const OCTOBER: [u64; 6] = [2, 1, 1, 1, 1, 1];

#[track_caller]
fn ends(ran: &Ran, status: i32) {
    assert_eq!(ran.status, status, "{}{}", ran.out, ran.err);
}

#[test]
fn a_sound_ledger_has_no_doubts_on_any_page() {
    let shop = shop();
    assert_eq!(october(&shop, 0), OCTOBER);
    for page in PAGES {
        assert_eq!(doubts(&json(&shop, page, 0)), [""; 0], "{page:?}");
        let read = shop.at(NOW, page).ok();
        let looked = if page.contains(&"diff") { 4 } else { 2 };
        let said = format!("no doubts; looked at {looked} case files");
        assert!(format!("{}{}", read.out, read.err).contains(&said), "{page:?}: {}{}", read.out, read.err);
    }
    assert!(shop.at(NOW, &[]).ok().out.contains("no doubts; looked at 2 case files"));
    assert!(shop.at(NOW, &["--lang", "zh"]).ok().out.contains("没有疑点；已查看 2 份案卷"));
    assert_eq!(json(&shop, &["list", "all"], 0)["looked_at"], json!({ "files": 2 }));
    // What came later is no part of what a month's report looked at: its bytes stay.
    let before = shop.at(NOW, &["report", "monthly", "2026-10", "--format", "json"]).ok().out;
    shop.case(&[]);
    assert_eq!(shop.at(NOW, &["report", "monthly", "2026-10", "--format", "json"]).ok().out, before);
}

#[test]
fn a_case_in_two_places_counts_once_on_every_page() {
    let same = shop();
    same.put("cases/resolved/20261005-cap000.yaml", format!("{CUP}{CUP_ENDS}"));
    // Two clones went on from the same case: one called the customer, the other resolved it and asked.
    let diverged = shop();
    let cup = CUP.replace("  - contacted: 2026-10-05T10:00:00+08:00\n    by: li.na\n", "");
    diverged.write("cases/investigating/20261005-cap000.yaml", CUP);
    diverged.put(CLOSED, format!("{cup}{CUP_ENDS}"));
    for shop in [&same, &diverged] {
        assert_eq!(october(shop, 3), OCTOBER);
        let times = json(shop, &["report", "monthly", "2026-10"], 3)["times"].clone();
        // Reached after an hour, resolved after two days: from both files.
        assert_eq!(times["contact"]["elapsed"]["n"], 1);
        assert_eq!(times["contact"]["elapsed"]["median"], 3600.0);
        assert_eq!(times["resolution"]["elapsed"]["median"], 2.0 * 86_400.0);
        for page in PAGES {
            let found = doubts(&json(shop, page, 3));
            assert!(found.contains(&format!("duplicate-id {CLOSED} cases")), "{page:?}: {found:?}");
            let ran = shop.at(NOW, page);
            ends(&ran, 3);
            let said = format!("{CLOSED}: the case cap000 is in another file too: ");
            assert!(format!("{}{}", ran.out, ran.err).contains(&said), "{page:?}: {}{}", ran.out, ran.err);
            ran.says(&["the figures are in doubt"]);
        }
        let listed = json(shop, &["list", "all"], 3);
        assert_eq!(listed["cases"].as_array().unwrap().len(), 2);
        let overview = shop.at(NOW, &[]);
        ends(&overview, 3);
        assert!(overview.out.contains("1 open, "), "{}", overview.out);
        for format in ["csv", "jsonl"] {
            let given = shop.at(NOW, &["export", "--format", format]);
            ends(&given, 3);
            given.says(&["duplicate-id", "cap000", "counted once, as `fb mend` merges them"]);
            assert_eq!(given.out.matches("20261005-cap000").count(), 1, "{}", given.out);
            let given = shop.at(NOW, &["list", "all", "--format", format]);
            ends(&given, 3);
            assert_eq!(given.out.matches("20261005-cap000").count(), 1, "{}", given.out);
        }
        // And so it is when it is mended.
        shop.at(NOW, &["mend"]).ok();
        assert_eq!(october(shop, 0), OCTOBER);
    }
}

#[test]
fn of_two_files_one_that_cannot_be_read_is_named_and_the_other_counted() {
    let shop = shop();
    let other = "cases/resolved/20261005-cap000.yaml";
    shop.put(other, "id: 20261005-cap000\nkind: [\n");
    assert_eq!(october(&shop, 3), OCTOBER);
    let page = json(&shop, &["report", "monthly", "2026-10"], 3);
    assert_eq!(page["ledger"]["unreadable"], json!([other]));
    let found = doubts(&page);
    assert_eq!(found.len(), 2, "{found:?}");
    assert_eq!(found[0], format!("duplicate-id {CLOSED} cases"));
    assert!(found[1].ends_with(&format!("{other} cases")), "{found:?}");
    let ran = shop.at(NOW, &["report", "monthly", "2026-10"]);
    ran.says(&["the ledger could not be read completely: 1 case file is not in the figures"]);
    assert!(ran.out.contains(&format!("only {CLOSED} can be read and is counted")), "{}", ran.out);
    // Neither: there is no case to count, and it is not silent.
    shop.put(CLOSED, "id: [\n");
    assert_eq!(october(&shop, 3)[0], 1);
    assert!(shop.at(NOW, &["list"]).out.contains("none of them can be read, so it is not counted"));
}

#[test]
fn two_cases_that_drew_one_id_are_two() {
    let shop = shop();
    let other = TEA.replace("20261020-tea000", "20261005-cap000").replace("茶怎么泡", "没有发货");
    shop.put("cases/new/20261005-cap000.yaml", other);
    let [received, closed, closing, ..] = october(&shop, 3);
    assert_eq!([received, closed, closing], [3, 1, 2]);
    let ran = shop.at(NOW, &["list", "all"]);
    assert!(ran.out.contains("these are 2 cases with the same id, each is counted"), "{}", ran.out);
}

#[test]
fn files_that_cannot_be_joined_count_as_the_one_with_the_longest_history() {
    let shop = shop();
    // In one line, so that nothing can be put between its events; and the same case by its receipt.
    let flow = "{id: 20261005-cap000, kind: complaint, title: 茶杯碎了, channel: hotline, \
                history: [{received: 2026-10-05T09:00:00+08:00, by: li.na}]}\n";
    shop.put("cases/new/20261005-cap000.yaml", flow);
    assert_eq!(october(&shop, 3), OCTOBER);
    let ran = shop.at(NOW, &["list", "all"]);
    let said = format!("only the one with the longest history is counted: {CLOSED}");
    assert!(ran.out.contains(&said), "{}{}", ran.out, ran.err);
}

#[test]
fn a_copy_under_another_name_is_the_same_case() {
    let shop = shop();
    shop.put("cases/new/20261020-ather0.yaml", TEA);
    assert_eq!(october(&shop, 3), OCTOBER);
    let found = doubts(&json(&shop, &["list", "all"], 3));
    let expected = [
        "wrong-name cases/new/20261020-ather0.yaml cases".to_owned(),
        "duplicate-id cases/new/20261020-ather0.yaml cases".to_owned(),
    ];
    assert!(expected.iter().all(|line| found.contains(line)), "{found:?}");
}

#[test]
fn the_same_answer_twice_is_one_and_two_answers_are_two() {
    let again =
        "  - followed-up: 2026-10-08T09:00:00+08:00\n    by: li.na\n    outcome: satisfied\n    score: 5\n";
    // The same event with its keys in another order, and its stamp with another offset.
    let otherwise =
        "  - followed-up: 2026-10-08T01:00:00Z\n    score: 5\n    outcome: satisfied\n    by: li.na\n";
    for more in [again.to_owned(), otherwise.to_owned(), format!("{again}{otherwise}{again}")] {
        let shop = shop();
        shop.put(CLOSED, format!("{CUP}{CUP_ENDS}{more}"));
        assert_eq!(october(&shop, 3), OCTOBER);
        let repeats = more.matches("followed-up").count();
        let said = format!("repeated {CLOSED} flow,clocks,satisfaction");
        for page in PAGES.iter().filter(|page| !page.contains(&"diff")) {
            assert_eq!(doubts(&json(&shop, page, 3)), vec![said.clone(); repeats], "{page:?}");
        }
        let answers = json(&shop, &["report", "satisfaction", "2026-H2"], 3);
        assert_eq!(answers["satisfaction"]["made"], 1, "{answers}");
    }
    // Two calls, two answers: nothing to doubt.
    let shop = shop();
    let other =
        "  - followed-up: 2026-10-09T09:00:00+08:00\n    by: li.na\n    outcome: satisfied\n    score: 4\n";
    shop.put(CLOSED, format!("{CUP}{CUP_ENDS}{other}"));
    assert_eq!(doubts(&json(&shop, &["list", "all"], 0)), [""; 0]);
    // A remark twice moves nothing: it is named, and the status is 0.
    let noted = "  - noted: 2026-10-21T09:00:00+08:00\n    by: li.na\n    note: 请尽快\n".repeat(2);
    shop.put(NEW, format!("{TEA}{noted}"));
    assert_eq!(doubts(&json(&shop, &["list", "all"], 0)), [format!("repeated {NEW} ")]);
    shop.at(NOW, &["export", "--format", "jsonl"]).ok().says(&["the same `noted`", "affects no figure here"]);
}

#[test]
fn a_dissatisfied_answer_twice_opens_one_round_and_not_two() {
    let shop = shop();
    let answer = "  - followed-up: 2026-10-08T09:00:00+08:00\n    by: li.na\n    outcome: dissatisfied\n    score: 1\n";
    let ends = CUP_ENDS.split("  - followed-up").next().unwrap();
    fs::remove_file(shop.dir.join(CLOSED)).unwrap();
    shop.put("cases/investigating/20261005-cap000.yaml", format!("{CUP}{ends}{}", answer.repeat(2)));
    let rounds = shop.at(NOW, &["list", "all", "--columns", "id,round", "--format", "csv"]);
    assert!(rounds.out.contains("20261005-cap000,2\n"), "{}{}", rounds.out, rounds.err);
}

#[test]
fn what_is_no_case_is_named_and_not_called_an_unreadable_file() {
    for (path, code) in [
        ("cases/new/notes.txt", "wrong-name"),
        ("cases/new/2026-10/20261020-tea000.yaml", "wrong-directory"),
        ("cases/closed/20261020-tea000.yaml", "wrong-directory"),
        ("cases/done/20261020-tea000.yaml", "wrong-directory"),
        ("Cases/new/20261020-tea001.yaml", "wrong-directory"),
    ] {
        // Of a directory that differs from `cases` only in its letters nothing is read: it is named as a whole.
        let named = if path.starts_with('C') { "Cases" } else { path };
        let shop = shop();
        if named == "Cases" && shop.dir.join("CASES").exists() {
            continue; // a file system to which the two are one
        }
        shop.put(path, TEA);
        for page in PAGES {
            let found = doubts(&json(&shop, page, 3));
            assert!(found.iter().any(|line| *line == format!("{code} {named} cases")), "{page:?}: {found:?}");
        }
        assert_eq!(october(&shop, 3), OCTOBER, "{path}");
        let ran = shop.at(NOW, &["report", "monthly", "2026-10"]);
        assert!(!ran.err.contains("0 case files"), "{}", ran.err);
        ran.says(&["the figures are in doubt", named]);
        shop.at(NOW, &["audit"]).says(&["1 file cannot be read as a case"]);
        let found = doubts(&json(&shop, &["list", "--rev", "HEAD"], 3));
        assert!(found.contains(&format!("{code} {named} cases")), "{path}: {found:?}");
        // A query that the stray has nothing to do with: the names are the whole ledger's.
        let filtered = json(&shop, &["list", "kind:complaint", "all"], 3);
        assert!(!doubts(&filtered).is_empty(), "{path}");
    }
}

#[test]
fn rules_under_an_ending_in_capitals_are_not_passed_over() {
    let shop = shop();
    let rules = fs::read_to_string(shop.dir.join("policy/base.toml")).unwrap();
    shop.put("policy/2026-01-01.TOML", rules.replace("48h", "1h"));
    for page in [&["list"][..], &["report", "monthly", "2026-10"], &["list", "--rev", "HEAD"]] {
        let ran = shop.at(NOW, page);
        ends(&ran, 3);
        ran.says(&["`2026-01-01.TOML` is not the name of a policy"]);
    }
}

#[test]
fn what_is_in_no_place_of_a_case_is_not_passed_over_by_check_or_import() {
    const TABLE: &str =
        "external,kind,title,channel,received\nT-1,complaint,a,email,2026-10-05T10:00:00+08:00\n";
    for away in ["cases/New", "cases/new/2026-10"] {
        let shop = shop();
        let table = shop.dir.join("t.csv");
        fs::write(&table, TABLE).unwrap();
        let import: &[&str] = &["import", table.to_str().unwrap()];
        shop.at(NOW, import).ok();
        fs::create_dir_all(shop.dir.join(away)).unwrap();
        for file in fs::read_dir(shop.dir.join("cases/new")).unwrap().map(Result::unwrap) {
            if file.path().extension().is_some_and(|ending| ending == "yaml") {
                fs::rename(file.path(), shop.dir.join(away).join(file.file_name())).unwrap();
            }
        }
        let before = shop.git(&["rev-parse", "HEAD"]);
        let ran = shop.at(NOW, import);
        ends(&ran, 3);
        ran.says(&["it is not known which rows are already in the ledger", away]);
        assert_eq!(shop.git(&["rev-parse", "HEAD"]), before);
        let ran = shop.at(NOW, &["check", "--overdue"]);
        ends(&ran, 3);
        ran.says(&["this may not be right"]);
    }
    // A copy that was left behind is late; the case itself has ended.
    let shop = shop();
    shop.put("cases/assigned/20261005-cap000.yaml", CUP);
    let ran = shop.at(NOW, &["check", "--only", "overdue"]);
    ends(&ran, 3);
    ran.says(&["this may not be right"]);
    assert_eq!(shop.at(NOW, &["check", "--only", "personal-data"]).status, 0);
}

#[test]
fn a_commit_without_the_directory_of_the_cases_is_doubtful() {
    let shop = shop();
    shop.git(&["rm", "-rqf", "cases"]);
    shop.git(&["commit", "-qm", "gone"]);
    assert_eq!(doubts(&json(&shop, &["list", "--rev", "HEAD"], 3)), ["unreadable cases cases"]);
    assert_eq!(doubts(&json(&shop, &["list"], 3)), ["unreadable cases cases"]);
}

#[test]
fn a_time_of_recording_in_the_future_holds_nothing_back() {
    let shop = shop();
    shop.put(CLOSED, format!("{CUP}{CUP_ENDS}    recorded: 2027-01-01T00:00:00+08:00\n"));
    let page = json(&shop, &["report", "monthly", "2026-10"], 0);
    assert_eq!(doubts(&page), [format!("future-stamp {CLOSED} ")]);
    let message = page["doubts"][0]["message"].as_str().unwrap();
    assert!(message.ends_with("counted by its stamp"), "{message}");
    assert_eq!(october(&shop, 0), OCTOBER);
}

#[test]
fn a_directory_that_the_history_does_not_give_is_doubtful() {
    let shop = shop();
    shop.git(&["mv", NEW, "cases/triaged/20261020-tea000.yaml"]);
    shop.git(&["commit", "-qm", "by hand"]);
    assert_eq!(october(&shop, 0), OCTOBER);
    let moved = "wrong-directory cases/triaged/20261020-tea000.yaml ";
    assert_eq!(doubts(&json(&shop, &["report", "monthly", "2026-10"], 0)), [moved]);
    // Another month than the one in which it ended.
    shop.git(&["mv", "cases/triaged/20261020-tea000.yaml", NEW]);
    fs::create_dir_all(shop.dir.join("cases/closed/2026-09")).unwrap();
    shop.git(&["mv", CLOSED, "cases/closed/2026-09/20261005-cap000.yaml"]);
    shop.git(&["commit", "-qm", "by hand"]);
    let moved = "wrong-directory cases/closed/2026-09/20261005-cap000.yaml ";
    assert_eq!(doubts(&json(&shop, &["list", "all"], 0)), [moved]);
}

#[test]
fn stamps_out_of_order_are_named_where_they_move_a_figure() {
    let shop = shop();
    // Typed into the file below the answer, and stamped before the case came in.
    shop.put(CLOSED, format!("{CUP}{CUP_ENDS}  - contacted: 2026-10-01T09:00:00+08:00\n    by: li.na\n"));
    let found = doubts(&json(&shop, &["report", "times", "2026-10"], 3));
    assert_eq!(found, [format!("out-of-order {CLOSED} times,clocks")]);
    shop.put(
        CLOSED,
        format!("{CUP}{CUP_ENDS}  - noted: 2026-10-06T09:00:00+08:00\n    by: li.na\n    note: x\n"),
    );
    assert_eq!(doubts(&json(&shop, &["report", "times", "2026-10"], 0)), [format!("out-of-order {CLOSED} ")]);
}

#[test]
fn a_doubt_moves_the_figures_from_its_day_on() {
    let shop = shop();
    let twice = "  - contacted: 2026-11-10T09:00:00+08:00\n    by: li.na\n".repeat(2);
    shop.put(NEW, format!("{TEA}{twice}"));
    // It is named on every page; October's figures do not depend on it.
    let doubt = |moves: &str| vec![format!("repeated {NEW} {moves}")];
    assert_eq!(doubts(&json(&shop, &["report", "monthly", "2026-10"], 0)), doubt(""));
    assert_eq!(doubts(&json(&shop, &["report", "monthly", "2026-11"], 3)), doubt("times,clocks"));
    assert_eq!(doubts(&json(&shop, &["list", "all", "--as-of", "2026-11-09"], 0)), doubt(""));
    assert_eq!(doubts(&json(&shop, &["list", "all", "--as-of", "2026-11-10"], 3)), doubt("times,clocks"));
}

#[test]
fn a_revision_has_its_own_doubts() {
    let shop = shop();
    let sound = shop.git(&["rev-parse", "HEAD"]);
    shop.put("cases/resolved/20261005-cap000.yaml", format!("{CUP}{CUP_ENDS}"));
    shop.put("cases/new/notes.txt", "x");
    let double = shop.git(&["rev-parse", "HEAD"]);
    shop.at(NOW, &["mend"]).ok();
    fs::remove_file(shop.dir.join("cases/new/notes.txt")).unwrap();
    shop.put("README", "x");
    for (revision, status, n) in [(&sound, 0, 0), (&double, 3, 2), (&"HEAD".to_owned(), 0, 0)] {
        for page in [&["list", "all"][..], &["report", "monthly", "2026-10"], &["report", "overdue"]] {
            let found = doubts(&json(&shop, &[page, &["--rev", revision]].concat(), status));
            assert_eq!(found.len(), n, "{revision} {page:?}: {found:?}");
        }
    }
    // The figures of both are printed, and no figure differs.
    let page = json(&shop, &["report", "diff", &double, "now", "2026-10"], 3);
    assert_eq!(page["figures"], json!([]));
    let found = doubts(&page);
    assert!(found.contains(&format!("wrong-name {double}:cases/new/notes.txt cases")), "{found:?}");
}

#[test]
fn the_foot_says_it_in_every_format_and_in_both_languages() {
    let shop = shop();
    shop.put("cases/resolved/20261005-cap000.yaml", format!("{CUP}{CUP_ENDS}"));
    for n in 0..6 {
        shop.write(&format!("cases/new/note{n}.txt"), "x");
    }
    for (lang, counted, joined, more, figure) in [
        ("en", "7 doubts; looked at 3 case files", "counted once", "and 2 more: ", "the number of cases"),
        ("zh", "7 处疑点；已查看 3 份案卷", "只计一次", "另有 2 处，见 ", "案卷数"),
    ] {
        for page in [&["report", "monthly", "2026-10"][..], &["list", "all"]] {
            for ending in ["txt", "md", "html", "xlsx"] {
                let file = shop.dir.join(format!("page.{ending}"));
                let arguments = [&["--lang", lang], page, &["-o", file.to_str().unwrap()]].concat();
                ends(&shop.at(NOW, &arguments), 3);
                let text = match ending {
                    "xlsx" => cells(&fs::read(&file).unwrap()),
                    _ => fs::read_to_string(&file).unwrap().replace("\\-", "-"),
                };
                for words in [counted, joined, more, figure] {
                    assert!(text.contains(words), "{ending} {page:?}: `{words}` is not in {text}");
                }
            }
        }
        let given = shop.at(NOW, &["--lang", lang, "report", "monthly", "2026-10", "--format", "csv"]);
        assert!(given.out.contains("doubts,20261005-cap000,code,duplicate-id\n"), "{}", given.out);
        assert!(given.out.contains("looked_at,,files,3\n"), "{}", given.out);
    }
}

/// All words of a workbook.
fn cells(bytes: &[u8]) -> String {
    let mut book = Xlsx::new(Cursor::new(bytes)).unwrap();
    let mut words = String::new();
    for (_, sheet) in book.worksheets() {
        for cell in sheet.rows().flatten() {
            if let Data::String(text) = cell {
                words.push_str(text);
                words.push('\n');
            }
        }
    }
    words
}

#[test]
fn a_stamp_from_the_future_is_told_and_moves_no_clock_of_the_present() {
    // It is 10:30; the case came in at 09:30, and is to be registered within a day, the customer to be reached within two.
    let shop = TestLedger::new();
    let id = shop.case(&[]);
    let path = format!("cases/new/{id}.yaml");
    let future =
        "  - triaged: 2026-11-23T08:30:00+08:00\n    category: product/quality\n    urgency: general\n";
    shop.put(&path, format!("{}{future}", shop.read(&path)));
    let now = "2026-11-22T10:30:00+08:00";
    // A verb says what the list says.
    let said = shop.at(now, &["note", &id, "x"]);
    assert!(said.out.contains("register due in 23 h\n"), "{}{}", said.out, said.err);
    for page in [&["list"][..], &["next"], &["report", "overdue"]] {
        let ran = shop.at(now, page);
        ends(&ran, 3);
        assert!(ran.out.contains("23 h"), "{page:?}: {}", ran.out);
        assert!(ran.out.contains("2026-11-23T08:30:00+08:00 is in the future; not counted before that time"));
    }
    let listed = shop.at(now, &["list", "--format", "json"]).json();
    assert_eq!(listed["cases"][0]["next_clock"], "register");
    assert_eq!(listed["cases"][0]["next_due"], "2026-11-23T09:30:00+08:00");
    let shown = shop.at(now, &["show", &id, "--format", "json"]).ok().json();
    assert_eq!(shown["clocks"][0]["name"], "register");
    assert_eq!(shown["clocks"][0]["remaining_seconds"], 23 * 3600);
    // Two days later the stamp has come true: it counts, and nothing is doubtful.
    let later = shop.at("2026-11-23T10:30:00+08:00", &["list", "--format", "json"]);
    ends(&later, 0);
    assert_eq!(later.json()["cases"][0]["status"], "triaged");
}

#[test]
fn whom_a_late_case_waits_for_is_not_whom_the_future_names() {
    let shop = shop();
    let future = "  - assigned: 2026-12-24T08:30:00+08:00\n    owner: wang.fang\n    department: quality\n";
    shop.put(NEW, format!("{}{future}", TEA.replace("inquiry", "complaint")));
    let listed = shop.at(NOW, &["list", "--format", "json"]).json();
    assert_eq!(listed["cases"][0]["owner"], Value::Null);
    let found = shop.at(NOW, &["check", "--overdue"]);
    assert!(found.out.contains("no owner yet") && !found.out.contains("owner wang"), "{}", found.out);
}

#[test]
fn at_the_end_of_a_day_check_and_list_say_the_same_of_a_limit() {
    let shop = TestLedger::new();
    let id = shop.case(&[]);
    // Received at 09:30 on the 22nd, to be registered by 09:30 on the 23rd: at the end of that day, 14 h 30 min late.
    let day = ["--as-of", "2026-11-23"];
    let later = "2026-11-30T09:30:00+08:00";
    let shown = shop.at(later, &[&["show", &id], &day[..]].concat()).ok().out;
    assert!(shown.contains("by 14 h 30 min"), "{shown}");
    let found = shop.at(later, &[&["check", "--overdue"], &day[..]].concat());
    assert!(found.out.contains("late by 14 h 30 min ("), "{}", found.out);
    let report = shop.at(later, &[&["report", "overdue", "--format", "json"], &day[..]].concat()).ok();
    assert_eq!(report.json()["overdue"][0]["overdue_seconds"], 14 * 3600 + 1800);
}

#[test]
fn a_case_in_very_many_files_is_one_line() {
    let shop = shop();
    for n in 0..40 {
        shop.write(&format!("cases/closed/2026-10/20261005-cap{n:03}.yaml"), format!("{CUP}{CUP_ENDS}"));
    }
    assert_eq!(october(&shop, 3), OCTOBER);
    let page = json(&shop, &["list", "all"], 3);
    let double =
        page["doubts"].as_array().unwrap().iter().find(|doubt| doubt["code"] == "duplicate-id").unwrap();
    let said = double["message"].as_str().unwrap();
    assert!(said.contains("20261005-cap003.yaml and 36 more; counted once"), "{said}");
}
