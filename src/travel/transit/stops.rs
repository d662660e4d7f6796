//! The stops of a feed.

use super::archive::{Archive, Table};
use super::fault::FeedFault;
use super::notes::{FeedNote, Notes};
use crate::place::Location;
use gtfs_structures::Stop as Row;
use std::collections::HashMap;

/// More stops are refused.
const MOST_STOPS: u64 = 5_000_000;
const STOPS: Table = Table {
    name: "stops.txt",
    needed: &["stop_id"],
    most: MOST_STOPS,
};

/// A stop of some feed.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Stop {
    /// Its id in its feed.
    pub(super) id: String,
    /// Its feed's table, for notes.
    pub(super) file: String,
    pub(super) line: u64,
    /// Where it is; `None` where nothing that makes sense is stated.
    pub(super) at: Option<Location>,
}

/// Reads the stops of a feed and adds them to those of others; a stop without a place of its own is where
/// its station is. Returns each stop's number by its id.
pub(super) fn read(
    feed: &mut Archive,
    stops: &mut Vec<Stop>,
    notes: &mut Notes,
) -> Result<HashMap<String, u32>, FeedFault> {
    let file = feed.file("stops.txt");
    let first = stops.len();
    let mut numbers = HashMap::new();
    let mut parents = Vec::new();
    let known = feed.read(STOPS, notes, |line, row: Row, notes| {
        if numbers.contains_key(&row.id) {
            let cause = "the stop stands twice in the table";
            notes.row(FeedNote::left_out(&file, line, ("stop_id", &row.id), cause));
            return Ok(());
        }
        let at = row
            .longitude
            .zip(row.latitude)
            // Nothing stops in the Gulf of Guinea: these are blanks that were filled in.
            .filter(|at| *at != (0.0, 0.0))
            .and_then(|(lon, lat)| Location::new(lon, lat));
        numbers.insert(row.id.clone(), stops.len() as u32);
        parents.push(row.parent_station);
        stops.push(Stop {
            id: row.id,
            file: file.clone(),
            line,
            at,
        });
        Ok(())
    })?;
    if !known {
        return Err(FeedFault::NoTable {
            path: feed.path().to_path_buf(),
            table: "stops.txt",
        });
    }
    for (at, parent) in parents.iter().enumerate() {
        if stops[first + at].at.is_none() {
            let station = parent.as_ref().and_then(|parent| numbers.get(parent));
            stops[first + at].at = station.and_then(|station| stops[*station as usize].at);
        }
    }
    Ok(numbers)
}

/// Names the stops that vehicles call at and that are nowhere.
pub(super) fn nowhere(stops: &[Stop], called_at: &[bool], notes: &mut Notes) {
    for (stop, _) in stops
        .iter()
        .zip(called_at)
        .filter(|(stop, called)| **called && stop.at.is_none())
    {
        notes.row(FeedNote {
            line: stop.line,
            column: "stop_lat".to_owned(),
            cell: stop.id.clone(),
            ..FeedNote::whole(
                "transit-stop-nowhere",
                &stop.file,
                "vehicles call there, and it has no coordinates on Earth".to_owned(),
                "nobody gets on or off there",
            )
        });
    }
}
