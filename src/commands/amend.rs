use clap::Args;

use super::handle::{On, Payload, apply};
use crate::case::{EventName, Field};
use crate::error::{Exit, Result};
use crate::session::Session;

/// Correct what was decided about a case; what the customer brought is corrected with `fb edit`
#[derive(Debug, Clone, Args)]
pub(crate) struct Amend {
    #[command(flatten)]
    on: On,
    /// Why it was wrong
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    reason: Option<String>,
    /// What it is about
    #[arg(long, value_name = "NAME")]
    category: Option<String>,
    /// urgent, important or general
    #[arg(long, value_name = "NAME")]
    urgency: Option<String>,
    /// simple or complex
    #[arg(long, value_name = "NAME")]
    complexity: Option<String>,
    /// Who handles it
    #[arg(long, value_name = "NAME")]
    department: Option<String>,
    /// Who answers for it
    #[arg(long, value_name = "PERSON")]
    owner: Option<String>,
    /// Whether the complaint is justified: true or false
    #[arg(long, value_name = "YES")]
    justified: Option<String>,
    /// The shop's own order of work
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    priority: Option<String>,
    /// The concrete cause
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    cause: Option<String>,
    /// The responsible party
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    responsible: Option<String>,
    /// What the customer is given
    #[arg(long, value_name = "NAME")]
    remedy: Option<String>,
    /// What it costs
    #[arg(long, value_name = "AMOUNT")]
    cost: Option<String>,
    /// The level of escalation
    #[arg(long, value_name = "LEVEL")]
    level: Option<String>,
}

impl Amend {
    pub(super) fn run(self, session: &Session) -> Result<Exit> {
        let payload = Payload::new()
            .maybe(Field::Reason, self.reason)
            .maybe(Field::Category, self.category)
            .maybe(Field::Urgency, self.urgency)
            .maybe(Field::Complexity, self.complexity)
            .maybe(Field::Department, self.department)
            .maybe(Field::Owner, self.owner)
            .maybe(Field::Justified, self.justified)
            .maybe(Field::Priority, self.priority)
            .maybe(Field::Cause, self.cause)
            .maybe(Field::Responsible, self.responsible)
            .maybe(Field::Remedy, self.remedy)
            .maybe(Field::Cost, self.cost)
            .maybe(Field::Level, self.level);
        apply(session, &self.on, EventName::Amended, payload)
    }
}
