use serde_json::{Value, json};

use super::{Heading, parts, words};
use crate::case::Id;
use crate::lang::{Lang, Text};
use crate::policy::Book;
use crate::render::{Cell, Column, Document, Section, Table};
use crate::report::{Difference, Period};

/// What happened to a case that makes figures differ.
#[derive(Debug, Clone)]
pub(crate) struct Because {
    /// The case.
    pub id: Id,
    /// What happened to it, for people.
    pub lines: Vec<Text>,
    /// The same for programs.
    pub changes: Vec<Value>,
}

impl Because {
    /// For programs.
    pub(crate) fn json(&self) -> Value {
        json!({ "id": self.id.as_str(), "changes": self.changes })
    }
}

/// Why figures differ between two revisions, as a page.
pub(crate) fn difference(
    period: &Period,
    (was, is): (&str, &str),
    found: &[Difference],
    rules: &[String],
    because: &[Because],
    heading: &Heading<'_>,
) -> Document {
    let title = words::period_title(heading.book.shop.name.as_str(), period.name());
    let mut page = Document::new(heading.line(title));
    let numbers =
        || found.iter().filter(|it| it.was.as_ref().or(it.is.as_ref()).is_some_and(Value::is_number));
    page = match numbers().count() {
        0 => page.lead(words::no_difference(was, is)),
        n => page.lead(words::differences(n, was, is)),
    };
    if !rules.is_empty() {
        page = page.lead(words::rules_differ(rules.join(", ")));
    }
    if numbers().next().is_some() {
        let mut table = Table::new([
            Column::words("figure", words::figure()),
            Column::numbers("was", Text::same(was)),
            Column::numbers("is", Text::same(is)),
            Column::words("cases", words::more_and_fewer()),
        ]);
        // The figures first, then the same ones again for each value of a dimension.
        for it in numbers().filter(|it| !by(it)).chain(numbers().filter(|it| by(it))) {
            let more = it.more.iter().map(|id| format!("+{}", short(id)));
            let cases: Vec<String> =
                more.chain(it.fewer.iter().map(|id| format!("−{}", short(id)))).collect();
            let value = |value: &Option<Value>| cell(&it.figure, value.as_ref());
            table.row([
                Cell::from(name(heading.book, &it.figure)),
                value(&it.was),
                value(&it.is),
                Cell::word(cases.join(" ")),
            ]);
        }
        page = page.section(table);
    }
    let told = because.iter().flat_map(|because| {
        let head = std::iter::once(Text::same(because.id.short()));
        head.chain(because.lines.iter().map(indented)).collect::<Vec<_>>()
    });
    let told: Vec<Text> = told.collect();
    if told.is_empty() { page } else { page.section(Section::new(words::why(), told)) }
}

fn by(it: &Difference) -> bool {
    it.figure.first().is_some_and(|word| word == "by")
}

fn short(id: &str) -> &str {
    id.split_once('-').map_or(id, |(_, random)| random)
}

fn indented(line: &Text) -> Text {
    Text::new(format!("  {}", line.to(Lang::En)), format!("  {}", line.to(Lang::Zh)))
}

/// A figure's value in its own unit.
fn cell(figure: &[String], value: Option<&Value>) -> Cell {
    let Some(number) = value.and_then(Value::as_f64) else { return Cell::none() };
    let last = figure.last().map_or("", String::as_str);
    let measured = figure.first().is_some_and(|word| word == "times") && last != "n";
    match value {
        _ if measured || last.ends_with("seconds") => parts::seconds(Some(number)),
        _ if last.ends_with("share") || last == "response" => parts::percent(Some(number)),
        Some(value) => Cell::word(value.to_string()).value(value.clone()),
        None => Cell::none(),
    }
}

/// What people read for the names of a figure.
fn name(book: &Book, figure: &[String]) -> Text {
    let clock = |at: usize| at == 1 && figure[0] == "clocks";
    let label = |word: &str| book.all().last().map(|(_, rules)| rules.clock_label(word));
    let named = |(at, word): (usize, &String)| if clock(at) { label(word) } else { part(word) };
    let parts: Vec<Text> = figure.iter().enumerate().filter_map(named).collect();
    let join = |lang: Lang| parts.iter().map(|part| part.to(lang)).collect::<Vec<_>>().join(" · ");
    Text::new(join(Lang::En), join(Lang::Zh))
}

/// A word of a figure's way; names of rows stand as they are in the files.
fn part(word: &str) -> Option<Text> {
    Some(match word {
        "flow" => words::flow(),
        "opening" => words::opening(),
        "received" => words::received(),
        "reopened" => words::reopened(),
        "closed" => words::closed(),
        "rejected" => words::rejected(),
        "closing" => words::closing(),
        "resolved" => words::resolved(),
        "times" => words::times(),
        "contact" => words::first_contact(),
        "resolution" => words::resolution(),
        "first_resolution" => words::first_resolution(),
        "round" => words::each_round(),
        "closure" => words::closure(),
        "elapsed" => return None,
        "working" => words::in_working_time(),
        "n" => words::n(),
        "mean" => words::mean(),
        "median" => words::median(),
        "p90" => words::p90(),
        "max" => words::longest(),
        "clocks" => words::limits(),
        "decided" => words::decided_all(),
        "met" => words::met(),
        "missed" => words::late(),
        "share" => words::kept(),
        "running" => words::running(),
        "paused" => words::paused(),
        "lapsed" => words::lapsed(),
        "overdue" => words::overdue_now(),
        "overdue_seconds" => words::by_how_much(),
        "age" => words::age(),
        "satisfaction" => words::satisfaction(),
        "made" => words::asked(),
        "reached" => words::reached(),
        "satisfied" => words::satisfied(),
        "mean_score" => words::mean_score(),
        "handling" => words::handling(),
        "justified" => words::justified(),
        "unjustified" => words::unjustified(),
        "escalated" => words::escalations(),
        "remedies" => words::remedies(),
        "cost" => words::cost(),
        "causes" => words::causes(),
        "by" => return None,
        "kind" => words::kind(),
        "category" => words::category(),
        "channel" => words::channel(),
        "urgency" => words::urgency(),
        "department" => words::department(),
        "owner" => words::owner(),
        "product" => words::product(),
        "-" => words::not_known(),
        word => Text::same(word),
    })
}
