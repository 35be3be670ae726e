use proptest::prelude::*;

use super::*;

fn person(name: &str) -> NewValue {
    NewValue::Table(vec![("name", NewValue::Text(name.to_owned())), ("clerk", NewValue::Flag(true))])
}

/// The file with a person `bo.li`, who has a table, and with a channel, which is a line.
fn with_both(text: &str) -> [Option<String>; 2] {
    let person = insert(text, &["people"], &[("bo.li", person("Bo"))]);
    let channel = insert(text, &["channels"], &[("wechat", NewValue::Text("微信".to_owned()))]);
    [person, channel].map(|found| found.map(|found| found.applied_to(text)))
}

/// Each file as it is before and after, written by hand.
#[test]
fn an_entry_is_written_as_its_neighbours_are() {
    let section = "[people.\"bo.li\"]\nname = \"Bo\"\nclerk = true\n";
    for (before, after) in [
        ("", section.to_owned()),
        ("# a\n", format!("# a\n\n{section}")),
        ("[git]", format!("[git]\n\n{section}")),
        ("[git]\n\n", format!("[git]\n\n{section}")),
        ("[people.an] # first\nname = \"An\" # x\n[git]\n", {
            format!("[people.an] # first\nname = \"An\" # x\n\n{section}\n[git]\n")
        }),
        // A comment that touches An is hers; one that touches [git] is not
        ("[people.an]\n# email = 1\n\n[git]\n", format!("[people.an]\n# email = 1\n\n{section}\n[git]\n")),
        ("[people.an]\n# of git\n[git]\n", format!("[people.an]\n\n{section}\n# of git\n[git]\n")),
        ("[people.an]\n[git]\n[people.cy.x]\na.b = \"\"\"\n[x]\n\"\"\"\n", {
            format!("[people.an]\n[git]\n[people.cy.x]\na.b = \"\"\"\n[x]\n\"\"\"\n\n{section}")
        }),
        ("[people]\n", format!("[people]\n\n{section}")),
        ("[people]\nan = { name = \"An\" }\n\n[git]\n", {
            "[people]\nan = { name = \"An\" }\n\"bo.li\" = { name = \"Bo\", clerk = true }\n\n[git]\n"
                .to_owned()
        }),
        ("[people]\nan.name = \"An\"\n[git]\n", format!("[people]\nan.name = \"An\"\n\n{section}\n[git]\n")),
        ("people.an.name = \"An\"\nx = 1\n[git]\n", {
            "people.an.name = \"An\"\npeople.\"bo.li\" = { name = \"Bo\", clerk = true }\nx = 1\n[git]\n"
                .to_owned()
        }),
        ("people = {}\n", "people = { \"bo.li\" = { name = \"Bo\", clerk = true } }\n".to_owned()),
        ("people = { an.name = \"An\" } # all\n", {
            "people = { an.name = \"An\", \"bo.li\" = { name = \"Bo\", clerk = true } } # all\n".to_owned()
        }),
        ("people = {\n  an = {}, # An\n}\n", {
            "people = {\n  an = {}, \"bo.li\" = { name = \"Bo\", clerk = true }, # An\n}\n".to_owned()
        }),
        ("\u{feff}[git]\r\ncommit = true", {
            format!("\u{feff}[git]\r\ncommit = true\r\n\r\n{}", section.replace('\n', "\r\n"))
        }),
    ] {
        assert_eq!(with_both(before)[0].as_deref(), Some(after.as_str()), "{before}");
    }
    for (before, after) in [
        ("", "[channels]\nwechat = \"微信\"\n"),
        ("[channels]\n# none\n\n[git]\n", "[channels]\n# none\nwechat = \"微信\"\n\n[git]\n"),
        ("[channels]\na = 1 # x\n[channels.b]\nen = \"B\"\n", {
            "[channels]\na = 1 # x\nwechat = \"微信\"\n[channels.b]\nen = \"B\"\n"
        }),
        ("[channels.b]\nen = \"B\"\n", "[channels.b]\nen = \"B\"\n\n[channels]\nwechat = \"微信\"\n"),
        ("channels.a = 1\nx = 1", "channels.a = 1\nchannels.wechat = \"微信\"\nx = 1"),
        ("channels.a = 1", "channels.a = 1\nchannels.wechat = \"微信\"\n"),
        ("channels = { # none\n}\n", "channels = { wechat = \"微信\" # none\n}\n"),
    ] {
        assert_eq!(with_both(before)[1].as_deref(), Some(after), "{before}");
    }
}

#[test]
fn what_cannot_take_an_entry_is_left() {
    for text in ["people = 1\n", "[[people]]\n", "people = []\n", "[people\n", "[people.\"bo.li\"]\n"] {
        assert_eq!(with_both(text)[0], None, "{text}");
    }
    assert_eq!(insert("[years]\n", &["years", "2026"], &[("workdays", NewValue::Number(1))]), None);
}

#[test]
fn several_come_in_at_once() {
    let two = [("a", NewValue::Number(1)), ("b c", NewValue::Number(2))];
    let added = |text: &str| insert(text, &["volume"], &two).unwrap().applied_to(text);
    assert_eq!(added(""), "[volume]\na = 1\n\"b c\" = 2\n");
    assert_eq!(added("volume = {x = 0}\n"), "volume = {x = 0, a = 1, \"b c\" = 2}\n");
    assert_eq!(added("volume.x = 0\n"), "volume.x = 0\nvolume.a = 1\nvolume.\"b c\" = 2\n");
    let two = [("a", NewValue::Table(Vec::new())), ("b", NewValue::Table(Vec::new()))];
    assert_eq!(insert("", &["people"], &two).unwrap().applied_to(""), "[people.a]\n\n[people.b]\n");
}

#[test]
fn a_list_grows_at_its_end() {
    let grown = |text: &str| extend(text, &["years", "2026", "holidays"], &["x".into(), "y".into()]);
    for (before, after) in [
        ("[years.2026]\nholidays = []\n", "[years.2026]\nholidays = [\"x\", \"y\"]\n"),
        (
            "years.2026.holidays = [\n  \"a\", # A\n]",
            "years.2026.holidays = [\n  \"a\", \"x\", \"y\", # A\n]",
        ),
        (
            "\u{feff}years = {2026.holidays = [\"a\"]}",
            "\u{feff}years = {2026.holidays = [\"a\", \"x\", \"y\"]}",
        ),
        ("[years.2026]\nholidays = [ # none\n]\n", "[years.2026]\nholidays = [\"x\", \"y\" # none\n]\n"),
    ] {
        assert_eq!(grown(before).unwrap().applied_to(before), after);
    }
    assert_eq!(grown("[years.2026]\nholidays = 1\n"), None);
    assert_eq!(grown("[years.2026]\n"), None);
}

#[test]
fn lines_have_their_comments_in_a_column() {
    let list = [("2027-01-01..2027-01-03", "元旦"), ("2027-02-06", ""), ("2027-05-01", "劳动节")];
    let list = list.map(|(text, comment)| (text.to_owned(), comment.to_owned())).to_vec();
    let year = NewValue::Table(vec![("holidays", NewValue::Lines(list))]);
    let file = insert("", &["years"], &[("2027", year)]).unwrap().applied_to("");
    assert_eq!(
        file,
        "[years.2027]\nholidays = [\n  \"2027-01-01..2027-01-03\", # 元旦\n  \"2027-02-06\",\n  \"2027-05-01\",             # 劳动节\n]\n"
    );
}

#[test]
fn a_key_has_its_place() {
    let text = "\u{feff}[people]\r\n\"li.na\".name = 1\r\nbo = false\r\n";
    assert_eq!(place(text, &["people", "li.na"], "fb.toml").unwrap().to_string(), "fb.toml:2:1");
    assert_eq!(place(text, &["people", "an"], "fb.toml"), None);
    assert!(is_false(text, &["people", "bo"]) && !is_false(text, &["people", "li.na"]));
}

/// Parts of a file; the tables of different parts do not meet.
fn parts() -> impl Strategy<Value = String> {
    let first = prop::sample::select(vec![
        "",
        "# Ours\n\n",
        "volume = { 2026-09 = 1 }\n",
        "people.an.name = \"An\" # first\n",
        "people.an = { name = \"An\" }\nrouting.\"product/\" = 'x'\n",
        "people = { an = { name = \"An\" }, \"li.na\".name = '李娜', } # all\n",
        "people = { # nobody\n}\n",
        "channels = {\n  # one\n  a = \"A\" # a\n  , }\n",
    ]);
    let people = prop::sample::select(vec![
        "",
        "[people]\n",
        "[people] # staff\n# nobody yet\n",
        "[people.an]\nname = \"\"\"\n[people.bo]\n\"\"\"\n",
        "[people.'li.na']\n  name = \"李娜\"\n# clerk = true\n\n",
        "[people]\n\"li.na\".name = \"李娜\"\n\"li.na\".clerk = true\n",
        "[people]\nan = {}\n\n\n# end of people\n\n",
        "[ people . \"li.na\" ]\t# spaces\nname=\"x\"#no space\n[people.bo]\n",
    ]);
    let others = prop::sample::select(vec![
        "",
        "[git]\ncommit = true\n",
        "[channels]\na = \"A\"\n[channels.b]\nen = \"B\"\nzh = \"乙\"\n",
        "[channels.b]\nen = \"B\"\n# the end of b\n[departments.quality]\n",
        "\n\n# alone\n\n[routing]\n\"product/\" = \"quality\" # x\n",
        "[[x]]\na = [ [1], { b = 2 } ]\n[x.y]\n[[x]]\n",
    ]);
    (first, people, others, 0..2usize, any::<bool>(), any::<bool>(), any::<bool>()).prop_map(
        |(first, people, others, order, bom, crlf, cut)| {
            let parts = if order == 0 { [first, people, others] } else { [first, others, people] };
            let mut text = parts.concat();
            if cut {
                text = text.trim_end().to_owned();
            }
            if crlf {
                text = text.replace('\n', "\r\n");
            }
            format!("{}{text}", if bom { "\u{feff}" } else { "" })
        },
    )
}

proptest! {
    /// Whatever valid file it is: the entry is in it, everything else is read as before, and if the added bytes are
    /// taken out again, the file is the same.
    #[test]
    fn every_byte_stays(text in parts(), is_person in any::<bool>()) {
        let plain = text.trim_start_matches('\u{feff}');
        let Ok(before) = plain.parse::<toml::Table>() else { return Ok(()) };
        let (table, key, value) = match is_person {
            true => ("people", "wang.li", person("王丽")),
            false => ("channels", "wechat", NewValue::Text("微信".to_owned())),
        };
        let found = insert(&text, &[table], &[(key, value)]);
        let found = found.unwrap_or_else(|| panic!("refused:\n{text}"));
        let after = found.applied_to(&text);
        let mut read: toml::Table = after.trim_start_matches('\u{feff}').parse().unwrap();
        let in_table = read[table].as_table_mut().unwrap();
        let added = in_table.remove(key).unwrap();
        match is_person {
            true => assert_eq!(added["name"].as_str(), Some("王丽")),
            false => assert_eq!(added.as_str(), Some("微信")),
        }
        if in_table.is_empty() && !before.contains_key(table) {
            read.remove(table);
        }
        prop_assert_eq!(read, before);
        let rest = [&after[..found.at], &after[found.at + found.text.len()..]].concat();
        prop_assert_eq!(&rest, &text);
        prop_assert!(!text.contains('\r') || after.matches('\n').count() == after.matches("\r\n").count());
    }
}
