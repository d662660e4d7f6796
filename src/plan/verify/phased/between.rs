//! Access in the years between: everybody put where the steps have them by then, every hard rule evaluated.

use super::super::discrepancy::{Figure, Found, of_plan};
use super::super::reading::Reading;
use super::super::rules::{HALF_MILLIONTH, HALF_THOUSANDTH, stand};
use super::super::worst::worst;
use super::super::zones::Distances;
use super::Phased;
use crate::access::Verdict;
use crate::place::{GroupLimit, OccupierIx, RuleKind};
use crate::plan::{Between, Outcome, Plan};
use crate::travel::Travel;
use std::collections::HashMap;

/// Checks that the rules which do not hold on the way are the ones that are named.
pub(in super::super) fn check(phased: &Phased<'_>, travel: &Travel, found: &mut Found) {
    let own = expected(phased, travel);
    let said = &phased.programme.between;
    let keys = |of: &[Between]| -> Vec<(u32, String)> {
        of.iter().map(|one| (one.year, one.rule.clone())).collect()
    };
    if keys(&own) != keys(said) {
        let shown = |of: &[Between]| -> String {
            let each = of
                .iter()
                .map(|one| format!("{} in year {}", one.rule, one.year));
            each.collect::<Vec<_>>().join(", ")
        };
        let why = "other hard rules do not hold at the end of a year on the way";
        let field = of_plan("programme.between");
        found.note("between-differs", field, shown(&own), shown(said), why);
        return;
    }
    for (own, said) in own.iter().zip(said) {
        let field = |name: &str| Figure {
            subject: &said.rule,
            name: format!(
                "programme.between[{} in year {}].{name}",
                said.rule, said.year
            ),
        };
        let why = "the rule stands otherwise at the end of that year";
        if own.zone != said.zone {
            let name = |zone: &Option<String>| zone.clone().unwrap_or_default();
            found.note(
                "between-differs",
                field("zone"),
                name(&own.zone),
                name(&said.zone),
                why,
            );
        }
        for (name, own, said, near) in [
            ("enforced", own.enforced, said.enforced, HALF_MILLIONTH),
            ("after", own.after, said.after, HALF_MILLIONTH),
            (
                "short_by",
                own.short_by,
                said.short_by,
                3.0 * HALF_MILLIONTH,
            ),
            (
                "people_short",
                Some(own.people_short),
                Some(said.people_short),
                HALF_THOUSANDTH,
            ),
        ] {
            found.maybe("between-differs", field(name), own, said, near, why);
        }
    }
}

fn expected(phased: &Phased<'_>, travel: &Travel) -> Vec<Between> {
    let place = phased.reading.place;
    let moved = |at: usize| phased.move_year(at);
    let opens = || {
        phased
            .new_counters()
            .filter_map(|(_, step)| Some(step?.year))
    };
    if !(0..place.occupiers.len()).any(|at| moved(at).is_some()) && opens().next().is_none() {
        return Vec::new();
    }
    let mut own: Vec<Between> = Vec::new();
    let mut last: Vec<Between> = Vec::new();
    for year in 0..place.phase.years {
        let moves = (0..place.occupiers.len()).any(|at| moved(at) == Some(year));
        if moves || opens().any(|opens| opens == year) {
            last = at_the_end_of(phased, travel, year);
        }
        own.extend(last.iter().map(|one| Between {
            year,
            ..one.clone()
        }));
    }
    own
}

fn at_the_end_of(phased: &Phased<'_>, travel: &Travel, year: u32) -> Vec<Between> {
    let place = phased.reading.place;
    let mut then = Plan {
        programme: None,
        saving_split: None,
        ..phased.reading.plan.clone()
    };
    let known: HashMap<&str, usize> = place
        .occupiers()
        .map(|(at, one)| (one.id.as_str(), at.index()))
        .collect();
    for planned in &mut then.occupiers {
        let at = known.get(planned.occupier.as_str()).copied();
        let gone = at
            .and_then(|at| phased.move_year(at))
            .is_some_and(|moves| moves <= year);
        if let Some(at) = at.filter(|_| !gone) {
            let home = place.occupier(OccupierIx::new(at)).building;
            planned.to_id = place.building(home).id.to_string();
            planned.outcome = Outcome::Stay;
        }
    }
    let open: Vec<&str> = phased
        .new_counters()
        .filter(|(_, step)| step.is_some_and(|step| step.year <= year))
        .map(|(point, _)| point.id.as_str())
        .collect();
    then.points.retain(|one| open.contains(&one.point.as_str()));
    let reading = Reading::of(place, &then);
    let distances = Distances::of(&reading, travel);
    let hard = place.rules.iter().filter(|rule| rule.hard);
    hard.filter_map(|rule| {
        let (own, _) = stand(&reading, travel, &distances, rule);
        if own.verdict(true) != Verdict::Fail {
            return None;
        }
        let each_its_own = matches!(rule.kind, RuleKind::WorstCase { .. });
        let furthest = worst(&own.beyond)
            .into_iter()
            .next()
            .filter(|_| each_its_own);
        let (limit, after) = match furthest {
            Some(zone) => (Some(zone.limit), zone.distance),
            None => (own.enforced, own.after),
        };
        let more = more_is_better(&rule.kind);
        let short = |(limit, after): (f64, f64)| if more { limit - after } else { after - limit };
        Some(Between {
            year,
            rule: rule.id.to_string(),
            zone: furthest.map(|zone| zone.id.clone()),
            enforced: limit,
            after,
            short_by: limit.zip(after).map(short).filter(|short| *short > 0.0),
            people_short: own.people_short_after,
        })
    })
    .collect()
}

/// Whether a rule asks for at least a share or a number of buildings, and not for at most a way to go or so
/// many visits.
fn more_is_better(kind: &RuleKind) -> bool {
    match kind {
        RuleKind::Within { .. } | RuleKind::FloorPerArea { .. } | RuleKind::MinimumHosts { .. } => {
            true
        }
        RuleKind::NoGroupWorse { keep, .. } => matches!(keep, GroupLimit::Within { .. }),
        RuleKind::WorstCase { .. }
        | RuleKind::Mean(_)
        | RuleKind::Displacement { .. }
        | RuleKind::Capacity { .. } => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::place::Distance;

    #[test]
    fn a_share_is_short_where_it_is_less_and_a_host_where_it_is_fuller() {
        let capacity = RuleKind::Capacity {
            visits_per_person: 2.0,
        };
        let within = RuleKind::Within {
            limit: Distance(1_000),
            share: 0.9,
        };
        assert!(!more_is_better(&capacity) && more_is_better(&within));
    }
}
