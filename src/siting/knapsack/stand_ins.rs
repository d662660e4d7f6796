//! Placements that are no worse than others of their site, and exclude them.

use super::super::grouped::Grouped;
use super::super::layout::Layout;
use super::super::problem::Problem;

/// For each placement, those that can stand for it.
#[derive(Default)]
pub(in super::super) struct StandIns {
    starts: Vec<usize>,
    better: Vec<(u32, bool)>,
}

impl StandIns {
    pub(in super::super) fn new(
        problem: &Problem,
        layout: &Layout,
        hosts_of: &Grouped<u32>,
    ) -> StandIns {
        let (mut starts, mut better) = (vec![0], Vec::new());
        for at in 0..problem.placements.len() {
            stand_ins(problem, layout, hosts_of, at, &mut better);
            starts.push(better.len());
        }
        StandIns { starts, better }
    }

    pub(super) fn of(&self, placement: u32) -> &[(u32, bool)] {
        let placement = placement as usize;
        &self.better[self.starts[placement]..self.starts[placement + 1]]
    }
}

/// The most stand-ins that are remembered for one placement.
const STAND_INS: usize = 24;

/// Placements that can stand for one at its site and exclude it: the same conflicts, the same hosts, no
/// more of any capacity, and an item that cannot be at the site in another way beside it; and whether
/// they use just as much. Leaving some out only costs time.
fn stand_ins(
    problem: &Problem,
    layout: &Layout,
    hosts_of: &Grouped<u32>,
    at: usize,
    into: &mut Vec<(u32, bool)>,
) {
    let conflicts = &layout.conflicts_of[at];
    let Some(&alone) = conflicts
        .iter()
        .find(|&&conflict| problem.conflicts[conflict].most <= 1)
    else {
        return;
    };
    let of = &problem.placements[at];
    let (uses, first) = (&of.uses, into.len());
    let once = |item: usize| {
        let there = layout.of_site[of.site].iter();
        there
            .filter(|&&other| problem.placements[other].item == item)
            .count()
            == 1
    };
    for &other in &problem.conflicts[alone].placements {
        let theirs = &problem.placements[other].uses;
        if other != at
            && &layout.conflicts_of[other] == conflicts
            && hosts_of[other] == hosts_of[at]
            && uses.iter().zip(theirs).all(|(own, their)| own >= their)
            && (problem.placements[other].item == of.item || once(problem.placements[other].item))
        {
            into.push((other as u32, uses == theirs));
            if into.len() - first == STAND_INS {
                return;
            }
        }
    }
}
