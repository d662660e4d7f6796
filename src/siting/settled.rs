//! A solved problem, asked again with the lock of one site turned: those who lose their place find the next best
//! one, then the neighbourhood of the site is solved anew by small programs; all else stays. What comes out is checked against every limit; that nothing is
//! cheaper is not proven here.

use super::answer::{Progress, Solution};
use super::certificate::{Certificate, multipliers};
use super::check::{Objective, check_valid, value_valid};
use super::draft::Stop;
use super::dual::{Dual, Prices};
use super::engine::started;
use super::layout::Layout;
use super::problem::{Choice, Problem, SiteLock};
use super::search::{Schedule, Search, first_penalties, neighbours};
use super::state::{Ground, NOWHERE, Penalties, State};
use super::tile::{Terms, grow, solve_tile};
use super::validate::validate;
use super::web::Web;
use std::time::{Duration, Instant};

/// Open sites of one neighbourhood after another: each is tried where the one before found no solution, and
/// where there is time to look for a better one.
const SIZES: [usize; 4] = [6, 9, 14, 22];

/// Placements for each item that a program may use, the least dear by the prices.
const CHOICE: f64 = 6.0;

/// Nodes of one knapsack behind the prices.
const NODES: u32 = 300;

/// Neighbours of a site that are looked at.
const NEAR: usize = 40;

/// Up to so many items a program goes on to its very optimum; else it stops at this gap.
const SMALL: usize = 60;
const GAP: f64 = 2e-4;

/// Steps of a search around a site for each open site of its neighbourhood, where programs found no solution.
const STEPS: u64 = 500;

/// Programs of one question that find nothing better, before it is answered.
const STILL: usize = 2;

/// A problem with a solution, and all that is worked out of it once.
pub(crate) struct Settled<'a> {
    problem: &'a Problem,
    layout: Layout,
    web: Web,
    near: Vec<Vec<u32>>,
    solution: Solution,
    prices: Option<Prices>,
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
            let multipliers = multipliers(problem, &web, certificate)?;
            let ground = Ground::new(problem, &layout, &web);
            Dual::new(&ground, NODES).prices_at(certificate.bound, multipliers, NODES)
        });
        Some(Self {
            problem,
            layout,
            web,
            near,
            solution,
            prices,
        })
    }

    /// Whether those who lose their place by a turned lock find another at once, one after another.
    pub(crate) fn is_housed(&self, turn: Turn) -> bool {
        let problem = self.locked(turn);
        let ground = Ground::new(&problem, &self.layout, &self.web);
        let mut work = Work::new(self, &ground, turn, &());
        work.best.is_some() || work.house()
    }

    fn locked(&self, turn: Turn) -> Problem {
        let mut problem = self.problem.clone();
        problem.sites[turn.site].lock = turn.lock;
        problem
    }

    /// The best solution found with the lock of a site turned; `None` where none was found.
    pub(crate) fn turned(&self, turn: Turn, progress: &dyn Progress) -> Option<Solution> {
        let problem = self.locked(turn);
        let ground = Ground::new(&problem, &self.layout, &self.web);
        let mut work = Work::new(self, &ground, turn, progress);
        work.run();
        work.drop_spare();
        let solution = work.best?;
        check_valid(&problem, &self.layout, &solution).ok()?;
        value_valid(&problem, &self.layout, &solution, Objective::Cost)
            .is_finite()
            .then_some(solution)
    }
}

/// One question.
struct Work<'a> {
    settled: &'a Settled<'a>,
    ground: &'a Ground<'a>,
    turn: Turn,
    progress: &'a dyn Progress,
    until: Instant,
    enough: Instant,
    state: State,
    penalties: Penalties,
    /// Cost of the best solution.
    value: f64,
    best: Option<Solution>,
}

impl<'a> Work<'a> {
    /// Everybody where the solution has them, but those in a site that is closed now: they are nowhere.
    fn new(
        settled: &'a Settled<'a>,
        ground: &'a Ground<'a>,
        turn: Turn,
        progress: &'a dyn Progress,
    ) -> Self {
        let mut state = State::empty(ground);
        for &placement in &settled.solution.chosen {
            let site = ground.problem.placements[placement].site;
            if ground.problem.sites[site].lock != SiteLock::Closed {
                state.put(ground, placement);
            }
        }
        let (penalties, _) = first_penalties(ground, &state, (1.0, 0.0), None);
        let mut work = Self {
            settled,
            ground,
            turn,
            progress,
            until: Instant::now() + turn.time,
            enough: Instant::now() + turn.enough,
            state,
            penalties,
            value: f64::INFINITY,
            best: None,
        };
        work.take_if_better();
        work
    }

    /// Keeps the state where it is a solution, and the best; says whether it is.
    fn take_if_better(&mut self) -> bool {
        let (_, keeps) = self.state.score(self.ground, &self.penalties);
        let value = self.state.cost(self.ground);
        let better = keeps && (self.best.is_none() || value < self.value - 1e-9 * self.value.abs());
        if better {
            self.value = value;
            self.best = Some(self.state.solution(self.ground));
        }
        better
    }

    /// When there is no more time: less where there is a solution.
    fn ends(&self) -> Instant {
        match &self.best {
            Some(_) => self.enough.min(self.until),
            None => self.until,
        }
    }

    /// Finds a home for each of those who are nowhere, one after another, those with the fewest to choose from
    /// first, where it does least harm. Where that is no solution they are nowhere again.
    fn house(&mut self) -> bool {
        let (ground, problem) = (self.ground, self.ground.problem);
        let must = |item: &usize| problem.items[*item].choice == Choice::ExactlyOne;
        let items = 0..problem.items.len();
        let nowhere = items.filter(|&item| self.state.at[item] == NOWHERE);
        let mut homeless: Vec<usize> = nowhere.filter(must).collect();
        homeless.sort_by_key(|&item| ground.layout.of_item[item].len());
        for &item in &homeless {
            let mut best: Option<(f64, usize)> = None;
            for &placement in &ground.layout.of_item[item] {
                if !self.state.fits(ground, placement) {
                    continue;
                }
                self.state.put(ground, placement);
                let (score, _) = self.state.score(ground, &self.penalties);
                self.state.take(ground, item);
                if best.is_none_or(|best| score < best.0) {
                    best = Some((score, placement));
                }
            }
            if let Some((_, placement)) = best {
                self.state.put(ground, placement);
            }
        }
        if self.take_if_better() {
            return true;
        }
        for item in homeless {
            if self.state.at[item] != NOWHERE {
                self.state.take(ground, item);
            }
        }
        false
    }

    fn run(&mut self) {
        if self.best.is_none() {
            self.house();
        }
        let mut still = 0;
        for size in SIZES {
            for centre in self.centres() {
                if Instant::now() >= self.ends() || self.progress.cancelled() {
                    return;
                }
                still = if self.solve(centre, size) {
                    0
                } else {
                    still + 1
                };
                if self.best.is_some() && still >= STILL {
                    return;
                }
            }
            if self.best.is_none() {
                self.look_around(size);
            }
        }
    }

    /// Leaves out, one by one, what need not be placed and is dearer than it is worth now.
    fn drop_spare(&mut self) {
        let items = &self.ground.problem.items;
        let optional = (0..items.len()).filter(|&item| items[item].choice == Choice::AtMostOne);
        for item in optional {
            let before = (item as u32, self.state.at[item]);
            if before.1 == NOWHERE || self.best.is_none() {
                continue;
            }
            self.state.change(self.ground, &[(before.0, NOWHERE)]);
            if !self.take_if_better() {
                self.state.change(self.ground, &[before]);
            }
        }
    }

    /// Looks for homes of those who left the site, one exchange after another: it may pass through states that
    /// break limits, which a program does not.
    fn look_around(&mut self, size: usize) {
        let (ground, near) = (self.ground, &self.settled.near);
        let mut sites = grow(ground, &self.state, near, self.turn.site, size);
        sites.push(self.turn.site);
        let state = self.state.clone();
        let search = Search::new(ground, near, state, self.turn.seed, (1.0, 0.0), None);
        let mut search = search.around(sites);
        let schedule = Schedule {
            steps: STEPS * size as u64,
            hot: 0.05,
            cold: 0.005,
        };
        search.run(schedule, &|| {
            Instant::now() >= self.until || self.progress.cancelled()
        });
        let Some((_, found)) = search.best else {
            return;
        };
        let homes = found.iter().zip(&self.state.at).enumerate();
        let changes: Vec<(u32, u32)> = homes
            .filter(|(_, (to, now))| to != now)
            .map(|(item, (to, _))| (item as u32, *to))
            .collect();
        self.state.change(ground, &changes);
        self.take_if_better();
    }

    /// The site itself; and, once there is a solution, the sites that took in those who left it.
    fn centres(&self) -> Vec<usize> {
        let mut centres = vec![self.turn.site];
        if self.best.is_some() {
            for &before in &self.settled.solution.chosen {
                let placement = &self.ground.problem.placements[before];
                let now = self.state.at[placement.item];
                if now != before as u32 && now != NOWHERE {
                    let site = self.ground.problem.placements[now as usize].site;
                    if !centres.contains(&site) {
                        centres.push(site);
                    }
                }
            }
            centres.truncate(3);
        }
        centres
    }

    /// Solves one neighbourhood; says whether that found something better.
    fn solve(&mut self, centre: usize, size: usize) -> bool {
        let settled = self.settled;
        let tile = grow(self.ground, &self.state, &settled.near, centre, size);
        // Where nothing was found by the prices, they are in the way.
        let prices = settled
            .prices
            .as_ref()
            .filter(|_| self.best.is_some() || size == SIZES[0]);
        let choice = CHOICE * self.ground.problem.items.len() as f64;
        let left = self.ends().saturating_duration_since(Instant::now());
        let terms = Terms {
            prices,
            theta: prices.map_or(f64::INFINITY, |prices| prices.cutoff(choice as usize)),
            nudge: 0.0,
            within: None,
            stop: Stop {
                seconds: left.as_secs_f64().clamp(0.05, 2.0),
                gap: if self.ground.problem.items.len() <= SMALL {
                    0.0
                } else {
                    GAP
                },
                nodes: Some(400),
                seed: self.turn.seed,
            },
        };
        let found = solve_tile(self.ground, &self.state, &tile, terms);
        if found.changes.is_empty() {
            return false;
        }
        let before = self.state.homes(&found.changes);
        let fits = self.state.change(self.ground, &found.changes);
        let better = fits && self.take_if_better();
        if !better {
            self.state.change(self.ground, &before);
        }
        better
    }
}

#[cfg(test)]
mod tests {
    use super::super::answer::Ask;
    use super::super::problem::{Item, Placement, Site};
    use super::super::solve;
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
            let found = settled.turned(turn, &()).expect("a solution");
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
        assert!(settled.is_housed(turn));
        // The first goes where it costs least then, to c for 9 + 4, and fills it; the others to b, for 12 + 0 and 2.
        let found = settled.turned(turn, &()).expect("a solution");
        let problem = settled.locked(turn);
        assert_eq!(super::super::value(&problem, &found, Objective::Cost), 27.0);
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
        assert_eq!(settled.turned(turn, &()), None);
    }
}
