//! Two tables and a way to measure: from files to a [`Network`].
//!
//! Demand and facilities are read like any other table: encodings, headers, coordinates and cells are
//! recognised, and whatever was noticed comes back as a finding. Distances are straight lines in
//! kilometres, or stand in a table of their own, long (from, to, distance) or wide (one column for each facility).

mod distances;
mod read;
mod settings;
mod straight;
mod tables;

use super::LoadError;
use crate::place::{Finding, Location, Rejected, RowRef, Severity};
use crate::siting::classical::Network;
use settings::TableFile;
use std::path::PathBuf;
use tables::{DemandTable, FacilityTable};

/// The tables of a network, and which of their columns are meant. A column that is not named is
/// recognised, where it has a name that is known. `FILE[PART]` is a layer of a GeoPackage or a sheet of a workbook.
#[derive(Clone, Debug, Default)]
pub struct NetworkTables {
    /// Who is to be served.
    pub demand: PathBuf,
    /// Where from.
    pub facilities: PathBuf,
    /// Distances; straight lines where absent.
    pub matrix: Option<PathBuf>,
    /// The coordinate system of the demand, such as `EPSG:27700`; recognised where absent.
    pub demand_crs: Option<String>,
    /// The coordinate system of the facilities.
    pub facilities_crs: Option<String>,
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
    /// Facilities must have a fixed cost, which may be 0.
    pub needs_fixed_cost: bool,
    /// Facilities must have a capacity.
    pub needs_capacity: bool,
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
    rows: Vec<RowRef>,
    /// The column of the ids; `None` where rows are called by their number.
    ids: Option<String>,
    /// What its columns lack to place it.
    lacks: Option<String>,
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
    let file = TableFile::new("demand", &tables.demand, tables.demand_crs.as_deref());
    let demand = noticed.in_options(&file, |noticed| {
        let table = file.open(noticed)?;
        Some(DemandTable::open(table, tables, noticed))
    });
    let crs = tables.facilities_crs.as_deref();
    let file = TableFile::new("facilities", &tables.facilities, crs);
    let facilities = noticed.in_options(&file, |noticed| {
        let table = file.open(noticed)?;
        let around = demand.as_ref().map(|demand| demand.read.points());
        Some(FacilityTable::open(
            table,
            tables,
            around.unwrap_or_default(),
            noticed,
        ))
    });
    let matrix = tables.matrix.as_deref().map(|path| {
        let file = TableFile::new("matrix", path, None);
        noticed.in_options(&file, |noticed| file.open(noticed))
    });
    let (Some(demand), Some(facilities)) = (demand, facilities) else {
        return Err(noticed.refused());
    };
    let (of_demand, of_facilities) = (demand.read.points(), facilities.read.points());
    let demand = demand.places(of_facilities, &mut noticed);
    let facilities = facilities.places(of_demand, &mut noticed);
    let mut unit = "km".to_owned();
    let reaches = match matrix {
        Some(table) => {
            straight::need_no_place(&mut noticed);
            table
                .and_then(|table| {
                    distances::read(&table, tables, (&demand, &facilities), &mut noticed)
                })
                .map(|read| {
                    unit = read.unit;
                    read.reaches
                })
        }
        None => straight::measure(tables, (&demand, &facilities), &mut noticed),
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

    /// Does some of the reading of a file, and says what was noticed in the words of the command line.
    fn in_options<T>(&mut self, file: &TableFile<'_>, read: impl FnOnce(&mut Noticed) -> T) -> T {
        let before = self.findings.len();
        let done = read(self);
        let noticed = self.findings.iter_mut().skip(before);
        noticed.for_each(|finding| file.in_options(finding));
        done
    }

    fn refused(self) -> LoadError {
        LoadError {
            findings: self.findings,
            rejected: self.rejected,
        }
    }
}
