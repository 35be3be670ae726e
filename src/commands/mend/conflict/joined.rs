//! A case in conflict, joined with what else its files say: what was stamped in them meanwhile, what a hand wrote.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};
use crate::merge::{Outcome, common_base};
use crate::session::{Session, place};
use crate::{casefile, reconcile};

mod say {
    crate::messages! {
        other_case(short, path) {
            "{short}: {path} is another case, which drew the same id",
            "{short}：{path} 是另一件案卷，只是编号相同"
        }
        move_away(path) { "move {path} out of the ledger, then `fb mend`", "请先把 {path} 移出台账，再运行 `fb mend`" }
    }
}

/// A case as the commits have it, with what else the files say.
pub(super) struct JoinedCase {
    pub(super) text: Option<String>,
    pub(super) place: Option<PathBuf>,
    /// The texts of the commits.
    pub(super) known: Vec<String>,
}

impl JoinedCase {
    /// Unites it with a file that is a version of its own; whether it is one that can be read.
    pub(super) fn take(&mut self, session: &Session, path: &Path, says: &str, short: &str) -> Result<bool> {
        let Ok(case) = casefile::read(says.as_bytes(), path) else { return Ok(false) };
        let (text, case) = match &self.text {
            None => (says.to_owned(), case),
            Some(text) => {
                // It grew out of one of which it has every event.
                let base = self.known.iter().find_map(|known| common_base(Some(known), [text, says], path));
                match reconcile::join_texts(Some(&session.book), base, text, says, path)? {
                    Outcome::Merged(merged) => (merged.text, merged.case),
                    Outcome::Collision(_) => {
                        return Err(Error::failed(say::other_case(short, path)).hint(say::move_away(path)));
                    }
                }
            }
        };
        self.place = Some(place(&session.book, &case));
        self.text = Some(text);
        Ok(true)
    }

    /// Whether a file has a line that is in no version, and no marker of git's.
    pub(super) fn lacks_lines_of(&self, says: &str) -> bool {
        let known: HashSet<&str> = self.text.iter().chain(&self.known).flat_map(|text| lines(text)).collect();
        let is_marker = |line: &str| MARKERS.iter().any(|marker| line.starts_with(marker));
        lines(says).any(|line| !known.contains(line) && !is_marker(line))
    }
}

/// How the lines begin that git puts between two versions.
const MARKERS: [&str; 4] = ["<<<<<<<", "|||||||", "=======", ">>>>>>>"];

fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty())
}
