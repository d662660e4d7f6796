//! Rounds of tiles: which neighbourhoods are solved side by side, and what is kept of their answers.

use super::cores;
use super::dice::Dice;
use super::draft::Stop;
use super::engine::{Outcome, Run};
use super::search::first_penalties;
use super::state::{Ground, NOWHERE, Penalties, State};
use super::tile::{Find, Terms, grow, solve_tile};
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Tiles of one round, on any number of threads: at least so many, and one for so many sites. After each round
/// the whole solution is checked.
const TILES_A_ROUND: usize = 4;
const SITES_OF_A_TILE: usize = 400;

/// Open sites of the first tiles, and nodes of each; fewer where travel is made least, whose programs are far heavier
/// and find little that the search has not.
const SIZE: f64 = 8.0;
const NODES: i32 = 400;
const TRAVEL_SIZE: f64 = 4.0;
const TRAVEL_NODES: i32 = 100;

/// Seconds of a tile where its nodes do not end it first: so many, and one part in so many of the time asked for, so
/// that a long run on a slow machine takes the way of a quick one.
const TILE_SECONDS: f64 = 1.0;
const TILES_OF_A_RUN: f64 = 60.0;

/// Placements for each item that tiles may use at first.
const TILE_CHOICE: f64 = 4.0;

/// The tiles' own state.
#[derive(Clone)]
pub(super) struct Tiles<'a> {
    ground: &'a Ground<'a>,
    near: &'a [Vec<u32>],
    state: State,
    penalties: Penalties,
    score: f64,
    dice: Dice,
    /// Open sites of a tile.
    size: f64,
    theta: f64,
    /// Round in which each site last changed, and each centre was last solved.
    changed: Vec<u64>,
    solved: Vec<u64>,
    rounds: u64,
    /// Rounds in a row that found nothing better.
    pub(super) still: u32,
    since_growth: u64,
    tried: u64,
    found: u64,
    undone: u64,
    unfinished: u64,
    pub(super) exhausted: bool,
    /// Whether nothing else computes beside the tiles.
    pub(super) alone: bool,
}

impl<'a> Tiles<'a> {
    pub(super) fn new(
        run: &Run,
        ground: &'a Ground<'a>,
        near: &'a [Vec<u32>],
        outcome: &Outcome,
    ) -> Tiles<'a> {
        let state = match &outcome.best {
            Some(best) => State::of(ground, &best.solution),
            None => State::empty(ground),
        };
        let (penalties, _) =
            first_penalties(ground, &state, run.aim(), run.ask.least_travel_within);
        let (score, _) = state.score(ground, &penalties);
        let travels = run.ask.least_travel_within.is_some();
        let sites = ground.problem.sites.len();
        let open = (0..sites)
            .filter(|&site| state.held[site] > 0)
            .count()
            .max(1);
        let choice = TILE_CHOICE * ground.problem.items.len() as f64;
        let theta = match &outcome.prices {
            Some(prices) => prices.cutoff(choice as usize),
            None => 0.3 * state.cost(ground).abs() / open as f64,
        };
        Tiles {
            ground,
            near,
            state,
            penalties,
            score,
            dice: Dice::new(run.ask.seed.wrapping_add(77)),
            size: if travels { TRAVEL_SIZE } else { SIZE },
            theta,
            changed: vec![1; sites],
            solved: vec![0; sites],
            rounds: 1,
            still: 0,
            since_growth: 0,
            tried: 0,
            found: 0,
            undone: 0,
            unfinished: 0,
            exhausted: false,
            alone: true,
        }
    }

    /// Disjoint tiles in which something changed since they were last solved.
    fn pick(&mut self, count: usize) -> Vec<(usize, Vec<usize>)> {
        let sites = self.ground.problem.sites.len() as u64;
        let mut used = BTreeSet::new();
        let mut picked: Vec<(usize, Vec<usize>)> = Vec::new();
        let mut stale = 0;
        for _ in 0..200 {
            if picked.len() == count || stale > 60 {
                break;
            }
            let centre = self.dice.below(sites) as usize;
            let tile = grow(
                self.ground,
                &self.state,
                self.near,
                centre,
                self.size.round() as usize,
            );
            let last = tile
                .iter()
                .map(|&site| self.changed[site])
                .max()
                .unwrap_or(0);
            if last < self.solved[centre] {
                stale += 1;
            } else if tile.iter().all(|site| !used.contains(site)) {
                used.extend(tile.iter().copied());
                picked.push((centre, tile));
            }
        }
        picked
    }

    /// Rounds so far.
    pub(super) fn rounds(&self) -> u32 {
        u32::try_from(self.rounds - 1).unwrap_or(u32::MAX)
    }

    /// One round: solve side by side, commit in order.
    pub(super) fn round(&mut self, run: &Run, outcome: &mut Outcome) {
        self.rounds += 1;
        let sites = self.ground.problem.sites.len();
        let picked = self.pick(TILES_A_ROUND.max(sites / SITES_OF_A_TILE));
        if picked.is_empty() {
            self.enlarge();
            return;
        }
        let terms = Terms {
            prices: outcome.prices.as_ref(),
            theta: self.theta,
            // Early tiles do not eat slack that is worth more elsewhere.
            nudge: [1.0, 0.5, 0.0][self.since_growth.min(2) as usize],
            within: run.ask.least_travel_within,
            stop: Stop {
                seconds: run
                    .seconds_of(TILE_SECONDS.max(run.ask.time.as_secs_f64() / TILES_OF_A_RUN)),
                gap: 5e-4,
                nodes: Some(if run.ask.least_travel_within.is_some() {
                    TRAVEL_NODES
                } else {
                    NODES
                }),
                seed: run.ask.seed,
            },
        };
        let found = self.solve_all(run, &picked, terms);
        let mut unfinished = 0;
        for ((centre, _), find) in picked.iter().zip(&found) {
            self.tried += 1;
            self.solved[*centre] = self.rounds;
            unfinished += u32::from(!find.finished);
            if !find.changes.is_empty() {
                self.commit(&find.changes);
            }
        }
        self.unfinished += u64::from(unfinished);
        self.size = if unfinished == 0 {
            self.size * 1.02
        } else {
            (self.size * 0.95).max(4.0)
        };
        self.hand_over(run, outcome);
    }

    fn solve_all(&self, run: &Run, picked: &[(usize, Vec<usize>)], terms: Terms) -> Vec<Find> {
        let next = AtomicUsize::new(0);
        let work = || {
            let mut own = Vec::new();
            loop {
                let at = next.fetch_add(1, Ordering::Relaxed);
                let Some((_, tile)) = picked.get(at) else {
                    return own;
                };
                // A cancelled or late run leaves the rest of the round undone.
                if run.past(1.0) {
                    return own;
                }
                own.push((at, solve_tile(self.ground, &self.state, tile, terms)));
            }
        };
        // One core is the whole model's while that runs.
        let cores = match cores::are_free() {
            true => std::thread::available_parallelism().map_or(1, usize::from),
            false => 1,
        };
        let threads = if self.alone {
            cores
        } else {
            cores.saturating_sub(1).max(1)
        };
        let threads = threads.min(picked.len());
        let mut found = vec![Find::default(); picked.len()];
        std::thread::scope(|scope| {
            let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
            for worker in workers {
                for (at, find) in worker.join().unwrap_or_default() {
                    found[at] = find;
                }
            }
        });
        found
    }

    /// Goes on from the best solution, where that is no longer the tiles' own.
    pub(super) fn adopt(&mut self, outcome: &Outcome) {
        let Some(best) = &outcome.best else { return };
        let state = State::of(self.ground, &best.solution);
        let (score, feasible) = state.score(self.ground, &self.penalties);
        if !feasible || score >= self.score - 1e-9 * self.score.abs() {
            return;
        }
        for (old, new) in self.state.at.iter().zip(&state.at) {
            for &at in [old, new]
                .into_iter()
                .filter(|at| old != new && **at != NOWHERE)
            {
                self.changed[self.ground.problem.placements[at as usize].site] = self.rounds;
            }
        }
        (self.state, self.score, self.exhausted) = (state, score, false);
    }

    /// Makes the changes of a tile, and undoes them where they do not hold or do not pay.
    fn commit(&mut self, changes: &[(u32, u32)]) {
        let ground = self.ground;
        let before = self.state.homes(changes);
        let whole = self.state.change(ground, changes);
        let (score, feasible) = self.state.score(ground, &self.penalties);
        if whole && feasible && score < self.score - 1e-9 * self.score.abs() {
            self.score = score;
            self.found += 1;
            for &(_, at) in before
                .iter()
                .chain(changes)
                .filter(|change| change.1 != NOWHERE)
            {
                self.changed[ground.problem.placements[at as usize].site] = self.rounds;
            }
        } else {
            self.undone += 1;
            self.state.change(ground, &before);
        }
    }

    fn hand_over(&mut self, run: &Run, outcome: &mut Outcome) {
        let value = match run.ask.least_travel_within {
            None => self.state.cost(self.ground),
            Some(_) => self.state.travel(self.ground),
        };
        if outcome.best.as_ref().is_none_or(|best| value < best.value) {
            run.consider(&mut outcome.best, self.state.solution(self.ground));
        }
    }

    /// Everything was tried at this size: larger tiles, more placements.
    fn enlarge(&mut self) {
        self.since_growth += 1;
        let all = self.ground.problem.sites.len() as f64;
        if self.size >= all || self.since_growth > 12 {
            self.exhausted = true;
        }
        self.size = (self.size * 1.25).min(all);
        self.theta *= 1.25;
        self.solved.fill(0);
    }

    pub(super) fn count(&self, outcome: &mut Outcome) {
        let counts = [
            ("tile_rounds", self.rounds),
            ("tiles", self.tried),
            ("tiles_found", self.found),
            ("tiles_undone", self.undone),
            ("tiles_unfinished", self.unfinished),
            ("tile_size", self.size as u64),
        ];
        for (name, count) in counts {
            outcome.counts.insert(name.to_owned(), count);
        }
    }
}
