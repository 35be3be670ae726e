use clap::Args;

use super::handle::{On, Payload, apply};
use crate::case::{EventName, Field};
use crate::error::{Exit, Result};
use crate::session::Session;

/// Give a case back to the hub: it is not yours
#[derive(Debug, Clone, Args)]
pub(crate) struct Return {
    #[command(flatten)]
    on: On,
    /// Why it is not yours
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    reason: Option<String>,
}

impl Return {
    pub(super) fn run(self, session: &Session) -> Result<Exit> {
        let payload = Payload::new().maybe(Field::Reason, self.reason);
        apply(session, &self.on, EventName::Returned, payload)
    }
}
