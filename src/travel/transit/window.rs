//! Travel times over a window of departures.

use super::clock::{Clock, MINUTE, NEVER};
use super::legs::Walks;
use super::search::Search;

/// No more times than this are in memory for one origin: 64 MB. What is more is looked for again.
const MOST_TIMES: usize = 16 << 20;

/// Every minute somebody may leave at, and which of the travel times counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Window {
    /// The first minute.
    pub(super) from: Clock,
    /// One past the last minute.
    pub(super) to: Clock,
    /// So many in a hundred departures are as quick or quicker.
    pub(super) percentile: u8,
}

impl Window {
    /// Departures, the last first.
    pub(super) fn departures(self) -> impl Iterator<Item = Clock> {
        let count = (self.to - self.from).div_euclid(MINUTE).max(0);
        (0..count).rev().map(move |at| self.from + at * MINUTE)
    }

    /// The travel time that counts, of as many as there are departures: no fewer than so many in a
    /// hundred are as short.
    fn counts(self, times: &mut [Clock]) -> Clock {
        if times.is_empty() {
            return NEVER;
        }
        *times.select_nth_unstable(self.rank(times.len()) - 1).1
    }

    /// How many of some departures must be as quick as the time that counts, from 1.
    pub(super) fn rank(self, departures: usize) -> usize {
        let rank = (departures * usize::from(self.percentile)).div_ceil(100);
        rank.clamp(1, departures.max(1))
    }

    /// Travel times from one origin to every end that is reached within a time, on foot or with rides.
    pub(super) fn travel(
        self,
        search: &mut Search<'_>,
        walks: &Walks,
        origin: u32,
        within: Clock,
        ends: usize,
    ) -> Vec<(u32, Clock)> {
        self.travel_with(search, walks, origin, within, ends, MOST_TIMES)
    }

    /// As [`travel`](Self::travel), with memory for so many times.
    pub(super) fn travel_with(
        self,
        search: &mut Search<'_>,
        walks: &Walks,
        origin: u32,
        within: Clock,
        ends: usize,
        memory: usize,
    ) -> Vec<(u32, Clock)> {
        let on_foot = walks.direct.from(origin);
        let to_stop = walks.to_stop.from(origin);
        let mut foot = vec![NEVER; ends];
        for (end, walk) in on_foot {
            foot[*end as usize] = *walk;
        }
        let departures: Vec<Clock> = self.departures().collect();
        if departures.is_empty() {
            return Vec::new();
        }
        let mut found: Vec<Clock> = foot.clone();
        let mut is_settled = vec![false; ends];
        let most = (memory / departures.len()).max(1);
        let mut of_ends = Rows::new(ends, departures.len(), most);
        loop {
            search.begin();
            for (at, leave) in departures.iter().enumerate() {
                let arrivals = search.depart(*leave, to_stop, leave.saturating_add(within));
                for (end, arrival) in arrivals.iter().enumerate() {
                    if *arrival < NEVER && !is_settled[end] {
                        let ride = *arrival - leave;
                        of_ends.set(end, at, ride.min(foot[end]), foot[end]);
                    }
                }
            }
            for (end, times) in of_ends.take() {
                found[end] = self.counts(times);
                is_settled[end] = true;
            }
            if !of_ends.again() {
                break;
            }
        }
        let found = found.into_iter().enumerate();
        found
            .filter(|(_, time)| *time <= within)
            .map(|(end, time)| (end as u32, time))
            .collect()
    }
}

/// Times of as many ends as memory is given to, by departure.
struct Rows {
    departures: usize,
    most: usize,
    ends: Vec<usize>,
    row_of: Vec<Option<u32>>,
    times: Vec<Clock>,
    /// Whether ends were met for which there was no row left.
    is_full: bool,
}

impl Rows {
    fn new(ends: usize, departures: usize, most: usize) -> Self {
        Self {
            departures,
            most,
            ends: Vec::new(),
            row_of: vec![None; ends],
            times: Vec::new(),
            is_full: false,
        }
    }

    /// Sets the time of an end and a departure; all others are `usual` until they are set.
    fn set(&mut self, end: usize, at: usize, time: Clock, usual: Clock) {
        let row = match self.row_of[end] {
            Some(row) => row as usize,
            None if self.ends.len() >= self.most => {
                self.is_full = true;
                return;
            }
            None => {
                let row = self.ends.len();
                self.ends.push(end);
                self.row_of[end] = Some(row as u32);
                self.times.resize(self.times.len() + self.departures, usual);
                row
            }
        };
        self.times[row * self.departures + at] = time;
    }

    /// The times of every end that has a row.
    fn take(&mut self) -> impl Iterator<Item = (usize, &mut [Clock])> {
        let times = self.times.chunks_mut(self.departures);
        self.ends.iter().copied().zip(times)
    }

    /// Makes room where there was too little; whether there was.
    fn again(&mut self) -> bool {
        for end in self.ends.drain(..) {
            self.row_of[end] = None;
        }
        self.times.clear();
        std::mem::take(&mut self.is_full)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(percentile: u8, minutes: &[Clock]) -> Clock {
        let window = Window {
            from: 0,
            to: 0,
            percentile,
        };
        let mut times: Vec<Clock> = minutes.to_vec();
        window.counts(&mut times)
    }

    #[test]
    fn the_median_is_as_long_as_half_of_the_departures_need_or_less() {
        assert_eq!(of(50, &[9, 1, 7]), 7);
        assert_eq!(of(50, &[9, 1, 7, 3]), 3);
        assert_eq!(of(100, &[9, 1, 7, 3]), 9);
        assert_eq!(of(1, &[9, 1, 7, 3]), 1);
    }

    #[test]
    fn a_pair_that_most_departures_do_not_reach_is_not_reached() {
        assert_eq!(of(50, &[NEVER, 1, NEVER]), NEVER);
        assert_eq!(of(30, &[NEVER, 1, NEVER]), 1);
    }

    #[test]
    fn departures_are_every_minute_and_the_end_is_none() {
        let window = Window {
            from: 0,
            to: 3 * MINUTE,
            percentile: 50,
        };
        let found: Vec<_> = window.departures().collect();
        assert_eq!(found, [2 * MINUTE, MINUTE, 0]);
    }
}
