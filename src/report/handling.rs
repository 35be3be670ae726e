use super::figure::{Figure, Figures};
use super::period::Period;
use super::{Counted, say, share};
use crate::case::{EventName, Field, Kind};
use crate::lang::common::count;
use crate::view::View;

/// What happened on the way: justified or not, escalations, returns, new rounds.
#[derive(Debug, Clone, Default)]
pub(crate) struct Handling<'a> {
    /// Complaints judged justified in the period; the last judgement in it counts.
    pub justified: Counted<'a>,
    /// Complaints judged not justified.
    pub unjustified: Counted<'a>,
    /// Escalations.
    pub escalated: Counted<'a>,
    /// Returns to the hub.
    pub returned: Counted<'a>,
    /// Rounds of handling after the first that began.
    pub rounds: Counted<'a>,
    /// Praise passed on in the period to the staff that it is about; it may have come in earlier.
    pub forwarded: Counted<'a>,
    /// Praise received.
    pub praise: Counted<'a>,
}

impl<'a> Handling<'a> {
    /// Counts the events of the period.
    pub(crate) fn of(view: &View<'a>, period: &Period) -> Handling<'a> {
        let mut found = Handling::default();
        for case in &view.cases {
            let id = case.id();
            let is = |kind| case.replay.case.kind == kind;
            let mut judged = None;
            let mut round = 1;
            for step in &case.replay.steps {
                let began = step.state.round > round;
                round = step.state.round;
                if !period.holds(step.at) {
                    continue;
                }
                if began {
                    found.rounds.add(id);
                }
                match step.event.name {
                    EventName::Escalated => found.escalated.add(id),
                    EventName::Returned => found.returned.add(id),
                    EventName::Forwarded if is(Kind::Praise) => found.forwarded.add(id),
                    EventName::Received if step.index == 0 && is(Kind::Praise) => found.praise.add(id),
                    EventName::Triaged | EventName::Amended => {
                        judged = step.event.flag(Field::Justified).or(judged)
                    }
                    _ => {}
                }
            }
            match judged.filter(|_| is(Kind::Complaint)) {
                Some(true) => found.justified.add(id),
                Some(false) => found.unjustified.add(id),
                None => {}
            }
        }
        found
    }

    /// Justified of those judged.
    pub(crate) fn justified_share(&self) -> Option<f64> {
        share(self.justified.n(), self.justified.n() + self.unjustified.n())
    }

    /// The figures.
    pub(crate) fn table(&self) -> Figures<'_> {
        let judged = self.justified.n() + self.unjustified.n();
        let justified =
            Figure::counted("justified", &self.justified).called("complaints justified", "投诉成立").means(
                "Complaints that were judged in the period and found justified; the last judgement counts.",
                "期内判定为成立的投诉件数，以期内最后一次判定为准。",
            );
        let justified = match judged {
            0 => justified.reads(say::na()),
            _ => justified.reads(say::of_all(self.justified.n(), judged)),
        };
        let escalated = events("escalated", &self.escalated)
            .called("escalated", "升级")
            .means("How often a case was escalated in the period.", "期内升级的次数。");
        let returned = events("returned", &self.returned).called("returned to the hub", "退回").means(
            "How often a department gave a case back in the period, because it was not its own.",
            "期内被部门退回的次数。",
        );
        let rounds = events("rounds", &self.rounds).called("handled again", "再次办理").means(
            "How often a second or later round of handling began in the period.",
            "期内开始第二轮及以后办理的次数。",
        );
        Figures::new()
            .called(say::handling())
            .figure(justified)
            .figure(
                Figure::counted("unjustified", &self.unjustified)
                    .called("complaints not justified", "投诉不成立")
                    .means(
                        "Complaints that were judged in the period and found not justified.",
                        "期内判定为不成立的投诉件数。",
                    ),
            )
            .figure(escalated)
            .figure(returned)
            .figure(rounds)
            .figure(
                Figure::counted("forwarded", &self.forwarded)
                    .called("praise passed on", "表扬转达")
                    .reads(say::of_received(self.forwarded.n(), self.praise.n()))
                    .means(
                        "How often praise was passed on in the period to the staff that it is about.",
                        "期内向被表扬员工转达表扬的次数。",
                    ),
            )
            .figure(
                Figure::counted("praise", &self.praise)
                    .called("praise received", "受理表扬")
                    .means("Praise that came in during the period.", "期内受理的表扬件数。"),
            )
            .cases_here()
            .figure(
                Figure::share("justified_share", self.justified_share())
                    .called("share of complaints justified", "投诉成立率")
                    .means(
                        "Complaints found justified, as a share of the complaints judged in the period.",
                        "判定成立的投诉在期内判定的投诉中的占比。",
                    ),
            )
            .figure(
                Figure::count("escalated_cases", self.escalated.unique())
                    .called("cases escalated", "升级件数")
                    .means(
                        "Cases that were escalated in the period, each once.",
                        "期内升级过的件数，每件计一次。",
                    ),
            )
            .figure(
                Figure::count("returned_cases", self.returned.unique())
                    .called("cases returned", "退回件数")
                    .means(
                        "Cases that were given back in the period, each once.",
                        "期内退回过的件数，每件计一次。",
                    ),
            )
    }
}

/// How many events, and how many cases they were of.
fn events<'f>(key: &'static str, hits: &'f Counted<'f>) -> Figure<'f> {
    let figure = Figure::counted(key, hits);
    match hits.n() {
        0 => figure,
        n => figure.reads(say::times_and_cases(n, count(hits.unique(), "case", "cases", "件"))),
    }
}
