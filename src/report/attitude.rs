use std::collections::{BTreeMap, BTreeSet};

use super::figure::{Figure, Figures};
use super::period::Period;
use super::{Counted, say};
use crate::case::{EventName, Field, Id, Kind, Names};
use crate::lang::Lang;
use crate::policy::{RuleBook, Shop, category_fits};
use crate::view::View;

/// The category of complaints about how a customer was treated.
const CATEGORY: &str = "service/attitude";

/// Complaints about attitude whose responsible party was found in a period (S4.9), by that party.
///
/// Each complaint counts once, under the party that was named last in the period. The party is free text: it means a
/// person if it is the key, or a name that only one person has in `fb.toml`; a department if it is the key or a label.
#[derive(Debug, Clone, Default)]
pub(crate) struct Attitude<'a> {
    /// They name a person.
    pub people: BTreeMap<&'a str, Counted<'a>>,
    /// They name a department, and no person in it.
    pub departments: BTreeMap<&'a str, Counted<'a>>,
    /// They name somebody else.
    pub others: Counted<'a>,
}

/// Whom the words for a responsible party mean.
enum Party<'a> {
    Person(&'a str),
    Department(&'a str),
    Other,
}

impl<'a> Attitude<'a> {
    /// Counts the complaints; `owners` are those who handled cases, in `fb.toml` or not.
    pub(crate) fn of(view: &View<'a>, period: &Period, owners: &BTreeSet<&'a str>) -> Attitude<'a> {
        let mut found = Attitude::default();
        for (id, words) in blamed(view, period) {
            let hits = match party(&view.book.shop, owners, words) {
                Party::Person(key) => found.people.entry(key).or_default(),
                Party::Department(key) => found.departments.entry(key).or_default(),
                Party::Other => &mut found.others,
            };
            hits.add(id);
        }
        found
    }

    /// All of them.
    pub(crate) fn all(&self) -> Counted<'a> {
        let mut all = self.others.clone();
        self.people.values().chain(self.departments.values()).for_each(|hits| all.extend(hits));
        all
    }

    /// The figures: those that name no person as rows.
    pub(crate) fn table<'f>(&'f self, book: &RuleBook) -> Figures<'f> {
        let mut departments = Vec::new();
        for (key, hits) in &self.departments {
            let label = book.shop.names.label(Names::Departments, key);
            let row = Figures::new().called(label).word("key", *key);
            departments.push(row.figure(about_attitude(hits.clone())).together());
        }
        Figures::new()
            .table("all", Figures::new().called(say::everybody()).figure(about_attitude(self.all())))
            .rows("departments", say::departments(), departments)
            .table(
                "others",
                Figures::new().called(say::other_parties()).figure(about_attitude(self.others.clone())),
            )
    }
}

/// How many complaints about attitude there are.
pub(super) fn about_attitude(hits: Counted<'_>) -> Figure<'_> {
    Figure::all_counted("n", hits).called("about attitude", "态度投诉").means(
        "Complaints about attitude whose responsible party was found in the period; those that name no person are \
         under their department, or under others.",
        "期内查明责任方的服务态度投诉件数；未落实到个人的计入部门，既非员工也非部门的计入其他。",
    )
}

/// The complaints about attitude with the words for their responsible party.
fn blamed<'a>(view: &View<'a>, period: &Period) -> impl Iterator<Item = (&'a Id, &'a str)> {
    let complaints = view.cases.iter().filter(|case| case.replay.case.kind == Kind::Complaint);
    complaints.filter_map(|case| {
        let says = |name| matches!(name, EventName::Diagnosed | EventName::Amended);
        let mut steps = case.replay.steps.iter().rev().filter(|step| period.holds(step.at));
        let step =
            steps.find(|step| says(step.event.name) && step.event.get(Field::Responsible).is_some())?;
        let about = step.state.category.is_some_and(|category| category_fits(CATEGORY, category));
        step.state.responsible.filter(|_| about).map(|words| (case.id(), words))
    })
}

fn party<'a>(shop: &'a Shop, owners: &BTreeSet<&'a str>, words: &str) -> Party<'a> {
    let words = words.trim();
    if let Some((key, _)) = shop.people.get_key_value(words) {
        return Party::Person(key);
    }
    if let Some(key) = owners.get(words) {
        return Party::Person(key);
    }
    let mut named = shop.people.iter().filter(|(_, person)| person.name.as_deref() == Some(words));
    if let (Some((key, _)), None) = (named.next(), named.next()) {
        return Party::Person(key);
    }
    let departments = shop.names.all(Names::Departments);
    let named = departments.iter().find(|(key, label)| {
        key == words || [Lang::En, Lang::Zh].iter().any(|lang| label.to(*lang) == words)
    });
    named.map_or(Party::Other, |(key, _)| Party::Department(key))
}
