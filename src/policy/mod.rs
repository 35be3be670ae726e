//! The shop's rules, validated: names, steps, approvals, clocks, calendars. Pure.

mod calendar;
mod limit;
mod pause;

pub use calendar::{Calendar, Day, DayKind, Hours, MissingYear, Shift};
pub use limit::{BadLimit, Due, Limit, Terms, Undue};
pub use pause::Pauses;
