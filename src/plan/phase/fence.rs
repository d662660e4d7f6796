//! Receipts that only their owner may spend, beside one purse for all: what each draws on them in each
//! year, so that what the purse spends beyond its limits is paid for.
//!
//! A flow in a small network: receipts, year by year and carried over, to what is spent beyond the
//! limit; the receipts of an owner go no further in a year than its own spending.

use std::collections::{BTreeMap, VecDeque};

/// What one year of a purse comes to, £.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct PurseYear {
    pub(super) limit: f64,
    pub(super) spent: f64,
    /// Receipts that anybody may spend.
    pub(super) free: f64,
    /// By owner: what it spends, and its receipts that nobody else may spend.
    pub(super) own: BTreeMap<usize, (f64, f64)>,
}

/// By year and owner: what is drawn on its own receipts, £.
pub(super) type Draws = Vec<BTreeMap<usize, f64>>;

/// Sums below this are nothing: half a penny.
const MONEY: f64 = 0.005;

/// What is drawn; `None` where the receipts do not pay for what goes beyond the limits.
pub(super) fn draws(years: &[PurseYear]) -> Option<Draws> {
    let owners: Vec<usize> = {
        let own = years.iter().flat_map(|year| &year.own);
        let mut fenced: Vec<usize> = own
            .filter(|(_, (_, received))| *received > 0.0)
            .map(|(owner, _)| *owner)
            .collect();
        fenced.sort_unstable();
        fenced.dedup();
        fenced
    };
    let mut network = Network::of(years, &owners);
    network.fill();
    (network.missing() <= MONEY).then(|| network.drawn(&owners))
}

struct Edge {
    to: usize,
    left: f64,
}

/// Edges stand in pairs: each beside the one that takes it back.
struct Network {
    years: usize,
    edges: Vec<Edge>,
    from: Vec<Vec<usize>>,
    needed: f64,
    /// By owner and year: the edge of what it draws.
    own: Vec<Vec<usize>>,
    flowed: f64,
}

const SOURCE: usize = 0;
const SINK: usize = 1;

impl Network {
    fn of(years: &[PurseYear], owners: &[usize]) -> Self {
        let count = years.len();
        let mut own = Self {
            years: count,
            edges: Vec::new(),
            from: vec![Vec::new(); 2 + count * (owners.len() + 2)],
            needed: 0.0,
            own: Vec::new(),
            flowed: 0.0,
        };
        for (year, sums) in years.iter().enumerate() {
            let beyond = (sums.spent - sums.limit).max(0.0) + (-sums.free).max(0.0);
            own.needed += beyond;
            own.edge(own.need(year), SINK, beyond);
        }
        for (chain, owner) in owners.iter().enumerate() {
            let edges = own.chain(chain + 1, years, |sums| {
                sums.own.get(owner).copied().unwrap_or_default()
            });
            own.own.push(edges);
        }
        // What anybody may spend comes last.
        own.chain(0, years, |sums| (f64::INFINITY, sums.free));
        own
    }

    fn need(&self, year: usize) -> usize {
        2 + year
    }

    /// Receipts that are carried over from year to year, and the edges to what each year needs.
    fn chain(
        &mut self,
        chain: usize,
        years: &[PurseYear],
        of: impl Fn(&PurseYear) -> (f64, f64),
    ) -> Vec<usize> {
        let node = |year: usize| 2 + self.years * (chain + 1) + year;
        let nodes: Vec<usize> = (0..self.years).map(node).collect();
        let mut drawn = Vec::new();
        for (year, sums) in years.iter().enumerate() {
            let (most, received) = of(sums);
            self.edge(SOURCE, nodes[year], received.max(0.0));
            if let Some(next) = nodes.get(year + 1) {
                self.edge(nodes[year], *next, f64::INFINITY);
            }
            drawn.push(self.edge(nodes[year], self.need(year), most));
        }
        drawn
    }

    fn edge(&mut self, from: usize, to: usize, most: f64) -> usize {
        let at = self.edges.len();
        self.edges.push(Edge { to, left: most });
        self.edges.push(Edge {
            to: from,
            left: 0.0,
        });
        self.from[from].push(at);
        self.from[to].push(at + 1);
        at
    }

    /// Shortest ways first, until there is none.
    fn fill(&mut self) {
        while let Some(way) = self.way() {
            let most = way.iter().map(|at| self.edges[*at].left);
            let most = most.fold(f64::INFINITY, f64::min);
            for at in way {
                self.edges[at].left -= most;
                self.edges[at ^ 1].left += most;
            }
            self.flowed += most;
        }
    }

    /// The edges of a shortest way that still takes something.
    fn way(&self) -> Option<Vec<usize>> {
        let mut by: Vec<Option<usize>> = vec![None; self.from.len()];
        let mut queue = VecDeque::from([SOURCE]);
        while let Some(node) = queue.pop_front() {
            for &at in &self.from[node] {
                let Edge { to, left } = self.edges[at];
                if left > MONEY / 1e3 && to != SOURCE && by[to].is_none() {
                    by[to] = Some(at);
                    queue.push_back(to);
                }
            }
        }
        let mut way = Vec::new();
        let mut node = SINK;
        while node != SOURCE {
            let at = by[node]?;
            way.push(at);
            node = self.edges[at ^ 1].to;
        }
        Some(way)
    }

    fn missing(&self) -> f64 {
        self.needed - self.flowed
    }

    fn drawn(&self, owners: &[usize]) -> Draws {
        let years = 0..self.years;
        let of = |year: usize| {
            let all = owners.iter().zip(&self.own);
            let drawn = all.map(|(owner, edges)| (*owner, self.edges[edges[year] ^ 1].left));
            drawn.filter(|(_, gbp)| *gbp > 0.0).collect()
        };
        years.map(of).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn year(limit: f64, free: f64, own: &[(usize, f64, f64)]) -> PurseYear {
        PurseYear {
            limit,
            spent: own.iter().map(|(_, spent, _)| spent).sum(),
            free,
            own: own.iter().map(|(at, s, r)| (*at, (*s, *r))).collect(),
        }
    }

    #[test]
    fn an_owners_receipt_pays_for_no_more_than_it_spends_itself() {
        // Owner 0 has 100 and spends 30; owner 1 spends 50: of the 80 beyond the limit 50 are not paid.
        let alone = [year(0.0, 0.0, &[(0, 30.0, 100.0), (1, 50.0, 0.0)])];
        assert_eq!(draws(&alone), None);
        let helped = [year(0.0, 50.0, &[(0, 30.0, 100.0), (1, 50.0, 0.0)])];
        assert_eq!(draws(&helped), Some(vec![BTreeMap::from([(0, 30.0)])]));
    }

    #[test]
    fn what_only_one_can_use_later_is_kept_for_then() {
        // Both have 10 and spend 10 in year 0, where 10 go beyond the limit; in year 1 only owner 0
        // spends, 10 beyond: it must keep its own.
        let years = [
            year(10.0, 0.0, &[(0, 10.0, 10.0), (1, 10.0, 10.0)]),
            year(0.0, 0.0, &[(0, 10.0, 0.0)]),
        ];
        let drawn = draws(&years).expect("it can be paid");
        assert_eq!(drawn[0].get(&1), Some(&10.0));
        assert_eq!(drawn[1].get(&0), Some(&10.0));
    }

    #[test]
    fn a_receipt_pays_for_nothing_before_it_comes() {
        let years = [
            year(0.0, 0.0, &[(0, 10.0, 0.0)]),
            year(0.0, 0.0, &[(0, 0.0, 10.0)]),
        ];
        assert_eq!(draws(&years), None);
    }
}
