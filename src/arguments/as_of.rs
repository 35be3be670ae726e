//! When a ledger is looked at: at a moment of its history, and as which commit.

use clap::Args;
use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::{moment, value};
use crate::error::{Error, Result};
use crate::policy::read_date;
use crate::report::Period;
use crate::session::Session;
use crate::view::Horizon;

mod say {
    crate::messages! {
        as_of() { "Show the ledger as it was at this moment, or at the end of this day", "查看当时的情况：写时间，或写日期（取当天结束时）" }
        revision() { "Show the ledger as it is in a git revision (a commit, a tag, HEAD~3), at the time of that commit", "查看某个 git 版本里的台账（提交、标签、HEAD~3），时间取该提交的时间" }
    }
}

/// The flags of every command that looks.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct AsOf {
    #[arg(long, value_name = value::TIME.both(), help = say::as_of().both())]
    as_of: Option<String>,
    #[arg(long = "rev", alias = "at", value_name = value::REVISION.both(), help = say::revision().both())]
    revision: Option<String>,
}

impl AsOf {
    /// The revision that is asked for.
    pub(crate) fn revision(&self) -> Option<&str> {
        self.revision.as_deref()
    }

    /// The instant up to which histories are read, if `--as-of` gives one. A day means its end.
    ///
    /// # Errors
    /// It is neither a day nor a moment.
    pub(crate) fn said(&self, zone: &TimeZone, now: Timestamp) -> Result<Option<Horizon>> {
        let Some(word) = &self.as_of else { return Ok(None) };
        if read_date(word).is_none() {
            return Ok(Some(Horizon::at(moment::read_in(zone, now, "--as-of", word)?)));
        }
        let today = now.to_zoned(zone.clone()).date();
        let day = Period::parse(&format!("{word}..{word}"), today, zone)
            .map_err(|bad| Error::refused(bad.message()))?;
        Ok(Some(Horizon { at: day.end, inclusive: false }))
    }

    /// The same; now if `--as-of` is not given.
    ///
    /// # Errors
    /// As [`AsOf::said`].
    pub(crate) fn horizon(&self, session: &Session) -> Result<Horizon> {
        Ok(self.said(&session.book.shop.zone, session.now)?.unwrap_or(Horizon::at(session.now)))
    }
}
