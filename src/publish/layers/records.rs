//! Buildings, moves, new counters, findings and matches.

use super::super::audience::Audience;
use super::super::cell::{Cell, Record};
use super::super::check::CheckEdition;
use super::super::edition::Issue;
use super::super::tables::{
    building_record, finding_record, match_record, move_record, point_record, points_seen,
};
use super::layer::{Feature, Layer, Property, Shape};
use crate::place::{Building, Location, MatchRow, Place, RowRef};
use std::collections::{HashMap, HashSet};

pub(super) const BUILDINGS: [Property; 24] = [
    ("asset_id", "asset_id"),
    ("uprn", "uprn"),
    ("name", "name"),
    ("agency", "agency"),
    ("postcode", "postcode"),
    ("action", "action"),
    ("reason", "reason"),
    ("decision", "decision"),
    ("host_id", "host_id"),
    ("act_year", "act_year"),
    ("year", "year"),
    ("grade", "grade"),
    ("proof", "proof"),
    ("tenure", "tenure"),
    ("usable_m2", "usable_m2"),
    ("m2_today", "used_today_m2"),
    ("m2_after", "used_after_m2"),
    ("run_today", "run_today_gbp"),
    ("run_after", "run_after_gbp"),
    ("save_gbp_y", "save_gbp_y"),
    ("capex_gbp", "capex_gbp"),
    ("repair_gbp", "repairs_gbp"),
    ("receipt_gb", "receipt_gbp"),
    ("npv_gbp", "npv_gbp"),
];

/// Every building that can be placed on the map.
pub(in super::super) fn buildings(issue: &Issue<'_>) -> Layer {
    let mut layer = Layer::new("buildings", &BUILDINGS);
    for (at, building) in issue.buildings() {
        if let Some(location) = building.location {
            let owner = Some(issue.agency_id(building.agency));
            let record = building_record(issue, at);
            layer.features.push(Feature {
                shape: Shape::Point(location),
                cells: cells(&record, &BUILDINGS, &issue.edition.audience, owner),
            });
        }
    }
    layer
}

pub(super) const MOVES: [Property; 17] = [
    ("occupier", "occupier"),
    ("name", "name"),
    ("service", "service"),
    ("agency", "agency"),
    ("outcome", "outcome"),
    ("from_id", "from_id"),
    ("from_name", "from_name"),
    ("to_id", "to_id"),
    ("to_name", "to_name"),
    ("km", "km"),
    ("year", "year"),
    ("consult", "consult"),
    ("reason", "reason"),
    ("decision", "decision"),
    ("area_m2", "area_m2"),
    ("staff_fte", "staff_fte"),
    ("one_off_gb", "one_off_gbp"),
];

/// A line from the old building to the new one for every occupier that goes.
pub(in super::super) fn moves(issue: &Issue<'_>) -> Layer {
    let mut layer = Layer::new("moves", &MOVES);
    for (planned, occupier) in issue.moves() {
        let end = |id: &str| issue.building_named(id).and_then(|(_, b)| b.location);
        let owner = Some(issue.agency_id(occupier.agency));
        let record = move_record(issue, planned, occupier);
        layer.features.push(Feature {
            shape: Shape::between(end(&planned.from_id), end(&planned.to_id)),
            cells: cells(&record, &MOVES, &issue.edition.audience, owner),
        });
    }
    layer
}

pub(super) const NEW_COUNTERS: [Property; 11] = [
    ("counter", "new_counter"),
    ("name", "name"),
    ("service", "service"),
    ("agency", "agency"),
    ("asset_id", "asset_id"),
    ("in_name", "to_name"),
    ("area_m2", "area_m2"),
    ("run_gbp_y", "new_counter_gbp_y"),
    ("opening_gb", "new_counter_gbp"),
    ("year", "year"),
    ("reason", "new_counter_reason"),
];

/// Every small new counter that opens, where it opens.
pub(in super::super) fn new_counters(issue: &Issue<'_>) -> Layer {
    let mut layer = Layer::new(super::NEW_COUNTERS, &NEW_COUNTERS);
    for one in points_seen(issue) {
        let building = issue.building_named(&one.building_id);
        let at = building.and_then(|(_, building)| building.location);
        let (audience, owner) = (&issue.edition.audience, Some(one.agency.as_str()));
        layer.features.push(Feature {
            shape: at.map_or(Shape::Nowhere, Shape::Point),
            cells: cells(&point_record(issue, one), &NEW_COUNTERS, audience, owner),
        });
    }
    layer
}

pub(super) const FINDINGS: [Property; 11] = [
    ("subject_id", "asset_id"),
    ("code", "code"),
    ("severity", "severity"),
    ("file", "file"),
    ("record", "record"),
    ("line", "row_line"),
    ("column", "column"),
    ("cell", "cell"),
    ("cause", "cause"),
    ("done", "what_was_done"),
    ("setting", "setting"),
];

/// The findings about records that can be placed on the map.
pub(in super::super) fn findings(edition: &CheckEdition<'_>) -> Layer {
    let mut layer = Layer::new("findings", &FINDINGS);
    let places = edition
        .place
        .map(|place| located_rows(place, &edition.audience))
        .unwrap_or_default();
    for finding in edition.findings {
        if let Some((id, at)) = places.get(&finding.row) {
            let record = finding_record(finding).with("asset_id", Cell::key(*id));
            layer.features.push(Feature {
                shape: Shape::Point(*at),
                cells: cells(&record, &FINDINGS, &edition.audience, None),
            });
        }
    }
    layer
}

/// Where the record of each input row lies, and its id.
fn located_rows<'a>(
    place: &'a Place,
    audience: &Audience,
) -> HashMap<&'a RowRef, (&'a str, Location)> {
    let mut rows = HashMap::new();
    for zone in &place.zones {
        rows.insert(&zone.source, (zone.id.as_str(), zone.point));
    }
    let known = |b: &&Building| audience.may_know_of(b, place.agency(b.agency).id.as_str());
    for building in place.buildings.iter().filter(known) {
        if let Some(at) = building.location {
            rows.insert(&building.source, (building.id.as_str(), at));
        }
    }
    for occupier in &place.occupiers {
        let building = Some(place.building(occupier.building)).filter(known);
        if let Some(at) = building.and_then(|b| b.location) {
            rows.entry(&occupier.source)
                .or_insert((occupier.id.as_str(), at));
        }
    }
    rows
}

pub(super) const MATCHES: [Property; 10] = [
    ("point_id", "point_id"),
    ("point_name", "point_name"),
    ("asset_id", "asset_id"),
    ("asset_name", "asset_name"),
    ("basis", "match_basis"),
    ("distance_m", "distance_m"),
    ("score", "score"),
    ("joined", "joined"),
    ("doubtful", "doubtful"),
    ("decided_by", "decided_by"),
];

/// A line from each looked-up record to the building it was joined to or compared with.
pub(in super::super) fn matches(edition: &CheckEdition<'_>) -> Layer {
    let mut layer = Layer::new("matches", &MATCHES);
    let secret = edition.place.map(|place| secrets(place, &edition.audience));
    let secret = secret.unwrap_or_default();
    let shown = |row: &&MatchRow| !secret.contains(row.building.as_str());
    for row in edition.matches.iter().filter(shown) {
        layer.features.push(Feature {
            shape: Shape::between(row.point_location, row.building_location),
            cells: cells(&match_record(row), &MATCHES, &edition.audience, None),
        });
    }
    layer
}

/// Ids of the buildings that an audience may not know of.
fn secrets<'a>(place: &'a Place, audience: &Audience) -> HashSet<&'a str> {
    let owner = |b: &Building| place.agency(b.agency).id.as_str();
    let buildings = place.buildings.iter();
    buildings
        .filter(|b| !audience.may_know_of(b, owner(b)))
        .map(|b| b.id.as_str())
        .collect()
}

fn cells(
    record: &Record,
    wanted: &[Property],
    audience: &Audience,
    owner: Option<&str>,
) -> Vec<Cell> {
    let fields = wanted.iter().map(|(_, field)| *field);
    fields
        .map(|field| record.cell(field, audience, owner))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::zones::service_names;
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn property_names_stay_unique_when_cut_to_ten_letters() {
        let layers: [&[Property]; 5] = [&BUILDINGS, &MOVES, &NEW_COUNTERS, &FINDINGS, &MATCHES];
        for layer in layers {
            let names: Vec<&str> = layer.iter().map(|(name, _)| *name).collect();
            assert_cut_names_are_unique(&names);
        }
    }

    #[test]
    fn zone_properties_stay_unique_for_any_services() {
        let ids = [
            "library",
            "Library",
            "library_home",
            "library_house",
            "bücherei",
            "",
            "🙂",
            "zone_id",
        ];
        let mut names: Vec<String> = ["zone_id", "name", "population"].map(String::from).to_vec();
        for names_of_one in service_names(ids.iter().copied()) {
            names.extend(names_of_one);
        }
        assert_cut_names_are_unique(&names.iter().map(String::as_str).collect::<Vec<_>>());
    }

    fn assert_cut_names_are_unique(names: &[&str]) {
        let cut: BTreeSet<String> = names.iter().map(|n| n.chars().take(10).collect()).collect();
        assert_eq!(cut.len(), names.len(), "{names:?}");
        for name in names {
            let snake = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
            assert!(name.chars().all(snake), "{name}");
            assert!(name.starts_with(|c: char| c.is_ascii_lowercase()), "{name}");
        }
    }
}
