//! The shop's rules, validated: names, steps, approvals, clocks, calendars. Pure.

mod calendar;

pub use calendar::{Calendar, Day, DayKind, Hours, MissingYear, Shift};
