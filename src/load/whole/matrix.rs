//! A user's own travel times: long or wide, by id or name, with values that mean "no journey".

use super::matrix_names::Names;
use super::reading::{Desk, column_named};
use super::roads::road_mode;
use crate::load::cells::{self, Style};
use crate::load::columns::Kind;
use crate::load::config::{ConfigText, MatrixConfig, PlaceConfig, ShapeWord, UnitWord};
use crate::load::{Table, is_sentinel, normalise, plain};
use crate::place::words as numbers;
use crate::place::{BuildingIx, Distance, Finding, Mode, Place, RowRef, Severity};
use crate::travel::{Matrix, Origin};
use std::collections::{BTreeMap, BTreeSet};

/// Reads every matrix.
pub(super) fn read(
    config: &PlaceConfig,
    text: &ConfigText,
    place: &Place,
    desk: &mut Desk,
) -> Vec<Matrix> {
    if config.travel.matrix.is_empty() {
        // The names of a million buildings are not gathered for nobody.
        return Vec::new();
    }
    let names = Names::of(place);
    let mut matrices = Vec::new();
    for (index, block) in config.travel.matrix.iter().enumerate() {
        let key = format!("travel.matrix[{index}]");
        let ours = ["straight", "walk", "drive"].contains(&block.mode.as_str());
        let by_timetable = block.mode == "transit" && config.travel.transit.is_some();
        if ours || by_timetable || road_mode(config, &block.mode).is_some() {
            desk.findings.push(
                text.refuse(
                    "bad-config",
                    &format!("{key}.mode"),
                    format!("`{}` is a mode of ours", block.mode),
                )
                .action("give the matrix another name"),
            );
            continue;
        }
        let Some(table) = desk.read(&block.common(), "travel.matrix", &key, text) else {
            continue;
        };
        let reader = Reader {
            block,
            table: &table,
            names: &names,
            key,
            text,
        };
        if let Some(matrix) = reader.read(place, desk) {
            matrices.push(matrix);
        }
    }
    report_units(&matrices, place, &mut desk.findings);
    matrices
}

struct Reader<'a> {
    block: &'a MatrixConfig,
    table: &'a Table,
    names: &'a Names,
    key: String,
    text: &'a ConfigText,
}

/// What was met on the way and is reported once for the whole table.
#[derive(Default)]
struct Met {
    unknown_from: BTreeMap<String, RowRef>,
    unknown_to: BTreeMap<String, RowRef>,
    trimmed: BTreeSet<(String, String)>,
    unreachable: usize,
    negative: BTreeMap<String, (usize, RowRef)>,
    sentinels: BTreeMap<String, (usize, RowRef)>,
    unread: BTreeMap<String, (usize, RowRef)>,
    pairs: Vec<(Origin, BuildingIx, Distance)>,
}

impl Reader<'_> {
    fn read(&self, place: &Place, desk: &mut Desk) -> Option<Matrix> {
        let (from, to, value) = (
            self.column("from_id", FROM),
            self.column("to_id", TO),
            self.column("value", VALUE),
        );
        let long = match self.block.shape {
            Some(ShapeWord::Long) => true,
            Some(ShapeWord::Wide) => false,
            None => to.is_some() && value.is_some(),
        };
        let header = value
            .and_then(|at| self.table.header.get(at))
            .map_or("", String::as_str);
        let unit = self.unit(header, long, desk)?;
        let mut met = Met::default();
        if long {
            let (Some(from), Some(to), Some(value)) = (from, to, value) else {
                desk.findings
                    .push(self.missing("from_id, to_id, minutes or km"));
                return None;
            };
            let style = self.style(value);
            for record in &self.table.records {
                let origin = self.origin(record.cell(from), &record.at, &mut met);
                let end = self.end(record.cell(to), &record.at, &mut met);
                if let (Some(origin), Some(end)) = (origin, end) {
                    self.take(
                        record.cell(value),
                        &style,
                        (origin, end),
                        unit,
                        &record.at,
                        &mut met,
                    );
                }
            }
        } else {
            self.read_wide(from.unwrap_or(0), unit, &mut met);
        }
        self.report(&met, place, &mut desk.findings);
        if met.pairs.is_empty() {
            desk.findings.push(
                Finding::new("matrix-empty", Severity::Error, self.table.whole())
                    .cause("no pair of the matrix is a zone and a building of the place")
                    .action("its keys must be ids or names of zones and buildings"),
            );
            return None;
        }
        Some(Matrix::new(self.block.mode.clone(), unit.unit(), met.pairs))
    }

    fn read_wide(&self, from: usize, unit: UnitWord, met: &mut Met) {
        let whole = self.table.whole();
        let mut ends = Vec::new();
        for (at, header) in self.table.header.iter().enumerate() {
            if at == from {
                continue;
            }
            let raw = header.as_str();
            if let Some(end) = self.end(raw, &whole, met) {
                ends.push((at, end, self.style(at)));
            }
        }
        for record in &self.table.records {
            let Some(origin) = self.origin(record.cell(from), &record.at, met) else {
                continue;
            };
            for (at, end, style) in &ends {
                self.take(
                    record.cell(*at),
                    style,
                    (origin, *end),
                    unit,
                    &record.at,
                    met,
                );
            }
        }
    }

    fn column(&self, field: &str, aliases: &[&str]) -> Option<usize> {
        if let Some(name) = self.block.columns.get(field) {
            return column_named(self.table, name);
        }
        let names: Vec<_> = self
            .table
            .header
            .iter()
            .map(|name| normalise(name))
            .collect();
        aliases
            .iter()
            .find_map(|alias| names.iter().position(|name| name == alias))
    }

    fn missing(&self, what: &str) -> Finding {
        Finding::new("missing-column", Severity::Error, self.table.whole())
            .column(what)
            .cause("the matrix has no such columns")
            .action(format!("the columns are: {}", self.table.header.join(", ")))
            .setting("columns = { from_id = \"…\", to_id = \"…\", value = \"…\" }")
    }

    fn unit(&self, header: &str, long: bool, desk: &mut Desk) -> Option<UnitWord> {
        if let Some(unit) = self.block.unit {
            return Some(unit);
        }
        let header = normalise(header);
        if long && (header.contains("min") || header.contains("time")) {
            return Some(UnitWord::Minutes);
        }
        if long && (header == "km" || header.contains("kilomet") || header.ends_with("km")) {
            return Some(UnitWord::Km);
        }
        desk.findings.push(
            self.text
                .refuse(
                    "bad-config",
                    &format!("{}.unit", self.key),
                    "what the matrix counts is not known",
                )
                .action("add unit = \"minutes\" or unit = \"km\""),
        );
        None
    }

    fn style(&self, column: usize) -> Style {
        let header = self.table.header.get(column).map_or("", String::as_str);
        Style::of(
            Kind::Number,
            header,
            self.table.records.iter().map(|r| r.cell(column)),
        )
    }

    fn origin(&self, cell: &str, at: &RowRef, met: &mut Met) -> Option<Origin> {
        let name = plain(cell);
        if let Some(Some(zone)) = self.names.zones.get(&name) {
            return Some(Origin::Zone(*zone));
        }
        if let Some(Some(building)) = self.names.buildings.get(&name) {
            return Some(Origin::Building(*building));
        }
        met.unknown_from
            .entry(cell.trim().to_string())
            .or_insert_with(|| at.clone());
        None
    }

    fn end(&self, cell: &str, at: &RowRef, met: &mut Met) -> Option<BuildingIx> {
        match self.names.buildings.get(&plain(cell)) {
            Some(Some(building)) => {
                if cell != cell.trim() || cell.contains("  ") {
                    met.trimmed
                        .insert((cell.to_string(), cell.trim().to_string()));
                }
                Some(*building)
            }
            _ => {
                met.unknown_to
                    .entry(cell.trim().to_string())
                    .or_insert_with(|| at.clone());
                None
            }
        }
    }

    fn take(
        &self,
        cell: &str,
        style: &Style,
        (origin, end): (Origin, BuildingIx),
        unit: UnitWord,
        at: &RowRef,
        met: &mut Met,
    ) {
        if cell.trim().is_empty() {
            met.unreachable += 1;
            return;
        }
        let Some(value) = cells::number(cell, style)
            .value
            .filter(|value| value.is_finite())
        else {
            if cells::text(cell).is_none() {
                met.unreachable += 1;
            } else {
                let entry = met.unread.entry(cell.to_string());
                entry.or_insert_with(|| (0, at.clone())).0 += 1;
            }
            return;
        };
        let stated = self.block.unreachable.iter();
        if stated
            .clone()
            .any(|sentinel| (sentinel - value).abs() < 1e-9)
        {
            met.unreachable += 1;
        } else if value >= 0.0 && self.block.unreachable.is_empty() && is_sentinel(value) {
            let entry = met.sentinels.entry(cell.to_string());
            entry.or_insert_with(|| (0, at.clone())).0 += 1;
        } else if value < 0.0 {
            let entry = met.negative.entry(cell.to_string());
            entry.or_insert_with(|| (0, at.clone())).0 += 1;
        } else {
            met.pairs.push((
                origin,
                end,
                Distance::from_user(value * unit.factor(), unit.unit()),
            ));
        }
    }

    fn report(&self, met: &Met, place: &Place, findings: &mut Vec<Finding>) {
        let whole = || self.table.whole();
        for (side, unknown) in [("from_id", &met.unknown_from), ("to_id", &met.unknown_to)] {
            if unknown.is_empty() {
                continue;
            }
            for (name, row) in unknown.iter().take(20) {
                findings.push(
                    Finding::new("matrix-key-unknown", Severity::Reject, row.clone())
                        .column(side)
                        .cell(name.clone())
                        .cause("it is no zone or building of the place, or several are called so")
                        .action("its journeys are left out"),
                );
            }
            if unknown.len() > 20 {
                findings.push(
                    Finding::new("matrix-key-unknown", Severity::Reject, whole())
                        .column(side)
                        .cause(format!(
                            "{} in all are no zone or building of the place",
                            numbers::count(unknown.len(), "key")
                        ))
                        .action("their journeys are left out"),
                );
            }
        }
        for (cell, name) in &met.trimmed {
            findings.push(
                Finding::new("matrix-key-trimmed", Severity::Repair, whole())
                    .cell(cell.clone())
                    .cause("the key has blanks around it")
                    .action(format!("taken as `{name}`")),
            );
        }
        for (cell, (count, row)) in &met.negative {
            findings.push(
                Finding::new("matrix-negative", Severity::Warn, row.clone())
                    .cell(cell.clone())
                    .cause(format!("{count} journeys are negative"))
                    .action("taken as no journey")
                    .setting(format!("unreachable = [{cell}]")),
            );
        }
        for (cell, (count, row)) in &met.sentinels {
            findings.push(
                Finding::new("matrix-sentinel", Severity::Warn, row.clone())
                    .cell(cell.clone())
                    .cause(format!(
                        "{count} journeys hold a number that usually means no journey"
                    ))
                    .action("taken as no journey")
                    .setting(format!("unreachable = [{cell}]")),
            );
        }
        for (cell, (count, row)) in &met.unread {
            findings.push(
                Finding::new("number-not-read", Severity::Warn, row.clone())
                    .cell(cell.clone())
                    .cause(format!("{count} journeys are no number"))
                    .action("taken as no journey"),
            );
        }
        if met.unreachable > 0 {
            findings.push(
                Finding::new("matrix-unreachable", Severity::Warn, whole())
                    .cause(format!(
                        "{} blank or with a value that means no journey",
                        numbers::counted(met.unreachable, "pair is", "pairs are")
                    ))
                    .action("taken as not reachable"),
            );
        }
        self.cover(met, place, findings);
    }

    /// How much of the place the matrix knows.
    fn cover(&self, met: &Met, place: &Place, findings: &mut Vec<Finding>) {
        let zones: BTreeSet<_> = met
            .pairs
            .iter()
            .filter_map(|(origin, ..)| match origin {
                Origin::Zone(zone) => Some(*zone),
                Origin::Building(_) => None,
            })
            .collect();
        let missing: Vec<_> = place
            .zones()
            .filter(|(at, _)| !zones.contains(at))
            .map(|(_, zone)| zone.id.as_str())
            .collect();
        let ends: BTreeSet<_> = met.pairs.iter().map(|(_, end, _)| *end).collect();
        let located = place
            .buildings
            .iter()
            .filter(|b| b.location.is_some())
            .count();
        let all = place.zones.len() * located;
        let known = met
            .pairs
            .iter()
            .filter(|(o, ..)| matches!(o, Origin::Zone(_)))
            .count();
        let share = if all > 0 {
            known as f64 / all as f64
        } else {
            0.0
        };
        findings.push(
            Finding::new("matrix-coverage", Severity::Warn, self.table.whole())
                .cause(format!(
                    "{} knows {known} journeys from {} of {} zones to {} of {located} buildings: {:.1} % of all pairs",
                    self.block.mode,
                    zones.len(),
                    place.zones.len(),
                    ends.len(),
                    share * 100.0
                ))
                .action("pairs it does not know count as not reachable"),
        );
        if !missing.is_empty() && !zones.is_empty() {
            let mut shown = missing
                .iter()
                .take(10)
                .copied()
                .collect::<Vec<_>>()
                .join(", ");
            if missing.len() > 10 {
                shown.push_str(", …");
            }
            findings.push(
                Finding::new(
                    "matrix-zone-without-journey",
                    Severity::Warn,
                    self.table.whole(),
                )
                .cell(shown)
                .cause(format!(
                    "{} no building by this matrix",
                    numbers::counted(missing.len(), "zone reaches", "zones reach")
                ))
                .action("they are outside every rule of this mode"),
            );
        }
    }
}

const FROM: &[&str] = &[
    "fromid", "from", "origin", "originid", "zoneid", "zone", "oid", "fromzone",
];
const TO: &[&str] = &[
    "toid",
    "to",
    "destination",
    "destinationid",
    "dest",
    "did",
    "building",
    "buildingid",
    "assetid",
    "site",
];
const VALUE: &[&str] = &[
    "minutes",
    "mins",
    "min",
    "traveltime",
    "traveltimeminutes",
    "traveltimep50",
    "duration",
    "time",
    "km",
    "kilometres",
    "kilometers",
    "distancekm",
    "distance",
    "value",
];

/// A rule that counts what its matrix does not.
fn report_units(matrices: &[Matrix], place: &Place, findings: &mut Vec<Finding>) {
    for rule in &place.rules {
        if let Mode::Matrix(name) = &rule.measure.mode {
            let mut same = matrices
                .iter()
                .filter(|matrix| matrix.mode == *name)
                .peekable();
            if same.peek().is_some() && same.all(|matrix| matrix.unit != rule.measure.unit) {
                findings.push(
                    Finding::new("bad-rule", Severity::Error, RowRef::file("place.toml"))
                        .column(format!("access {}", rule.id))
                        .cause(format!(
                            "the rule counts {} and matrix `{name}` does not",
                            rule.measure.unit.symbol()
                        ))
                        .action("give the rule's limit in the matrix's unit"),
                );
            }
        }
    }
}
