//! The second stage's journeys as an equivalent: reaches without limits, whose distances are stretched
//! so that their weighted sum falls where the Kolm–Pollak equivalent does.

use super::access::Access;
use crate::access::Equal;
use crate::place::{People, ServiceIx};
use crate::plan::journeys::equal_today;
use crate::plan::placements::straight_km;
use crate::siting::Reach;

/// The most that one journey counts for, in stretched metres: a hundred thousand km.
const MOST: f64 = 1e8;

/// The most that all people × stretched metres of a service may come to, so that the engine can add
/// them up in whole numbers.
const MOST_TOGETHER: f64 = 1e16;

/// Beyond this power of e, sums are no longer numbers.
const TOO_FAR: f64 = 600.0;

/// A distance stretched: (exp(κ d) − 1) ÷ (κ × M) in whole metres, M being the people's mean of
/// exp(κ d) today. Where everybody's journey grows by little, the sum over people grows as their
/// number × the equivalent does; and never by less than that, as ln x ≤ x − 1.
pub(crate) struct Stretch {
    kappa: f64,
    mean: f64,
    most: f64,
}

impl Stretch {
    /// From κ and today's weighted distances, km; `weight` is all of their weight in thousandths of a person.
    pub(crate) fn new(equal: Equal, today: &[(f64, People)], weight: u64) -> Self {
        let people: f64 = today.iter().map(|(_, people)| people.get()).sum();
        let sum: f64 = today
            .iter()
            .map(|(far, people)| people.get() * (equal.kappa * far).min(TOO_FAR).exp())
            .sum();
        Self {
            kappa: equal.kappa,
            mean: if people > 0.0 { sum / people } else { 1.0 },
            most: (MOST_TOGETHER / (weight as f64).max(1.0)).min(MOST),
        }
    }

    /// Whole stretched metres of a distance in metres. The further of two is never the shorter.
    pub(crate) fn steps(&self, metres: u32) -> u32 {
        let km = f64::from(metres) / 1000.0;
        let stretched = match self.kappa > 0.0 {
            true => (self.kappa * km).exp_m1() / (self.kappa * self.mean),
            false => km,
        };
        (stretched * 1000.0).round().min(self.most) as u32
    }
}

/// A reach without limits for each service whose counters a plan can move.
pub(crate) fn reaches(from: &Access<'_>) -> Vec<Reach> {
    let counters = from.place.services().filter(|(_, service)| service.counter);
    counters
        .filter(|(at, _)| from.can_change(*at))
        .filter_map(|(at, _)| reach(from, at))
        .collect()
}

fn reach(from: &Access<'_>, service: ServiceIx) -> Option<Reach> {
    let mut reach = from.journeys(service, &straight_km())?;
    reach.name = format!(
        "{} by the equivalent of straight km",
        from.place.service(service).id
    );
    let equal = equal_today(from.place, from.travel, service);
    let today = from.distances_today(service);
    let stretch = Stretch::new(equal, &today, reach.travel_weights.iter().sum());
    for target in 0..reach.starts.len() - 1 {
        let range = reach.starts[target]..reach.starts[target + 1];
        let mut list: Vec<(u32, u32)> = range
            .clone()
            .map(|at| (stretch.steps(reach.distance[at]), reach.host[at]))
            .collect();
        list.sort_unstable();
        for (at, (far, host)) in range.zip(list) {
            reach.distance[at] = far;
            reach.host[at] = host;
        }
    }
    Some(reach)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one_each(distances: &[f64]) -> Vec<(f64, People)> {
        distances.iter().map(|far| (*far, People(1.0))).collect()
    }

    #[test]
    fn a_long_journey_counts_for_more_than_its_length() {
        // κ 0.4, journeys of 1 and 3 km: M = (e^0.4 + e^1.2) ÷ 2 = 2.405971.
        // (e^0.4 − 1) ÷ (0.4 × M) = 0.491825 ÷ 0.962388 = 0.511046 km; of 3 km 2.320117 ÷ 0.962388 = 2.410791.
        let today = one_each(&[1.0, 3.0]);
        let stretch = Stretch::new(Equal { kappa: 0.4 }, &today, 2_000);
        assert_eq!(
            [1_000, 3_000].map(|metres| stretch.steps(metres)),
            [511, 2_411]
        );
    }

    #[test]
    fn the_furthest_journeys_are_held_at_the_most_that_one_counts_for() {
        let stretch = Stretch::new(Equal { kappa: 10.0 }, &one_each(&[1.0]), 1_000);
        assert_eq!(stretch.steps(1_000_000), 100_000_000);
        assert!(stretch.steps(u32::MAX) >= stretch.steps(1_000));
    }

    #[test]
    fn where_nobody_travels_today_a_metre_is_a_metre() {
        let stretch = Stretch::new(Equal { kappa: 0.0 }, &one_each(&[0.0]), 1_000);
        assert_eq!(stretch.steps(1_234), 1_234);
    }
}
