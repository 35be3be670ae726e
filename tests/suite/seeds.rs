//! The laws, held on the fuzz targets' seeds, on texts that are drawn, and on seeds that are cut up and put together.
//!
//! What a fuzzer or a drawn text once broke is kept among the seeds, under a name that says what it was.

use std::fs;
use std::panic::catch_unwind;
use std::path::Path;

use proptest::prelude::*;

use crate::laws;

type Law = fn(&[u8]);

const LAWS: [(&str, Law); 8] = [
    ("case", laws::case::holds),
    ("event", laws::event::holds),
    ("layout", laws::layout::holds),
    ("map", laws::map::holds),
    ("merge", laws::merge::holds),
    ("policy", laws::policy::holds),
    ("query", laws::query::holds),
    ("shop", laws::shop::holds),
];

/// The seeds of a target, by name.
fn seeds(target: &str) -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds").join(target);
    let read = |path: std::path::PathBuf| (path.display().to_string(), fs::read(&path).unwrap());
    let mut seeds: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| read(entry.unwrap().path())).collect();
    seeds.sort();
    assert!(seeds.len() >= 3, "{target}");
    seeds
}

#[test]
fn the_laws_hold_on_every_seed() {
    for (target, law) in LAWS {
        for (name, seed) in seeds(target) {
            assert!(catch_unwind(|| law(&seed)).is_ok(), "{name}");
        }
    }
}

#[test]
fn every_target_has_its_law() {
    let targets = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/targets");
    let mut found: Vec<String> = fs::read_dir(targets)
        .unwrap()
        .map(|entry| entry.unwrap().path().file_stem().unwrap().to_str().unwrap().to_owned())
        .collect();
    found.sort();
    assert_eq!(found, LAWS.map(|(target, _)| target));
}

/// A part of a seed, cut between characters.
fn piece(seed: &[u8], from: usize, length: usize) -> String {
    String::from_utf8_lossy(seed).chars().skip(from).take(length).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    /// Letters are events, signs changes of the intake: see `laws::merge`.
    #[test]
    fn the_merge_has_its_laws_on_any_versions(versions in prop::collection::vec("[A-Za-f0-9]{0,4}[!@$^&*()]{0,2}[A-Ha-h?]{0,2}", 2..5)) {
        laws::merge::holds(versions.join("\n%\n").as_bytes());
    }

    #[test]
    fn the_merge_of_histories_is_associative(base in "[A-D]{0,3}", more in prop::array::uniform3("[A-Da-d0-9]{0,4}"), alone in any::<bool>()) {
        let versions = more.map(|more| format!("{base}{more}"));
        let base = if alone { "" } else { &base };
        laws::merge::holds(format!("{base}\n%\n{}", versions.join("\n%\n")).as_bytes());
    }

    /// A piece of one seed in the place of a piece of another.
    #[test]
    fn the_laws_hold_on_seeds_that_were_cut_up(
        law in 0..LAWS.len(), one: prop::sample::Index, other: prop::sample::Index,
        (at, gone, from, length) in (0..400_usize, 0..30_usize, 0..400_usize, 0..60_usize),
    ) {
        let (target, law) = LAWS[law];
        let seeds = seeds(target);
        let (one, other) = (&one.get(&seeds).1, &other.get(&seeds).1);
        let text = [piece(one, 0, at), piece(other, from, length), piece(one, at + gone, usize::MAX)].concat();
        law(text.as_bytes());
    }
}
