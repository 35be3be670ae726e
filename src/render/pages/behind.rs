use super::words;
use crate::lang::Text;
use crate::report::Hits;

/// A figure with the cases behind it; nothing where there are none.
pub(super) fn line(figure: Text, hits: &Hits<'_>) -> Option<Text> {
    let ids: Vec<&str> = hits.cases().iter().map(|id| id.short()).collect();
    (hits.n() > 0).then(|| words::behind_line(figure, hits.n(), ids.join(" ")))
}
