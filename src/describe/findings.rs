//! Findings with their places, as a terminal shows them.

use std::collections::BTreeMap;
use std::path::PathBuf;

use rayon::prelude::*;

use crate::casefile::SourceMap;
use crate::check::Flaw;
use crate::error::{Finding, Result, Severity};
use crate::lang::Text;
use crate::ledger::Ledger;
use crate::privacy::QuotedLines;
use crate::ui::{Terminal, draw};

/// Looks the places up, in the files in which something was found.
pub(crate) fn placed(ledger: &Ledger, flaws: Vec<Flaw<'_>>) -> Vec<Finding> {
    let mut files: BTreeMap<PathBuf, Vec<Flaw<'_>>> = BTreeMap::new();
    for flaw in flaws {
        files.entry(flaw.finding.place.path.clone()).or_default().push(flaw);
    }
    let of_file = |(path, flaws): (PathBuf, Vec<Flaw<'_>>)| {
        let map = ledger.source(&path).and_then(|text| SourceMap::of(&text));
        flaws.into_iter().map(|flaw| flaw.placed(map.as_ref())).collect::<Vec<_>>()
    };
    files.into_par_iter().flat_map_iter(of_file).collect()
}

/// Each finding with its line, and how many there are. Nothing at all where there is none.
pub(crate) fn text(terminal: &Terminal, ledger: &Ledger, found: &[Finding], cases: usize) -> Result<()> {
    if found.is_empty() {
        return Ok(());
    }
    for of_file in found.chunk_by(|a, b| a.place.path == b.place.path) {
        let source = of_file.first().and_then(|first| ledger.source(&first.place.path));
        let lines = source.as_deref().map(QuotedLines::of);
        for finding in of_file {
            let drawn = draw::finding(finding, lines.as_ref(), terminal.lang, terminal.page);
            terminal.out(&(drawn + "\n"))?;
        }
    }
    let count = |severity| found.iter().filter(|finding| finding.severity == severity).count();
    terminal.line(&summary(count(Severity::Error), count(Severity::Warning), cases))
}

/// How much was found: `2 errors, 1 warning in 131 cases`.
fn summary(errors: usize, warnings: usize, cases: usize) -> Text {
    let counted = |count: usize, one: &str| {
        (count > 0).then(|| format!("{count} {one}{}", if count == 1 { "" } else { "s" }))
    };
    let found = [counted(errors, "error"), counted(warnings, "warning")];
    let found = found.into_iter().flatten().collect::<Vec<_>>().join(", ");
    let found_zh = [(errors, "个错误"), (warnings, "个警告")]
        .map(|(count, word)| (count > 0).then(|| format!("{count} {word}")));
    let found_zh = found_zh.into_iter().flatten().collect::<Vec<_>>().join("，");
    let cases_en = if cases == 1 { "1 case".to_owned() } else { format!("{cases} cases") };
    Text::new(format!("{found} in {cases_en}"), format!("共检查 {cases} 件：{found_zh}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::Lang;

    #[test]
    fn the_last_line_counts_what_was_found() {
        let said = |errors, warnings, cases| {
            let text = summary(errors, warnings, cases);
            [text.to(Lang::En).to_owned(), text.to(Lang::Zh).to_owned()]
        };
        assert_eq!(
            said(2, 1, 131),
            ["2 errors, 1 warning in 131 cases", "共检查 131 件：2 个错误，1 个警告"]
        );
        assert_eq!(said(0, 2, 1), ["2 warnings in 1 case", "共检查 1 件：2 个警告"]);
    }
}
