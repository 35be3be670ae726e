//! A table or a report as text, markdown, csv, json, html, xlsx: one file a format.
//!
//! Reports and lists make a [`Document`]; nothing here knows what its figures mean. Whatever came from a file
//! passes through [`clean`](crate::lang::clean) on its way out, and what belongs to a person is masked first, unless it is to be
//! revealed. What programs read ([`csv`], [`flat`], [`json`]) never changes
//! with the language.

mod chart;
mod csv;
mod discreet;
mod document;
pub mod findings;
mod flat;
mod format;
mod html;
mod json;
mod markdown;
pub mod pages;
mod text;
mod width;
mod xlsx;

pub use csv::csv;
pub use document::{Align, Body, Cell, Chart, Column, Document, Section, Table, Tone, Unit};
pub use flat::flat;
pub use format::Format;
pub use html::html;
pub use json::{escaped, json, jsonl};
pub use markdown::markdown;
pub use text::{Paper, text};
pub use width::{cut, width, wrap};
pub use xlsx::xlsx;
