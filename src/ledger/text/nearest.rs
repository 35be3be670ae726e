//! "Did you mean": the word of a fixed list that someone may have meant.

/// The nearest of the words to `typed`: at most a third of its letters differ, or it is the word as people read
/// it in one of the languages.
pub(super) fn nearest<'a>(
    typed: &str,
    words: impl IntoIterator<Item = (&'a str, [&'a str; 2])>,
) -> Option<&'a str> {
    let typed = typed.trim().to_lowercase();
    let most = typed.chars().count().div_ceil(3);
    words
        .into_iter()
        .filter_map(|(word, read)| {
            let distance = if read.contains(&&*typed) { 0 } else { strsim::osa_distance(&typed, word) };
            (distance <= most).then_some((distance, word))
        })
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, word)| word)
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
            assert_eq!(nearest(typed, words()), meant, "{typed}");
        }
    }
}
