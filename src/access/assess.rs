//! Where every rule stands under an arrangement.

use super::rules::Coverage;
use super::today::{by_service, of_rule};
use super::{Arrangement, RuleVerdict, Today};
use crate::place::Place;
use crate::travel::Travel;

/// Judges an arrangement by every rule, in the order of [`Place::rules`].
pub fn assess(
    place: &Place,
    travel: &Travel,
    today: &Today,
    arrangement: &Arrangement,
) -> Vec<RuleVerdict> {
    let after = by_service(place, travel, arrangement);
    place
        .rules
        .iter()
        .zip(&today.limits)
        .zip(&today.matrix)
        .map(|((rule, limit), matrix)| {
            let after = of_rule(&after, rule);
            RuleVerdict {
                matrix_covers: matrix.as_ref().and_then(Coverage::share),
                ..limit.verdict(place, travel, rule, after, arrangement)
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::{Verdict, today};
    use crate::place::sample::six_buildings;
    use crate::place::{BuildingIx, Distance, RuleKind, Unit};

    fn verdicts(place: &Place, arrangement: &Arrangement) -> Vec<Verdict> {
        let travel = Travel::new(place, Vec::new());
        let today = today(place, &travel);
        assess(place, &travel, &today, arrangement)
            .iter()
            .map(|rule| rule.verdict)
            .collect()
    }

    #[test]
    fn todays_arrangement_never_fails_a_rule() {
        let mut place = six_buildings();
        place.rules[0].kind = RuleKind::Within {
            limit: Distance::from_user(1.0, Unit::Km),
            share: 1.0,
        };
        let today = Arrangement::today(&place);
        assert_eq!(
            verdicts(&place, &today),
            [Verdict::FailsToday, Verdict::Pass, Verdict::Pass]
        );
    }

    #[test]
    fn a_strict_rule_that_today_fails_is_failed_by_today() {
        let mut place = six_buildings();
        place.rules[0].kind = RuleKind::Within {
            limit: Distance::from_user(1.0, Unit::Km),
            share: 1.0,
        };
        place.rules[0].strict = true;
        let today = Arrangement::today(&place);
        assert_eq!(verdicts(&place, &today)[0], Verdict::Fail);
    }

    #[test]
    fn a_soft_rule_that_does_not_hold_asks_to_consult() {
        let mut place = six_buildings();
        place.rules[0].hard = false;
        let mut moved = Arrangement::today(&place);
        moved.building[1] = BuildingIx::new(0);
        assert_eq!(verdicts(&place, &moved)[0], Verdict::Consult);
    }
}
