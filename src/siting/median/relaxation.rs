//! The relaxation, solved exactly: a linear program of how far each site is open and of what each group of targets pays.
//!
//! A price says that a target pays no less than `v − Σ max(0, v − cost) · open`: Benders' cut, projected on the sites (Fischetti,
//! Ljubić and Sinnl 2017; Duran-Mateluna, Ales and Elloumi 2023), added up over a group. Cuts hold whatever is settled, so they are
//! kept from node to node, and the program begins where it last stood. What its duals weigh a target's prices to is a price again,
//! and the bound is worked out from those as from any others: nothing of it rests on the program's tolerances.

use super::super::climb::{Bound, Priced};
use super::super::problem::SiteLock;
use super::frame::Frame;
use super::lists::{Entry, Stars};
use super::visit::state;
use highs::{Col, HighsModelStatus, Model, RowProblem, Sense, Solution, SolvedModel};
use std::ops::RangeInclusive;

/// The program as it last stood.
pub(super) struct Relaxation<'a> {
    stars: &'a Stars,
    /// `None` after HiGHS has failed.
    model: Option<Model>,
    /// How far each site is open, but for those that are closed for good.
    sites: Vec<Option<Col>>,
    /// Targets that are near to each other, and what each group pays.
    groups: Vec<Vec<u32>>,
    paid: Vec<Col>,
    /// Times this, costs are of the size that HiGHS's tolerances are made for.
    scale: f64,
    /// What each row but the first says.
    cuts: Vec<Cut>,
    /// What is settled in the program.
    locks: Vec<SiteLock>,
}

/// What a row says.
enum Cut {
    /// A group pays no less than these prices of its targets, less what open sites take off them.
    Pays(usize, Vec<f64>),
    /// One of a target's sites is open.
    IsServed(usize),
}

/// What the program came to.
pub(super) struct Relaxed {
    /// The best bound on the way.
    pub(super) bound: Bound,
    /// How far each site is open at the end.
    pub(super) open: Vec<f64>,
}

/// Steps of the simplex times rows between two looks at whether somebody waits.
const PATIENCE: usize = 1_000_000;
/// So many times at most, for one set of cuts.
const PIECES: usize = 1_000;
/// Sets of cuts for one node at most.
const ROUNDS: usize = 200;
/// Cuts for each group that are kept at most.
const MOST_CUTS: usize = 20;
/// Prices are of about this size in the program.
const SIZE: f64 = 1_000.0;
/// Steps of the simplex with which a site is tried.
const TRY: i32 = 60;
/// A target for itself is a group up to so many targets; more targets are in no more groups.
const GROUPS: usize = 1_500;
/// A group that pays too little by less than such a share has no further cut.
const MISSING: f64 = 1e-6;
/// A site that is open by less is closed, and one that is open by more than one less this is open.
pub(super) const TRACE: f64 = 1e-7;

impl Relaxation<'_> {
    /// Begins with one price for each target.
    pub(super) fn new<'a>(stars: &'a Stars, prices: &[f64]) -> Relaxation<'a> {
        let mut program = RowProblem::default();
        let mean = prices.iter().map(|price| price.abs()).sum::<f64>() / prices.len().max(1) as f64;
        let scale = if mean > 0.0 { SIZE / mean } else { 1.0 };
        let locks = stars.fixed.iter().zip(&stars.locks);
        let sites: Vec<Option<Col>> = locks
            .map(|(&fixed, &lock)| {
                (lock != SiteLock::Closed)
                    .then(|| program.add_column(fixed * scale, open_within(lock)))
            })
            .collect();
        let groups = groups(stars);
        let least = |&target: &u32| least(stars, target as usize);
        let paid: Vec<Col> = (groups.iter())
            .map(|group| program.add_column(1.0, scale * group.iter().map(least).sum::<f64>()..))
            .collect();
        let all: Vec<(Col, f64)> = sites.iter().flatten().map(|&site| (site, 1.0)).collect();
        program.add_row(stars.least as f64..=stars.most as f64, all);
        let mut cuts = Vec::with_capacity(groups.len());
        for (at, group) in groups.iter().enumerate() {
            let prices: Vec<f64> = group.iter().map(|&own| prices[own as usize]).collect();
            let mut terms = taken_off(stars, &sites, group, &prices, scale);
            terms.push((paid[at], 1.0));
            program.add_row(scale * prices.iter().sum::<f64>().., terms);
            cuts.push(Cut::Pays(at, prices));
        }
        let model = program.try_optimise(Sense::Minimise).ok().map(quiet);
        Relaxation {
            stars,
            model,
            sites,
            groups,
            paid,
            scale,
            cuts,
            locks: stars.locks.clone(),
        }
    }

    fn add(&mut self, least: f64, terms: Vec<(Col, f64)>, cut: Cut) {
        if let Some(model) = &mut self.model
            && model.try_add_row(least.., terms).is_ok()
        {
            self.cuts.push(cut);
        }
    }

    /// Whether it is better begun anew: HiGHS has failed, or has far more cuts than it needs.
    pub(super) fn is_spent(&self) -> bool {
        self.model.is_none() || self.cuts.len() > MOST_CUTS * self.groups.len().max(1)
    }

    /// Settles the sites of a node.
    pub(super) fn settle(&mut self, locks: &[SiteLock]) {
        for (site, &lock) in locks.iter().enumerate() {
            self.set(site, lock);
        }
    }

    fn set(&mut self, site: usize, lock: SiteLock) {
        if let (Some(model), Some(column)) = (&mut self.model, self.sites[site])
            && self.locks[site] != lock
        {
            model.change_column_bounds(column, open_within(lock));
            self.locks[site] = lock;
        }
    }

    /// Solves the program, adds the cuts that are missing, and again, until none are, the bound is above what is enough, or
    /// somebody waits. `None` where it cannot be solved.
    pub(super) fn solve(
        &mut self,
        frame: &Frame,
        enough: f64,
        stop: &dyn Fn() -> bool,
    ) -> Option<Relaxed> {
        let mut best: Option<Relaxed> = None;
        for _ in 0..ROUNDS {
            let Some(solution) = self.optimum(stop) else {
                break;
            };
            let columns = solution.columns();
            let open = |column: &Option<Col>| column.map_or(0.0, |column| columns[column.index()]);
            let open = self.sites.iter().map(open).collect();
            let bound = self.bound(frame, &solution);
            let best = match &mut best {
                Some(best) if best.bound.value >= bound.value => {
                    best.open = open;
                    best
                }
                best => best.insert(Relaxed { bound, open }),
            };
            if best.bound.value > enough || !self.add_missing(frame, &best.open, columns, stop) {
                break;
            }
        }
        best
    }

    /// The program as it is, solved to the end.
    fn optimum(&mut self, stop: &dyn Fn() -> bool) -> Option<Solution> {
        let steps = (PATIENCE / self.cuts.len().max(1)).clamp(50, 1000);
        for _ in 0..PIECES {
            if stop() {
                break;
            }
            let solved = self.run(steps as i32)?;
            let status = solved.status();
            let solution = (status == HighsModelStatus::Optimal).then(|| solved.get_solution());
            self.model = Some(solved.into());
            if solution.is_some() || status != HighsModelStatus::ReachedIterationLimit {
                return solution;
            }
        }
        None
    }

    fn run(&mut self, steps: i32) -> Option<SolvedModel> {
        let mut model = self.model.take()?;
        model
            .try_set_option("simplex_iteration_limit", steps)
            .ok()?;
        model.try_solve().ok()
    }

    /// The bound by what the duals weigh each target's prices to.
    fn bound(&self, frame: &Frame, solution: &Solution) -> Bound {
        let least = |target: usize| least(self.stars, target);
        let mut prices: Vec<f64> = (0..self.stars.lists.targets()).map(least).collect();
        // The first row counts sites.
        for (cut, &dual) in self.cuts.iter().zip(&solution.dual_rows()[1..]) {
            let dual = dual.max(0.0);
            match cut {
                Cut::Pays(group, own) if dual > 0.0 => {
                    for (&target, price) in self.groups[*group].iter().zip(own) {
                        let target = target as usize;
                        prices[target] += dual * (price - least(target));
                    }
                }
                Cut::Pays(..) => {}
                Cut::IsServed(target) => prices[*target] += dual / self.scale,
            }
        }
        let sites = self.sites.len();
        let (mut worth, mut open) = (vec![0.0; sites], vec![false; sites]);
        Bound {
            value: frame.value(&prices, &mut worth, &mut open),
            prices,
            worth,
        }
    }

    /// Adds the cuts of groups that pay too little, and of targets that have no site; whether there were any.
    fn add_missing(
        &mut self,
        frame: &Frame,
        open: &[f64],
        columns: &[f64],
        stop: &dyn Fn() -> bool,
    ) -> bool {
        let before = self.cuts.len();
        for at in 0..self.groups.len() {
            if stop() {
                break;
            }
            let nearest = |&target: &u32| Nearest::new(frame.lists.of(target as usize), open);
            let nearest: Vec<Nearest> = self.groups[at].iter().map(nearest).collect();
            for (own, target) in nearest.iter().zip(self.groups[at].clone()) {
                if own.served < 1.0 - 10.0 * TRACE {
                    let list = self.stars.lists.of(target as usize).iter();
                    let column = |entry: &Entry| Some((self.sites[entry.site as usize]?, 1.0));
                    let terms = list.filter_map(column).collect();
                    self.add(1.0, terms, Cut::IsServed(target as usize));
                }
            }
            let cost = self.scale * nearest.iter().map(|own| own.cost).sum::<f64>();
            if cost > columns[self.paid[at].index()] + MISSING * (1.0 + cost.abs()) {
                let prices: Vec<f64> = nearest.iter().map(|own| own.price).collect();
                let mut terms = taken_off(
                    self.stars,
                    &self.sites,
                    &self.groups[at],
                    &prices,
                    self.scale,
                );
                terms.push((self.paid[at], 1.0));
                let least = self.scale * prices.iter().sum::<f64>();
                self.add(least, terms, Cut::Pays(at, prices));
            }
        }
        self.cuts.len() > before
    }

    /// About what it costs with one site settled, after a few steps and without further cuts.
    pub(super) fn tried(&mut self, site: usize, open: bool) -> Option<f64> {
        let before = self.locks[site];
        self.set(site, state(open));
        let solved = self.run(TRY)?;
        let value = solved.objective_value() / self.scale;
        self.model = Some(solved.into());
        self.set(site, before);
        Some(value)
    }
}

/// A program that goes on by the simplex from where it last stood.
fn quiet(mut model: Model) -> Model {
    model.make_quiet();
    model.set_option("solver", "simplex");
    model.set_option("presolve", "off");
    model.set_option("parallel", "off");
    model.set_option("threads", 1);
    model
}

/// How a target is served by sites that are open in part, the cheapest first.
struct Nearest {
    /// How far it is.
    served: f64,
    /// What it pays, where the last of them serves the rest of it.
    cost: f64,
    /// What the last of them costs.
    price: f64,
}

impl Nearest {
    fn new(list: &[Entry], open: &[f64]) -> Nearest {
        let (mut served, mut cost, mut price) = (0.0, 0.0, 0.0);
        for entry in list {
            price = entry.cost;
            let share = open[entry.site as usize].clamp(0.0, 1.0 - served);
            served += share;
            cost += share * entry.cost;
            if served > 1.0 - TRACE {
                break;
            }
        }
        Nearest {
            served,
            cost: cost + (1.0 - served) * price,
            price,
        }
    }
}

/// Targets with the same cheapest site beside each other, in groups of the same size.
fn groups(stars: &Stars) -> Vec<Vec<u32>> {
    let mut targets: Vec<u32> = (0..stars.lists.targets() as u32).collect();
    let cheapest = |target: u32| stars.lists.of(target as usize).first().map(|e| e.site);
    targets.sort_by_key(|&target| (cheapest(target), target));
    let size = targets.len().div_ceil(GROUPS).max(1);
    targets.chunks(size).map(<[u32]>::to_vec).collect()
}

/// What a target pays at least.
fn least(stars: &Stars, target: usize) -> f64 {
    stars
        .lists
        .of(target)
        .first()
        .map_or(0.0, |first| first.cost)
}

/// What each site, when it is open, takes off the prices of some targets, times a scale.
fn taken_off(
    stars: &Stars,
    sites: &[Option<Col>],
    targets: &[u32],
    prices: &[f64],
    scale: f64,
) -> Vec<(Col, f64)> {
    let mut terms: Vec<(Col, f64)> = Vec::new();
    for (&target, &price) in targets.iter().zip(prices) {
        let cheaper = stars.lists.of(target as usize).iter();
        let cheaper = cheaper.take_while(|entry| entry.cost < price);
        let off = |entry: &Entry| Some((sites[entry.site as usize]?, scale * (price - entry.cost)));
        terms.extend(cheaper.filter_map(off));
    }
    terms.sort_by_key(|(site, _)| site.index());
    terms.dedup_by(|next, kept| {
        let same = next.0 == kept.0;
        if same {
            kept.1 += next.1;
        }
        same
    });
    terms
}

/// How far a site may be open.
fn open_within(lock: SiteLock) -> RangeInclusive<f64> {
    match lock {
        SiteLock::Free => 0.0..=1.0,
        SiteLock::Open => 1.0..=1.0,
        SiteLock::Closed => 0.0..=0.0,
    }
}
