//! Journeys along roads, from the disk where they are kept there, else worked out and kept.

use super::needed::services_today;
use super::{Needed, RoadSettings, Roads, RoadsFault};
use crate::place::hexadecimal;
use crate::place::{Location, Place, RoadMode};
use crate::travel::at_hand::kept_or;
use crate::travel::cache::{Cache, CacheFault, Kept};
use sha2::{Digest, Sha256};
use std::io::Read;
use std::path::{Path, PathBuf};

/// Changes with every change of what is worked out or how it is kept.
const METHOD: &str = concat!("roads 3 ", env!("CARGO_PKG_VERSION"));

/// Journeys along roads and how they were come by.
#[derive(Clone, Debug, PartialEq)]
pub struct WorkedOut {
    /// The journeys, and where everything meets the roads.
    pub kept: Kept,
    /// SHA-256 of each extract, hexadecimal.
    pub sha256: Vec<String>,
    /// Whether they were kept from an earlier run.
    pub from_disk: bool,
    /// What went wrong with the kept file: the journeys do not depend on it.
    pub faults: Vec<CacheFault>,
}

/// What the rules of a place need to know of its roads.
///
/// # Errors
/// [`RoadsFault`] where an extract is not there, is none, or is cut short, damaged or without roads.
pub fn work_out(
    place: &Place,
    settings: &RoadSettings,
    needed: &[Needed],
    cache: Option<&Cache>,
) -> Result<WorkedOut, RoadsFault> {
    let sha256 = sha256_of_extracts(settings)?;
    let key = key(METHOD, place, settings, needed, &sha256);
    let at_hand = kept_or(cache, &key, place, || afresh(place, settings, needed))?;
    Ok(WorkedOut {
        kept: at_hand.kept,
        sha256,
        from_disk: at_hand.from_disk,
        faults: at_hand.faults,
    })
}

fn afresh(place: &Place, settings: &RoadSettings, needed: &[Needed]) -> Result<Kept, RoadsFault> {
    let used = |mode: &RoadMode| needed.iter().any(|one| one.mode == *mode);
    let modes: Vec<RoadMode> = settings.modes.iter().copied().filter(used).collect();
    let roads = Roads::read(&RoadSettings {
        modes: modes.clone(),
        ..settings.clone()
    })?;
    Ok(Kept {
        matrices: needed
            .iter()
            .filter_map(|one| roads.journeys(place, one))
            .collect(),
        landings: modes
            .iter()
            .filter_map(|mode| roads.landings(place, *mode))
            .collect(),
        notes: Vec::new(),
    })
}

/// A hash of everything the journeys follow from.
fn key(
    method: &str,
    place: &Place,
    settings: &RoadSettings,
    needed: &[Needed],
    sha256: &[String],
) -> String {
    let mut hash = Sha256::new();
    let mut add = |text: String| {
        hash.update((text.len() as u64).to_le_bytes());
        hash.update(text);
    };
    add(method.to_owned());
    add(sha256.join(" "));
    let speeds = settings.speeds;
    add(format!("{speeds:?} {:?}", settings.furthest_snap));
    add(format!("{needed:?}"));
    points_of(place).for_each(&mut add);
    for one in needed {
        add(format!("{:?}", services_today(place, &one.extent.services)));
    }
    hexadecimal(&hash.finalize())
}

/// Every zone and building and where it is, to the last bit.
pub(in crate::travel) fn points_of(place: &Place) -> impl Iterator<Item = String> + '_ {
    let point = |at: Option<Location>| at.map(|at| (at.lon().to_bits(), at.lat().to_bits()));
    let zones = place.zones.iter();
    let zones = zones.map(move |zone| format!("{} {:?}", zone.id, point(Some(zone.point))));
    let buildings = place.buildings.iter();
    zones.chain(buildings.map(move |one| format!("{} {:?}", one.id, point(one.location))))
}

/// SHA-256 of each extract.
pub(in crate::travel) fn sha256_of_extracts(
    settings: &RoadSettings,
) -> Result<Vec<String>, RoadsFault> {
    let of = |path: &PathBuf| {
        sha256_of(path).map_err(|source| RoadsFault::Unreadable {
            path: path.clone(),
            source,
        })
    };
    settings.extracts.iter().map(of).collect()
}

/// SHA-256 of a file, a piece at a time.
pub(in crate::travel) fn sha256_of(path: &Path) -> std::io::Result<String> {
    let mut file = std::fs::File::open(path)?;
    let mut hash = Sha256::new();
    let mut piece = vec![0_u8; 1 << 16];
    loop {
        match file.read(&mut piece)? {
            0 => return Ok(hexadecimal(&hash.finalize())),
            read => hash.update(&piece[..read]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::place::sample::six_buildings;
    use crate::place::{Metres, Unit};
    use crate::travel::roads::{NO_END, Speeds};

    #[test]
    fn another_version_extract_setting_need_or_place_is_another_world() {
        let place = six_buildings();
        let settings = RoadSettings {
            extracts: vec!["a.osm.pbf".into()],
            modes: vec![RoadMode::Walk],
            speeds: Speeds::default(),
            furthest_snap: Metres(1_000.0),
        };
        let needed = [Needed::all(RoadMode::Walk, Unit::Minutes, NO_END)];
        let of = |method: &str, place: &Place, settings: &RoadSettings, sha256: &str| {
            key(method, place, settings, &needed, &[sha256.to_owned()])
        };
        let usual = of("1", &place, &settings, "aa");
        assert_eq!(usual, of("1", &place, &settings, "aa"));
        let mut moved = place.clone();
        moved.zones[0].point = Location::new(1.0, 1.0).expect("on Earth");
        let slow = RoadSettings {
            speeds: Speeds {
                walk_kmh: 3.0,
                ..settings.speeds
            },
            ..settings.clone()
        };
        let near = RoadSettings {
            furthest_snap: Metres(10.0),
            ..settings.clone()
        };
        let km = [Needed::all(RoadMode::Walk, Unit::Km, NO_END)];
        for other in [
            of("2", &place, &settings, "aa"),
            of("1", &moved, &settings, "aa"),
            of("1", &place, &slow, "aa"),
            of("1", &place, &near, "aa"),
            of("1", &place, &settings, "ab"),
            key("1", &place, &settings, &km, &["aa".to_owned()]),
        ] {
            assert_ne!(other, usual);
        }
    }
}
