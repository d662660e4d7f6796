//! Who ends up further from a service, and who nearer.

use super::{ServiceAccess, ZoneAccess};
use crate::place::{People, Place, ServiceIx, ZoneIx};
use std::cmp::Ordering;
use std::collections::BTreeMap;

/// Less than this, in km, is no change of a way.
pub const SAME_KM: f64 = 0.05;

/// One zone whose distance to one service changes.
#[derive(Clone, Debug, PartialEq)]
pub struct Shift {
    /// The zone.
    pub zone: ZoneIx,
    /// The service.
    pub service: ServiceIx,
    /// The zone's demand for the service.
    pub people: People,
    /// Distances before and after.
    pub access: ZoneAccess,
    /// How many of those people are in each group: the zone's share, not counted individuals.
    pub groups: BTreeMap<String, People>,
}

/// Zones with demand that come to be more than `least` (km or minutes, as the access is measured)
/// further from a service, or can reach it no more: these first, then the greatest change, the
/// most people, the order of the place.
pub fn losers(place: &Place, access: &[ServiceAccess], least: f64) -> Vec<Shift> {
    let mut lost = shifts(place, access, |zone| {
        zone.is_cut_off() || zone.change().is_some_and(|change| change > least)
    });
    lost.sort_by(|a, b| {
        let further = |shift: &Shift| shift.access.change().unwrap_or(f64::INFINITY);
        further(b)
            .total_cmp(&further(a))
            .then_with(|| most_people(a, b))
    });
    lost
}

/// Zones with demand that come to be more than `least` nearer to a service, or can reach it for the
/// first time: these first, then the greatest change, the most people, the order of the place.
pub fn gainers(place: &Place, access: &[ServiceAccess], least: f64) -> Vec<Shift> {
    let mut won = shifts(place, access, |zone| {
        zone.is_opened_up() || zone.change().is_some_and(|change| change < -least)
    });
    won.sort_by(|a, b| {
        let nearer = |shift: &Shift| shift.access.change().unwrap_or(f64::NEG_INFINITY);
        nearer(a)
            .total_cmp(&nearer(b))
            .then_with(|| most_people(a, b))
    });
    won
}

fn most_people(a: &Shift, b: &Shift) -> Ordering {
    let place_in_order = (a.service, a.zone).cmp(&(b.service, b.zone));
    b.people.total_cmp(&a.people).then(place_in_order)
}

fn shifts(
    place: &Place,
    access: &[ServiceAccess],
    counts: impl Fn(&ZoneAccess) -> bool,
) -> Vec<Shift> {
    let mut found = Vec::new();
    for service in access {
        for (zone, people, access) in service.with_demand(place) {
            if counts(&access) {
                let groups = &place.zone(zone).groups;
                let of_group = |(name, share): (&String, &f64)| (name.clone(), people * *share);
                found.push(Shift {
                    zone,
                    service: service.service,
                    people,
                    access,
                    groups: groups.iter().map(of_group).collect(),
                });
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::{Arrangement, zone_access};
    use crate::place::BuildingIx;
    use crate::place::sample::six_buildings;
    use crate::travel::Travel;

    /// Library 1 of six buildings goes from A1 to this building.
    fn moved(place: &Place, to: usize) -> Vec<ServiceAccess> {
        let travel = Travel::new(place, Vec::new());
        let mut moved = Arrangement::today(place);
        moved.building[1] = BuildingIx::new(to);
        zone_access(place, &travel, &moved)
    }

    fn ids<'a>(place: &'a Place, shifts: &[Shift]) -> Vec<&'a str> {
        let id = |shift: &Shift| place.zone(shift.zone).id.as_str();
        shifts.iter().map(id).collect()
    }

    #[test]
    fn a_library_that_moves_east_loses_those_it_leaves() {
        let place = six_buildings();
        let access = moved(&place, 3);
        assert_eq!(ids(&place, &losers(&place, &access, 0.05)), ["Z1"]);
    }

    #[test]
    fn a_library_that_moves_east_gains_those_it_comes_to() {
        let place = six_buildings();
        let access = moved(&place, 3);
        assert_eq!(ids(&place, &gainers(&place, &access, 0.05)), ["Z4", "Z3"]);
    }

    #[test]
    fn zones_without_demand_lose_nothing() {
        let mut place = six_buildings();
        place.zones[1].demand[0] = People::ZERO;
        let access = moved(&place, 3);
        assert!(losers(&place, &access, 0.05).is_empty());
    }

    #[test]
    fn people_of_a_group_are_the_zones_share() {
        let mut place = six_buildings();
        place.zones[1].groups.insert("no_car".to_owned(), 0.2);
        let lost = losers(&place, &moved(&place, 3), 0.05);
        assert_eq!(lost[0].groups["no_car"], People(200.0));
    }

    #[test]
    fn where_nobody_moves_nobody_loses_or_gains() {
        let place = six_buildings();
        let access = moved(&place, 1);
        assert!(losers(&place, &access, 0.0).is_empty());
        assert!(gainers(&place, &access, 0.0).is_empty());
    }
}
