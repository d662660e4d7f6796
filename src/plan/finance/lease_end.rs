//! When a lease or a licence can be left.

use crate::place::{Building, TenureKind};
use jiff::ToSpan;
use jiff::civil::Date;

/// Months of notice of a licence that states none.
const LICENCE_NOTICE: u32 = 3;

/// Years from the base date to the expiry of a lease.
pub(crate) fn lease_years(building: &Building, base_date: Date) -> Option<f64> {
    let expiry = building.tenure.lease.expiry?;
    Some(days_between(base_date, expiry) / 365.25)
}

/// The day on which notice given on the base date is over.
pub(super) fn notice_over(building: &Building, base_date: Date) -> Date {
    let usual = match building.tenure.kind {
        TenureKind::Licence => LICENCE_NOTICE,
        _ => 6,
    };
    let stated = building.tenure.lease.notice_months.unwrap_or(usual);
    base_date.saturating_add(i64::from(stated.min(1_200)).months())
}

/// Years from the base date until the notice of a licence is over.
pub(crate) fn licence_years(building: &Building, base_date: Date) -> f64 {
    days_between(base_date, notice_over(building, base_date)) / 365.25
}

/// The day a lease can first be left, and whether a break is used for it.
pub(super) fn earliest_exit(building: &Building, base_date: Date) -> Option<(Date, bool)> {
    let lease = &building.tenure.lease;
    let notice_ends = notice_over(building, base_date);
    let expiry = match lease.expiry {
        Some(date) if date <= base_date => return Some((notice_ends, false)),
        other => other,
    };
    let first_break = lease
        .breaks
        .iter()
        .copied()
        .filter(|date| *date >= notice_ends)
        .min();
    match (expiry, first_break) {
        (Some(expiry), Some(early)) if early < expiry => Some((early, true)),
        (Some(expiry), _) => Some((expiry, false)),
        (None, Some(early)) => Some((early, true)),
        (None, None) => None,
    }
}

pub(super) fn days_between(from: Date, to: Date) -> f64 {
    from.until(to)
        .map_or(0.0, |span| f64::from(span.get_days()))
}
