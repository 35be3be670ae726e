use clap::Args;

use super::handle::{On, Payload, apply};
use crate::case::{EventName, Field};
use crate::error::{Exit, Result};
use crate::session::Session;

/// Classify a case: what it is about and how soon it must be handled
#[derive(Debug, Clone, Args)]
pub(crate) struct Triage {
    #[command(flatten)]
    on: On,
    /// What it is about, such as product/packaging
    #[arg(long, value_name = "NAME")]
    category: Option<String>,
    /// urgent, important or general
    #[arg(long, value_name = "NAME")]
    urgency: Option<String>,
    /// The complaint is justified (投诉成立)
    #[arg(long, conflicts_with = "not_justified")]
    justified: bool,
    /// The complaint is not justified (投诉不成立)
    #[arg(long, conflicts_with = "justified")]
    not_justified: bool,
    /// simple or complex
    #[arg(long, value_name = "NAME")]
    complexity: Option<String>,
    /// The shop's own order of work
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    priority: Option<String>,
}

impl Triage {
    pub(super) fn run(self, session: &Session) -> Result<Exit> {
        let justified = match (self.justified, self.not_justified) {
            (true, _) => Some("true".to_owned()),
            (_, true) => Some("false".to_owned()),
            _ => None,
        };
        let payload = Payload::new()
            .maybe(Field::Category, self.category)
            .maybe(Field::Urgency, self.urgency)
            .maybe(Field::Justified, justified)
            .maybe(Field::Complexity, self.complexity)
            .maybe(Field::Priority, self.priority);
        apply(session, &self.on, EventName::Triaged, payload)
    }
}
