//! Plain lists of places where a service is given: each becomes an occupier of the building it is
//! matched to, or of a building of its own.

use super::decisions::Decided;
use super::elsewhere;
use super::frame::Named;
use super::known::Registers;
use super::matching::{self, Index, Looked};
use super::names::Words;
use super::nowhere;
use super::occupiers::default_need;
use super::reading::Desk;
use super::usage::visits_capacity;
use crate::load::config::{ConfigText, PlaceConfig, ServicePointsConfig};
use crate::load::words::{self, Ended};
use crate::load::{
    Columns, LocateOptions, Located, POINT_FIELDS, Record, Table, headings, locate, plain,
    settle_sites, system,
};
use crate::place::words as numbers;
use crate::place::{
    AgencyIx, Areas, Building, BuildingIx, Finding, Gbp, GbpPerYear, Graded, Hours, Lock,
    NO_LOCATION, NeedBasis, Occupancy, Occupier, Place, Role, ServiceIx, Severity, Tenure,
    TenureKind,
};
use std::collections::{HashMap, HashSet};

/// Reads every list of service points into the place.
#[expect(clippy::too_many_arguments, reason = "one call, from loading")]
pub(super) fn read(
    config: &PlaceConfig,
    text: &ConfigText,
    place: &mut Place,
    named: &Named,
    located: &LocateOptions,
    decided: &Decided,
    registers: &mut Registers,
    desk: &mut Desk,
) {
    if !config.service_points.is_empty() {
        registers.index = Index::of(&place.buildings);
    }
    let mut ids: HashSet<String> = place
        .occupiers
        .iter()
        .map(|occupier| plain(occupier.id.as_str()))
        .collect();
    for (index, block) in config.service_points.iter().enumerate() {
        let key = format!("service_points[{index}]");
        let Some(service) = named.service(&block.service) else {
            desk.findings.push(
                text.refuse(
                    "unknown-service",
                    &format!("{key}.service"),
                    format!("`{}` is no service", block.service),
                )
                .action(named.service_hint(&block.service)),
            );
            continue;
        };
        let agency = match &block.agency {
            Some(id) => named.agency(id),
            None => place.service(service).agency,
        };
        let Some(agency) = agency else {
            let stated = block.agency.clone().unwrap_or_default();
            desk.findings.push(
                text.refuse(
                    "unknown-agency",
                    &format!("{key}.agency"),
                    format!("`{stated}` is no agency"),
                )
                .action(named.agency_hint(&stated)),
            );
            continue;
        };
        let common = block.common();
        let Some(mut table) = desk.read(&common, "service_points", &key, text) else {
            continue;
        };
        let columns = Columns::recognise(&table, POINT_FIELDS, common.columns, &mut desk.findings);
        headings::report(
            &table,
            &columns,
            &headings::POINTS,
            POINT_FIELDS,
            &common.rows.keys().map(String::as_str).collect::<Vec<_>>(),
            true,
            &mut desk.findings,
        );
        settle_sites(&mut table, &columns, &mut desk.findings, &mut desk.rejected);
        let before = desk.findings.len();
        let places = locate(&mut table, &columns, located, &mut desk.findings);
        let by_name = columns.has("uprn") || columns.has("postcode");
        nowhere::check(
            &table,
            &columns,
            &places,
            before,
            by_name,
            &mut desk.findings,
        );
        let read_in = || system(&table, &columns, located);
        elsewhere::check(&table, &places, &place.zones, read_in, desk);
        let list = List {
            block,
            service,
            agency,
            own: named.words_of(agency),
            table: &table,
            columns: &columns,
        };
        list.read(&places, place, decided, registers, &mut ids, desk);
    }
}

struct List<'a> {
    block: &'a ServicePointsConfig,
    service: ServiceIx,
    agency: AgencyIx,
    /// The words of the agency's names.
    own: &'a [String],
    table: &'a Table,
    columns: &'a Columns,
}

/// A point of a list: its first row, and how many more name it.
struct Point<'a> {
    record: &'a Record,
    located: Located,
    name: String,
    id: Option<String>,
    uprn: Option<String>,
    postcode: Option<String>,
}

impl List<'_> {
    fn read(
        &self,
        places: &[Located],
        place: &mut Place,
        decided: &Decided,
        registers: &mut Registers,
        ids: &mut HashSet<String>,
        desk: &mut Desk,
    ) {
        let points = self.fold(places, place, desk);
        for point in &points {
            registers.index.book.learn(&Words::of(&point.name));
        }
        let mut own_ids: HashMap<String, u32> = HashMap::new();
        for point in &points {
            if let Some(id) = &point.id {
                *own_ids.entry(plain(id)).or_default() += 1;
            }
        }
        let (mut joined, mut own) = (0, 0);
        let count = points.len();
        // Only buildings that stood before this list may be found: two points of one list are
        // never one building unless a register says so, or they carry one name at one door.
        for point in points {
            let id = self.point_id(&point, &own_ids, place, ids);
            registers.points.insert(plain(&id));
            let looked = Looked {
                id: id.clone(),
                name: point.name.clone(),
                address: self.columns.text(point.record, "address"),
                uprn: point.uprn.clone(),
                postcode: point.postcode.clone(),
                location: point.located.map(|(location, _)| location),
                within_m: self.block.match_within_m.unwrap_or(50.0),
                source: point.record.at.clone(),
            };
            let found = registers.index.find(
                &looked,
                decided,
                |id| registers.named(id).map(BuildingIx::index),
                |at| {
                    place
                        .buildings
                        .get(at)
                        .map_or_else(String::new, |b| b.id.to_string())
                },
                |_| true,
            );
            for doubt in &found.doubts {
                registers.matches.extend(matching::row(
                    &looked,
                    doubt,
                    false,
                    None,
                    &place.buildings,
                ));
            }
            let building = match found.joined {
                Some(pair) => {
                    joined += 1;
                    registers.matches.extend(matching::row(
                        &looked,
                        &pair,
                        true,
                        found.decided_by,
                        &place.buildings,
                    ));
                    lend_location(place, pair.building, &point, &mut desk.findings);
                    matching::position(pair.building)
                }
                None => {
                    own += 1;
                    self.own_building(&id, &point, &looked, place, registers)
                }
            };
            let occupier = self.occupier(&id, &point, building, place, &mut desk.findings);
            place.occupiers.push(occupier);
        }
        desk.findings.push(
            Finding::new("points-matched", Severity::Warn, self.table.whole())
                .cause(format!(
                    "{} of {}: {joined} in a building already listed, {own} made a building of {}",
                    numbers::count(count, "point"),
                    place.service(self.service).id,
                    place.agency(self.agency).id
                ))
                .action("see matches.geojson; settle doubtful pairs in decisions.csv with match or not_match"),
        );
    }

    /// One point for all rows with one name at one postcode or place; closed and empty rows aside.
    fn fold<'t>(&'t self, places: &[Located], place: &Place, desk: &mut Desk) -> Vec<Point<'t>> {
        let c = self.columns;
        let mut points: Vec<Point<'t>> = Vec::new();
        let mut seen: HashMap<(String, String), usize> = HashMap::new();
        let mut refused = 0;
        let no_place = Vec::new();
        let places = if places.len() == self.table.records.len() {
            places
        } else {
            &no_place
        };
        for (at, record) in self.table.records.iter().enumerate() {
            let located = places.get(at).copied().flatten();
            let (name, id) = (c.text(record, "name"), c.text(record, "point_id"));
            let uprn = c.uprn(record, "uprn", &mut desk.findings);
            let postcode = c.postcode(record, "postcode", &mut desk.findings);
            if name.is_none() && id.is_none() && uprn.is_none()
                || name.is_none() && located.is_none() && postcode.is_none()
            {
                refused += 1;
                desk.reject(
                    self.table,
                    record,
                    "empty-point",
                    "the row names no place".into(),
                    "set aside",
                );
                continue;
            }
            let ended = c.text(record, "status").map_or(Ended::No, |words| {
                words::ended(&words, place.base_date, self.own)
            });
            if ended == Ended::Unsure {
                desk.findings.push(
                    Finding::new("no-longer-held", Severity::Warn, record.at.clone())
                        .column(c.header("status").unwrap_or("status"))
                        .cell(c.raw(record, "status").unwrap_or_default())
                        .cause("its status speaks of an end that is to come, of a part, or in words that are not known")
                        .action("kept as it stands; where it is gone, leave its row out with `where`"),
                );
            }
            let closed = ended == Ended::Yes
                || c.date(record, "closed_on", &mut desk.findings)
                    .is_some_and(|day| day <= place.base_date);
            if closed {
                desk.reject(
                    self.table,
                    record,
                    "closed",
                    "the point is closed".into(),
                    "left out",
                );
                continue;
            }
            let name = name.or_else(|| id.clone()).unwrap_or_else(|| {
                format!("{} {}", place.service(self.service).name, record.at.record)
            });
            let whereabouts = postcode
                .clone()
                .or_else(|| located.map(|(l, _)| format!("{:.4},{:.4}", l.lon(), l.lat())));
            if let Some(whereabouts) = whereabouts {
                let key = (format!("{:?}", Words::of(&name)), plain(&whereabouts));
                if let Some(first) = seen.get(&key).and_then(|at| points.get(*at)) {
                    desk.findings.push(
                        Finding::new("repeated-point", Severity::Repair, record.at.clone())
                            .column(c.header("name").unwrap_or("name"))
                            .cell(name)
                            .cause(format!("record {} names the same place", first.record.at.record))
                            .action("taken as one point of the service: the list has a row for each team"),
                    );
                    continue;
                }
                seen.insert(key, points.len());
            }
            points.push(Point {
                record,
                located,
                name,
                id,
                uprn,
                postcode,
            });
        }
        desk.judge_table(self.table, refused);
        points
    }

    /// The list's own id where it is unique, else service and name.
    fn point_id(
        &self,
        point: &Point<'_>,
        own_ids: &HashMap<String, u32>,
        place: &Place,
        ids: &mut HashSet<String>,
    ) -> String {
        let service = place.service(self.service).id.as_str();
        let unique = |id: &&String| own_ids.get(&plain(id)) == Some(&1);
        let base = match point.id.as_ref().filter(unique) {
            Some(id) => format!("{service}/{id}"),
            None => format!(
                "{service}/{}",
                point.name.split_whitespace().collect::<Vec<_>>().join(" ")
            ),
        };
        let mut id = base.clone();
        let mut number = 1;
        while !ids.insert(plain(&id)) {
            number += 1;
            id = format!("{base}#{number}");
        }
        id
    }

    fn own_building(
        &self,
        id: &str,
        point: &Point<'_>,
        looked: &Looked,
        place: &mut Place,
        registers: &mut Registers,
    ) -> BuildingIx {
        let at = BuildingIx::new(place.buildings.len());
        let located = point.located;
        let mut own = format!("{}/{id}", place.agency(self.agency).id);
        while registers.named(&own).is_some() {
            own.push('+');
        }
        let building = Building {
            id: own.as_str().into(),
            register_id: None,
            uprn: point.uprn.as_deref().map(Into::into),
            name: point.name.clone(),
            address: looked.address.as_deref().map(Into::into),
            postcode: point.postcode.as_deref().map(Into::into),
            agency: self.agency,
            location: located.map(|(location, _)| location),
            precision: located.map(|(_, precision)| precision),
            role: match located {
                Some(_) => Role::Candidate,
                None => Role::Out(NO_LOCATION.into()),
            },
            occupancy: Occupancy::Known,
            lock: Lock::Free,
            tenure: Tenure {
                kind: TenureKind::Unknown,
                stated: None,
                lease: Default::default(),
                rent: GbpPerYear::ZERO,
                let_income: GbpPerYear::ZERO,
            },
            gross_area: None,
            usable: Graded::defaulted(Areas::default()),
            resources: Default::default(),
            running_fixed: Graded::defaulted(GbpPerYear::ZERO),
            running_per_m2: GbpPerYear::ZERO,
            rates: GbpPerYear::ZERO,
            backlog: Gbp::ZERO,
            market_value: Graded::defaulted(Gbp::ZERO),
            valued_on: None,
            holding_cost: None,
            flags: Default::default(),
            offers: Default::default(),
            hours: Default::default(),
            site: None,
            committed: None,
            proposed: None,
            energy_rating: None,
            energy: Default::default(),
            receipt_terms: Default::default(),
            part_release: false,
            part: None,
            condition: None,
            source: point.record.at.clone(),
        };
        registers.index.add(at.index(), &building);
        registers.call(&own, at);
        registers.call(id, at);
        place.buildings.push(building);
        at
    }

    fn occupier(
        &self,
        id: &str,
        point: &Point<'_>,
        building: BuildingIx,
        place: &Place,
        findings: &mut Vec<Finding>,
    ) -> Occupier {
        let c = self.columns;
        let service = place.service(self.service);
        let staff = c
            .number(point.record, "fte", findings)
            .filter(|fte| *fte >= 0.0);
        let (needs, basis) = match c.area(point.record, "space_m2", findings) {
            Some(area) if area.get() > 0.0 => {
                (Areas::of(service.space_type, area), NeedBasis::Stated)
            }
            _ => default_need(service, staff, None),
        };
        Occupier {
            id: id.into(),
            name: point.name.clone(),
            agency: self.agency,
            service: self.service,
            building,
            needs,
            basis,
            resources: Default::default(),
            capabilities: Default::default(),
            staff_fte: staff.unwrap_or(0.0),
            visits_per_year: c
                .number(point.record, "visits_per_year", findings)
                .filter(|v| *v >= 0.0),
            visits_capacity: visits_capacity(c, point.record, findings),
            hours: Hours {
                per_week: c
                    .number(point.record, "hours_per_week", findings)
                    .filter(|hours| (0.0..=168.0).contains(hours)),
                ..Hours::default()
            },
            immovable: None,
            lock: Lock::Free,
            source: point.record.at.clone(),
        }
    }
}

/// A register's building without coordinates stands where its service point does.
fn lend_location(place: &mut Place, at: usize, point: &Point<'_>, findings: &mut Vec<Finding>) {
    let Some(building) = place.buildings.get_mut(at) else {
        return;
    };
    if building.location.is_some() {
        return;
    }
    let Some((location, precision)) = point.located else {
        return;
    };
    building.location = Some(location);
    building.precision = Some(precision);
    if building.role.is_out_for_location() {
        building.role = Role::Candidate;
    }
    findings.push(
        Finding::new(
            "location-from-point",
            Severity::Repair,
            building.source.clone(),
        )
        .cause("the register gives no place for it")
        .action(format!(
            "placed where {} of {} is",
            point.name, point.record.at
        )),
    );
}
