use super::figure::{Figure, Figures};
use super::period::Period;
use super::{Counted, say};
use crate::case::Status;
use crate::view::View;

/// What came in and went out: opening + received + reopened - closed - rejected - voided = closing.
#[derive(Debug, Clone, Default)]
pub struct Flow<'a> {
    /// Not ended when the period begins.
    pub opening: Counted<'a>,
    /// Received in it.
    pub received: Counted<'a>,
    /// Events that left a terminal status.
    pub reopened: Counted<'a>,
    /// Events that ended a case in `closed`.
    pub closed: Counted<'a>,
    /// Events that ended a case in `rejected`.
    pub rejected: Counted<'a>,
    /// Open cases that were declared void.
    pub voided: Counted<'a>,
    /// Cases that had ended and were declared void: they had left the flow when they ended.
    pub voided_after_end: Counted<'a>,
    /// Not ended when it ends, or at the horizon if that is earlier.
    pub closing: Counted<'a>,
}

impl<'a> Flow<'a> {
    /// Counts what happened in the period, up to the view's horizon.
    pub fn of(view: &View<'a>, period: &Period) -> Flow<'a> {
        let mut flow = Flow::default();
        for case in &view.cases {
            let id = case.id();
            if case.open_before(period.start).is_some() {
                flow.opening.add(id);
            }
            for step in case.replay.steps.iter().filter(|step| period.holds(step.at)) {
                if step.index == 0 {
                    flow.received.add(id);
                }
                if step.reopens() {
                    flow.reopened.add(id);
                }
                if step.ends() {
                    match step.state.status {
                        Status::Closed => flow.closed.add(id),
                        _ => flow.rejected.add(id),
                    }
                }
                if step.voids() {
                    match step.from.terminal() {
                        true => flow.voided_after_end.add(id),
                        false => flow.voided.add(id),
                    }
                }
            }
            if case.open_before(period.end).is_some() {
                flow.closing.add(id);
            }
        }
        flow
    }

    /// The figures.
    pub(crate) fn table(&self) -> Figures<'_> {
        Figures::new()
            .called(say::flow())
            .figure(
                Figure::counted("opening", &self.opening)
                    .called("open at start", "期初未结")
                    .means(
                        "Cases that were open when the period began.",
                        "期初已受理、尚未结束的件数。",
                    ),
            )
            .figure(
                Figure::counted("received", &self.received)
                    .called("received", "受理")
                    .means("Cases that came in during the period.", "期内受理的件数。"),
            )
            .figure(
                Figure::counted("reopened", &self.reopened)
                    .called("reopened", "重新受理")
                    .means(
                        "How often a case that had ended was reopened in the period.",
                        "期内已结束的案卷重新办理的次数。",
                    ),
            )
            .figure(
                Figure::counted("closed", &self.closed)
                    .called("closed", "办结归档")
                    .means("How often a case was closed in the period; one that is closed, reopened and closed again counts twice.", "期内办结归档的次数；归档后重新办理、再次归档的计两次。"),
            )
            .figure(
                Figure::counted("rejected", &self.rejected)
                    .called("rejected", "不成立")
                    .means("How often a case was rejected in the period.", "期内以不成立结束的次数。"),
            )
            .figure(
                Figure::counted("voided", &self.voided)
                    .called("voided", "作废")
                    .means(
                        "How often an open case was declared void in the period: a mistaken or second entry. From then on it counts in no other figure; what was counted before stays.",
                        "期内未结案卷作废（误登或重复登记）的次数；自作废起不再计入其他任何指标，此前已计入的不变。",
                    ),
            )
            .figure(
                Figure::counted("closing", &self.closing)
                    .called("open at end", "期末未结")
                    .means(
                        "Cases that were still open at the end of the period, or are open now if it is not over. Open at start + received + reopened − closed − rejected − voided = open at end.",
                        "期末（期间未满则为目前）尚未结束的件数。期初未结＋受理＋重新受理－办结归档－不成立－作废＝期末未结。",
                    ),
            )
            .figure(
                Figure::counted("voided_after_end", &self.voided_after_end)
                    .called("voided after the end", "结束后作废")
                    .means(
                        "How often a case that had already ended was declared void in the period. It left the flow when it ended, and is not subtracted again.",
                        "期内已结束的案卷又作废的次数；结束时已从未结中减去，不再重复扣减。",
                    ),
            )
    }
}
