//! Comments that one side wrote and the lines that were chosen do not have: they are put at the end of the file.
//!
//! What says the same on both sides has the lines of one of them, and the lines above the history and below everything
//! are the later writer's. A comment on the other side's lines would be gone without a word.

use std::collections::BTreeSet;

use super::Version;
use crate::ledger::text::{self, Part};

/// The comments of these versions that are neither in the base nor in the text that was made of them: sorted, so that
/// both clones write the same bytes.
pub(super) fn lost(base: Option<&Version<'_>>, sides: [&Version<'_>; 2], made: &str) -> BTreeSet<String> {
    let mut lost: BTreeSet<&str> = BTreeSet::new();
    for side in sides {
        lost.extend(side.parts.intake.iter().chain(&side.parts.events).flat_map(of_part));
        lost.extend(text::comments(&side.parts.heading));
        lost.extend(text::comments(&side.parts.tail));
    }
    let known: BTreeSet<&str> = base.into_iter().flat_map(|base| text::comments(base.text)).collect();
    let made: BTreeSet<&str> = text::comments(made).collect();
    lost.into_iter()
        .filter(|comment| !known.contains(comment) && !made.contains(comment))
        .map(str::to_owned)
        .collect()
}

/// The comments on the lines of a key or an event. A `#` within its words is none: they have it with what follows.
fn of_part(part: &Part) -> impl Iterator<Item = &str> {
    text::comments(&part.text)
        .filter(|comment| !part.words.contains(comment.trim_end_matches([' ', '"', '\''])))
}
