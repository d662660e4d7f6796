//! What tables of buildings and of occupiers both say of use: hours, visits, desks and parking.

use crate::load::{Columns, Record};
use crate::place::{Finding, Hours, Severity};
use std::collections::BTreeMap;

/// Hours of a building or occupier.
pub(super) fn hours(c: &Columns, record: &Record, findings: &mut Vec<Finding>) -> Hours {
    Hours {
        per_week: c
            .number(record, "hours_per_week", findings)
            .filter(|hours| (0.0..=168.0).contains(hours)),
        evening_or_weekend: c.yes_no(record, "evening_or_weekend", findings),
        all_day: c.yes_no(record, "all_day", findings),
    }
}

/// Visits a year that a counter can take, in the range of the same figure of a service.
pub(super) fn visits_capacity(
    c: &Columns,
    record: &Record,
    findings: &mut Vec<Finding>,
) -> Option<f64> {
    let field = "visits_capacity";
    let most = c.number(record, field, findings)?;
    if (1.0..=1e9).contains(&most) {
        return Some(most);
    }
    findings.push(
        Finding::new(
            "visits-capacity-out-of-range",
            Severity::Warn,
            record.at.clone(),
        )
        .column(c.header(field).unwrap_or(field))
        .cell(c.raw(record, field).unwrap_or_default())
        .cause("it is not between 1 and a billion visits a year")
        .action("set aside: what the service says is used, where it says it"),
    );
    None
}

/// Desks and parking bays.
pub(super) fn resources(
    c: &Columns,
    record: &Record,
    findings: &mut Vec<Finding>,
) -> BTreeMap<String, f64> {
    ["desks", "parking_bays"]
        .into_iter()
        .filter_map(|name| {
            let count = c.number(record, name, findings)?;
            (count.is_finite() && count > 0.0).then(|| (name.to_string(), count))
        })
        .collect()
}
