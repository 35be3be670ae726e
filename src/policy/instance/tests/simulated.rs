//! Random histories under random rules, simulated minute by minute, and second by second.
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

/// The expected instance: start, state, decided, stopped, due if it is known, round.
type Told = (i64, &'static str, Option<i64>, Option<i64>, u32);

/// An event with its data: pairs of a key and a word.
type Happens = (&'static str, &'static [(&'static str, &'static str)]);

/// The possible events; those that are likely to matter appear more than once.
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

/// Tick 0 is 08:50 on Monday, 23 November 2026, in Shanghai; this many ticks are a minute.
fn stamp(tick: i64, ticks: i64) -> Stamp {
    let start: jiff::Timestamp = "2026-11-23T00:50:00Z".parse().unwrap();
    Stamp::new(start + jiff::SignedDuration::from_secs(tick * 60 / ticks), &jiff::tz::TimeZone::UTC)
}

fn event(tick: i64, ticks: i64, (name, says): Happens) -> Event {
    let event = Event::new(EventName::of(name).unwrap(), stamp(tick, ticks));
    says.iter().fold(event, |event, (key, word)| {
        event.with(Field::of(key).unwrap(), Value::Text((*word).to_owned()))
    })
}

/// Events in the order of a file, which need not be that of their stamps; some are stamped before the receipt. The times
/// are in ticks.
fn happenings(ticks: i64) -> impl Strategy<Value = Vec<(i64, Happens)>> {
    let gap = prop_oneof![1 => Just(0), 6 => 0..40 * ticks, 1 => -20 * ticks..0];
    let drawn = prop::collection::vec((gap, prop::sample::select(HAPPENINGS)), 0..14);
    drawn.prop_map(|drawn| {
        let mut tick = 0;
        let mut lay = |(gap, happens)| {
            tick += gap;
            (tick, happens)
        };
        drawn.into_iter().map(&mut lay).collect()
    })
}

fn lived(rules: &[Rule], ticks: i64, happenings: &[(i64, Happens)], now: i64) -> Vec<Told> {
    let mut ordered = happenings.to_vec();
    ordered.sort_by_key(|(tick, _)| *tick);
    let mut life = Life::new(rules, ticks);
    for (tick, happens) in ordered {
        let tick = tick.max(0);
        if tick > now {
            break;
        }
        while life.now < tick {
            life.pass();
        }
        life.happen(happens);
    }
    while life.now < now {
        life.pass();
    }
    life.at_the_end()
}

/// The product's result for the same history.
fn told(rules: &[Rule], ticks: i64, happenings: &[(i64, Happens)], now: i64) -> Vec<Told> {
    let book = book_with(OFFICE, &policy(rules));
    let receipt = Event::new(EventName::Received, stamp(0, ticks));
    let history = happenings.iter().map(|(tick, happens)| event(*tick, ticks, *happens));
    let case = complaint(std::iter::once(receipt).chain(history).collect());
    let until = stamp(now, ticks).instant();
    let replay = book.replay(&case, until).unwrap();
    let tick =
        |instant: jiff::Timestamp| instant.duration_since(stamp(0, ticks).instant()).as_secs() * ticks / 60;
    instances(&replay, book.rules(&case), &book, until)
        .iter()
        .map(|clock| {
            let (decided, stopped) = (clock.decided.map(tick), clock.stopped.map(tick));
            (tick(clock.started), clock.state.word(), decided, stopped, clock.round)
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: ProptestConfig::default().cases * 2, ..ProptestConfig::default() })]

    #[test]
    fn clocks_agree_with_a_life_lived_minute_by_minute(
        rules in prop::collection::vec(rules::any_rule(), 1..4),
        happenings in happenings(1),
        now in 0..420_i64,
    ) {
        let (found, expected) = (told(&rules, 1, &happenings, now), lived(&rules, 1, &happenings, now));
        prop_assert_eq!(found, expected, "{}\n{:?} until {}", policy(&rules), happenings, now);
    }
}

proptest! {
    #[test]
    fn clocks_agree_with_a_life_lived_second_by_second(
        rules in prop::collection::vec(rules::any_rule(), 1..4),
        happenings in happenings(60),
        now in 0..25_200_i64,
    ) {
        let (found, expected) = (told(&rules, 60, &happenings, now), lived(&rules, 60, &happenings, now));
        prop_assert_eq!(found, expected, "{}\n{:?} until {}", policy(&rules), happenings, now);
    }
}
