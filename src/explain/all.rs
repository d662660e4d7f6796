//! Every building of a plan explained in one go: bounds from the plan's own multipliers, plans from what is
//! near each building, side by side.

use super::again::{Asking, Opposite, Outcome};
use super::building::{Answer, BuildingExplained, Question, opposite, turned, written};
use super::holds::Holds;
use crate::place::{BuildingIx, Lock};
use crate::plan::{Turning, turning};
use crate::siting::clock::from_now;
use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// How many times its even share a building may take where it needs it. Most need far less: what is looked at around
/// a building ends by itself, and only where the machine is too slow for all of them does the time end it.
const UNEVEN: f64 = 4.0;

/// Explains every building that a plan could have turned round, in the order of the place, in about
/// `time`: each opposite is looked for around its building. Those that are easily turned come first, so that what
/// they leave of their share is for the others; those still open then share what time is left.
pub fn explain_all(asking: &Asking<'_>, time: Duration) -> Vec<BuildingExplained> {
    let (place, travel, plan) = (asking.place, asking.travel, asking.plan);
    let until = from_now(time);
    turning(place, travel, plan, asking.certificate, |turning| {
        let round = |buildings: Vec<BuildingIx>| Round {
            asking,
            turning,
            holds: Holds::new(place, travel, plan),
            buildings,
            next: AtomicUsize::new(0),
            until,
            answers: Mutex::new(BTreeMap::new()),
        };
        let mut answers = round(in_turn(asking)).answered();
        // What the others left of the time is for those that had too little of it.
        let open = answers.iter().filter(|(_, answer)| is_open(answer));
        let open: Vec<BuildingIx> = open.map(|(at, _)| *at).collect();
        if Instant::now() < until {
            answers.extend(round(open).answered());
        }
        answers.into_values().collect()
    })
}

/// Whether nothing was found and nothing proven.
fn is_open(answer: &BuildingExplained) -> bool {
    let opposite = answer.opposite.as_ref();
    opposite.is_some_and(|opposite| opposite.outcome == Outcome::NotFound)
}

/// The buildings to ask about: those that are let go, then those with the fewest inside.
fn in_turn(asking: &Asking<'_>) -> Vec<BuildingIx> {
    let (place, plan) = (asking.place, asking.plan);
    let mut inside = vec![0_usize; place.buildings.len()];
    for building in plan.arrangement(place).building {
        inside[building.index()] += 1;
    }
    let asked = place.buildings().filter_map(|(at, _)| {
        let (lock, _) = opposite(place, plan, at)?;
        Some((lock != Lock::Keep, inside[at.index()], at))
    });
    let mut asked: Vec<_> = asked.collect();
    asked.sort_unstable();
    asked.into_iter().map(|(_, _, at)| at).collect()
}

/// All questions, and the answers so far.
struct Round<'a> {
    asking: &'a Asking<'a>,
    turning: &'a Turning<'a>,
    holds: Holds<'a>,
    buildings: Vec<BuildingIx>,
    next: AtomicUsize,
    until: Instant,
    answers: Mutex<BTreeMap<BuildingIx, BuildingExplained>>,
}

impl Round<'_> {
    /// Answers all of them, side by side.
    fn answered(self) -> BTreeMap<BuildingIx, BuildingExplained> {
        // Threads of their own: what one of them waits for is then never the question of another.
        let workers = rayon::current_num_threads().max(1);
        thread::scope(|scope| {
            for _ in 0..workers {
                scope.spawn(|| self.work(workers));
            }
        });
        self.answers
            .into_inner()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// Answers one question after another until none is left.
    fn work(&self, workers: usize) {
        loop {
            let turn = self.next.fetch_add(1, Ordering::SeqCst);
            let Some(&at) = self.buildings.get(turn) else {
                return;
            };
            let rounds = (self.buildings.len() - turn).div_ceil(workers).max(1);
            let left = self.until.saturating_duration_since(Instant::now());
            let answer = self.one(at, left / rounds as u32);
            let asking = self.asking;
            let answer = written(asking.place, asking.plan, at, &self.holds, answer);
            let mut answers = self.answers.lock();
            if let Ok(answers) = &mut answers {
                answers.insert(at, answer);
            }
        }
    }

    /// Even where no time is left, the next best places for those in it are tried.
    fn one(&self, at: BuildingIx, share: Duration) -> Option<Answer> {
        let asking = self.asking;
        let (changed, asked) = turned(asking.place, asking.plan, at)?;
        if asking.progress.cancelled() {
            let none = Opposite::not_found(asked, "it was stopped");
            return Some((none.bounded(asking, self.turning, at), Vec::new()));
        }
        let question = Question {
            turning: self.turning,
            at,
            changed: &changed,
            asked,
            time: share.mul_f64(UNEVEN),
            enough: share.mul_f64(UNEVEN),
        };
        Some(question.quickly(asking))
    }
}
