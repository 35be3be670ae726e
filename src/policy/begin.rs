//! The day on which a shop's rules begin. Cases received before it are under a book without limits, which still has
//! the names that their histories use.

use jiff::civil::Date;

use super::rule_book::RuleBook;
use super::rules::Rules;
use crate::toml_file;

/// Whether the rules from the beginning can begin on a certain day instead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Beginning {
    /// They can.
    Possible,
    /// The rules begin on this day already; before it there are no limits.
    Begun(Date),
    /// They would hold for no case, because the rules of this day, the same or an earlier one, follow them.
    Followed(Date),
    /// There are no limits at all.
    NoLimits,
}

impl RuleBook {
    /// Whether the rules from the beginning can begin on this day instead.
    pub(crate) fn beginning(&self, day: Date) -> Beginning {
        let first = self.all().find_map(|(from, _)| from);
        let has_limits = !self.on(Date::MIN).is_without_limits();
        match first {
            Some(first) if !has_limits => Beginning::Begun(first),
            None if !has_limits => Beginning::NoLimits,
            Some(first) if first <= day => Beginning::Followed(first),
            _ => Beginning::Possible,
        }
    }
}

impl Rules {
    /// Whether nothing in them can be late, missing or not approved. The deadlines that hand-overs and waits name are the
    /// cases' own.
    pub(crate) fn is_without_limits(&self) -> bool {
        self.clocks.iter().all(|clock| clock.within.is_none())
            && self.targets.is_empty()
            && self.needs.is_empty()
            && self.approval.is_empty()
    }
}

/// The tables of a policy with which a history is read, and which set no limit.
const READ_WITH: [&str; 3] = ["handover", "escalation", "milestones"];

/// `policy/base.toml` for the cases received before the day on which these rules begin; `None`: the text is not TOML.
pub(crate) fn rules_before(day: Date, rules: &str) -> Option<String> {
    let head = include_str!("begin/base.toml").replace("{day}", &day.to_string());
    let kept = toml_file::only(rules, &READ_WITH)?;
    Some(if kept.is_empty() { head } else { format!("{head}\n{kept}") })
}

#[cfg(test)]
mod tests;
