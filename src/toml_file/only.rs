//! Takes a part of a file.

use toml_edit::DocumentMut;

/// The file with nothing but these keys of its top table, each with the comments above it and in it; without line breaks
/// at its beginning. `None`: the file is not TOML.
pub(crate) fn only(text: &str, keys: &[&str]) -> Option<String> {
    let mut document: DocumentMut = text.trim_start_matches('\u{feff}').parse().ok()?;
    document.retain(|key, _| keys.contains(&key));
    document.set_trailing("");
    Some(document.to_string().replace("\r\n", "\n").trim_start_matches('\n').to_owned())
}

#[cfg(test)]
mod tests {
    use super::only;

    const FILE: &str = "\
\u{feff}# the head
title = \"rules\"
level.low = 1 # the lowest

# what goes
[[clock]]
name = \"a\"

# what stays
[steps]
one = { en = \"one\" } # the first
# and
two = \"two\"

[steps.more]
three = 3

[needs.complaint]
closed = \"one\"
# the end
";

    #[test]
    fn what_is_named_stays_with_its_comments() {
        let steps = "# what stays\n[steps]\none = { en = \"one\" } # the first\n# and\ntwo = \"two\"\n\n\
            [steps.more]\nthree = 3\n";
        assert_eq!(only(FILE, &["steps"]).unwrap(), steps);
        assert_eq!(
            only(FILE, &["steps", "level"]).unwrap(),
            format!("level.low = 1 # the lowest\n\n{steps}")
        );
        assert_eq!(only(&FILE.replace('\n', "\r\n"), &["steps", "none"]).unwrap(), steps);
        assert_eq!(only(FILE, &["none"]).unwrap(), "");
        assert_eq!(only("a = ", &["a"]), None);
    }
}
