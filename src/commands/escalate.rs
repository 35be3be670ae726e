use clap::Args;

use super::handle::{On, Payload, apply};
use crate::case::{EventName, Field};
use crate::error::{Exit, Result};
use crate::session::Session;

/// Put a case on a higher desk
#[derive(Debug, Clone, Args)]
pub(crate) struct Escalate {
    #[command(flatten)]
    on: On,
    /// Why
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    reason: Option<String>,
    /// supervisor, manager, external; else one above the present
    #[arg(long, value_name = "LEVEL")]
    level: Option<String>,
}

impl Escalate {
    pub(super) fn run(self, session: &Session) -> Result<Exit> {
        let payload = Payload::new().maybe(Field::Reason, self.reason).maybe(Field::Level, self.level);
        apply(session, &self.on, EventName::Escalated, payload)
    }
}
