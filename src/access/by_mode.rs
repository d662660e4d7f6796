//! Access of groups that travel by a mode of their own.

use super::groups::{distances, of_group, people_of};
use super::zone_access::service_access;
use super::{Arrangement, Equal, GroupAccess, SAME_KM, ServiceAccess, Shift, ZoneAccess, losers};
use crate::place::{Measure, People, Place, ServiceIx, Unit, natural};
use crate::travel::Travel;
use std::collections::BTreeMap;

/// Less than this is no change of a way that is counted in minutes.
const SAME_MINUTES: f64 = 0.5;

/// One group and service, by the group's own mode.
#[derive(Clone, Debug, PartialEq)]
pub struct ByMode {
    /// The service.
    pub service: ServiceIx,
    /// How the group travels; every distance is in its unit.
    pub measure: Measure,
    /// Its figures. κ is that of everybody's distances by this measure today.
    pub access: GroupAccess,
    /// People whose way becomes longer by more than 50 m or half a minute, or who reach nothing any more.
    pub further: People,
    /// People whose way becomes shorter by more.
    pub nearer: People,
}

/// Every service with a counter, and of each the groups with a mode of their own that need it, by name.
pub fn by_mode(place: &Place, travel: &Travel, arrangement: &Arrangement) -> Vec<ByMode> {
    let one = |group: &str, access: &ServiceAccess| of_one(place, access, group);
    of_each(place, travel, arrangement, one).flatten().collect()
}

/// Zones in which a group loses by its own mode: of each service and group what [`losers`] says of all, the people being
/// the group's.
pub fn losers_by_mode(
    place: &Place,
    travel: &Travel,
    arrangement: &Arrangement,
) -> Vec<(String, Measure, Vec<Shift>)> {
    let one = |group: &str, access: &ServiceAccess| {
        let measure = &access.measure;
        let mut lost = losers(place, std::slice::from_ref(access), same(measure));
        for shift in &mut lost {
            shift.people = shift.groups.get(group).copied().unwrap_or(People::ZERO);
        }
        lost.retain(|shift| shift.people > People::ZERO);
        (group.to_owned(), measure.clone(), lost)
    };
    of_each(place, travel, arrangement, one).collect()
}

/// What is said of each service with a counter and each group with a mode of its own, groups by name. Groups that travel
/// alike share one access.
fn of_each<'a, T: 'a>(
    place: &'a Place,
    travel: &'a Travel,
    arrangement: &'a Arrangement,
    one: impl Fn(&str, &ServiceAccess) -> T + 'a,
) -> impl Iterator<Item = T> + 'a {
    let mut groups: Vec<_> = place.group_modes.iter().collect();
    groups.sort_by(|(a, _), (b, _)| natural(a, b));
    let counters = place.services().filter(|(_, service)| service.counter);
    counters.flat_map(move |(service, _)| {
        let mut measured: BTreeMap<&Measure, ServiceAccess> = BTreeMap::new();
        let told = groups.iter().map(|(group, measure)| {
            let access = measured
                .entry(measure)
                .or_insert_with(|| service_access(place, travel, arrangement, service, measure));
            one(group, access)
        });
        told.collect::<Vec<T>>()
    })
}

/// A change that is none, in the unit of a measure.
fn same(measure: &Measure) -> f64 {
    match measure.unit {
        Unit::Km => SAME_KM,
        Unit::Minutes => SAME_MINUTES,
    }
}

fn of_one(place: &Place, access: &ServiceAccess, group: &str) -> Option<ByMode> {
    let everybody = people_of(place, access, None);
    let equal = Equal::of_today(&distances(&everybody, |zone| zone.today));
    let figures = of_group(place, access, Some(group), equal);
    let same = same(&access.measure);
    let changed = |counts: &dyn Fn(&ZoneAccess) -> bool| {
        let zones = people_of(place, access, Some(group));
        let zones = zones.into_iter();
        zones
            .filter(|(_, zone)| counts(zone))
            .map(|(people, _)| people)
            .sum::<People>()
    };
    let further =
        |zone: &ZoneAccess| zone.is_cut_off() || zone.change().is_some_and(|change| change > same);
    let nearer = |zone: &ZoneAccess| {
        zone.is_opened_up() || zone.change().is_some_and(|change| change < -same)
    };
    (figures.people > People::ZERO).then(|| ByMode {
        service: access.service,
        measure: access.measure.clone(),
        further: changed(&further),
        nearer: changed(&nearer),
        access: figures,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::place::sample::six_buildings;
    use crate::place::{BuildingIx, Mode};

    #[test]
    fn those_on_foot_are_counted_in_minutes_of_walking() {
        let mut place = six_buildings();
        place.zones[1].groups.insert("no_car".to_owned(), 0.25);
        let on_foot = Measure {
            mode: Mode::Walk,
            unit: Unit::Minutes,
        };
        place.group_modes.insert("no_car".to_owned(), on_foot);
        let travel = Travel::new(&place, Vec::new());
        let mut moved = Arrangement::today(&place);
        moved.building[1] = BuildingIx::new(2);
        let all = by_mode(&place, &travel, &moved);
        // Libraries and clinics.
        assert_eq!(all.len(), 2);
        let library = &all[0];
        assert_eq!(library.access.people, People(250.0));
        // 260 m at 80 m a minute is 3.25, shown as 3.3; 2,613 m is 32.66, shown as 32.7.
        assert_eq!(library.access.summary.today.mean, Some(3.3));
        assert_eq!(library.access.summary.after.mean, Some(32.7));
        assert_eq!(library.further, People(250.0));
        assert_eq!(library.access.summary.further[1].people, People(250.0));
    }

    #[test]
    fn without_groups_of_their_own_mode_there_is_nothing() {
        let place = six_buildings();
        let travel = Travel::new(&place, Vec::new());
        assert!(by_mode(&place, &travel, &Arrangement::today(&place)).is_empty());
    }
}
