//! The times at which a clock is paused.

use jiff::Timestamp;

/// The pauses of a clock: half open, sorted, disjoint. One may not have ended yet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Pauses {
    ended: Vec<(Timestamp, Timestamp)>,
    open: Option<Timestamp>,
}

impl Pauses {
    /// No pause.
    pub(crate) fn none() -> Pauses {
        Pauses::default()
    }

    /// Pauses that have ended, and the beginning of one that has not.
    /// In any order; time that is in two of them counts once.
    pub(crate) fn new(
        ended: impl IntoIterator<Item = (Timestamp, Timestamp)>,
        open: Option<Timestamp>,
    ) -> Pauses {
        let ended = ended.into_iter().map(|(from, to)| (from, open.map_or(to, |since| to.min(since))));
        let mut sorted: Vec<_> = ended.filter(|(from, to)| from < to).collect();
        sorted.sort();
        let mut ended: Vec<(Timestamp, Timestamp)> = Vec::with_capacity(sorted.len());
        for (from, to) in sorted {
            match ended.last_mut() {
                Some(last) if from <= last.1 => last.1 = last.1.max(to),
                _ => ended.push((from, to)),
            }
        }
        Pauses { ended, open }
    }

    /// The beginning of the pause that has not ended.
    pub(crate) fn open_since(&self) -> Option<Timestamp> {
        self.open
    }

    /// The parts of the ended pauses in `[from, to)`.
    pub(crate) fn within(
        &self,
        from: Timestamp,
        to: Timestamp,
    ) -> impl Iterator<Item = (Timestamp, Timestamp)> + '_ {
        // Sorted and disjoint: they end in the order in which they begin
        let first = self.ended.partition_point(|(_, end)| *end <= from);
        let meant = self.ended[first..].iter().take_while(move |(begin, _)| *begin < to);
        meant.map(move |(begin, end)| ((*begin).max(from), (*end).min(to))).filter(|(begin, end)| begin < end)
    }

    /// The pauses as they would be if the clock had resumed at `now`.
    pub(crate) fn ended_by(&self, now: Timestamp) -> Pauses {
        let open = self.open.map(|since| (since, now));
        Pauses::new(self.within(Timestamp::MIN, now).chain(open), None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minute: i64) -> Timestamp {
        Timestamp::from_second(minute * 60).unwrap()
    }

    fn spans(pauses: &Pauses) -> Vec<(Timestamp, Timestamp)> {
        pauses.within(Timestamp::MIN, Timestamp::MAX).collect()
    }

    #[test]
    fn pauses_are_sorted_and_what_lies_in_two_counts_once() {
        let ended = [(50, 60), (10, 20), (15, 30), (30, 40), (5, 5), (70, 65), (52, 55)];
        let pauses = Pauses::new(ended.map(|(from, to)| (at(from), at(to))), None);
        assert_eq!(spans(&pauses), [(at(10), at(40)), (at(50), at(60))]);
    }

    #[test]
    fn an_open_pause_swallows_what_comes_after_its_beginning() {
        let ended = [(10, 20), (30, 40), (50, 60)];
        let pauses = Pauses::new(ended.map(|(from, to)| (at(from), at(to))), Some(at(35)));
        assert_eq!(spans(&pauses), [(at(10), at(20)), (at(30), at(35))]);
        assert_eq!(pauses.open_since(), Some(at(35)));
        assert_eq!(spans(&pauses.ended_by(at(90))), [(at(10), at(20)), (at(30), at(90))]);
        assert_eq!(spans(&pauses.ended_by(at(33))), [(at(10), at(20)), (at(30), at(33))]);
        assert_eq!(pauses.ended_by(at(90)).open_since(), None);
    }

    #[test]
    fn only_the_parts_that_are_asked_for_are_given() {
        let pauses = Pauses::new([(at(10), at(20)), (at(30), at(40))], None);
        let parts: Vec<_> = pauses.within(at(15), at(35)).collect();
        assert_eq!(parts, [(at(15), at(20)), (at(30), at(35))]);
        // Intervals that only touch do not overlap.
        assert_eq!(pauses.within(at(20), at(30)).next(), None);
    }
}
