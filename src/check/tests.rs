//! Every code by a small ledger that is wrong in one way, and a ledger with nothing wrong.

mod hand_over;
mod parked;
mod registry;
mod stalled;

use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::path::PathBuf;

use tempfile::TempDir;

use super::*;
use crate::case::Stamp;
use crate::casefile::SourceMap;
use crate::error::{Code, Finding, Severity};
use crate::ledger::{Ledger, Scan};
use crate::policy::RuleBook;

const SHOP: &str = r#"
[shop]
name = "青瓷小铺"
timezone = "Asia/Shanghai"
language = "zh"
[people."li.na"]
role = "agent"
[people."wang.fang"]
role = "manager"
"#;

const POLICY: &str = r#"title = "制度"
edition = 2
review = "2027-05-01"

[[clock]]
name = "contact"
clause = "S0.5.1"
when = { kind = "complaint" }
start = ["received"]
stop = ["contacted", "rejected"]
within = "48h"
warn = 0.75

[[clock]]
name = "plan"
when = { kind = "suggestion" }
start = ["received"]
stop = ["proposed"]
within = "2wd"

[needs.complaint]
resolved = ["contacted"]

[approval.complaint]
roles = ["manager"]
"#;

const CALENDAR: &str = r#"name = "office"
[hours]
mon-fri = ["09:00-18:00"]
[years.2026]
holidays = []
workdays = []
[years.2027]
holidays = []
workdays = []
"#;

const HEAD: &str = "id: 20261122-7k3q9x\nkind: complaint\ntitle: 茶杯碎了\nchannel: hotline\nhistory:\n";
const RECEIVED: &str = "  - received: 2026-11-22T09:30:00+08:00\n    by: li.na\n";
const OWNED: &str = "    owner: li.na\n";
const CONTACTED: &str = "  - contacted: 2026-11-22T10:00:00+08:00\n    by: li.na\n";

/// A ledger that was written and read.
struct Read {
    root: TempDir,
    scan: Scan,
    book: Result<RuleBook, Vec<Finding>>,
    calendars: Vec<PathBuf>,
    lost: HashSet<PathBuf>,
}

impl Read {
    /// A ledger of these files beside the rules, where all is well but for them.
    fn of(files: &[(&str, &str)]) -> Read {
        let root = tempfile::tempdir().unwrap();
        let mut all = BTreeMap::from([
            ("fb.toml", SHOP),
            ("policy/base.toml", POLICY),
            ("calendar/office.toml", CALENDAR),
            ("cases/new/.gitkeep", ""),
        ]);
        all.extend(files.iter().copied());
        for (path, text) in all {
            let path = root.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        let ledger = Ledger::above(root.path()).unwrap();
        let rules = ledger.rule_files().unwrap();
        let book = RuleBook::read(&rules.shop, &rules.calendars, &rules.policies);
        let calendars = rules.calendars.iter().map(|(path, _)| path.clone()).collect();
        let scan = ledger.scan();
        let lost = ledger.lost(&scan.cases);
        Read { root, scan, book, calendars, lost }
    }

    fn input(&self, now: &str) -> CheckInput<'_> {
        let now = Stamp::parse(now).unwrap().instant();
        CheckInput {
            cases: &self.scan.cases,
            unreadable: &self.scan.unreadable,
            book: self.book.as_ref().ok(),
            calendars: &self.calendars,
            unkept: &[],
            names: &[],
            lost: &self.lost,
            present: now,
            now,
            until: now,
        }
    }
}

/// What is found in a ledger of these files on a day.
fn checked(files: &[(&str, &str)], now: &str) -> Vec<Finding> {
    let read = Read::of(files);
    let outcome = check(&read.input(now));
    let placed = outcome.flaws.into_iter().map(|flaw| {
        let text = fs::read_to_string(read.root.path().join(&flaw.finding.place.path)).unwrap();
        flaw.placed(SourceMap::of(&text).as_ref())
    });
    let mut found: Vec<Finding> =
        read.scan.findings.iter().cloned().chain(outcome.findings).chain(placed).collect();
    found.extend(read.book.as_ref().err().into_iter().flatten().cloned());
    found.sort_by(|a, b| a.place.cmp(&b.place));
    found
}

/// One case that is contacted in time, with this put into its file, on the day after.
fn of_case(directory: &str, text: &str) -> Vec<Finding> {
    checked(&[(&format!("cases/{directory}/20261122-7k3q9x.yaml"), text)], "2026-11-23T10:00:00+08:00")
}

/// The code, the severity and the place, from the file's name on: `error wrong-name x.yaml:1:5`.
fn lines(found: &[Finding]) -> Vec<String> {
    let severity = |it: &Finding| if it.severity == Severity::Error { "error" } else { "warning" };
    let place = |it: &Finding| it.place.to_string().rsplit('/').next().unwrap_or_default().to_owned();
    found.iter().map(|it| format!("{} {} {}", severity(it), it.code, place(it))).collect()
}

#[test]
fn a_ledger_with_nothing_wrong_has_no_findings() {
    assert_eq!(of_case("new", &format!("{HEAD}{RECEIVED}{CONTACTED}")), []);
}

#[test]
fn what_is_wrong_in_one_case_has_its_code_and_its_place() {
    let lawful = "  - proposed: 2026-11-22T09:50:00+08:00\n    by: li.na\n    remedy: refund\n\
                  \x20 - approved: 2026-11-22T09:55:00+08:00\n    by: wang.fang\n    as: manager\n";
    let approved = "  - proposed: 2026-11-22T11:00:00+08:00\n    by: wang.fang\n    remedy: refund\n\
                    \x20 - approved: 2026-11-22T12:00:00+08:00\n    by: wang.fang\n    as: manager\n";
    for (directory, text, expected) in [
        (
            "new",
            format!("titel: x\n{HEAD}{RECEIVED}{CONTACTED}"),
            "warning unknown-key 20261122-7k3q9x.yaml:1:1",
        ),
        (
            "new",
            format!("{HEAD}{RECEIVED}    cost: 5\n{CONTACTED}"),
            "warning unknown-key 20261122-7k3q9x.yaml:8:5",
        ),
        (
            "new",
            format!("{HEAD}{RECEIVED}    note: 打 13800138000\n{CONTACTED}"),
            "warning personal-data 20261122-7k3q9x.yaml:8:11",
        ),
        ("triaged", format!("{HEAD}{RECEIVED}{CONTACTED}"), "error wrong-directory 20261122-7k3q9x.yaml:6:5"),
        (
            "resolved",
            format!(
                "{HEAD}{RECEIVED}{OWNED}{lawful}  - resolved: 2026-11-22T10:00:00+08:00\n    by: li.na\n{CONTACTED}"
            ),
            "error not-allowed 20261122-7k3q9x.yaml:15:5",
        ),
        (
            "approved",
            format!("{HEAD}{RECEIVED}{OWNED}{CONTACTED}{approved}"),
            "error self-approved 20261122-7k3q9x.yaml:14:5",
        ),
        (
            "new",
            format!("{HEAD}{RECEIVED}{CONTACTED}{CONTACTED}"),
            "warning repeated 20261122-7k3q9x.yaml:10:16",
        ),
        (
            "new",
            format!("{HEAD}{RECEIVED}{CONTACTED}  - noted: 2026-11-22T09:45:00+08:00\n    note: x\n"),
            "error out-of-order 20261122-7k3q9x.yaml:10:12",
        ),
        (
            "new",
            format!(
                "{HEAD}{RECEIVED}{CONTACTED}  - noted: 2026-11-21T09:45:00+08:00\n    recorded: 2026-11-22T11:00:00+08:00\n    note: x\n"
            ),
            "error out-of-order 20261122-7k3q9x.yaml:10:12",
        ),
        (
            "new",
            format!("{HEAD}{RECEIVED}{CONTACTED}  - noted: 2026-11-24T09:45:00+08:00\n    note: x\n"),
            "error future-stamp 20261122-7k3q9x.yaml:10:12",
        ),
        (
            "new",
            format!("{HEAD}{RECEIVED}    owner: li.ma\n{CONTACTED}"),
            "warning unknown-name 20261122-7k3q9x.yaml:8:12",
        ),
        (
            "new",
            format!("links: [20261101-000000]\n{HEAD}{RECEIVED}{CONTACTED}"),
            "warning unknown-name 20261122-7k3q9x.yaml:1:8",
        ),
        (
            "new",
            format!("demand: refnud\n{HEAD}{RECEIVED}{CONTACTED}"),
            "warning unknown-name 20261122-7k3q9x.yaml:1:9",
        ),
        (
            "closed/2026-10",
            format!("{HEAD}{RECEIVED}{CONTACTED}  - closed: 2026-11-22T11:00:00+08:00\n"),
            "error wrong-directory 20261122-7k3q9x.yaml:10:5",
        ),
        (
            "new",
            format!("{HEAD}{RECEIVED}{CONTACTED}<<<<<<< HEAD\n"),
            "error conflict-marker 20261122-7k3q9x.yaml:10:1",
        ),
        ("new", "a: [\n".to_owned(), "error unreadable 20261122-7k3q9x.yaml:1:5"),
        (
            "new",
            HEAD.replace("complaint", "complaimt") + RECEIVED,
            "error bad-value 20261122-7k3q9x.yaml:2:7",
        ),
    ] {
        assert_eq!(lines(&of_case(directory, &text)), [expected], "{text}");
    }
}

#[test]
fn an_event_that_was_typed_in_later_may_stand_below() {
    let late = "  - noted: 2026-11-22T09:45:00+08:00\n    recorded: 2026-11-22T11:00:00+08:00\n    note: x\n";
    assert_eq!(of_case("new", &format!("{HEAD}{RECEIVED}{CONTACTED}{late}")), []);
}

#[test]
fn a_name_that_git_gave_is_no_finding_and_a_mistyped_one_is() {
    let by = |name: &str| of_case("new", &format!("{HEAD}{RECEIVED}{}", CONTACTED.replace("li.na", name)));
    assert_eq!(by("octocat"), []);
    assert_eq!(lines(&by("li.naa")), ["warning unknown-name 20261122-7k3q9x.yaml:9:9"]);
}

#[test]
fn files_that_do_not_fit_their_cases() {
    let text = format!("{HEAD}{RECEIVED}{CONTACTED}");
    let found = checked(
        &[("cases/new/20261122-7k3q9x.yaml", &text), ("cases/new/20261122-000000.yaml", &text)],
        "2026-11-23T10:00:00+08:00",
    );
    let expected = [
        "error wrong-name 20261122-000000.yaml:1:5",
        "error duplicate-id 20261122-000000.yaml:1:5",
        "error duplicate-id 20261122-7k3q9x.yaml:1:5",
    ];
    assert_eq!(lines(&found), expected);
}

/// So many cases of one import, and which ids each finding names.
#[test]
fn a_cluster_is_told_by_its_first_and_a_count() {
    let file = |n: usize, more: &str| {
        let id = format!("20261122-{n:06}");
        let head = HEAD.replace("20261122-7k3q9x", &id);
        (
            format!("cases/new/{id}.yaml"),
            format!("{head}external: \"7\"\n{more}").replace("history:\n", "") + "history:\n" + RECEIVED,
        )
    };
    let cluster = |files: Vec<(String, String)>| {
        let files: Vec<(&str, &str)> =
            files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        let mut found = checked(&files, "2026-11-23T10:00:00+08:00");
        found.retain(|finding| finding.code == Code::SameExternal);
        found.iter().map(|finding| finding.message.to_string()).collect::<Vec<_>>()
    };
    let two = cluster((0..2).map(|n| file(n, "")).collect());
    assert_eq!(two[0], "another case was also imported as `7`: 000001");
    let many = cluster((0..400).map(|n| file(n, "")).collect());
    assert_eq!(many.len(), 400);
    assert_eq!(
        many[0],
        "another case was also imported as `7`: 000001, 000002, 000003, 000004, 000005 and 394 more"
    );
    assert!(many.iter().all(|message| message.len() < 120));
    // Of those that one links to, or that link to it, it says nothing
    let linked = |n: usize| file(n, if n == 0 { "links: [20261122-000001, 20261122-000002]\n" } else { "" });
    let three = cluster((0..3).map(linked).collect());
    assert_eq!(
        three,
        ["another case was also imported as `7`: 000002", "another case was also imported as `7`: 000001",]
    );
}

#[test]
fn many_files_of_one_id_are_told_by_their_first_and_a_count() {
    let text = format!("{HEAD}{RECEIVED}{CONTACTED}");
    let paths: Vec<String> = (0..300).map(|n| format!("cases/new/20261122-{n:06}.yaml")).collect();
    let files: Vec<(&str, &str)> = paths.iter().map(|path| (path.as_str(), text.as_str())).collect();
    let mut found = checked(&files, "2026-11-23T10:00:00+08:00");
    found.retain(|finding| finding.code == Code::DuplicateId);
    assert_eq!(found.len(), 300);
    assert!(found.iter().all(|it| it.message.to_string().ends_with(" and 294 more") && it.message.to_string().len() < 300));
}

#[test]
fn a_limit_that_has_passed_says_whose_it_is_and_what_to_do() {
    let text = format!("{HEAD}{RECEIVED}    owner: li.na\n");
    let late = checked(&[("cases/new/20261122-7k3q9x.yaml", &text)], "2026-11-24T12:30:00+08:00");
    assert_eq!(lines(&late), ["error overdue 20261122-7k3q9x.yaml:6:5"]);
    let expected = "contact is late by 3 h (due Tue 2026-11-24 09:30, owner li.na)";
    assert_eq!(late[0].message.to_string(), expected);
    assert_eq!(late[0].notes[0].to_string(), "rule: policy/base.toml:5, S0.5.1, 48h");
    assert_eq!(late[0].help[0].to_string(), "do it, and record it: `fb contact 7k3q9x`");
    // Three quarters of 48 h are used up on the 23rd at 21:30
    let at = |now| lines(&checked(&[("cases/new/20261122-7k3q9x.yaml", &text)], now));
    assert_eq!(at("2026-11-23T21:29:00+08:00"), Vec::<String>::new());
    assert_eq!(at("2026-11-23T21:30:00+08:00"), ["warning due-soon 20261122-7k3q9x.yaml:6:5"]);
    assert_eq!(at("2026-11-24T09:30:00+08:00"), ["warning due-soon 20261122-7k3q9x.yaml:6:5"]);
}

#[test]
fn a_year_that_a_clock_needs_is_an_error_and_the_one_to_come_a_warning() {
    let year = CALENDAR.split("[years.2027]").next().unwrap();
    let only: &[(&str, &str)] = &[("calendar/office.toml", year)];
    assert_eq!(lines(&checked(only, "2026-10-31T23:59:59+08:00")), Vec::<String>::new());
    assert_eq!(lines(&checked(only, "2026-11-01T00:00:00+08:00")), ["warning missing-year office.toml"]);
    let elapsed = POLICY.replace("2wd", "48h");
    let uncounted = &[only[0], ("policy/base.toml", elapsed.as_str())];
    assert_eq!(lines(&checked(uncounted, "2026-11-01T00:00:00+08:00")), Vec::<String>::new());
    let any = CALENDAR.split("[years").next().unwrap().replace("[hours]", "any_year = true\n[hours]");
    let any: &[(&str, &str)] = &[("calendar/office.toml", &any)];
    assert_eq!(lines(&checked(any, "2025-11-01T00:00:00+08:00")), Vec::<String>::new());
    // A suggestion of the last working day of 2026 is due in 2027
    let text = HEAD.replace("complaint", "suggestion").replace("20261122", "20261231")
        + "  - received: 2026-12-31T09:30:00+08:00\n";
    let case = &[only[0], ("cases/new/20261231-7k3q9x.yaml", &text)];
    let found = checked(case, "2026-12-31T10:00:00+08:00");
    assert_eq!(lines(&found), ["error missing-year office.toml"]);
    assert!(found[0].message.to_string().contains("7k3q9x"), "{}", found[0].message);
}

#[test]
fn rules_are_reviewed_on_the_day_and_found_when_they_are_wrong() {
    let files: &[(&str, &str)] = &[];
    assert_eq!(lines(&checked(files, "2027-04-30T23:59:59+08:00")), Vec::<String>::new());
    assert_eq!(lines(&checked(files, "2027-05-01T00:00:00+08:00")), ["warning review-due base.toml:3:1"]);
    let text = format!("titel: x\n{HEAD}{RECEIVED}");
    let wrong: &[(&str, &str)] =
        &[("policy/base.toml", "titel = 1\n"), ("cases/new/20261122-7k3q9x.yaml", &text)];
    let found = lines(&checked(wrong, "2026-10-01T10:00:00+08:00"));
    assert!(found.contains(&"error bad-policy base.toml:1:1".to_owned()), "{found:?}");
    assert!(found.contains(&"warning unknown-key 20261122-7k3q9x.yaml:1:1".to_owned()), "{found:?}");
}

#[test]
fn two_cases_of_one_row_are_named_unless_one_links_to_the_other() {
    let text = format!("external: CRM-7\n{HEAD}{RECEIVED}{CONTACTED}");
    let other = text.replace("7k3q9x", "8m4r0y");
    let with = |other: &str| {
        let files =
            [("cases/new/20261122-7k3q9x.yaml", text.as_str()), ("cases/new/20261122-8m4r0y.yaml", other)];
        checked(&files, "2026-11-23T10:00:00+08:00")
    };
    let found = with(&other);
    let expected = [
        "warning same-external 20261122-7k3q9x.yaml:1:11",
        "warning same-external 20261122-8m4r0y.yaml:1:11",
    ];
    assert_eq!(lines(&found), expected);
    assert_eq!(found[0].message.to_string(), "another case was also imported as `CRM-7`: 8m4r0y");
    assert_eq!(with(&format!("links: [20261122-7k3q9x]\n{other}")), []);
}

#[test]
fn an_attached_file_that_is_not_there_is_named() {
    let attached = "  - attached: 2026-11-22T11:00:00+08:00\n    by: li.na\n    file: 裂纹.jpg\n";
    let text = format!("{HEAD}{RECEIVED}{CONTACTED}{attached}");
    assert_eq!(lines(&of_case("new", &text)), ["warning missing-file 20261122-7k3q9x.yaml:12:11"]);
    let case = ("cases/new/20261122-7k3q9x.yaml", text.as_str());
    let beside = ("files/20261122-7k3q9x/裂纹.jpg", "");
    assert_eq!(checked(&[case, beside], "2026-11-23T10:00:00+08:00"), []);
}

#[test]
fn no_finding_passes_a_number_on() {
    let title = HEAD.replace("茶杯碎了", "机主 13800138000，卡 4111111111111111");
    let found = of_case("new", &format!("{title}{RECEIVED}    owner: \"13800138000\"\n{CONTACTED}"));
    assert_eq!(found.len(), 2);
    for finding in found.into_iter().map(crate::error::Finding::discreet) {
        let said = format!("{finding:?}{}", finding.message.to(crate::lang::Lang::Zh));
        assert!(!said.contains("13800138000") && !said.contains("4111111111111111"), "{said}");
    }
}

#[test]
fn a_number_that_begins_behind_a_bracket_is_named_without_the_other() {
    let title = HEAD.replace("茶杯碎了", "机主 (138)00138000");
    let found = of_case("new", &format!("{title}{RECEIVED}{CONTACTED}"));
    let message = found[0].message.to_string();
    assert!(message.contains("(138****8000)"), "{message}");
}

#[test]
fn what_a_merge_put_behind_others_is_nobodys_fault() {
    let history = "  - rejected: 2026-11-22T10:00:00+08:00\n    by: li.na\n    reason: 不是本店的货\n  \
        - assigned: 2026-11-22T10:05:00+08:00\n    by: wu\n    department: quality\n";
    let named = |event: &str| {
        let note = format!("  - noted: 2026-11-22T10:05:00+08:00\n    note: merge\n    merged: {event}\n");
        let text = format!("{HEAD}{RECEIVED}{history}{note}");
        let found = of_case("rejected/2026-11", &text);
        lines(&found)
            .into_iter()
            .filter(|line| line.contains("not-allowed") || line.contains("concurrent"))
            .collect()
    };
    let file = "20261122-7k3q9x.yaml:11:5";
    let right: Vec<String> = named("assigned 2026-11-22T10:05:00+08:00");
    assert_eq!(right, [format!("warning concurrent {file}")]);
    // A note of another event excuses nothing.
    let wrong: Vec<String> = named("assigned 2026-11-22T10:06:00+08:00");
    assert_eq!(wrong, [format!("error not-allowed {file}")]);
}

#[test]
fn a_stamp_that_is_ahead_as_clocks_differ_is_no_finding() {
    let noted = |at: &str| format!("{HEAD}{RECEIVED}{CONTACTED}  - noted: {at}\n    note: x\n");
    let codes = |at: &str| {
        let text = noted(at);
        let found = checked(&[("cases/new/20261122-7k3q9x.yaml", &text)], "2026-11-23T12:00:00+08:00");
        found.iter().filter(|found| found.code == Code::FutureStamp).count()
    };
    assert_eq!(codes("2026-11-23T12:01:00+08:00"), 0);
    assert_eq!(codes("2026-11-23T12:01:01+08:00"), 1);
}
