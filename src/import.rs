//! Cases from spreadsheets and back.
//!
//! Pure: text in, cases or findings out. It opens no file and asks no questions. All that it knows of the ledger is in
//! [`Context`]. A file's bytes become a [`Sheet`] ([`rows`]), the [`Map`] says what its headings and values mean, and
//! [`import`] makes cases of it. [`export`] goes the other way.

mod attribute_carriers;
mod binding;
mod cases;
mod column;
mod csv;
mod draft;
mod events;
pub(crate) mod export;
mod formula;
mod history;
mod jsonl;
mod map;
mod moment;
pub mod names;
mod record;
pub(crate) mod room;
mod rows;
mod say;
mod typed;
mod xlsx;

pub(crate) use cases::{Addition, Imported};
pub use cases::{Context, import};
pub use map::Map;
pub(crate) use rows::Reject;
pub use rows::Sheet;

#[cfg(test)]
mod tests;
