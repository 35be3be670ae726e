//! `fb edit`: what an editor leaves is a case, or it is not written.

use crate::ledger::TestLedger;

/// A shop whose editor is this script; it gets the file's name as `$1`.
fn shop(script: &str) -> (TestLedger, String) {
    let shop = TestLedger::new();
    let id = shop.case(&[]);
    let path = shop.dir.parent().unwrap().join("editor.sh");
    std::fs::write(&path, script).unwrap();
    let command = format!("sh '{}'", path.display());
    (shop.with("EDITOR", &command), id)
}

/// The draft that an error names.
fn draft(said: &str) -> String {
    let path = said.split("is kept in ").nth(1).unwrap().lines().next().unwrap();
    std::fs::read_to_string(path).unwrap()
}

#[test]
fn what_is_saved_takes_the_file_s_place_in_one_commit() {
    let (shop, id) = shop("sed -i 's/^title:.*/title: a broken cup/' \"$1\"\n");
    let ran = shop.run(&["edit", &id[9..12]]).ok();
    assert!(ran.out.starts_with(&id[9..]), "{}", ran.out);
    assert!(shop.read(&format!("cases/new/{id}.yaml")).contains("\ntitle: a broken cup\n"));
    assert_eq!(shop.last("%s"), format!("edit {}", &id[9..]));
    assert_eq!(shop.last("%(trailers:key=Case,valueonly)").trim(), id);
    assert_eq!((shop.commits(), shop.status().as_str()), (3, ""));
    assert!(!shop.git(&["ls-files", "--others"]).contains("fb-"));

    let again = shop.run(&["edit", &id]).ok();
    assert!(again.out.contains("nothing was changed"), "{}", again.out);
    assert_eq!(shop.commits(), 3);
    let drafts = std::fs::read_dir(shop.dir.join(".git")).unwrap();
    let left = drafts.filter(|it| it.as_ref().unwrap().file_name().to_string_lossy().ends_with(".yaml"));
    assert_eq!(left.count(), 0);
}

#[test]
fn the_file_goes_where_its_history_says() {
    let (shop, id) =
        shop("printf '  - rejected: 2026-11-22T09:30:00+08:00\\n    reason: spam\\n' >> \"$1\"\n");
    shop.run(&["edit", &id]).ok();
    assert_eq!(shop.path_of(&id), format!("cases/rejected/2026-11/{id}.yaml"));
    assert_eq!(shop.status(), "");
}

#[test]
fn what_is_no_case_is_not_written_and_not_lost() {
    let (shop, id) = shop("sed -i 's/^kind:.*/kind: grumble/' \"$1\"\n");
    let ran = shop.refused(&["edit", &id], 2);
    ran.says(&["grumble", ".yaml:2:"]);
    assert!(draft(&ran.err).contains("kind: grumble\n"));
}

#[test]
fn the_id_stays() {
    let (shop, id) = shop("sed -i 's/^id:.*/id: 20261122-zzzzzz/' \"$1\"\n");
    shop.refused(&["edit", &id], 2).says(&["20261122-zzzzzz", "must not change", &id]);
}

#[test]
fn a_file_that_changed_meanwhile_is_left_alone() {
    let (shop, id) = shop("sed -i 's/^title:.*/title: mine/' \"$1\"\necho '# theirs' >> \"$CASE\"\n");
    let path = format!("cases/new/{id}.yaml");
    let shop = shop.with("CASE", &path);
    let ran = shop.run(&["edit", &id]);
    assert_eq!(ran.status, 2, "{}", ran.err);
    ran.says(&["was changed while you wrote", "fb edit"]);
    assert!(shop.read(&path).ends_with("# theirs\n") && !shop.read(&path).contains("mine"));
    assert!(draft(&ran.err).contains("title: mine\n"));
}

#[test]
fn a_file_that_cannot_be_read_can_be_put_right() {
    let (shop, id) = shop("sed -i 's/^kind:.*/kind: complaint/' \"$1\"\n");
    let path = format!("cases/new/{id}.yaml");
    let broken = shop.read(&path).replace("kind: complaint", "kind: [");
    shop.put(&path, broken);
    assert_eq!(shop.run(&["check"]).status, 3);
    shop.run(&["edit", &id]).ok();
    shop.run(&["check", "--only", "unreadable,bad-value"]).ok();
}

#[cfg(unix)]
#[test]
fn a_text_that_is_no_case_and_that_a_hook_drops_is_not_reported_as_committed() {
    use std::os::unix::fs::PermissionsExt;
    let (shop, id) = shop("sed -i 's/^kind:.*/kind: complaint/' \"$1\"\n");
    let path = format!("cases/new/{id}.yaml");
    let broken = shop.read(&path).replace("kind: complaint", "kind: [");
    shop.put(&path, &broken);
    shop.run(&["edit", &id]).ok();
    shop.write(".git/hooks/pre-commit", "#!/bin/sh\ngit read-tree HEAD\n");
    let hook = shop.dir.join(".git/hooks/pre-commit");
    std::fs::set_permissions(hook, std::fs::Permissions::from_mode(0o755)).unwrap();
    let ran = shop.run(&["undo", &id]);
    assert_eq!(ran.status, 3, "{}{}", ran.out, ran.err);
    ran.says(&["a hook removed it from the commit", "fb recover"]);
    assert_eq!(shop.read(&path), broken);
}

#[test]
fn an_editor_has_to_be_named_where_nobody_sits() {
    let shop = TestLedger::new();
    let id = shop.case(&[]);
    shop.refused(&["edit", &id], 2).says(&["no editor is set", "$EDITOR"]);
    shop.git(&["config", "core.editor", "false"]);
    shop.refused(&["edit", &id], 2).says(&["`false` ended with an error"]);
}
