//! What is at fault where no plan was found: one thing at a time is left out, and the nearest thing to
//! a plan says what it breaks.

use super::compile::Sources;
use super::in_play::{Standing, named};
use super::infeasible::{
    called, contradictions, homeless, listed, rule_in_words, whose, why_closed,
};
use super::solve::with_sources;
use crate::place::{Lock, OccupierIx, Place, Record};
use crate::siting::{Ask, Cover, Elastic, Limit as Broken, Problem, explain_infeasible, solve};
use std::collections::BTreeMap;
use std::time::Duration;

/// How many things are left out, one at a time, to see whether a plan exists without them.
const SUSPECTS: usize = 24;

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
            Suspect::Cover(reach, cover) => {
                rule_in_words(from, cover_name(&problem.reaches[*reach].covers[*cover]))
            }
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
                    contradictions(from).is_empty()
                        && homeless(from).is_empty()
                        && exists(&from.compile().problem, each)
                })
            }
        };
        if possible {
            at_fault.push(format!("{name}: without this alone a plan exists"));
        }
    }
    if at_fault.is_empty() && !names.is_empty() {
        at_fault.push(format!(
            "these leave no arrangement together, and none of them alone is to blame: {}",
            names.join("; ")
        ));
    }
    at_fault.extend(nearest_miss(from, problem, time));
    at_fault
}

/// What the arrangement that breaks least would break: zones and rules, or occupiers without room.
fn nearest_miss(from: &Sources<'_>, problem: &Problem, time: Duration) -> Vec<String> {
    let time = time.clamp(Duration::from_secs(1), Duration::from_secs(10));
    let Ok(miss) = explain_infeasible(problem, &Elastic::default(), time, &()) else {
        return Vec::new();
    };
    let movable: Vec<OccupierIx> = from
        .place
        .occupiers()
        .map(|(at, _)| at)
        .filter(|at| from.in_play.is_movable(*at))
        .collect();
    let rule = |reach: usize, cover: usize| {
        rule_in_words(from, cover_name(&problem.reaches[reach].covers[cover]))
    };
    let mut zones: BTreeMap<(usize, usize), Vec<String>> = BTreeMap::new();
    let mut homeless = Vec::new();
    let mut broken = Vec::new();
    for violation in &miss.broken {
        match violation.limit {
            Broken::Each(reach, cover, target) => {
                let name = problem.reaches[reach].targets.get(target);
                let short = zones.entry((reach, cover)).or_default();
                short.push(name.cloned().unwrap_or_default());
            }
            Broken::Share(reach, cover) => broken.push(format!(
                "{} is short by {:.0} people",
                rule(reach, cover),
                violation.by / 1000.0
            )),
            Broken::Mean(reach, cover) => {
                broken.push(format!("the mean of {} is too high", rule(reach, cover)));
            }
            Broken::Item(item) => homeless.push(movable.get(item).map_or_else(
                || problem.items[item].name.clone(),
                |at| called(from.place, *at),
            )),
            _ => broken.push(violation.words(problem)),
        }
    }
    for ((reach, cover), names) in zones {
        broken.push(format!(
            "{} leaves {} too far away",
            rule(reach, cover),
            listed("zone", &names)
        ));
    }
    if !homeless.is_empty() {
        broken.push(format!(
            "there is no room for {}",
            listed("occupier", &homeless)
        ));
    }
    let words = |broken: String| format!("in the arrangement nearest to a plan, {broken}");
    broken.into_iter().map(words).collect()
}

/// Whether a problem has any solution, as far as a short search tells.
fn exists(problem: &Problem, time: Duration) -> bool {
    let ask = Ask {
        gap: 1.0e9,
        time: time.max(Duration::from_secs(1)),
        seed: 1,
        least_travel_within: None,
    };
    solve(problem, &ask, &()).is_ok()
}

fn cover_name(cover: &Cover) -> &str {
    match cover {
        Cover::Each { name, .. } | Cover::Share { name, .. } | Cover::Mean { name, .. } => name,
    }
}

fn is_hard(cover: &Cover) -> bool {
    match cover {
        Cover::Each { .. } => true,
        Cover::Share { price, .. } | Cover::Mean { price, .. } => price.is_none(),
    }
}

/// Rules first, then decisions, as many as there is time for.
fn suspects(from: &Sources<'_>, problem: &Problem) -> Vec<Suspect> {
    let place = from.place;
    let mut suspects = Vec::new();
    for (at, reach) in problem.reaches.iter().enumerate() {
        let hard = reach.covers.iter().enumerate().filter(|(_, c)| is_hard(c));
        suspects.extend(hard.map(|(cover, _)| Suspect::Cover(at, cover)));
    }
    let without = |record: Record| {
        let mut without = place.clone();
        let gone = place.decisions_on(record);
        without
            .decisions
            .retain(|decision| !gone.contains(&decision));
        without
    };
    for (at, building) in place.buildings() {
        let closed = from.in_play.standing[at.index()] == Standing::Closed;
        if closed && !from.in_play.inside[at.index()].is_empty() && suspects.len() < SUSPECTS {
            let mut without = without(Record::Building(at));
            without.buildings[at.index()].lock = Lock::Keep;
            let name = format!(
                "{} is to be let go ({})",
                named(building),
                why_closed(place, at)
            );
            suspects.push(Suspect::Decision(name, Box::new(without)));
        }
    }
    for (at, _) in place.occupiers() {
        let Some(to) = place.placing(at).filter(|_| suspects.len() < SUSPECTS) else {
            continue;
        };
        let record = Record::Occupier(at);
        let name = format!(
            "{} is to be at {} ({})",
            called(place, at),
            named(place.building(to)),
            whose(&place.decisions_on(record))
        );
        suspects.push(Suspect::Decision(name, Box::new(without(record))));
    }
    suspects.truncate(SUSPECTS);
    suspects
}
