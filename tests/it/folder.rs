//! A place folder in a temporary directory, for tests.

use oneroof::load::{LoadError, LoadOptions, Loaded, load};
use oneroof::place::{Place, Role};
use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;
use tempfile::TempDir;

/// The six-building place, or a variation of it.
pub(crate) struct Folder {
    dir: TempDir,
}

impl Folder {
    /// The six buildings as committed.
    pub(crate) fn six() -> Self {
        Self::of(
            "six",
            &["place.toml", "buildings.csv", "occupiers.csv", "zones.csv"],
        )
    }

    /// Files of a committed place.
    pub(crate) fn of(place: &str, files: &[&str]) -> Self {
        let from = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("tests/places")
            .join(place);
        let dir = TempDir::new().expect("a temporary folder");
        for file in files {
            std::fs::copy(from.join(file), dir.path().join(file)).expect("the place is committed");
        }
        Self { dir }
    }

    pub(crate) fn path(&self) -> &Path {
        self.dir.path()
    }

    /// Runs the program in the folder; it must end with this code. All it printed.
    pub(crate) fn run(&self, arguments: &[&str], code: i32) -> String {
        let ended = Command::new(env!("CARGO_BIN_EXE_oneroof"))
            .args(arguments)
            .current_dir(self.path())
            .output()
            .expect("it runs");
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let (out, err) = (text(&ended.stdout), text(&ended.stderr));
        assert_eq!(ended.status.code(), Some(code), "{out}{err}");
        format!("{out}{err}")
    }

    pub(crate) fn read(&self, file: &str) -> String {
        std::fs::read_to_string(self.dir.path().join(file)).expect("it was written")
    }

    pub(crate) fn write(&self, file: &str, text: &str) -> &Self {
        std::fs::write(self.dir.path().join(file), text).expect("a temporary file");
        self
    }

    /// Adds text to the end of a file.
    pub(crate) fn append(&self, file: &str, text: &str) -> &Self {
        self.write(file, &format!("{}{text}", self.read(file)))
    }

    /// Replaces text, which must be there.
    pub(crate) fn replace(&self, file: &str, from: &str, to: &str) -> &Self {
        let text = self.read(file);
        assert!(text.contains(from), "{file} has no `{from}`");
        self.write(file, &text.replacen(from, to, 1))
    }

    pub(crate) fn load_with(&self, options: &LoadOptions) -> Result<Loaded, LoadError> {
        load(self.dir.path(), options)
    }

    pub(crate) fn load(&self) -> Loaded {
        self.load_with(&LoadOptions::default())
            .unwrap_or_else(|error| panic!("{error}"))
    }

    /// The codes and words of what stopped it.
    pub(crate) fn errors(&self) -> Vec<String> {
        match self.load_with(&LoadOptions::default()) {
            Ok(_) => Vec::new(),
            Err(error) => error
                .errors()
                .map(|f| format!("{} {} {}", f.code, f.row, f.cause))
                .collect(),
        }
    }
}

/// Everything a plan depends on, by id, without rows and order; places to 0.1 m.
pub(crate) fn essence(place: &Place) -> BTreeMap<String, String> {
    let mut all = BTreeMap::new();
    for b in &place.buildings {
        let at = b.location.map(|l| format!("{:.6} {:.6}", l.lon(), l.lat()));
        let role = match &b.role {
            Role::Candidate => "candidate".to_string(),
            other => format!("{other:?}"),
        };
        all.insert(
            format!("building {}", b.id),
            format!(
                "{} {:?} {at:?} {role} {:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?}",
                b.name,
                b.postcode,
                b.occupancy,
                b.tenure,
                b.usable,
                b.running_fixed,
                b.running_per_m2,
                b.market_value,
                b.rates,
                b.offers
            ),
        );
    }
    for o in &place.occupiers {
        all.insert(
            format!("occupier {}", o.id),
            format!(
                "{} {} {} {} {:?} {}",
                o.name,
                place.agency(o.agency).id,
                place.service(o.service).id,
                place.building(o.building).id,
                o.needs,
                o.staff_fte
            ),
        );
    }
    for z in &place.zones {
        all.insert(
            format!("zone {}", z.id),
            format!(
                "{:.6} {:.6} {:?} {:?} {:?} {:?}",
                z.point.lon(),
                z.point.lat(),
                z.population,
                z.demand,
                z.groups,
                z.areas
            ),
        );
    }
    all
}
