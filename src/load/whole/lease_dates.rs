//! Dates of a lease that contradict each other.

use crate::load::{Columns, Record};
use crate::place::{Finding, Severity};
use jiff::ToSpan;
use jiff::civil::Date;

/// Says where a lease ends before it begins, and leaves out break dates outside its term.
pub(super) fn settle(
    columns: &Columns,
    record: &Record,
    (start, expiry): (Option<Date>, Option<Date>),
    breaks: &mut Vec<Date>,
    findings: &mut Vec<Finding>,
) {
    let mut say = |code, field: &str, day: Date, cause: &str, action: &str| {
        findings.push(
            Finding::new(code, Severity::Warn, record.at.clone())
                .column(columns.header(field).unwrap_or(field))
                .cell(day.to_string())
                .cause(cause)
                .action(action),
        );
    };
    if let (Some(start), Some(expiry)) = (start, expiry)
        && expiry < start
    {
        let cause = "the lease ends before it starts";
        let action = "used as it stands; correct one of the dates";
        say(
            "lease-ends-before-start",
            "lease_expiry",
            expiry,
            cause,
            action,
        );
        return;
    }
    let outside = |day: &Date| {
        start.is_some_and(|start| *day < start) || expiry.is_some_and(|end| *day > end)
    };
    for day in breaks.iter().filter(|day| outside(day)) {
        let cause = "the break lies before the lease begins or after it ends";
        let action = "left out; correct one of the dates";
        say("break-outside-term", "lease_break", *day, cause, action);
    }
    breaks.retain(|day| !outside(day));
}

/// The first year, counted from the base date, that begins on or after a day; 0 where the day is past.
pub(super) fn first_whole_year(base_date: Date, day: Date) -> u32 {
    let mut year = 0;
    while year < 200 && base_date.saturating_add(i64::from(year).years()) < day {
        year += 1;
    }
    year
}

#[cfg(test)]
mod tests {
    use super::first_whole_year;
    use jiff::civil::date;

    #[test]
    fn a_reviewed_rent_counts_from_the_first_year_that_it_is_paid_in_full() {
        let base = date(2026, 4, 1);
        assert_eq!(first_whole_year(base, date(2020, 1, 1)), 0);
        assert_eq!(first_whole_year(base, date(2027, 4, 1)), 1);
        assert_eq!(first_whole_year(base, date(2027, 4, 2)), 2);
    }
}
