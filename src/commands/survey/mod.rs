//! The half-yearly survey: whom to ask, and what they said.

use clap::{Args, Subcommand};

use super::handle::{On, Payload, apply};
use super::new::known_kind;
use crate::case::{EventName, Field, Kind};
use crate::error::{Exit, Result};
use crate::report::Sample;
use crate::session::Session;

mod sample;

/// Record what the customer said in the half-yearly survey, or draw a sample of customers to ask
#[derive(Debug, Clone, Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub(crate) struct Survey {
    #[command(subcommand)]
    what: Option<What>,
    #[command(flatten)]
    on: On,
    /// 1 (worst) to 5 (best)
    #[arg(long, value_name = "SCORE")]
    score: Option<String>,
}

#[derive(Debug, Clone, Subcommand)]
enum What {
    Sample(sample::DrawSample),
}

impl Survey {
    pub(super) fn run(self, session: &Session) -> Result<Exit> {
        if let Some(What::Sample(sample)) = self.what {
            return sample.run(session);
        }
        let payload = Payload::new().maybe(Field::Score, self.score);
        apply(session, &self.on, EventName::Surveyed, payload)
    }
}

/// The kinds that a sample is drawn from: those that are named, else all whose customers are asked.
///
/// # Errors
/// Where a word names no kind.
pub(super) fn kinds(words: &[String]) -> Result<Vec<Kind>> {
    if words.is_empty() {
        return Ok(Sample::KINDS.to_vec());
    }
    words.iter().map(|word| known_kind(word)).collect()
}
