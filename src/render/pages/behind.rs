//! The cases behind the figures, a line a figure: what `--cases` adds to a page.

use super::{Heading, parts, say};
use crate::case::Names;
use crate::lang::{Lang, Text};
use crate::render::Section;
use crate::report::{Hits, Monthly};

/// The cases behind a figure; nothing of a figure without cases.
pub(super) fn line(figure: Text, hits: &Hits<'_>) -> Option<Text> {
    (hits.n() > 0).then(|| say::behind_line(figure, hits.n(), shorts(hits)))
}

/// The short ids, one after the other.
pub(super) fn shorts(hits: &Hits<'_>) -> String {
    hits.cases().iter().map(|id| id.short()).collect::<Vec<_>>().join(" ")
}

/// `contact · missed`
pub(super) fn joined(of: &Text, figure: &Text) -> Text {
    let join = |lang: Lang| format!("{} · {}", of.to(lang), figure.to(lang));
    Text::new(join(Lang::En), join(Lang::Zh))
}

/// The cases behind each figure, a line a figure.
pub(super) fn monthly(monthly: &Monthly<'_>, heading: &Heading<'_>) -> Section {
    let book = heading.book;
    let mut lines = Vec::new();
    let mut add = |figure: Text, hits: &Hits<'_>| lines.extend(self::line(figure, hits));
    let (flow, times, handling) = (&monthly.flow, &monthly.times, &monthly.handling);
    for (label, hits) in [
        (say::opening(), &flow.opening),
        (say::received(), &flow.received),
        (say::reopened(), &flow.reopened),
        (say::closed(), &flow.closed),
        (say::rejected(), &flow.rejected),
        (say::closing(), &flow.closing),
        (say::first_contact(), &times.contact.counted),
        (say::resolution(), &times.resolution.counted),
        (say::first_resolution(), &times.first_resolution.counted),
        (say::each_round(), &times.round.counted),
        (say::closure(), &times.closure.counted),
        (say::asked(), &monthly.satisfaction.made),
        (say::reached(), &monthly.satisfaction.reached),
        (say::satisfied(), &monthly.satisfaction.satisfied),
        (say::justified(), &handling.justified),
        (say::unjustified(), &handling.unjustified),
        (say::escalations(), &handling.escalated),
        (say::returns(), &handling.returned),
        (say::new_rounds(), &handling.rounds),
        (say::passed_on(), &handling.forwarded),
    ] {
        add(label, hits);
    }
    for clock in &monthly.clocks {
        for (figure, hits) in [
            (say::met(), &clock.met),
            (say::late(), &clock.missed),
            (say::running(), &clock.running),
            (say::paused(), &clock.paused),
            (say::lapsed(), &clock.lapsed),
        ] {
            add(joined(&clock.label, &figure), hits);
        }
    }
    for (bracket, hits) in &monthly.age.brackets {
        add(joined(&say::age(), &parts::bracket_label(bracket)), hits);
    }
    for cause in &monthly.causes.rows {
        add(Text::same(cause.key), &cause.cases);
    }
    for (remedy, hits, _) in &monthly.remedies.rows {
        add(remedy.map_or_else(say::no_remedy, |word| book.shop.names.label(Names::Remedies, word)), hits);
    }
    for (customer, hits) in &monthly.repeat.rows {
        add(Text::same(*customer), hits);
    }
    for by in &monthly.by {
        for (key, row) in &by.rows {
            let name = parts::value(book, by.dimension, *key);
            for (figure, hits) in [
                (say::received(), &row.received),
                (say::resolved(), &row.resolved),
                (say::closed(), &row.closed),
                (say::closing(), &row.closing),
            ] {
                add(joined(&name, &figure), hits);
            }
        }
    }
    Section::new(say::behind(), lines)
}
