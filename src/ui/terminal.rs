//! How output is displayed, and where it is written.

use std::io::{self, ErrorKind, IsTerminal, Write};
use std::path::Path;

use crate::error::{Error, Result};
use crate::lang::{Lang, Text, clean, clean_lines};
use crate::privacy::masked;
use crate::render::{Document, Paper, text};

use super::draw;

mod say {
    crate::messages! {
        unwritten(why) { "the output could not be written: {why}", "无法输出：{why}" }
    }
}

/// Columns if the terminal does not report its own.
const USUAL: usize = 80;
/// The narrowest page.
const NARROWEST: usize = 20;
/// Longer lines of prose are hard to read.
const WIDEST_PROSE: usize = 100;

/// The values of `--color`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Colour {
    /// If it is a terminal that can show it and the environment does not object.
    #[default]
    Auto,
    /// Also in a pipe.
    Always,
    /// Never.
    Never,
}

/// Which of the standard streams are terminals, and how wide they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Streams {
    /// Answers come from a person.
    pub stdin: bool,
    /// Pages go to a person.
    pub stdout: bool,
    /// Notes go to a person.
    pub stderr: bool,
    /// In columns, if the terminal reports it.
    pub width: Option<usize>,
}

impl Streams {
    /// The streams of this process.
    pub(crate) fn of_process() -> Streams {
        let size = |term: console::Term| term.size_checked().map(|(_, columns)| usize::from(columns));
        Streams {
            stdin: io::stdin().is_terminal(),
            stdout: io::stdout().is_terminal(),
            stderr: io::stderr().is_terminal(),
            width: size(console::Term::stdout()).or_else(|| size(console::Term::stderr())),
        }
    }
}

/// How output is displayed, and whether the user can be asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Terminal {
    /// The user's language.
    pub lang: Lang,
    /// Standard output, where pages go.
    pub page: Paper,
    /// Standard error, where notes and errors go.
    pub aside: Paper,
    /// The columns of prose, such as help: it is wrapped in a pipe, too.
    pub prose: usize,
    /// Whether the user can be asked.
    pub interactive: bool,
    /// Standard error is a terminal, for a progress bar.
    pub watched: bool,
    /// No notes.
    pub quiet: bool,
    /// Details too.
    pub verbose: bool,
}

impl Terminal {
    /// From the value of `--color`, the environment (`NO_COLOR`, `CLICOLOR_FORCE`, `CLICOLOR`, `TERM`, `COLUMNS`) and
    /// the streams.
    pub(crate) fn new(
        lang: Lang,
        colour: Colour,
        env: impl Fn(&str) -> Option<String>,
        streams: Streams,
    ) -> Terminal {
        let width = env("COLUMNS").and_then(|word| word.parse().ok()).or(streams.width).unwrap_or(USUAL);
        let paper = |terminal: bool| Paper {
            width: if terminal { width.max(NARROWEST) } else { usize::MAX },
            colour: wanted(colour, &env, terminal),
        };
        Terminal {
            lang,
            page: paper(streams.stdout),
            aside: paper(streams.stderr),
            prose: width.clamp(NARROWEST, WIDEST_PROSE),
            // A question is drawn on standard error: if that is redirected, nobody would see it
            interactive: streams.stdin && streams.stdout && streams.stderr,
            watched: streams.stderr,
            quiet: false,
            verbose: false,
        }
    }

    /// The same terminal without notes (`-q`) or with details too (`-v`).
    #[must_use]
    pub(crate) fn chatter(self, quiet: bool, verbose: bool) -> Terminal {
        Terminal { quiet, verbose, ..self }
    }

    /// Writes finished text. If the reader has gone away, it is not an error.
    ///
    /// # Errors
    /// Failed: the output does not accept it, for example because a disk is full.
    pub(crate) fn out(&self, drawn: &str) -> Result<()> {
        self.bytes(drawn.as_bytes())
    }

    /// Writes binary data, such as a workbook.
    ///
    /// # Errors
    /// As [`Terminal::out`].
    pub(crate) fn bytes(&self, bytes: &[u8]) -> Result<()> {
        #[cfg(test)]
        if kept::keep(bytes) {
            return Ok(());
        }
        write(&mut io::stdout().lock(), bytes)
    }

    /// Whether pages go to a person, not to a pipe or a file.
    pub(crate) fn is_watched_page(&self) -> bool {
        self.page.width != usize::MAX
    }

    /// Writes one line.
    ///
    /// # Errors
    /// As [`Terminal::out`].
    pub(crate) fn line(&self, line: &Text) -> Result<()> {
        self.out(&(clean_lines(&masked(line.to(self.lang))) + "\n"))
    }

    /// Writes a page.
    ///
    /// # Errors
    /// As [`Terminal::out`].
    pub(crate) fn page(&self, page: &Document) -> Result<()> {
        self.out(&text(page, self.lang, self.page))
    }

    /// Prints a note, unless notes are turned off.
    pub(crate) fn note(&self, note: &Text) {
        if !self.quiet {
            self.warn(note);
        }
    }

    /// Prints a finished note, even if notes are turned off.
    pub(crate) fn said(&self, drawn: &str) {
        aside(drawn);
    }

    /// Prints a note that must not be missed, even if notes are turned off.
    pub(crate) fn warn(&self, warning: &Text) {
        aside(&(clean_lines(&masked(warning.to(self.lang))) + "\n"));
    }

    /// Prints a detail if details are turned on, on one line, no matter what a file is called.
    pub(crate) fn detail(&self, detail: &Text) {
        if self.verbose {
            self.note(&detail.map(clean));
        }
    }

    /// Prints why the command ends, with excerpts of the files that `sources` gives.
    pub(crate) fn error(&self, error: &Error, sources: &dyn Fn(&Path) -> Option<String>) {
        aside(&draw::error(error, sources, self.lang, self.aside));
    }
}

/// What a test would see: the output of this thread, kept while it asks for it.
#[cfg(test)]
pub(crate) mod kept {
    use std::cell::RefCell;

    thread_local!(static KEPT: RefCell<Option<Vec<u8>>> = const { RefCell::new(None) });

    /// What is written to standard output while this runs.
    pub(crate) fn output_of(run: impl FnOnce()) -> String {
        KEPT.set(Some(Vec::new()));
        run();
        String::from_utf8(KEPT.take().unwrap_or_default()).unwrap()
    }

    /// Whether the output is kept, and not to be written.
    pub(super) fn keep(bytes: &[u8]) -> bool {
        KEPT.with_borrow_mut(|kept| kept.as_mut().map(|kept| kept.extend(bytes)).is_some())
    }
}

/// <https://no-color.org>, <https://bixense.com/clicolors>: an empty variable counts as unset.
fn wanted(colour: Colour, env: impl Fn(&str) -> Option<String>, terminal: bool) -> bool {
    let said = |name| env(name).filter(|word| !word.is_empty());
    match colour {
        Colour::Always => true,
        Colour::Never => false,
        Colour::Auto if said("NO_COLOR").is_some() => false,
        Colour::Auto if said("CLICOLOR_FORCE").is_some_and(|word| word != "0") => true,
        Colour::Auto if said("CLICOLOR").is_some_and(|word| word == "0") => false,
        Colour::Auto => terminal && said("TERM").is_none_or(|word| word != "dumb"),
    }
}

fn write(stream: &mut impl Write, drawn: &[u8]) -> Result<()> {
    match stream.write_all(drawn).and_then(|()| stream.flush()) {
        Err(why) if why.kind() != ErrorKind::BrokenPipe => {
            Err(Error::failed(say::unwritten(why.to_string())))
        }
        _ => Ok(()),
    }
}

/// If even this cannot be written, nothing else can be done.
fn aside(drawn: &str) {
    let _ = write(&mut io::stderr().lock(), drawn.as_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Exit;

    const TTY: Streams = Streams { stdin: true, stdout: true, stderr: true, width: Some(100) };

    fn terminal(colour: Colour, variables: &[(&str, &str)], streams: Streams) -> Terminal {
        let env =
            |name: &str| variables.iter().find(|(key, _)| *key == name).map(|(_, word)| (*word).to_owned());
        Terminal::new(Lang::En, colour, env, streams)
    }

    #[test]
    fn colour_is_where_it_is_wanted() {
        let pipe = Streams { stdout: false, ..TTY };
        for (colour, variables, streams, expected) in [
            (Colour::Auto, &[][..], TTY, true),
            (Colour::Auto, &[], pipe, false),
            (Colour::Always, &[("NO_COLOR", "1")], pipe, true),
            (Colour::Never, &[("CLICOLOR_FORCE", "1")], TTY, false),
            (Colour::Auto, &[("NO_COLOR", "1")], TTY, false),
            (Colour::Auto, &[("NO_COLOR", "")], TTY, true),
            (Colour::Auto, &[("NO_COLOR", "1"), ("CLICOLOR_FORCE", "1")], TTY, false),
            (Colour::Auto, &[("CLICOLOR_FORCE", "1")], pipe, true),
            (Colour::Auto, &[("CLICOLOR_FORCE", "0")], pipe, false),
            (Colour::Auto, &[("CLICOLOR", "0")], TTY, false),
            (Colour::Auto, &[("TERM", "dumb")], TTY, false),
            (Colour::Auto, &[("TERM", "xterm")], TTY, true),
        ] {
            assert_eq!(
                terminal(colour, variables, streams).page.colour,
                expected,
                "{colour:?} {variables:?}"
            );
        }
    }

    #[test]
    fn a_terminal_has_a_width_and_a_pipe_has_none() {
        let pipe = Streams { stdout: false, ..TTY };
        for (variables, streams, expected) in [
            (&[][..], TTY, 100),
            (&[("COLUMNS", "60")], TTY, 60),
            (&[("COLUMNS", "wide")], TTY, 100),
            (&[("COLUMNS", "3")], TTY, 20),
            (&[], Streams { width: None, ..TTY }, 80),
            (&[("COLUMNS", "60")], pipe, usize::MAX),
        ] {
            let terminal = terminal(Colour::Auto, variables, streams);
            assert_eq!(terminal.page.width, expected);
            let told = if streams.stdout { expected } else { 60 };
            assert_eq!(terminal.prose, told.min(WIDEST_PROSE));
            assert_eq!(terminal.is_watched_page(), streams.stdout);
        }
    }

    #[test]
    fn nobody_is_asked_who_cannot_see_the_question() {
        assert!(terminal(Colour::Auto, &[], TTY).interactive);
        for hidden in [
            Streams { stdin: false, ..TTY },
            Streams { stdout: false, ..TTY },
            Streams { stderr: false, ..TTY },
        ] {
            assert!(!terminal(Colour::Auto, &[], hidden).interactive);
        }
    }

    struct Broken(ErrorKind);

    impl Write for Broken {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(self.0.into())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_reader_that_has_gone_away_is_no_error_and_a_full_disk_is() {
        assert!(write(&mut Broken(ErrorKind::BrokenPipe), b"x").is_ok());
        let error = write(&mut Broken(ErrorKind::StorageFull), b"x").unwrap_err();
        assert_eq!(error.exit, Exit::Failed);
    }
}
