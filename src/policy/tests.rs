//! What is read, who is meant, and what is allowed.

mod permit;
mod reading;
mod rules;
mod shop;
mod when;
