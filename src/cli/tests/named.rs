//! Every command that a text of the program or a page names is one that `fb` takes: hints, help, errors, comments, the
//! files that `fb init` writes, and the pages of the repository.
//!
//! The texts are found by looking for `fb` in them, so that a new one is read without being listed. What stands for
//! something else (`…`, `ID`, `{short}`) is replaced by a word that can be there. A name alone, such as `fb amend` or
//! `fb assign --due`, has to be a command with these flags; everything else has to be taken whole, and to say what its
//! event needs.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use clap::Command;
use clap::error::ErrorKind;

use super::words;
use crate::case::{Event, Field, Form, ROWS, Stamp, Value};
use crate::cli::{Cli, tree, with_negations};
use crate::lang::Lang;

/// What follows `fb` where it is no command: `fb asks for it on a terminal`.
const PROSE: &[&str] = &["and", "asks", "command", "did", "in", "is", "never", "reads", "that", "writes"];

/// Files that make commands of a row and a field. The commands are tried on cases (`record/tests/conduct`).
const MADE: &[&str] = &["src/policy/advice.rs:", "src/policy/need.rs:"];

/// What a word in braces stands for, where any word will not do.
const STANDS_FOR: &[(&str, &str)] =
    &[("{command}", "list"), ("{list}", "person"), ("{verb}", "close"), ("{field}", "owner")];

/// What clap calls an error and is a page: `fb --version`.
const SHOWS: [ErrorKind; 2] = [ErrorKind::DisplayHelp, ErrorKind::DisplayVersion];

/// What a number stands for: `fb list -n N`.
const NUMBER: &str = "N";

/// A place in the texts, and the command that it names.
struct Named {
    place: String,
    line: String,
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The files below a directory that have one of these endings.
fn files(directory: &Path, endings: &[&str], found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if path.is_dir() {
            let is_ours = !name.starts_with('.')
                && !["target", "tests", "by_hand", "snapshots", "fuzz"].contains(&name.as_str());
            if is_ours {
                files(&path, endings, found);
            }
        } else if endings.iter().any(|ending| name.ends_with(ending)) && name != "tests.rs" {
            found.push(path);
        }
    }
}

/// The strings of a source file, without its tests, each with its line.
fn strings(source: &str) -> Vec<(usize, String)> {
    let source = source.split("\n#[cfg(test)]\nmod tests {").next().unwrap();
    let letters: Vec<char> = source.chars().collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < letters.len() {
        let rest = &letters[at..];
        let next = |sign: char, from: usize| {
            rest.iter().skip(from).position(|letter| *letter == sign).map_or(rest.len(), |at| from + at)
        };
        let read = match rest {
            ['/', '/', ..] => {
                at += next('\n', 2);
                continue;
            }
            // A letter in single quotes; a lifetime has no second one
            ['\'', '\\', ..] => {
                at += next('\'', 3) + 1;
                continue;
            }
            ['\'', _, '\'', ..] => {
                at += 3;
                continue;
            }
            ['"', ..] => Some(string(rest)),
            ['r', '"' | '#', ..] if at == 0 || !letters[at - 1].is_alphanumeric() => raw_string(rest),
            _ => None,
        };
        let Some((text, length)) = read else {
            at += 1;
            continue;
        };
        found.push((1 + letters[..at].iter().filter(|letter| **letter == '\n').count(), text));
        at += length;
    }
    found
}

/// The string that begins here, and its length in the source.
fn string(letters: &[char]) -> (String, usize) {
    let mut text = String::new();
    let mut at = 1;
    while letters[at] != '"' {
        match letters[at..] {
            ['\\', 'n', ..] => {
                text.push('\n');
                at += 2;
            }
            // It goes on in the next line
            ['\\', '\n', ..] => {
                at += 2 + letters[at + 2..].iter().take_while(|letter| **letter == ' ').count()
            }
            ['\\', letter, ..] => {
                text.push(letter);
                at += 2;
            }
            _ => {
                text.push(letters[at]);
                at += 1;
            }
        }
    }
    (text, at + 1)
}

/// The same of `r#"…"#`; a name such as `r#type` is none.
fn raw_string(letters: &[char]) -> Option<(String, usize)> {
    let signs = letters[1..].iter().take_while(|letter| **letter == '#').count();
    let end: Vec<char> = std::iter::once('"').chain(std::iter::repeat_n('#', signs)).collect();
    let inside = letters.get(signs + 2..).filter(|_| letters[signs + 1] == '"')?;
    let length = inside.windows(end.len()).position(|there| there == end)?;
    Some((inside[..length].iter().collect(), signs + 2 + length + end.len()))
}

/// The commands that a text names: from `fb` to the end of the quotation, or to where the sentence goes on.
pub(crate) fn named(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for line in text.lines() {
        for (at, part) in line.split('`').enumerate() {
            // In a page or a message every second part is quoted
            match part.strip_prefix("fb ").filter(|_| at % 2 == 1) {
                Some(rest) => found.push(command_part(rest).to_owned()),
                None => found.extend(unquoted(part)),
            }
        }
    }
    found
}

/// What is quoted in a line of a comment, which may begin within a quotation.
fn quoted(line: &str) -> impl Iterator<Item = String> {
    let parts = line.split("`fb ").skip(1);
    parts.filter_map(|rest| rest.split_once('`')).map(|(command, _)| command.to_owned())
}

fn unquoted(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find("fb ") {
        let is_word = rest[..at]
            .chars()
            .next_back()
            .is_none_or(|before| !before.is_alphanumeric() && !"-_/.".contains(before));
        let after = &rest[at + 3..];
        if is_word {
            found.push(sentence_part(after).to_owned());
        }
        rest = after;
    }
    found
}

/// Up to where a shell begins another command.
fn command_part(line: &str) -> &str {
    let end = [" && ", " | "].into_iter().filter_map(|end| line.find(end)).min();
    &line[..end.unwrap_or(line.len())]
}

/// Up to where something else than the command begins.
fn sentence_part(text: &str) -> &str {
    const ENDS: [&str; 16] =
        ["；", "，", "。", "、", "（", "）", "：", "”", "; ", ", ", ": ", " (", ")", "   ", " · ", " # "];
    let text = command_part(text);
    let end = ENDS.iter().filter_map(|end| text.find(end)).min().unwrap_or(text.len());
    outside_of_its_quotation(&text[..end]).trim()
}

/// Up to a quotation mark that ends what began before the command.
fn outside_of_its_quotation(text: &str) -> &str {
    let mut open = false;
    for (at, _) in text.match_indices('"') {
        let opens = text[..at].ends_with([' ', '=']);
        if !open && !opens {
            return &text[..at];
        }
        open = !open;
    }
    text
}

/// The words of a line, with something in the place of what stands for something else.
fn filled(line: &str) -> Vec<String> {
    let line = line.split("   # ").next().unwrap();
    let filled = |word: String| {
        let word = STANDS_FOR.iter().fold(word, |word, (name, value)| word.replace(name, value));
        let is_open = word.contains('{') || word.contains('…');
        let any = if is_open { "x" } else { &word };
        if word == NUMBER { "5".to_owned() } else { any.to_owned() }
    };
    let all = words(line).into_iter().map(filled);
    std::iter::once("fb".to_owned()).chain(all.filter(|word| !word.is_empty())).collect()
}

/// Why a line is none that `fb` takes. In Chinese the sentence may go on behind it with a word of its own.
fn wrong(line: &str) -> Option<String> {
    let why = wrong_as_it_is(line)?;
    match line.rsplit_once(' ') {
        Some((shorter, last)) if last.chars().all(|letter| letter > '\u{2e7f}') => {
            wrong_as_it_is(shorter).map(|_| why)
        }
        _ => Some(why),
    }
}

fn wrong_as_it_is(line: &str) -> Option<String> {
    // `fb -C DIR …` is any command
    let any =
        line.strip_suffix(" …").filter(|flags| flags.starts_with("-C")).map(|flags| format!("{flags} list"));
    let words = filled(any.as_deref().unwrap_or(line));
    let (path, command) = command_of(&words);
    if path == 1 && !words[1].starts_with('-') {
        return Some("no such command".to_owned());
    }
    // `fb triage … --justified` names a flag
    let rest: Vec<&str> = line.split_whitespace().skip(path - 1).filter(|word| *word != "…").collect();
    if path > 1 && rest.len() < 2 && rest.iter().all(|word| word.starts_with("--")) {
        let has = |flag: &str| {
            command.get_arguments().any(|arg| arg.get_long().is_some_and(|long| format!("--{long}") == flag))
        };
        return rest.into_iter().find(|flag| !has(flag)).map(|flag| format!("no flag {flag}"));
    }
    let read = Cli::read(&with_negations(words.iter().map(Into::into)), Lang::En);
    match read {
        Err(error) if !SHOWS.contains(&error.kind()) => Some(format!("{:?}", error.kind())),
        _ => says_nothing(&words),
    }
}

/// How many words name a command of the tree, and the command.
fn command_of(words: &[String]) -> (usize, Command) {
    let mut command = tree(Lang::En);
    let mut at = 1;
    while let Some(below) = words.get(at).and_then(|word| command.find_subcommand(word)).cloned() {
        command = below;
        at += 1;
    }
    (at, command)
}

/// What an event needs and the line does not say: in a pipe the command would be refused.
fn says_nothing(words: &[String]) -> Option<String> {
    let row = ROWS.iter().find(|row| row.verb == words[1] && row.command == Form::Cases)?;
    let flags = words.iter().filter_map(|word| word.strip_prefix("--"));
    let fields = flags.filter_map(|flag| Field::of(flag.trim_start_matches("not-")));
    let event = Event::new(row.name, Stamp::parse("2026-11-23T09:00:00+08:00").unwrap());
    let event = fields.fold(event, |event, field| event.with(field, Value::Text("x".to_owned())));
    event.faults().first().map(|fault| format!("{fault:?}"))
}

fn all_named() -> Vec<Named> {
    let mut found = Vec::new();
    let mut sources = Vec::new();
    files(&root().join("src"), &[".rs", ".toml"], &mut sources);
    files(&root().join("templates"), &[".html"], &mut sources);
    files(root(), &[".md"], &mut sources);
    for path in sources {
        let text = fs::read_to_string(&path).unwrap();
        let place = path.strip_prefix(root()).unwrap().display().to_string();
        let lines = || text.lines().enumerate().map(|(at, line)| (at + 1, line.to_owned()));
        let (texts, comments): (Vec<_>, Vec<_>) = match place.ends_with(".rs") {
            true => {
                (strings(&text), lines().filter(|(_, line)| line.trim_start().starts_with("//")).collect())
            }
            false => (lines().collect(), Vec::new()),
        };
        let of_texts =
            texts.iter().flat_map(|(at, text)| named(text).into_iter().map(move |line| (at, line)));
        let of_comments = comments.iter().flat_map(|(at, text)| quoted(text).map(move |line| (at, line)));
        for (at, line) in of_texts.chain(of_comments) {
            found.push(Named { place: format!("{place}:{at}"), line });
        }
    }
    found
}

#[test]
fn the_commands_of_a_text_are_found() {
    let source = r####"say("run `fb sync`, then fb list {n}; or `a && fb check | b`"); '"'; 'a /* fb a */ // "fb b"
        "two \
         fb mend\nfb undo" r#"<x y="fb log">"# r#type '\u{1b}' "####;
    let found: Vec<_> = strings(source).into_iter().map(|(at, text)| (at, named(&text))).collect();
    let is = |at: usize, lines: &[&str]| (at, lines.iter().map(ToString::to_string).collect());
    assert_eq!(found, [is(1, &["sync", "list {n}", "check"]), is(2, &["mend", "undo"]), is(3, &["log"])]);
    for (line, is_wrong) in [
        ("sync", false),
        ("snyc", true),
        ("assign --due", false),
        ("assign --duty", true),
        ("assign {short} --due 2d", true),
        ("assign {short} --owner … --due 2d", false),
        ("amend {short} --reason …", true),
        ("reopen {short}", true),
        ("mark … reported 标记", false),
        ("list -n N", false),
        ("calendar add 文件", false),
    ] {
        assert_eq!(wrong(line).is_some(), is_wrong, "{line}");
    }
}

#[test]
fn every_command_that_a_text_names_is_taken() {
    let mut refused = Vec::new();
    let mut taken = 0;
    let mut prose: BTreeSet<&str> = PROSE.iter().copied().collect();
    for Named { place, line } in all_named() {
        let first = line.split_whitespace().next().unwrap_or_default();
        let is_made = first.starts_with("{}") && MADE.iter().any(|file| place.starts_with(file));
        let is_chinese = first.starts_with(|letter: char| letter > '\u{2e7f}');
        prose.remove(first);
        if first.is_empty() || PROSE.contains(&first) || is_made || is_chinese {
            continue;
        }
        match wrong(&line) {
            Some(why) => refused.push(format!("{place}: fb {line}: {why}")),
            None => taken += 1,
        }
    }
    assert!(refused.is_empty(), "{} of {}:\n{}", refused.len(), refused.len() + taken, refused.join("\n"));
    assert!(taken > 400, "{taken}");
    assert!(prose.is_empty(), "no text says so: {prose:?}");
}
