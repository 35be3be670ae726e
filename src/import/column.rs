//! The columns that are ours: what a sheet's headings can mean.

use crate::case::{EventName, Field};

/// What a column of a sheet holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum SheetColumn {
    /// Something that the customer brought, or that the case is known by.
    Intake(Intake),
    /// When an event happened; in the sheet of cases.
    Stamp(EventName),
    /// A key of an event's payload.
    Attribute(Field),
    /// Who did it; in the sheet of cases: who received it.
    By,
    /// An event's name; in the sheet of events.
    Event,
    /// When it happened; in the sheet of events.
    At,
    /// When it was typed in; in the sheet of events.
    Recorded,
    /// A fold of the history that an exported sheet carries: looked at, and not taken over.
    Derived(Derived),
}

/// What an exported sheet says of a case beside its intake and its history.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Derived {
    /// Where it is.
    Status,
    /// How many times it was handled.
    Round,
}

/// The sheet that a column is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sort {
    /// A row a case.
    Cases,
    /// A row an event.
    Events,
}

macro_rules! intake {
    ($($(#[$doc:meta])* $variant:ident = $word:literal),* $(,)?) => {
        /// A key of a case's upper half.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub(crate) enum Intake { $($(#[$doc])* $variant),* }

        impl Intake {
            const ALL: &'static [Intake] = &[$(Intake::$variant),*];

            fn word(self) -> &'static str {
                match self { $(Intake::$variant => $word),* }
            }
        }
    };
}

intake! {
    /// The id of the ledger's own.
    Id = "id",
    /// What sort of feedback it is.
    Kind = "kind",
    /// One line on what it is about.
    Title = "title",
    /// The customer's words.
    Description = "description",
    /// How it arrived.
    Channel = "channel",
    /// The order it is about.
    Order = "order",
    /// The product it is about.
    Product = "product",
    /// The remedy that the customer asks for.
    Demand = "demand",
    /// The customer, pseudonymous.
    CustomerKey = "customer.key",
    /// The customer's name.
    CustomerName = "customer.name",
    /// The customer's telephone or mailbox.
    CustomerContact = "customer.contact",
    /// The customer's grade.
    CustomerTier = "customer.tier",
    /// The id in the system that it comes from.
    External = "external",
    /// Free words.
    Tags = "tags",
    /// Cases that belong to it.
    Links = "links",
}

impl SheetColumn {
    /// Every column that a sheet of this sort can have, in the order in which they are exported.
    pub(crate) fn all(sort: Sort) -> Vec<SheetColumn> {
        let attributes = || Field::ALL.iter().copied().map(SheetColumn::Attribute);
        match sort {
            // The `channel` of a case is how it arrived, never how the customer was reached
            Sort::Cases => (Intake::ALL.iter().copied().map(SheetColumn::Intake))
                .chain([
                    SheetColumn::Derived(Derived::Status),
                    SheetColumn::Derived(Derived::Round),
                    SheetColumn::By,
                ])
                .chain(EventName::ALL.iter().copied().map(SheetColumn::Stamp))
                .chain(attributes().filter(|column| *column != SheetColumn::Attribute(Field::Channel)))
                .collect(),
            Sort::Events => [
                SheetColumn::Intake(Intake::External),
                SheetColumn::Event,
                SheetColumn::At,
                SheetColumn::By,
                SheetColumn::Recorded,
            ]
            .into_iter()
            .chain(attributes())
            .collect(),
        }
    }

    /// The heading.
    pub(crate) fn word(self) -> &'static str {
        match self {
            SheetColumn::Intake(intake) => intake.word(),
            SheetColumn::Stamp(name) => name.word(),
            SheetColumn::Attribute(field) => field.word(),
            SheetColumn::By => "by",
            SheetColumn::Event => "event",
            SheetColumn::At => "at",
            SheetColumn::Recorded => "recorded",
            SheetColumn::Derived(Derived::Status) => "status",
            SheetColumn::Derived(Derived::Round) => "round",
        }
    }

    /// Whether it holds dates, so that `[dates]` can say how they are written.
    pub(crate) fn dated(self) -> bool {
        matches!(
            self,
            SheetColumn::Stamp(_)
                | SheetColumn::At
                | SheetColumn::Recorded
                | SheetColumn::Attribute(Field::Due)
        )
    }

    /// Whether the map can give it one value for all rows.
    pub(crate) fn defaults(self) -> bool {
        let own =
            [SheetColumn::Intake(Intake::Id), SheetColumn::Intake(Intake::External), SheetColumn::Event];
        !self.dated() && !own.contains(&self) && !matches!(self, SheetColumn::Derived(_))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_columns_of_a_sheet_have_the_same_name() {
        for sort in [Sort::Cases, Sort::Events] {
            let names: Vec<&str> = SheetColumn::all(sort).into_iter().map(SheetColumn::word).collect();
            let different: std::collections::BTreeSet<&str> = names.iter().copied().collect();
            assert_eq!(different.len(), names.len(), "{names:?}");
        }
    }
}
