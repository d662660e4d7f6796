//! The whole problem as one mixed-integer program.
//!
//! Every placement is linked to its site on its own, never only through a sum. Covers are merged by
//! host set: targets that can be served by the same hosts share one row and one column.

use super::answer::Solution;
use super::draft::{Draft, Fill};
use super::layout::Layout;
use super::milp_covers::{Frame, Serve, TravelSum, draw_covers, each_limits, whole_slack};
use super::problem::{Choice, Problem, Reach, SiteLock, Term};

/// What the program makes least.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Aim {
    /// Cost.
    Cost,
    /// Travel, at no more than this cost.
    Travel { within: f64 },
}

/// The program, and where sites and placements are in it.
pub(super) struct Milp {
    pub(super) draft: Draft,
    pub(super) site: Vec<usize>,
    pub(super) placement: Vec<usize>,
}

impl Milp {
    /// Draws up a valid problem.
    pub(super) fn new(problem: &Problem, layout: &Layout, aim: Aim) -> Milp {
        let mut milp = Milp {
            draft: Draft::default(),
            site: Vec::new(),
            placement: Vec::new(),
        };
        milp.draft.constant = layout.constant;
        milp.decisions(problem, layout);
        milp.structure(problem, layout);
        milp.groups(problem, layout);
        milp.rows(problem);
        let mut travel = TravelSum::default();
        for reach in &problem.reaches {
            milp.reach(problem, reach, aim, &mut travel);
        }
        if let Aim::Travel { within } = aim {
            milp.swap_costs(within, &travel);
        }
        milp
    }

    fn decisions(&mut self, problem: &Problem, layout: &Layout) {
        for site in &problem.sites {
            let (lower, upper) = match site.lock {
                SiteLock::Free => (0.0, 1.0),
                SiteLock::Open => (1.0, 1.0),
                SiteLock::Closed => (0.0, 0.0),
            };
            self.site
                .push(self.draft.decided(site.fixed_cost, lower, upper, true));
        }
        for (placement, &cost) in problem.placements.iter().zip(&layout.cost) {
            let whole = !problem.items[placement.item].split;
            self.placement
                .push(self.draft.decided(cost, 0.0, 1.0, whole));
        }
    }

    fn structure(&mut self, problem: &Problem, layout: &Layout) {
        for (item, placements) in problem.items.iter().zip(&layout.of_item) {
            let terms = placements
                .iter()
                .map(|&at| (self.placement[at], 1.0))
                .collect();
            match item.choice {
                Choice::ExactlyOne => self.draft.row(1.0, 1.0, terms),
                Choice::AtMostOne if placements.len() > 1 => self.draft.at_most(1.0, terms),
                Choice::AtMostOne | Choice::Any => continue,
            };
        }
        for (at, site) in problem.sites.iter().enumerate() {
            for (kind, &capacity) in site.capacities.iter().enumerate() {
                let uses = layout.of_site[at]
                    .iter()
                    .map(|&of| (self.placement[of], problem.placements[of].uses[kind]));
                let mut terms: Vec<_> = uses.filter(|term| term.1 > 0.0).collect();
                // A capacity that everything fits at once limits nothing.
                if terms.iter().map(|term| term.1).sum::<f64>() > capacity {
                    terms.push((self.site[at], -capacity));
                    self.draft.at_most(0.0, terms);
                }
            }
        }
        for (at, placement) in problem.placements.iter().enumerate() {
            let own = self.placement[at];
            self.draft
                .at_most(0.0, vec![(own, 1.0), (self.site[placement.site], -1.0)]);
            if !placement.requires.is_empty() {
                let mut terms = vec![(own, 1.0)];
                terms.extend(
                    placement
                        .requires
                        .iter()
                        .map(|&other| (self.placement[other], -1.0)),
                );
                self.draft.at_most(0.0, terms);
            }
        }
        for conflict in &problem.conflicts {
            let mut placements = conflict.placements.clone();
            placements.sort_unstable();
            placements.dedup();
            let Some(&first) = placements.first() else {
                continue;
            };
            if placements.len() > conflict.most as usize {
                let mut terms: Vec<_> = placements
                    .iter()
                    .map(|&at| (self.placement[at], 1.0))
                    .collect();
                terms.push((
                    self.site[problem.placements[first].site],
                    -f64::from(conflict.most),
                ));
                self.draft.at_most(0.0, terms);
            }
        }
    }

    fn groups(&mut self, problem: &Problem, layout: &Layout) {
        for variants in &layout.variants {
            let terms = variants
                .iter()
                .map(|&site| (self.site[site], 1.0))
                .collect();
            self.draft.at_most(1.0, terms);
        }
        for (parent, children) in problem.parents.iter().zip(&layout.children) {
            if children.is_empty() {
                continue;
            }
            let cost = parent.fixed_cost;
            if cost >= 0.0 {
                let column = self.draft.follows(cost, 0.0, 1.0, Fill::Smallest);
                for &site in children {
                    let row = self
                        .draft
                        .at_least(0.0, vec![(column, 1.0), (self.site[site], -1.0)]);
                    self.draft.defines(row, column);
                }
            } else {
                let column = self.draft.follows(cost, 0.0, 1.0, Fill::Largest);
                let mut terms = vec![(column, 1.0)];
                terms.extend(children.iter().map(|&site| (self.site[site], -1.0)));
                let row = self.draft.at_most(0.0, terms);
                self.draft.defines(row, column);
            }
        }
        for pair in &problem.pairs {
            let (first, second) = (self.placement[pair.first], self.placement[pair.second]);
            if pair.reward > 0.0 {
                let column = self.draft.follows(-pair.reward, 0.0, 1.0, Fill::Largest);
                for own in [first, second] {
                    let row = self.draft.at_most(0.0, vec![(column, 1.0), (own, -1.0)]);
                    self.draft.defines(row, column);
                }
            } else if pair.reward < 0.0 {
                let column = self.draft.follows(-pair.reward, 0.0, 1.0, Fill::Smallest);
                let row = self
                    .draft
                    .at_least(-1.0, vec![(column, 1.0), (first, -1.0), (second, -1.0)]);
                self.draft.defines(row, column);
            }
        }
    }

    fn rows(&mut self, problem: &Problem) {
        for row in &problem.rows {
            let mut sums = std::collections::BTreeMap::new();
            for &(term, coefficient) in &row.terms {
                let column = match term {
                    Term::Site(site) => self.site[site],
                    Term::Placement(placement) => self.placement[placement],
                };
                *sums.entry(column).or_insert(0.0) += coefficient;
            }
            let mut terms: Vec<(usize, f64)> =
                sums.into_iter().filter(|term| term.1 != 0.0).collect();
            let least = row.at_least.unwrap_or(f64::NEG_INFINITY);
            let most = row.at_most.unwrap_or(f64::INFINITY);
            let Some(price) = row.price else {
                self.draft.row(least, most, terms);
                continue;
            };
            // One column for either side: only one of them can be broken.
            let broken = self
                .draft
                .follows(price, 0.0, f64::INFINITY, Fill::Smallest);
            for (side, sign) in [(row.at_most, 1.0), (row.at_least, -1.0)] {
                let Some(limit) = side else { continue };
                for term in &mut terms {
                    term.1 *= sign;
                }
                let mut with = terms.clone();
                with.push((broken, -1.0));
                let own = self.draft.at_most(sign * limit, with);
                self.draft.defines(own, broken);
                for term in &mut terms {
                    term.1 *= sign;
                }
            }
        }
    }

    fn reach(&mut self, problem: &Problem, reach: &Reach, aim: Aim, travel: &mut TravelSum) {
        let mut serve = Vec::with_capacity(reach.hosts.len());
        for host in &reach.hosts {
            let mut own: Vec<usize> = host.placements.clone();
            own.sort_unstable();
            own.dedup();
            serve.push(match own.as_slice() {
                _ if host.always => Serve::Always,
                [] => Serve::Never,
                [only] => Serve::By(self.placement[*only]),
                [first, ..] => {
                    let column = self.draft.follows(0.0, 0.0, 1.0, Fill::Largest);
                    let site = self.site[problem.placements[*first].site];
                    let mut terms = vec![(column, 1.0)];
                    terms.extend(own.iter().map(|&at| (self.placement[at], -1.0)));
                    for terms in [terms, vec![(column, 1.0), (site, -1.0)]] {
                        let row = self.draft.at_most(0.0, terms);
                        self.draft.defines(row, column);
                    }
                    Serve::By(column)
                }
            });
        }
        let targets: Vec<usize> = (0..reach.target_count()).collect();
        let (slack, nudge) = (whole_slack(reach), vec![0.0; reach.covers.len()]);
        let wanted = aim != Aim::Cost || reach.travel_price > 0.0;
        let limits = each_limits(reach);
        let frame = Frame {
            serve: &serve,
            limits: &limits,
            targets: &targets,
            slack: &slack,
            nudge: &nudge,
            travel: wanted,
        };
        let own = draw_covers(&mut self.draft, reach, &frame);
        if reach.travel_price > 0.0 {
            self.draft.constant += reach.travel_price * own.constant;
            for &(column, amount) in &own.terms {
                self.draft.columns[column].cost += reach.travel_price * amount;
            }
        }
        travel.constant += own.constant;
        travel.terms.extend(own.terms);
    }

    /// Cost becomes a row, travel the objective.
    fn swap_costs(&mut self, within: f64, travel: &TravelSum) {
        let mut terms = Vec::new();
        for (at, column) in self.draft.columns.iter_mut().enumerate() {
            if column.cost != 0.0 {
                terms.push((at, column.cost));
                column.cost = 0.0;
            }
        }
        self.draft.at_most(within - self.draft.constant, terms);
        self.draft.constant = travel.constant;
        for &(column, amount) in &travel.terms {
            self.draft.columns[column].cost += amount;
        }
    }

    /// A complete start from a solution.
    pub(super) fn start(&self, solution: &Solution, shares: &[f64]) -> Vec<f64> {
        let sites = self.site.len();
        self.draft.complete(&|column| {
            if column < sites {
                f64::from(u8::from(
                    solution.open.get(column).copied().unwrap_or(false),
                ))
            } else {
                shares.get(column - sites).copied().unwrap_or(0.0)
            }
        })
    }

    /// The solution that columns stand for, rounded: whole items to 0 or 1, tiny shares to none, shares
    /// of an item that must be placed to a sum of exactly one.
    pub(super) fn solution(&self, problem: &Problem, layout: &Layout, columns: &[f64]) -> Solution {
        let mut shares: Vec<f64> = self
            .placement
            .iter()
            .map(|&column| columns[column])
            .collect();
        for (item, placements) in problem.items.iter().zip(&layout.of_item) {
            for &at in placements {
                let floor = if item.split { 1e-7 } else { 0.5 };
                shares[at] = if shares[at] <= floor {
                    0.0
                } else if item.split {
                    shares[at].min(1.0)
                } else {
                    1.0
                };
            }
            let total: f64 = placements.iter().map(|&at| shares[at]).sum();
            let whole = item.choice == Choice::ExactlyOne
                || (item.choice == Choice::AtMostOne && total > 1.0);
            if item.split && whole && total > 0.0 {
                for &at in placements {
                    shares[at] /= total;
                }
            }
        }
        let open = self
            .site
            .iter()
            .map(|&column| columns[column] > 0.5)
            .collect();
        let chosen: Vec<usize> = (0..shares.len()).filter(|&at| shares[at] > 0.0).collect();
        let shares = chosen.iter().map(|&at| shares[at]).collect();
        Solution {
            chosen,
            shares,
            open,
        }
    }
}
