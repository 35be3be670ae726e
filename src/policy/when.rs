use crate::case::{Kind, State};

/// Which cases a rule is for: every given condition must be met; one matching word of its list is enough.
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
    /// Category, or a parent of it.
    pub category: Vec<String>,
    /// The start of the product's name.
    pub product: Vec<String>,
    /// Justified or not, once that is decided.
    pub justified: Option<bool>,
}

/// One condition of a rule, and the case's value for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Condition<'w> {
    /// The key in the policy: `urgency`.
    pub attribute: &'static str,
    /// The required value.
    pub wanted: Wanted<'w>,
    /// The case's value.
    pub found: Option<&'w str>,
    /// Whether the condition is met. One without a required value is.
    pub fits: bool,
}

/// The required value of a condition; any one of several is enough.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wanted<'w> {
    /// Kinds of feedback.
    Kinds(&'w [Kind]),
    /// Words of the attribute.
    Words(&'w [String]),
    /// The decision.
    Justified(Option<bool>),
}

impl Wanted<'_> {
    /// The required value, in the words of the policy; empty if there is none.
    pub(crate) fn words(&self) -> Vec<&str> {
        match self {
            Wanted::Kinds(kinds) => kinds.iter().map(|kind| kind.word()).collect(),
            Wanted::Words(words) => words.iter().map(String::as_str).collect(),
            Wanted::Justified(wanted) => wanted.map(word).into_iter().collect(),
        }
    }
}

fn word(justified: bool) -> &'static str {
    if justified { "justified" } else { "unjustified" }
}

impl When {
    /// Whether the rule applies to the case as it is in `state`.
    pub(crate) fn fits(&self, state: &State<'_>) -> bool {
        self.each(state).all(|condition| condition.fits)
    }

    /// The conditions with a required value, each with the case's value.
    pub(crate) fn conditions<'w>(&'w self, state: &State<'w>) -> Vec<Condition<'w>> {
        self.each(state).filter(|condition| !condition.wanted.words().is_empty()).collect()
    }

    /// Every condition, one after the other: after the first that is not met, no other has to be looked at.
    fn each<'w>(&'w self, state: &State<'w>) -> impl Iterator<Item = Condition<'w>> {
        Attribute::ALL.into_iter().map(move |attribute| self.condition(attribute, state))
    }

    fn condition<'w>(&'w self, attribute: Attribute, state: &State<'w>) -> Condition<'w> {
        let case = state.case;
        let words =
            |attribute, wanted: &'w [String], found: Option<&'w str>, fits: fn(&str, &str) -> bool| {
                let any = |found| wanted.iter().any(|wanted| fits(wanted, found));
                let fits = wanted.is_empty() || found.is_some_and(any);
                Condition { attribute, wanted: Wanted::Words(wanted), found, fits }
            };
        let same: fn(&str, &str) -> bool = |wanted, found| wanted == found;
        match attribute {
            Attribute::Kind => Condition {
                attribute: "kind",
                wanted: Wanted::Kinds(&self.kind),
                found: Some(case.kind.word()),
                fits: self.kind.is_empty() || self.kind.contains(&case.kind),
            },
            Attribute::Urgency => words("urgency", &self.urgency, state.urgency, same),
            Attribute::Complexity => words("complexity", &self.complexity, state.complexity, same),
            Attribute::Tier => words("tier", &self.tier, case.customer.tier.as_deref(), same),
            Attribute::Channel => words("channel", &self.channel, Some(&case.channel), same),
            Attribute::Category => words("category", &self.category, state.category, super::category_fits),
            Attribute::Product => {
                let begins: fn(&str, &str) -> bool = |wanted, product| product.starts_with(wanted);
                words("product", &self.product, case.product.as_deref(), begins)
            }
            Attribute::Justified => Condition {
                attribute: "justified",
                wanted: Wanted::Justified(self.justified),
                found: state.justified.map(word),
                fits: self.justified.is_none() || self.justified == state.justified,
            },
        }
    }
}

/// What a condition looks at.
#[derive(Debug, Clone, Copy)]
enum Attribute {
    Kind,
    Urgency,
    Complexity,
    Tier,
    Channel,
    Category,
    Product,
    Justified,
}

impl Attribute {
    const ALL: [Attribute; 8] = [
        Attribute::Kind,
        Attribute::Urgency,
        Attribute::Complexity,
        Attribute::Tier,
        Attribute::Channel,
        Attribute::Category,
        Attribute::Product,
        Attribute::Justified,
    ];
}
