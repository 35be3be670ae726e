//! Findings with their places, as a terminal shows them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::casefile::SourceMap;
use crate::check::Flaw;
use crate::error::{Finding, Result, Severity};
use crate::lang::Text;
use crate::ledger::Ledger;
use crate::privacy::QuotedLines;
use crate::ui::{Terminal, draw};

/// Looks up the lines and columns, in the files in which something was found.
pub(crate) fn placed(ledger: &Ledger, flaws: Vec<Flaw<'_>>) -> Vec<Finding> {
    let mut files: BTreeMap<PathBuf, Vec<Flaw<'_>>> = BTreeMap::new();
    for flaw in flaws {
        files.entry(flaw.finding.place.path.clone()).or_default().push(flaw);
    }
    files.into_par_iter().flat_map_iter(|(path, flaws)| placed_in(ledger, &path, flaws)).collect()
}

fn placed_in(ledger: &Ledger, path: &Path, flaws: Vec<Flaw<'_>>) -> Vec<Finding> {
    let map = ledger.source(path).and_then(|text| SourceMap::of(&text));
    flaws.into_iter().map(|flaw| flaw.placed(map.as_ref())).collect()
}

/// Each finding with its line, and how many there are. Empty if there is no finding.
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

/// How many findings there are: `2 errors, 1 warning in 131 cases`.
fn summary(errors: usize, warnings: usize, cases: usize) -> Text {
    let (mut found, mut found_zh) = (Vec::new(), Vec::new());
    for (count, one, zh) in [(errors, "error", "个错误"), (warnings, "warning", "个警告")] {
        if count > 0 {
            found.push(format!("{count} {one}{}", if count == 1 { "" } else { "s" }));
            found_zh.push(format!("{count} {zh}"));
        }
    }
    let cases_en = if cases == 1 { "1 case".to_owned() } else { format!("{cases} cases") };
    Text::new(
        format!("{} in {cases_en}", found.join(", ")),
        format!("共检查 {cases} 件：{}", found_zh.join("，")),
    )
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
