//! R5 `floor_per_area`: in every area of a kind, a share of the demand lies within a distance.

use super::limit::shown;
use super::{Limit, Part, Parts, Scope, Within};
use crate::place::words::percent_exact;
use crate::place::{AccessRule, AreaScope, Distance, Place};
use std::collections::BTreeSet;

/// What a `floor_per_area` rule enforces: in each area the smaller of the share and today's, unless
/// strict.
#[derive(Clone, Debug, PartialEq)]
pub struct FloorPerArea {
    /// The distance, included.
    pub limit: Distance,
    /// The share asked for.
    pub share: f64,
    /// One limit for each area, by code.
    pub parts: Parts,
}

impl FloorPerArea {
    pub(super) fn new(
        place: &Place,
        rule: &AccessRule,
        today: &[Option<Distance>],
        (each, limit, share): (&str, Distance, f64),
    ) -> Self {
        let zones = place.zones.iter();
        let codes: BTreeSet<&String> = zones.filter_map(|zone| zone.areas.get(each)).collect();
        let part = |code: &String| {
            let of_area = AccessRule {
                area: Some(AreaScope {
                    kind: each.to_owned(),
                    code: code.clone(),
                }),
                ..rule.clone()
            };
            let scope = Scope::new(place, &of_area, today);
            Part {
                id: code.clone(),
                limit: Limit::Within(Within::new(rule, scope, today, limit, share)),
            }
        };
        Self {
            limit,
            share,
            parts: Parts {
                scope: Scope::new(place, rule, today),
                of: codes.into_iter().map(part).collect(),
            },
        }
    }

    pub(super) fn words(&self, rule: &AccessRule) -> String {
        format!(
            "{} % within {}",
            percent_exact(self.share),
            shown(rule, self.limit)
        )
    }
}

#[cfg(test)]
mod tests {
    use crate::access::{Arrangement, Verdict, assess, today};
    use crate::place::sample::{rule, six_buildings};
    use crate::place::{BuildingIx, Distance, RuleKind};
    use crate::travel::Travel;

    #[test]
    fn every_area_has_its_own_floor_and_the_one_that_falls_below_is_named() {
        let mut place = six_buildings();
        for (zone, ward) in place.zones.iter_mut().zip(["W", "M", "M", "E", "E"]) {
            zone.areas.insert("ward".to_owned(), ward.to_owned());
        }
        let kind = RuleKind::FloorPerArea {
            each: "ward".to_owned(),
            limit: Distance(1_000),
            share: 0.5,
        };
        place.rules = vec![rule("floor", 0, kind)];
        let travel = Travel::new(&place, Vec::new());
        let today = today(&place, &travel);
        let stays = assess(&place, &travel, &today, &Arrangement::today(&place)).remove(0);
        // Nobody of E is within 1 km today, so nobody need be.
        assert_eq!(stays.verdict, Verdict::FailsToday);
        let mut moved = Arrangement::today(&place);
        moved.building[0] = BuildingIx::new(2);
        let verdict = assess(&place, &travel, &today, &moved).remove(0);
        // A0 loses its library: Z0, all of W, is 2.6 km from the next; M has both its zones near.
        assert_eq!(verdict.verdict, Verdict::Fail);
        let named: Vec<_> = verdict.worst.iter().map(|w| w.id.as_str()).collect();
        assert_eq!(named, ["W"]);
        assert_eq!((verdict.enforced, verdict.after), (Some(0.5), Some(0.0)));
    }
}
