use clap::Args;

use super::handle::{On, Payload, apply};
use crate::case::{EventName, Field};
use crate::error::{Exit, Result};
use crate::session::Session;

/// A person reached the customer; an automatic acknowledgement is no contact
#[derive(Debug, Clone, Args)]
pub(crate) struct Contact {
    #[command(flatten)]
    on: On,
    /// Over which channel
    #[arg(long, value_name = "NAME")]
    channel: Option<String>,
}

impl Contact {
    pub(super) fn run(self, session: &Session) -> Result<Exit> {
        let payload = Payload::new().maybe(Field::Channel, self.channel);
        apply(session, &self.on, EventName::Contacted, payload)
    }
}
