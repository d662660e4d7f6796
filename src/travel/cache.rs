//! Travel times kept on disk for the next run: a GeoPackage, so that a GIS can open them.
//!
//! The file holds what one set of inputs, settings and one version of the program gave, under a key made
//! of all of them. Another key is another world: its times are never used. Every value that is read
//! back is held against the checksum that was written with it, so a damaged file is known for one.

use super::Matrix;
use super::kept_times::{checksum, read_all, write_all};
use super::roads::Landings;
use super::transit::FeedNote;
use crate::place::Place;
use geopackage::GeoPackage;
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::place::sample::six_buildings;
    use crate::place::{BuildingIx, Distance, Metres, RoadMode, Unit, ZoneIx};
    use crate::travel::Origin;
    use crate::travel::roads::Landing;

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
                header: vec!["trip_id".to_owned()],
                cells: vec!["T1".to_owned()],
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
