//! From argv to an exit status.

use std::ffi::OsString;
use std::io::Write;
use std::process::ExitCode;
use std::sync::mpsc::{Sender, channel};
use std::time::Instant;

use clap::error::ErrorKind;
use jiff::Timestamp;

use crate::case::Stamp;
use crate::cli::{Cli, ColourWhen, help, misuse, with_negations, with_plain_flags};
use crate::commands::Command;
use crate::error::{Error, Exit, Result};
use crate::lang::Lang;
use crate::session::Setting;
use crate::ui::{Colour, Streams, Terminal, draw};

mod say {
    crate::messages! {
        no_directory(path) { "there is no directory {path}", "没有 {path} 这个目录" }
        bad_now(word) { "--now: `{word}` is not an instant", "--now：`{word}` 不是时间" }
        took(ms) { "took {ms} ms", "用时 {ms} 毫秒" }
        now_help() { "write RFC 3339 with the offset, such as 2026-11-22T09:30:00+08:00", "请写带时差的时间，如 2026-11-22T09:30:00+08:00" }
    }
}

/// Runs `fb` with these arguments, the program's name first; everything that is said has been printed.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let began = Instant::now();
    let arguments: Vec<OsString> = with_plain_flags(with_negations(arguments));
    let spoken = language(&arguments);
    let cli = match Cli::read(&arguments, spoken) {
        Ok(cli) => cli,
        Err(found) => return not_run(&found, &arguments, spoken),
    };
    let colour = match cli.color {
        ColourWhen::Auto => Colour::Auto,
        ColourWhen::Always => Colour::Always,
        ColourWhen::Never => Colour::Never,
    };
    let terminal =
        Terminal::new(spoken, colour, variable, Streams::of_process()).chatter(cli.quiet, cli.verbose);
    threads();
    let directory = std::path::absolute(&cli.directory).unwrap_or_else(|_| cli.directory.clone());
    // The lines of a past revision are not those of the files as they are now.
    let past = cli.command.as_ref().is_some_and(|command| command.revision().is_some());
    let done = there(&directory).and_then(|()| now(cli.now.as_deref())).and_then(|now| {
        let setting = Setting {
            directory: directory.clone(),
            now,
            now_given: cli.now.is_some(),
            revision: None,
            lang: cli.lang,
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
    if terminal.verbose {
        terminal.detail(&say::took(began.elapsed().as_millis() as u64));
    }
    match done {
        Ok(exit) => ExitCode::from(exit as u8),
        Err(error) => {
            let root = crate::ledger::Ledger::above(&directory).map(|ledger| ledger.root().to_owned());
            let sources = draw::sources(root.as_ref().unwrap_or(&directory));
            terminal.error(&error, &|path| if past { None } else { sources(path) });
            ExitCode::from(error.exit as u8)
        }
    }
}

/// A directory that is not there has no ledger, and the one above it is another.
fn there(directory: &std::path::Path) -> Result<()> {
    match crate::disk::named::is_directory(directory) {
        true => Ok(()),
        false => Err(Error::refused(say::no_directory(directory))),
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

/// Answers a command line that names nothing to do: with help, with the version, or with what is wrong with it.
fn not_run(found: &clap::Error, arguments: &[OsString], lang: Lang) -> ExitCode {
    let terminal = Terminal::new(lang, Colour::Auto, variable, Streams::of_process());
    let told = found.to_string();
    let whole = arguments.iter().any(|argument| argument == "--help");
    let page = |paper| {
        let path: Vec<&str> = told.split_whitespace().collect();
        let page = help::command(&path, lang, whole).unwrap_or_default();
        help::drawn(&page, &terminal, paper)
    };
    let done = match found.kind() {
        ErrorKind::DisplayHelp => terminal.out(&page(terminal.page)).map(|()| Exit::Done),
        ErrorKind::DisplayVersion => terminal.out(&told).map(|()| Exit::Done),
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            terminal.said(&page(terminal.aside));
            Ok(Exit::Refused)
        }
        _ => Err(misuse::error(found)),
    };
    let exit = done.unwrap_or_else(|error| {
        terminal.error(&error, &|_| None);
        error.exit
    });
    ExitCode::from(exit as u8)
}

/// The language of what people read: the one that `--lang` or `FB_LANG` asks for, else the shop's, else that of the
/// environment. It is looked for among the arguments as they are, since it is needed to say what is wrong with them.
fn language(arguments: &[OsString]) -> Lang {
    let asked = given(arguments, "--lang", "--lang=").or_else(|| variable("FB_LANG"));
    let directory =
        || given(arguments, "-C", "-C").or_else(|| variable("FB_DIR")).filter(|word| !word.is_empty());
    let shop = || shop_language(&std::path::absolute(directory().as_deref().unwrap_or(".")).ok()?);
    let guessed = || ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(variable);
    let asked = asked.and_then(|word| Lang::of(&word));
    asked.or_else(shop).or_else(|| Lang::of(&guessed()?)).unwrap_or_default()
}

/// The value of a flag: the argument after it, or the rest of the one that begins so.
fn given(arguments: &[OsString], flag: &str, joined: &str) -> Option<String> {
    let flags = arguments.iter().map(|argument| argument.to_str().unwrap_or_default());
    let mut flags = flags.take_while(|argument| *argument != "--");
    while let Some(argument) = flags.next() {
        if argument == flag {
            return flags.next().map(str::to_owned);
        }
        if let Some(value) = argument.strip_prefix(joined) {
            return Some(value.to_owned());
        }
    }
    None
}

/// The language of the shop whose ledger is at a directory or above it.
fn shop_language(directory: &std::path::Path) -> Option<Lang> {
    let ledger = crate::ledger::Ledger::above(directory).ok()?;
    crate::policy::Shop::language(&ledger.source(std::path::Path::new(crate::ledger::SHOP_FILE))?)
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
    fn a_flag_is_found_in_both_of_its_forms_but_not_after_two_hyphens() {
        for (line, lang, directory) in [
            ("fb --lang zh list", Some("zh"), None),
            ("fb list --lang=en -C shop", Some("en"), Some("shop")),
            ("fb -Cshop list -- --lang zh", None, Some("shop")),
            ("fb list --lang", None, None),
        ] {
            let words: Vec<OsString> = line.split(' ').map(OsString::from).collect();
            assert_eq!(given(&words, "--lang", "--lang=").as_deref(), lang, "{line}");
            assert_eq!(given(&words, "-C", "-C").as_deref(), directory, "{line}");
        }
    }

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
