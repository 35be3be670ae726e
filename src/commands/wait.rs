use clap::Args;

use super::handle::{On, Payload, apply};
use crate::case::{EventName, Field};
use crate::error::{Exit, Result};
use crate::session::Session;

/// The customer has to answer; clocks that say so stand still
#[derive(Debug, Clone, Args)]
pub(crate) struct Wait {
    #[command(flatten)]
    on: On,
    /// What is waited for
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    reason: Option<String>,
}

impl Wait {
    pub(super) fn run(self, session: &Session) -> Result<Exit> {
        let payload = Payload::new().maybe(Field::Reason, self.reason);
        apply(session, &self.on, EventName::Waiting, payload)
    }
}
