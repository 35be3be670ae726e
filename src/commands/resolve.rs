use clap::Args;

use super::handle::{On, Payload, apply};
use crate::case::{EventName, Field};
use crate::error::{Exit, Result};
use crate::session::Session;

/// The remedy is carried out and told to the customer
#[derive(Debug, Clone, Args)]
pub(crate) struct Resolve {
    #[command(flatten)]
    on: On,
    /// What the customer was given
    #[arg(long, value_name = "NAME")]
    remedy: Option<String>,
    /// What it cost
    #[arg(long, value_name = "AMOUNT")]
    cost: Option<String>,
    /// What was done, in words
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    text: Option<String>,
}

impl Resolve {
    pub(super) fn run(self, session: &Session) -> Result<Exit> {
        let payload = Payload::new()
            .maybe(Field::Remedy, self.remedy)
            .maybe(Field::Cost, self.cost)
            .maybe(Field::Text, self.text);
        apply(session, &self.on, EventName::Resolved, payload)
    }
}
