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
    pub(super) fn begin(&mut self, stop: &dyn Fn() -> bool) {
        let sites = &self.ground.problem.sites;
        let kinds = sites.iter().map(|site| site.capacities.len()).max();
        let kinds = kinds.unwrap_or(0);
        self.now.items = self.least(Sharing::Most);
        if kinds <= 1 {
            return;
        }
        let others = (0..kinds).map(Sharing::By).chain([Sharing::Alike]);
        for sharing in [Sharing::Most].into_iter().chain(others) {
            self.now.items = self.least(sharing);
            let bound = self.evaluate();
            self.keep(bound);
            if stop() {
                break;
            }
        }
        if let Some((_, multipliers)) = &self.best {
            self.now.clone_from(multipliers);
        }
    }

    /// What each item costs at its least.
    fn least(&self, sharing: Sharing) -> Vec<f64> {
        let (problem, layout) = (self.ground.problem, self.ground.layout);
        let price = |&placement: &usize| {
            let of = &problem.placements[placement];
            let site = &problem.sites[of.site];
            layout.cost[placement]
                + site.fixed_cost.max(0.0) * sharing.part(&of.uses, &site.capacities)
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
