//! About what one placement more adds to the score of a solution in the making.

use super::state::{Ground, Penalties, State};
use super::web::Asks;

/// A solution in the making, and what it pays for what it breaks.
#[derive(Clone, Copy)]
pub(super) struct Sight<'a> {
    pub(super) ground: &'a Ground<'a>,
    pub(super) state: &'a State,
    pub(super) penalties: &'a Penalties,
}

impl Sight<'_> {
    /// About what putting an item there adds to the score.
    pub(super) fn price(&self, placement: usize, dear: f64) -> f64 {
        let (ground, state, penalties) = (self.ground, self.state, self.penalties);
        let of = &ground.problem.placements[placement];
        let rate = match penalties.within {
            None => penalties.cost,
            Some(within) if state.base > within => penalties.above,
            Some(_) => 0.1 * penalties.above,
        };
        let mut price = rate * ground.layout.cost[placement];
        if !state.is_open(ground, of.site) {
            price += dear * rate * self.opening_cost(of.site);
            price += self.surplus(of.site);
            for &(row, coefficient) in &ground.rows_of_site[of.site] {
                price += self.row_price(row as usize, coefficient);
            }
        }
        for &(row, coefficient) in &ground.rows_of_placement[placement] {
            price += self.row_price(row as usize, coefficient);
        }
        for &(other, reward) in &ground.pairs_of[placement] {
            if state.chosen[other as usize] {
                price -= rate * reward;
            }
        }
        let requires = &of.requires;
        if !requires.is_empty() && !requires.iter().any(|&other| state.chosen[other]) {
            price += penalties.unmet;
        }
        // What follows can only make it cheaper where travel and covers gain.
        let hosts = &ground.web.hosts_of[placement];
        if hosts.iter().all(|&host| state.serving[host as usize] > 0) || price == f64::INFINITY {
            return price;
        }
        for &host in hosts {
            if state.serving[host as usize] == 0 {
                price -= self.gain(host as usize);
            }
        }
        price
    }

    /// What opening a closed site costs, with what its parent costs where that is closed.
    fn opening_cost(&self, site: usize) -> f64 {
        let problem = self.ground.problem;
        let of = &problem.sites[site];
        let parent = of.parent.filter(|&at| self.state.open_children[at] == 0);
        of.fixed_cost + parent.map_or(0.0, |parent| problem.parents[parent].fixed_cost)
    }

    /// What opening a closed site costs where another variant of it is open.
    pub(super) fn surplus(&self, site: usize) -> f64 {
        match self.ground.group_of[site] {
            Some(group) if self.state.open_variants[group as usize] > 0 => self.penalties.unmet,
            _ => 0.0,
        }
    }

    fn row_price(&self, row: usize, coefficient: f64) -> f64 {
        let of = &self.ground.problem.rows[row];
        let unit = of.price.map_or(self.penalties.rows[row], |price| {
            price * self.penalties.cost
        });
        let after = self.state.row[row] + coefficient;
        let excess = |activity: f64| {
            let most = of.at_most.map_or(0.0, |most| (activity - most).max(0.0));
            most + of.at_least.map_or(0.0, |least| (least - activity).max(0.0))
        };
        unit * (excess(after) - excess(self.state.row[row]))
    }

    /// What the targets of a host gain when it begins to serve.
    fn gain(&self, host: usize) -> f64 {
        let (web, state, penalties) = (self.ground.web, self.state, self.penalties);
        let mut gain = 0.0;
        for &(target, rank) in web.entries(host) {
            let target = target as usize;
            if rank >= state.rank[target] {
                continue;
            }
            let before = web.at_rank(target, state.rank[target]);
            let after = web.distance[web.list(target).start + rank as usize];
            for care in web.cares(target) {
                let cover = care.cover as usize;
                let count = &web.counts[cover];
                let unit = match (count.price, count.cover) {
                    (Some(price), None) => penalties.cost * price + penalties.travel,
                    _ if state.sums[cover] <= count.slack => 0.0,
                    (Some(price), Some(_)) => penalties.cost * price,
                    (None, _) => penalties.counts[cover],
                };
                gain += match care.asks {
                    Asks::Each(limit)
                        if after <= limit && before.is_none_or(|before| before > limit) =>
                    {
                        penalties.unmet
                    }
                    Asks::Share(limit)
                        if after <= limit && before.is_none_or(|before| before > limit) =>
                    {
                        unit * care.weight as f64
                    }
                    Asks::Each(_) | Asks::Share(_) => 0.0,
                    Asks::Mean => match before {
                        Some(before) => unit * care.weight as f64 * f64::from(before - after),
                        None => penalties.unmet,
                    },
                    Asks::Travel(beyond) => {
                        unit * care.weight as f64
                            * f64::from(before.unwrap_or(beyond).saturating_sub(after))
                    }
                };
            }
        }
        gain
    }
}
