//! The shop's rules, validated: names, steps, approvals, clocks, calendars. Pure.
