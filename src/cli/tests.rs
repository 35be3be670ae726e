//! What holds of every command, whichever it is.

pub(crate) mod named;

use std::ffi::OsString;

use clap::{Arg, Command, CommandFactory};

use super::help::{TOPICS, asked, command};
use super::localize::values;
use super::{Cli, tree, with_negations, with_plain_flags};
use crate::commands::groups;
use crate::lang::{Lang, Text};
use crate::render::{Paper, width};

const LANGS: [Lang; 2] = [Lang::En, Lang::Zh];
const PAPER: Paper = Paper { width: 80, colour: false };
const NARROW: Paper = Paper { width: 60, ..PAPER };

/// Every command that is shown, with its path.
fn all(command: &Command, path: &str) -> Vec<(String, Command)> {
    let mut found = vec![(path.to_owned(), command.clone())];
    for below in command.get_subcommands().filter(|command| !command.is_hide_set()) {
        found.extend(all(below, format!("{path} {}", below.get_name()).trim()));
    }
    found
}

/// All pages, each with what asks for it.
fn pages(lang: Lang, paper: Paper) -> Vec<(String, String)> {
    let of_command = |(path, _): (String, Command)| {
        let words: Vec<&str> = path.split_whitespace().collect();
        let pages = [true, false].map(|whole| command(&words, lang, whole).unwrap().draw(lang, paper));
        (path, pages.concat())
    };
    let of_topic = |name: &str| (name.to_owned(), asked(&[name.to_owned()], lang).unwrap().draw(lang, paper));
    let topics = TOPICS.iter().map(|topic| of_topic(topic.name));
    all(&tree(lang), "").into_iter().map(of_command).chain(topics).collect()
}

#[test]
fn whatever_is_shown_has_words_in_both_languages() {
    let mut lacking = Vec::new();
    let mut look = |what: String, words: Option<String>| {
        let both = words.as_deref().and_then(|words| words.split_once('␟'));
        if !both.is_some_and(|(en, zh)| en.is_ascii() && !en.is_empty() && !zh.is_ascii()) {
            lacking.push(format!("{what}: {words:?}"));
        }
    };
    for (path, command) in all(&Cli::command(), "fb") {
        look(path.clone(), command.get_about().map(|words| words.ansi().to_string()));
        if let Some(more) = command.get_long_about() {
            look(format!("{path} (more)"), Some(more.ansi().to_string()));
        }
        for arg in command.get_arguments().filter(|arg| !arg.is_hide_set()) {
            let what = format!("{path} {}", arg.get_id());
            look(what.clone(), arg.get_help().map(|words| words.ansi().to_string()));
            if arg.get_action().takes_values() {
                for value in arg
                    .get_possible_values()
                    .iter()
                    .filter(|_| arg.get_id() != "shell" && arg.get_id() != "lang")
                {
                    let words = value.get_help().map(|words| words.ansi().to_string());
                    look(format!("{what} {}", value.get_name()), words);
                }
            }
        }
    }
    assert!(lacking.is_empty(), "\n{}", lacking.join("\n"));
}

/// A shell is called so in Chinese, too, and revisions are A and B.
#[test]
fn a_value_has_a_name_in_both_languages() {
    let same = ["SHELL", "A", "B"];
    for (path, command) in all(&Cli::command(), "fb") {
        let shown = |arg: &&Arg| !arg.is_hide_set() && arg.get_action().takes_values();
        for arg in command.get_arguments().filter(shown) {
            for name in arg.get_value_names().unwrap_or_default() {
                let both = name.split_once('␟').is_some_and(|(en, zh)| en.is_ascii() && !zh.is_ascii());
                let is_same = same.contains(&name.split('␟').next().unwrap());
                assert!(both || is_same, "{path} {}: {name}", arg.get_id());
            }
        }
    }
}

#[test]
fn no_page_has_a_sign_left_or_a_line_that_is_too_wide() {
    for (lang, paper) in LANGS.into_iter().flat_map(|lang| [(lang, PAPER), (lang, NARROW)]) {
        for (path, page) in pages(lang, paper) {
            assert!(!page.contains('␟'), "{path}");
            for line in page.lines().filter(|line| !line.starts_with("  fb ")) {
                assert!(width(line) <= paper.width, "{path}: {line}");
                assert_eq!(line.trim_end(), line, "{path}");
            }
        }
    }
}

/// clap's own words are not on our pages.
#[test]
fn a_chinese_page_has_no_english_sentence() {
    let ours = ["Usage", "Options", "Arguments", "Commands", "default", "possible values", "env", "Print"];
    for (path, page) in pages(Lang::Zh, PAPER) {
        for word in ours {
            assert!(
                !page.split(|c: char| !c.is_alphabetic()).any(|there| there == word),
                "{path}: {word}\n{page}"
            );
        }
        // Three English words in a row, outside of a command line, are a sentence.
        for line in page.lines().filter(|line| !line.contains("fb ")) {
            let words: Vec<&str> = line.split_whitespace().collect();
            let is_english =
                |word: &&str| word.len() > 1 && word.bytes().all(|byte| byte.is_ascii_lowercase());
            assert!(!words.windows(3).any(|three| three.iter().all(is_english)), "{path}: {line}");
        }
    }
}

#[test]
fn every_command_has_examples_that_fb_takes() {
    for lang in LANGS {
        for (path, command) in all(&tree(lang), "").into_iter().skip(1) {
            let examples = command.get_after_help().map(ToString::to_string).unwrap_or_default();
            assert!(!examples.is_empty() && examples.lines().count() <= 2, "fb {path}: {examples}");
            for example in examples.lines() {
                assert!(example.starts_with(&format!("fb {path}")), "fb {path}: {example}");
                let words = with_negations(words(example).into_iter().map(Into::into));
                let read = Cli::read(&words, lang);
                assert!(read.is_ok(), "{example}: {}", read.unwrap_err());
            }
        }
    }
}

/// The words of a line, as a shell divides it; what it writes to a file is not the command's.
fn words(line: &str) -> Vec<String> {
    let line = line.split(" > ").next().unwrap();
    let (mut words, mut quoted) = (vec![String::new()], false);
    for c in line.chars() {
        match c {
            '"' => quoted = !quoted,
            ' ' if !quoted => words.push(String::new()),
            c => words.last_mut().unwrap().push(c),
        }
    }
    words
}

#[test]
fn every_command_is_in_one_group_and_every_topic_has_its_names() {
    let mut grouped: Vec<&str> = groups().into_iter().flat_map(|(_, names)| names).collect();
    grouped.sort_unstable();
    let tree = tree(Lang::En);
    let shown = tree.get_subcommands().filter(|command| !command.is_hide_set());
    let mut named: Vec<&str> = shown.map(Command::get_name).collect();
    named.sort_unstable();
    assert_eq!(grouped, named);
    for topic in &TOPICS {
        assert!(!named.contains(&topic.name), "{}", topic.name);
        let title = (topic.title)();
        assert!(topic.aliases.iter().all(|alias| !alias.is_ascii()) && !topic.aliases.is_empty());
        for name in topic.aliases.iter().chain([&topic.name]) {
            let page = asked(&[(*name).to_owned()], Lang::Zh).unwrap().draw(Lang::Zh, PAPER);
            assert!(page.starts_with(title.to(Lang::Zh)), "{name}");
        }
    }
}

#[test]
fn a_command_is_found_by_the_name_of_its_event() {
    let first =
        |word: &str| asked(&[word.to_owned()], Lang::Zh).map(|page| page.lead[0].to(Lang::Zh).to_owned());
    assert_eq!(first("派单"), first("assign"));
    assert_eq!(first("升级"), first("escalate"));
    assert_eq!(first("没有"), None);
    let below = asked(&["report".to_owned(), "monthly".to_owned()], Lang::En).unwrap();
    assert_eq!(below.lead, [Text::same("The monthly report: volume, timeliness, satisfaction")]);
}

#[test]
fn values_are_told_in_one_language() {
    let tree = tree(Lang::Zh);
    let log = tree.find_subcommand("log").unwrap();
    let format = log.get_arguments().find(|arg| arg.get_id() == "format").unwrap();
    let told: Vec<String> =
        values(format, Lang::Zh).iter().map(|value| value.get_help().unwrap().to_string()).collect();
    assert_eq!(
        told,
        ["供人阅读", "JSON 对象（`version` 为 1），供程序读取", "每行一个 JSON 对象，供程序读取"]
    );
}

#[test]
fn a_negated_term_is_no_flag() {
    let words = |line: &str| {
        let words = with_negations(line.split(' ').map(OsString::from));
        words.iter().map(|word| word.to_str().unwrap().to_owned()).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(
        words("fb -C dir list -channel:hotline -overdue -茶杯 --limit 3"),
        "fb -C dir list !channel:hotline !overdue !茶杯 --limit 3"
    );
    assert_eq!(words("fb list -q -C dir -due"), "fb list -q -C dir !due");
    assert_eq!(words("fb note 7k3 -kind:x"), "fb note 7k3 -kind:x");
}

#[test]
fn what_amend_took_as_true_or_false_is_one_of_two_flags() {
    let words = |line: &str| {
        let words = with_plain_flags(line.split(' ').map(OsString::from).collect());
        words.iter().map(|word| word.to_str().unwrap().to_owned()).collect::<Vec<_>>().join(" ")
    };
    for (given, plain) in [
        ("fb amend 7k3 --justified true --reason x", "fb amend 7k3 --justified --reason x"),
        ("fb amend --justified false 7k3", "fb amend --not-justified 7k3"),
        ("fb amend 7k3 --justified=false", "fb amend 7k3 --not-justified"),
        ("fb amend 7k3 --justified=true", "fb amend 7k3 --justified"),
        ("fb amend --justified 7k3", "fb amend --justified 7k3"),
        ("fb amend 7k3 --cause true", "fb amend 7k3 --cause true"),
        ("fb triage 7k3 --justified true", "fb triage 7k3 --justified true"),
    ] {
        assert_eq!(words(given), plain);
    }
}
