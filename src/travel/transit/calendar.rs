//! On which days a service runs.

use super::archive::{Archive, Table};
use super::fault::FeedFault;
use super::notes::Notes;
use gtfs_structures::{Calendar, CalendarDate, Exception};
use jiff::ToSpan;
use jiff::civil::Date;
use std::collections::{HashMap, HashSet};

/// The days around the chosen one whose vehicles may still, or already, be on their way.
pub(super) const DAYS: [i64; 3] = [-1, 0, 1];

const WEEKLY: Table = Table {
    name: "calendar.txt",
    needed: &[
        "service_id",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "start_date",
        "end_date",
    ],
    most: 5_000_000,
};
const BY_DATE: Table = Table {
    name: "calendar_dates.txt",
    needed: &["service_id", "date", "exception_type"],
    most: 50_000_000,
};

/// For each of [`DAYS`] the services that run on it.
pub(super) struct Running {
    services: [HashSet<String>; 3],
    /// Every service that a table of days names.
    pub(super) known: HashSet<String>,
    /// The first and the last day that the feed describes.
    pub(super) span: Option<(Date, Date)>,
}

impl Running {
    /// Reads both tables of days.
    pub(super) fn read(
        feed: &mut Archive,
        date: Date,
        notes: &mut Notes,
    ) -> Result<Self, FeedFault> {
        let days = DAYS.map(|day| date.checked_add(day.days()).unwrap_or(date));
        let mut services = DAYS.map(|_| HashSet::new());
        let mut known = HashSet::new();
        let mut span: Option<(Date, Date)> = None;
        let mut covers = |from: Date, to: Date| {
            let (first, last) = span.unwrap_or((from, to));
            span = Some((first.min(from), last.max(to)));
        };
        let weekly = feed.read(WEEKLY, notes, |_, row: Calendar, _| {
            covers(row.start_date, row.end_date);
            known.insert(row.id.clone());
            for (day, running) in days.iter().zip(&mut services) {
                if (row.start_date..=row.end_date).contains(day) && row.valid_weekday(*day) {
                    running.insert(row.id.clone());
                }
            }
            Ok(())
        })?;
        let mut exceptions: HashMap<(usize, String), bool> = HashMap::new();
        let take = |_, row: CalendarDate, _: &mut Notes| {
            let runs = row.exception_type == Exception::Added;
            if runs {
                covers(row.date, row.date);
            }
            if !known.contains(&row.service_id) {
                known.insert(row.service_id.clone());
            }
            if let Some(day) = days.iter().position(|day| *day == row.date) {
                exceptions.insert((day, row.service_id), runs);
            }
            Ok(())
        };
        let by_date = feed.read(BY_DATE, notes, take)?;
        for ((day, service), runs) in exceptions {
            match runs {
                true => services[day].insert(service),
                false => services[day].remove(&service),
            };
        }
        let path = feed.path().to_path_buf();
        match span {
            Some((from, to)) if !(from..=to).contains(&date) => Err(FeedFault::OtherDays {
                path,
                date,
                from,
                to,
            }),
            None if !weekly && !by_date => Err(FeedFault::NoTable {
                path,
                table: "calendar.txt and no calendar_dates.txt",
            }),
            _ => Ok(Self {
                services,
                known,
                span,
            }),
        }
    }

    /// The days, of [`DAYS`], on which a service runs.
    pub(super) fn days(&self, service: &str) -> Vec<i64> {
        DAYS.into_iter()
            .zip(&self.services)
            .filter(|(_, running)| running.contains(service))
            .map(|(day, _)| day)
            .collect()
    }
}
