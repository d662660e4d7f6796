//! Sums that a register states by kind and nowhere as a whole: backlog by risk, running cost by service.

use super::buildings::RowReader;
use crate::load::{Columns, Record, Table};
use crate::place::{Finding, Severity};

/// A sum, and the fields that it is made of.
const SUMS: [(&str, &[&str]); 2] = [
    (
        "backlog_gbp",
        &[
            "backlog_high_gbp",
            "backlog_significant_gbp",
            "backlog_moderate_gbp",
            "backlog_low_gbp",
        ],
    ),
    (
        "running_gbp",
        &[
            "maintenance_gbp",
            "grounds_gbp",
            "hard_fm_gbp",
            "soft_fm_gbp",
            "energy_gbp",
            "water_gbp",
            "waste_gbp",
            "cleaning_gbp",
        ],
    ),
];

/// The fields that stand in for a sum of a table; none where it has the sum itself.
fn parts<'a>(columns: &'a Columns, field: &str) -> impl Iterator<Item = &'static str> + 'a {
    let whole = columns.has(field);
    let parts = SUMS
        .iter()
        .find(|(sum, _)| *sum == field)
        .map_or(&[][..], |(_, parts)| parts);
    parts
        .iter()
        .copied()
        .filter(move |part| !whole && columns.has(part))
}

/// Says once for a table which of its columns are added up.
pub(super) fn report(table: &Table, columns: &Columns, findings: &mut Vec<Finding>) {
    for (field, _) in SUMS {
        let headers: Vec<&str> = parts(columns, field)
            .filter_map(|part| columns.header(part))
            .collect();
        if headers.is_empty() {
            continue;
        }
        findings.push(
            Finding::new("figures-added", Severity::Warn, table.whole())
                .column(headers.join(";"))
                .cause(format!("no column is {field}, and these are parts of it"))
                .action(format!(
                    "added up; a row that states none of them states none; where one column is the whole, map it to {field}"
                )),
        );
    }
}

impl RowReader<'_> {
    /// A sum of money as it is stated, or added up of the parts that are. `None` where nothing is stated.
    pub(super) fn sum(
        &self,
        record: &Record,
        field: &str,
        findings: &mut Vec<Finding>,
    ) -> Option<f64> {
        if self.columns.has(field) {
            return self.columns.money(record, field, findings);
        }
        let stated: Vec<f64> = parts(self.columns, field)
            .filter_map(|part| self.columns.money(record, part, findings))
            .collect();
        (!stated.is_empty()).then(|| stated.iter().sum())
    }
}
