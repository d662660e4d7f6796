//! A day's timetable as the search reads it.
//!
//! Vehicles that call at the same stops in the same order, and never overtake each other, are one
//! pattern: the first of them that can be caught at a stop is then the best one to be on.

use super::clock::Clock;
use std::collections::BTreeMap;

/// More lists of vehicles that call alike and overtake each other are refused: each vehicle is held
/// against all of them.
const MOST_LISTS: usize = 2_000;

/// Vehicles that call alike overtake each other too often; the first stop of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Tangled(pub(super) u32);

/// A call of a vehicle at a stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Call {
    pub(super) stop: u32,
    pub(super) arrives: Clock,
    /// When somebody must be at the stop to get on.
    pub(super) leaves: Clock,
    pub(super) may_board: bool,
    pub(super) may_alight: bool,
}

/// The calls of one vehicle, in order.
pub(super) type Run = Vec<Call>;

/// A day's timetable.
#[derive(Clone, Debug, Default)]
pub(super) struct Timetable {
    pub(super) stops: usize,
    pub(super) patterns: Vec<Pattern>,
    /// Where in the next list a stop begins.
    starts: Vec<u32>,
    /// Patterns that call at a stop, and the position of the call.
    calling: Vec<(u32, u32)>,
}

/// Vehicles that call at the same stops and never overtake each other.
#[derive(Clone, Debug, Default)]
pub(super) struct Pattern {
    pub(super) calls: Vec<Calling>,
    vehicles: usize,
    /// By position, then by vehicle.
    arrives: Vec<Clock>,
    leaves: Vec<Clock>,
}

/// What all vehicles of a pattern have in common at a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Calling {
    pub(super) stop: u32,
    pub(super) may_board: bool,
    pub(super) may_alight: bool,
}

impl Timetable {
    /// The timetable of these vehicles between so many stops. Calls beyond the last stop, and vehicles
    /// with fewer than two calls, count for nothing.
    pub(super) fn new(stops: usize, runs: impl IntoIterator<Item = Run>) -> Result<Self, Tangled> {
        let mut alike: BTreeMap<Vec<Calling>, Vec<Run>> = BTreeMap::new();
        for run in runs {
            if run.len() > 1 && run.iter().all(|call| (call.stop as usize) < stops) {
                let calls = run.iter().map(Call::calling).collect();
                alike.entry(calls).or_default().push(run);
            }
        }
        let mut patterns = Vec::new();
        for (calls, runs) in alike {
            let apart = without_overtaking(runs)?;
            patterns.extend(apart.iter().map(|runs| Pattern::new(calls.clone(), runs)));
        }
        Ok(Self::of(stops, patterns))
    }

    fn of(stops: usize, patterns: Vec<Pattern>) -> Self {
        let mut by_stop = vec![Vec::new(); stops];
        for (at, pattern) in patterns.iter().enumerate() {
            for (position, call) in pattern.calls.iter().enumerate() {
                by_stop[call.stop as usize].push((at as u32, position as u32));
            }
        }
        let mut starts = vec![0];
        let mut calling = Vec::new();
        for list in by_stop {
            calling.extend(list);
            starts.push(calling.len() as u32);
        }
        Self {
            stops,
            patterns,
            starts,
            calling,
        }
    }

    /// Patterns that call at a stop, each with the position of the call.
    pub(super) fn at(&self, stop: u32) -> &[(u32, u32)] {
        let (first, end) = (self.starts[stop as usize], self.starts[stop as usize + 1]);
        &self.calling[first as usize..end as usize]
    }

    /// How many vehicles there are.
    pub(super) fn vehicles(&self) -> usize {
        self.patterns.iter().map(|pattern| pattern.vehicles).sum()
    }

    /// The same day run backwards: who leaves last in it arrives first in this one.
    pub(super) fn mirrored(&self) -> Self {
        let patterns = self.patterns.iter().map(Pattern::mirrored).collect();
        Self::of(self.stops, patterns)
    }
}

impl Call {
    fn calling(&self) -> Calling {
        Calling {
            stop: self.stop,
            may_board: self.may_board,
            may_alight: self.may_alight,
        }
    }
}

/// Vehicles that call alike, each with at least one call, in lists in which nobody overtakes.
fn without_overtaking(mut runs: Vec<Run>) -> Result<Vec<Vec<Run>>, Tangled> {
    runs.sort_by_key(|run| run.first().map(|call| (call.leaves, call.arrives)));
    let mut lists: Vec<Vec<Run>> = Vec::new();
    for run in runs {
        let follows = |list: &&mut Vec<Run>| {
            list.last().is_some_and(|before| {
                let pairs = before.iter().zip(&run);
                pairs.into_iter().all(|(earlier, later)| {
                    earlier.arrives <= later.arrives && earlier.leaves <= later.leaves
                })
            })
        };
        let are_many = lists.len() == MOST_LISTS;
        match lists.iter_mut().find(follows) {
            Some(list) => list.push(run),
            None if are_many => return Err(Tangled(run[0].stop)),
            None => lists.push(vec![run]),
        }
    }
    Ok(lists)
}

impl Pattern {
    fn new(calls: Vec<Calling>, runs: &[Run]) -> Self {
        let each = |of: fn(&Call) -> Clock| {
            let positions = 0..calls.len();
            positions
                .flat_map(|position| runs.iter().map(move |run| of(&run[position])))
                .collect()
        };
        Self {
            vehicles: runs.len(),
            arrives: each(|call| call.arrives),
            leaves: each(|call| call.leaves),
            calls,
        }
    }

    fn mirrored(&self) -> Self {
        let calls = self.calls.iter().rev().map(|call| Calling {
            stop: call.stop,
            may_board: call.may_alight,
            may_alight: call.may_board,
        });
        // Positions and vehicles both change their order, so the whole list does.
        let turned = |times: &[Clock]| times.iter().rev().map(|time| -time).collect();
        Self {
            calls: calls.collect(),
            vehicles: self.vehicles,
            arrives: turned(&self.leaves),
            leaves: turned(&self.arrives),
        }
    }

    /// When a vehicle arrives at a position.
    pub(super) fn arrives(&self, position: usize, vehicle: usize) -> Clock {
        self.arrives[position * self.vehicles + vehicle]
    }

    /// The first vehicle that somebody who is there at a time can get on; `before` is one that is known to
    /// be late enough.
    pub(super) fn first_after(
        &self,
        position: usize,
        ready: Clock,
        before: Option<usize>,
    ) -> Option<usize> {
        let row = &self.leaves[position * self.vehicles..(position + 1) * self.vehicles];
        match before {
            Some(vehicle) if row[vehicle] >= ready => {
                let earlier = row[..vehicle].iter().rev();
                Some(vehicle - earlier.take_while(|leaves| **leaves >= ready).count())
            }
            // The one somebody sits in has left, and he sits in it.
            Some(_) => before,
            None => {
                let first = row.partition_point(|leaves| *leaves < ready);
                (first < self.vehicles).then_some(first)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_of_vehicles_that_all_overtake_each_other_are_refused() {
        let call = |stop: u32, at: usize| Call {
            stop,
            arrives: at as Clock,
            leaves: at as Clock,
            may_board: true,
            may_alight: true,
        };
        // Who leaves later is there earlier.
        let runs = |count: usize| (0..count).map(move |at| vec![call(0, at), call(1, 9_000 - at)]);
        let most = Timetable::new(2, runs(MOST_LISTS)).expect("as many as are borne");
        assert_eq!(most.patterns.len(), MOST_LISTS);
        let more = Timetable::new(2, runs(MOST_LISTS + 1));
        assert_eq!(more.err(), Some(Tangled(0)));
    }
}
