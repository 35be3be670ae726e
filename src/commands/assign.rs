use clap::Args;

use super::handle::{On, Payload, apply};
use crate::case::{EventName, Field};
use crate::error::{Exit, Result};
use crate::session::Session;

/// Hand a case over to a department or a person
#[derive(Debug, Clone, Args)]
pub(crate) struct Assign {
    #[command(flatten)]
    on: On,
    /// Who handles it; offered from [routing]
    #[arg(long, value_name = "NAME")]
    department: Option<String>,
    /// Who answers for it
    #[arg(long, value_name = "PERSON")]
    owner: Option<String>,
    /// What is required of them
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    expects: Option<String>,
    /// By when: a moment, or a limit from now such as 2d or 4wh
    #[arg(long, value_name = "TIME")]
    due: Option<String>,
    /// Departments that cooperate; may be given several times
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    with: Vec<String>,
}

impl Assign {
    pub(super) fn run(self, session: &Session) -> Result<Exit> {
        let payload = Payload::new()
            .maybe(Field::Department, self.department)
            .maybe(Field::Owner, self.owner)
            .maybe(Field::Expects, self.expects)
            .maybe(Field::Due, self.due)
            .list(Field::With, self.with);
        apply(session, &self.on, EventName::Assigned, payload)
    }
}
