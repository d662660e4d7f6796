//! S1, S5, S9: which occupier can be in which building, and why not.

use super::in_play::{InPlay, Standing};
use super::limits::{counters, separation, space::Room};
use super::offers::{Offer, offers};
use crate::place::{
    AccessRule, Areas, BuildingIx, Distance, Measure, Mode, OccupierIx, Place, RuleKind, ServiceIx,
    Unit,
};
use crate::travel::{HostIndex, Travel};
use std::collections::BTreeSet;

/// How many of the nearest buildings an occupier may go to, where neither a move limit nor a hard
/// displacement rule says how far. Printed among the assumptions.
pub(crate) const NEAREST: usize = 40;

/// How many refusals are kept for each occupier.
const REFUSALS: usize = 12;

/// How an occupier is in a building.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    /// Where it is today.
    Stay,
    /// Elsewhere, as itself.
    Move,
    /// Elsewhere, joined to another occupier of its service.
    Merge,
}

/// A possible (occupier, building) pair.
#[derive(Clone, Debug)]
pub(crate) struct Placement {
    pub(crate) occupier: OccupierIx,
    pub(crate) building: BuildingIx,
    pub(crate) kind: Kind,
    /// Floor it uses there.
    pub(crate) areas: Areas,
    /// Floor it asks for: with headroom where it arrives.
    pub(crate) asks: Areas,
}

/// A pair that was refused, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) building: BuildingIx,
    pub(crate) reason: String,
}

/// Every placement of every movable occupier.
#[derive(Clone, Debug, Default)]
pub(crate) struct Placements {
    /// By occupier, building, kind.
    pub(crate) list: Vec<Placement>,
    /// New counters that a plan could open; in the problem their placements follow the list.
    pub(crate) offers: Vec<Offer>,
    /// By occupier: refusals of buildings near enough to matter, nearest first.
    pub(crate) refused: Vec<Vec<Refusal>>,
    /// By occupier: whether any other building can take it.
    pub(crate) can_leave: Vec<bool>,
    /// How many occupiers had their buildings cut to the [`NEAREST`].
    pub(crate) cut: usize,
}

impl Placements {
    /// Finds the placements of a place; `considered` are the buildings looked at for each occupier,
    /// where they are not the usual ones.
    pub(crate) fn new(
        place: &Place,
        travel: &Travel,
        in_play: &InPlay,
        rooms: &[Option<Room>],
        considered: Option<&[Vec<BuildingIx>]>,
    ) -> Self {
        let mut found = Self {
            refused: vec![Vec::new(); place.occupiers.len()],
            offers: offers(place, in_play, rooms),
            ..Self::default()
        };
        let receiving: Vec<BuildingIx> = place
            .buildings()
            .map(|(at, _)| at)
            .filter(|at| in_play.receives_nobody(place, *at).is_none())
            .collect();
        let judge = Judge {
            place,
            travel,
            in_play,
            rooms,
            receiving: &travel.hosts(place, &receiving),
        };
        for (at, _) in place.occupiers() {
            if in_play.is_movable(at) {
                let considered = considered.map(|of| of[at.index()].as_slice());
                found.of_occupier(&judge, at, considered);
            }
        }
        if considered.is_some() {
            // A step before the plan itself: those there are share, and nothing new opens.
            found.offers.clear();
        }
        found.drop_merges_alone(place, in_play);
        found.can_leave = vec![false; place.occupiers.len()];
        for placement in &found.list {
            found.can_leave[placement.occupier.index()] |= placement.kind != Kind::Stay;
        }
        found
    }

    /// New counters of a service, each with its placement in the problem.
    pub(crate) fn offers_of<'a>(
        &'a self,
        place: &'a Place,
        service: ServiceIx,
    ) -> impl Iterator<Item = (usize, &'a Offer)> {
        let first = self.list.len();
        let all = self.offers.iter().enumerate();
        all.filter(move |(_, offer)| place.point(offer.point).service == service)
            .map(move |(at, offer)| (first + at, offer))
    }

    /// Drops the merges into buildings where nobody of the service could be to merge with: such a
    /// placement requires one of an empty list, which would ask for nothing.
    fn drop_merges_alone(&mut self, place: &Place, in_play: &InPlay) {
        let of_service = |at: OccupierIx| place.occupier(at).service;
        let mut unmerged: BTreeSet<(BuildingIx, ServiceIx, OccupierIx)> = place
            .occupiers()
            .filter(|(at, _)| !in_play.is_movable(*at))
            .map(|(at, occupier)| (occupier.building, occupier.service, at))
            .collect();
        let whole = self.list.iter().filter(|p| p.kind != Kind::Merge);
        unmerged.extend(whole.map(|p| (p.building, of_service(p.occupier), p.occupier)));
        self.list.retain(|p| {
            let (first, last) = (OccupierIx::new(0), OccupierIx::new(u32::MAX as usize));
            let service = of_service(p.occupier);
            p.kind != Kind::Merge
                || unmerged
                    .range((p.building, service, first)..=(p.building, service, last))
                    .any(|(_, _, other)| *other != p.occupier)
        });
    }

    fn of_occupier(
        &mut self,
        judge: &Judge<'_>,
        at: OccupierIx,
        considered: Option<&[BuildingIx]>,
    ) {
        let place = judge.place;
        let from = place.occupier(at).building;
        let placed = place.placing(at);
        let mut own = Vec::new();
        let closed = matches!(judge.in_play.standing[from.index()], Standing::Closed);
        if !closed && placed.is_none_or(|to| to == from) {
            let needs = place.occupier(at).needs.clone();
            own.push(Placement {
                occupier: at,
                building: from,
                kind: Kind::Stay,
                areas: needs.clone(),
                asks: needs,
            });
        }
        let candidates = match placed {
            Some(to) if to == from => Vec::new(),
            Some(to) => vec![to],
            None => {
                let usual = judge.candidates(at, &mut self.cut);
                considered.map_or(usual, <[BuildingIx]>::to_vec)
            }
        };
        for to in candidates {
            match judge.arrival(at, to) {
                Ok(kinds) => own.extend(kinds),
                Err(reason) if self.refused[at.index()].len() < REFUSALS => {
                    self.refused[at.index()].push(Refusal {
                        building: to,
                        reason,
                    });
                }
                Err(_) => {}
            }
        }
        own.sort_by_key(|placement| (placement.building, placement.kind));
        self.list.extend(own);
    }
}

/// The buildings that each movable occupier might go to among these, nearest first.
pub(crate) fn candidates(
    place: &Place,
    travel: &Travel,
    in_play: &InPlay,
    receiving: &[BuildingIx],
) -> Vec<Vec<BuildingIx>> {
    let judge = Judge {
        place,
        travel,
        in_play,
        rooms: &[],
        receiving: &travel.hosts(place, receiving),
    };
    place
        .occupiers()
        .map(|(at, _)| match in_play.is_movable(at) {
            true => judge.candidates(at, &mut 0),
            false => Vec::new(),
        })
        .collect()
}

/// The pairwise tests.
struct Judge<'a> {
    place: &'a Place,
    travel: &'a Travel,
    in_play: &'a InPlay,
    rooms: &'a [Option<Room>],
    /// Buildings that take somebody in.
    receiving: &'a HostIndex,
}

impl Judge<'_> {
    /// Buildings an occupier might go to, nearest first.
    fn candidates(&self, at: OccupierIx, cut: &mut usize) -> Vec<BuildingIx> {
        let place = self.place;
        let occupier = place.occupier(at);
        let from = occupier.building;
        let service = place.service(occupier.service);
        let limit = service.move_limit.clone().or_else(|| {
            self.displacements(at)
                .next()
                .map(|(rule, limit)| (rule.measure.clone(), limit))
        });
        if let Some((measure, limit)) = limit {
            return self
                .travel
                .buildings_near(place, &measure, from, limit)
                .into_iter()
                .map(|(_, to)| to)
                .filter(|to| *to != from && self.in_play.is_in_play(*to))
                .collect();
        }
        let measure = straight_km();
        let mut near =
            self.travel
                .nearest_hosts(place, &measure, self.receiving, from, NEAREST + 1);
        if near.len() > NEAREST {
            near.truncate(NEAREST);
            *cut += 1;
        }
        near.into_iter().map(|(_, to)| to).collect()
    }

    /// The hard displacement rules of an occupier's service.
    fn displacements(&self, at: OccupierIx) -> impl Iterator<Item = (&AccessRule, Distance)> {
        let service = self.place.occupier(at).service;
        self.place
            .rules
            .iter()
            .filter(move |rule| rule.hard && rule.service == service)
            .filter_map(|rule| match rule.kind {
                RuleKind::Displacement { limit } => Some((rule, limit)),
                _ => None,
            })
    }

    /// The ways an occupier can arrive in a building, or why it cannot.
    fn arrival(&self, at: OccupierIx, to: BuildingIx) -> Result<Vec<Placement>, String> {
        let place = self.place;
        let occupier = place.occupier(at);
        let service = place.service(occupier.service);
        let building = place.building(to);
        if let Some(reason) = self.in_play.receives_nobody(place, to) {
            return Err(reason.to_owned());
        }
        let mut needs = service.needs.union(&occupier.capabilities);
        if let Some(tag) = needs.find(|tag| !building.offers.contains(*tag)) {
            return Err(format!("it does not offer {tag}"));
        }
        if !building.hours.allow(&occupier.hours) {
            return Err("it is not open when the service needs it".to_owned());
        }
        self.near_enough(at, to)?;
        separation::allowed(place, self.in_play, at, to)?;

        let headroom = 1.0 + place.finance.headroom;
        let mut kinds = Vec::new();
        let mut reason = String::new();
        for kind in [Kind::Move, Kind::Merge] {
            let allowed = match kind {
                Kind::Merge => service.may_merge,
                _ => counters::left(place, self.in_play, occupier.service, to) > 0,
            };
            if !allowed {
                if kind == Kind::Move {
                    reason = format!("it has all the {} it may have", service.name);
                }
                continue;
            }
            let areas = match kind {
                Kind::Merge => occupier.needs.scaled(service.merge_space),
                _ => occupier.needs.clone(),
            };
            let asks = areas.scaled(headroom);
            let room = self.rooms.get(to.index()).and_then(Option::as_ref);
            if room.is_some_and(|room| room.fits(&asks, &occupier.resources)) {
                kinds.push(Placement {
                    occupier: at,
                    building: to,
                    kind,
                    areas,
                    asks,
                });
            } else {
                reason = "it has no room".to_owned();
            }
        }
        if kinds.is_empty() {
            Err(reason)
        } else {
            Ok(kinds)
        }
    }

    fn near_enough(&self, at: OccupierIx, to: BuildingIx) -> Result<(), String> {
        let place = self.place;
        let from = place.occupier(at).building;
        let service = place.service(place.occupier(at).service);
        let beyond = |measure: &Measure, limit: Distance| {
            let far = self.travel.building_to_building(place, measure, from, to);
            far.is_none_or(|far| far > limit)
        };
        if let Some((measure, limit)) = &service.move_limit
            && beyond(measure, *limit)
        {
            return Err("it is beyond the move limit".to_owned());
        }
        for (rule, limit) in self.displacements(at) {
            if beyond(&rule.measure, limit) {
                return Err(format!("it is further away than {} allows", rule.id));
            }
        }
        Ok(())
    }
}

/// Straight line × detour, in km.
pub(crate) fn straight_km() -> Measure {
    Measure {
        mode: Mode::Straight,
        unit: Unit::Km,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::place::sample;
    use crate::plan::limits::space::rooms;

    fn placements(place: &Place) -> Placements {
        let travel = Travel::new(place, Vec::new());
        let in_play = InPlay::new(place);
        Placements::new(place, &travel, &in_play, &rooms(place, &in_play), None)
    }

    fn targets(found: &Placements, at: usize) -> Vec<(usize, Kind)> {
        found
            .list
            .iter()
            .filter(|p| p.occupier == OccupierIx::new(at))
            .map(|p| (p.building.index(), p.kind))
            .collect()
    }

    #[test]
    fn staying_put_is_always_a_placement() {
        let found = placements(&sample::six_buildings());
        for occupier in 0..7 {
            let kinds = targets(&found, occupier);
            assert!(kinds.iter().any(|(_, kind)| *kind == Kind::Stay));
        }
    }

    #[test]
    fn a_building_without_the_capability_is_refused_with_the_reason() {
        let mut place = sample::six_buildings();
        place.services[1].needs.insert("step_free".into());
        place.buildings[5].offers.insert("step_free".into());
        let found = placements(&place);
        assert!(targets(&found, 4).iter().all(|(to, _)| [4, 5].contains(to)));
        assert_eq!(found.refused[4][0].reason, "it does not offer step_free");
    }

    #[test]
    fn a_placing_is_the_only_placement() {
        let mut place = sample::six_buildings();
        let placed =
            crate::place::Decision::about("office-0", crate::place::Verb::PlaceAt, Some("A2"));
        place.decisions.push(placed);
        let found = placements(&place);
        assert_eq!(targets(&found, 2), [(2, Kind::Move)]);
    }

    #[test]
    fn a_move_limit_keeps_far_buildings_out() {
        let mut place = sample::six_buildings();
        place.services[2].move_limit = Some((straight_km(), Distance(3_000)));
        let found = placements(&place);
        // office-0 in A0 reaches A1 (2 km × 1.3) and N0 (0.5 km × 1.3).
        let to: Vec<_> = targets(&found, 2).iter().map(|(to, _)| *to).collect();
        assert_eq!(to, [0, 1, 4]);
    }
}
