use clap::Args;

use super::handle::{On, Payload, apply};
use crate::case::{EventName, Field};
use crate::error::{Exit, Result};
use crate::session::Session;

/// Ask the customer whether it is good: content closes the case, not content opens a new round
#[derive(Debug, Clone, Args)]
pub(crate) struct FollowUp {
    #[command(flatten)]
    on: On,
    /// satisfied, dissatisfied or unreached
    #[arg(long, value_name = "OUTCOME")]
    outcome: Option<String>,
    /// 1 (worst) to 5 (best)
    #[arg(long, value_name = "SCORE")]
    score: Option<String>,
}

impl FollowUp {
    pub(super) fn run(self, session: &Session) -> Result<Exit> {
        let payload = Payload::new().maybe(Field::Outcome, self.outcome).maybe(Field::Score, self.score);
        apply(session, &self.on, EventName::FollowedUp, payload)
    }
}
