//! What was taken out and put back, in a line of commits and across clones.

use std::fs;

use crate::audit::{HEAD, ID, PATH, add, at, codes, json, received};
use crate::clones::Clones;
use crate::ledger::TestLedger;

const CONTACTED: &str = "  - contacted: 2026-10-09T12:00:00+08:00\n    by: li.na\n";
const FORGED: &str = "  - contacted: 2026-10-05T12:00:00+08:00\n    by: li.na\n";

#[test]
fn an_event_that_is_changed_and_put_back_beside_what_it_became_is_two() {
    let shop = received();
    add(&shop, CONTACTED, "2026-10-09T12:01:00+08:00");
    shop.write(PATH, HEAD.to_owned() + FORGED);
    at(&shop, "2026-12-01T12:00:00+08:00");
    assert_eq!(codes(&shop, &[]).1, ["closed-month", "changed"]);
    add(&shop, CONTACTED, "2026-12-01T12:01:00+08:00");
    // Two commits touched October; the forged event is late.
    assert_eq!(codes(&shop, &[]).1, ["closed-month", "closed-month", "backdated"]);
}

#[test]
fn what_stood_out_when_its_month_ended_and_was_put_back_changes_the_month() {
    let shop = received();
    let on = |day: &str, line: &str| {
        shop.shell(&format!(
            "export FB_NOW={day}T12:00:00+08:00 GIT_AUTHOR_DATE={day}T12:00:00+08:00 \
             GIT_COMMITTER_DATE={day}T12:00:00+08:00; {line}"
        ))
        .ok();
    };
    on("2026-10-06", &format!("fb note {ID} x && fb undo && fb undo && fb undo"));
    assert_eq!(codes(&shop, &[]), (0, Vec::new()));
    on("2026-12-01", "fb undo");
    let (status, found) = json(&shop, &[]);
    assert_eq!((status, found.len(), found[0].0.as_str()), (1, 1, "closed-month"));
    assert!(found[0].2.contains("1 event added, 0 changed or removed"), "{}", found[0].2);
}

#[test]
fn an_event_that_wanders_to_another_case_is_told_in_both() {
    let shop = received();
    let other = "cases/new/20261005-8m2w4z.yaml";
    shop.write(other, HEAD.replace("7k3q9x", "8m2w4z"));
    at(&shop, "2026-10-05T10:02:00+08:00");
    add(&shop, CONTACTED, "2026-10-09T12:01:00+08:00");
    shop.write(PATH, HEAD);
    shop.write(other, HEAD.replace("7k3q9x", "8m2w4z") + CONTACTED);
    at(&shop, "2026-10-20T12:01:00+08:00");
    let mut found = codes(&shop, &[]).1;
    found.sort();
    assert_eq!(found, ["backdated", "changed"]);
}

#[test]
fn an_undo_beside_a_merge_of_somebody_elses_is_no_finding() {
    let shop = TestLedger::empty();
    let clones = Clones::new(&shop);
    let id = clones.case("a", "茶杯");
    clones.fb("a", &["contact", &id]).ok();
    clones.now("a", &["sync"]).ok();
    clones.case("b", "茶壶");
    clones.fb("a", &["undo", &id]).ok();
    clones.fb("b", &["sync"]).ok();
    clones.fb("a", &["sync"]).ok();
    clones.fb("b", &["sync"]).ok();
    for clone in ["a", "b"] {
        let ran = clones.fb(clone, &["audit"]).ok();
        assert_eq!(ran.status, 0, "{}", ran.out);
    }
}

#[test]
fn a_copy_of_a_file_that_a_hand_takes_away_again_takes_nothing() {
    let shop = received();
    fs::create_dir_all(shop.dir.join("cases/waiting")).unwrap();
    shop.write("cases/waiting/20261005-7k3q9x.yaml", HEAD);
    at(&shop, "2026-10-05T10:05:00+08:00");
    fs::remove_file(shop.dir.join("cases/waiting/20261005-7k3q9x.yaml")).unwrap();
    at(&shop, "2026-10-05T10:06:00+08:00");
    assert_eq!(codes(&shop, &[]), (0, Vec::new()));
}

#[test]
fn an_author_is_judged_by_the_people_of_their_own_branch() {
    let shop = received();
    let people = |email: &str| {
        let text = shop.git(&["show", "HEAD:fb.toml"]);
        let text = text.split("\n[people.\"li.na\"]").next().unwrap().to_owned();
        shop.write("fb.toml", format!("{text}\n[people.\"li.na\"]\nemail = \"{email}\"\n"));
    };
    people("li.na@example.cn");
    at(&shop, "2026-10-05T11:00:00+08:00");
    let main = shop.git(&["branch", "--show-current"]);
    shop.git(&["switch", "--quiet", "--create", "beside"]);
    people("na@example.cn");
    at(&shop, "2026-10-05T12:00:00+08:00");
    shop.git(&["switch", "--quiet", &main]);
    add(
        &shop,
        "  - noted: 2026-10-05T12:30:00+08:00\n    by: li.na\n    note: a\n",
        "2026-10-05T12:30:00+08:00",
    );
    shop.shell("GIT_AUTHOR_DATE=2026-10-05T13:00:00+08:00 GIT_COMMITTER_DATE=2026-10-05T13:00:00+08:00 git merge --quiet --no-edit beside").ok();
    assert_eq!(codes(&shop, &[]), (0, Vec::new()));
    // From the merge on the address is not hers.
    add(
        &shop,
        "  - noted: 2026-10-05T13:30:00+08:00\n    by: li.na\n    note: b\n",
        "2026-10-05T13:30:00+08:00",
    );
    assert_eq!(codes(&shop, &[]), (1, vec!["not-author".to_owned()]));
}
