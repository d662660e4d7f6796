//! How the cells of a column are written, said once for the column and not for every row.

use super::columns::{Columns, Kind};
use super::{Table, cells};
use crate::place::words::{count, whole};
use crate::place::{Finding, Severity, currency};

/// Says of every recognised column how its cells are written, where a reader would want to know.
pub(super) fn report(columns: &Columns, table: &Table, findings: &mut Vec<Finding>) {
    decimal_commas(columns, table, findings);
    for known in columns.known() {
        let style = &known.style;
        let mut say = |code, severity, cause: String, action: &str| {
            findings.push(
                Finding::new(code, severity, table.whole())
                    .column(known.header.clone())
                    .cause(cause)
                    .action(action),
            );
        };
        if style.usual_marks > 0 {
            let cells = count(style.usual_marks, "cell");
            say(
                "number-tidied",
                Severity::Repair,
                format!("signs or thousands marks stand in {cells}"),
                "taken away; not listed one by one",
            );
        }
        if style.usual_missing > 0 {
            let cells = count(style.usual_missing, "cell");
            say(
                "missing-spelled",
                Severity::Warn,
                format!("a word or sign stands for \"no value\" in {cells}"),
                "read as missing; not listed one by one",
            );
        }
        let unit = style.unit.filter(|_| known.kind == Kind::Area);
        let unit = unit.and_then(|unit| cells::unit_called(unit / style.scale));
        if let Some(unit) = unit.filter(|unit| *unit != "m2") {
            let of_land = matches!(unit, "ha" | "acre" | "km2" | "sq mile");
            let (severity, action) = match of_land {
                true => (
                    Severity::Warn,
                    "converted to m2, though that is a unit of land: name the column of the floor under columns",
                ),
                false => (Severity::Repair, "converted to m2; not listed one by one"),
            };
            say(
                "unit-converted",
                severity,
                format!("the heading says that its areas are in {unit}"),
                action,
            );
        }
        if style.scale > 1.0 && matches!(known.kind, Kind::Money | Kind::Number | Kind::Area) {
            let times = whole(style.scale);
            say(
                "heading-multiplies",
                Severity::Repair,
                format!("the heading says that each 1 of its figures is {times}"),
                "multiplied; not listed one by one",
            );
        }
        if let Some((_, period)) = style.period {
            say(
                "sum-per-period",
                Severity::Repair,
                format!("the heading says that its sums are for {period}"),
                "multiplied up to a year",
            );
        }
        let is_dates = matches!(known.kind, Kind::Date | Kind::Dates);
        if is_dates && style.month_first {
            say(
                "month-first",
                Severity::Warn,
                "some dates can only be read with the month first, and none only with the day first".into(),
                "all of the column are read so: 04/03/2027 as 3 April; write the month in letters where that is wrong",
            );
        }
        if style.order.shown == 0 && style.order.either > 0 {
            say(
                "date-order-assumed",
                Severity::Warn,
                "the table does not settle whether day or month stands first".into(),
                "read day first, so that 03/04/2028, say, would be 3 April",
            );
        }
        if style.points_in_thousands > 0 {
            let column = known.header.clone();
            let finding = Finding::new(THOUSANDS_POINTS, Severity::Warn, table.whole());
            findings.push(thousands(finding.column(column), style.points_in_thousands));
        }
        if let Some(written) = style.currency.filter(|written| !currency::may_be(written)) {
            findings.push(
                Finding::new("currency", Severity::Warn, table.whole())
                    .column(known.header.clone())
                    .cause(format!("the column is in {written}, not in {}", currency::name()))
                    .action("its figures are used as they stand: bring every table of a place in one currency, and say which")
                    .setting(format!("currency = \"{}\"", currency::code_of(written))),
            );
        }
    }
}

/// The code of a column whose points set thousands apart.
pub(super) const THOUSANDS_POINTS: &str = "thousands-points";

/// What is said of such a column: so many of its cells are read otherwise than a decimal point would be.
pub(super) fn thousands(finding: Finding, cells: usize) -> Finding {
    let cells = count(cells, "cell");
    finding
        .cause(format!(
            "points stand before the last three digits of {cells}, and no cell says otherwise"
        ))
        .action(
            "read as thousands, 98.500 as 98,500; write more or fewer decimals where they are such",
        )
}

fn decimal_commas(columns: &Columns, table: &Table, findings: &mut Vec<Finding>) {
    let with_commas = columns.known().filter(|known| {
        let style = &known.style;
        style.decimal_comma && style.votes > 0 && style.points_in_thousands == 0
    });
    let commas: Vec<&str> = with_commas.map(|known| known.header.as_str()).collect();
    if commas.is_empty() {
        return;
    }
    let cause = match commas.len() {
        1 => "the column writes its decimals with a comma".to_owned(),
        many => format!("{many} columns write their decimals with a comma"),
    };
    findings.push(
        Finding::new("decimal-comma", Severity::Warn, table.whole())
            .column(commas.join(";"))
            .cause(cause)
            .action("read so"),
    );
}
