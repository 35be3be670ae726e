//! What programs read: JSON, exact.

use serde_json::Value;

/// One object, indented for eyes too.
pub fn json(value: &Value) -> String {
    format!("{value:#}\n")
}

/// One object a line.
pub fn jsonl(values: impl IntoIterator<Item = Value>) -> String {
    values.into_iter().map(|value| format!("{value}\n")).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    #[test]
    fn an_object_keeps_its_order_and_ends_its_line() {
        let value = json!({"version": 1, "share": null, "title": "茶杯\u{1b}"});
        let expected = "{\n  \"version\": 1,\n  \"share\": null,\n  \"title\": \"茶杯\\u001b\"\n}\n";
        assert_eq!(super::json(&value), expected);
        assert_eq!(super::jsonl([json!({"a": 1}), json!(null)]), "{\"a\":1}\nnull\n");
    }
}
