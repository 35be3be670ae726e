//! Merges two orders of the same things: each order is kept, as far as the two agree.
//!
//! Events have the same stamp if a clerk did them in one second or entered only the minute, or if an import had only
//! the day. They still have an order: the one of their file.

use std::collections::BTreeSet;

/// Everything that either has, once. What only one of them orders keeps that order; of what neither orders, the lesser
/// comes first; where they contradict each other, the lesser of the two that would come next. The sides make no
/// difference; another merge with either of them changes nothing; and three versions that only added to what they had
/// in common come to the same result, no matter which two are merged first.
pub(super) fn woven<K: Ord + Copy>(one: &[K], other: &[K]) -> Vec<K> {
    let sides = [one, other];
    let mut left: [BTreeSet<K>; 2] = sides.map(|side| side.iter().copied().collect());
    let mut next = sides.map(|side| side.iter().copied().peekable());
    let mut woven = Vec::with_capacity(one.len() + other.len());
    loop {
        let heads = [0, 1].map(|at| {
            while next[at].next_if(|key| !left[at].contains(key)).is_some() {}
            next[at].peek().copied()
        });
        let taken = match heads {
            [None, None] => return woven,
            [Some(key), None] | [None, Some(key)] => key,
            [Some(mine), Some(theirs)] => match (left[1].contains(&mine), left[0].contains(&theirs)) {
                (false, true) => mine,
                (true, false) => theirs,
                _ => mine.min(theirs),
            },
        };
        for side in &mut left {
            side.remove(&taken);
        }
        woven.push(taken);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn told(one: &str, other: &str) -> String {
        let [one, other] = [one, other].map(|side| side.chars().collect::<Vec<_>>());
        woven(&one, &other).into_iter().collect()
    }

    #[test]
    fn each_keeps_its_order() {
        for (one, other, expected) in [
            ("", "", ""),
            ("ba", "", "ba"),
            ("ba", "ba", "ba"),
            // What one added comes after what both had.
            ("cba", "cb", "cba"),
            ("ca", "cb", "cab"),
            ("dcb", "a", "adcb"),
            ("db", "dacb", "dacb"),
            // They contradict each other: the lesser comes first.
            ("ab", "ba", "ab"),
            ("zwy", "wyz", "wyz"),
        ] {
            assert_eq!(told(one, other), expected, "{one} {other}");
            assert_eq!(told(other, one), expected, "{other} {one}");
        }
    }

    fn side() -> impl Strategy<Value = String> {
        "[a-h]{0,8}".prop_map(|word| {
            let mut seen = BTreeSet::new();
            word.chars().filter(|key| seen.insert(*key)).collect()
        })
    }

    fn is_within(side: &str, whole: &str) -> bool {
        let mut rest = whole.chars();
        side.chars().all(|key| rest.any(|found| found == key))
    }

    proptest! {
        #[test]
        fn nothing_is_lost_and_nothing_comes_twice(one in side(), other in side()) {
            let whole = told(&one, &other);
            prop_assert_eq!(&whole, &told(&other, &one));
            let mut keys: Vec<char> = whole.chars().collect();
            keys.sort_unstable();
            let all: BTreeSet<char> = one.chars().chain(other.chars()).collect();
            prop_assert_eq!(keys, all.into_iter().collect::<Vec<_>>());
            for side in [&one, &other] {
                prop_assert_eq!(&told(&whole, side), &whole);
            }
            let agree = one.chars().filter(|key| other.contains(*key)).eq(other.chars().filter(|key| one.contains(*key)));
            prop_assert!(!agree || is_within(&one, &whole) && is_within(&other, &whole), "{}", whole);
        }

        /// Capitals, small letters and digits: what each added to what all had.
        #[test]
        fn two_sides_that_only_add_may_meet_in_any_order(base in side(), a in "[A-D]{0,4}", b in "[M-P]{0,4}", c in "[0-3]{0,4}") {
            let once = |word: &str| {
                let mut seen = BTreeSet::new();
                word.chars().filter(|key| seen.insert(*key)).collect::<String>()
            };
            let [a, b, c] = [a, b, c].map(|more| base.clone() + &once(&more));
            let whole = told(&told(&a, &b), &c);
            prop_assert_eq!(&whole, &told(&a, &told(&b, &c)));
            prop_assert_eq!(&whole, &told(&told(&a, &c), &b));
        }
    }
}
