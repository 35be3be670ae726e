//! Median and 90th percentile as numpy has them, and as definition 7 of Hyndman and Fan says in whole numbers.

use proptest::prelude::*;

use crate::report::Summary;

/// Drawn once (log-normal, seed 20261122), with what numpy 2.4.6 says: mean, `median`, `percentile(…, 90)`.
const NUMPY: &[(&[f64], f64, f64, f64)] = &[
    (&[6821.052], 6821.052, 6821.052, 6821.052),
    (&[82783.822, 34649.001], 58716.4115, 58716.4115, 77970.3399),
    (&[11318.628, 964.912, 459.813], 4247.784333333334, 964.912, 9247.884800000002),
    (&[48049.889, 27911.411, 406.64, 20702.805], 24267.68625, 24307.108, 42008.34560000001),
    (&[225.457, 36178.25, 23251.82, 34486.569, 4171.454], 19662.71, 23251.82, 35501.577600000004),
    (
        &[22827.126, 5469.37, 976.169, 18440.658, 16625.396, 10476.575, 11870.522],
        12383.688,
        11870.522,
        20195.2452,
    ),
    (
        &[
            3259.056, 8221.823, 5024.566, 1818.304, 2174.386, 7369.985, 365.874, 6131.776, 63634.899,
            76596.409,
        ],
        17459.707799999996,
        5578.171,
        64931.049999999996,
    ),
    (
        &[
            18137.978, 18063.547, 4375.354, 12379.431, 3621.275, 33169.517, 3749.349, 725.004, 1111.586,
            2223.58, 47261.058,
        ],
        13165.243545454547,
        4375.354,
        33169.517,
    ),
    (
        &[0.0, 32400.0, 3600.0, 3600.0, 18000.0, 295200.0, 10800.0, 7200.0, 10800.0, 3600.0, 25200.0, 0.0],
        34200.0,
        9000.0,
        31680.000000000004,
    ),
    (
        &[
            1767.811, 5596.226, 18770.627, 807.602, 1755.54, 534.164, 5993.663, 2594.757, 13061.594,
            7011.761, 1931.405, 68843.653, 19919.467, 3641.429, 1621.848, 5095.691, 62087.785, 978.099,
            1473.182, 2209.81,
        ],
        11284.8057,
        3118.093,
        24136.298800000062,
    ),
];

fn close(found: f64, expected: f64) -> bool {
    (found - expected).abs() <= 1e-12 * expected.abs()
}

#[test]
fn numpy_says_the_same() {
    for (values, mean, median, p90) in NUMPY {
        let found = Summary::of(values).unwrap();
        assert!(close(found.mean, *mean), "{found:?} of {values:?}");
        assert!(close(found.median, *median), "{found:?} of {values:?}");
        assert!(close(found.p90, *p90), "{found:?} of {values:?}");
    }
}

/// A quantile in tenths, times ten: with place (n - 1) q, counted from 0, and linear between two places.
fn ten_times_the_quantile(ordered: &[u32], tenths: usize) -> u64 {
    let place = (ordered.len() - 1) * tenths;
    let (below, part) = (place / 10, (place % 10) as u64);
    let above = if part == 0 { below } else { below + 1 };
    u64::from(ordered[below]) * (10 - part) + u64::from(ordered[above]) * part
}

proptest! {
    #[test]
    fn whole_numbers_say_the_same(values in prop::collection::vec(0..100_000_000_u32, 1..200)) {
        let found = Summary::of(&values.iter().map(|value| f64::from(*value)).collect::<Vec<_>>()).unwrap();
        let mut ordered = values.clone();
        ordered.sort_unstable();
        let sum: u64 = values.iter().map(|value| u64::from(*value)).sum();
        prop_assert!(close(found.mean * values.len() as f64, sum as f64));
        prop_assert!(close(found.median * 10.0, ten_times_the_quantile(&ordered, 5) as f64), "{:?}", found);
        prop_assert!(close(found.p90 * 10.0, ten_times_the_quantile(&ordered, 9) as f64), "{:?}", found);
        prop_assert_eq!(found.max, f64::from(ordered[ordered.len() - 1]));
    }
}
