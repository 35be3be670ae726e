use clap::Args;

use super::handle::{On, Payload, apply};
use crate::case::{EventName, Field};
use crate::error::{Exit, Result};
use crate::session::Session;

/// Take a case that was handed over; its owner is you, unless it has one
#[derive(Debug, Clone, Args)]
pub(crate) struct Accept {
    #[command(flatten)]
    on: On,
    /// Who answers for it from now on
    #[arg(long, value_name = "PERSON")]
    owner: Option<String>,
}

impl Accept {
    pub(super) fn run(self, session: &Session) -> Result<Exit> {
        let payload = Payload::new().maybe(Field::Owner, self.owner);
        apply(session, &self.on, EventName::Accepted, payload)
    }
}
