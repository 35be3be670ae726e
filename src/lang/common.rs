//! What several rooms need: counts, short lists, and the nearest known word for a mistyped one.

use super::Text;

crate::messages! {
    did_you_mean(word) { "did you mean `{word}`?", "是不是想写 `{word}`？" }
    and_more(words, n) { "{words} and {n} more", "{words} 等，另有 {n} 个" }
    known_here(words) { "known here: {words}", "这里可用：{words}" }
}

/// A number of things: `1 case`, `2 cases`, `2 件案卷`.
pub(crate) fn count(n: usize, one: &str, many: &str, zh: &str) -> Text {
    Text::new(format!("{n} {}", if n == 1 { one } else { many }), format!("{n} {zh}"))
}

/// A word as a shell takes it: in quotation marks if it needs them.
pub(crate) fn shell_word(word: &str) -> String {
    let is_plain = |letter: char| letter.is_alphanumeric() || "-_./@:".contains(letter);
    match !word.is_empty() && word.chars().all(is_plain) {
        true => word.to_owned(),
        false => format!("'{}'", word.replace('\'', "'\\''")),
    }
}

/// Words that are less alike (Jaro-Winkler, 0 to 1) are not typing errors.
const ALIKE: f64 = 0.8;

/// Longer ones, in bytes, are not compared.
const LONGEST: usize = 100;
/// How many words are compared. If there are more, those with the same first letter come first: a user who mistypes the
/// first letter of one name in a thousand can look it up.
const MOST: usize = 500;
/// How many known words are listed.
const LISTED: usize = 50;

/// The known words; of very many, the first.
pub(crate) fn known_words<'k>(known: impl IntoIterator<Item = &'k str>) -> Text {
    let mut known = known.into_iter();
    let mut listed: Vec<&str> = known.by_ref().take(LISTED).collect();
    listed.extend(known.next().map(|_| "…"));
    known_here(listed.join(" "))
}

/// How many of several are named.
const NAMED: usize = 5;

/// The first of several words, and how many more of the `count` there are.
pub(crate) fn first_of<W: ToString>(words: impl Iterator<Item = W>, count: usize) -> Text {
    let named: Vec<String> = words.take(NAMED).map(|word| word.to_string()).collect();
    let (more, named) = (count.saturating_sub(named.len()), named.join(", "));
    if more == 0 { Text::same(named) } else { and_more(named, more) }
}

/// The known word that a mistyped one probably means, if any is near enough.
pub(crate) fn nearest<'k>(word: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let word = word.trim();
    if word.len() > LONGEST {
        return None;
    }
    let mut known: Vec<&str> = known.into_iter().filter(|known| known.len() <= LONGEST).collect();
    if known.len() > MOST {
        known.retain(|known| first_letter(known) == first_letter(word));
        known.truncate(MOST);
    }
    let word = word.to_lowercase();
    known
        .into_iter()
        .map(|known| (strsim::jaro_winkler(&word, &known.to_lowercase()), known))
        .filter(|(likeness, _)| *likeness >= ALIKE)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, known)| known)
}

fn first_letter(word: &str) -> Option<char> {
    word.chars().next()?.to_lowercase().next()
}

/// The known word with this display name, in either language; else the nearest.
pub(crate) fn nearest_named<'k>(
    word: &str,
    known: impl IntoIterator<Item = (&'k str, [&'k str; 2])> + Clone,
) -> Option<&'k str> {
    let named = known.clone().into_iter().find(|(_, names)| names.contains(&word.trim()));
    named.map(|(known, _)| known).or_else(|| nearest(word, known.into_iter().map(|(known, _)| known)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_understood_and_other_words_are_not() {
        let words = || [("complaint", ["complaint", "投诉"]), ("praise", ["praise", "表扬"])];
        for (typed, meant) in [
            ("complaimt", Some("complaint")),
            ("Complaint ", Some("complaint")),
            ("complain", Some("complaint")),
            ("prasie", Some("praise")),
            ("投诉", Some("complaint")),
            ("question", None),
            ("", None),
        ] {
            assert_eq!(nearest_named(typed, words()), meant, "{typed}");
        }
    }

    #[test]
    fn a_word_is_one_word_in_a_shell() {
        for (word, shown) in [
            ("product/cup", "product/cup"),
            ("质控部", "质控部"),
            ("li na", "'li na'"),
            ("it's", "'it'\\''s'"),
            ("", "''"),
        ] {
            assert_eq!(shell_word(word), shown);
        }
    }

    #[test]
    fn one_is_not_several() {
        let said = |n| count(n, "case", "cases", "件").to_string();
        assert_eq!([0, 1, 2].map(said), ["0 cases", "1 case", "2 cases"]);
        assert_eq!(count(1, "case", "cases", "件").to(crate::lang::Lang::Zh), "1 件");
    }

    #[test]
    fn the_nearest_of_several_is_meant() {
        let words = || ["received", "resolved", "customer.key"];
        assert_eq!(nearest("recieved", words()), Some("received"));
        assert_eq!(nearest("Customer_key", words()), Some("customer.key"));
        assert_eq!(nearest("subject", words()), None);
    }

    #[test]
    fn of_many_the_first_are_named() {
        assert_eq!(first_of(["a", "b"].iter(), 2).to_string(), "a, b");
        assert_eq!(first_of(0..5, 5).to_string(), "0, 1, 2, 3, 4");
        assert_eq!(first_of(0..20_000, 20_000).to_string(), "0, 1, 2, 3, 4 and 19995 more");
    }

    #[test]
    fn of_very_many_words_few_are_compared_and_few_listed() {
        let many: Vec<String> = (0..20_000).map(|n| format!("person{n:05}")).collect();
        let words = || many.iter().map(String::as_str).chain(["wang.fang"]);
        assert_eq!(nearest("wagn.fang", words()), Some("wang.fang"));
        assert!((0..500).all(|n| nearest(&format!("pearson{n}"), words()).is_some()));
        let long = "x".repeat(1 << 20);
        assert_eq!(nearest(&long, [long.as_str()]), None);
        assert_eq!(known_words(["a", "b"]).to_string(), "known here: a b");
        assert!(known_words(words()).to_string().ends_with("person00049 …"));
    }
}
