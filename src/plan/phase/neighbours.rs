//! What those who come to a building need of those who are still there.

use super::compile::{Compiled, What};
use super::problem::{Coming, Room};
use crate::place::{BuildingIx, OccupierIx, PointIx, ServiceIx};
use crate::plan::limits::{counters, separation, space};

impl Compiled<'_> {
    /// What those who come need of those who are still there: floor, the place of a counter, not to
    /// share with them, or somebody to merge into.
    pub(super) fn neighbours(&mut self) {
        let rooms = space::rooms(self.place, self.in_play);
        for (to, coming) in self.end.arrivals(self.place).into_iter().enumerate() {
            let to = BuildingIx::new(to);
            let here = Neighbours::of(self, to, coming);
            if here.coming.is_empty() && here.points.is_empty() {
                continue;
            }
            if let Some(room) = rooms[to.index()]
                .as_ref()
                .filter(|_| !here.leaving.is_empty())
            {
                self.floor(&here, room);
            }
            self.counters(&here);
            self.apart(&here);
            self.merges(&here);
        }
    }

    fn floor(&mut self, here: &Neighbours, room: &space::Room) {
        let place = self.place;
        let headroom = 1.0 + place.finance.headroom;
        let uses = |at: OccupierIx, comes: bool| {
            let needs = &place.occupier(at).needs;
            let asks = match comes {
                true => self.end.areas(place, at).scaled(headroom),
                false => needs.clone(),
            };
            room.uses(&asks, &place.occupier(at).resources)
        };
        let each = |list: &[OccupierIx], comes: bool| -> Vec<(usize, Vec<f64>)> {
            let taken = list
                .iter()
                .map(|at| (self.event_of[&What::Move(*at)], uses(*at, comes)));
            taken.collect()
        };
        let (leaving, coming) = (each(&here.leaving, false), each(&here.coming, true));
        let points = here.points.iter().map(|at| {
            let asks = place.point(*at).needs.scaled(headroom);
            let uses = room.uses(&asks, &Default::default());
            (self.event_of[&What::Point(*at)], uses)
        });
        let points: Vec<(usize, Vec<f64>)> = points.collect();
        let staying: Vec<Vec<f64>> = here.staying.iter().map(|at| uses(*at, false)).collect();
        for (kind, capacity) in room.capacities().into_iter().enumerate() {
            let of = |list: &[(usize, Vec<f64>)]| -> Vec<(usize, f64)> {
                let taken = list.iter().map(|(event, uses)| (*event, uses[kind]));
                taken.filter(|(_, amount)| *amount > 0.0).collect()
            };
            let coming = arriving(of(&coming), self.lead() as usize);
            let row = Room {
                leaving: of(&leaving),
                coming: coming.chain(arriving(of(&points), 0)).collect(),
                left: capacity - staying.iter().map(|uses| uses[kind]).sum::<f64>(),
            };
            self.keep_room(row);
        }
    }

    /// A limit that all of them together keep limits nothing.
    fn keep_room(&mut self, row: Room) {
        let leaving = row.leaving.iter().map(|(_, amount)| amount);
        let all: f64 = leaving
            .chain(row.coming.iter().map(|one| &one.amount))
            .sum();
        if !row.leaving.is_empty() && !row.coming.is_empty() && all > row.left {
            self.problem.rooms.push(row);
        }
    }

    fn counters(&mut self, here: &Neighbours) {
        let place = self.place;
        let new = here.points.iter().map(|at| place.point(*at).service);
        let coming = here.coming.iter().map(|at| place.occupier(*at).service);
        let mut services: Vec<ServiceIx> = coming.chain(new).collect();
        services.sort_unstable();
        services.dedup();
        for service in services.into_iter().filter(|s| place.service(*s).counter) {
            let of = |list: &[OccupierIx]| -> Vec<(usize, f64)> {
                let own = list
                    .iter()
                    .filter(|at| place.occupier(**at).service == service);
                let unmerged = own.filter(|at| !self.end.merges(**at) || !here.coming.contains(at));
                unmerged
                    .map(|at| (self.event_of[&What::Move(*at)], 1.0))
                    .collect()
            };
            let most = counters::most(place, self.in_play, service, here.building);
            let inside = self.in_play.inside[here.building.index()].iter();
            let stay = inside
                .filter(|at| place.occupier(**at).service == service)
                .filter(|at| !here.leaving.contains(at))
                .count();
            let of_service = |at: &&PointIx| place.point(**at).service == service;
            let new = here.points.iter().filter(of_service);
            let new = new.map(|at| (self.event_of[&What::Point(*at)], 1.0));
            let coming = of(&here.coming).into_iter().chain(new).collect();
            let row = Room {
                leaving: of(&here.leaving),
                coming: arriving(coming, 0).collect(),
                left: f64::from(most) - stay as f64,
            };
            self.keep_room(row);
        }
    }

    fn apart(&mut self, here: &Neighbours) {
        let place = self.place;
        let service = |at: OccupierIx| place.occupier(at).service;
        let moves = here.coming.iter().map(|at| (What::Move(*at), service(*at)));
        let new = here.points.iter();
        let new = new.map(|at| (What::Point(*at), place.point(*at).service));
        for (coming, own) in moves.chain(new) {
            for leaving in &here.leaving {
                if separation::separated(place, own, service(*leaving)) {
                    let order = (self.event_of[&What::Move(*leaving)], self.event_of[&coming]);
                    self.problem.orders.push(order);
                }
            }
        }
    }

    fn merges(&mut self, here: &Neighbours) {
        let place = self.place;
        for merging in here.coming.iter().filter(|at| self.end.merges(**at)) {
            let service = place.occupier(*merging).service;
            let of_it = |at: &&OccupierIx| place.occupier(**at).service == service;
            let inside = self.in_play.inside[here.building.index()].iter();
            if inside.filter(of_it).any(|at| !here.leaving.contains(at)) {
                continue;
            }
            let hosts = here
                .coming
                .iter()
                .filter(of_it)
                .filter(|at| !self.end.merges(**at));
            let hosts = hosts.map(|at| self.event_of[&What::Move(*at)]).collect();
            let own = self.event_of[&What::Move(*merging)];
            self.problem.any.push((hosts, own));
        }
    }
}

/// Those who come, with the years by which they take their room before they do.
fn arriving(events: Vec<(usize, f64)>, lead: usize) -> impl Iterator<Item = Coming> {
    let events = events.into_iter();
    events.map(move |(event, amount)| Coming {
        event,
        amount,
        lead,
    })
}

/// Who stays in a building, who leaves it, who comes.
struct Neighbours {
    building: BuildingIx,
    /// Those who can move and do not.
    staying: Vec<OccupierIx>,
    leaving: Vec<OccupierIx>,
    coming: Vec<OccupierIx>,
    /// New counters.
    points: Vec<PointIx>,
}

impl Neighbours {
    fn of(from: &Compiled<'_>, building: BuildingIx, coming: Vec<OccupierIx>) -> Self {
        let inside = from.in_play.inside[building.index()].iter().copied();
        let movable = inside.filter(|at| from.in_play.is_movable(*at));
        let here = |at: &PointIx| from.place.point(*at).building == building;
        let (leaving, staying) = movable.partition(|at| from.end.moves(from.place, *at));
        Self {
            building,
            staying,
            leaving,
            coming,
            points: from.opened().filter(here).collect(),
        }
    }
}
