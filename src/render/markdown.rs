//! A page for a merge request or a wiki: GitHub's markdown.
//!
//! Words are escaped wherever they could be read as markup, so that a customer's words stay words. What GitHub and GitLab
//! make live only after they have read the markup (`@name`, `#12`, `https://…`, `:tada:`) no backslash and no entity keeps
//! from it: an empty comment divides it, which is not shown, and is not copied with the words.

use crate::lang::{Lang, visible};

use super::document::{Align, Body, Cell, Document, Section, Table, Tone};
use super::redact;

/// Divides what would be live.
const DIVIDE: &str = "<!-- -->";

/// The page as GitHub's markdown.
pub(crate) fn markdown(document: &Document, lang: Lang) -> String {
    let document = &*redact::page(document);
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
    let words = visible(words);
    let words = words.trim();
    let mut escaped = String::with_capacity(words.len());
    for (at, c) in words.char_indices() {
        if r"\`*_[]<>|~#&$".contains(c) {
            escaped.push('\\');
        }
        escaped.push(c);
        if is_live(&words[..at], c, &words[at + c.len_utf8()..]) {
            escaped.push_str(DIVIDE);
        }
    }
    escaped
}

/// Whether a character with what follows it is a mention, a reference, a link or an emoji to GitHub or GitLab.
fn is_live(before: &str, c: char, after: &str) -> bool {
    let next = |is: fn(&u8) -> bool| after.bytes().next().is_some_and(|byte| is(&byte));
    let of_a_name = |byte: &u8| byte.is_ascii_alphanumeric() || b"_-\"".contains(byte);
    match c {
        // Users and mail addresses; labels and milestones; references in brackets, pages of a wiki
        '@' | '~' | '%' => next(of_a_name),
        '[' => next(|byte| byte.is_ascii_alphanumeric() || b"[_+-".contains(byte)),
        '{' => next(|byte| b"+-".contains(byte)),
        // Issues, merge requests, snippets, epics
        '#' | '!' | '$' | '&' => next(u8::is_ascii_digit),
        '-' => next(u8::is_ascii_digit) && ends_with_word(before, &["gh", "gl"]),
        ':' => after.starts_with("//") || is_emoji(after),
        'w' | 'W' => after.starts_with('.') && ends_with_word(before, &["ww"]),
        _ => false,
    }
}

/// Whether the words end with one of these, which begins there.
fn ends_with_word(words: &str, ends: &[&str]) -> bool {
    ends.iter().any(|end| {
        let Some(begin) = words.len().checked_sub(end.len()) else { return false };
        let whole =
            words.get(..begin).is_some_and(|before| !before.ends_with(|c: char| c.is_ascii_alphanumeric()));
        whole && words[begin..].eq_ignore_ascii_case(end)
    })
}

/// Whether the name of an emoji follows, with its second colon.
fn is_emoji(after: &str) -> bool {
    let name = after.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || b"_+-".contains(byte)).count();
    name > 0 && after[name..].starts_with(':')
}

/// Words that begin a line: they begin no list, no rule, no underlined heading and no front matter, no command to GitLab
/// (`/close`, `::include`) and none to the log of a job (`::error::`).
fn line(words: &str) -> String {
    let escaped = inline(words);
    let digits = escaped.bytes().take_while(u8::is_ascii_digit).count();
    match escaped[digits..].starts_with(['.', ')']) && digits > 0
        || escaped.starts_with(['-', '+', '=', '/', ':', ';'])
    {
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
            ("`code` *bold* _it_ ~~no~~", r"\`code\` \*bold\* \_it\_ \~\~<!-- -->no\~\~"),
            ("<script>alert(1)</script>", r"\<script\>alert(1)\</script\>"),
            ("![x](http://x) &copy; #12", r"!\[<!-- -->x\](http:<!-- -->//x) \&copy; \#<!-- -->12"),
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
            ("/close", r"\/close"),
            ("::error::x", r"\::<!-- -->error::x"),
            ("::include{file=x}", r"\::include{file=x}"),
            (";;;", r"\;;;"),
            ("##[error]x", r"\#\#\[<!-- -->error\]x"),
        ] {
            assert_eq!(line(words), expected);
        }
    }

    /// Each is live on GitHub or GitLab, also behind a backslash or as an entity (`cmark-gfm` 181, `markup` 1168).
    const LIVE: [(&str, &[&str]); 24] = [
        ("@octocat", &["@", "octocat"]),
        ("致@li-na：", &["致@", "li-na："]),
        ("zhang@example.cn", &["zhang@", "example.cn"]),
        ("mailto:a@b.cn", &["mailto:a@", "b.cn"]),
        ("@all", &["@", "all"]),
        ("#12", &["#", "12"]),
        ("owner/repo#1", &["owner/repo#", "1"]),
        ("owner/repo@0123abc", &["owner/repo@", "0123abc"]),
        ("GH-1", &["GH-", "1"]),
        ("gl-7", &["gl-", "7"]),
        ("!3", &["!", "3"]),
        ("a/b!3", &["a/b!", "3"]),
        ("$4", &["$", "4"]),
        ("&5", &["&", "5"]),
        ("~bug", &["~", "bug"]),
        ("~\"two words\"", &["~", "\"two words\""]),
        ("%v1", &["%", "v1"]),
        ("[issue:6]", &["[", "issue:6]"]),
        ("[[page]]", &["[", "[", "page]]"]),
        ("{+ new +}", &["{", "+ new +}"]),
        ("https://x.cn/?a#1", &["https:", "//x.cn/?a#", "1"]),
        ("see WWW.x.cn", &["see WWW", ".x.cn"]),
        ("ftp://x", &["ftp:", "//x"]),
        (":tada: 12:30:00", &[":", "tada: 12:", "30:00"]),
    ];

    #[test]
    fn nothing_in_a_customers_words_is_live() {
        for (words, parts) in LIVE {
            // What a reader of markdown makes of it: text, divided by comments
            let written = inline(words);
            let read: Vec<String> = written.split(DIVIDE).map(unescaped).collect();
            assert_eq!(read, parts, "{written}");
        }
        for words in [
            "R&D",
            "50% 以上",
            "a: b",
            "12:30",
            "茶杯，¥128.5",
            "awww.",
            "a-1",
            "xgh-1",
            "5 ~ 6",
            "a @ b",
            "wow!",
        ] {
            assert!(!inline(words).contains(DIVIDE), "{words}");
        }
    }

    /// Text of CommonMark: a backslash before a sign of ASCII is not shown.
    fn unescaped(words: &str) -> String {
        let mut chars = words.chars().peekable();
        let mut text = String::new();
        while let Some(c) = chars.next() {
            let escapes = c == '\\' && chars.peek().is_some_and(char::is_ascii_punctuation);
            text.extend(if escapes { chars.next() } else { Some(c) });
        }
        text
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
