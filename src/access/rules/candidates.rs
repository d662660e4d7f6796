//! What can be known of a rule before anything is solved.

use super::Limit;
use crate::access::{Arrangement, Today, nearest};
use crate::place::{AccessRule, Building, BuildingIx, Distance, Mode, Place, ServiceIx, ZoneIx};
use crate::travel::{Origin, Travel};
use rayon::prelude::*;

/// A zone that no candidate can serve within a rule's limit, whatever is planned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OutOfReach {
    /// Position of the rule in [`Place::rules`].
    pub rule: usize,
    /// The zone.
    pub zone: ZoneIx,
    /// Distance of the nearest candidate; `None` where it can reach none.
    pub nearest: Option<Distance>,
    /// The limit it misses: the stated distance (within), its own limit (worst case) or its reach
    /// (mean).
    pub limit: Distance,
}

/// Names the zones that no candidate can serve, by rule and then by zone. Candidates are the
/// buildings where the service is today and every located building that a plan may change.
///
/// Such a zone makes a hard `worst_case` or `mean` rule impossible; a `within` rule may still hold
/// without it.
pub fn out_of_reach(place: &Place, travel: &Travel, today: &Today) -> Vec<OutOfReach> {
    let mut missed = Vec::new();
    for (position, (rule, limit)) in place.rules.iter().zip(&today.limits).enumerate() {
        let Some(scope) = limit.scope() else {
            continue;
        };
        let found = nearest(
            place,
            travel,
            &rule.measure,
            &candidates(place, rule.service),
        );
        let distances: Vec<_> = found.into_iter().map(|found| Some(found?.0)).collect();
        for (zone, _, nearest) in scope.with(&distances) {
            let most = limit.furthest(zone);
            if nearest.is_none_or(|far| far > most) {
                missed.push(OutOfReach {
                    rule: position,
                    zone,
                    nearest,
                    limit: most,
                });
            }
        }
    }
    missed
}

/// How much of what a rule asks about a user's matrix knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Coverage {
    /// Pairs of a zone that counts and a candidate.
    pub pairs: u64,
    /// Those that the matrix knows.
    pub known: u64,
}

impl Coverage {
    /// The share known, 0–1; `None` where nothing is asked.
    pub fn share(&self) -> Option<f64> {
        (self.pairs > 0).then(|| self.known as f64 / self.pairs as f64)
    }
}

/// The share of each rule's pairs that a user's matrix knows, in the order of [`Place::rules`];
/// `None` for rules by straight line, which knows all, and for displacement.
///
/// Zones that can reach no host today count here: a matrix that leaves them out is what one wants
/// to hear of.
pub fn matrix_coverage(place: &Place, travel: &Travel, limits: &[Limit]) -> Vec<Option<Coverage>> {
    let of_rule = |(rule, limit): (&AccessRule, &Limit)| {
        let (Mode::Matrix(_), Some(scope)) = (&rule.measure.mode, limit.scope()) else {
            return None;
        };
        let candidates = candidates(place, rule.service);
        let matrix = travel.matrix(&rule.measure);
        let mut zones: Vec<_> = scope.zones().map(|(zone, _)| zone).collect();
        zones.extend(&scope.unreachable);
        let known = |zone: &ZoneIx| {
            let journeys = matrix.map(|matrix| matrix.from_origin(Origin::Zone(*zone)));
            let to_candidate = |to: &BuildingIx| candidates.binary_search(to).is_ok();
            journeys.map_or(0, |all| {
                all.filter(|(to, _)| to_candidate(to)).count() as u64
            })
        };
        Some(Coverage {
            pairs: zones.len() as u64 * candidates.len() as u64,
            known: zones.par_iter().map(known).sum(),
        })
    };
    place.rules.iter().zip(limits).map(of_rule).collect()
}

/// Where occupiers of a service are or could be, in order, each once.
fn candidates(place: &Place, service: ServiceIx) -> Vec<BuildingIx> {
    let mut found = Arrangement::today(place).hosts(place, service);
    let located = |building: &Building| building.is_candidate() && building.location.is_some();
    let open_to_change = place.buildings().filter(|(_, building)| located(building));
    found.extend(open_to_change.map(|(at, _)| at));
    found.sort_unstable();
    found.dedup();
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::today;
    use crate::place::sample::six_buildings;
    use crate::place::{Measure, RuleKind, Unit};
    use crate::travel::Matrix;

    #[test]
    fn a_zone_that_no_candidate_can_reach_is_named_with_the_nearest() {
        let mut place = six_buildings();
        place.rules.truncate(1);
        place.rules[0].kind = RuleKind::Within {
            limit: Distance(2_000),
            share: 0.9,
        };
        let travel = Travel::new(&place, Vec::new());
        let today = today(&place, &travel);
        let missed = out_of_reach(&place, &travel, &today);
        // Z4 is 2 km east and 200 m south of A3.
        let expected = OutOfReach {
            rule: 0,
            zone: ZoneIx::new(4),
            nearest: Some(Distance(2_613)),
            limit: Distance(2_000),
        };
        assert_eq!(missed, [expected]);
    }

    #[test]
    fn the_share_of_a_rules_pairs_that_a_matrix_knows_is_counted() {
        let mut place = six_buildings();
        place.rules.truncate(1);
        place.rules[0].measure = Measure {
            mode: Mode::Matrix("bus".to_owned()),
            unit: Unit::Minutes,
        };
        let journey = |zone| {
            let from = Origin::Zone(ZoneIx::new(zone));
            (from, BuildingIx::new(0), Distance(150))
        };
        let bus = Matrix::new("bus", Unit::Minutes, (0..3).map(journey));
        let travel = Travel::new(&place, vec![bus]);
        let today = today(&place, &travel);
        let covered = matrix_coverage(&place, &travel, &today.limits);
        let expected = Coverage {
            pairs: 30,
            known: 3,
        };
        assert_eq!(covered, [Some(expected)]);
    }

    #[test]
    fn a_straight_line_needs_no_matrix() {
        let place = six_buildings();
        let travel = Travel::new(&place, Vec::new());
        let today = today(&place, &travel);
        let covered = matrix_coverage(&place, &travel, &today.limits);
        assert_eq!(covered, [None, None, None]);
    }
}
