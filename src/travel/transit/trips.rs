//! The trips of a feed that run on the days asked for: when they call where, and how often they run.

use super::archive::{Archive, Table};
use super::calendar::Running;
use super::fault::FeedFault;
use super::notes::{FeedNote, Notes};
use super::rows::{Frequency, StopTime};
use super::times::{Stated, settle};
use gtfs_structures::{PickupDropOffType, RawTrip};
use std::collections::HashMap;

/// More calls on one day than this are refused: two gigabytes.
pub(super) const MOST_CALLS: usize = 50_000_000;
/// Nothing is on its way for longer, seconds after midnight.
pub(super) const LAST_SECOND: u32 = 4 * 86_400;

/// More trips are refused.
const MOST_TRIPS: u64 = 20_000_000;
const TRIPS: Table = Table {
    name: "trips.txt",
    needed: &["trip_id", "route_id", "service_id"],
    most: MOST_TRIPS,
};
/// Its rows are many; those of the day are counted.
const STOP_TIMES: Table = Table {
    name: "stop_times.txt",
    needed: &[
        "trip_id",
        "stop_id",
        "stop_sequence",
        "arrival_time",
        "departure_time",
    ],
    most: u64::MAX,
};
const FREQUENCIES: Table = Table {
    name: "frequencies.txt",
    needed: &["trip_id", "start_time", "end_time", "headway_secs"],
    most: 5_000_000,
};

/// Numbers of trips by id; `None` for those that run on none of the days.
pub(super) type TripNumbers = HashMap<String, Option<u32>>;

/// A trip that runs on at least one of the days.
pub(super) struct Trip {
    pub(super) id: String,
    pub(super) line: u64,
    pub(super) days: Vec<i64>,
    pub(super) calls: Vec<Stated>,
    /// First departure, last departure, and the time between two, seconds.
    pub(super) every: Vec<(u32, u32, u32)>,
}

fn no_table(feed: &Archive, table: &'static str) -> FeedFault {
    FeedFault::NoTable {
        path: feed.path().to_path_buf(),
        table,
    }
}

/// Why rows of several tables are left out.
const UNKNOWN_TRIP: &str = "no trip has this id";
const TOO_LATE: &str = "nothing is under way for four days";

/// The trips that run on one of the days, and their numbers by id.
pub(super) fn trips(
    feed: &mut Archive,
    running: &Running,
    notes: &mut Notes,
) -> Result<(Vec<Trip>, TripNumbers), FeedFault> {
    let file = feed.file("trips.txt");
    let mut trips: Vec<Trip> = Vec::new();
    let mut ids = HashMap::new();
    let known = feed.read(TRIPS, notes, |line, row: RawTrip, notes| {
        if ids.contains_key(&row.id) {
            let cause = "the trip stands twice in the table";
            notes.row(FeedNote::left_out(&file, line, ("trip_id", &row.id), cause));
            return Ok(());
        }
        if !running.known.contains(&row.service_id) {
            let cause = "no calendar has this id";
            let place = ("service_id", row.service_id.as_str());
            notes.row(FeedNote::left_out(&file, line, place, cause));
        }
        let days = running.days(&row.service_id);
        let number = (!days.is_empty()).then_some(trips.len() as u32);
        ids.insert(row.id.clone(), number);
        if number.is_some() {
            trips.push(Trip {
                id: row.id,
                line,
                days,
                calls: Vec::new(),
                every: Vec::new(),
            });
        }
        Ok(())
    })?;
    match known {
        true => Ok((trips, ids)),
        false => Err(no_table(feed, "trips.txt")),
    }
}

pub(super) fn stop_times(
    feed: &mut Archive,
    ids: &TripNumbers,
    stops: &HashMap<String, u32>,
    trips: &mut [Trip],
    notes: &mut Notes,
) -> Result<(), FeedFault> {
    let (file, path) = (feed.file("stop_times.txt"), feed.path().to_path_buf());
    let left_out =
        |line, place: (&str, &str), cause: &str| FeedNote::left_out(&file, line, place, cause);
    let mut calls = 0;
    let take = |line, row: StopTime, notes: &mut Notes| {
        let Some(trip) = ids.get(&row.trip_id) else {
            notes.row(left_out(line, ("trip_id", &row.trip_id), UNKNOWN_TRIP));
            return Ok(());
        };
        let Some(trip) = trip else { return Ok(()) };
        let Some(stop) = stops.get(&row.stop_id) else {
            notes.row(left_out(
                line,
                ("stop_id", &row.stop_id),
                "no stop has this id",
            ));
            return Ok(());
        };
        for (column, time) in [
            ("arrival_time", row.arrival_time),
            ("departure_time", row.departure_time),
        ] {
            if let Some(late) = time.filter(|time| *time > LAST_SECOND) {
                notes.row(left_out(line, (column, &clock(late)), TOO_LATE));
                return Ok(());
            }
        }
        calls += 1;
        if calls > MOST_CALLS {
            return Err(FeedFault::TooBig {
                path: path.clone(),
                cause: format!("its vehicles make more than {MOST_CALLS} calls on one day"),
            });
        }
        trips[*trip as usize].calls.push(Stated {
            sequence: row.stop_sequence,
            line,
            stop: *stop,
            arrives: row.arrival_time,
            departs: row.departure_time,
            may_board: row.pickup_type != PickupDropOffType::NotAvailable,
            may_alight: row.drop_off_type != PickupDropOffType::NotAvailable,
        });
        Ok(())
    };
    match feed.read(STOP_TIMES, notes, take)? {
        true => Ok(()),
        false => Err(no_table(feed, "stop_times.txt")),
    }
}

/// Trips that stand for one vehicle every so often.
pub(super) fn frequencies(
    feed: &mut Archive,
    ids: &TripNumbers,
    trips: &mut [Trip],
    notes: &mut Notes,
) -> Result<(), FeedFault> {
    let file = feed.file("frequencies.txt");
    let take = |line, row: Frequency, notes: &mut Notes| {
        let fault = match (ids.get(&row.trip_id), row.headway_secs) {
            (None, _) => Some(("trip_id", row.trip_id.clone(), UNKNOWN_TRIP)),
            (_, 0..10) => Some((
                "headway_secs",
                row.headway_secs.to_string(),
                "no vehicle runs every ten seconds",
            )),
            _ if row.end_time <= row.start_time => {
                let cause = "the time ends before it begins";
                Some(("end_time", clock(row.end_time), cause))
            }
            _ if row.end_time > LAST_SECOND => Some(("end_time", clock(row.end_time), TOO_LATE)),
            _ => None,
        };
        if let Some((column, cell, cause)) = fault {
            notes.row(FeedNote::left_out(&file, line, (column, &cell), cause));
        } else if let Some(Some(trip)) = ids.get(&row.trip_id) {
            let every = (row.start_time, row.end_time, row.headway_secs);
            trips[*trip as usize].every.push(every);
        }
        Ok(())
    };
    feed.read(FREQUENCIES, notes, take)?;
    Ok(())
}

/// A time of day as feeds write it.
fn clock(seconds: u32) -> String {
    let (minutes, seconds) = (seconds / 60, seconds % 60);
    format!("{:02}:{:02}:{seconds:02}", minutes / 60, minutes % 60)
}

/// Settles the times of a trip; what is wrong with it otherwise.
pub(super) fn usable(
    feed: &Archive,
    trip: &mut Trip,
    place: impl Fn(u32) -> Option<crate::place::Location>,
) -> Result<usize, Box<FeedNote>> {
    let left_out = |table, line, column: &str, cause| {
        Box::new(FeedNote {
            line,
            column: column.to_owned(),
            cell: trip.id.clone(),
            ..FeedNote::whole(
                "transit-trip-left-out",
                &feed.file(table),
                cause,
                "the trip is left out",
            )
        })
    };
    if trip.calls.len() < 2 {
        let cause = "it calls at fewer than two stops".to_owned();
        return Err(left_out("trips.txt", trip.line, "trip_id", cause));
    }
    settle(&mut trip.calls, place)
        .map_err(|fault| left_out("stop_times.txt", fault.line, fault.column, fault.cause))
}
