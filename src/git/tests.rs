//! Commits in repositories made and checked by the `git` program.

mod commits;
mod index;
mod loose;
mod only;
mod places;
mod program;
mod refusals;
mod scene;
mod settings;
