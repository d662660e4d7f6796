//! Whether a solution keeps every hard limit, in exact terms, and what it costs.

use super::answer::Solution;
use super::layout::Layout;
use super::problem::{Choice, Cover, Problem, Reach, Row, SiteLock, Term};
use super::validate::validate;
use super::violation::{Limit, Violation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What is made least.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Objective {
    /// Cost: sites, placements, parents, changes, soft limits, priced travel, less rewards.
    Cost,
    /// Travel: weight × distance to the nearest host, over all reaches.
    Travel,
}

/// Rounding that adding up may bring to a limit: 1e-9 of its size, or of 1.
pub(super) fn rounding(limit: f64) -> f64 {
    1e-9 * limit.abs().max(1.0)
}

/// Checks a solution of a valid problem against every hard limit. Amounts are exact; sums of `f64` may
/// differ from a limit by rounding of 1e-9 of its size.
///
/// # Errors
/// All broken limits; [`Limit::Shape`] where the problem is not valid or the solution does not fit it.
pub fn check(problem: &Problem, solution: &Solution) -> Result<(), Vec<Violation>> {
    if validate(problem).is_err() {
        return Err(vec![Violation {
            limit: Limit::Shape,
            by: 1.0,
        }]);
    }
    check_valid(problem, &Layout::new(problem), solution)
}

/// [`check`] of a problem known to be valid.
pub(super) fn check_valid(
    problem: &Problem,
    layout: &Layout,
    solution: &Solution,
) -> Result<(), Vec<Violation>> {
    let Some(shares) = spread(problem, solution) else {
        return Err(vec![Violation {
            limit: Limit::Shape,
            by: 1.0,
        }]);
    };
    let mut found = Vec::new();
    check_items(problem, layout, &shares, &mut found);
    check_sites(problem, layout, solution, &shares, &mut found);
    for (at, conflict) in problem.conflicts.iter().enumerate() {
        let mut placements = conflict.placements.clone();
        placements.sort_unstable();
        placements.dedup();
        let chosen: f64 = placements.iter().map(|&placement| shares[placement]).sum();
        over(
            &mut found,
            Limit::Conflict(at),
            chosen,
            f64::from(conflict.most),
        );
    }
    for reach in 0..problem.reaches.len() {
        check_reach(problem, reach, &shares, &mut found);
    }
    for (at, row) in problem.rows.iter().enumerate() {
        let by = row_excess(row, solution, &shares);
        if row.price.is_none() && by > 0.0 {
            found.push(Violation {
                limit: Limit::Row(at),
                by,
            });
        }
    }
    if found.is_empty() { Ok(()) } else { Err(found) }
}

/// What a solution is worth under an objective; infinite where the problem is not valid or the solution
/// does not fit it. Soft limits cost their price; hard ones are not looked at.
pub fn value(problem: &Problem, solution: &Solution, objective: Objective) -> f64 {
    if validate(problem).is_err() {
        return f64::INFINITY;
    }
    value_valid(problem, &Layout::new(problem), solution, objective)
}

/// [`value`] of a problem known to be valid.
pub(super) fn value_valid(
    problem: &Problem,
    layout: &Layout,
    solution: &Solution,
    objective: Objective,
) -> f64 {
    let Some(shares) = spread(problem, solution) else {
        return f64::INFINITY;
    };
    match objective {
        Objective::Cost => cost(problem, layout, solution, &shares),
        Objective::Travel => (0..problem.reaches.len())
            .map(|at| {
                travel(
                    &problem.reaches[at],
                    &serving(&problem.reaches[at], &shares),
                )
            })
            .sum::<u128>() as f64,
    }
}

fn cost(problem: &Problem, layout: &Layout, solution: &Solution, shares: &[f64]) -> f64 {
    let mut cost = layout.constant;
    let open_sites = problem
        .sites
        .iter()
        .zip(&solution.open)
        .filter(|(_, open)| **open);
    cost += open_sites.map(|(site, _)| site.fixed_cost).sum::<f64>();
    for (parent, children) in problem.parents.iter().zip(&layout.children) {
        if children.iter().any(|&site| solution.open[site]) {
            cost += parent.fixed_cost;
        }
    }
    for (&placement, &share) in solution.chosen.iter().zip(&solution.shares) {
        cost += layout.cost[placement] * share;
    }
    for pair in &problem.pairs {
        let (first, second) = (shares[pair.first], shares[pair.second]);
        let together = if pair.reward >= 0.0 {
            first.min(second)
        } else {
            (first + second - 1.0).max(0.0)
        };
        cost -= pair.reward * together;
    }
    for row in &problem.rows {
        if let Some(price) = row.price {
            cost += price * row_excess(row, solution, shares).max(0.0);
        }
    }
    for reach in &problem.reaches {
        let serves = serving(reach, shares);
        for cover in &reach.covers {
            if let Cover::Share {
                price: Some(price), ..
            }
            | Cover::Mean {
                price: Some(price), ..
            } = cover
            {
                cost += price * cover_excess(reach, cover, &serves).0 as f64;
            }
        }
        if reach.travel_price != 0.0 {
            cost += reach.travel_price * travel(reach, &serves) as f64;
        }
    }
    cost
}

/// The share of every placement; `None` where the solution does not fit the problem.
pub(super) fn spread(problem: &Problem, solution: &Solution) -> Option<Vec<f64>> {
    let lengths = solution.shares.len() == solution.chosen.len()
        && solution.open.len() == problem.sites.len();
    if !lengths || !solution.chosen.is_sorted_by(|before, after| before < after) {
        return None;
    }
    let mut shares = vec![0.0; problem.placements.len()];
    for (&placement, &share) in solution.chosen.iter().zip(&solution.shares) {
        let split = problem
            .items
            .get(problem.placements.get(placement)?.item)?
            .split;
        let fits = if split {
            share > 0.0 && share <= 1.0
        } else {
            share == 1.0
        };
        if !fits {
            return None;
        }
        *shares.get_mut(placement)? = share;
    }
    Some(shares)
}

/// Which hosts of a reach serve.
pub(super) fn serving(reach: &Reach, shares: &[f64]) -> Vec<bool> {
    let chosen = |placement: &usize| shares[*placement] > 0.0;
    reach
        .hosts
        .iter()
        .map(|host| host.always || host.placements.iter().any(chosen))
        .collect()
}

fn travel(reach: &Reach, serves: &[bool]) -> u128 {
    let weighed = |(target, &weight): (usize, &u64)| {
        if weight == 0 {
            return 0;
        }
        let distance = reach
            .nearest(target, serves)
            .map_or_else(|| reach.beyond(target), u64::from);
        u128::from(weight) * u128::from(distance)
    };
    reach.travel_weights.iter().enumerate().map(weighed).sum()
}

fn over(found: &mut Vec<Violation>, limit: Limit, amount: f64, most: f64) {
    if amount > most + rounding(most) {
        found.push(Violation {
            limit,
            by: amount - most,
        });
    }
}

fn check_items(problem: &Problem, layout: &Layout, shares: &[f64], found: &mut Vec<Violation>) {
    for (at, item) in problem.items.iter().enumerate() {
        let total: f64 = layout.of_item[at]
            .iter()
            .map(|&placement| shares[placement])
            .sum();
        let off = match item.choice {
            Choice::ExactlyOne => total - 1.0,
            Choice::AtMostOne => (total - 1.0).max(0.0),
            Choice::Any => 0.0,
        };
        if off.abs() > 1e-9 {
            found.push(Violation {
                limit: Limit::Item(at),
                by: off,
            });
        }
    }
}

fn check_sites(
    problem: &Problem,
    layout: &Layout,
    solution: &Solution,
    shares: &[f64],
    found: &mut Vec<Violation>,
) {
    for (at, site) in problem.sites.iter().enumerate() {
        let open = solution.open[at];
        let against = match site.lock {
            SiteLock::Free => false,
            SiteLock::Open => !open,
            SiteLock::Closed => open,
        };
        if against {
            found.push(Violation {
                limit: Limit::Lock(at),
                by: 1.0,
            });
        }
        for (kind, &capacity) in site.capacities.iter().enumerate() {
            let used =
                |&placement: &usize| problem.placements[placement].uses[kind] * shares[placement];
            over(
                found,
                Limit::Capacity(at, kind),
                layout.of_site[at].iter().map(used).sum(),
                capacity,
            );
        }
        for &placement in &layout.of_site[at] {
            let share = shares[placement];
            if share <= 0.0 {
                continue;
            }
            if !open {
                found.push(Violation {
                    limit: Limit::ClosedSite(placement),
                    by: share,
                });
            }
            let requires = &problem.placements[placement].requires;
            let met: f64 = requires.iter().map(|&other| shares[other]).sum();
            if !requires.is_empty() && share > met + 1e-9 {
                found.push(Violation {
                    limit: Limit::Requires(placement),
                    by: share - met,
                });
            }
        }
    }
    for variants in &layout.variants {
        for &site in variants.iter().filter(|&&site| solution.open[site]).skip(1) {
            found.push(Violation {
                limit: Limit::Variant(site),
                by: 1.0,
            });
        }
    }
}

fn check_reach(problem: &Problem, at: usize, shares: &[f64], found: &mut Vec<Violation>) {
    let reach = &problem.reaches[at];
    let serves = serving(reach, shares);
    for (position, cover) in reach.covers.iter().enumerate() {
        match cover {
            Cover::Each {
                targets, limits, ..
            } => {
                for (&target, &limit) in targets.iter().zip(limits) {
                    let nearest = reach.nearest(target as usize, &serves);
                    if nearest.is_none_or(|nearest| nearest > limit) {
                        let by =
                            nearest.map_or(f64::INFINITY, |nearest| f64::from(nearest - limit));
                        let limit = Limit::Each(at, position, target as usize);
                        found.push(Violation { limit, by });
                    }
                }
            }
            Cover::Share { price, .. } => {
                let (short, _) = cover_excess(reach, cover, &serves);
                if price.is_none() && short > 0 {
                    found.push(Violation {
                        limit: Limit::Share(at, position),
                        by: short as f64,
                    });
                }
            }
            Cover::Mean { price, .. } => {
                let (above, unserved) = cover_excess(reach, cover, &serves);
                if unserved {
                    found.push(Violation {
                        limit: Limit::Mean(at, position),
                        by: f64::INFINITY,
                    });
                } else if price.is_none() && above > 0 {
                    found.push(Violation {
                        limit: Limit::Mean(at, position),
                        by: above as f64,
                    });
                }
            }
        }
    }
}

/// By how much a share is short or a mean is over, and whether a weighted target of a mean is unserved.
fn cover_excess(reach: &Reach, cover: &Cover, serves: &[bool]) -> (u128, bool) {
    match cover {
        Cover::Each { .. } => (0, false),
        Cover::Share {
            limit,
            weights,
            need,
            ..
        } => {
            let within = |target: usize| {
                reach
                    .nearest(target, serves)
                    .is_some_and(|nearest| nearest <= *limit)
            };
            let weighed = weights
                .iter()
                .enumerate()
                .filter(|(target, weight)| **weight > 0 && within(*target));
            let covered: u128 = weighed.map(|(_, &weight)| u128::from(weight)).sum();
            (u128::from(*need).saturating_sub(covered), false)
        }
        Cover::Mean { weights, most, .. } => {
            let (mut total, mut unserved) = (0u128, false);
            for (target, &weight) in weights
                .iter()
                .enumerate()
                .filter(|(_, weight)| **weight > 0)
            {
                match reach.nearest(target, serves) {
                    Some(nearest) => total += u128::from(weight) * u128::from(nearest),
                    None => unserved = true,
                }
            }
            (total.saturating_sub(u128::from(*most)), unserved)
        }
    }
}

/// By how much a row is broken, beyond rounding; 0 where it is kept.
fn row_excess(row: &Row, solution: &Solution, shares: &[f64]) -> f64 {
    let (mut total, mut size) = (0.0, 1.0f64);
    for &(term, coefficient) in &row.terms {
        let amount = match term {
            Term::Site(site) => coefficient * f64::from(u8::from(solution.open[site])),
            Term::Placement(placement) => coefficient * shares[placement],
        };
        total += amount;
        size = size.max(amount.abs());
    }
    let most = row.at_most.map_or(0.0, |most| total - most);
    let least = row.at_least.map_or(0.0, |least| least - total);
    let limit = row
        .at_most
        .unwrap_or(0.0)
        .abs()
        .max(row.at_least.unwrap_or(0.0).abs());
    let excess = most.max(least);
    if excess > rounding(limit.max(size)) {
        excess
    } else {
        0.0
    }
}
