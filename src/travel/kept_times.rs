//! The tables of kept travel times: journeys, and where everything meets the roads.

use super::cache::{CacheFault, Kept, damaged, not_written};
use super::kept_notes;
use super::roads::{Landing, Landings};
use super::{Matrix, Origin};
use crate::place::{BuildingIx, Distance, Location, Metres, Place, RoadMode, Unit, ZoneIx};
use geopackage::GeoPackage;
use sha2::{Digest, Sha256};
use std::path::Path;

const TABLES: &str = "
CREATE TABLE oneroof_about (what TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE travel_times (
  id INTEGER PRIMARY KEY, mode TEXT NOT NULL, unit TEXT NOT NULL, from_kind TEXT NOT NULL, from_id TEXT NOT NULL,
  to_id TEXT NOT NULL, value REAL NOT NULL, steps INTEGER NOT NULL, from_ix INTEGER NOT NULL, to_ix INTEGER NOT NULL);
CREATE TABLE road_landings (
  id INTEGER PRIMARY KEY, mode TEXT NOT NULL, kind TEXT NOT NULL, place_id TEXT NOT NULL,
  lon REAL, lat REAL, away_m REAL, mainland INTEGER);
CREATE TABLE road_networks (id INTEGER PRIMARY KEY, mode TEXT NOT NULL, km REAL NOT NULL, parts INTEGER NOT NULL, fragments_km REAL NOT NULL);
CREATE TABLE feed_notes (
  id INTEGER PRIMARY KEY, code TEXT NOT NULL, file TEXT NOT NULL, line INTEGER NOT NULL, column_name TEXT NOT NULL,
  cell TEXT NOT NULL, cause TEXT NOT NULL, action TEXT NOT NULL, row_left_out TEXT NOT NULL);
INSERT INTO gpkg_contents (table_name, data_type, identifier, description)
  VALUES ('travel_times', 'attributes', 'travel_times', 'Minutes or km along roads or by timetable, by oneroof'),
         ('road_landings', 'attributes', 'road_landings', 'Where zones and buildings meet the roads'),
         ('road_networks', 'attributes', 'road_networks', 'Kilometres of road by mode'),
         ('feed_notes', 'attributes', 'feed_notes', 'What was noticed in timetable feeds');
";

fn unit_name(unit: Unit) -> &'static str {
    match unit {
        Unit::Km => "km",
        Unit::Minutes => "minutes",
    }
}

/// Writes a new file.
pub(super) fn write_all(
    path: &Path,
    key: &str,
    place: &Place,
    kept: &Kept,
) -> Result<(), CacheFault> {
    let _ = std::fs::remove_file(path);
    let file = GeoPackage::create(path).map_err(not_written)?;
    let to = file.connection();
    to.execute_batch("BEGIN").map_err(not_written)?;
    to.execute_batch(TABLES).map_err(not_written)?;
    let about = [
        ("made_by", concat!("oneroof ", env!("CARGO_PKG_VERSION"))),
        ("key", key),
        ("checksum", &checksum(kept)),
    ];
    for (what, value) in about {
        to.execute("INSERT INTO oneroof_about VALUES (?1, ?2)", [what, value])
            .map_err(not_written)?;
    }
    let mut times = to
        .prepare(
            "INSERT INTO travel_times (mode, unit, from_kind, from_id, to_id, value, steps, from_ix, to_ix)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        )
        .map_err(not_written)?;
    for matrix in &kept.matrices {
        for (from, end, far) in matrix.pairs() {
            let (kind, id, ix) = match from {
                Origin::Zone(at) => ("zone", place.zone(at).id.as_str(), at.index()),
                Origin::Building(at) => ("building", place.building(at).id.as_str(), at.index()),
            };
            let to_id = place.building(end).id.as_str();
            let (unit, value) = (unit_name(matrix.unit), far.to_user(matrix.unit));
            let (ix, to_ix) = (ix as i64, end.index() as i64);
            times
                .execute((
                    &matrix.mode,
                    unit,
                    kind,
                    id,
                    to_id,
                    value,
                    far.steps(),
                    ix,
                    to_ix,
                ))
                .map_err(not_written)?;
        }
    }
    write_landings(&file, place, kept)?;
    kept_notes::write(&file, &kept.notes)?;
    to.execute_batch("COMMIT").map_err(not_written)
}

fn write_landings(file: &GeoPackage, place: &Place, kept: &Kept) -> Result<(), CacheFault> {
    let to = file.connection();
    let mut row = to
        .prepare(
            "INSERT INTO road_landings (mode, kind, place_id, lon, lat, away_m, mainland)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )
        .map_err(not_written)?;
    for landings in &kept.landings {
        let mode = landings.mode.name();
        to.execute(
            "INSERT INTO road_networks (mode, km, parts, fragments_km) VALUES (?1, ?2, ?3, ?4)",
            (
                mode,
                landings.km,
                landings.parts as i64,
                landings.fragments_km,
            ),
        )
        .map_err(not_written)?;
        let zones = place.zones.iter().map(|zone| ("zone", zone.id.as_str()));
        let buildings = place
            .buildings
            .iter()
            .map(|one| ("building", one.id.as_str()));
        let all = landings.zones.iter().chain(&landings.buildings);
        for ((kind, id), landing) in zones.chain(buildings).zip(all) {
            let at = landing.map(|one| one.at);
            row.execute((
                mode,
                kind,
                id,
                at.map(Location::lon),
                at.map(Location::lat),
                landing.map(|one| one.away.get()),
                landing.map(|one| one.mainland),
            ))
            .map_err(not_written)?;
        }
    }
    Ok(())
}

/// A journey with its mode and unit.
type Journey = (String, Unit, (Origin, BuildingIx, Distance));

/// A journey as it stands in the file.
type Row = (String, String, String, i64, i64, i64);

/// Everything that a file holds.
pub(super) fn read_all(file: &GeoPackage, place: &Place) -> Result<Kept, CacheFault> {
    let from = file.connection();
    let mut rows = from
        .prepare(
            "SELECT mode, unit, from_kind, from_ix, to_ix, steps FROM travel_times ORDER BY id",
        )
        .map_err(damaged)?;
    let rows = rows
        .query_map((), |row| {
            let text = |at| row.get::<_, String>(at);
            let number = |at| row.get::<_, i64>(at);
            Ok((
                text(0)?,
                text(1)?,
                text(2)?,
                number(3)?,
                number(4)?,
                number(5)?,
            ))
        })
        .map_err(damaged)?;
    let mut kept = Kept::default();
    let mut pairs = Vec::new();
    let mut of: Option<(String, Unit)> = None;
    for row in rows {
        let (mode, unit, pair) = journey(row.map_err(damaged)?, place)?;
        if let Some((mode, unit)) = of.take_if(|one| *one != (mode.clone(), unit)) {
            kept.matrices
                .push(Matrix::new(mode, unit, std::mem::take(&mut pairs)));
        }
        of = Some((mode, unit));
        pairs.push(pair);
    }
    if let Some((mode, unit)) = of {
        kept.matrices.push(Matrix::new(mode, unit, pairs));
    }
    kept.landings = read_landings(file, place)?;
    kept.notes = kept_notes::read(file)?;
    Ok(kept)
}

fn journey((mode, unit, kind, from, to, steps): Row, place: &Place) -> Result<Journey, CacheFault> {
    let strange = || CacheFault::Damaged("a journey of theirs makes no sense".to_owned());
    let position = |number: i64, count: usize| {
        let at = usize::try_from(number).ok().filter(|at| *at < count);
        at.ok_or_else(strange)
    };
    let origin = match kind.as_str() {
        "zone" => Origin::Zone(ZoneIx::new(position(from, place.zones.len())?)),
        "building" => Origin::Building(BuildingIx::new(position(from, place.buildings.len())?)),
        _ => return Err(strange()),
    };
    let unit = match unit.as_str() {
        "km" => Unit::Km,
        "minutes" => Unit::Minutes,
        _ => return Err(strange()),
    };
    let end = BuildingIx::new(position(to, place.buildings.len())?);
    let steps = u32::try_from(steps).map_err(|_| strange())?;
    Ok((mode, unit, (origin, end, Distance(steps))))
}

fn read_landings(file: &GeoPackage, place: &Place) -> Result<Vec<Landings>, CacheFault> {
    let from = file.connection();
    let mut networks = from
        .prepare("SELECT mode, km, parts, fragments_km FROM road_networks ORDER BY id")
        .map_err(damaged)?;
    let networks = networks
        .query_map((), |row| {
            let mode: String = row.get(0)?;
            Ok((
                mode,
                row.get::<_, f64>(1)?,
                row.get::<_, i64>(2)?,
                row.get::<_, f64>(3)?,
            ))
        })
        .map_err(damaged)?;
    let mut found = Vec::new();
    for network in networks {
        let (name, km, parts, fragments_km) = network.map_err(damaged)?;
        let mode = RoadMode::named(&name).ok_or_else(|| damaged("a mode is not known"))?;
        let mut rows = from
            .prepare(
                "SELECT lon, lat, away_m, mainland FROM road_landings WHERE mode = ?1 ORDER BY id",
            )
            .map_err(damaged)?;
        let rows = rows
            .query_map([&name], |row| {
                let (lon, lat): (Option<f64>, Option<f64>) = (row.get(0)?, row.get(1)?);
                let at = lon.zip(lat).and_then(|(lon, lat)| Location::new(lon, lat));
                let (away, mainland): (Option<f64>, Option<bool>) = (row.get(2)?, row.get(3)?);
                Ok(at
                    .zip(away)
                    .zip(mainland)
                    .map(|((at, away), mainland)| Landing {
                        at,
                        away: Metres(away),
                        mainland,
                    }))
            })
            .map_err(damaged)?;
        let mut all: Vec<Option<Landing>> = rows.collect::<Result<_, _>>().map_err(damaged)?;
        if all.len() != place.zones.len() + place.buildings.len() {
            return Err(damaged("zones or buildings are not there"));
        }
        let buildings = all.split_off(place.zones.len());
        found.push(Landings {
            mode,
            zones: all,
            buildings,
            km,
            parts: usize::try_from(parts).unwrap_or(0),
            fragments_km,
        });
    }
    Ok(found)
}

/// A hash of every value that is kept.
pub(super) fn checksum(kept: &Kept) -> String {
    let mut hash = Sha256::new();
    for matrix in &kept.matrices {
        hash.update(format!("{} {}\n", matrix.mode, unit_name(matrix.unit)));
        for (from, to, far) in matrix.pairs() {
            let (kind, from) = match from {
                Origin::Zone(at) => (0_u8, at.index()),
                Origin::Building(at) => (1_u8, at.index()),
            };
            hash.update([kind]);
            hash.update((from as u64).to_le_bytes());
            hash.update((to.index() as u64).to_le_bytes());
            hash.update(far.steps().to_le_bytes());
        }
    }
    for landings in &kept.landings {
        hash.update(format!("{landings:?}"));
    }
    hash.update(format!("{:?}", kept.notes));
    crate::place::hexadecimal(&hash.finalize())
}
