//! One question about a settled problem: the lock of one site is turned, and those who lose their place find another.
//!
//! First each goes to the next best place; then small programs around the site look for room, and a program of those
//! near to what was lost for the fewest changes. Where none of these finds a solution, what is asked of their service
//! alone says whether there can be one, and last a program of everybody. The effort is fixed: time ends it only where
//! the machine is slow.

use super::alone::{Group, alone, is_beyond};
use super::answer::{Progress, Solution};
use super::clock::from_now;
use super::draft::{Found, Stop};
use super::dual::Prices;
use super::layout::Layout;
use super::mend::{Mended, mended};
use super::milp::{Aim, Milp};
use super::problem::{Choice, SiteLock};
use super::search::{Schedule, Search, first_penalties};
use super::settled::{Settled, Turn, Turned};
use super::state::{Ground, NOWHERE, Penalties, State};
use super::tile::{Terms, grow, solve_tile};
use std::collections::BTreeSet;
use std::time::{Duration, Instant};

/// Open sites of one neighbourhood after another: each is tried where the one before found no solution, and
/// where there is time to look for a better one.
const SIZES: [usize; 4] = [6, 9, 14, 22];

/// Placements for each item that a program may use, the least dear by the prices.
const CHOICE: f64 = 6.0;

/// Up to so many items a program goes on to its very optimum; else it stops at this gap.
const SMALL: usize = 60;
const GAP: f64 = 2e-4;

/// Steps of a search around a site for each open site of its neighbourhood, where programs found no solution.
const STEPS: u64 = 500;

/// Programs of one question that find nothing better, before it is answered.
const STILL: usize = 2;

/// How long a group of reaches is looked at alone.
const ALONE: Duration = Duration::from_secs(5);

/// A gap within which any solution is.
const ANY: f64 = 1e9;

/// One question.
pub(super) struct Work<'a> {
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
    pub(super) best: Option<Solution>,
}

impl<'a> Work<'a> {
    /// Everybody where the solution has them, but those in a site that is closed now: they are nowhere.
    pub(super) fn new(
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
            until: from_now(turn.time),
            enough: from_now(turn.enough),
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

    /// The reaches of a group that lost somebody and that cannot be kept even if nothing else were asked.
    fn impossible_alone(&self) -> Option<Vec<usize>> {
        let whole = self.settled.problem;
        let impossible = |group: &&Group| {
            let alone = alone(whole, group, self.turn.site, self.turn.lock);
            let milp = Milp::new(&alone, &Layout::new(&alone), Aim::Cost);
            let left = self.until.saturating_duration_since(Instant::now());
            let stop = Stop {
                seconds: left.min(ALONE).as_secs_f64(),
                gap: ANY,
                nodes: None,
                seed: self.turn.seed,
            };
            matches!(milp.draft.solve(None, stop), Ok(Found::Infeasible))
        };
        self.lost()
            .find(impossible)
            .map(|group| group.reaches.clone())
    }

    /// The groups of reaches that the site served and that lost somebody.
    fn lost(&self) -> impl Iterator<Item = &'a Group> {
        let groups = self.settled.groups_at(self.turn.site);
        let lost = |group: &&Group| !group.items.iter().all(|item| self.is_home(*item));
        groups.filter(lost).collect::<Vec<_>>().into_iter()
    }

    /// A reach that cannot be kept without the site wherever anybody goes.
    fn beyond(&self) -> Option<usize> {
        let whole = self.settled.problem;
        let closed = self.turn.lock == SiteLock::Closed;
        let mut reaches = self.lost().flat_map(|group| &group.reaches).copied();
        reaches.find(|at| closed && is_beyond(whole, &whole.reaches[*at], self.turn.site))
    }

    /// Whether an item is somewhere, or need not be.
    fn is_home(&self, item: usize) -> bool {
        let need_not = self.settled.problem.items[item].choice == Choice::AtMostOne;
        need_not || self.state.at[item] != NOWHERE
    }

    /// Moves whoever costs less there into a site that has to be open, those who save most first: a program looks only
    /// where prices that would rather have it closed find it worth looking.
    fn fill(&mut self) {
        let (ground, site) = (self.ground, self.turn.site);
        let placements = &ground.problem.placements;
        let saved = |at: &usize| match self.state.at[placements[*at].item] {
            NOWHERE => -ground.layout.cost[*at],
            now => ground.layout.cost[now as usize] - ground.layout.cost[*at],
        };
        let mut there: Vec<usize> = ground.layout.of_site[site].clone();
        there.sort_by(|a, b| saved(b).total_cmp(&saved(a)));
        for at in there {
            let item = placements[at].item as u32;
            let before = (item, self.state.at[item as usize]);
            let fits = self.state.change(ground, &[(item, at as u32)]);
            if !(fits && self.take_if_better()) {
                self.state.change(ground, &[before]);
            }
        }
    }

    /// Looks for the best solution; comes back with why there is none, where that is proven.
    pub(super) fn run(&mut self) -> Option<Turned> {
        if self.best.is_none() {
            self.house();
        }
        if self.best.is_some() && self.turn.lock == SiteLock::Open {
            self.fill();
        }
        if self.best.is_none() {
            if let Some(reach) = self.beyond() {
                return Some(Turned::OutOfReach(vec![reach]));
            }
            let small = SIZES[..2].iter();
            small.for_each(|size| {
                if self.best.is_none() && Instant::now() < self.ends() {
                    self.solve(self.turn.site, *size);
                }
            });
        }
        if self.best.is_none() {
            let concerned = self.concerned();
            self.mend(Some(&concerned));
        }
        if self.best.is_none()
            && let Some(reaches) = self.impossible_alone()
        {
            return Some(Turned::OutOfReach(reaches));
        }
        if self.best.is_none() && self.mend(None) {
            let lost = self.lost().flat_map(|group| group.reaches.clone());
            return Some(Turned::Crowded(lost.collect()));
        }
        self.improve();
        None
    }

    /// Looks for the fewest changes with which there is a solution, among those near to what was lost or among all;
    /// says whether it is proven that there is none.
    fn mend(&mut self, may: Option<&BTreeSet<usize>>) -> bool {
        let (problem, layout) = (self.ground.problem, self.ground.layout);
        let until = (self.until, self.turn.seed);
        match mended(problem, layout, &self.state.at, may, until) {
            Mended::Found(solution) => {
                self.adopt(&solution);
                false
            }
            Mended::Never => true,
            Mended::Nothing => false,
        }
    }

    /// Items near to what was lost: those that are nowhere, those where they could be, and those that serve as they do.
    fn concerned(&self) -> BTreeSet<usize> {
        let (problem, layout) = (self.ground.problem, self.ground.layout);
        let mut all: BTreeSet<usize> = self
            .lost()
            .flat_map(|group| &group.items)
            .copied()
            .collect();
        let nowhere = (0..problem.items.len()).filter(|item| !self.is_home(*item));
        let nowhere: Vec<usize> = nowhere.collect();
        for &item in &nowhere {
            for &to in &layout.of_item[item] {
                let there = layout.of_site[problem.placements[to].site].iter();
                let there =
                    there.filter(|at| self.state.at[problem.placements[**at].item] == **at as u32);
                all.extend(there.map(|at| problem.placements[*at].item));
            }
        }
        all.extend(nowhere);
        all
    }

    /// Puts everybody where a solution has them.
    fn adopt(&mut self, solution: &Solution) {
        let mut to = vec![NOWHERE; self.state.at.len()];
        for &at in &solution.chosen {
            to[self.ground.problem.placements[at].item] = at as u32;
        }
        let all = to.iter().zip(&self.state.at).enumerate();
        let changes: Vec<(u32, u32)> = all
            .filter(|(_, (to, now))| to != now)
            .map(|(item, (to, _))| (item as u32, *to))
            .collect();
        self.state.change(self.ground, &changes);
        self.take_if_better();
    }

    /// Tries one neighbourhood after another, until two in a row find nothing better.
    fn improve(&mut self) {
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
    pub(super) fn drop_spare(&mut self) {
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
        let prices = settled.prices.as_ref();
        self.solve_sites(
            &tile,
            prices.filter(|_| self.best.is_some() || size == SIZES[0]),
        )
    }

    /// Solves the neighbourhood of some sites; says whether that found something better.
    fn solve_sites(&mut self, sites: &[usize], prices: Option<&Prices>) -> bool {
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
        let found = solve_tile(self.ground, &self.state, sites, terms);
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
