//! New counters in a programme: what they cost by year, and which closures wait for them.

use super::compile::{Compiled, What};
use super::problem::Choice;
use crate::access::zone_access;
use crate::place::{BuildingIx, OccupierIx, PointIx};
use std::collections::BTreeSet;

impl Compiled<'_> {
    /// Each new counter of the end state, and the closures whose people it takes.
    pub(super) fn new_counters(&mut self) {
        let opened: Vec<PointIx> = self.opened().collect();
        if opened.is_empty() {
            return;
        }
        for at in &opened {
            self.opening_counter(*at);
        }
        for (point, leaver) in self.rescues(&opened) {
            let order = (
                self.event_of[&What::Point(point)],
                self.event_of[&What::Move(leaver)],
            );
            self.problem.orders.push(order);
        }
    }

    /// The new counters of the end state.
    pub(super) fn opened(&self) -> impl Iterator<Item = PointIx> + '_ {
        let opened = self.end.arrangement.opened(self.place);
        opened.map(|(at, _)| at)
    }

    /// It is small: fitted out and opened within one year.
    fn opening_counter(&mut self, at: PointIx) {
        let place = self.place;
        let point = place.point(at);
        let building = place.building(point.building);
        let first = building.proposed.as_deref().map_or(0, |p| p.first_year);
        let floor = building.running_per_m2.get() * point.needs.total().get();
        let (once, yearly) = (point.opening.get(), point.running.get() + floor);
        self.add(What::Point(at), true, |own, year| {
            (year >= first).then(|| Choice {
                cost: own.factor(year) * once + own.after(year) * yearly,
                flows: own
                    .flow(point.agency, year, once, 0.0)
                    .into_iter()
                    .collect(),
            })
        });
        let opens = self.event_of.get(&What::Open(point.building)).copied();
        let own = self.event_of[&What::Point(at)];
        self.problem.orders.extend(opens.map(|opens| (opens, own)));
    }

    /// New counters with the counters that must not close before they open: those of the service whose building
    /// keeps none, and whose people the new one takes; where it takes nobody's, all of them.
    fn rescues(&self, opened: &[PointIx]) -> Vec<(PointIx, OccupierIx)> {
        let place = self.place;
        let access = zone_access(place, self.travel, &self.end.arrangement);
        let mut pairs = Vec::new();
        for at in opened {
            let point = place.point(*at);
            let closed = |building: BuildingIx| {
                let mut stays = place
                    .occupiers()
                    .filter(|(_, o)| o.service == point.service);
                !stays.any(|(one, _)| self.end.building(one) == building)
            };
            let leavers = place.occupiers().filter(|(one, occupier)| {
                let moves = self.event_of.contains_key(&What::Move(*one));
                moves && occupier.service == point.service && closed(occupier.building)
            });
            let leavers: Vec<OccupierIx> = leavers.map(|(one, _)| one).collect();
            let service = access.iter().find(|one| one.service == point.service);
            let taken_from: BTreeSet<BuildingIx> = service
                .iter()
                .flat_map(|service| service.with_demand(place))
                .filter(|(_, _, zone)| zone.host_after == Some(point.building))
                .filter_map(|(_, _, zone)| zone.host_today)
                .collect();
            let of_it = |one: &OccupierIx| taken_from.contains(&place.occupier(*one).building);
            let any = leavers.iter().any(of_it);
            let waiting = leavers.into_iter().filter(|one| !any || of_it(one));
            pairs.extend(waiting.map(|one| (*at, one)));
        }
        pairs
    }
}
