//! Commits of exactly the paths that a command touched, whatever else is staged.
