//! RAPTOR: rounds of rides, each followed by a walk, for one departure after the other.
//!
//! Round k knows when every stop can be reached with at most k rides. Departures are looked at
//! from the last to the first, and what is known of a later one stays: who leaves earlier can wait. So each
//! departure only adds what it makes better (Delling, Pajor and Werneck, *Round-Based Public Transit
//! Routing*, 2012).
//!
//! After a ride somebody walks once, to another stop or to the end; nobody walks from stop to stop
//! to stop.

use super::clock::{Clock, NEVER};
use super::legs::{Legs, Walks};
use super::timetable::{Pattern, Timetable};

/// A search that can be used again for the next origin.
pub(super) struct Search<'a> {
    timetable: &'a Timetable,
    changes: &'a Legs,
    from_stop: &'a Legs,
    /// How many rides are looked at, and none.
    rounds: usize,
    /// By stop, then by k rides at most: when somebody gets off there …
    off: Vec<Clock>,
    /// … and when somebody is ready to get on there, after a walk or none.
    ready: Vec<Clock>,
    /// The ends that a stop leads to.
    hoped_for: Vec<u32>,
    /// When each end is reached.
    ends: Vec<Clock>,
    /// Stops at which somebody was ready earlier than known, in this round.
    better: Marks,
    /// Stops at which somebody got off earlier than known, in this round.
    got_off: Marks,
    /// The first position of each pattern from which it must be looked at.
    looked_at: Vec<u32>,
    patterns: Vec<u32>,
}

/// Some of the stops, each once.
struct Marks {
    is: Vec<bool>,
    list: Vec<u32>,
}

impl Marks {
    fn new(stops: usize) -> Self {
        Self {
            is: vec![false; stops],
            list: Vec::new(),
        }
    }

    fn add(&mut self, stop: u32) {
        if !std::mem::replace(&mut self.is[stop as usize], true) {
            self.list.push(stop);
        }
    }

    fn take(&mut self) -> Vec<u32> {
        for stop in &self.list {
            self.is[*stop as usize] = false;
        }
        std::mem::take(&mut self.list)
    }
}

impl<'a> Search<'a> {
    /// A search over a timetable and its walks, with at most so many rides, to so many ends.
    pub(super) fn new(
        timetable: &'a Timetable,
        walks: &'a Walks,
        rides: usize,
        ends: usize,
    ) -> Self {
        let (stops, rounds) = (timetable.stops, rides + 1);
        let mut hoped_for: Vec<u32> = (0..stops as u32)
            .flat_map(|stop| walks.from_stop.from(stop))
            .map(|(end, _)| *end)
            .collect();
        hoped_for.sort_unstable();
        hoped_for.dedup();
        Self {
            rounds,
            hoped_for,
            timetable,
            changes: &walks.changes,
            from_stop: &walks.from_stop,
            off: vec![NEVER; stops * rounds],
            ready: vec![NEVER; stops * rounds],
            ends: vec![NEVER; ends],
            better: Marks::new(stops),
            got_off: Marks::new(stops),
            looked_at: vec![u32::MAX; timetable.patterns.len()],
            patterns: Vec::new(),
        }
    }

    /// Forgets everything, for another origin.
    pub(super) fn begin(&mut self) {
        self.off.fill(NEVER);
        self.ready.fill(NEVER);
        self.ends.fill(NEVER);
    }

    /// Adds a departure, no later than any since [`begin`](Self::begin): the walks from the origin to
    /// stops, and when a journey must be over. Returns when each end is reached by at least one ride: by
    /// this departure or by a later one.
    pub(super) fn depart(&mut self, at: Clock, to_stop: &[(u32, Clock)], until: Clock) -> &[Clock] {
        for (stop, walk) in to_stop {
            self.be_ready(0, *stop, at.saturating_add(*walk));
        }
        for round in 1..self.rounds {
            self.find_patterns();
            if self.patterns.is_empty() {
                break;
            }
            let until = until.min(self.all_reached());
            for pattern in std::mem::take(&mut self.patterns) {
                self.ride(round, pattern, until);
            }
            self.walk_on(round, until);
        }
        self.better.take();
        &self.ends
    }

    /// When the last of the ends that a stop leads to is reached, as far as is known: who is anywhere later
    /// makes nothing better.
    fn all_reached(&self) -> Clock {
        let reached = self.hoped_for.iter().map(|end| self.ends[*end as usize]);
        reached.max().unwrap_or(NEVER)
    }

    /// When somebody got off at each stop who had at most all the rides.
    pub(super) fn got_off_at(&self) -> impl Iterator<Item = Clock> + '_ {
        let last = self.off.iter().skip(self.rounds - 1);
        last.step_by(self.rounds).copied()
    }

    /// Which patterns call at a stop where somebody is ready earlier, from which position.
    fn find_patterns(&mut self) {
        let timetable = self.timetable;
        for stop in self.better.take() {
            for (pattern, position) in timetable.at(stop) {
                let first = &mut self.looked_at[*pattern as usize];
                if *first == u32::MAX {
                    self.patterns.push(*pattern);
                }
                *first = (*first).min(*position);
            }
        }
    }

    /// Rides along a pattern, in the best vehicle that can be caught on the way.
    fn ride(&mut self, round: usize, pattern: u32, until: Clock) {
        let first = std::mem::replace(&mut self.looked_at[pattern as usize], u32::MAX);
        let pattern: &Pattern = &self.timetable.patterns[pattern as usize];
        let mut vehicle = None;
        for (position, call) in pattern.calls.iter().enumerate().skip(first as usize) {
            if let Some(vehicle) = vehicle {
                let arrives = pattern.arrives(position, vehicle);
                if call.may_alight && arrives <= until {
                    self.get_off(round, call.stop, arrives);
                }
            }
            let ready = self.ready[call.stop as usize * self.rounds + round - 1];
            if call.may_board && ready < NEVER {
                vehicle = pattern.first_after(position, ready, vehicle);
            }
        }
    }

    fn get_off(&mut self, round: usize, stop: u32, at: Clock) {
        let of_stop = stop as usize * self.rounds;
        if at < self.off[of_stop + round] {
            for known in &mut self.off[of_stop + round..of_stop + self.rounds] {
                *known = at.min(*known);
            }
            self.got_off.add(stop);
        }
    }

    /// Walks from where somebody got off: nowhere, to other stops, and to ends.
    fn walk_on(&mut self, round: usize, until: Clock) {
        let (changes, from_stop) = (self.changes, self.from_stop);
        for stop in self.got_off.take() {
            let off = self.off[stop as usize * self.rounds + round];
            for (end, walk) in from_stop.from(stop) {
                let known = &mut self.ends[*end as usize];
                *known = (off + walk).min(*known);
            }
            self.be_ready(round, stop, off);
            for (other, walk) in changes.from(stop) {
                if off + walk <= until {
                    self.be_ready(round, *other, off + walk);
                }
            }
        }
    }

    fn be_ready(&mut self, round: usize, stop: u32, at: Clock) {
        let of_stop = stop as usize * self.rounds;
        if at < self.ready[of_stop + round] {
            for known in &mut self.ready[of_stop + round..of_stop + self.rounds] {
                *known = at.min(*known);
            }
            self.better.add(stop);
        }
    }
}
