use clap::Args;

use super::handle::{On, Payload, apply};
use crate::case::{EventName, Field};
use crate::error::{Exit, Result};
use crate::session::Session;

/// Record what the customer said in the half-yearly survey
#[derive(Debug, Clone, Args)]
pub struct Survey {
    #[command(flatten)]
    on: On,
    /// 1 (worst) to 5 (best)
    #[arg(long, value_name = "SCORE")]
    score: Option<String>,
}

impl Survey {
    pub(super) fn run(self, session: &Session) -> Result<Exit> {
        let payload = Payload::new().maybe(Field::Score, self.score);
        apply(session, &self.on, EventName::Surveyed, payload)
    }
}
