//! What is at fault where no plan can be: found before solving where it can be, and by leaving one
//! thing out at a time where it cannot.

use super::compile::Sources;
use super::in_play::{Standing, named};
use super::solve::with_sources;
use crate::access::{Arrangement, Verdict, assess};
use crate::place::{Lock, Place, Verb};
use crate::siting::{
    Ask, Cover, Elastic, Limit as Broken, Problem, SitingError, explain_infeasible, solve,
};
use std::collections::BTreeMap;
use std::time::Duration;

/// How many things are left out, one at a time, to see whether a plan exists without them.
const SUSPECTS: usize = 24;

/// How many zones or buildings one sentence names.
const NAMED: usize = 8;

/// Locks and decisions that contradict each other or the rest; nothing is solved for them.
pub(crate) fn contradictions(from: &Sources<'_>) -> Vec<String> {
    let place = from.place;
    let mut reasons = from.in_play.contradictions.clone();
    for (at, occupier) in place.occupiers() {
        let Some(to) = place.placing(at) else {
            continue;
        };
        let moves = to != occupier.building;
        if let (true, Some(held)) = (moves, &from.in_play.held[at.index()]) {
            reasons.push(format!(
                "{} is placed at {} but cannot move: {held}",
                occupier.id,
                named(place.building(to))
            ));
        }
    }
    reasons
}

/// Everything found before solving.
fn infeasible_before(from: &Sources<'_>) -> Vec<String> {
    let mut reasons = contradictions(from);
    reasons.extend(homeless(from));
    reasons
}

/// Movable occupiers without any building to be in.
pub(crate) fn homeless(from: &Sources<'_>) -> Vec<String> {
    let place = from.place;
    let mut has_one = vec![false; place.occupiers.len()];
    for placement in &from.placements.list {
        has_one[placement.occupier.index()] = true;
    }
    place
        .occupiers()
        .filter(|(at, _)| from.in_play.is_movable(*at) && !has_one[at.index()])
        .map(|(at, occupier)| {
            let refused: Vec<String> = from.placements.refused[at.index()]
                .iter()
                .take(3)
                .map(|refusal| {
                    format!(
                        "{}: {}",
                        place.building(refusal.building).id,
                        refusal.reason
                    )
                })
                .collect();
            let why = match (place.placing(at), refused.is_empty()) {
                (Some(_), false) => format!(
                    "it is placed elsewhere by decision ({})",
                    refused.join("; ")
                ),
                (Some(to), true) => format!("it is placed at {}", place.building(to).id),
                (None, false) => format!("no other building can take it ({})", refused.join("; ")),
                (None, true) => "no other building is near enough".to_owned(),
            };
            let building = place.building(occupier.building);
            let stays = match from.in_play.standing[occupier.building.index()] {
                Standing::Closed => format!("{} is locked dispose, and ", named(building)),
                _ => String::new(),
            };
            format!("{} has nowhere to go: {stays}{why}", occupier.id)
        })
        .collect()
}

/// Hard rules that no arrangement can keep, with the zones that nobody can reach.
pub(crate) fn out_of_reach(from: &Sources<'_>, problem: &Problem) -> Vec<String> {
    let mut reasons = Vec::new();
    for reach in &problem.reaches {
        for cover in &reach.covers {
            match cover {
                Cover::Each {
                    name,
                    targets,
                    limits,
                } => {
                    let short: Vec<&str> = targets
                        .iter()
                        .zip(limits)
                        .filter(|(target, limit)| !can_reach(reach, **target as usize, **limit))
                        .map(|(target, _)| reach.targets[*target as usize].as_str())
                        .collect();
                    if !short.is_empty() {
                        reasons.push(format!(
                            "rule {name}: no possible host lies within the limit of {}",
                            listed("zone", &short)
                        ));
                    }
                }
                Cover::Share {
                    name,
                    limit,
                    weights,
                    need,
                    price: None,
                } => {
                    let outside = |target: &usize| !can_reach(reach, *target, *limit);
                    let out: Vec<usize> = (0..weights.len()).filter(outside).collect();
                    let lost: u64 = out.iter().map(|target| weights[*target]).sum();
                    let total: u64 = weights.iter().sum();
                    if total - lost < *need {
                        let zones: Vec<&str> = out
                            .iter()
                            .filter(|target| weights[**target] > 0)
                            .map(|target| reach.targets[*target].as_str())
                            .collect();
                        reasons.push(format!(
                            "rule {name}: even with every possible host open at most {:.1} % are \
                             within the limit; out of reach: {}",
                            (total - lost) as f64 / total as f64 * 100.0,
                            listed("zone", &zones)
                        ));
                    }
                }
                Cover::Share { .. } | Cover::Mean { .. } => {}
            }
        }
    }
    reasons.extend(unchangeable(from));
    reasons
}

/// Hard rules of services of which nobody can move, failed by today.
fn unchangeable(from: &Sources<'_>) -> Vec<String> {
    let place = from.place;
    let verdicts = assess(place, from.travel, from.today, &Arrangement::today(place));
    place
        .rules
        .iter()
        .zip(verdicts)
        .filter(|(rule, verdict)| {
            let movable = from
                .placements
                .list
                .iter()
                .any(|p| place.occupier(p.occupier).service == rule.service);
            verdict.verdict == Verdict::Fail && !movable
        })
        .map(|(rule, verdict)| {
            let zones: Vec<&str> = verdict.worst.iter().map(|zone| zone.id.as_str()).collect();
            format!(
                "rule {} ({}) fails today and nobody of {} can move: {}",
                rule.id,
                verdict.limit,
                place.service(rule.service).name,
                listed("zone", &zones)
            )
        })
        .collect()
}

fn can_reach(reach: &crate::siting::Reach, target: usize, limit: u32) -> bool {
    let (Some(start), Some(end)) = (reach.starts.get(target), reach.starts.get(target + 1)) else {
        return false;
    };
    (*start..*end).any(|at| {
        let host = &reach.hosts[reach.host[at] as usize];
        reach.distance[at] <= limit && (host.always || !host.placements.is_empty())
    })
}

/// A list of names with its kind, cut short.
fn listed(kind: &str, names: &[&str]) -> String {
    let shown = names
        .iter()
        .take(NAMED)
        .copied()
        .collect::<Vec<_>>()
        .join(", ");
    let plural = if names.len() == 1 { "" } else { "s" };
    match names.len().saturating_sub(NAMED) {
        0 => format!("{kind}{plural} {shown}"),
        more => format!("{kind}{plural} {shown} and {more} more"),
    }
}

/// One thing that may be left out to see whether a plan exists without it.
enum Suspect {
    /// A cover: reach, position.
    Cover(usize, usize),
    /// A lock or placing of people, with what the place becomes without it.
    Decision(String, Box<Place>),
}

/// Names what, if left out alone, would make a plan possible; where nothing alone would, the locks
/// and strict rules together.
pub(crate) fn reasons(from: &Sources<'_>, problem: &Problem, time: Duration) -> Vec<String> {
    let suspects = suspects(from, problem);
    let names: Vec<String> = suspects
        .iter()
        .map(|suspect| match suspect {
            Suspect::Cover(reach, cover) => cover_name(&problem.reaches[*reach].covers[*cover]),
            Suspect::Decision(name, _) => name.clone(),
        })
        .collect();
    let each = time / (suspects.len().max(1) as u32);
    let mut at_fault = Vec::new();
    for (suspect, name) in suspects.iter().zip(&names) {
        let possible = match suspect {
            Suspect::Cover(reach, cover) => {
                let mut without = problem.clone();
                without.reaches[*reach].covers.remove(*cover);
                exists(&without, each)
            }
            Suspect::Decision(_, without) => {
                let objective = from.books.objective;
                with_sources(without, from.travel, objective, false, |from| {
                    infeasible_before(from).is_empty() && exists(&from.compile().problem, each)
                })
            }
        };
        if possible {
            at_fault.push(format!("{name}: without it a plan exists"));
        }
    }
    if at_fault.is_empty() && !names.is_empty() {
        at_fault.push(format!(
            "together these leave no arrangement: {}",
            names.join("; ")
        ));
    }
    at_fault.extend(nearest_miss(problem, time));
    at_fault
}

/// What the arrangement that breaks least would break: zones and rules, or occupiers without room.
fn nearest_miss(problem: &Problem, time: Duration) -> Vec<String> {
    let time = time.clamp(Duration::from_secs(1), Duration::from_secs(10));
    let Ok(miss) = explain_infeasible(problem, &Elastic::default(), time, &()) else {
        return Vec::new();
    };
    let mut zones: BTreeMap<(usize, usize), Vec<&str>> = BTreeMap::new();
    let mut reasons = Vec::new();
    for violation in &miss.broken {
        match violation.limit {
            Broken::Each(reach, cover, target) => {
                let name = problem.reaches[reach].targets.get(target);
                zones
                    .entry((reach, cover))
                    .or_default()
                    .push(name.map_or("", String::as_str));
            }
            Broken::Share(reach, cover) => reasons.push(format!(
                "nearest miss: {} is short by {:.0} people",
                cover_name(&problem.reaches[reach].covers[cover]),
                violation.by / 1000.0
            )),
            Broken::Mean(reach, cover) => reasons.push(format!(
                "nearest miss: {} is too high",
                cover_name(&problem.reaches[reach].covers[cover])
            )),
            Broken::Item(item) => reasons.push(format!(
                "nearest miss: there is no room for {}",
                problem.items[item].name
            )),
            _ => reasons.push(format!("nearest miss: {}", violation.words(problem))),
        }
    }
    for ((reach, cover), names) in zones {
        reasons.push(format!(
            "nearest miss: {} leaves {} too far",
            cover_name(&problem.reaches[reach].covers[cover]),
            listed("zone", &names)
        ));
    }
    reasons
}

/// Whether a problem has any solution, as far as a short search tells.
pub(crate) fn exists(problem: &Problem, time: Duration) -> bool {
    let ask = Ask {
        gap: 1.0e9,
        time: time.max(Duration::from_secs(1)),
        seed: 1,
        least_travel_within: None,
    };
    match solve(problem, &ask, &()) {
        Ok(_) => true,
        Err(SitingError::Infeasible | SitingError::NothingFound) => false,
        Err(_) => false,
    }
}

fn cover_name(cover: &Cover) -> String {
    match cover {
        Cover::Each { name, .. } | Cover::Share { name, .. } | Cover::Mean { name, .. } => {
            format!("rule {name}")
        }
    }
}

fn suspects(from: &Sources<'_>, problem: &Problem) -> Vec<Suspect> {
    let place = from.place;
    let mut suspects = Vec::new();
    for (at, building) in place.buildings() {
        let closed = matches!(from.in_play.standing[at.index()], Standing::Closed);
        if closed && !from.in_play.inside[at.index()].is_empty() {
            let mut without = place.clone();
            without.buildings[at.index()].lock = Lock::Keep;
            let id = building.id.as_str();
            without
                .decisions
                .retain(|decision| !(decision.id.ends_with(id) && decision.verb == Verb::Dispose));
            let name = format!("{} is locked dispose", named(building));
            suspects.push(Suspect::Decision(name, Box::new(without)));
        }
    }
    for (nth, decision) in place.decisions.iter().enumerate() {
        if decision.verb == Verb::PlaceAt {
            let mut without = place.clone();
            without.decisions.remove(nth);
            let to = decision.value.as_deref().unwrap_or_default();
            let name = format!("{} is placed at {to}", decision.id);
            suspects.push(Suspect::Decision(name, Box::new(without)));
        }
    }
    for (at, reach) in problem.reaches.iter().enumerate() {
        for cover in 0..reach.covers.len() {
            suspects.push(Suspect::Cover(at, cover));
        }
    }
    suspects.truncate(SUSPECTS);
    suspects
}
