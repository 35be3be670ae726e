//! A page of help: parts with a heading, each a list of terms with what they mean, or of plain lines.
//!
//! The widths are those of [`crate::render`], because clap's own help counts a Chinese character as one column and does
//! not break a line of Chinese.

use anstyle::Style;

use crate::lang::{Lang, Text};
use crate::render::{Paper, width, wrap};

/// How far the entries of a heading are indented.
const INDENT: usize = 2;
/// Columns between a term and its words.
const GAP: usize = 2;

/// A page of help.
#[derive(Debug, Clone, Default)]
pub(crate) struct HelpPage {
    /// What it is about, a paragraph each.
    pub lead: Vec<Text>,
    /// The parts, in order.
    pub parts: Vec<HelpPart>,
    /// Where to read more.
    pub foot: Vec<Text>,
}

/// A heading with its entries.
#[derive(Debug, Clone)]
pub(crate) struct HelpPart {
    pub heading: Text,
    pub entries: Vec<HelpEntry>,
}

/// Something that is explained.
#[derive(Debug, Clone)]
pub(crate) struct HelpEntry {
    /// A flag, a word, or a command line; empty: a paragraph by itself.
    pub term: Text,
    /// What it means; `None`: a command line, which is not broken so that it can be copied.
    pub words: Option<Text>,
    /// What is listed below it, such as the values of a flag.
    pub below: Vec<HelpEntry>,
}

impl HelpPart {
    /// A part of terms with their meanings.
    pub(crate) fn terms(heading: Text, terms: impl IntoIterator<Item = (Text, Text)>) -> HelpPart {
        let entries = terms.into_iter().map(|(term, words)| HelpEntry::new(term, words)).collect();
        HelpPart { heading, entries }
    }

    /// A part of words that people type, with their meanings.
    pub(crate) fn typed(heading: Text, terms: impl IntoIterator<Item = (&'static str, Text)>) -> HelpPart {
        HelpPart::terms(heading, terms.into_iter().map(|(term, words)| (Text::same(term), words)))
    }

    /// A part of paragraphs.
    pub(crate) fn lines(heading: Text, lines: impl IntoIterator<Item = Text>) -> HelpPart {
        HelpPart::terms(heading, lines.into_iter().map(|line| (Text::default(), line)))
    }

    /// A part of command lines.
    pub(crate) fn commands(heading: Text, lines: impl IntoIterator<Item = Text>) -> HelpPart {
        let entry = |term| HelpEntry { term, words: None, below: Vec::new() };
        HelpPart { heading, entries: lines.into_iter().map(entry).collect() }
    }
}

impl HelpEntry {
    /// A term and what it means.
    pub(crate) fn new(term: Text, words: Text) -> HelpEntry {
        HelpEntry { term, words: Some(words), below: Vec::new() }
    }
}

impl HelpPage {
    /// The page as people read it, no line wider than the paper.
    pub(crate) fn draw(&self, lang: Lang, paper: Paper) -> String {
        let bold = if paper.colour { Style::new().bold() } else { Style::new() };
        let draw = HelpWriter { lang, bold };
        let mut blocks = Vec::new();
        blocks.extend(self.lead.iter().map(|text| draw.paragraph(text, paper.width)));
        blocks.extend(self.parts.iter().map(|part| draw.part(part, paper.width)));
        blocks.extend(self.foot.iter().map(|text| draw.paragraph(text, paper.width)));
        blocks.join("\n")
    }
}

struct HelpWriter {
    lang: Lang,
    bold: Style,
}

impl HelpWriter {
    fn paragraph(&self, text: &Text, columns: usize) -> String {
        wrap(text.to(self.lang), columns).join("\n") + "\n"
    }

    fn part(&self, part: &HelpPart, columns: usize) -> String {
        let bold = self.bold;
        let heading = format!("{bold}{}{bold:#}\n", part.heading.to(self.lang));
        heading + &self.entries(&part.entries, INDENT, columns)
    }

    /// The entries with their words in one column. A term that is too long for its own column has them below it.
    fn entries(&self, entries: &[HelpEntry], indent: usize, columns: usize) -> String {
        let room = columns.saturating_sub(indent);
        let explained = entries.iter().filter(|entry| entry.words.is_some());
        let widths = explained.map(|entry| width(entry.term.to(self.lang)));
        let longest = widths.filter(|width| *width <= room * 2 / 5).max().unwrap_or(0);
        let begin = indent + longest + GAP;
        let mut drawn = String::new();
        for entry in entries {
            let term = entry.term.to(self.lang);
            let words = entry.words.as_ref().map(|words| words.to(self.lang));
            match words {
                None => put(&mut drawn, indent, term),
                Some(words) if term.is_empty() => {
                    let lines = wrap(words, room.saturating_sub(INDENT));
                    let places = std::iter::once(indent).chain(std::iter::repeat(indent + INDENT));
                    lines.iter().zip(places).for_each(|(line, at)| put(&mut drawn, at, line));
                }
                Some(words) => drawn.push_str(&self.explained(term, words, (indent, begin, columns))),
            }
            drawn.push_str(&self.entries(&entry.below, begin, columns));
        }
        drawn
    }

    /// A term from one column on, with its words from another on.
    fn explained(&self, term: &str, words: &str, (indent, begin, columns): (usize, usize, usize)) -> String {
        let bold = self.bold;
        let mut drawn = format!("{}{bold}{term}{bold:#}", " ".repeat(indent));
        let lines = wrap(words, columns.saturating_sub(begin));
        let beside = indent + width(term) + GAP <= begin;
        if beside {
            drawn.push_str(&" ".repeat(begin - indent - width(term)));
        } else {
            drawn.push('\n');
        }
        let places = std::iter::once(if beside { 0 } else { begin }).chain(std::iter::repeat(begin));
        lines.iter().zip(places).for_each(|(line, at)| put(&mut drawn, at, line));
        drawn
    }
}

fn put(drawn: &mut String, indent: usize, line: &str) {
    drawn.push_str(&" ".repeat(if line.is_empty() { 0 } else { indent }));
    drawn.push_str(line);
    drawn.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page() -> HelpPage {
        let text = |word: &str| Text::same(word);
        let mut limit =
            HelpEntry::new(text("--limit <数量>"), Text::of("At most so many cases", "最多列出多少件案卷"));
        limit.below.push(HelpEntry::new(text("3"), text("three")));
        let terms = HelpPart { heading: text("Options:"), entries: vec![limit] };
        let long = (text("--a-flag-that-is-long"), text("short"));
        HelpPage {
            lead: vec![Text::of("Cases that fit a query", "符合条件的案卷")],
            parts: vec![
                terms,
                HelpPart::terms(text("More:"), [long]),
                HelpPart::lines(text("Lines:"), [text("a b c")]),
                HelpPart::commands(text("Examples:"), [text("fb list kind:complaint all -n 30 --reverse")]),
            ],
            foot: vec![text("the end")],
        }
    }

    #[test]
    fn words_are_in_one_column_whose_width_counts_chinese_as_two() {
        let paper = Paper { width: 34, colour: false };
        assert_eq!(
            page().draw(Lang::Zh, paper),
            "符合条件的案卷\n\nOptions:\n  --limit <数量>\n    最多列出多少件案卷\n    3  three\n\nMore:\n  \
             --a-flag-that-is-long\n    short\n\nLines:\n  a b c\n\nExamples:\n  fb list kind:complaint all -n 30 --reverse\n\nthe end\n"
        );
        let wide = page().draw(Lang::Zh, Paper { width: 44, colour: false });
        assert!(
            wide.contains("\n  --limit <数量>  最多列出多少件案卷\n                  3  three\n"),
            "{wide}"
        );
    }

    #[test]
    fn no_line_is_wider_than_the_paper() {
        for columns in 20..60 {
            for lang in [Lang::En, Lang::Zh] {
                let drawn = page().draw(lang, Paper { width: columns, colour: false });
                for line in drawn.lines().filter(|line| !line.contains("--")) {
                    assert!(width(line) <= columns, "{columns}: {line}");
                }
            }
        }
    }
}
