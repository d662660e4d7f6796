//! From feeds to the vehicles of one day.

use super::archive::{Archive, Table};
use super::calendar::Running;
use super::clock::{Clock, DAY, SECOND};
use super::fault::FeedFault;
use super::notes::{FeedNote, Notes};
use super::rows::Agency;
use super::stops::{self, Stop};
use super::times::Stated;
use super::timetable::{Call, Run};
use super::trips::{MOST_CALLS, Trip, frequencies, stop_times, trips, usable};
use jiff::civil::Date;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// More departures of vehicles that run every so often are not looked at.
const MOST_STARTS: u64 = 20_000_000;

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
    use super::super::trips::LAST_SECOND;
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
