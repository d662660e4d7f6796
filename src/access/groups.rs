//! Access to one service, group by group.

use super::summary::{compared, of_zones};
use super::{Equal, ServiceAccess, Summary, ZoneAccess};
use crate::place::{People, Place};

/// Access of one group of people to one service. People of a group are their share of each zone's
/// demand, not counted persons.
#[derive(Clone, Debug, PartialEq)]
pub struct GroupAccess {
    /// The group; everybody where `None`.
    pub group: Option<String>,
    /// Its demand, whether it reaches the service or not.
    pub people: People,
    /// How far it is, and who is further.
    pub summary: Summary,
    /// κ, the same for every group, before and after.
    pub equal: Equal,
    /// The equally-distributed equivalent of the distances today, of those who reach the service today.
    pub equal_today: Option<f64>,
    /// The same under the arrangement; `None` where some of them reach it no more.
    pub equal_after: Option<f64>,
}

/// Everybody, then each group of the place's zones that has demand for the service, by name, 2 before 10.
pub fn group_access(place: &Place, access: &ServiceAccess) -> Vec<GroupAccess> {
    let everybody = people_of(place, access, None);
    let equal = Equal::of_today(&distances(&everybody, |zone| zone.today));
    let names = place.group_names();
    let groups = std::iter::once(None).chain(names.into_iter().map(Some));
    groups
        .map(|group| of_group(place, access, group, equal))
        .filter(|group| group.people > People::ZERO)
        .collect()
}

/// The figures of one group, everybody where `None`.
pub(super) fn of_group(
    place: &Place,
    access: &ServiceAccess,
    group: Option<&str>,
    equal: Equal,
) -> GroupAccess {
    let zones = people_of(place, access, group);
    let equivalent = |of: fn(&ZoneAccess) -> Option<f64>| {
        let compared = compared(&zones);
        let all = distances(&compared, of);
        equal
            .equivalent(&all)
            .filter(|_| all.len() == compared.len())
    };
    GroupAccess {
        group: group.map(str::to_owned),
        people: zones.iter().map(|(people, _)| *people).sum(),
        summary: of_zones(place, access.measure.unit, &zones),
        equal,
        equal_today: equivalent(|zone| zone.today),
        equal_after: equivalent(|zone| zone.after),
    }
}

pub(super) fn people_of(
    place: &Place,
    access: &ServiceAccess,
    group: Option<&str>,
) -> Vec<(People, ZoneAccess)> {
    let share = |zone| match group {
        Some(name) => place.zone(zone).groups.get(name).copied().unwrap_or(0.0),
        None => 1.0,
    };
    access
        .with_demand(place)
        .map(|(zone, people, access)| (people * share(zone), access))
        .filter(|(people, _)| *people > People::ZERO)
        .collect()
}

pub(super) fn distances(
    zones: &[(People, ZoneAccess)],
    of: fn(&ZoneAccess) -> Option<f64>,
) -> Vec<(f64, People)> {
    let reached = zones.iter();
    reached
        .filter_map(|(people, zone)| Some((of(zone)?, *people)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::{Arrangement, zone_access};
    use crate::place::BuildingIx;
    use crate::place::sample::six_buildings;
    use crate::travel::Travel;

    #[test]
    fn groups_are_in_the_order_in_which_people_count() {
        let mut place = six_buildings();
        for decile in ["10", "2", "1"] {
            let share = 1.0 / 3.0;
            place.zones[1].groups.insert(format!("imd={decile}"), share);
        }
        let travel = Travel::new(&place, Vec::new());
        let access = zone_access(&place, &travel, &Arrangement::today(&place)).remove(0);
        let groups = group_access(&place, &access);
        let names: Vec<_> = groups
            .iter()
            .filter_map(|one| one.group.as_deref())
            .collect();
        assert_eq!(names, ["imd=1", "imd=2", "imd=10"]);
    }

    #[test]
    fn a_group_is_counted_by_its_share_of_each_zone() {
        let mut place = six_buildings();
        place.zones[1].groups.insert("no_car".to_owned(), 0.25);
        let travel = Travel::new(&place, Vec::new());
        let mut moved = Arrangement::today(&place);
        moved.building[1] = BuildingIx::new(2);
        let access = zone_access(&place, &travel, &moved).remove(0);
        let groups = group_access(&place, &access);
        assert_eq!(groups.len(), 2);
        let (all, no_car) = (&groups[0], &groups[1]);
        assert_eq!(no_car.people, People(250.0));
        // All of them live in Z1: 260 m from A1 today, 2,613 m from A0 or A2 then. That is 2.353 km
        // more: beyond ten minutes on foot (0.8 km), not five by car (3.333 km).
        assert_eq!(no_car.summary.today.mean, Some(0.26));
        assert_eq!(no_car.summary.after.mean, Some(2.613));
        let further: Vec<_> = no_car.summary.further.iter().map(|f| f.people).collect();
        assert_eq!(further, [250.0, 250.0, 0.0, 0.0].map(People));
        assert_eq!(no_car.equal, all.equal);
        assert!((no_car.equal_after.expect("people") - 2.613).abs() < 1e-9);
    }
}
