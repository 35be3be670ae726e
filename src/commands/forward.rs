use clap::Args;

use super::handle::{On, Payload, apply};
use crate::case::{EventName, Field};
use crate::error::{Exit, Result};
use crate::session::Session;

/// Pass praise on to the staff it praises
#[derive(Debug, Clone, Args)]
pub(crate) struct Forward {
    #[command(flatten)]
    on: On,
    /// The staff praised; may be given several times
    #[arg(long, value_name = "PERSON", value_delimiter = ',')]
    to: Vec<String>,
}

impl Forward {
    pub(super) fn run(self, session: &Session) -> Result<Exit> {
        let payload = Payload::new().list(Field::To, self.to);
        apply(session, &self.on, EventName::Forwarded, payload)
    }
}
