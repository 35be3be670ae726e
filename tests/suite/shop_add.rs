//! `fb shop add`: one entry more in `fb.toml`, one commit of it, and every byte that was there stays.

use crate::ledger::TestLedger;

const SHOP: &str = "fb.toml";

/// What was put in: the longest common beginning of both, then what the new one has more, then the same end.
#[track_caller]
fn put_in(before: &str, after: &str) -> String {
    let same = before.bytes().zip(after.bytes()).take_while(|(one, other)| one == other).count();
    let more = after.len().checked_sub(before.len()).expect("nothing is taken out");
    // The beginning may go on into what was put in, where that begins as what follows
    let at = (0..=same).rev().find(|at| after.is_char_boundary(*at) && after[at + more..] == before[*at..]);
    let at = at.unwrap_or_else(|| panic!("a byte was changed:\n{before}\n---\n{after}"));
    after[at..at + more].to_owned()
}

/// Adds an entry and checks the commit: exactly this file, by this command, with nothing left.
#[track_caller]
fn adds(shop: &TestLedger, arguments: &[&str]) -> String {
    let (before, commits) = (shop.read(SHOP), shop.commits());
    shop.run(&[&["shop", "add"], arguments].concat()).ok();
    assert_eq!(shop.commits(), commits + 1);
    assert_eq!(shop.git(&["show", "--format=", "--name-only", "HEAD"]), SHOP);
    assert_eq!(shop.last("%(trailers:key=Fb-Command,valueonly)").trim(), "shop");
    assert_eq!(shop.status(), "");
    put_in(&before, &shop.read(SHOP))
}

#[test]
fn each_kind_of_entry_comes_into_its_table() {
    let shop = TestLedger::new();
    let line = |arguments: &[&str]| adds(&shop, arguments).trim().to_owned();
    assert_eq!(line(&["channel", "wechat", "--name", "微信"]), "wechat = \"微信\"");
    assert_eq!(
        line(&["department", "packing", "--name", "Packing \"B\""]),
        "[departments.packing]\nname = 'Packing \"B\"'"
    );
    assert_eq!(line(&["routing", "product/packaging", "packing"]), "\"product/packaging\" = \"packing\"");
    assert_eq!(line(&["category", "product/lid"]), "[categories]\n\"product/lid\" = \"product/lid\"");
    assert_eq!(line(&["urgency", "critical"]), "[urgencies]\ncritical = \"critical\"");
    assert_eq!(line(&["complexity", "medium"]), "[complexities]\nmedium = \"medium\"");
    assert_eq!(line(&["role", "trainer"]), "[roles]\ntrainer = \"trainer\"");
    assert_eq!(line(&["remedy", "voucher", "--name", "优惠券"]), "[remedies]\nvoucher = \"优惠券\"");
    assert_eq!(line(&["volume", "2026-09", "4210"]), "[volume]\n2026-09 = 4210");
    assert_eq!(line(&["volume", "2026-10", "0"]), "2026-10 = 0");
    // A name that every ledger knows gets another label
    assert_eq!(line(&["role", "agent", "--name", "clerk"]), "agent = \"clerk\"");
    let all = [
        "person",
        "li.na",
        "--name",
        "李娜",
        "--email",
        "li.na@example.cn",
        "--role",
        "trainer",
        "--department",
        "packing",
        "--clerk",
    ];
    assert_eq!(
        line(&all),
        "[people.\"li.na\"]\nname = \"李娜\"\nemail = \"li.na@example.cn\"\nrole = \"trainer\"\ndepartment = \"packing\"\nclerk = true"
    );
    assert_eq!(line(&["person", "zhang.wei"]), "[people.\"zhang.wei\"]");
    assert_eq!(shop.last("%s"), "shop: add person zhang.wei");
    assert_eq!(shop.run(&["check"]).ok().out, "");
    // All of it can be used at once
    let id = shop.case(&[]);
    let triage =
        ["triage", &id, "--category", "product/lid", "--urgency", "critical", "--complexity", "medium"];
    shop.run(&triage).ok();
    shop.run(&["assign", &id, "--department", "packing", "--owner", "zhang.wei"]).ok();
    shop.refused(&["assign", &id, "--owner", "wang.li"], 2).says(&["`fb shop add person wang.li` adds it"]);
}

const HEAD: &str = "[shop]\nname = \"青瓷小铺\"\ntimezone = \"Asia/Shanghai\"\n";

/// Every way in which a hand may have written the people, in both forms of a line break, with and without a byte order
/// mark and a last line break.
#[test]
fn every_byte_of_an_odd_file_stays() {
    let shop = TestLedger::new();
    let odd = [
        format!("# Ours  \n\n{HEAD}\t# the end"),
        format!("people.\"li.na\".name = \"李娜\" # first\npeople.\"li.na\".clerk = true\n\n{HEAD}"),
        format!("people = {{ \"li.na\" = {{ name = \"李娜\" }} }}   # all\n{HEAD}"),
        format!(
            "people = {{\n  \"li.na\" = {{ name = \"李娜\", clerk = true }}, # Li\n  # nobody else\n}}\n{HEAD}"
        ),
        format!("{HEAD}[people]\n'li.na' = {{name='李娜'}}\n#an = {{}}\n\n[git]\ncommit = true\n"),
        format!("{HEAD}[people]\n\"li.na\".name = \"李娜\"\n\n\n[volume]\n2026-09 = 4_210 # all shops\n"),
        format!("[people . \"li.na\"]\nname = \"\"\"\\\n  李娜\"\"\"\n# of the shop\n{HEAD}"),
        format!(
            "{HEAD}\n[people.\"li.na\"]\n\n# clerk = true\n\n[departments.packing]\nduty = \"x\"\n[routing]\n"
        ),
    ];
    for text in odd {
        for form in 0..8 {
            let mut before = text.clone();
            if form & 1 != 0 {
                before = before.replace('\n', "\r\n");
            }
            if form & 2 != 0 {
                before = before.trim_end().to_owned();
            }
            if form & 4 != 0 {
                before.insert(0, '\u{feff}');
            }
            shop.put(SHOP, &before);
            let added = adds(&shop, &["person", "wang.li", "--name", "王丽", "--role", "agent"]);
            assert!(added.contains("name = \"王丽\"") && added.contains("role = \"agent\""), "{added}");
            assert_eq!(added.contains('\r'), added.contains('\n') && form & 1 != 0, "{added:?}");
            let again = shop.refused(&["shop", "add", "person", "wang.li"], 2);
            let line = shop.read(SHOP).lines().position(|line| line.contains("wang.li")).unwrap() + 1;
            again.says(&["fb.toml has the person wang.li already", &format!("fb.toml:{line}:")]);
            shop.run(&["note", &shop.case(&[]), "x", "--by", "wang.li"]).ok();
        }
    }
}

#[test]
fn what_cannot_be_added_is_refused_with_a_way_out() {
    let shop = TestLedger::new();
    shop.add_rules(
        SHOP,
        "[people.an]\nemail = \"an@example.cn\"\n[volume]\n2026-09 = 1\n[remedies]\ngift = false\n",
    );
    let refused = |arguments: &[&str], says: &[&str]| {
        shop.refused(&[&["shop", "add"], arguments].concat(), 2).says(says);
    };
    refused(&["person", "an"], &["fb.toml has the person an already: fb.toml:", "nothing was written"]);
    refused(&["department", "service"], &["every ledger has the department `service`", "--name"]);
    refused(&["department", "service", "--name", "x"], &["has the department service already: fb.toml:"]);
    refused(&["channel", "chat"], &["every ledger has the channel `chat`"]);
    refused(&["volume", "2026-09", "2"], &["orders of 2026-09 already: fb.toml:"]);
    refused(&["remedy", "gift"], &["takes `gift` out of the ledger", "remove that line"]);
    refused(
        &["person", "bo", "--role", "agnet"],
        &["there is no role `agnet`", "did you mean `agent`?", "`fb shop add role agnet`"],
    );
    refused(&["person", "bo", "--department", "servise"], &["did you mean `service`?"]);
    refused(&["person", "bo", "--email", "AN@example.cn"], &["AN@example.cn is the address of `an`"]);
    refused(&["person", " bo"], &["` bo` cannot be a key"]);
    refused(&["person", "bo", "--name", ""], &["--name must not be empty"]);
    refused(&["channel", "a\nb"], &["cannot be a key"]);
    refused(&["routing", "produkt/", "service"], &["no category is `produkt/`", "did you mean `product/`?"]);
    refused(&["routing", "price/value", "servise"], &["did you mean `service`?"]);
    refused(&["routing", "product/", "service"], &["has the routing of product/ already"]);
    refused(&["volume", "2026-13", "1"], &["`2026-13` is not a month", "write it as 2026-10"]);
    refused(&["volume", "2026-10", "many"], &["write a whole number"]);
    refused(&["volume", "2026-10", "-1"], &[]);
    refused(&["personn", "x"], &["did you mean `person`?"]);
    shop.put(SHOP, format!("volume = 1\n{HEAD}"));
    shop.refused(&["shop", "add", "volume", "2026-10", "1"], 3).says(&["`volume` must be a table"]);
}

#[test]
fn it_is_said_in_chinese_too() {
    let shop = TestLedger::new().with("FB_LANG", "zh");
    let refused = |arguments: &[&str], says: &[&str]| {
        shop.refused(&[&["shop", "add"], arguments].concat(), 2).says(says);
    };
    refused(&["department", "service"], &["每个台账都有部门 `service`", "--name"]);
    refused(&["person", "bo", "--role", "agnet"], &["没有名为 `agnet` 的职务", "是不是想写 `agent`？"]);
    refused(&["volume", "十月", "1"], &["`十月` 不是月份"]);
    let ran = shop.run(&["shop", "add", "channel", "wechat", "--name", "微信", "--dry-run"]).ok();
    assert_eq!(ran.out, "将添加到 fb.toml：\n  wechat = \"微信\"\n");
    let ran = shop.run(&["shop", "add", "channel", "wechat", "--name", "微信"]).ok();
    assert_eq!(ran.out, "已添加到 fb.toml：渠道 wechat\n");
    refused(&["channel", "wechat"], &["fb.toml 里已有渠道 wechat：fb.toml:"]);
}

#[test]
fn a_dry_run_shows_the_lines_and_writes_nothing() {
    let shop = TestLedger::new();
    let before = shop.snapshot();
    let ran = shop.run(&["shop", "add", "person", "li.na", "--name", "Li Na", "--dry-run"]).ok();
    assert_eq!(ran.out, "would add to fb.toml:\n  [people.\"li.na\"]\n  name = \"Li Na\"\n");
    assert_eq!(shop.snapshot(), before);
    shop.refused(&["shop", "add", "person", "li.na", "--role", "x", "--dry-run"], 2).says(&["no role `x`"]);
}

#[test]
fn without_commits_only_the_file_is_written() {
    let shop = TestLedger::new();
    let commits = shop.commits();
    shop.run(&["--no-commit", "shop", "add", "role", "trainer"]).ok().says(&["not committed"]);
    assert_eq!((shop.commits(), shop.status().as_str()), (commits, " M fb.toml"));
    shop.git(&["checkout", "--quiet", SHOP]);
    shop.put(SHOP, shop.read(SHOP).replace("commit = true", "commit = false"));
    shop.run(&["shop", "add", "role", "trainer"]).ok().says(&["not committed"]);
    assert_eq!((shop.commits(), shop.status().as_str()), (commits + 1, " M fb.toml"));
    assert!(shop.read(SHOP).contains("trainer = \"trainer\""));
}

/// As for a case file: the hand's change becomes part of the commit, and the commit says so.
#[test]
fn what_a_hand_changed_before_is_said() {
    let shop = TestLedger::new();
    shop.write(SHOP, format!("{}# by hand\n", shop.read(SHOP)));
    let id = shop.case(&[]);
    shop.run(&["shop", "add", "role", "trainer"]).ok().says(&["not committed until now", "fb.toml"]);
    assert_eq!(shop.last("%(trailers:key=Not-Committed-Before,valueonly)").trim(), SHOP);
    let committed = shop.git(&["show", "HEAD:fb.toml"]);
    assert!(committed.contains("# by hand") && committed.contains("trainer"));
    assert!(shop.path_of(&id).ends_with(".yaml") && shop.status().is_empty());
    // What a hand broke is not written over
    shop.write(SHOP, "[shop\n");
    shop.refused(&["shop", "add", "role", "other"], 3).says(&["fb.toml"]);
}

#[test]
fn whoever_adds_the_first_person_and_is_left_out_is_told() {
    let shop = TestLedger::new();
    let first = shop.run(&["shop", "add", "person", "zhang.wei", "--email", "z@example.cn"]).ok();
    first.says(&["you (li.na) are not", "`fb shop add person li.na --email li.na@example.cn` adds you"]);
    let second = shop.run(&["shop", "add", "person", "li.na", "--email", "li.na@example.cn"]).ok();
    assert_eq!(second.err, "");
    let alone = TestLedger::new();
    assert_eq!(alone.run(&["shop", "add", "person", "li.na"]).ok().err, "");
}

#[test]
fn an_undo_takes_it_out_again() {
    let shop = TestLedger::new();
    let before = shop.read(SHOP);
    adds(&shop, &["channel", "wechat"]);
    shop.run(&["undo"]).ok();
    assert_eq!((shop.read(SHOP), shop.status().as_str()), (before, ""));
}
