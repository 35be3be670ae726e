//! Figures of a period: (cases, policy, as-of) to a report. Pure.
