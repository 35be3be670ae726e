//! What the audit tells people.

use crate::case::Event;
use crate::lang::{Text, common};

crate::messages! {
    commit(id, who, when) { "commit {id} of {who}, {when}", "提交 {id}（{who}，{when}）" }
    backdated(key, said, length, commit) {
        "`{key}` says {said}, and was brought in {length} later by {commit}",
        "`{key}` 写的是 {said}，晚了 {length} 才由{commit}带入"
    }
    say_recorded() {
        "an entry that is made later says so with `recorded:`, as `--at` writes it",
        "事后补记的，应当用 `recorded:` 注明补录时间（用 `--at` 时会自动写上）"
    }
    future(key, said, length, commit) {
        "`{key}` says {said}, {length} after {commit} that brought it in",
        "`{key}` 写的是 {said}，比带入它的{commit}还晚 {length}"
    }
    not_author(event, by, author, commit) {
        "`{event}` names {by}, but {author} brought it in: {commit}",
        "`{event}` 的经办人写的是 {by}，带入它的却是 {author}：{commit}"
    }
    entered_for(by) { "the commit says so itself: it was entered for {by} (--by, FB_BY)", "提交中已注明：代 {by} 登记（--by、FB_BY）" }
    not_said(by) {
        "the commit does not say that it was entered for {by}: it was written by hand, or by an older fb",
        "提交中没有注明是代 {by} 登记：可能是手工改写，或由旧版 fb 写入"
    }
    name_clerks(author) {
        "if entering for others is their work: `clerk = true` under [people.\"{author}\"] in fb.toml",
        "如果代人登记是其职责，可在 fb.toml 的 [people.\"{author}\"] 下写 `clerk = true`"
    }
    self_approved(by) { "{by} proposed the remedy and approved it", "{by} 拟定方案，又自己批准" }
    no_role(by, commit) { "{by} approved, and no role is named ({commit})", "{by} 批准时没有写明职务（{commit}）" }
    not_in_role(by, role, commit) {
        "{by} approved as `{role}`, a role that fb.toml did not give them then ({commit})",
        "{by} 以 `{role}` 的身份批准，但当时的 fb.toml 并未授予这一职务（{commit}）"
    }
    changed(event, at, commit) {
        "`{event}` of {at} was changed after it had been committed: {commit}",
        "{at} 的 `{event}` 在提交之后被改动：{commit}"
    }
    taken_out(event, at, commit) {
        "`{event}` of {at} was taken out after it had been committed: {commit}",
        "{at} 的 `{event}` 在提交之后被删除：{commit}"
    }
    no_undo() {
        "the commit says that it takes another one back, but it does not restore what was there before that one",
        "提交自称撤销另一次提交，但并没有恢复到那次提交之前的样子"
    }
    it_was(event) { "it was: {event}", "原为：{event}" }
    it_is(event) { "it is:  {event}", "现为：{event}" }
    case_gone(short, events, commit) {
        "the case {short} is gone with {events}: {commit}",
        "案卷 {short} 连同 {events}被删除：{commit}"
    }
    closed_month(month, added, changed, short, commit) {
        "{month} had ended when {short} was touched in it: {added} added, {changed} changed or taken out ({commit})",
        "{month} 结束之后，{short} 在该月的记录又有变动：新增 {added}，改动或删除 {changed} 条（{commit}）"
    }
    imported(events, cases, commit) {
        "an import brought in {events} of {cases}; their times are what the other records say: {commit}",
        "导入了 {cases}的 {events}，其中的时间以原记录为准：{commit}"
    }
    bulk(events, cases, commit) {
        "{events} of {cases} came in at once by hand, not when they say; their times are what other records say: {commit}",
        "{cases}的 {events}由手工一次提交，提交时间与记录时间不符，其中的时间以原记录为准：{commit}"
    }
    rewritten(id, author, authored, committer, committed, length) {
        "commit {id}: written by {author} on {authored}, and anew by {committer} on {committed}, {length} apart",
        "提交 {id}：{author} 写于 {authored}，{committer} 于 {committed} 重写，相隔 {length}"
    }
    cut_off(events, commit) {
        "the history begins here ({commit}): nobody can tell when {events} came in",
        "历史从这里开始（{commit}），其中 {events}何时提交无从得知"
    }
    unshallow() { "`git fetch --unshallow` brings the rest of the history", "`git fetch --unshallow` 可取回其余的历史" }
    unread(commit) { "this file could not be read as {commit} had it", "{commit}里的这个文件无法读取" }
    accept(lines) {
        "put it right by an event of its own; or accept it in audit.toml, with a reason: {lines}, reason = \"…\"",
        "请另记一条说明更正；确认无误的，可在 audit.toml 里写明理由予以认可：{lines}, reason = \"…\""
    }

    // The baseline
    only_accepted() { "it holds nothing but [[accepted]] entries", "这里只能写 [[accepted]] 条目" }
    finding() { "finding", "问题" }
    empty(key) { "`{key}` must not be empty", "`{key}` 不能为空" }
    too_wide() { "name the case (`id`) or the commit (`commit`) that it is about", "请写明案卷（`id`）或提交（`commit`）" }
    bad_stamp(word) {
        "`{word}` is not a date and time such as 2026-11-22T09:31:00+08:00",
        "`{word}` 不是 2026-11-22T09:31:00+08:00 这样的时间"
    }
    no_reason() { "it is accepted without a reason, so it is not accepted", "没有写理由，不予认可" }
    give_reason() { "say why in `reason`", "请在 `reason` 里写明理由" }
    fits_nothing() { "this fits no finding any more", "这一条已没有对应的问题" }
    remove_it() { "remove it, or correct what it names", "请删掉，或改正其中的内容" }
}

/// `1 event`, `2 events`.
pub(super) fn events(n: usize) -> Text {
    common::count(n, "event", "events", "条记录")
}

/// `1 case`, `2 cases`.
pub(super) fn cases(n: usize) -> Text {
    common::count(n, "case", "cases", "件案卷")
}

/// An event in a line, as its file has it.
pub(super) fn event(event: &Event) -> Text {
    let mut words = format!("{}: {}", event.name, event.at);
    words.extend(event.by.iter().map(|by| format!(", by: {by}")));
    words.extend(event.recorded.iter().map(|at| format!(", recorded: {at}")));
    words.extend(event.payload.iter().map(|(field, value)| format!(", {field}: {value}")));
    words.extend(event.unknown.iter().map(|key| format!(", {key}: …")));
    Text::same(words)
}
