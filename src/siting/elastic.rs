//! Why nothing fits: the smallest set of limits that would have to give way.

use super::answer::{Ask, Progress, SitingError, Solution};
use super::check::check;
use super::door::solve;
use super::problem::{Choice, Cover, Host, Problem, Reach, SiteLock};
use super::violation::{Limit, Violation};
use std::time::Duration;

/// How dear it is to break each kind of limit, against the others. The dearest give way last.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Elastic {
    /// One target beyond its limit, or a tenth of a share's need or of a mean's most.
    pub covers: f64,
    /// A row broken by as much as the largest of its terms.
    pub rows: f64,
    /// One site's lock.
    pub locks: f64,
    /// One item without a home.
    pub items: f64,
}

impl Default for Elastic {
    /// Covers and rows give way first, then locks, items last.
    fn default() -> Elastic {
        Elastic {
            covers: 1.0,
            rows: 1.0,
            locks: 30.0,
            items: 1000.0,
        }
    }
}

/// A solution that breaks as little as can be, and what it breaks.
#[derive(Clone, Debug, PartialEq)]
pub struct Relaxation {
    /// The nearest thing to a solution.
    pub solution: Solution,
    /// The limits it breaks and by how much; empty where the problem has a solution after all.
    pub broken: Vec<Violation>,
    /// Whether no smaller relaxation exists under the prices given.
    pub proven: bool,
}

/// Finds the smallest relaxation of a problem by priority: which covers, rows, locks and items would
/// have to give way, and by how much. Capacities, conflicts and requirements never give way: an item
/// without room stays without a home instead.
///
/// # Errors
/// As [`solve`]; [`SitingError::NothingFound`] where `time` is too short.
pub fn explain_infeasible(
    problem: &Problem,
    elastic: &Elastic,
    time: Duration,
    progress: &dyn Progress,
) -> Result<Relaxation, SitingError> {
    super::validate::validate(problem)?;
    let softened = soften(problem, elastic);
    let ask = Ask {
        gap: 1e-4,
        time,
        seed: 1,
        rounds: None,
        least_travel_within: None,
    };
    let answer = solve(&softened, &ask, progress)?;
    let proven = answer.gap().is_some_and(|gap| gap <= 2e-4);
    let broken = match check(problem, &answer.solution) {
        Ok(()) => Vec::new(),
        Err(broken) => broken,
    };
    Ok(Relaxation {
        solution: answer.solution,
        broken,
        proven,
    })
}

/// The same problem with no costs but the prices of what is broken.
fn soften(problem: &Problem, elastic: &Elastic) -> Problem {
    let mut soft = problem.clone();
    soft.price_per_change = 0.0;
    soft.pairs.clear();
    for parent in &mut soft.parents {
        parent.fixed_cost = 0.0;
    }
    for site in &mut soft.sites {
        site.fixed_cost = match site.lock {
            SiteLock::Free => 0.0,
            SiteLock::Open => -elastic.locks,
            SiteLock::Closed => elastic.locks,
        };
        site.lock = SiteLock::Free;
    }
    for placement in &mut soft.placements {
        let must = problem.items[placement.item].choice == Choice::ExactlyOne;
        placement.cost = if must { -elastic.items } else { 0.0 };
    }
    for item in &mut soft.items {
        if item.choice == Choice::ExactlyOne {
            item.choice = Choice::AtMostOne;
        }
    }
    for row in &mut soft.rows {
        let widest = row.terms.iter().map(|(_, amount)| amount.abs());
        let widest = widest.fold(1e-9, f64::max);
        // What is soft already breaks free of charge.
        row.price = Some(if row.price.is_some() {
            0.0
        } else {
            elastic.rows / widest
        });
    }
    soft.reaches = problem
        .reaches
        .iter()
        .map(|reach| soften_reach(reach, elastic.covers))
        .collect();
    soft
}

/// All covers of a reach with a price. A host farther than all others always serves, so that a mean
/// stays a sum; being served only by it costs as much as being beyond a limit.
fn soften_reach(reach: &Reach, price: f64) -> Reach {
    let farthest = reach.distance.iter().copied().max().unwrap_or(0);
    let last = u32::try_from(reach.hosts.len()).unwrap_or(u32::MAX);
    let mut soft = Reach {
        name: reach.name.clone(),
        hosts: reach.hosts.clone(),
        ..Reach::default()
    };
    soft.hosts.push(Host {
        placements: Vec::new(),
        always: true,
    });
    soft.starts.push(0);
    for target in 0..reach.target_count() {
        let list = reach.list(target);
        soft.host.extend_from_slice(&reach.host[list.clone()]);
        soft.distance.extend_from_slice(&reach.distance[list]);
        soft.host.push(last);
        soft.distance.push(farthest.saturating_add(1));
        soft.starts.push(soft.host.len());
    }
    for cover in &reach.covers {
        soften_cover(reach, cover, farthest, price, &mut soft.covers);
    }
    soft
}

fn soften_cover(reach: &Reach, cover: &Cover, farthest: u32, price: f64, into: &mut Vec<Cover>) {
    let all = |limit: u32, weights: Vec<u64>| Cover::Share {
        name: String::new(),
        limit,
        need: weights.iter().sum(),
        weights,
        price: Some(price),
    };
    match cover {
        Cover::Each {
            targets, limits, ..
        } => {
            let mut by_limit = std::collections::BTreeMap::new();
            for (&target, &limit) in targets.iter().zip(limits) {
                let weights = by_limit
                    .entry(limit.min(farthest))
                    .or_insert_with(|| vec![0u64; reach.target_count()]);
                weights[target as usize] = 1;
            }
            into.extend(
                by_limit
                    .into_iter()
                    .map(|(limit, weights)| all(limit, weights)),
            );
        }
        Cover::Share {
            name,
            limit,
            weights,
            need,
            price: own,
        } => {
            let (name, weights) = (name.clone(), weights.clone());
            let (limit, need) = ((*limit).min(farthest), *need);
            let price = Some(if own.is_some() {
                0.0
            } else {
                10.0 * price / (need as f64).max(1.0)
            });
            into.push(Cover::Share {
                name,
                limit,
                weights,
                need,
                price,
            });
        }
        Cover::Mean {
            name,
            weights,
            most,
            price: own,
        } => {
            into.push(all(
                farthest,
                weights
                    .iter()
                    .map(|&weight| u64::from(weight > 0))
                    .collect(),
            ));
            let (name, weights, most) = (name.clone(), weights.clone(), *most);
            let price = Some(if own.is_some() {
                0.0
            } else {
                10.0 * price / (most as f64).max(1.0)
            });
            into.push(Cover::Mean {
                name,
                weights,
                most,
                price,
            });
        }
    }
}

impl Relaxation {
    /// The broken limits of covers, rows, locks or items that have to give way, grouped by kind in the
    /// order of [`Limit`].
    pub fn limits(&self) -> Vec<Limit> {
        let mut limits: Vec<Limit> = self.broken.iter().map(|broken| broken.limit).collect();
        limits.sort_unstable();
        limits.dedup();
        limits
    }
}
