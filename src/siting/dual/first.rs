//! The first prices: what each item costs at its least, where a site's fixed cost is shared out by the room that is taken.

use super::Dual;

/// How the capacities of a site share out its fixed cost.
#[derive(Clone, Copy)]
enum Sharing {
    /// By the one that a placement takes most of: too much where placements take most of different ones.
    Most,
    /// By one of them.
    By(usize),
    /// By all of them alike.
    Alike,
}

impl Sharing {
    /// The part of the room that a placement takes.
    fn part(self, uses: &[f64], capacities: &[f64]) -> f64 {
        let taken = |(used, capacity): (&f64, &f64)| used / capacity.max(1e-9);
        let each = uses.iter().zip(capacities);
        let part = match self {
            Sharing::Most => each.map(taken).fold(0.0, f64::max),
            Sharing::By(kind) => each.skip(kind).map(taken).next().unwrap_or(0.0),
            Sharing::Alike => each.map(taken).sum::<f64>() / capacities.len().max(1) as f64,
        };
        part.min(1.0)
    }
}

impl Dual<'_> {
    /// Begins at the sharing out that gives the highest bound.
    pub(super) fn begin(&mut self) {
        let sites = &self.ground.problem.sites;
        let kinds = sites.iter().map(|site| site.capacities.len()).max();
        let kinds = kinds.unwrap_or(0);
        if kinds <= 1 {
            self.now.items = self.least(Sharing::Most);
            return;
        }
        let mut ways = vec![Sharing::Most, Sharing::Alike];
        ways.extend((0..kinds).map(Sharing::By));
        let mut best: Option<(f64, Vec<f64>)> = None;
        for way in ways {
            self.now.items = self.least(way);
            let bound = self.evaluate();
            if best.as_ref().is_none_or(|best| bound > best.0) {
                best = Some((bound, self.now.items.clone()));
            }
        }
        if let Some((_, items)) = best {
            self.now.items = items;
        }
    }

    /// What each item costs at its least.
    fn least(&self, way: Sharing) -> Vec<f64> {
        let (problem, layout) = (self.ground.problem, self.ground.layout);
        let price = |&placement: &usize| {
            let of = &problem.placements[placement];
            let site = &problem.sites[of.site];
            layout.cost[placement] + site.fixed_cost.max(0.0) * way.part(&of.uses, &site.capacities)
        };
        let least = |(item, placements): (usize, &Vec<usize>)| {
            let least = placements.iter().map(price).fold(f64::INFINITY, f64::min);
            match least.is_finite() {
                true => least.clamp(self.low.items[item], self.high.items[item]),
                false => 0.0,
            }
        };
        layout.of_item.iter().enumerate().map(least).collect()
    }
}
