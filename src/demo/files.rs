//! Writing the place.

use super::county::counties;
use super::decisions::{HEADER as DECISIONS, decisions};
use super::estate::Estate;
use super::kinds::WORK;
use super::land::{Grid, Land};
use super::limits::limits;
use super::registers::registers;
use super::settings::{MARK, settings};
use super::size::Size;
use super::town::town;
use super::zones::{AGES, Zone, district_code, zones};
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use thiserror::Error;

/// Why a demo place could not be written.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum DemoError {
    /// A file or folder could not be written.
    #[error("cannot write {path}: {source}")]
    Write {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The folder holds a place that is not a demo; it is left alone.
    #[error("{path} is not a demo place; nothing was written: name another folder")]
    NotOurs {
        /// The `place.toml` found there.
        path: PathBuf,
    },
    /// A point fell off the National Grid: a fault of the generator.
    #[error("the point {easting:.0}, {northing:.0} is not on the National Grid")]
    OffGrid {
        /// Metres east.
        easting: f64,
        /// Metres north.
        northing: f64,
    },
}

/// Writes a fictional place of a size into a folder, which is made where absent. The same size and
/// seed give the same bytes on every machine. Files of an earlier demo are written over.
///
/// # Errors
///
/// [`DemoError::NotOurs`] where the folder has a `place.toml` that this function did not write;
/// [`DemoError::Write`] where the system refuses.
pub fn write(size: Size, seed: u64, dir: &Path) -> Result<(), DemoError> {
    let settings_path = dir.join("place.toml");
    if let Ok(before) = fs::read_to_string(&settings_path)
        && !before.starts_with(MARK)
    {
        return Err(DemoError::NotOurs {
            path: settings_path,
        });
    }
    let land = Land::new(size, seed);
    let zones = zones(&land, seed);
    let estate = match size {
        Size::Town => town(&land, &zones, seed),
        _ => counties(&land, &zones, seed),
    };
    let limits = limits(&estate, &zones, size);
    fs::create_dir_all(dir).map_err(|source| DemoError::Write {
        path: dir.to_owned(),
        source,
    })?;
    let mut places = Vec::with_capacity(estate.properties.len());
    for property in &estate.properties {
        places.push(on_earth(property.at)?);
    }
    let registers = registers(&estate, &places);
    for register in &registers {
        table(dir, register.file, &register.header, &register.rows)?;
    }
    occupiers(dir, &estate)?;
    people(dir, &zones)?;
    outlines(dir, &land, &zones)?;
    let decided = decisions(&estate);
    if !decided.is_empty() {
        table(dir, "decisions.csv", &DECISIONS, &decided)?;
    }
    for (file, mean) in [("place.toml", false), ("place-mean.toml", true)] {
        let text = settings(size, &land, &estate, &registers, &limits, mean);
        whole(dir, file, |out| out.write_all(text.as_bytes()))?;
    }
    Ok(())
}

/// Longitude and latitude of a point of the National Grid.
fn on_earth(at: Grid) -> Result<(f64, f64), DemoError> {
    lonlat_bng::convert_osgb36_to_ll(at.0, at.1).map_err(|_| DemoError::OffGrid {
        easting: at.0,
        northing: at.1,
    })
}

/// Writes one file through a buffer.
fn whole(
    dir: &Path,
    name: &str,
    content: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), DemoError> {
    let path = dir.join(name);
    let written = File::create(&path).and_then(|file| {
        let mut out = BufWriter::new(file);
        content(&mut out)?;
        out.flush()
    });
    written.map_err(|source| DemoError::Write { path, source })
}

/// Writes a CSV file.
fn table<H: AsRef<[u8]>>(
    dir: &Path,
    name: &str,
    header: &[H],
    rows: &[Vec<String>],
) -> Result<(), DemoError> {
    whole(dir, name, |out| {
        let mut csv = csv::Writer::from_writer(out);
        csv.write_record(header)?;
        for row in rows {
            csv.write_record(row)?;
        }
        csv.flush()
    })
}

fn occupiers(dir: &Path, estate: &Estate) -> Result<(), DemoError> {
    let header = [
        "occupier_id",
        "name",
        "agency",
        "service",
        "asset_id",
        "space_m2",
        "fte",
        "visits_per_year",
        "movable",
        "immovable_reason",
    ];
    let rows: Vec<Vec<String>> = estate
        .teams
        .iter()
        .map(|team| {
            let number = |n: Option<u32>| n.map_or(String::new(), |n| n.to_string());
            vec![
                team.id.clone(),
                team.name.clone(),
                estate.agencies[team.agency].id.clone(),
                WORK[team.work].id.to_owned(),
                estate.properties[team.property].id.clone(),
                number(team.space),
                format!("{:.1}", team.fte),
                number(team.visits),
                if team.immovable.is_some() {
                    "no"
                } else {
                    "yes"
                }
                .to_owned(),
                team.immovable.unwrap_or_default().to_owned(),
            ]
        })
        .collect();
    table(dir, "occupiers.csv", &header, &rows)
}

/// The two tables that are joined to the zones.
fn people(dir: &Path, zones: &[Zone]) -> Result<(), DemoError> {
    let mut header = vec!["zone_id".to_owned()];
    header.extend((0..AGES - 1).map(|age| age.to_string()));
    header.push(format!("{}+", AGES - 1));
    let rows: Vec<Vec<String>> = zones
        .iter()
        .map(|zone| {
            std::iter::once(zone.id.clone())
                .chain(zone.ages.iter().map(u32::to_string))
                .collect()
        })
        .collect();
    table(dir, "population_by_age.csv", &header, &rows)?;
    let rows: Vec<Vec<String>> = zones
        .iter()
        .map(|zone| {
            vec![
                zone.id.clone(),
                zone.households.to_string(),
                zone.no_car.to_string(),
                zone.decile.to_string(),
            ]
        })
        .collect();
    let header = ["zone_id", "households", "no_car", "imd_decile"];
    table(dir, "households.csv", &header, &rows)
}

/// `zones.geojson`: outlines as RFC 7946 wants them, right-hand rings, six decimals.
fn outlines(dir: &Path, land: &Land, zones: &[Zone]) -> Result<(), DemoError> {
    let mut features = Vec::with_capacity(zones.len());
    for zone in zones {
        features.push(feature(land, zone)?);
    }
    whole(dir, "zones.geojson", |out| {
        writeln!(out, "{{\"type\":\"FeatureCollection\",\"features\":[")?;
        writeln!(out, "{}", features.join(",\n"))?;
        writeln!(out, "]}}")
    })
}

fn feature(land: &Land, zone: &Zone) -> Result<String, DemoError> {
    let home = &land.settlements[zone.settlement];
    let mut corners: Vec<String> = Vec::with_capacity(zone.ring.len() + 1);
    for corner in &zone.ring {
        let (lon, lat) = on_earth(*corner)?;
        let text = format!("[{lon:.6},{lat:.6}]");
        if corners.last() != Some(&text) {
            corners.push(text);
        }
    }
    if let Some(first) = corners.first().cloned() {
        if corners.last() == Some(&first) {
            corners.pop();
        }
        corners.push(first);
    }
    let (lon, lat) = on_earth(zone.at)?;
    let class = home.rank.class();
    let text = |words: &str| serde_json::Value::from(words).to_string();
    Ok(format!(
        "{{\"type\":\"Feature\",\"properties\":{{\"zone_id\":{},\"name\":{},\"lon\":{lon:.6},\"lat\":{lat:.6},\"population\":{},\"ward_code\":{},\"ward_name\":{},\"district_code\":{},\"district_name\":{},\"rural_urban\":{}}},\"geometry\":{{\"type\":\"Polygon\",\"coordinates\":[[{}]]}}}}",
        text(&zone.id),
        text(&zone.name),
        zone.people(),
        text(&zone.ward.0),
        text(&zone.ward.1),
        text(&district_code(home.district)),
        text(&land.districts[home.district]),
        text(class),
        corners.join(",")
    ))
}
