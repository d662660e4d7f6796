//! R7 `displacement`: an occupier's new building lies within a distance of its old one.

use super::limit::{Standing, judge, shown};
use crate::access::{Arrangement, Verdict, ZoneShort};
use crate::place::{AccessRule, Distance, OccupierIx, Place};
use crate::travel::Travel;

/// What a `displacement` rule enforces: the same for today, when nobody has moved.
#[derive(Clone, Debug, PartialEq)]
pub struct Displacement {
    /// The distance, included.
    pub limit: Distance,
    /// The occupiers it is about: those of its service.
    pub occupiers: Vec<OccupierIx>,
}

impl Displacement {
    pub(super) fn new(place: &Place, rule: &AccessRule, limit: Distance) -> Self {
        let of_service = place
            .occupiers()
            .filter(|(_, occupier)| occupier.service == rule.service);
        Self {
            limit,
            occupiers: of_service.map(|(at, _)| at).collect(),
        }
    }

    pub(super) fn words(&self, rule: &AccessRule) -> String {
        format!("moves at most {}", shown(rule, self.limit))
    }

    pub(super) fn standing(
        &self,
        place: &Place,
        travel: &Travel,
        rule: &AccessRule,
        arrangement: &Arrangement,
    ) -> Standing {
        let unit = rule.measure.unit;
        let mut moves: Vec<_> = self
            .occupiers
            .iter()
            .filter_map(|at| {
                let to = *arrangement.building.get(at.index())?;
                let from = place.occupier(*at).building;
                Some((
                    *at,
                    travel.building_to_building(place, &rule.measure, from, to),
                ))
            })
            .collect();
        // Unknown distances first, then the furthest, then by id.
        moves.sort_by_key(|(at, far)| {
            let steps = far.map_or(u64::MAX, |far| u64::from(far.steps()));
            (std::cmp::Reverse(steps), &place.occupier(*at).id)
        });
        let after = match moves.first() {
            Some((_, far)) => far.map(|far| far.to_user(unit)),
            None => Some(0.0),
        };
        let too_far = |far: Option<Distance>| far.is_none_or(|far| far > self.limit);
        let worst: Vec<_> = moves
            .iter()
            .filter(|(_, far)| too_far(*far))
            .map(|(at, far)| ZoneShort {
                id: place.occupier(*at).id.to_string(),
                distance: far.map(|far| far.to_user(unit)),
                limit: self.limit.to_user(unit),
                people: place.occupier(*at).staff_fte,
            })
            .collect();
        Standing {
            today: Some(0.0),
            enforced: Some(self.limit.to_user(unit)),
            after,
            people_short_today: 0.0,
            people_short_after: 0.0,
            verdict: match self.occupiers.is_empty() {
                true => Verdict::Empty,
                false => judge(rule, worst.is_empty(), worst.is_empty()),
            },
            worst,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::{RuleVerdict, assess, today};
    use crate::place::sample::six_buildings;
    use crate::place::{BuildingIx, RuleKind};

    /// Library 0 of six buildings goes from A0 to A1 under a rule with this limit.
    fn moved(metres: u32, hard: bool) -> RuleVerdict {
        let mut place = six_buildings();
        place.rules.truncate(1);
        place.rules[0].kind = RuleKind::Displacement {
            limit: Distance(metres),
        };
        place.rules[0].hard = hard;
        let travel = Travel::new(&place, Vec::new());
        let today = today(&place, &travel);
        let mut moved = Arrangement::today(&place);
        moved.building[0] = BuildingIx::new(1);
        assess(&place, &travel, &today, &moved).remove(0)
    }

    #[test]
    fn a_move_of_exactly_the_limit_is_allowed() {
        assert_eq!(moved(2_600, true).verdict, Verdict::Pass);
    }

    #[test]
    fn a_move_past_a_hard_limit_fails_and_names_the_occupier() {
        let verdict = moved(2_599, true);
        assert_eq!(verdict.verdict, Verdict::Fail);
        assert_eq!(verdict.worst[0].id, "library-0");
    }

    #[test]
    fn a_move_past_a_soft_limit_asks_to_consult() {
        assert_eq!(moved(2_599, false).verdict, Verdict::Consult);
    }

    #[test]
    fn a_service_that_nobody_runs_anywhere_is_no_pass() {
        let mut place = six_buildings();
        place.rules.truncate(1);
        place.rules[0].kind = RuleKind::Displacement {
            limit: Distance(2_600),
        };
        let service = place.rules[0].service;
        place.occupiers.retain(|one| one.service != service);
        let travel = Travel::new(&place, Vec::new());
        let today = today(&place, &travel);
        let verdicts = assess(&place, &travel, &today, &Arrangement::today(&place));
        assert_eq!(verdicts[0].verdict, Verdict::Empty);
    }

    #[test]
    fn the_furthest_move_is_shown() {
        assert_eq!(moved(2_600, true).after, Some(2.6));
    }
}
