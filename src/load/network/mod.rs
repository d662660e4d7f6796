//! Two tables and a way to measure: from files to a [`Network`].
//!
//! Demand and facilities are read like any other table: encodings, headers, coordinates and cells are
//! recognised, and whatever was noticed comes back as a finding. Distances are straight lines in
//! kilometres, or stand in a table of their own, long (from, to, distance) or wide (one column for each facility).

mod distances;
mod tables;

use super::{LoadError, TableOptions, read_table};
use crate::place::words::counted;
use crate::place::{Finding, Location, Rejected, RowRef, Severity};
use crate::siting::classical::{Demand, Facility, Network};
use crate::travel::kilometres_within;
use std::path::{Path, PathBuf};

/// The tables of a network, and which of their columns are meant. A column that is not named is
/// recognised, where it has a name that is known.
#[derive(Clone, Debug, Default)]
pub struct NetworkTables {
    /// Who is to be served.
    pub demand: PathBuf,
    /// Where from.
    pub facilities: PathBuf,
    /// Distances; straight lines where absent.
    pub matrix: Option<PathBuf>,
    /// Column of the demand's ids.
    pub demand_id: Option<String>,
    /// Column of the facilities' ids.
    pub facility_id: Option<String>,
    /// Column of the demand's weights.
    pub weight: Option<String>,
    /// Column of the facilities' capacities, or one number for all.
    pub capacity: Option<String>,
    /// Column of the facilities' fixed costs, or one number for all.
    pub fixed_cost: Option<String>,
    /// Column that says whether a facility is a candidate, required, or excluded.
    pub role: Option<String>,
    /// Column of the matrix that holds the distance, time or cost.
    pub distance: Option<String>,
    /// What a straight line is multiplied by.
    pub detour: f64,
    /// Pairs farther apart are of no use.
    pub farthest: Option<f64>,
}

/// A network, and what its tables say beside it.
#[derive(Clone, Debug)]
pub struct LoadedNetwork {
    /// The network.
    pub network: Network,
    /// Name of each demand, as far as there is one.
    pub demand_names: Vec<String>,
    /// Where each demand is, as far as that is known.
    pub demand_at: Vec<Option<Location>>,
    /// Name of each facility, as far as there is one.
    pub facility_names: Vec<String>,
    /// Where each facility is, as far as that is known.
    pub facility_at: Vec<Option<Location>>,
    /// What distances are counted in: `km`, or the name of the matrix's column.
    pub unit: String,
    /// What was noticed.
    pub findings: Vec<Finding>,
    /// Rows set aside, whole.
    pub rejected: Vec<Rejected>,
}

/// A table of places, read.
struct Places<T> {
    things: Vec<T>,
    names: Vec<String>,
    at: Vec<Option<Location>>,
}

/// What was noticed on the way.
#[derive(Default)]
struct Noticed {
    findings: Vec<Finding>,
    rejected: Vec<Rejected>,
}

/// Reads a network.
///
/// # Errors
/// [`LoadError`] with every finding where at least one is an error: a file that cannot be read, a column
/// that was named and is not there, ids that repeat, cells that are no numbers, places without
/// coordinates where straight lines are asked for, and a matrix that names none of the ids.
pub fn load_network(tables: &NetworkTables) -> Result<LoadedNetwork, LoadError> {
    let mut noticed = Noticed::default();
    let demand = open(&tables.demand, &mut noticed);
    let facilities = open(&tables.facilities, &mut noticed);
    let matrix = tables
        .matrix
        .as_deref()
        .map(|path| open(path, &mut noticed));
    let demand = demand.map(|table| tables::demand(table, tables, &mut noticed));
    let facilities = facilities.map(|table| tables::facilities(table, tables, &mut noticed));
    let (Some(demand), Some(facilities)) = (demand, facilities) else {
        return Err(noticed.refused());
    };
    let mut unit = "km".to_owned();
    let reaches = match matrix {
        Some(table) => table
            .and_then(|table| distances::read(&table, tables, (&demand, &facilities), &mut noticed))
            .map(|read| {
                unit = read.unit;
                read.reaches
            }),
        None => straight(tables, (&demand, &facilities), &mut noticed),
    };
    let Some(reaches) = reaches.filter(|_| !noticed.has_errors()) else {
        return Err(noticed.refused());
    };
    Ok(LoadedNetwork {
        network: Network {
            demands: demand.things,
            facilities: facilities.things,
            reaches,
        },
        demand_names: demand.names,
        demand_at: demand.at,
        facility_names: facilities.names,
        facility_at: facilities.at,
        unit,
        findings: noticed.findings,
        rejected: noticed.rejected,
    })
}

impl Noticed {
    fn has_errors(&self) -> bool {
        self.findings
            .iter()
            .any(|finding| finding.severity == Severity::Error)
    }

    fn refused(self) -> LoadError {
        LoadError {
            findings: self.findings,
            rejected: self.rejected,
        }
    }
}

fn open(path: &Path, noticed: &mut Noticed) -> Option<super::Table> {
    let name = path
        .file_name()
        .map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    if !path.is_file() {
        let cause = if path.is_dir() {
            "is a folder, not a file"
        } else {
            "does not exist"
        };
        noticed.findings.push(
            Finding::new("missing-file", Severity::Error, RowRef::file(&name))
                .cause(format!("{} {cause}", path.display()))
                .action("correct the name, or bring the file"),
        );
        return None;
    }
    let options = TableOptions::default();
    match read_table(
        path,
        &name,
        &options,
        &mut noticed.findings,
        &mut noticed.rejected,
    ) {
        Ok(table) => Some(table),
        Err(finding) => {
            noticed.findings.push(*finding);
            None
        }
    }
}

/// Straight lines between everything that has a place.
fn straight(
    tables: &NetworkTables,
    (demand, facilities): (&Places<Demand>, &Places<Facility>),
    noticed: &mut Noticed,
) -> Option<Vec<Vec<(u32, f64)>>> {
    let known =
        |places: &[Option<Location>]| -> Option<Vec<Location>> { places.iter().copied().collect() };
    let points = (known(&demand.at), known(&facilities.at));
    let (Some(from), Some(to)) = points else {
        let homeless = |at: &[Option<Location>], ids: Vec<&String>| -> Vec<String> {
            let without = at.iter().zip(ids).filter(|(at, _)| at.is_none());
            without.map(|(_, id)| id.clone()).collect()
        };
        let demand_ids = demand.things.iter().map(|one| &one.id).collect();
        let facility_ids = facilities.things.iter().map(|one| &one.id).collect();
        for (path, ids) in [
            (&tables.demand, homeless(&demand.at, demand_ids)),
            (&tables.facilities, homeless(&facilities.at, facility_ids)),
        ] {
            if ids.is_empty() {
                continue;
            }
            let file = path.file_name().unwrap_or_default().to_string_lossy();
            let shown: Vec<&str> = ids.iter().take(8).map(String::as_str).collect();
            noticed.findings.push(
                Finding::new("not-located", Severity::Error, RowRef::file(&file))
                    .cell(shown.join("; "))
                    .cause(format!(
                        "{} no place, and straight lines need one",
                        counted(ids.len(), "row has", "rows have")
                    ))
                    .action(
                        "add longitude and latitude or eastings and northings, or give a --matrix",
                    ),
            );
        }
        return None;
    };
    Some(kilometres_within(
        &from,
        &to,
        tables.farthest,
        tables.detour,
    ))
}
