//! What is left as one integer program, once prices have ruled out most of the lists.
//!
//! A target pays its nearest distance, and a step more for each distance within which nothing is open (Elloumi
//! 2010). Steps that wait for the same sites are one column.

use super::super::answer::SitingError;
use super::super::climb::Bound;
use super::super::draft::{Draft, Fill, Found, Stop};
use super::super::problem::SiteLock;
use super::frame::Frame;
use super::lists::Entry;
use std::collections::BTreeMap;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

/// The program, its first columns the sites.
pub(super) struct Whole {
    draft: Draft,
    /// Terms of all rows together.
    pub(super) size: usize,
    /// The least that a solution costs which uses something that was left out.
    left_out: f64,
    is_all: bool,
}

/// What became of it.
pub(super) struct Solved {
    /// The best open sites that were found, among its columns.
    pub(super) open: Option<Vec<bool>>,
    /// Nothing costs less, in the program or left out of it.
    pub(super) bound: f64,
}

/// How much narrower the room is made at a time, where a program is too large.
const NARROWER: f64 = 0.9;
/// The narrowest room that is tried, as a share of the first.
const NARROWEST: f64 = 1e-4;

impl Whole {
    /// Draws up what may still cost no more than `enough` beside a bound, or as much of it as has no more terms than
    /// `most`, what costs the least more first. `None` where even the least is more than that.
    pub(super) fn new(frame: &Frame, bound: &Bound, enough: f64, most: usize) -> Option<Whole> {
        let least = least_with(frame, bound);
        let widest = (enough - bound.value).max(0.0);
        let mut room = widest;
        while terms(frame, &least, bound.value + room) > most {
            room *= NARROWER;
            if room.is_nan() || room <= NARROWEST * widest {
                return None;
            }
        }
        let mut whole = Whole {
            draft: Draft::default(),
            size: 0,
            left_out: f64::INFINITY,
            is_all: room == widest,
        };
        whole.decisions(frame);
        whole.steps(frame, &least, bound.value + room);
        Some(whole)
    }

    fn decisions(&mut self, frame: &Frame) {
        for (&fixed, lock) in frame.fixed.iter().zip(frame.counted.locks) {
            let (lower, upper) = match lock {
                SiteLock::Free => (0.0, 1.0),
                SiteLock::Open => (1.0, 1.0),
                SiteLock::Closed => (0.0, 0.0),
            };
            self.draft.decided(fixed, lower, upper, true);
        }
        let all = (0..frame.fixed.len()).map(|site| (site, 1.0)).collect();
        self.draft
            .row(frame.counted.least as f64, frame.counted.most as f64, all);
    }

    /// Every target's steps; the last of each must not be taken.
    fn steps(&mut self, frame: &Frame, least: &[f64], enough: f64) {
        let mut steps: BTreeMap<Vec<u32>, f64> = BTreeMap::new();
        let mut least = least.iter();
        for list in frame.lists.iter() {
            let mut kept: Vec<Entry> = Vec::new();
            for (entry, &least) in list.iter().zip(&mut least) {
                if least > enough {
                    self.left_out = self.left_out.min(least);
                } else {
                    kept.push(*entry);
                }
            }
            self.draft.constant += kept.first().map_or(0.0, |first| first.cost);
            let ends: Vec<usize> = (1..=kept.len())
                .filter(|&end| ends_step(&kept, end))
                .collect();
            for &end in &ends {
                let mut within: Vec<u32> = kept[..end].iter().map(|entry| entry.site).collect();
                within.sort_unstable();
                let more = kept
                    .get(end)
                    .map_or(f64::INFINITY, |next| next.cost - kept[end - 1].cost);
                *steps.entry(within).or_default() += more;
            }
            if kept.is_empty() {
                steps.insert(Vec::new(), f64::INFINITY);
            }
        }
        for (within, cost) in steps {
            self.size += within.len();
            let mut terms: Vec<(usize, f64)> = within
                .into_iter()
                .map(|site| (site as usize, 1.0))
                .collect();
            if cost == f64::INFINITY {
                self.draft.at_least(1.0, terms);
                continue;
            }
            let step = self.draft.follows(cost, 0.0, 1.0, Fill::Smallest);
            terms.push((step, 1.0));
            let row = self.draft.at_least(1.0, terms);
            self.draft.defines(row, step);
        }
    }

    /// Whether everything is in it that can still cost no more than was enough.
    pub(super) fn is_all(&self) -> bool {
        self.is_all
    }

    /// Starts solving it in a thread of its own: HiGHS cannot be interrupted from outside.
    pub(super) fn start(self, open: Option<&[bool]>, ends: Stop) -> Running {
        let draft = self.draft;
        let columns = open.map(|open| {
            draft.complete(&|site| f64::from(u8::from(open.get(site).copied().unwrap_or(false))))
        });
        let (send, receive) = channel();
        std::thread::spawn(move || {
            // Nobody may be listening any more; then the answer is dropped.
            let _ = send.send(draft.solve(columns.as_deref(), ends));
        });
        Running {
            left_out: self.left_out,
            receive,
        }
    }
}

/// A program that is being solved.
pub(super) struct Running {
    left_out: f64,
    receive: Receiver<Result<Found, SitingError>>,
}

impl Running {
    /// One that has answered, in tests of what follows from an answer.
    #[cfg(test)]
    pub(super) fn answered(found: Found) -> Running {
        let (send, receive) = channel();
        send.send(Ok(found)).expect("it is listened to");
        Running {
            left_out: f64::INFINITY,
            receive,
        }
    }

    /// What it came to, once it has; a program that failed found nothing.
    pub(super) fn poll(&self, wait: Duration) -> Option<Solved> {
        match self.receive.recv_timeout(wait) {
            Ok(Ok(found)) => Some(solved(found, self.left_out)),
            Err(RecvTimeoutError::Timeout) => None,
            Ok(Err(_)) | Err(RecvTimeoutError::Disconnected) => Some(Solved {
                open: None,
                bound: f64::NEG_INFINITY,
            }),
        }
    }
}

/// For each entry of the lists, the least that a solution costs in which that target goes there.
pub(super) fn least_with(frame: &Frame, bound: &Bound) -> Vec<f64> {
    let (open, regrets) = frame.counted.regrets(&bound.worth);
    let mut least = Vec::with_capacity(frame.lists.entries().len());
    for (list, &price) in frame.lists.iter().zip(&bound.prices) {
        for entry in list {
            let site = entry.site as usize;
            let opens = frame.counted.locks[site] == SiteLock::Free && !open[site];
            let opening = if opens { regrets[site] } else { 0.0 };
            least.push(bound.value + opening + (entry.cost - price).max(0.0));
        }
    }
    least
}

/// Terms of all steps together, before equal ones are merged.
fn terms(frame: &Frame, least: &[f64], enough: f64) -> usize {
    let mut least = least.iter();
    let mut terms = 0;
    for list in frame.lists.iter() {
        let (mut kept, mut last) = (0, f64::NAN);
        for (entry, &least) in list.iter().zip(&mut least) {
            if least <= enough {
                if entry.cost != last {
                    terms += kept;
                }
                (kept, last) = (kept + 1, entry.cost);
            }
        }
        terms += kept;
    }
    terms
}

/// Whether a step ends after so many entries: the next costs more, or there is none.
fn ends_step(kept: &[Entry], end: usize) -> bool {
    kept.get(end)
        .is_none_or(|next| next.cost > kept[end - 1].cost)
}

fn solved(found: Found, left_out: f64) -> Solved {
    let (columns, bound) = match found {
        Found::Infeasible => (None, Some(f64::INFINITY)),
        Found::Stopped { columns, bound, .. } => (columns, bound),
    };
    // A tree's bound carries the solver's tolerance.
    let bound = bound.map_or(f64::NEG_INFINITY, |bound| match bound.is_finite() {
        true => bound - 1e-9 * bound.abs(),
        false => bound,
    });
    Solved {
        open: columns.map(|columns| columns.iter().map(|open| *open > 0.5).collect()),
        bound: bound.min(left_out),
    }
}
