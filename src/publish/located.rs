//! The answer to a location question: tables, layers, and a summary for other programs.

use super::cell::Cell;
use super::csv_file::CsvFile;
use super::error::PublishError;
use super::exporter::Page;
use super::geojson::collection::{Collection, line, point};
use super::{Audience, CheckEdition, folder, tables};
use crate::place::{Finding, Location, Rejected};
use crate::siting::classical::{Located, Network, Question, Role};
use serde_json::{Map, Value, json};
use std::path::Path;

/// Names and places, as far as they are known.
#[derive(Clone, Copy, Debug)]
pub struct Places<'a> {
    /// What each is called.
    pub names: &'a [String],
    /// Where each is.
    pub at: &'a [Option<Location>],
}

/// An answer and what it is the answer to.
#[derive(Clone, Debug)]
pub struct LocatedEdition<'a> {
    /// Who is served from where.
    pub network: &'a Network,
    /// Name of each demand, and where it is.
    pub demand: Places<'a>,
    /// Name of each facility, and where it is.
    pub facilities: Places<'a>,
    /// What distances are counted in.
    pub unit: &'a str,
    /// What was noticed while the tables were read.
    pub findings: &'a [Finding],
    /// Rows set aside.
    pub rejected: &'a [Rejected],
    /// What was asked.
    pub question: &'a Question,
    /// The answer.
    pub located: &'a Located,
    /// Whether tables begin with the byte order mark that spreadsheets want.
    pub excel: bool,
}

const FACILITIES: [&str; 12] = [
    "facility_id",
    "name",
    "lon",
    "lat",
    "facility_type",
    "open",
    "demand_count",
    "demand_weight",
    "total_distance",
    "weighted_distance",
    "capacity",
    "fixed_cost",
];

const DEMAND: [&str; 9] = [
    "demand_id",
    "name",
    "lon",
    "lat",
    "weight",
    "facility_id",
    "distance",
    "share",
    "served",
];

/// Writes `locate.json`, `facilities.csv`, `demand.csv`, `facilities.geojson`, `allocation.geojson`,
/// `quality.csv` and `rejected.csv` into a folder, as safely as
/// [`publish`](super::publish).
///
/// # Errors
/// [`PublishError::Target`] where the folder is not ours, or holds a plan (exit code 2); else what went
/// wrong.
pub fn publish_located(out: &Path, edition: &LocatedEdition<'_>) -> Result<(), PublishError> {
    let target = folder::Target::check(out, folder::Kind::Located)?;
    let noticed = CheckEdition {
        place: None,
        findings: edition.findings,
        rejected: edition.rejected,
        matches: &[],
        audience: Audience::Partners,
        excel: edition.excel,
    };
    let mut pages = vec![
        edition.summary()?,
        edition.facility_table()?,
        edition.demand_table()?,
        edition.facility_layer(),
        edition.allocation_layer(),
    ];
    pages.extend(tables::csv(edition.excel, |to| {
        tables::quality(&noticed, to)?;
        tables::rejected(&noticed, to)
    })?);
    target.write(&pages)
}

/// Whether [`publish_located`] may write there: asked before the work rather than after it.
///
/// # Errors
/// As [`publish_located`] where the target is not ours.
pub fn may_publish_located(out: &Path) -> Result<(), PublishError> {
    folder::Target::check(out, folder::Kind::Located).map(|_| ())
}

/// What the demand of one facility comes to.
#[derive(Clone, Copy, Default)]
struct Load {
    demands: usize,
    weight: f64,
    distance: f64,
    weighted: f64,
}

impl LocatedEdition<'_> {
    fn summary(&self) -> Result<Page, PublishError> {
        let Located {
            objective,
            bound,
            bound_source,
            ending,
            engine,
            seconds,
            counts,
            ..
        } = self.located;
        let network = self.network;
        let ids = |open: bool| -> Vec<&str> {
            let facilities = network.facilities.iter().zip(&self.located.open);
            facilities
                .filter(|of| *of.1 == open)
                .map(|of| of.0.id.as_str())
                .collect()
        };
        let summary = json!({
            "problem": self.question.name(),
            "question": self.question,
            "unit": self.unit,
            "objective": objective,
            "bound": bound,
            "gap": self.located.gap(),
            "bound_source": bound_source,
            "ending": ending,
            "engine": engine,
            "seconds": (seconds * 1000.0).round() / 1000.0,
            "counts": counts,
            "open": ids(true),
            "demand_weight": network.weight(),
            "served_weight": self.located.served(network),
            "served_percent": self.located.served_percent(network),
            "unserved": self.located.unserved(network),
        });
        let text = serde_json::to_string_pretty(&summary)
            .map_err(|fault| PublishError::page("locate.json", fault))?;
        Ok(page("locate.json", format!("{text}\n").into_bytes()))
    }

    /// What each facility serves.
    fn loads(&self) -> Vec<Load> {
        let network = self.network;
        let mut loads = vec![Load::default(); network.facilities.len()];
        for allocation in &self.located.allocations {
            let weight = network.demands[allocation.demand].weight * allocation.share;
            let load = &mut loads[allocation.facility];
            load.demands += 1;
            load.weight += weight;
            load.distance += allocation.distance;
            load.weighted += weight * allocation.distance;
        }
        loads
    }

    /// In the words of location-allocation.
    fn facility_type(&self, at: usize) -> &'static str {
        match (self.network.facilities[at].role, self.located.open[at]) {
            (Role::Required, _) => "Required",
            (Role::Excluded, _) => "Excluded",
            (Role::Candidate, true) => "Chosen",
            (Role::Candidate, false) => "Candidate",
        }
    }

    /// The cells of each facility, under the names of [`FACILITIES`].
    fn facility_rows(&self) -> Vec<Vec<Cell>> {
        let loads = self.loads();
        let row = |(at, load): (usize, &Load)| {
            let facility = &self.network.facilities[at];
            let mut cells = vec![
                Cell::key(&facility.id),
                Cell::text(&self.facilities.names[at]),
            ];
            cells.extend(place(self.facilities.at[at]));
            cells.extend([
                Cell::key(self.facility_type(at)),
                Cell::Flag(self.located.open[at]),
                Cell::count(load.demands),
                Cell::Number(load.weight, 3),
                Cell::Number(load.distance, 3),
                Cell::Number(load.weighted, 3),
                facility
                    .capacity
                    .map_or(Cell::Null, |capacity| Cell::Number(capacity, 3)),
                Cell::Number(facility.fixed_cost, 2),
            ]);
            cells
        };
        loads.iter().enumerate().map(row).collect()
    }

    fn facility_table(&self) -> Result<Page, PublishError> {
        let mut file = CsvFile::new("facilities.csv", &FACILITIES, self.excel)?;
        for cells in self.facility_rows() {
            file.row(&cells)?;
        }
        Ok(page("facilities.csv", file.finish()?))
    }

    fn demand_table(&self) -> Result<Page, PublishError> {
        let network = self.network;
        let mut file = CsvFile::new("demand.csv", &DEMAND, self.excel)?;
        let mut allocations = self.located.allocations.iter().peekable();
        for (at, demand) in network.demands.iter().enumerate() {
            let start = || {
                let mut cells = vec![Cell::key(&demand.id), Cell::text(&self.demand.names[at])];
                cells.extend(place(self.demand.at[at]));
                cells.push(Cell::Number(demand.weight, 3));
                cells
            };
            let mut served = false;
            while let Some(allocation) = allocations.next_if(|next| next.demand == at) {
                served = true;
                let mut cells = start();
                cells.extend([
                    Cell::key(&network.facilities[allocation.facility].id),
                    Cell::Number(allocation.distance, 3),
                    Cell::Number(allocation.share, 6),
                    Cell::Flag(true),
                ]);
                file.row(&cells)?;
            }
            if !served {
                let mut cells = start();
                cells.extend([
                    Cell::Null,
                    Cell::Null,
                    Cell::Number(0.0, 6),
                    Cell::Flag(false),
                ]);
                file.row(&cells)?;
            }
        }
        Ok(page("demand.csv", file.finish()?))
    }

    fn facility_layer(&self) -> Page {
        let mut layer = Collection::new("facilities", self.question.name());
        for (at, cells) in self.facility_rows().into_iter().enumerate() {
            let named = FACILITIES.iter().zip(&cells);
            let kept = named.filter(|(name, _)| !["lon", "lat"].contains(*name));
            let properties = kept.map(|(name, cell)| ((*name).to_owned(), cell.to_json()));
            layer.feature(&point(self.facilities.at[at]), properties.collect());
        }
        page("facilities.geojson", layer.finish())
    }

    fn allocation_layer(&self) -> Page {
        let network = self.network;
        let mut layer = Collection::new("allocation", self.question.name());
        for allocation in &self.located.allocations {
            let demand = &network.demands[allocation.demand];
            let ends = (
                self.demand.at[allocation.demand],
                self.facilities.at[allocation.facility],
            );
            let mut properties = Map::new();
            let mut put =
                |name: &str, cell: Cell| properties.insert(name.to_owned(), cell.to_json());
            put("demand_id", Cell::key(&demand.id));
            put(
                "facility_id",
                Cell::key(&network.facilities[allocation.facility].id),
            );
            put("weight", Cell::Number(demand.weight * allocation.share, 3));
            put("distance", Cell::Number(allocation.distance, 3));
            // A line of no length is a point.
            let shape = match ends {
                (Some(from), Some(to)) if from == to => Value::Null,
                (from, to) => line(from, to),
            };
            layer.feature(&shape, properties);
        }
        page("allocation.geojson", layer.finish())
    }
}

fn place(at: Option<Location>) -> [Cell; 2] {
    let degrees = |value: Option<f64>| value.map_or(Cell::Null, |value| Cell::Number(value, 7));
    [
        degrees(at.map(Location::lon)),
        degrees(at.map(Location::lat)),
    ]
}

fn page(path: &str, bytes: Vec<u8>) -> Page {
    Page {
        path: path.to_owned(),
        bytes,
    }
}
