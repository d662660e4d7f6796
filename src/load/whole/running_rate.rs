//! A running cost for each square metre beside that of the whole building: a part that grows with the floor in use,
//! as in our own tables, or the same cost once more, as in most registers.

use super::buildings::RowReader;
use crate::load::{Columns, Record, Table};
use crate::place::words::{pounds, whole};
use crate::place::{Finding, GbpPerYear, Severity, SquareMetres};

/// Rows asked whether the two agree.
const ASKED: usize = 500;
/// How far rate times floor may be from the sum, as a share of it: rates are rounded.
const NEAR: f64 = 0.05;

/// What a column of rates means.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Meaning {
    /// What the floor in use adds to the cost of the building.
    #[default]
    Beside,
    /// The cost of the building once more: not counted.
    Again,
    /// The cost of the building, which no column states as a sum.
    Alone,
}

/// Judges the column of rates of a register, and says where it is the cost of the building once more.
pub(super) fn judge(table: &Table, columns: &Columns, findings: &mut Vec<Finding>) -> Meaning {
    let Some(header) = columns.header("running_gbp_m2") else {
        return Meaning::Beside;
    };
    if !columns.has("running_gbp") {
        // Under our own name it is what the floor in use adds.
        return match header.eq_ignore_ascii_case("running_gbp_m2") {
            true => Meaning::Beside,
            false => Meaning::Alone,
        };
    }
    let (mut both, mut near) = (0_usize, 0_usize);
    for record in table.records.iter().take(ASKED) {
        let mut unsaid = Vec::new();
        let mut sum = |field| {
            columns
                .money(record, field, &mut unsaid)
                .filter(|sum| *sum > 0.0)
        };
        let (Some(cost), Some(rate)) = (sum("running_gbp"), sum("running_gbp_m2")) else {
            continue;
        };
        let floors: Vec<f64> = ["floor_area_m2", "usable_m2"]
            .into_iter()
            .filter_map(|field| columns.area(record, field, &mut unsaid))
            .map(SquareMetres::get)
            .collect();
        both += usize::from(!floors.is_empty());
        near += usize::from(
            floors
                .iter()
                .any(|floor| (rate * floor / cost - 1.0).abs() <= NEAR),
        );
    }
    if both < 2 || near * 5 < both * 4 {
        return Meaning::Beside;
    }
    findings.push(
        Finding::new("rate-repeats-sum", Severity::Warn, table.whole())
            .column(header)
            .cause(format!(
                "in {near} of {both} rows it is the running cost of the building over its floor"
            ))
            .action("not counted beside it"),
    );
    Meaning::Again
}

impl RowReader<'_> {
    /// The running cost of a building, of the whole and for each square metre in use.
    pub(super) fn running(
        &self,
        record: &Record,
        floor: Option<SquareMetres>,
        findings: &mut Vec<Finding>,
    ) -> (Option<f64>, GbpPerYear) {
        let stated = self.sum(record, "running_gbp", findings);
        let rate = self.columns.money(record, "running_gbp_m2", findings);
        let rate = rate.unwrap_or(0.0);
        match (self.rate, floor) {
            (Meaning::Beside, _) => (stated, GbpPerYear(rate)),
            (Meaning::Alone, Some(floor)) if stated.is_none() && rate != 0.0 => {
                let cost = rate * floor.get();
                let found = self.doubted("running-from-rate", record, "running_gbp_m2");
                let action = format!(
                    "{}/m² × {} m² = {} a year is used",
                    pounds(rate),
                    whole(floor.get()),
                    pounds(cost)
                );
                findings.push(
                    found
                        .cause("the running cost is stated for each square metre alone")
                        .action(action),
                );
                (Some(cost), GbpPerYear::ZERO)
            }
            (Meaning::Again | Meaning::Alone, _) => (stated, GbpPerYear::ZERO),
        }
    }
}
