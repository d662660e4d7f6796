//! A problem turned round: what belongs to each item, site and placement, and the costs that follow.

use super::grouped::Grouped;
use super::problem::{Choice, Problem, Reach};
use std::collections::BTreeMap;
use std::ops::Range;

/// Look-ups over a valid problem. Everything is in ascending order of position.
pub(super) struct Layout {
    /// Placements of each item.
    pub(super) of_item: Vec<Vec<usize>>,
    /// Placements at each site.
    pub(super) of_site: Vec<Vec<usize>>,
    /// What each placement makes serve: reach and host.
    pub(super) hosts_of: Grouped<(u32, u32)>,
    /// Conflicts each placement belongs to.
    pub(super) conflicts_of: Grouped<usize>,
    /// Sites of each group of variants that has two or more.
    pub(super) variants: Vec<Vec<usize>>,
    /// Sites of each parent.
    pub(super) children: Vec<Vec<usize>>,
    /// Cost of each placement, with the price of the change it makes.
    pub(super) cost: Vec<f64>,
    /// What every solution costs, whatever is chosen.
    pub(super) constant: f64,
}

impl Layout {
    pub(super) fn new(problem: &Problem) -> Layout {
        let mut of_item = vec![Vec::new(); problem.items.len()];
        let mut of_site = vec![Vec::new(); problem.sites.len()];
        for (position, placement) in problem.placements.iter().enumerate() {
            of_item[placement.item].push(position);
            of_site[placement.site].push(position);
        }
        let (mut hosts_of, mut conflicts_of) = (Vec::new(), Vec::new());
        for (reach, of) in problem.reaches.iter().enumerate() {
            for (host, serving) in of.hosts.iter().enumerate() {
                let own = (reach as u32, host as u32);
                hosts_of.extend(serving.placements.iter().map(|&at| (at as u32, own)));
            }
        }
        for (position, conflict) in problem.conflicts.iter().enumerate() {
            let own = conflict.placements.iter();
            conflicts_of.extend(own.map(|&at| (at as u32, position)));
        }
        let placements = problem.placements.len();
        let mut variants: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        let mut children = vec![Vec::new(); problem.parents.len()];
        for (position, site) in problem.sites.iter().enumerate() {
            if let Some(group) = site.variant_of {
                variants.entry(group).or_default().push(position);
            }
            if let Some(parent) = site.parent {
                children[parent].push(position);
            }
        }
        let (cost, constant) = change_costs(problem, &of_item);
        Layout {
            of_item,
            of_site,
            hosts_of: Grouped::new(placements, hosts_of),
            conflicts_of: Grouped::new(placements, conflicts_of),
            variants: variants
                .into_values()
                .filter(|sites| sites.len() > 1)
                .collect(),
            children,
            cost,
            constant,
        }
    }
}

/// The price of a change, laid on the placements: an item that chooses one pays it unless the choice is
/// one of the start's; an item of any number pays it for each placement added or dropped.
fn change_costs(problem: &Problem, of_item: &[Vec<usize>]) -> (Vec<f64>, f64) {
    let mut cost: Vec<f64> = problem
        .placements
        .iter()
        .map(|placement| placement.cost)
        .collect();
    let mut constant = 0.0;
    let (Some(start), true) = (&problem.start, problem.price_per_change != 0.0) else {
        return (cost, constant);
    };
    let mut started = vec![false; cost.len()];
    for &placement in start {
        started[placement] = true;
    }
    let price = problem.price_per_change;
    for (item, placements) in of_item.iter().enumerate() {
        let count = placements
            .iter()
            .filter(|&&placement| started[placement])
            .count();
        let any = problem.items[item].choice == Choice::Any;
        constant += price
            * if any {
                count as f64
            } else {
                count.min(1) as f64
            };
        for &placement in placements {
            if started[placement] {
                cost[placement] -= price;
            } else if any || count == 0 {
                cost[placement] += price;
            }
        }
    }
    (cost, constant)
}

impl Reach {
    /// How many targets there are.
    pub fn target_count(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// Where a target's list lies in `host` and `distance`.
    pub(super) fn list(&self, target: usize) -> Range<usize> {
        self.starts[target]..self.starts[target + 1]
    }

    /// Distance from a target to its nearest serving host.
    pub(super) fn nearest(&self, target: usize, serves: &[bool]) -> Option<u32> {
        self.list(target)
            .find(|&at| serves[self.host[at] as usize])
            .map(|at| self.distance[at])
    }

    /// What travel counts for a target that nobody on its list serves: one step more than the
    /// farthest on the list.
    pub(super) fn beyond(&self, target: usize) -> u64 {
        let list = self.list(target);
        if list.is_empty() {
            0
        } else {
            u64::from(self.distance[list.end - 1]) + 1
        }
    }
}
