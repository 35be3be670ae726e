use crate::case::{Kind, State};

/// Which cases a rule is for: every condition that is given has to hold, any word of its list is enough.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct When {
    /// Kind of feedback.
    pub kind: Vec<Kind>,
    /// Urgency.
    pub urgency: Vec<String>,
    /// Complexity.
    pub complexity: Vec<String>,
    /// The customer's tier.
    pub tier: Vec<String>,
    /// Channel of receipt.
    pub channel: Vec<String>,
    /// Category, or what it lies under.
    pub category: Vec<String>,
    /// The start of the product's name.
    pub product: Vec<String>,
    /// Justified or not, once that is decided.
    pub justified: Option<bool>,
}

impl When {
    /// Whether the case, as it stands in `state`, is meant.
    pub fn fits(&self, state: &State<'_>) -> bool {
        let case = state.case;
        let any = |words: &[String], word: Option<&str>| {
            words.is_empty() || word.is_some_and(|word| words.iter().any(|wanted| wanted == word))
        };
        let any_by = |words: &[String], word: Option<&str>, fits: fn(&str, &str) -> bool| {
            words.is_empty() || word.is_some_and(|word| words.iter().any(|wanted| fits(wanted, word)))
        };
        (self.kind.is_empty() || self.kind.contains(&case.kind))
            && any(&self.urgency, state.urgency)
            && any(&self.complexity, state.complexity)
            && any(&self.tier, case.customer.tier.as_deref())
            && any(&self.channel, Some(&case.channel))
            && any_by(&self.category, state.category, super::category_fits)
            && any_by(&self.product, case.product.as_deref(), |wanted, product| product.starts_with(wanted))
            && (self.justified.is_none() || self.justified == state.justified)
    }
}
