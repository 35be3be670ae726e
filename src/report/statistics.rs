use serde_json::{Value, json};

/// What is said of a set of durations, in seconds.
///
/// Median and 90th percentile interpolate linearly between order statistics: definition 7 of Hyndman and Fan,
/// "Sample Quantiles in Statistical Packages", The American Statistician 50 (1996); PERCENTILE.INC of
/// spreadsheets.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Summary {
    /// Arithmetic mean.
    pub mean: f64,
    /// The middle.
    pub median: f64,
    /// Nine in ten are not longer.
    pub p90: f64,
    /// The longest.
    pub max: f64,
}

impl Summary {
    /// Summarises durations; `None` where there are none.
    pub fn of(seconds: &[f64]) -> Option<Summary> {
        let mut ordered = seconds.to_vec();
        ordered.sort_by(f64::total_cmp);
        let max = *ordered.last()?;
        let mean = ordered.iter().sum::<f64>() / ordered.len() as f64;
        Some(Summary { mean, median: quantile(&ordered, 0.5), p90: quantile(&ordered, 0.9), max })
    }

    /// `n` and the summary for programs; `null` where nothing was measured.
    pub(crate) fn json(n: usize, summary: Option<&Summary>) -> Value {
        let field = |pick: fn(&Summary) -> f64| summary.map(|summary| number(pick(summary)));
        json!({
            "n": n,
            "mean": field(|s| s.mean),
            "median": field(|s| s.median),
            "p90": field(|s| s.p90),
            "max": field(|s| s.max),
        })
    }
}

/// Seconds to the microsecond, without a fraction where there is none.
fn number(seconds: f64) -> Value {
    let rounded = (seconds * 1e6).round() / 1e6;
    if rounded.fract() == 0.0 { json!(rounded as i64) } else { json!(rounded) }
}

/// `ordered` is not empty and ascends.
fn quantile(ordered: &[f64], share: f64) -> f64 {
    let place = share * (ordered.len() - 1) as f64;
    let (below, above) = (ordered[place.floor() as usize], ordered[place.ceil() as usize]);
    below + (above - below) * place.fract()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_interpolate_between_order_statistics() {
        // Worked by hand: of 1, 2, 4, 8 the middle lies half way from 2 to 4; p90 at 0.9 * 3 = 2.7: 4 + 0.7 * 4.
        let summary = Summary::of(&[8.0, 1.0, 4.0, 2.0]).unwrap();
        assert_eq!((summary.mean, summary.median, summary.max), (3.75, 3.0, 8.0));
        assert!((summary.p90 - 6.8).abs() < 1e-12);
        let one = Summary::of(&[5.0]).unwrap();
        assert_eq!((one.mean, one.median, one.p90, one.max), (5.0, 5.0, 5.0, 5.0));
        assert_eq!(Summary::of(&[]), None);
    }
}
