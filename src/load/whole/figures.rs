//! What only the whole place can settle of a building: who is inside, and the named defaults.

use super::reading::plain;
use crate::place::{
    Areas, Building, Finding, GbpPerYear, Grade, Graded, NeedBasis, Occupancy, Place, Role,
    Severity, SquareMetres,
};
use std::collections::HashSet;

/// A list of service points says who is in a building, not who else is. Where points alone account
/// for less than this share of its stated floor, its occupancy is not known.
const LEAST_ACCOUNTED: f64 = 0.2;

/// An occupier that cannot move and states no floor: pools, halls and appliance bays fill the building
/// they are in, whatever the default for such a place is. What nobody else is listed on is its own,
/// so that no spare floor is made of two assumptions.
fn fill_buildings(place: &mut Place, points: &HashSet<String>, findings: &mut Vec<Finding>) {
    let mut used = vec![0.0; place.buildings.len()];
    for occupier in &place.occupiers {
        used[occupier.building.index()] += occupier.needs.total().get();
    }
    for occupier in &mut place.occupiers {
        let service = &place.services[occupier.service.index()];
        let held = !service.movable || occupier.immovable.is_some();
        if !held
            || occupier.basis != NeedBasis::ServiceDefault
            || !points.contains(&plain(occupier.id.as_str()))
        {
            continue;
        }
        let building = &place.buildings[occupier.building.index()];
        let used = &mut used[occupier.building.index()];
        let free = building.usable.value.total().get() - *used;
        if building.usable.grade == Grade::Defaulted
            || free <= 0.0
            || *used < LEAST_ACCOUNTED * building.usable.value.total().get()
        {
            continue;
        }
        *used += free;
        let space = service.space_type;
        occupier.needs.add(space, SquareMetres(free));
        findings.push(
            Finding::new("fills-building", Severity::Default, occupier.source.clone())
                .column("space_m2")
                .cell(occupier.id.to_string())
                .cause("it cannot move, and how much floor it uses is not stated")
                .action(format!(
                    "the {free:.0} m² of {} that nobody else is listed on count as its own",
                    building.id
                )),
        );
    }
}

/// Settles occupancy, usable area where none is stated, and running cost where none is stated.
/// `points` are the ids of occupiers that come from plain lists of service points.
pub(super) fn settle(place: &mut Place, points: &HashSet<String>, findings: &mut Vec<Finding>) {
    fill_buildings(place, points, findings);
    let mut listed = vec![false; place.buildings.len()];
    let mut inside = vec![0_u32; place.buildings.len()];
    let mut used = vec![Areas::default(); place.buildings.len()];
    for occupier in &place.occupiers {
        let at = occupier.building.index();
        if let (Some(count), Some(areas)) = (inside.get_mut(at), used.get_mut(at)) {
            *count += 1;
            if let Some(listed) = listed.get_mut(at) {
                *listed |= !points.contains(&plain(occupier.id.as_str()));
            }
            for (space, area) in occupier.needs.iter() {
                areas.add(space, area);
            }
        }
    }
    let default_rate = place.finance.default_running_gbp_m2;
    let mut unknown = 0_usize;
    let buildings = place.buildings.iter_mut().zip(listed);
    for (((building, listed), inside), used) in buildings.zip(inside).zip(used) {
        let stated = building.occupancy;
        building.occupancy = match (inside, stated) {
            // What does not exist yet holds nobody.
            (0, _) if building.proposed.is_some() => Occupancy::Vacant,
            (0, Occupancy::Known) => {
                findings.push(
                    Finding::new(
                        "occupier-not-listed",
                        Severity::Warn,
                        building.source.clone(),
                    )
                    .column("occupancy")
                    .cell("known")
                    .cause("it is said to be occupied, and no occupier is listed")
                    .action("occupancy unknown: it is kept; list its occupiers"),
                );
                Occupancy::Unknown
            }
            (0, stated) => stated,
            (_, Occupancy::Vacant) => {
                findings.push(
                    Finding::new(
                        "vacant-but-occupied",
                        Severity::Warn,
                        building.source.clone(),
                    )
                    .column("occupancy")
                    .cell("vacant")
                    .cause("it is said to be vacant, and an occupier is listed in it")
                    .action("taken as occupied"),
                );
                Occupancy::Known
            }
            (_, Occupancy::Unknown) if !listed && mostly_unaccounted(building, &used) => {
                findings.push(
                    Finding::new("mostly-unlisted", Severity::Warn, building.source.clone())
                        .column("occupancy")
                        .cause(format!(
                            "service points account for {:.0} of its {:.0} m²: others are probably inside",
                            used.total().get().max(0.0),
                            building.usable.value.total().get()
                        ))
                        .action("occupancy unknown: it is kept; list its occupiers, or state occupancy"),
                );
                Occupancy::Unknown
            }
            (_, _) => Occupancy::Known,
        };
        // A building with points inside has its own finding.
        if inside == 0
            && building.role == Role::Candidate
            && building.occupancy == Occupancy::Unknown
        {
            unknown += 1;
        }
        let out = matches!(building.role, Role::Out(_));
        if building.usable.grade == Grade::Defaulted && building.usable.value.total().get() == 0.0 {
            building.usable = Graded::defaulted(used);
            if !out {
                findings.push(
                    Finding::new(
                        "area-not-stated",
                        Severity::Default,
                        building.source.clone(),
                    )
                    .column("floor_area_m2")
                    .cause("neither usable nor gross area is stated")
                    .action(format!(
                        "what is in use today, {:.0} m², is used; it receives nobody",
                        building.usable.value.total().get()
                    )),
                );
            }
        }
        if building.running_fixed.grade == Grade::Defaulted
            && building.running_fixed.value.get() == 0.0
        {
            let cost = default_rate * building.usable.value.total().get();
            building.running_fixed = Graded::defaulted(GbpPerYear(cost));
            if !out {
                findings.push(
                    Finding::new(
                        "running-cost-not-stated",
                        Severity::Default,
                        building.source.clone(),
                    )
                    .column("running_gbp")
                    .cause("no running cost is stated")
                    .action(format!(
                        "£{default_rate:.0} × {:.0} m² = £{cost:.0} a year is used",
                        building.usable.value.total().get()
                    )),
                );
            }
        }
    }
    if unknown > 0 {
        findings.push(
            Finding::new("occupancy-unknown", Severity::Warn, crate::place::RowRef::file("place.toml"))
                .cause(format!("{unknown} candidate buildings have no listed occupier and are not said to be vacant"))
                .action("kept and counted, never let go; list who is in them, or say vacant"),
        );
    }
    say_if_no_floor(place, findings);
    summarise_scope(place, findings);
    count_unknown_needs(place, findings);
}

/// Where no building that may change states its floor, no plan can bring anybody together.
fn say_if_no_floor(place: &Place, findings: &mut Vec<Finding>) {
    let candidates = || place.buildings.iter().filter(|b| b.is_candidate());
    if candidates().next().is_none()
        || candidates().any(|building| building.usable.grade != Grade::Defaulted)
    {
        return;
    }
    findings.push(
        Finding::new(
            "no-floor-stated",
            Severity::Warn,
            crate::place::RowRef::file("place.toml"),
        )
        .column("floor_area_m2")
        .cause(format!(
            "none of {} candidate buildings states a floor area",
            candidates().count()
        ))
        .action("no building can receive anybody, so nobody can move: bring floor areas, or map their column")
        .setting("columns = { floor_area_m2 = \"…\" }"),
    );
}

fn mostly_unaccounted(building: &Building, used: &Areas) -> bool {
    let floor = building.usable.value.total().get();
    building.usable.grade != Grade::Defaulted && used.total().get() < LEAST_ACCOUNTED * floor
}

/// Counts and floor by role and reason: the savings denominator depends on them.
fn summarise_scope(place: &Place, findings: &mut Vec<Finding>) {
    let mut by_reason: std::collections::BTreeMap<(u8, String), (usize, f64, f64)> =
        Default::default();
    for building in &place.buildings {
        let key = match &building.role {
            Role::Candidate => (0, "candidate".to_string()),
            Role::Fixed(reason) => (1, format!("fixed: {reason}")),
            Role::Out(reason) => (2, format!("out: {reason}")),
        };
        let entry = by_reason.entry(key).or_default();
        entry.0 += 1;
        entry.1 += building
            .gross_area
            .map_or_else(|| building.usable.value.total().get(), |area| area.get());
        entry.2 +=
            building.running_fixed.value.get() + building.tenure.rent.get() + building.rates.get();
    }
    for ((_, reason), (count, area, cost)) in by_reason {
        findings.push(
            Finding::new(
                "scope",
                Severity::Warn,
                crate::place::RowRef::file("place.toml"),
            )
            .cell(reason)
            .cause(format!(
                "{count} buildings, {area:.0} m², £{cost:.0} a year"
            ))
            .action("counted"),
        );
    }
}

fn count_unknown_needs(place: &Place, findings: &mut Vec<Finding>) {
    let unknown = place
        .occupiers
        .iter()
        .filter(|occupier| occupier.basis == NeedBasis::Unknown)
        .count();
    if unknown > 0 {
        findings.push(
            Finding::new(
                "need-unknown",
                Severity::Warn,
                crate::place::RowRef::file("place.toml"),
            )
            .cause(format!(
                "{unknown} occupiers state no space, no staff, and their service has no default"
            ))
            .action("they cannot move; state space_m2 or fte, or give the service space_m2"),
        );
    }
}
