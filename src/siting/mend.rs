//! With the lock of a site turned: the solution that puts the fewest items elsewhere, found by asking for more and
//! more of what is asked.
//!
//! A program knows every item, site, capacity and row, but of the reaches only those that lost somebody. What it finds
//! breaks some of the others, and those are asked for too, until nothing is broken, or what is asked for so far cannot be
//! had: then there is no solution at all.

use super::answer::Solution;
use super::check::check_valid;
use super::draft::{Found, Stop};
use super::layout::Layout;
use super::milp::{Aim, Milp};
use super::problem::{Choice, Cover, Problem, Row};
use super::state::NOWHERE;
use super::violation::Limit;
use std::collections::BTreeSet;
use std::time::Instant;

/// Programs, each with more reaches than the one before.
const ROUNDS: usize = 8;

/// Seconds of one program.
const SECONDS: f64 = 6.0;

/// Nodes of one program.
const NODES: i32 = 400;

/// A gap at which a solution is near enough to the fewest changes.
const GAP: f64 = 0.2;

/// What came of it.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Mended {
    /// A solution.
    Found(Solution),
    /// There is none: these reaches cannot be kept with room for every item.
    Never(Vec<usize>),
    /// Neither is known.
    Nothing,
}

/// Mends a problem in which these reaches have lost somebody; `at` says where each item is.
pub(super) fn mended(
    problem: &Problem,
    layout: &Layout,
    at: &[u32],
    lost: BTreeSet<usize>,
    (until, seed): (Instant, u64),
) -> Mended {
    let mut asked = lost;
    let mut asked_by_changes = by_changes(problem, at);
    for _ in 0..ROUNDS {
        let left = until
            .saturating_duration_since(Instant::now())
            .as_secs_f64();
        if left <= 0.0 {
            return Mended::Nothing;
        }
        asked_by_changes.reaches = asked
            .iter()
            .map(|reach| {
                let mut reach = problem.reaches[*reach].clone();
                reach.covers.retain(Cover::is_hard);
                (reach.travel_weights, reach.travel_price) = (Vec::new(), 0.0);
                reach
            })
            .collect();
        let own = Layout::new(&asked_by_changes);
        let milp = Milp::new(&asked_by_changes, &own, Aim::Cost);
        let stop = Stop {
            seconds: left.min(SECONDS),
            gap: GAP,
            nodes: Some(NODES),
            seed,
        };
        let columns = match milp.draft.solve(None, stop) {
            Ok(Found::Infeasible) => return Mended::Never(asked.into_iter().collect()),
            Ok(Found::Stopped {
                columns: Some(columns),
                ..
            }) => columns,
            _ => return Mended::Nothing,
        };
        let solution = milp.solution(&asked_by_changes, &own, &columns);
        let broken = match check_valid(problem, layout, &solution) {
            Ok(()) => return Mended::Found(solution),
            Err(broken) => broken,
        };
        let before = asked.len();
        asked.extend(broken.iter().filter_map(|one| match one.limit {
            Limit::Each(reach, ..) | Limit::Share(reach, _) | Limit::Mean(reach, _) => Some(reach),
            _ => None,
        }));
        if asked.len() == before {
            return Mended::Nothing;
        }
    }
    Mended::Nothing
}

/// The problem without its reaches, in which only leaving one's place costs something.
fn by_changes(problem: &Problem, at: &[u32]) -> Problem {
    let mut changes = Problem {
        sites: problem.sites.clone(),
        items: problem.items.clone(),
        placements: problem.placements.clone(),
        conflicts: problem.conflicts.clone(),
        ..Problem::default()
    };
    let hard = |row: &&Row| row.price.is_none();
    changes.rows = problem.rows.iter().filter(hard).cloned().collect();
    for site in &mut changes.sites {
        (site.fixed_cost, site.parent) = (0.0, None);
    }
    for (position, placement) in changes.placements.iter_mut().enumerate() {
        let now = at[placement.item];
        // Those who lost their place are free to go anywhere; what need not be placed is not.
        let lost = now == NOWHERE && problem.items[placement.item].choice == Choice::ExactlyOne;
        let stays = now == position as u32 || lost;
        placement.cost = f64::from(u8::from(!stays));
    }
    changes
}
