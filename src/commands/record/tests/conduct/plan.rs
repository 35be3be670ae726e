//! Command lines at random, steered: often the next step of the usual way, sometimes without one of its flags or by
//! another person, and in between anything.

/// Who works in the shop, and in which role. Two people have each role that approves.
pub(crate) const PEOPLE: [(&str, &str); 7] = [
    ("li.na", "agent"),
    ("wang.min", "agent"),
    ("qian.qi", "quality-lead"),
    ("zhou.lan", "quality-lead"),
    ("ma.li", "manager"),
    ("tang.yu", "manager"),
    ("su.wen", "supervisor"),
];

pub(crate) fn role_of(person: &str) -> Option<&'static str> {
    PEOPLE.iter().find(|(name, _)| *name == person).map(|(_, role)| *role)
}

/// The people as lines of `fb.toml`.
pub(crate) fn people() -> String {
    PEOPLE.iter().map(|(name, role)| format!("\n[people.\"{name}\"]\nrole = \"{role}\"\n")).collect()
}

pub(crate) const PRESETS: [&str; 5] = ["ecommerce", "citywide", "handbook", "aftersales", "servicedesk"];

/// The kinds that a rule book is about; complaints most often.
const KINDS: [&str; 9] = [
    "complaint",
    "complaint",
    "complaint",
    "complaint",
    "suggestion",
    "inquiry",
    "praise",
    "violation",
    "improvement",
];

pub(crate) fn department(preset: &str) -> &'static str {
    match preset {
        "citywide" | "aftersales" => "technical",
        _ => "service",
    }
}

/// A small generator (xorshift): the same walk for the same seed, everywhere.
pub(crate) struct Chance(u64);

impl Chance {
    pub(crate) fn new(seed: u64) -> Chance {
        let mut chance = Chance(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
        for _ in 0..8 {
            chance.below(2);
        }
        chance
    }

    pub(crate) fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        ((self.0 >> 11) % bound as u64) as usize
    }

    fn of<'t>(&mut self, all: &[&'t str]) -> &'t str {
        all[self.below(all.len())]
    }

    fn in_a_hundred(&mut self, times: usize) -> bool {
        self.below(100) < times
    }
}

/// A command line without the program and the id: the verb, and what comes after the id.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    pub verb: String,
    pub more: Vec<String>,
    /// So many minutes pass before it.
    pub pass: i64,
    /// Entered as done so many minutes ago.
    pub ago: Option<i64>,
}

/// The usual way of a kind of case under a rule book, a command a line.
fn way(preset: &str, kind: &str) -> Vec<String> {
    let department = department(preset);
    let lines: &[&str] = match (preset, kind) {
        ("citywide", "complaint") => &[
            "TRIAGE",
            "ASSIGN",
            "accept",
            "DIAGNOSE",
            "PROPOSE",
            "approve --as quality-lead --by qian.qi",
            "approve --as manager --by ma.li",
            "contact",
            "RESOLVE",
            "mark reported",
            "follow-up --outcome OUTCOME -m said",
            "follow-up --outcome OUTCOME -m said",
            "close --lesson carton",
        ],
        ("servicedesk", "complaint") => &[
            "TRIAGE",
            "DIAGNOSE",
            "PROPOSE",
            "mark reported",
            "contact",
            "mark confirmed",
            "RESOLVE",
            "follow-up --outcome OUTCOME",
            "close --lesson carton",
        ],
        (_, "complaint") => &[
            "TRIAGE",
            "ASSIGN",
            "accept",
            "contact",
            "DIAGNOSE",
            "RESOLVE",
            "follow-up --outcome OUTCOME",
            "close",
        ],
        (_, "suggestion") => &["TRIAGE", "ASSIGN", "contact", "PROPOSE", "RESOLVE", "close"],
        (_, "inquiry") => &["TRIAGE", "ASSIGN", "contact", "RESOLVE", "close"],
        (_, "praise") => &["TRIAGE", "forward --to li.na", "close"],
        (_, "violation") => {
            &["TRIAGE", "ASSIGN", "mark referred", "escalate --reason law --level external", "close"]
        }
        _ => &["ASSIGN", "RESOLVE", "mark carried-out", "mark effect-confirmed", "close"],
    };
    let known = |line: &str| match line {
        "TRIAGE" => "triage --category CATEGORY --urgency URGENCY --justified".to_owned(),
        "ASSIGN" => format!("assign --department {department} --owner PERSON --expects cause --due 2d"),
        "DIAGNOSE" => "diagnose --cause glaze --responsible supplier".to_owned(),
        "PROPOSE" => "propose --remedy REMEDY --cost COST".to_owned(),
        "RESOLVE" => "resolve".to_owned(),
        other => other.to_owned(),
    };
    let mut lines: Vec<String> = lines.iter().map(|line| known(line)).collect();
    if lines.len() < 6 {
        lines.push("reject --reason no".to_owned());
    }
    lines
}

/// What else people do, with what is random in it in capitals.
const ANYTHING: &[&str] = &[
    "triage --category CATEGORY --urgency URGENCY --justified",
    "triage --category CATEGORY --urgency URGENCY --not-justified",
    "triage --category CATEGORY --urgency URGENCY",
    "assign --department DEPARTMENT --owner PERSON --expects cause --due 2d",
    "assign --department DEPARTMENT",
    "assign --owner PERSON",
    "accept",
    "accept --owner PERSON",
    "return --reason other",
    "contact",
    "diagnose --cause carton --responsible warehouse",
    "diagnose --cause carton",
    "propose --remedy REMEDY --cost COST",
    "propose --remedy REMEDY",
    "approve",
    "approve --as quality-lead",
    "approve --as manager",
    "decline --reason no",
    "wait --reason photo",
    "resume",
    "escalate --reason third",
    "escalate --reason third --level external",
    "resolve",
    "resolve --remedy REMEDY",
    "resolve --remedy REMEDY --cost COST",
    "resolve --cost COST",
    "follow-up --outcome satisfied -m said",
    "follow-up --outcome satisfied",
    "follow-up --outcome dissatisfied -m said",
    "follow-up --outcome unreached -m engaged",
    "close",
    "close --lesson carton",
    "reject --reason no",
    "reopen --reason again",
    "forward --to li.na",
    "amend --justified --reason proof",
    "amend --not-justified --reason proof",
    "amend --remedy REMEDY --reason typo",
    "amend --cost COST --reason typo",
    "amend --remedy REMEDY --cost COST --reason typo",
    "amend --department DEPARTMENT --reason typo",
    "amend --owner PERSON --reason typo",
    "amend --urgency URGENCY --reason typo",
    "amend --responsible courier --reason typo",
    "amend --level supervisor --reason typo",
    "mark reported",
    "mark confirmed",
    "mark agreed",
    "mark referred",
    "mark carried-out",
    "mark effect-confirmed",
    "mark unsatisfied",
    "note seen",
];

/// A walk: what is left of the usual way, and what chance makes of it.
pub(crate) struct Plan {
    pub preset: &'static str,
    pub kind: &'static str,
    chance: Chance,
    way: Vec<String>,
    at: usize,
}

impl Plan {
    pub(crate) fn new(preset: &'static str, seed: u64) -> Plan {
        let mut chance = Chance::new(seed);
        let kind = chance.of(&KINDS);
        Plan { preset, kind, chance, way: way(preset, kind), at: 0 }
    }

    /// How many commands.
    pub(crate) fn length(&mut self) -> usize {
        16 + self.chance.below(40)
    }

    /// The flags of `fb new`.
    pub(crate) fn intake(&mut self) -> Vec<String> {
        let mut flags = format!("--kind {} --title cup --channel CHANNEL --by li.na", self.kind)
            .replace("CHANNEL", if self.preset == "citywide" { "store" } else { "email" });
        for flag in [" --customer c-1", " --order E1", " --description broken"] {
            flags += if self.chance.in_a_hundred(95) { flag } else { "" };
        }
        if self.chance.in_a_hundred(10) {
            flags += &format!(" --urgency {}", self.chance.of(&["urgent", "general"]));
        }
        flags.split(' ').map(str::to_owned).collect()
    }

    /// The next command line.
    pub(crate) fn next(&mut self) -> Line {
        let usual = self.chance.in_a_hundred(60);
        let line = if usual { self.way[self.at].clone() } else { self.chance.of(ANYTHING).to_owned() };
        if usual {
            self.at += 1;
        }
        if self.at == self.way.len() || self.chance.in_a_hundred(4) {
            self.at = self.chance.below(self.way.len());
        }
        let mut words: Vec<String> = line.split(' ').map(|word| self.word(word)).collect();
        if self.chance.in_a_hundred(if usual { 8 } else { 15 }) {
            self.leave_out(&mut words);
        }
        if !words.iter().any(|word| word == "--by") {
            let by = if words[0] == "propose" {
                self.chance.of(&["li.na", "li.na", "qian.qi", "ma.li"])
            } else {
                self.person()
            };
            words.extend(["--by".to_owned(), by.to_owned()]);
        } else if self.chance.in_a_hundred(10) {
            let last = words.len() - 1;
            words[last] = self.person().to_owned();
        }
        let pass = [0, 1, 7, 55, 600, 3000][self.chance.below(6)];
        let ago = self.chance.in_a_hundred(12).then(|| 1 + self.chance.below(900) as i64);
        Line { verb: words.remove(0), more: words, pass, ago }
    }

    /// A command was refused: it is often tried again after what comes before it.
    pub(crate) fn was_refused(&mut self) {
        if self.chance.in_a_hundred(20) {
            self.at = self.chance.below(self.at + 1);
        }
    }

    fn person(&mut self) -> &'static str {
        PEOPLE[self.chance.below(PEOPLE.len())].0
    }

    fn word(&mut self, word: &str) -> String {
        match word {
            "PERSON" => self.person(),
            "DEPARTMENT" => department(self.preset),
            "CATEGORY" if self.kind == "violation" && self.preset == "citywide" => "violation/other",
            "CATEGORY" => "other",
            "URGENCY" => self.chance.of(&["general", "general", "important", "urgent"]),
            "REMEDY" => self.chance.of(&["apology", "refund", "compensation"]),
            "COST" => self.chance.of(&["0", "20", "20", "9999"]),
            "OUTCOME" => {
                self.chance.of(&["satisfied", "satisfied", "satisfied", "unreached", "dissatisfied"])
            }
            "--justified" if self.chance.in_a_hundred(15) => "--not-justified",
            other => return other.to_owned(),
        }
        .to_owned()
    }

    /// One flag is forgotten.
    fn leave_out(&mut self, words: &mut Vec<String>) {
        let flags: Vec<usize> = (1..words.len()).filter(|at| words[*at].starts_with('-')).collect();
        let Some(at) = flags.get(self.chance.below(flags.len().max(1))).copied() else { return };
        words.remove(at);
        if words.get(at).is_some_and(|word| !word.starts_with('-')) {
            words.remove(at);
        }
    }
}
