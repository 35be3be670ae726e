//! From argv to an exit status.

use std::ffi::OsString;
use std::io::Write;
use std::process::ExitCode;
use std::sync::mpsc::{Sender, channel};
use std::time::Instant;

use clap::Parser;
use jiff::Timestamp;

use crate::case::Stamp;
use crate::cli::{Cli, When};
use crate::commands::Command;
use crate::error::{Error, Exit, Result};
use crate::lang::{Lang, clean_lines};
use crate::session::Setting;
use crate::ui::{Colour, Streams, Terminal, draw};

mod say {
    crate::messages! {
        bad_now(word) { "--now: `{word}` is not an instant", "--now：`{word}` 不是时间" }
        took(ms) { "took {ms} ms", "用时 {ms} 毫秒" }
        now_help() { "write RFC 3339 with the offset, such as 2026-11-22T09:30:00+08:00", "请写带时差的时间，如 2026-11-22T09:30:00+08:00" }
    }
}

/// Runs `fb` with these arguments, the program's name first; everything that is said has been printed.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let began = Instant::now();
    let arguments: Vec<OsString> = crate::cli::with_negations(arguments).into_iter().collect();
    let cli = match Cli::try_parse_from(&arguments) {
        Ok(cli) => cli,
        Err(found) => return misused(&found, &arguments),
    };
    let lang = cli.lang;
    let colour = match cli.color {
        When::Auto => Colour::Auto,
        When::Always => Colour::Always,
        When::Never => Colour::Never,
    };
    let guessed = || ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(variable);
    let spoken = lang.or_else(|| Lang::of(&guessed()?)).unwrap_or_default();
    let terminal =
        Terminal::new(spoken, colour, variable, Streams::of_process()).chatter(cli.quiet, cli.verbose);
    threads();
    let directory = std::path::absolute(&cli.directory).unwrap_or_else(|_| cli.directory.clone());
    // The lines of a past revision are not those of the files as they are now.
    let past = cli.command.as_ref().is_some_and(|command| command.revision().is_some());
    let done = now(cli.now.as_deref()).and_then(|now| {
        let setting = Setting {
            directory: directory.clone(),
            now,
            now_given: cli.now.is_some(),
            revision: None,
            lang,
            commit: !cli.no_commit,
            editors: ["VISUAL", "EDITOR"].into_iter().filter_map(variable).collect(),
            terminal: terminal.clone(),
        };
        match cli.command {
            Some(command) => command.run(setting),
            None => Command::overview(setting),
        }
    });
    let _ = std::io::stdout().flush();
    let shown = || Terminal {
        lang: lang.or_else(|| shop_language(&directory)).unwrap_or(spoken),
        ..terminal.clone()
    };
    if terminal.verbose {
        shown().detail(&say::took(began.elapsed().as_millis() as u64));
    }
    match done {
        Ok(exit) => ExitCode::from(exit as u8),
        Err(error) => {
            let root = crate::ledger::Ledger::above(&directory).map(|ledger| ledger.root().to_owned());
            let sources = draw::sources(root.as_ref().unwrap_or(&directory));
            shown().error(&error, &|path| if past { None } else { sources(path) });
            ExitCode::from(error.exit as u8)
        }
    }
}

/// Gives the work on many files as many threads as there are cores, or as the system has left; it does it alone where
/// there is none. Left to itself the pool would panic then.
fn threads() {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let asked = variable("RAYON_NUM_THREADS").and_then(|word| word.parse().ok()).filter(|asked| *asked > 0);
    let mut waiting = workers(asked.unwrap_or(cores).min(cores), |worker| {
        std::thread::Builder::new().spawn(worker).map(drop)
    });
    let pool = rayon::ThreadPoolBuilder::new().num_threads(waiting.len().max(1));
    // It is an error where a caller of the library has made a pool before: that one is taken.
    let _ = match waiting.is_empty() {
        true => pool.use_current_thread().build_global(),
        false => pool
            .spawn_handler(move |thread| {
                let next = waiting.pop().ok_or(std::io::ErrorKind::Other)?;
                next.send(thread).map_err(|_| std::io::ErrorKind::Other.into())
            })
            .build_global(),
    };
}

/// Starts so many threads, or as many as the system gives, each of which waits for its work.
fn workers(
    wanted: usize,
    mut start: impl FnMut(Box<dyn FnOnce() + Send>) -> std::io::Result<()>,
) -> Vec<Sender<rayon::ThreadBuilder>> {
    let mut waiting = Vec::new();
    for _ in 0..wanted {
        let (give, given) = channel::<rayon::ThreadBuilder>();
        let worker = move || given.recv().map_or((), rayon::ThreadBuilder::run);
        match start(Box::new(worker)) {
            Ok(()) => waiting.push(give),
            Err(_) => break,
        }
    }
    waiting
}

fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// Says what is wrong with the command line, in the language that it asks for in spite of that.
fn misused(found: &clap::Error, arguments: &[OsString]) -> ExitCode {
    let after = |flag: &str| {
        let at = arguments.iter().position(|argument| argument == flag)?;
        arguments.get(at + 1)?.to_str().map(str::to_owned)
    };
    let joined =
        || arguments.iter().find_map(|argument| Some(argument.to_str()?.strip_prefix("--lang=")?.to_owned()));
    let asked = after("--lang").or_else(joined).or_else(|| variable("FB_LANG"));
    let directory = after("-C").or_else(|| variable("FB_DIR")).unwrap_or_else(|| ".".to_owned());
    let shop = || shop_language(&std::path::absolute(directory).ok()?);
    let guessed = || ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(variable);
    let lang = asked.and_then(|word| Lang::of(&word)).or_else(shop).or_else(|| Lang::of(&guessed()?));
    match crate::cli::misuse::told(found).filter(|_| lang == Some(Lang::Zh)) {
        Some(error) => {
            let terminal = Terminal::new(Lang::Zh, Colour::Auto, variable, Streams::of_process());
            terminal.error(&error, &|_| None);
            ExitCode::from(error.exit as u8)
        }
        None => {
            let plain = found.render().to_string();
            let harmless = clean_lines(&plain) + "\n";
            match found.use_stderr() && harmless != plain {
                true => {
                    Terminal::new(Lang::En, Colour::Never, variable, Streams::of_process()).said(&harmless)
                }
                false => {
                    // A closed pipe is the reader's choice.
                    let _ = found.print();
                }
            }
            ExitCode::from(found.exit_code() as u8)
        }
    }
}

/// The shop's language, for an error that came before its rules were read.
fn shop_language(directory: &std::path::Path) -> Option<Lang> {
    let ledger = crate::ledger::Ledger::above(directory).ok()?;
    let text = ledger.rule_files().ok()?.shop.1;
    crate::policy::Shop::language(&text)
}

/// The present: as it was given, else the system's clock, in whole seconds. The one place that reads it.
#[allow(clippy::disallowed_methods)]
fn now(given: Option<&str>) -> Result<Timestamp> {
    match given {
        Some(word) => match Stamp::parse(word) {
            Ok(stamp) => Ok(stamp.instant()),
            Err(_) => {
                Err(Error { exit: Exit::Refused, ..Error::refused(say::bad_now(word)).hint(say::now_help()) })
            }
        },
        None => {
            let now = Timestamp::now();
            Ok(Timestamp::from_second(now.as_second()).unwrap_or(now))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_many_threads_work_as_the_system_gives() {
        for given in [0, 1, 3, 8] {
            let mut asked = 0;
            let waiting = workers(4, |_| {
                asked += 1;
                if asked <= given { Ok(()) } else { Err(std::io::ErrorKind::WouldBlock.into()) }
            });
            assert_eq!((waiting.len(), asked), (given.min(4), (given + 1).min(4)));
        }
    }
}
