//! Messages about two versions of a case.

crate::messages! {
    unreadable(path) { "a version of {path} cannot be used", "{path} 有一个版本无法使用" }
    unfit(path) {
        "the versions of {path} cannot be merged without changing what they say",
        "{path} 的两个版本无法合并，否则会改变原有内容"
    }
    lay_out() {
        "format both as `fb new` does, each key and each event on its own line, and try again",
        "请把两个版本都按 `fb new` 的格式排好（每个键、每条记录各占一行），再试一次"
    }
    restored(event, at) {
        "`{event}` of {at} was removed on one side; it stays, since no stamp is lost",
        "{at} 的 `{event}` 在一边被删掉了；办理记录不能丢，已保留"
    }
    remove_on_purpose() {
        "if it never happened, remove it now, after the merge",
        "如果确实没有这回事，请在合并之后再删"
    }
    also(key) { "both sides changed `{key}`; the later value is kept", "两边都改了 `{key}`，以较晚的一边为准" }
    see_note() {
        "a `noted` event has the other value; if that is the right one, correct it with `fb edit`",
        "另一个值记在一条 `noted` 里；如果那个才对，请用 `fb edit` 改正"
    }
}
