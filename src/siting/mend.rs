//! With the lock of a site turned: the solution that puts the fewest items elsewhere.
//!
//! A program knows every item, site, capacity, row and hard limit. First only those near to what was lost may leave
//! their place, which is soon told; then everybody may: what has no solution then has none at all.

use super::answer::Solution;
use super::check::check_valid;
use super::draft::{Found, Stop};
use super::layout::Layout;
use super::milp::{Aim, Milp};
use super::problem::{Choice, Cover, Problem, Row};
use super::state::NOWHERE;
use std::collections::BTreeSet;
use std::time::Instant;

/// Seconds of a program of those nearby.
const NEARBY: f64 = 2.0;

/// Seconds of a program of everybody.
const EVERYBODY: f64 = 20.0;

/// Nodes of one program.
const NODES: i32 = 400;

/// A gap at which a solution is near enough to the fewest changes.
const GAP: f64 = 0.2;

/// What came of it.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Mended {
    /// A solution.
    Found(Solution),
    /// There is none, whoever goes where.
    Never,
    /// Neither is known.
    Nothing,
}

/// Mends a problem in which somebody is nowhere; `at` says where each item is. Those alone may leave their place who
/// `may`, or everybody.
pub(super) fn mended(
    problem: &Problem,
    layout: &Layout,
    at: &[u32],
    may: Option<&BTreeSet<usize>>,
    (until, seed): (Instant, u64),
) -> Mended {
    let left = until
        .saturating_duration_since(Instant::now())
        .as_secs_f64();
    if left <= 0.0 {
        return Mended::Nothing;
    }
    let by_changes = by_changes(problem, at);
    let own = Layout::new(&by_changes);
    let mut milp = Milp::new(&by_changes, &own, Aim::Cost);
    let stays = |item: usize| may.is_some_and(|may| !may.contains(&item));
    for (position, placement) in problem.placements.iter().enumerate() {
        let now = at[placement.item];
        if stays(placement.item) && now != NOWHERE {
            let column = &mut milp.draft.columns[milp.placement[position]];
            let here = f64::from(u8::from(now == position as u32));
            (column.lower, column.upper) = (here, here);
        }
    }
    let stop = Stop {
        seconds: left.min(if may.is_some() { NEARBY } else { EVERYBODY }),
        gap: GAP,
        nodes: Some(NODES),
        seed,
    };
    let columns = match milp.draft.solve(None, stop) {
        Ok(Found::Infeasible) if may.is_none() => return Mended::Never,
        Ok(Found::Stopped {
            columns: Some(columns),
            ..
        }) => columns,
        _ => return Mended::Nothing,
    };
    let solution = milp.solution(&by_changes, &own, &columns);
    match check_valid(problem, layout, &solution) {
        Ok(()) => Mended::Found(solution),
        Err(_) => Mended::Nothing,
    }
}

/// The problem with its hard limits alone, in which only leaving one's place costs something.
fn by_changes(problem: &Problem, at: &[u32]) -> Problem {
    let mut changes = Problem {
        sites: problem.sites.clone(),
        items: problem.items.clone(),
        placements: problem.placements.clone(),
        conflicts: problem.conflicts.clone(),
        ..Problem::default()
    };
    let hard = |row: &&Row| row.price.is_none();
    changes.reaches = problem
        .reaches
        .iter()
        .map(|reach| {
            let mut reach = reach.clone();
            reach.covers.retain(Cover::is_hard);
            (reach.travel_weights, reach.travel_price) = (Vec::new(), 0.0);
            reach
        })
        .collect();
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
