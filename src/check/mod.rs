//! What is wrong in a ledger: one file a check. Pure: it sees cases, the policy and an instant.
