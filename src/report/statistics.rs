use serde_json::{Value, json};

use super::figure::{Figure, FigureUnit, Figures};

/// The summary of a set of durations, in seconds.
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

    /// The figures of `n` durations; without values if nothing was measured.
    pub(crate) fn table<'f>(n: usize, summary: Option<&Summary>) -> Figures<'f> {
        let seconds = |key, pick: fn(&Summary) -> f64| {
            Figure::new(key, FigureUnit::Seconds, summary.map(|summary| number(pick(summary))))
        };
        Figures::new()
            .figure(Figure::count("n", n).called("n", "件数").means(
                "How many times were measured; those below zero are left out.",
                "纳入统计的时长个数，不含负值。",
            ))
            .figure(
                seconds("mean", |s| s.mean)
                    .called("mean", "平均")
                    .means("The arithmetic mean of the times.", "时长的算术平均值。"),
            )
            .figure(
                seconds("median", |s| s.median)
                    .called("median", "中位数")
                    .means("Half of the times are not longer.", "一半的时长不超过此值。"),
            )
            .figure(seconds("p90", |s| s.p90).called("p90", "90%分位").means(
                "Nine in ten of the times are not longer; between two of them it is interpolated, as Excel's PERCENTILE.INC does.",
                "九成的时长不超过此值；落在两个值之间时按 Excel 的 PERCENTILE.INC 插值。",
            ))
            .figure(
                seconds("max", |s| s.max)
                    .called("max", "最长")
                    .means("The longest of the times.", "最长的时长。"),
            )
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
