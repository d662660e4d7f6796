//! Registers: each read row by row, and every building given its id.

use super::added;
use super::area_unit;
use super::buildings::{Row, RowReader, scope_columns, stem};
use super::decisions::Decided;
use super::elsewhere;
use super::frame::{Named, agency_called};
use super::known::Registers;
use super::nowhere;
use super::one_building::{join_all, report_repeats};
use super::overlay::Over;
use super::reading::Desk;
use super::{running_rate, whose};
use crate::load::config::{BuildingsConfig, ConfigText, PlaceConfig};
use crate::load::words::mostly_of_government;
use crate::load::{
    BUILDING_FIELDS, Columns, LocateOptions, Located, Record, Table, headings, locate, plain,
    settle_categories, settle_sites, system,
};
use crate::place::{Building, Finding, Place, Role, Severity};
use rayon::prelude::*;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

/// Rows read at a time.
const CHUNK: usize = 16_384;

/// A register as it was read, and what `place.toml` says of it.
pub(super) struct Register<'a> {
    pub block: &'a BuildingsConfig,
    pub rows: Rows,
}

/// The buildings of a register, in one piece that the place takes over as it is.
#[derive(Default)]
pub(super) struct Rows {
    pub buildings: Vec<Building>,
    /// The campuses that some of them name, by position.
    pub sites: BTreeMap<usize, SiteNamed>,
}

/// A campus as a row names it: id, name, shared cost.
pub(super) type SiteNamed = (String, Option<String>, Option<f64>);

/// Reads every register into the place.
pub(super) fn read(
    config: &PlaceConfig,
    text: &ConfigText,
    place: &mut Place,
    named: &Named,
    located: &LocateOptions,
    decided: &Decided,
    desk: &mut Desk,
) -> Registers {
    let mut registers = Vec::new();
    for (index, block) in config.buildings.iter().enumerate() {
        let key = format!("buildings[{index}]");
        if let Some(rows) = read_one(block, &key, text, place, named, located, desk) {
            registers.push(Register { block, rows });
        }
    }
    name_all(&mut registers, place, &mut desk.findings);
    let incomplete = registers.len() < config.buildings.len();
    let mut joined = join_all(registers, place, decided, desk);
    joined.incomplete = incomplete;
    if config.buildings.len() > 1 {
        report_repeats(place, &mut desk.findings);
    }
    joined
}

fn read_one(
    block: &BuildingsConfig,
    key: &str,
    text: &ConfigText,
    place: &Place,
    named: &Named,
    located: &LocateOptions,
    desk: &mut Desk,
) -> Option<Rows> {
    let agency = match &block.agency {
        Some(id) => Some(agency_called(id, key, text, named, desk)?),
        None => None,
    };
    let (mut table, columns) = open(block, key, text, place, located, desk)?;
    if agency.is_none() && !columns.has("agency") {
        desk.findings.push(
            Finding::new("missing-column", Severity::Error, table.whole())
                .column("agency")
                .cause("the register names no agency")
                .action("say whose it is")
                .setting("agency = \"…\""),
        );
        return None;
    }
    whose::report(&table, &columns, named, agency, &mut desk.findings);
    let rows = table.records.len();
    settle_sites(&mut table, &columns, &mut desk.findings, &mut desk.rejected);
    refuse_all_closed(&table, rows, desk);
    settle_categories(&mut table, &columns, BUILDING_FIELDS, &mut desk.findings);
    let places = place_records(&mut table, &columns, place, located, desk);
    let reader = RowReader {
        scope: scope_columns(block, &table, &mut desk.findings),
        columns: &columns,
        agency,
        named,
        finance: &place.finance,
        base_date: place.base_date,
        of_government: mostly_of_government(&table, columns.get("tenure")),
        rate: running_rate::judge(&table, &columns, &mut desk.findings),
    };
    Some(read_rows(table, &places, &reader, desk))
}

/// The table of a register with what overlays add to it, and its columns, each known or told.
fn open(
    block: &BuildingsConfig,
    key: &str,
    text: &ConfigText,
    place: &Place,
    located: &LocateOptions,
    desk: &mut Desk,
) -> Option<(Table, Columns)> {
    let common = block.common();
    let mut table = desk.read(&common, "buildings", key, text)?;
    let over = Over {
        fields: BUILDING_FIELDS,
        key: "asset_id",
        columns: common.columns,
        agency: block.agency.as_deref(),
        as_of: common.as_of,
    };
    desk.overlays.lay(&mut table, &over, &mut desk.findings);
    let mut columns =
        Columns::recognise(&table, BUILDING_FIELDS, common.columns, &mut desk.findings);
    area_unit::settle(&table, &mut columns, block.area_unit, place.currency, desk);
    let scope = block.scope.iter().map(|scope| scope.column.as_str());
    let named_columns: Vec<&str> = scope
        .chain(common.rows.keys().map(String::as_str))
        .collect();
    headings::report(
        &table,
        &columns,
        &headings::BUILDINGS,
        BUILDING_FIELDS,
        &named_columns,
        !located.postcodes.is_empty(),
        &mut desk.findings,
    );
    added::report(&table, &columns, &mut desk.findings);
    Some((table, columns))
}

/// Where each record is, with what is to be said of a table that lies nowhere or elsewhere.
fn place_records(
    table: &mut Table,
    columns: &Columns,
    place: &Place,
    located: &LocateOptions,
    desk: &mut Desk,
) -> Vec<Located> {
    let before = desk.findings.len();
    let places = locate(table, columns, located, &mut desk.findings);
    let said = nowhere::check(table, columns, &places, before, false, &mut desk.findings);
    if !said && places.iter().all(Option::is_none) && !places.is_empty() {
        desk.nowhere.push(nowhere::unplaced(table, columns));
    }
    let read_in = || system(table, columns, located);
    elsewhere::check(table, &places, &place.zones, read_in, desk);
    places
}

/// Reads the records by the thousand, so that what is said of every row is never held for all of them.
fn read_rows(
    mut table: Table,
    places: &[Located],
    reader: &RowReader<'_>,
    desk: &mut Desk,
) -> Rows {
    desk.crowds.thin(&mut desk.findings);
    let count = table.records.len();
    let mut records = std::mem::take(&mut table.records).into_iter();
    let mut places = places.chunks(CHUNK);
    let (mut rows, mut refused) = (Rows::default(), 0);
    rows.buildings.reserve_exact(count);
    let mut words = Words::default();
    loop {
        let some: Vec<Record> = records.by_ref().take(CHUNK).collect();
        let Some(places) = places.next().filter(|_| !some.is_empty()) else {
            break;
        };
        let read: Vec<_> = some
            .par_iter()
            .zip(places.par_iter())
            .map(|(record, place)| {
                let mut findings = Vec::new();
                let row = reader.read(record, *place, &mut findings);
                (row, findings)
            })
            .collect();
        for (record, (row, findings)) in some.iter().zip(read) {
            desk.findings.extend(findings);
            match row {
                Ok(Row { mut building, site }) => {
                    words.share(&mut building);
                    if let Some(site) = site {
                        rows.sites.insert(rows.buildings.len(), site);
                    }
                    rows.buildings.push(building);
                }
                Err(why) => {
                    refused += 1;
                    desk.refuse_row(&table, record, vec![why], reader.columns);
                }
            }
        }
        desk.crowds.thin(&mut desk.findings);
    }
    rows.buildings.shrink_to_fit();
    desk.judge_rows(&table, count, refused);
    rows
}

/// A register all of whose records are said to be closed is a column taken for another.
fn refuse_all_closed(table: &Table, rows: usize, desk: &mut Desk) {
    let closed = desk
        .rejected
        .iter()
        .filter(|row| row.code == "closed-record" && row.row.file == table.file)
        .count();
    if table.records.is_empty() && closed > 0 {
        desk.findings.push(
            Finding::new("table-mostly-rejected", Severity::Error, table.whole())
                .cause(format!(
                    "{closed} of {rows} rows say that they are closed, and no other is left"
                ))
                .action("see the findings of its rows: a column is probably taken for another"),
        );
    }
}

/// What many rows say in the same words, kept once.
#[derive(Default)]
struct Words(HashSet<Arc<str>>);

impl Words {
    fn share(&mut self, building: &mut Building) {
        let reason = match &mut building.role {
            Role::Candidate => None,
            Role::Fixed(reason) | Role::Out(reason) => Some(reason),
        };
        let stated = [
            reason,
            building.tenure.stated.as_mut(),
            building.energy_rating.as_mut(),
            building.condition.as_mut(),
        ];
        for words in stated.into_iter().flatten() {
            match self.0.get(words) {
                Some(known) => words.clone_from(known),
                None => {
                    self.0.insert(Arc::clone(words));
                }
            }
        }
    }
}

/// Gives every building its id: the register's own where unique in the place, else `agency/id`; of the UPRN or
/// the record where it has none, which is said.
fn name_all(registers: &mut [Register<'_>], place: &Place, findings: &mut Vec<Finding>) {
    let own = |building: &Building| building.register_id.as_deref().map(plain);
    let plains: Vec<Option<String>> = registers
        .iter()
        .flat_map(|register| &register.rows.buildings)
        .collect::<Vec<_>>()
        .into_par_iter()
        .map(own)
        .collect();
    let mut often: HashMap<&str, u32> = HashMap::with_capacity(plains.len());
    for id in plains.iter().flatten() {
        *often.entry(id).or_default() += 1;
    }
    let mut taken: HashMap<String, u32> = HashMap::new();
    let mut own = plains.iter();
    for register in registers {
        let stem = stem(&register.block.file);
        for building in &mut register.rows.buildings {
            let unique = own
                .next()
                .and_then(Option::as_deref)
                .is_some_and(|id| often.get(id) == Some(&1));
            let agency = place.agency(building.agency).id.as_str();
            let mut id = match &building.register_id {
                Some(id) if unique => {
                    building.id = match id.trim() {
                        own if own.len() == id.len() => Arc::clone(id).into(),
                        trimmed => trimmed.into(),
                    };
                    continue;
                }
                Some(id) => format!("{agency}/{}", id.trim()),
                None => match &building.uprn {
                    Some(uprn) => format!("{agency}/{uprn}"),
                    None => format!("{agency}/{stem}-{}", building.source.record),
                },
            };
            let times = taken
                .entry(plain(&id))
                .or_insert_with(|| often.get(plain(&id).as_str()).copied().unwrap_or(0));
            *times += 1;
            if *times > 1 {
                id = format!("{id}#{times}");
            }
            building.id = id.as_str().into();
        }
        report_made(&register.rows.buildings, findings);
    }
}

/// Says which rows of a register with ids have none.
fn report_made(buildings: &[Building], findings: &mut Vec<Finding>) {
    let mut made = buildings
        .iter()
        .filter(|building| building.register_id.is_none());
    let Some(first) = made.next() else { return };
    let count = 1 + made.count();
    if count == buildings.len() {
        return;
    }
    findings.push(
        Finding::new("id-made", Severity::Default, first.source.clone())
            .cause(format!(
                "{} no id in this register, of which this is the first",
                crate::place::words::counted(count, "row has", "rows have")
            ))
            .action(format!(
                "called by UPRN, else by file and record: `{}`",
                first.id
            )),
    );
}
