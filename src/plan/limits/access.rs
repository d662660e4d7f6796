//! The reaches of a problem: for each service and measure, who must keep a host how near.

use super::{equal, mean, minimum_hosts, within, worst_case};
use crate::access::rules::Limit;
use crate::access::{Arrangement, Today, nearest};
use crate::place::{
    AccessRule, BuildingIx, Distance, Measure, People, Place, RuleKind, ServiceIx, TravelObjective,
    ZoneIx,
};
use crate::plan::in_play::InPlay;
use crate::plan::placements::{Kind, Placements, straight_km};
use crate::siting::{Cover, Host, Reach};
use crate::travel::{HostIndex, Travel};
use rayon::prelude::*;
use std::collections::BTreeMap;

/// How many of its nearest possible hosts count in a target's travel, where no rule needs more: the
/// second stage is a search, and proves nothing.
const TRAVEL_LIST: usize = 30;

/// Zones whose lists are made side by side before they are laid flat: a nation's at once would take much memory.
const LISTS_AT_ONCE: usize = 2048;

/// The targets of a reach: zones that some rule, or travel, counts.
pub(crate) struct Targets {
    zones: Vec<ZoneIx>,
    of_zone: Vec<Option<usize>>,
}

impl Targets {
    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.zones.len()
    }

    /// The target a zone is.
    pub(crate) fn of_zone(&self, zone: ZoneIx) -> Option<usize> {
        self.of_zone.get(zone.index()).copied().flatten()
    }

    /// Weights by target from weights by zone.
    pub(crate) fn weights(&self, by_zone: &[u64]) -> Vec<u64> {
        self.zones
            .iter()
            .map(|zone| by_zone.get(zone.index()).copied().unwrap_or(0))
            .collect()
    }
}

/// What a soft rule's pound a year counts for under the objective.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Terms {
    /// Sum of the discount factors, or 1 for a steady year.
    pub(crate) yearly: f64,
}

impl Terms {
    /// Price of a thousandth of a person short; `None` for a hard rule or one without a price.
    pub(crate) fn price_of_weight(self, rule: &AccessRule) -> Option<f64> {
        let price = rule.price_gbp.filter(|_| !rule.hard)?;
        Some(price * self.yearly / 1000.0)
    }

    /// Price of a thousandth of a person × step beyond a mean: a person-km (or person-minute) too
    /// much a year has the rule's price.
    pub(crate) fn price_of_travel(self, rule: &AccessRule) -> Option<f64> {
        Some(self.price_of_weight(rule)? / rule.measure.unit.steps())
    }
}

/// Everything the reaches are made from.
pub(crate) struct Access<'a> {
    pub(crate) place: &'a Place,
    pub(crate) travel: &'a Travel,
    pub(crate) in_play: &'a InPlay,
    pub(crate) placements: &'a Placements,
    pub(crate) today: &'a Today,
    pub(crate) terms: Terms,
    /// Whether travel is wanted for a second stage.
    pub(crate) second_stage: bool,
}

impl Access<'_> {
    /// One reach for each service and measure that a plan can change.
    pub(crate) fn reaches(&self) -> Vec<Reach> {
        let mut keys: BTreeMap<(ServiceIx, Measure), ()> = BTreeMap::new();
        for rule in &self.place.rules {
            if rule.kind.is_by_zone() && self.can_change(rule.service) {
                keys.insert((rule.service, rule.measure.clone()), ());
            }
        }
        if self.adds_journeys() {
            for (at, service) in self.place.services() {
                if service.counter && self.can_change(at) {
                    keys.insert((at, straight_km()), ());
                }
            }
        }
        let by_zone = keys
            .keys()
            .filter_map(|(service, measure)| self.reach(*service, measure));
        let rules = self.place.rules.iter().zip(&self.today.limits);
        let counted = rules.filter_map(|(rule, limit)| match limit {
            Limit::MinimumHosts(limit) => minimum_hosts::reach(self, rule, limit),
            _ => None,
        });
        let equal = match self.second_stage && !self.adds_journeys() {
            true => equal::reaches(self),
            false => Vec::new(),
        };
        by_zone.chain(counted).chain(equal).collect()
    }

    /// Whether a plan decides where counters of a service are.
    pub(super) fn can_change(&self, service: ServiceIx) -> bool {
        let mut list = self.placements.list.iter();
        list.any(|one| self.place.occupier(one.occupier).service == service)
            || self
                .placements
                .offers_of(self.place, service)
                .next()
                .is_some()
    }

    /// Whether the second stage adds journeys up as they are.
    fn adds_journeys(&self) -> bool {
        self.second_stage && self.place.finance.travel_objective == TravelObjective::Total
    }

    /// The journeys to a service without any limit; `None` where nobody needs it.
    pub(super) fn journeys(&self, service: ServiceIx, measure: &Measure) -> Option<Reach> {
        self.reach_of(service, measure, &[], true)
    }

    /// Distance of everybody who reaches a service today, km, with how many times they count.
    pub(super) fn distances_today(&self, service: ServiceIx) -> Vec<(f64, People)> {
        let measure = straight_km();
        let hosts = Arrangement::today(self.place).hosts(self.place, service);
        let near = nearest(self.place, self.travel, &measure, &hosts);
        let zones = self.place.zones().zip(near);
        zones
            .filter_map(|((zone, _), found)| {
                let people = self.travel_weight(service, zone) as f64 / 1000.0;
                Some((found?.0.to_user(measure.unit), People(people)))
            })
            .collect()
    }

    /// Thousandths of a person of a zone in the second stage, as often as they count.
    fn travel_weight(&self, service: ServiceIx, zone: ZoneIx) -> u64 {
        let zone = self.place.zone(zone);
        let weight = zone.weight(service, None) as f64;
        (weight * self.place.finance.travel_factor(zone)).round() as u64
    }

    fn reach(&self, service: ServiceIx, measure: &Measure) -> Option<Reach> {
        let rules: Vec<(&AccessRule, &Limit)> = self
            .place
            .rules
            .iter()
            .zip(&self.today.limits)
            .filter(|(rule, _)| rule.service == service && rule.measure == *measure)
            .collect();
        let travels = self.adds_journeys() && *measure == straight_km();
        self.reach_of(service, measure, &rules, travels)
    }

    fn reach_of(
        &self,
        service: ServiceIx,
        measure: &Measure,
        rules: &[(&AccessRule, &Limit)],
        travels: bool,
    ) -> Option<Reach> {
        let targets = self.targets(service, rules, travels);
        if targets.len() == 0 {
            return None;
        }
        let mut covers = Vec::new();
        for (rule, limit) in rules {
            for (part, limit) in limit.parts() {
                let own = self.covers(rule, limit, &targets).into_iter();
                covers.extend(own.map(|cover| match part {
                    Some(part) => of_part(cover, rule, part),
                    None => cover,
                }));
            }
        }
        if covers.is_empty() && !travels {
            return None;
        }
        let (buildings, hosts) = self.hosts(service);
        let index = self.travel.hosts(self.place, &buildings);
        let mut starts = vec![0];
        let (mut host, mut distance) = (Vec::new(), Vec::new());
        for zones in targets.zones.chunks(LISTS_AT_ONCE) {
            for list in self.lists(measure, rules, zones, (&buildings, &index), travels) {
                for (far, at) in list {
                    host.push(at);
                    distance.push(far.steps());
                }
                starts.push(host.len());
            }
        }
        let travel_weights = if travels {
            let weight = |zone: &ZoneIx| self.travel_weight(service, *zone);
            targets.zones.iter().map(weight).collect()
        } else {
            Vec::new()
        };
        let zone_name = |zone: &ZoneIx| self.place.zone(*zone).id.to_string();
        Some(Reach {
            name: format!("{} by {measure}", self.place.service(service).id),
            targets: targets.zones.iter().map(zone_name).collect(),
            hosts,
            starts,
            host,
            distance,
            covers,
            travel_weights,
            travel_price: 0.0,
        })
    }

    fn covers(&self, rule: &AccessRule, limit: &Limit, targets: &Targets) -> Vec<Cover> {
        match limit {
            Limit::Within(limit) => within::cover(rule, limit, targets, self.terms)
                .into_iter()
                .collect(),
            Limit::WorstCase(limit) => worst_case::covers(rule, limit, targets, self.terms),
            Limit::Mean(limit) => mean::covers(rule, limit, targets, self.terms),
            _ => Vec::new(),
        }
    }

    fn targets(
        &self,
        service: ServiceIx,
        rules: &[(&AccessRule, &Limit)],
        travels: bool,
    ) -> Targets {
        let counts = |zone: ZoneIx| {
            let in_rule = rules.iter().any(|(_, limit)| {
                let weights = limit.scope().map(|scope| &scope.weights);
                weights
                    .and_then(|w| w.get(zone.index()))
                    .copied()
                    .unwrap_or(0)
                    > 0
            });
            in_rule || (travels && self.place.zone(zone).weight(service, None) > 0)
        };
        let zones: Vec<ZoneIx> = self
            .place
            .zones()
            .map(|(zone, _)| zone)
            .filter(|zone| counts(*zone))
            .collect();
        let mut of_zone = vec![None; self.place.zones.len()];
        for (at, zone) in zones.iter().enumerate() {
            of_zone[zone.index()] = Some(at);
        }
        Targets { zones, of_zone }
    }

    /// Buildings that can host a service, in order, with what makes each serve.
    fn hosts(&self, service: ServiceIx) -> (Vec<BuildingIx>, Vec<Host>) {
        let mut hosts: BTreeMap<BuildingIx, Host> = BTreeMap::new();
        for (at, occupier) in self.place.occupiers() {
            let located = self.place.building(occupier.building).location.is_some();
            if occupier.service == service && !self.in_play.is_movable(at) && located {
                hosts.entry(occupier.building).or_default().always = true;
            }
        }
        for (position, placement) in self.placements.list.iter().enumerate() {
            let of_service = self.place.occupier(placement.occupier).service == service;
            if of_service && placement.kind != Kind::Merge {
                let host = hosts.entry(placement.building).or_default();
                if !host.always {
                    host.placements.push(position);
                }
            }
        }
        for (position, offer) in self.placements.offers_of(self.place, service) {
            let host = hosts.entry(offer.building).or_default();
            if !host.always {
                host.placements.push(position);
            }
        }
        hosts.into_iter().unzip()
    }

    /// The hosts that can matter to each of some zones, nearest first.
    fn lists(
        &self,
        measure: &Measure,
        rules: &[(&AccessRule, &Limit)],
        zones: &[ZoneIx],
        (buildings, index): (&[BuildingIx], &HostIndex),
        travels: bool,
    ) -> Vec<Vec<(Distance, u32)>> {
        let at_least = if travels { TRAVEL_LIST } else { 0 };
        let position = |(far, building): (Distance, BuildingIx)| {
            let host = buildings.binary_search(&building).ok()?;
            Some((far, host as u32))
        };
        let list = |zone: &ZoneIx| {
            let needed = rules.iter().flat_map(|(rule, limit)| {
                let parts = limit.parts().into_iter();
                parts.filter_map(|(_, part)| needed(rule, part, *zone))
            });
            let needed = needed.max().unwrap_or(Distance(0));
            let near = self
                .travel
                .hosts_within(self.place, measure, index, *zone, needed, at_least);
            near.into_iter().filter_map(position).collect()
        };
        zones.par_iter().map(list).collect()
    }
}

/// A cover of one group or area of a rule, called by it: `library.floor (ward W1)`.
fn of_part(mut cover: Cover, rule: &AccessRule, part: &str) -> Cover {
    let (Cover::Each { name, .. } | Cover::Share { name, .. } | Cover::Mean { name, .. }) =
        &mut cover;
    let kind = match &rule.kind {
        RuleKind::FloorPerArea { each, .. } => each,
        _ => "group",
    };
    let rest = name.strip_prefix(rule.id.as_str()).unwrap_or_default();
    *name = format!("{} ({kind} {part}){rest}", rule.id);
    cover
}

/// How far a zone's hosts matter to a rule.
fn needed(rule: &AccessRule, limit: &Limit, zone: ZoneIx) -> Option<Distance> {
    let counts = limit
        .scope()?
        .weights
        .get(zone.index())
        .copied()
        .unwrap_or(0)
        > 0;
    let far = match limit {
        Limit::Within(limit) => limit.limit,
        Limit::WorstCase(limit) => limit.limit_of(zone),
        Limit::Mean(limit) if rule.hard => limit.reach_of(zone),
        Limit::Mean(_) => Distance(u32::MAX),
        _ => return None,
    };
    counts.then_some(far)
}
