use clap::Args;

use super::handle::{On, Payload, apply};
use crate::case::{EventName, Field};
use crate::error::{Exit, Result};
use crate::session::Session;

/// Draft a remedy, or the plan for a suggestion, for approval
#[derive(Debug, Clone, Args)]
pub(crate) struct Propose {
    #[command(flatten)]
    on: On,
    /// What the customer is to be given
    #[arg(long, value_name = "NAME")]
    remedy: Option<String>,
    /// The remedy or the plan in words
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    text: Option<String>,
    /// What it costs
    #[arg(long, value_name = "AMOUNT")]
    cost: Option<String>,
}

impl Propose {
    pub(super) fn run(self, session: &Session) -> Result<Exit> {
        let payload = Payload::new()
            .maybe(Field::Remedy, self.remedy)
            .maybe(Field::Text, self.text)
            .maybe(Field::Cost, self.cost);
        apply(session, &self.on, EventName::Proposed, payload)
    }
}
