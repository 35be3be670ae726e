//! JSON for programs, exact except for masked personal data.

use serde_json::Value;

use super::redact;
use crate::lang::acts;
use crate::privacy::Privacy;

/// One object, indented for eyes too.
pub(crate) fn json(value: &Value, privacy: Privacy) -> String {
    escaped(&format!("{:#}\n", redact::object(value, privacy)))
}

/// One object a line.
pub(crate) fn jsonl(values: impl IntoIterator<Item = Value>, privacy: Privacy) -> String {
    values.into_iter().map(|value| escaped(&format!("{}\n", redact::object(&value, privacy)))).collect()
}

/// JSON itself escapes characters below U+0020. The other characters that act on a terminal are escaped here; a program
/// reads the same text. So is the second sign of `##[error]`, which is a command to the log of a CI job anywhere in a line.
pub(crate) fn escaped(json: &str) -> String {
    let acting = |c: char| !c.is_ascii() && acts(c) || c == '\u{7f}';
    let mut written = String::with_capacity(json.len());
    for c in json.chars() {
        match acting(c) || c == '#' && written.ends_with('#') {
            true => written.push_str(&format!("\\u{:04x}", u32::from(c))),
            false => written.push(c),
        }
    }
    written
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::privacy::Privacy;

    #[test]
    fn an_object_keeps_its_order_and_ends_its_line() {
        let value = json!({"version": 1, "share": null, "title": "茶杯\u{1b}\u{9b}\u{202e}"});
        let expected =
            "{\n  \"version\": 1,\n  \"share\": null,\n  \"title\": \"茶杯\\u001b\\u009b\\u202e\"\n}\n";
        assert_eq!(super::json(&value, Privacy::Masked), expected);
        let value = json!({"title": "##[error]x ###"});
        let expected = "{\n  \"title\": \"#\\u0023[error]x #\\u0023#\"\n}\n";
        assert_eq!(super::json(&value, Privacy::Masked), expected);
        assert_eq!(serde_json::from_str::<serde_json::Value>(expected).unwrap(), value);
        assert_eq!(super::jsonl([json!({"a": 1}), json!(null)], Privacy::Masked), "{\"a\":1}\nnull\n");
    }
}
