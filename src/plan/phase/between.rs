//! The years between today and the end state: whether every hard access rule holds at the end of each.

use crate::access::{Arrangement, RuleVerdict, Verdict, assess, today};
use crate::place::Place;
use crate::plan::{Act, Between, Plan, Step};
use crate::travel::Travel;
use std::collections::BTreeMap;

/// The hard rules that do not hold at the end of a year in which the steps have come so far.
pub(super) fn between(place: &Place, travel: &Travel, plan: &Plan, steps: &[Step]) -> Vec<Between> {
    let moved: BTreeMap<&str, u32> = steps
        .iter()
        .filter(|step| step.act == Act::Move)
        .map(|step| (step.subject.as_str(), step.year))
        .collect();
    if moved.is_empty() || !place.rules.iter().any(|rule| rule.hard) {
        return Vec::new();
    }
    let (end, before) = (plan.arrangement(place), today(place, travel));
    let mut found: Vec<Between> = Vec::new();
    for year in 0..place.phase.years {
        if !moved.values().any(|moves| *moves == year) {
            // Nobody has moved: what was so the year before is so again.
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
        found.extend(broken.map(|rule| Between {
            year,
            rule: rule.rule.clone(),
            enforced: rule.enforced,
            after: rule.after,
            short_by: short_by(rule),
            people_short: rule.people_short_after,
        }));
    }
    found
}

/// How far a figure is beyond what is enforced, to a millionth; `None` where it is not, because each zone has a limit of
/// its own.
fn short_by(rule: &RuleVerdict) -> Option<f64> {
    let (enforced, after) = (rule.enforced?, rule.after?);
    let short = match rule.unit() {
        "share" | "buildings" => enforced - after,
        _ => after - enforced,
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
}
