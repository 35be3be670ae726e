//! What the README says about the code is what the code says.

use fb::check::CODES;
use fb::error::Severity;
use fb::lang::Lang;
use fb::policy::Preset;

const README: &str = include_str!("../../README.md");

#[test]
fn the_readme_names_every_finding_as_the_code_does() {
    for codes in [CODES, fb::audit::CODES] {
        names(codes);
    }
}

#[track_caller]
fn names(codes: &[fb::error::Code]) {
    let rows: Vec<String> = codes
        .iter()
        .map(|code| {
            let severity = if code.severity() == Severity::Error { "error" } else { "warning" };
            format!("| `{}` | {severity} | {} |", code.word(), code.sentence().to(Lang::En))
        })
        .collect();
    let table = format!("| code | severity | what it says |\n| --- | --- | --- |\n{}\n\n", rows.join("\n"));
    assert!(README.contains(&table), "the README's table should read:\n\n{table}");
}

#[test]
fn the_readme_names_every_rule_book() {
    for preset in Preset::ALL {
        assert!(README.contains(&format!("\n| `{}` | ", preset.name)), "{}", preset.name);
    }
}

/// Targets of the README's links that are files.
#[test]
fn the_readme_links_to_files_that_are_there() {
    let targets = README.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    let files: Vec<&str> = targets.filter(|target| !target.contains("://")).collect();
    assert!(files.len() > 3, "{files:?}");
    for file in files {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
        assert!(path.is_file(), "{file}");
    }
}
