//! An event that can be read can be written, and added to any case, whatever its file looks like.
//!
//! The input: the lines of an event, as they stand behind its `- `.

use fb::case::Event;
use fb::casefile;

use super::{PATH, case_of, only_added, read, said, told};

const HEAD: &str = "id: 20261122-7k3q9x\nkind: complaint\ntitle: t\nchannel: hotline\nhistory:\n";

/// Histories as people lay them out; each is added to.
const LAYOUTS: [&str; 7] = [
    "  - received: 2026-11-22T09:31:00+08:00\n",
    "- received: 2026-11-22T09:31:00+08:00\n  by: x\norder: 1\n",
    "  - received: 2026-11-22T09:31:00+08:00",
    "      -   received: 2026-11-22T09:31:00+08:00   # by phone\n          by: 'x\n\n            y'\n\n# end\n",
    "  - {received: 2026-11-22T09:31:00+08:00,\n     x: [1, 2]}\n",
    "  - received: 2026-11-22T09:31:00+08:00\n    x: |+\n      a\n\n\n",
    "  -\n    # first\n    received: 2026-11-22T09:31:00+08:00\n    x: >-\n      a\n      b\n  # more\n...\n",
];

pub fn holds(input: &[u8]) {
    let Ok(lines) = std::str::from_utf8(input) else { return };
    let file = format!("{HEAD}{}  - {}\n", LAYOUTS[0], lines.trim_end_matches('\n').replace('\n', "\n    "));
    let case = match read(&file) {
        Err(findings) => return told(&findings, PATH, &file),
        Ok(case) => case,
    };
    let [_, event] = &case.history[..] else { return };
    assert!(event.faults().is_empty(), "{event:?}");
    for layout in LAYOUTS {
        let file = format!("{HEAD}{layout}");
        is_added(&file, event);
        is_added(&format!("\u{feff}{}", file.replace('\n', "\r\n")), event);
    }
}

fn is_added(file: &str, event: &Event) {
    let case = case_of(file);
    let added = casefile::append(file, &case, event);
    if !event.unknown.is_empty() {
        assert!(added.is_err(), "what is not in the event would be lost: {event:?}");
        return;
    }
    let longer = added.unwrap_or_else(|cannot| panic!("{cannot}: {event:?}\n{file}"));
    let end = if file.contains('\r') { "\r\n" } else { "\n" };
    let ended = [file, if file.ends_with('\n') { "" } else { end }].concat();
    assert!(only_added(&ended, &longer), "{longer:?}");
    let mut again = case_of(&longer);
    assert_eq!(again.history.pop().map(|event| said(&event)), Some(said(event)), "{longer}");
    assert_eq!(said(&again), said(&case));
}
