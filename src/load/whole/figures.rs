//! What only the whole place can settle of a building: who is inside, and the named defaults.

use crate::load::config::some_of;
use crate::load::plain;
use crate::place::words::{count, counted, pounds, whole};
use crate::place::{
    Areas, Building, BuildingIx, Finding, GbpPerYear, Grade, Graded, NeedBasis, Occupancy, Place,
    Role, Severity, SquareMetres,
};
use std::collections::{BTreeSet, HashSet};

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
                    "the {} m² of {} that nobody else is listed on count as its own",
                    whole(free),
                    building.id
                )),
        );
    }
}

/// Settles occupancy, usable area where none is stated, and running cost where none is stated.
/// `points` are the ids of occupiers that come from plain lists of service points, `unread` the buildings of
/// occupiers whose rows were set aside.
pub(super) fn settle(
    place: &mut Place,
    points: &HashSet<String>,
    unread: &BTreeSet<BuildingIx>,
    findings: &mut Vec<Finding>,
) {
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
    let buildings = place.buildings.iter_mut().enumerate().zip(listed);
    for ((((at, building), listed), inside), used) in buildings.zip(inside).zip(used) {
        let stated = building.occupancy;
        building.occupancy = match (inside, stated) {
            // What does not exist yet holds nobody.
            (0, _) if building.proposed.is_some() => Occupancy::Vacant,
            _ if unread.contains(&BuildingIx::new(at)) => {
                findings.push(
                    Finding::new("occupier-unread", Severity::Warn, building.source.clone())
                        .column("occupancy")
                        .cause(format!("the row of an occupier of {} was set aside: somebody is in it whom no plan knows", building.id))
                        .action("occupancy unknown: it is kept; mend the row, or leave it out with `where`"),
                );
                Occupancy::Unknown
            }
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
                            "service points account for {} of its {} m²: others are probably inside",
                            whole(used.total().get().max(0.0)),
                            whole(building.usable.value.total().get())
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
                        "what is in use today, {} m², is used; it receives nobody",
                        whole(building.usable.value.total().get())
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
                        "{}/m² × {} m² usable = {} a year is used",
                        pounds(default_rate),
                        whole(building.usable.value.total().get()),
                        pounds(cost)
                    )),
                );
            }
        }
    }
    if unknown > 0 {
        findings.push(
            Finding::new(
                "occupancy-unknown",
                Severity::Warn,
                crate::place::RowRef::file("place.toml"),
            )
            .cause(format!(
                "{} no listed occupier and not said to be vacant",
                counted(
                    unknown,
                    "candidate building with",
                    "candidate buildings with"
                )
            ))
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

/// Counts, floor and running cost by the part buildings take: the savings denominator depends on them.
fn summarise_scope(place: &Place, findings: &mut Vec<Finding>) {
    for row in place.scope() {
        findings.push(
            Finding::new(
                "scope",
                Severity::Warn,
                crate::place::RowRef::file("place.toml"),
            )
            .cell(row.part)
            .cause(format!(
                "{}, {} m² usable, {} a year to run",
                count(row.buildings, "building"),
                whole(row.usable.get()),
                pounds(row.running.get())
            ))
            .action("counted"),
        );
    }
}

/// Names the teams of which nothing says what they need: the first row stands for all.
fn count_unknown_needs(place: &Place, findings: &mut Vec<Finding>) {
    let unknown = || {
        let all = place.occupiers.iter();
        all.filter(|occupier| occupier.basis == NeedBasis::Unknown)
    };
    let Some(first) = unknown().next() else {
        return;
    };
    findings.push(
        Finding::new("need-unknown", Severity::Warn, first.source.clone())
            .column("space_m2")
            .cause(format!(
                "{} no space and no staff, and their service has no default: {}",
                counted(unknown().count(), "occupier states", "occupiers state"),
                some_of(unknown().map(|occupier| occupier.id.as_str()))
            ))
            .action("they cannot move; state space_m2 or fte, or give the service space_m2"),
    );
}
