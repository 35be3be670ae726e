//! The shop's rules, validated: names, steps, approvals, and the clocks that run for a case.
//!
//! Pure: texts come in, rules come out, and with them the answers to "may this happen?" and "when is it due?". How long
//! a limit is in time is in `clock`. This room never touches a file, the terminal or the system's clock.

mod advice;
mod begin;
mod implied;
mod instance;
mod names;
mod need;
mod permit;
mod presets;
mod questions;
mod rule_book;
mod rules;
mod rules_file;
mod say;
mod shop;
mod shop_entry;
mod shortest_limit;
mod target;
mod unwatched;
mod when;

#[cfg(test)]
pub(crate) mod example;
#[cfg(test)]
mod tests;

pub(crate) use crate::case::read_date;
pub(crate) use advice::{command_line, next_step, to_register, to_say, towards, towards_the_end};
pub(crate) use begin::{Beginning, rules_before};
pub(crate) use implied::{completed, implied_events, left_open};
pub(crate) use instance::Explained;
pub(crate) use instance::next_due;
pub use instance::{ClockState, Instance, explained, instances};
pub(crate) use need::{AskedField, IntakeField, Need, NeedStep, exceeds_approval, unanswered};
pub use permit::violations;
pub(crate) use permit::{
    Lack, Standing, Violation, against_later, breaches, field_label, limits_done, missing_at_receipt,
    missing_for_status, step_label, steps_done, trigger_label,
};
pub(crate) use presets::CHINA_CALENDAR;
pub use presets::{PLAIN_CALENDAR, Preset};
pub(crate) use questions::{StepQuestion, Weight, is_out_of_place, questions, questions_at_receipt};
pub(crate) use rule_book::File;
pub use rule_book::RuleBook;
pub(crate) use rules::{Approval, Clause, Clock, EXTERNAL, HANDOVER, Milestone, Rules, WAITING, is_stated};
pub(crate) use shop::Person;
pub use shop::Shop;
pub(crate) use shop_entry::ShopEntry;
pub use shortest_limit::shortest_limit;
pub(crate) use target::Target;
pub use unwatched::Unwatched;
pub(crate) use unwatched::unwatched;
pub(crate) use when::{Condition, Wanted, When};

/// Whether a category is the named one, or below it: `product/` and `product` match `product/packaging`.
pub(crate) fn category_fits(wanted: &str, category: &str) -> bool {
    let stem = wanted.strip_suffix('/').unwrap_or(wanted);
    category
        .strip_prefix(stem)
        .is_some_and(|rest| rest.is_empty() && !wanted.ends_with('/') || rest.starts_with('/'))
}
