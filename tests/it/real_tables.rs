//! Real tables of several publishers are read whole: no error, no row unaccounted for, and no storm
//! of findings over good rows.

use oneroof::load::{InspectOptions, TableKind, inspect};
use oneroof::place::Severity;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

fn tables(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder)
        .expect("readable folder")
        .flatten()
    {
        let path = entry.path();
        if path.is_dir() {
            tables(&path, found);
        } else if path
            .extension()
            .is_some_and(|ext| ext == "csv" || ext == "tsv" || ext == "geojson")
        {
            found.push(path);
        }
    }
    found.sort();
}

fn kind(path: &Path) -> TableKind {
    let text = path.to_string_lossy();
    if text.contains("/property/") {
        TableKind::Buildings
    } else if text.contains("/zones/")
        || text.contains("lsoa")
        || text.contains("hexgrid")
        || text.contains("SF_demand")
    {
        TableKind::Zones
    } else {
        TableKind::Points
    }
}

fn check(folder: &str) {
    let Some(folder) = super::shared::shared(folder) else {
        return;
    };
    let mut found = Vec::new();
    tables(&folder, &mut found);
    assert!(!found.is_empty());
    for path in found {
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let start = std::time::Instant::now();
        let inspection = inspect(&path, &name, kind(&path), &InspectOptions::default())
            .unwrap_or_else(|finding| panic!("{name}: {finding:?}"));
        let mut codes: BTreeMap<&str, usize> = BTreeMap::new();
        for finding in &inspection.findings {
            *codes.entry(finding.code).or_default() += 1;
            assert!(finding.severity != Severity::Error, "{name}: {finding:?}");
        }
        let known: Vec<String> = inspection
            .table
            .header
            .iter()
            .enumerate()
            .filter_map(|(at, header)| {
                let fields = [
                    "asset_id",
                    "point_id",
                    "zone_id",
                    "uprn",
                    "name",
                    "address",
                    "postcode",
                    "lon",
                    "lat",
                    "easting",
                    "northing",
                    "population",
                    "floor_area_m2",
                    "running_gbp",
                    "usable_m2",
                    "backlog_gbp",
                    "site_type",
                    "status",
                ];
                let field = fields
                    .iter()
                    .find(|field| inspection.columns.get(field) == Some(at))?;
                Some(format!("{field}={header}"))
            })
            .collect();
        println!(
            "{name}: {} rows, {} kept, {} placed, {} ms\n    {known:?}\n    {codes:?}",
            inspection.rows,
            inspection.table.records.len(),
            inspection.located.iter().flatten().count(),
            start.elapsed().as_millis()
        );
        assert!(inspection.table.header.len() > 1, "{name} has one column");
        assert!(
            inspection
                .findings
                .iter()
                .filter(|finding| finding.severity == Severity::Reject)
                .count()
                * 2
                <= usize::try_from(inspection.rows).unwrap_or(usize::MAX),
            "{name}: most rows were set aside: {codes:?}"
        );
    }
}

#[test]
fn trafford_tables_are_read_whole() {
    check("realdata/trafford");
}

#[test]
fn rutland_tables_are_read_whole() {
    check("realdata/rutland");
}

#[test]
fn porto_alegre_and_san_francisco_tables_are_read_whole() {
    check("realdata/porto_alegre");
    check("realdata/san_francisco");
}
