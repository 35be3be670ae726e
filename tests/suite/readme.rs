//! The README's transcripts are run: every command ends as it says, and every line that it shows is printed.
//!
//! A block of ` ```console ` has commands (`$ …`) and what they print; `…` stands for lines that are left out. A block
//! that begins with `fb init` begins in an empty directory, the others go on where the last one ended. Half an hour
//! passes with each `fb`. Words are compared, not the space between them. A block with a file's name after its language is that file.

use std::collections::BTreeMap;

use crate::ledger::{Ran, TestLedger};

const README: &str = include_str!("../../README.md");
const LEFT_OUT: &str = "…";

/// A fenced block: what stands after the fence, and its lines.
struct Block {
    info: &'static str,
    lines: Vec<&'static str>,
}

/// A command with the lines that it is said to print.
struct Step {
    command: &'static str,
    shown: Vec<&'static str>,
}

fn blocks() -> Vec<Block> {
    let mut found: Vec<Block> = Vec::new();
    let mut inside = false;
    for line in README.lines() {
        match line.strip_prefix("```") {
            Some(info) if !inside => found.push(Block { info, lines: Vec::new() }),
            None if inside => found.last_mut().unwrap().lines.push(line),
            _ => {}
        }
        inside ^= line.starts_with("```");
    }
    found
}

fn steps(block: &Block) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    for line in &block.lines {
        match line.strip_prefix("$ ") {
            Some(command) => steps.push(Step { command, shown: Vec::new() }),
            None => steps.last_mut().expect("a command comes first").shown.push(line),
        }
    }
    steps
}

/// A reader at work: where they are, and how the ids that they got differ from those in the README.
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

    fn follow(&mut self, step: &Step) {
        if let Some(directory) = step.command.strip_prefix("cd ") {
            self.ledger.dir.push(directory);
            return;
        }
        let (command, comment) = step.command.split_once(" # ").unwrap_or((step.command, ""));
        let examples = concat!(" -C ", env!("CARGO_MANIFEST_DIR"), "/examples/");
        let ran = self.ledger.shell(&self.own(command).replace(" -C examples/", examples));
        let status = comment.rsplit_once("exit status ").map_or(0, |(_, status)| status.parse().unwrap());
        assert_eq!(ran.status, status, "{}: {}{}", step.command, ran.out, ran.err);
        if command.starts_with("fb ") {
            self.ledger.pass(30);
        }
        if command.starts_with("fb new ") {
            self.ids.insert(first_word(step.shown[0]), first_word(&ran.out));
        }
        self.compare(step, &ran);
    }

    fn compare(&self, step: &Step, ran: &Ran) {
        let printed: Vec<Vec<&str>> = ran.out.lines().chain(ran.err.lines()).map(words).collect();
        for line in step.shown.iter().filter(|line| **line != LEFT_OUT) {
            let expected = self.own(line);
            let all = format!("{}{}", ran.out, ran.err);
            assert!(printed.contains(&words(&expected)), "{}\n{expected}\nis not in\n{all}", step.command);
        }
    }

    /// A line with this reader's ids.
    fn own(&self, line: &str) -> String {
        self.ids.iter().fold(line.to_owned(), |line, (shown, got)| line.replace(shown, got))
    }
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

#[test]
fn the_transcripts_are_true() {
    let mut reader = Reader::new();
    let mut followed = 0;
    for block in blocks() {
        match block.info.split_once(' ') {
            Some((_, file)) => reader.ledger.write(file, format!("{}\n", block.lines.join("\n"))),
            None if block.info == "console" => {
                if block.lines[0].starts_with("$ fb init") {
                    reader = Reader::new();
                }
                for step in steps(&block) {
                    reader.follow(&step);
                    followed += 1;
                }
            }
            None => {}
        }
    }
    assert!(followed > 20, "{followed}");
}
