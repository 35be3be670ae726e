//! A page for a merge request or a wiki: GitHub's markdown.
//!
//! Words are escaped wherever they could be read as markup, so that a customer's words stay words.

use crate::lang::Lang;

use super::clean::clean;
use super::discreet;
use super::document::{Align, Body, Cell, Document, Section, Table, Tone};

/// The page as GitHub's markdown.
pub fn markdown(document: &Document, lang: Lang) -> String {
    let document = &*discreet::page(document);
    let mut parts = Vec::new();
    if !document.title.to(lang).is_empty() {
        parts.push(format!("# {}", inline(document.title.to(lang))));
    }
    parts.extend(document.lead.iter().map(|sentence| line(sentence.to(lang))));
    parts.extend(document.sections.iter().flat_map(|part| section(part, lang)));
    parts.extend(document.foot.iter().map(|sentence| line(sentence.to(lang))));
    parts.retain(|part| !part.is_empty());
    parts.join("\n\n") + "\n"
}

fn section(section: &Section, lang: Lang) -> Vec<String> {
    let title = section.title.as_ref().map(|title| format!("## {}", inline(title.to(lang))));
    let body = match &section.body {
        Body::Table(it) => table(it, lang),
        // A backslash at its end is a line break
        Body::Lines(lines) => lines.iter().map(|text| line(text.to(lang))).collect::<Vec<_>>().join("\\\n"),
    };
    title.into_iter().chain([body]).collect()
}

fn table(table: &Table, lang: Lang) -> String {
    let heads = table.columns.iter().map(|column| inline(column.title.to(lang)));
    let rules = table.columns.iter().map(|column| match column.align {
        Align::Left => "---".to_owned(),
        Align::Right => "---:".to_owned(),
    });
    let rows = table.rows.iter().map(|row| bar(row.iter().map(|it| cell(it, lang))));
    [bar(heads), bar(rules)].into_iter().chain(rows).collect::<Vec<_>>().join("\n")
}

fn bar(cells: impl Iterator<Item = String>) -> String {
    format!("|{}", cells.map(|cell| format!(" {cell} |")).collect::<String>())
}

fn cell(cell: &Cell, lang: Lang) -> String {
    let words = inline(cell.text.to(lang));
    match cell.tone {
        Tone::Strong if !words.is_empty() => format!("**{words}**"),
        _ => words,
    }
}

/// Words inside a line, a heading or a cell.
fn inline(words: &str) -> String {
    let mut escaped = String::with_capacity(words.len());
    for c in clean(words).trim().chars() {
        if r"\`*_[]<>|~#&$".contains(c) {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

/// Words that begin a line: they begin no list, no rule and no underlined heading either.
fn line(words: &str) -> String {
    let escaped = inline(words);
    let digits = escaped.bytes().take_while(u8::is_ascii_digit).count();
    match escaped[digits..].starts_with(['.', ')']) && digits > 0 || escaped.starts_with(['-', '+', '=']) {
        true => format!("{}\\{}", &escaped[..digits], &escaped[digits..]),
        false => escaped,
    }
}

#[cfg(test)]
mod tests {
    use super::super::document::Column;
    use super::*;
    use crate::lang::Text;

    #[test]
    fn a_customers_words_stay_words() {
        for (words, expected) in [
            ("a|b", r"a\|b"),
            (r"a\|b", r"a\\\|b"),
            ("`code` *bold* _it_ ~~no~~", r"\`code\` \*bold\* \_it\_ \~\~no\~\~"),
            ("<script>alert(1)</script>", r"\<script\>alert(1)\</script\>"),
            ("![x](http://x) &copy; #12", r"!\[x\](http://x) \&copy; \#12"),
            ("one\n| two |\n# three", r"one \| two \| \# three"),
        ] {
            assert_eq!(inline(words), expected);
        }
        for (words, expected) in [
            ("- item", r"\- item"),
            ("    code", "code"),
            ("12. item", r"12\. item"),
            ("12 cases", "12 cases"),
            ("1) item", r"1\) item"),
            ("===", r"\==="),
            (".x", ".x"),
        ] {
            assert_eq!(line(words), expected);
        }
    }

    #[test]
    fn a_page_reads_in_both_languages() {
        let columns =
            [Column::words("step", Text::default()), Column::numbers("now", Text::of("Oct", "10月"))];
        let mut flow =
            Table::new(columns).rows([[Cell::from(Text::of("received", "受理")), Cell::number(42)]]);
        flow.total([Cell::from(Text::of("open at end", "期末未结")), Cell::number(13)]);
        let page = Document::new(Text::same("青瓷小铺"))
            .lead(Text::of("One is overdue.", "逾期 1 件。"))
            .section(Section::new(Text::of("Flow", "流转"), flow))
            .section(vec![Text::same("one"), Text::same("two")])
            .foot(Text::of("next: fb list", "下一步：fb list"));
        let expected = "# 青瓷小铺\n\nOne is overdue.\n\n## Flow\n\n|  | Oct |\n| --- | ---: |\n\
            | received | 42 |\n| **open at end** | **13** |\n\none\\\ntwo\n\nnext: fb list\n";
        assert_eq!(markdown(&page, Lang::En), expected);
        assert!(markdown(&page, Lang::Zh).contains("| 受理 | 42 |\n| **期末未结** | **13** |"));
    }
}
