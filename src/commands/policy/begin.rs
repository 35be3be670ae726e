//! The present rules hold from a certain day on; before it there are no limits.

use clap::Args;

use crate::arguments::word::day;
use crate::arguments::{flag, value};
use crate::error::{Exit, Result};
use crate::ledger::Plan;
use crate::session::Session;

mod say {
    pub(super) use crate::commands::say::*;

    crate::messages! {
        about() { "Make the rules begin on a certain day: before it there are no limits", "让制度自某日起施行，之前不设时限" }
        more() {
            "For a shop that has cases from before it had these rules, such as imported ones. policy/base.toml becomes policy/DATE.toml, unchanged. In its place comes a book without limits, which keeps the levels and steps that the histories name. Cases received before the day have no time limits and no required steps. `fb undo` takes it back.",
            "适用于制度施行之前已有案卷的店铺，例如从别处导入的。policy/base.toml 原样改名为 policy/日期.toml，原处换成一份不设时限的制度，只保留办理记录用到的级别和节点。该日之前受理的案卷不设时限，也不要求任何步骤。可用 `fb undo` 撤销。"
        }
        date() { "The first day on which the rules hold, such as 2026-11-01", "开始施行的日期，如 2026-11-01" }
    }
}

#[derive(Debug, Clone, Args)]
#[command(about = say::about().both(), long_about = say::more().both())]
#[command(after_help = "fb policy begin 2026-11-01\nfb policy begin 2026-11-01 --dry-run")]
pub(super) struct PolicyBeginArgs {
    #[arg(value_name = value::DATE.both(), help = say::date().both())]
    date: String,
    #[arg(long, help = flag::DRY_RUN.both())]
    dry_run: bool,
}

impl PolicyBeginArgs {
    pub(super) fn run(self, session: &Session) -> Result<Exit> {
        let day = day(&self.date)?;
        let lock = session.lock()?;
        let change = session.rules_from(&lock, day)?;
        let book = session.rules_with(&lock, &change)?;
        let scan = session.ledger.scan();
        let before = session.cases_before(day, &book, &scan.cases)?;
        let file = book.on(day).file();
        let mut exit = Exit::Done;
        if self.dry_run {
            session.terminal.line(&say::rules_would_begin(day, file))?;
        } else {
            let moved = before.moved.into_iter().map(|(_, write)| write);
            let writes = change.writes.into_iter().chain(moved).collect();
            exit = session.write(&lock, &Plan { writes, subject: change.subject, ..Plan::default() })?.exit;
            session.terminal.line(&say::rules_begin(day, file))?;
        }
        if before.all > 0 {
            session.terminal.line(&say::without_limits_now(before.all, before.open))?;
        }
        Ok(exit)
    }
}
