//! What may still be part of a better plan, as one program in a thread of its own.

use super::super::draft::{Draft, Found, Stop};
use super::super::problem::SiteLock;
use super::homes::{Homes, NOWHERE};
use super::search::Kept;
use super::ways::Undivided;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

/// The program, its first columns the sites, and the ways that its other columns stand for.
pub(super) struct Whole {
    draft: Draft,
    sites: usize,
    ways: Vec<(u32, u32)>,
}

/// Draws up the ways that are kept, with the sites settled as they are.
pub(super) fn whole(
    of: &Undivided,
    locks: &[SiteLock],
    keeps: &dyn Fn(usize, u32) -> bool,
) -> Whole {
    let mut draft = Draft::default();
    for (lock, &fixed) in locks.iter().zip(&of.fixed) {
        let (lower, upper) = match lock {
            SiteLock::Free => (0.0, 1.0),
            SiteLock::Open => (1.0, 1.0),
            SiteLock::Closed => (0.0, 0.0),
        };
        draft.decided(fixed, lower, upper, true);
    }
    if of.least > 0 || of.most < of.sites() {
        let all = (0..of.sites()).map(|site| (site, 1.0)).collect();
        draft.row(of.least as f64, of.most as f64, all);
    }
    let mut ways = Vec::new();
    let mut used: Vec<Vec<(usize, f64)>> = vec![Vec::new(); of.sites()];
    for item in 0..of.items() {
        let mut own = Vec::new();
        for (nth, way) in of.ways(item).iter().enumerate() {
            if !keeps(item, nth as u32) {
                continue;
            }
            let column = draft.decided(way.cost, 0.0, 1.0, true);
            ways.push((item as u32, nth as u32));
            own.push((column, 1.0));
            used[way.site as usize].push((column, way.uses));
            if locks[way.site as usize] == SiteLock::Free {
                draft.at_most(0.0, vec![(column, 1.0), (way.site as usize, -1.0)]);
            }
        }
        draft.row(1.0, 1.0, own);
    }
    for (site, mut used) in used.into_iter().enumerate() {
        if of.room[site] < f64::MAX && !used.is_empty() {
            used.push((site, -of.room[site]));
            draft.at_most(0.0, used);
        }
    }
    // The open sites have room for everything together.
    let rooms = || of.room.iter().filter(|room| **room < f64::MAX);
    if rooms().count() == of.sites() {
        let room = of.room.iter().copied().enumerate().collect();
        draft.at_least(of.needs, room);
    }
    Whole {
        draft,
        sites: of.sites(),
        ways,
    }
}

/// A program that is being solved.
pub(super) struct Program {
    sites: usize,
    ways: Vec<(u32, u32)>,
    receive: Receiver<Option<Found>>,
}

/// What it came to.
pub(super) struct Answer<'a> {
    /// Nothing in it costs less.
    pub(super) bound: f64,
    /// It says that there is no solution.
    pub(super) impossible: bool,
    /// It came to its end.
    pub(super) finished: bool,
    columns: Option<Vec<f64>>,
    program: &'a Program,
}

impl Program {
    /// Starts it: HiGHS cannot be interrupted from outside, so nobody waits for it beyond the time.
    pub(super) fn start(whole: Whole, ends: Stop) -> Program {
        let Whole { draft, sites, ways } = whole;
        let (send, receive) = channel();
        std::thread::spawn(move || {
            // Nobody may be listening any more; then the answer is dropped.
            let _ = send.send(draft.solve(None, ends).ok());
        });
        Program {
            sites,
            ways,
            receive,
        }
    }

    /// What it came to, once it has; a program that failed found nothing.
    pub(super) fn poll(&self, wait: Duration) -> Option<Answer<'_>> {
        let found = match self.receive.recv_timeout(wait) {
            Ok(found) => found,
            Err(RecvTimeoutError::Timeout) => return None,
            Err(RecvTimeoutError::Disconnected) => None,
        };
        let (bound, impossible, finished, columns) = match found {
            None => (f64::NEG_INFINITY, false, false, None),
            Some(Found::Infeasible) => (f64::INFINITY, true, true, None),
            Some(Found::Stopped {
                columns,
                bound,
                finished,
            }) => {
                // A tree's bound carries the solver's tolerance.
                let bound = bound.map_or(f64::NEG_INFINITY, |bound| bound - 1e-9 * bound.abs());
                (bound, false, finished, columns)
            }
        };
        Some(Answer {
            bound,
            impossible,
            finished,
            columns,
            program: self,
        })
    }
}

impl Answer<'_> {
    /// Its plan, where it has one that keeps the limits in our own arithmetic.
    pub(super) fn plan(&self, of: &Undivided) -> Option<Kept> {
        let columns = self.columns.as_ref()?;
        let mut homes = Homes::empty(of);
        let (sites, ways) = columns.split_at_checked(self.program.sites)?;
        for (site, column) in sites.iter().enumerate() {
            if *column > 0.5 && !homes.open[site] {
                homes.open(site);
            }
        }
        for (&(item, nth), column) in self.program.ways.iter().zip(ways) {
            let item = item as usize;
            let way = of.ways(item)[nth as usize];
            let fits = homes.open[way.site as usize] && homes.fits(&way);
            if *column > 0.5 && homes.way[item] == NOWHERE && fits {
                homes.put(item, nth);
            }
        }
        homes.tidy();
        homes.settle();
        homes.is_whole().then(|| homes.kept())
    }
}
