//! The rules that hold for what is imported: those of the ledger, or the same from a certain day on.

use std::borrow::Cow;
use std::collections::HashMap;

use jiff::civil::Date;

use super::against_rules::AgainstRules;
use crate::case::{Case, Id};
use crate::error::Result;
use crate::import::{Addition, Imported};
use crate::ledger::{Found, Lock, Write};
use crate::policy::{Beginning, RuleBook};
use crate::session::{CasesBefore, Session};
use crate::view::Horizon;

/// The rules of an import, and what they find in its cases.
pub(super) struct RulesOfImport<'s> {
    /// The rules as they will be.
    pub book: Cow<'s, RuleBook>,
    /// The day on which they are to begin; `None`: they stay as they are.
    pub from: Option<Date>,
    /// Their files that change, then cases that were here and get another place.
    pub writes: Vec<Write>,
    /// The cases that were here and lose their limits; `None`: the rules stay as they are.
    pub before: Option<CasesBefore>,
    /// What they find in the cases that rows are about.
    pub found: AgainstRules,
}

impl<'s> RulesOfImport<'s> {
    /// # Errors
    /// The rules cannot begin on that day.
    pub(super) fn of(
        session: &'s Session,
        lock: &Lock,
        from: Option<Date>,
        there: &[Found],
        imported: &Imported,
    ) -> Result<RulesOfImport<'s>> {
        let additions: HashMap<&Id, &Addition> =
            imported.additions.iter().map(|addition| (&addition.id, addition)).collect();
        let mut rules = RulesOfImport {
            book: Cow::Borrowed(&session.book),
            from,
            writes: Vec::new(),
            before: None,
            found: AgainstRules::default(),
        };
        // The same import once more finds the rules as it left them.
        if let Some(day) = from.filter(|day| session.book.beginning(*day) != Beginning::Begun(*day)) {
            let change = session.rules_from(lock, day)?;
            rules.book = Cow::Owned(session.rules_with(lock, &change)?);
            let mut before = session.cases_before(day, &rules.book, there)?;
            rules.writes = change.writes;
            // A case that gets events is written with these.
            let moved = std::mem::take(&mut before.moved).into_iter();
            let alone = moved.filter(|(id, _)| !additions.contains_key(id));
            rules.writes.extend(alone.map(|(_, write)| write));
            rules.before = Some(before);
        }
        let mut extended = Vec::new();
        for found in there {
            let Some(addition) = additions.get(&found.case.id) else { continue };
            let mut case = found.case.clone();
            case.history.extend(addition.events.iter().cloned());
            extended.push(case);
        }
        let cases: Vec<&Case> = imported.cases.iter().map(|(_, case)| case).chain(&extended).collect();
        rules.found = AgainstRules::of(&cases, &rules.book, Horizon::at(session.now));
        Ok(rules)
    }
}
