//! The journeys that the second stage makes least: their sum, or their equivalent; weighed by group.

use super::choice::Choice;
use super::placements::straight_km;
use super::report::TravelAim;
use crate::access::{EPSILON, Equal, nearest};
use crate::place::words::{exact, whole};
use crate::place::{People, Place, ServiceIx, TravelObjective};
use crate::travel::Travel;

/// What the second stage makes least, where it is not the plain sum of journeys.
pub(crate) struct Journeys<'a> {
    place: &'a Place,
    travel: &'a Travel,
    /// κ of each service with a counter, from everybody's distances today.
    equal: Vec<(ServiceIx, Equal)>,
}

impl<'a> Journeys<'a> {
    /// `None` where journeys are added up and everybody counts once.
    pub(crate) fn new(place: &'a Place, travel: &'a Travel) -> Option<Self> {
        let finance = &place.finance;
        if finance.travel_objective == TravelObjective::Total && finance.travel_weights.is_empty() {
            return None;
        }
        let counters = place.services().filter(|(_, service)| service.counter);
        Some(Self {
            place,
            travel,
            equal: counters
                .map(|(at, _)| (at, equal_today(place, travel, at)))
                .collect(),
        })
    }

    /// What is made least, km: Σ weight × distance, or Σ over services of weight × equivalent.
    pub(crate) fn least(&self, choice: &Choice) -> f64 {
        let sum: f64 = self
            .equal
            .iter()
            .map(|(service, equal)| self.of_service(*service, *equal, choice))
            .sum();
        (sum * 1000.0).round() / 1000.0 + 0.0
    }

    fn of_service(&self, service: ServiceIx, equal: Equal, choice: &Choice) -> f64 {
        let finance = &self.place.finance;
        let hosts = choice.arrangement.hosts(self.place, service);
        let ways = ways(self.place, self.travel, service, &hosts);
        let ways: Vec<(f64, People)> = ways
            .map(|(zone, far, people)| {
                let times = finance.travel_factor(&self.place.zones[zone]);
                (far, people * times)
            })
            .collect();
        let people: f64 = ways.iter().map(|(_, people)| people.get()).sum();
        match finance.travel_objective {
            TravelObjective::Total => ways.iter().map(|(far, people)| far * people.get()).sum(),
            TravelObjective::Equal => people * equal.equivalent(&ways).unwrap_or(0.0),
        }
    }

    /// The stage's own figures, today's and the first stage's plan's.
    pub(crate) fn aim(&self, first: &Choice) -> TravelAim {
        let finance = &self.place.finance;
        let least = self.least(first);
        TravelAim {
            objective: finance.travel_objective,
            epsilon: match finance.travel_objective {
                TravelObjective::Total => None,
                TravelObjective::Equal => Some(EPSILON),
            },
            weights: finance.travel_weights.clone(),
            person_km_today: self.least(&Choice::today(self.place)),
            person_km_first: least,
            person_km: least,
        }
    }
}

/// κ of a service, from everybody's straight-line distances today, as in `groups.csv`.
pub(crate) fn equal_today(place: &Place, travel: &Travel, service: ServiceIx) -> Equal {
    let today = Choice::today(place).arrangement.hosts(place, service);
    let ways = ways(place, travel, service, &today);
    Equal::of_today(
        &ways
            .map(|(_, far, people)| (far, people))
            .collect::<Vec<_>>(),
    )
}

/// Zones with demand that reach a host: position, km, people.
fn ways<'a>(
    place: &'a Place,
    travel: &Travel,
    service: ServiceIx,
    hosts: &[crate::place::BuildingIx],
) -> impl Iterator<Item = (usize, f64, People)> + 'a {
    let measure = straight_km();
    let near = nearest(place, travel, &measure, hosts);
    near.into_iter()
        .enumerate()
        .filter_map(move |(zone, found)| {
            let people = place.zones[zone].demand[service.index()];
            let (far, _) = found.filter(|_| people > People::ZERO)?;
            Some((zone, far.to_user(measure.unit), people))
        })
}

impl TravelAim {
    /// What `km` is of, with its figures today and before journeys were made less: the end of a line that
    /// begins with `km`.
    pub fn in_words(&self) -> String {
        let what = match self.objective {
            TravelObjective::Total => "km, added up".to_owned(),
            TravelObjective::Equal => format!(
                "km if everybody had the distance that is as good as those they have (Kolm-Pollak, epsilon {})",
                self.epsilon.unwrap_or(EPSILON)
            ),
        };
        let times = self.weights.iter();
        let times: Vec<String> = times
            .map(|(group, times)| format!("{group} counted {} times", exact(*times)))
            .collect();
        let times = match times.is_empty() {
            true => String::new(),
            false => format!(", {}", times.join(", ")),
        };
        format!(
            "{what}{times}; {} today, {} in the cheapest plan found",
            whole(self.person_km_today),
            whole(self.person_km_first)
        )
    }
}
