//! What holds of every input, whoever made it: a law a module, each a function of bytes that panics where it is broken.
//!
//! Two readers: the suite, which holds them on the committed seeds and findings (`seeds.rs`) and on drawn texts, and the
//! fuzz targets in `fuzz/`, which hold them on whatever comes. They use the library as anybody can.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs, unreachable_pub)]

pub mod case;
pub mod event;
pub mod layout;
pub mod map;
pub mod merge;
pub mod policy;
pub mod query;
pub mod shop;

use std::path::Path;

use fb::case::Case;
use fb::casefile;
use fb::error::Finding;
use fb::lang::Lang;
use fb::privacy::QuotedLines;
use fb::render::Paper;
use fb::ui::draw;

const PATH: &str = "cases/new/20261122-7k3q9x.yaml";

/// An input that has several texts has them between lines `%`.
const BETWEEN: &str = "\n%\n";

fn read(file: &str) -> Result<Case, Vec<Finding>> {
    casefile::read(file.as_bytes(), Path::new(PATH))
}

#[track_caller]
fn case_of(file: &str) -> Case {
    read(file).unwrap_or_else(|findings| panic!("{findings:#?}\n{file}"))
}

/// Something is wrong, at a place within the text if any, and it can be shown.
#[track_caller]
fn told(findings: &[Finding], path: &str, text: &str) {
    assert!(!findings.is_empty(), "nothing is said of {text:?}");
    let body = text.strip_prefix('\u{feff}').unwrap_or(text);
    for finding in findings {
        assert_eq!(finding.place.path, Path::new(path));
        assert!(!finding.message.to_string().is_empty());
        stands_within(finding, body);
        for lang in [Lang::En, Lang::Zh] {
            let drawn = draw::finding(
                finding,
                Some(&QuotedLines::of(text)),
                lang,
                Paper { width: 80, colour: false },
            );
            assert!(!drawn.contains(|c: char| c.is_control() && c != '\n'), "{drawn:?}");
        }
    }
}

/// The lines of YAML end at a carriage return alone, too; those of TOML do not.
#[track_caller]
fn stands_within(finding: &Finding, text: &str) {
    let (Some(line), column) = (finding.place.line, finding.place.column) else { return };
    let text = text.replace("\r\n", "\n");
    let fits = |ends: &[char]| {
        let found = text.split(ends).nth(line.wrapping_sub(1)).map(|line| line.chars().count());
        found.is_some_and(|length| {
            column.is_none_or(|column| column > 0 && column - 1 + finding.place.width <= length + 1)
        })
    };
    assert!(fits(&['\n']) || fits(&['\n', '\r']), "{finding:?}\n{text:?}");
}

/// Whether the old text is all there, with nothing but one addition somewhere in it.
fn only_added(old: &str, new: &str) -> bool {
    let same = old.bytes().zip(new.bytes()).take_while(|(one, other)| one == other).count();
    new.as_bytes()[same..].ends_with(&old.as_bytes()[same..])
}

/// What a value says; stamps with their offsets, which `==` does not look at.
fn said(value: &impl std::fmt::Debug) -> String {
    format!("{value:?}")
}
