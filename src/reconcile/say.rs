//! Messages of this room.

use crate::case::MERGE;

crate::messages! {
    ours_unread(path) { "our version of {path} cannot be read", "我方的 {path} 读不出来" }
    theirs_unread(path) { "their version of {path} cannot be read", "对方的 {path} 读不出来" }
    both_unread(path) { "neither version of {path} can be read", "双方的 {path} 都读不出来" }
    unaware(event) {
        "`{event}` was recorded without knowing the events before it, which do not allow it",
        "`{event}` 的操作人当时不知道前面的记录，而那些记录不允许这一步"
    }
}

/// The note that a merge leaves in a history. In English, as are the commits of the ledger.
pub(super) fn noted(event: &str) -> String {
    format!("{MERGE}`{event}` was stamped without knowing what came before it")
}
