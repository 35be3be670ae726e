//! Personal data: how it is recognised in texts, and how much of it is shown.
//!
//! A leaf, pure: the only place that knows what looks like a telephone, identity or card number. Everything that leaves
//! a ledger passes through [`Privacy`]; a name within a text cannot be recognised.

mod digit;
mod excerpt;
mod mask;
mod numbers;

use std::borrow::Cow;

pub use excerpt::QuotedLines;
pub(crate) use excerpt::{quoted_row, signed};
pub(crate) use mask::masked;
pub(crate) use numbers::{Number, numbers};

/// How much of personal data is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Privacy {
    /// Enough to recognise a person whom one knows: `王**`, `138****8000`.
    #[default]
    Masked,
    /// All, because the user asked for it.
    Revealed,
}

impl Privacy {
    /// According to `--reveal`.
    pub(crate) fn of(reveal: bool) -> Privacy {
        if reveal { Privacy::Revealed } else { Privacy::Masked }
    }

    /// Any text, with the numbers in it shown as far as allowed.
    pub(crate) fn words(self, words: &str) -> Cow<'_, str> {
        match self {
            Privacy::Masked => masked(words),
            Privacy::Revealed => Cow::Borrowed(words),
        }
    }

    /// A customer's name.
    pub(crate) fn name(self, name: &str) -> String {
        match self {
            Privacy::Masked => mask::name(name),
            Privacy::Revealed => name.to_owned(),
        }
    }

    /// A customer's telephone number, mail address or account.
    pub(crate) fn contact(self, contact: &str) -> String {
        match self {
            Privacy::Masked => mask::contact(contact),
            Privacy::Revealed => contact.to_owned(),
        }
    }
}
