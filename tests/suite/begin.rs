//! Rules that begin on a day: `fb policy begin`, and `fb import --limits-from` with the histories from before it.

use serde_json::{Value, json};

use crate::ledger::TestLedger;

const BASE: &str = "policy/base.toml";

/// Ended cases under the rules of an online shop, which ask for `triaged` (or `forwarded`) within 24 hours of the receipt
/// of a complaint or a praise, and for `contacted` within 48 hours of a complaint; before a complaint is resolved for
/// both, and before a praise is closed for `forwarded`.
///
/// | row | late | without such a step | missing steps |
/// | --- | --- | --- | --- |
/// | 1 | registered never | 1 | triaged |
/// | 2 | registered never, contacted after 72 h | 1 | triaged |
/// | 3 | nothing: it ended within 9 hours | 0 | triaged, contacted |
/// | 4 | registered never | 1 | forwarded |
/// | 5 | nothing: no limit is for an inquiry | 0 | |
const ENDED: &str = "\
external,kind,title,channel,received,contacted,resolved,closed,owner
1,complaint,the lid,email,2026-10-05 09:30,2026-10-05 14:00,2026-10-07 16:20,2026-10-09 10:00,zhang.wei
2,complaint,the cup,email,2026-10-06 09:00,2026-10-09 09:00,2026-10-10 09:00,2026-10-11 09:00,zhang.wei
3,complaint,the box,email,2026-10-07 09:00,,2026-10-07 17:00,2026-10-07 18:00,zhang.wei
4,praise,thanks,email,2026-10-08 11:00,,,2026-10-10 15:00,li.na
5,inquiry,a set,email,2026-10-09 10:00,,,2026-10-12 10:00,li.na
";

/// A complaint of November that nobody has classified within 24 hours, and that is open.
const OPEN: &str = "6,complaint,the pot,email,2026-11-02 09:00,2026-11-02 10:00,,,li.na\n";

fn with_table(text: &str) -> TestLedger {
    let shop = TestLedger::new();
    shop.write("../t.csv", text);
    shop
}

fn words(line: &str) -> Vec<&str> {
    line.split(' ').collect()
}

fn run(shop: &TestLedger, line: &str) -> crate::ledger::Ran {
    shop.run(&words(line))
}

/// Late limits, those of them without such a step, and missing steps.
fn numbers(answer: &Value) -> [u64; 3] {
    ["limits_late", "limits_without_step", "steps_missing"].map(|key| answer[key].as_u64().unwrap())
}

#[test]
fn ended_cases_are_green_if_the_rules_begin_after_them() {
    let shop = with_table(ENDED);
    let (rules, commits) = (shop.read(BASE), shop.commits());
    let ran = run(&shop, "import ../t.csv --limits-from 2026-11-01").ok();
    assert_eq!(
        ran.out,
        "imported 5 cases and 0 events to cases that were there; 0 were there already, 0 rows were bad\n\
         the rules begin on 2026-11-01: policy/2026-11-01.toml\n"
    );
    assert_eq!((shop.commits(), shop.status().as_str()), (commits + 1, ""));
    assert_eq!(shop.last("%s"), "import 5 cases from t.csv, rules from 2026-11-01");
    assert_eq!(shop.git(&["show", "--format=", "--name-only", "HEAD", "--", "policy", "fb.toml"]), {
        "policy/2026-11-01.toml\npolicy/base.toml"
    });
    assert_eq!(shop.read("policy/2026-11-01.toml"), rules);
    let check = run(&shop, "check --deny warnings").ok();
    assert_eq!((check.out.as_str(), check.err.as_str()), ("", ""));
    // The same once more finds the rules as they are
    let again = run(&shop, "import ../t.csv --limits-from 2026-11-01").ok();
    assert!(again.out.starts_with("imported 0 cases"), "{}", again.out);
    assert_eq!((again.out.lines().count(), shop.commits()), (1, commits + 1));
    run(&shop, "undo").ok();
    assert_eq!((shop.read(BASE), shop.status().as_str()), (rules, ""));
    assert!(!shop.dir.join("policy/2026-11-01.toml").exists());
    assert_eq!(run(&shop, "export --format jsonl").ok().out, "");
}

#[test]
fn without_it_they_are_red_and_it_is_said_before() {
    let shop = with_table(ENDED);
    let before = shop.snapshot();
    let dry = run(&shop, "import ../t.csv --dry-run").ok().out;
    let expected = "late under the rules: 4 limits, of which without such a step in this file: 3; steps that the rules ask for and that are missing: 5\n\
        --limits-from 2026-10-09 makes the rules begin on that day; cases received before it have no limits\n";
    assert_eq!(dry.split_once('\n').unwrap().1, expected);
    let zh = run(&shop, "--lang zh import ../t.csv --dry-run").ok().out;
    assert_eq!(
        zh.split_once('\n').unwrap().1,
        "按所适用的制度：超时 4 个时限，其中 3 个在文件里没有相应的步骤；缺少规定的步骤 5 处\n\
         加 --limits-from 2026-10-09 可让制度自该日起施行，之前受理的案卷不设时限\n"
    );
    let trial = run(&shop, "import ../t.csv --dry-run --limits-from 2026-10-09").ok().out;
    assert_eq!(
        trial.split_once('\n').unwrap().1,
        "the rules would begin on 2026-10-09: policy/2026-10-09.toml\n"
    );
    assert_eq!(shop.snapshot(), before);
    let told = run(&shop, "import ../t.csv").ok().out;
    assert!(
        told.contains("late under the rules: 4 limits, of which without such a step in this file: 3;"),
        "{told}"
    );
    assert!(told.contains("`fb policy begin 2026-10-09` makes the rules begin"), "{told}");
    let red = run(&shop, "check");
    assert_eq!((red.status, red.out.matches("error[not-allowed]").count()), (1, 5), "{}", red.out);
    // What is said to help does
    run(&shop, "policy begin 2026-10-09").ok();
    assert_eq!(run(&shop, "check --deny warnings").ok().out, "");
}

#[test]
fn the_numbers_are_for_the_cases_that_rows_are_about_and_for_their_rules() {
    let shop = with_table(&format!("{ENDED}{OPEN}"));
    let dry = |more: &str| run(&shop, &format!("import ../t.csv --dry-run --format json{more}")).ok().json();
    let all = dry("");
    assert_eq!((numbers(&all), &all["limits_from"]), ([5, 4, 5], &Value::Null));
    let later = dry(" --limits-from 2026-11-01");
    assert_eq!((numbers(&later), &later["limits_from"]), ([1, 1, 0], &json!("2026-11-01")));
    assert_eq!(numbers(&dry(" --limits-from 2026-11-03")), [0, 0, 0]);
    run(&shop, "import ../t.csv --limits-from 2026-11-01").ok();
    let check = run(&shop, "check");
    assert_eq!((check.status, check.out.matches("error[overdue]").count()), (1, 1), "{}", check.out);
    assert_eq!(numbers(&dry("")), [0, 0, 0]);
    // An event for the case of November: classified after the limit, so the step is there
    shop.write("../e.csv", "external,event,at,category,urgency\n6,triaged,2026-11-10 09:00,other,general\n");
    assert_eq!(numbers(&dry(" --events ../e.csv")), [1, 0, 0]);
}

#[test]
fn a_case_of_the_day_is_under_the_rules_and_one_before_it_is_not() {
    let shop = with_table(&format!("{ENDED}{OPEN}"));
    run(&shop, "import ../t.csv --limits-from 2026-11-03").ok();
    let kinds = ["complaint", "--title", "x", "--channel", "chat"];
    let new = |at: &str| {
        let ran = shop.run(&[&["new", "--at", at, "--kind"][..], &kinds].concat()).ok();
        ran.out.split_whitespace().next().unwrap().to_owned()
    };
    let (before, after) = (new("2026-11-02 23:59"), new("2026-11-03 00:00"));
    let clocks = |id: &str| {
        let case = run(&shop, &format!("show {id} --format json")).ok().json();
        case["clocks"].as_array().unwrap().iter().map(|clock| clock["name"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(clocks(&before), Vec::<Value>::new());
    assert_eq!(clocks(&after), ["register", "contact"]);
    run(&shop, &format!("resolve {before}")).ok();
    shop.refused(&words(&format!("resolve {after}")), 2).says(&["`triaged` is missing"]);
    let explained = run(&shop, &format!("policy explain {before}")).ok().out;
    assert!(explained.contains("holds    policy/base.toml · from the beginning"), "{explained}");
}

/// A month before the day has no limit that was kept or missed, and says so.
#[test]
fn a_report_of_a_month_without_limits_says_so() {
    let shop = with_table(ENDED);
    run(&shop, "import ../t.csv --limits-from 2026-11-01").ok();
    let said = |lang: &str, report: &str| run(&shop, &format!("--lang {lang} report {report}")).ok().out;
    for (report, later) in
        [("monthly 2026-10", "monthly 2026-11"), ("quarterly 2026-Q3", "quarterly 2026-Q4")]
    {
        let (en, zh) = (said("en", report), said("zh", report));
        assert!(en.contains("\n  The rules had no time limits.\n"), "{en}");
        assert!(!en.contains("No limit was missed") && !en.contains("Limits kept"), "{en}");
        assert!(zh.contains("\n  当时的制度不设时限。\n") && !zh.contains("时限遵守"), "{zh}");
        let later = said("en", later);
        assert!(later.contains("No limit was missed.") && later.contains("Limits kept"), "{later}");
    }
    let json = run(&shop, "report monthly 2026-10 --format json").ok().json();
    let clocks = json["clocks"].as_array().unwrap();
    let clocks: Vec<_> = clocks.iter().map(|clock| (&clock["name"], &clock["share"])).collect();
    assert_eq!(clocks, [(&json!("waiting"), &Value::Null), (&json!("handover"), &Value::Null)]);
    assert_eq!(json["overdue"], json!([]));
}

#[test]
fn every_byte_of_the_rules_stays() {
    for form in ["\u{feff}# ours\r\nA", "A# the end", "# 茶\n\nA\n\n"] {
        let shop = TestLedger::new();
        let rules = form.replace('A', &shop.read(BASE));
        let rules =
            if form.contains('\r') { rules.replace("\r\n", "\n").replace('\n', "\r\n") } else { rules };
        shop.put(BASE, &rules);
        let commits = shop.commits();
        run(&shop, "policy begin 2026-11-01").ok();
        assert_eq!(shop.read("policy/2026-11-01.toml"), rules);
        assert_eq!((shop.commits(), shop.last("%s")), (commits + 1, "policy: begin on 2026-11-01".into()));
        assert_eq!(shop.last("%(trailers:key=Fb-Command,valueonly)").trim(), "policy");
        let base = shop.read(BASE);
        assert!(base.contains("[escalation]\nlevels = [") && base.contains("effect-confirmed"), "{base}");
        assert!(!base.contains("[[") && !base.contains('\r') && !base.contains("the end"), "{base}");
        assert_eq!((shop.status().as_str(), run(&shop, "check").ok().out.as_str()), ("", ""));
        run(&shop, "undo").ok();
        assert_eq!((shop.read(BASE), shop.status()), (rules, String::new()));
    }
}

#[test]
fn what_is_there_and_loses_its_limits_is_counted() {
    let shop = TestLedger::new();
    let id = shop.case(&[]);
    let second = shop.case(&[]);
    run(&shop, &format!("void {second} --reason twice")).ok();
    let before = shop.snapshot();
    let dry = run(&shop, "policy begin 2026-12-01 --dry-run").ok();
    let told = "2026-12-01: policy/2026-12-01.toml\ncases already here that were received before that day and have no limits any more: 1, of which open: 1\n";
    assert_eq!(dry.out, format!("the rules would begin on {told}"));
    assert_eq!(shop.snapshot(), before);
    let ran = run(&shop, "--no-commit policy begin 2026-12-01").ok();
    assert_eq!(ran.out, format!("the rules begin on {told}"));
    ran.says(&["not committed"]);
    assert_eq!(shop.status(), " M policy/base.toml\n?? policy/2026-12-01.toml");
    // The day is still to come: nothing is wrong with the rules of today, and no limit runs
    assert_eq!(run(&shop, "check --deny warnings --only old-edition,overdue,role-unfilled").ok().out, "");
    assert_eq!(run(&shop, &format!("show {id} --format json")).ok().json()["clocks"], json!([]));
    let import = with_table(ENDED);
    import.case(&[]);
    let ran = run(&import, "--lang zh import ../t.csv --limits-from 2026-11-23").ok();
    assert!(
        ran.out.contains("台账里原有的案卷，在该日之前受理的 1 件不再设时限，其中未结 1 件"),
        "{}",
        ran.out
    );
}

#[test]
fn edits_that_are_not_committed_go_with_it() {
    let shop = TestLedger::new();
    let rules = format!("{}# by hand\n", shop.read(BASE));
    shop.write(BASE, &rules);
    run(&shop, "policy begin 2026-11-01").ok().says(&["not committed until now", "policy/base.toml"]);
    assert_eq!((shop.read("policy/2026-11-01.toml"), shop.status()), (rules, String::new()));
}

#[test]
fn no_rules_are_lost() {
    let begin = ["policy", "begin", "2026-11-01"];
    let import = ["import", "../t.csv", "--limits-from", "2026-11-01"];
    let refuses = |shop: &TestLedger, said: &[&str]| {
        shop.write("../t.csv", ENDED);
        for line in [&begin[..], &import, &[&begin[..], &["--dry-run"]].concat()] {
            shop.refused(line, 2).says(said);
        }
    };
    let shop = TestLedger::new();
    let rules = shop.read(BASE);
    shop.put("policy/2026-11-01.toml", &rules);
    refuses(
        &shop,
        &["end before 2026-11-01, when those of policy/2026-11-01.toml begin", "a day before 2026-11-01"],
    );
    shop.put("policy/2026-10-01.toml", &rules);
    refuses(&shop, &["end before 2026-10-01", "be lost"]);
    // Before the first of them, all of them still hold for somebody
    run(&shop, "policy begin 2026-09-01").ok();
    let files = ["base", "2026-09-01", "2026-10-01", "2026-11-01"].map(|stem| format!("policy/{stem}.toml"));
    assert!(files[1..].iter().all(|file| shop.read(file) == rules));
    refuses(&shop, &["begin on 2026-09-01 already: policy/2026-09-01.toml", "git mv policy/2026-09-01.toml"]);
    let empty = TestLedger::new();
    empty.put(BASE, "title = \"nothing\"\n");
    refuses(&empty, &["policy/base.toml has no limits"]);
    let wrong = TestLedger::new();
    for word in ["2026-11", "2026-02-30", "today"] {
        let said = [&format!("`{word}` is not a date")[..], "write it as 2026-10-01"];
        wrong.refused(&["policy", "begin", word], 2).says(&said);
        wrong.refused(&["import", "../t.csv", "--limits-from", word], 2).says(&said);
    }
    wrong.put(BASE, "[[clock]]\n");
    wrong.refused(&begin, 3);
}

/// Without the approvals that were asked for, one of two is enough: the case is approved, and its file moves with the
/// rules.
#[test]
fn a_case_that_another_status_is_due_to_moves_along() {
    const ID: &str = "20261120-0aaaaa";
    let shop = TestLedger::of("citywide");
    for (person, role) in [("qiao.feng", "quality-lead"), ("li.na", "agent")] {
        run(&shop, &format!("shop add person {person} --email {person}@example.cn --role {role}")).ok();
    }
    let text = format!(
        "id: {ID}\nkind: complaint\ntitle: cup\nchannel: phone\nexternal: a\nhistory:\n  \
         - received: 2026-11-20T09:00:00+08:00\n    by: li.na\n  \
         - proposed: 2026-11-20T10:00:00+08:00\n    by: li.na\n    remedy: refund\n  \
         - approved: 2026-11-20T11:00:00+08:00\n    by: qiao.feng\n    as: quality-lead\n"
    );
    let (old, new) = (format!("cases/proposed/{ID}.yaml"), format!("cases/approved/{ID}.yaml"));
    shop.put(&old, &text);
    shop.write("../t.csv", "external,kind,title,channel,received\na,complaint,cup,phone,2026-11-20 09:00\n");
    shop.write("../e.csv", "external,event,at,note\na,noted,2026-11-20 12:00,from the other system\n");
    for (line, said) in [
        ("policy begin 2026-11-21", ""),
        ("import ../t.csv --limits-from 2026-11-21", ""),
        ("import ../t.csv --events ../e.csv --limits-from 2026-11-21", "from the other system"),
    ] {
        let commits = shop.commits();
        run(&shop, line).ok();
        assert_eq!((shop.commits(), shop.path_of(ID)), (commits + 1, new.clone()), "{line}");
        let moved = shop.read(&new);
        assert!(moved.starts_with(&text) && moved.contains(said), "{moved}");
        assert_eq!(run(&shop, "check --only wrong-directory,unapproved").ok().out, "");
        run(&shop, "undo").ok();
        assert_eq!((shop.read(&old), shop.status().as_str()), (text.clone(), ""), "{line}");
    }
}
