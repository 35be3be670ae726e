//! Staff appraisal, each month and each year (S4.9): what each person was given, and how it was handled.
//!
//! Every event counts for the person who was the owner at that time. Of attitude and ability, only this is measured:
//! the customers' scores, praise, and complaints about attitude.

use std::collections::{BTreeMap, BTreeSet};

use super::appraisal::{Appraisal, MainFigures, Whose, praised};
use super::attitude::Attitude;
use super::figure::Figures;
use super::period::Period;
use super::say;
use crate::case::{EventName, Names};
use crate::policy::RuleBook;
use crate::view::{View, Viewed};

/// The figures of a period, person by person.
pub(crate) struct People<'a> {
    /// Which.
    pub period: Period,
    /// Everybody who had anything to do, by key.
    pub rows: Vec<(&'a str, Appraisal<'a>)>,
    /// What happened to cases while they had no owner.
    pub nobody: Appraisal<'a>,
    /// All together.
    pub all: Appraisal<'a>,
    /// The people of `fb.toml` who had nothing to do.
    pub idle: Vec<&'a str>,
    /// Complaints about attitude, also those that name no person.
    pub attitude: Attitude<'a>,
    /// The months of a longer period, each as of its own end, with the people who had something to do in it.
    pub months: Vec<(Period, BTreeMap<&'a str, MainFigures<'a>>)>,
}

impl<'a> People<'a> {
    /// The figures of a period; `months` are its months with the views as of their ends.
    pub(crate) fn of(view: &View<'a>, period: &Period, months: &[(Period, View<'a>)]) -> People<'a> {
        let cases = by_person(view);
        let owners: BTreeSet<&'a str> = cases.keys().copied().collect();
        let attitude = Attitude::of(view, period, &owners);
        let staff: BTreeSet<&'a str> = view.book.shop.people.keys().map(String::as_str).collect();
        let mut rows: Vec<(&'a str, Appraisal<'a>)> = Vec::new();
        for key in owners.union(&staff).copied() {
            let theirs = only(view, cases.get(key));
            let mut person = Appraisal::of(&theirs, period, Whose::Person(key));
            person.department =
                view.book.shop.people.get(key).and_then(|person| person.department.as_deref());
            person.attitude = attitude.people.get(key).cloned().unwrap_or_default();
            rows.push((key, person));
        }
        let (rows, idle): (Vec<_>, Vec<_>) = rows.into_iter().partition(|(_, person)| !person.is_empty());
        let mut all = Appraisal::of(view, period, Whose::Everybody);
        all.attitude = attitude.all();
        People {
            period: period.clone(),
            rows,
            nobody: Appraisal::of(view, period, Whose::Nobody),
            all,
            idle: idle.into_iter().map(|(key, _)| key).filter(|key| staff.contains(key)).collect(),
            attitude,
            months: months.iter().map(|(month, view)| (month.clone(), main_figures(view, month))).collect(),
        }
    }

    /// The report.
    pub(crate) fn table<'f>(&'f self, book: &RuleBook) -> Figures<'f> {
        let people = self.rows.iter().map(|(key, person)| named(key, book).and(person.table()));
        let mut months = Vec::new();
        for (period, people) in &self.months {
            let people = people.iter().map(|(key, figures)| named(key, book).and(figures.table()));
            let month = Figures::new().called(period.name()).word("key", period.label.as_str());
            months.push(month.rows("people", say::people(), people));
        }
        Figures::new()
            .rows("people", say::people(), people)
            .table("nobody", self.nobody.table().called(say::nobody()))
            .table("all", self.all.table().called(say::everybody()))
            .word("idle", self.idle.clone())
            .table("attitude", self.attitude.table(book))
            .rows("months", say::months(), months)
    }
}

/// The row of a person, without figures.
fn named<'f>(key: &'f str, book: &RuleBook) -> Figures<'f> {
    Figures::new().called(book.shop.names.label(Names::People, key)).word("key", key)
}

/// The cases that each person ever owned, or was praised in.
fn by_person<'v, 'a>(view: &'v View<'a>) -> BTreeMap<&'a str, Vec<&'v Viewed<'a>>> {
    let mut found: BTreeMap<&'a str, Vec<&'v Viewed<'a>>> = BTreeMap::new();
    for case in &view.cases {
        let mut people: BTreeSet<&'a str> = BTreeSet::new();
        for step in &case.replay.steps {
            people.extend(step.state.owner);
            if step.event.name == EventName::Forwarded {
                people.extend(praised(step.event));
            }
        }
        people.into_iter().for_each(|person| found.entry(person).or_default().push(case));
    }
    found
}

/// The same view of one person's cases. Their figures need no other case, so a large staff does not cost as many walks
/// over the whole ledger.
fn only<'a>(view: &View<'a>, cases: Option<&Vec<&Viewed<'a>>>) -> View<'a> {
    let cases = cases.into_iter().flatten().map(|case| (*case).clone()).collect();
    View { book: view.book, horizon: view.horizon, cases, part: true }
}

fn main_figures<'a>(view: &View<'a>, month: &Period) -> BTreeMap<&'a str, MainFigures<'a>> {
    let mut found = BTreeMap::new();
    for (key, cases) in by_person(view) {
        let main = MainFigures::of(&only(view, Some(&cases)), month, Whose::Person(key));
        let counted = [&main.handled, &main.rate.complaints, &main.satisfaction.made];
        if counted.iter().any(|hits| hits.n() > 0) {
            found.insert(key, main);
        }
    }
    found
}

#[cfg(test)]
mod tests;
