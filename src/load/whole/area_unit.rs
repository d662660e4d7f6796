//! The unit of floor areas, where a table does not name it.

use super::reading::Desk;
use crate::load::config::AreaWord;
use crate::load::{Columns, Table};
use crate::place::{Currency, Finding, Severity};

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
