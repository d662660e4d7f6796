//! Straight lines between everything that has a place.

use super::{NetworkTables, Noticed, Places};
use crate::place::words::counted;
use crate::place::{Finding, Location, RowRef, Severity};
use crate::siting::classical::{Demand, Facility};
use crate::travel::kilometres_within;
use std::collections::{BTreeMap, HashMap};
use std::path::Path;

/// Kilometres between demand and facilities; `None`, with errors, where some have no place.
pub(super) fn measure(
    tables: &NetworkTables,
    (demand, facilities): (&Places<Demand>, &Places<Facility>),
    noticed: &mut Noticed,
) -> Option<Vec<Vec<(u32, f64)>>> {
    let known =
        |places: &[Option<Location>]| -> Option<Vec<Location>> { places.iter().copied().collect() };
    if let (Some(from), Some(to)) = (known(&demand.at), known(&facilities.at)) {
        return Some(kilometres_within(
            &from,
            &to,
            tables.farthest,
            tables.detour,
        ));
    }
    let ids = demand.things.iter().map(|one| one.id.as_str());
    homeless(&tables.demand, demand, ids.collect(), noticed);
    let ids = facilities.things.iter().map(|one| one.id.as_str());
    homeless(&tables.facilities, facilities, ids.collect(), noticed);
    None
}

/// What was noticed of a record's coordinates, and what is to be done about it.
const WHY: [(&str, &str, &str); 4] = [
    (
        "coordinate-not-read",
        "text where a coordinate belongs",
        "correct the cells",
    ),
    (
        "outside-crs",
        "numbers that are no place in the coordinate system",
        "correct the cells: a latitude is at most 90, a longitude at most 180; or name the system that the numbers are of",
    ),
    (
        "zero-coordinates",
        "0,0, which stands for \"not known\"",
        "look the coordinates up",
    ),
    (
        "half-coordinates",
        "only one of the two coordinates",
        "complete the cells",
    ),
];

/// An error for each reason why rows of a table have no place.
fn homeless<T>(file: &Path, of: &Places<T>, ids: Vec<&str>, noticed: &mut Noticed) {
    let file = file.file_name().unwrap_or_default().to_string_lossy();
    // A table whose system is not known has no places for that one reason.
    let unknown = |finding: &Finding| {
        finding.code == "crs-unsupported" && finding.row.file.starts_with(file.as_ref())
    };
    if noticed.findings.iter().any(unknown) {
        return;
    }
    let mut told: HashMap<&RowRef, usize> = HashMap::new();
    for finding in &noticed.findings {
        if let Some(why) = WHY.iter().position(|(code, ..)| *code == finding.code) {
            told.insert(&finding.row, why);
        }
    }
    let mut by_reason: BTreeMap<Option<usize>, Vec<&str>> = BTreeMap::new();
    for ((at, row), id) in of.at.iter().zip(&of.rows).zip(ids) {
        if at.is_none() {
            by_reason
                .entry(told.get(row).copied())
                .or_default()
                .push(id);
        }
    }
    let errors: Vec<Finding> = by_reason
        .into_iter()
        .map(|(why, ids)| {
            let why = why.and_then(|why| WHY.get(why));
            let rows = counted(ids.len(), "row has", "rows have");
            let (cause, action) = match (why, &of.lacks) {
                (Some((_, what, action)), _) => (
                    format!("{rows} {what}, and straight lines need a place"),
                    (*action).to_owned(),
                ),
                (None, Some(lacks)) => (
                    format!("{rows} no place, and straight lines need one: {lacks}"),
                    "call the two columns longitude and latitude, or easting and northing; or give a --matrix".to_owned(),
                ),
                (None, None) => (
                    format!("{rows} no place, and straight lines need one"),
                    "add longitude and latitude or eastings and northings, or give a --matrix"
                        .to_owned(),
                ),
            };
            let shown: Vec<&str> = ids.into_iter().take(8).collect();
            Finding::new("not-located", Severity::Error, RowRef::file(&file))
                .cell(shown.join("; "))
                .cause(cause)
                .action(action)
        })
        .collect();
    noticed.findings.extend(errors);
}

/// With a matrix a place is only drawn: rows without one are no matter for each row.
pub(super) fn need_no_place(noticed: &mut Noticed) {
    noticed
        .findings
        .retain(|finding| finding.code != "not-located");
}
