use super::{english, slashed, whole};
use crate::error::{Finding, Severity};
use crate::lang::{clean, clean_lines};

/// JUnit's XML: a test case for each file with findings, and one for all the others.
///
/// Errors fail a test case; warnings are its output. The findings have to be sorted by file.
pub(crate) fn junit(findings: &[Finding], files: usize) -> String {
    let of_files: Vec<&[Finding]> = findings.chunk_by(|a, b| a.place.path == b.place.path).collect();
    let failed = of_files.iter().filter(|of_file| of_file.iter().any(is_error)).count();
    let counts =
        format!("name=\"fb check\" tests=\"{}\" failures=\"{failed}\" errors=\"0\"", of_files.len() + 1);
    let mut xml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites {counts}>\n  <testsuite {counts} skipped=\"0\">\n"
    );
    xml.extend(of_files.into_iter().map(test_case));
    xml.push_str(&format!("    <testcase classname=\"fb check\" name=\"{files} case files\"/>\n"));
    xml + "  </testsuite>\n</testsuites>\n"
}

fn is_error(finding: &Finding) -> bool {
    finding.severity == Severity::Error
}

fn test_case(findings: &[Finding]) -> String {
    let Some(first) = findings.first() else { return String::new() };
    let path = attribute(&slashed(&first.place.path));
    let lines = |wanted: Severity| {
        let wanted = findings.iter().filter(|finding| finding.severity == wanted);
        wanted.map(line).collect::<Vec<_>>().join("\n")
    };
    let mut xml = format!("    <testcase classname=\"fb check\" name=\"{path}\" file=\"{path}\">\n");
    if let Some(error) = findings.iter().find(|finding| is_error(finding)) {
        let message = attribute(english(&error.message));
        let all = escaped(&lines(Severity::Error));
        xml.push_str(&format!(
            "      <failure type=\"{}\" message=\"{message}\">{all}</failure>\n",
            error.code
        ));
    }
    let warnings = lines(Severity::Warning);
    if !warnings.is_empty() {
        xml.push_str(&format!("      <system-out>{}</system-out>\n", escaped(&warnings)));
    }
    xml + "    </testcase>\n"
}

fn line(finding: &Finding) -> String {
    let at = finding.place.line.map(|line| format!(":{line}")).unwrap_or_default();
    format!("{}{at}: [{}] {}", clean(&slashed(&finding.place.path)), finding.code, whole(finding))
}

/// On one line, as a parser reads it: no part of it begins a line of a log.
fn attribute(words: &str) -> String {
    escaped(&clean(words))
}

/// XML 1.0 has no control characters and no U+FFFE, U+FFFF, not even escaped.
fn escaped(words: &str) -> String {
    let words = clean_lines(words).replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}");
    words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
