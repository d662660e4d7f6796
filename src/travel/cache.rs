//! Travel times kept on disk for the next run: a GeoPackage, so that a GIS can open them.
//!
//! The file holds what one set of inputs, settings and one version of the program gave, under a key made
//! of all of them. Another key is another world: its times are never used. Every value that is read
//! back is held against the checksum that was written with it, so a damaged file is known for one.

use super::kept_notes;
use super::roads::{Landing, Landings};
use super::transit::FeedNote;
use super::{Matrix, Origin};
use crate::place::{BuildingIx, Distance, Location, Metres, Place, RoadMode, Unit, ZoneIx};
use geopackage::GeoPackage;
use sha2::{Digest, Sha256};
use std::fmt::Display;
use std::io::Read;
use std::path::{Path, PathBuf};

/// What is kept: journeys by measure, and where everything meets the roads.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Kept {
    /// One for each measure.
    pub matrices: Vec<Matrix>,
    /// One for each mode.
    pub landings: Vec<Landings>,
    /// What was noticed of timetables.
    pub notes: Vec<FeedNote>,
}

/// Why a kept file was not used, or not written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CacheFault {
    /// It is ours and cannot be trusted.
    #[error("the kept travel times are damaged: {0}")]
    Damaged(String),
    /// It is somebody else's file.
    #[error("the file holds something else than kept travel times")]
    Foreign,
    /// It could not be written.
    #[error("the travel times cannot be kept: {0}")]
    NotWritten(String),
}

/// The file that keeps travel times.
#[derive(Clone, Debug)]
pub struct Cache {
    path: PathBuf,
}

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
  cell TEXT NOT NULL, cause TEXT NOT NULL, action TEXT NOT NULL);
INSERT INTO gpkg_contents (table_name, data_type, identifier, description)
  VALUES ('travel_times', 'attributes', 'travel_times', 'Minutes or km along roads or by timetable, by oneroof'),
         ('road_landings', 'attributes', 'road_landings', 'Where zones and buildings meet the roads'),
         ('road_networks', 'attributes', 'road_networks', 'Kilometres of road by mode'),
         ('feed_notes', 'attributes', 'feed_notes', 'What was noticed in timetable feeds');
";

impl Cache {
    /// The file at a path, which need not exist.
    pub fn at(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into() }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What is kept under a key; `None` where nothing is, or something older.
    ///
    /// # Errors
    /// [`CacheFault::Damaged`] where the values are not those that were written,
    /// [`CacheFault::Foreign`] where the file is none of ours.
    pub fn read(&self, key: &str, place: &Place) -> Result<Option<Kept>, CacheFault> {
        if !self.path.exists() {
            return Ok(None);
        }
        if !self.is_database() {
            return Err(CacheFault::Foreign);
        }
        // A database of somebody else's is no damaged one of ours.
        let is_empty = std::fs::metadata(&self.path).is_ok_and(|file| file.len() == 0);
        let file = GeoPackage::open_read_only(&self.path).map_err(|fault| match fault {
            geopackage::Error::NotAGeoPackage { .. } if !is_empty => CacheFault::Foreign,
            fault => damaged(fault),
        })?;
        let known = file
            .connection()
            .prepare("SELECT name FROM sqlite_master WHERE name = 'oneroof_about'")
            .and_then(|mut found| found.exists(()))
            .map_err(damaged)?;
        if !known {
            return Err(CacheFault::Foreign);
        }
        let about = |what: &str| {
            let sql = "SELECT value FROM oneroof_about WHERE what = ?1";
            let value = file
                .connection()
                .query_row(sql, [what], |row| row.get::<_, String>(0));
            value.map_err(damaged)
        };
        if about("key")? != key {
            return Ok(None);
        }
        let kept = read_all(&file, place)?;
        match checksum(&kept) == about("checksum")? {
            true => Ok(Some(kept)),
            false => Err(CacheFault::Damaged("their checksum is another".to_owned())),
        }
    }

    /// Keeps journeys under a key, in place of what was kept before: whole or not at all.
    ///
    /// # Errors
    /// [`CacheFault::NotWritten`], or [`CacheFault::Foreign`] where the file there is none of ours.
    pub fn write(&self, key: &str, place: &Place, kept: &Kept) -> Result<(), CacheFault> {
        if self.path.exists() && matches!(self.read(key, place), Err(CacheFault::Foreign)) {
            return Err(CacheFault::Foreign);
        }
        let name = self.path.file_name().unwrap_or_default().to_string_lossy();
        let draft = self
            .path
            .with_file_name(format!(".{name}.{}.new", std::process::id()));
        let written = write_all(&draft, key, place, kept)
            .and_then(|()| std::fs::rename(&draft, &self.path).map_err(not_written));
        if written.is_err() {
            let _ = std::fs::remove_file(&draft);
        }
        written
    }

    /// Whether the file begins as a database does, or is empty.
    fn is_database(&self) -> bool {
        let mut head = Vec::new();
        let read =
            std::fs::File::open(&self.path).and_then(|file| file.take(16).read_to_end(&mut head));
        read.is_ok() && (head.is_empty() || head == b"SQLite format 3\0")
    }
}

pub(super) fn damaged(fault: impl Display) -> CacheFault {
    CacheFault::Damaged(fault.to_string())
}

pub(super) fn not_written(fault: impl Display) -> CacheFault {
    CacheFault::NotWritten(fault.to_string())
}

fn unit_name(unit: Unit) -> &'static str {
    match unit {
        Unit::Km => "km",
        Unit::Minutes => "minutes",
    }
}

fn write_all(path: &Path, key: &str, place: &Place, kept: &Kept) -> Result<(), CacheFault> {
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

fn read_all(file: &GeoPackage, place: &Place) -> Result<Kept, CacheFault> {
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
fn checksum(kept: &Kept) -> String {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::place::sample::six_buildings;

    fn kept(place: &Place) -> Kept {
        let journey = |zone: usize, far: u32| {
            let from = Origin::Zone(ZoneIx::new(zone));
            (from, BuildingIx::new(zone), Distance(far))
        };
        let move_away = (
            Origin::Building(BuildingIx::new(1)),
            BuildingIx::new(2),
            Distance(7),
        );
        let landing = Landing {
            at: place.zones[0].point,
            away: Metres(12.345),
            mainland: true,
        };
        Kept {
            matrices: vec![
                Matrix::new(
                    "walk",
                    Unit::Minutes,
                    [journey(0, 90), journey(1, 70), move_away],
                ),
                Matrix::new("walk", Unit::Km, [journey(0, 1_200)]),
                Matrix::new("drive", Unit::Minutes, [journey(2, 30)]),
            ],
            landings: vec![Landings {
                mode: RoadMode::Walk,
                zones: place.zones.iter().map(|_| Some(landing)).collect(),
                buildings: place.buildings.iter().map(|_| None).collect(),
                km: 12.5,
                parts: 2,
                fragments_km: 0.25,
            }],
            notes: vec![FeedNote {
                code: "transit-no-trips",
                file: "buses.zip/trips.txt".to_owned(),
                line: 7,
                column: "trip_id".to_owned(),
                cell: "T1".to_owned(),
                cause: "why".to_owned(),
                action: "what".to_owned(),
            }],
        }
    }

    #[test]
    fn what_is_kept_comes_back_under_its_own_key_alone() {
        let place = six_buildings();
        let dir = tempfile::tempdir().expect("a temporary folder");
        let cache = Cache::at(dir.path().join("times.gpkg"));
        assert_eq!(cache.read("a", &place), Ok(None));
        cache.write("a", &place, &kept(&place)).expect("written");
        assert_eq!(cache.read("a", &place), Ok(Some(kept(&place))));
        assert_eq!(cache.read("b", &place), Ok(None));
        cache.write("b", &place, &Kept::default()).expect("written");
        assert_eq!(cache.read("a", &place), Ok(None));
        assert_eq!(cache.read("b", &place), Ok(Some(Kept::default())));
        // No draft is left beside it.
        assert_eq!(
            std::fs::read_dir(dir.path()).map(|all| all.count()).ok(),
            Some(1)
        );
    }

    #[test]
    fn a_database_of_another_program_is_foreign_and_left_as_it_is() {
        let place = six_buildings();
        let dir = tempfile::tempdir().expect("a temporary folder");
        let cache = Cache::at(dir.path().join("assets.sqlite"));
        {
            let file = GeoPackage::create(cache.path()).expect("created");
            let other = "PRAGMA application_id = 7; CREATE TABLE assets (id TEXT)";
            file.connection().execute_batch(other).expect("changed");
        }
        let before = std::fs::read(cache.path()).expect("there");
        assert_eq!(cache.read("a", &place), Err(CacheFault::Foreign));
        let written = cache.write("a", &place, &kept(&place));
        assert_eq!(written, Err(CacheFault::Foreign));
        assert_eq!(std::fs::read(cache.path()).expect("there"), before);
    }

    #[test]
    fn a_changed_number_is_damage_and_another_file_is_foreign() {
        let place = six_buildings();
        let dir = tempfile::tempdir().expect("a temporary folder");
        let cache = Cache::at(dir.path().join("times.gpkg"));
        cache.write("a", &place, &kept(&place)).expect("written");
        {
            let file = GeoPackage::open(cache.path()).expect("opens");
            let change = "UPDATE travel_times SET steps = 1 WHERE steps = 90";
            file.connection().execute_batch(change).expect("changed");
        }
        assert!(matches!(
            cache.read("a", &place),
            Err(CacheFault::Damaged(_))
        ));
        cache
            .write("a", &place, &kept(&place))
            .expect("written again");
        assert_eq!(cache.read("a", &place), Ok(Some(kept(&place))));
        let whole = std::fs::read(cache.path()).expect("there");
        std::fs::write(cache.path(), &whole[..whole.len() / 3]).expect("cut");
        assert!(matches!(
            cache.read("a", &place),
            Err(CacheFault::Damaged(_))
        ));
        std::fs::write(cache.path(), "notes").expect("written");
        assert_eq!(cache.read("a", &place), Err(CacheFault::Foreign));
        assert_eq!(
            cache.write("a", &place, &kept(&place)),
            Err(CacheFault::Foreign)
        );
        assert_eq!(
            std::fs::read_to_string(cache.path()).ok().as_deref(),
            Some("notes")
        );
    }
}
