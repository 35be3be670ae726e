//! What is written is read back unchanged, no matter what people type.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

use super::super::compose;
use super::{EXAMPLE, case};
use crate::case::{Case, Customer, Event, EventName, Field, Id, Kind, Money, Shape, Stamp, Value};

#[test]
fn the_layout_is_that_of_the_format() {
    // The example without its comments; a number that is a text gets quotes, a text that is not a number loses them.
    let expected = EXAMPLE
        .replace("            # pseudonymous; the same customer has the same key", "")
        .replace("         # the remedy that the customer asks for", "")
        .replace("13800138000", "\"13800138000\"")
        .replace("\"E2026112200017\"", "E2026112200017");
    assert_eq!(compose(&case(EXAMPLE)), expected);
}

#[test]
fn lists_and_typed_values_are_written_plainly() {
    let mut case = case(EXAMPLE);
    case.tags = vec!["碎裂".into(), "a, b".into()];
    case.links = vec!["20261101-abc123".into()];
    case.history.truncate(1);
    let at = Stamp::parse("2026-11-23T09:00:00+08:00").unwrap();
    let event = Event { recorded: Some(at), ..Event::new(EventName::Resolved, at) }
        .with(Field::Remedy, Value::Text("refund".into()))
        .with(Field::Cost, Value::Money(Money(12_050)))
        .with(Field::Text, Value::Text("第一步\n第二步".into()));
    case.history.push(event);
    let text = compose(&case);
    let tail = "\
tags: [碎裂, \"a, b\"]
links: [20261101-abc123]
history:
  - received: 2026-11-22T09:31:00+08:00
    by: li.na
  - resolved: 2026-11-23T09:00:00+08:00
    recorded: 2026-11-23T09:00:00+08:00
    remedy: refund
    cost: 120.50
    text: |-
      第一步
      第二步
";
    assert!(text.ends_with(tail), "{text}");
}

/// Words that some reader takes for something else, and everything else that can be typed or pasted.
pub(super) fn words() -> impl Strategy<Value = String> {
    const NASTY: &[&str] = &[
        "no",
        "~",
        "null",
        "012",
        "1e3",
        "2026-01-01",
        "- a",
        "# b",
        "a: b",
        "a #b",
        "|",
        "> x",
        "'",
        "\"",
        "\\",
        "*a",
        "&a",
        "!t",
        "<<",
        "%x",
        "@x",
        "[a",
        "{a",
        "---",
        "...",
        "a\n---\nb",
        "a\n\n",
        "\n",
        " a\nb",
        "a \nb ",
        "a\n \nb",
        "a\r\nb",
        "\ta\n\tb",
        "🫖",
        "\u{feff}a",
        "a\u{85}b\n",
        "a\u{2028}b\nc",
        "\u{0}\u{7}\u{1b}[31m",
        "<<<<<<< HEAD\n=======\n",
        "\u{202e}abc",
        "true\n",
        "? a",
        "a:",
        ": a",
        "\u{a0}a\u{a0}",
        "\u{3000}a\n\u{3000}b",
        "=",
        "=======",
    ];
    prop_oneof![
        proptest::sample::select(NASTY).prop_map(|text| (*text).to_owned()),
        proptest::string::string_regex("\\PC{1,20}").unwrap(),
        any::<String>(),
        vec(any::<char>(), 1..8).prop_map(String::from_iter),
        proptest::string::string_regex("([ \t]{0,2}[a茶#:|>-]{0,3}[ ]?\n){0,4}[a ]{0,3}").unwrap(),
        Just("长".repeat(300)),
    ]
}

/// Words that are not empty.
fn telling() -> impl Strategy<Value = String> {
    words().prop_filter("blank", |text| !text.trim().is_empty())
}

fn some() -> impl Strategy<Value = Option<String>> {
    // `""` is read as absent.
    option::of(words().prop_filter("empty", |text| !text.is_empty()))
}

fn stamp() -> impl Strategy<Value = Stamp> {
    (0..4_000_000_000_i64, -18_i32..=18).prop_map(|(second, hours)| {
        let zone = jiff::tz::Offset::from_seconds(hours * 1_800).unwrap().to_time_zone();
        Stamp::new(jiff::Timestamp::from_second(second).unwrap(), &zone)
    })
}

fn value(field: Field) -> BoxedStrategy<Value> {
    match field.shape() {
        Shape::Text | Shape::Name(_) | Shape::Case => telling().prop_map(Value::Text).boxed(),
        Shape::Names(_) => {
            let name = words().prop_filter("empty", |text| !text.is_empty());
            vec(name, 1..3).prop_map(Value::List).boxed()
        }
        Shape::Choice(words) => {
            proptest::sample::select(words).prop_map(|word| Value::Text(word.to_owned())).boxed()
        }
        Shape::Flag => any::<bool>().prop_map(Value::Flag).boxed(),
        Shape::Score => (1..=5_u8).prop_map(Value::Score).boxed(),
        Shape::Money => (0..100_000_000_000_i64).prop_map(|sum| Value::Money(Money(sum))).boxed(),
        Shape::Moment => stamp().prop_map(Value::Moment).boxed(),
        Shape::Day => stamp().prop_map(|stamp| Value::Day(stamp.day())).boxed(),
    }
}

pub(super) fn event(name: EventName) -> impl Strategy<Value = Event> {
    let payload: Vec<_> = name
        .required()
        .chain(name.optional())
        .map(|field| {
            let value = value(field).prop_map(move |value| (field, value));
            // An owner too: `assigned` and `amended` need one of several keys.
            let always = name.required().any(|required| required == field) || field == Field::Owner;
            if always { value.prop_map(Some).boxed() } else { option::of(value).boxed() }
        })
        .collect();
    (stamp(), some(), option::of(stamp()), payload).prop_map(move |(at, by, recorded, payload)| Event {
        by,
        recorded,
        payload: payload.into_iter().flatten().collect(),
        ..Event::new(name, at)
    })
}

pub(super) fn any_event() -> impl Strategy<Value = Event> {
    proptest::sample::select(EventName::ALL).prop_flat_map(event)
}

pub(super) fn any_case() -> impl Strategy<Value = Case> {
    let intake = (telling(), some(), telling(), some(), some(), some(), some());
    let customer = (some(), some(), some(), some());
    let list = || vec(words().prop_filter("empty", |text| !text.is_empty()), 0..3);
    let history = (event(EventName::Received), vec(any_event(), 0..4));
    (any::<u32>(), proptest::sample::select(&Kind::ALL[..]), intake, customer, list(), list(), history)
        .prop_map(|(random, kind, intake, (key, name, contact, tier), tags, links, (first, events))| {
            let (title, description, channel, order, product, demand, external) = intake;
            let mut history = vec![first];
            history.extend(events);
            Case {
                id: Id::new(jiff::civil::date(2026, 11, 22), random),
                kind,
                title,
                description,
                channel,
                customer: Customer { key, name, contact, tier },
                order,
                product,
                demand,
                tags,
                links,
                external,
                history,
                unknown: Vec::new(),
            }
        })
}

proptest! {
    #[test]
    fn what_is_written_is_read_as_the_same_case(written in any_case()) {
        let text = compose(&written);
        // As they print: the offset of a stamp is read back too.
        prop_assert_eq!(format!("{:?}", case(&text)), format!("{written:?}"), "{}", text);
        prop_assert!(text.ends_with('\n') && !text.contains('\r'));
    }

    /// Other tools see no number, date or truth value where a text was meant.
    #[test]
    fn another_reader_sees_the_same_texts(written in any_case()) {
        let text = compose(&written);
        let read: serde_yaml::Value = serde_yaml::from_str(&text).unwrap();
        prop_assert_eq!(read["title"].as_str(), Some(&*written.title), "{}", text);
        prop_assert_eq!(read["description"].as_str(), written.description.as_deref(), "{}", text);
        prop_assert_eq!(read["id"].as_str(), Some(written.id.as_str()));
        for (read, event) in read["history"].as_sequence().unwrap().iter().zip(&written.history) {
            let stamp = event.at.to_string();
            prop_assert_eq!(read[event.name.word()].as_str(), Some(&*stamp));
            for (field, value) in &event.payload {
                if let Value::Text(words) = value {
                    prop_assert_eq!(read[field.word()].as_str(), Some(&**words), "{}", text);
                }
            }
        }
    }
}
