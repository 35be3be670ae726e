//! The cases behind the figures, a line a figure: what `--cases` adds to a page.

use super::{Heading, parts, words};
use crate::case::Names;
use crate::lang::{Lang, Text};
use crate::render::Section;
use crate::report::{Hits, Monthly};

/// The cases behind a figure; nothing of a figure without cases.
pub(super) fn line(figure: Text, hits: &Hits<'_>) -> Option<Text> {
    (hits.n() > 0).then(|| words::behind_line(figure, hits.n(), shorts(hits)))
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
        (words::opening(), &flow.opening),
        (words::received(), &flow.received),
        (words::reopened(), &flow.reopened),
        (words::closed(), &flow.closed),
        (words::rejected(), &flow.rejected),
        (words::closing(), &flow.closing),
        (words::first_contact(), &times.contact.counted),
        (words::resolution(), &times.resolution.counted),
        (words::first_resolution(), &times.first_resolution.counted),
        (words::each_round(), &times.round.counted),
        (words::closure(), &times.closure.counted),
        (words::asked(), &monthly.satisfaction.made),
        (words::reached(), &monthly.satisfaction.reached),
        (words::satisfied(), &monthly.satisfaction.satisfied),
        (words::justified(), &handling.justified),
        (words::unjustified(), &handling.unjustified),
        (words::escalations(), &handling.escalated),
        (words::returns(), &handling.returned),
        (words::new_rounds(), &handling.rounds),
        (words::passed_on(), &handling.forwarded),
    ] {
        add(label, hits);
    }
    for clock in &monthly.clocks {
        for (figure, hits) in [
            (words::met(), &clock.met),
            (words::late(), &clock.missed),
            (words::running(), &clock.running),
            (words::paused(), &clock.paused),
            (words::lapsed(), &clock.lapsed),
        ] {
            add(joined(&clock.label, &figure), hits);
        }
    }
    for (bracket, hits) in &monthly.age.brackets {
        add(joined(&words::age(), &parts::bracket_label(bracket)), hits);
    }
    for cause in &monthly.causes.rows {
        add(Text::same(cause.key), &cause.cases);
    }
    for (remedy, hits, _) in &monthly.remedies.rows {
        add(remedy.map_or_else(words::no_remedy, |word| book.shop.names.label(Names::Remedies, word)), hits);
    }
    for (customer, hits) in &monthly.repeat.rows {
        add(Text::same(*customer), hits);
    }
    for by in &monthly.by {
        for (key, row) in &by.rows {
            let name = parts::value(book, by.dimension, *key);
            for (figure, hits) in [
                (words::received(), &row.received),
                (words::resolved(), &row.resolved),
                (words::closed(), &row.closed),
                (words::closing(), &row.closing),
            ] {
                add(joined(&name, &figure), hits);
            }
        }
    }
    Section::new(words::behind(), lines)
}
