//! What the pages say about the code is what the code says, and every link leads somewhere.

use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};

use fb::case::{From, Key, ROWS, To};
use fb::error::{Code, Severity};
use fb::lang::Lang;
use fb::policy::Preset;
use fb::report::{Chapter, catalogue};

use crate::pages::{self, Page};

/// What a newcomer reads in one sitting.
const README_WORDS: usize = 2_500;

#[test]
fn the_pages_name_every_finding_as_the_code_does() {
    names("docs/ci.md", &fb::check::codes());
    names("docs/audit.md", &fb::audit::codes());
}

#[track_caller]
fn names(path: &str, codes: &[Code]) {
    let rows: Vec<String> = codes
        .iter()
        .map(|code| {
            let severity = if code.severity() == Severity::Error { "error" } else { "warning" };
            format!("| `{}` | {severity} | {} |", code.word(), code.sentence().to(Lang::En))
        })
        .collect();
    let table = format!("| code | severity | what it says |\n| --- | --- | --- |\n{}\n\n", rows.join("\n"));
    assert!(pages::page(path).text.contains(&table), "the table of {path} should read:\n\n{table}");
}

/// What ends a part of a page that is made from the code.
const MADE_END: &str = "<!-- end -->";

/// The part of a page that is made from a table of the code is as it would be made now; `FB_WRITE_DOCS=1 cargo test
/// --test suite docs` writes it.
#[track_caller]
fn is_made(path: &str, table: &str, expected: &str) {
    let page = pages::page(path).text;
    let mark = format!("<!-- made from the table of {table} -->\n");
    let begin = page.find(&mark).unwrap() + mark.len();
    let end = begin + page[begin..].find(MADE_END).unwrap();
    if std::env::var_os("FB_WRITE_DOCS").is_some() {
        let written = format!("{}{expected}{}", &page[..begin], &page[end..]);
        std::fs::write(pages::root().join(path), written).unwrap();
        return;
    }
    assert!(
        &page[begin..end] == expected,
        "{path} is not as the code has it: FB_WRITE_DOCS=1 cargo test --test suite docs"
    );
}

#[test]
fn the_page_of_figures_is_the_table_of_figures() {
    is_made("docs/figures.md", "figures", &figures());
}

#[test]
fn the_page_of_files_has_the_table_of_events() {
    is_made("docs/files.md", "events", &events());
}

/// A row an event.
fn events() -> String {
    let mut page = "\n| event | 中文 | verb | what it is for | from | to | keys |\n".to_owned();
    page += "| --- | --- | --- | --- | --- | --- | --- |\n";
    for row in &ROWS {
        let keys: Vec<String> = row.keys.iter().map(key).collect();
        page += &format!(
            "| `{}` | {} | `fb {}` | {} | {} | {} | {} |\n",
            row.name,
            row.called[1],
            row.verb,
            row.help[0],
            from(row.from),
            to(row.to),
            keys.join(" "),
        );
    }
    page + "\n"
}

fn key(key: &Key) -> String {
    if key.needed { format!("**`{}`**", key.field) } else { format!("`{}`", key.field) }
}

fn from(from: From) -> String {
    match from {
        From::Nothing => "-".to_owned(),
        From::Any => "any".to_owned(),
        From::Open => "open".to_owned(),
        From::AtWork => "open, not `resolved`".to_owned(),
        From::Terminal => "ended".to_owned(),
        From::OpenOrClosed => "open, `closed`".to_owned(),
        From::Only(status) => format!("`{status}`"),
    }
}

fn to(to: To) -> String {
    match to {
        To::Same => "the same".to_owned(),
        To::Always(status) => format!("`{status}`"),
        To::Fold(words) => words.to_owned(),
    }
}

/// A table a chapter, a row a figure.
fn figures() -> String {
    let mut page = String::new();
    for Chapter { title, place, figures } in catalogue() {
        page += &format!("\n### {}\n\n", title.to(Lang::En));
        page += &format!("{} · in JSON under `{place}`\n\n", title.to(Lang::Zh));
        page += "| figure | 中文 | key | what it says |\n| --- | --- | --- | --- |\n";
        for figure in figures {
            let clause = figure.clause.map(|clause| format!(" ({clause})")).unwrap_or_default();
            page += &format!(
                "| {} | {} | `{}` | {}{clause} |\n",
                figure.label.to(Lang::En),
                figure.label.to(Lang::Zh),
                figure.key,
                figure.means.to(Lang::En),
            );
        }
    }
    page + "\n"
}

#[test]
fn the_pages_name_every_rule_book() {
    let (rules, readme) = (pages::page("docs/rules.md"), pages::page("README.md"));
    for preset in Preset::ALL {
        assert!(rules.text.contains(&format!("\n| `{}` | ", preset.name)), "{}", preset.name);
        assert!(readme.text.contains(&format!("`{}`", preset.name)), "{}", preset.name);
    }
}

#[test]
fn the_readme_is_short_and_leads_to_every_page() {
    let readme = pages::page("README.md");
    let words = readme.text.split_whitespace().count();
    assert!(words < README_WORDS, "{words} words: move what a newcomer does not need to docs/");
    let linked: Vec<PathBuf> = links(&readme).iter().map(|link| target(&readme, link).0).collect();
    for page in pages::all().into_iter().filter(|page| page.path.starts_with("docs")) {
        assert!(linked.contains(&page.path), "no link to {}", page.path.display());
    }
}

#[test]
fn every_link_leads_somewhere() {
    let mut followed = 0;
    for page in pages::all() {
        for link in links(&page) {
            let (path, anchor) = target(&page, &link);
            assert!(pages::root().join(&path).exists(), "{}: {link}", page.path.display());
            if let Some(anchor) = anchor {
                let there = anchors(&pages::page(path.to_str().unwrap()));
                assert!(there.contains(&anchor), "{}: {link} is none of {there:?}", page.path.display());
            }
            followed += 1;
        }
    }
    assert!(followed > 20, "{followed}");
}

/// The targets of a page's links within the repository.
fn links(page: &Page) -> Vec<String> {
    let mut found = Vec::new();
    for line in page.prose() {
        let without_code: String = line.split('`').step_by(2).collect();
        let targets = without_code.split("](").skip(1).filter_map(|rest| rest.split(')').next());
        found.extend(targets.filter(|target| !target.contains("://")).map(str::to_owned));
    }
    found
}

/// The file below the repository that a link means, and the heading in it.
fn target(page: &Page, link: &str) -> (PathBuf, Option<String>) {
    let (path, anchor) = link.split_once('#').map_or((link, None), |(path, anchor)| (path, Some(anchor)));
    let anchor = anchor.map(str::to_owned);
    if path.is_empty() {
        return (page.path.clone(), anchor);
    }
    let mut whole = PathBuf::new();
    for part in page.path.parent().unwrap().join(path).components() {
        match part {
            Component::ParentDir => assert!(whole.pop(), "{}: {link}", page.path.display()),
            Component::Normal(name) => whole.push(name),
            _ => {}
        }
    }
    (whole, anchor)
}

/// The anchors of a page's headings, as a forge makes them: small letters, hyphens for spaces, no other signs, and a
/// number where there is one already.
fn anchors(page: &Page) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for line in page.prose().iter().filter(|line| line.starts_with('#')) {
        let heading = line.trim_start_matches('#').trim().to_lowercase().replace(' ', "-");
        let anchor: String =
            heading.chars().filter(|c| c.is_alphanumeric() || *c == '-' || *c == '_').collect();
        let numbered = (1..).map(|number| format!("{anchor}-{number}"));
        let free = std::iter::once(anchor.clone()).chain(numbered).find(|anchor| !found.contains(anchor));
        found.extend(free);
    }
    found
}

#[test]
fn links_and_anchors_are_read_as_a_forge_reads_them() {
    let text = "# The `fb.toml` file\n## 中文说明\n## A & B\n## A & B\n[x](../a.md#b) `[no](c)` [`y`](#d)\n```\n[no](e)\n```\n";
    let page = Page { path: "docs/ci/x.md".into(), text: text.to_owned() };
    assert_eq!(links(&page), ["../a.md#b", "#d"]);
    assert_eq!(target(&page, "../a.md#b"), (Path::new("docs/a.md").to_owned(), Some("b".to_owned())));
    assert_eq!(target(&page, "#d"), (page.path.clone(), Some("d".to_owned())));
    let expected = ["a--b", "a--b-1", "the-fbtoml-file", "中文说明"];
    assert!(anchors(&page).iter().eq(expected.iter()), "{:?}", anchors(&page));
}
