//! `[[access_point]]`: small new counters that a plan may open, building by building.

use super::frame::Named;
use crate::load::config::{AccessPointConfig, ConfigText, HoursWord, PlaceConfig, did_you_mean};
use crate::place::words::counted;
use crate::place::{
    AccessPoint, AgencyIx, Areas, BuildingIx, Finding, Gbp, GbpPerYear, Hours, Place, RuleKind,
    ServiceIx, Severity, SquareMetres,
};
use std::collections::BTreeSet;

/// No amount is believed beyond this.
const MOST: f64 = 1e12;

/// Settles the offers; each fault is an error at its key.
pub(super) fn settle(
    config: &PlaceConfig,
    text: &ConfigText,
    place: &mut Place,
    named: &Named,
    findings: &mut Vec<Finding>,
) {
    let mut points = Vec::new();
    let mut ids = BTreeSet::new();
    for (index, offer) in config.access_point.iter().enumerate() {
        let mut judge = Judge {
            text,
            place,
            offer,
            key: format!("access_point[{index}]"),
            findings: Vec::new(),
        };
        if offer.id.trim().is_empty() || !ids.insert(offer.id.as_str()) {
            let cause = format!("`{}` is no id of its own", offer.id);
            judge.refuse(
                "id",
                "duplicate-id",
                cause,
                "give each offer its own id".into(),
            );
        }
        points.extend(judge.points(named));
        findings.append(&mut judge.findings);
    }
    place.points = points;
}

struct Judge<'a> {
    text: &'a ConfigText,
    place: &'a Place,
    offer: &'a AccessPointConfig,
    key: String,
    findings: Vec<Finding>,
}

impl Judge<'_> {
    fn refuse(&mut self, field: &str, code: &'static str, cause: String, action: String) {
        let key = format!("{}.{field}", self.key);
        self.findings
            .push(self.text.refuse(code, &key, cause).action(action));
    }

    fn warn(&mut self, field: &str, code: &'static str, cause: String, action: &str) {
        let key = format!("{}.{field}", self.key);
        self.findings.push(
            Finding::new(code, Severity::Warn, self.text.at(&key))
                .column(key)
                .cause(cause)
                .action(action),
        );
    }

    /// The new counters of this offer; none where anything of it is at fault.
    fn points(&mut self, named: &Named) -> Vec<AccessPoint> {
        let service = self.service(named);
        let agency = self.agency(named, service);
        self.id();
        self.amounts();
        let (Some(service), Some(agency)) = (service, agency) else {
            return Vec::new();
        };
        self.capacity(service);
        let buildings = self.buildings(service);
        if !self
            .findings
            .iter()
            .all(|one| one.severity != Severity::Error)
        {
            return Vec::new();
        }
        if buildings.is_empty() {
            let cause = format!("no building can take `{}`", self.offer.id);
            let action = "it is never opened: name buildings that may change, have none of the service and offer \
                          the tags it needs";
            self.warn("buildings", "access-point-nowhere", cause, action);
        }
        let points = buildings.into_iter();
        points.map(|at| self.point(service, agency, at)).collect()
    }

    fn service(&mut self, named: &Named) -> Option<ServiceIx> {
        let id = &self.offer.service;
        let Some(service) = named.service(id) else {
            let cause = format!("`{id}` is no service");
            self.refuse("service", "unknown-service", cause, named.service_hint(id));
            return None;
        };
        if !self.place.service(service).counter {
            let cause = format!("service `{id}` has no public counter");
            let action = "give the service counter = true, or name another";
            self.refuse("service", "bad-access-point", cause, action.into());
        }
        Some(service)
    }

    fn agency(&mut self, named: &Named, service: Option<ServiceIx>) -> Option<AgencyIx> {
        if let Some(id) = &self.offer.agency {
            let agency = named.agency(id);
            if agency.is_none() {
                let cause = format!("`{id}` is no agency");
                self.refuse("agency", "unknown-agency", cause, named.agency_hint(id));
            }
            return agency;
        }
        let service = service?;
        let mut agencies: BTreeSet<AgencyIx> =
            self.place.service(service).agency.into_iter().collect();
        if agencies.is_empty() {
            let occupiers = self.place.occupiers.iter();
            let own = occupiers.filter(|one| one.service == service);
            agencies.extend(own.map(|one| one.agency));
        }
        if agencies.len() != 1 {
            let cause = "nothing says whose the new counter would be".to_owned();
            self.refuse(
                "agency",
                "bad-access-point",
                cause,
                "give agency = \"…\"".into(),
            );
        }
        agencies.into_iter().next()
    }

    /// An id with `@` in it could be that of another offer and its building.
    fn id(&mut self) {
        if self.offer.id.contains('@') {
            let cause = format!("`{}` has an @ in it", self.offer.id);
            let action =
                "name the offer without @: its building's id follows behind one".to_owned();
            self.refuse("id", "bad-access-point", cause, action);
        }
    }

    fn amounts(&mut self) {
        let offer = self.offer;
        let stated = [
            ("gbp_a_year", Some(offer.gbp_a_year), 0.0),
            ("opening_gbp", Some(offer.opening_gbp), 0.0),
            ("m2", Some(offer.m2), 0.0),
            ("visits_capacity", offer.visits_capacity, 1.0),
        ];
        for (field, amount, least) in stated {
            let believed = |amount: &f64| amount.is_finite() && (least..=MOST).contains(amount);
            if let Some(amount) = amount.filter(|amount| !believed(amount)) {
                let cause = format!("{amount} is no amount");
                let action = format!("give a number from {least} to {MOST}");
                self.refuse(field, "bad-access-point", cause, action);
            }
        }
    }

    /// A rule on visits must know what every counter can take.
    fn capacity(&mut self, service: ServiceIx) {
        let place = self.place;
        let asked = place
            .rules
            .iter()
            .any(|rule| rule.service == service && matches!(rule.kind, RuleKind::Capacity { .. }));
        let known = self
            .offer
            .visits_capacity
            .or(place.service(service).visits_capacity);
        if asked && known.is_none() {
            let cause = "nothing says how many visits a year it can take".to_owned();
            self.refuse(
                "visits_capacity",
                "capacity-not-known",
                cause,
                "give visits_capacity = …".into(),
            );
        }
    }

    fn buildings(&mut self, service: ServiceIx) -> Vec<BuildingIx> {
        let place = self.place;
        let hosts: BTreeSet<BuildingIx> = place
            .occupiers
            .iter()
            .filter(|one| one.service == service)
            .map(|one| one.building)
            .collect();
        let missing = |at: BuildingIx| {
            let mut tags = self.offer.needs.iter().chain(&place.service(service).needs);
            let offers = &place.building(at).offers;
            tags.find(|tag| !offers.contains(*tag))
        };
        if self.offer.buildings.is_empty() {
            let all = place.buildings();
            return all
                .filter(|(at, building)| {
                    building.in_play().is_ok() && !hosts.contains(at) && missing(*at).is_none()
                })
                .map(|(at, _)| at)
                .collect();
        }
        let (mut found, mut unknown, mut out) = (BTreeSet::new(), Vec::new(), Vec::new());
        for id in &self.offer.buildings {
            let Some(at) = place.building_named(id) else {
                let known = place.buildings.iter().map(|one| one.id.as_str());
                unknown.push((id.clone(), did_you_mean(id, known)));
                continue;
            };
            let reason = match (
                hosts.contains(&at),
                place.building(at).in_play(),
                missing(at),
            ) {
                (true, _, _) => Some("the service is there today".to_owned()),
                (_, Err(reason), _) => Some(reason),
                (_, _, Some(tag)) => Some(format!("it does not offer {tag}")),
                _ => None,
            };
            match reason {
                Some(reason) => out.push(format!("{id} ({reason})")),
                None => {
                    found.insert(at);
                }
            }
        }
        for (id, hint) in unknown {
            let cause = format!("no building has the id `{id}`");
            self.refuse("buildings", "unknown-id", cause, hint);
        }
        if !out.is_empty() {
            let count = counted(out.len(), "building", "buildings");
            let cause = format!("{count} cannot take it: {}", out.join(", "));
            self.warn(
                "buildings",
                "access-point-left-out",
                cause,
                "not offered there",
            );
        }
        found.into_iter().collect()
    }

    fn point(&self, service: ServiceIx, agency: AgencyIx, at: BuildingIx) -> AccessPoint {
        let (place, offer) = (self.place, self.offer);
        let space = offer.space_type.map(|word| word.space());
        let space = space.unwrap_or(place.service(service).space_type);
        let building = place.building(at);
        let name = offer.name.as_deref().unwrap_or(&offer.id);
        AccessPoint {
            id: format!("{}@{}", offer.id, building.id).into(),
            name: format!("{name} in {}", building.name),
            agency,
            service,
            building: at,
            needs: Areas::of(space, SquareMetres(offer.m2)),
            running: GbpPerYear(offer.gbp_a_year),
            opening: Gbp(offer.opening_gbp),
            visits_capacity: offer.visits_capacity,
            hours: Hours {
                per_week: None,
                evening_or_weekend: (offer.hours == Some(HoursWord::EveningOrWeekend))
                    .then_some(true),
                all_day: (offer.hours == Some(HoursWord::AllDay)).then_some(true),
            },
            source: self.text.at(&self.key),
        }
    }
}
