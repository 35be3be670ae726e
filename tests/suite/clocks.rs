//! Time limits and whose a case is, through the binary.

use crate::ledger::TestLedger;

/// Triaged, with a category and this urgency.
fn triage(shop: &TestLedger, id: &str, urgency: &str) {
    shop.run(&["triage", id, "--category", "product/quality", "--urgency", urgency]).ok();
}

fn show(shop: &TestLedger, id: &str) -> serde_json::Value {
    shop.run(&["show", id, "--format", "json"]).ok().json()
}

#[test]
fn the_deadline_of_a_hand_over_is_a_clock_wherever_clocks_are() {
    let shop = TestLedger::of("handbook");
    let id = &shop.case(&[]);
    triage(&shop, id, "general");
    shop.run(&[
        "assign",
        id,
        "--department",
        "quality",
        "--expects",
        "why",
        "--due",
        "2026-11-23T12:00:00+08:00",
    ])
    .ok();
    shop.run(&["contact", id]).ok();
    let clocks = show(&shop, id)["clocks"].clone();
    let clock = clocks.as_array().unwrap().last().unwrap();
    assert_eq!(clock["name"], "handover");
    assert_eq!(clock["limit"], serde_json::Value::Null);
    assert_eq!((&clock["state"], &clock["clause"]), (&"running".into(), &"S2.4.2".into()));
    assert_eq!(clock["started"], "2026-11-22T09:30:00+08:00");
    assert_eq!(clock["due"], "2026-11-23T12:00:00+08:00");
    let late = "2026-11-23T13:00:00+08:00";
    for page in [&["show", id][..], &["list"], &["next"], &["report", "overdue"], &["check"]] {
        let ran = shop.at(late, page);
        assert!(ran.out.contains("hand-over"), "{page:?}: {}{}", ran.out, ran.err);
        let ran = shop.at(late, &[&["--lang", "zh"], page].concat());
        assert!(ran.out.contains("派单期限"), "{page:?}: {}{}", ran.out, ran.err);
    }
    let found = shop.at(late, &["list", "clock:handover", "--format", "json"]).ok().json();
    assert_eq!(found["cases"][0]["next_clock"], "handover");
    let rules = shop.run(&["policy", "show"]).ok().out;
    assert!(rules.contains("as the hand-over says · every case · S2.4.2"), "{rules}");
    let report = shop.at("2026-12-02T10:00:00+08:00", &["report", "monthly", "2026-11", "--format", "json"]);
    let report = report.ok().json();
    let last = report["clocks"].as_array().unwrap().last().unwrap();
    assert_eq!((&last["name"], &last["missed"]), (&"handover".into(), &1.into()));
}

#[test]
fn the_last_day_of_a_wait_is_a_clock_wherever_clocks_are() {
    let shop = TestLedger::of("handbook");
    let id = &shop.case(&[]);
    triage(&shop, id, "general");
    shop.run(&["contact", id]).ok();
    let wait = |until: &str| shop.run(&["wait", id, "--reason", "a photo", "--until", until]);
    for (until, told) in [("2026-11-21", "is over"), ("soon", "is not allowed"), ("14:00", "is not allowed")]
    {
        let refused = wait(until);
        assert!(refused.status == 2 && refused.err.contains(told), "{until}: {}", refused.err);
    }
    // It is Sunday the 22nd; the third working day is Wednesday, and the second day is Tuesday
    for (until, day) in [("3wd", "2026-11-25"), ("2d", "2026-11-24"), ("2026-11-23", "2026-11-23")] {
        wait(until).ok();
        assert_eq!(show(&shop, id)["history"].as_array().unwrap().last().unwrap()["until"], day);
    }
    assert!(shop.run(&["show", id]).ok().out.contains("until 2026-11-23"));
    let waits = |clocks: &serde_json::Value| -> Vec<(String, String)> {
        let word = |clock: &serde_json::Value, key: &str| clock[key].as_str().unwrap().to_owned();
        let clocks = clocks.as_array().unwrap().iter().filter(|clock| clock["name"] == "waiting");
        clocks.map(|clock| (word(clock, "state"), word(clock, "due"))).collect()
    };
    let midnight = |day: u32| format!("2026-11-{day}T00:00:00+08:00");
    let told = |state: &str, day| (state.to_owned(), midnight(day));
    let clocks = show(&shop, id)["clocks"].clone();
    assert_eq!(waits(&clocks), [told("met", 26), told("met", 25), told("running", 24)]);
    let late = "2026-11-24T09:00:00+08:00";
    for page in [&["show", id][..], &["list"], &["next"], &["report", "overdue"], &["check"]] {
        let ran = shop.at(late, page);
        assert!(ran.out.contains("customer's answer"), "{page:?}: {}{}", ran.out, ran.err);
        let ran = shop.at(late, &[&["--lang", "zh"], page].concat());
        assert!(ran.out.contains("客户答复"), "{page:?}: {}{}", ran.out, ran.err);
    }
    shop.at(late, &["resume", id]).ok();
    let clocks = shop.at(late, &["show", id, "--format", "json"]).ok().json()["clocks"].clone();
    assert_eq!(waits(&clocks).last(), Some(&told("missed", 24)));
    // Without a day, the limit of the rules
    shop.at(late, &["wait", id, "--reason", "the bill"]).ok();
    let shown = shop.at(late, &["show", id, "--format", "json"]).ok().json();
    let last = shown["clocks"].as_array().unwrap().iter().rfind(|clock| clock["name"] == "waiting").unwrap();
    assert_eq!((&last["limit"], &last["due"]), (&"3wd".into(), &"2026-11-27T18:00:00+08:00".into()));
}

#[test]
fn a_case_that_nothing_watches_is_stalled_wherever_clocks_are() {
    let shop = TestLedger::new();
    let id = &shop.case(&["--kind", "inquiry"]);
    let short = &id[9..];
    // It is the 22nd; the 14th day after it ends with the 6th of December
    let (before, late) = ("2026-12-06T23:59:00+08:00", "2026-12-07T09:00:00+08:00");
    assert_eq!((shop.at(before, &["check"]).status, shop.at(late, &["check", "--overdue"]).status), (0, 1));
    let next = shop.at(late, &["next", "--format", "json"]).ok().json();
    assert_eq!((&next["cases"], &next["stalled"][0]["id"]), (&serde_json::json!([]), &id.as_str().into()));
    assert_eq!(next["stalled"][0]["stalled_since"], "2026-12-07T00:00:00+08:00");
    for page in [&["show", id][..], &["list", "stalled"], &["next"], &["report", "overdue"], &[]] {
        let ran = shop.at(late, page);
        assert!(ran.out.contains("tall") && ran.out.contains(short), "{page:?}: {}{}", ran.out, ran.err);
        let ran = shop.at(late, &[&["--lang", "zh"], page].concat());
        assert!(ran.out.contains("停滞"), "{page:?}: {}{}", ran.out, ran.err);
    }
    let as_of = |day: &str| {
        let report = shop.at(late, &["report", "overdue", "--as-of", day, "--format", "json"]).ok().json();
        report["stalled"].as_array().unwrap().len()
    };
    assert_eq!((as_of("2026-12-05"), as_of("2026-12-07T08:00")), (0, 1));
    // A remark comes too late; a step does not
    shop.at(late, &["note", id, "soon"]).ok();
    assert_eq!(shop.at(late, &["check"]).status, 1);
    shop.at(late, &["contact", id]).ok();
    assert_eq!(shop.at(late, &["check"]).status, 0);
}

#[test]
fn without_a_deadline_the_page_is_silent_and_programs_read_a_zero() {
    let shop = TestLedger::new();
    shop.case(&[]);
    shop.pass(40 * 24 * 60);
    let page = shop.run(&["report", "monthly", "2026-11"]).ok().out;
    assert!(!page.contains("hand-over"), "{page}");
    let report = shop.run(&["report", "monthly", "2026-11", "--format", "json"]).ok().json();
    let last = report["clocks"].as_array().unwrap().last().unwrap();
    assert_eq!((&last["name"], &last["share"]), (&"handover".into(), &serde_json::Value::Null));
}

#[test]
fn whoever_accepts_a_case_without_an_owner_answers_for_it() {
    let shop = TestLedger::of("handbook");
    let id = &shop.case(&[]);
    triage(&shop, id, "general");
    shop.run(&["assign", id, "--department", "quality", "--expects", "why", "--due", "2d"]).ok();
    assert_eq!(show(&shop, id)["owner"], serde_json::Value::Null);
    shop.run(&["accept", id]).ok();
    assert!(shop.read(&shop.path_of(id)).ends_with("    by: li.na\n    owner: li.na\n"));
    assert_eq!(show(&shop, id)["owner"], "li.na");
    let ran = shop.run(&["check", "--deny", "warnings", "--only", "unowned"]);
    assert_eq!((ran.status, ran.out.as_str()), (0, ""));
}

#[test]
fn an_urgent_case_goes_to_a_higher_desk_however_that_is_found() {
    let shop = TestLedger::of("handbook");
    let stands = |id: &str| {
        let case = show(&shop, id);
        (case["status"].as_str().unwrap().to_owned(), case["level"].as_str().map(str::to_owned))
    };
    let higher = ("escalated".to_owned(), Some("supervisor".to_owned()));
    let id = &shop.case(&[]);
    triage(&shop, id, "urgent");
    assert_eq!(stands(id), higher);

    // Urgent from the first: it goes there as it is triaged.
    let id = &shop.case(&["--urgency", "urgent"]);
    assert_eq!(stands(id), ("new".to_owned(), None));
    triage(&shop, id, "urgent");
    assert_eq!(stands(id), higher);

    // Found to be urgent before it is triaged, and while the work goes on.
    let amend =
        |id: &str| shop.run(&["amend", id, "--urgency", "urgent", "--reason", "someone was hurt"]).ok();
    let id = &shop.case(&[]);
    amend(id);
    assert_eq!(stands(id), ("new".to_owned(), None));
    let id = &shop.case(&[]);
    triage(&shop, id, "general");
    let commits = shop.commits();
    amend(id);
    assert_eq!((stands(id), shop.commits()), (higher.clone(), commits + 1));
    // Once is enough.
    shop.run(&["amend", id, "--urgency", "general", "--reason", "nobody was"]).ok();
    amend(id);
    assert_eq!(stands(id), higher);

    // Its remedy is carried out already: there it stays.
    let id = &shop.case(&[]);
    triage(&shop, id, "general");
    shop.run(&["assign", id, "--owner", "li.na", "--expects", "why", "--due", "2d"]).ok();
    shop.run(&["contact", id]).ok();
    shop.run(&["resolve", id]).ok();
    amend(id);
    assert_eq!(stands(id), ("resolved".to_owned(), None));
}

#[test]
fn where_the_policy_names_no_desk_an_urgent_case_stays() {
    let shop = TestLedger::new();
    let id = &shop.case(&[]);
    triage(&shop, id, "urgent");
    assert_eq!(show(&shop, id)["status"], "triaged");
}

/// The lines that a command prints, without what stands around them.
fn lines(shop: &TestLedger, arguments: &[&str]) -> Vec<String> {
    let ran = shop.run(arguments).ok();
    let single = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
    ran.out.lines().map(single).filter(|line| !line.is_empty()).collect()
}

#[test]
fn a_due_is_told_first_and_then_day_by_day() {
    let shop = TestLedger::new();
    let told = lines(&shop, &["calendar", "due", "2026-09-30T17:00", "2wh"]);
    let expected = [
        "due Thu 2026-10-08 10:00: 2 working h after Wed 2026-09-30 17:00",
        "calendar office",
        "day counts so far",
        "Wed 2026-09-30 1 h 1 h 17:00-18:00",
        "2026-10-01..10-07 – holiday",
        "Thu 2026-10-08 1 h 2 h 09:00-10:00",
    ];
    assert_eq!(told, expected);
    let told = lines(&shop, &["calendar", "due", "2026-10-03 10:00", "0wd"]);
    assert_eq!(told[0], "due Thu 2026-10-08 18:00: 0 working d after Sat 2026-10-03 10:00");
    assert_eq!(told.last().unwrap(), "Thu 2026-10-08 due at its end");
    let told = lines(&shop, &["--lang", "zh", "calendar", "due", "2026-10-09T17:59", "1wd"]);
    assert_eq!(told[0], "2026-10-10 18:00 周六到期：自2026-10-09 17:59 周五起 1 个工作日");
    assert_eq!(told.last().unwrap(), "2026-10-10 周六 1 第 1 天 调休上班");
}

#[test]
fn pauses_and_programs_have_their_say() {
    let shop = TestLedger::new();
    let pause = "2026-11-23T11:00..2026-11-24T14:00";
    let due = ["calendar", "due", "2026-11-23T09:00", "8wh", "--pause", pause, "--format", "json"];
    let answer = shop.run(&due).ok().json();
    assert_eq!((&answer["version"], &answer["calendar"]), (&1.into(), &"office".into()));
    assert_eq!(answer["due"], "2026-11-25T11:00:00+08:00");
    let seconds: Vec<i64> =
        answer["account"].as_array().unwrap().iter().map(|day| day["seconds"].as_i64().unwrap()).collect();
    assert_eq!(seconds, [2 * 3600, 4 * 3600, 2 * 3600]);
    let two =
        ["--pause", "2026-11-24T10:00..2026-11-25T10:00", "--pause", "2026-11-25T10:00..2026-11-26T10:00"];
    let told = lines(&shop, &[&["calendar", "due", "2026-11-23T10:00", "48h"][..], &two].concat());
    assert_eq!(told[0], "due Fri 2026-11-27 10:00: 48 h after Mon 2026-11-23 10:00");
    for line in shop.run(&due[..6]).ok().out.lines() {
        assert!(line.chars().count() <= 80, "{line}");
    }
}

#[test]
fn what_cannot_be_reckoned_is_refused_with_its_reason() {
    let shop = TestLedger::new();
    let missing = shop.run(&["calendar", "due", "2026-12-31T10:00", "900wh"]);
    assert_eq!(missing.status, 3);
    assert!(missing.err.contains("does not have the year"), "{}", missing.err);
    assert!(missing.err.contains("calendar/office.toml"), "{}", missing.err);
    let refused: [(&[&str], &str); 5] = [
        (&["2026-11-23T10:00", "2x"], "`2x` is not a time limit"),
        (&["tomorrow", "2h"], "`tomorrow` is not a moment"),
        (&["2026-11-23T10:00", "2h", "--pause", "2026-11-24"], "is not a span of time"),
        (&["2026-11-23T10:00", "2h", "--pause", "2026-11-24..2026-11-23"], "is not a span of time"),
        (&["2026-11-23T10:00", "2wh", "--calendar", "offce"], "did you mean `office`?"),
    ];
    for (words, said) in refused {
        let ran = shop.run(&[&["calendar", "due"], words].concat());
        assert_eq!(ran.status, 2, "{words:?}");
        assert!(ran.err.contains(said), "{words:?}: {}", ran.err);
    }
    shop.put(
        "calendar/night.toml",
        "name = \"night\"\nany_year = true\n[hours]\nmon-sun = [\"22:00-06:00\"]\n",
    );
    let both = shop.run(&["calendar", "due", "2026-11-23T10:00", "9wh"]);
    assert!(both.status == 3 && both.err.contains("(night office)"), "{}", both.err);
    shop.put("fb.toml", shop.read("fb.toml").replace("[git]", "calendar = \"office\"\n\n[git]"));
    // In the office, one day has 7.5 working hours
    let office = lines(&shop, &["calendar", "due", "2026-11-23T10:00", "9wh"]);
    assert!(office.iter().any(|line| line.contains("calendar office")), "{office:?}");
    let night = lines(&shop, &["calendar", "due", "2026-11-23T10:00", "9wh", "--calendar", "night"]);
    // Two hours before midnight, six after it, and the first of the next night
    assert_eq!(night[0], "due Tue 2026-11-24 23:00: 9 working h after Mon 2026-11-23 10:00");
    assert_eq!(night[4], "Tue 2026-11-24 7 h 9 h 00:00-06:00, 22:00-23:00");
}

/// An important case, found to be urgent on the next morning, with a customer who was asked in between.
fn changed(shop: &TestLedger) -> String {
    let id = shop.case(&[]);
    let at = |time: &str, words: &[&str]| {
        shop.at(time, &[words, &["--format", "json"]].concat()).ok();
    };
    at(
        "2026-11-23T09:00:00+08:00",
        &["triage", &id, "--category", "product/quality", "--urgency", "important"],
    );
    at("2026-11-23T10:00:00+08:00", &["wait", &id, "--reason", "a photo"]);
    at("2026-11-23T14:30:00+08:00", &["resume", &id]);
    at("2026-11-24T09:00:00+08:00", &["amend", &id, "--urgency", "general", "--reason", "the cup was whole"]);
    id
}

#[test]
fn a_clock_is_explained_by_its_rules_its_pauses_and_its_days() {
    let shop = TestLedger::of("handbook");
    let id = &changed(&shop);
    let ran = shop.at("2026-11-24T10:00:00+08:00", &["show", id, "--explain"]).ok();
    for expected in [
        "because  kind complaint, urgency important",
        "because  kind complaint, urgency general",
        "started  Sun 2026-11-22 09:30, received",
        "pause    Mon 2026-11-23 10:00 to Mon 2026-11-23 14:30",
        "changed  Tue 2026-11-24 09:00, amended",
        // Seven working days from Sunday the 22nd end on Tuesday the 1st; the pause took 2 h and 1 h of work, from 9:00 on
        "due      Wed 2026-12-02 12:00",
        "2026-11-28..11-29",
    ] {
        assert!(ran.out.contains(expected), "{expected}\n{}", ran.out);
    }
    let explanation = ran.out.split_once("forward to the hub · met").unwrap().1;
    assert!(explanation.lines().all(|line| line.chars().count() <= 80), "{}", ran.out);
    let case =
        shop.at("2026-11-24T10:00:00+08:00", &["show", id, "--explain", "--format", "json"]).ok().json();
    let clocks = case["clocks"].as_array().unwrap();
    let resolve = &clocks.iter().find(|clock| clock["name"] == "resolve").unwrap()["explain"];
    let rules: Vec<_> = resolve["rules"].as_array().unwrap().iter().map(|rule| &rule["event"]).collect();
    assert_eq!(rules, ["received", "triaged", "amended"]);
    assert_eq!(resolve["rules"][0]["rule"], serde_json::Value::Null);
    assert_eq!(resolve["rules"][1]["rule"]["limit"], "3wd");
    let condition = &resolve["rules"][2]["rule"]["conditions"][1];
    assert_eq!((&condition["attribute"], &condition["found"]), (&"urgency".into(), &"general".into()));
    assert_eq!(resolve["pauses"][0]["to"], "2026-11-23T14:30:00+08:00");
    assert_eq!(resolve["stopped_by"], serde_json::Value::Null);
    // Unasked, nothing is explained.
    let case = show(&shop, id);
    assert!(case["clocks"].as_array().unwrap().iter().all(|clock| clock.get("explain").is_none()));
}

#[test]
fn a_case_s_rules_are_explained_by_its_day_of_receipt_and_by_what_it_says() {
    let shop = TestLedger::of("handbook");
    shop.put("policy/2026-11-01.toml", shop.read("policy/base.toml"));
    shop.put("policy/2026-12-01.toml", shop.read("policy/base.toml"));
    let id = &changed(&shop);
    let now = "2026-11-24T10:00:00+08:00";
    let ran = shop.at(now, &["policy", "explain", id]).ok();
    for expected in [
        "no more  policy/base.toml · from the beginning",
        "holds    policy/2026-11-01.toml · for cases received from 2026-11-01",
        "not yet  policy/2026-12-01.toml · for cases received from 2026-12-01",
        "kind complaint, urgency general",
        "urgency general, not important",
        "done     triaged",
        "missing  assigned",
    ] {
        assert!(ran.out.contains(expected), "{expected}\n{}", ran.out);
    }
    assert!(ran.out.lines().all(|line| line.chars().count() <= 80), "{}", ran.out);
    let answer = shop.at(now, &["policy", "explain", id, "--format", "json"]).ok().json();
    let holds: Vec<_> = answer["policies"].as_array().unwrap().iter().map(|file| &file["holds"]).collect();
    assert_eq!(holds, [false, true, false]);
    let clocks = answer["clocks"].as_array().unwrap();
    let resolve = clocks.iter().find(|clock| clock["name"] == "resolve").unwrap();
    assert_eq!(resolve["holds"]["limit"], "7wd");
    assert_eq!(resolve["not"].as_array().unwrap().len(), 2);
    assert_eq!(answer["needs"][0]["steps"][0], serde_json::json!({ "step": "triaged", "done": true }));
}

/// Not a word about limits would read as if there were none.
#[test]
fn a_change_says_that_its_limits_cannot_be_told() {
    let shop = TestLedger::new();
    shop.add_rules(
        "policy/base.toml",
        "[[clock]]\nname = \"desk\"\nstart = [\"received\"]\nstop = [\"closed\"]\nwithin = \"2wh\"\n",
    );
    let late = "2031-11-28T10:00:00+08:00";
    let new = ["new", "--kind", "complaint", "--channel", "chat", "--title", "x"];
    let ran = shop.at(late, &new).ok();
    let why = "desk unknown: calendar `office` does not have the year 2031";
    assert!(ran.out.contains(why), "{}", ran.out);
    let id = ran.out.split_whitespace().next().unwrap();
    let ran = shop.at(late, &["note", id, "x", "--lang", "zh"]).ok();
    assert!(ran.out.contains("期限未知：") && ran.out.contains("2031"), "{}", ran.out);
    let list = shop.at(late, &["list"]).ok();
    assert!(list.out.contains("1 time limit is unknown"), "{}", list.out);
}
