use clap::Args;

use super::handle::{On, Payload, apply};
use crate::case::{EventName, Field};
use crate::error::{Exit, Result};
use crate::session::Session;

/// Refuse a proposed remedy; the case is investigated again
#[derive(Debug, Clone, Args)]
pub(crate) struct Decline {
    #[command(flatten)]
    on: On,
    /// Why
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    reason: Option<String>,
}

impl Decline {
    pub(super) fn run(self, session: &Session) -> Result<Exit> {
        let payload = Payload::new().maybe(Field::Reason, self.reason);
        apply(session, &self.on, EventName::Declined, payload)
    }
}
