//! Every report as people see it at 80 columns, in both languages: a page that changed is a snapshot that changed.
//! `INSTA_UPDATE=always cargo test --lib snapshots` writes them anew, for a person to review.
//!
//! They are as of a past instant, so none names the commit that it was made from. The figures are tested in `report`; this
//! tests only how they look.

use std::path::Path;

use clap::Parser;

use crate::case::Stamp;
use crate::cli::Cli;
use crate::error::Exit;
use crate::lang::Lang;
use crate::render::Paper;
use crate::session::Setting;
use crate::ui::{Colour, Streams, Terminal, kept};

/// The commands, and under what name their pages are kept.
const PAGES: [(&str, &str); 13] = [
    ("monthly", "report monthly 2026-10"),
    ("monthly_by_channel", "report monthly 2026-10 --group-by channel"),
    ("monthly_cases", "report monthly 2026-10 kind:suggestion --cases"),
    ("quarterly", "report quarterly 2026-Q3"),
    ("overdue", "report overdue --group-by owner --as-of 2026-11-19"),
    ("people", "report people 2026-Q3"),
    ("satisfaction", "report satisfaction 2026-H2 --sample 5 --as-of 2026-11-19"),
    ("causes", "report causes 2026-Q3"),
    ("times", "report times 2026-10 --group-by department"),
    ("trend", "report trend 2026-H2 --group-by category --as-of 2026-11-19"),
    ("try", "policy try aftersales 2026-10"),
    ("list", "list all -n 5"),
    ("sample", "survey sample 2026-H1 --sample 5"),
];

/// What a command prints in the example shop on 20 November 2026, at a terminal of 80 columns.
fn printed(lang: Lang, command: &str) -> String {
    let words = ["fb"].into_iter().chain(command.split(' '));
    let command = Cli::try_parse_from(words).unwrap().command.unwrap();
    let terminal = Terminal::new(lang, Colour::Never, |_| None, Streams::default());
    let terminal = Terminal { page: Paper { width: 80, colour: false }, ..terminal };
    let setting = Setting {
        directory: Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/teashop"),
        now: Stamp::parse("2026-11-20T10:00:00+08:00").unwrap().instant(),
        now_given: true,
        revision: None,
        lang: Some(lang),
        commit: false,
        editors: Vec::new(),
        terminal,
    };
    kept::output_of(|| {
        assert_eq!(command.run(setting).unwrap(), Exit::Done);
    })
}

fn compare(lang: Lang) {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        for (name, command) in PAGES {
            let page = format!("$ fb {command}\n\n{}", printed(lang, command));
            insta::assert_snapshot!(format!("{name}_{}", lang.word()), page);
        }
    });
}

#[test]
fn every_report_has_a_page() {
    let tree = crate::cli::tree(Lang::En);
    for report in tree.find_subcommand("report").unwrap().get_subcommands() {
        // The difference between two revisions needs a repository: `tests/suite` has it.
        let command = format!("report {}", report.get_name());
        let shown = PAGES.iter().any(|(_, page)| page.starts_with(&command));
        assert!(shown || command == "report diff", "{command}");
    }
}

#[test]
fn pages_in_english() {
    compare(Lang::En);
}

#[test]
fn pages_in_chinese() {
    compare(Lang::Zh);
}

#[test]
fn a_month_in_markdown() {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        let page = printed(Lang::En, "report monthly 2026-10 --format markdown");
        insta::assert_snapshot!("monthly_markdown", page);
    });
}
