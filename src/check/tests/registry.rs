//! The table of checks: each code has its row, and a row reports its codes and no others.

use super::*;
use crate::case::Status;

#[test]
fn every_code_has_one_row() {
    let codes = codes();
    assert_eq!(codes.iter().collect::<HashSet<_>>().len(), codes.len(), "{codes:?}");
    let words: HashSet<&str> = codes.iter().map(|code| code.word()).collect();
    assert_eq!(words.len(), codes.len(), "{codes:?}");
    // These are reported by an import, a merge or a sync
    let others = [Code::BadName, Code::Conflict, Code::LeftOut, Code::Merged, Code::NotCommitted];
    let audited = crate::audit::codes();
    for code in Code::ALL {
        let known = codes.contains(code) || audited.contains(code);
        assert_ne!(known, others.contains(code), "{code} has no row, or one too many");
        assert_ne!(code.sentence().to(crate::lang::Lang::Zh), code.sentence().to_string(), "{code}");
    }
}

/// Files that are wrong in every way that a check finds.
fn wrong_in_every_way() -> Vec<(String, String)> {
    let case = |path: &str, text: String| {
        let id = path.rsplit('/').next().unwrap();
        (format!("cases/{path}.yaml"), text.replace("20261122-7k3q9x", id))
    };
    let external = HEAD.replace("channel", "external: CRM-7\nchannel");
    let customer = HEAD.replace("channel", "customer: { key: c-1 }\nchannel");
    let linked = HEAD.replace("channel", "links: [20261101-000000]\nchannel");
    let steps = "  - proposed: 2026-11-22T11:00:00+08:00\n    by: wang.fang\n    remedy: refund\n\
                 \x20 - approved: 2026-11-22T12:00:00+08:00\n    by: wang.fang\n    as: manager\n";
    let merged = "  - rejected: 2026-11-22T10:00:00+08:00\n    by: li.na\n    reason: 不是本店的货\n\
                  \x20 - assigned: 2026-11-22T10:05:00+08:00\n    by: li.na\n    department: quality\n\
                  \x20 - noted: 2026-11-22T10:05:00+08:00\n    note: x\n    merged: assigned 2026-11-22T10:05:00+08:00\n";
    vec![
        case("new/20261122-000001", format!("titel: x\n{HEAD}{RECEIVED}{CONTACTED}{CONTACTED}")),
        case("triaged/20261122-000002", format!("{HEAD}{RECEIVED}")),
        ("cases/new/other.yaml".to_owned(), format!("{HEAD}{RECEIVED}").replace("7k3q9x", "000002")),
        case("new/20261122-000003", format!("{external}{RECEIVED}    note: 打 13800138000\n{CONTACTED}")),
        case("new/20261122-000004", format!("{external}{RECEIVED}    owner: li.ma\n{CONTACTED}")),
        case(
            "new/20261122-000005",
            format!(
                "{linked}{RECEIVED}  - noted: 2026-11-21T09:00:00+08:00\n    note: x\n  - noted: 2036-11-21T09:00:00+08:00\n    note: x\n"
            ),
        ),
        case("approved/20261122-000006", format!("{HEAD}{RECEIVED}{CONTACTED}{steps}")),
        case(
            "resolved/20261122-000007",
            format!("{HEAD}{RECEIVED}  - resolved: 2026-11-22T10:00:00+08:00\n    by: li.na\n"),
        ),
        case("rejected/2026-11/20261122-000008", format!("{HEAD}{RECEIVED}{merged}")),
        case("new/20261122-000009", format!("{HEAD}{RECEIVED}").replace("22T09:30", "24T09:30")),
        case(
            "new/20261122-00000a",
            format!("{HEAD}{RECEIVED}  - attached: 2026-11-22T11:00:00+08:00\n    file: a.jpg\n"),
        ),
        case("new/20261122-00000f", format!("{customer}{RECEIVED}{CONTACTED}")),
        case("new/20261122-00000g", format!("{customer}{RECEIVED}{CONTACTED}")),
        case("new/20261122-00000b", "a: [\n".to_owned()),
        case("new/20261122-00000c", format!("{HEAD}{RECEIVED}<<<<<<< HEAD\n")),
        case("new/20261122-00000d", HEAD.replace("complaint", "complaimt") + RECEIVED),
        ("cases/odd/x.yaml".to_owned(), String::new()),
        ("cases/new/x.txt".to_owned(), String::new()),
        case("new/20261122-00000e", HEAD.replace("complaint", "inquiry") + RECEIVED),
        // No limit is about it, and since the 1st nothing has happened
        case(
            "new/20261101-00000h",
            (HEAD.replace("complaint", "inquiry") + RECEIVED).replace("2026-11-22", "2026-11-01"),
        ),
        (
            "policy/base.toml".to_owned(),
            POLICY.replace("2027-05-01", "2026-05-01").replace("edition = 2", "edition = 1")
                + "[needs.inquiry]\nreceived = { ask = 'owner' }\n[approval.inquiry]\nroles = ['quality-lead']\n",
        ),
        ("calendar/office.toml".to_owned(), CALENDAR.split("[years.2027]").next().unwrap().to_owned()),
    ]
}

#[test]
fn a_row_reports_its_codes_and_no_others() {
    let files = wrong_in_every_way();
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let read = Read::of(&files);
    assert_eq!(read.book.as_ref().err(), None);
    let input = CheckInput {
        unkept: &[Status::Closed],
        names: &[PathBuf::from("files/20261122-000001/a?.jpg")],
        // For the case of the 24th three quarters of the limit have passed, for the others all of it
        ..read.input("2026-11-26T00:00:00+08:00")
    };
    let of = |checks: &[CheckRow]| -> HashSet<Code> {
        let outcome = run(checks, &input);
        let flaws = outcome.flaws.iter().map(|flaw| flaw.finding.code);
        flaws.chain(outcome.findings.iter().map(|finding| finding.code)).collect()
    };
    for row in CHECKS {
        let expected: HashSet<Code> = row.codes.iter().filter(|_| !row.finders.is_empty()).copied().collect();
        assert_eq!(of(std::slice::from_ref(row)), expected);
    }
    // What was found before the checks run has a row, too
    let found: HashSet<Code> = read.scan.findings.iter().map(|finding| finding.code).collect();
    let expected = HashSet::from([
        Code::Unreadable,
        Code::ConflictMarker,
        Code::BadValue,
        Code::WrongDirectory,
        Code::WrongName,
    ]);
    assert_eq!(found, expected);
    assert!(expected.iter().all(|code| codes().contains(code)));
}

#[test]
fn a_directory_that_nothing_keeps_is_named() {
    let read = Read::of(&[]);
    let input = CheckInput { unkept: &[Status::Closed], ..read.input("2026-11-23T10:00:00+08:00") };
    let found = check(&input).findings;
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].place.path, PathBuf::from("cases/closed/.gitkeep"));
    assert_eq!(found[0].severity, Severity::Error);
}
