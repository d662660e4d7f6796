//! What the targets around a tile must keep: covers, means and travel.

use super::super::draft::Fill;
use super::super::milp_covers::{Frame, Serve, TravelSum, draw_covers};
use super::super::web::Asks;
use super::Tile;
use std::collections::{BTreeMap, BTreeSet};

impl Tile<'_> {
    pub(super) fn covers(&mut self) -> TravelSum {
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
    pub(super) fn aim(&mut self, travel: &TravelSum) {
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
}
