//! Links between services, counted again building by building.

use super::discrepancy::{Found, of};
use super::reading::Reading;
use crate::place::{BuildingIx, OccupierIx};
use crate::plan::TogetherLinks;
use std::collections::HashSet;

/// Checks every pair of the place, in its order.
pub(super) fn check(reading: &Reading<'_>, found: &mut Found) {
    let own = expected(reading);
    let said = &reading.plan.together;
    let pairs = |of: &[TogetherLinks]| -> Vec<String> {
        of.iter()
            .map(|one| format!("{}+{}", one.first, one.second))
            .collect()
    };
    if pairs(&own) != pairs(said) {
        let field = super::discrepancy::of_plan("together");
        let why = "each pair of the place is listed once, in order";
        found.note(
            "left-out",
            field,
            pairs(&own).join(", "),
            pairs(said).join(", "),
            why,
        );
        return;
    }
    for (own, said) in own.iter().zip(said) {
        let id = format!("{}+{}", own.first, own.second);
        let why = "the teams and counters under one roof give another answer";
        let mut same = |name: &str, right: String, wrong: String| {
            if right != wrong {
                found.note("links-differ", of("together", &id, name), right, wrong, why);
            }
        };
        same(
            "links_today",
            own.links_today.to_string(),
            said.links_today.to_string(),
        );
        same(
            "links_after",
            own.links_after.to_string(),
            said.links_after.to_string(),
        );
        same("gained", own.gained.join(", "), said.gained.join(", "));
        same("broken", own.broken.join(", "), said.broken.join(", "));
        same(
            "source",
            format!("{:?}", own.source),
            format!("{:?}", said.source),
        );
        for (name, own, said) in [
            ("gbp_a_year", own.gbp_a_year, said.gbp_a_year),
            ("points", own.points, said.points),
            (
                "change_gbp_a_year",
                own.change_gbp_a_year,
                said.change_gbp_a_year,
            ),
            ("change_points", own.change_points, said.change_points),
        ] {
            found.maybe(
                "links-differ",
                of("together", &id, name),
                own,
                said,
                0.005,
                why,
            );
        }
    }
}

/// What the place and the plan's seats give.
pub(super) fn expected(reading: &Reading<'_>) -> Vec<TogetherLinks> {
    let place = reading.place;
    let home_today = |at: OccupierIx| Some(place.occupier(at).building);
    let home_after = |at: OccupierIx| reading.seats[at.index()].map(|seat| seat.building);
    let pairs = place.together.iter();
    pairs
        .map(|pair| {
            let homes =
                |home_of: &dyn Fn(OccupierIx) -> Option<BuildingIx>| -> HashSet<BuildingIx> {
                    let second = place
                        .occupiers()
                        .filter(|(_, one)| one.service == pair.second);
                    second.filter_map(|(at, _)| home_of(at)).collect()
                };
            let (homes_today, homes_after) = (homes(&home_today), homes(&home_after));
            let (mut today, mut after) = (0, 0);
            let (mut gained, mut broken) = (Vec::new(), Vec::new());
            for (at, occupier) in place.occupiers() {
                if occupier.service != pair.first {
                    continue;
                }
                let before = home_today(at).is_some_and(|home| homes_today.contains(&home));
                let then = home_after(at).is_some_and(|home| homes_after.contains(&home));
                today += usize::from(before);
                after += usize::from(then);
                match (before, then) {
                    (false, true) => gained.push(occupier.id.to_string()),
                    (true, false) => broken.push(occupier.id.to_string()),
                    _ => {}
                }
            }
            let more = gained.len() as f64 - broken.len() as f64;
            TogetherLinks {
                first: place.service(pair.first).id.to_string(),
                second: place.service(pair.second).id.to_string(),
                gbp_a_year: pair.gbp_a_year,
                points: pair.points,
                source: pair.source.clone(),
                links_today: today,
                links_after: after,
                gained,
                broken,
                change_gbp_a_year: pair.gbp_a_year.map(|each| each * more),
                change_points: pair.points.map(|each| each * more),
            }
        })
        .collect()
}
