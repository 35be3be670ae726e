use clap::Args;

use super::handle::{How, On, Payload, apply};
use crate::case::{EventName, Field};
use crate::error::{Exit, Result};
use crate::session::Session;

/// Record a step that the policy names, such as `reported` or `verified`
#[derive(Debug, Clone, Args)]
pub(crate) struct Mark {
    /// The case
    id: String,
    /// The step; without one it is asked for
    milestone: Option<String>,
    /// A remark for the history
    #[arg(short = 'm', long, value_name = "TEXT", allow_hyphen_values = true)]
    note: Option<String>,
    #[command(flatten)]
    how: How,
}

impl Mark {
    pub(super) fn run(self, session: &Session) -> Result<Exit> {
        let on = On { ids: vec![self.id], note: self.note, how: self.how };
        apply(session, &on, EventName::Marked, Payload::new().maybe(Field::Milestone, self.milestone))
    }
}
