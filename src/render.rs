//! A table or a report as text, markdown, csv, json, html, xlsx: one file a format.
//!
//! Reports and lists make a [`Document`]. The formats do not know what its figures mean. Text from a file passes through
//! [`clean`](crate::lang::clean), and personal data is masked first, unless it is to be revealed. What programs read
//! (`csv`, `flat`, `json`) never changes with the language.

mod chart;
mod csv;
mod document;
pub(crate) mod findings;
mod flat;
mod format;
mod html;
mod json;
mod markdown;
pub(crate) mod pages;
mod redact;
mod text;
mod width;
mod xlsx;

pub(crate) use csv::csv;
pub(crate) use document::{Cell, Chart, Column, Document, Section, Table, Tone, Unit};
pub(crate) use flat::flat;
pub(crate) use format::Format;
pub(crate) use html::html;
pub(crate) use json::{escaped, json, jsonl};
pub(crate) use markdown::markdown;
pub use text::Paper;
pub(crate) use text::text;
pub(crate) use width::{width, wrap};
pub(crate) use xlsx::xlsx;
