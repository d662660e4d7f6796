//! The programs that run beside the tiles, one after another, each in a thread of its own.
//!
//! When a program answers is up to the machine; what follows from its answer must not be. So each is given
//! a number of rounds of tiles, and its answer counts as if it came after the last of them: one that comes
//! sooner is kept until then, and one that comes later takes the place of what the rounds in between found,
//! which counts only where the time ends the run.

use super::answer::SitingError;
use super::draft::Found;
use super::engine::{Best, Outcome, Run};
use super::tiles::Tiles;
use super::whole::{Part, Whole};
use std::collections::VecDeque;
use std::time::Duration;

/// Rounds of tiles that a kernel is given.
const KERNEL_ROUNDS: u32 = 12;

/// Rounds of tiles that the whole model is given where it is large.
const WHOLE_ROUNDS: u32 = 60;

/// Rounds of tiles in a row without anything better before the whole model starts.
const STILL: u32 = 2;

/// What runs beside the tiles, and what is still to run.
pub(super) struct Beside<'a> {
    parts: VecDeque<Part>,
    running: Option<Running<'a>>,
}

struct Running<'a> {
    whole: Whole,
    /// Rounds of tiles before its answer counts.
    rounds_left: u32,
    /// Tiles and best solution as they were when the answer was due.
    when_due: Option<(Tiles<'a>, Option<Best>)>,
}

impl<'a> Beside<'a> {
    pub(super) fn new(parts: Vec<Part>) -> Beside<'a> {
        Beside {
            parts: parts.into(),
            running: None,
        }
    }

    /// Whether no program runs.
    pub(super) fn idle(&self) -> bool {
        self.running.is_none()
    }

    /// Whether no program is still to run.
    pub(super) fn is_done(&self) -> bool {
        self.parts.is_empty()
    }

    /// Whether rounds are run while an answer is due: what they find ends nothing.
    pub(super) fn overdue(&self) -> bool {
        self.running
            .as_ref()
            .is_some_and(|running| running.when_due.is_some())
    }

    /// Starts the next program, if it is time for it.
    pub(super) fn start(&mut self, run: &Run, tiles: &Tiles, outcome: &mut Outcome) {
        let Some(&part) = self.parts.front() else {
            return;
        };
        // The first tiles find most of what there is, and a better solution fixes more of the whole,
        // which cannot be stopped once it runs.
        // But where the gap is wide it rules out nothing, and the whole is what is left to try.
        let wide = run.is_wide(outcome);
        let early = part == Part::All && tiles.still < STILL && !tiles.exhausted && !wide;
        if self.running.is_some() || early {
            return;
        }
        self.parts.pop_front();
        let rounds_left = match part {
            Part::Kernel(_) => KERNEL_ROUNDS,
            Part::All if run.is_small() || wide => 0,
            Part::All => WHOLE_ROUNDS,
        };
        self.running = Some(Running {
            whole: run.start_whole(
                part,
                outcome.best.as_ref(),
                outcome.prices.as_ref(),
                &mut outcome.counts,
            ),
            rounds_left,
            when_due: None,
        });
    }

    /// One round of tiles has passed.
    pub(super) fn count_round(&mut self) {
        if let Some(running) = &mut self.running {
            running.rounds_left = running.rounds_left.saturating_sub(1);
        }
    }

    /// Takes in an answer that is due, and says whose it was.
    pub(super) fn settle(
        &mut self,
        run: &Run,
        tiles: &mut Tiles<'a>,
        outcome: &mut Outcome,
    ) -> Result<Option<Part>, SitingError> {
        let Some(running) = &mut self.running else {
            return Ok(None);
        };
        if running.rounds_left > 0 && !tiles.exhausted {
            return Ok(None);
        }
        let idle = tiles.exhausted || run.ask.rounds.is_some_and(|most| tiles.rounds() >= most);
        let wait = Duration::from_millis(if idle { 50 } else { 0 });
        let Some(found) = running.whole.poll(wait) else {
            running
                .when_due
                .get_or_insert_with(|| (tiles.clone(), outcome.best.clone()));
            return Ok(None);
        };
        let since = match running.when_due.take() {
            Some((tiles_then, best_then)) => {
                *tiles = tiles_then;
                std::mem::replace(&mut outcome.best, best_then)
            }
            None => None,
        };
        let part = running.whole.part;
        let ended_by_itself = matches!(
            &found,
            Ok(Found::Infeasible | Found::Stopped { finished: true, .. })
        );
        take_in(run, &running.whole, found, outcome)?;
        // The time ended the whole model: then what was found since counts, as it does where the time ends the run.
        if let (Part::All, false, Some(since)) = (part, ended_by_itself, since) {
            run.consider(&mut outcome.best, since.solution);
        }
        self.running = None;
        tiles.adopt(outcome);
        Ok(Some(part))
    }

    /// What runs stops by itself a moment before the time; what it has is worth a short wait, unless the
    /// caller wants no more: then what it has found so far counts.
    pub(super) fn last_wait(
        &mut self,
        run: &Run,
        outcome: &mut Outcome,
    ) -> Result<(), SitingError> {
        let Some(running) = self.running.as_mut().filter(|_| run.past(1.0)) else {
            return Ok(());
        };
        let wait = match run.progress.cancelled() {
            true => Duration::ZERO,
            false => Duration::from_millis(1000),
        };
        match running.whole.poll(wait) {
            Some(found) => take_in(run, &running.whole, found, outcome),
            None => {
                run.listen(&mut running.whole, &mut outcome.best);
                Ok(())
            }
        }
    }
}

/// Takes in what a program found. One that failed found nothing: the best solution and the certificate
/// stand without it.
fn take_in(
    run: &Run,
    whole: &Whole,
    found: Result<Found, SitingError>,
    outcome: &mut Outcome,
) -> Result<(), SitingError> {
    match found {
        Ok(found) => run.take_in(whole, found, outcome),
        Err(_) => {
            *outcome
                .counts
                .entry("programs_failed".to_owned())
                .or_default() += 1;
            Ok(())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::answer::{Ask, Solution};
    use super::super::layout::Layout;
    use super::super::problem::{Item, Placement, Problem, Site};
    use super::super::search::neighbours;
    use super::super::state::Ground;
    use super::super::web::Web;
    use super::*;
    use std::time::Instant;

    /// One item that costs 3, 2 or 1 at the first, second or third site.
    fn problem() -> Problem {
        let mut problem = Problem::default();
        problem.items.push(Item::default());
        for (site, cost) in [3.0, 2.0, 1.0].into_iter().enumerate() {
            problem.sites.push(Site::default());
            problem.placements.push(Placement {
                site,
                cost,
                ..Placement::default()
            });
        }
        problem
    }

    fn at(placement: usize) -> Option<Best> {
        let mut open = vec![false; 3];
        open[placement] = true;
        let solution = Solution {
            chosen: vec![placement],
            shares: vec![1.0],
            open,
        };
        let value = 3.0 - placement as f64;
        Some(Best { solution, value })
    }

    /// The value that stands when an answer is taken in that was due while the item was at the first site, and came
    /// after tiles had put it at the second.
    fn settled(part: Part, found: Result<Found, SitingError>) -> f64 {
        let problem = problem();
        let layout = Layout::new(&problem);
        let ask = Ask {
            gap: 0.0,
            time: Duration::from_secs(10),
            rounds: None,
            seed: 1,
            least_travel_within: None,
        };
        let run = Run {
            problem: &problem,
            layout: &layout,
            ask: &ask,
            progress: &(),
            began: Instant::now(),
            whole_below: 100,
            nonzeros: 0,
        };
        let web = Web::new(&problem, false).expect("sums are small");
        let ground = Ground::new(&problem, &layout, &web);
        let near = neighbours(&problem, &layout.of_item, &layout.of_site, 40);
        let mut outcome = Outcome {
            best: at(0),
            ..Outcome::default()
        };
        let mut tiles = Tiles::new(&run, &ground, &near, &outcome);
        let mut beside = Beside::new(Vec::new());
        beside.running = Some(Running {
            whole: Whole::answered(&run, part, found),
            rounds_left: 0,
            when_due: Some((tiles.clone(), at(0))),
        });
        outcome.best = at(1);
        let whose = beside.settle(&run, &mut tiles, &mut outcome);
        assert_eq!(whose.expect("nothing fails"), Some(part));
        outcome.best.map_or(f64::INFINITY, |best| best.value)
    }

    fn nothing_better(finished: bool) -> Result<Found, SitingError> {
        Ok(Found::Stopped {
            columns: None,
            bound: None,
            finished,
        })
    }

    #[test]
    fn a_late_answer_that_came_to_its_end_takes_the_place_of_what_was_found_since() {
        assert_eq!(settled(Part::All, nothing_better(true)), 3.0);
        assert_eq!(settled(Part::Kernel(1.0), nothing_better(true)), 3.0);
    }

    #[test]
    fn what_was_found_since_counts_where_the_whole_model_failed_or_ran_out_of_time() {
        assert_eq!(settled(Part::All, nothing_better(false)), 2.0);
        let failed = Err(SitingError::Solver("no answer".into()));
        assert_eq!(settled(Part::All, failed), 2.0);
    }
}
