//! Two plans side by side as tables and a layer.

use super::cell::Cell;
use super::csv_file::CsvFile;
use super::error::PublishError;
use super::exporter::Page;
use super::folder;
use super::geojson::collection::{Collection, line, point};
use crate::compare::{Comparison, Differs, Layers};
use crate::place::Location;
use serde_json::{Map, Value, json};
use std::path::Path;

/// A comparison, and where its records are.
#[derive(Clone, Debug)]
pub struct ComparedEdition<'a> {
    /// The comparison.
    pub comparison: &'a Comparison,
    /// The layers of the first plan.
    pub first: &'a Layers,
    /// The layers of the second.
    pub second: &'a Layers,
    /// Whether tables begin with the byte order mark that spreadsheets want.
    pub excel: bool,
}

/// Writes `compare.csv` (every figure), `compare_data.csv` (input files and settings in which they differ), `compare_buildings.csv`, `compare_moves.csv`,
/// `compare_agencies.csv`, `compare_access.csv`, `compare_people.csv`, `compare.json` and
/// `differences.geojson` into a folder, as safely as [`publish`](super::publish()).
///
/// # Errors
/// [`PublishError::Target`] where the folder is not ours, or holds a plan (exit code 2); else what
/// went wrong.
pub fn publish_compared(out: &Path, edition: &ComparedEdition<'_>) -> Result<(), PublishError> {
    let target = folder::Target::check(out, folder::Kind::Compared)?;
    let comparison = edition.comparison;
    let mut json = serde_json::to_vec_pretty(comparison)
        .map_err(|fault| PublishError::page("compare.json", fault))?;
    json.push(b'\n');
    target.write(&[
        Page::new("compare.json", json),
        edition.figures()?,
        edition.data()?,
        edition.records("compare_buildings.csv", "asset_id", &comparison.buildings)?,
        edition.records("compare_moves.csv", "occupier", &comparison.occupiers)?,
        edition.agencies()?,
        edition.access()?,
        edition.people()?,
        edition.layer(),
    ])
}

/// Whether [`publish_compared`] may write there: asked before the work rather than after it.
///
/// # Errors
/// As [`publish_compared`] where the target is not ours.
pub fn may_publish_compared(out: &Path) -> Result<(), PublishError> {
    folder::Target::check(out, folder::Kind::Compared).map(|_| ())
}

impl ComparedEdition<'_> {
    fn table(
        &self,
        name: &str,
        header: &[&str],
        rows: impl Iterator<Item = Vec<Cell>>,
    ) -> Result<Page, PublishError> {
        let mut file = CsvFile::new(name, header, self.excel)?;
        for row in rows {
            file.row(&row)?;
        }
        Ok(Page::new(name, file.finish()?))
    }

    fn figures(&self) -> Result<Page, PublishError> {
        let rows = self.comparison.figures.iter().map(|one| {
            let more = one.a.zip(one.b).map(|(a, b)| b - a);
            let [a, b, more] = [one.a, one.b, more].map(number);
            vec![Cell::key(one.name), a, b, more]
        });
        self.table(
            "compare.csv",
            &["figure", "first", "second", "difference"],
            rows,
        )
    }

    fn data(&self) -> Result<Page, PublishError> {
        let files = self.comparison.data.iter().map(|one| {
            let (first, second) = match one.now {
                "new" => ("", "there"),
                "gone" => ("there", ""),
                _ => ("there", "changed"),
            };
            [
                Cell::key("file"),
                Cell::key(&one.file),
                Cell::key(first),
                Cell::key(second),
            ]
            .to_vec()
        });
        let settings = self.comparison.settings.iter().map(|one| {
            let (then, now) = (Cell::text(&one.then), Cell::text(&one.now));
            [Cell::key(one.kind), Cell::key(&one.name), then, now].to_vec()
        });
        let header = ["kind", "name", "first", "second"];
        self.table("compare_data.csv", &header, files.chain(settings))
    }

    fn records(&self, name: &str, id: &str, all: &[Differs]) -> Result<Page, PublishError> {
        let rows = all.iter().map(|one| {
            let side = |side: &Option<String>| Cell::optional_key(side.as_deref());
            let name = Cell::text(&one.name);
            vec![Cell::key(&one.id), name, side(&one.a), side(&one.b)]
        });
        self.table(name, &[id, "name", "first", "second"], rows)
    }

    fn agencies(&self) -> Result<Page, PublishError> {
        let header = [
            "agency",
            "npv_first_gbp",
            "npv_second_gbp",
            "recurring_first_gbp",
            "recurring_second_gbp",
        ];
        let rows = self.comparison.agencies.iter().map(|one| {
            vec![
                Cell::key(&one.agency),
                Cell::gbp(one.npv_a_gbp),
                Cell::gbp(one.npv_b_gbp),
                Cell::gbp(one.recurring_a_gbp),
                Cell::gbp(one.recurring_b_gbp),
            ]
        });
        self.table("compare_agencies.csv", &header, rows)
    }

    fn access(&self) -> Result<Page, PublishError> {
        let header = [
            "rule",
            "limit",
            "measure",
            "today",
            "first",
            "second",
            "people_short_first",
            "people_short_second",
        ];
        let rows = self.comparison.rules.iter().map(|one| {
            let mut row = vec![
                Cell::key(&one.rule),
                Cell::text(&one.limit),
                Cell::key(&one.measure),
            ];
            row.extend([one.today, one.a, one.b].map(number));
            row.extend([one.people_short_a, one.people_short_b].map(number));
            row
        });
        self.table("compare_access.csv", &header, rows)
    }

    fn people(&self) -> Result<Page, PublishError> {
        let header = [
            "service",
            "mean_first_km",
            "mean_second_km",
            "further",
            "nearer",
        ];
        let rows = self.comparison.people.iter().map(|one| {
            vec![
                Cell::key(&one.service),
                Cell::km(Some(one.mean_a_km)),
                Cell::km(Some(one.mean_b_km)),
                Cell::people(one.further),
                Cell::people(one.nearer),
            ]
        });
        self.table("compare_people.csv", &header, rows)
    }

    /// Buildings as points, teams and counters as lines from where the first plan has them to where the
    /// second has, zones as their shapes.
    fn layer(&self) -> Page {
        let about = format!(
            "What differs between two plans of {}",
            self.comparison.place
        );
        let mut layer = Collection::new("differences", &about);
        let at = |id: &str| {
            let known = self
                .first
                .buildings
                .get(id)
                .or(self.second.buildings.get(id));
            known.and_then(|(lon, lat)| Location::new(*lon, *lat))
        };
        for one in &self.comparison.buildings {
            layer.feature(&point(at(&one.id)), sides("building", one));
        }
        for one in &self.comparison.occupiers {
            let end = |side: &Option<String>| side.as_deref().and_then(at);
            layer.feature(&line(end(&one.a), end(&one.b)), sides("occupier", one));
        }
        for one in self.first.differing(self.second) {
            let mut seen = Map::new();
            seen.insert("kind".into(), json!("zone"));
            seen.insert("id".into(), json!(one.zone));
            seen.insert("service".into(), json!(one.service));
            seen.insert("first_km".into(), json!(one.a_km));
            seen.insert("second_km".into(), json!(one.b_km));
            seen.insert("people".into(), json!(one.people));
            layer.feature(one.shape, seen);
        }
        Page::new("differences.geojson", layer.finish())
    }
}

fn sides(kind: &str, one: &Differs) -> Map<String, Value> {
    let mut seen = Map::new();
    seen.insert("kind".into(), json!(kind));
    seen.insert("id".into(), json!(one.id));
    seen.insert("first".into(), json!(one.a));
    seen.insert("second".into(), json!(one.b));
    seen
}

/// A number with the decimals that any of the figures is worth.
fn number(value: Option<f64>) -> Cell {
    value.map_or(Cell::Null, |value| Cell::Number(value, 4))
}
