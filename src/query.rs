//! Selects cases: `status:assigned owner:me -channel:hotline due:<2d 茶杯`.
//!
//! Pure: words and the shop's rules come in, a [`Query`] comes out. It says whether a case matches, as it was at an
//! instant. Knows `case`, `policy` and `report`; never touches files, the terminal or the system's clock.

mod key;
mod range;
mod read;
mod say;
mod test;
#[cfg(test)]
mod tests;

use jiff::Timestamp;

use crate::case::Case;
use crate::error::{Error, Result};
use crate::policy::RuleBook;
use crate::view::Viewed;
use test::Test;

pub(crate) use key::Key;

/// The context in which a query is read.
pub struct QueryContext<'g> {
    /// The names that the shop knows, its clocks and its zone.
    pub book: &'g RuleBook,
    /// The cases: a name that one of them uses is valid in a query, even if the shop does not know it.
    pub cases: &'g [&'g Case],
    /// The instant of the query.
    pub now: Timestamp,
    /// Who `me` is; asked only if the word is used.
    pub me: &'g dyn Fn() -> Result<String>,
}

/// A condition on cases.
///
/// Terms are anded. The same key twice, or `a,b`, means any of the values; bounds such as `received:>=…` must all hold.
/// `-` (or `!`) before a term negates it. Words without a key are searched in the title, the description and every text
/// of the history; case does not matter.
#[derive(Debug, Clone, PartialEq)]
pub struct Query {
    clauses: Vec<QueryTerm>,
    /// Whether cases that have ended match too.
    ended_too: bool,
    now: Timestamp,
}

/// One condition: any of its tests, or none of them.
#[derive(Debug, Clone, PartialEq)]
struct QueryTerm {
    key: Key,
    negated: bool,
    /// Another term of the same key adds to the tests.
    open: bool,
    tests: Vec<Test>,
}

impl Query {
    /// Reads the terms of a query.
    ///
    /// # Errors
    /// Every term that is not understood, with what was probably meant.
    pub fn parse(terms: &[String], ground: &QueryContext<'_>) -> Result<Query> {
        let mut query = Query { clauses: Vec::new(), ended_too: false, now: ground.now };
        let mut errors: Vec<Error> = Vec::new();
        for term in terms.iter().map(|term| term.trim()).filter(|term| !term.is_empty()) {
            if term == "all" {
                query.ended_too = true;
                continue;
            }
            match read::term(term, ground) {
                Ok(clause) => query.add(clause),
                Err(error) => errors.push(error),
            }
        }
        match errors.into_iter().reduce(with) {
            Some(error) => Err(error),
            None => Ok(query),
        }
    }

    fn add(&mut self, clause: QueryTerm) {
        self.ended_too |= !clause.negated && clause.tests.iter().any(Test::means_ended);
        match self.clauses.iter_mut().find(|known| known.takes(&clause)) {
            Some(known) => known.tests.extend(clause.tests),
            None => self.clauses.push(clause),
        }
    }

    /// Whether a case matches, as it was at the instant of the query; a case that has ended matches only if the query
    /// asks for such cases.
    pub fn fits(&self, case: &Viewed<'_>) -> bool {
        (self.ended_too || !case.replay.state().status.terminal()) && self.holds(case)
    }

    /// Whether its terms hold for a case, open or ended.
    pub fn holds(&self, case: &Viewed<'_>) -> bool {
        self.clauses.iter().all(|clause| clause.fits(case, self.now))
    }
}

impl QueryTerm {
    /// Whether the tests of another term become alternatives of this one.
    fn takes(&self, other: &QueryTerm) -> bool {
        self.open && other.open && self.key == other.key && self.negated == other.negated
    }

    fn fits(&self, case: &Viewed<'_>, now: Timestamp) -> bool {
        self.tests.iter().any(|test| test.fits(case, now)) != self.negated
    }
}

/// Both errors in one.
fn with(mut first: Error, more: Error) -> Error {
    first.hints.push(more.message);
    first.hints.extend(more.hints);
    first
}
