//! How large a program the whole problem would be, without drawing it up.

use super::milp_covers::each_limits;
use super::problem::{Cover, Problem, Reach};

/// About the non-zero coefficients of the whole model: at least as many as `milp` draws up, which merges targets of
/// the same hosts.
pub(super) fn nonzeros(problem: &Problem) -> usize {
    // Once for its item, twice for its site, and once for each capacity and requirement.
    let placements = problem.placements.iter().map(|placement| {
        let used = placement.uses.iter().filter(|used| **used > 0.0).count();
        3 + used + placement.requires.len()
    });
    let conflicts = problem.conflicts.iter();
    let conflicts = conflicts.map(|conflict| 1 + conflict.placements.len());
    let rows = problem.rows.iter().map(|row| 1 + row.terms.len());
    let reaches = problem.reaches.iter().map(of_reach);
    placements.sum::<usize>()
        + conflicts.sum::<usize>()
        + rows.sum::<usize>()
        + reaches.sum::<usize>()
        + 4 * problem.pairs.len()
        + 2 * problem.sites.len()
}

/// What hosts and targets of a reach add.
fn of_reach(reach: &Reach) -> usize {
    let hosts = reach.hosts.iter().map(|host| match host.placements.len() {
        0 | 1 => 0,
        several => 3 + several,
    });
    let limits = each_limits(reach);
    let targets = limits.iter().enumerate();
    let targets = targets.map(|(target, limit)| of_target(reach, target, *limit));
    hosts.sum::<usize>() + targets.sum::<usize>()
}

/// The part of a target's list that matters, and two coefficients for each step of it that counts.
fn of_target(reach: &Reach, target: usize, limit: Option<u32>) -> usize {
    let travels = reach.travel_price > 0.0
        && (reach.travel_weights.get(target)).is_some_and(|weight| *weight > 0);
    let (mut every_step, mut steps, mut farthest) = (travels, 0, limit);
    for cover in &reach.covers {
        match cover {
            Cover::Share { limit, weights, .. } if weights[target] > 0 => {
                steps += 1;
                farthest = farthest.max(Some(*limit));
            }
            Cover::Mean { weights, .. } if weights[target] > 0 => every_step = true,
            Cover::Each { .. } | Cover::Share { .. } | Cover::Mean { .. } => {}
        }
    }
    let list = reach.list(target);
    let all = &reach.distance[list];
    let within = |limit: u32| all.partition_point(|distance| *distance <= limit);
    let allowed = limit.map_or(all.len(), within);
    if every_step {
        let mut distances = all[..allowed].to_vec();
        distances.dedup();
        return allowed + 2 * distances.len();
    }
    allowed.min(farthest.map_or(0, within)) + 2 * steps
}

#[cfg(test)]
mod tests {
    use super::super::layout::Layout;
    use super::super::milp::{Aim, Milp};
    use super::super::tiny::tiny;
    use super::*;

    #[test]
    fn the_whole_model_has_no_more_coefficients_than_were_counted() {
        let (mut all_drawn, mut all_counted) = (0, 0);
        for seed in 0..500 {
            let problem = tiny(seed, true);
            let milp = Milp::new(&problem, &Layout::new(&problem), Aim::Cost);
            let drawn: usize = milp.draft.rows.iter().map(|row| row.terms.len()).sum();
            let counted = nonzeros(&problem);
            // Parents and variants, and the columns that break soft limits, are few.
            let few = 3 * problem.sites.len() + 2 * problem.rows.len() + 4 * problem.reaches.len();
            assert!(
                drawn <= counted + few,
                "seed {seed}: {drawn} for {counted} and {few}"
            );
            all_drawn += drawn;
            all_counted += counted;
        }
        // Nor does it count many more than there are.
        assert!(all_counted < 3 * all_drawn, "{all_counted} for {all_drawn}");
    }
}
