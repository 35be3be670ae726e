//! `policy/*.toml`: one rule book, valid from a certain day on.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use jiff::civil::Date;

use super::need::{Need, arrives};
use super::target::Target;
use super::when::When;
use crate::case::{Event, Kind, Money, Status, Step};
use crate::clock::{Limit, Terms, Trigger};
use crate::lang::Text;

/// A rule book.
#[derive(Debug, Clone, Default)]
pub struct Rules {
    /// Its file, from the ledger's root.
    pub path: PathBuf,
    /// The name of the rule book.
    pub title: Text,
    /// How its rules are read: 1 if the file does not say it. Since 2, the needs of a status hold for every event that leads
    /// there, and a remedy is carried out as it was approved; what a history of edition 1 lacks of that is a warning.
    pub edition: u32,
    /// The day on which the rules are due for review.
    pub review: Option<Date>,
    /// The line of `review`.
    pub review_line: usize,
    /// Its clauses in their own words, and what carries out each of them.
    pub clauses: Vec<Clause>,
    /// Time limits in the order of the file: of those with one name the first that matches applies. The last two are those
    /// of waits and hand-overs, [`WAITING`] and [`HANDOVER`], even if the file does not mention them.
    pub clocks: Vec<Clock>,
    /// Objectives over many cases, in the order of the file.
    pub targets: Vec<Target>,
    /// What must have happened before an event.
    pub needs: Vec<Need>,
    /// Who must approve a remedy.
    pub approval: BTreeMap<Kind, Approval>,
    /// Where an escalation leads.
    pub escalation: Escalation,
    /// How long nothing may happen while no clock runs.
    pub stalled: StalledAfter,
    /// Steps other than events, with their display names.
    pub milestones: Vec<Milestone>,
}

/// A clause of the written rule book.
#[derive(Debug, Clone)]
pub struct Clause {
    /// Its code, such as `S0.5.1`.
    pub code: String,
    /// What it says.
    pub text: Text,
    /// What carries it out: `clock contact`, `report monthly`, ...
    pub by: Vec<String>,
}

/// A time limit for a class of cases.
#[derive(Debug, Clone)]
pub struct Clock {
    /// Rules of one name are one clock.
    pub name: String,
    /// The display name.
    pub label: Text,
    /// The clause that sets it.
    pub clause: Option<String>,
    /// The line in the policy's file; `None` for waits and hand-overs if the file does not mention them.
    pub line: Option<usize>,
    /// The cases that it is for.
    pub when: When,
    /// What starts it.
    pub start: Vec<Trigger>,
    /// What ends it in time.
    pub stop: Vec<Trigger>,
    /// How long it may run; `None` if only an event that names the due itself starts it.
    pub within: Option<Limit>,
    /// Whether the event that starts it may name the due itself.
    pub stated: bool,
    /// The share of the limit that is used up when it warns, 0 to 1.
    pub warn: f64,
    /// Whether `resolved`, `closed` and `rejected` mean the status, by whichever event the case gets there (since edition
    /// 2 of the rules), and not the event alone.
    pub by_status: bool,
    /// Whichever event takes the case out of this status ends it as well.
    pub leaving: Option<Status>,
    /// The statuses in which it is paused.
    pub pause: Vec<Status>,
    /// The calendar of working units, by its index in the book.
    pub calendar: Option<usize>,
}

/// Who must approve a remedy before it is carried out.
#[derive(Debug, Clone)]
pub struct Approval {
    /// Every one of these roles.
    pub roles: Vec<String>,
    /// How much more than approved a remedy may cost: a share of it.
    pub tolerance: f64,
    /// Every role is given by another person.
    pub distinct: bool,
    /// The clause that requires it.
    pub clause: Option<String>,
}

impl Default for Approval {
    fn default() -> Approval {
        Approval { roles: Vec::new(), tolerance: 0.0, distinct: true, clause: None }
    }
}

/// The levels of escalation above the agent.
#[derive(Debug, Clone)]
pub struct Escalation {
    /// From the lowest to the highest; a case begins at the lowest.
    pub levels: Vec<String>,
    /// The level of an urgent case after its triage.
    pub urgent: Option<String>,
    /// The clause for this.
    pub clause: Option<String>,
}

/// How long nothing may happen to an open case on which no clock runs. Calendar time, which needs no calendar: nothing may
/// lie because a year is missing.
#[derive(Debug, Clone)]
pub struct StalledAfter {
    /// In every status without a limit of its own.
    pub after: Limit,
    /// In these statuses.
    pub of: BTreeMap<Status, Limit>,
    /// The line in the policy's file; `None` if the file does not mention it.
    pub line: Option<usize>,
    /// The clause for this.
    pub clause: Option<String>,
}

impl Default for StalledAfter {
    fn default() -> StalledAfter {
        StalledAfter { after: Limit::Days(14), of: BTreeMap::new(), line: None, clause: None }
    }
}

impl StalledAfter {
    /// The limit in a status.
    pub(crate) fn limit(&self, status: Status) -> Limit {
        self.of.get(&status).copied().unwrap_or(self.after)
    }
}

/// A step of the policy that is not an event.
#[derive(Debug, Clone)]
pub struct Milestone {
    /// The name in files.
    pub name: String,
    /// The display name.
    pub label: Text,
    /// It is said of a proposal, so that a new one needs it again.
    pub of_proposal: bool,
    /// The clause that names it.
    pub clause: Option<String>,
}

/// The clock of the deadlines that hand-overs name: every `assigned` with a `due` starts it again.
pub(crate) const HANDOVER: &str = "handover";

/// The clock of a case that waits for the customer: every `waiting` starts it again.
pub(crate) const WAITING: &str = "waiting";

/// Whether every policy has the clock of this name, because an event may name its due.
pub(crate) fn is_stated(clock: &str) -> bool {
    [WAITING, HANDOVER].contains(&clock)
}

/// Outside the shop: a platform, an authority, a court. Always a level.
pub(crate) const EXTERNAL: &str = "external";

impl Default for Escalation {
    fn default() -> Escalation {
        Escalation {
            levels: ["agent", "supervisor", "manager"].map(str::to_owned).to_vec(),
            urgent: None,
            clause: None,
        }
    }
}

impl Escalation {
    /// The level above `present`; the highest stays.
    pub(crate) fn above(&self, present: Option<&str>) -> &str {
        let at = present.and_then(|level| self.levels.iter().position(|known| known == level)).unwrap_or(0);
        self.levels.get(at + 1).or(self.levels.last()).map_or(EXTERNAL, String::as_str)
    }

    /// Whether a case can be escalated to this level.
    pub(crate) fn knows(&self, level: &str) -> bool {
        level == EXTERNAL || self.levels.iter().any(|known| known == level)
    }
}

impl Clock {
    /// Whether a step starts it: without its own limit, only an event that names the due.
    pub(crate) fn starts(&self, step: &Step<'_>) -> bool {
        (self.within.is_some() || self.states_due(step.event)) && self.fits(&self.start, step)
    }

    /// Whether a step ends it in time.
    pub(crate) fn stops(&self, step: &Step<'_>) -> bool {
        self.fits(&self.stop, step)
            || self.leaving.is_some_and(|status| step.from == status && step.state.status != status)
    }

    fn states_due(&self, event: &Event) -> bool {
        self.stated && (event.due().is_some() || event.until().is_some())
    }

    /// The due that the event that starts it names.
    pub(crate) fn stated_due(&self, event: &Event, terms: Terms<'_>) -> Option<Timestamp> {
        if !self.stated {
            return None;
        }
        event.due().or_else(|| event.until().map(|last| terms.midnight_after(last, 0)))
    }

    fn fits(&self, triggers: &[Trigger], step: &Step<'_>) -> bool {
        triggers.iter().any(|trigger| {
            trigger.fits(step.event)
                || self.by_status
                    && trigger
                        .status()
                        .is_some_and(|to| arrives(step.event, step.from, step.state.status, to))
        })
    }
}

impl Rules {
    /// The roles that must approve a remedy for this kind of case.
    pub(crate) fn approvers(&self, kind: Kind) -> &[String] {
        self.approval.get(&kind).map_or(&[], |approval| &approval.roles)
    }

    /// The most that a remedy may cost of which this was approved.
    pub(crate) fn most_cost(&self, kind: Kind, approved: Money) -> Money {
        let tolerance = self.approval.get(&kind).map_or(0.0, |approval| approval.tolerance);
        // Hundredths of a currency; a share of an amount that somebody typed in is far below what f64 holds exactly
        Money(approved.0 + (approved.0 as f64 * tolerance).floor() as i64)
    }

    /// The milestone of this name.
    pub(crate) fn milestone(&self, name: &str) -> Option<&Milestone> {
        self.milestones.iter().find(|milestone| milestone.name == name)
    }

    /// The names of the clocks, each once, in the order of the file.
    pub(crate) fn clock_names(&self) -> Vec<&str> {
        let mut seen = BTreeSet::new();
        self.clocks.iter().map(|clock| clock.name.as_str()).filter(|name| seen.insert(*name)).collect()
    }

    /// The clocks of each name, in the order of the file.
    pub(crate) fn clocks_by_name(&self) -> Vec<Vec<&Clock>> {
        let mut places: HashMap<&str, usize> = HashMap::with_capacity(self.clocks.len());
        let mut all: Vec<Vec<&Clock>> = Vec::new();
        for clock in &self.clocks {
            let place = *places.entry(&clock.name).or_insert(all.len());
            match all.get_mut(place) {
                Some(named) => named.push(clock),
                None => all.push(vec![clock]),
            }
        }
        all
    }

    /// The target of this name.
    pub(crate) fn target(&self, name: &str) -> Option<&Target> {
        self.targets.iter().find(|target| target.name == name)
    }

    /// The display name of each clock: of the rules of one name, the first one's.
    pub(crate) fn clock_labels(&self) -> HashMap<&str, &Text> {
        let labels = self.clocks.iter().rev();
        labels.map(|clock| (clock.name.as_str(), &clock.label)).collect()
    }

    /// The display name of one clock.
    pub(crate) fn clock_label(&self, name: &str) -> Text {
        let known = self.clocks.iter().find(|clock| clock.name == name);
        known.map_or_else(|| Text::same(name), |clock| clock.label.clone())
    }

    /// Its file, for messages.
    pub(crate) fn file(&self) -> &Path {
        &self.path
    }
}
