use super::figure::{Figure, FigureUnit, Figures};
use super::{Counted, say, share};
use crate::case::Id;

/// The lowest score that counts as satisfied: 4 and 5 of 5, which surveys call the top-2-box.
const CONTENT: u8 = 4;

/// The scores that customers gave, 1 (worst) to 5 (best), with the cases behind each.
#[derive(Debug, Clone, Default)]
pub(crate) struct Scores<'a> {
    by: [Counted<'a>; 5],
}

impl<'a> Scores<'a> {
    /// Counts one more score; a number outside 1 to 5 is left out.
    pub(crate) fn add(&mut self, score: u8, id: &'a Id) {
        if let Some(hits) = usize::from(score).checked_sub(1).and_then(|at| self.by.get_mut(at)) {
            hits.add(id);
        }
    }

    /// Each score with those who gave it, from 1 to 5.
    pub(crate) fn each(&self) -> impl DoubleEndedIterator<Item = (u8, &Counted<'a>)> + ExactSizeIterator {
        (1..6).zip(&self.by)
    }

    /// How many scores.
    pub(crate) fn n(&self) -> usize {
        self.by.iter().map(Counted::n).sum()
    }

    /// The mean; `None` of no score.
    pub(crate) fn mean(&self) -> Option<f64> {
        let sum: usize = self.each().map(|(score, hits)| usize::from(score) * hits.n()).sum();
        share(sum, self.n())
    }

    /// Those who gave 4 or 5.
    pub(crate) fn content(&self) -> Counted<'a> {
        let mut content = Counted::default();
        self.each().filter(|(score, _)| *score >= CONTENT).for_each(|(_, hits)| content.extend(hits));
        content
    }

    /// Those who gave 4 or 5, of all who gave a score: the top-2-box share.
    pub(crate) fn content_share(&self) -> Option<f64> {
        share(self.content().n(), self.n())
    }

    /// The figures of one score.
    pub(super) fn row<'f>(score: u8, hits: &'f Counted<'f>) -> Figures<'f> {
        Figures::new()
            .called(say::score(score))
            .word("key", score.to_string())
            .figure(
                Figure::count("n", hits.n())
                    .called("scores", "份数")
                    .means("How many customers gave this score.", "给出该评分的份数。"),
            )
            .cases_of(hits)
    }

    /// The figures.
    pub(crate) fn table<'f>(&'f self) -> Figures<'f> {
        Figures::new()
            .figure(
                Figure::count("n", self.n())
                    .called("scores", "份数")
                    .means("How many scores customers gave.", "客户给出的评分份数。"),
            )
            .figure(
                Figure::new("mean", FigureUnit::Score, self.mean())
                    .called("mean", "平均分")
                    .means("The mean of the scores from 1 to 5.", "评分（1 至 5 分）的平均值。"),
            )
            .figure(
                Figure::count("content", self.content().n())
                    .called("4 or 5", "4 分及以上")
                    .means("Scores of 4 or 5.", "4 分及以上的份数。"),
            )
            .figure(
                Figure::share("content_share", self.content_share())
                    .called("share of 4 or 5", "4 分及以上占比")
                    .means(
                        "Scores of 4 or 5, as a share of all scores; surveys call this the top-2-box.",
                        "4 分及以上在全部评分中的占比（top-2-box）。",
                    ),
            )
            .rows("distribution", say::scores(), self.each().map(|(score, hits)| Scores::row(score, hits)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(random: u32) -> Id {
        Id::new(jiff::civil::date(2026, 5, 1), random)
    }

    #[test]
    fn the_mean_and_the_share_of_the_content() {
        let ids: Vec<Id> = (0..4).map(id).collect();
        let mut scores = Scores::default();
        // 5 + 4 + 3 + 1 = 13 of 4; two of four gave 4 or more.
        [5, 4, 3, 1].into_iter().zip(&ids).for_each(|(score, id)| scores.add(score, id));
        assert_eq!((scores.n(), scores.mean(), scores.content_share()), (4, Some(3.25), Some(0.5)));
        assert_eq!(scores.each().map(|(_, hits)| hits.n()).collect::<Vec<_>>(), [1, 0, 1, 1, 1]);
        assert_eq!(scores.content().cases(), [&ids[0], &ids[1]]);
    }

    #[test]
    fn of_no_score_nothing_is_said() {
        let id = id(0);
        let mut scores = Scores::default();
        scores.add(0, &id);
        scores.add(6, &id);
        assert_eq!((scores.n(), scores.mean(), scores.content_share()), (0, None, None));
    }
}
