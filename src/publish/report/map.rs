//! The map of the page as data: shapes on a sheet of whole numbers, classes of access, and what is said
//! of each building.

use super::super::edition::Issue;
use super::super::error::PublishError;
use super::super::maps::{Ground, Levels, distance_breaks};
use super::beside::Beside;
use super::building::{Lines, Told, Who, ledger, told};
use super::words::{action, group};
use crate::access::ZoneAccess;
use crate::plan::Action;
use serde::Serialize;
use std::collections::HashMap;

/// Everything the map is drawn from.
#[derive(Debug, Serialize)]
pub(super) struct Map<'a> {
    width: f64,
    height: f64,
    /// Units of the sheet for each kilometre.
    km: f64,
    edge: String,
    agencies: Vec<(&'a str, &'a str)>,
    groups: Vec<String>,
    services: Vec<Layer>,
    zones: Vec<Zone>,
    buildings: Vec<Building<'a>>,
    moves: Vec<Move>,
}

/// Access to one service.
#[derive(Debug, Serialize)]
struct Layer {
    name: String,
    /// Words of each class of change, nearest first; one that nobody is in is left out by the page.
    classes: Vec<String>,
    /// The class of each zone.
    of: Vec<usize>,
    /// Whether the classes are of distance, because nobody's changes.
    unchanged: bool,
    /// Ends of the classes of distance, km.
    breaks: [f64; 3],
    today: Vec<Option<f64>>,
    after: Vec<Option<f64>>,
    /// Zones without anybody who needs it.
    nobody: Vec<usize>,
    /// People in each class, everybody first, then each group: of the change, today, after.
    people: Vec<[Vec<String>; 3]>,
}

#[derive(Debug, Serialize)]
struct Zone {
    name: String,
    people: String,
    /// Its outline; empty where it is not known.
    d: String,
    x: f64,
    y: f64,
}

#[derive(Debug, Serialize)]
struct Building<'a> {
    id: &'a str,
    name: &'a str,
    agency: usize,
    action: &'static str,
    words: &'static str,
    at: Option<(f64, f64)>,
    told: Told,
}

#[derive(Debug, Serialize)]
struct Move {
    from: usize,
    to: usize,
    name: String,
    agency: usize,
    km: String,
}

/// Draws up the map of an issue.
pub(super) fn map<'a>(issue: &Issue<'a>, beside: &Beside) -> Map<'a> {
    let place = issue.place();
    let ground = Ground::of(place);
    let names = place.group_names();
    let (who, lines) = (Who::of(issue), ledger(issue));
    let buildings = buildings(issue, &ground, &who, &lines, beside);
    Map {
        width: ground.width(),
        height: ground.height(),
        km: ground.units_of_a_km(),
        edge: ground.edge(place),
        agencies: place
            .agencies
            .iter()
            .map(|one| (one.id.as_str(), one.name.as_str()))
            .collect(),
        groups: names.iter().map(|name| group(name)).collect(),
        services: issue
            .access
            .iter()
            .map(|one| layer(issue, one, &names))
            .collect(),
        zones: place
            .zones
            .iter()
            .map(|zone| {
                let (x, y) = ground.at(zone.point);
                Zone {
                    name: zone.name.clone(),
                    people: issue.edition.audience.count(zone.population.get()),
                    d: ground.outline(zone),
                    x,
                    y,
                }
            })
            .collect(),
        moves: moves(issue, &buildings),
        buildings,
    }
}

fn buildings<'a>(
    issue: &Issue<'a>,
    ground: &Ground,
    who: &Who<'_>,
    lines: &Lines<'_>,
    beside: &Beside,
) -> Vec<Building<'a>> {
    let each = issue.buildings().map(|(at, building)| {
        let becomes = issue.planned(at).map_or(Action::Outside, |one| one.action);
        Building {
            id: building.id.as_str(),
            name: &building.name,
            agency: building.agency.index(),
            action: becomes.name(),
            words: action(becomes),
            at: building.location.and_then(|at| ground.inside(at)),
            told: told(issue, at, building, who, lines, beside),
        }
    });
    each.collect()
}

fn moves(issue: &Issue<'_>, buildings: &[Building<'_>]) -> Vec<Move> {
    let places: HashMap<&str, usize> = buildings
        .iter()
        .enumerate()
        .map(|(at, one)| (one.id, at))
        .collect();
    let each = issue.moves().filter_map(|(planned, occupier)| {
        Some(Move {
            from: *places.get(planned.from_id.as_str())?,
            to: *places.get(planned.to_id.as_str())?,
            name: occupier.name.clone(),
            agency: occupier.agency.index(),
            km: format!("{:.2}", planned.km),
        })
    });
    each.collect()
}

/// Two decimals of a km are ten metres: what a map shows.
fn km(distance: Option<f64>) -> Option<f64> {
    distance.map(|km| (km * 100.0).round() / 100.0)
}

fn layer(
    issue: &Issue<'_>,
    service: &super::super::access_change::ServiceChange,
    groups: &[&str],
) -> Layer {
    let place = issue.place();
    let levels = Levels::of(issue, service);
    let breaks = distance_breaks(issue, service);
    let needs: Vec<f64> = place
        .zones
        .iter()
        .map(|zone| {
            zone.demand
                .get(service.service.index())
                .map_or(0.0, |people| people.get())
        })
        .collect();
    let by_distance = |of: fn(&ZoneAccess) -> Option<f64>| -> Vec<usize> {
        let each = service.zones.iter();
        each.map(|zone| of(zone).map_or(4, |km| breaks.iter().filter(|end| km > **end).count()))
            .collect()
    };
    let today = by_distance(|zone| zone.today);
    let after = by_distance(|zone| zone.after);
    let counted = |classes: &[usize], many: usize, share: &dyn Fn(usize) -> f64| -> Vec<String> {
        let mut people = vec![0.0; many];
        for (zone, class) in classes.iter().enumerate() {
            people[*class] += needs[zone] * share(zone);
        }
        let audience = &issue.edition.audience;
        people
            .into_iter()
            .map(|people| audience.count(people))
            .collect()
    };
    let three = |share: &dyn Fn(usize) -> f64| {
        [
            counted(&levels.of, levels.words.len(), share),
            counted(&today, 5, share),
            counted(&after, 5, share),
        ]
    };
    let mut people = vec![three(&|_| 1.0)];
    for name in groups {
        people.push(three(&|zone| {
            place.zones[zone].groups.get(*name).copied().unwrap_or(0.0)
        }));
    }
    Layer {
        name: place.service(service.service).name.clone(),
        classes: levels.words,
        of: levels.of,
        unchanged: levels.unchanged,
        breaks,
        today: service.zones.iter().map(|zone| km(zone.today)).collect(),
        after: service.zones.iter().map(|zone| km(zone.after)).collect(),
        nobody: needs
            .iter()
            .enumerate()
            .filter(|(_, people)| **people <= 0.0)
            .map(|(zone, _)| zone)
            .collect(),
        people,
    }
}

/// The map as the text of its block of data.
pub(super) fn json(map: &Map<'_>) -> Result<String, PublishError> {
    let text =
        serde_json::to_string(map).map_err(|fault| PublishError::page("report.html", fault))?;
    Ok(super::policy::in_a_script(&text))
}
