//! Random histories under random rules, lived through minute by minute.
//!
//! The simulation shares no code with the product: it has a life cycle, rules, hours and counters of its own.

mod life;
mod rules;

use proptest::prelude::*;

use self::life::Life;
use self::rules::{OFFICE, Rule, policy};
use super::{book_with, complaint};
use crate::case::{Event, EventName, Field, Stamp, Value};
use crate::policy::instances;

/// What an instance is told to be: start, state, decided, stopped, due where it is known, round.
type Told = (i64, &'static str, Option<i64>, Option<i64>, u32);

/// Something that happens, with what it says: pairs of a key and a word.
type Happens = (&'static str, &'static [(&'static str, &'static str)]);

/// What can happen; what is likely to matter stands here more than once.
const HAPPENINGS: &[Happens] = &[
    ("triaged", &[("urgency", "urgent"), ("category", "product/quality")]),
    ("triaged", &[("urgency", "general"), ("category", "service/speed"), ("complexity", "complex")]),
    ("amended", &[("urgency", "urgent")]),
    ("amended", &[("urgency", "general")]),
    ("amended", &[("complexity", "complex")]),
    ("amended", &[("complexity", "simple")]),
    ("amended", &[("category", "product/packaging")]),
    ("amended", &[("category", "service/attitude")]),
    ("contacted", &[]),
    ("waiting", &[]),
    ("waiting", &[]),
    ("resumed", &[]),
    ("resumed", &[]),
    ("escalated", &[("level", "supervisor")]),
    ("escalated", &[("level", "manager")]),
    ("accepted", &[]),
    ("resolved", &[]),
    ("followed-up", &[("outcome", "dissatisfied")]),
    ("followed-up", &[("outcome", "satisfied")]),
    ("followed-up", &[("outcome", "unreached")]),
    ("closed", &[]),
    ("rejected", &[]),
    ("reopened", &[]),
    ("reopened", &[]),
    ("marked", &[("milestone", "reported")]),
    ("marked", &[("milestone", "verified")]),
    ("noted", &[]),
];

/// Minute 0 is 08:50 on Monday, 23 November 2026, in Shanghai.
fn stamp(minute: i64) -> Stamp {
    let start: jiff::Timestamp = "2026-11-23T00:50:00Z".parse().unwrap();
    Stamp::new(start + jiff::SignedDuration::from_mins(minute), &jiff::tz::TimeZone::UTC)
}

fn event(minute: i64, (name, says): Happens) -> Event {
    let event = Event::new(EventName::of(name).unwrap(), stamp(minute));
    says.iter().fold(event, |event, (key, word)| {
        event.with(Field::of(key).unwrap(), Value::Text((*word).to_owned()))
    })
}

/// Events in the order of a file, which need not be that of their stamps; some are stamped before the receipt.
fn happenings() -> impl Strategy<Value = Vec<(i64, Happens)>> {
    let gap = prop_oneof![1 => Just(0), 6 => 0..40_i64, 1 => -20..0_i64];
    let drawn = prop::collection::vec((gap, prop::sample::select(HAPPENINGS)), 0..14);
    drawn.prop_map(|drawn| {
        let mut minute = 0;
        let mut lay = |(gap, happens)| {
            minute += gap;
            (minute, happens)
        };
        drawn.into_iter().map(&mut lay).collect()
    })
}

fn lived(rules: &[Rule], happenings: &[(i64, Happens)], now: i64) -> Vec<Told> {
    let mut ordered = happenings.to_vec();
    ordered.sort_by_key(|(minute, _)| *minute);
    let mut life = Life::new(rules);
    for (minute, happens) in ordered {
        let minute = minute.max(0);
        if minute > now {
            break;
        }
        while life.now < minute {
            life.pass();
        }
        life.happen(happens);
    }
    while life.now < now {
        life.pass();
    }
    life.at_the_end()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: ProptestConfig::default().cases * 2, ..ProptestConfig::default() })]

    #[test]
    fn clocks_agree_with_a_life_lived_minute_by_minute(
        rules in prop::collection::vec(rules::any_rule(), 1..4),
        happenings in happenings(),
        now in 0..420_i64,
    ) {
        let book = book_with(OFFICE, &policy(&rules));
        let receipt = Event::new(EventName::Received, stamp(0));
        let history = happenings.iter().map(|(minute, happens)| event(*minute, *happens));
        let case = complaint(std::iter::once(receipt).chain(history).collect());
        let until = stamp(now).instant();
        let replay = book.replay(&case, until).unwrap();
        let minute = |instant: jiff::Timestamp| instant.duration_since(stamp(0).instant()).as_mins();
        let found: Vec<Told> = instances(&replay, book.rules(&case), &book, until)
            .unwrap()
            .iter()
            .map(|clock| {
                let (decided, stopped) = (clock.decided.map(minute), clock.stopped.map(minute));
                (minute(clock.started), clock.state.word(), decided, stopped, clock.round)
            })
            .collect();
        prop_assert_eq!(found, lived(&rules, &happenings, now), "{}\n{:?} until {}", policy(&rules), happenings, now);
    }
}
