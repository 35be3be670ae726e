//! The steps, approvals and limits of the rule books are those of the clauses.

use toml::Value;

use super::book::{books, table, tables, word, words};
use crate::case::{EventName, Kind, Names};

#[test]
fn every_step_and_trigger_can_happen() {
    for book in books() {
        for clock in tables(&book.policy, "clock") {
            for key in ["start", "stop"] {
                assert!(!words(clock, key).is_empty(), "{clock}");
                for trigger in words(clock, key) {
                    assert!(book.knows_trigger(trigger), "{}: `{trigger}`", word(clock, "name"));
                }
            }
        }
        for need in book.needs() {
            let (kind, event) = (need.kind, need.event);
            assert!(Kind::of(kind).is_some() && book.knows_trigger(event), "needs {kind}.{event}");
            let steps = || need.steps.iter().flatten().map(|step| step.split('*').next().unwrap());
            assert!(steps().all(|step| book.knows_trigger(step)), "{kind}.{event}");
            let clocks: Vec<&str> =
                tables(&book.policy, "clock").into_iter().map(|clock| word(clock, "name")).collect();
            assert!(need.limits.iter().all(|limit| clocks.contains(limit)), "{kind}.{event}");
            let asks = [&need.limits, &need.fields, &need.ask].iter().any(|asked| !asked.is_empty());
            assert!(asks || steps().next().is_some());
        }
        for (kind, approval) in table(&book.policy, "approval") {
            assert!(Kind::of(kind).is_some());
            for role in words(approval.as_table().unwrap(), "roles") {
                assert!(book.knows(Names::Roles, "roles", role), "{role}");
            }
        }
    }
}

#[test]
fn a_milestone_has_no_event_s_name() {
    for book in books() {
        assert!(
            book.milestones().into_iter().all(|name| EventName::of(name).is_none()),
            "{}",
            book.preset.name
        );
    }
}

#[test]
fn every_clock_has_a_form_that_can_be_read() {
    const KEYS: &[&str] =
        &["name", "label", "clause", "when", "start", "stop", "within", "warn", "pause", "calendar"];
    for book in books() {
        for clock in tables(&book.policy, "clock") {
            let name = word(clock, "name");
            assert!(clock.keys().all(|key| KEYS.contains(&key.as_str())), "{clock}");
            let within = word(clock, "within");
            let digits = within.trim_end_matches(|c: char| c.is_ascii_lowercase());
            let unit = &within[digits.len()..];
            assert!(
                digits.parse::<u32>().is_ok() && ["m", "h", "d", "wm", "wh", "wd"].contains(&unit),
                "{name}"
            );
            assert_eq!(
                unit.starts_with('w'),
                clock.contains_key("calendar"),
                "{name}: working units need one"
            );
            for (key, _) in table(clock, "when") {
                let known =
                    ["kind", "urgency", "complexity", "tier", "channel", "category", "product", "justified"];
                assert!(known.contains(&key.as_str()), "{name}: when {key}");
            }
            for kind in words(table(clock, "when"), "kind") {
                assert!(Kind::of(kind).is_some(), "{name}: {kind}");
            }
            for channel in words(table(clock, "when"), "channel") {
                assert!(book.knows(Names::Channels, "channels", channel), "{name}: {channel}");
            }
        }
    }
}

/// Name, limit and clause of the clocks of a case with these attributes; for each name the first that matches.
fn limits(preset: &str, attributes: &[(&str, &str)]) -> Vec<(String, String, String)> {
    let book = books().find(|book| book.preset.name == preset).unwrap();
    let mut limits: Vec<(String, String, String)> = Vec::new();
    for clock in tables(&book.policy, "clock") {
        let fits = table(clock, "when").iter().all(|(key, _)| {
            let wanted = match table(clock, "when").get(key) {
                Some(Value::Boolean(flag)) => vec![if *flag { "true" } else { "false" }],
                _ => words(table(clock, "when"), key),
            };
            let value = attributes.iter().find(|(name, _)| name == key).map(|(_, value)| *value);
            value.is_some_and(|value| {
                wanted.iter().any(|w| *w == value || key == "product" && value.starts_with(w))
            })
        });
        let name = word(clock, "name").to_owned();
        if fits && limits.iter().all(|(ruled, ..)| *ruled != name) {
            limits.push((name, word(clock, "within").to_owned(), word(clock, "clause").to_owned()));
        }
    }
    limits
}

#[track_caller]
fn assert_limits(preset: &str, attributes: &[(&str, &str)], expected: &[(&str, &str, &str)]) {
    let found = limits(preset, attributes);
    let found: Vec<_> = found.iter().map(|(n, w, c)| (n.as_str(), w.as_str(), c.as_str())).collect();
    assert_eq!(found, expected, "{preset} {attributes:?}");
}

#[test]
fn limits_are_those_of_the_clauses() {
    let complaint = ("kind", "complaint");
    assert_limits("ecommerce", &[complaint], &[("register", "24h", "S0.5"), ("contact", "48h", "S0.5.1")]);
    assert_limits(
        "ecommerce",
        &[complaint, ("complexity", "complex")],
        &[("register", "24h", "S0.5"), ("contact", "48h", "S0.5.1"), ("result", "72h", "S0.5.1")],
    );
    assert_limits(
        "ecommerce",
        &[complaint, ("complexity", "simple")],
        &[("register", "24h", "S0.5"), ("contact", "48h", "S0.5.1")],
    );
    let suggestion = ("kind", "suggestion");
    assert_limits("ecommerce", &[suggestion, ("justified", "false")], &[("register", "24h", "S0.5")]);
    assert_limits(
        "ecommerce",
        &[suggestion, ("justified", "true")],
        &[("register", "24h", "S0.5"), ("plan", "7d", "S0.5.2")],
    );
    assert_limits("ecommerce", &[("kind", "praise")], &[("register", "24h", "S0.5")]);
    assert_limits(
        "citywide",
        &[complaint],
        &[
            ("responsibility", "1d", "S1.6.1"),
            ("plan", "1d", "S1.6.1"),
            ("agreement", "1d", "S1.6.1"),
            ("report", "3d", "S1.6.2"),
            ("resolve", "7d", "S1.6.3"),
            ("follow-up", "0d", "S1.6.3"),
            ("follow-up-again", "1d", "S1.6.3"),
            ("supervisor", "5m", "S1.8"),
        ],
    );
    assert_limits("citywide", &[("kind", "inquiry")], &[("supervisor", "5m", "S1.8")]);
}

#[test]
fn limits_are_graded() {
    let complaint = ("kind", "complaint");
    let s3 = |response, handling, resolve, answer| {
        [
            ("response", response, "S3.1.4"),
            ("handling", handling, "S3.1.4"),
            ("resolve", resolve, "S3.1.4"),
            ("answer", answer, "S3.2.2"),
            ("preliminary", "24h", "S3.2.2"),
            ("follow-up-again", "1d", "S3.1.2"),
        ]
    };
    assert_limits("aftersales", &[complaint, ("channel", "chat")], &s3("24h", "48h", "72h", "15m"));
    assert_limits("aftersales", &[complaint, ("channel", "phone")], &s3("24h", "48h", "72h", "15wm"));
    assert_limits("aftersales", &[complaint, ("tier", "gold")], &s3("12h", "24h", "36h", "15m"));
    assert_limits("aftersales", &[complaint, ("product", "key/kettle")], &s3("12h", "24h", "36h", "15m"));
    assert_limits("aftersales", &[complaint, ("complexity", "simple")], &s3("24h", "48h", "48h", "15m"));
    let complex = limits("aftersales", &[complaint, ("complexity", "complex")]);
    assert!(complex.contains(&("complex".into(), "48h".into(), "S3.2.2".into())));
    assert!(complex.contains(&("resolve".into(), "72h".into(), "S3.1.4".into())));

    for (urgency, respond, resolve) in
        [("urgent", "30m", "24h"), ("important", "4wh", "3wd"), ("general", "1wd", "7wd")]
    {
        assert_limits(
            "handbook",
            &[complaint, ("urgency", urgency)],
            &[
                ("forward", "4wh", "S2.2"),
                ("respond", respond, "S2.3.1"),
                ("resolve", resolve, "S2.3.1"),
                ("assignment", "4wh", "S2.4.1"),
                ("acceptance", "4wh", "S2.4.2"),
            ],
        );
    }
}

/// Whether a complaint can go this way: what is required for every event, and for every status that it leads to, is there.
/// `closed+lesson` is an event with a field.
fn lawful(preset: &str, way: &[&str]) -> Result<(), String> {
    let book = books().find(|book| book.preset.name == preset).unwrap();
    let name = |event: &str| event.split('+').next().unwrap().to_owned();
    let plain = |event: &str| name(event).split(':').next().unwrap().to_owned();
    for (place, event) in way.iter().enumerate() {
        let leads_to =
            if name(event) == "followed-up:satisfied" { "closed".to_owned() } else { plain(event) };
        let done: Vec<String> = way[..=place].iter().flat_map(|done| [name(done), plain(done)]).collect();
        let happened = |step: &&str| match step.split_once('*') {
            Some((step, times)) => done.iter().filter(|done| *done == step).count() >= times.parse().unwrap(),
            None => done.iter().any(|done| done == step),
        };
        for need in book.needs().iter().filter(|need| need.kind == "complaint" && need.always) {
            if need.event != leads_to && need.event != plain(event) {
                continue;
            }
            if let Some(step) = need.steps.iter().find(|any| !any.iter().any(&happened)) {
                return Err(format!("{event} needs {}", step.join(" or ")));
            }
            let said: Vec<&str> = event.split('+').skip(1).collect();
            if let Some(field) = need.fields.iter().find(|field| !said.contains(field)) {
                return Err(format!("{event} needs {field}"));
            }
        }
    }
    Ok(())
}

#[test]
fn a_plain_complaint_needs_no_more_than_the_e_commerce_rules_ask() {
    let way = ["received", "triaged", "assigned", "accepted", "contacted", "escalated", "resolved"];
    assert_eq!(lawful("ecommerce", &[&way[..], &["followed-up:satisfied"]].concat()), Ok(()));
    let needs = |way: &[&str], what: &str| assert_eq!(lawful("ecommerce", way), Err(what.to_owned()));
    needs(&["received", "triaged", "resolved"], "resolved needs contacted");
    needs(&["received", "contacted", "resolved"], "resolved needs triaged");
    needs(&["received", "closed"], "closed needs resolved");
    needs(&["received", "triaged", "rejected"], "rejected needs contacted");
}

#[test]
fn a_complaint_of_the_city_wide_rules_has_all_that_they_name() {
    let form = "received+customer.key+description";
    let found = ["assigned", "diagnosed+department+owner+responsible", "contacted", "proposed", "approved"];
    let way = [&[form, "triaged:justified+justified"], &found[..], &["resolved"]].concat();
    let ends = |end: &[&str]| lawful("citywide", &[&way[..], end].concat());
    let satisfied = "followed-up:satisfied+note+lesson";
    assert_eq!(ends(&["reported", satisfied]), Ok(()));
    assert_eq!(ends(&[satisfied]), Err(format!("{satisfied} needs reported")));
    let unreached = ["reported", "followed-up:unreached+note"];
    let once = "closed+lesson needs followed-up:satisfied or followed-up:unreached*3";
    assert_eq!(ends(&[&unreached[..], &["closed+lesson"]].concat()), Err(once.to_owned()));
    let three = [&unreached[..], &unreached[1..], &unreached[1..]].concat();
    assert_eq!(ends(&[&three[..], &["closed+lesson"]].concat()), Ok(()));
    assert_eq!(ends(&[&three[..], &["closed"]].concat()), Err("closed needs lesson".into()));
    let judged = [form, "triaged:unjustified+justified", "contacted", "rejected"];
    assert_eq!(lawful("citywide", &judged), Ok(()));
    let justified = [form, "triaged:justified+justified", "contacted", "rejected"];
    assert_eq!(lawful("citywide", &justified), Err("rejected needs triaged:unjustified".into()));
}

#[test]
fn a_solution_of_the_service_desk_is_confirmed_with_the_customer() {
    let form = "received+customer.key+order+description";
    let way = [form, "triaged", "reported", "diagnosed", "proposed"];
    let goes_on = |more: &[&str]| lawful("servicedesk", &[&way[..], more].concat());
    assert_eq!(goes_on(&["resolved"]), Err("resolved needs confirmed".into()));
    assert_eq!(goes_on(&["confirmed", "resolved"]), Ok(()));
    assert_eq!(
        goes_on(&["confirmed", "resolved", "followed-up:satisfied"]),
        Err("followed-up:satisfied needs lesson".into())
    );
    assert_eq!(goes_on(&["confirmed", "resolved", "followed-up:satisfied+lesson"]), Ok(()));
}

#[test]
fn urgent_cases_go_to_a_level_that_exists() {
    for (name, level) in [
        ("ecommerce", None),
        ("citywide", None),
        ("handbook", Some("supervisor")),
        ("aftersales", Some("supervisor")),
        ("servicedesk", Some("manager")),
    ] {
        let book = books().find(|book| book.preset.name == name).unwrap();
        assert_eq!(words(table(&book.policy, "escalation"), "urgent").first().copied(), level, "{name}");
        assert!(level.is_none_or(|level| book.levels().contains(&level)));
    }
}

#[test]
fn the_review_is_filled_in_where_a_clause_asks_for_one() {
    for book in books() {
        let review = words(&book.policy, "review");
        let asked = ["ecommerce", "handbook", "aftersales"].contains(&book.preset.name);
        assert_eq!(review, if asked { vec!["{review}"] } else { Vec::new() }, "{}", book.preset.name);
    }
}
