//! A neighbourhood as a small program: the items of a few sites find new homes together, all else stays.
//!
//! Small programs find what one-at-a-time insertion does not: exchanges of several items that repack
//! several sites at once. A tile proves nothing; what it finds is checked before it counts.

use super::draft::{Draft, Fill, Found, Stop};
use super::dual::Prices;
use super::milp_covers::{Frame, Serve, TravelSum, draw_covers};
use super::problem::{Choice, SiteLock};
use super::state::{Ground, NOWHERE, State};
use super::web::Asks;
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

/// Grows a tile around a site until enough of its sites are open.
pub(super) fn grow(
    ground: &Ground,
    state: &State,
    near: &[Vec<u32>],
    centre: usize,
    open: usize,
) -> Vec<usize> {
    let mut tile = Vec::new();
    let mut pull: BTreeMap<usize, f64> = BTreeMap::from([(centre, f64::INFINITY)]);
    let mut inside = BTreeSet::new();
    let mut found = 0;
    while found < open && tile.len() < 3 * open + 2 {
        let strongest = pull
            .iter()
            .max_by(|a, b| a.1.total_cmp(b.1).then(b.0.cmp(a.0)));
        let Some((&site, _)) = strongest else { break };
        pull.remove(&site);
        inside.insert(site);
        if ground.problem.sites[site].lock != SiteLock::Closed {
            tile.push(site);
            found += usize::from(state.held[site] > 0);
        }
        for (rank, &other) in near[site].iter().enumerate() {
            if !inside.contains(&(other as usize)) {
                *pull.entry(other as usize).or_insert(0.0) += 1.0 / (1.0 + rank as f64);
            }
        }
    }
    tile.sort_unstable();
    tile
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
                if state.at[item] == placement as u32 && ground.layout.of_item[item].len() > 1
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

    fn structure(&mut self) {
        let problem = self.ground.problem;
        for &item in &self.free {
            let own = self.ground.layout.of_item[item]
                .iter()
                .filter_map(|at| self.option.get(at));
            let terms = own.map(|&column| (column, 1.0)).collect();
            match problem.items[item].choice {
                Choice::ExactlyOne => self.draft.row(1.0, 1.0, terms),
                Choice::AtMostOne | Choice::Any => self.draft.at_most(1.0, terms),
            };
        }
        let mut at_site: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for &placement in self.option.keys() {
            at_site
                .entry(problem.placements[placement].site)
                .or_default()
                .push(placement);
        }
        for (&site, placements) in &at_site {
            let own = self.site.get(&site).copied();
            for (kind, &capacity) in problem.sites[site].capacities.iter().enumerate() {
                let leaving: f64 = placements
                    .iter()
                    .filter(|at| self.current.contains(at))
                    .map(|&at| problem.placements[at].uses[kind])
                    .sum();
                let room = (capacity - (self.state.load[site][kind] - leaving)).max(0.0);
                let uses = placements
                    .iter()
                    .map(|at| (self.option[at], problem.placements[*at].uses[kind]));
                let mut terms: Vec<_> = uses.filter(|term| term.1 > 0.0).collect();
                if terms.iter().map(|term| term.1).sum::<f64>() <= room {
                    continue;
                }
                match own {
                    Some(column) => {
                        terms.push((column, -room));
                        self.draft.at_most(0.0, terms);
                    }
                    None => {
                        self.draft.at_most(room, terms);
                    }
                }
            }
            if let Some(column) = own {
                for at in placements {
                    self.draft
                        .at_most(0.0, vec![(self.option[at], 1.0), (column, -1.0)]);
                }
            }
        }
        self.conflicts();
        self.requirements();
    }

    fn conflicts(&mut self) {
        let ground = self.ground;
        let mut touched: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for &placement in self.option.keys() {
            for &conflict in &ground.layout.conflicts_of[placement] {
                touched.entry(conflict).or_default().push(placement);
            }
        }
        for (conflict, placements) in touched {
            let leaving = placements
                .iter()
                .filter(|at| self.current.contains(at))
                .count() as u32;
            let fixed = self.state.conflict[conflict].saturating_sub(leaving);
            let most = ground.problem.conflicts[conflict]
                .most
                .saturating_sub(fixed);
            if placements.len() as u32 <= most {
                continue;
            }
            let mut terms: Vec<_> = placements.iter().map(|at| (self.option[at], 1.0)).collect();
            let site = placements
                .first()
                .map(|&at| ground.problem.placements[at].site);
            match site.and_then(|site| self.site.get(&site)) {
                Some(&column) => {
                    terms.push((column, -f64::from(most)));
                    self.draft.at_most(0.0, terms);
                }
                None => {
                    self.draft.at_most(f64::from(most), terms);
                }
            }
        }
    }

    fn requirements(&mut self) {
        let ground = self.ground;
        let placements = &ground.problem.placements;
        let fixed = |at: usize| self.state.chosen[at] && !self.current.contains(&at);
        let mut rows = Vec::new();
        let mut asking: BTreeSet<usize> = self.option.keys().copied().collect();
        for &leaving in &self.current {
            asking.extend(
                ground.required_by[leaving]
                    .iter()
                    .map(|&at| at as usize)
                    .filter(|&at| fixed(at)),
            );
        }
        for at in asking {
            let requires = &placements[at].requires;
            if requires.is_empty() || requires.iter().any(|&other| fixed(other)) {
                continue;
            }
            let met = requires
                .iter()
                .filter_map(|other| self.option.get(other))
                .map(|&column| (column, 1.0));
            let mut terms: Vec<_> = met.collect();
            match self.option.get(&at) {
                Some(&column) => {
                    terms.push((column, -1.0));
                    rows.push((0.0, terms));
                }
                None => rows.push((1.0, terms)),
            }
        }
        for (least, terms) in rows {
            self.draft.at_least(least, terms);
        }
    }

    /// Parents, variants and pairs.
    fn groups(&mut self) {
        let ground = self.ground;
        let (problem, layout) = (ground.problem, ground.layout);
        let parents: BTreeSet<usize> = self
            .site
            .keys()
            .filter_map(|&site| problem.sites[site].parent)
            .collect();
        for parent in parents {
            let (own, others): (Vec<usize>, Vec<usize>) = layout.children[parent]
                .iter()
                .partition(|site| self.site.contains_key(site));
            if others.iter().any(|&site| self.state.is_open(ground, site)) {
                continue;
            }
            let cost = problem.parents[parent].fixed_cost;
            if cost >= 0.0 {
                let column = self.draft.follows(cost, 0.0, 1.0, Fill::Smallest);
                for site in own {
                    let row = self
                        .draft
                        .at_least(0.0, vec![(column, 1.0), (self.site[&site], -1.0)]);
                    self.draft.defines(row, column);
                }
            } else {
                let column = self.draft.follows(cost, 0.0, 1.0, Fill::Largest);
                let mut terms = vec![(column, 1.0)];
                terms.extend(own.iter().map(|site| (self.site[site], -1.0)));
                let row = self.draft.at_most(0.0, terms);
                self.draft.defines(row, column);
            }
        }
        let groups: BTreeSet<u32> = self
            .site
            .keys()
            .filter_map(|&site| ground.group_of[site])
            .collect();
        for group in groups {
            let (own, others): (Vec<usize>, Vec<usize>) = layout.variants[group as usize]
                .iter()
                .partition(|site| self.site.contains_key(site));
            let taken = others
                .iter()
                .filter(|&&site| self.state.is_open(ground, site))
                .count();
            let terms = own.iter().map(|site| (self.site[site], 1.0)).collect();
            self.draft.at_most(1.0 - taken.min(1) as f64, terms);
        }
        let options: Vec<(usize, usize)> = self
            .option
            .iter()
            .map(|(&at, &column)| (at, column))
            .collect();
        for (at, column) in options {
            for &(other, reward) in &ground.pairs_of[at] {
                let other = other as usize;
                if let Some(&beside) = self.option.get(&other) {
                    if at < other {
                        self.pair(column, beside, reward);
                    }
                } else if self.state.chosen[other] {
                    self.draft.columns[column].cost -= reward;
                }
            }
        }
    }

    fn pair(&mut self, first: usize, second: usize, reward: f64) {
        if reward >= 0.0 {
            let column = self.draft.follows(-reward, 0.0, 1.0, Fill::Largest);
            for own in [first, second] {
                let row = self.draft.at_most(0.0, vec![(column, 1.0), (own, -1.0)]);
                self.draft.defines(row, column);
            }
        } else {
            let column = self.draft.follows(-reward, 0.0, 1.0, Fill::Smallest);
            let row = self
                .draft
                .at_least(-1.0, vec![(column, 1.0), (first, -1.0), (second, -1.0)]);
            self.draft.defines(row, column);
        }
    }

    fn rows(&mut self) {
        let ground = self.ground;
        let mut touched: BTreeMap<u32, (f64, BTreeMap<usize, f64>)> = BTreeMap::new();
        for (&site, &column) in &self.site {
            let open = self.state.is_open(ground, site);
            for &(row, coefficient) in &ground.rows_of_site[site] {
                let of = touched.entry(row).or_default();
                *of.1.entry(column).or_insert(0.0) += coefficient;
                of.0 += if open { coefficient } else { 0.0 };
            }
        }
        for (&placement, &column) in &self.option {
            let chosen = self.current.contains(&placement);
            for &(row, coefficient) in &ground.rows_of_placement[placement] {
                let of = touched.entry(row).or_default();
                *of.1.entry(column).or_insert(0.0) += coefficient;
                of.0 += if chosen { coefficient } else { 0.0 };
            }
        }
        for (at, (free, terms)) in touched {
            let row = &ground.problem.rows[at as usize];
            let fixed = self.state.row[at as usize] - free;
            let terms: Vec<(usize, f64)> = terms.into_iter().filter(|term| term.1 != 0.0).collect();
            let broken = row.price.map(|price| {
                self.draft
                    .follows(price, 0.0, f64::INFINITY, Fill::Smallest)
            });
            for (limit, sign) in [(row.at_most, 1.0), (row.at_least, -1.0)] {
                let Some(limit) = limit else { continue };
                let mut own: Vec<_> = terms.iter().map(|term| (term.0, sign * term.1)).collect();
                own.extend(broken.map(|broken| (broken, -1.0)));
                let row = self.draft.at_most(sign * (limit - fixed), own);
                if let Some(broken) = broken {
                    self.draft.defines(row, broken);
                }
            }
        }
    }

    fn covers(&mut self) -> TravelSum {
        let ground = self.ground;
        let web = ground.web;
        // Hosts that free items may make serve, and how many placements of fixed items already do.
        let mut by: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
        let mut leaving: BTreeMap<u32, u32> = BTreeMap::new();
        for (&placement, &column) in &self.option {
            for &host in &web.hosts_of[placement] {
                by.entry(host).or_default().push(column);
                *leaving.entry(host).or_default() += u32::from(self.current.contains(&placement));
            }
        }
        by.retain(|host, _| self.state.serving[*host as usize] == leaving[host]);
        let mut serving: BTreeMap<u32, usize> = BTreeMap::new();
        for (&host, columns) in &by {
            let column = match columns[..] {
                [only] => only,
                _ => self.host(columns),
            };
            serving.insert(host, column);
        }
        let mut targets: BTreeMap<usize, BTreeSet<u32>> = BTreeMap::new();
        for &host in serving.keys() {
            for &(target, _) in web.entries(host as usize) {
                targets
                    .entry(web.target_of[target as usize].0 as usize)
                    .or_default()
                    .insert(target);
            }
        }
        let mut travel = TravelSum::default();
        for (reach, targets) in targets {
            let own = self.reach(reach, &targets, &serving);
            travel.constant += own.constant;
            travel.terms.extend(own.terms);
        }
        travel
    }

    /// A column for a host that several placements can make serve.
    fn host(&mut self, columns: &[usize]) -> usize {
        let column = self.draft.follows(0.0, 0.0, 1.0, Fill::Largest);
        let mut terms = vec![(column, 1.0)];
        terms.extend(columns.iter().map(|&own| (own, -1.0)));
        let row = self.draft.at_most(0.0, terms);
        self.draft.defines(row, column);
        let placement = self
            .option
            .iter()
            .find(|(_, own)| columns.contains(own))
            .map(|(&at, _)| at);
        let site = placement.map(|at| self.ground.problem.placements[at].site);
        if let Some(&site) = site.and_then(|site| self.site.get(&site)) {
            let row = self.draft.at_most(0.0, vec![(column, 1.0), (site, -1.0)]);
            self.draft.defines(row, column);
        }
        column
    }

    fn reach(
        &mut self,
        at: usize,
        targets: &BTreeSet<u32>,
        serving: &BTreeMap<u32, usize>,
    ) -> TravelSum {
        let ground = self.ground;
        let (web, reach) = (ground.web, &ground.problem.reaches[at]);
        let first = web.first_host[at];
        let mut serve: Vec<Serve> = (0..reach.hosts.len())
            .map(|host| {
                if self.state.serving[first + host] > 0 {
                    Serve::Always
                } else {
                    Serve::Never
                }
            })
            .collect();
        for (&host, &column) in serving.range(first as u32..(first + reach.hosts.len()) as u32) {
            serve[host as usize - first] = Serve::By(column);
        }
        // Slack that the untouched targets leave.
        let mut slack = web.slack[at].clone();
        let counts = web
            .counts
            .iter()
            .enumerate()
            .filter(|(_, count)| count.reach == at);
        for (count, cover) in counts.filter_map(|(at, count)| Some((at, count.cover?))) {
            slack[cover] -= i128::from(self.state.sums[count]);
        }
        let mut local = Vec::with_capacity(targets.len());
        for &target in targets {
            local.push(web.target_of[target as usize].1 as usize);
            let distance = web.at_rank(target as usize, self.state.rank[target as usize]);
            for care in web.cares(target as usize) {
                let Some(cover) = web.counts[care.cover as usize].cover else {
                    continue;
                };
                slack[cover] += match (care.asks, distance) {
                    (Asks::Share(limit), _) if distance.is_none_or(|distance| distance > limit) => {
                        i128::from(care.weight)
                    }
                    (Asks::Mean, Some(distance)) => i128::from(care.weight) * i128::from(distance),
                    (Asks::Each(_) | Asks::Share(_) | Asks::Mean | Asks::Travel(_), _) => 0,
                };
            }
        }
        let mut nudge = vec![0.0; reach.covers.len()];
        if let Some(prices) = self.terms.prices {
            for (price, count) in prices.multipliers.counts.iter().zip(&web.counts) {
                if let (true, Some(cover), None) = (count.reach == at, count.cover, count.price) {
                    nudge[cover] = self.terms.nudge * price;
                }
            }
        }
        let wanted = self.terms.within.is_some() || reach.travel_price > 0.0;
        let limits = &web.limits[at];
        let frame = Frame {
            serve: &serve,
            limits,
            targets: &local,
            slack: &slack,
            nudge: &nudge,
            travel: wanted,
        };
        let own = draw_covers(&mut self.draft, reach, &frame);
        if reach.travel_price > 0.0 {
            for &(column, amount) in &own.terms {
                self.draft.columns[column].cost += reach.travel_price * amount;
            }
        }
        own
    }

    /// Where travel is made least, cost becomes a row.
    fn aim(&mut self, travel: &TravelSum) {
        let Some(within) = self.terms.within else {
            return;
        };
        let start = self.start();
        let mut terms = Vec::new();
        let mut now = 0.0;
        for (at, column) in self.draft.columns.iter_mut().enumerate() {
            if column.cost != 0.0 {
                terms.push((at, column.cost));
                now += column.cost * start[at];
                column.cost = 0.0;
            }
        }
        self.draft
            .at_most(within - self.state.cost(self.ground) + now, terms);
        self.draft.constant = travel.constant;
        for &(column, amount) in &travel.terms {
            self.draft.columns[column].cost += amount;
        }
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
