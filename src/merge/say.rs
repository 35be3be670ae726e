//! What is said of two versions of a case.

crate::messages! {
    unreadable(path) { "a version of {path} cannot be used", "{path} 有一个版本无法使用" }
    unfit(path) {
        "the versions of {path} cannot be put together without changing what they say",
        "{path} 的两个版本无法合并，否则会改变原有内容"
    }
    lay_out() {
        "lay both out as `fb new` does, each key and each event on lines of its own, and try again",
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
    also(key) { "both sides changed `{key}`; the later one stands", "两边都改了 `{key}`，以较晚的一边为准" }
    see_note() {
        "a `noted` event keeps the other value; `fb edit` puts it right if it was the better one",
        "另一个值记在一条 `noted` 里；如果那个才对，请用 `fb edit` 改正"
    }
}
