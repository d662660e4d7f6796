//! `quality.csv`, `rejected.csv` and `data_request.csv`: what was noticed, what was set aside, and
//! what to ask for first.

use super::super::audience::Audience;
use super::super::cell::{Cell, Record};
use super::super::check::CheckEdition;
use super::super::error::PublishError;
use super::Tables;
use super::table::Owned;
use crate::place::{DataRequest, Finding, MatchRow, Rejected};
use std::collections::HashMap;

pub(super) const QUALITY: [&str; 10] = [
    "code",
    "severity",
    "file",
    "record",
    "line=row_line",
    "column",
    "cell",
    "cause",
    "action=what_was_done",
    "setting",
];

/// `quality.csv`: every finding, in the order it was made.
pub(in super::super) fn quality(
    edition: &CheckEdition<'_>,
    to: &mut dyn Tables,
) -> Result<(), PublishError> {
    let rows = edition
        .findings
        .iter()
        .map(|finding| (finding_record(finding), None));
    super::table("quality.csv", &QUALITY, rows, &edition.audience, to)
}

/// One finding, under the names of the audience table.
pub(in super::super) fn finding_record(finding: &Finding) -> Record {
    let place = |number: u64| match number {
        0 => Cell::Null,
        number => Cell::Whole(i64::try_from(number).unwrap_or(i64::MAX)),
    };
    Record::new()
        .with("code", Cell::key(finding.code))
        .with("severity", Cell::key(finding.severity.name()))
        .with("file", Cell::text(finding.row.file.to_string()))
        .with("record", place(finding.row.record))
        .with("row_line", place(finding.row.line))
        .with("column", Cell::optional_text(finding.column.as_deref()))
        .with("cell", Cell::optional_text(finding.cell.as_deref()))
        .with("cause", Cell::text(&finding.cause))
        .with("what_was_done", Cell::text(&finding.action))
        .with("setting", Cell::optional_text(finding.setting.as_deref()))
}

/// The first columns of `rejected.csv`; the files' own follow.
pub(super) const REJECTED: [&str; 4] = [
    "rejected_file",
    "rejected_record",
    "rejected_line",
    "rejected_code",
];

/// `rejected.csv`: whole rows as they stood, under the union of their files' headers, so that they
/// can be mended and sent back. Only partners may see them.
pub(in super::super) fn rejected(
    edition: &CheckEdition<'_>,
    to: &mut dyn Tables,
) -> Result<(), PublishError> {
    if !edition.audience.sees_all() {
        return Ok(());
    }
    let mut header = Header::default();
    let rows: Vec<Vec<usize>> = edition
        .rejected
        .iter()
        .map(|row| header.places(row))
        .collect();
    let ours = REJECTED;
    let names: Vec<&str> = ours
        .into_iter()
        .chain(header.names.iter().map(String::as_str))
        .collect();
    to.begin("rejected.csv", &names)?;
    for (row, places) in edition.rejected.iter().zip(rows) {
        let mut cells = vec![Cell::Null; names.len()];
        cells[0] = Cell::text(row.row.file.to_string());
        cells[1] = Cell::key(row.row.record.to_string());
        cells[2] = Cell::key(row.row.line.to_string());
        cells[3] = Cell::key(row.code);
        for (place, cell) in places.into_iter().zip(&row.cells) {
            cells[ours.len() + place] = Cell::text(cell);
        }
        to.row(&cells)?;
    }
    to.end()
}

/// The union of several files' headers, in order of appearance. A name that one file has twice
/// stands twice.
#[derive(Default)]
struct Header {
    names: Vec<String>,
    known: HashMap<(String, usize), usize>,
}

impl Header {
    /// Where each cell of a row goes; cells beyond its header get a column of their own.
    fn places(&mut self, row: &Rejected) -> Vec<usize> {
        let mut seen: HashMap<&str, usize> = HashMap::new();
        let mut places = Vec::with_capacity(row.cells.len());
        for at in 0..row.cells.len() {
            let name = row
                .header
                .get(at)
                .map_or("beyond_the_header", String::as_str);
            let times = seen.entry(name).or_default();
            let next = self.names.len();
            let place = *self.known.entry((name.to_string(), *times)).or_insert(next);
            if place == next {
                self.names.push(name.to_string());
            }
            *times += 1;
            places.push(place);
        }
        places
    }
}

pub(super) const DATA_REQUEST: [&str; 8] = [
    "rank",
    "agency",
    "record=request_record",
    "name=request_name",
    "field",
    "used",
    "leans_gbp",
    "why",
];

/// `data_request.csv`: the missing cells that could change a decision, the dearest first.
/// Each agency's own requests are for the partners and itself.
pub(in super::super) fn data_request(
    edition: &CheckEdition<'_>,
    to: &mut dyn Tables,
) -> Result<(), PublishError> {
    let asked = edition
        .place
        .map_or_else(Vec::new, crate::place::Place::data_requests);
    let rows = request_records(&asked, &edition.audience);
    super::table(
        "data_request.csv",
        &DATA_REQUEST,
        rows,
        &edition.audience,
        to,
    )
}

/// The requests that an audience may see, numbered, under the names of the audience table.
pub(in super::super) fn request_records<'a>(
    asked: &'a [DataRequest],
    audience: &'a Audience,
) -> impl Iterator<Item = Owned<'a>> {
    let seen = asked
        .iter()
        .filter(|one| audience.sees("leans_gbp", Some(&one.agency)));
    seen.zip(1..).map(|(one, rank)| {
        let record = Record::new()
            .with("agency", Cell::key(&one.agency))
            .with("rank", Cell::Whole(rank))
            .with("request_record", Cell::key(&one.record))
            .with("request_name", Cell::text(&one.name))
            .with("field", Cell::key(one.field))
            .with("used", Cell::text(&one.used))
            .with("leans_gbp", Cell::gbp(one.leans_gbp))
            .with("why", Cell::text(&one.why));
        (record, Some(one.agency.as_str()))
    })
}

/// One match, under the names of the audience table.
pub(in super::super) fn match_record(row: &MatchRow) -> Record {
    Record::new()
        .with("point_id", Cell::key(&row.point))
        .with("point_name", Cell::text(&row.point_name))
        .with("asset_id", Cell::key(row.building.as_str()))
        .with("asset_name", Cell::text(&row.building_name))
        .with("match_basis", Cell::key(row.reason.name()))
        .with(
            "distance_m",
            row.distance_m.map_or(Cell::Null, |m| Cell::Number(m, 1)),
        )
        .with("score", Cell::Number(row.score, 3))
        .with("joined", Cell::Flag(row.joined))
        .with("doubtful", Cell::Flag(row.doubtful))
        .with("decided_by", Cell::optional_text(row.decided_by.as_deref()))
}
