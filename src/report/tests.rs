//! Figures against a recount of random ledgers, and finished periods against whatever happens later.

mod by_hand;
mod drawn;
mod figures;
mod finished;
mod flow;
mod quantiles;
mod recount;
