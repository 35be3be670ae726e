//! The rules of the simulation, and the same rules as a policy file.

use proptest::prelude::*;

/// Ten short shifts, so that a few hours see many opening and closing times.
pub(super) const OFFICE: &str = r#"
name = "office"
any_year = true
[hours]
mon-sun = ["09:00-09:20", "09:25-09:50", "10:00-10:01", "10:30-11:30", "12:00-13:00", "14:00-16:00"]
"#;

/// The same in minutes after 08:50.
const OPEN: [(i64, i64); 6] = [(10, 30), (35, 60), (70, 71), (100, 160), (190, 250), (310, 430)];

/// Whether there is working time in the minute that begins this many minutes after 08:50.
pub(super) fn works(minute: i64) -> bool {
    OPEN.iter().any(|(from, to)| (*from..*to).contains(&minute))
}

/// A rule of the clock.
#[derive(Debug, Clone)]
pub(super) struct Rule {
    /// What a case must be, by attribute.
    pub when: Vec<(&'static str, &'static str)>,
    pub starts: Vec<&'static str>,
    pub stops: Vec<&'static str>,
    /// Minutes.
    pub limit: i64,
    /// Of working time.
    pub working: bool,
    pub pauses: Vec<&'static str>,
}

const STARTS: &[&str] = &[
    "received",
    "received",
    "received",
    "reopened",
    "followed-up:dissatisfied",
    "triaged",
    "resolved",
    "reported",
    "escalated:manager",
    "closed",
];

const STOPS: &[&str] = &[
    "contacted",
    "resolved",
    "rejected",
    "followed-up:satisfied",
    "escalated",
    "verified",
    "closed",
    "triaged",
];

const CONDITIONS: &[(&str, &str)] = &[
    ("urgency", "urgent"),
    ("urgency", "general"),
    ("complexity", "complex"),
    ("category", "product/"),
    ("kind", "complaint"),
    ("kind", "praise"),
];

fn some_of(
    words: &'static [&'static str],
    most: std::ops::Range<usize>,
) -> impl Strategy<Value = Vec<&'static str>> {
    prop::sample::subsequence(words, most).prop_map(|mut words| {
        words.dedup();
        words
    })
}

pub(super) fn any_rule() -> impl Strategy<Value = Rule> {
    let when = prop_oneof![
        2 => Just(Vec::new()),
        4 => prop::sample::select(CONDITIONS).prop_map(|one| vec![one]),
        1 => Just(vec![("urgency", "urgent"), ("complexity", "complex")]),
    ];
    let pauses = some_of(&["waiting", "escalated", "resolved"], 0..3);
    let limit = prop_oneof![1 => Just(0), 8 => 0..150_i64];
    (when, some_of(STARTS, 1..5), some_of(STOPS, 1..4), limit, any::<bool>(), pauses).prop_map(
        |(when, starts, stops, limit, working, pauses)| Rule { when, starts, stops, limit, working, pauses },
    )
}

/// The policy file of the rules, all of one clock.
pub(super) fn policy(rules: &[Rule]) -> String {
    let mut text = "[milestones]\nreported = 'Reported'\nverified = 'Verified'\n".to_owned();
    for rule in rules {
        let when: Vec<_> = rule.when.iter().map(|(key, word)| format!("{key} = '{word}'")).collect();
        let unit = if rule.working { "wm" } else { "m" };
        text += &format!(
            "[[clock]]\nname = 'c'\nwhen = {{ {} }}\nstart = {:?}\nstop = {:?}\nwithin = '{}{unit}'\npause = {:?}\n",
            when.join(", "),
            rule.starts,
            rule.stops,
            rule.limit,
            rule.pauses,
        );
    }
    text
}
