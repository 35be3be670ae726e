//! What several rooms say: the nearest known word for a mistyped one.

crate::messages! {
    did_you_mean(word) { "did you mean `{word}`?", "是不是想写 `{word}`？" }
    known_here(words) { "known here: {words}", "这里可用：{words}" }
}

/// The known word that a mistyped one may mean, if any is near enough.
pub fn nearest<'k>(word: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let near = |known: &'k str| (strsim::jaro_winkler(&word.to_lowercase(), &known.to_lowercase()), known);
    known
        .into_iter()
        .map(near)
        .filter(|(score, _)| *score >= 0.8)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, known)| known)
}
