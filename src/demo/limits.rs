//! Limits on access that bind: read from how people reach each service today.

use super::estate::Estate;
use super::kinds::WORK;
use super::land::apart;
use super::size::Size;
use super::zones::{AGES, Zone};
use rstar::RTree;
use std::collections::BTreeSet;

/// Straight lines to travel, as in `place.toml`.
pub(super) const DETOUR: f64 = 1.3;

/// One `[[access]]` block.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Limit {
    pub(super) id: String,
    pub(super) service: &'static str,
    pub(super) ask: Ask,
    pub(super) group: Option<&'static str>,
    /// A note above the block.
    pub(super) note: String,
}

/// What a limit asks.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Ask {
    /// km, whole per cent.
    Within(f64, u32),
    /// km, further than today, km.
    WorstCase(f64, f64),
    /// km; hard or to consult on.
    Displacement(f64, bool),
    /// Per cent above today.
    Mean(u32),
}

/// Travel from every zone to its nearest counter of each kind of work, metres; empty for work
/// without a counter.
pub(super) fn nearest(estate: &Estate, zones: &[Zone]) -> Vec<Vec<f64>> {
    WORK.iter()
        .enumerate()
        .map(|(number, work)| {
            let hosts: BTreeSet<usize> = estate
                .teams
                .iter()
                .filter(|team| team.work == number)
                .map(|team| team.property)
                .collect();
            if !work.counter || hosts.is_empty() {
                return Vec::new();
            }
            let spots = hosts.iter().map(|host| {
                let at = estate.properties[*host].at;
                [at.0, at.1]
            });
            let tree = RTree::bulk_load(spots.collect());
            zones
                .iter()
                .map(|zone| {
                    tree.nearest_neighbor(&[zone.at.0, zone.at.1])
                        .map_or(f64::MAX, |host| DETOUR * apart(zone.at, (host[0], host[1])))
                })
                .collect()
        })
        .collect()
}

/// The weight of a zone for a kind of work and a group.
pub(super) fn weight(zone: &Zone, work: usize, group: Option<&str>) -> f64 {
    let (_, from, to) = WORK[work].demand;
    let people = f64::from(zone.aged(from, to));
    let share = match group {
        Some("no_car") => f64::from(zone.no_car) / f64::from(zone.households.max(1)),
        Some("over_65") => f64::from(zone.aged(65, AGES)) / f64::from(zone.people().max(1)),
        _ => 1.0,
    };
    people * share
}

/// The share of the weight that lies within `km`.
pub(super) fn share_within(far: &[f64], weights: &[f64], km: f64) -> f64 {
    let total: f64 = weights.iter().sum();
    let inside: f64 = far
        .iter()
        .zip(weights)
        .filter(|(metres, _)| **metres <= km * 1_000.0)
        .map(|(_, weight)| weight)
        .sum();
    if total > 0.0 { inside / total } else { 0.0 }
}

/// The limits of a place: one or two shares, a worst case and a displacement for each counter.
pub(super) fn limits(estate: &Estate, zones: &[Zone], size: Size) -> Vec<Limit> {
    let mut limits = Vec::new();
    for (number, far) in nearest(estate, zones).iter().enumerate() {
        if far.is_empty() {
            continue;
        }
        let work = &WORK[number];
        let groups = std::iter::once(None).chain(work.group.map(Some));
        for group in groups {
            let weights: Vec<f64> = zones
                .iter()
                .map(|zone| weight(zone, number, group))
                .collect();
            limits.push(share_limit(number, far, &weights, group, size));
        }
        let weights: Vec<f64> = zones
            .iter()
            .map(|zone| weight(zone, number, None))
            .collect();
        let mut reached: Vec<f64> = far
            .iter()
            .zip(&weights)
            .filter(|(_, weight)| **weight > 0.0)
            .map(|(metres, _)| *metres)
            .collect();
        reached.sort_by(f64::total_cmp);
        // In the town the farthest zone of today is the limit; in a county one zone in ten is
        // further today, and may not be sent much further.
        let usual = match size {
            Size::Town => reached[reached.len() - 1],
            _ => reached[reached.len() * 9 / 10],
        };
        let km = (usual / 500.0).ceil() / 2.0;
        let (further, note) = match size {
            Size::Town => (0.0, format!("Nobody further than {km:.1} km.")),
            _ => (
                0.5,
                format!("Nobody further than {km:.1} km, or 500 m further than today."),
            ),
        };
        limits.push(Limit {
            id: format!("{}.nobody_beyond", work.id),
            service: work.id,
            ask: Ask::WorstCase(km, further),
            group: None,
            note,
        });
        let hard = work.id != "jobcentre";
        limits.push(Limit {
            id: format!("{}.displacement", work.id),
            service: work.id,
            ask: Ask::Displacement(if hard { reach(work.move_km, size) } else { 4.8 }, hard),
            group: None,
            note: if hard {
                format!(
                    "A counter moves {:.1} km at most.",
                    reach(work.move_km, size)
                )
            } else {
                "Three miles from the old jobcentre; further is a duty to consult.".to_owned()
            },
        });
    }
    limits
}

/// How far a team may move: in the town, not from one town to the next.
pub(super) fn reach(move_km: f64, size: Size) -> f64 {
    match size {
        Size::Town => move_km.min(4.8),
        _ => move_km,
    }
}

/// A share rule a little below today's share; in the town, one that today already fails.
fn share_limit(
    number: usize,
    far: &[f64],
    weights: &[f64],
    group: Option<&'static str>,
    size: Size,
) -> Limit {
    let work = &WORK[number];
    // A limit that everybody meets protects nobody: shorten it until somebody is outside.
    let mut km = work.within_km;
    while share_within(far, weights, km) > 0.95 && km > 0.9 {
        km = (km * 8.0).round() / 10.0;
    }
    let today = share_within(far, weights, km);
    let fails = size == Size::Town && work.id == "gp" && group == Some("no_car");
    let (percent, note) = if fails {
        (
            (today * 100.0).ceil() as u32 + 1,
            "Not met today: the plan may not make it worse.".to_owned(),
        )
    } else {
        (
            ((today * 100.0).round() as u32).saturating_sub(1),
            format!("Today: {:.1} %.", today * 100.0),
        )
    };
    let name = group.map_or(String::new(), |group| format!("_{group}"));
    Limit {
        id: format!("{}.within{name}", work.id),
        service: work.id,
        ask: Ask::Within(km, percent),
        group,
        note,
    }
}
