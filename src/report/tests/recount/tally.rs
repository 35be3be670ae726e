//! Counts and the cases behind them.

use std::collections::{BTreeMap, BTreeSet};

use super::told::Told;

/// What was counted, by the place in the report.
#[derive(Debug, Default)]
pub(super) struct Tally {
    numbers: BTreeMap<String, f64>,
    cases: BTreeMap<String, BTreeSet<String>>,
    words: BTreeMap<String, String>,
}

impl Tally {
    /// A count that the report gives even if it is none, and its cases.
    pub(crate) fn expect(&mut self, count: &str, cases: &str) {
        self.numbers.entry(count.to_owned()).or_default();
        self.expect_cases(cases);
    }

    pub(crate) fn expect_cases(&mut self, cases: &str) {
        self.cases.entry(cases.to_owned()).or_default();
    }

    pub(crate) fn hit(&mut self, count: &str, cases: &str, case: &Told) {
        *self.numbers.entry(count.to_owned()).or_default() += 1.0;
        self.mention(cases, case);
    }

    pub(crate) fn mention(&mut self, cases: &str, case: &Told) {
        self.cases.entry(cases.to_owned()).or_default().insert(case.drawn.id.clone());
    }

    pub(crate) fn number(&mut self, place: &str, number: f64) {
        self.numbers.insert(place.to_owned(), number);
    }

    pub(crate) fn words(&mut self, place: &str, words: &str) {
        self.words.insert(place.to_owned(), words.to_owned());
    }

    /// A part of a whole; of nothing there is no share.
    pub(crate) fn share(&mut self, place: &str, part: f64, whole: f64) {
        if whole > 0.0 {
            self.number(place, part / whole);
        }
    }

    pub(crate) fn count(&self, place: &str) -> f64 {
        self.numbers[place]
    }

    pub(crate) fn cases(&self, place: &str) -> f64 {
        self.cases[place].len() as f64
    }

    /// n, mean, median, p90, max of whole seconds. Of n values in order, the quantile q is at 1 + (n - 1) q: tenths of
    /// places are reckoned in whole numbers.
    pub(crate) fn summary(&mut self, place: &str, mut seconds: Vec<i64>) {
        seconds.sort_unstable();
        let n = seconds.len();
        self.number(&format!("{place}/n"), n as f64);
        if n == 0 {
            return;
        }
        let quantile = |tenths: usize| {
            let (below, part) = ((n - 1) * tenths / 10, ((n - 1) * tenths % 10) as i64);
            let above = seconds[(below + 1).min(n - 1)];
            (seconds[below] * (10 - part) + above * part) as f64 / 10.0
        };
        self.number(&format!("{place}/mean"), seconds.iter().sum::<i64>() as f64 / n as f64);
        self.number(&format!("{place}/median"), quantile(5));
        self.number(&format!("{place}/p90"), quantile(9));
        self.number(&format!("{place}/max"), seconds[n - 1] as f64);
    }

    /// Everything that another one counted.
    pub(crate) fn take(&mut self, other: Tally) {
        self.numbers.extend(other.numbers);
        self.cases.extend(other.cases);
        self.words.extend(other.words);
    }

    pub(crate) fn lines(self) -> BTreeMap<String, String> {
        let mut lines = self.words;
        lines.extend(self.numbers.into_iter().map(|(place, number)| (place, format!("{number:.3}"))));
        let joined = |ids: BTreeSet<String>| ids.into_iter().collect::<Vec<_>>().join(" ");
        lines.extend(self.cases.into_iter().map(|(place, ids)| (place, joined(ids))));
        lines
    }
}
