//! Journeys by timetable, from the disk where they are kept there, else worked out and kept.

use super::fault::FeedFault;
use super::journeys::{Transit, TransitFault};
use super::settings::TransitSettings;
use crate::place::{Place, hexadecimal};
use crate::travel::at_hand::kept_or;
use crate::travel::cache::{Cache, CacheFault, Kept};
use crate::travel::roads::{
    Extent, RoadSettings, needed_by_timetable, points_of, services_today, sha256_of,
    sha256_of_extracts,
};
use sha2::{Digest, Sha256};
use std::path::PathBuf;

/// Changes with every change of what is worked out or how it is kept.
const METHOD: &str = "transit 3";

/// Journeys by timetable and how they were come by.
#[derive(Clone, Debug, PartialEq)]
pub struct TimetabledTimes {
    /// The journeys, and what was noticed of the feeds.
    pub kept: Kept,
    /// SHA-256 of each feed, hexadecimal.
    pub sha256: Vec<String>,
    /// SHA-256 of each extract of the paths to the stops, hexadecimal.
    pub paths_sha256: Vec<String>,
    /// Whether they were kept from an earlier run.
    pub from_disk: bool,
    /// What went wrong with the kept file: the journeys do not depend on it.
    pub faults: Vec<CacheFault>,
}

/// What the rules of a place need to know of its timetables; `None` where no rule goes by them.
///
/// # Errors
/// [`TransitFault`] where a feed or an extract is not there, is none, or is damaged, or where a feed does
/// not describe the day.
pub fn timetabled(
    place: &Place,
    settings: &TransitSettings,
    roads: &RoadSettings,
    cache: Option<&Cache>,
) -> Result<Option<TimetabledTimes>, TransitFault> {
    let Some(extent) = needed_by_timetable(place) else {
        return Ok(None);
    };
    let of = |path: &PathBuf| {
        sha256_of(path).map_err(|source| FeedFault::Unreadable {
            path: path.clone(),
            source,
        })
    };
    let sha256: Vec<String> = settings.feeds.iter().map(of).collect::<Result<_, _>>()?;
    let paths_sha256 = sha256_of_extracts(roads)?;
    let key = key(
        place,
        settings,
        roads,
        &extent,
        &[&sha256[..], &paths_sha256].concat(),
    );
    let at_hand = kept_or(cache, &key, place, || {
        afresh(place, settings, roads, &extent)
    })?;
    Ok(Some(TimetabledTimes {
        kept: at_hand.kept,
        sha256,
        paths_sha256,
        from_disk: at_hand.from_disk,
        faults: at_hand.faults,
    }))
}

fn afresh(
    place: &Place,
    settings: &TransitSettings,
    roads: &RoadSettings,
    extent: &Extent,
) -> Result<Kept, TransitFault> {
    let (transit, notes) = Transit::read(settings, roads)?;
    Ok(Kept {
        matrices: vec![transit.journeys(place, extent)],
        landings: Vec::new(),
        notes,
    })
}

/// A hash of everything the journeys follow from.
fn key(
    place: &Place,
    settings: &TransitSettings,
    roads: &RoadSettings,
    extent: &Extent,
    sha256: &[String],
) -> String {
    let mut hash = Sha256::new();
    let mut add = |text: String| {
        hash.update((text.len() as u64).to_le_bytes());
        hash.update(text);
    };
    add(format!("{METHOD} {}", env!("CARGO_PKG_VERSION")));
    add(sha256.join(" "));
    add(format!("{:?} {:?}", roads.speeds, roads.furthest_snap));
    add(format!("{:?} {extent:?}", settings.terms));
    // Notes name the feeds.
    add(format!(
        "{:?}",
        settings
            .feeds
            .iter()
            .map(|path| path.file_name())
            .collect::<Vec<_>>()
    ));
    points_of(place).for_each(&mut add);
    add(format!("{:?}", services_today(place, &extent.services)));
    hexadecimal(&hash.finalize())
}
