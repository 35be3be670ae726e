//! Errors and findings as people read them: what is wrong, where, the line with a mark, what to do.
//!
//! Text from a file is made safe first, and personal data in it is masked. A file that cannot be read gives no excerpt,
//! and no error.

use std::io::Read;
use std::path::Path;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use anstyle::{AnsiColor, Style};

use crate::disk::{self, Root};
use crate::error::{Error, Finding, Place, Severity};
use crate::lang::names::Name;
use crate::lang::{Lang, clean, clean_lines};
use crate::privacy::{QuotedLines, masked, quoted_row};
use crate::render::Paper;

const ERROR: Name = Name("error", "错误");
const WARNING: Name = Name("warning", "警告");
const HELP: Name = Name("help: ", "帮助：");
const HINT: Name = Name("hint: ", "提示：");

/// A line is cut around its mark to this many columns, also in a pipe.
const EXCERPT: usize = 140;
/// Bytes; a longer line is not shown, since each of the findings on it would show the whole line.
const LONGEST: usize = 8 << 10;
/// Bytes; a larger file is not a case file, and its excerpt would not help.
const LARGEST: u64 = 1 << 20;

/// A finding with its line, if `source` (the lines of its file) has it.
pub fn finding(finding: &Finding, source: Option<&QuotedLines<'_>>, lang: Lang, paper: Paper) -> String {
    let finding = &finding.clone().discreet();
    let (level, name) = match finding.severity {
        Severity::Error => (Level::ERROR, ERROR),
        Severity::Warning => (Level::WARNING, WARNING),
    };
    let path = if finding.place.cell {
        finding.place.to_string().into()
    } else {
        finding.place.path.to_string_lossy()
    };
    let path = clean(&path);
    let mut group = Group::with_title(
        level
            .with_name(name.pick(lang))
            .primary_title(clean(finding.message.to(lang)))
            .id(finding.code.word()),
    );
    let excerpt = source.and_then(|source| Excerpt::of(source, &finding.place));
    group = match &excerpt {
        Some(excerpt) => group.element(excerpt.snippet(&path, finding.label.as_ref().map(|it| it.to(lang)))),
        None => group.element(origin(&path, &finding.place)),
    };
    for note in &finding.notes {
        group = group.element(Level::NOTE.no_name().message(clean_lines(note.to(lang))));
    }
    for help in &finding.help {
        let words = format!("{}{}", HELP.pick(lang), clean_lines(help.to(lang)));
        group = group.element(Level::HELP.no_name().message(words));
    }
    let renderer = if paper.colour { Renderer::styled() } else { Renderer::plain() };
    let drawn = renderer.term_width(paper.width.min(EXCERPT)).render(&[group]);
    match excerpt {
        Some(_) => drawn + "\n",
        // Without line numbers the crate leaves no margin
        None => drawn.replace('\n', "\n  ") + "\n",
    }
}

/// Why a command ends: its findings, then what is wrong and what to do. `sources` gives the text of a file.
pub(crate) fn error(
    error: &Error,
    sources: &dyn Fn(&Path) -> Option<String>,
    lang: Lang,
    paper: Paper,
) -> String {
    let error = &error.clone().discreet();
    let mut drawn = String::new();
    // A file is read once for all its findings
    for of_file in error.findings.chunk_by(|one, other| one.place.path == other.place.path) {
        let shown = of_file.iter().find(|it| it.place.column.is_some() && !it.place.cell);
        let source = shown.and_then(|it| sources(&it.place.path));
        let lines = source.as_deref().map(QuotedLines::of);
        for it in of_file {
            let lines = lines.as_ref().filter(|_| !it.place.cell);
            drawn += &(finding(it, lines, lang, paper) + "\n");
        }
    }
    let bold = if paper.colour { Style::new().bold() } else { Style::new() };
    let red = if paper.colour { AnsiColor::BrightRed.on_default().bold() } else { Style::new() };
    let colon = Name(":", "：").pick(lang);
    let gap = Name(" ", "").pick(lang);
    let message = clean_lines(error.message.to(lang)).replace('\n', "\n  ");
    drawn += &format!("{red}{}{red:#}{bold}{colon}{gap}{message}{bold:#}\n", ERROR.pick(lang));
    for hint in &error.hints {
        let hint = clean_lines(hint.to(lang)).replace('\n', "\n    ");
        drawn += &format!("  {}{hint}\n", HINT.pick(lang));
    }
    drawn
}

/// Gives the text of files, for excerpts: a ledger's own files by their paths from its root, files that the user names
/// by their whole paths. Not of a file that is large, not a plain file, or behind a link in the ledger.
pub(crate) fn sources(root: &Path) -> impl Fn(&Path) -> Option<String> + use<> {
    let root = Root::open(root).ok();
    move |path| {
        let bytes = if path.is_absolute() {
            let file = disk::named::plain_file(path).ok()??;
            let mut bytes = Vec::new();
            file.take(LARGEST + 1).read_to_end(&mut bytes).ok()?;
            Some(bytes).filter(|bytes| bytes.len() as u64 <= LARGEST)?
        } else {
            root.as_ref()?.read_up_to(path, LARGEST).ok()?
        };
        Some(String::from_utf8_lossy(&bytes).into_owned())
    }
}

fn origin<'p>(path: &'p str, place: &Place) -> Origin<'p> {
    let origin = Origin::path(path);
    match (place.line, place.column) {
        _ if place.cell => origin,
        (Some(line), Some(column)) => origin.line(line).char_column(column),
        (Some(line), None) => origin.line(line),
        _ => origin,
    }
}

/// The line of a place and the bytes in it to mark.
struct Excerpt {
    line: String,
    number: usize,
    mark: std::ops::Range<usize>,
}

impl Excerpt {
    /// `None`: the place has no column, or the file no longer has such a line, or the line is too long.
    fn of(source: &QuotedLines<'_>, place: &Place) -> Option<Excerpt> {
        let (number, column) = (place.line?, place.column?);
        let above = number.checked_sub(1)?;
        let first = column.saturating_sub(1);
        let chars = first..first.saturating_add(place.width);
        let written = source.get(above).filter(|line| line.len() <= LONGEST && source.quotes(above))?;
        let line = match place.path.extension().and_then(|ending| ending.to_str()) {
            Some("yaml") => source.quoted_case(above)?,
            Some("toml") => masked(written).into_owned(),
            _ => quoted_row(written, chars.clone()),
        };
        let line = clean(&line).into_owned();
        let byte = |chars: usize| line.char_indices().nth(chars).map_or(line.len(), |(byte, _)| byte);
        let mark = byte(chars.start)..byte(chars.end);
        Some(Excerpt { line, number, mark })
    }

    fn snippet<'e>(
        &'e self,
        path: &'e str,
        label: Option<&'e str>,
    ) -> Snippet<'e, annotate_snippets::Annotation<'e>> {
        let mark = AnnotationKind::Primary.span(self.mark.clone());
        let mark = match label {
            Some(label) => mark.label(clean(label)),
            None => mark,
        };
        Snippet::source(&self.line).path(path).line_start(self.number).annotation(mark)
    }
}

#[cfg(test)]
mod tests;
