//! From feeds to the vehicles of one day.

use super::archive::Archive;
use super::calendar::Running;
use super::clock::{Clock, DAY, SECOND};
use super::fault::FeedFault;
use super::notes::{FeedNote, Notes};
use super::stops::{self, Stop};
use super::times::{Stated, settle};
use super::timetable::{Call, Run};
use gtfs_structures::{PickupDropOffType, RawFrequency, RawStopTime, RawTrip};
use jiff::civil::Date;
use std::collections::HashMap;
use std::path::{Path, PathBuf};

/// More calls on one day than this are refused: two gigabytes.
const MOST_CALLS: usize = 50_000_000;
/// Nothing is on its way for longer, seconds after midnight.
const LAST_SECOND: u32 = 4 * 86_400;

/// What of the feeds is wanted.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wanted {
    pub(super) date: Date,
    /// Vehicles that are under way at some time between these.
    pub(super) from: Clock,
    pub(super) to: Clock,
    /// How long before it leaves somebody must be at the stop.
    pub(super) board: Clock,
}

/// The stops of all feeds and the vehicles of the day.
#[derive(Debug, Default)]
pub(super) struct Service {
    pub(super) stops: Vec<Stop>,
    pub(super) runs: Vec<Run>,
    /// Of each feed, how many vehicles are under way at the time.
    pub(super) of_feed: Vec<usize>,
    calls: usize,
}

/// Numbers of trips by id; `None` for those that run on none of the days.
type TripNumbers = HashMap<String, Option<u32>>;

/// A trip that runs on at least one of the days.
struct Trip {
    id: String,
    line: u64,
    days: Vec<i64>,
    calls: Vec<Stated>,
    /// First departure, last departure, and the time between two, seconds.
    every: Vec<(u32, u32, u32)>,
}

/// Reads every feed for a day.
pub(super) fn read(
    paths: &[PathBuf],
    wanted: Wanted,
    notes: &mut Notes,
) -> Result<Service, FeedFault> {
    let mut service = Service::default();
    for path in paths {
        let before = service.runs.len();
        service.add(path, wanted, notes)?;
        service.of_feed.push(service.runs.len() - before);
    }
    let mut called_at = vec![false; service.stops.len()];
    for call in service.runs.iter().flatten() {
        called_at[call.stop as usize] = true;
    }
    stops::nowhere(&service.stops, &called_at, notes);
    // Nobody gets on or off where nobody knows where it is.
    let stops = &service.stops;
    for run in &mut service.runs {
        run.retain(|call| stops[call.stop as usize].at.is_some());
    }
    Ok(service)
}

impl Service {
    fn add(&mut self, path: &Path, wanted: Wanted, notes: &mut Notes) -> Result<(), FeedFault> {
        let mut feed = Archive::open(path)?;
        let running = Running::read(&mut feed, wanted.date, notes)?;
        let numbers = stops::read(&mut feed, &mut self.stops, notes)?;
        let (mut trips, ids) = trips(&mut feed, &running, notes)?;
        stop_times(&mut feed, &ids, &numbers, &mut trips, notes)?;
        frequencies(&mut feed, &ids, &mut trips, notes)?;
        let before = self.runs.len();
        let mut filled = (0, 0);
        for trip in &mut trips {
            let place = |stop: u32| self.stops[stop as usize].at;
            match usable(&feed, trip, place) {
                Ok(count) => {
                    filled = (filled.0 + count, filled.1 + usize::from(count > 0));
                    self.run(path, trip, wanted)?;
                }
                Err(note) => notes.row(*note),
            }
        }
        said(
            &feed,
            &trips,
            filled,
            self.runs.len() - before,
            wanted,
            notes,
        );
        Ok(())
    }

    /// Adds every vehicle of a trip that is under way at the time.
    fn run(&mut self, path: &Path, trip: &Trip, wanted: Wanted) -> Result<(), FeedFault> {
        let Some(first) = trip.calls.first().and_then(|call| call.departs) else {
            return Ok(());
        };
        let starts: Box<dyn Iterator<Item = i64>> = match trip.every.is_empty() {
            true => Box::new(std::iter::once(0)),
            false => {
                let each = trip.every.iter().flat_map(|(from, to, headway)| {
                    (*from..*to).step_by(*headway as usize).map(i64::from)
                });
                Box::new(each.map(move |start| start - i64::from(first)))
            }
        };
        for start in starts {
            for day in &trip.days {
                let later = day * DAY + start;
                let run = run(&trip.calls, later, wanted.board);
                let under_way = run.last().is_some_and(|last| last.arrives >= wanted.from)
                    && run.first().is_some_and(|first| first.leaves <= wanted.to);
                if !under_way {
                    continue;
                }
                self.calls += run.len();
                if self.calls > MOST_CALLS {
                    return Err(FeedFault::TooBig {
                        path: path.to_path_buf(),
                        cause: format!("its vehicles make more than {MOST_CALLS} calls on one day"),
                    });
                }
                self.runs.push(run);
            }
        }
        Ok(())
    }
}

/// The calls of a trip, so many seconds later than they are stated.
fn run(calls: &[Stated], later: i64, board: Clock) -> Run {
    let clock = |time: Option<u32>| {
        let seconds = i64::from(time.unwrap_or_default()) + later;
        Clock::try_from(seconds).unwrap_or_default() * SECOND
    };
    let call = |call: &Stated| Call {
        stop: call.stop,
        arrives: clock(call.arrives),
        leaves: clock(call.departs) - board,
        may_board: call.may_board,
        may_alight: call.may_alight,
    };
    calls.iter().map(call).collect()
}

fn no_table(feed: &Archive, table: &'static str) -> FeedFault {
    FeedFault::NoTable {
        path: feed.path().to_path_buf(),
        table,
    }
}

/// The trips that run on one of the days, and their numbers by id.
fn trips(
    feed: &mut Archive,
    running: &Running,
    notes: &mut Notes,
) -> Result<(Vec<Trip>, TripNumbers), FeedFault> {
    let file = feed.file("trips.txt");
    let mut trips: Vec<Trip> = Vec::new();
    let mut ids = HashMap::new();
    let known = feed.read(
        "trips.txt",
        &["trip_id", "service_id"],
        notes,
        |line, row: RawTrip, notes| {
            if ids.contains_key(&row.id) {
                let cause = "the trip stands twice in the table".to_owned();
                notes.row(FeedNote {
                    line,
                    column: "trip_id".to_owned(),
                    cell: row.id,
                    ..FeedNote::whole("transit-row-set-aside", &file, cause, "the row is left out")
                });
                return Ok(());
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
        },
    )?;
    match known {
        true => Ok((trips, ids)),
        false => Err(no_table(feed, "trips.txt")),
    }
}

fn stop_times(
    feed: &mut Archive,
    ids: &TripNumbers,
    stops: &HashMap<String, u32>,
    trips: &mut [Trip],
    notes: &mut Notes,
) -> Result<(), FeedFault> {
    let (file, path) = (feed.file("stop_times.txt"), feed.path().to_path_buf());
    let needed = [
        "trip_id",
        "stop_id",
        "stop_sequence",
        "arrival_time",
        "departure_time",
    ];
    let set_aside = |line, column: &str, cell: String, cause: &str, notes: &mut Notes| {
        notes.row(FeedNote {
            line,
            column: column.to_owned(),
            cell,
            ..FeedNote::whole(
                "transit-row-set-aside",
                &file,
                cause.to_owned(),
                "the row is left out",
            )
        });
    };
    let mut calls = 0;
    let take = |line, row: RawStopTime, notes: &mut Notes| {
        let Some(trip) = ids.get(&row.trip_id) else {
            set_aside(line, "trip_id", row.trip_id, "no trip has this id", notes);
            return Ok(());
        };
        let Some(trip) = trip else { return Ok(()) };
        let Some(stop) = stops.get(&row.stop_id) else {
            set_aside(line, "stop_id", row.stop_id, "no stop has this id", notes);
            return Ok(());
        };
        if row.arrival_time.max(row.departure_time) > Some(LAST_SECOND) {
            let cause = "nothing is under way for four days";
            set_aside(line, "arrival_time", row.trip_id, cause, notes);
            return Ok(());
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
    match feed.read("stop_times.txt", &needed, notes, take)? {
        true => Ok(()),
        false => Err(no_table(feed, "stop_times.txt")),
    }
}

/// Trips that stand for one vehicle every so often.
fn frequencies(
    feed: &mut Archive,
    ids: &TripNumbers,
    trips: &mut [Trip],
    notes: &mut Notes,
) -> Result<(), FeedFault> {
    let file = feed.file("frequencies.txt");
    let needed = ["trip_id", "start_time", "end_time", "headway_secs"];
    let take = |line, row: RawFrequency, notes: &mut Notes| {
        let fault = match (ids.get(&row.trip_id), row.headway_secs) {
            (None, _) => Some(("trip_id", row.trip_id.clone(), "no trip has this id")),
            (_, 0..10) => Some((
                "headway_secs",
                row.headway_secs.to_string(),
                "no vehicle runs every ten seconds",
            )),
            _ if row.end_time > LAST_SECOND => Some((
                "end_time",
                row.trip_id.clone(),
                "nothing is under way for four days",
            )),
            _ => None,
        };
        if let Some((column, cell, cause)) = fault {
            notes.row(FeedNote {
                line,
                column: column.to_owned(),
                cell,
                ..FeedNote::whole(
                    "transit-row-set-aside",
                    &file,
                    cause.to_owned(),
                    "the row is left out",
                )
            });
        } else if let Some(Some(trip)) = ids.get(&row.trip_id) {
            let every = (row.start_time, row.end_time, row.headway_secs);
            trips[*trip as usize].every.push(every);
        }
        Ok(())
    };
    feed.read("frequencies.txt", &needed, notes, take)?;
    Ok(())
}

/// Settles the times of a trip; what is wrong with it otherwise.
fn usable(
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

/// What there is to say of a feed as a whole.
fn said(
    feed: &Archive,
    trips: &[Trip],
    (filled, of_trips): (usize, usize),
    running: usize,
    wanted: Wanted,
    notes: &mut Notes,
) {
    if filled > 0 {
        let calls: usize = trips.iter().map(|trip| trip.calls.len()).sum();
        notes.say(FeedNote::whole(
            "transit-times-filled",
            &feed.file("stop_times.txt"),
            format!("{filled} of {calls} calls in {of_trips} trips have no time of their own"),
            "they were given times by the straight line between the stops before and after",
        ));
    }
    let every = trips.iter().filter(|trip| !trip.every.is_empty()).count();
    if every > 0 {
        notes.say(FeedNote::whole(
            "transit-frequencies",
            &feed.file("frequencies.txt"),
            format!("{every} trips stand for a vehicle every so often"),
            "each leaves at the beginning of its time and at every interval after it",
        ));
    }
    if running == 0 {
        let runs = match hours(trips) {
            Some((from, to)) => format!("its vehicles run from {from} to {to} on that day"),
            None => "no trip of it runs on that day".to_owned(),
        };
        notes.say(FeedNote::whole(
            "transit-no-trips",
            &feed.file("trips.txt"),
            format!(
                "no vehicle of it is under way on {} at the time: {runs}",
                wanted.date
            ),
            "it takes nobody anywhere; look at the day and the window",
        ));
    }
}

/// The first and the last time of the trips of the chosen day.
fn hours(trips: &[Trip]) -> Option<(String, String)> {
    let of_day = trips.iter().filter(|trip| trip.days.contains(&0));
    let span = |trip: &Trip| {
        let ends = (trip.calls.first()?.departs?, trip.calls.last()?.arrives?);
        let last = ends.1.saturating_sub(ends.0);
        let every = |(from, to, _): &(u32, u32, u32)| (*from, to.saturating_add(last));
        let spans = trip.every.iter().map(every);
        let of_all = |one: (u32, u32), other: (u32, u32)| (one.0.min(other.0), one.1.max(other.1));
        spans.reduce(of_all).or(Some(ends))
    };
    let spans: Vec<_> = of_day.filter_map(span).collect();
    let from = spans.iter().map(|span| span.0).min()?;
    let to = spans.iter().map(|span| span.1).max()?;
    let clock = |time: u32| format!("{:02}:{:02}", time / 3600, time / 60 % 60);
    Some((clock(from), clock(to)))
}
