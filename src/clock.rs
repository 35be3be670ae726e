//! The time of a clock: how long it may run, what pauses it, when it is due, and why then.
//!
//! Pure: a limit, a start and pauses come in, and a due comes out. It promises that an account of a due never disagrees
//! with the due. It knows events only as what starts and stops a clock ([`Trigger`]). It must not know the shop's rules:
//! which clocks a case has, and in which status they pause, is in `policy`.

mod account;
mod limit;
mod pause;
mod trigger;

#[cfg(test)]
mod tests;

pub(crate) use account::{Account, AccountLine, CountedTime, DayEffect, Reason};
pub(crate) use limit::{BadLimit, Due, Limit, Terms, Undue};
pub(crate) use pause::Pauses;
pub(crate) use trigger::Trigger;
