use clap::Args;

use super::handle::{On, Payload, apply};
use crate::case::{EventName, Field};
use crate::error::{Exit, Result};
use crate::session::Session;

/// End a case that needs no more; or add the lesson to a closed one
#[derive(Debug, Clone, Args)]
pub(crate) struct Close {
    #[command(flatten)]
    on: On,
    /// What was learnt
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    lesson: Option<String>,
}

impl Close {
    pub(super) fn run(self, session: &Session) -> Result<Exit> {
        let payload = Payload::new().maybe(Field::Lesson, self.lesson);
        apply(session, &self.on, EventName::Closed, payload)
    }
}
