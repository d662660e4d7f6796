//! A solved problem, asked again with the lock of one site turned: those who lose their place find the next best
//! one, then the neighbourhood of the site is solved anew by small programs; all else stays. What comes out is checked against every limit; that nothing is
//! cheaper is not proven here.

use super::alone::{Group, groups};
use super::answer::{Progress, Solution};
use super::certificate::{Certificate, multipliers};
use super::check::{Objective, check_valid, value_valid};
use super::dual::{Dual, Prices};
use super::engine::started;
use super::layout::Layout;
use super::problem::{Choice, Problem, SiteLock};
use super::rehouse::Work;
use super::search::neighbours;
use super::state::Ground;
use super::validate::validate;
use super::web::Web;
use std::collections::BTreeSet;
use std::time::Duration;

/// Nodes of one knapsack behind the prices.
const NODES: u32 = 300;

/// Neighbours of a site that are looked at.
const NEAR: usize = 40;

/// A problem with a solution, and all that is worked out of it once.
pub(crate) struct Settled<'a> {
    pub(super) problem: &'a Problem,
    layout: Layout,
    web: Web,
    pub(super) near: Vec<Vec<u32>>,
    pub(super) solution: Solution,
    pub(super) prices: Option<Prices>,
    /// Reaches that share items.
    groups: Vec<Group>,
}

/// What became of a turned lock.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Turned {
    /// The best solution that was found.
    Found(Solution),
    /// There is none: these items have nowhere else to go.
    Homeless(Vec<usize>),
    /// There is none: these reaches cannot be kept, even if nothing else were asked.
    OutOfReach(Vec<usize>),
    /// There is none: these reaches cannot be kept with room for every item, whoever goes where.
    Crowded(Vec<usize>),
    /// None was found.
    NotFound,
}

/// The lock that is turned, how long may be looked for a solution, and how long for a better one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Turn {
    pub(crate) site: usize,
    pub(crate) lock: SiteLock,
    pub(crate) time: Duration,
    pub(crate) enough: Duration,
    pub(crate) seed: u64,
}

impl<'a> Settled<'a> {
    /// Settles a problem at the solution that it starts from; `None` where that breaks a limit, or where an
    /// item may be divided or placed several times. Multipliers that do not fit the problem guide nothing.
    pub(crate) fn new(problem: &'a Problem, certificate: Option<&Certificate>) -> Option<Self> {
        let whole = problem
            .items
            .iter()
            .all(|item| !item.split && item.choice != Choice::Any);
        if !whole || validate(problem).is_err() {
            return None;
        }
        let layout = Layout::new(problem);
        let solution = started(problem, &layout)?;
        let web = Web::new(problem, false)?;
        let near = neighbours(problem, &layout.of_item, &layout.of_site, NEAR);
        let prices = certificate.and_then(|certificate| {
            let ground = Ground::new(problem, &layout, &web);
            let multipliers = multipliers(&ground, certificate)?;
            Dual::new(&ground, NODES).prices_at(certificate.bound, multipliers, NODES)
        });
        Some(Self {
            problem,
            layout,
            web,
            near,
            solution,
            prices,
            groups: groups(problem),
        })
    }

    fn locked(&self, turn: Turn) -> Problem {
        let mut problem = self.problem.clone();
        problem.sites[turn.site].lock = turn.lock;
        problem
    }

    /// The best solution found with the lock of a site turned, or why there is none.
    pub(crate) fn turned(&self, turn: Turn, progress: &dyn Progress) -> Turned {
        let problem = self.locked(turn);
        let homeless = self.homeless(&problem, turn);
        if !homeless.is_empty() {
            return Turned::Homeless(homeless);
        }
        let ground = Ground::new(&problem, &self.layout, &self.web);
        let mut work = Work::new(self, &ground, turn, progress);
        if let Some(none) = work.run() {
            return none;
        }
        work.drop_spare();
        let valid = |solution: &Solution| {
            check_valid(&problem, &self.layout, solution).is_ok()
                && value_valid(&problem, &self.layout, solution, Objective::Cost).is_finite()
        };
        match work.best.filter(valid) {
            Some(solution) => Turned::Found(solution),
            None => Turned::NotFound,
        }
    }

    /// Items that have no placement but at the site that is closed now.
    fn homeless(&self, problem: &Problem, turn: Turn) -> Vec<usize> {
        let inside = self.layout.of_site[turn.site].iter();
        let items: BTreeSet<usize> = inside.map(|at| problem.placements[*at].item).collect();
        let open = |at: &usize| {
            let site = problem.placements[*at].site;
            problem.sites[site].lock != SiteLock::Closed
        };
        let nowhere = |item: &usize| {
            let must = problem.items[*item].choice == Choice::ExactlyOne;
            must && !self.layout.of_item[*item].iter().any(open)
        };
        items.into_iter().filter(nowhere).collect()
    }

    /// Groups of reaches that can be served from a site.
    pub(super) fn groups_at(&self, site: usize) -> impl Iterator<Item = &Group> + use<'_, 'a> {
        let inside = self.layout.of_site[site].iter();
        let items: BTreeSet<usize> = inside.map(|at| self.problem.placements[*at].item).collect();
        let groups = self.groups.iter();
        groups.filter(move |group| !group.items.is_disjoint(&items))
    }
}

#[cfg(test)]
mod tests {
    use super::super::answer::Ask;
    use super::super::problem::{Cover, Host, Item, Placement, Reach, Site};
    use super::super::solve;
    use super::super::tiny::{enumerate, tiny};
    use super::*;

    /// Three sites that hold one item, two or three; three items of use 1, each dearer the further it goes.
    fn three() -> Problem {
        let site = |name: &str, fixed_cost, room| Site {
            name: name.into(),
            fixed_cost,
            capacities: vec![room],
            ..Site::default()
        };
        let mut problem = Problem {
            sites: vec![
                site("a", 10.0, 3.0),
                site("b", 12.0, 2.0),
                site("c", 9.0, 1.0),
            ],
            ..Problem::default()
        };
        for item in 0..3usize {
            problem.items.push(Item {
                name: format!("i{item}"),
                ..Item::default()
            });
            for site in 0..3usize {
                problem.placements.push(Placement {
                    item,
                    site,
                    cost: 2.0 * item.abs_diff(site) as f64,
                    uses: vec![1.0],
                    ..Placement::default()
                });
            }
        }
        problem
    }

    fn exactly() -> Ask {
        Ask {
            gap: 0.0,
            time: Duration::from_secs(5),
            seed: 1,
            rounds: None,
            least_travel_within: None,
        }
    }

    fn found(settled: &Settled<'_>, turn: Turn) -> Solution {
        match settled.turned(turn, &()) {
            Turned::Found(solution) => solution,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_turned_lock_costs_what_the_problem_with_that_lock_costs() {
        let mut problem = three();
        let first = solve(&problem, &exactly(), &()).expect("a solution");
        // All three in a: 10 + 0 + 2 + 4.
        assert_eq!(first.value, 16.0);
        problem.start = Some(first.solution.chosen.clone());
        let settled = Settled::new(&problem, first.certificate.as_ref()).expect("it fits");
        for (site, lock) in [
            (0, SiteLock::Closed),
            (1, SiteLock::Open),
            (2, SiteLock::Open),
        ] {
            let turn = Turn {
                site,
                lock,
                time: Duration::from_secs(5),
                enough: Duration::from_secs(5),
                seed: 1,
            };
            let found = found(&settled, turn);
            let mut locked = problem.clone();
            locked.sites[site].lock = lock;
            locked.start = None;
            let afresh = solve(&locked, &exactly(), &()).expect("a solution");
            let value = super::super::value(&locked, &found, Objective::Cost);
            assert_eq!(value, afresh.value, "{site}");
        }
    }

    #[test]
    fn those_who_lose_their_place_find_another_without_any_time() {
        let mut problem = three();
        problem.start = Some(vec![0, 3, 6]);
        let settled = Settled::new(&problem, None).expect("it fits");
        let turn = Turn {
            site: 0,
            lock: SiteLock::Closed,
            time: Duration::ZERO,
            enough: Duration::ZERO,
            seed: 1,
        };
        // The first goes where it costs least then, to c for 9 + 4, and fills it; the others to b, for 12 + 0 and 2.
        let found = found(&settled, turn);
        let problem = settled.locked(turn);
        assert_eq!(super::super::value(&problem, &found, Objective::Cost), 27.0);
    }

    #[test]
    fn whoever_costs_less_in_a_site_that_has_to_be_open_is_there_without_any_time() {
        let mut problem = three();
        problem.start = Some(vec![0, 3, 6]);
        let settled = Settled::new(&problem, None).expect("it fits");
        let turn = Turn {
            site: 1,
            lock: SiteLock::Open,
            time: Duration::ZERO,
            enough: Duration::ZERO,
            seed: 1,
        };
        // The first stays in a, for 10; two go to b, for 12 + 0 and 2.
        let found = found(&settled, turn);
        let problem = settled.locked(turn);
        assert_eq!(super::super::value(&problem, &found, Objective::Cost), 24.0);
    }

    #[test]
    fn no_solution_is_claimed_where_there_is_none() {
        let mut problem = three();
        // Without a, b and c hold three; then b is too small.
        problem.sites[1].capacities = vec![1.0];
        problem.start = Some(vec![0, 3, 6]);
        let settled = Settled::new(&problem, None).expect("it fits");
        let turn = Turn {
            site: 0,
            lock: SiteLock::Closed,
            time: Duration::from_secs(5),
            enough: Duration::from_secs(5),
            seed: 1,
        };
        assert_eq!(settled.turned(turn, &()), Turned::Crowded(Vec::new()));
    }

    #[test]
    fn what_a_service_alone_cannot_keep_is_told_without_a_search() {
        let mut problem = three();
        // Somebody whom a serves from any item, and whom nobody else reaches.
        let hosts = |site: usize| Host {
            placements: (0..9).filter(|at| at % 3 == site).collect(),
            always: false,
        };
        problem.reaches.push(Reach {
            hosts: (0..3).map(hosts).collect(),
            targets: vec!["t".into()],
            starts: vec![0, 3],
            host: vec![0, 1, 2],
            distance: vec![1, 5, 6],
            covers: vec![Cover::Each {
                name: "near".into(),
                targets: vec![0],
                limits: vec![3],
            }],
            ..Reach::default()
        });
        problem.start = Some(vec![0, 3, 6]);
        let settled = Settled::new(&problem, None).expect("it fits");
        let turn = |site, lock| Turn {
            site,
            lock,
            time: Duration::from_secs(5),
            enough: Duration::from_secs(5),
            seed: 1,
        };
        let closed = settled.turned(turn(0, SiteLock::Closed), &());
        assert_eq!(closed, Turned::OutOfReach(vec![0]));
        found(&settled, turn(1, SiteLock::Open));
    }

    #[test]
    fn of_tiny_problems_none_is_said_to_have_no_solution_that_has_one() {
        let (mut ruled_out, mut solved) = (0, 0);
        for seed in 0..600 {
            let mut problem = tiny(seed, false);
            let Some((_, best)) = enumerate(&problem, Objective::Cost, None) else {
                continue;
            };
            problem.start = Some(best.chosen.clone());
            let Some(settled) = Settled::new(&problem, None) else {
                continue;
            };
            for site in 0..problem.sites.len() {
                if problem.sites[site].lock != SiteLock::Free {
                    continue;
                }
                let lock = match best.open[site] {
                    true => SiteLock::Closed,
                    false => SiteLock::Open,
                };
                let turn = Turn {
                    site,
                    lock,
                    time: Duration::from_millis(300),
                    enough: Duration::from_millis(300),
                    seed: 1,
                };
                let told = settled.turned(turn, &());
                let locked = settled.locked(turn);
                match told {
                    Turned::Found(_) => solved += 1,
                    Turned::Homeless(_) | Turned::OutOfReach(_) | Turned::Crowded(_) => {
                        let any = enumerate(&locked, Objective::Cost, None);
                        assert!(any.is_none(), "{seed} {site}");
                        ruled_out += 1;
                    }
                    Turned::NotFound => {}
                }
            }
        }
        assert!(ruled_out > 20 && solved > 100, "{ruled_out} {solved}");
    }
}
