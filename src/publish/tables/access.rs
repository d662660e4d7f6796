//! `access.csv`: every rule, before and after. `zones.csv`: every zone and service, the twin of the
//! access maps. `losers.csv`: of these, the zones that end up further away.

use super::super::access_change::{
    ServiceChange, arrangement, change, rules_measure, zone_measure,
};
use super::super::cell::{Cell, Record};
use super::super::edition::Issue;
use super::super::error::PublishError;
use super::Tables;
use crate::access::SAME_KM;
use crate::access::{Shift, Verdict, losers as zones_that_lose, losers_by_mode};
use crate::place::{BuildingIx, Measure, Zone, ZoneIx, natural};

pub(super) const RULES: [&str; 17] = [
    "rule",
    "service",
    "kind",
    "measure",
    "matrix_covers",
    "hard",
    "limit",
    "unit",
    "today",
    "enforced",
    "after",
    "people_short_today",
    "people_short_after",
    "verdict",
    "worst",
    "unreachable",
    "source=rule_source",
];

/// `access.csv`.
pub(super) fn rules(issue: &Issue<'_>, to: &mut dyn Tables) -> Result<(), PublishError> {
    let rows = issue.plan().rules.iter().map(|rule| {
        // The figure of one group or one area tells of few people.
        let hidden = rule.of_one_group() && !issue.edition.audience.sees_all();
        let figure = |value: Option<f64>| match value {
            Some(value) if !hidden => Cell::Number(value, 4),
            _ => Cell::Null,
        };
        let list = |ids: Vec<&str>| {
            let shown = |id: &&str| {
                issue.occupier_named(id).is_none_or(|(at, one)| {
                    let planned = &issue.plan().occupiers;
                    let planned = planned.iter().find(|p| p.occupier == one.id.as_str());
                    planned.is_none_or(|planned| {
                        issue.shows_occupier(planned, issue.place().occupier(at))
                    })
                })
            };
            let ids: Vec<&str> = ids.into_iter().filter(shown).collect();
            let joined = (!ids.is_empty()).then(|| ids.join(";"));
            Cell::optional_key(joined.as_deref())
        };
        let record = Record::new()
            .with("rule", Cell::key(&rule.rule))
            .with("service", Cell::key(&rule.service))
            .with("kind", Cell::key(&rule.kind))
            .with("measure", Cell::key(&rule.measure))
            .with("matrix_covers", figure(rule.matrix_covers))
            .with("hard", Cell::Flag(rule.hard))
            .with("limit", Cell::text(&rule.limit))
            .with("unit", Cell::key(rule.unit()))
            .with("today", figure(rule.today))
            .with("enforced", figure(rule.enforced))
            .with("after", figure(rule.after))
            .with("people_short_today", Cell::people(rule.people_short_today))
            .with("people_short_after", Cell::people(rule.people_short_after))
            .with("verdict", Cell::key(verdict(rule.verdict)))
            .with(
                "worst",
                list(rule.worst.iter().map(|w| w.id.as_str()).collect()),
            )
            .with(
                "unreachable",
                list(rule.unreachable.iter().map(String::as_str).collect()),
            )
            .with("rule_source", Cell::optional_text(rule.source.as_deref()));
        (record, None)
    });
    let edition = issue.edition;
    super::table("access.csv", &RULES, rows, &edition.audience, to)
}

pub(super) const ZONES: [&str; 17] = [
    "zone_id",
    "name",
    "service",
    "population",
    "demand",
    "today_km",
    "after_km",
    "change_km",
    "change",
    "host_today",
    "host_after",
    "measure=zone_measure",
    "rules_measure",
    "lon",
    "lat",
    "easting",
    "northing",
];

/// `zones.csv`: zones with demand for the service.
pub(super) fn zones(issue: &Issue<'_>, to: &mut dyn Tables) -> Result<(), PublishError> {
    let rows = issue.access.iter().flat_map(|service| {
        issue
            .place()
            .zones()
            .filter(|(_, zone)| demand(service, zone) > 0.0)
            .map(|(at, zone)| (record(issue, service, at, zone), None))
    });
    let edition = issue.edition;
    super::table("zones.csv", &ZONES, rows, &edition.audience, to)
}

pub(super) const LOSERS: [&str; 16] = [
    "service",
    "zone_id",
    "name",
    "demand",
    "today_km",
    "after_km",
    "change_km",
    "change",
    "measure=zone_measure",
    "rules_measure",
    "groups",
    "areas",
    "group=own_group",
    "today=own_today",
    "after=own_after",
    "further_by=own_change",
];

/// `losers.csv`: services in order; of each, the zones that can reach none any more, then the greatest
/// change first. After them, in the same order, the zones in which a group loses by a mode of its own.
pub(super) fn losers(issue: &Issue<'_>, to: &mut dyn Tables) -> Result<(), PublishError> {
    let mut rows = Vec::new();
    for service in &issue.access {
        let lost = zones_that_lose(issue.place(), std::slice::from_ref(service), SAME_KM);
        rows.extend(
            lost.into_iter()
                .map(|shift| (loser(issue, service, shift.zone), None)),
        );
    }
    let place = issue.place();
    for (group, measure, lost) in losers_by_mode(place, issue.edition.travel, &arrangement(issue)) {
        rows.extend(
            lost.iter()
                .map(|shift| (by_mode(issue, &group, &measure, shift), None)),
        );
    }
    let edition = issue.edition;
    super::table("losers.csv", &LOSERS, rows, &edition.audience, to)
}

/// A zone that loses, under the names of the audience table.
pub(in super::super) fn loser(issue: &Issue<'_>, service: &ServiceChange, at: ZoneIx) -> Record {
    let zone = issue.place().zone(at);
    record(issue, service, at, zone)
        .with("groups", groups(issue, service, zone))
        .with("areas", areas(zone))
}

/// A zone in which a group loses by its own mode.
fn by_mode(issue: &Issue<'_>, group: &str, measure: &Measure, shift: &Shift) -> Record {
    let zone = issue.place().zone(shift.zone);
    let far = |distance: Option<f64>| distance.map_or(Cell::Null, |far| Cell::Number(far, 3));
    let service = issue.place().service(shift.service);
    Record::new()
        .with("service", Cell::key(service.id.as_str()))
        .with("zone_id", Cell::key(zone.id.as_str()))
        .with("name", Cell::text(&zone.name))
        .with("demand", Cell::people(shift.people.get()))
        .with("change", Cell::key(change(&shift.access)))
        .with("zone_measure", Cell::text(measure.to_string()))
        .with("areas", areas(zone))
        .with("own_group", Cell::key(group))
        .with("own_today", far(shift.access.today))
        .with("own_after", far(shift.access.after))
        .with("own_change", far(shift.access.change()))
}

/// The areas that a zone is in, by kind.
fn areas(zone: &Zone) -> Cell {
    let all: Vec<String> = zone
        .areas
        .iter()
        .map(|(kind, code)| format!("{kind}={code}"))
        .collect();
    let joined = (!all.is_empty()).then(|| all.join("; "));
    Cell::optional_text(joined.as_deref())
}

fn record(issue: &Issue<'_>, service: &ServiceChange, at: ZoneIx, zone: &Zone) -> Record {
    let access = service.zones.get(at.index());
    Record::new()
        .with("zone_id", Cell::key(zone.id.as_str()))
        .with("name", Cell::text(&zone.name))
        .with(
            "service",
            Cell::key(issue.place().service(service.service).id.as_str()),
        )
        .with("population", Cell::people(zone.population.get()))
        .with("demand", Cell::people(demand(service, zone)))
        .with("today_km", Cell::km(access.and_then(|a| a.today)))
        .with("after_km", Cell::km(access.and_then(|a| a.after)))
        .with("change_km", Cell::km(access.and_then(|a| a.change())))
        .with("change", Cell::optional_key(access.map(change)))
        .with("host_today", host(issue, access.and_then(|a| a.host_today)))
        .with("host_after", host(issue, access.and_then(|a| a.host_after)))
        .with("zone_measure", Cell::text(zone_measure(issue.place())))
        .with(
            "rules_measure",
            Cell::optional_text(rules_measure(issue, service).as_deref()),
        )
        .with_location("", Some(zone.point), issue.british)
}

/// The building that a zone goes to, where the audience may know of it.
fn host(issue: &Issue<'_>, at: Option<BuildingIx>) -> Cell {
    let building = at.map(|at| issue.place().building(at));
    let shown = building.filter(|building| issue.shows(building));
    Cell::optional_key(shown.map(|building| building.id.as_str()))
}

/// People of the zone in each group: shares of the zone, not individuals.
fn groups(issue: &Issue<'_>, service: &ServiceChange, zone: &Zone) -> Cell {
    let mut groups: Vec<_> = zone.groups.iter().collect();
    groups.sort_by(|(a, _), (b, _)| natural(a, b));
    let parts: Vec<String> = groups
        .into_iter()
        .map(|(name, share)| {
            let people = issue.edition.audience.count(share * demand(service, zone));
            format!("{name} {people}")
        })
        .collect();
    let joined = (!parts.is_empty()).then(|| parts.join("; "));
    Cell::optional_text(joined.as_deref())
}

fn demand(service: &ServiceChange, zone: &Zone) -> f64 {
    zone.demand
        .get(service.service.index())
        .map_or(0.0, |people| people.get())
}

fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Pass => "pass",
        Verdict::FailsToday => "fails_today",
        Verdict::Consult => "consult",
        Verdict::Fail => "fail",
        Verdict::Empty => "empty",
    }
}
