//! What is exported is read back, and no bytes are too odd.

use proptest::prelude::*;

use super::*;
use crate::case::{Customer, EventName, Field, Replay, Shape, Stamp, Value};
use crate::import::export;
use crate::privacy::Privacy;

fn words() -> impl Strategy<Value = String> {
    "['=+@a茶\",;-][a茶 \"'\n,;]{0,5}[a茶杯\"',]".prop_map(|words| words.replace('\n', " "))
}

fn stamp() -> impl Strategy<Value = Stamp> {
    // three days, so that stamps often coincide
    (0..72i64, prop_oneof![Just("Asia/Shanghai"), Just("UTC"), Just("America/New_York")]).prop_map(
        |(hour, zone)| {
            let instant = jiff::Timestamp::from_second(1_795_000_000 + hour * 3600).unwrap();
            Stamp::new(instant, &TimeZone::get(zone).unwrap())
        },
    )
}

fn value(field: Field) -> BoxedStrategy<Value> {
    match field.shape() {
        Shape::Text => words().prop_map(Value::Text).boxed(),
        Shape::Name(_) | Shape::Case => "[a-z]{1,4}".prop_map(Value::Text).boxed(),
        Shape::Names(_) => prop::collection::vec("[a-z]{1,4}", 1..3).prop_map(Value::List).boxed(),
        Shape::Choice(words) => prop::sample::select(words).prop_map(|word| Value::Text(word.into())).boxed(),
        Shape::Flag => any::<bool>().prop_map(Value::Flag).boxed(),
        Shape::Score => (1..=5u8).prop_map(Value::Score).boxed(),
        Shape::Money => (0..1_000_000i64).prop_map(|cents| Value::Money(crate::case::Money(cents))).boxed(),
        Shape::Moment => stamp().prop_map(Value::Moment).boxed(),
        Shape::Day => stamp().prop_map(|stamp| Value::Day(stamp.day())).boxed(),
    }
}

fn event(name: EventName) -> impl Strategy<Value = Event> {
    // an assignment names somebody, an amendment corrects something
    let certain = |field: &Field| {
        name.required().any(|required| required == *field)
            || [(EventName::Assigned, Field::Department), (EventName::Amended, Field::Justified)]
                .contains(&(name, *field))
    };
    let payload: Vec<_> = (name.required().chain(name.optional()))
        .map(|field| {
            let said = value(field).prop_map(move |value| (field, value));
            if certain(&field) { said.prop_map(Some).boxed() } else { prop::option::of(said).boxed() }
        })
        .collect();
    (stamp(), prop::option::of("[a-z]{1,4}"), payload).prop_map(move |(at, by, payload)| {
        let mut event = Event::new(name, at);
        event.by = by;
        event.payload = payload.into_iter().flatten().collect();
        event
    })
}

prop_compose! {
    fn case()(
        (kind, title, description, channel) in
            (prop::sample::select(&Kind::ALL[..]), words(), prop::option::of(words()), "[a-z]{1,4}"),
        (key, name, contact, tier) in (prop::option::of(words()), prop::option::of(words()),
            prop::option::of("[+]?[0-9]{7,11}"), prop::option::of(words())),
        (order, product, demand) in
            (prop::option::of(words()), prop::option::of(words()), prop::option::of(words())),
        tags in prop::collection::vec("[a茶]{1,3}", 0..3),
        receipt in event(EventName::Received),
        rest in prop::collection::vec(
            prop::sample::select(&EventName::ALL[1..]).prop_flat_map(event), 0..6),
    ) -> Case {
        let mut receipt = receipt;
        // this finds the person who hands a returned case over again
        receipt.by.get_or_insert_with(|| "li".to_owned());
        let mut rest = rest;
        rest.sort_by_key(|event| event.at.instant());
        Case {
            id: Id::parse("20261122-7k3q9x").unwrap(),
            kind, title, description, channel,
            customer: Customer { key, name, contact, tier },
            order, product, demand, tags,
            links: Vec::new(),
            external: Some("X".to_owned()),
            history: std::iter::once(receipt).chain(rest).collect(),
            unknown: Vec::new(),
        }
    }
}

/// The first stamp of every step that an exported row has a column for.
fn firsts(case: &Case) -> Vec<(EventName, jiff::Timestamp)> {
    use EventName::*;
    let steps = [
        Received, Triaged, Assigned, Accepted, Contacted, Diagnosed, Proposed, Approved, Escalated, Resolved,
        FollowedUp, Closed, Rejected, Reopened, Forwarded,
    ];
    let first = |name: EventName| case.history.iter().find(|event| event.name == name);
    steps.into_iter().filter_map(|name| first(name).map(|event| (name, event.at.instant()))).collect()
}

proptest! {
    #[test]
    fn an_exported_csv_is_read_back(case in case()) {
        let replay = Replay::whole(&case, &[]);
        let text = export::csv(&[export::ExportRow { case: &case, state: replay.state() }], Privacy::Revealed);
        let read = Sheet::csv(text.as_bytes(), Path::new("cases.csv")).unwrap();
        let imported = run(&read, None, &Map::default(), &[]).unwrap();
        prop_assert_eq!(findings(imported.findings()), [""; 0], "{}", text);
        let back = &imported.cases[0].1;
        prop_assert_eq!(firsts(back), firsts(&case));
        prop_assert_eq!(&Case { history: Vec::new(), ..back.clone() }, &Case { history: Vec::new(), ..case.clone() });
    }

    #[test]
    fn exported_json_lines_are_read_back_whole(case in case()) {
        let replay = Replay::whole(&case, &[]);
        let text = export::jsonl(&[export::ExportRow { case: &case, state: replay.state() }], Privacy::Revealed);
        let read = Sheet::jsonl(text.as_bytes(), Path::new("cases.jsonl")).unwrap();
        let imported = run(&read, None, &Map::default(), &[]).unwrap();
        prop_assert_eq!(findings(imported.findings()), [""; 0], "{}", text);
        let back = &imported.cases[0].1;
        let sorted = |case: &Case| {
            let mut case = case.clone();
            // an object keeps the keys of an event in no order of ours
            case.history.iter_mut().for_each(|event| event.payload.sort_by_key(|(field, _)| *field));
            case
        };
        prop_assert_eq!(sorted(back), sorted(&case));
    }

    #[test]
    fn no_bytes_are_too_odd(bytes in prop::collection::vec(any::<u8>(), 0..80), text in "[a,\"\r\n=é{}:;\\[\\]]{0,60}") {
        for bytes in [&bytes[..], text.as_bytes()] {
            for read in [Sheet::csv, Sheet::jsonl] {
                if let Ok(sheet) = read(bytes, Path::new("odd")) {
                    let _ = run(&sheet, Some(&sheet), &Map::default(), &[]);
                }
            }
            if let Ok(text) = std::str::from_utf8(bytes) {
                let _ = Map::read(text, Path::new("map.toml"));
            }
        }
    }
}

#[test]
fn an_exported_row_is_safe_and_can_be_masked() {
    let cases = sheet(
        "cases.csv",
        "kind,title,received,customer.name,customer.contact\ncomplaint,=1+1,2026-11-22,王女士,13800138000\n",
    );
    let imported = run(&cases, None, &Map::default(), &[]).unwrap();
    let case = &imported.cases[0].1;
    let replay = Replay::whole(case, &[]);
    let row = export::ExportRow { case, state: replay.state() };
    let text = export::csv(&[row], Privacy::Masked);
    let columns: Vec<&str> = text.lines().next().unwrap().split(',').collect();
    let cells: Vec<&str> = text.lines().nth(1).unwrap().split(',').collect();
    let cell = |name: &str| cells[columns.iter().position(|column| *column == name).unwrap()];
    assert_eq!(cell("title"), "'=1+1");
    assert_eq!(cell("status"), "new");
    assert_eq!(cell("round"), "1");
    assert_eq!(cell("received"), "2026-11-22T00:00:00+08:00");
    assert_eq!((cell("customer.name"), cell("customer.contact")), ("王**", "138****8000"));
    let json = export::jsonl(&[row], Privacy::Masked);
    assert_eq!(
        json,
        concat!(
            r#"{"id":"20261122-000000","kind":"complaint","title":"=1+1","channel":"other","#,
            r#""customer":{"name":"王**","contact":"138****8000"},"status":"new","round":1,"#,
            r#""received":"2026-11-22T00:00:00+08:00","#,
            r#""history":[{"event":"received","at":"2026-11-22T00:00:00+08:00"}]}"#,
            "\n"
        )
    );
}
