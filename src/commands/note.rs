use clap::Args;

use super::handle::{How, On, Payload, apply};
use crate::case::{EventName, Field};
use crate::error::{Exit, Result};
use crate::session::Session;

/// Add a remark to a case
#[derive(Debug, Clone, Args)]
pub(crate) struct Note {
    /// The case
    id: String,
    /// The remark; without one it is asked for
    #[arg(allow_hyphen_values = true)]
    text: Option<String>,
    #[command(flatten)]
    how: How,
}

impl Note {
    pub(super) fn run(self, session: &Session) -> Result<Exit> {
        let on = On { ids: vec![self.id], note: None, how: self.how };
        apply(session, &on, EventName::Noted, Payload::new().maybe(Field::Note, self.text))
    }
}
