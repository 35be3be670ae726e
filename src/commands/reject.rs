use clap::Args;

use super::handle::{On, Payload, apply};
use crate::case::{EventName, Field};
use crate::error::{Exit, Result};
use crate::session::Session;

/// End a case that is not justified or is declined, explained to the customer
#[derive(Debug, Clone, Args)]
pub(crate) struct Reject {
    #[command(flatten)]
    on: On,
    /// Why, as it was told to the customer
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    reason: Option<String>,
}

impl Reject {
    pub(super) fn run(self, session: &Session) -> Result<Exit> {
        let payload = Payload::new().maybe(Field::Reason, self.reason);
        apply(session, &self.on, EventName::Rejected, payload)
    }
}
