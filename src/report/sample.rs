use super::figure::{Figure, Figures};
use super::period::Period;
use super::{Counted, Scores, say, share};
use crate::case::{Case, Event, EventName, Id, Kind, State};
use crate::view::View;
use jiff::Timestamp;

/// A simple random sample, without replacement, of the cases that ended in a period: whom to ask in the survey (S0.8.2).
///
/// **Reproducible.** The id and the seed alone decide the number of a case: FNV-1a of 64 bits over the seed's bytes, a
/// zero byte and the id's bytes, mixed by the finalizer of SplitMix64 (Steele, Lea, Flood 2014). The `n` cases with the
/// smallest numbers are drawn, in this order. So the same ledger, period, size and seed give the same sample on every
/// machine and in every version, a larger sample begins with the smaller one, and one more case in the ledger changes
/// at most one member.
pub(crate) struct Sample<'a> {
    /// The period in which the cases ended.
    pub period: Period,
    /// The kinds drawn from.
    pub kinds: Vec<Kind>,
    /// What decided the draw.
    pub seed: String,
    /// How many were asked for.
    pub size: usize,
    /// How many could have been drawn.
    pub population: usize,
    /// Those drawn, in the order of the draw.
    pub members: Vec<Member<'a>>,
}

/// A case that was drawn.
pub(crate) struct Member<'a> {
    /// The case.
    pub case: &'a Case,
    /// When it ended.
    pub ended: Timestamp,
    /// What is known of it at the end of the period.
    pub state: State<'a>,
}

impl<'a> Sample<'a> {
    /// The kinds whose customers are asked if the command names no others.
    pub(crate) const KINDS: [Kind; 3] = [Kind::Complaint, Kind::Suggestion, Kind::Inquiry];

    /// Draws from the cases that ended in the period and are ended at its end, which is the view's horizon.
    pub(crate) fn draw(
        view: &View<'a>,
        period: &Period,
        kinds: &[Kind],
        size: usize,
        seed: &str,
    ) -> Sample<'a> {
        let ended =
            view.cases.iter().filter(|case| kinds.contains(&case.replay.case.kind) && !case.is_void());
        let ended = ended.filter_map(|case| Some((case, case.replay.ending()?.at)));
        let mut all: Vec<_> = ended
            .filter(|(_, at)| period.holds(*at))
            .map(|(case, ended)| {
                let (case, state) = (case.replay.case, case.replay.state().clone());
                (number(seed, &case.id), Member { case, ended, state })
            })
            .collect();
        all.sort_by(|(a, one), (b, other)| (a, &one.case.id).cmp(&(b, &other.case.id)));
        let population = all.len();
        let members = all.into_iter().take(size).map(|(_, member)| member).collect();
        Sample {
            period: period.clone(),
            kinds: kinds.to_vec(),
            seed: seed.to_owned(),
            size,
            population,
            members,
        }
    }

    /// Those who have answered by an instant, and their last scores.
    pub(crate) fn answers(&self, until: Timestamp) -> (Counted<'a>, Scores<'a>) {
        let (mut answered, mut scores) = (Counted::default(), Scores::default());
        for member in &self.members {
            if let Some(event) = member.answer(until) {
                answered.add(&member.case.id);
                event.score().into_iter().for_each(|score| scores.add(score, &member.case.id));
            }
        }
        (answered, scores)
    }

    /// All that were drawn.
    pub(crate) fn drawn(&self) -> Counted<'a> {
        let mut drawn = Counted::default();
        self.members.iter().for_each(|member| drawn.add(&member.case.id));
        drawn
    }

    /// The figures: `drawn` are all that were drawn, `answers` those who answered by an instant and their scores.
    pub(crate) fn table<'f>(
        &self,
        drawn: &'f Counted<'f>,
        answers: &'f (Counted<'f>, Scores<'f>),
    ) -> Figures<'f> {
        Figures::new()
            .called(say::sample())
            .word("seed", self.seed.as_str())
            .word("kinds", self.kinds.iter().map(|kind| kind.word()).collect::<Vec<_>>())
            .and(counted(self.size, self.population, drawn, answers))
    }
}

impl<'a> Member<'a> {
    /// The last answer to the survey since the case ended, up to an instant.
    pub(crate) fn answer(&self, until: Timestamp) -> Option<&'a Event> {
        let answers = self.case.history.iter().filter(|event| event.name == EventName::Surveyed);
        let asked = answers.filter(|event| (self.ended..=until).contains(&event.at.instant()));
        asked.max_by_key(|event| event.at.instant())
    }
}

/// The number of a case in a draw, see [`Sample`].
fn number(seed: &str, id: &Id) -> u64 {
    let bytes = seed.bytes().chain([0]).chain(id.as_str().bytes());
    let mut mixed = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

/// How a sample was drawn, and how it was answered.
pub(super) fn counted<'f>(
    size: usize,
    population: usize,
    drawn: &'f Counted<'f>,
    (answered, scores): &'f (Counted<'f>, Scores<'f>),
) -> Figures<'f> {
    Figures::new()
        .figure(
            Figure::count("size", size)
                .called("asked for", "拟抽件数")
                .means("How many cases the sample was to have.", "计划抽取的件数。"),
        )
        .figure(Figure::count("population", population).called("drawn from", "可抽件数").means(
            "Cases of these kinds that ended in the period and were neither reopened nor voided by its end.",
            "期内结束、且期末仍为结束状态的此类案卷件数，作废的不计。",
        ))
        .figure(Figure::share("response", share(answered.n(), drawn.n())).called("response", "应答率").means(
            "Customers who have answered the survey since, as a share of those drawn.",
            "抽中后已答复调查的客户占比。",
        ))
        .table("scores", scores.table())
        .figure(
            Figure::counted("drawn", drawn)
                .called("drawn", "已抽")
                .means("Cases that were drawn.", "抽中的件数。"),
        )
        .figure(
            Figure::counted("answered", answered)
                .called("answered", "已答复")
                .means("Cases whose customer has answered the survey since.", "抽中后客户已答复调查的件数。"),
        )
}

#[cfg(test)]
mod tests;
