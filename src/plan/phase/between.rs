//! The years between today and the end state: whether every hard access rule holds at the end of each.

use crate::access::{Arrangement, Verdict, assess, today};
use crate::place::Place;
use crate::plan::{Act, Between, Plan, Step};
use crate::travel::Travel;
use std::collections::BTreeMap;

/// The hard rules that do not hold at the end of a year in which the steps have come so far.
pub(super) fn between(place: &Place, travel: &Travel, plan: &Plan, steps: &[Step]) -> Vec<Between> {
    let moved: BTreeMap<&str, u32> = steps
        .iter()
        .filter(|step| matches!(step.act, Act::Move | Act::NewCounter))
        .map(|step| (step.subject.as_str(), step.year))
        .collect();
    if moved.is_empty() || !place.rules.iter().any(|rule| rule.hard) {
        return Vec::new();
    }
    let (end, before) = (plan.arrangement(place), today(place, travel));
    let mut found: Vec<Between> = Vec::new();
    for year in 0..place.phase.years {
        if !moved.values().any(|moves| *moves == year) {
            // Nobody has moved and nothing has opened: what was so the year before is so again.
            let again = found.iter().filter(|one| one.year + 1 == year);
            let again: Vec<Between> = again
                .map(|one| Between {
                    year,
                    ..one.clone()
                })
                .collect();
            found.extend(again);
            continue;
        }
        let arrangement = at_the_end_of(place, &end, &moved, year);
        let rules = assess(place, travel, &before, &arrangement);
        let broken = rules
            .iter()
            .filter(|rule| rule.hard && rule.verdict == Verdict::Fail);
        found.extend(broken.map(|rule| {
            // Each zone has a limit of its own: limit and distance are those of one zone.
            let furthest = rule.worst.first().filter(|_| rule.kind == "worst_case");
            let (enforced, after) = match furthest {
                Some(zone) => (Some(zone.limit), zone.distance),
                None => (rule.enforced, rule.after),
            };
            Between {
                year,
                rule: rule.rule.clone(),
                zone: furthest.map(|zone| zone.id.clone()),
                enforced,
                after,
                short_by: short_by(rule.more_is_better(), enforced, after),
                people_short: rule.people_short_after,
            }
        }));
    }
    found
}

/// How far a figure is beyond what is enforced, to a millionth.
fn short_by(more_is_better: bool, enforced: Option<f64>, after: Option<f64>) -> Option<f64> {
    let (enforced, after) = (enforced?, after?);
    let short = match more_is_better {
        true => enforced - after,
        false => after - enforced,
    };
    (short > 0.0).then(|| (short * 1e6).round() / 1e6)
}

fn at_the_end_of(
    place: &Place,
    end: &Arrangement,
    moved: &BTreeMap<&str, u32>,
    year: u32,
) -> Arrangement {
    let mut own = Arrangement::today(place);
    for (at, occupier) in place.occupiers() {
        if moved
            .get(occupier.id.as_str())
            .is_some_and(|moves| *moves <= year)
        {
            own.building[at.index()] = end.building[at.index()];
            own.merged[at.index()] = end.merged[at.index()];
        }
    }
    for (at, point) in end.opened(place) {
        let opens = moved.get(point.id.as_str());
        own.points[at.index()] = opens.is_some_and(|opens| *opens <= year);
    }
    own
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::place::sample;
    use crate::plan::{Outcome, appraise};

    fn step(year: u32, subject: &str, to: &str) -> Step {
        Step {
            year,
            act: Act::Move,
            subject: subject.to_owned(),
            agency: "council".to_owned(),
            building_id: to.to_owned(),
            capital_gbp: 0.0,
            receipt_gbp: 0.0,
            receipt_for: None,
            date: None,
            notice_by: None,
            duties: Vec::new(),
            not_before: None,
            wait_weeks: None,
        }
    }

    #[test]
    fn a_rule_that_holds_in_the_end_is_named_for_the_years_in_which_it_does_not() {
        let mut place = sample::six_buildings();
        place.phase.years = 4;
        place.rules[0].strict = true;
        let travel = Travel::new(&place, Vec::new());
        let mut plan = appraise(&place, &travel).expect("today");
        // library-0 goes to A1 in year 0, library-1 from there to A3 in year 2.
        for (at, to) in [(0, "A1"), (1, "A3")] {
            plan.occupiers[at].to_id = to.to_owned();
            plan.occupiers[at].outcome = Outcome::Move;
        }
        let steps = [step(0, "library-0", "A1"), step(2, "library-1", "A3")];
        let found = between(&place, &travel, &plan, &steps);
        // From A1 alone three zones of five are within 4 km; with A3 all are.
        let told: Vec<_> = found
            .iter()
            .map(|one| (one.year, one.rule.as_str(), one.short_by, one.people_short))
            .collect();
        let short = Some(0.2);
        assert_eq!(
            told,
            [
                (0, "library.within", short, 2_000.0),
                (1, "library.within", short, 2_000.0)
            ]
        );
    }

    #[test]
    fn a_counter_that_is_too_full_on_the_way_is_short_by_what_is_too_much() {
        use crate::place::RuleKind;
        let mut place = sample::six_buildings();
        place.phase.years = 1;
        place.services[0].max_per_building = 2;
        for (occupier, capacity) in place.occupiers.iter_mut().zip([2_000.0, 6_000.0]) {
            occupier.visits_capacity = Some(capacity);
        }
        let kind = RuleKind::Capacity {
            visits_per_person: 2.0,
        };
        place.rules = vec![sample::rule("full", 0, kind)];
        place.rules[0].strict = true;
        let travel = Travel::new(&place, Vec::new());
        let mut plan = appraise(&place, &travel).expect("today");
        plan.occupiers[0].to_id = "A1".to_owned();
        plan.occupiers[0].outcome = Outcome::Move;
        let found = between(&place, &travel, &plan, &[step(0, "library-0", "A1")]);
        // All 10,000 visits go to A1, where both counters together can take 8,000.
        let told: Vec<_> = found
            .iter()
            .map(|one| (one.enforced, one.after, one.short_by, one.people_short))
            .collect();
        assert_eq!(told, [(Some(1.0), Some(1.25), Some(0.25), 1_000.0)]);
    }

    #[test]
    fn where_zones_have_limits_of_their_own_the_figures_are_those_of_one_zone() {
        use crate::place::{Distance, RuleKind};
        let mut place = sample::six_buildings();
        place.phase.years = 2;
        place.rules.truncate(1);
        place.rules[0].kind = RuleKind::WorstCase {
            limit: Distance(1_000),
            increase: Distance(0),
        };
        let travel = Travel::new(&place, Vec::new());
        let mut plan = appraise(&place, &travel).expect("today");
        plan.occupiers[0].to_id = "A1".to_owned();
        plan.occupiers[0].outcome = Outcome::Move;
        let found = between(&place, &travel, &plan, &[step(0, "library-0", "A1")]);
        let first = &found[0];
        assert!(first.zone.is_some(), "{first:?}");
        let (limit, far) = (
            first.enforced.expect("a limit"),
            first.after.expect("a way"),
        );
        let short = first.short_by.expect("beyond it");
        assert!(
            far > limit && (far - limit - short).abs() < 1e-6,
            "{first:?}"
        );
    }
}
