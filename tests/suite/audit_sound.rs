//! What the audit leaves alone although a stamp is gone, is late or names somebody else, and what only looks like that.

use crate::audit::{HEAD, ID, PATH, add, at, codes, json, received, says};
use crate::ledger::TestLedger;

/// The one commit of a command that was given on 5 October.
fn given(shop: &TestLedger, line: &str) {
    shop.shell(&format!(
        "export FB_NOW=2026-10-05T12:00:00+08:00 GIT_AUTHOR_DATE=2026-10-05T12:01:00+08:00 \
         GIT_COMMITTER_DATE=2026-10-05T12:01:00+08:00; {line}"
    ))
    .ok();
}

#[test]
fn what_an_undo_took_back_is_no_finding_and_what_only_says_so_is() {
    let shop = received();
    given(&shop, &format!("fb note {ID} first && fb escalate {ID} --reason x"));
    given(&shop, "fb new --kind praise --title x --channel chat && fb undo && fb undo && fb undo");
    given(&shop, &format!("fb undo {ID} && fb undo {ID} && fb undo {ID}"));
    assert_eq!(codes(&shop, &[]), (0, Vec::new()));
    // The same words over a removal of something else.
    let note = shop.git(&["log", "--format=%H", "--grep=^note"]);
    shop.write(PATH, HEAD);
    let forged = |commit: &str| {
        shop.git(&["add", "--all"]);
        let message = format!("undo: note\n\nFb-Command: undo\nUndoes: {commit}\n");
        shop.write("../message", &message);
        given(&shop, "git commit --quiet --file ../message");
        let ran = shop.run(&["audit"]);
        assert_eq!(ran.status, 1, "{}", ran.out);
        says(&ran, &["was removed", "says that it undoes another one"]);
        shop.git(&["reset", "--quiet", "--hard", "HEAD~1"]);
    };
    // Something else is changed with it; another commit is named; one that there is not.
    shop.write("cases/new/20261005-8m2w4z.yaml", HEAD.replace("7k3q9x", "8m2w4z"));
    forged(&note);
    shop.write(PATH, HEAD);
    forged(&shop.git(&["rev-parse", "HEAD~1"]));
    shop.write(PATH, HEAD);
    forged(&"0".repeat(40));
    // Exactly what `fb undo` would have done is that.
    shop.write(PATH, HEAD);
    shop.git(&["add", "--all"]);
    shop.write("../message", format!("x\n\nUndoes: {note}\n"));
    given(&shop, "git commit --quiet --file ../message");
    assert_eq!(codes(&shop, &[]), (0, Vec::new()));
}

#[test]
fn an_undo_still_touches_a_month_that_had_ended() {
    let shop = received();
    given(&shop, &format!("fb note {ID} first"));
    shop.shell(
        "export GIT_AUTHOR_DATE=2026-11-05T12:01:00+08:00 GIT_COMMITTER_DATE=2026-11-05T12:01:00+08:00; fb undo",
    )
    .ok();
    let (status, found) = json(&shop, &[]);
    assert_eq!((status, found.len(), found[0].0.as_str()), (1, 1, "closed-month"));
    assert!(found[0].2.contains("0 events added, 1 changed or removed"), "{}", found[0].2);
}

#[test]
fn files_of_one_case_that_are_joined_lose_nothing() {
    let shop = received();
    add(
        &shop,
        "  - noted: 2026-10-05T11:00:00+08:00\n    by: li.na\n    note: a\n",
        "2026-10-05T11:01:00+08:00",
    );
    // Another hand left a second file, with its events in another order.
    let second = format!(
        "{HEAD}  - contacted: 2026-10-05T11:30:00+08:00\n    by: li.na\n  - noted: 2026-10-05T11:00:00+08:00\n    by: li.na\n    note: a\n"
    );
    shop.write("cases/waiting/20261005-7k3q9x.yaml", second);
    at(&shop, "2026-10-05T11:31:00+08:00");
    given(&shop, "fb mend");
    assert_eq!(shop.path_of(ID), PATH);
    assert_eq!(codes(&shop, &[]), (0, Vec::new()));
}

#[test]
fn a_clerk_is_taken_at_their_word_but_for_approvals() {
    let shop = received();
    let person = |key: &str, more: &str| format!("[people.\"{key}\"]\nemail = \"{key}@example.cn\"\n{more}");
    let people = |more: &str| {
        let plain = shop.git(&["show", ":fb.toml"]);
        let plain = plain.split("\n[people.\"li.na\"]").next().unwrap().to_owned();
        shop.write(
            "fb.toml",
            format!("{plain}\n{}{}", person("li.na", more), person("wang.fang", "role = \"manager\"\n")),
        );
        at(&shop, "2026-10-05T11:00:00+08:00");
    };
    people("");
    given(&shop, &format!("fb note {ID} called --by wang.fang"));
    assert_eq!(shop.last("%(trailers:key=By,valueonly)").trim(), "wang.fang");
    let ran = shop.run(&["audit"]);
    assert_eq!(ran.status, 1);
    says(&ran, &["names wang.fang", "says that it was entered for wang.fang", "clerk = true"]);
    shop.git(&["reset", "--quiet", "--hard", "HEAD~1"]);
    people("clerk = true\n");
    given(&shop, &format!("fb note {ID} called --by wang.fang && fb note {ID} mine"));
    assert_eq!(shop.last("%(trailers:key=By)"), "");
    assert_eq!(codes(&shop, &[]), (0, Vec::new()));
    // A clerk who does not say so, and an approval.
    let by_hand = |event: &str| {
        add(&shop, event, "2026-10-05T12:30:00+08:00");
        let ran = shop.run(&["audit"]);
        shop.git(&["reset", "--quiet", "--hard", "HEAD~1"]);
        ran
    };
    let unsaid = by_hand("  - noted: 2026-10-05T12:20:00+08:00\n    by: wang.fang\n    note: x\n");
    says(&unsaid, &["does not say that it was entered for wang.fang"]);
    given(&shop, &format!("fb propose {ID} --remedy refund && fb approve {ID} --by wang.fang"));
    assert_eq!(codes(&shop, &[]), (1, vec!["not-author".to_owned()]));
}

#[test]
fn a_bulk_that_was_committed_by_hand_is_one_finding() {
    let shop = received();
    let bring = |n: usize, committed: &str| {
        for at in 0..n {
            let id = format!("20261005-7k3q{at:02}");
            let text = HEAD.replace("20261005-7k3q9x", &id);
            shop.write(&format!("cases/new/{id}.yaml"), text);
        }
        at(&shop, committed);
    };
    // As many as people write themselves, each at its time: nothing.
    bring(12, "2026-10-05T10:30:00+08:00");
    assert_eq!(codes(&shop, &[]), (0, Vec::new()));
    shop.git(&["reset", "--quiet", "--hard", "HEAD~1"]);
    // Nine are judged one by one, ten at once.
    bring(9, "2026-11-05T10:30:00+08:00");
    assert_eq!(codes(&shop, &[]).1.len(), 18);
    shop.git(&["reset", "--quiet", "--hard", "HEAD~1"]);
    bring(10, "2026-11-05T10:30:00+08:00");
    let (status, found) = json(&shop, &[]);
    assert_eq!((status, found.len(), found[0].0.as_str()), (1, 1, "imported"));
    assert!(found[0].2.contains("10 events of 10 cases were added by hand in one commit"), "{}", found[0].2);
}

#[test]
fn what_is_accepted_goes_into_the_baseline_with_its_reason() {
    let shop = received();
    let late = |hour: u32| format!("  - noted: 2026-10-05T{hour}:00:00+08:00\n    by: li.na\n    note: x\n");
    add(&shop, &(late(11) + &late(12)), "2026-10-05T15:00:00+08:00");
    add(
        &shop,
        "  - noted: 2026-10-05T15:00:00+08:00\n    by: wang.fang\n    note: y\n",
        "2026-10-05T15:10:00+08:00",
    );
    let seen = "# looked at by Wang Fang\n[[accepted]]\ncode = \"not-author\"\nid = \"20261005-7k3q9x\"\nreason = \"on leave\" # that week\n";
    shop.put("audit.toml", seen);
    assert_eq!(codes(&shop, &[]).1, ["backdated", "backdated"]);
    for (arguments, said) in [
        (vec!["audit", "--accept", "backdated"], "--reason"),
        (vec!["audit", "--accept", "backdated", "--reason", " "], "without a reason"),
        (vec!["audit", "--accept", "backdatd", "--reason", "x"], "did you mean `backdated`?"),
        (vec!["audit", "--accept", "future", "--reason", "x"], "no such finding"),
        (vec!["audit", "--accept", "all", "--reason", "x", "--commit", "0000000"], "no such finding"),
        (vec!["audit", "--accept", "all", "--reason", "x", "2026-11"], "no such finding"),
    ] {
        shop.refused(&arguments, 2).says(&[said]);
    }
    let reason = "the line was down; compared with the call list";
    let ran = shop.run(&["audit", "--accept", "backdated", "--reason", reason, "--case", "7k3"]).ok();
    assert_eq!(ran.out, "accepted in audit.toml: 2 findings\n");
    assert_eq!(codes(&shop, &[]), (0, Vec::new()));
    let text = shop.read("audit.toml");
    let entry = |hour: u32| {
        format!(
            "\n[[accepted]]\ncode = \"backdated\"\nid = \"20261005-7k3q9x\"\nevent = \"noted\"\n\
             at = \"2026-10-05T{hour}:00:00+08:00\"\nreason = \"{reason}\"\n"
        )
    };
    assert_eq!(text, format!("{seen}{}{}", entry(11), entry(12)));
    assert_eq!(
        (shop.last("%s"), shop.status()),
        (format!("audit: accept 2 findings: {reason}"), String::new())
    );
    // It is a command like any other.
    shop.run(&["undo"]).ok();
    assert_eq!(shop.read("audit.toml"), seen);
    shop.git(&["rm", "--quiet", "audit.toml"]);
    shop.run(&["audit", "--accept", "all", "--reason", "x", "--lang", "zh"]).ok();
    assert!(shop.read("audit.toml").starts_with("# What `fb audit` found"), "{}", shop.read("audit.toml"));
    assert_eq!(codes(&shop, &[]), (0, Vec::new()));
}

#[test]
fn a_stamp_that_only_comes_behind_what_its_author_saw_is_no_finding() {
    let shop = received();
    // Somebody's clock is ahead; li.na's is right, and what she does is put behind it.
    add(
        &shop,
        "  - noted: 2026-10-05T12:30:00+08:00\n    by: li.na\n    note: a\n",
        "2026-10-05T12:30:00+08:00",
    );
    given(&shop, &format!("fb wait {ID} --reason x"));
    assert!(
        shop.read(&shop.path_of(ID)).contains("waiting: 2026-10-05T12:30:01+08:00"),
        "{}",
        shop.read(&shop.path_of(ID))
    );
    assert_eq!(codes(&shop, &[]), (0, Vec::new()));
    // Two seconds behind is one too many for one event.
    let path = shop.path_of(ID);
    let late = "  - noted: 2026-10-05T12:30:03+08:00\n    by: li.na\n    note: b\n";
    shop.write(&path, shop.read(&path) + late);
    at(&shop, "2026-10-05T12:01:00+08:00");
    assert_eq!(codes(&shop, &[]), (1, vec!["future".to_owned()]));
}

#[test]
fn what_a_merge_notes_is_no_finding_and_what_only_reads_like_it_is() {
    let shop = received();
    let ours = shop.git(&["branch", "--show-current"]);
    shop.write(PATH, HEAD.replace("杯子碎了", "茶壶碎了"));
    at(&shop, "2026-10-05T10:30:00+08:00");
    shop.git(&["switch", "--quiet", "--create", "theirs", "HEAD~1"]);
    let later = "  - noted: 2026-10-05T11:00:00+08:00\n    by: li.na\n    note: a\n";
    shop.write(PATH, HEAD.replace("杯子碎了", "茶盘碎了") + later);
    at(&shop, "2026-10-05T11:01:00+08:00");
    shop.git(&["switch", "--quiet", &ours]);
    assert_eq!(shop.try_git(&["merge", "--quiet", "theirs"]).status, 1);
    // Weeks later, in another month.
    let merged =
        "export GIT_AUTHOR_DATE=2026-11-20T12:01:00+08:00 GIT_COMMITTER_DATE=2026-11-20T12:01:00+08:00; ";
    shop.shell(&format!("{merged} fb mend && git commit --quiet --no-edit")).ok();
    let note = "  - noted: 2026-10-05T11:00:00+08:00\n    note: \"merge: title was also: 茶壶碎了\"\n";
    assert!(shop.read(PATH).ends_with(note), "{}", shop.read(PATH));
    assert_eq!(codes(&shop, &[]), (0, Vec::new()));
    add(&shop, &note.replace("茶壶", "茶杯"), "2026-11-20T12:10:00+08:00");
    assert_eq!(codes(&shop, &[]).1, ["closed-month", "backdated"]);
}
