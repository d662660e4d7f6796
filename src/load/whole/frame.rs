//! What `place.toml` says by itself: agencies, services, separations, finance, travel settings.

use super::reading::Desk;
use super::{funding, money_limits, together};
use crate::load::config::{ConfigText, PlaceConfig, ServiceConfig, did_you_mean, mode_named};
use crate::load::normalise;
use crate::place::{
    Agency, AgencyIx, Distance, Finding, Measure, Metres, Mode, People, Place, RoadMode,
    Separation, Service, ServiceIx, SpaceType, SquareMetres, StudyArea, TravelSettings, Unit,
};
use std::collections::{BTreeMap, HashMap};

/// Agencies and services by the names users call them.
#[derive(Clone, Debug, Default)]
pub(super) struct Named {
    agencies: HashMap<String, AgencyIx>,
    services: HashMap<String, ServiceIx>,
    agency_ids: Vec<String>,
    agency_words: Vec<Vec<String>>,
    service_ids: Vec<String>,
}

impl Named {
    /// An agency by its id or name, without regard to case and signs.
    pub(super) fn agency(&self, text: &str) -> Option<AgencyIx> {
        self.agencies.get(&normalise(text)).copied()
    }

    /// A service by its id or name, without regard to case and signs.
    pub(super) fn service(&self, text: &str) -> Option<ServiceIx> {
        self.services.get(&normalise(text)).copied()
    }

    /// The words of an agency's id and name, as [`normalise`] leaves them, by which tables speak of it.
    pub(super) fn words_of(&self, agency: AgencyIx) -> &[String] {
        self.agency_words
            .get(agency.index())
            .map_or(&[], Vec::as_slice)
    }

    /// A hint for an agency that is not known.
    pub(super) fn agency_hint(&self, text: &str) -> String {
        did_you_mean(text, self.agency_ids.iter().map(String::as_str))
    }

    /// A hint for a service that is not known.
    pub(super) fn service_hint(&self, text: &str) -> String {
        did_you_mean(text, self.service_ids.iter().map(String::as_str))
    }
}

/// The agency that a block names; an error where the place has none of that id.
pub(super) fn agency_called(
    id: &str,
    key: &str,
    text: &ConfigText,
    named: &Named,
    desk: &mut Desk,
) -> Option<AgencyIx> {
    let agency = named.agency(id);
    if agency.is_none() {
        desk.findings.push(
            text.refuse(
                "unknown-agency",
                &format!("{key}.agency"),
                format!("`{id}` is no agency"),
            )
            .action(named.agency_hint(id)),
        );
    }
    agency
}

/// A place with everything in it that needs no table.
pub(super) struct Frame {
    /// The place.
    pub place: Place,
    /// Names of its agencies and services.
    pub named: Named,
}

/// Settles what needs no table.
pub(super) fn settle_frame(config: &PlaceConfig, text: &ConfigText, desk: &mut Desk) -> Frame {
    let mut named = Named::default();
    let agencies = agencies(config, text, &mut named, &mut desk.findings);
    let services = services(config, text, &mut named, &mut desk.findings);
    let separations = separations(config, text, &named, &mut desk.findings);
    let together = together::settle(&config.together, text, &named, &mut desk.findings);
    let funding = funding::settle(&config.funding, text, &named, &mut desk.findings);
    let (mut finance, refused) = config.finance.settle();
    finance.limits = money_limits::settle(&config.limits, text, &named, &mut desk.findings);
    for (key, cause) in refused {
        desk.findings.push(
            text.refuse("bad-finance", &format!("finance.{key}"), cause)
                .action("correct the value"),
        );
    }
    let (sources, refused) = config.finance.sources_of_settings();
    finance.sources = sources;
    for (setting, cause, action) in refused {
        let key = format!("finance.sources.{setting}");
        let finding = text.refuse("bad-finance", &key, cause);
        desk.findings.push(finding.action(action));
    }
    let phase = super::phase::settle(&config.phase, finance.horizon_years, text, &named, desk);
    let travel = travel(config, text, &mut desk.findings);
    let buffer = config.place.buffer_km;
    if !(buffer.is_finite() && (0.0..=1_000.0).contains(&buffer)) {
        desk.findings.push(
            text.refuse(
                "bad-config",
                "place.buffer_km",
                format!("{buffer} km is no buffer"),
            )
            .action("give kilometres, 0 or more"),
        );
    }
    let place = Place {
        name: config.place.name.clone(),
        base_date: config.place.base_date.0,
        currency: config.place.currency.0,
        agencies,
        services,
        sites: Vec::new(),
        buildings: Vec::new(),
        occupiers: Vec::new(),
        points: Vec::new(),
        zones: Vec::new(),
        group_modes: BTreeMap::new(),
        rules: Vec::new(),
        separations,
        together,
        funding,
        decisions: Vec::new(),
        finance,
        phase,
        travel,
        study_area: StudyArea {
            outline: geo::MultiPolygon::new(Vec::new()),
            buffer: Metres((buffer * 1000.0).clamp(0.0, 1e6)),
        },
        sources: Vec::new(),
    };
    Frame { place, named }
}

fn agencies(
    config: &PlaceConfig,
    text: &ConfigText,
    named: &mut Named,
    findings: &mut Vec<Finding>,
) -> Vec<Agency> {
    for (index, agency) in config.agency.iter().enumerate() {
        let ix = AgencyIx::new(index);
        if named.agencies.insert(normalise(&agency.id), ix).is_some() {
            findings.push(
                text.refuse(
                    "duplicate-id",
                    &format!("agency[{index}].id"),
                    format!("two agencies are called `{}`", agency.id),
                )
                .action("give each its own id"),
            );
        }
        named.agency_ids.push(agency.id.clone());
        named.agency_words.push(
            [Some(&agency.id), agency.name.as_ref()]
                .into_iter()
                .flatten()
                .flat_map(|name| name.split(|c: char| !c.is_alphanumeric()))
                .map(normalise)
                .filter(|word| word.len() > 2 && !matches!(word.as_str(), "the" | "and" | "for"))
                .collect(),
        );
    }
    for (index, agency) in config.agency.iter().enumerate() {
        if let Some(name) = &agency.name {
            let name = named.agencies.entry(normalise(name));
            name.or_insert(AgencyIx::new(index));
        }
    }
    if config.agency.is_empty() {
        findings.push(
            text.refuse("no-agency", "agency", "the place has no agency")
                .action("add an [[agency]] with id and name"),
        );
    }
    let mut agencies = Vec::new();
    for (index, agency) in config.agency.iter().enumerate() {
        let key = |field: &str| format!("agency[{index}].{field}");
        let successor = match (&agency.successor, agency.successor_from) {
            (Some(id), Some(from)) => match named.agency(id) {
                Some(ix) if ix.index() != index => Some((ix, from.0)),
                _ => {
                    findings.push(
                        text.refuse(
                            "unknown-agency",
                            &key("successor"),
                            format!("`{id}` is no other agency"),
                        )
                        .action(named.agency_hint(id)),
                    );
                    None
                }
            },
            (Some(_), None) | (None, Some(_)) => {
                findings.push(
                    text.refuse(
                        "bad-config",
                        &key("successor"),
                        "successor and successor_from belong together",
                    )
                    .action("give both or neither"),
                );
                None
            }
            (None, None) => None,
        };
        agencies.push(Agency {
            id: agency.id.as_str().into(),
            name: agency.name.clone().unwrap_or_else(|| agency.id.clone()),
            successor,
            total_spend_gbp: agency.total_spend_gbp,
            staff: agency.staff.map(People),
        });
    }
    agencies
}

fn services(
    config: &PlaceConfig,
    text: &ConfigText,
    named: &mut Named,
    findings: &mut Vec<Finding>,
) -> Vec<Service> {
    for (index, service) in config.service.iter().enumerate() {
        let ix = ServiceIx::new(index);
        if named.services.insert(normalise(&service.id), ix).is_some() {
            findings.push(
                text.refuse(
                    "duplicate-id",
                    &format!("service[{index}].id"),
                    format!("two services are called `{}`", service.id),
                )
                .action("give each its own id"),
            );
        }
        named.service_ids.push(service.id.clone());
    }
    for (index, service) in config.service.iter().enumerate() {
        if let Some(name) = &service.name {
            let name = named.services.entry(normalise(name));
            name.or_insert(ServiceIx::new(index));
        }
    }
    config
        .service
        .iter()
        .enumerate()
        .map(|(index, service)| settle_service(index, service, text, named, findings))
        .collect()
}

fn settle_service(
    index: usize,
    service: &ServiceConfig,
    text: &ConfigText,
    named: &Named,
    findings: &mut Vec<Finding>,
) -> Service {
    let key = |field: &str| format!("service[{index}].{field}");
    let agency = service.agency.as_ref().and_then(|id| {
        let found = named.agency(id);
        if found.is_none() {
            findings.push(
                text.refuse(
                    "unknown-agency",
                    &key("agency"),
                    format!("`{id}` is no agency"),
                )
                .action(named.agency_hint(id)),
            );
        }
        found
    });
    let mut within = |field: &str, value: f64, least: f64, most: f64| {
        if !(value.is_finite() && (least..=most).contains(&value)) {
            findings.push(
                text.refuse(
                    "bad-config",
                    &key(field),
                    format!("{value} is not between {least} and {most}"),
                )
                .action("correct the value"),
            );
        }
    };
    within("merge_space", service.merge_space, 0.0, 1.0);
    within("m2_per_desk", service.m2_per_desk, 0.0, 1_000.0);
    within("desks_per_fte", service.desks_per_fte, 0.0, 100.0);
    let or_one = |value: Option<f64>| value.unwrap_or(1.0);
    within(
        "visits_per_person",
        or_one(service.visits_per_person),
        0.001,
        1e4,
    );
    within("visits_capacity", or_one(service.visits_capacity), 1.0, 1e9);
    within("space_m2", service.space_m2.unwrap_or(1.0), 0.0, 1e7);
    within(
        "move_limit_km",
        service.move_limit_km.unwrap_or(1.0),
        0.0,
        20_000.0,
    );
    Service {
        id: service.id.as_str().into(),
        name: service.name.clone().unwrap_or_else(|| service.id.clone()),
        agency,
        counter: service.counter,
        may_merge: service.may_merge,
        merge_space: service.merge_space,
        movable: service.movable,
        needs: service
            .needs
            .iter()
            .map(|tag| crate::load::words::tag(tag))
            .collect(),
        space_type: service
            .space_type
            .map_or(SpaceType::Any, |word| word.space()),
        space: service.space_m2.map(SquareMetres),
        m2_per_desk: service.m2_per_desk,
        desks_per_fte: service.desks_per_fte,
        max_per_building: service.max_per_building.max(1),
        visits_per_person: service.visits_per_person,
        visits_capacity: service.visits_capacity,
        move_limit: service.move_limit_km.map(|km| {
            let measure = Measure {
                mode: Mode::Straight,
                unit: Unit::Km,
            };
            (measure, Distance::from_user(km, Unit::Km))
        }),
    }
}

fn separations(
    config: &PlaceConfig,
    text: &ConfigText,
    named: &Named,
    findings: &mut Vec<Finding>,
) -> Vec<Separation> {
    let mut separations = Vec::new();
    for (index, pair) in config.separate.iter().enumerate() {
        let mut service = |field: &str, id: &str| {
            let found = named.service(id);
            if found.is_none() {
                findings.push(
                    text.refuse(
                        "unknown-service",
                        &format!("separate[{index}].{field}"),
                        format!("`{id}` is no service"),
                    )
                    .action(named.service_hint(id)),
                );
            }
            found
        };
        let (first, second) = (
            service("first", &pair.first),
            service("second", &pair.second),
        );
        if let (Some(first), Some(second)) = (first, second) {
            separations.push(Separation {
                first,
                second,
                reason: pair.reason.clone(),
            });
        }
    }
    separations
}

fn travel(config: &PlaceConfig, text: &ConfigText, findings: &mut Vec<Finding>) -> TravelSettings {
    let mut travel = TravelSettings::default();
    let mut number = |key: &str, given: Option<f64>, least: f64, most: f64, into: &mut f64| {
        if let Some(value) = given {
            if value.is_finite() && (least..=most).contains(&value) {
                *into = value;
            } else {
                findings.push(
                    text.refuse(
                        "bad-config",
                        &format!("travel.{key}"),
                        format!("{value} is not between {least} and {most}"),
                    )
                    .action("correct the value"),
                );
            }
        }
    };
    let given = &config.travel;
    number("detour", given.detour, 1.0, 10.0, &mut travel.detour);
    number("walk_kmh", given.walk_kmh, 0.1, 30.0, &mut travel.walk_kmh);
    number(
        "drive_kmh",
        given.drive_kmh,
        1.0,
        200.0,
        &mut travel.drive_kmh,
    );
    number(
        "huff_decay",
        given.huff_decay,
        0.1,
        10.0,
        &mut travel.huff_decay,
    );
    number(
        "huff_least",
        given.huff_least,
        0.01,
        100.0,
        &mut travel.huff_least,
    );
    travel.transit = super::transit_terms::terms(config, text, findings);
    if let Some(mode) = &given.default_mode {
        travel.default_mode = mode_named(mode, given);
        if let Mode::Matrix(name) = &travel.default_mode
            && !given.matrix.iter().any(|matrix| matrix.mode == *name)
        {
            findings.push(unknown_mode(config, text, "travel.default_mode", name));
        }
    }
    travel
}

/// An error about a mode that is neither ours nor a matrix's.
pub(super) fn unknown_mode(
    config: &PlaceConfig,
    text: &ConfigText,
    key: &str,
    name: &str,
) -> Finding {
    if name == RoadMode::Cycle.name() {
        return text
            .refuse(
                "unknown-mode",
                key,
                "bicycles go along roads, and the place has none for them",
            )
            .action("add [travel.roads] with an OpenStreetMap extract, and cycle among its modes")
            .setting("[travel.roads]\nextract = \"….osm.pbf\"");
    }
    if name == Mode::Transit.name() {
        return text
            .refuse(
                "unknown-mode",
                key,
                "`transit` goes by timetables, and the place has none",
            )
            .action("add [travel.transit] with GTFS feeds, or a [[travel.matrix]] of that mode")
            .setting("[travel.transit]\nfeeds = [\"….zip\"]");
    }
    let by_timetable = config.travel.transit.is_some().then_some("transit");
    let known = ["straight", "walk", "drive"]
        .into_iter()
        .chain(by_timetable);
    let matrices = config
        .travel
        .matrix
        .iter()
        .map(|matrix| matrix.mode.as_str());
    text.refuse(
        "unknown-mode",
        key,
        format!("`{name}` is no mode: no [[travel.matrix]] has it"),
    )
    .action(did_you_mean(name, known.chain(matrices)))
}
