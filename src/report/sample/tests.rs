use std::collections::BTreeMap;

use jiff::civil::date;

use super::super::example::{book, case, period, view};
use super::*;

fn ended(number: u32) -> Case {
    case(number, Kind::Complaint, "received 05-01 09:00; closed 05-02 09:00")
}

fn draw<'a>(view: &View<'a>, period: &Period, size: usize, seed: &str) -> Vec<&'a str> {
    let sample = Sample::draw(view, period, &Sample::KINDS, size, seed);
    sample.members.iter().map(|member| member.case.id.as_str()).collect()
}

/// The numbers were worked out by an independent program in another language from the definition.
#[test]
fn a_draw_is_the_same_in_every_version() {
    let id = |word: &str| Id::parse(word).unwrap();
    for (seed, word, expected) in [
        ("2026-H1", "20260501-000000", 0xe6a1_af83_bef6_f65b),
        ("2026-H1", "20260501-7k3q9x", 0xded0_d0bf_5954_3706),
        ("S", "20260501-000000", 0x8f1a_0a12_85dc_b020),
        ("上半年", "20260501-7k3q9x", 0x6b9c_c150_f53b_d318),
    ] {
        assert_eq!(number(seed, &id(word)), expected, "{seed} {word}");
    }
    let (book, cases) = (book(), (0..8).map(ended).collect::<Vec<_>>());
    let half = period("2026-H1", &book);
    let mut cases: Vec<&Case> = cases.iter().collect();
    let digits = |drawn: Vec<&str>| drawn.iter().map(|id| id[9..10].to_owned()).collect::<String>();
    assert_eq!(digits(draw(&view(&cases, &book, &half), &half, 8, "2026-H1")), "26374501");
    // The order of the files does not matter.
    cases.reverse();
    assert_eq!(digits(draw(&view(&cases, &book, &half), &half, 8, "S")), "67241035");
}

#[test]
fn a_larger_sample_begins_with_the_smaller_one() {
    let (book, cases) = (book(), (0..30).map(ended).collect::<Vec<_>>());
    let cases: Vec<&Case> = cases.iter().collect();
    let half = period("2026-H1", &book);
    let view = view(&cases, &book, &half);
    let all = draw(&view, &half, usize::MAX, "S");
    assert_eq!(all.len(), 30);
    for size in 0..30 {
        assert_eq!(draw(&view, &half, size, "S"), all[..size]);
    }
    assert_ne!(draw(&view, &half, 30, "T"), all);
}

#[test]
fn one_more_case_changes_at_most_one_member() {
    let (book, cases) = (book(), (0..30).map(ended).collect::<Vec<_>>());
    let cases: Vec<&Case> = cases.iter().collect();
    let half = period("2026-H1", &book);
    let whole = view(&cases, &book, &half);
    for without in 0..cases.len() {
        let fewer = [&cases[..without], &cases[without + 1..]].concat();
        let fewer = view(&fewer, &book, &half);
        let (before, after) = (draw(&fewer, &half, 10, "S"), draw(&whole, &half, 10, "S"));
        assert!(after.iter().filter(|id| !before.contains(id)).count() <= 1);
    }
}

/// Drawn 5 of 20 with each of 2,000 seeds, a case is expected 500 times; 5 sigma of that binomial are 97.
#[test]
fn every_case_is_drawn_as_often_as_every_other() {
    let (book, cases) = (book(), (0..20).map(ended).collect::<Vec<_>>());
    let cases: Vec<&Case> = cases.iter().collect();
    let half = period("2026-H1", &book);
    let view = view(&cases, &book, &half);
    let mut drawn: BTreeMap<&str, i32> = BTreeMap::new();
    for seed in 0..2_000 {
        draw(&view, &half, 5, &seed.to_string())
            .into_iter()
            .for_each(|id| *drawn.entry(id).or_default() += 1);
    }
    assert_eq!(drawn.len(), 20);
    assert!(drawn.values().all(|times| (times - 500).abs() < 97), "{drawn:?}");
}

#[test]
fn drawn_is_what_ended_in_the_period_and_stayed_ended() {
    let (book, half) = (book(), period("2026-H1", &book()));
    let cases = [
        case(1, Kind::Complaint, "received 01-01 09:00; closed 06-30 23:59"),
        case(2, Kind::Complaint, "received 01-01 09:00; closed 07-01 00:00"),
        case(3, Kind::Complaint, "received 01-01 09:00; closed 03-01 09:00; reopened 04-01 09:00 reason=x"),
        case(4, Kind::Inquiry, "received 01-01 09:00; rejected 03-01 09:00 reason=x"),
        case(5, Kind::Praise, "received 01-01 09:00; forwarded 03-01 09:00 to=an"),
        case(6, Kind::Suggestion, "received 01-01 09:00; closed 03-01 09:00; reopened 08-01 09:00 reason=x"),
    ];
    let cases: Vec<&Case> = cases.iter().collect();
    let view = view(&cases, &book, &half);
    let sample = Sample::draw(&view, &half, &Sample::KINDS, 50, "S");
    let mut drawn = sample.drawn().cases();
    drawn.sort_unstable();
    assert_eq!(drawn, [1, 4, 6].map(|number| Id::new(date(2026, 5, 1), number)).each_ref());
    assert_eq!((sample.population, sample.size), (3, 50));
    let praise = Sample::draw(&view, &half, &[Kind::Praise], 50, "S");
    assert_eq!(praise.population, 1);
}

#[test]
fn an_answer_counts_from_the_end_of_the_case() {
    let (book, half) = (book(), period("2026-H1", &book()));
    let cases = [
        case(
            1,
            Kind::Complaint,
            "received 01-01 09:00; surveyed 01-05 09:00 score=1; closed 02-01 09:00; surveyed 07-05 09:00 score=3; surveyed 07-09 09:00 score=4",
        ),
        case(2, Kind::Complaint, "received 01-01 09:00; surveyed 01-05 09:00 score=1; closed 02-01 09:00"),
    ];
    let cases: Vec<&Case> = cases.iter().collect();
    let view = view(&cases, &book, &half);
    let sample = Sample::draw(&view, &half, &Sample::KINDS, 50, "S");
    let answers = |until: &str| {
        let (answered, scores) = sample.answers(until.parse().unwrap());
        (answered.n(), scores.mean())
    };
    assert_eq!(answers("2026-07-01T00:00:00+08:00"), (0, None));
    assert_eq!(answers("2026-07-05T09:00:00+08:00"), (1, Some(3.0)));
    assert_eq!(answers("2026-08-01T00:00:00+08:00"), (1, Some(4.0)));
}
