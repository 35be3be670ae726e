use serde_json::{Value, json};

use super::{ReportHeading, parts, say};
use crate::case::Id;
use crate::lang::{Lang, Text};
use crate::policy::RuleBook;
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
    heading: &ReportHeading<'_>,
) -> Document {
    let title = say::period_title(heading.book.shop.name.as_str(), period.name());
    let mut page = Document::new(heading.line(title));
    let (by_value, whole): (Vec<&Difference>, Vec<&Difference>) =
        found.iter().filter(|it| is_number(it)).partition(|it| by(it));
    // The figures first, then the same ones again for each value of a dimension.
    let numbers = [whole, by_value].concat();
    page = match numbers.len() {
        0 => page.lead(say::no_difference(was, is)),
        n => page.lead(say::differences(n, was, is)),
    };
    if !rules.is_empty() {
        page = page.lead(say::rules_differ(rules.join(", ")));
    }
    if !numbers.is_empty() {
        let mut table = Table::new([
            Column::words("figure", say::figure()),
            Column::numbers("was", Text::same(was)),
            Column::numbers("is", Text::same(is)),
            Column::words("cases", say::more_and_fewer()),
        ]);
        for it in numbers {
            let more = it.more.iter().map(|id| format!("+{}", short(id)));
            let cases: Vec<String> =
                more.chain(it.fewer.iter().map(|id| format!("−{}", short(id)))).collect();
            table.row([
                Cell::from(name(heading.book, &it.figure)),
                cell(&it.figure, it.was.as_ref()),
                cell(&it.figure, it.is.as_ref()),
                Cell::word(cases.join(" ")),
            ]);
        }
        page = page.section(table);
    }
    let mut told = Vec::new();
    for because in because {
        told.push(Text::same(because.id.short()));
        told.extend(because.lines.iter().map(indented));
    }
    if told.is_empty() { page } else { page.section(Section::new(say::why(), told)) }
}

fn is_number(it: &Difference) -> bool {
    it.was.as_ref().or(it.is.as_ref()).is_some_and(Value::is_number)
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
fn name(book: &RuleBook, figure: &[String]) -> Text {
    let mut parts = Vec::new();
    for (at, word) in figure.iter().enumerate() {
        if at == 1 && figure[0] == "clocks" {
            parts.extend(book.all().last().map(|(_, rules)| rules.clock_label(word)));
        } else {
            parts.extend(part(word));
        }
    }
    Text::new(joined(&parts, Lang::En), joined(&parts, Lang::Zh))
}

fn joined(parts: &[Text], lang: Lang) -> String {
    parts.iter().map(|part| part.to(lang)).collect::<Vec<_>>().join(" · ")
}

/// A word of a figure's way; names of rows are as they are in the files.
fn part(word: &str) -> Option<Text> {
    Some(match word {
        "flow" => say::flow(),
        "opening" => say::opening(),
        "received" => say::received(),
        "reopened" => say::reopened(),
        "closed" => say::closed(),
        "rejected" => say::rejected(),
        "voided" => say::voided(),
        "voided_after_end" => say::voided_after_end(),
        "closing" => say::closing(),
        "resolved" => say::resolved(),
        "times" => say::times(),
        "contact" => say::first_contact(),
        "resolution" => say::resolution(),
        "first_resolution" => say::first_resolution(),
        "round" => say::each_round(),
        "closure" => say::closure(),
        "elapsed" => return None,
        "working" => say::in_working_time(),
        "n" => say::n(),
        "mean" => say::mean(),
        "median" => say::median(),
        "p90" => say::p90(),
        "max" => say::longest(),
        "clocks" => say::limits(),
        "decided" => say::decided_all(),
        "met" => say::met(),
        "missed" => say::late(),
        "share" => say::kept(),
        "running" => say::running(),
        "paused" => say::paused(),
        "lapsed" => say::lapsed(),
        "overdue" => say::overdue_now(),
        "overdue_seconds" => say::by_how_much(),
        "stalled" => say::stalled_now(),
        "quiet_seconds" => say::quiet(),
        "age" => say::age(),
        "satisfaction" => say::satisfaction(),
        "made" => say::asked(),
        "reached" => say::reached(),
        "satisfied" => say::satisfied(),
        "mean_score" => say::mean_score(),
        "handling" => say::handling(),
        "justified" => say::justified(),
        "unjustified" => say::unjustified(),
        "escalated" => say::escalations(),
        "remedies" => say::remedies(),
        "cost" => say::cost(),
        "causes" => say::causes(),
        "by" => return None,
        "kind" => say::kind(),
        "category" => say::category(),
        "channel" => say::channel(),
        "urgency" => say::urgency(),
        "department" => say::department(),
        "owner" => say::owner(),
        "product" => say::product(),
        "-" => say::not_known(),
        word => Text::same(word),
    })
}
