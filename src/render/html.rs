//! A page for a browser or a printer: one file that loads nothing else.
//!
//! It has no script, makes no request, and its head forbids both. The template escapes every word, after [`clean`] has
//! made active characters visible. A section's drawing repeats its table.

use askama::Template;

use crate::error::{Error, Result};
use crate::lang::{Lang, Text, clean};

use super::chart::{Drawing, draw};
use super::document::{Align, Body, Cell, Document, Section, Table, Tone};
use super::redact;
use super::width::width;

/// Tables of more columns take the whole width of the page.
const NARROW: usize = 5;
/// A cell's words are broken if they are wider than so many columns of a terminal.
const LONG: usize = 24;

mod say {
    crate::messages! {
        unwritten(why) { "the page cannot be written as html: {why}", "页面无法写成 html：{why}" }
    }
}

/// The page as HTML, in one file.
///
/// # Errors
/// Failed if the template fails.
pub(crate) fn html(document: &Document, lang: Lang) -> Result<String> {
    let document = &*redact::page(document);
    let words = |texts: &[Text]| texts.iter().map(|text| shown(text, lang)).collect();
    let title = shown(&document.title, lang);
    let page = HtmlPage {
        lang: match lang {
            Lang::En => "en",
            Lang::Zh => "zh-Hans",
        },
        lead: words(&document.lead),
        parts: document
            .sections
            .iter()
            .map(|section| HtmlSection::of(section, !title.is_empty(), lang))
            .collect(),
        foot: words(&document.foot),
        title,
    };
    page.render().map_err(|why| Error::failed(say::unwritten(why.to_string())))
}

fn shown(text: &Text, lang: Lang) -> String {
    clean(text.to(lang)).trim().to_owned()
}

#[derive(Template)]
#[template(path = "page.html")]
struct HtmlPage {
    lang: &'static str,
    title: String,
    lead: Vec<String>,
    parts: Vec<HtmlSection>,
    foot: Vec<String>,
}

/// A section, its words in one language.
struct HtmlSection {
    title: String,
    lines: Vec<String>,
    heads: Vec<Head>,
    rows: Vec<Vec<HtmlCell>>,
    drawing: Option<Drawing>,
    wide: bool,
}

struct Head {
    words: String,
    right: bool,
}

struct HtmlCell {
    words: String,
    class: String,
}

impl HtmlSection {
    /// A section without a title takes the title of its first column.
    fn of(section: &Section, titled: bool, lang: Lang) -> HtmlSection {
        let mut part = HtmlSection {
            title: section.title.as_ref().map(|title| shown(title, lang)).unwrap_or_default(),
            lines: Vec::new(),
            heads: Vec::new(),
            rows: Vec::new(),
            drawing: None,
            wide: true,
        };
        match &section.body {
            Body::Lines(lines) => part.lines = lines.iter().map(|line| shown(line, lang)).collect(),
            Body::Table(table) => {
                part.fill(table, lang);
                if titled && part.title.is_empty() {
                    part.title = part
                        .heads
                        .first_mut()
                        .map(|head| std::mem::take(&mut head.words))
                        .unwrap_or_default();
                }
                part.drawing = section.chart.and_then(|chart| draw(chart, &part.title, table, lang));
            }
        }
        part
    }

    fn fill(&mut self, table: &Table, lang: Lang) {
        let right: Vec<bool> = table.columns.iter().map(|column| column.align == Align::Right).collect();
        let heads = table.columns.iter().zip(&right);
        self.heads =
            heads.map(|(column, right)| Head { words: shown(&column.title, lang), right: *right }).collect();
        let row = |row: &Vec<Cell>| {
            row.iter().zip(&right).map(|(cell, right)| HtmlCell::of(cell, *right, lang)).collect()
        };
        self.rows = table.rows.iter().map(row).collect();
        self.wide = table.columns.len() > NARROW;
    }

    fn headed(&self) -> bool {
        self.heads.iter().any(|head| !head.words.is_empty())
    }
}

impl HtmlCell {
    fn of(cell: &Cell, right: bool, lang: Lang) -> HtmlCell {
        let tone = match cell.tone {
            Tone::Plain => "",
            Tone::Late => "late",
            Tone::Soon => "soon",
            Tone::Good => "good",
            Tone::Dim => "dim",
            Tone::Strong => "strong",
        };
        let words = shown(&cell.text, lang);
        let side = if right { "n" } else { "" };
        let length = if width(&words) > LONG { "long" } else { "" };
        let classes = [side, tone, length].into_iter().filter(|class| !class.is_empty());
        HtmlCell { class: classes.collect::<Vec<_>>().join(" "), words }
    }
}

#[cfg(test)]
mod tests {
    use super::super::document::{Chart, Column};
    use super::*;

    const HOSTILE: &str = "<script>alert(\"x\")</script> & 'q' \u{1b}[2J\u{202e}\t</title>";
    const HARMLESS: &str =
        "&#60;script&#62;alert(&#34;x&#34;)&#60;/script&#62; &#38; &#39;q&#39; ␛[2J\u{fffd} &#60;/title&#62;";

    fn page() -> Document {
        let columns =
            [Column::words("cause", Text::of("Causes", "原因")), Column::numbers("n", Text::same("n"))];
        let rows =
            [(HOSTILE, 3), ("b", 1)].map(|(cause, n)| [Cell::word(cause), Cell::number(n).tone(Tone::Late)]);
        Document::new(Text::same(HOSTILE))
            .lead(Text::same(HOSTILE))
            .section(Section::from(Table::new(columns).rows(rows)).chart(Chart::Bars { column: "n" }))
            .section(Section::new(Text::same(HOSTILE), vec![Text::same(HOSTILE)]))
            .foot(Text::same(HOSTILE))
    }

    #[test]
    fn a_customers_words_are_words_wherever_they_stand() {
        let drawn = html(&page(), Lang::En).unwrap();
        assert_eq!(drawn.matches("<script").count(), 0);
        assert!(!drawn.contains(['\u{1b}', '\u{202e}', '\t']));
        // The title twice, the lead, a cell, the drawing's words, a section's title and line, the foot
        assert_eq!(drawn.matches(HARMLESS).count(), 8, "{drawn}");
    }

    #[test]
    fn a_page_asks_nobody_for_anything() {
        let drawn = html(&page(), Lang::Zh).unwrap();
        assert!(drawn.starts_with("<!DOCTYPE html>\n<html lang=\"zh-Hans\">"));
        assert!(drawn.contains("content=\"default-src 'none'; style-src 'unsafe-inline';"));
        for word in ["<script", "src=", "href=", "url(", "@import", "http:", "https:", "style=\""] {
            assert!(!drawn.contains(word), "{word}");
        }
    }

    #[test]
    fn the_first_head_is_the_title_and_numbers_stand_at_the_right() {
        let drawn = html(&page(), Lang::Zh).unwrap();
        assert!(drawn.contains("<h2>原因</h2>\n<div class=\"table\">"), "{drawn}");
        assert!(drawn.contains("<td></td>\n<th scope=\"col\" class=\"n\">n</th>"), "{drawn}");
        assert!(drawn.contains("<td>b</td>\n<td class=\"n late\">1</td>"), "{drawn}");
    }
}
