use super::{severity, slashed, whole};
use crate::error::Finding;
use crate::lang::clean_lines;

/// Workflow commands of GitHub Actions, one a line: each finding is shown beside its line.
///
/// <https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands>
pub(crate) fn github(findings: &[Finding]) -> String {
    findings.iter().map(command).collect()
}

fn command(finding: &Finding) -> String {
    let mut properties = format!("file={}", property(&slashed(&finding.place.path)));
    for (name, number) in [("line", finding.place.line), ("col", finding.place.column)] {
        properties.extend(number.map(|number| format!(",{name}={number}")));
    }
    format!(
        "::{} {properties},title={}::{}\n",
        severity(finding),
        property(finding.code.word()),
        message(&whole(finding))
    )
}

/// A log is read in a terminal, too: nothing in it acts.
fn message(words: &str) -> String {
    clean_lines(words).replace('%', "%25").replace('\n', "%0A")
}

fn property(words: &str) -> String {
    message(words).replace(':', "%3A").replace(',', "%2C")
}
