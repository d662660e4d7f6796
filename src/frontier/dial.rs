//! The limit that is turned.

use crate::access::{RuleVerdict, longer, worst_group, zone_access};
use crate::place::words::{MINUS, exact};
use crate::place::{Distance, MEAN_OF, MeanLimit, Place, RuleKind};
use crate::plan::Plan;
use crate::travel::Travel;
use std::collections::BTreeMap;

/// The limit that is turned along the curve.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dial {
    /// One access rule's threshold, by position.
    Rule(usize),
    /// The mean way to every service with a counter: how much longer than today's it may be.
    Means,
}

impl Dial {
    /// Whether its limit is a number of buildings: there is nothing between one and the next.
    pub(super) fn counts(self, place: &Place) -> bool {
        match self {
            Dial::Rule(at) => matches!(place.rules[at].kind, RuleKind::MinimumHosts { .. }),
            Dial::Means => false,
        }
    }

    /// What is turned, in words.
    pub fn words(self, place: &Place) -> String {
        match self {
            Dial::Rule(at) => {
                let rule = &place.rules[at];
                let what = match &rule.kind {
                    RuleKind::FloorPerArea { each, .. } => {
                        format!("share of people within the limit in every {each}")
                    }
                    RuleKind::NoGroupWorse { .. } => "how much worse a group may fare".to_owned(),
                    RuleKind::MinimumHosts { .. } => "buildings with a counter".to_owned(),
                    RuleKind::Within { limit, .. } => format!(
                        "share of people within {} {}",
                        limit.to_user(rule.measure.unit),
                        rule.measure.unit.symbol()
                    ),
                    RuleKind::WorstCase { .. } => "furthest that anybody may have to go".to_owned(),
                    RuleKind::Mean(_) => "mean way".to_owned(),
                    RuleKind::Displacement { .. } => "furthest that a counter may move".to_owned(),
                    RuleKind::Capacity { .. } => "visits that a person makes a year".to_owned(),
                };
                match rule.hard {
                    true => format!("{what}, rule {}", rule.id),
                    false => format!(
                        "{what}, rule {}, soft in the place and hard along the curve",
                        rule.id
                    ),
                }
            }
            Dial::Means => {
                "how much longer than today the mean way to any service may be".to_owned()
            }
        }
    }

    /// A threshold with its unit: `80.0 %`, `+2.2 %`, `3.20 km`.
    pub fn shown(self, place: &Place, threshold: f64) -> String {
        match self {
            Dial::Means => longer_by(threshold),
            Dial::Rule(at) => match place.rules[at].kind {
                RuleKind::Within { .. } | RuleKind::FloorPerArea { .. } => {
                    format!("{:.2} %", threshold * 100.0)
                }
                RuleKind::Mean(MeanLimit::Relative(_)) | RuleKind::NoGroupWorse { .. } => {
                    longer_by(threshold)
                }
                RuleKind::MinimumHosts { .. } => format!("{threshold:.0}"),
                RuleKind::Capacity { .. } => exact(threshold),
                _ => {
                    // Whole metres or tenths of a minute, as the limit itself.
                    let unit = place.rules[at].measure.unit;
                    let far = Distance::from_user(threshold, unit).to_user(unit);
                    format!("{far} {}", unit.symbol())
                }
            },
        }
    }

    /// What is set for one run: rule ids and their thresholds.
    pub(super) fn thresholds(self, place: &Place, threshold: f64) -> BTreeMap<String, f64> {
        // Nought has no sign.
        let threshold = threshold + 0.0;
        match self {
            Dial::Rule(at) => BTreeMap::from([(place.rules[at].id.to_string(), threshold)]),
            Dial::Means => means(place)
                .into_iter()
                .map(|service| (format!("{MEAN_OF}{service}"), threshold))
                .collect(),
        }
    }

    /// The place in which the limit asks for as little as it can. A limit on a mean still keeps everybody within their reach.
    pub(super) fn off(self, place: &Place) -> Place {
        let mut off = place.clone();
        match self {
            Dial::Rule(at) => {
                let everything = match place.rules[at].more_is_tighter() {
                    true => 0.0,
                    false => BEYOND,
                };
                off.rules[at] = place.rules[at].with_threshold(everything);
            }
            Dial::Means => {
                for id in self.thresholds(place, BEYOND).keys() {
                    // Every id is a service of the place.
                    let _ = off.set_threshold(id, BEYOND);
                }
            }
        }
        off
    }

    /// What people have today: the tight end of the curve.
    pub(super) fn tight(self, place: &Place, loose: &Plan) -> f64 {
        let Dial::Rule(at) = self else {
            return 0.0;
        };
        let rule = &place.rules[at];
        let stated = rule.threshold();
        let today = verdict(place, at, loose).and_then(|verdict| verdict.today);
        match rule.kind {
            RuleKind::Within { .. } if rule.strict => stated.max(today.unwrap_or(stated)),
            RuleKind::Within { .. } => today.unwrap_or(stated),
            // Of several areas the one with the fewest to spare says nothing of the others.
            RuleKind::MinimumHosts { each: None, .. } => today.unwrap_or(stated).max(stated),
            RuleKind::FloorPerArea { .. }
            | RuleKind::MinimumHosts { .. }
            | RuleKind::Capacity { .. } => stated,
            RuleKind::WorstCase { .. } => today.unwrap_or(stated).min(stated),
            RuleKind::Mean(MeanLimit::Absolute(_)) => today.unwrap_or(stated),
            RuleKind::Mean(MeanLimit::Relative(_))
            | RuleKind::Displacement { .. }
            | RuleKind::NoGroupWorse { .. } => 0.0,
        }
    }

    /// What a plan leaves people, as a threshold; `None` where it cannot be measured.
    pub(super) fn measured(self, place: &Place, travel: &Travel, plan: &Plan) -> Option<f64> {
        match self {
            Dial::Rule(at) => {
                let verdict = verdict(place, at, plan)?;
                match &place.rules[at].kind {
                    RuleKind::Mean(MeanLimit::Relative(_)) => longer(verdict),
                    RuleKind::NoGroupWorse { .. } => {
                        worst_group(place, travel, at, &plan.arrangement(place))
                    }
                    // As often as people could come before the fullest host is full.
                    RuleKind::Capacity { visits_per_person } => verdict
                        .after
                        .filter(|used| *used > 0.0)
                        .map(|used| visits_per_person / used),
                    _ => verdict.after,
                }
            }
            Dial::Means => longest(place, travel, plan),
        }
    }
}

/// A share of today's with a sign and the decimals that limits have: `+4.25 %`.
fn longer_by(share: f64) -> String {
    let percent = format!("{:.2} %", share.abs() * 100.0);
    match share {
        share if share.abs() < 5e-5 => percent,
        share if share < 0.0 => format!("{MINUS}{percent}"),
        _ => format!("+{percent}"),
    }
}

/// Further than anything on Earth, in km or minutes.
const BEYOND: f64 = 100_000.0;

fn verdict<'a>(place: &Place, at: usize, plan: &'a Plan) -> Option<&'a RuleVerdict> {
    let id = place.rules[at].id.as_str();
    plan.rules.iter().find(|verdict| verdict.rule == id)
}

/// The services whose mean way is limited.
fn means(place: &Place) -> Vec<String> {
    let services = place.services.iter().enumerate();
    services
        .filter(|(at, service)| {
            let mut zones = place.zones.iter();
            service.counter && zones.any(|zone| zone.demand[*at].get() > 0.0)
        })
        .map(|(_, service)| service.id.to_string())
        .collect()
}

/// The greatest share by which the mean way to a service is longer than today's.
fn longest(place: &Place, travel: &Travel, plan: &Plan) -> Option<f64> {
    zone_access(place, travel, &plan.arrangement(place))
        .iter()
        .filter_map(|service| {
            let (mut today, mut after) = (0.0, 0.0);
            for (_, people, zone) in service.with_demand(place) {
                if let Some((before, then)) = zone.today.zip(zone.after) {
                    today += people.get() * before;
                    after += people.get() * then;
                }
            }
            (today > 0.0).then_some(after / today - 1.0)
        })
        .reduce(f64::max)
}
