use std::collections::HashMap;

use serde_json::json;

use super::{slashed, whole};
use crate::error::{Finding, Severity};
use crate::privacy::Privacy;

/// GitLab's code quality report.
///
/// <https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format>
pub(crate) fn gitlab(findings: &[Finding]) -> String {
    let mut seen = HashMap::new();
    let entries = findings.iter().map(|finding| {
        let path = slashed(&finding.place.path);
        // A case that moves, or a limit that is later by a day, is the same finding still
        let about = finding.id.as_ref().map_or(path.clone(), ToString::to_string);
        let key = format!("{}:{about}", finding.code);
        let nth = seen.entry(key.clone()).and_modify(|nth| *nth += 1).or_insert(1);
        json!({
            "description": whole(finding),
            "check_name": finding.code.word(),
            "fingerprint": format!("{key}:{nth}"),
            "severity": match finding.severity {
                Severity::Error => "major",
                Severity::Warning => "minor",
            },
            "location": { "path": path, "lines": { "begin": finding.place.line.unwrap_or(1) } },
        })
    });
    crate::render::json(&entries.collect(), Privacy::Masked)
}
