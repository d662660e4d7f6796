//! The same journeys for less: where travel is made least within a cost, what was moved without
//! shortening any journey goes back to where it costs least.

use super::answer::{Answer, Ask, Progress, Solution};
use super::check::{Objective, check_valid, value_valid};
use super::door::solve_with;
use super::layout::Layout;
use super::problem::Problem;
use super::quiet::Quiet;
use super::reduce::Part;
use std::time::Duration;

/// How exactly what is left to choose is made cheapest.
const GAP: f64 = 1e-5;

/// Rounds of tiles at most, so that the end is at the same point on every machine.
const ROUNDS: u32 = 8;

/// An answer of the least travel, with everything that nobody travels to where it costs least.
pub(super) fn cheapest(
    problem: &Problem,
    mut found: Answer,
    ask: &Ask,
    time: Duration,
    progress: &dyn Progress,
    whole_below: usize,
) -> Answer {
    // A price of changes is one for each move from the start, which this would count anew.
    if problem.price_per_change != 0.0 || progress.cancelled() {
        return found;
    }
    let part = with_these_hosts(problem, &found.solution);
    let ask = Ask {
        gap: GAP,
        time,
        rounds: Some(ROUNDS),
        seed: ask.seed,
        least_travel_within: None,
    };
    let quiet = Quiet(progress);
    let Ok(answer) = solve_with(&part.problem, &ask, &quiet, whole_below) else {
        return found;
    };
    let cheaper = lifted(problem, &part, &answer.solution);
    let layout = Layout::new(problem);
    if check_valid(problem, &layout, &cheaper).is_err() {
        return found;
    }
    let worth = |solution: &Solution, of: Objective| value_valid(problem, &layout, solution, of);
    let travel = worth(&cheaper, Objective::Travel);
    let saves = worth(&cheaper, Objective::Cost) < worth(&found.solution, Objective::Cost);
    if saves && travel <= found.value {
        (found.solution, found.value) = (cheaper, travel);
    }
    found
}

/// The problem with everything that somebody travels to where a solution has it.
fn with_these_hosts(problem: &Problem, solution: &Solution) -> Part {
    let mut out = vec![false; problem.placements.len()];
    let travelled_to = problem
        .reaches
        .iter()
        .filter(|reach| !reach.travel_weights.is_empty());
    for host in travelled_to.flat_map(|reach| &reach.hosts) {
        for &at in &host.placements {
            out[at] = solution.chosen.binary_search(&at).is_err();
        }
    }
    leave_out_what_needs_them(problem, &mut out);
    let mut part = Part::whole(problem);
    part.problem.start = Some(solution.chosen.clone());
    part.leave_out(&out);
    part
}

/// Leaves out as well what must not be chosen without something that is left out.
fn leave_out_what_needs_them(problem: &Problem, out: &mut [bool]) {
    let mut before = usize::MAX;
    let mut left = out.iter().filter(|out| !**out).count();
    while left < before {
        before = left;
        for (at, placement) in problem.placements.iter().enumerate() {
            let requires = &placement.requires;
            let helpless = !requires.is_empty() && requires.iter().all(|&other| out[other]);
            if helpless && !out[at] {
                out[at] = true;
                left -= 1;
            }
        }
    }
}

fn lifted(problem: &Problem, part: &Part, own: &Solution) -> Solution {
    let mut whole = Solution::nothing(problem);
    part.add_solution(own, &mut whole);
    whole
}

#[cfg(test)]
mod tests {
    use super::super::check::value;
    use super::super::problem::{Cover, Host, Item, Placement, Reach, Site};
    use super::super::tiny::{enumerate, tiny};
    use super::*;

    fn ask(within: f64) -> Ask {
        Ask {
            gap: 0.0,
            time: Duration::from_secs(20),
            rounds: None,
            seed: 1,
            least_travel_within: Some(within),
        }
    }

    /// A counter and a team, each for 1 at the first site and for 2 at the second, which is nearer to everybody.
    fn counter_and_team() -> Problem {
        let site = |name: &str| Site {
            name: name.into(),
            ..Site::default()
        };
        let placement = |item, site| Placement {
            item,
            site,
            cost: 1.0 + site as f64,
            ..Placement::default()
        };
        Problem {
            sites: vec![site("far"), site("near")],
            items: vec![Item::default(), Item::default()],
            placements: vec![
                placement(0, 0),
                placement(0, 1),
                placement(1, 0),
                placement(1, 1),
            ],
            reaches: vec![Reach {
                hosts: [0, 1]
                    .map(|at| Host {
                        placements: vec![at],
                        always: false,
                    })
                    .to_vec(),
                starts: vec![0, 2],
                host: vec![1, 0],
                distance: vec![1, 9],
                covers: Vec::<Cover>::new(),
                travel_weights: vec![1],
                ..Reach::default()
            }],
            // Both at the second site.
            start: Some(vec![1, 3]),
            ..Problem::default()
        }
    }

    #[test]
    fn a_team_that_nobody_travels_to_stays_where_it_costs_least() {
        let answer = solve_with(&counter_and_team(), &ask(4.0), &(), 100).expect("it has a start");
        // The counter near for 2, the team far for 1.
        assert_eq!(answer.solution.chosen, [1, 2]);
        assert_eq!(answer.value, 1.0);
    }

    #[test]
    fn what_goes_with_the_counter_stays_with_it() {
        let mut problem = counter_and_team();
        problem.items.push(Item::default());
        for site in 0..2 {
            problem.placements.push(Placement {
                item: 2,
                site,
                cost: 1.0 + site as f64,
                requires: vec![site],
                ..Placement::default()
            });
        }
        problem.start = Some(vec![1, 3, 5]);
        let answer = solve_with(&problem, &ask(5.0), &(), 100).expect("it has a start");
        // The counter near for 2, its own people there for 2, the team far for 1.
        assert_eq!(answer.solution.chosen, [1, 2, 5]);
    }

    #[test]
    fn of_all_with_the_same_hosts_the_cheapest_is_kept() {
        let mut spared = 0;
        for seed in 0..400 {
            let problem = Problem {
                price_per_change: 0.0,
                ..tiny(seed, false)
            };
            let Some((least, _)) = enumerate(&problem, Objective::Cost, None) else {
                continue;
            };
            let within = least + 0.2 * least.abs() + 1.0;
            let answer = solve_with(&problem, &ask(within), &(), 100).expect("one is within");
            let part = with_these_hosts(&problem, &answer.solution);
            let (cheapest, _) =
                enumerate(&part.problem, Objective::Cost, None).expect("itself at least");
            let cost = value(&problem, &answer.solution, Objective::Cost);
            assert!(
                cost - cheapest <= GAP * cost.abs() + 1e-9,
                "seed {seed}: {cost} for {cheapest}"
            );
            spared += u32::from(part.problem.placements.len() > answer.solution.chosen.len());
        }
        assert!(spared > 50, "{spared}");
    }
}
