//! The program's own advice leads to the end: a person who does what it says closes every case.

use fb::policy::Preset;

use crate::ledger::TestLedger;

const PEOPLE: &str = r#"
[people."li.na"]
email = "li.na@example.cn"
role = "agent"
[people."qian.qi"]
role = "quality-lead"
[people."ma.li"]
role = "manager"
"#;

/// What is filled in for `…` behind a flag, or for a word alone.
fn filled(flag: &str) -> &'static str {
    match flag {
        "--category" => "other",
        "--urgency" => "general",
        "--department" => "service",
        "--owner" | "--to" => "li.na",
        "--due" => "3d",
        "--remedy" => "refund",
        "--outcome" => "satisfied",
        _ => "words",
    }
}

/// The step that bare `fb` offers: between the case and the lists.
fn offered(shop: &TestLedger) -> Option<String> {
    let page = shop.run(&[]).ok().out;
    let line = page.lines().find(|line| line.starts_with("next: "))?.to_owned();
    let mut commands = line.trim_start_matches("next: ").split(" · ");
    let first = commands.next()?;
    let step = commands.next()?;
    (first.starts_with("fb show ") && step != "fb list" && step != "fb report overdue")
        .then(|| step.to_owned())
}

/// Runs a command line with its gaps filled in.
#[track_caller]
fn obey(shop: &TestLedger, line: &str) {
    let words: Vec<&str> = line.split_whitespace().skip(1).collect();
    let mut given = Vec::new();
    for (at, word) in words.iter().enumerate() {
        given.push(if *word == "…" { filled(words[at - 1]) } else { word });
    }
    let ran = shop.run(&given);
    assert_eq!(ran.status, 0, "{line}: {}", ran.err);
}

/// A case of a kind is led to its end by nothing but what bare `fb` offers.
fn ends(preset: &str, kind: &str, more: &[&str]) {
    let shop = TestLedger::of(preset);
    shop.write("fb.toml", shop.read("fb.toml") + PEOPLE);
    shop.git(&["commit", "--quiet", "--all", "-m", "people"]);
    let form = ["--customer", "c-1", "--order", "E1", "--description", "broken", "--kind", kind];
    let id = shop.case(&[&form[..], more].concat());
    let mut done = Vec::new();
    while let Some(line) = offered(&shop) {
        assert!(done.len() < 25, "{preset} {kind}: {done:#?}");
        shop.pass(5);
        obey(&shop, &line);
        done.push(line);
    }
    let path = shop.path_of(&id);
    assert!(path.starts_with("cases/closed/"), "{preset} {kind} {path}: {done:#?}");
    assert!(!done.iter().any(|line| line.contains("unreached")), "{done:#?}");
    let found = shop.run(&["check"]).out;
    for code in ["not-allowed", "unapproved", "self-approved"] {
        assert!(!found.contains(code), "{preset} {kind}: {found}");
    }
}

/// The first command that `fb init` and bare `fb` offer registers a case under the rules just chosen.
#[test]
fn the_first_command_is_one_that_the_rules_take() {
    for preset in Preset::ALL {
        for (lang, next) in [("en", "next: "), ("zh", "接下来：")] {
            let shop = TestLedger::empty();
            let begun = shop.run(&["init", ".", "--lang", lang, "--policy", preset.name]).ok().out;
            let line = begun.lines().find_map(|line| line.strip_prefix(next)).unwrap();
            let first = line.split("   ").next().unwrap();
            assert!(shop.run(&[]).ok().out.contains(&format!("{next}{first}\n")), "{first}");
            obey(&shop, first);
            assert_eq!(shop.run(&["list", "--format", "json"]).ok().out.matches("\"complaint\"").count(), 1);
        }
    }
}

/// `name: rule book`
macro_rules! led_to_the_end {
    ($($name:ident: $preset:literal;)*) => {$(
        #[test]
        fn $name() {
            for kind in ["complaint", "suggestion", "praise", "inquiry", "violation", "improvement"] {
                ends($preset, kind, &[]);
            }
            ends($preset, "complaint", &["--urgency", "urgent"]);
            ends($preset, "violation", &["--urgency", "urgent"]);
        }
    )*};
}

led_to_the_end! {
    ecommerce: "ecommerce";
    citywide: "citywide";
    handbook: "handbook";
    aftersales: "aftersales";
    servicedesk: "servicedesk";
}
