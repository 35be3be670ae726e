use super::figure::{Figure, Figures};
use super::period::Period;
use super::times::resolution;
use super::{Counted, share};
use crate::case::{EventName, Step};
use crate::clock::{Due, Limit, Pauses, Terms, Trigger};
use crate::lang::Text;
use crate::policy::Target;
use crate::view::{View, Viewed};
use jiff::Timestamp;

/// How an objective of the shop was kept (S3.2.1): the cases whose event `to` is in the period, and how many of them
/// took no longer than the limit.
///
/// Each case is measured by the rules of its day of receipt. If `to` is `resolved`, the time ends at the last
/// resolution, or at the end of a case that was never resolved; else at the first such event after `from`. Nothing is
/// paused. Label, limit and share are those of the newest rules at the horizon that have the target.
#[derive(Debug, Clone)]
pub(crate) struct TargetFigures<'a> {
    /// Its name in the policy.
    pub name: &'a str,
    /// What people read.
    pub label: Text,
    /// The clause that sets it.
    pub clause: Option<&'a str>,
    /// How long it should take at most.
    pub limit: Limit,
    /// The share that should keep it, 0 to 1.
    pub wanted: f64,
    /// The cases measured.
    pub counted: Counted<'a>,
    /// Those within the limit.
    pub within: Counted<'a>,
    /// Those beyond it.
    pub beyond: Counted<'a>,
    /// Those whose limit is in working time and needs a year that the calendar lacks; not in the share.
    pub unknown: Counted<'a>,
}

impl TargetFigures<'_> {
    /// Within the limit, of those within or beyond it; `None` of nothing.
    pub(crate) fn share(&self) -> Option<f64> {
        share(self.within.n(), self.within.n() + self.beyond.n())
    }

    /// Whether the objective was reached; `None` if nothing was measured.
    pub(crate) fn kept(&self) -> Option<bool> {
        self.share().map(|share| share >= self.wanted)
    }

    /// The figures.
    pub(crate) fn table(&self) -> Figures<'_> {
        Figures::new()
            .called(self.label.clone())
            .word("name", self.name)
            .word("clause", self.clause)
            .word("limit", self.limit.to_string())
            .figure(
                Figure::count("n", self.counted.n())
                    .called("measured", "件数")
                    .head("n", "件数")
                    .means("Cases measured against the target in the period.", "期内按该目标衡量的件数。"),
            )
            .figure(
                Figure::counted("within", &self.within)
                    .called("within the limit", "达标")
                    .head("kept it", "达标")
                    .means("Those that took no longer than the target's limit.", "其中不超过目标时限的件数。"),
            )
            .figure(
                Figure::counted("beyond", &self.beyond)
                    .called("beyond it", "未达标")
                    .means("Those that took longer.", "其中超过目标时限的件数。"),
            )
            .figure(Figure::counted("unknown", &self.unknown).called("not measured", "无法衡量").means(
                "Those whose limit is in working time and needs a year that the calendar lacks; they are not in the share.",
                "时限按工作时间计算、而日历缺少所需年份的件数，不计入达标率。",
            ))
            .figure(
                Figure::share("share", self.share())
                    .called("share", "达标率")
                    .means("Cases within the limit, as a share of those within it or beyond it.", "达标件数在达标与未达标件数中的占比。")
                    .clause("S3.2.1"),
            )
            .figure(
                Figure::share("target", Some(self.wanted))
                    .called("target", "目标")
                    .means("The share that the shop wants to reach.", "制度要求的最低达标率。"),
            )
            .word("kept", self.kept())
    }
}

/// Every objective of the rules up to the horizon, in the order of the newest rules; also objectives without a case.
pub(crate) fn target_figures<'a>(view: &View<'a>, period: &Period) -> Vec<TargetFigures<'a>> {
    let mut figures: Vec<TargetFigures<'a>> = Vec::new();
    let today = view.book.shop.day(view.horizon.last_instant());
    let so_far: Vec<_> = view.book.all().filter(|(from, _)| from.is_none_or(|from| from <= today)).collect();
    for target in so_far.iter().rev().flat_map(|(_, rules)| &rules.targets) {
        if figures.iter().all(|figure| figure.name != target.name) {
            figures.push(none(target));
        }
    }
    for case in &view.cases {
        let rules = view.book.rules(case.replay.case);
        for figure in &mut figures {
            if let Some(target) = rules.target(figure.name) {
                measure(figure, target, case, view, period);
            }
        }
    }
    figures
}

fn none(target: &Target) -> TargetFigures<'_> {
    TargetFigures {
        name: &target.name,
        label: target.label.clone(),
        clause: target.clause.as_deref(),
        limit: target.within,
        wanted: target.share,
        counted: Counted::default(),
        within: Counted::default(),
        beyond: Counted::default(),
        unknown: Counted::default(),
    }
}

fn measure<'a>(
    figure: &mut TargetFigures<'a>,
    target: &Target,
    case: &Viewed<'a>,
    view: &View<'a>,
    period: &Period,
) {
    let Some((from, step)) = stretch(target, case) else { return };
    if !period.holds(step.at) || !target.when.fits(&step.state) {
        return;
    }
    figure.counted.add(case.id());
    let calendar = target.calendar.and_then(|at| view.book.calendars.get(at));
    let terms = Terms { zone: &view.book.shop.zone, calendar };
    match target.within.due(from, &Pauses::none(), terms) {
        Ok(Due::At(due)) if step.at <= due => figure.within.add(case.id()),
        Ok(Due::At(_)) => figure.beyond.add(case.id()),
        Ok(Due::Unknown) | Err(_) => figure.unknown.add(case.id()),
    }
}

/// The begin of the time, and the event that ends it.
fn stretch<'v, 'a>(target: &Target, case: &'v Viewed<'a>) -> Option<(Timestamp, &'v Step<'a>)> {
    let steps = &case.replay.steps;
    let begin = steps.iter().position(|step| target.from.fits(step.event))?;
    let from = steps[begin].at;
    let end = match target.to {
        Trigger::Event(EventName::Resolved) => resolution(case).filter(|step| step.at >= from),
        _ => steps[begin..].iter().find(|step| target.to.fits(step.event)),
    };
    Some((from, end?))
}
