//! Names of files that every system can check out: `attach` makes them so, and `check` finds those that are not.

use crate::ledger::TestLedger;

/// What one directory holds, sorted.
fn names(shop: &TestLedger, directory: &str) -> Vec<String> {
    let entries = std::fs::read_dir(shop.dir.join(directory)).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// Worked by hand from what Windows refuses: <https://learn.microsoft.com/windows/win32/fileio/naming-a-file>.
#[cfg(unix)]
#[test]
fn what_is_attached_has_a_name_that_every_system_takes() {
    for (name, kept) in [
        ("a:b.png", "a_b.png"),
        ("x?.png", "x_.png"),
        ("con.jpg", "con_.jpg"),
        ("COM¹.tar.gz", "COM¹_.tar.gz"),
        ("end. ", "end"),
        ("a\\b|c", "a_b_c"),
        ("a\nb\u{1b}[31m.txt", "a_b_[31m.txt"),
        ("photo\u{202e}gpj.exe", "photogpj.exe"),
        ("cafe\u{301}.png", "caf\u{e9}.png"),
    ] {
        let shop = TestLedger::new();
        let id = shop.case(&[]);
        shop.write(&format!("../{name}"), "a photo");
        let ran = shop.run(&["attach", &id, &format!("../{name}")]).ok();
        ran.says(&["kept as", kept]);
        assert_eq!(names(&shop, &format!("files/{id}")), [kept]);
        let shown = shop.run(&["show", &id, "--format", "json"]).ok().out;
        assert!(shown.contains(&format!("\"file\": \"{kept}\"")), "{shown}");
        assert_eq!((shop.status().as_str(), shop.run(&["check"]).out.as_str()), ("", ""), "{name}");
    }
}

#[cfg(unix)]
#[test]
fn names_that_are_one_elsewhere_are_told_apart() {
    let shop = TestLedger::new();
    let id = shop.case(&[]);
    for (name, kept) in [
        ("photo.jpg", "photo.jpg"),
        ("Photo.JPG", "Photo-2.JPG"),
        ("PHOTO.jpg", "PHOTO-3.jpg"),
        ("straße.png", "straße.png"),
        ("STRASSE.png", "STRASSE-2.png"),
        ("\u{e9}.png", "\u{e9}.png"),
        ("a:b", "a_b"),
        ("a?b", "a_b-2"),
        ("a_b-3", "a_b-3"),
        ("a|b", "a_b-4"),
    ] {
        shop.write(&format!("../{name}"), "a photo");
        shop.run(&["attach", &id, &format!("../{name}")]).ok();
        assert!(names(&shop, &format!("files/{id}")).contains(&kept.to_owned()), "{name}");
    }
    // In the other form of Unicode, and once more as it is
    shop.write("../e\u{301}.png", "a photo");
    shop.run(&["attach", &id, "../e\u{301}.png"]).ok().says(&["\u{e9}-2.png"]);
    shop.refused(&["attach", &id, "../photo.jpg"], 2).says(&["already exists"]);
    assert_eq!(shop.run(&["check"]).out, "");
    // What is lost may be attached again
    shop.shell(&format!("git rm -q files/{id}/photo.jpg && git commit -qm lost")).ok();
    shop.run(&["attach", &id, "../photo.jpg"]).ok();
    assert!(names(&shop, &format!("files/{id}")).contains(&"photo.jpg".to_owned()));
}

#[cfg(unix)]
#[test]
fn a_long_name_is_cut_before_its_ending() {
    let shop = TestLedger::new();
    let id = shop.case(&[]);
    // 80 characters of three bytes, then 15 more: 255 bytes; from the ledger on 22 + 95 characters
    let name = format!("{}{}.jpg", "茶".repeat(80), "x".repeat(11));
    shop.write(&format!("../{name}"), "a photo");
    shop.run(&["attach", &id, &format!("../{name}")]).ok();
    assert_eq!(names(&shop, &format!("files/{id}")), [name]);
    let name = format!("{}.jpg", "y".repeat(251));
    shop.write(&format!("../{name}"), "a photo");
    // 240 - 22 = 218, less the ending
    shop.run(&["attach", &id, &format!("../{name}")]).ok().says(&["kept as"]);
    assert!(names(&shop, &format!("files/{id}")).contains(&format!("{}.jpg", "y".repeat(214))));
    assert_eq!(shop.run(&["check"]).out, "");
}

#[cfg(unix)]
#[test]
fn a_name_that_fails_elsewhere_is_found() {
    let shop = TestLedger::new();
    let id = shop.case(&[]);
    let long = format!("files/{id}/{}", "z".repeat(219));
    for (path, said) in [
        (&*format!("files/{id}/a:b.png"), "`:`"),
        (&format!("files/{id}/con.jpg"), "device"),
        (&format!("files/{id}/COM¹"), "device"),
        (&format!("files/{id}/x?.png"), "`?`"),
        (&format!("files/{id}/dot."), "dot"),
        (&format!("files/{id}/space "), "space"),
        (&format!("files/{id}/a\u{202e}b"), "U+202E"),
        (&format!("files/{id}/a\nb"), "U+000A"),
        (&long, "240"),
        ("policy/aux.toml", "device"),
        ("calendar/a|b.toml", "`|`"),
        ("cases/new/nul.yaml", "device"),
        ("files/prn/x", "device"),
    ] {
        let shop = shop.copy();
        shop.write(path, "x");
        let found = shop.run(&["check", "--only", "unportable-name", "--format", "json"]);
        assert_eq!(
            found.out.matches("\"code\": \"unportable-name\"").count(),
            1,
            "{path}: {}{}",
            found.out,
            found.err
        );
        assert!(found.out.contains(said) && found.status != 0, "{path}: {}", found.out);
    }
    for (one, other) in [("A.jpg", "a.jpg"), ("straße", "STRASSE"), ("\u{e9}", "e\u{301}"), ("K", "\u{212a}")]
    {
        let shop = shop.copy();
        for name in [one, other] {
            shop.write(&format!("files/{id}/{name}"), "x");
        }
        let found = shop.refused(&["check", "--only", "unportable-name"], 1).out;
        assert_eq!(found.matches("unportable-name").count(), 1, "{found}");
        assert!(found.contains("same file"), "{found}");
    }
    let shop = shop.copy();
    shop.write("Cases/new/x", "");
    let found = shop.run(&["check", "--only", "unportable-name"]).out;
    assert!(found.contains("same file"), "{found}");
}

#[test]
fn names_that_every_system_takes_are_no_finding() {
    let shop = TestLedger::new();
    let id = shop.case(&[]);
    for name in ["茶杯 1.jpg", "console.log", "com10", "a.b.c", "(1) ~$x.docx", "é", "👩\u{200d}👧.png"]
    {
        shop.write(&format!("files/{id}/{name}"), "x");
    }
    assert_eq!(shop.run(&["check"]).ok().out, "");
}
