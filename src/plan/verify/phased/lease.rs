//! The end of a lease, looked for day by day of its breaks.

use crate::place::{Building, Place};
use jiff::ToSpan;
use jiff::civil::Date;

/// The day a lease ends.
pub(super) struct End {
    pub(super) day: Date,
    pub(super) notice_by: Date,
    pub(super) penalty: f64,
}

/// The first day of a year of the programme.
pub(super) fn first_day(place: &Place, year: u32) -> Date {
    place.base_date.saturating_add(i64::from(year).years())
}

/// Years between the base date and a day.
pub(super) fn years_to(place: &Place, day: Date) -> f64 {
    f64::from((day - place.base_date).get_days()) / 365.25
}

/// The first end of the lease of a building that is emptied in a year: its breaks and its expiry, each
/// after notice and not before that year; a lease that has run out goes on to the end of it.
pub(super) fn end(place: &Place, building: &Building, emptied: u32) -> Option<End> {
    let lease = &building.tenure.lease;
    let months = i64::from(lease.notice_months.unwrap_or(6).min(1_200));
    let notice_over = place.base_date.saturating_add(months.months());
    let begins = first_day(place, emptied);
    let in_time = |day: Date| day >= notice_over && (emptied == 0 || day > begins);
    let mut days: Vec<(Date, f64)> = Vec::new();
    for day in &lease.breaks {
        let runs = lease.expiry.is_none_or(|expiry| *day < expiry);
        if runs && in_time(*day) {
            days.push((*day, lease.break_penalty.get()));
        }
    }
    if let Some(expiry) = lease.expiry {
        let day = match (expiry <= place.base_date, emptied) {
            (true, 0) => notice_over,
            _ if expiry > begins => expiry,
            _ => first_day(place, emptied + 1).max(notice_over),
        };
        days.push((day, 0.0));
    }
    // Of two on one day the one without a penalty.
    days.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
    days.first().map(|(day, penalty)| End {
        day: *day,
        notice_by: day.saturating_sub(months.months()),
        penalty: *penalty,
    })
}

/// Years from the base date until the notice of a licence is over: three months where none is stated.
pub(super) fn licence(place: &Place, building: &Building) -> f64 {
    let months = building.tenure.lease.notice_months.unwrap_or(3).min(1_200);
    years_to(
        place,
        place.base_date.saturating_add(i64::from(months).months()),
    )
}

/// Years from the base date until a lease runs out.
pub(super) fn runs_out(place: &Place, building: &Building) -> Option<f64> {
    building.tenure.lease.expiry.map(|day| years_to(place, day))
}
