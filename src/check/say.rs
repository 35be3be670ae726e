//! What the checks tell people.

crate::messages! {
    // Keys and names
    unknown_key(key) { "`{key}` means nothing in a case file", "案卷里没有 `{key}` 这一项" }
    unknown_event_key(key, event) { "`{key}` means nothing in `{event}`", "`{event}` 里没有 `{key}` 这一项" }
    nobody_reads_it() { "kept as it is, but no figure reads it", "内容会保留，但不参与任何统计" }
    unknown_name(list, word) { "there is no {list} `{word}`", "没有名为 `{word}` 的{list}" }
    add_to_shop() { "correct it here, or add the name to fb.toml", "请改正这里，或在 fb.toml 里添加这个名称" }
    add_to_policy(path) { "correct it here, or add the name to {path}", "请改正这里，或在 {path} 里添加这个名称" }
    no_case(link) { "it is linked to `{link}`, and there is no such case", "关联的案卷 `{link}` 不存在" }
    correct_link() { "correct the id, or take the link out: `fb list all` shows every case", "请改正编号或删掉这条关联；`fb list all` 列出全部案卷" }

    repeated(event) { "the same `{event}` stands above already", "上面已有完全相同的 `{event}` 记录" }
    take_one_out() { "take one of the two out, unless it did happen twice in that second", "请删去其中一条；若同一秒内确实发生两次则不必" }

    // Places
    wrong_status(stands, belongs) {
        "the case stands in `{stands}`, its history ends in `{belongs}`",
        "案卷放在 `{stands}` 下，按记录应在 `{belongs}`"
    }
    wrong_month(stands, belongs) {
        "the case stands under {stands}, it ended in {belongs}",
        "案卷归在 {stands}，实际结束于 {belongs}"
    }
    moves_it(status) { "this stamp moves it to `{status}`", "这条记录使它进入 `{status}`" }
    ended_in(month) { "this stamp ended it in {month}", "这条记录使它在 {month} 结束" }
    moved_by_hand() { "the file was moved by hand, or a merge took the other side", "文件可能被手工移动过，或合并时取了另一边" }
    mend_moves(short, directory) {
        "`fb mend {short}` moves it to {directory}/; if its place is right, append the event that is missing",
        "`fb mend {short}` 会把它移到 {directory}/；如果现在的位置才对，请补上缺的那条记录"
    }
    wrong_name(name, id) { "the file is called `{name}`, the case in it `{id}`", "文件名是 `{name}`，里面的编号是 `{id}`" }
    rename(name) { "rename the file to {name}, or correct the id", "请把文件改名为 {name}，或改正编号" }
    duplicate(short, others) { "the case {short} stands in another file too: {others}", "案卷 {short} 还出现在另一个文件：{others}" }
    after_a_merge() { "a merge kept both sides, or the file was copied", "可能是合并时两边都留下了，或文件被复制过" }
    mend_joins(short) {
        "`fb mend {short}` joins them into one, with the events of both",
        "`fb mend {short}` 会把它们合并成一个文件，两边的记录都保留"
    }
    same_external(external, others) {
        "another case was imported as `{external}`, too: {others}",
        "另有案卷也以 `{external}` 导入：{others}"
    }
    imported_twice() { "the same sheet may have been imported in two clones", "可能是同一张表在两个克隆里各导入了一次" }
    link_them() {
        "if they are one, `fb reject` one of them; `links:` with the other's id (`fb edit`) says that they belong together",
        "如果是同一件，请用 `fb reject` 办结其中一件，并用 `fb edit` 在 `links:` 里写上另一件的编号"
    }
    missing_file(path) { "{path} is attached, but is not there", "附件 {path} 不见了" }
    find_file(path) {
        "`git log --all -- {path}` tells where it went; bring it back, or attach it again",
        "`git log --all -- {path}` 可查它的去向；请恢复该文件，或重新附上"
    }
    missing_keep(status) { "nothing keeps the directory of `{status}`", "`{status}` 目录里缺少 .gitkeep" }
    make_keep(path) { "`fb mend` puts it back: {path}", "`fb mend` 会补上：{path}" }

    // What is not finished
    interrupted(what) { "a command was interrupted and is not finished: {what}", "有命令中途中断，尚未补完：{what}" }
    next_one_finishes() {
        "the next command that writes finishes it; `fb mend` does nothing else if all is well",
        "下一条写入的命令会先把它补完；若无其他问题，`fb mend` 只做这一件事"
    }
    unreadable_record() { "the record of an interrupted command cannot be read", "中断操作的记录无法读取" }
    next_one_puts_aside() {
        "the next command that writes puts it aside and goes on; `fb recover` lists it then",
        "下一条写入的命令会把它另存一边并继续；之后可用 `fb recover` 查看"
    }
    waits(what) { "this is acknowledged and in no commit yet: {what}", "已确认，但还没有提交：{what}" }
    waits_lost(what) {
        "this is acknowledged, in no commit, and missing in the files: {what}",
        "已确认，但既没有提交，文件里也没有：{what}"
    }
    recover(kept) {
        "commit the file, or see `fb recover`; it is kept as {kept}",
        "请提交该文件，或查看 `fb recover`；已另存为 {kept}"
    }

    // Names of files
    unportable_sign(sign) { "`{sign}` cannot be in a file's name on Windows", "Windows 的文件名里不能有 `{sign}`" }
    unportable_unseen(code) { "the file's name has a character that is not seen ({code})", "文件名里有看不见的字符（{code}）" }
    unportable_dot() { "the file's name ends with a dot, which Windows takes off", "文件名以点结尾，Windows 会把它去掉" }
    unportable_space() { "the file's name ends with a space, which Windows takes off", "文件名以空格结尾，Windows 会把它去掉" }
    unportable_device(name) { "`{name}` is a device on Windows", "`{name}` 在 Windows 上是设备名" }
    unportable_long(bytes) { "the file's name has {bytes} bytes, and may have 255", "文件名有 {bytes} 个字节，最多 255 个" }
    unportable_path(units) {
        "the path has {units} characters from the ledger on, and may have 240",
        "从台账目录算起，路径有 {units} 个字符，最多 240 个"
    }
    unportable_not_text() { "the file's name is not UTF-8", "文件名不是 UTF-8" }
    unportable_twin(other) {
        "to Windows and macOS this is the same file as {other}",
        "在 Windows 和 macOS 上，这与 {other} 是同一个文件"
    }
    clone_fails() {
        "a clone there does not get the file, and git stops at it or leaves the ledger changed",
        "在那里克隆得不到这个文件，git 会因此中断，或一直显示台账有改动"
    }
    rename_portable(path) { "rename it, such as to {path}", "请改名，例如 {path}" }
    rename_one() { "rename one of the two", "请给其中一个改名" }
    rename_in_case() { "and write the new name behind `file:` in the case (`fb edit`)", "并在案卷的 `file:` 里写上新的名字（`fb edit`）" }

    // Time
    before_receipt(event, received) {
        "`{event}` is stamped before the receipt ({received})",
        "`{event}` 的时间早于受理时间（{received}）"
    }
    counts_from_receipt() { "it counts from the receipt on", "统计时按受理时间算" }
    correct_stamp() { "correct the stamp that is wrong: this one, or the receipt's", "请改正写错的时间：这一条，或受理那一条" }
    before_above(event, above, at) {
        "`{event}` is stamped before `{above}` above it ({at})",
        "`{event}` 的时间早于上一条 `{above}`（{at}）"
    }
    say_recorded(line) {
        "correct the stamp; or, if it was typed in later, say when: `{line}` or later",
        "请改正时间；如果是事后补记的，请注明补记时间：`{line}` 或更晚"
    }
    in_future(at) { "{at} lies in the future", "{at} 还没有到" }
    correct_stamp_or_clock() {
        "correct the stamp; if it is right, the clock of this computer is slow",
        "请改正时间；如果没有写错，就是这台电脑的时钟慢了"
    }

    // Steps
    at_that_time() { "when this was done", "办这一步的时候" }
    neither_knew() {
        "two clones were at work and neither knew of the other; look at the case, and go on with what holds",
        "两份克隆各自办理、互不知情；请看一下案卷，按实际情况继续办理"
    }
    stamp_what_was_done() {
        "what was done all the same, record with its own time: --at TIME",
        "如果当时其实做了，请用 --at 时间 补记"
    }

    // Limits
    late(clock, length, due, owner) { "{clock} is late by {length} (due {due}, {owner})", "“{clock}”已超时 {length}（应于 {due} 前完成，{owner}）" }
    due_soon(clock, length, due, owner) { "{clock} is due in {length} ({due}, {owner})", "“{clock}”还剩 {length}（{due} 到期，{owner}）" }
    owned_by(owner) { "owner {owner}", "负责人 {owner}" }
    no_owner() { "no owner yet", "还没有负责人" }
    runs_from_here(clock) { "{clock} runs from here", "“{clock}”从这里开始计时" }
    rule(sources) { "rule: {sources}", "依据：{sources}" }
    stated_due() { "the deadline that the hand-over names", "派单时写明的期限" }
    do_it(command) { "do it, and record it: `{command}`", "办完后请登记：`{command}`" }
    year_needed(calendar, year, cases, shorts) {
        "the calendar `{calendar}` lacks {year}, and the time limits of {cases} cases need it ({shorts})",
        "日历 `{calendar}` 里没有 {year} 年，有 {cases} 件案卷的时限要用到（{shorts}）"
    }
    year_to_come(calendar, year) {
        "the calendar `{calendar}` lacks {year}, which time limits will need",
        "日历 `{calendar}` 里还没有 {year} 年，计算时限很快就要用到"
    }
    add_year(year) {
        "add [years.{year}] with its holidays and make-up working days; a year is never guessed",
        "请添加 [years.{year}]，写明放假和调休上班的日期；没有的年份不会去猜"
    }
    review_due(day) { "these rules were to be reviewed by {day}", "这份制度应在 {day} 前复审" }
    set_review(file, day) {
        "review them (`fb policy try` shows a past month under changed ones), then set the day of the next review in {file}, or put the changed rules into policy/{day}.toml: they hold for the cases received from that day on",
        "请复审（可用 `fb policy try` 按修改后的规则试算往月），再在 {file} 中填写下次复审日期；规则有改动的，另存为 policy/{day}.toml，自该日起受理的事项适用"
    }

    // Responsibility
    unowned(short, status) { "nobody answers for {short}: it is {status} and has no owner", "{short} 目前是“{status}”，却没有负责人" }
    unowned_since() { "from here on", "自此无人负责" }
    take_it(short) {
        "whoever takes it: `fb accept {short}`; or hand it over: `fb assign {short} --owner …`",
        "由谁负责就由谁接单：`fb accept {short}`；或派给他人：`fb assign {short} --owner …`"
    }

    // Persons
    personal_data(numbers) { "these words hold {numbers}", "这段文字里有{numbers}" }
    phone(number) { "a telephone number ({number})", "手机号（{number}）" }
    identity(number) { "an identity number ({number})", "身份证号（{number}）" }
    card(number) { "a bank card number ({number})", "银行卡号（{number}）" }
    git_keeps_it() { "what is committed stays in git's history, for everyone who has a clone", "提交过的内容会留在 git 历史里，拿到仓库的人都看得到" }
    take_it_out() { "take it out; a customer's number belongs in `customer.contact`", "请删掉；客户的电话应写在 `customer.contact`" }
}
