//! One part of the tree, looked at node by node with a relaxation of its own, what was divided last first.

use super::super::climb::Bound;
use super::super::problem::SiteLock;
use super::gains::{Gains, Settled, TRIED};
use super::lists::{Lists, Stars};
use super::relaxation::{Relaxation, Relaxed, TRACE};
use super::visit::{INNER, Node, Outlook, frame, rounded, settle, visit};

/// What is left of a part, and what it came to so far.
pub(super) struct Part {
    pub(super) branches: Vec<Node>,
    /// The least bound of what was left off.
    pub(super) left_off: f64,
    pub(super) nodes: u64,
    /// Open sites that cost less than the best known.
    pub(super) better: Option<Vec<bool>>,
    /// Those of the last node, for local search to go on from.
    pub(super) last: Option<Vec<bool>>,
    /// The bound of the first node.
    pub(super) first: Option<Bound>,
}

/// Who looks at it.
pub(super) struct Lane<'a> {
    stars: &'a Stars,
    relaxation: Relaxation<'a>,
    gains: Gains,
}

impl Part {
    /// One that nobody has looked at.
    pub(super) fn new(branches: Vec<Node>) -> Part {
        Part {
            branches,
            left_off: f64::INFINITY,
            nodes: 0,
            better: None,
            last: None,
            first: None,
        }
    }

    fn leave_off(&mut self, bound: f64, whole: bool) {
        self.left_off = self.left_off.min(rounded(bound, whole));
    }
}

impl<'a> Lane<'a> {
    /// Begins with one price for each target.
    pub(super) fn new(stars: &'a Stars, prices: &[f64]) -> Lane<'a> {
        Lane {
            stars,
            relaxation: Relaxation::new(stars, prices),
            gains: Gains::new(stars.fixed.len()),
        }
    }

    /// Looks at some nodes of a part.
    pub(super) fn look(
        &mut self,
        branches: Vec<Node>,
        nodes: usize,
        mut outlook: Outlook,
        stop: &dyn Fn() -> bool,
    ) -> Part {
        let mut part = Part::new(branches);
        for _ in 0..nodes {
            if stop() {
                break;
            }
            let Some(branch) = part.branches.pop() else {
                break;
            };
            part.nodes += 1;
            self.visit(branch, &mut part, &mut outlook, stop);
        }
        part
    }

    fn visit(
        &mut self,
        mut node: Node,
        part: &mut Part,
        outlook: &mut Outlook,
        stop: &dyn Fn() -> bool,
    ) {
        if node.bound > outlook.enough() {
            return part.leave_off(node.bound, outlook.whole);
        }
        let Some(lists) = self.lists(&node) else {
            return;
        };
        let locks = node.locks.clone();
        let frame = frame(self.stars, &lists, &locks);
        if self.relaxation.is_spent() {
            self.relaxation = Relaxation::new(self.stars, &node.prices);
        }
        self.relaxation.settle(&locks);
        let relaxed = self.relaxation.solve(&frame, outlook.enough(), stop);
        if let Some(Relaxed { bound, .. }) = &relaxed {
            if let Some(settled) = node.settled {
                self.gains.gained(settled, bound.value);
            }
            node.bound = node.bound.max(bound.value);
            node.prices.clone_from(&bound.prices);
            part.first.get_or_insert_with(|| bound.clone());
        }
        if node.bound > outlook.enough() {
            return part.leave_off(node.bound, outlook.whole);
        }
        if stop() {
            return part.branches.push(node);
        }
        let Some(relaxed) = relaxed else {
            return self.by_prices(node, part, outlook, stop);
        };
        let (_, least) = settle(&frame, &relaxed.bound, &mut node.locks, outlook.enough());
        part.leave_off(least, outlook.whole);
        let likeliest = likeliest(&relaxed.open);
        self.consider(&likeliest, part, outlook);
        part.last = Some(likeliest);
        if node.bound > outlook.enough() {
            return part.leave_off(node.bound, outlook.whole);
        }
        self.divide(&node, &relaxed, part, outlook, stop);
    }

    /// What a node leaves of the lists; `None` where it leaves no solution.
    fn lists(&self, node: &Node) -> Option<Lists> {
        let opened = node.count(SiteLock::Open);
        let most = opened + node.count(SiteLock::Free);
        let possible = opened <= self.stars.most && most >= self.stars.least;
        self.stars.lists.settled(&node.locks).filter(|_| possible)
    }

    /// Divides a node by the site that promises most, the likelier half last.
    fn divide(
        &mut self,
        node: &Node,
        relaxed: &Relaxed,
        part: &mut Part,
        outlook: &mut Outlook,
        stop: &dyn Fn() -> bool,
    ) {
        let Relaxed { bound, open } = relaxed;
        let undecided = |site: &usize| open[*site] > TRACE && open[*site] < 1.0 - TRACE;
        let mut sites: Vec<usize> = node.free().collect();
        if sites.iter().any(undecided) {
            sites.retain(undecided);
        }
        let most = outlook.most_of_a_trial(bound.value);
        let room = outlook.enough() - bound.value;
        let relaxation = &mut self.relaxation;
        let mut tried = |settled: Settled| {
            let value = (!stop()).then(|| relaxation.tried(settled.site, settled.open));
            value.flatten().map(|value| value.min(most))
        };
        let Some(site) = self
            .gains
            .best(sites, open, bound.value, room, TRIED, &mut tried)
        else {
            return self.consider(&node.open(), part, outlook);
        };
        let likelier = open[site] >= 0.5;
        for to in [!likelier, likelier] {
            let settled = Settled {
                site,
                open: to,
                before: open[site],
                bound: bound.value,
            };
            let half = node.part(settled, node.bound, self.stars.most);
            part.branches.push(half);
        }
    }

    /// Looks at a node by prices, where its relaxation has no solution or HiGHS has none.
    fn by_prices(
        &mut self,
        node: Node,
        part: &mut Part,
        outlook: &mut Outlook,
        stop: &dyn Fn() -> bool,
    ) {
        let now = *outlook;
        let gains = Some(&self.gains);
        let visited = visit(self.stars, node, INNER, gains, stop, &mut |_, _| now);
        for (settled, bound) in visited.learned {
            self.gains.gained(settled, bound);
        }
        part.left_off = part.left_off.min(visited.left_off);
        if let Some(open) = visited.open {
            self.consider(&open, part, outlook);
        }
        if let (Some(left), Some(divide)) = (visited.left, visited.divide) {
            part.branches.extend(divide.parts(&left, self.stars.most));
        }
    }

    /// Keeps open sites that are better than the best known.
    fn consider(&self, open: &[bool], part: &mut Part, outlook: &mut Outlook) {
        let value = self.stars.value(open);
        let better = |value: &f64| outlook.upper.is_none_or(|upper| *value < upper);
        if let Some(value) = value.filter(better) {
            outlook.upper = Some(value);
            part.better = Some(open.to_vec());
        }
    }
}

/// The sites that are furthest open, as many as all are together.
fn likeliest(open: &[f64]) -> Vec<bool> {
    let count = open.iter().sum::<f64>().round() as usize;
    let mut sites: Vec<usize> = (0..open.len()).collect();
    sites.sort_by(|&a, &b| open[b].total_cmp(&open[a]).then(a.cmp(&b)));
    let mut likeliest = vec![false; open.len()];
    for site in sites.into_iter().take(count) {
        likeliest[site] = true;
    }
    likeliest
}
