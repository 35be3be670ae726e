//! The cases behind the figures, a line a figure: what `--cases` adds to a page.

use super::say;
use crate::lang::{Lang, Text};
use crate::render::Section;
use crate::report::Counted;
use crate::report::figure::{FigureEntry, Figures};

/// The cases behind each figure of a report; nothing of a figure without cases.
pub(crate) fn behind<'r, 'f: 'r>(report: impl Iterator<Item = &'r Figures<'f>>) -> Section {
    let mut lines = Vec::new();
    report.for_each(|figures| gather(figures, &Text::default(), &mut lines));
    Section::new(say::behind(), lines)
}

fn gather(figures: &Figures<'_>, way: &Text, lines: &mut Vec<Text>) {
    let own = figures.own_cases();
    if let Some(hits) = own {
        lines.extend(line(way.clone(), hits));
    }
    for entry in &figures.entries {
        match entry {
            FigureEntry::Figure(figure) if own.is_none() => {
                let hits = figure.cases();
                lines.extend(hits.and_then(|hits| line(joined(way, &figure.label), hits)));
            }
            FigureEntry::Table(_, Some(inner)) => gather(inner, &joined(way, &inner.label), lines),
            FigureEntry::Rows(_, label, rows) => {
                let way = joined(way, label);
                for row in rows {
                    gather(row, &joined(&way, &row.label), lines);
                }
            }
            _ => {}
        }
    }
}

/// The line of a figure; `None` without cases.
fn line(figure: Text, hits: &Counted<'_>) -> Option<Text> {
    if hits.n() == 0 {
        return None;
    }
    Some(say::behind_line(figure, hits.n(), shorts(hits)))
}

/// The short ids, one after the other.
pub(super) fn shorts(hits: &Counted<'_>) -> String {
    hits.cases().iter().map(|id| id.short()).collect::<Vec<_>>().join(" ")
}

/// `contact · missed`; what has no name is left out.
fn joined(of: &Text, figure: &Text) -> Text {
    Text::new(
        joined_words(of.to(Lang::En), figure.to(Lang::En)),
        joined_words(of.to(Lang::Zh), figure.to(Lang::Zh)),
    )
}

fn joined_words(of: &str, figure: &str) -> String {
    match (of, figure) {
        ("", only) | (only, "") => only.to_owned(),
        (of, figure) => format!("{of} · {figure}"),
    }
}
