use serde_json::json;

use super::{english, help, severity, slashed};
use crate::error::Finding;
use crate::privacy::Privacy;

/// One object with all findings; `files` is how many case files there are.
pub(crate) fn json(findings: &[Finding], files: usize) -> String {
    let findings: Vec<_> = findings
        .iter()
        .map(|finding| {
            json!({
                "code": finding.code.word(),
                "severity": severity(finding),
                "path": slashed(&finding.place.path),
                "line": finding.place.line,
                "column": finding.place.column,
                "id": finding.id.as_ref().map(|id| id.as_str()),
                "message": english(&finding.message),
                "help": help(finding),
            })
        })
        .collect();
    crate::render::json(&json!({ "version": 1, "findings": findings, "files": files }), Privacy::Masked)
}
