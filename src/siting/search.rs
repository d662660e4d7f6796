//! Annealed ruin and recreate: empties a few neighbouring sites and finds new homes for their items.
//!
//! The search may pass through states that break covers and rows, at a price that adjusts itself; only
//! states that keep every limit count as solutions. It is a starter: the tiles finish the work.

use super::dice::Dice;
use super::dual::Prices;
use super::insertion::Sight;
use super::problem::{Choice, Problem};
use super::state::{Ground, NOWHERE, Penalties, State};
use super::web::Asks;

/// Which sites compete for the same items: the strongest first.
pub(super) fn neighbours(
    problem: &Problem,
    of_item: &[Vec<usize>],
    of_site: &[Vec<usize>],
    most: usize,
) -> Vec<Vec<u32>> {
    let mut shared = vec![0.0f64; problem.sites.len()];
    let mut all = Vec::with_capacity(problem.sites.len());
    for (site, placements) in of_site.iter().enumerate() {
        let mut touched: Vec<u32> = Vec::new();
        for &placement in placements {
            let others = &of_item[problem.placements[placement].item];
            for &other in others {
                let other = problem.placements[other].site;
                if other != site {
                    if shared[other] == 0.0 {
                        touched.push(other as u32);
                    }
                    shared[other] += 1.0 / others.len() as f64;
                }
            }
        }
        touched.sort_by(|&a, &b| {
            shared[b as usize]
                .total_cmp(&shared[a as usize])
                .then(a.cmp(&b))
        });
        for &other in &touched {
            shared[other as usize] = 0.0;
        }
        touched.truncate(most);
        all.push(touched);
    }
    all
}

/// How long and how hot the search is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Schedule {
    pub(super) steps: u64,
    /// First and last temperature, against the average cost of an open site.
    pub(super) hot: f64,
    pub(super) cold: f64,
}

pub(super) struct Search<'a> {
    ground: &'a Ground<'a>,
    near: &'a [Vec<u32>],
    dice: Dice,
    pub(super) penalties: Penalties,
    state: State,
    score: f64,
    scale: f64,
    pub(super) best: Option<(f64, Vec<u32>)>,
    /// Scratch: items taken out, with their old homes.
    taken: Vec<(u32, u32)>,
    dear: Vec<f64>,
    /// Prices that say what is worth doing, once there are any.
    guide: Option<&'a Prices>,
    /// A closed site that is being filled from many others.
    hub: Option<usize>,
    /// The sites that it begins at, where not at any.
    around: Option<Vec<usize>>,
}

/// First penalties: breaking a limit costs about what a site costs.
pub(super) fn first_penalties(
    ground: &Ground,
    state: &State,
    aim: (f64, f64),
    within: Option<f64>,
) -> (Penalties, f64) {
    let open = (0..ground.problem.sites.len())
        .filter(|&site| state.is_open(ground, site))
        .count();
    let score = aim.0 * state.base.abs() + aim.1 * state.travel(ground).abs();
    let spread: f64 = ground
        .problem
        .sites
        .iter()
        .map(|site| aim.0 * site.fixed_cost.abs())
        .sum::<f64>()
        / ground.problem.sites.len().max(1) as f64;
    let scale = (score / open.max(1) as f64).max(spread).max(1e-6);
    let web = ground.web;
    let mut weight = vec![(0.0f64, 0.0f64); web.counts.len()];
    for target in 0..web.targets() {
        let near = f64::from(web.at_rank(target, state.rank[target]).unwrap_or(1)).max(1.0);
        for care in web.cares(target) {
            let of = &mut weight[care.cover as usize];
            let unit = if matches!(care.asks, Asks::Mean | Asks::Travel(_)) {
                near
            } else {
                1.0
            };
            *of = (of.0 + care.weight as f64 * unit, of.1 + 1.0);
        }
    }
    let penalties = Penalties {
        unmet: scale,
        counts: weight
            .iter()
            .map(|&(sum, count)| if sum > 0.0 { scale * count / sum } else { 0.0 })
            .collect(),
        rows: ground
            .problem
            .rows
            .iter()
            .map(|row| {
                let widest = row
                    .terms
                    .iter()
                    .map(|term| term.1.abs())
                    .fold(1e-9, f64::max);
                scale / widest
            })
            .collect(),
        cost: aim.0,
        travel: aim.1,
        within,
        above: if within.is_some() {
            10.0 * scale * open.max(1) as f64 / state.base.abs().max(1e-6)
        } else {
            0.0
        },
    };
    (penalties, scale)
}

impl<'a> Search<'a> {
    pub(super) fn new(
        ground: &'a Ground<'a>,
        near: &'a [Vec<u32>],
        state: State,
        seed: u64,
        aim: (f64, f64),
        within: Option<f64>,
    ) -> Search<'a> {
        let (penalties, scale) = first_penalties(ground, &state, aim, within);
        let (score, feasible) = state.score(ground, &penalties);
        let best = feasible.then(|| (score, state.at.clone()));
        let dear = vec![1.0; ground.problem.sites.len()];
        Search {
            ground,
            near,
            dice: Dice::new(seed),
            penalties,
            state,
            score,
            scale,
            best,
            taken: Vec::new(),
            dear,
            guide: None,
            hub: None,
            around: None,
        }
    }

    /// The same search, half of whose insertions go by reduced cost instead of cost.
    pub(super) fn guided(mut self, guide: &'a Prices) -> Search<'a> {
        self.guide = Some(guide);
        self
    }

    /// The same search, which begins at none but these sites and their neighbours.
    pub(super) fn around(mut self, sites: Vec<usize>) -> Search<'a> {
        self.around = Some(sites).filter(|sites| !sites.is_empty());
        self
    }

    /// The same search from where the prices alone put every item, if that scores better or in any case.
    pub(super) fn or_by_prices(mut self, guide: &Prices, in_any_case: bool) -> Search<'a> {
        let ground = self.ground;
        let before = std::mem::replace(&mut self.state, State::empty(ground));
        for (item, placements) in ground.layout.of_item.iter().enumerate() {
            let must = ground.problem.items[item].choice == Choice::ExactlyOne;
            let fits = |at: &&usize| self.state.fits(ground, **at);
            let priced = placements.iter().filter(fits);
            let priced = priced.map(|&at| (self.reduced(guide, at), at));
            let best = priced.min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
            if let Some((_, at)) =
                best.filter(|best| must || best.0 < -guide.multipliers.items[item])
            {
                self.state.put(ground, at);
            }
        }
        let (score, feasible) = self.state.score(ground, &self.penalties);
        if score >= self.score && !in_any_case {
            self.state = before;
            return self;
        }
        self.score = score;
        let worth = self.worth();
        if feasible && self.best.as_ref().is_none_or(|best| worth < best.0) {
            self.best = Some((worth, self.state.at.clone()));
        }
        self
    }

    /// The state of the best solution so far.
    pub(super) fn found(&self) -> Option<State> {
        let (_, at) = self.best.as_ref()?;
        let mut state = State::empty(self.ground);
        for &placement in at.iter().filter(|at| **at != NOWHERE) {
            state.put(self.ground, placement as usize);
        }
        Some(state)
    }

    /// Anneals; `stop` is asked now and then.
    pub(super) fn run(&mut self, schedule: Schedule, stop: &dyn Fn() -> bool) -> u64 {
        let (mut accepted, mut feasible_count) = (0u64, 0u64);
        for step in 0..schedule.steps {
            if step % 16 == 0 && stop() {
                return step;
            }
            let through = step as f64 / schedule.steps as f64;
            let heat = self.scale * schedule.hot * (schedule.cold / schedule.hot).powf(through);
            if let Some(feasible) = self.step(heat) {
                accepted += 1;
                feasible_count += u64::from(feasible);
                if accepted % 500 == 0 {
                    self.adjust(feasible_count as f64 / 500.0);
                    feasible_count = 0;
                }
            }
        }
        schedule.steps
    }

    fn adjust(&mut self, feasible: f64) {
        let ground = self.ground;
        if feasible < 0.3 {
            self.penalties.unmet *= 1.15;
        } else if feasible > 0.6 {
            self.penalties.unmet *= 0.9;
        }
        for (at, count) in ground.web.counts.iter().enumerate() {
            if count.price.is_none() && !count.each {
                let broken = self.state.sums[at] > count.slack;
                self.penalties.counts[at] *= if broken { 1.2 } else { 0.97 };
            }
        }
        for at in 0..ground.problem.rows.len() {
            let broken = self.state.row_excess(ground, at) > 0.0;
            self.penalties.rows[at] *= if broken { 1.2 } else { 0.97 };
        }
        if let Some(within) = self.penalties.within {
            self.penalties.above *= if self.state.cost(ground) > within {
                1.2
            } else {
                0.97
            };
        }
        self.score = self.state.score(ground, &self.penalties).0;
    }

    /// One ruin and recreate. `None` where it was refused, else whether the new state is a solution.
    fn step(&mut self, heat: f64) -> Option<bool> {
        let ground = self.ground;
        self.ruin();
        if self.taken.is_empty() {
            return None;
        }
        let whole = self.recreate();
        let (score, feasible) = self.state.score(ground, &self.penalties);
        let luck = self.dice.share().max(1e-12);
        if !whole || score > self.score - heat * luck.ln() {
            self.undo();
            return None;
        }
        self.score = score;
        if feasible {
            let value = self.worth();
            if self
                .best
                .as_ref()
                .is_none_or(|best| value < best.0 - 1e-9 * best.0.abs())
            {
                self.best = Some((value, self.state.at.clone()));
            }
        }
        Some(feasible)
    }

    /// What is made least, without penalties.
    fn worth(&self) -> f64 {
        self.penalties.cost * self.state.cost(self.ground)
            + self.penalties.travel * self.state.travel(self.ground)
    }

    fn remove(&mut self, item: usize) {
        let old = self.state.at[item];
        self.taken.push((item as u32, old));
        if old != NOWHERE {
            self.state.take(self.ground, item);
        }
    }

    fn ruin(&mut self) {
        let ground = self.ground;
        self.taken.clear();
        let centre = match &self.around {
            Some(sites) => sites[self.dice.below(sites.len() as u64) as usize],
            None => self.dice.below(ground.problem.sites.len() as u64) as usize,
        };
        let (wanted, enough) = self.ruin_size(centre);
        let skipping = self.dice.one_in(2);
        let (mut emptied, mut freed) = (0, 0.0);
        for at in 0..=self.near[centre].len() {
            let site = if at == 0 {
                centre
            } else {
                self.near[centre][at - 1] as usize
            };
            if self.state.held[site] == 0 || (at > 0 && skipping && self.dice.share() < 0.4) {
                continue;
            }
            freed += self.state.load[site].iter().copied().fold(0.0, f64::max);
            for &placement in &ground.layout.of_site[site] {
                let item = ground.problem.placements[placement].item;
                if self.state.at[item] == placement as u32 && ground.may_leave(item) {
                    self.remove(item);
                }
            }
            emptied += 1;
            if emptied == wanted || freed > enough {
                break;
            }
        }
        self.wake(centre);
    }

    /// How many sites are emptied, and how much they may free together: a few; or, around a closed site
    /// now and then, as many as may fill it. One big site for five small ones is a step that no sequence
    /// of small ones leads to.
    fn ruin_size(&mut self, centre: usize) -> (usize, f64) {
        self.hub = None;
        if self.state.is_open(self.ground, centre) || self.dice.one_in(2) {
            return (self.dice.size(1, 4), f64::INFINITY);
        }
        self.hub = Some(centre);
        let capacities = &self.ground.problem.sites[centre].capacities;
        if capacities.is_empty() {
            // Any number would fill it.
            return (self.dice.size(2, 6), f64::INFINITY);
        }
        let room = capacities.iter().copied().fold(0.0, f64::max);
        (16, room * (0.4 + 1.2 * self.dice.share()))
    }

    /// Items without a home that could have one near.
    fn wake(&mut self, centre: usize) {
        let ground = self.ground;
        let mut found = 0;
        for &placement in &ground.layout.of_site[centre] {
            let item = ground.problem.placements[placement].item;
            if self.state.at[item] == NOWHERE
                && !self.taken.iter().any(|taken| taken.0 == item as u32)
            {
                self.taken.push((item as u32, NOWHERE));
                found += 1;
                if found == 4 {
                    break;
                }
            }
        }
    }

    /// Finds homes for what was taken; false where an item that must have one found none.
    fn recreate(&mut self) -> bool {
        let ground = self.ground;
        let mut order: Vec<usize> = self.taken.iter().map(|taken| taken.0 as usize).collect();
        match self.dice.below(3) {
            0 => order.sort_by_key(|&item| ground.layout.of_item[item].len()),
            1 => {
                let size = |item: usize| {
                    let first = ground.layout.of_item[item].first();
                    first.map_or(0.0, |&at| {
                        ground.problem.placements[at].uses.iter().sum::<f64>()
                    })
                };
                order.sort_by(|&a, &b| size(b).total_cmp(&size(a)).then(a.cmp(&b)));
            }
            _ => self.dice.shuffle(&mut order),
        }
        let dear = self.weigh_openings(&order);
        let skip = 0.03 + 0.1 * self.dice.share();
        let guide = self.guide.filter(|_| self.dice.one_in(2));
        for item in order {
            let must = ground.problem.items[item].choice == Choice::ExactlyOne;
            // Nowhere costs nothing; by the prices what the item's own price, which is no more than 0, would save.
            let nowhere = guide.map_or(0.0, |guide| -guide.multipliers.items[item]);
            let mut best: Option<(f64, usize)> = (!must).then_some((nowhere, usize::MAX));
            for &placement in &ground.layout.of_item[item] {
                if !self.state.fits(ground, placement)
                    || (best.is_some() && self.dice.share() < skip)
                {
                    continue;
                }
                let dear = if dear {
                    self.dear[ground.problem.placements[placement].site]
                } else {
                    1.0
                };
                let price = match guide {
                    Some(guide) => dear * self.reduced(guide, placement),
                    None => self.sight().price(placement, dear),
                };
                if best.is_none_or(|best| price < best.0) {
                    best = Some((price, placement));
                }
            }
            match best {
                None => return false,
                Some((_, usize::MAX)) => {}
                Some((_, placement)) => self.state.put(ground, placement),
            }
        }
        true
    }

    /// Weighs the cost of opening each site that the items could go to, for one recreate: as it is, more or
    /// less, or as if some had been paid for already. False where every site counts as it is.
    fn weigh_openings(&mut self, items: &[usize]) -> bool {
        let mood = self.dice.below(3);
        let paid = 0.1 + 0.5 * self.dice.share();
        if mood == 0 && self.hub.is_none() {
            return false;
        }
        let ground = self.ground;
        for &item in items {
            for &placement in &ground.layout.of_item[item] {
                let luck = self.dice.share();
                self.dear[ground.problem.placements[placement].site] = match mood {
                    1 => 0.3 + 1.4 * luck,
                    2 if luck < paid => 0.0,
                    _ => 1.0,
                };
            }
        }
        if let Some(hub) = self.hub {
            self.dear[hub] = 0.0;
        }
        true
    }

    fn sight(&self) -> Sight<'_> {
        Sight {
            ground: self.ground,
            state: &self.state,
            penalties: &self.penalties,
        }
    }

    /// What the relaxation charges for a placement; an open site is not charged again.
    fn reduced(&self, guide: &Prices, placement: usize) -> f64 {
        let site = self.ground.problem.placements[placement].site;
        let opening = if self.state.is_open(self.ground, site) {
            guide.opening(self.ground.problem, site)
        } else {
            -self.sight().surplus(site)
        };
        guide.reduced[placement] - opening
    }

    fn undo(&mut self) {
        let ground = self.ground;
        let taken = std::mem::take(&mut self.taken);
        for &(item, _) in &taken {
            if self.state.at[item as usize] != NOWHERE {
                self.state.take(ground, item as usize);
            }
        }
        for &(_, old) in &taken {
            if old != NOWHERE {
                self.state.put(ground, old as usize);
            }
        }
        self.taken = taken;
    }
}
