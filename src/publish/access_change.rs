//! How far each zone is from each service, today and under the plan.

use super::edition::Issue;
use crate::access::{Arrangement, SAME_KM, ServiceAccess, ZoneAccess, zone_access};
use crate::place::Place;
use std::collections::BTreeSet;

/// Access of every zone to one service with a counter and demand.
pub(super) type ServiceChange = ServiceAccess;

/// How a zone's access changes, as tables call it.
pub(super) fn change(access: &ZoneAccess) -> &'static str {
    match access.change() {
        _ if access.is_opened_up() => "reached",
        _ if access.is_cut_off() => "cut_off",
        None => "none",
        Some(km) if km < -SAME_KM => "nearer",
        Some(km) if km > SAME_KM => "further",
        Some(_) => "same",
    }
}

/// How distances of zones are measured, in words.
pub(super) fn zone_measure(place: &Place) -> String {
    format!("straight line × {}, km", place.travel.detour)
}

/// How the rules of a service measure, where that is something else than its zones' distances.
pub(super) fn rules_measure(issue: &Issue<'_>, service: &ServiceChange) -> Option<String> {
    let id = issue.place().service(service.service).id.as_str();
    let rules = issue.plan().rules.iter().filter(|rule| rule.service == id);
    let zones = service.measure.to_string();
    let others: BTreeSet<&str> = rules
        .map(|rule| rule.measure.as_str())
        .filter(|measure| *measure != zones)
        .collect();
    let others: Vec<&str> = others.into_iter().collect();
    (!others.is_empty()).then(|| others.join("; "))
}

/// Works out access under the plan for every service that somebody needs.
pub(super) fn changes(issue: &Issue<'_>) -> Vec<ServiceChange> {
    let place = issue.place();
    zone_access(place, issue.edition.travel, &arrangement(issue))
        .into_iter()
        .filter(|access| {
            let at = access.service.index();
            place
                .zones
                .iter()
                .any(|zone| zone.demand.get(at).is_some_and(|people| people.get() > 0.0))
        })
        .collect()
}

/// Who is where under the plan; occupiers and buildings it does not name are where they are.
pub(super) fn arrangement(issue: &Issue<'_>) -> Arrangement {
    issue.plan().arrangement(issue.place())
}
