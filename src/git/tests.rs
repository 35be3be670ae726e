//! Commits in repositories that the `git` program made and judges.

mod commits;
mod loose;
mod only;
mod places;
mod program;
mod refusals;
mod scene;
mod settings;
