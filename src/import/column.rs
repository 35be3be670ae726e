//! Our columns: what a sheet's headings can mean.

use crate::case::{EventName, Field};

/// What a column of a sheet holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum SheetColumn {
    /// A key of the intake.
    Intake(Intake),
    /// When an event happened; in the sheet of cases.
    Stamp(EventName),
    /// A key of an event's payload.
    Attribute(Field),
    /// The person of an event; in the sheet of cases, the person who received the case.
    By,
    /// An event's name; in the sheet of events.
    Event,
    /// When it happened; in the sheet of events.
    At,
    /// When it was typed in; in the sheet of events.
    Recorded,
    /// A column of an exported sheet that follows from the history: it is checked, but not imported.
    Derived(Derived),
}

/// The columns of an exported sheet that follow from a case's history.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Derived {
    /// The current status.
    Status,
    /// The number of the current round of handling.
    Round,
}

/// The sheet that a column is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sort {
    /// One case in each row.
    Cases,
    /// One event in each row.
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
    /// The case's id in the ledger.
    Id = "id",
    /// The kind of feedback.
    Kind = "kind",
    /// What it is about, in one line.
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
    /// A key that identifies the customer without a name.
    CustomerKey = "customer.key",
    /// The customer's name.
    CustomerName = "customer.name",
    /// The customer's telephone number or mail address.
    CustomerContact = "customer.contact",
    /// The customer's tier, such as `gold`.
    CustomerTier = "customer.tier",
    /// The case's id in the system that it comes from.
    External = "external",
    /// Any words.
    Tags = "tags",
    /// Related cases.
    Links = "links",
}

impl SheetColumn {
    /// Every column that a sheet of this sort can have, in the order in which they are exported.
    pub(crate) fn all(sort: Sort) -> Vec<SheetColumn> {
        let attributes = Field::ALL.iter().copied().map(SheetColumn::Attribute);
        match sort {
            // In a sheet of cases, `channel` is how the case arrived, not how the customer was contacted.
            Sort::Cases => (Intake::ALL.iter().copied().map(SheetColumn::Intake))
                .chain([
                    SheetColumn::Derived(Derived::Status),
                    SheetColumn::Derived(Derived::Round),
                    SheetColumn::By,
                ])
                .chain(EventName::ALL.iter().copied().map(SheetColumn::Stamp))
                .chain(attributes.filter(|column| *column != SheetColumn::Attribute(Field::Channel)))
                .collect(),
            Sort::Events => [
                SheetColumn::Intake(Intake::External),
                SheetColumn::Event,
                SheetColumn::At,
                SheetColumn::By,
                SheetColumn::Recorded,
            ]
            .into_iter()
            .chain(attributes)
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

    /// Whether it has dates, so that `[dates]` can give their format.
    pub(crate) fn dated(self) -> bool {
        matches!(
            self,
            SheetColumn::Stamp(_)
                | SheetColumn::At
                | SheetColumn::Recorded
                | SheetColumn::Attribute(Field::Due | Field::Until)
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
