use serde_json::{Map, Value, json};

use super::{Hits, Measured};

const HOUR: u32 = 60 * 60;

/// How long each of a set of cases took, in brackets of elapsed time.
///
/// A time at the upper bound of a bracket belongs to it, as what is done at its due is in time. A case counts once for
/// each time that was measured; negative ones are not among them.
#[derive(Debug, Clone)]
pub(crate) struct Distribution<'a> {
    /// Each bracket with its word for programs; the last has no bound.
    pub brackets: [(&'static str, Hits<'a>); 8],
}

impl<'a> Distribution<'a> {
    /// The upper bounds in seconds, ascending; what is longer stands in the last bracket.
    pub(crate) const BOUNDS: [u32; 7] =
        [HOUR / 4, HOUR, 4 * HOUR, 24 * HOUR, 48 * HOUR, 72 * HOUR, 7 * 24 * HOUR];

    /// Sorts what was measured.
    pub(crate) fn of(measured: &Measured<'a>) -> Distribution<'a> {
        let words = ["15m", "1h", "4h", "24h", "48h", "72h", "7d", "more"];
        let mut brackets = words.map(|word| (word, Hits::default()));
        for (id, seconds) in measured.elapsed_by_case() {
            let place = Distribution::BOUNDS.partition_point(|bound| f64::from(*bound) < seconds);
            brackets[place].1.add(id);
        }
        Distribution { brackets }
    }

    /// For programs.
    pub(crate) fn json(&self, cases: bool) -> Value {
        let counts = self.brackets.iter().map(|(word, hits)| ((*word).to_owned(), json!(hits.n())));
        let mut object: Map<String, Value> = counts.collect();
        if cases {
            let ids = self.brackets.iter().map(|(word, hits)| ((*word).to_owned(), hits.ids()));
            object.insert("cases".to_owned(), Value::Object(ids.collect()));
        }
        Value::Object(object)
    }
}
