//! A place around one register, and what was read of it.

use oneroof::load::{LoadError, LoadOptions, Loaded, load};
use oneroof::place::{Building, Finding, Role};
use tempfile::TempDir;

/// What became of one register.
pub(super) struct Read {
    loaded: Result<Loaded, LoadError>,
}

/// Loads a place whose only register this is. `around` is the longitude and latitude of its only
/// zone; `block` is added to `[[buildings]]`.
pub(super) fn register_with(
    file: &str,
    bytes: impl AsRef<[u8]>,
    around: (f64, f64),
    block: &str,
) -> Read {
    let zones = format!(
        "zone_id,lon,lat,population\nZ1,{},{},100\n",
        around.0, around.1
    );
    let read = place_with("", &zones, file, bytes.as_ref(), block, None);
    // Registers made up for their words and sums have no places: a building beside them makes it one.
    match read.says("nothing-located", "*") {
        0 => read,
        _ => place_with("", &zones, file, bytes.as_ref(), block, Some(around)),
    }
}

/// Loads a place of these zones and this register; `head` is added to `[place]`.
pub(super) fn place_of(head: &str, zones: &str, register: &str) -> Read {
    place_with(head, zones, "register.csv", register.as_bytes(), "", None)
}

/// The id of a building that is only there to be somewhere.
const BESIDE: &str = "the building beside";

fn place_with(
    head: &str,
    zones: &str,
    file: &str,
    bytes: &[u8],
    block: &str,
    beside: Option<(f64, f64)>,
) -> Read {
    let other = beside.map_or_else(String::new, |_| {
        "[[agency]]\nid = \"other\"\n\n[[buildings]]\nagency = \"other\"\nfile = \"beside.csv\"\n".to_owned()
    });
    let (lon, lat) = beside.unwrap_or_default();
    let elsewhere =
        format!("asset_id,name,lon,lat,usable_m2,running_gbp\n{BESIDE},{BESIDE},{lon},{lat},1,1\n");
    let folder = TempDir::new().expect("a temporary folder");
    let place = format!(
        "[place]\nname = \"Town\"\nbase_date = 2026-04-01\n{head}\n\n\
         [[agency]]\nid = \"council\"\n\n\
         [[service]]\nid = \"library\"\ncounter = true\nagency = \"council\"\n\n\
         [[zones]]\nfile = \"zones.csv\"\n\n\
         [[buildings]]\nagency = \"council\"\nfile = \"{file}\"\n{block}\n{other}"
    );
    for (name, content) in [
        ("zones.csv", zones.as_bytes()),
        ("place.toml", place.as_bytes()),
        (file, bytes),
        ("beside.csv", elsewhere.as_bytes()),
    ] {
        std::fs::write(folder.path().join(name), content).expect("a temporary file");
    }
    Read {
        loaded: load(folder.path(), &LoadOptions::default()),
    }
}

pub(super) fn register(text: &str, around: (f64, f64)) -> Read {
    register_with("register.csv", text, around, "")
}

impl Read {
    pub(super) fn findings(&self) -> &[Finding] {
        match &self.loaded {
            Ok(loaded) => &loaded.findings,
            Err(error) => &error.findings,
        }
    }

    /// Where a zone is, as `lon,lat`.
    pub(super) fn zone(&self, id: &str) -> String {
        let loaded = self
            .loaded
            .as_ref()
            .unwrap_or_else(|error| panic!("{error}"));
        let zone = loaded
            .place
            .zones
            .iter()
            .find(|zone| zone.id.as_str() == id);
        let at = zone.expect("a zone").point;
        format!("{:.3},{:.3}", at.lon(), at.lat())
    }

    fn buildings(&self) -> &[Building] {
        match &self.loaded {
            Ok(loaded) => &loaded.place.buildings,
            Err(error) => panic!("{error}"),
        }
    }

    pub(super) fn count(&self) -> usize {
        let own = self.buildings().iter();
        own.filter(|building| building.register_id.as_deref() != Some(BESIDE))
            .count()
    }

    /// Every fact about a building that is asked for, as text, in the order asked; `-` where there
    /// is none.
    pub(super) fn facts(&self, id: &str, asked: &str) -> String {
        let building = self
            .buildings()
            .iter()
            .find(|b| b.register_id.as_deref() == Some(id) || b.name == id)
            .unwrap_or_else(|| {
                let ids: Vec<_> = self.buildings().iter().map(|b| b.id.to_string()).collect();
                panic!("no building {id} among {ids:?}: {:#?}", self.findings())
            });
        asked
            .split_whitespace()
            .map(|fact| format!("{fact}={}", one(building, fact)))
            .collect::<Vec<_>>()
            .join(" ")
    }

    /// How many findings of this code name this column (`*` for any).
    pub(super) fn says(&self, code: &str, column: &str) -> usize {
        self.findings()
            .iter()
            .filter(|f| f.code == code && (column == "*" || f.column.as_deref() == Some(column)))
            .count()
    }

    /// The finding of this code, which must be complete: a cause, an action, a file.
    pub(super) fn finding(&self, code: &str) -> &Finding {
        let found = self.findings().iter().find(|f| f.code == code);
        let found = found.unwrap_or_else(|| panic!("no {code}: {:#?}", self.findings()));
        assert!(
            !found.cause.is_empty() && !found.action.is_empty() && !found.row.file.is_empty(),
            "{found:?}"
        );
        found
    }

    pub(super) fn is_refused(&self) -> bool {
        self.loaded.is_err()
    }
}

fn one(b: &Building, fact: &str) -> String {
    let text = |text: Option<&str>| text.unwrap_or("-").to_owned();
    let date = |date: &Option<jiff::civil::Date>| date.map_or("-".into(), |d| d.to_string());
    match fact {
        "name" => b.name.clone(),
        "uprn" => text(b.uprn.as_deref()),
        "postcode" => text(b.postcode.as_deref()),
        "address" => text(b.address.as_deref()),
        "at" => b
            .location
            .map_or("-".into(), |at| format!("{:.3},{:.3}", at.lon(), at.lat())),
        "gross" => b
            .gross_area
            .map_or("-".into(), |area| format!("{:.1}", area.get())),
        "usable" => format!("{:.1}", b.usable.value.total().get()),
        "tenure" => format!("{:?}", b.tenure.kind),
        "rent" => b.tenure.rent.get().to_string(),
        "income" => b.tenure.let_income.get().to_string(),
        "rates" => b.rates.get().to_string(),
        "running" => b.running_fixed.value.get().to_string(),
        "rate" => b.running_per_m2.get().to_string(),
        "value" => b.market_value.value.get().to_string(),
        "backlog" => b.backlog.get().to_string(),
        "start" => date(&b.tenure.lease.start),
        "expiry" => date(&b.tenure.lease.expiry),
        "breaks" => {
            let days: Vec<_> = b
                .tenure
                .lease
                .breaks
                .iter()
                .map(ToString::to_string)
                .collect();
            days.join(";")
        }
        "sublet" => format!("{:?}", b.tenure.lease.may_sublet),
        "occupancy" => format!("{:?}", b.occupancy),
        "condition" => text(b.condition.as_deref()),
        "energy" => text(b.energy_rating.as_deref()),
        "desks" => b
            .resources
            .get("desks")
            .map_or("-".into(), ToString::to_string),
        "role" => match &b.role {
            Role::Candidate => "candidate".into(),
            Role::Fixed(_) => "fixed".into(),
            Role::Out(why) => format!("out:{why}"),
        },
        other => panic!("no fact is called {other}"),
    }
}
