//! The ledger as it stood: at an instant, at a commit, for some of the cases.

use serde_json::Value;

use crate::ledger::TestLedger;

/// A case of October that was contacted in October and resolved in November, and one that nobody touched.
fn shop() -> (TestLedger, String, String) {
    let shop = TestLedger::free();
    let at = |now: &str, arguments: &[&str]| {
        let ran = shop.at(now, arguments).ok();
        let text = if arguments.contains(&"json") { ran.json() } else { Value::Null };
        text["cases"][0]["id"].as_str().unwrap_or_default().to_owned()
    };
    let new = ["new", "--kind", "complaint", "--title", "杯子碎了", "--format", "json", "--channel"];
    let one = at("2026-10-05T10:00:00+08:00", &[&new[..], &["hotline"]].concat());
    at("2026-10-06T10:00:00+08:00", &["contact", &one, "-m", "first call"]);
    let two = at("2026-10-20T10:00:00+08:00", &[&new[..], &["chat"]].concat());
    at("2026-11-05T10:00:00+08:00", &["resolve", &one]);
    (shop, one, two)
}

/// The ids of a list's answer, in order.
fn ids(answer: &Value) -> Vec<&str> {
    answer["cases"].as_array().unwrap().iter().map(|case| case["id"].as_str().unwrap()).collect()
}

#[test]
fn a_list_and_a_case_are_shown_as_they_stood() {
    let (shop, one, two) = shop();
    let list = |as_of: &str| shop.run(&["list", "all", "--as-of", as_of, "--format", "json"]).ok().json();
    assert_eq!(ids(&list("2026-10-04")), Vec::<&str>::new());
    // A day means its end.
    assert_eq!(ids(&list("2026-10-05")), [&one]);
    assert_eq!(list("2026-10-05")["cases"][0]["status"], "new");
    assert_eq!(ids(&list("2026-10-20T09:59:59+08:00")), [&one]);
    let mut both = [one.as_str(), two.as_str()];
    both.sort_unstable();
    let then = list("2026-10-20 10:00");
    let mut found = ids(&then);
    found.sort_unstable();
    assert_eq!(found, both);

    let show = |as_of: &str| shop.run(&["show", &one, "--as-of", as_of, "--format", "json"]);
    let events = |answer: &Value| answer["history"].as_array().unwrap().len();
    assert_eq!(events(&show("2026-10-05").ok().json()), 1);
    let october = show("2026-10-31").ok().json();
    assert_eq!((events(&october), october["status"].as_str()), (2, Some("new")));
    assert_eq!(show("2026-11-05").ok().json()["status"], "resolved");
    let page = shop.run(&["show", &one, "--as-of", "2026-10-05"]).ok().out;
    assert!(!page.contains("first call"), "{page}");
    let early = show("2026-10-04");
    assert_eq!(early.status, 1);
    early.says(&["had not been received yet"]);
}

#[test]
fn check_tells_the_limits_as_they_stood() {
    let (shop, one, two) = shop();
    // 48 h for the first contact of a complaint: the one was called after 24 h, the other never.
    let late = |as_of: &str| {
        let ran = shop.run(&["check", "--only", "overdue", "--as-of", as_of, "--format", "json"]);
        let found = ran.json()["findings"].as_array().unwrap().clone();
        let contact = |finding: &&Value| finding["message"].as_str().unwrap().contains("contact");
        let ids = found.iter().filter(contact).map(|it| it["id"].as_str().unwrap().to_owned());
        (ran.status, ids.collect::<Vec<_>>())
    };
    assert_eq!(late("2026-10-05 10:00"), (0, Vec::new()));
    assert_eq!(late("2026-10-22T10:00:00+08:00").1, Vec::<String>::new());
    assert_eq!(late("2026-10-22T10:00:01+08:00"), (1, vec![two]));
    // Looking back, a later stamp is not one of the future.
    let then = ["check", "--only", "future-stamp,not-allowed", "--as-of", "2026-10-05"];
    assert_eq!(shop.run(&then).status, 0, "{one}");
}

#[test]
fn a_revision_is_read_without_a_checkout() {
    let (shop, one, two) = shop();
    let before = shop.snapshot();
    let at = |revision: &str, more: &[&str]| {
        shop.run(&[&["list", "all", "--format", "json", "--rev", revision], more].concat())
    };
    // The commits: begin, new, contact, new, resolve.
    assert_eq!(ids(&at("HEAD~3", &[]).ok().json()), [&one]);
    assert_eq!(at("HEAD~3", &[]).ok().json()["cases"][0]["status"], "new");
    assert_eq!(ids(&at("HEAD~4", &[]).ok().json()), Vec::<&str>::new());
    assert_eq!(at("HEAD", &["--limit", "9"]).ok().json()["cases"].as_array().unwrap().len(), 2);
    let show = shop.run(&["show", &one, "--rev", "HEAD~2", "--format", "json"]).ok().json();
    assert_eq!(show["history"].as_array().unwrap().len(), 2);
    assert_eq!(shop.run(&["show", &two, "--rev", "HEAD~2"]).status, 1);
    let report =
        shop.run(&["report", "monthly", "2026-10", "--rev", "HEAD~2", "--format", "json"]).ok().json();
    assert_eq!(report["flow"]["received"], 1);
    assert_eq!(
        report["ledger"]["commit"].as_str(),
        Some(shop.git(&["rev-parse", "--short", "HEAD~2"]).as_str())
    );
    let check = shop.run(&["check", "--rev", "HEAD~4"]);
    assert_eq!((check.status, check.out.as_str()), (0, ""));
    assert_eq!(shop.snapshot(), before);

    let nowhere = at("no-such", &[]);
    assert_eq!(nowhere.status, 2);
    nowhere.says(&["no-such", "git log --oneline"]);
    let dashed = shop.run(&["list", "--rev=--output=x"]);
    assert_eq!(dashed.status, 2);
    assert_eq!(shop.snapshot(), before);
}

#[test]
fn a_revision_keeps_its_own_rules_and_its_own_time() {
    let shop = TestLedger::free().with("GIT_COMMITTER_DATE", "2026-10-07T12:00:00+08:00");
    let new = ["new", "--kind", "complaint", "--title", "x", "--channel", "hotline", "--format", "json"];
    shop.at("2026-10-05T10:00:00+08:00", &new).ok();
    shop.write("fb.toml", shop.read("fb.toml") + "\nnot toml at all");
    shop.git(&["commit", "--quiet", "--all", "-m", "break the rules"]);
    assert_eq!(shop.run(&["list"]).status, 3);
    // At the time of the commit the 48 h for the contact had passed by two hours.
    let line = "env -u FB_NOW fb list --rev HEAD~1 --format json";
    let case = shop.shell(line).ok().json()["cases"][0].clone();
    assert_eq!((case["overdue"].as_bool(), case["next_clock"].as_str()), (Some(true), Some("register")));
    let seconds = "env -u FB_NOW fb report overdue --rev HEAD~1 --format json";
    let report = shop.shell(seconds).ok().json();
    assert_eq!(report["as_of"], "2026-10-07T12:00:00+08:00");
    let contact = |late: &&Value| late["clock"] == "contact";
    let late = report["overdue"].as_array().unwrap().iter().find(contact).unwrap().clone();
    assert_eq!(late["overdue_seconds"], 2 * 60 * 60);
}

#[test]
fn a_finished_months_report_is_the_same_whatever_happens_later() {
    let (shop, one, two) = shop();
    let reports = || {
        let formats = ["text", "markdown", "csv", "json"];
        let of = |kind: &str, period: &str| {
            formats.map(|format| shop.run(&["report", kind, period, "--cases", "--format", format]).ok().out)
        };
        [of("monthly", "2026-10"), of("quarterly", "2026-Q3")]
    };
    let before = reports();
    for words in [
        &["note", &one, "later"][..],
        &["amend", &one, "--category", "product/quality", "--urgency", "urgent", "--reason", "seen"],
        &["contact", &two],
        &["reject", &two, "--reason", "nothing to it"],
        &["reopen", &two, "--reason", "there is"],
    ] {
        shop.pass(60);
        shop.run(words).ok();
    }
    shop.case(&["--at", "2026-11-01T00:00:00+08:00"]);
    let clock =
        "[[clock]]\nname = \"brand-new\"\nstart = [\"received\"]\nstop = [\"closed\"]\nwithin = \"1h\"\n";
    shop.put("policy/2026-11-10.toml", format!("title = \"amended\"\n{clock}"));
    shop.pass(60 * 24 * 400);
    assert_eq!(reports(), before);
}

#[test]
fn a_report_counts_the_cases_that_a_query_means() {
    let (shop, one, two) = shop();
    let october = |terms: &[&str]| {
        let words = [&["report", "monthly", "2026-10", "--format", "json", "--cases"], terms].concat();
        shop.run(&words).ok().json()
    };
    assert_eq!(october(&[])["flow"]["received"], 2);
    let hotline = october(&["channel:hotline"]);
    assert_eq!(hotline["flow"]["cases"]["received"], serde_json::json!([one]));
    assert_eq!(hotline["query"], serde_json::json!(["channel:hotline"]));
    assert_eq!(hotline["ledger"]["files"], 1);
    let contact = |report: &Value| {
        let clocks = report["clocks"].as_array().unwrap().clone();
        let clock = clocks.iter().find(|clock| clock["name"] == "contact").unwrap().clone();
        (clock["met"].as_u64().unwrap(), clock["decided"].as_u64().unwrap())
    };
    assert_eq!((contact(&october(&[])), contact(&hotline)), ((1, 2), (1, 1)));
    let rest = october(&["-channel:hotline"]);
    assert_eq!((contact(&rest), &rest["flow"]["cases"]["received"]), ((0, 1), &serde_json::json!([two])));
    assert_eq!(rest["complaint_rate"]["per_1000"], Value::Null);
    // Without a period the first word may be a term already.
    let overdue = shop.run(&["report", "overdue", "channel:chat", "--format", "json"]).ok().json();
    assert!(overdue["overdue"].as_array().unwrap().iter().all(|late| late["id"] == two.as_str()));
    let page = shop.run(&["report", "monthly", "channel:hotline"]).ok().out;
    assert!(page.lines().next().unwrap().ends_with("only channel:hotline"), "{page}");
    shop.refused(&["report", "monthly", "2026-13"], 2).says(&["2026-13", "2026-Q3"]);
    shop.refused(&["report", "monthly", "2026-10", "chanel:hotline"], 2).says(&["channel"]);
}

#[test]
fn a_report_is_broken_down_by_a_dimension() {
    let (shop, one, _) = shop();
    let words = ["report", "monthly", "2026-11", "--group-by", "channel", "--cases", "--format", "json"];
    let groups = shop.run(&words).ok().json()["groups"]["channel"].clone();
    let hotline = groups.as_array().unwrap().iter().find(|group| group["key"] == "hotline").unwrap().clone();
    assert_eq!(hotline["resolved"], 1);
    assert_eq!(hotline["cases"]["resolved"], serde_json::json!([one]));
    // From 2026-10-05 10:00 to 2026-11-05 10:00.
    assert_eq!(hotline["times"]["resolution"]["elapsed"]["median"], 31.0 * 86400.0);
    let page = shop.run(&["report", "monthly", "2026-11", "--group-by", "channel,owner"]).ok().out;
    assert!(page.contains("By channel") && page.contains("By owner"), "{page}");
    shop.refused(&["report", "monthly", "--group-by", "month"], 2).says(&["trend"]);
    shop.refused(&["report", "monthly", "--group-by", "departement"], 2).says(&["department"]);
    let late = shop.run(&["report", "overdue", "--group-by", "channel", "--format", "json"]).ok().json();
    assert_eq!(late["groups"]["channel"][0]["key"], "chat");
}

#[test]
fn a_difference_is_told_case_by_case() {
    let (shop, one, two) = shop();
    let before = shop.git(&["rev-parse", "--short", "HEAD"]);
    // Found later in the minutes of October: the second customer was called in time.
    shop.run(&["contact", &two, "--at", "2026-10-21T10:00:00+08:00", "-m", "by phone"]).ok();
    shop.run(&["note", &one, "nothing that counts in October"]).ok();
    let words = ["report", "diff", &before, "HEAD", "2026-10"];
    let answer = shop.run(&[&words[..], &["--format", "json"]].concat()).ok().json();
    let figure = |name: &str| {
        let all = answer["figures"].as_array().unwrap();
        all.iter().find(|figure| figure["figure"] == name).cloned().unwrap_or_default()
    };
    let met = figure("clocks.contact.met");
    assert_eq!((&met["was"], &met["is"], &met["more"]), (&1.into(), &2.into(), &serde_json::json!([two])));
    let missed = figure("clocks.contact.missed");
    assert_eq!(
        (&missed["was"], &missed["is"], &missed["fewer"]),
        (&1.into(), &0.into(), &serde_json::json!([two]))
    );
    assert_eq!(figure("times.contact.elapsed.n")["is"], 2);
    assert_eq!(figure("flow.received"), Value::Null);
    let cases = answer["cases"].as_array().unwrap();
    assert_eq!(cases.len(), 1);
    assert_eq!(cases[0]["id"], two.as_str());
    assert_eq!(cases[0]["changes"][0]["event"]["event"], "contacted");
    let page = shop.run(&words).ok().out;
    assert!(page.contains("+ contacted Wed 2026-10-21 10:00  by phone"), "{page}");

    // Other rules, the same case: the missed contact is met when a shop gives itself a month.
    let base = shop.read("policy/base.toml");
    shop.put("policy/base.toml", base.replace("within = \"24h\"", "within = \"1000h\""));
    let page = shop.run(&["report", "diff", "HEAD~1", "now", "2026-10"]).ok().out;
    assert!(page.contains("policy/base.toml") && page.contains("the rules are not"), "{page}");
    let same = shop.run(&["report", "diff", "HEAD", "now", "2026-10"]).ok().out;
    assert!(same.contains("No figure differs"), "{same}");
    shop.refused(&["report", "diff", "HEAD", "no-such"], 2).says(&["no-such"]);
}

#[test]
fn check_can_be_told_to_look_at_what_changed_alone() {
    let (shop, one, two) = shop();
    shop.run(&["note", &two, "call 13800138000"]).ok();
    let since = |revision: &str| {
        let ran = shop.run(&["check", "--since", revision, "--format", "json"]);
        let found = ran.json()["findings"].as_array().unwrap().clone();
        let mut ids: Vec<String> = found.iter().map(|it| it["id"].as_str().unwrap().to_owned()).collect();
        ids.dedup();
        (ran.status, ids)
    };
    assert_eq!(since("HEAD"), (0, Vec::new()));
    assert_eq!(since("HEAD~1"), (1, vec![two.clone()]));
    // Not committed yet: what is on disk counts. A note that says nothing cannot be read.
    shop.write(
        &shop.path_of(&one),
        shop.read(&shop.path_of(&one)) + "  - noted: 2026-11-22T09:00:00+08:00\n",
    );
    assert_eq!(since("HEAD"), (3, vec![one]));
    shop.refused(&["check", "--since", "no-such"], 2).says(&["no-such"]);
}

#[cfg(unix)]
#[test]
fn rules_that_are_a_link_in_a_commit_are_named() {
    let shop = TestLedger::free();
    std::os::unix::fs::symlink("base.toml", shop.dir.join("policy/2026-07-01.toml")).unwrap();
    shop.git(&["add", "--all"]);
    shop.git(&["commit", "--quiet", "-m", "a link"]);
    for words in [&["list", "--at", "HEAD"][..], &["report", "monthly", "2026-10", "--at", "HEAD"]] {
        shop.refused(words, 3).says(&["policy/2026-07-01.toml", "symbolic link"]);
    }
}

#[test]
fn a_report_says_if_its_commit_cannot_be_named() {
    let shop = TestLedger::new();
    shop.case(&[]);
    shop.git(&["checkout", "--quiet", "--detach"]);
    shop.write(".git/HEAD", "1234567890123456789012345678901234567890\n");
    let ran = shop.run(&["report", "overdue", "--format", "json"]).ok();
    assert_eq!(ran.json()["ledger"]["commit"], serde_json::Value::Null);
    assert_eq!(ran.err.matches("the report does not name its commit").count(), 1, "{}", ran.err);
}
