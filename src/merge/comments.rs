//! Comments that one side wrote and the chosen lines lack: they are added at the end of the file.
//!
//! If both sides say the same, the lines of one of them are used. The lines above the history and below everything are
//! the later writer's. Without this, a comment on the other side's lines would be lost silently.

use std::collections::BTreeSet;

use super::Version;
use crate::casefile::{self, Part};

/// The comments of these versions that are neither in the base nor in the merged text: sorted, so that both clones
/// write the same bytes.
pub(super) fn lost(base: Option<&Version<'_>>, sides: [&Version<'_>; 2], made: &str) -> BTreeSet<String> {
    let mut lost: BTreeSet<&str> = BTreeSet::new();
    for side in sides {
        lost.extend(side.parts.intake.iter().chain(&side.parts.events).flat_map(of_part));
        lost.extend(casefile::comments(&side.parts.heading));
        lost.extend(casefile::comments(&side.parts.tail));
    }
    let known: BTreeSet<&str> = base.into_iter().flat_map(|base| casefile::comments(base.text)).collect();
    let made: BTreeSet<&str> = casefile::comments(made).collect();
    lost.retain(|comment| !known.contains(comment) && !made.contains(comment));
    lost.into_iter().map(str::to_owned).collect()
}

/// The comments on the lines of a key or an event. A `#` inside its words does not begin one.
fn of_part(part: &Part) -> impl Iterator<Item = &str> {
    casefile::comments(&part.text)
        .filter(|comment| !part.words.contains(comment.trim_end_matches([' ', '"', '\''])))
}
