//! Travel times over a window of departures.

use super::clock::{Clock, MINUTE, NEVER};
use super::legs::Walks;
use super::search::Search;

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
    fn departures(self) -> impl Iterator<Item = Clock> {
        let count = (self.to - self.from).div_euclid(MINUTE).max(0);
        (0..count).rev().map(move |at| self.from + at * MINUTE)
    }

    /// The travel time that counts, of as many as there are departures: no fewer than so many in a
    /// hundred are as short.
    fn counts(self, times: &mut [Clock]) -> Clock {
        if times.is_empty() {
            return NEVER;
        }
        let rank = (times.len() * usize::from(self.percentile)).div_ceil(100);
        let rank = rank.clamp(1, times.len());
        *times.select_nth_unstable(rank - 1).1
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
        let on_foot = walks.direct.from(origin);
        let to_stop = walks.to_stop.from(origin);
        let mut foot = vec![NEVER; ends];
        for (end, walk) in on_foot {
            foot[*end as usize] = *walk;
        }
        let departures: Vec<Clock> = self.departures().collect();
        let count = departures.len();
        // Rows of times by departure, for those ends alone that a ride reaches.
        let mut row_of: Vec<Option<u32>> = vec![None; ends];
        let mut times: Vec<Clock> = Vec::new();
        search.begin();
        for (at, leave) in departures.iter().enumerate() {
            let arrivals = search.depart(*leave, to_stop, leave.saturating_add(within));
            for (end, arrival) in arrivals.iter().enumerate() {
                let ride = match *arrival {
                    NEVER => continue,
                    arrival => arrival - leave,
                };
                let row = *row_of[end].get_or_insert_with(|| {
                    times.resize(times.len() + count, foot[end]);
                    (times.len() / count - 1) as u32
                });
                times[row as usize * count + at] = ride.min(foot[end]);
            }
        }
        let time = |end: usize| match row_of[end] {
            Some(row) => self.counts(&mut times[row as usize * count..][..count]),
            None if count == 0 => NEVER,
            None => foot[end],
        };
        let each: Vec<Clock> = (0..ends).map(time).collect();
        each.into_iter()
            .enumerate()
            .map(|(end, time)| (end as u32, time))
            .filter(|(_, time)| *time <= within)
            .collect()
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
