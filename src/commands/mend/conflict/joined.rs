//! A case in conflict, merged with what else is in its files: events that were added meanwhile, changes by hand.

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

/// A case as the commits have it, with what else is in the files.
pub(super) struct JoinedCase {
    pub(super) text: Option<String>,
    pub(super) place: Option<PathBuf>,
    /// The texts of the commits.
    pub(super) known: Vec<String>,
}

impl JoinedCase {
    /// Merges a file that is another version. Returns whether the file can be read.
    pub(super) fn take(&mut self, session: &Session, path: &Path, says: &str, short: &str) -> Result<bool> {
        let Ok(case) = casefile::read(says.as_bytes(), path) else { return Ok(false) };
        let (text, case) = match &self.text {
            None => (says.to_owned(), case),
            Some(text) => {
                // Its base is a version of which it has every event.
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

    /// Whether a file has a line that is in no version and is not one of git's markers.
    pub(super) fn lacks_lines_of(&self, says: &str) -> bool {
        let known: HashSet<&str> = self.text.iter().chain(&self.known).flat_map(|text| lines(text)).collect();
        let is_marker = |line: &str| MARKERS.iter().any(|marker| line.starts_with(marker));
        lines(says).any(|line| !known.contains(line) && !is_marker(line))
    }
}

/// The markers that git writes between two versions begin like this.
const MARKERS: [&str; 4] = ["<<<<<<<", "|||||||", "=======", ">>>>>>>"];

fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty())
}
