use std::path::Path;

use jiff::Timestamp;

use super::*;
use crate::casefile;
use crate::lang::Lang;
use crate::lang::Text;
use crate::policy::example;

fn found(path: &str, events: &str) -> Found {
    let path = Path::new(path);
    let text =
        format!("id: 20261122-7k3q9x\nkind: complaint\ntitle: x\nchannel: hotline\nhistory:\n{events}");
    let case = casefile::read(text.as_bytes(), path).unwrap();
    Found { path: path.to_owned(), case_path: CasePath::of(path).unwrap(), case }
}

const RECEIVED: &str = "  - received: 2026-11-22T09:30:00+08:00\n    by: li\n";
const NOTED: &str = "  - noted: 2026-11-22T09:40:00+08:00\n    note: x\n";

fn counted(cases: Vec<Found>, join: &dyn Fn(&[&Found]) -> JoinedFiles) -> CountedCases {
    let scan = Scan { files: cases.len(), cases, ..Scan::default() };
    count(scan, &example::book(example::SHOP, None, ""), at("2026-12-01T00:00:00Z"), join)
}

fn at(word: &str) -> Timestamp {
    word.parse().unwrap()
}

#[test]
fn the_files_of_a_case_are_what_they_come_to_together() {
    let files = || {
        vec![
            found("cases/new/20261122-7k3q9x.yaml", RECEIVED),
            found("cases/triaged/20261122-7k3q9x.yaml", &format!("{RECEIVED}{NOTED}")),
        ]
    };
    let lengths =
        |counted: &CountedCases| counted.cases.iter().map(|case| case.history.len()).collect::<Vec<_>>();
    let last = |files: &[&Found]| Ok(vec![files[1].case.clone()]);
    assert_eq!(lengths(&counted(files(), &last)), [2]);
    let both = |files: &[&Found]| Ok(files.iter().map(|found| found.case.clone()).collect());
    assert_eq!(lengths(&counted(files(), &both)), [1, 2]);
    let neither = |_: &[&Found]| Err(crate::error::Error::failed(Text::same("no")));
    let counted = counted(files(), &neither);
    assert_eq!(lengths(&counted), [2]);
    let lines = counted.doubts.at(at("2026-12-01T00:00:00Z")).foot();
    assert_eq!(lines[0].to(Lang::En), "1 doubt; looked at 2 case files");
    assert!(lines[1].to(Lang::En).contains("is counted: cases/triaged/20261122-7k3q9x.yaml"), "{lines:?}");
}

#[test]
fn what_no_figure_rests_on_comes_after_what_one_does() {
    let twice =
        format!("{RECEIVED}{}{}", NOTED.repeat(9), "  - contacted: 2026-11-22T09:50:00+08:00\n".repeat(2));
    let join = |_: &[&Found]| Ok(Vec::new());
    let counted = counted(vec![found("cases/new/20261122-7k3q9x.yaml", &twice)], &join);
    assert_eq!(counted.cases[0].history.len(), 3);
    let warranty = counted.doubts.at(at("2026-12-01T00:00:00Z"));
    let foot: Vec<String> = warranty.foot().iter().map(|line| line.to(Lang::En).to_owned()).collect();
    assert_eq!(foot[0], "9 doubts; looked at 1 case file");
    assert!(
        foot[1].ends_with(
            "the same `contacted` is already recorded above; counted once (affects handling times, time limits)"
        ),
        "{foot:?}"
    );
    assert!(foot[2].ends_with("(affects no figure here)"), "{foot:?}");
    assert_eq!((foot.len(), foot[6].as_str()), (7, "and 4 more: `fb check`"));
    // Before the first event there was one case, received at half past nine; and before that, none.
    let of = |last| counted.doubts.at(at(last)).object(serde_json::json!({}));
    assert_eq!(of("2026-11-22T01:30:00Z")["looked_at"]["files"], 1);
    assert_eq!(of("2026-11-22T01:29:59Z")["looked_at"]["files"], 0);
    assert!(counted.doubts.at(at("2026-11-22T01:45:00Z")).end().is_ok());
    assert!(warranty.end().is_err());
}
