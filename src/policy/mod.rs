//! The shop's rules, validated: names, steps, approvals, clocks, calendars. Pure.

mod presets;

pub use presets::{CHINA_CALENDAR, PLAIN_CALENDAR, Preset};
