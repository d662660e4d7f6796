//! Programs of the whole problem, or of much of it, in threads of their own.

use super::answer::SitingError;
use super::check::spread;
use super::clock::after;
use super::draft::{Found, Stop};
use super::dual::Prices;
use super::engine::{Best, Outcome, Run};
use super::heard::Heard;
use super::milp::{Aim, Milp};
use super::problem::SiteLock;
use std::collections::BTreeMap;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

/// Nodes of a kernel's tree, so that the machine does not decide where it ends.
const KERNEL_NODES: i32 = 500;

/// Share of the time left that a kernel may take at most.
const KERNEL_TIME: f64 = 0.4;

/// How much of the problem a program in the background holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Part {
    /// All of it; what reduced costs rule out is fixed first.
    All,
    /// The placements of a reduced cost up to this, and those of the best solution: a search, whose bound
    /// says nothing about the whole.
    Kernel(f64),
}

/// A program running in a thread of its own, which is not waited for beyond the time: HiGHS cannot be
/// interrupted from outside.
pub(super) struct Whole {
    milp: Milp,
    pub(super) part: Part,
    /// Value of the best solution when it was drawn up: its bound counts no higher.
    at_most: f64,
    receive: Receiver<Result<Found, SitingError>>,
    /// What it finds on its way.
    heard: Option<Heard>,
}

impl Whole {
    /// One that has answered, in tests of what follows from an answer.
    #[cfg(test)]
    pub(super) fn answered(run: &Run, part: Part, found: Result<Found, SitingError>) -> Whole {
        let (send, receive) = channel();
        send.send(found).expect("it is listened to");
        Whole {
            milp: Milp::new(run.problem, run.layout, Aim::Cost),
            part,
            at_most: f64::INFINITY,
            receive,
            heard: None,
        }
    }

    /// `None` while it runs.
    pub(super) fn poll(&self, wait: Duration) -> Option<Result<Found, SitingError>> {
        match self.receive.recv_timeout(wait) {
            Ok(found) => Some(found),
            Err(RecvTimeoutError::Timeout) => None,
            Err(RecvTimeoutError::Disconnected) => Some(Err(SitingError::Solver(
                "HiGHS ended without an answer".into(),
            ))),
        }
    }
}

/// Leaves the placements of a reduced cost up to `most` and those of the best solution, and counts them.
fn cut(milp: &mut Milp, best: &Best, prices: &Prices, most: f64) -> u64 {
    let mut kept = 0;
    for (at, &reduced) in prices.reduced.iter().enumerate() {
        if reduced <= most || best.solution.chosen.binary_search(&at).is_ok() {
            kept += 1;
        } else {
            milp.draft.columns[milp.placement[at]].upper = 0.0;
        }
    }
    kept
}

impl Run<'_> {
    /// Starts the whole problem, or its kernel, as one program.
    pub(super) fn start_whole(
        &self,
        part: Part,
        best: Option<&Best>,
        prices: Option<&Prices>,
        counts: &mut BTreeMap<String, u64>,
    ) -> Whole {
        let aim = self
            .ask
            .least_travel_within
            .map_or(Aim::Cost, |within| Aim::Travel { within });
        let mut milp = Milp::new(self.problem, self.layout, aim);
        if let (Some(best), Some(prices)) = (best, prices) {
            let fixed = self.fix(&mut milp, best, prices);
            counts.insert("fixed_by_reduced_cost".to_owned(), fixed);
            if let Part::Kernel(most) = part {
                let kept = cut(&mut milp, best, prices, most);
                counts.insert("kernel".to_owned(), kept);
            }
        }
        let columns = best.and_then(|best| {
            Some(milp.start(&best.solution, &spread(self.problem, &best.solution)?))
        });
        let left = self.ask.time.saturating_sub(self.began.elapsed());
        // Of the whole a moment less than is left, so that its answer arrives in time.
        let share = match part {
            Part::Kernel(_) if self.ask.rounds.is_none() => KERNEL_TIME,
            Part::Kernel(_) | Part::All => 0.97,
        };
        let stop = Stop {
            seconds: share * left.as_secs_f64(),
            gap: self.ask.gap,
            nodes: match part {
                Part::All => None,
                Part::Kernel(_) => Some(KERNEL_NODES),
            },
            seed: self.ask.seed,
        };
        counts.insert("columns".to_owned(), milp.draft.columns.len() as u64);
        counts.insert("rows".to_owned(), milp.draft.rows.len() as u64);
        let (send, receive) = channel();
        let draft = milp.draft.clone();
        let heard = (part == Part::All)
            .then(|| Heard::new(draft.columns.len()))
            .flatten();
        let file = heard.as_ref().map(Heard::path);
        std::thread::spawn(move || {
            let columns = columns.as_deref();
            let found = match file {
                Some(file) => draft.solve_aloud(columns, stop, &file),
                None => draft.solve(columns, stop),
            };
            // Nobody may be listening any more; then the answer is dropped.
            let _ = send.send(found);
        });
        let at_most = best.map_or(f64::INFINITY, |best| best.value);
        Whole {
            milp,
            part,
            at_most,
            receive,
            heard,
        }
    }

    /// Fixes what no solution better than the best one does, and counts it: the bound with that placement
    /// chosen, or that site the other way, is above the best value.
    fn fix(&self, milp: &mut Milp, best: &Best, prices: &Prices) -> u64 {
        let above = |more: f64| prices.bound + more > best.value + 1e-6 * best.value.abs().max(1.0);
        let mut fixed = 0;
        for (at, &more) in prices.reduced.iter().enumerate() {
            if above(more) {
                milp.draft.columns[milp.placement[at]].upper = 0.0;
                fixed += 1;
            }
        }
        for (at, site) in self.problem.sites.iter().enumerate() {
            let column = &mut milp.draft.columns[milp.site[at]];
            if site.lock != SiteLock::Free || site.parent.is_some() {
                continue;
            }
            let term = prices.sites[at];
            if above(term) {
                column.upper = 0.0;
                fixed += 1;
            } else if above(-term) {
                column.lower = 1.0;
                fixed += 1;
            }
        }
        fixed
    }

    /// Takes in what the whole program found.
    pub(super) fn take_in(
        &self,
        whole: &Whole,
        found: Found,
        outcome: &mut Outcome,
    ) -> Result<(), SitingError> {
        match found {
            Found::Infeasible if outcome.best.is_none() => Err(SitingError::Infeasible),
            // A solution is at hand, so the claim that there is none is wrong and not believed.
            Found::Infeasible => Ok(()),
            Found::Stopped { columns, bound, .. } => {
                if let Some(columns) = columns {
                    self.consider(
                        &mut outcome.best,
                        whole.milp.solution(self.problem, self.layout, &columns),
                    );
                }
                if whole.part == Part::All {
                    // What was fixed away costs more than the best solution at that time.
                    outcome.tree = bound.map(|bound| bound.min(whole.at_most));
                }
                Ok(())
            }
        }
    }

    /// Takes in what the whole program has found so far.
    pub(super) fn listen(&self, whole: &mut Whole, best: &mut Option<Best>) {
        if let Some(columns) = whole.heard.as_mut().and_then(Heard::newest) {
            let solution = whole.milp.solution(self.problem, self.layout, &columns);
            self.consider(best, solution);
        }
    }

    /// The whole problem as one program, and nothing else.
    pub(super) fn whole_model(&self, best: Option<Best>) -> Result<Outcome, SitingError> {
        let mut outcome = Outcome {
            best,
            engine: "whole model",
            ..Outcome::default()
        };
        let mut whole =
            self.start_whole(Part::All, outcome.best.as_ref(), None, &mut outcome.counts);
        // Kept apart: what is heard on the way depends on the clock, and counts only where that ends the run.
        let mut on_the_way = outcome.best.clone();
        let deadline = after(self.began, self.ask.time) + Duration::from_millis(1200);
        let mut said = Instant::now();
        loop {
            if let Some(found) = whole.poll(Duration::from_millis(20)) {
                self.take_in(&whole, found?, &mut outcome)?;
                break;
            }
            let over = self.progress.cancelled() || Instant::now() > deadline;
            if over || said.elapsed() > Duration::from_millis(500) {
                self.listen(&mut whole, &mut on_the_way);
                self.report(on_the_way.as_ref(), None);
                said = Instant::now();
            }
            if over {
                outcome.best = on_the_way;
                break;
            }
        }
        Ok(outcome)
    }
}

#[cfg(test)]
mod tests {
    use super::super::answer::{Ask, Ending, Progress, Snapshot};
    use super::super::dice::Dice;
    use super::super::problem::{Choice, Item, Placement, Problem, Site};
    use super::super::solve;
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::time::Duration;

    /// Stops as soon as something better than the start is known.
    struct Impatient {
        start: f64,
        heard: AtomicBool,
    }

    impl Progress for Impatient {
        fn report(&self, now: Snapshot) {
            if now.value.is_some_and(|value| value < self.start - 1e-6) {
                self.heard.store(true, Ordering::Relaxed);
            }
        }

        fn cancelled(&self) -> bool {
            self.heard.load(Ordering::Relaxed)
        }
    }

    #[test]
    fn whoever_cancels_the_whole_model_has_the_best_that_highs_had_found() {
        let mut dice = Dice::new(5);
        let mut problem = Problem::default();
        let (sites, items) = (40, 160);
        for _ in 0..sites {
            problem.sites.push(Site {
                fixed_cost: 20.0 + 30.0 * dice.share(),
                capacities: vec![80.0 + 60.0 * dice.share()],
                ..Site::default()
            });
        }
        for item in 0..items {
            problem.items.push(Item::default());
            let uses = 5.0 + 20.0 * dice.share();
            for site in 0..sites {
                problem.placements.push(Placement {
                    item,
                    site,
                    cost: 1.0 + 20.0 * dice.share(),
                    uses: vec![uses],
                    ..Placement::default()
                });
            }
        }
        // An item that may be anywhere any number of times leaves only the whole model.
        problem.items.push(Item {
            choice: Choice::Any,
            ..Item::default()
        });
        // Four items to a site, in their order.
        problem.start = Some((0..items).map(|item| item * sites + item / 4).collect());
        let start = super::super::start_of(&problem).expect("it has room");
        let progress = Impatient {
            start,
            heard: AtomicBool::new(false),
        };
        let ask = Ask {
            gap: 0.0,
            time: Duration::from_secs(60),
            seed: 1,
            rounds: None,
            least_travel_within: None,
        };
        let answer = solve(&problem, &ask, &progress).expect("it has a start");
        assert!(answer.value < start, "{} of {start}", answer.value);
        assert_eq!(answer.ending, Ending::Cancelled);
    }
}
