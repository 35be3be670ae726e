//! Findings for other programs: one file a format. Always in English, whatever people read.
//!
//! People get them from [`ui::draw`](crate::ui::draw), which shows the line.

mod github;
mod gitlab;
mod json;
mod junit;
mod sarif;

#[cfg(test)]
mod tests;

pub(crate) use github::github;
pub(crate) use gitlab::gitlab;
pub(crate) use json::json;
pub(crate) use junit::junit;
pub(crate) use sarif::sarif;

use std::path::Path;

use crate::error::{Finding, Severity};
use crate::lang::{Lang, Text};

/// A path as other programs read it: with `/` everywhere.
fn slashed(path: &Path) -> String {
    let parts = path.components().map(|part| part.as_os_str().to_string_lossy());
    parts.collect::<Vec<_>>().join("/")
}

fn english(text: &Text) -> &str {
    text.to(Lang::En)
}

fn severity(finding: &Finding) -> &'static str {
    match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

/// What to do next, a line each.
fn help(finding: &Finding) -> Option<String> {
    let lines: Vec<&str> = finding.help.iter().map(english).collect();
    (!lines.is_empty()).then(|| lines.join("\n"))
}

/// The message and what follows from it, a line each.
fn whole(finding: &Finding) -> String {
    let help = finding.help.iter().map(|help| format!("help: {}", english(help)));
    let notes = finding.notes.iter().map(|note| english(note).to_owned());
    [english(&finding.message).to_owned()].into_iter().chain(notes).chain(help).collect::<Vec<_>>().join("\n")
}
