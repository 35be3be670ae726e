//! A plan that is interrupted at any step and then finished is the same as one that ran through.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;

use super::store::DirectoryReader;
use super::{Before, Ledger, Plan, Removal, Write};
use crate::disk::{Private, death};

/// What happens to a case.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Fate {
    New,
    Changed,
    Moved,
    /// Two files become one, at the place of the first.
    Joined,
    /// Two files become one, at a third place.
    JoinedElsewhere,
    /// A photo is added.
    Brought,
    /// A case is removed.
    Gone,
    /// A photo is removed.
    PhotoGone,
}

fn fates() -> impl Strategy<Value = Vec<Fate>> {
    use Fate::{Brought, Changed, Gone, Joined, JoinedElsewhere, Moved, New, PhotoGone};
    let fate = prop_oneof![
        Just(New),
        Just(Changed),
        Just(Moved),
        Just(Joined),
        Just(JoinedElsewhere),
        Just(Brought),
        Just(Gone),
        Just(PhotoGone)
    ];
    proptest::collection::vec(fate, 1..5)
}

/// A ledger, and the directory that is never committed.
struct Place {
    home: tempfile::TempDir,
    ledger: Ledger,
}

impl Place {
    /// The files before these changes, and the plan that makes them.
    fn of(fates: &[Fate]) -> (Place, Plan) {
        let home = tempfile::tempdir().unwrap();
        let root = home.path().join("shop");
        fs::create_dir(&root).unwrap();
        fs::write(root.join("fb.toml"), "").unwrap();
        let place = Place { ledger: Ledger::above(&root).unwrap(), home };
        let mut plan = Plan { subject: "x".to_owned(), ..Plan::default() };
        for (at, fate) in fates.iter().enumerate() {
            place.add(*fate, at, &mut plan);
        }
        (place, plan)
    }

    fn add(&self, fate: Fate, at: usize, plan: &mut Plan) {
        let path = |directory: &str| PathBuf::from(format!("cases/{directory}/{at}.yaml"));
        let (first, second, third) = (path("new"), path("triaged"), path(&format!("closed/2026-{at:02}")));
        let (one, two, after) = (format!("one {at}"), format!("two {at}"), format!("after {at}"));
        let mut write = |old: Option<(&Path, &str)>, new: &Path| {
            if let Some((old, before)) = old {
                self.put(old, before);
            }
            plan.writes.push(Write {
                old: old.map(|(old, _)| old.to_owned()),
                before: old.map(|(_, before)| before.to_owned()),
                new: new.to_owned(),
                text: after.clone(),
            });
        };
        match fate {
            Fate::New => write(None, &first),
            Fate::Changed => write(Some((&first, &one)), &first),
            Fate::Moved => write(Some((&first, &one)), &third),
            Fate::Joined => {
                write(Some((&first, &one)), &first);
                write(Some((&second, &two)), &first);
            }
            Fate::JoinedElsewhere => {
                write(Some((&first, &one)), &third);
                write(Some((&second, &two)), &third);
            }
            Fate::Brought => {
                let photo = self.home.path().join("photo.jpg");
                fs::write(&photo, "a photo").unwrap();
                let kept = PathBuf::from(format!("files/{at}/photo.jpg"));
                let mut photo = fs::File::open(&photo).unwrap();
                super::plan_executor::bring(&self.private().made().unwrap(), &mut photo, &kept).unwrap();
                plan.also.push(kept);
            }
            Fate::Gone => {
                self.put(&first, &one);
                plan.removals.push(Removal { path: first, before: Before::Text(one) });
            }
            Fate::PhotoGone => {
                let kept = PathBuf::from(format!("files/{at}/old.jpg"));
                self.put(&kept, "old");
                plan.removals.push(Removal { path: kept, before: Before::Length(3) });
            }
        }
    }

    fn put(&self, path: &Path, text: &str) {
        let path = self.ledger.root().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn private(&self) -> Private {
        let place = self.home.path().join("private");
        fs::create_dir_all(&place).unwrap();
        Private::OfGit(place)
    }

    /// Every file, with its text.
    fn files(&self) -> BTreeMap<PathBuf, String> {
        let walk = walkdir::WalkDir::new(self.home.path()).into_iter().map(Result::unwrap);
        let files = walk.filter(|entry| entry.file_type().is_file() && entry.file_name() != "fb.lock");
        let home = self.home.path();
        files
            .map(|file| {
                (file.path().strip_prefix(home).unwrap().to_owned(), fs::read_to_string(file.path()).unwrap())
            })
            .collect()
    }

    /// Whether it was written without an error.
    fn write(&self, plan: &Plan) -> bool {
        let lock = self.ledger.lock(&self.private()).unwrap();
        self.ledger.write(&lock, &self.private(), plan, || Ok(())).is_ok()
    }

    /// Finishes an interrupted plan, unless the process dies before.
    fn finish(&self) {
        let lock = self.ledger.lock(&self.private()).unwrap();
        let _ = self.ledger.finish(&lock, &self.private(), |_| Ok(()));
    }

    fn planned(&self) -> bool {
        self.private().path().join("fb-journal.json").exists()
    }
}

/// More steps than any of these plans has.
const STEPS: usize = 80;

/// The files without a plan: no waiting files.
fn forgotten(files: BTreeMap<PathBuf, String>) -> BTreeMap<PathBuf, String> {
    files.into_iter().filter(|(path, _)| !path.starts_with("private")).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(48) })]

    #[test]
    fn whoever_is_interrupted_is_finished(fates in fates(), first in 0..STEPS, second in 0..STEPS, third in 0..STEPS) {
        let (model, plan) = Place::of(&fates);
        let before = model.files();
        prop_assert!(model.write(&plan));

        let (place, plan) = Place::of(&fates);
        let through = death::after(first, || place.write(&plan));
        let noted = through || place.planned();
        death::after(second, || place.finish());
        death::after(third, || place.finish());
        place.finish();
        // A plan that was never noted was never made; one that is forgotten was done.
        let files = place.files();
        prop_assert!(files == model.files() || !noted && files == forgotten(before), "{:#?}", files);
    }

    #[test]
    fn what_cannot_be_written_is_as_if_it_had_not_been_asked_for(fates in fates(), step in 0..STEPS) {
        let (model, plan) = Place::of(&fates);
        let before = model.files();
        prop_assert!(model.write(&plan));

        let (place, plan) = Place::of(&fates);
        let noted = death::at(step, || place.write(&plan)) || place.planned();
        place.finish();
        let files = place.files();
        prop_assert!(files == model.files() || !noted && files == forgotten(before), "{:#?}", files);
    }
}

#[test]
fn every_step_of_every_fate() {
    use Fate::{Brought, Changed, Gone, Joined, JoinedElsewhere, Moved, New, PhotoGone};
    let all = [New, Changed, Moved, Joined, JoinedElsewhere, Brought, Gone, PhotoGone];
    let (model, plan) = Place::of(&all);
    let before = forgotten(model.files());
    assert!(model.write(&plan));
    let (mut steps, mut undone) = (0, 0);
    loop {
        let (place, plan) = Place::of(&all);
        let through = death::after(steps, || place.write(&plan));
        let noted = through || place.planned();
        place.finish();
        let files = place.files();
        assert!(files == model.files() || !noted && files == before, "{steps}: {files:#?}");
        undone += usize::from(files == before);
        if through {
            break;
        }
        steps += 1;
    }
    // Until the journal has its name: a file created, written, flushed, renamed.
    assert_eq!(undone, 4);
    assert!(steps > 40, "{steps}");
}

#[test]
fn what_others_move_while_it_is_read_is_read_or_named() {
    let home = tempfile::tempdir().unwrap();
    let path = |directory: &str, name: &str| home.path().join("cases").join(directory).join(name);
    fs::write(home.path().join("fb.toml"), "").unwrap();
    for directory in ["new", "triaged"] {
        fs::create_dir_all(home.path().join("cases").join(directory)).unwrap();
    }
    fs::write(path("new", "20261122-7k3q9x.yaml"), "x").unwrap();
    let ledger = Ledger::above(home.path()).unwrap();
    let done = std::sync::atomic::AtomicBool::new(false);
    let ordering = std::sync::atomic::Ordering::Relaxed;
    std::thread::scope(|scope| {
        scope.spawn(|| {
            for n in 0.. {
                if done.load(ordering) {
                    return;
                }
                // A temporary file changes the listing at every look.
                fs::write(path("triaged", &format!("{n}.yaml")), "x").unwrap();
                let _ = fs::remove_file(path("triaged", &format!("{}.yaml", n - 50)));
            }
        });
        let scans: Vec<_> = (0..20).map(|_| ledger.scan()).collect();
        done.store(true, ordering);
        for scan in scans {
            assert_eq!(scan.files, scan.cases.len() + scan.unreadable.len());
        }
    });
}

#[test]
fn a_directory_that_is_replaced_between_two_files_is_opened_again() {
    let home = tempfile::tempdir().unwrap();
    let new = home.path().join("cases/new");
    fs::write(home.path().join("fb.toml"), "").unwrap();
    fs::create_dir_all(&new).unwrap();
    fs::write(new.join("a.yaml"), "a").unwrap();
    let ledger = Ledger::above(home.path()).unwrap();
    let mut reader = DirectoryReader::of(&ledger.store);
    assert_eq!(reader.read(Path::new("cases/new/a.yaml")).unwrap(), b"a");
    fs::rename(&new, home.path().join("cases/old")).unwrap();
    fs::create_dir(&new).unwrap();
    fs::write(new.join("b.yaml"), "b").unwrap();
    assert_eq!(reader.read(Path::new("cases/new/b.yaml")).unwrap(), b"b");
    let gone = Path::new("cases/new/c.yaml");
    let [by_reader, by_path] = [reader.read(gone), ledger.store.read(gone)].map(Result::unwrap_err);
    assert_eq!(by_reader.message, by_path.message);
}

#[test]
fn a_value_is_looked_for_however_it_is_written() {
    let case = |key: &str| {
        format!(
            "id: 20261122-7k3q9x\nkind: praise\ntitle: cup\nchannel: hotline\ncustomer:\n  key: {key}\nhistory:\n  \
             - received: 2026-11-22T09:00:00+08:00\n    by: li.na\n"
        )
    };
    for (written, key) in [
        ("c-8841", "c-8841"),
        ("  c-8841   # the old one", "c-8841"),
        ("\"c-8841\"", "c-8841"),
        ("'c-8841'", "c-8841"),
        ("\"\\x63-8841\"", "c-8841"),
        ("\"c-88\\\n    41\"", "c-8841"),
        ("'it''s me'", "it's me"),
        ("two\n    words", "two words"),
        ("|-\n    c-8841", "c-8841"),
        ("客户-1", "客户-1"),
        ("'客户 1'", "客户 1"),
    ] {
        let text = case(written);
        let read =
            crate::casefile::read(text.as_bytes(), Path::new("cases/new/20261122-7k3q9x.yaml")).unwrap();
        assert_eq!(read.customer_key(), Some(key), "{written}");
        assert!(super::may_have(text.as_bytes(), key), "{written}");
    }
    for other in ["c-88412", "xc-8841", "c-884"] {
        assert!(!super::may_have(case(other).as_bytes(), "c-8841"), "{other}");
    }
}
