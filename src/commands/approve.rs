use clap::Args;

use super::handle::{On, Payload, apply};
use crate::case::{EventName, Field};
use crate::error::{Exit, Result};
use crate::session::Session;

/// Agree to a proposed remedy, in your role
#[derive(Debug, Clone, Args)]
pub(crate) struct Approve {
    #[command(flatten)]
    on: On,
    /// The role in which you decide; else yours
    #[arg(long = "as", value_name = "ROLE")]
    role: Option<String>,
}

impl Approve {
    pub(super) fn run(self, session: &Session) -> Result<Exit> {
        let payload = Payload::new().maybe(Field::As, self.role);
        apply(session, &self.on, EventName::Approved, payload)
    }
}
