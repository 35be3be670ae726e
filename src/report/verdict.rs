use std::collections::BTreeSet;

use super::figure::{Figure, Figures};
use super::overdue::Late;
use super::period::Period;
use super::{Counted, Department, Dissatisfied, Recurring, say};
use crate::case::{EventName, Id};
use crate::lang::Text;
use crate::policy::RuleBook;
use crate::view::{View, Viewed};

/// How a department did by a rule, and, as the worst of these, in the quarter (S0.8.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Grade {
    /// As it should be.
    Kept,
    /// To be watched.
    Watch,
    /// Not as it should be.
    Missed,
}

/// What a verdict goes by.
///
/// | rule | missed | watch | kept | no word |
/// | --- | --- | --- | --- | --- |
/// | limits | less than 90 % kept, and no more than in the period before | some missed | all kept | none decided |
/// | overdue | something is overdue at the end | | | nothing is |
/// | satisfaction | less than 80 % satisfied, and no more than in the period before | somebody was not | all were | nobody was reached |
/// | returned | | it returned a hand-over | | it returned none |
/// | recurring | | a cause found in its cases recurs, and no improvement is linked to it | | none does |
///
/// The two shares are this product's own figures: no rule book names any.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rule {
    /// Limits kept, of those decided.
    Limits,
    /// What is overdue at the end.
    Overdue,
    /// Customers satisfied, of those reached.
    Satisfaction,
    /// Hand-overs returned to the hub.
    Returned,
    /// Recurring causes without an improvement.
    Recurring,
}

const LIMITS_AT_LEAST: f64 = 0.9;
const SATISFIED_AT_LEAST: f64 = 0.8;

/// What a rule found.
#[derive(Debug, Clone)]
pub(crate) struct Ground<'a> {
    /// The rule.
    pub rule: Rule,
    /// What it says.
    pub grade: Grade,
    /// The limits decided or the customers reached; of the other rules, how many count against the department.
    pub n: usize,
    /// Kept or satisfied of these, 0 to 1; of the first and the third rule.
    pub share: Option<f64>,
    /// The same in the period before.
    pub before: Option<f64>,
    /// The cases that count against the department.
    pub cases: Counted<'a>,
}

impl Ground<'_> {
    /// The figures.
    pub(crate) fn table(&self) -> Figures<'_> {
        Figures::new()
            .called(self.rule.label())
            .word("key", self.rule.word())
            .word("grade", self.grade.word())
            .figure(Figure::count("n", self.n).called("n", "件数").means(
                "How many the rule looked at: limits decided, customers reached; for the other rules, how many count against the department.",
                "该项审核的基数：已判定的时限、联系上的客户；其余各项为不利于该部门的件数。",
            ))
            .figure(
                Figure::share("share", self.share)
                    .called("share", "占比")
                    .means("Kept or satisfied of these, where the rule goes by a share.", "其中按时或满意的占比（仅限按占比审核的项目）。"),
            )
            .figure(
                Figure::share("before", self.before)
                    .called("before", "上期")
                    .means("The same share in the period before.", "上一期间的同一占比。"),
            )
            .cases_of(&self.cases)
    }
}

/// The audit of a department: what is fed back to it.
#[derive(Debug, Clone)]
pub(crate) struct Verdict<'a> {
    /// The worst of the grounds; `None` where no rule had anything to judge.
    pub grade: Option<Grade>,
    /// What each rule found that had anything to judge.
    pub grounds: Vec<Ground<'a>>,
    /// Its cases past their due at the end.
    pub overdue: Vec<Late<'a>>,
    /// The customers who were not satisfied.
    pub dissatisfied: Vec<Dissatisfied<'a>>,
    /// Recurring causes that were found in its cases, without an improvement.
    pub recurring: Vec<Recurring<'a>>,
}

impl Grade {
    /// The word that programs read.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Grade::Kept => "kept",
            Grade::Watch => "watch",
            Grade::Missed => "missed",
        }
    }

    /// The grade of a share that should be at least so much; never worse than watch if it rose.
    fn of(share: f64, least: f64, before: Option<f64>) -> Grade {
        let rose = before.is_some_and(|before| share > before);
        match share {
            1.0.. => Grade::Kept,
            share if share >= least || rose => Grade::Watch,
            _ => Grade::Missed,
        }
    }
}

impl Rule {
    /// What people call it.
    pub(crate) fn label(self) -> Text {
        match self {
            Rule::Limits => say::rule_limits(),
            Rule::Overdue => say::rule_overdue(),
            Rule::Satisfaction => say::rule_satisfaction(),
            Rule::Returned => say::rule_returned(),
            Rule::Recurring => say::rule_recurring(),
        }
    }

    /// The word that programs read.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Rule::Limits => "limits",
            Rule::Overdue => "overdue",
            Rule::Satisfaction => "satisfaction",
            Rule::Returned => "returned",
            Rule::Recurring => "recurring",
        }
    }
}

impl<'a> Verdict<'a> {
    /// Judges a department; `before` is the same one in the period before, `late` what is overdue in the whole shop
    /// and `recurring` what recurs in it.
    pub(crate) fn of(
        view: &View<'a>,
        period: &Period,
        department: &Department<'a>,
        before: Option<&Department<'a>>,
        late: &[Late<'a>],
        recurring: &[Recurring<'a>],
    ) -> Verdict<'a> {
        let mut verdict = Verdict {
            grade: None,
            grounds: Vec::new(),
            overdue: late.iter().filter(|late| late.department == department.key()).cloned().collect(),
            dissatisfied: Dissatisfied::all(view, period)
                .into_iter()
                .filter(|one| one.department == department.key())
                .collect(),
            recurring: unanswered(view, department.key(), recurring),
        };
        verdict.judge(department, before);
        verdict.grade = verdict.grounds.iter().map(|ground| ground.grade).max();
        verdict
    }

    fn judge(&mut self, department: &Department<'a>, before: Option<&Department<'a>>) {
        if let Some(share) = department.share() {
            let before = before.and_then(Department::share);
            let mut cases = Counted::default();
            department.group.clocks.iter().for_each(|clock| cases.extend(&clock.missed));
            let grade = Grade::of(share, LIMITS_AT_LEAST, before);
            let n = department.group.decided();
            self.grounds.push(Ground { rule: Rule::Limits, grade, n, share: Some(share), before, cases });
        }
        self.count(Rule::Overdue, Grade::Missed, self.overdue.iter().map(|late| late.id).collect());
        if let Some(share) = department.group.satisfaction.share() {
            let before = before.and_then(|before| before.group.satisfaction.share());
            let cases = self.dissatisfied.iter().map(|one| one.id).collect();
            let grade = Grade::of(share, SATISFIED_AT_LEAST, before);
            let n = department.group.satisfaction.reached.n();
            self.grounds.push(Ground {
                rule: Rule::Satisfaction,
                grade,
                n,
                share: Some(share),
                before,
                cases,
            });
        }
        self.count(Rule::Returned, Grade::Watch, department.returned.clone());
        let mut cases = Counted::default();
        self.recurring.iter().for_each(|one| cases.extend(&one.cases));
        let n = self.recurring.len();
        self.count(Rule::Recurring, Grade::Watch, cases);
        for ground in self.grounds.iter_mut().filter(|ground| ground.rule == Rule::Recurring) {
            ground.n = n;
        }
    }

    /// Adds the finding of a rule that counts, if it counted any.
    fn count(&mut self, rule: Rule, grade: Grade, cases: Counted<'a>) {
        if cases.n() > 0 {
            self.grounds.push(Ground { rule, grade, n: cases.n(), share: None, before: None, cases });
        }
    }

    /// What a rule found, where it had anything to judge.
    pub(crate) fn ground(&self, rule: Rule) -> Option<&Ground<'a>> {
        self.grounds.iter().find(|ground| ground.rule == rule)
    }

    /// The figures, to be added to the department's.
    pub(crate) fn table(&self, book: &RuleBook) -> Figures<'_> {
        let dissatisfied = self.dissatisfied.iter().map(|one| {
            Figures::new().word("id", one.id.as_str()).word("score", one.score).word("note", one.note)
        });
        Figures::new()
            .word("verdict", self.grade.map(Grade::word))
            .rows("grounds", say::grounds(), self.grounds.iter().map(Ground::table))
            .rows("overdue", say::overdue(), self.overdue.iter().map(|late| late.table(book)))
            .rows("dissatisfied", say::dissatisfied(), dissatisfied)
            .rows("recurring", say::recurring(), self.recurring.iter().map(Recurring::table))
    }
}

/// The recurring causes without an improvement that were found in a case while the department had it.
fn unanswered<'a>(view: &View<'a>, key: Option<&str>, recurring: &[Recurring<'a>]) -> Vec<Recurring<'a>> {
    let here = view.cases.iter().filter(|case| diagnosed_by(case, key));
    let here: BTreeSet<&Id> = here.map(Viewed::id).collect();
    let open = recurring.iter().filter(|one| one.improvements.is_empty());
    open.filter(|one| one.cases.cases().iter().any(|id| here.contains(id))).cloned().collect()
}

/// Whether a department had the case when its cause was found last.
fn diagnosed_by(case: &Viewed<'_>, department: Option<&str>) -> bool {
    let mut steps = case.replay.steps.iter().rev();
    let diagnosis = steps.find(|step| step.event.name == EventName::Diagnosed);
    diagnosis.is_some_and(|step| step.state.department == department)
}
