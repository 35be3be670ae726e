//! What leaves a ledger whose every word means harm: nothing acts in a terminal, in a page, in a spreadsheet or in what
//! another program reads.

use std::io::{Cursor, Read as _};

use crate::ledger::TestLedger;

const NOW: &str = "2027-01-10T10:00:00+08:00";

const TERMINAL: &str = "\u{1b}[2J\u{1b}]0;x\u{7}\u{9b}31m \u{202e}txt.exe\u{2066}\u{200b}";
const MARKUP: &str = "<script>alert(1)</script><img src=x onerror=alert(1)>\" onload=alert(1) x='' y='";
const FORMULAS: [&str; 4] = ["=HYPERLINK(\"http://x\")", "@SUM(1)", "+1+1", "＝1+1"];

/// The words between quotation marks, as YAML and TOML both read them.
fn quoted(words: &str) -> String {
    let letter = |c: char| match c.is_ascii_alphanumeric() {
        true => c.to_string(),
        false => format!("\\u{:04x}", u32::from(c)),
    };
    format!("\"{}\"", words.chars().map(letter).collect::<String>())
}

/// A shop in which these words stand wherever words may stand: in its rules, and in a case of each course.
fn shop_of(words: &str) -> TestLedger {
    let shop = TestLedger::new();
    let w = quoted(words);
    let toml = shop.read("fb.toml");
    let toml =
        toml.lines().map(|line| if line.starts_with("name =") { format!("name = {w}") } else { line.into() });
    let toml = toml.collect::<Vec<String>>().join("\n");
    shop.write(
        "fb.toml",
        format!("{toml}\n[people.{w}]\nname = {w}\nemail = {w}\n[departments.{w}]\nname = {w}\n"),
    );
    shop.add_rules("policy/base.toml", &format!(
        "[[clock]]\nname = {w}\nlabel = {w}\nclause = {w}\nstart = [\"received\"]\nstop = [\"closed\"]\nwithin = \"1h\"\n"
    ));
    let intake = format!(
        "title: {w}\ndescription: {w}\nchannel: {w}\ncustomer:\n  key: {w}\n  name: {w}\n  contact: {w}\n  tier: {w}\n\
         order: {w}\nproduct: {w}\ndemand: {w}\ntags: [{w}]\nlinks: [{w}]\nexternal: {w}\n{w}: {w}\nhistory:\n"
    );
    let open = format!(
        "  - received: 2026-11-22T09:00:00+08:00\n    by: {w}\n    {w}: {w}\n  - triaged: 2026-11-22T09:10:00+08:00\n    \
         category: {w}\n    urgency: {w}\n    complexity: {w}\n    priority: {w}\n    note: {w}\n  - assigned: \
         2026-11-22T09:20:00+08:00\n    department: {w}\n    owner: {w}\n    expects: {w}\n    with: [{w}]\n    due: \
         2026-11-23T09:20:00+08:00\n  - returned: 2026-11-22T09:30:00+08:00\n    reason: {w}\n  - diagnosed: \
         2026-11-22T09:40:00+08:00\n    cause: {w}\n    responsible: {w}\n    note: {w}\n  - marked: \
         2026-11-22T09:50:00+08:00\n    milestone: {w}\n  - attached: 2026-11-22T09:55:00+08:00\n    file: {w}\n"
    );
    let ended = format!(
        "{open}  - resolved: 2026-11-22T10:00:00+08:00\n    remedy: {w}\n    text: {w}\n  - followed-up: \
         2026-11-22T10:10:00+08:00\n    outcome: satisfied\n    note: {w}\n  - surveyed: 2026-11-23T10:00:00+08:00\n    \
         score: 4\n    note: {w}\n"
    );
    for (id, kind, history) in [
        ("20261122-aaaaa1", "complaint", &open),
        ("20261122-aaaaa2", "complaint", &ended),
        ("20261122-aaaaa3", "complaint", &ended),
        ("20261122-aaaaa4", "complaint", &ended),
        ("20261122-aaaaa5", "improvement", &open),
    ] {
        let place = if *history == ended { "closed/2026-11" } else { "triaged" };
        shop.put(&format!("cases/{place}/{id}.yaml"), format!("id: {id}\nkind: {kind}\n{intake}{history}"));
    }
    shop
}

/// What can be had as a page, a workbook and the rest.
const PAGES: [&[&str]; 9] = [
    &["report", "monthly", "2026-11", "--cases"],
    &["report", "quarterly", "2026-Q4"],
    &["report", "satisfaction", "2026-H2"],
    &["report", "people", "2026-11"],
    &["report", "overdue"],
    &["report", "causes", "2026-Q4"],
    &["report", "times", "2026-11", "--group-by", "owner"],
    &["report", "trend", "2026", "--group-by", "quarter"],
    &["list", "all", "--reveal"],
];

/// What is printed to call people by; no page, and no workbook.
const SAMPLE: &[&str] = &["survey", "sample", "2026-H2", "--sample", "9", "--seed", "s", "--reveal"];

/// Everything else that prints words of a case or of the rules.
const OTHERS: [&[&str]; 20] = [
    &["list", "all", "--format", "jsonl", "--reveal"],
    &["show", "aaaaa1", "--reveal"],
    &["show", "aaaaa1", "--explain"],
    &["show", "aaaaa2", "--format", "json", "--reveal"],
    &["log", "--reveal"],
    &["log", "--format", "json"],
    &["next"],
    &["next", "--format", "json"],
    &["check", "--now", NOW],
    &["check", "--format", "json"],
    &["check", "--format", "github"],
    &["check", "--format", "gitlab"],
    &["check", "--format", "junit"],
    &["check", "--format", "sarif"],
    &["audit", "--format", "json"],
    &["policy", "explain", "aaaaa1"],
    &["policy", "try", "policy/base.toml", "2026-11"],
    &["export", "--format", "jsonl", "--reveal"],
    &["report", "diff", "HEAD~2", "now", "2026-11"],
    &["triage", "aaaaa1", "--category", "\u{1b}[2J\u{202e}", "--urgency", "x"],
];

/// What a command prints, that has to have something to say.
#[track_caller]
fn printed(shop: &TestLedger, arguments: &[&str], more: &[&str]) -> String {
    let ran = shop.at(NOW, &[arguments, more].concat());
    let said = [ran.out, ran.err].concat();
    assert!(said.len() > 20, "fb {arguments:?} {more:?}: {said}");
    assert!(ran.status != 2 || arguments[0] == "triage", "fb {arguments:?} {more:?}: {said}");
    said
}

#[track_caller]
fn lies_still(words: &str, arguments: &[&str]) {
    let acts = |c: char| {
        c.is_control() && c != '\n'
            || matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    assert!(!words.contains(acts), "fb {arguments:?}: {:?}", words.lines().find(|line| line.contains(acts)));
}

#[test]
fn nothing_acts_in_a_terminal() {
    let shop = shop_of(TERMINAL);
    for format in ["text", "markdown", "csv", "json"] {
        for arguments in PAGES.iter().chain([&SAMPLE]) {
            lies_still(&printed(&shop, arguments, &["--format", format]), arguments);
        }
    }
    for arguments in OTHERS {
        lies_still(&printed(&shop, arguments, &[]), arguments);
        lies_still(&printed(&shop, arguments, &["--lang", "zh"]), arguments);
    }
}

#[test]
fn a_sheet_for_programs_steers_no_terminal() {
    let shop = shop_of(TERMINAL);
    let sheet = printed(&shop, &["export", "--reveal"], &[]);
    let steers = |c: char| c.is_control() && !matches!(c, '\t' | '\n' | '\r');
    assert!(TERMINAL.contains(steers) && !sheet.contains(steers), "{sheet:?}");
}

/// JSON says what stands there, escaped.
#[test]
fn programs_read_the_very_words() {
    let shop = shop_of(TERMINAL);
    let lines = printed(&shop, &["export", "--format", "jsonl", "--reveal"], &[]);
    let titles: Vec<String> = lines
        .lines()
        .map(|line| {
            serde_json::from_str::<serde_json::Value>(line).unwrap()["title"].as_str().unwrap().to_owned()
        })
        .collect();
    assert_eq!(titles, [TERMINAL; 5]);
}

#[test]
fn no_words_are_markup() {
    let shop = shop_of(MARKUP);
    for arguments in PAGES {
        let page = printed(&shop, arguments, &["--format", "html"]);
        lies_still(&page, arguments);
        assert!(page.contains("alert(1)"), "fb {arguments:?} shows none of the words");
        for tag in page.split('<').skip(1).map(|rest| rest.split('>').next().unwrap()) {
            assert!(!tag.starts_with("script") && !tag.starts_with("img"), "fb {arguments:?}: <{tag}>");
            // Every second piece stands between quotation marks
            let bare: String = tag.split('"').step_by(2).collect();
            assert!(!bare.contains("alert") && !bare.contains("onload"), "fb {arguments:?}: <{tag}>");
        }
    }
    let junit = printed(&shop, &["check"], &["--format", "junit"]);
    assert!(!junit.contains("<script") && !junit.contains("<img"), "{junit}");
    let notes = printed(&shop, &["report", "overdue"], &["--format", "markdown"]);
    let bare = notes.replace("<!-- -->", "").replace("\\<", "");
    assert!(notes.contains("\\<script") && !bare.contains('<'), "{notes}");
}

#[test]
fn no_words_are_a_formula() {
    for words in FORMULAS {
        let shop = shop_of(words);
        let csv = ["--format", "csv"];
        let sheets = PAGES.iter().chain([&SAMPLE]).map(|arguments| printed(&shop, arguments, &csv));
        for sheet in sheets.chain([printed(&shop, &["export"], &["--reveal"])]) {
            let mut reader =
                csv::ReaderBuilder::new().flexible(true).has_headers(false).from_reader(sheet.as_bytes());
            for record in reader.records() {
                let record = record.unwrap();
                let runs = |cell: &&str| cell.starts_with(['=', '@', '+', '＝']);
                assert_eq!(record.iter().find(runs), None, "{sheet}");
            }
        }
    }
}

#[test]
fn no_words_are_a_formula_in_a_workbook() {
    for words in FORMULAS {
        let shop = shop_of(words);
        for arguments in PAGES {
            shop.at(NOW, &[arguments, &["--output", "page.xlsx"]].concat());
            let bytes = std::fs::read(shop.dir.join("page.xlsx")).unwrap();
            std::fs::remove_file(shop.dir.join("page.xlsx")).unwrap();
            let mut workbook = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
            let mut told = false;
            for at in 0..workbook.len() {
                let mut part = workbook.by_index(at).unwrap();
                let mut text = String::new();
                part.read_to_string(&mut text).unwrap();
                assert!(!text.contains("<f>") && !text.contains("<f "), "fb {arguments:?}: {text}");
                assert!(!text.contains("TargetMode=\"External\""), "fb {arguments:?}: {text}");
                told |= text.contains(&words.replace('"', "&quot;")) || text.contains(words);
            }
            assert!(told, "fb {arguments:?} shows none of the words");
        }
    }
}

/// Lines that a runner of jobs takes for commands, as words: GitHub's and Gitee's, Azure's, TeamCity's.
const COMMANDS: &str =
    "::error file=a::b ##[error]c\n  ::add-mask::d\r::warning::e ##vso[task.setvariable]f ##teamcity[g]";

#[track_caller]
fn commands_nothing(words: &str, arguments: &[&str]) {
    for line in words.split(['\n', '\r']) {
        assert!(!line.trim_start().starts_with("::"), "fb {arguments:?}: {line}");
        let named =
            |part: &str| part.trim_start_matches(|c: char| c.is_ascii_alphanumeric()).starts_with('[');
        assert!(!line.split("##").skip(1).any(named), "fb {arguments:?}: {line}");
    }
}

#[test]
fn no_words_are_a_command_in_the_log_of_a_job() {
    let shop = shop_of(COMMANDS);
    for format in ["text", "markdown", "csv", "json", "html"] {
        for arguments in PAGES.iter().chain((format != "html").then_some(&SAMPLE)) {
            commands_nothing(&printed(&shop, arguments, &["--format", format]), arguments);
        }
    }
    let sheets = [&["export", "--reveal"][..], &["export", "--format", "jsonl"], &["check", "--lang", "zh"]];
    for arguments in OTHERS.iter().chain(&sheets).filter(|arguments| !arguments.contains(&"github")) {
        commands_nothing(&printed(&shop, arguments, &[]), arguments);
    }
    // What is meant for the log: our own commands, one a finding, and no other
    let log = printed(&shop, &["check"], &["--format", "github"]);
    let ours = |line: &str| {
        line.strip_prefix("::error file=").or(line.strip_prefix("::warning file=")).map(str::to_owned)
    };
    for line in log.lines().filter(|line| !line.is_empty()) {
        let rest = ours(line).unwrap_or_else(|| panic!("{line}"));
        commands_nothing(rest.split_once("::").unwrap().1, &["github"]);
    }
}

#[cfg(unix)]
#[test]
fn no_name_of_a_file_is_a_command_in_the_log_of_a_job() {
    let shop = TestLedger::new();
    for name in [
        "policy/x\n::error::y.toml",
        "policy/##[error]x.toml",
        "calendar/x\r::error::y.toml",
        "cases/new/x\n::error::y.yaml",
    ] {
        shop.write(name, "= [");
    }
    for format in ["text", "json", "gitlab", "junit", "sarif"] {
        commands_nothing(&printed(&shop, &["check", "--format", format], &[]), &[format]);
    }
    commands_nothing(&printed(&shop, &["list"], &[]), &["list"]);
    let log = printed(&shop, &["check", "--format", "github"], &[]);
    assert!(log.split(['\n', '\r']).all(|line| !line.starts_with("::") || line.contains(" file=")), "{log}");
}

#[test]
fn no_argument_is_a_command_in_the_log_of_a_job() {
    let shop = TestLedger::new();
    for arguments in [
        &["new", "--kind", "x\n::error::y"][..],
        &["x\n::error::y"],
        &["list", "--sort", "x\n ::error::y"],
        &["show", "x\n::error::y"],
    ] {
        let ran = shop.run(arguments);
        assert_ne!(ran.status, 0);
        commands_nothing(&(ran.out + &ran.err), arguments);
    }
}
