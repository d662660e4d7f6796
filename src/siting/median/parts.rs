//! The parts of a tree, looked at side by side in rounds of a few nodes.
//!
//! Each part has a thread of its own, because a program of HiGHS stays where it was made. What a round comes to depends on
//! what it began with and on nothing else, so that one core finds what two find.

use super::super::cores;
use super::lane::{Lane, Part};
use super::lists::Stars;
use super::visit::{Node, Outlook};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::Scope;

/// Parts of a tree, whatever the number of cores.
const PARTS: usize = 2;
/// Nodes of a part in a round.
const ROUND: usize = 8;

type Task = (Vec<Node>, Outlook);

/// All of it.
pub(super) struct Parts(Vec<Own>);

/// One part: what is left of it, and who looks at it.
struct Own {
    branches: Vec<Node>,
    tasks: Sender<Task>,
    done: Receiver<Part>,
}

impl Parts {
    /// Begins with a tree's root in the first part.
    pub(super) fn new<'scope, 'env>(
        stars: &'env Stars,
        root: Node,
        stop: &'env (dyn Fn() -> bool + Sync),
        scope: &'scope Scope<'scope, 'env>,
    ) -> Parts {
        let mut parts = Parts((0..PARTS).map(|_| own(stars, stop, scope)).collect());
        parts.0[0].branches.push(root);
        parts
    }

    /// Whether nothing is left.
    pub(super) fn are_done(&self) -> bool {
        self.0.iter().all(|own| own.branches.is_empty())
    }

    /// The least bound of what is left.
    pub(super) fn bound(&self) -> f64 {
        let branches = self.0.iter().flat_map(|own| &own.branches);
        branches
            .map(|node| node.bound)
            .fold(f64::INFINITY, f64::min)
    }

    /// One round: what each part came to.
    pub(super) fn look(&mut self, outlook: Outlook) -> Vec<Part> {
        self.share();
        let busy = self.0.iter_mut().filter(|own| !own.branches.is_empty());
        match cores::are_free() {
            true => {
                let begun: Vec<&mut Own> = busy.map(|own| own.begin(outlook)).collect();
                begun.into_iter().map(Own::end).collect()
            }
            false => busy.map(|own| own.begin(outlook).end()).collect(),
        }
    }

    /// A part that has nothing left gets the first branch of the one that has most.
    fn share(&mut self) {
        for at in 0..self.0.len() {
            let most = (0..self.0.len()).max_by_key(|&other| self.0[other].branches.len());
            if let Some(most) = most
                && self.0[at].branches.is_empty()
                && self.0[most].branches.len() > 1
            {
                let first = self.0[most].branches.remove(0);
                self.0[at].branches.push(first);
            }
        }
    }
}

impl Own {
    fn begin(&mut self, outlook: Outlook) -> &mut Own {
        // A thread that has ended panicked, and the scope that it is of will say so.
        let _ = self
            .tasks
            .send((std::mem::take(&mut self.branches), outlook));
        self
    }

    fn end(&mut self) -> Part {
        let mut part = self.done.recv().unwrap_or_else(|_| Part::new(Vec::new()));
        self.branches = std::mem::take(&mut part.branches);
        part
    }
}

fn own<'scope, 'env>(
    stars: &'env Stars,
    stop: &'env (dyn Fn() -> bool + Sync),
    scope: &'scope Scope<'scope, 'env>,
) -> Own {
    let (tasks, to_do) = channel::<Task>();
    let (done, ended) = channel();
    scope.spawn(move || {
        let mut lane: Option<Lane> = None;
        for (branches, outlook) in to_do {
            let Some(node) = branches.last() else {
                continue;
            };
            let lane = lane.get_or_insert_with(|| Lane::new(stars, &node.prices));
            // Nobody may be listening any more.
            let _ = done.send(lane.look(branches, ROUND, outlook, stop));
        }
    });
    Own {
        branches: Vec::new(),
        tasks,
        done: ended,
    }
}
