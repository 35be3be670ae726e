//! The content of `fb.toml`, and its errors.

use std::path::Path;

use crate::case::Names;
use crate::error::Finding;
use crate::lang::Text;
use crate::policy::Shop;

/// Lists with one name more and one name less than the shared ones.
const SHOP: &str = "
[shop]
name = 'shop'
timezone = 'Asia/Shanghai'

[git]
commit = false

[channels]
phone = false
kiosk = { en = 'kiosk', zh = '自助机' }
hotline = 'the red telephone'

[roles]
clerk = 'clerk'

[departments]
finance = false
kiln = { name = 'the kiln' }
glaze = {}

[people]
an = { name = 'An', email = 'an@example.org', role = 'clerk', department = 'kiln' }
bo = { role = 'manager' }
cy = { role = 'manager', department = 'glaze' }

[routing]
'product/' = 'glaze'
'product/quality' = 'kiln'

[volume]
2026-10 = 1600
";

fn shop() -> Shop {
    Shop::read(SHOP, Path::new("fb.toml")).unwrap()
}

/// `12:5 what is wrong`, for these lines below a correct shop.
fn wrong(lines: &str) -> Vec<String> {
    let text = format!("[shop]\nname = 'shop'\ntimezone = 'Asia/Shanghai'\n{lines}");
    let place = |finding: &Finding| (finding.place.line.unwrap(), finding.place.column.unwrap());
    let told = |finding: Finding| {
        let (line, column) = place(&finding);
        format!("{line}:{column} {}", finding.message)
    };
    Shop::read(&text, Path::new("fb.toml")).unwrap_err().into_iter().map(told).collect()
}

#[test]
fn a_shop_adds_to_the_shared_names_and_takes_away_from_them() {
    let names = shop().names;
    for (list, word, known) in [
        (Names::Channels, "phone", false),
        (Names::Channels, "email", true),
        (Names::Channels, "kiosk", true),
        (Names::Departments, "finance", false),
        (Names::Departments, "quality", true),
        (Names::Departments, "glaze", true),
        (Names::People, "an", true),
        (Names::People, "li", false),
        // Without a list of milestones, any may be named.
        (Names::Milestones, "reported", true),
    ] {
        assert_eq!(names.knows(list, word), known, "{word}");
    }
    for (list, word, label) in [
        (Names::Channels, "kiosk", Text::new("kiosk", "自助机")),
        (Names::Channels, "hotline", Text::same("the red telephone")),
        (Names::Departments, "kiln", Text::same("the kiln")),
        (Names::Departments, "glaze", Text::same("glaze")),
        (Names::People, "an", Text::same("An")),
        (Names::People, "bo", Text::same("bo")),
        (Names::Channels, "pigeon", Text::same("pigeon")),
    ] {
        assert_eq!(names.label(list, word), label, "{word}");
    }
    assert_eq!(names.nearest(Names::Channels, "kiosc"), Some("kiosk"));
    assert_eq!(names.nearest(Names::Channels, "pigeon"), None);
}

#[test]
fn people_are_found_by_what_they_are() {
    let shop = shop();
    assert!(!shop.commit);
    for (email, person) in [("an@example.org", Some("an")), ("AN@Example.org", Some("an")), ("bo", None)] {
        assert_eq!(shop.person_with_email(email), person, "{email}");
    }
    for (email, author) in [
        ("an@example.org", "an"),
        ("xu@elsewhere.org", "xu"),
        // This is not An, who has another address.
        ("an@elsewhere.org", "an@elsewhere.org"),
    ] {
        assert_eq!(shop.author(email), author);
    }
    // With two managers, neither is chosen.
    for (role, person) in [("clerk", Some("an")), ("manager", None), ("nobody", None)] {
        assert_eq!(shop.only_holder(role), person, "{role}");
    }
}

#[test]
fn a_category_goes_where_the_longest_entry_sends_it() {
    for (category, department) in [
        ("product/design", Some("glaze")),
        ("product/quality", Some("kiln")),
        ("product/quality/crack", Some("kiln")),
        ("product/quality-seal", Some("glaze")),
        ("product", None),
        ("service/speed", None),
    ] {
        assert_eq!(shop().route(category), department, "{category}");
    }
}

#[test]
fn a_day_begins_at_the_midnight_of_the_shop() {
    for (instant, day) in [("2026-10-31T15:59:59Z", "2026-10-31"), ("2026-10-31T16:00:00Z", "2026-11-01")] {
        assert_eq!(shop().day(instant.parse().unwrap()).to_string(), day);
    }
}

#[test]
fn everything_that_is_wrong_is_reported_at_its_place() {
    for (lines, told) in [
        ("language = 'fr'", "4:12 there is no language `fr`"),
        ("[git]\ncommit = 'no'", "5:10 `commit` must be true or false, not text"),
        ("[volum]", "4:2 `volum` is not a key of this file"),
        (
            "[channels]\nkiosk = 3",
            "5:9 `kiosk` must be a name in quotation marks, or in two languages, not a number",
        ),
        ("[departments]\nkiln = 'x'", "5:8 `kiln` must be a table, not text"),
        ("[departments.kiln]\nboss = 'x'", "5:1 `boss` is not a key of [departments.kiln]"),
        ("[people.an]\nrole = 'potter'", "5:8 there is no role `potter`"),
        ("[people.an]\ndepartment = 'kiln'", "5:14 there is no department `kiln`"),
        ("[people.an]\nage = 40", "5:1 `age` is not a key of [people.an]"),
        ("[routing]\n'product/' = 'kiln'", "5:14 there is no department `kiln`"),
        ("[volume]\n2026-13 = 1", "5:1 `2026-13` is not a month such as 2026-10"),
        ("[volume]\n2026-10 = 'many'", "5:11 `2026-10` must be a number, not text"),
        ("[volume]\n2026-10 = -1", "5:11 `2026-10` must be a whole number, 0 or more"),
        ("[volume]\n2026-10 = 1.5", "5:11 `2026-10` must be a whole number, 0 or more"),
    ] {
        assert_eq!(wrong(lines), [told], "{lines}");
    }
    let nothing = Shop::read("", Path::new("fb.toml")).unwrap_err();
    assert_eq!(nothing.len(), 1);
    assert_eq!(
        wrong("[people.an]\nrole = 'x'\ndepartment = 'y'\n[volume]\noctober = 1").len(),
        3,
        "all at once"
    );
}
