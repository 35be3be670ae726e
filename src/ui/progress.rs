//! Progress bars.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::lang::Text;

use super::Terminal;

/// The progress of a long task, on standard error; drawn only on a terminal. Removed when dropped.
#[derive(Debug)]
pub(crate) struct Progress {
    bar: ProgressBar,
}

impl Progress {
    /// The number of steps; `task` says what they are, in a word or two.
    pub(crate) fn new(terminal: &Terminal, task: &Text, steps: usize) -> Progress {
        let target = if terminal.watched && !terminal.quiet {
            ProgressDrawTarget::stderr()
        } else {
            ProgressDrawTarget::hidden()
        };
        let bar = ProgressBar::with_draw_target(Some(steps as u64), target);
        // The template is fixed; if it were wrong, the bar would only look plain
        if let Ok(style) = ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len}") {
            bar.set_style(style);
        }
        bar.set_message(task.to(terminal.lang).to_owned());
        Progress { bar }
    }

    /// This many steps are done; from any thread.
    pub(crate) fn advance(&self, steps: usize) {
        self.bar.inc(steps as u64);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::Lang;
    use crate::ui::{Colour, Streams};

    #[test]
    fn nothing_is_drawn_for_nobody() {
        let streams = Streams { stderr: true, ..Streams::default() };
        let terminal = Terminal::new(Lang::En, Colour::Auto, |_| None, streams).chatter(true, false);
        let progress = Progress::new(&terminal, &Text::of("reading", "读取"), 2);
        progress.advance(2);
        assert!(progress.bar.is_hidden());
        assert_eq!(progress.bar.position(), 2);
    }
}
