//! Personal data made unrecognisable, so that a sheet can leave the shop.

/// A name without its given part: `王女士` becomes `王**`.
pub(super) fn name(name: &str) -> String {
    let first: String = name.chars().take(1).collect();
    format!("{first}**")
}

/// A telephone number without its middle (`138****8000`), a mail address without its user (`z***@example.cn`),
/// anything else without all but its first character.
pub(super) fn contact(contact: &str) -> String {
    let characters: Vec<char> = contact.chars().collect();
    let part = |range: std::ops::Range<usize>| characters[range].iter().collect::<String>();
    match contact.rsplit_once('@') {
        Some((user, host)) => format!("{}***@{host}", user.chars().take(1).collect::<String>()),
        None if characters.len() >= 11 => {
            format!("{}****{}", part(0..characters.len() - 8), part(characters.len() - 4..characters.len()))
        }
        None => format!("{}***", part(0..characters.len().min(1))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_names_nobody() {
        assert_eq!(name("王女士"), "王**");
        assert_eq!(name("Li"), "L**");
        assert_eq!(contact("13800138000"), "138****8000");
        assert_eq!(contact("+8613800138000"), "+86138****8000");
        assert_eq!(contact("zhang@example.cn"), "z***@example.cn");
        assert_eq!(contact("8001234"), "8***");
        assert_eq!(contact(""), "***");
    }
}
