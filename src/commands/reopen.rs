use clap::Args;

use super::handle::{On, Payload, apply};
use crate::case::{EventName, Field};
use crate::error::{Exit, Result};
use crate::session::Session;

/// Take up a case again that has ended; a new round begins
#[derive(Debug, Clone, Args)]
pub(crate) struct Reopen {
    #[command(flatten)]
    on: On,
    /// Why
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    reason: Option<String>,
}

impl Reopen {
    pub(super) fn run(self, session: &Session) -> Result<Exit> {
        let payload = Payload::new().maybe(Field::Reason, self.reason);
        apply(session, &self.on, EventName::Reopened, payload)
    }
}
