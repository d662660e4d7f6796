//! The unit of floor areas, where a table does not name it, and floors that can only be in another one.

use super::buildings::RowReader;
use super::reading::Desk;
use crate::load::config::AreaWord;
use crate::load::{Columns, Record, Table};
use crate::place::words::whole;
use crate::place::{Currency, Finding, Severity, SquareMetres};

/// Reads areas of unnamed unit as stated; where nothing is stated and the place's money is that of a country that
/// measures in square feet, says what they are taken for.
pub(super) fn settle(
    table: &Table,
    columns: &mut Columns,
    stated: Option<AreaWord>,
    currency: Currency,
    desk: &mut Desk,
) {
    if let Some(unit) = stated {
        columns.state_area_unit(unit.square_metres());
        return;
    }
    let feet = ["USD", "CAD", "HKD", "INR"].map(Currency::of_code);
    if !feet.contains(&Some(currency)) {
        return;
    }
    for header in columns.areas_without_unit() {
        desk.findings.push(
            Finding::new("area-unit-assumed", Severity::Warn, table.whole())
                .column(header)
                .cause("nothing says in which unit its areas are")
                .action("read as square metres; say so, or that they are square feet, with the line below")
                .setting("area_unit = \"sq ft\""),
        );
    }
}

/// Floors that no building has, square metres: a number of hectares, or a site of many buildings.
const UNLIKELY: (f64, f64) = (2.0, 500_000.0);

impl RowReader<'_> {
    /// Says of a floor that is less than any room or more than any building that it may be in another unit.
    pub(super) fn doubt_size(
        &self,
        record: &Record,
        field: &str,
        floor: Option<SquareMetres>,
        findings: &mut Vec<Finding>,
    ) {
        let Some(floor) = floor.map(SquareMetres::get) else {
            return;
        };
        let cause = if floor < UNLIKELY.0 {
            format!("{floor:.2} m² of floor are less than any room")
        } else if floor > UNLIKELY.1 {
            format!("{} m² of floor are more than any building", whole(floor))
        } else {
            return;
        };
        let found = self.doubted("area-unlikely", record, field);
        findings.push(found.cause(cause).action(
            "read as it stands; where it is hectares, thousands or land, write the unit, or name the column of the floor under columns",
        ));
    }
}
