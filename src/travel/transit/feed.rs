//! From feeds to the vehicles of one day.

use super::archive::{Archive, Table};
use super::calendar::Running;
use super::clock::{Clock, DAY, SECOND};
use super::fault::FeedFault;
use super::notes::{FeedNote, Notes};
use super::rows::{Agency, Frequency, StopTime};
use super::stops::{self, Stop};
use super::times::{Stated, settle};
use super::timetable::{Call, Run};
use gtfs_structures::{PickupDropOffType, RawTrip};
use jiff::civil::Date;
use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};

/// More calls on one day than this are refused: two gigabytes.
const MOST_CALLS: usize = 50_000_000;
/// Nothing is on its way for longer, seconds after midnight.
const LAST_SECOND: u32 = 4 * 86_400;

/// More trips are refused.
const MOST_TRIPS: u64 = 20_000_000;
/// More departures of vehicles that run every so often are not looked at.
const MOST_STARTS: u64 = 20_000_000;

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

const AGENCIES: Table = Table {
    name: "agency.txt",
    needed: &[],
    most: 100_000,
};

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
    /// Of each feed, its name and the first and the last day it describes.
    pub(super) days: Vec<(String, Date, Date)>,
    /// The time zones that the feeds' clocks show.
    pub(super) time_zones: BTreeSet<String>,
    /// Of each stop, whether vehicles call there.
    pub(super) called_at: Vec<bool>,
    calls: usize,
    starts: u64,
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
    if service.time_zones.len() > 1 {
        let zones: Vec<&str> = service.time_zones.iter().map(String::as_str).collect();
        notes.say(FeedNote::whole(
            "transit-time-zones",
            "agency.txt",
            format!("the feeds keep the time of {}", zones.join(" and of ")),
            "all are read as if they were the same: bring feeds that keep the time of the place",
        ));
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
    service.called_at = called_at;
    Ok(service)
}

impl Service {
    fn add(&mut self, path: &Path, wanted: Wanted, notes: &mut Notes) -> Result<(), FeedFault> {
        let mut feed = Archive::open(path)?;
        let running = Running::read(&mut feed, wanted.date, notes)?;
        clocks(&mut feed, &mut self.time_zones, notes);
        if let Some((from, to)) = running.span {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            self.days.push((name.into_owned(), from, to));
        }
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
        let ends = (trip.calls.first(), trip.calls.last());
        let (Some(first), Some(last)) = (
            ends.0.and_then(|call| call.departs),
            ends.1.and_then(|call| call.arrives),
        ) else {
            return Ok(());
        };
        let too_big = |cause| FeedFault::TooBig {
            path: path.to_path_buf(),
            cause,
        };
        self.starts += departures(&trip.every);
        if self.starts > MOST_STARTS {
            let cause = format!("frequencies.txt asks for more than {MOST_STARTS} departures");
            return Err(too_big(cause));
        }
        for start in starts(&trip.every, first) {
            for day in &trip.days {
                let later = day * DAY + start;
                let ms = |seconds: u32| (i64::from(seconds) + later) * i64::from(SECOND);
                let is_late = ms(first) - i64::from(wanted.board) > i64::from(wanted.to);
                if is_late || ms(last) < i64::from(wanted.from) {
                    continue;
                }
                self.calls += trip.calls.len();
                if self.calls > MOST_CALLS {
                    let cause =
                        format!("its vehicles make more than {MOST_CALLS} calls on one day");
                    return Err(too_big(cause));
                }
                self.runs.push(run(&trip.calls, later, wanted.board));
            }
        }
        Ok(())
    }
}

/// How many departures there are between first ones and last ones.
fn departures(every: &[(u32, u32, u32)]) -> u64 {
    let each = every
        .iter()
        .map(|(from, to, headway)| u64::from(to.saturating_sub(*from).div_ceil(*headway)));
    each.sum()
}

/// How much later than stated the vehicles of a trip leave, seconds, each once and in order.
fn starts(every: &[(u32, u32, u32)], first: u32) -> Vec<i64> {
    if every.is_empty() {
        return vec![0];
    }
    let each = every
        .iter()
        .flat_map(|(from, to, headway)| (*from..*to).step_by(*headway as usize));
    let mut starts: Vec<i64> = each.map(|at| i64::from(at) - i64::from(first)).collect();
    starts.sort_unstable();
    starts.dedup();
    starts
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

/// The time zones of a feed's agencies, where it says any. Nothing else needs that table, so whatever is wrong with
/// it stops nobody.
fn clocks(feed: &mut Archive, zones: &mut BTreeSet<String>, notes: &mut Notes) {
    let take = |_, row: Agency, _: &mut Notes| {
        zones.extend(row.agency_timezone.filter(|zone| !zone.is_empty()));
        Ok(())
    };
    let _ = feed.read(AGENCIES, notes, take);
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
fn trips(
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

fn stop_times(
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
fn frequencies(
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_departure_that_is_stated_twice_is_one() {
        let every = [(600, 1_200, 300), (600, 1_000, 300)];
        assert_eq!(starts(&every, 600), [0, 300]);
        assert_eq!(starts(&[], 600), [0]);
        assert_eq!(departures(&every), 4);
    }

    #[test]
    fn more_departures_than_are_borne_are_refused_before_they_are_listed() {
        let call = |sequence: u32| Stated {
            sequence,
            line: 1,
            stop: sequence,
            arrives: Some(600),
            departs: Some(600),
            may_board: true,
            may_alight: true,
        };
        let trip = Trip {
            id: "T".to_owned(),
            line: 2,
            days: vec![0],
            calls: vec![call(0), call(1)],
            every: vec![(0, LAST_SECOND, 10); 1_000],
        };
        let wanted = Wanted {
            date: Date::constant(2024, 5, 14),
            from: 0,
            to: 0,
            board: 0,
        };
        let fault = Service::default().run(Path::new("a.zip"), &trip, wanted);
        assert!(matches!(fault, Err(FeedFault::TooBig { .. })));
    }
}
