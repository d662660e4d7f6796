//! R6 as covers: each building is a target that only itself can serve, and of those of an area so
//! many must be served.

use super::access::Access;
use crate::access::rules::MinimumHosts;
use crate::place::{AccessRule, BuildingIx, RuleKind};
use crate::plan::placements::Kind;
use crate::siting::{Cover, Host, Reach};
use std::collections::BTreeMap;

/// What one building weighs: a price is for a thousandth of it, as of a person.
const ONE: u64 = 1_000;

/// The reach of a `minimum_hosts` rule; `None` where it asks nothing, or is soft without a price.
pub(crate) fn reach(from: &Access<'_>, rule: &AccessRule, limit: &MinimumHosts) -> Option<Reach> {
    let price = from.terms.price_of_weight(rule);
    if !rule.hard && price.is_none() {
        return None;
    }
    let hosts = hosts(from, rule, limit);
    let wanted = limit.areas.iter().enumerate();
    let covers: Vec<Cover> = wanted
        .filter(|(_, area)| area.enforced > 0)
        .map(|(at, area)| Cover::Share {
            name: match (&rule.kind, area.code.as_str()) {
                (
                    RuleKind::MinimumHosts {
                        each: Some(each), ..
                    },
                    code,
                ) if !code.is_empty() => {
                    format!("{} ({each} {code})", rule.id)
                }
                _ => rule.id.to_string(),
            },
            limit: 0,
            weights: hosts
                .keys()
                .map(|host| u64::from(limit.area_of[host.index()] == Some(at)) * ONE)
                .collect(),
            need: u64::from(area.enforced) * ONE,
            price,
        })
        .collect();
    let count = hosts.len();
    let name = |host: &BuildingIx| from.place.building(*host).id.to_string();
    (!covers.is_empty()).then(|| Reach {
        name: rule.id.to_string(),
        targets: hosts.keys().map(name).collect(),
        starts: (0..=count).collect(),
        host: (0..count as u32).collect(),
        distance: vec![0; count],
        hosts: hosts.into_values().collect(),
        covers,
        travel_weights: Vec::new(),
        travel_price: 0.0,
    })
}

/// Buildings of the areas where a counter that counts is or may be, in order.
fn hosts(from: &Access<'_>, rule: &AccessRule, limit: &MinimumHosts) -> BTreeMap<BuildingIx, Host> {
    let mut hosts: BTreeMap<BuildingIx, Host> = BTreeMap::new();
    let inside = |at: BuildingIx| limit.area_of[at.index()].is_some();
    for (at, occupier) in from.place.occupiers() {
        let counts = limit.counts_occupier(from.place, rule, at) && inside(occupier.building);
        if counts && !from.in_play.is_movable(at) {
            hosts.entry(occupier.building).or_default().always = true;
        }
    }
    for (position, placement) in from.placements.list.iter().enumerate() {
        let counts = limit.counts_occupier(from.place, rule, placement.occupier);
        if counts && placement.kind != Kind::Merge && inside(placement.building) {
            let host = hosts.entry(placement.building).or_default();
            if !host.always {
                host.placements.push(position);
            }
        }
    }
    for (position, offer) in from.placements.offers_of(from.place, rule.service) {
        let counts = limit.counts_point(rule, from.place.point(offer.point));
        if counts && inside(offer.building) {
            let host = hosts.entry(offer.building).or_default();
            if !host.always {
                host.placements.push(position);
            }
        }
    }
    hosts
}
