use super::clocks::{ClockFigures, all_clocks, clock_figures_among, decided};
use super::figure::{Figure, Figures};
use super::outcome::Satisfaction;
use super::period::Period;
use super::times::{Measured, Times, resolution};
use super::{Counted, say, share};
use crate::case::{EventName, Field, Kind, State, Status, Value as Payload};
use crate::view::View;

/// Whose figures: each event counts for the person who was the owner at that time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Whose<'a> {
    /// One person's.
    Person(&'a str),
    /// Of cases without an owner.
    Nobody,
    /// All together.
    Everybody,
}

impl Whose<'_> {
    fn is(self, owner: Option<&str>) -> bool {
        match self {
            Whose::Person(key) => owner == Some(key),
            Whose::Nobody => owner.is_none(),
            Whose::Everybody => true,
        }
    }
}

/// 投诉处理率 (S4.9): of the complaints that a person owned in a period, those that were handled.
///
/// A complaint **counts** for a person if at the start of the period, or after any of its events in the period, it
/// was neither resolved nor ended and the person was its owner. It **is handled** if at the report's moment it is
/// resolved or ended. It does not matter who resolved it: a complaint that was passed on and then resolved is handled
/// for both owners. A complaint that is void counts for nobody. Without a complaint there is no rate.
#[derive(Debug, Clone, Default)]
pub(crate) struct HandlingRate<'a> {
    /// The complaints that they owned.
    pub complaints: Counted<'a>,
    /// Those of them that are handled.
    pub handled: Counted<'a>,
}

/// Whether there is still something to do before the customer can be told that it is done.
fn pending(state: &State<'_>) -> bool {
    !state.status.terminal() && state.status != Status::Resolved
}

impl<'a> HandlingRate<'a> {
    fn of(view: &View<'a>, period: &Period, whose: Whose<'a>) -> HandlingRate<'a> {
        let mut rate = HandlingRate::default();
        let complaints = view.cases.iter().filter(|case| case.replay.case.kind == Kind::Complaint);
        for case in complaints.filter(|case| !case.is_void()) {
            let now = case.replay.steps.iter().filter(|step| period.holds(step.at)).map(|step| &step.state);
            let mut states = case.before(period.start).into_iter().chain(now);
            if states.any(|state| pending(state) && whose.is(state.owner)) {
                rate.complaints.add(case.id());
                if !pending(case.replay.state()) {
                    rate.handled.add(case.id());
                }
            }
        }
        rate
    }

    /// Handled, of those that they owned; `None` of none.
    pub(crate) fn share(&self) -> Option<f64> {
        share(self.handled.n(), self.complaints.n())
    }

    /// The figures.
    pub(crate) fn table(&self) -> Figures<'_> {
        Figures::new()
            .called(say::handling_rate())
            .figure(Figure::counted("complaints", &self.complaints).called("complaints", "投诉").means(
                "Complaints that the person owned at some time in the period while they were not yet resolved.",
                "期初或期内任一时点由其负责、且尚未办结的投诉件数。",
            ))
            .figure(Figure::counted("handled", &self.handled).called("handled", "已处理").means(
                "Those of them that are resolved or ended at the end, even if somebody else resolved them.",
                "其中期末已办结或已结束的件数，无论由谁办结。",
            ))
            .figure(
                Figure::share("share", self.share())
                    .called("handling rate", "投诉处理率")
                    .head("rate", "处理率")
                    .means(
                        "Complaints handled, as a share of those that the person owned. Example: Li Na passes a complaint on to Zhang Wei, who resolves it; it counts as handled for both.",
                        "已处理的投诉在经手投诉中的占比；例如李娜把投诉转给张伟、由张伟办结，两人各计一件已处理。",
                    )
                    .clause("S4.9"),
            )
    }
}

/// The figures that are side by side for the months of a year.
#[derive(Debug, Clone, Default)]
pub(crate) struct MainFigures<'a> {
    /// Cases resolved in the period, by their last `resolved`.
    pub handled: Counted<'a>,
    /// Of complaints.
    pub rate: HandlingRate<'a>,
    /// What their customers said.
    pub satisfaction: Satisfaction<'a>,
}

impl<'a> MainFigures<'a> {
    pub(super) fn of(view: &View<'a>, period: &Period, whose: Whose<'a>) -> MainFigures<'a> {
        let mut handled = Counted::default();
        for case in &view.cases {
            if resolution(case).is_some_and(|step| period.holds(step.at) && whose.is(step.state.owner)) {
                handled.add(case.id());
            }
        }
        MainFigures {
            handled,
            rate: HandlingRate::of(view, period, whose),
            satisfaction: Satisfaction::among(view, period, |step| whose.is(step.state.owner)),
        }
    }

    /// The figures.
    pub(crate) fn table(&self) -> Figures<'_> {
        Figures::new()
            .table("handled", Figures::new().figure(handled("n", &self.handled)))
            .table("handling_rate", self.rate.table())
            .table("satisfaction", self.satisfaction.table())
    }
}

/// What one person did in a period (S4.9).
#[derive(Debug, Clone, Default)]
pub(crate) struct Appraisal<'a> {
    /// Where they work, as `fb.toml` says.
    pub department: Option<&'a str>,
    /// Events that made them the owner of a case.
    pub handed: Counted<'a>,
    /// Cases handled, the rate of complaints, satisfaction.
    pub main: MainFigures<'a>,
    /// Handling times of what they handled.
    pub times: Times<'a>,
    /// Limits decided while they were the owner.
    pub clocks: Vec<ClockFigures<'a>>,
    /// Escalations of their cases.
    pub escalated: Counted<'a>,
    /// Their cases that went back to the hub.
    pub returned: Counted<'a>,
    /// Their ended cases that were taken up again.
    pub reopened: Counted<'a>,
    /// Praise that was passed on to them.
    pub praise: Counted<'a>,
    /// Complaints about attitude that name them as responsible.
    pub attitude: Counted<'a>,
    /// Not ended at the horizon.
    pub open: Counted<'a>,
}

impl<'a> Appraisal<'a> {
    pub(super) fn of(view: &View<'a>, period: &Period, whose: Whose<'a>) -> Appraisal<'a> {
        let mut found = Appraisal {
            main: MainFigures::of(view, period, whose),
            times: Times::among(view, period, |step| whose.is(step.state.owner)),
            clocks: clock_figures_among(view, period, |case, clock| {
                whose.is(case.replay.steps[clock.step].state.owner)
            }),
            ..Appraisal::default()
        };
        if whose == Whose::Nobody {
            // Every case has no owner when it comes in, so this rate would say nothing.
            found.main.rate = HandlingRate::default();
        }
        found.count(view, period, whose);
        found
    }

    fn count(&mut self, view: &View<'a>, period: &Period, whose: Whose<'a>) {
        for case in &view.cases {
            let id = case.id();
            let mut before = None;
            for step in &case.replay.steps {
                let owner = step.state.owner;
                if period.holds(step.at) {
                    if owner.is_some() && owner != before && whose.is(owner) {
                        self.handed.add(id);
                    }
                    if step.reopens() && whose.is(owner) {
                        self.reopened.add(id);
                    }
                    match step.event.name {
                        EventName::Escalated if whose.is(owner) => self.escalated.add(id),
                        EventName::Returned if whose.is(before) => self.returned.add(id),
                        EventName::Forwarded => {
                            let praised = praised(step.event).filter(|person| whose.is(Some(person)));
                            praised.for_each(|_| self.praise.add(id));
                        }
                        _ => {}
                    }
                }
                before = owner;
            }
            let state = case.replay.state();
            if !state.status.terminal() && whose.is(state.owner) {
                self.open.add(id);
            }
        }
    }

    /// Whether nothing is counted.
    pub(crate) fn is_empty(&self) -> bool {
        let counted = [
            &self.handed,
            &self.main.handled,
            &self.main.rate.complaints,
            &self.main.satisfaction.made,
            &self.escalated,
            &self.returned,
            &self.reopened,
            &self.praise,
            &self.attitude,
            &self.open,
        ];
        counted.iter().all(|hits| hits.n() == 0) && decided(&self.clocks) == 0
    }

    /// The figures.
    pub(crate) fn table(&self) -> Figures<'_> {
        let decided_clocks = self.clocks.iter().filter(|clock| clock.decided() > 0);
        Figures::new()
            .figure(
                Figure::counted("handed", &self.handed)
                    .called("handed", "派入")
                    .means(
                        "How often the person became the owner of a case in the period.",
                        "期内成为负责人的次数。",
                    )
                    .clause("S4.9"),
            )
            .figure(handled("handled", &self.main.handled))
            .figure(
                Figure::counted("escalated", &self.escalated)
                    .called("escalated", "升级")
                    .means("How often a case of the person was escalated in the period.", "其负责的案卷升级的次数。"),
            )
            .figure(
                Figure::counted("returned", &self.returned).called("returned", "退回").means(
                    "How often a case of the person was given back to the hub in the period.",
                    "其负责的案卷退回的次数。",
                ),
            )
            .figure(Figure::counted("reopened", &self.reopened).called("reopened", "重新受理").means(
                "How often a case of the person was reopened in the period.",
                "其负责的案卷结束后重新办理的次数。",
            ))
            .figure(
                Figure::counted("praise", &self.praise)
                    .called("praise", "获表扬")
                    .means("How often praise was passed on to the person in the period.", "收到转达表扬的次数。"),
            )
            .figure(Figure::counted("attitude", &self.attitude).called("about attitude", "态度投诉").means(
                "Complaints about attitude (category `service/attitude`) that name the person as responsible.",
                "责任方为该员工的服务态度投诉（类别 service/attitude）件数。",
            ))
            .figure(
                Figure::counted("open", &self.open).called("open", "未结").means(
                    "Cases of the person that are open at the end.",
                    "期末由其负责、尚未结束的件数。",
                ),
            )
            .cases_here()
            .word("department", self.department)
            .table("handling_rate", self.main.rate.table())
            .table("resolution", Measured::named(self.times.resolution.table(), "resolution"))
            .and(all_clocks(&self.clocks))
            .rows("clocks", say::limits(), decided_clocks.map(ClockFigures::table))
            .table("satisfaction", self.main.satisfaction.table())
    }
}

fn handled<'f>(key: &'static str, hits: &'f Counted<'f>) -> Figure<'f> {
    Figure::counted(key, hits).called("resolved", "办结").means(
        "Cases resolved in the period while the person was their owner.",
        "期内办结的件数，计入办结时的负责人。",
    )
}

/// Whom praise was passed on to, each once.
pub(super) fn praised(event: &crate::case::Event) -> impl Iterator<Item = &str> {
    let people = match event.get(Field::To) {
        Some(Payload::List(people)) => people.as_slice(),
        _ => &[],
    };
    let each_once = people.iter().enumerate().filter(|(at, person)| !people[..*at].contains(person));
    each_once.map(|(_, person)| person.as_str())
}
