//! What is at fault where no plan can be, as far as it shows before anything is solved.

pub(crate) use super::blame::reasons;
pub(crate) use super::decided::{whose, why_closed};

use super::compile::Sources;
use super::in_play::{InPlay, Standing, named};
use super::limits::mean::CUT_OFF;
use crate::access::rules::Limit;
use crate::access::{Arrangement, Verdict, assess};
use crate::place::words::counted;
use crate::place::{
    AccessRule, BuildingIx, OccupierIx, Place, Record, RuleKind, ServiceIx, ZoneIx,
};
use crate::siting::{Cover, Problem, Reach};
use std::collections::BTreeSet;

/// How many zones, buildings or occupiers one sentence names.
const NAMED: usize = 8;

/// How many sentences of one kind are written out.
const SENTENCES: usize = 8;

/// Locks and decisions that contradict each other or the rest; nothing is solved for them.
pub(crate) fn contradictions(from: &Sources<'_>) -> Vec<String> {
    let place = from.place;
    let mut reasons = Vec::new();
    for (at, building) in place.buildings() {
        if from.in_play.standing[at.index()] != Standing::Closed {
            continue;
        }
        let mut inside = from.in_play.inside[at.index()].iter().copied();
        let Some(stuck) = inside.find(|occupier| !from.in_play.is_movable(*occupier)) else {
            continue;
        };
        reasons.push(format!(
            "{} is to be let go ({}), but it holds {}, which cannot move: {}",
            named(building),
            why_closed(place, at),
            called(place, stuck),
            held(from.in_play, stuck),
        ));
    }
    for (at, occupier) in place.occupiers() {
        let Some(to) = place.placing(at).filter(|to| *to != occupier.building) else {
            continue;
        };
        if !from.in_play.is_movable(at) {
            reasons.push(format!(
                "{} is to go to {} ({}), but it cannot move: {}",
                called(place, at),
                named(place.building(to)),
                whose(&place.decisions_on(Record::Occupier(at))),
                held(from.in_play, at)
            ));
        }
    }
    reasons.extend(from.parts_that_stay());
    cut(reasons, "more of the kind")
}

/// Movable occupiers without any building to be in.
pub(crate) fn homeless(from: &Sources<'_>) -> Vec<String> {
    let place = from.place;
    let mut has_one = vec![false; place.occupiers.len()];
    for placement in &from.placements.list {
        has_one[placement.occupier.index()] = true;
    }
    let homeless: Vec<OccupierIx> = place
        .occupiers()
        .map(|(at, _)| at)
        .filter(|at| from.in_play.is_movable(*at) && !has_one[at.index()])
        .collect();
    let standing = &from.in_play.standing;
    let closed = standing.iter().filter(|s| **s == Standing::Closed).count();
    let in_play = place
        .buildings()
        .filter(|(at, _)| from.in_play.is_in_play(*at));
    if closed > 1 && closed == in_play.count() {
        let who: Vec<String> = homeless.iter().map(|at| called(place, *at)).collect();
        return vec![format!(
            "all {closed} buildings in play are to be let go, so those in them have nowhere to \
             go: {}",
            listed("occupier", &who)
        )];
    }
    let reasons = homeless.iter().map(|at| nowhere(from, *at)).collect();
    cut(reasons, "more have nowhere to go")
}

/// Why one occupier has nowhere to go.
fn nowhere(from: &Sources<'_>, at: OccupierIx) -> String {
    let place = from.place;
    let refusals = &from.placements.refused[at.index()];
    let refused: Vec<String> = refusals
        .iter()
        .take(3)
        .map(|refusal| {
            let building = named(place.building(refusal.building));
            format!("of {building}, {}", refusal.reason)
        })
        .collect();
    let others = match refused.is_empty() {
        true => "no other building is near enough to look at".to_owned(),
        false => format!("no other building can take it: {}", refused.join("; ")),
    };
    let home = place.occupier(at).building;
    let who = called(place, at);
    if let Some(to) = place.placing(at) {
        let (decided, to) = (
            whose(&place.decisions_on(Record::Occupier(at))),
            named(place.building(to)),
        );
        let refusal = refusals.first().map(|refusal| refusal.reason.as_str());
        let why = refusal.unwrap_or("it is to be let go");
        return format!("{who} is to be at {to} ({decided}), but cannot be there: {why}");
    }
    match from.in_play.standing[home.index()] {
        Standing::Closed => format!(
            "{who} has nowhere to go: {} is to be let go ({}), and {others}",
            named(place.building(home)),
            why_closed(place, home)
        ),
        _ => format!("{who} has nowhere to go: {others}"),
    }
}

/// Hard rules that no arrangement can keep, with the zones that nobody can reach.
pub(crate) fn out_of_reach(from: &Sources<'_>, problem: &Problem) -> Vec<String> {
    let mut reasons = Vec::new();
    for reach in &problem.reaches {
        for cover in &reach.covers {
            reasons.extend(beyond(from, reach, cover).map(|why| why + &let_go(from, cover.name())));
        }
    }
    reasons.extend(unchangeable(from));
    reasons
}

/// Why one cover cannot be met whatever is chosen; `None` where it may be.
fn beyond(from: &Sources<'_>, reach: &Reach, cover: &Cover) -> Option<String> {
    let shortest = |target: usize| {
        let (start, end) = (*reach.starts.get(target)?, *reach.starts.get(target + 1)?);
        (start..end)
            .filter(|at| {
                let host = &reach.hosts[reach.host[*at] as usize];
                host.always || !host.placements.is_empty()
            })
            .map(|at| reach.distance[at])
            .min()
    };
    let within = |target: usize, limit: u32| shortest(target).is_some_and(|far| far <= limit);
    let name = |target: &usize| reach.targets[*target].clone();
    match cover {
        Cover::Each {
            name: rule,
            targets,
            limits,
        } => {
            let short: Vec<usize> = targets
                .iter()
                .zip(limits)
                .filter(|(target, limit)| !within(**target as usize, **limit))
                .map(|(target, _)| *target as usize)
                .collect();
            let zones: Vec<String> = short.iter().map(name).collect();
            (!short.is_empty()).then(|| {
                let zones = with_nearest(from, rule, &zones);
                format!(
                    "{} cannot be kept: no building where the service is or could go lies near \
                     enough to {}",
                    rule_in_words(from, rule),
                    listed("zone", &zones)
                )
            })
        }
        Cover::Share {
            name: rule,
            limit,
            weights,
            need,
            price: None,
        } => {
            let weighty = (0..weights.len()).filter(|target| weights[*target] > 0);
            let out: Vec<usize> = weighty.filter(|target| !within(*target, *limit)).collect();
            let lost: u64 = out.iter().map(|target| weights[*target]).sum();
            let total: u64 = weights.iter().sum();
            let zones: Vec<String> = out.iter().map(name).collect();
            let counts_hosts = rule_named(from.place, rule)
                .is_some_and(|rule| matches!(rule.kind, RuleKind::MinimumHosts { .. }));
            if counts_hosts {
                return (total - lost < *need).then(|| {
                    format!(
                        "{} cannot be kept: {} could have a counter that counts",
                        rule_in_words(from, rule),
                        counted(((total - lost) / 1000) as usize, "building", "buildings")
                    )
                });
            }
            (total - lost < *need).then(|| {
                // Rounded down: as much as is printed can be had.
                let tenths = u128::from(total - lost) * 1000 / u128::from(total.max(1));
                format!(
                    "{} cannot be kept: even with the service wherever it could be, {:.1} % are \
                     within the distance; beyond it in any case: {}",
                    rule_in_words(from, rule),
                    tenths as f64 / 10.0,
                    listed("zone", &with_nearest(from, rule, &zones))
                )
            })
        }
        Cover::Mean {
            name: rule,
            weights,
            most,
            price: None,
        } => {
            let weighty = (0..weights.len()).filter(|target| weights[*target] > 0);
            let least: Option<u64> = weighty
                .map(|target| Some(weights[target].saturating_mul(u64::from(shortest(target)?))))
                .sum();
            let total: u64 = weights.iter().sum();
            least.filter(|least| least > most).map(|least| {
                let steps = rule_named(from.place, rule).map(|rule| rule.measure.unit);
                let mean = |sum: u64| {
                    let steps = steps.map_or(1.0, crate::place::Unit::steps);
                    sum as f64 / total.max(1) as f64 / steps
                };
                let unit = steps.map_or("", crate::place::Unit::symbol);
                format!(
                    "{} cannot be kept: even with the service wherever it could be, the mean is \
                     {:.2} {unit}, and {:.2} {unit} is asked",
                    rule_in_words(from, rule),
                    mean(least),
                    mean(*most)
                )
            })
        }
        Cover::Share { .. } | Cover::Mean { .. } => None,
    }
}

/// Which counters of a rule's service are in buildings that are to be let go, and by whose word; nothing where none is.
fn let_go(from: &Sources<'_>, rule: &str) -> String {
    let place = from.place;
    let Some(rule) = rule_named(place, rule) else {
        return String::new();
    };
    let has_counter = |at: BuildingIx| {
        let mut inside = from.in_play.inside[at.index()].iter();
        inside.any(|occupier| place.occupier(*occupier).service == rule.service)
    };
    let closed: Vec<String> = place
        .buildings()
        .filter(|(at, _)| from.in_play.standing[at.index()] == Standing::Closed && has_counter(*at))
        .map(|(at, building)| format!("{} ({})", named(building), why_closed(place, at)))
        .collect();
    match closed.is_empty() {
        true => String::new(),
        false => format!(
            "; of those who give it today these are to be let go: {}",
            listed("building", &closed)
        ),
    }
}

/// Zones with how far the nearest building is where the service is or could go.
fn with_nearest(from: &Sources<'_>, rule: &str, zones: &[String]) -> Vec<String> {
    let place = from.place;
    let Some(rule) = rule_named(place, rule) else {
        return zones.to_vec();
    };
    let hosts = from.travel.hosts(place, &possible(from, rule.service));
    let position: std::collections::BTreeMap<&str, ZoneIx> = place
        .zones()
        .map(|(at, zone)| (zone.id.as_str(), at))
        .collect();
    let unit = rule.measure.unit;
    let one = |zone: &String| {
        let at = position.get(zone.as_str())?;
        let (far, building) = from
            .travel
            .nearest_host(place, &rule.measure, &hosts, *at)?;
        let building = named(place.building(building));
        let far = far.to_user(unit);
        Some(format!(
            "{zone} (nearest: {building}, {far} {})",
            unit.symbol()
        ))
    };
    let shown = zones.iter().take(NAMED);
    let mut shown: Vec<String> = shown
        .map(|zone| one(zone).unwrap_or_else(|| format!("{zone} (nothing can be reached)")))
        .collect();
    shown.extend(zones.iter().skip(NAMED).cloned());
    shown
}

/// Buildings where a service is for good, or could be.
fn possible(from: &Sources<'_>, service: ServiceIx) -> Vec<BuildingIx> {
    let place = from.place;
    let placed = from.placements.list.iter();
    let mut hosts: BTreeSet<BuildingIx> = placed
        .filter(|p| place.occupier(p.occupier).service == service)
        .map(|p| p.building)
        .collect();
    let all = place.occupiers();
    let held = all.filter(|(at, o)| o.service == service && !from.in_play.is_movable(*at));
    hosts.extend(held.map(|(_, occupier)| occupier.building));
    let offered = from.placements.offers_of(place, service);
    hosts.extend(offered.map(|(_, offer)| offer.building));
    hosts.into_iter().collect()
}

/// Hard rules of services of which nobody can move, failed by today.
fn unchangeable(from: &Sources<'_>) -> Vec<String> {
    let place = from.place;
    let strict = place.rules.iter().any(|rule| rule.hard);
    if !strict {
        return Vec::new();
    }
    let mut moves = vec![false; place.services.len()];
    for placement in &from.placements.list {
        moves[place.occupier(placement.occupier).service.index()] = true;
    }
    for offer in &from.placements.offers {
        moves[place.point(offer.point).service.index()] = true;
    }
    let verdicts = assess(place, from.travel, from.today, &Arrangement::today(place));
    place
        .rules
        .iter()
        .zip(verdicts)
        .filter(|(rule, verdict)| verdict.verdict == Verdict::Fail && !moves[rule.service.index()])
        .map(|(rule, verdict)| {
            // A number of counters in the whole place is short in no area of its own.
            let ids = verdict.worst.iter().map(|one| one.id.clone());
            let short: Vec<String> = ids.filter(|id| !id.is_empty()).collect();
            let whom = match (short.is_empty(), &rule.kind) {
                (true, _) => String::new(),
                (_, RuleKind::MinimumHosts { .. } | RuleKind::FloorPerArea { .. }) => {
                    format!("; too few in {}", listed("area", &short))
                }
                (_, RuleKind::Capacity { .. }) => {
                    format!("; too full: {}", listed("building", &short))
                }
                (_, RuleKind::NoGroupWorse { .. }) => format!("; of {}", listed("group", &short)),
                _ => format!("; beyond it: {}", listed("zone", &short)),
            };
            format!(
                "{} fails today and nobody of {} can move{whom}",
                rule_in_words(from, rule.id.as_str()),
                place.service(rule.service).name,
            )
        })
        .collect()
}

/// The rule with this id; a cover of a rule may add words in brackets.
pub(crate) fn rule_named<'a>(place: &'a Place, name: &str) -> Option<&'a AccessRule> {
    let id = name.split(" (").next().unwrap_or(name);
    place.rules.iter().find(|rule| rule.id.as_str() == id)
}

/// A rule as sentences name it: its id, its limit in words, and whether it is strict.
pub(crate) fn rule_in_words(from: &Sources<'_>, name: &str) -> String {
    let place = from.place;
    let Some(rule) = rule_named(place, name) else {
        return format!("rule {name}");
    };
    let position = place.rules.iter().position(|other| other.id == rule.id);
    let limit: Option<&Limit> = position.and_then(|at| from.today.limits.get(at));
    let words = limit.map_or(String::new(), |limit| limit.in_words(rule));
    let strict = if rule.strict { ", strict" } else { "" };
    // What a cover's name has in brackets: the group or area, `nobody cut off`.
    let parts = name.strip_prefix(rule.id.as_str()).unwrap_or_default();
    let parts = parts.trim();
    let within = |text: &str| text.strip_prefix('(')?.strip_suffix(')').map(str::to_owned);
    let parts = match parts.strip_suffix(CUT_OFF).map(str::trim) {
        Some("") => within(CUT_OFF),
        Some(area) => within(area).map(|area| format!("{area}, nobody cut off")),
        None => within(parts),
    };
    let parts = parts.unwrap_or_default();
    let part = match parts.is_empty() {
        true => String::new(),
        false => format!(": {parts}"),
    };
    format!("rule {} ({words}{strict}{part})", rule.id)
}

/// An occupier's name and id, as sentences name it.
pub(crate) fn called(place: &Place, at: OccupierIx) -> String {
    let occupier = place.occupier(at);
    if occupier.name.is_empty() || occupier.name == occupier.id.as_str() {
        occupier.id.to_string()
    } else {
        format!("{} ({})", occupier.name, occupier.id)
    }
}

fn held(in_play: &InPlay, at: OccupierIx) -> &str {
    in_play.held[at.index()].as_deref().unwrap_or_default()
}

/// A list of names with its kind, cut short.
pub(crate) fn listed(kind: &str, names: &[String]) -> String {
    let shown = names[..names.len().min(NAMED)].join(", ");
    let plural = if names.len() == 1 { "" } else { "s" };
    match names.len().saturating_sub(NAMED) {
        0 => format!("{kind}{plural} {shown}"),
        more => format!("{kind}{plural} {shown} and {more} more"),
    }
}

/// The first sentences, and how many more there are.
fn cut(mut reasons: Vec<String>, more: &str) -> Vec<String> {
    let left = reasons.len().saturating_sub(SENTENCES);
    if left > 1 {
        reasons.truncate(SENTENCES);
        reasons.push(format!("… and {left} {more}"));
    }
    reasons
}
