//! The transcripts of all pages are run: every command ends as it says, and prints what it shows.
//!
//! A block of ` ```console ` has commands (`$ …`) and what they print. A line `…` stands for lines that are left out, any
//! number of them; blank lines, the space between words and the names of commits are not compared. Each page begins in an
//! empty directory, and so does a block that begins with `fb init`. The other blocks go on where the last one ended. Half
//! an hour passes with each `fb`. A comment that ends with a number names the exit status. A block with a file's name
//! after its language is that file.

use std::collections::BTreeMap;

use crate::ledger::{Ran, TestLedger};
use crate::pages::{self, Block, Page};

const PROMPT: &str = "$ ";
const LEFT_OUT: &str = "…";

/// A command with the lines that it is said to print.
struct Step<'a> {
    command: &'a str,
    shown: Vec<&'a str>,
}

fn steps<'a>(block: &Block<'a>) -> Vec<Step<'a>> {
    let mut steps: Vec<Step<'a>> = Vec::new();
    for line in &block.lines {
        match line.strip_prefix(PROMPT) {
            Some(command) => steps.push(Step { command, shown: Vec::new() }),
            None => steps.last_mut().expect("a command comes first").shown.push(line),
        }
    }
    steps
}

/// A reader at work: where they are, and how the ids that they got differ from those on the page.
struct Reader {
    ledger: TestLedger,
    ids: BTreeMap<String, String>,
}

impl Reader {
    /// On a Monday morning, in an empty directory.
    fn new() -> Reader {
        let ledger = TestLedger::empty();
        ledger.pass(24 * 60);
        Reader { ledger, ids: BTreeMap::new() }
    }

    fn follow(&mut self, step: &Step<'_>) {
        if let Some(directory) = step.command.strip_prefix("cd ") {
            self.ledger.dir.push(directory);
            return;
        }
        let (command, comment) = step.command.split_once(" # ").unwrap_or((step.command, ""));
        let examples = concat!(" -C ", env!("CARGO_MANIFEST_DIR"), "/examples/");
        let ran = self.ledger.shell(&self.own(command).replace(" -C examples/", examples));
        let status = comment.split_whitespace().last().and_then(|word| word.parse().ok()).unwrap_or(0);
        assert_eq!(ran.status, status, "{}: {}{}", step.command, ran.out, ran.err);
        if command.starts_with("fb ") {
            self.ledger.pass(30);
        }
        if command.starts_with("fb new ") {
            self.ids.insert(first_word(step.shown[0]), first_word(&ran.out));
        }
        self.compare(step, &ran);
    }

    fn compare(&self, step: &Step<'_>, ran: &Ran) {
        let shown: Vec<String> = step.shown.iter().map(|line| self.own(line)).collect();
        let all = format!("{}{}", ran.out, ran.err);
        if let Err(missing) = fits(&shown, &all) {
            panic!("{}\n{missing}\nis not there, or not in its place:\n{all}", step.command);
        }
    }

    /// A line with this reader's ids.
    fn own(&self, line: &str) -> String {
        self.ids.iter().fold(line.to_owned(), |line, (shown, got)| line.replace(shown, got))
    }
}

/// Whether these lines are what was printed; else the first that is not. The end of what was printed is a line, too.
fn fits(shown: &[String], printed: &str) -> Result<(), String> {
    let mut rest = printed.lines().map(words).filter(|words| !words.is_empty());
    let mut skips = false;
    for line in shown.iter().filter(|line| !line.trim().is_empty()) {
        if line == LEFT_OUT {
            skips = true;
            continue;
        }
        let expected = words(line);
        let found = if skips { rest.any(|words| words == expected) } else { rest.next() == Some(expected) };
        if !found {
            return Err(line.clone());
        }
        skips = false;
    }
    if skips || rest.next().is_none() { Ok(()) } else { Err("(the end)".to_owned()) }
}

fn first_word(line: &str) -> String {
    line.split_whitespace().next().unwrap_or_default().to_owned()
}

/// The words of a line, without the names of commits: those are never the same twice. How far apart the words
/// stand depends on what else is on the page.
fn words(line: &str) -> Vec<&str> {
    let line = line
        .split([',', '，'])
        .take_while(|part| !part.starts_with(" ledger ") && !part.starts_with("台账 "));
    let is_commit = |word: &&str| word.len() == 7 && word.bytes().all(|byte| byte.is_ascii_hexdigit());
    line.flat_map(str::split_whitespace).filter(|word| !is_commit(word)).collect()
}

/// Runs the transcripts of a page; the commands that were run.
fn run(page: &Page) -> Vec<String> {
    let mut reader = Reader::new();
    let mut followed = Vec::new();
    for block in page.blocks() {
        match block.info.split_once(' ') {
            Some((_, file)) => reader.ledger.write(file, format!("{}\n", block.lines.join("\n"))),
            None if block.info == "console" => {
                if block.lines[0].starts_with("$ fb init") {
                    reader = Reader::new();
                }
                for step in steps(&block) {
                    reader.follow(&step);
                    followed.push(step.command.to_owned());
                }
            }
            None => {}
        }
    }
    followed
}

#[test]
fn the_transcripts_are_true() {
    let mut in_all = 0;
    for page in pages::all() {
        let typed: Vec<&str> =
            page.text.lines().filter_map(|line| line.trim_start().strip_prefix(PROMPT)).collect();
        let followed = run(&page);
        assert_eq!(followed, typed, "{}: a command is not in a block of `console`", page.path.display());
        in_all += followed.len();
    }
    assert!(in_all > 40, "{in_all}");
}

#[test]
fn a_false_transcript_is_noticed() {
    let lines = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
    let printed = "a  1\n\nb 2\nc 3\n";
    for fitting in ["a 1\nb 2\nc 3", "…\nc 3", "a 1\n…", "a 1\n…\nc   3", "…", "…\na 1\n…\nb 2\nc 3"]
    {
        assert_eq!(fits(&lines(fitting), printed), Ok(()), "{fitting}");
    }
    for (wrong, at) in [
        ("", "(the end)"),
        ("a 1\nb 2", "(the end)"),
        ("b 2\n…", "b 2"),
        ("a 1\nc 3", "c 3"),
        ("…\nc 3\nb 2", "b 2"),
        ("…\nd 4\n…", "d 4"),
    ] {
        assert_eq!(fits(&lines(wrong), printed), Err(at.to_owned()), "{wrong}");
    }
}
