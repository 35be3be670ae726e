//! The half-yearly survey: which customers to ask, and their answers.

use clap::{Args, Subcommand};

use crate::arguments::flag::both;
use crate::arguments::value;
use crate::case::{EventName, Field};
use crate::error::{Exit, Result};
use crate::recording::apply::{OnCasesArgs, Payload, apply};
use crate::session::Session;

mod say {
    crate::messages! {
        score() { "From 1 (worst) to 5 (best)", "评分，1（最差）到 5（最好）" }
    }
}

mod sample;

#[derive(Debug, Clone, Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
#[command(about = both(EventName::Surveyed.row().help))]
#[command(after_help = "fb survey mgvstf --score 4\nfb survey sample 2026-H1 --sample 50")]
pub(crate) struct SurveyArgs {
    #[command(subcommand)]
    what: Option<SurveyCommand>,
    #[command(flatten)]
    on: OnCasesArgs,
    #[arg(long, value_name = value::SCORE.both(), help = say::score().both())]
    score: Option<String>,
}

#[derive(Debug, Clone, Subcommand)]
enum SurveyCommand {
    Sample(sample::SurveySampleArgs),
}

impl SurveyArgs {
    pub(super) fn run(self, session: &Session) -> Result<Exit> {
        if let Some(SurveyCommand::Sample(sample)) = self.what {
            return sample.run(session);
        }
        let payload = Payload::new().maybe(Field::Score, self.score);
        apply(session, &self.on, EventName::Surveyed, payload)
    }
}
