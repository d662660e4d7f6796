//! Columns called `Start Date`, `End Date` or `Expiry Date` and no more: dates of leases only where the rows say so.

use super::cells::is_missing;
use super::words::{self, Own};
use super::{Columns, Field, Table, likely, normalise};
use crate::place::{Finding, TenureKind};

/// Bare names, and the field of a lease that each may be.
const BARE: [(&str, &str); 5] = [
    ("startdate", "lease_start"),
    ("enddate", "lease_expiry"),
    ("expirydate", "lease_expiry"),
    ("dateofexpiry", "lease_expiry"),
    ("expiry", "lease_expiry"),
];

/// Takes a bare date for one of a lease where it stands in rows of leases and in none of an owner's. Without a tenure,
/// `Expiry Date` is a lease's unless an energy certificate is there that may expire.
pub(super) fn claim(
    table: &Table,
    fields: &[Field],
    columns: &mut Columns,
    taken: &mut [bool],
    findings: &mut Vec<Finding>,
) {
    for (bare, name) in BARE {
        let Some(field) = fields.iter().find(|field| field.name == name) else {
            continue;
        };
        let free = (0..table.header.len()).find(|column| {
            let header = table.header.get(*column).map(|header| normalise(header));
            taken.get(*column) == Some(&false) && header.as_deref() == Some(bare)
        });
        let Some(column) = free.filter(|_| !columns.has(name)) else {
            continue;
        };
        let lease = match columns.get("tenure") {
            Some(tenure) => only_in_leases(table, column, tenure),
            None => bare.contains("expiry") && !names_a_certificate(table),
        };
        if !lease {
            continue;
        }
        likely::claim(
            table,
            field,
            column,
            "its dates stand beside leases, and in no row of an owner's".into(),
            columns,
            taken,
            findings,
        );
    }
}

fn only_in_leases(table: &Table, dates: usize, tenure: usize) -> bool {
    let mut leases = 0_usize;
    for record in &table.records {
        if is_missing(record.cell(dates)) {
            continue;
        }
        match words::tenure(Some(record.cell(tenure)), None, Own::default()) {
            TenureKind::Freehold | TenureKind::LetOut => return false,
            TenureKind::Unknown => {}
            _ => leases += 1,
        }
    }
    leases > 0
}

/// Whether some heading has a word for a certificate of energy.
fn names_a_certificate(table: &Table) -> bool {
    const WORDS: [&str; 5] = ["epc", "epcs", "energy", "certificate", "dec"];
    table.header.iter().any(|header| {
        let mut words = header.split(|c: char| !c.is_alphanumeric()).map(normalise);
        words.any(|word| WORDS.contains(&word.as_str()))
    })
}
