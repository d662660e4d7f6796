//! Placements that no best solution needs.

use super::Round;
use crate::siting::problem::{Choice, SiteLock};

impl Round<'_> {
    /// Leaves out placements that cost something and serve nobody, and those that another placement of their
    /// item does as well for no more, at the same site or at one that is open anyway. Returns how many.
    pub(super) fn drop_placements(&mut self) -> usize {
        let mut dropped = 0;
        for item in 0..self.problem.items.len() {
            if self.problem.items[item].split {
                continue;
            }
            let free = self.problem.items[item].choice != Choice::ExactlyOne;
            for placement in self.layout.of_item[item].clone() {
                if self.bound_up[placement] || self.out[placement] {
                    continue;
                }
                if free && self.layout.cost[placement] >= 0.0 && self.idle(placement) {
                    self.leave_out(placement, None);
                    dropped += 1;
                } else if let Some(better) = self.better(placement) {
                    self.leave_out(placement, Some(better));
                    dropped += 1;
                }
            }
        }
        dropped
    }

    /// Another placement of the same item that does as well for no more, wherever the first one is chosen.
    fn better(&mut self, placement: usize) -> Option<usize> {
        let item = self.problem.placements[placement].item;
        let cost = self.layout.cost[placement];
        if self.problem.items[item].choice == Choice::Any && cost < 0.0 {
            return None;
        }
        let others = self.layout.of_item[item].clone();
        others.into_iter().find(|&other| {
            other != placement
                && !self.out[other]
                && !self.bound_up[other]
                && self.layout.cost[other] <= cost
                && self.fits_instead(other, placement)
                && self.serves_as_well(other, placement)
        })
    }

    /// Whether there is room for one placement wherever there is for another.
    fn fits_instead(&self, other: usize, placement: usize) -> bool {
        let (other, placement) = (
            &self.problem.placements[other],
            &self.problem.placements[placement],
        );
        let site = &self.problem.sites[other.site];
        let mut uses = other.uses.iter().zip(&placement.uses);
        if other.site == placement.site {
            uses.all(|(other, own)| other <= own)
        } else {
            site.lock == SiteLock::Open && other.uses.iter().all(|&uses| uses == 0.0)
        }
    }
}
