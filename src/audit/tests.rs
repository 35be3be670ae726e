//! The table of findings: each code has its row, and a row reports its codes and no others.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use jiff::{SignedDuration, Timestamp};

use super::*;
use crate::case::Event;
use crate::casefile::{self, CasePath};
use crate::policy::example;

const CASE: &str = "20261005-7k3q9x";
const PATH: &str = "cases/new/20261005-7k3q9x.yaml";

/// A case file with these events, each a line in short: `noted 06T15:00 li.na`, in October 2026.
fn file(id: &str, events: &[&str]) -> String {
    let event = |line: &&str| {
        let words: Vec<&str> = line.splitn(4, ' ').collect();
        let more = words.get(3).map_or(String::new(), |more| format!("    {more}\n"));
        format!("  - {}: 2026-10-{}:00+08:00\n    by: {}\n{more}", words[0], words[1], words[2])
    };
    let events: String = events.iter().map(event).collect();
    format!("id: {id}\nkind: complaint\ntitle: x\nchannel: hotline\nhistory:\n{events}")
}

fn history(id: &str, events: &[&str]) -> Vec<Event> {
    if events.is_empty() {
        return Vec::new();
    }
    casefile::read(file(id, events).as_bytes(), Path::new(PATH)).unwrap().history
}

/// Made and committed at this time.
fn commit(at: &str) -> Commit {
    let at: Timestamp = format!("2026-{at}:00+08:00").parse().unwrap();
    Commit {
        id: format!("c0ffee{:034}", at.as_second()),
        author: "Li Na".to_owned(),
        email: "li.na@example.cn".to_owned(),
        authored: at,
        committed: at,
        parents: 1,
        ..Commit::default()
    }
}

/// A commit changes the events of a case from these to those.
fn take(provenance: &mut LedgerProvenance, commit: Commit, id: &str, events: [&[&str]; 2]) {
    let [old, new] = events.map(|events| provenance.version(id, &history(id, events)));
    let path = PathBuf::from(format!("cases/new/{id}.yaml"));
    let side = |version| if old.is_empty() { FileState::Nothing } else { FileState::Events(version) };
    let change = FileChange { name: id, path: &path, old: side(&old), new: FileState::Events(&new) };
    provenance.take(commit, [vec![change]]);
}

#[test]
fn every_code_has_one_row() {
    let codes = codes();
    assert_eq!(codes.iter().collect::<HashSet<_>>().len(), codes.len(), "{codes:?}");
}

#[test]
fn a_row_reports_its_codes_and_no_others() {
    let events = [
        "received 05T10:00 li.na",
        // Committed three hours later
        "contacted 05T11:00 li.na",
        // Committed three hours before
        "noted 06T15:00 li.na note: x",
        "noted 07T10:00 wang.fang note: x",
        "proposed 07T11:00 li.na remedy: refund",
        "approved 07T11:01 li.na as: manager",
        // Entered in November, and says so
        "noted 08T10:00 li.na recorded: 2026-11-20T10:00:00+08:00\n    note: x",
    ];
    let mut provenance = LedgerProvenance::default();
    take(&mut provenance, commit("10-05T10:01"), CASE, [&[], &events[..1]]);
    take(&mut provenance, commit("10-05T14:00"), CASE, [&events[..1], &events[..2]]);
    take(&mut provenance, commit("10-06T12:00"), CASE, [&events[..2], &events[..3]]);
    take(&mut provenance, commit("10-07T10:01"), CASE, [&events[..3], &events[..4]]);
    take(&mut provenance, commit("10-07T11:02"), CASE, [&events[..4], &events[..6]]);
    take(&mut provenance, commit("11-20T10:01"), CASE, [&events[..6], &events]);
    // An event that is taken out
    let other = "20261006-000001";
    let had = ["received 06T10:00 li.na", "contacted 06T11:00 li.na"];
    take(&mut provenance, commit("10-06T11:01"), other, [&[], &had]);
    take(&mut provenance, commit("10-06T11:02"), other, [&had, &had[..1]]);
    // A version that cannot be read
    let path = Path::new("cases/new/20261006-000001.yaml");
    let unread = FileChange { name: other, path, old: FileState::Unread, new: FileState::Unread };
    provenance.take(commit("10-06T11:03"), [vec![unread]]);
    let begun = |provenance: &mut LedgerProvenance, id: &str, commit: Commit| {
        take(provenance, commit, id, [&[], &["received 09T10:00 li.na"]]);
    };
    begun(&mut provenance, "20261009-000002", Commit { import: true, ..commit("10-09T10:01") });
    begun(&mut provenance, "20261009-000003", Commit { cut_off: true, ..commit("10-09T10:01") });
    let rewritten = Commit { committed: commit("10-10T10:01").committed, ..commit("10-09T10:01") };
    begun(&mut provenance, "20261009-000004", rewritten);

    let read = |id: &str, events: &[&str]| {
        let path = PathBuf::from(format!("cases/new/{id}.yaml"));
        let case = casefile::read(file(id, events).as_bytes(), &path).unwrap();
        Found { case_path: CasePath::of(&path).unwrap(), path, case }
    };
    let received = ["received 09T10:00 li.na"];
    let cases = [
        read(CASE, &events),
        read(other, &had[..1]),
        read("20261009-000002", &received),
        read("20261009-000003", &received),
        read("20261009-000004", &received),
    ];
    let people = "[people.\"li.na\"]\nemail = \"li.na@example.cn\"\nrole = \"agent\"\n";
    let book = example::book(
        &format!("{}{people}", example::SHOP),
        None,
        "title = \"x\"\n[approval.complaint]\nroles = [\"manager\"]\n",
    );
    let shops = Shops::default();
    let input = AuditInput {
        provenance: &provenance,
        cases: &cases,
        book: &book,
        shops: &shops,
        within: SignedDuration::from_hours(1),
        period: None,
    };
    for row in FINDINGS {
        let hits = run(std::slice::from_ref(row), &input);
        let found: HashSet<Code> = hits.iter().map(AuditFinding::code).collect();
        let expected: HashSet<Code> = row.codes.iter().filter(|_| !row.finders.is_empty()).copied().collect();
        assert_eq!(found, expected);
    }
}
