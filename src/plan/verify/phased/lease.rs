//! The end of a lease, looked for day by day of its breaks.

use super::super::exit::{dilapidations, early_end, holding, rent};
use super::super::years::Years;
use crate::place::{Building, Place, TenureKind};
use jiff::ToSpan;
use jiff::civil::Date;

/// The day a lease ends, and what that takes.
pub(super) struct End {
    pub(super) day: Date,
    /// None where the landlord agrees to it.
    pub(super) notice_by: Option<Date>,
    /// Paid in the year in which the day falls, £.
    pub(super) paid: f64,
    /// The year in which it counts.
    pub(super) year: u32,
}

/// The first day of a year of the programme; a programme that was not verified may state any.
pub(super) fn first_day(place: &Place, year: u32) -> Date {
    let years = i64::from(year.min(9_999)).years();
    place.base_date.saturating_add(years)
}

/// Years between the base date and a day.
pub(super) fn years_to(place: &Place, day: Date) -> f64 {
    f64::from((day - place.base_date).get_days()) / 365.25
}

/// How the lease of a building that is emptied in a year ends: by itself, or by agreement where that costs less.
pub(super) fn end(place: &Place, building: &Building, emptied: u32) -> Option<End> {
    let finance = &place.finance;
    let years = Years::of(finance);
    let in_time = |end: &End| end.year < years.horizon();
    let cost = |end: &End| {
        let until = years_to(place, end.day);
        let waiting = (emptied.saturating_add(1)..years.horizon()).map(|t| {
            let part = (until - f64::from(t)).clamp(0.0, 1.0);
            years.factor(t) * part * (holding(building, finance) + rent(building, t))
        });
        waiting.sum::<f64>() + years.factor(end.year) * end.paid
    };
    let own = by_itself(place, building, emptied).filter(in_time);
    let agreed = agreed(place, building, emptied).filter(in_time);
    match (own, agreed) {
        (Some(own), Some(agreed)) if cost(&agreed) < cost(&own) => Some(agreed),
        (own, agreed) => own.or(agreed),
    }
}

/// The year in which a lease that ends on a day is left.
fn year_of(place: &Place, day: Date, emptied: u32) -> u32 {
    let falls = (years_to(place, day).ceil() as u32).saturating_sub(1);
    falls.max(emptied).max(1)
}

fn agreed(place: &Place, building: &Building, emptied: u32) -> Option<End> {
    let (day, price) = early_end(building, place.base_date)?;
    let day = day.max(first_day(place, emptied.saturating_add(1)));
    Some(End {
        day,
        notice_by: None,
        paid: price,
        year: year_of(place, day, emptied),
    })
}

/// The first end of the lease: its breaks and its expiry, each after notice and not before the year of emptying; a
/// lease that has run out goes on to the end of it.
fn by_itself(place: &Place, building: &Building, emptied: u32) -> Option<End> {
    if building.tenure.kind == TenureKind::Pfi {
        return None;
    }
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
            _ => first_day(place, emptied.saturating_add(1)).max(notice_over),
        };
        days.push((day, 0.0));
    }
    // Of two on one day the one without a penalty.
    days.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
    days.first().map(|(day, penalty)| End {
        day: *day,
        notice_by: Some(day.saturating_sub(months.months())),
        paid: *penalty + dilapidations(building, &place.finance),
        year: year_of(place, *day, emptied),
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
