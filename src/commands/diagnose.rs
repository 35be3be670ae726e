use clap::Args;

use super::handle::{On, Payload, apply};
use crate::case::{EventName, Field};
use crate::error::{Exit, Result};
use crate::session::Session;

/// Record the concrete cause and the responsible party
#[derive(Debug, Clone, Args)]
pub(crate) struct Diagnose {
    #[command(flatten)]
    on: On,
    /// The concrete cause
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    cause: Option<String>,
    /// The responsible party
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    responsible: Option<String>,
}

impl Diagnose {
    pub(super) fn run(self, session: &Session) -> Result<Exit> {
        let payload =
            Payload::new().maybe(Field::Cause, self.cause).maybe(Field::Responsible, self.responsible);
        apply(session, &self.on, EventName::Diagnosed, payload)
    }
}
