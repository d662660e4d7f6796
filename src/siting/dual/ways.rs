//! The placements of each site side by side, since an evaluation goes through all of them, site by site.

use super::super::state::Ground;

/// A placement, and what its gain depends on.
#[derive(Clone, Copy)]
pub(super) struct Way {
    pub(super) placement: u32,
    pub(super) item: u32,
    pub(super) cost: f64,
    pub(super) rest: Rest,
}

/// What a placement's gain depends on beside its item and its cost.
#[derive(Clone, Copy)]
pub(super) enum Rest {
    Nothing,
    Host(u32),
    /// Rows, pairs, requirements or several hosts.
    More,
}

/// The ways of every site.
pub(super) struct Ways {
    starts: Vec<usize>,
    ways: Vec<Way>,
}

impl Ways {
    pub(super) fn new(ground: &Ground) -> Ways {
        let (problem, layout) = (ground.problem, ground.layout);
        let mut tied = vec![false; problem.placements.len()];
        for pair in &problem.pairs {
            (tied[pair.first], tied[pair.second]) = (true, true);
        }
        let rest = |at: usize| {
            let alone = ground.rows_of_placement[at].is_empty()
                && ground.required_by[at].is_empty()
                && problem.placements[at].requires.is_empty()
                && !tied[at];
            match ground.web.hosts_of[at] {
                [] if alone => Rest::Nothing,
                [host] if alone => Rest::Host(host),
                _ => Rest::More,
            }
        };
        let way = |&at: &usize| Way {
            placement: at as u32,
            item: problem.placements[at].item as u32,
            cost: layout.cost[at],
            rest: rest(at),
        };
        let (mut starts, mut ways) = (vec![0], Vec::with_capacity(problem.placements.len()));
        for placements in &layout.of_site {
            ways.extend(placements.iter().map(way));
            starts.push(ways.len());
        }
        Ways { starts, ways }
    }

    /// Those of a site, in order.
    pub(super) fn of(&self, site: usize) -> &[Way] {
        &self.ways[self.starts[site]..self.starts[site + 1]]
    }
}
