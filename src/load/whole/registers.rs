//! Registers: ids made unique, repeated records named, two registers' records of one building joined.

use super::buildings::{Row, RowReader, scope_columns, stem};
use super::decisions::Decided;
use super::elsewhere;
use super::frame::Named;
use super::matching::{self, Index, Looked};
use super::reading::{Desk, plain};
use crate::load::config::{BuildingsConfig, ConfigText, PlaceConfig};
use crate::load::{
    BUILDING_FIELDS, Columns, LocateOptions, Record, locate, settle_categories, settle_sites,
};
use crate::place::{
    Building, BuildingIx, Finding, Grade, Lock, MatchRow, NO_LOCATION, Place, Role, RowRef,
    Severity, Site, SiteIx,
};
use rayon::prelude::*;
use std::collections::{BTreeMap, HashMap, HashSet};

/// What later tables need to find buildings.
#[derive(Default)]
pub(super) struct Registers {
    /// Buildings by every id they go by, as [`plain`] compares them.
    ids: HashMap<String, BuildingIx>,
    /// Ids that several buildings share.
    shared_ids: HashSet<String>,
    by_uprn: HashMap<String, Vec<BuildingIx>>,
    /// Ids of the agencies, and whose each building of the registers is, for `agency/id`.
    agencies: Vec<String>,
    owners: Vec<usize>,
    /// For matching.
    pub index: Index,
    /// Pairs joined and pairs in doubt.
    pub matches: Vec<MatchRow>,
    /// Ids of service points, as [`plain`] compares them.
    pub points: HashSet<String>,
    /// Whether a register could not be read: what refers to its buildings is then not to blame.
    pub incomplete: bool,
}

impl Registers {
    /// A building by an id that people wrote. `None` where none or several go by it.
    pub(super) fn named(&self, id: &str) -> Option<BuildingIx> {
        let id = plain(id);
        let bare = id
            .strip_prefix("building:")
            .or_else(|| id.strip_prefix("asset:"))
            .unwrap_or(&id);
        if self.shared_ids.contains(bare) {
            return None;
        }
        self.ids.get(bare).copied().or_else(|| self.of_agency(bare))
    }

    /// A building by `agency/id`, where its own id alone is enough.
    fn of_agency(&self, id: &str) -> Option<BuildingIx> {
        let (agency, own) = id.split_once('/')?;
        let found = self.ids.get(own).copied()?;
        let owner = self.owners.get(found.index())?;
        (self.agencies.get(*owner)? == agency).then_some(found)
    }

    /// Whether several buildings go by an id.
    pub(super) fn is_shared(&self, id: &str) -> bool {
        self.shared_ids.contains(&plain(id))
    }

    /// The one building with a UPRN.
    pub(super) fn with_uprn(&self, uprn: &str) -> Option<BuildingIx> {
        match self.by_uprn.get(uprn).map(Vec::as_slice) {
            Some([only]) => Some(*only),
            _ => None,
        }
    }

    /// Every id people may write.
    pub(super) fn every_id(&self) -> impl Iterator<Item = &str> {
        self.ids.keys().map(String::as_str)
    }

    /// Lets a building go by its ids, and notes whose it is.
    fn learn(&mut self, ix: BuildingIx, building: &Building) {
        self.call(building.id.as_str(), ix);
        if let Some(own) = &building.register_id
            && plain(own) != plain(building.id.as_str())
        {
            self.call(own, ix);
        }
        self.owners.push(building.agency.index());
    }

    /// Lets a building go by one more id.
    pub(super) fn call(&mut self, id: &str, building: BuildingIx) {
        let id = plain(id);
        if let Some(before) = self.ids.insert(id.clone(), building)
            && before != building
        {
            self.ids.insert(id.clone(), before);
            self.shared_ids.insert(id);
        }
    }
}

/// Rows read at a time.
const CHUNK: usize = 16_384;

struct Register<'a> {
    block: &'a BuildingsConfig,
    rows: Rows,
}

/// The buildings of a register, in one piece that the place takes over as it is.
#[derive(Default)]
struct Rows {
    buildings: Vec<Building>,
    /// The campuses that some of them name, by position.
    sites: BTreeMap<usize, SiteNamed>,
}

/// A campus as a row names it: id, name, shared cost.
type SiteNamed = (String, Option<String>, Option<f64>);

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
    name_all(&mut registers, place);
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
    let common = block.common();
    let agency = match &block.agency {
        Some(id) => match named.agency(id) {
            Some(agency) => Some(agency),
            None => {
                desk.findings.push(
                    text.refuse(
                        "unknown-agency",
                        &format!("{key}.agency"),
                        format!("`{id}` is no agency"),
                    )
                    .action(named.agency_hint(id)),
                );
                return None;
            }
        },
        None => None,
    };
    let mut table = desk.read(&common, "buildings", key, text)?;
    let columns = Columns::recognise(&table, BUILDING_FIELDS, common.columns, &mut desk.findings);
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
    settle_sites(&mut table, &columns, &mut desk.findings, &mut desk.rejected);
    settle_categories(&mut table, &columns, BUILDING_FIELDS, &mut desk.findings);
    let places = locate(&mut table, &columns, located, &mut desk.findings);
    elsewhere::check(&table, &places, &place.zones, &mut desk.findings);
    let reader = RowReader {
        scope: scope_columns(block, &table, &mut desk.findings),
        columns: &columns,
        agency,
        named,
        finance: &place.finance,
        base_date: place.base_date,
    };
    // By the thousand, so that what is said of every row is never held for all of them.
    desk.crowds.thin(&mut desk.findings);
    let count = table.records.len();
    let mut records = std::mem::take(&mut table.records).into_iter();
    let mut places = places.chunks(CHUNK);
    let (mut rows, mut refused) = (Rows::default(), 0);
    rows.buildings.reserve_exact(count);
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
                Ok(Row { building, site }) => {
                    if let Some(site) = site {
                        rows.sites.insert(rows.buildings.len(), site);
                    }
                    rows.buildings.push(building);
                }
                Err((code, cause, action)) => {
                    refused += 1;
                    desk.reject(&table, record, code, cause, &action);
                }
            }
        }
        desk.crowds.thin(&mut desk.findings);
    }
    desk.judge_rows(&table, count, refused);
    Some(rows)
}

/// Gives every building its id: the register's own where unique in the place, else `agency/id`.
fn name_all(registers: &mut [Register<'_>], place: &Place) {
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
                    building.id = id.trim().into();
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
    }
}

/// Puts all rows into the place; rows of a later register that are a building of an earlier one
/// are joined to it.
fn join_all(
    registers: Vec<Register<'_>>,
    place: &mut Place,
    decided: &Decided,
    desk: &mut Desk,
) -> Registers {
    let mut known = Registers {
        agencies: place
            .agencies
            .iter()
            .map(|a| plain(a.id.as_str()))
            .collect(),
        ..Registers::default()
    };
    let several = registers.len() > 1;
    let count = registers
        .iter()
        .map(|register| register.rows.buildings.len())
        .sum();
    known.ids.reserve(count);
    let mut sites = Sites::default();
    for (number, register) in registers.into_iter().enumerate() {
        let before = place.buildings.len();
        if number > 0 {
            known.index = Index::of(&place.buildings);
        }
        let Rows {
            buildings,
            sites: mut named,
        } = register.rows;
        if number == 0 {
            place.buildings = buildings;
            for at in 0..place.buildings.len() {
                let site = named
                    .remove(&at)
                    .zip(place.buildings.get(at))
                    .map(|(site, b)| (site, b.source.clone()));
                let site =
                    site.map(|(site, row)| sites.find(site, &row, place, &mut desk.findings));
                if let Some(building) = place.buildings.get_mut(at) {
                    building.site = site;
                    known.learn(BuildingIx::new(at), building);
                }
            }
            continue;
        }
        for (at, mut building) in buildings.into_iter().enumerate() {
            let site = named.remove(&at);
            let lookable = several && number > 0 && !is_land(&building);
            let joined = lookable
                .then(|| {
                    let looked = looked(&building, register.block);
                    look_up(&looked, place, &mut known, decided, before)
                })
                .flatten();
            if let Some(at) = joined {
                let earlier = BuildingIx::new(at);
                for id in [
                    building.id.as_str(),
                    building.register_id.as_deref().unwrap_or_default(),
                ] {
                    if !id.is_empty() {
                        known.call(id, earlier);
                    }
                }
                if let Some(keeper) = place.buildings.get_mut(at) {
                    take_over(keeper, &building, &mut desk.findings);
                }
                continue;
            }
            let ix = BuildingIx::new(place.buildings.len());
            building.site =
                site.map(|site| sites.find(site, &building.source, place, &mut desk.findings));
            known.learn(ix, &building);
            place.buildings.push(building);
        }
    }
    for (at, building) in place.buildings.iter().enumerate() {
        if let Some(uprn) = &building.uprn {
            known
                .by_uprn
                .entry(uprn.clone())
                .or_default()
                .push(BuildingIx::new(at));
        }
    }
    known
}

/// A row of a later register as it is looked up among the buildings of the earlier ones.
fn looked(building: &Building, block: &BuildingsConfig) -> Looked {
    Looked {
        id: building.id.to_string(),
        name: building.name.clone(),
        address: building.address.clone(),
        uprn: building.uprn.clone(),
        postcode: building.postcode.clone(),
        location: building.location,
        within_m: block.match_within_m.unwrap_or(50.0),
        source: building.source.clone(),
    }
}

fn is_land(building: &Building) -> bool {
    matches!(&building.role, Role::Out(reason) if reason != NO_LOCATION)
}

fn look_up(
    looked: &Looked,
    place: &Place,
    known: &mut Registers,
    decided: &Decided,
    before: usize,
) -> Option<usize> {
    let found = known.index.find(
        looked,
        decided,
        |id| known.named(id).map(BuildingIx::index),
        |at| {
            place
                .buildings
                .get(at)
                .map_or_else(String::new, |b| b.id.to_string())
        },
        |at| at < before,
    );
    for doubt in &found.doubts {
        known
            .matches
            .extend(matching::row(looked, doubt, false, None, &place.buildings));
    }
    let pair = found.joined?;
    known.matches.extend(matching::row(
        looked,
        &pair,
        true,
        found.decided_by,
        &place.buildings,
    ));
    Some(pair.building)
}

/// What the first register does not say, the second may; locks that contradict are an error.
fn take_over(keeper: &mut Building, other: &Building, findings: &mut Vec<Finding>) {
    if keeper.lock != other.lock && keeper.lock != Lock::Free && other.lock != Lock::Free {
        findings.push(locks_contradict(
            &keeper.source,
            &other.source,
            keeper.id.as_str(),
        ));
    }
    if keeper.lock == Lock::Free {
        keeper.lock = other.lock;
    }
    let mut taken = Vec::new();
    if keeper.location.is_none() && other.location.is_some() {
        keeper.location = other.location;
        keeper.precision = other.precision;
        if matches!(&keeper.role, Role::Out(reason) if reason == NO_LOCATION) {
            keeper.role = other.role.clone();
        }
        taken.push("location");
    }
    if keeper.uprn.is_none() && other.uprn.is_some() {
        keeper.uprn.clone_from(&other.uprn);
        taken.push("uprn");
    }
    if keeper.usable.grade == Grade::Defaulted && other.usable.grade != Grade::Defaulted {
        keeper.usable = other.usable.clone();
        keeper.gross_area = keeper.gross_area.or(other.gross_area);
        taken.push("area");
    }
    if keeper.running_fixed.grade == Grade::Defaulted
        && other.running_fixed.grade != Grade::Defaulted
    {
        keeper.running_fixed = other.running_fixed;
        taken.push("running cost");
    }
    keeper.offers.extend(other.offers.iter().cloned());
    keeper.flags.extend(other.flags.iter().copied());
    let also = match taken.as_slice() {
        [] => String::new(),
        taken => format!("; {} taken from it", taken.join(", ")),
    };
    findings.push(
        Finding::new("registers-joined", Severity::Repair, other.source.clone())
            .cell(other.name.clone())
            .cause(format!(
                "the record is building {} of {}",
                keeper.id, keeper.source
            ))
            .action(format!("made one building{also}"))
            .setting(format!(
                "decisions.csv: {},not_match,{} if it is not",
                other.id, keeper.id
            )),
    );
}

/// An error that names both rows.
pub(super) fn locks_contradict(one: &RowRef, two: &RowRef, id: &str) -> Finding {
    Finding::new("contradictory-locks", Severity::Error, two.clone())
        .column("lock")
        .cause(format!(
            "{id}: {one} and {two} ask for opposite things, keep and dispose"
        ))
        .action("correct one of the two rows")
}

#[derive(Default)]
struct Sites {
    by_id: HashMap<String, SiteIx>,
}

impl Sites {
    fn find(
        &mut self,
        (id, name, shared): (String, Option<String>, Option<f64>),
        row: &RowRef,
        place: &mut Place,
        findings: &mut Vec<Finding>,
    ) -> SiteIx {
        let ix = *self.by_id.entry(plain(&id)).or_insert_with(|| {
            place.sites.push(Site {
                id: id.as_str().into(),
                name: name.clone().unwrap_or_else(|| id.clone()),
                fixed_cost: crate::place::GbpPerYear::ZERO,
            });
            SiteIx::new(place.sites.len() - 1)
        });
        if let (Some(shared), Some(site)) = (shared, place.sites.get_mut(ix.index())) {
            let before = site.fixed_cost.get();
            if before == 0.0 {
                site.fixed_cost = crate::place::GbpPerYear(shared);
            } else if (before - shared).abs() > 0.005 {
                findings.push(
                    Finding::new("site-cost-differs", Severity::Warn, row.clone())
                        .column("site_running_gbp")
                        .cell(shared.to_string())
                        .cause(format!("another row of site {id} says {before}"))
                        .action("the first is used"),
                );
            }
        }
        ix
    }
}

/// UPRNs and ids that several buildings carry: named, never folded.
fn report_repeats(place: &Place, findings: &mut Vec<Finding>) {
    let mut by_uprn: BTreeMap<&str, Vec<&Building>> = BTreeMap::new();
    let mut by_id: BTreeMap<(usize, String), Vec<&Building>> = BTreeMap::new();
    for building in &place.buildings {
        if let Some(uprn) = &building.uprn {
            by_uprn.entry(uprn).or_default().push(building);
        }
        if let Some(id) = &building.register_id {
            by_id
                .entry((building.agency.index(), plain(id)))
                .or_default()
                .push(building);
        }
    }
    for (uprn, buildings) in by_uprn {
        repeat("repeated-uprn", "uprn", uprn, &buildings, findings);
    }
    for ((_, id), buildings) in by_id {
        repeat("repeated-id", "asset_id", &id, &buildings, findings);
    }
}

fn repeat(
    code: &'static str,
    column: &str,
    value: &str,
    buildings: &[&Building],
    findings: &mut Vec<Finding>,
) {
    let [first, others @ ..] = buildings else {
        return;
    };
    // Repeats inside one file are named where its rows are settled.
    let elsewhere = others
        .iter()
        .filter(|other| other.source.file != first.source.file);
    for other in elsewhere {
        findings.push(
            Finding::new(code, Severity::Warn, other.source.clone())
                .column(column)
                .cell(value)
                .cause(format!(
                    "record {} ({}) has it too",
                    first.source.record, first.name
                ))
                .action(format!(
                    "kept apart, as {} and {}; two parts of one site, or an error",
                    first.id, other.id
                )),
        );
    }
}
