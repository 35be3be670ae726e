use super::event;
use crate::case::{EventName, Fault, Field, Id, Kind, Names, Stamp, Status, Value};

/// Event, what it must say, what it may say beside a note, and the statuses in which it can happen.
const TABLE: &[(&str, &str, &str, &str)] = &[
    ("received", "", "category urgency complexity department owner", "-"),
    ("triaged", "category urgency", "justified complexity priority open", "open"),
    ("assigned", "", "department owner expects due with open", "work"),
    ("accepted", "", "owner open", "work"),
    ("returned", "reason", "", "work"),
    ("contacted", "", "channel", "any"),
    ("diagnosed", "cause", "responsible", "open"),
    ("proposed", "remedy", "text cost", "work"),
    ("approved", "", "as", "proposed"),
    ("declined", "reason", "", "proposed"),
    ("waiting", "reason", "until", "open"),
    ("resumed", "", "", "waiting"),
    ("escalated", "reason", "level", "open"),
    ("resolved", "", "remedy cost text", "work"),
    ("followed-up", "outcome", "score open", "open"),
    ("closed", "", "lesson", "open closed"),
    ("rejected", "reason", "", "open"),
    ("voided", "reason", "of", "any"),
    ("reopened", "reason", "", "closed rejected"),
    ("forwarded", "to", "", "open"),
    (
        "amended",
        "reason",
        "category urgency complexity department owner justified priority cause responsible remedy cost level",
        "any",
    ),
    ("marked", "milestone", "", "any"),
    ("surveyed", "score", "", "any"),
    ("attached", "file", "", "any"),
    ("noted", "note", "merged", "any"),
];

fn words(fields: impl Iterator<Item = Field>) -> Vec<&'static str> {
    fields.map(Field::word).collect()
}

fn split(words: &str) -> Vec<&str> {
    words.split_whitespace().collect()
}

#[test]
fn every_event_carries_what_the_format_says() {
    assert_eq!(TABLE.len(), EventName::ALL.len());
    for (word, required, optional, _) in TABLE {
        let name = EventName::of(word).unwrap();
        assert_eq!(name.to_string(), *word);
        assert_eq!(words(name.required()), split(required), "{word}");
        assert_eq!(words(name.optional()), split(optional), "{word}");
        for field in Field::ALL {
            let welcome =
                [*required, *optional, "note"].iter().any(|keys| split(keys).contains(&field.word()));
            assert_eq!(name.takes(*field), welcome, "{word} {field}");
        }
    }
}

#[test]
fn every_event_happens_where_the_format_says() {
    for (word, _, _, statuses) in TABLE {
        let name = EventName::of(word).unwrap();
        for status in Status::ALL {
            let happens = split(statuses).iter().any(|allowed| match *allowed {
                "any" => true,
                "open" => !["closed", "rejected"].contains(&status.word()),
                "work" => !["closed", "rejected", "resolved"].contains(&status.word()),
                word => word == status.word(),
            });
            assert_eq!(name.from().allows(status), happens, "{word} in {status}");
        }
    }
}

/// Attribute of an imported row, and the events that can say it, the fittest first.
const CARRIERS: &[(&str, &str)] = &[
    ("category urgency complexity department owner", "received"),
    ("justified priority", "triaged"),
    ("expects due with", "assigned"),
    ("until", "waiting"),
    ("channel", "contacted"),
    ("cause responsible", "diagnosed"),
    ("remedy cost text", "resolved proposed"),
    ("as", "approved"),
    ("level", "escalated"),
    ("reason", "rejected reopened escalated declined returned waiting voided"),
    ("outcome", "followed-up"),
    ("score", "surveyed followed-up"),
    ("lesson", "closed"),
    ("to", "forwarded"),
    ("milestone", "marked"),
    ("file", "attached"),
    ("note", "noted received"),
    ("merged", "noted"),
    ("of", "voided"),
];

#[test]
fn every_attribute_of_an_imported_row_has_events_that_can_say_it() {
    // `open` is no attribute of a case: an imported history is read as it is.
    for field in Field::ALL.iter().filter(|field| **field != Field::Open) {
        let row = CARRIERS.iter().find(|(fields, _)| split(fields).contains(&field.word()));
        let (_, events) = row.unwrap_or_else(|| panic!("no row of the table has {field}"));
        let carriers: Vec<_> = field.carriers().into_iter().map(EventName::word).collect();
        assert_eq!(carriers, split(events), "{field}");
    }
}

#[test]
fn the_attributes_of_an_export_are_what_is_decided_and_what_was_said_of_it() {
    let exported = Field::ALL.iter().copied().filter(|field| field.is_exported());
    let expected = "category urgency complexity department owner justified priority reason cause responsible remedy \
                    cost level outcome score to";
    assert_eq!(words(exported), split(expected));
}

#[test]
fn only_steps_towards_a_remedy_are_of_one_round() {
    let of_a_round: Vec<_> =
        EventName::ALL.iter().filter(|name| name.of_a_round()).map(|n| n.word()).collect();
    assert_eq!(of_a_round, ["proposed", "approved", "resolved", "followed-up"]);
}

#[test]
fn what_an_event_lacks() {
    for (line, faults) in [
        ("triaged 0 category=product/quality urgency=urgent", vec![]),
        ("triaged 0 category=product/quality", vec![Fault::Missing(Field::Urgency)]),
        ("triaged 0", vec![Fault::Missing(Field::Category), Fault::Missing(Field::Urgency)]),
        ("assigned 0", vec![Fault::NobodyAssigned]),
        ("assigned 0 department=quality", vec![]),
        ("assigned 0 owner=li", vec![]),
        ("amended 0 reason=wrong", vec![Fault::NothingAmended]),
        ("amended 0 reason=wrong note=twice", vec![Fault::NothingAmended]),
        ("amended 0 reason=wrong owner=li", vec![]),
        ("amended 0 owner=li", vec![Fault::Missing(Field::Reason)]),
        ("contacted 0", vec![]),
    ] {
        assert_eq!(event(line).faults(), faults, "{line}");
    }
}

#[test]
fn what_a_policy_can_name_behind_a_colon() {
    for (line, value, says) in [
        ("followed-up 0 outcome=satisfied", "satisfied", true),
        ("followed-up 0 outcome=satisfied", "dissatisfied", false),
        ("followed-up 0", "satisfied", false),
        ("escalated 0 level=manager", "manager", true),
        ("approved 0 as=quality-lead", "quality-lead", true),
        ("triaged 0 justified=true", "justified", true),
        ("triaged 0 justified=true", "unjustified", false),
        ("triaged 0 justified=false", "unjustified", true),
        ("triaged 0 justified=false", "justified", false),
        ("resolved 0 remedy=refund", "refund", true),
        ("proposed 0 remedy=refund", "exchange", false),
        // Only the key that belongs to the event counts.
        ("resolved 0 text=refund", "refund", false),
        ("noted 0 note=refund", "refund", false),
    ] {
        assert_eq!(event(line).says(value), says, "{line}: {value}");
    }
}

#[test]
fn what_stands_behind_a_key() {
    let event = event("followed-up 0 outcome=satisfied score=4 cost=59.90 justified=false");
    assert_eq!(event.score(), Some(4));
    assert_eq!(event.flag(Field::Justified), Some(false));
    assert_eq!(event.text(Field::Outcome), Some("satisfied"));
    assert_eq!((event.flag(Field::Score), event.text(Field::Score)), (None, None));
    let none = super::event("noted 0");
    assert_eq!((none.score(), none.flag(Field::Justified)), (None, None));
    assert!(Value::read(Field::Note.shape(), vec![" \t".to_owned()], false).is_none(), "words are not empty");
}

#[test]
fn what_an_event_takes_from_the_lists_of_the_shop() {
    let event = event("assigned 0 department=quality owner=li expects=why with=service,warehouse note=quick");
    let expected = [
        (Field::Department, Names::Departments, "quality"),
        (Field::Owner, Names::People, "li"),
        (Field::With, Names::Departments, "service"),
        (Field::With, Names::Departments, "warehouse"),
    ];
    assert_eq!(event.names().collect::<Vec<_>>(), expected);
}

#[test]
fn names_are_written_as_they_are_read() {
    for kind in Kind::ALL {
        assert_eq!(Kind::of(&kind.to_string()), Some(kind));
    }
    for status in Status::ALL {
        assert_eq!(Status::of(&status.to_string()), Some(status));
    }
    assert_eq!(Id::parse("20261123-7k3q9x").unwrap().to_string(), "20261123-7k3q9x");
    let told =
        |line: &str| event(line).payload.iter().map(|(_, value)| value.to_string()).collect::<Vec<_>>();
    assert_eq!(told("resolved 0 remedy=refund cost=120.5"), ["refund", "120.50"]);
    assert_eq!(told("triaged 0 justified=true"), ["true"]);
    assert_eq!(told("assigned 0 due=2026-11-24T18:00:00+08:00"), ["2026-11-24T18:00:00+08:00"]);
    assert_eq!(Value::List(vec!["li".to_owned(), "wu".to_owned()]).to_string(), "li, wu");
}

#[test]
fn stamps_are_the_same_if_the_instant_is() {
    let stamp = |word: &str| Stamp::parse(word).unwrap();
    assert_eq!(stamp("2026-11-23T09:00:00+08:00"), stamp("2026-11-23T01:00:00Z"));
    assert_ne!(stamp("2026-11-23T09:00:00+08:00"), stamp("2026-11-23T09:00:00Z"));
}
