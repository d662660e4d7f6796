//! Access to one service in a few figures.

use super::{ServiceAccess, ZoneAccess};
use crate::place::{People, Place, Unit};

/// How far people are from one service, today and after. Distances are in the unit of the access
/// they sum up and are weighted by demand. Today and after are of the same people: those who can reach
/// the service today, or everybody where nobody can.
#[derive(Clone, Debug, PartialEq)]
pub struct Summary {
    /// Demand that can reach the service today.
    pub people: People,
    /// Today.
    pub today: Spread,
    /// Under the arrangement: of the same people. Where some of them reach it no more there is no mean and no
    /// greatest distance.
    pub after: Spread,
    /// People who reach nothing today.
    pub reach_none_today: People,
    /// People who reach nothing under the arrangement.
    pub reach_none_after: People,
    /// People who come to be further away by more than each of a few steps.
    pub further: Vec<Further>,
    /// People who come to be nearer.
    pub nearer: People,
    /// People who could reach it and can no more.
    pub cut_off: People,
}

/// A weighted distribution of distances in three figures; `None` where there is nobody, or where somebody reaches
/// nothing: that is further than any distance.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Spread {
    /// The mean.
    pub mean: Option<f64>,
    /// The least distance within which nine tenths of the people are; `None` where fewer reach anything.
    pub p90: Option<f64>,
    /// The greatest.
    pub worst: Option<f64>,
}

/// People who come to be further away by more than a step.
#[derive(Clone, Debug, PartialEq)]
pub struct Further {
    /// The step in words: `5 min walk`.
    pub step: String,
    /// The step in the unit of the access.
    pub more_than: f64,
    /// How many people.
    pub people: People,
}

/// Sums up the access of a service.
pub fn summary(place: &Place, access: &ServiceAccess) -> Summary {
    let zones: Vec<_> = access
        .with_demand(place)
        .map(|(_, people, zone)| (people, zone))
        .collect();
    of_zones(place, access.measure.unit, &zones)
}

/// Sums up some people, each zone's with its access.
pub(super) fn of_zones(place: &Place, unit: Unit, zones: &[(People, ZoneAccess)]) -> Summary {
    let compared = compared(zones);
    let spread = |of: fn(&ZoneAccess) -> Option<f64>| {
        let each = compared.iter();
        Spread::of(each.map(|(people, zone)| (of(zone), *people)).collect())
    };
    let people = |counts: &dyn Fn(&ZoneAccess) -> bool| {
        let counted = zones.iter().filter(|(_, zone)| counts(zone));
        counted.map(|(people, _)| *people).sum::<People>()
    };
    let beyond = |step: f64| people(&|zone| zone.change().is_some_and(|change| change > step));
    Summary {
        people: people(&|zone| zone.today.is_some()),
        today: spread(|zone| zone.today),
        after: spread(|zone| zone.after),
        further: steps(place, unit)
            .into_iter()
            .map(|(step, more_than)| Further {
                step,
                more_than,
                people: beyond(more_than),
            })
            .collect(),
        nearer: people(&|zone| zone.change().is_some_and(|change| change < 0.0)),
        cut_off: people(&ZoneAccess::is_cut_off),
        reach_none_today: people(&|zone| zone.today.is_none()),
        reach_none_after: people(&|zone| zone.after.is_none()),
    }
}

/// Those whose distances are compared: who reach something today; everybody where nobody does.
pub(super) fn compared(zones: &[(People, ZoneAccess)]) -> Vec<(People, ZoneAccess)> {
    let reached = zones.iter().filter(|(_, zone)| zone.today.is_some());
    let reached: Vec<_> = reached.copied().collect();
    match reached.is_empty() {
        true => zones.to_vec(),
        false => reached,
    }
}

/// Five and ten minutes, in minutes or in the km they are on foot and by car.
fn steps(place: &Place, unit: Unit) -> Vec<(String, f64)> {
    const MINUTES: [u32; 2] = [5, 10];
    let settings = &place.travel;
    match unit {
        Unit::Minutes => MINUTES.map(|m| (format!("{m} min"), f64::from(m))).to_vec(),
        Unit::Km => [("walk", settings.walk_kmh), ("drive", settings.drive_kmh)]
            .iter()
            .flat_map(|(mode, kmh)| {
                MINUTES.map(|m| (format!("{m} min {mode}"), f64::from(m) * kmh / 60.0))
            })
            .collect(),
    }
}

impl Spread {
    /// `None` for a distance is that nothing is reached.
    fn of(distances: Vec<(Option<f64>, People)>) -> Self {
        let beyond = |far: Option<f64>| far.unwrap_or(f64::INFINITY);
        let mut distances = distances;
        distances.sort_by(|a, b| {
            let by_distance = beyond(a.0).total_cmp(&beyond(b.0));
            by_distance.then(a.1.total_cmp(&b.1))
        });
        let people: f64 = distances.iter().map(|(_, people)| people.get()).sum();
        let travelled: Option<f64> = distances
            .iter()
            .map(|(far, people)| Some((*far)? * people.get()))
            .sum();
        // In whole thousandths of a person, so that exactly nine tenths are nine tenths.
        let weight = |people: People| (people.get() * 1000.0).round() as u128;
        let all: u128 = distances.iter().map(|(_, people)| weight(*people)).sum();
        let mut so_far = 0;
        let p90 = distances.iter().find(|(_, people)| {
            so_far += weight(*people);
            so_far * 10 >= all * 9
        });
        Self {
            mean: travelled.filter(|_| people > 0.0).map(|all| all / people),
            p90: p90.and_then(|(far, _)| *far),
            worst: distances.last().and_then(|(far, _)| *far),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::{Arrangement, zone_access};
    use crate::place::BuildingIx;
    use crate::place::sample::six_buildings;
    use crate::travel::Travel;

    /// Libraries of six buildings once library 1 is in this building.
    fn libraries(to: usize) -> Summary {
        let place = six_buildings();
        let travel = Travel::new(&place, Vec::new());
        let mut moved = Arrangement::today(&place);
        moved.building[1] = BuildingIx::new(to);
        summary(&place, &zone_access(&place, &travel, &moved)[0])
    }

    #[test]
    fn the_mean_is_weighted_by_demand() {
        let mean = libraries(1).today.mean.unwrap_or_default();
        assert!((mean - 16.144 / 5.0).abs() < 1e-9);
    }

    #[test]
    fn nine_tenths_of_five_equal_zones_takes_all_five() {
        let today = libraries(1).today;
        assert_eq!(today.p90, today.worst);
    }

    #[test]
    fn exactly_nine_tenths_are_nine_tenths() {
        let tenths = (1..=10).map(|far| (Some(f64::from(far)), People(0.1)));
        assert_eq!(Spread::of(tenths.collect()).p90, Some(9.0));
    }

    #[test]
    fn where_some_reach_nothing_any_more_there_is_no_mean_and_no_greatest_distance() {
        let zone = |today: f64, after: Option<f64>| ZoneAccess {
            today: Some(today),
            after,
            host_today: None,
            host_after: None,
        };
        let zones = [
            (People(1_000.0), zone(1.0, Some(1.0))),
            (People(300.0), zone(20.0, None)),
        ];
        let told = of_zones(&six_buildings(), Unit::Minutes, &zones);
        assert_eq!(told.today.worst, Some(20.0));
        assert_eq!(told.after, Spread::default());
        assert_eq!(told.reach_none_today, People::ZERO);
        assert_eq!(told.reach_none_after, People(300.0));
        assert_eq!(told.cut_off, People(300.0));
    }

    #[test]
    fn those_who_reach_nothing_today_are_in_neither_mean() {
        let zone = |today: Option<f64>, after: f64| ZoneAccess {
            today,
            after: Some(after),
            host_today: None,
            host_after: None,
        };
        let zones = [
            (People(100.0), zone(Some(5.0), 5.0)),
            (People(100.0), zone(None, 1.0)),
        ];
        let told = of_zones(&six_buildings(), Unit::Minutes, &zones);
        assert_eq!((told.today.mean, told.after.mean), (Some(5.0), Some(5.0)));
        assert_eq!(told.reach_none_today, People(100.0));
    }

    #[test]
    fn people_further_by_more_than_ten_minutes_on_foot_are_counted() {
        let further = libraries(3).further;
        assert_eq!(further[1].step, "10 min walk");
        assert_eq!(further[1].people, People(1_000.0));
    }

    #[test]
    fn nobody_is_further_by_more_than_ten_minutes_by_car() {
        assert_eq!(libraries(3).further[3].people, People::ZERO);
    }

    #[test]
    fn people_who_come_nearer_are_counted() {
        assert_eq!(libraries(3).nearer, People(2_000.0));
    }
}
