//! Where a search starts: today, or the cheapest of some arrangements that keep every hard limit.

use super::compile::{Compiled, Sources};
use super::placements::Kind;
use crate::access::Arrangement;
use crate::place::{BuildingIx, OccupierIx};
use crate::siting::start_of;
use std::collections::BTreeMap;

impl Sources<'_> {
    /// Starts a compiled place from the cheapest of today and these arrangements that keeps every
    /// hard limit. One that needs a placement the place does not have is passed over.
    pub(super) fn start_from(&self, compiled: &mut Compiled, starts: &[Arrangement]) {
        if starts.is_empty() {
            return;
        }
        let positions: BTreeMap<(OccupierIx, BuildingIx, Kind), usize> = self
            .placements
            .list
            .iter()
            .enumerate()
            .map(|(position, one)| ((one.occupier, one.building, one.kind), position))
            .collect();
        let today = compiled.problem.start.take();
        let chosen = starts
            .iter()
            .filter_map(|start| self.positions(&positions, start));
        let mut best: Option<(f64, Vec<usize>)> = None;
        for start in today.iter().cloned().chain(chosen) {
            compiled.problem.start = Some(start.clone());
            if let Some(cost) = start_of(&compiled.problem)
                && best.as_ref().is_none_or(|(least, _)| cost < *least)
            {
                best = Some((cost, start));
            }
        }
        compiled.problem.start = best.map(|(_, start)| start).or(today);
    }

    fn positions(
        &self,
        positions: &BTreeMap<(OccupierIx, BuildingIx, Kind), usize>,
        start: &Arrangement,
    ) -> Option<Vec<usize>> {
        let movable = self
            .place
            .occupiers()
            .filter(|(at, _)| self.in_play.is_movable(*at));
        movable
            .map(|(at, occupier)| {
                let to = start.building[at.index()];
                let kind = match (to == occupier.building, start.merged[at.index()]) {
                    (true, _) => Kind::Stay,
                    (false, false) => Kind::Move,
                    (false, true) => Kind::Merge,
                };
                positions.get(&(at, to, kind)).copied()
            })
            .collect()
    }
}
