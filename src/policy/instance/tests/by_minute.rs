//! A model without dues: it counts the minutes that a clock has run, one by one.

use proptest::prelude::*;

use super::{book, complaint};
use crate::case::{Event, EventName, Field, Stamp, Value};
use crate::clock::Limit;
use crate::policy::{ClockState, Rules, instances};

const CLOCKS: &str = "
[[clock]]
name = 'result'
when = { urgency = 'urgent' }
start = ['received', 'reopened', 'followed-up:dissatisfied']
stop = ['resolved']
within = '1m'
pause = ['waiting', 'escalated']

[[clock]]
name = 'result'
start = ['received', 'reopened', 'followed-up:dissatisfied']
stop = ['resolved']
within = '2m'
pause = ['waiting', 'escalated']
";

/// What can happen in the model.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Happens {
    Waits,
    Resumes,
    Escalated,
    Accepted,
    Noted,
    Resolved,
    Dissatisfied,
    Closed,
    Reopened,
    Urgent,
    General,
}

use Happens::{
    Accepted, Closed, Dissatisfied, Escalated, General, Noted, Reopened, Resolved, Resumes, Urgent, Waits,
};

impl Happens {
    fn event(self, minute: i64) -> Event {
        let (name, said) = match self {
            Waits => (EventName::Waiting, None),
            Resumes => (EventName::Resumed, None),
            Escalated => (EventName::Escalated, None),
            Accepted => (EventName::Accepted, None),
            Noted => (EventName::Noted, None),
            Resolved => (EventName::Resolved, None),
            Dissatisfied => (EventName::FollowedUp, Some((Field::Outcome, "dissatisfied"))),
            Closed => (EventName::Closed, None),
            Reopened => (EventName::Reopened, None),
            Urgent => (EventName::Amended, Some((Field::Urgency, "urgent"))),
            General => (EventName::Amended, Some((Field::Urgency, "general"))),
        };
        let event = Event::new(name, stamp(minute));
        said.into_iter().fold(event, |event, (field, word)| event.with(field, Value::Text(word.to_owned())))
    }
}

fn stamp(minute: i64) -> Stamp {
    let start: jiff::Timestamp = "2026-11-23T02:00:00Z".parse().unwrap();
    Stamp::new(start + jiff::SignedDuration::from_mins(minute), &jiff::tz::TimeZone::UTC)
}

/// The state of a clock in the model: when it started, its state, when that was decided.
type Told = (i64, &'static str, Option<i64>);

/// A clock that runs in the model.
struct Running {
    started: i64,
    /// Minutes in which it was not paused.
    ran: i64,
    /// When the minutes of the limit for [urgent, other] cases were over.
    full: [Option<i64>; 2],
    missed: Option<i64>,
}

impl Running {
    fn begin(minute: i64, limits: [i64; 2]) -> Running {
        let full = limits.map(|limit| (limit == 0).then_some(minute));
        Running { started: minute, ran: 0, full, missed: None }
    }
}

/// The case of the model.
struct Model {
    limits: [i64; 2],
    now: i64,
    urgent: bool,
    paused: bool,
    ended: bool,
    running: Option<Running>,
    told: Vec<Told>,
}

impl Model {
    fn rule(&self) -> usize {
        usize::from(!self.urgent)
    }

    /// An event at the current minute.
    fn happen(&mut self, happens: Happens) {
        match happens {
            Waits | Escalated => self.paused = true,
            Resumes | Accepted | Reopened | Dissatisfied => self.paused = false,
            Resolved => {
                self.end(true);
                self.paused = false;
            }
            Closed => {
                self.end(false);
                self.paused = false;
                self.ended = true;
            }
            Urgent => self.urgent = true,
            General => self.urgent = false,
            Noted => {}
        }
        if happens == Reopened {
            self.ended = false;
        }
        if matches!(happens, Reopened | Dissatisfied) && self.running.is_none() {
            self.running = Some(Running::begin(self.now, self.limits));
        }
        self.judge();
    }

    /// A rule that comes into force after its limit is over makes the clock late at once.
    fn judge(&mut self) {
        let rule = self.rule();
        if let Some(clock) = &mut self.running
            && clock.full[rule].is_some_and(|full| full < self.now)
        {
            clock.missed.get_or_insert(self.now);
        }
    }

    fn end(&mut self, stop: bool) {
        let Some(clock) = self.running.take() else { return };
        self.told.push(match (clock.missed, stop) {
            (Some(_), _) => (clock.started, "missed", clock.missed),
            (None, true) => (clock.started, "met", Some(self.now)),
            (None, false) => (clock.started, "lapsed", None),
        });
    }

    /// The minute after the current one passes.
    fn pass(&mut self) {
        let (rule, still) = (self.rule(), self.paused);
        if let Some(clock) = &mut self.running {
            if clock.full[rule].is_some() && clock.missed.is_none() {
                clock.missed = Some(self.now);
            }
            if !still {
                clock.ran += 1;
                for (full, limit) in clock.full.iter_mut().zip(self.limits) {
                    if clock.ran == limit {
                        *full = Some(self.now + 1);
                    }
                }
            }
        }
        self.now += 1;
    }

    fn at_the_end(mut self) -> Vec<Told> {
        let rule = self.rule();
        if let Some(clock) = self.running.take() {
            let state = match (clock.missed, self.paused && clock.full[rule].is_none()) {
                (Some(_), _) => "overdue",
                (None, true) => "paused",
                (None, false) => "running",
            };
            self.told.push((clock.started, state, clock.missed));
        }
        self.told
    }
}

/// Plays a history and leaves out what is not allowed. Returns the events, too.
fn model(limits: [i64; 2], happenings: &[(i64, Happens)], rest: i64) -> (Vec<Event>, Vec<Told>, i64) {
    let mut model = Model {
        limits,
        now: 0,
        urgent: false,
        paused: false,
        ended: false,
        running: Some(Running::begin(0, limits)),
        told: Vec::new(),
    };
    let mut events = vec![Event::new(EventName::Received, stamp(0))];
    let mut waits = false;
    for (gap, happens) in happenings {
        (0..*gap).for_each(|_| model.pass());
        let allowed = match happens {
            Reopened => model.ended,
            Resumes => waits,
            Noted | Urgent | General => true,
            // Resuming leads back to the status before: here that is always a status in which the clock runs.
            Waits => !model.ended && !model.paused,
            _ => !model.ended,
        };
        if !allowed {
            continue;
        }
        waits = match happens {
            Noted | Urgent | General => waits,
            _ => *happens == Waits,
        };
        model.happen(*happens);
        events.push(happens.event(model.now));
    }
    (0..rest).for_each(|_| model.pass());
    let now = model.now;
    (events, model.at_the_end(), now)
}

fn any_happening() -> impl Strategy<Value = Happens> {
    prop::sample::select(vec![
        Waits,
        Resumes,
        Resumes,
        Escalated,
        Accepted,
        Noted,
        Resolved,
        Dissatisfied,
        Closed,
        Reopened,
        Urgent,
        General,
    ])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: ProptestConfig::default().cases * 8, ..ProptestConfig::default() })]

    #[test]
    fn clocks_agree_with_a_count_of_minutes(
        limits in [0..120_i64, 0..120_i64],
        happenings in prop::collection::vec((0..40_i64, any_happening()), 0..14),
        rest in prop_oneof![Just(0), 0..150_i64],
    ) {
        let (events, expected, now) = model(limits, &happenings, rest);
        let book = book(CLOCKS);
        let case = complaint(events);
        let mut rules: Rules = book.rules(&case).clone();
        for (clock, limit) in rules.clocks.iter_mut().zip(limits) {
            clock.within = Some(Limit::Minutes(limit as u32));
        }
        let now = stamp(now).instant();
        let replay = book.replay(&case, now).unwrap();
        let minute = |instant: jiff::Timestamp| instant.duration_since(stamp(0).instant()).as_mins();
        let found: Vec<Told> = instances(&replay, &rules, &book, now)
            .iter()
            .map(|clock| {
                let state = if clock.state == ClockState::Warning { ClockState::Running } else { clock.state };
                (minute(clock.started), state.word(), clock.decided.map(minute))
            })
            .collect();
        prop_assert_eq!(found, expected, "{:?}", case.history);
    }
}
