use serde_json::{Value, json};

use super::{english, severity, slashed, whole};
use crate::error::{Code, Finding, Severity};
use crate::privacy::Privacy;

/// SARIF 2.1.0, the format of code scanning.
///
/// <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>
pub(crate) fn sarif(findings: &[Finding], rules: &[Code]) -> String {
    let rules: Vec<Value> = rules.iter().copied().map(rule).collect();
    let results: Vec<Value> = findings.iter().map(result).collect();
    crate::render::json(
        &json!({
            "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
            "version": "2.1.0",
            "runs": [{
                "tool": { "driver": { "name": "fb", "version": env!("CARGO_PKG_VERSION"), "rules": rules } },
                "results": results,
            }],
        }),
        Privacy::Masked,
    )
}

fn rule(rule: Code) -> Value {
    let level = if rule.severity() == Severity::Error { "error" } else { "warning" };
    json!({
        "id": rule.word(),
        "shortDescription": { "text": english(&rule.sentence()) },
        "defaultConfiguration": { "level": level },
    })
}

fn result(finding: &Finding) -> Value {
    let mut region = json!({ "startLine": finding.place.line.unwrap_or(1) });
    if let Some(column) = finding.place.column {
        region["startColumn"] = json!(column);
        region["endColumn"] = json!(column + finding.place.width);
    }
    json!({
        "ruleId": finding.code.word(),
        "level": severity(finding),
        "message": { "text": whole(finding) },
        "locations": [{ "physicalLocation": {
            "artifactLocation": { "uri": uri(&slashed(&finding.place.path)) },
            "region": region,
        }}],
    })
}

/// RFC 3986: what is not unreserved is percent-encoded.
fn uri(path: &str) -> String {
    let byte = |byte: u8| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
            char::from(byte).to_string()
        }
        _ => format!("%{byte:02X}"),
    };
    path.bytes().map(byte).collect()
}
