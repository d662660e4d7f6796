//! `limits.csv`: every limit on money and how the plan stands to it.

use super::super::cell::{Cell, Record};
use super::super::edition::Issue;
use super::super::error::PublishError;
use super::Tables;

pub(super) const HEADER: [&str; 6] = [
    "limit=money_limit",
    "agency=limited",
    "limit_gbp",
    "after_gbp=limited_gbp",
    "of_gbp",
    "kept",
];

/// `limits.csv`; an agency sees its own limits, the partners all.
pub(super) fn export(issue: &Issue<'_>, to: &mut dyn Tables) -> Result<(), PublishError> {
    let edition = issue.edition;
    let seen = issue
        .plan()
        .limits
        .iter()
        .filter(|one| edition.audience.sees("limit_gbp", one.agency.as_deref()));
    let rows = seen.map(|one| {
        let owner = one.agency.as_deref();
        let record = Record::new()
            .with("money_limit", Cell::key(&one.limit))
            .with(
                "limited",
                Cell::key(owner.unwrap_or("all agencies together")),
            )
            .with("limit_gbp", Cell::gbp(one.limit_gbp))
            .with("limited_gbp", Cell::gbp(one.after_gbp))
            .with("of_gbp", one.of_gbp.map_or(Cell::Null, Cell::gbp))
            .with("kept", Cell::Flag(one.kept));
        (record, owner)
    });
    super::table("limits.csv", &HEADER, rows, &edition.audience, to)
}
