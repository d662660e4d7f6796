//! A program beside the tree, whose answer counts after a number of nodes, whenever it comes.
//!
//! When HiGHS answers is up to the machine; what follows must not be. An answer that comes sooner is kept until it is due;
//! for one that comes later the tree goes back to where it was then. A tree that ends meanwhile needs no answer,
//! unless it found something better since: HiGHS might have found something else.

use super::branch::{Open, Search};
use super::visit::Node;
use super::whole::{Running, Solved};
use std::collections::HashSet;
use std::time::Duration;

/// When there are programs, and how late their answers are taken for.
#[derive(Clone, Copy)]
pub(super) struct Answers {
    /// Nodes before the first.
    pub(super) first: u64,
    /// How often an answer that is due is said to be not there yet; `None` as long as it is not.
    pub(super) late: Option<u32>,
}

impl Answers {
    /// As they come.
    pub(super) const PROMPT: Answers = Answers {
        first: 600,
        late: None,
    };
}

/// Share of the nodes so far after which an answer is due.
const DUE: f64 = 0.25;

/// How long an answer is waited for where the tree has nothing else to do.
const WAIT: Duration = Duration::from_millis(20);

/// A program that runs beside the tree.
pub(super) struct Program {
    running: Running,
    /// Nodes after which its answer counts.
    due: u64,
    late: Option<u32>,
    when_due: Option<When>,
}

/// The search as it was when an answer was due.
struct When {
    stack: Vec<Node>,
    best: Open,
    left_off: f64,
    nodes: u64,
    tried: HashSet<u64>,
}

/// What is to be done now.
pub(super) enum Then {
    /// Go on with the tree.
    Wait,
    /// Take in what the program came to.
    Take(Solved),
}

impl Program {
    pub(super) fn new(running: Running, nodes: u64, answers: Answers) -> Program {
        Program {
            running,
            due: nodes + (DUE * nodes as f64) as u64,
            late: answers.late,
            when_due: None,
        }
    }

    /// Asks for the answer where it is due. A search that has gone on since then goes back.
    pub(super) fn ask(&mut self, search: &mut Search, stack: &mut Vec<Node>) -> Then {
        if search.found.nodes < self.due {
            return Then::Wait;
        }
        let wait = if stack.is_empty() && self.matters(search) {
            WAIT
        } else {
            Duration::ZERO
        };
        let Some(solved) = self.answer(wait) else {
            self.when_due
                .get_or_insert_with(|| When::now(search, stack));
            return Then::Wait;
        };
        if let Some(when) = self.when_due.take() {
            *stack = when.restore(search);
        }
        Then::Take(solved)
    }

    /// Whether an answer that is due could still change what the search comes to.
    pub(super) fn matters(&self, search: &Search) -> bool {
        let when = self.when_due.as_ref();
        when.is_some_and(|when| value(&when.best) != value(&search.best))
    }

    fn answer(&mut self, wait: Duration) -> Option<Solved> {
        match &mut self.late {
            None => self.running.poll(wait),
            Some(0) => self.running.poll(Duration::from_secs(60)),
            Some(times) => {
                *times -= 1;
                None
            }
        }
    }
}

/// What a set of open sites costs; more than anything where there is none.
pub(super) fn value(best: &Open) -> f64 {
    best.as_ref().map_or(f64::INFINITY, |best| best.1)
}

impl When {
    fn now(search: &Search, stack: &[Node]) -> When {
        When {
            stack: stack.to_vec(),
            best: search.best.clone(),
            left_off: search.left_off,
            nodes: search.found.nodes,
            tried: search.tried.clone(),
        }
    }

    /// What was found since is kept for a search that is stopped.
    fn restore(self, search: &mut Search) -> Vec<Node> {
        let later = std::mem::replace(&mut search.best, self.best);
        if value(&later) < value(&search.spare) {
            search.spare = later;
        }
        search.left_off = self.left_off;
        search.found.nodes = self.nodes;
        search.tried = self.tried;
        self.stack
    }
}

#[cfg(test)]
mod tests {
    use super::super::lists::{Entry, Lists, Stars};
    use super::*;
    use crate::siting::draft::Found;
    use crate::siting::limits::Limits;
    use crate::siting::problem::SiteLock;

    /// One item that costs 3 at the first site and 2 at the second.
    fn stars() -> Stars {
        let entry = |(site, cost)| Entry { cost, site };
        Stars {
            fixed: vec![0.0; 2],
            locks: vec![SiteLock::Free; 2],
            least: 0,
            most: 2,
            lists: Lists::new(std::iter::once([(0, 3.0), (1, 2.0)].map(entry).to_vec())),
        }
    }

    /// The search after ten nodes with the first site open; then, where it goes on, after twenty with the second.
    fn asked(goes_on: bool) -> (Open, Open, u64) {
        let limits = Limits {
            gap: 0.0,
            seed: 1,
            stop: &|| false,
            time_left: &|| Duration::from_secs(20),
            report: &|_, _| (),
        };
        let mut search = Search::new(stars(), &limits, Answers::PROMPT);
        let found = Found::Stopped {
            columns: None,
            bound: None,
            finished: true,
        };
        let late = Answers {
            late: Some(u32::from(goes_on)),
            ..Answers::PROMPT
        };
        let mut program = Program::new(Running::answered(found), 8, late);
        let mut stack = Vec::new();
        search.found.nodes = 9;
        assert!(matches!(program.ask(&mut search, &mut stack), Then::Wait));
        search.best = Some((vec![true, false], 3.0));
        search.found.nodes = 10;
        if goes_on {
            assert!(matches!(program.ask(&mut search, &mut stack), Then::Wait));
            assert!(!program.matters(&search));
            search.best = Some((vec![false, true], 2.0));
            search.found.nodes = 20;
            assert!(program.matters(&search));
        }
        let then = program.ask(&mut search, &mut stack);
        assert!(matches!(then, Then::Take(_)));
        (search.best, search.spare, search.found.nodes)
    }

    #[test]
    fn a_search_that_went_on_past_a_late_answer_goes_back_and_keeps_what_it_found_aside() {
        let first = Some((vec![true, false], 3.0));
        let second = Some((vec![false, true], 2.0));
        assert_eq!(asked(false), (first.clone(), None, 10));
        assert_eq!(asked(true), (first, second, 10));
    }
}
