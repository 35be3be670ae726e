//! A year that a calendar lacks makes the clocks that need it unknown, and stops no command.

use crate::ledger::TestLedger;

/// A Wednesday in a year that the calendar of a new ledger does not have.
const JANUARY: &str = "2027-01-06T09:30:00+08:00";

const COMMANDS: [&str; 14] = [
    "",
    "list",
    "next",
    "report monthly 2027-01",
    "report monthly",
    "report quarterly 2027-Q1",
    "report overdue",
    "report people 2027-01",
    "report satisfaction 2027-H1",
    "report causes 2027-Q1",
    "report times 2027-01",
    "report trend 2027",
    "report diff HEAD now 2027-01",
    "policy try handbook 2027-01",
];

/// An import of one case of 2023, contacted after an hour and resolved after a day. Two of its clocks count working time:
/// forwarding in 4 working hours, resolving in 7 working days.
const OLD: &str = "external,kind,title,channel,customer.key,received,category,urgency,contacted,resolved,remedy\n\
    A-1,complaint,cup,hotline,c-1,2023-05-08T10:00:00+08:00,product/quality,general,\
    2023-05-08T11:00:00+08:00,2023-05-09T10:00:00+08:00,exchange\n";

/// The handbook, and in January 2027 a general complaint (two clocks in working time) and an urgent one, whose answer was
/// due after 30 minutes.
fn january() -> (TestLedger, String) {
    let shop = TestLedger::of("handbook");
    let received = "2027-01-05T09:30:00+08:00";
    let new = |urgency: &str| {
        let line =
            format!("new --kind complaint --title cup --channel hotline --customer c-9 --urgency {urgency}");
        let line = format!("{line} --format json");
        let ran = shop.at(received, &line.split(' ').collect::<Vec<_>>()).ok();
        ran.json()["cases"][0]["id"].as_str().unwrap().to_owned()
    };
    let general = new("general");
    new("urgent");
    (shop, general)
}

fn words(line: &str) -> Vec<&str> {
    line.split_whitespace().collect()
}

#[test]
fn every_command_goes_on_and_says_which_year_is_missing() {
    let (shop, _) = january();
    for command in COMMANDS {
        for (lang, note) in [
            ("en", "calendar `office` does not have the year 2027: 3 time limits are unknown"),
            ("zh", "日历 `office` 里没有 2027 年：3 个时限未知"),
        ] {
            let ran = shop.at(JANUARY, &[&["--lang", lang][..], &words(command)].concat()).ok();
            // December's figures are as of its end, when neither case was there
            let expected = if command == "report monthly" { 0 } else { 1 };
            // Both sides of a difference have their own note
            let expected = if command.contains("diff") { 2 } else { expected };
            assert_eq!(ran.out.matches(note).count(), expected, "{command}: {}", ran.out);
            assert!(ran.out.matches("fb calendar add").count() >= expected, "{command}: {}", ran.out);
        }
    }
}

#[test]
fn an_unknown_clock_counts_nowhere_and_the_others_do() {
    let (shop, _) = january();
    let report = shop.at(JANUARY, &words("report monthly 2027-01 --format json")).ok().json();
    let counts = |name: &str| {
        let clocks = report["clocks"].as_array().unwrap();
        let clock = clocks.iter().find(|clock| clock["name"] == name).unwrap();
        ["met", "missed", "running", "paused", "lapsed"].map(|key| clock[key].as_u64().unwrap())
    };
    assert_eq!(counts("forward"), [0, 0, 0, 0, 0]);
    // Of the urgent one: the answer was due at 10:00 on the day before, the solution is due right now.
    assert_eq!(counts("respond"), [0, 1, 0, 0, 0]);
    assert_eq!(counts("resolve"), [0, 0, 1, 0, 0]);
    let doubt = &report["doubts"][0];
    assert_eq!((&doubt["code"], &doubt["path"]), (&"missing-year".into(), &"calendar/office.toml".into()));
    assert_eq!(doubt["moves"], serde_json::json!(["clocks"]));

    let overdue = shop.at(JANUARY, &words("report overdue --format json")).ok().json();
    let unknown = overdue["unknown"].as_array().unwrap();
    assert_eq!((overdue["overdue"].as_array().unwrap().len(), unknown.len()), (1, 3));
    for row in unknown {
        assert_eq!(row["reason"], "calendar `office` does not have the year 2027");
    }
}

#[test]
fn a_case_shows_its_unknown_clocks_with_the_reason() {
    let (shop, id) = january();
    let reason = "calendar `office` does not have the year 2027";
    let show = shop.at(JANUARY, &["show", &id, "--format", "json"]).ok().json();
    let clocks = show["clocks"].as_array().unwrap();
    assert_eq!(clocks.len(), 2);
    for clock in clocks {
        let told = (&clock["state"], &clock["reason"], &clock["due"], &clock["remaining_seconds"]);
        assert_eq!(told, (&"unknown".into(), &reason.into(), &().into(), &().into()));
    }
    for (lang, said) in
        [("en", "? unknown  calendar `office`"), ("zh", "? 未知  日历 `office` 里没有 2027 年")]
    {
        let page = shop.at(JANUARY, &["--lang", lang, "show", &id]).ok().out;
        assert_eq!(page.matches(said).count(), 2, "{page}");
    }
    let page = shop.at(JANUARY, &["show", &id, "--explain"]).ok().out;
    assert_eq!(page.matches(&format!("due      unknown: {reason}")).count(), 2, "{page}");
    for command in ["list --format json", "next --format json"] {
        let rows = shop.at(JANUARY, &words(command)).ok().json();
        let row = rows["cases"].as_array().unwrap().iter().find(|row| row["id"] == id).unwrap().clone();
        let told = (&row["next_state"], &row["next_reason"], &row["next_due"], &row["overdue"]);
        assert_eq!(told, (&"unknown".into(), &reason.into(), &().into(), &false.into()));
    }
}

/// What cannot be computed may be late: no check of limits is green over it.
#[test]
fn a_check_of_limits_is_not_green() {
    let shop = TestLedger::of("handbook");
    let line = "new --kind complaint --title cup --channel hotline --customer c-9 --urgency general";
    shop.at("2027-01-05T09:30:00+08:00", &words(line)).ok();
    for arguments in ["check", "check --overdue"] {
        let ran = shop.at(JANUARY, &[&words(arguments)[..], &["--format", "json"]].concat());
        assert_eq!(ran.status, 1, "{}", ran.out);
        let codes: Vec<_> =
            ran.json()["findings"].as_array().unwrap().iter().map(|it| it["code"].clone()).collect();
        assert!(codes.contains(&"missing-year".into()), "{codes:?}");
    }
    // In November the next year is missing, too; no limit needs it yet.
    let early = TestLedger::of("handbook");
    early.case(&["--customer", "c-9", "--urgency", "general"]);
    let ran = early.run(&["check", "--overdue", "--deny", "warnings"]).ok();
    assert!(!ran.out.contains("missing-year"), "{}", ran.out);
}

#[test]
fn an_import_of_an_old_year_says_how_many_cases_need_it() {
    let shop = TestLedger::of("handbook");
    shop.write("../old.csv", OLD);
    let said = "time limits of 1 case are unknown: calendar `office` does not have the year 2023";
    for arguments in ["import ../old.csv --dry-run", "import ../old.csv"] {
        let ran = shop.run(&words(arguments)).ok();
        assert!(
            ran.out.contains(said) && ran.out.contains("`fb calendar add FILE` adds 2023"),
            "{}",
            ran.out
        );
    }
    let again = shop.run(&words("import ../old.csv --format json")).ok().json();
    assert_eq!((&again["skipped"], &again["missing_years"]), (&1.into(), &serde_json::json!([])));
    let shop = TestLedger::of("handbook");
    shop.write("../old.csv", OLD);
    let told = shop.run(&words("import ../old.csv --format json")).ok().json();
    let expected = serde_json::json!([{ "calendar": "office", "year": 2023, "cases": 1 }]);
    assert_eq!(told["missing_years"], expected);

    for command in COMMANDS {
        let ran = shop.run(&words(command)).ok();
        assert!(ran.out.contains("2 time limits are unknown"), "{command}: {}", ran.out);
    }
    let report = shop.run(&words("report monthly 2023-05 --format json")).ok().json();
    let resolution = &report["times"]["resolution"];
    assert_eq!((&resolution["working"], &resolution["elapsed"]["median"]), (&().into(), &86400.into()));
    assert_eq!(report["doubts"][0]["moves"], serde_json::json!(["clocks", "times"]));
    // With the year, everything is known: Monday 10:00-12:00 and 13:30-18:00, Tuesday 09:00-10:00
    shop.write(
        "../2023.json",
        r#"{"year": 2023, "days": [{"name": "元旦", "date": "2023-01-01", "isOffDay": true}]}"#,
    );
    shop.run(&words("calendar add ../2023.json")).ok();
    let report = shop.run(&words("report monthly 2023-05 --format json")).ok().json();
    assert_eq!(report["doubts"], serde_json::json!([]));
    assert_eq!(report["times"]["resolution"]["working"]["median"], 27_000);
}

/// Which of several calendars counts is said in fb.toml; the first by name is no answer.
#[test]
fn several_calendars_need_the_shop_s_choice() {
    let shop = TestLedger::of("aftersales");
    let text = shop.read("fb.toml");
    let line = text.lines().find(|line| line.starts_with("calendar = \"office\"")).unwrap();
    shop.run(&["check"]).ok();
    shop.put("fb.toml", text.replace(&format!("{line}\n"), ""));
    let check = shop.run(&["check"]);
    assert_eq!(check.status, 1);
    for said in ["bad-policy", "(office phone)", "`[shop] calendar`", "calendar = \"office\""] {
        assert!(check.out.contains(said) || check.err.contains(said), "{said}: {}{}", check.out, check.err);
    }
    assert_eq!(shop.run(&["report", "monthly"]).status, 3);
    shop.put("fb.toml", text.replace(line, "calendar = \"night\""));
    let check = shop.run(&["check"]);
    assert!((check.out + &check.err).contains("`night` is not a calendar of this ledger"));
    // The phone is answered at noon, when the office has its break
    let due = |calendar: &str| {
        shop.put("fb.toml", text.replace(line, &format!("calendar = \"{calendar}\"")));
        shop.run(&words("calendar due 2026-11-23T11:00 2wh --format json")).ok().json()
    };
    let (office, phone) = (due("office"), due("phone"));
    assert_eq!((&office["calendar"], &phone["calendar"]), (&"office".into(), &"phone".into()));
    assert_ne!(office["due"], phone["due"]);
}
