//! Messages that several commands use.

crate::messages! {
    only_said() { "nothing was written (--dry-run)", "没有写入任何内容（--dry-run）" }
    title() { "title", "标题" }
    kind() { "kind of feedback", "反馈类型" }
    edited(short, path) { "{short}  edited: {path}", "{short}  已修改：{path}" }
    not_edited(short) { "{short}  nothing was changed", "{short}  没有改动" }
    draft_unusable(path) { "{path}: what you wrote cannot be used as a case", "{path}：改后的内容不是可用的案卷" }
    other_id(was, is) { "the id was {was} and is now {is}; an id must not change", "编号原为 {was}，现为 {is}；编号不能改" }
    id_help(was) { "write `id: {was}` again", "请改回 `id: {was}`" }
    open_again() { "Open it again?", "要重新打开吗？" }
    edited_meanwhile(path) { "{path} was changed while you wrote; nothing was written", "编辑期间 {path} 已被改动；没有写入任何内容" }
    draft_kept(path) { "what you wrote is kept in {path}", "改后的内容保存在 {path}" }
    pending_unknown(why) { "changes that are in no commit cannot be looked up: {why}", "无法查看已保存但未提交的改动：{why}" }
    draft_left(path) {
        "an earlier edit of this case was not finished: its text is kept in {path}; remove it when you do not need it any more",
        "这件案卷上一次编辑没有完成，当时写的内容保存在 {path}；不再需要时请删除"
    }
    take_over(short) { "edit it again with `fb edit {short}` and copy what you need", "请重新运行 `fb edit {short}`，再把需要的内容抄过去" }
    no_draft(path, why) { "{path}: the draft cannot be written: {why}", "{path}：无法保存草稿：{why}" }
    cannot_read_input(why) { "standard input cannot be read: {why}", "无法读取标准输入：{why}" }
    no_file(path) { "there is no file {path}", "没有文件 {path}" }
    kept_already(path) { "{path} already exists", "{path} 已经存在" }
    not_a_name(name) {
        "an attachment cannot be called {name}: names that begin with a dot, or `git~`, are git's own",
        "附件不能叫 {name}：以点或 `git~` 开头的名字归 git 使用"
    }
    kept_as(name) {
        "kept as {name}: not every system allows the file's own name, or the case has a similar one",
        "已保存为 {name}：原文件名在有的系统上不能用，或与已有附件相同"
    }
    rename_first() { "copy the file under another name, then attach that", "请把文件另存为别的名字，再附上" }
    rename_it() { "give the new file another name", "请给新文件另取一个名字" }
    ledger_there(path) { "{path} is already a ledger", "{path} 已经是一个台账" }
    no_calendar(word) { "there is no calendar `{word}`", "没有名为 `{word}` 的日历" }
    no_zone(word) { "there is no time zone `{word}`", "没有 `{word}` 这个时区" }
    zone_example() { "a name of the IANA list, such as Asia/Shanghai", "请用 IANA 时区名，如 Asia/Shanghai" }
    begun(path, preset) { "{path}: a ledger with the {preset} rules", "{path}：已按 {preset} 制度建好台账" }
    first_steps(into, register) {
        "next: {into}{register}   then fb list, fb report monthly",
        "接下来：{into}{register}   然后 fb list、fb report monthly"
    }
    csv_or_jsonl() { "name it .csv or .jsonl, or say --format", "请用 .csv 或 .jsonl，或加 --format" }
    read_first(n) {
        "files and directories of cases cannot be read, so it is not known which rows are already in the ledger: {n}",
        "案卷目录中有 {n} 处无法读取，无法判断哪些行已经导入过"
    }
    cannot_read(path, why) { "{path} cannot be read: {why}", "无法读取 {path}：{why}" }
    not_imported(path, n) { "nothing was imported from {path}: {n}", "没有从 {path} 导入任何内容：有 {n}" }
    rejects_help() {
        "--rejects FILE imports the good rows and writes the bad ones to that file",
        "--rejects 文件 可先导入没有问题的行，把有问题的行另存"
    }
    rejects_are_csv(path) { "{path}: bad rows are written as text", "{path}：另存的行以文本形式写出" }
    name_rejects() { "name a file for csv: --rejects bad.csv", "请用 csv 文件名：--rejects bad.csv" }
    unknown_names(list, name, count) { "there is no {list} `{name}` (times: {count})", "没有名为 `{name}` 的{list}（出现 {count} 次）" }
    names_not_known(n) { "names that the ledger does not know: {n}; nothing was imported", "有 {n} 个名称台账里没有；没有导入任何内容" }
    add_names_help() { "--add-names adds them to fb.toml", "加 --add-names 可把它们写进 fb.toml" }
    table_too_large(path, limit) { "{path} is larger than {limit}", "{path} 超过 {limit}" }
    divide_table() { "split it: rows that are already imported are skipped", "请拆成几个文件；已导入的行会跳过" }
    which_table(path) { "the ending of {path} is not that of a table", "从 {path} 的扩展名看不出表格格式" }
    name_table() { "name it .csv, .xlsx or .jsonl", "请用 .csv、.xlsx 或 .jsonl" }
    would_import(new, added, skipped, rejected) {
        "would import {new} and add {added} to existing cases; already in the ledger: {skipped}, bad rows: {rejected}",
        "将导入 {new}，并为已有案卷补 {added}；{skipped} 件已在台账中，{rejected} 行有问题"
    }
    imported(new, added, skipped, rejected) {
        "imported {new} and {added} to cases that were there; {skipped} were there already, {rejected} rows were bad",
        "已导入 {new}，并为已有案卷补 {added}；{skipped} 件原已在台账中，{rejected} 行有问题"
    }
    rules_begin(day, file) { "the rules begin on {day}: {file}", "制度自 {day} 起施行：{file}" }
    rules_would_begin(day, file) { "the rules would begin on {day}: {file}", "制度将自 {day} 起施行：{file}" }
    without_limits_now(cases, open) {
        "cases already here that were received before that day and have no limits any more: {cases}, of which open: {open}",
        "台账里原有的案卷，在该日之前受理的 {cases} 件不再设时限，其中未结 {open} 件"
    }
    writing() { "writing", "写入" }
    no_code(word) { "there is no code `{word}`", "没有 `{word}` 这个检查代码" }
    rules_unusable() { "the shop's rules cannot be used, so this could not be checked", "规则文件有错，这一项没法检查" }
    unchecked() {
        "names, steps and time limits were not checked: that takes rules that can be used",
        "规则文件有错，名称、办理步骤和时限都没有检查"
    }
    not_all_read(count) { "case files that cannot be read and were not checked: {count}", "有 {count} 个案卷文件读不出来，没有检查" }
    not_told(count) {
        "this may not be right: files that cannot be read, are in the wrong place or hold a case twice are not shown: {count}",
        "结果可能不准：有文件无法读取、放错位置，或同一案卷有多个文件，这里没有列出：{count} 处"
    }
    check_shows() { "`fb check` without --only or --overdue shows what is wrong", "不带 --only、--overdue 运行 `fb check` 可看到具体问题" }
    created(short, path) { "{short}  {path}", "{short}  {path}" }
}
