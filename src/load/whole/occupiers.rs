//! Tables of who is where today.

use super::area_unit;
use super::buildings::Refused;
use super::frame::{Named, agency_called};
use super::known::Registers;
use super::one_building::locks_contradict;
use super::overlay::Over;
use super::reading::Desk;
use super::usage::{hours, resources, visits_capacity};
use crate::load::config::{ConfigText, OccupiersConfig, PlaceConfig, did_you_mean, some_of};
use crate::load::rows::set_aside_totals;
use crate::load::words;
use crate::load::{Columns, OCCUPIER_FIELDS, Record, headings, plain, settle_categories};
use crate::place::{
    AgencyIx, Areas, BuildingIx, Finding, Lock, NeedBasis, Occupier, Place, RowRef, Service,
    ServiceIx, Severity, SpaceType, SquareMetres,
};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Every name that a building has.
fn names_of_buildings(place: &Place) -> HashMap<String, Option<BuildingIx>> {
    let mut names: HashMap<String, Option<BuildingIx>> = HashMap::new();
    for (at, building) in place.buildings() {
        names
            .entry(plain(&building.name))
            .and_modify(|known| *known = None)
            .or_insert(Some(at));
    }
    names.remove("");
    names
}

/// The nearest id or name, or a few ids to show what they look like.
fn nearest(id: &str, place: &Place) -> String {
    let ids = || place.buildings.iter().map(|b| b.id.as_str());
    let names = place.buildings.iter().map(|b| b.name.as_str());
    let hint = did_you_mean(id, ids().chain(names));
    if hint.starts_with("did you mean") {
        return hint;
    }
    format!("ids of buildings are such as {}", some_of(ids()))
}

/// Reads every table of occupiers into the place. Returns the buildings of rows that were set aside: somebody
/// is in them whom no plan knows.
pub(super) fn read(
    config: &PlaceConfig,
    text: &ConfigText,
    place: &mut Place,
    named: &Named,
    registers: &Registers,
    desk: &mut Desk,
) -> BTreeSet<BuildingIx> {
    let mut known = Known::default();
    for (index, block) in config.occupiers.iter().enumerate() {
        let key = format!("occupiers[{index}]");
        read_one(block, &key, text, place, named, registers, &mut known, desk);
    }
    report_contradictory_locks(place, &mut desk.findings);
    known.unread
}

/// What the tables read so far say.
#[derive(Default)]
struct Known {
    /// Where each id of an occupier stands first.
    ids: HashMap<String, RowRef>,
    /// Buildings of rows that were set aside.
    unread: BTreeSet<BuildingIx>,
}

#[expect(
    clippy::too_many_arguments,
    reason = "one call, from the function above"
)]
fn read_one(
    block: &OccupiersConfig,
    key: &str,
    text: &ConfigText,
    place: &mut Place,
    named: &Named,
    registers: &Registers,
    known: &mut Known,
    desk: &mut Desk,
) {
    let common = block.common();
    let Some(mut table) = desk.read(&common, "occupiers", key, text) else {
        return;
    };
    if registers.incomplete {
        return;
    }
    let over = Over {
        fields: OCCUPIER_FIELDS,
        key: "occupier_id",
        columns: common.columns,
        agency: block.agency.as_deref(),
        as_of: common.as_of,
    };
    desk.overlays.lay(&mut table, &over, &mut desk.findings);
    let mut columns =
        Columns::recognise(&table, OCCUPIER_FIELDS, common.columns, &mut desk.findings);
    area_unit::settle(&table, &mut columns, block.area_unit, place.currency, desk);
    headings::report(
        &table,
        &columns,
        &headings::OCCUPIERS,
        OCCUPIER_FIELDS,
        &common.rows.keys().map(String::as_str).collect::<Vec<_>>(),
        true,
        &mut desk.findings,
    );
    settle_categories(&mut table, &columns, OCCUPIER_FIELDS, &mut desk.findings);
    set_aside_totals(&mut table, &columns, &mut desk.findings, &mut desk.rejected);
    let mut fixed_service = None;
    if let Some(id) = &block.service {
        fixed_service = named.service(id);
        if fixed_service.is_none() {
            desk.findings.push(
                text.refuse(
                    "unknown-service",
                    &format!("{key}.service"),
                    format!("`{id}` is no service"),
                )
                .action(named.service_hint(id)),
            );
            return;
        }
    }
    let mut fixed_agency = None;
    if let Some(id) = &block.agency {
        fixed_agency = agency_called(id, key, text, named, desk);
        if fixed_agency.is_none() {
            return;
        }
    }
    for (missing, field) in [
        (
            fixed_service.is_none() && !columns.has("service"),
            "service",
        ),
        (!columns.has("asset_id") && !columns.has("uprn"), "asset_id"),
    ] {
        if missing {
            desk.findings.push(
                Finding::new("missing-column", Severity::Error, table.whole())
                    .column(field)
                    .cause(format!("no column is recognised as {field}"))
                    .action(format!("the columns are: {}", table.header.join(", ")))
                    .setting(format!("columns = {{ {field} = \"…\" }}")),
            );
        }
    }
    if !columns.has("asset_id") && !columns.has("uprn")
        || fixed_service.is_none() && !columns.has("service")
    {
        return;
    }
    let names = names_of_buildings(place);
    let reader = OccupierReader {
        columns: &columns,
        named,
        registers,
        names,
        fixed_service,
        fixed_agency,
    };
    let mut refused = 0;
    for record in &table.records {
        let mut findings = Vec::new();
        let read = reader.read(record, place, &mut findings);
        desk.findings.extend(findings);
        match read {
            Ok(occupier) => {
                let id = plain(occupier.id.as_str());
                if let Some(before) = known.ids.get(&id) {
                    refused += 1;
                    let cause = format!("`{}` is also the id of {before}", occupier.id);
                    desk.reject(
                        &table,
                        record,
                        "duplicate-id",
                        cause,
                        "the first row is used; give each its own id",
                    );
                } else {
                    known.ids.insert(id, record.at.clone());
                    place.occupiers.push(occupier);
                }
            }
            Err(faults) => {
                refused += 1;
                known
                    .unread
                    .extend(reader.building(record, place, &mut Vec::new()).ok());
                desk.refuse_row(&table, record, faults, &columns);
            }
        }
    }
    desk.judge_table(&table, refused);
}

struct OccupierReader<'a> {
    columns: &'a Columns,
    named: &'a Named,
    registers: &'a Registers,
    /// Buildings by name; none where several have it.
    names: HashMap<String, Option<BuildingIx>>,
    fixed_service: Option<ServiceIx>,
    fixed_agency: Option<AgencyIx>,
}

impl OccupierReader<'_> {
    fn read(
        &self,
        record: &Record,
        place: &Place,
        findings: &mut Vec<Finding>,
    ) -> Result<Occupier, Vec<Refused>> {
        let c = self.columns;
        let (service, building) = (self.service(record), self.building(record, place, findings));
        let agency = match &service {
            Ok(service) => Some(self.agency(record, place.service(*service))),
            Err(_) => None,
        };
        let (service_ix, agency, building) = match (service, agency, building) {
            (Ok(service), Some(Ok(agency)), Ok(building)) => (service, agency, building),
            (service, agency, building) => {
                let agency = agency.and_then(Result::err);
                let faults = [service.err(), agency, building.err()];
                return Err(faults.into_iter().flatten().collect());
            }
        };
        let service = place.service(service_ix);
        let stands = place.building(building);
        let id = c
            .text(record, "occupier_id")
            .unwrap_or_else(|| format!("{}/{}-{}", service.id, stands.id, record.at.record));
        let staff = c.number(record, "fte", findings).filter(|fte| *fte >= 0.0);
        let desks_per_fte = c.number(record, "desks_per_fte", findings);
        let (needs, basis) = self.needs(record, service, staff, desks_per_fte, findings);
        let movable = c.yes_no(record, "movable", findings);
        let lock = match c.text(record, "lock") {
            None => Lock::Free,
            Some(cell) => words::lock(&cell).unwrap_or_else(|| {
                findings.push(
                    Finding::new("word-not-read", Severity::Warn, record.at.clone())
                        .column("lock")
                        .cell(cell)
                        .cause("the word is none of: keep, dispose, free")
                        .action("read as missing"),
                );
                Lock::Free
            }),
        };
        Ok(Occupier {
            name: c
                .text(record, "name")
                .unwrap_or_else(|| format!("{} at {}", service.name, stands.name)),
            id: id.as_str().into(),
            agency,
            service: service_ix,
            building,
            needs,
            basis,
            resources: resources(c, record, findings),
            capabilities: c
                .list(record, "needs")
                .iter()
                .map(|tag| words::tag(tag))
                .collect(),
            staff_fte: staff.unwrap_or(0.0),
            visits_per_year: c
                .number(record, "visits_per_year", findings)
                .filter(|v| *v >= 0.0),
            visits_capacity: visits_capacity(c, record, findings),
            hours: hours(c, record, findings),
            immovable: (movable == Some(false)).then(|| {
                c.text(record, "immovable_reason")
                    .unwrap_or_else(|| "said to be immovable".into())
            }),
            lock,
            source: record.at.clone(),
        })
    }

    fn service(&self, record: &Record) -> Result<ServiceIx, Refused> {
        if let Some(service) = self.fixed_service {
            return Ok(service);
        }
        let stated = self.columns.text(record, "service").unwrap_or_default();
        self.named.service(&stated).ok_or_else(|| {
            (
                "unknown-service",
                format!("`{stated}` is no service of place.toml"),
                self.service_hint(&stated),
            )
        })
    }

    /// The service that was probably meant, or what to do about one that the place does not have.
    fn service_hint(&self, stated: &str) -> String {
        let hint = self.named.service_hint(stated);
        match hint.starts_with("did you mean") {
            true => hint,
            false => format!("add a [[service]] for it to place.toml, or {hint}"),
        }
    }

    fn agency(&self, record: &Record, service: &Service) -> Result<AgencyIx, Refused> {
        if let Some(stated) = self.columns.text(record, "agency") {
            return self.named.agency(&stated).ok_or_else(|| {
                (
                    "unknown-agency",
                    format!("`{stated}` is no agency of place.toml"),
                    self.named.agency_hint(&stated),
                )
            });
        }
        self.fixed_agency.or(service.agency).ok_or_else(|| {
            (
                "unknown-agency",
                format!(
                    "the row names no agency, and service {} has none",
                    service.id
                ),
                "give the service an agency in place.toml".into(),
            )
        })
    }

    fn building(
        &self,
        record: &Record,
        place: &Place,
        findings: &mut Vec<Finding>,
    ) -> Result<BuildingIx, Refused> {
        let id = self.columns.text(record, "asset_id");
        if let Some(id) = &id
            && let Some(found) = self.registers.named(id)
        {
            return Ok(found);
        }
        if let Some(uprn) = self.columns.uprn(record, "uprn", findings)
            && let Some(found) = self.registers.with_uprn(&uprn)
        {
            return Ok(found);
        }
        let id = id.unwrap_or_default();
        if self.registers.is_shared(&id) {
            return Err((
                "ambiguous-building",
                format!("several buildings are called `{id}`"),
                "write agency/id, or the id that outputs give it".into(),
            ));
        }
        match self.names.get(&plain(&id)) {
            Some(Some(found)) => {
                findings.push(
                    Finding::new("building-by-name", Severity::Warn, record.at.clone())
                        .column(self.columns.header("asset_id").unwrap_or("asset_id"))
                        .cell(id)
                        .cause("this is no building's id, and one building has this name")
                        .action(format!("taken as {}", place.building(*found).id)),
                );
                Ok(*found)
            }
            Some(None) => Err((
                "ambiguous-building",
                format!("several buildings have the name `{id}`"),
                "write the id of one of them".into(),
            )),
            None => Err((
                "unknown-building",
                format!("no register has a building `{id}`, by id or by name"),
                nearest(&id, place),
            )),
        }
    }

    /// Space by what the row states, else the standard, else the service's default.
    fn needs(
        &self,
        record: &Record,
        service: &Service,
        staff: Option<f64>,
        desks_per_fte: Option<f64>,
        findings: &mut Vec<Finding>,
    ) -> (Areas, NeedBasis) {
        let c = self.columns;
        let mut areas: BTreeMap<SpaceType, SquareMetres> = BTreeMap::new();
        for space in SpaceType::ALL {
            if let Some(area) = c.area(record, &format!("{}_m2", space.name()), findings)
                && area.get() > 0.0
            {
                areas.insert(space, area);
            }
        }
        if let Some(area) = c.area(record, "space_m2", findings)
            && area.get() > 0.0
        {
            let typed: f64 = areas.values().map(|area| area.get()).sum();
            if area.get() > typed + 0.5 {
                *areas.entry(service.space_type).or_default() += SquareMetres(area.get() - typed);
            }
        }
        if !areas.is_empty() {
            return (areas.into(), NeedBasis::Stated);
        }
        default_need(service, staff, desks_per_fte)
    }
}

/// Space where none is stated: staff × desks × m² per desk, else the service's own default.
pub(super) fn default_need(
    service: &Service,
    staff: Option<f64>,
    desks_per_fte: Option<f64>,
) -> (Areas, NeedBasis) {
    if let Some(staff) = staff.filter(|staff| *staff > 0.0) {
        let desks = staff * desks_per_fte.unwrap_or(service.desks_per_fte);
        let area = SquareMetres(desks * service.m2_per_desk);
        if area.get() > 0.0 {
            return (Areas::of(service.space_type, area), NeedBasis::Standard);
        }
    }
    match service.space {
        Some(area) if area.get() > 0.0 => (
            Areas::of(service.space_type, area),
            NeedBasis::ServiceDefault,
        ),
        _ => (Areas::default(), NeedBasis::Unknown),
    }
}

/// A register that lets a building go while an occupier's row holds it there.
fn report_contradictory_locks(place: &Place, findings: &mut Vec<Finding>) {
    for occupier in &place.occupiers {
        let building = place.building(occupier.building);
        if occupier.lock == Lock::Keep && building.lock == Lock::Dispose {
            findings.push(locks_contradict(
                &building.source,
                &occupier.source,
                building.id.as_str(),
            ));
        }
    }
}
