//! A comment in a case file is no part of what the case says, and somebody wrote it: it is kept as an event is.

use crate::ledger::TestLedger;

fn shop() -> (TestLedger, String, String) {
    let shop = TestLedger::new();
    let id = shop.case(&[]);
    let path = shop.path_of(&id);
    (shop, id, path)
}

#[test]
fn a_comment_that_no_commit_has_waits_and_comes_back() {
    for editor in ["sed -i '$a # call before ten'", "sed -i 's/^kind: complaint/& # call before ten/'"] {
        let (shop, id, path) = shop();
        let shop = shop.with("EDITOR", editor);
        let before = shop.read(&path);
        shop.run(&["--no-commit", "edit", &id]).ok();
        let edited = shop.read(&path);
        assert_eq!(edited.matches("# call before ten").count(), 1);
        shop.git(&["checkout", "--", "."]);
        assert_eq!(shop.read(&path), before);
        // Others write, and let go of nothing.
        shop.pass(1);
        shop.case(&[]);
        assert!(shop.run(&["recover"]).ok().out.contains("comments: 1"), "{editor}");
        shop.run(&["recover", "--all"]).ok();
        assert_eq!(shop.read(&path), edited, "{editor}");
        assert_eq!(shop.status(), "");
        assert_eq!(shop.run(&["recover", "--format", "json"]).json()["kept"].as_array().unwrap().len(), 0);
    }
}

#[test]
fn it_comes_back_beside_what_was_added_since() {
    let (shop, id, path) = shop();
    let shop = shop.with("EDITOR", "sed -i '$a # call before ten'");
    shop.run(&["--no-commit", "edit", &id]).ok();
    shop.git(&["checkout", "--", "."]);
    shop.pass(1);
    shop.run(&["note", &id, "called"]).ok();
    shop.run(&["recover", "--all"]).ok();
    let text = shop.read(&path);
    assert!(text.contains("note: called\n") && text.ends_with("# call before ten\n"), "{text}");
}

#[test]
fn what_is_committed_with_it_waits_no_more() {
    let (shop, id, _) = shop();
    let shop = shop.with("EDITOR", "sed -i '$a # call before ten'");
    shop.run(&["--no-commit", "edit", &id]).ok();
    shop.git(&["commit", "--quiet", "--all", "-m", "by hand"]);
    assert_eq!(shop.run(&["recover", "--format", "json"]).json()["kept"].as_array().unwrap().len(), 0);
}

#[test]
fn files_of_one_case_are_joined_with_the_comments_of_each() {
    let (shop, id, path) = shop();
    let text = shop.read(&path);
    let one = format!("# asks for Zhang Wei\n{text}# call before ten\n");
    let two = format!(
        "{}  - noted: 2026-11-22T09:40:00+08:00\n    by: li.na\n    note: x\n# speaks slowly\n",
        text.replace("channel: hotline", "channel: hotline # twice")
    );
    shop.write(&path, one);
    shop.put(&format!("cases/triaged/{id}.yaml"), two);
    shop.run(&["mend"]).ok();
    let text = shop.read(&shop.path_of(&id));
    for comment in ["# asks for Zhang Wei\n", "# call before ten\n", "# twice\n", "# speaks slowly\n"] {
        assert_eq!(text.matches(comment).count(), 1, "{comment}{text}");
    }
}

#[test]
fn a_comment_behind_a_tab_or_like_the_words_of_its_line_is_joined_as_well() {
    for before in [" ", "\t"] {
        let (shop, id, path) = shop();
        let text = shop.read(&path);
        let with = |comment: &str| text.replace("hotline", &format!("hotline{before}{comment}"));
        shop.write(&path, with("# of the east side"));
        let later = "  - noted: 2026-11-22T09:40:00+08:00\n    by: li.na\n    note: x\n";
        shop.put(&format!("cases/triaged/{id}.yaml"), with("# line") + later);
        shop.run(&["mend"]).ok();
        let text = shop.read(&shop.path_of(&id));
        for comment in ["# of the east side\n", "# line\n"] {
            assert_eq!(text.matches(comment).count(), 1, "{comment}{text}");
        }
    }
}
