//! A neighbourhood as a small program: the items of a few sites find new homes together, all else stays.
//!
//! Small programs find what one-at-a-time insertion does not: exchanges of several items that repack
//! several sites at once. A tile proves nothing; what it finds is checked before it counts.

mod covers;
mod limits;

use super::around::around;
use super::draft::{Draft, Found, Stop};
use super::dual::Prices;
use super::problem::SiteLock;
use super::state::{Ground, NOWHERE, State};
use std::collections::{BTreeMap, BTreeSet};

/// What tiles may use, and for what.
#[derive(Clone, Copy)]
pub(super) struct Terms<'a> {
    pub(super) prices: Option<&'a Prices>,
    /// Placements with a higher reduced cost are left out.
    pub(super) theta: f64,
    /// How dearly slack of covers is charged, against its multiplier.
    pub(super) nudge: f64,
    /// Make travel least at no more than this cost.
    pub(super) within: Option<f64>,
    pub(super) stop: Stop,
}

struct Tile<'a> {
    ground: &'a Ground<'a>,
    state: &'a State,
    terms: Terms<'a>,
    draft: Draft,
    /// Column of each site of the tile.
    site: BTreeMap<usize, usize>,
    free: Vec<usize>,
    /// Column of each placement that may be chosen.
    option: BTreeMap<usize, usize>,
    /// Chosen placements of free items.
    current: BTreeSet<usize>,
}

/// Grows a tile around a site until enough of its sites are in use.
pub(super) fn grow(
    ground: &Ground,
    state: &State,
    near: &[Vec<u32>],
    centre: usize,
    open: usize,
) -> Vec<usize> {
    let may_open = |site: usize| ground.problem.sites[site].lock != SiteLock::Closed;
    around(centre, near, open, may_open, |site| state.held[site] > 0)
}

/// What a tile found: the new homes `(item, placement or nowhere)` of items that change, and whether its
/// program came to its end.
#[derive(Clone, Debug, Default)]
pub(super) struct Find {
    pub(super) changes: Vec<(u32, u32)>,
    pub(super) finished: bool,
}

/// Solves a tile.
pub(super) fn solve_tile(ground: &Ground, state: &State, sites: &[usize], terms: Terms) -> Find {
    let mut tile = Tile {
        ground,
        state,
        terms,
        draft: Draft::default(),
        site: BTreeMap::new(),
        free: Vec::new(),
        option: BTreeMap::new(),
        current: BTreeSet::new(),
    };
    tile.choose(sites);
    if tile.free.is_empty() {
        return Find {
            finished: true,
            ..Find::default()
        };
    }
    tile.structure();
    tile.groups();
    tile.rows();
    let travel = tile.covers();
    tile.aim(&travel);
    let start = tile.start();
    match tile.draft.solve(Some(&start), terms.stop) {
        Ok(Found::Stopped {
            columns: Some(columns),
            finished,
            ..
        }) => Find {
            changes: tile.changes(&columns),
            finished,
        },
        // A tile that fails is a tile without a find.
        Ok(Found::Infeasible | Found::Stopped { columns: None, .. }) | Err(_) => Find::default(),
    }
}

impl Tile<'_> {
    /// Free items, their options, and the columns of both.
    fn choose(&mut self, sites: &[usize]) {
        let (ground, state) = (self.ground, self.state);
        let problem = ground.problem;
        let inside: BTreeSet<usize> = sites.iter().copied().collect();
        let mut free = BTreeSet::new();
        for &site in sites {
            for &placement in &ground.layout.of_site[site] {
                let item = problem.placements[placement].item;
                if state.at[item] == placement as u32 && ground.may_leave(item)
                    || state.at[item] == NOWHERE
                {
                    free.insert(item);
                }
            }
        }
        self.free = free.into_iter().collect();
        let mut options = Vec::new();
        for &item in &self.free {
            let now = state.at[item];
            if now != NOWHERE {
                self.current.insert(now as usize);
            }
            for &placement in &ground.layout.of_item[item] {
                let site = problem.placements[placement].site;
                let dear = self
                    .terms
                    .prices
                    .is_some_and(|prices| prices.reduced[placement] > self.terms.theta);
                let possible = if inside.contains(&site) {
                    problem.sites[site].lock != SiteLock::Closed
                } else {
                    state.is_open(ground, site) && state.fits(ground, placement)
                };
                if placement as u32 == now || (possible && !dear) {
                    options.push(placement);
                }
            }
        }
        let leaving = self.leaving_counts();
        for &site in sites {
            let of = &problem.sites[site];
            let stays = state.held[site] > leaving.get(&site).copied().unwrap_or(0)
                || ground.kept_open[site];
            let (lower, upper) = if stays { (1.0, 1.0) } else { (0.0, 1.0) };
            self.site
                .insert(site, self.draft.decided(of.fixed_cost, lower, upper, true));
        }
        for placement in options {
            let column = self
                .draft
                .decided(ground.layout.cost[placement], 0.0, 1.0, true);
            self.option.insert(placement, column);
        }
    }

    fn leaving_counts(&self) -> BTreeMap<usize, u32> {
        let mut counts = BTreeMap::new();
        for &placement in &self.current {
            *counts
                .entry(self.ground.problem.placements[placement].site)
                .or_insert(0) += 1;
        }
        counts
    }

    fn start(&self) -> Vec<f64> {
        let sites: BTreeMap<usize, usize> = self
            .site
            .iter()
            .map(|(&site, &column)| (column, site))
            .collect();
        let options: BTreeMap<usize, usize> = self
            .option
            .iter()
            .map(|(&at, &column)| (column, at))
            .collect();
        self.draft.complete(&|column| {
            let on = match (sites.get(&column), options.get(&column)) {
                (Some(&site), _) => self.state.is_open(self.ground, site),
                (None, Some(at)) => self.current.contains(at),
                (None, None) => false,
            };
            f64::from(u8::from(on))
        })
    }

    fn changes(&self, columns: &[f64]) -> Vec<(u32, u32)> {
        let mut changes = Vec::new();
        for &item in &self.free {
            let own = self.ground.layout.of_item[item].iter();
            let chosen = own.copied().find(|at| {
                self.option
                    .get(at)
                    .is_some_and(|&column| columns[column] > 0.5)
            });
            let to = chosen.map_or(NOWHERE, |at| at as u32);
            if to != self.state.at[item] {
                changes.push((item as u32, to));
            }
        }
        changes
    }
}
