use clap::Args;

use super::handle::{On, Payload, apply};
use crate::case::EventName;
use crate::error::{Exit, Result};
use crate::session::Session;

/// The customer answered; the case goes on where it stood
#[derive(Debug, Clone, Args)]
pub(crate) struct Resume {
    #[command(flatten)]
    on: On,
}

impl Resume {
    pub(super) fn run(self, session: &Session) -> Result<Exit> {
        let payload = Payload::new();
        apply(session, &self.on, EventName::Resumed, payload)
    }
}
