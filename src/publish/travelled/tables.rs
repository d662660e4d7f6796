//! The tables of travel by road.

use super::super::cell::Cell;
use super::super::csv_file::CsvFile;
use super::super::error::PublishError;
use super::super::exporter::Page;
use super::{TravelledEdition, TravelledMode};
use crate::place::{Location, Unit};
use crate::travel::roads::Landing;
use std::collections::{BTreeMap, BTreeSet};

/// The matrix of a mode in the long form that `[[travel.matrix]]` reads.
pub(super) fn matrix(
    edition: &TravelledEdition<'_>,
    mode: &TravelledMode,
) -> Result<Page, PublishError> {
    let name = format!("{}.csv", mode.landings.mode.name());
    let header = ["from_id", "to_id", "minutes", "km"];
    let mut file = CsvFile::new(&name, &header, edition.excel)?;
    let metres: BTreeMap<_, _> = mode
        .metres
        .iter()
        .map(|(zone, building, far)| ((*zone, *building), far.to_user(Unit::Km)))
        .collect();
    for (zone, building, far) in &mode.minutes {
        file.row(&[
            Cell::key(edition.place.zone(*zone).id.as_str()),
            Cell::key(edition.place.building(*building).id.as_str()),
            Cell::Number(far.to_user(Unit::Minutes), 1),
            Cell::km(metres.get(&(*zone, *building)).copied()),
        ])?;
    }
    Ok(Page::new(name, file.finish()?))
}

/// Where zones and buildings are, and where they meet the roads.
pub(super) fn landings(edition: &TravelledEdition<'_>) -> Result<Page, PublishError> {
    let name = "landings.csv";
    let header = [
        "mode", "kind", "id", "name", "lon", "lat", "away_m", "road_lon", "road_lat", "mainland",
    ];
    let mut file = CsvFile::new(name, &header, edition.excel)?;
    let place = edition.place;
    for (mode, landings) in edition.landings() {
        let zones = place.zones.iter().zip(&landings.zones);
        let zones = zones.map(|(zone, landing)| {
            let called = (zone.id.as_str(), zone.name.as_str());
            ("zone", called, Some(zone.point), landing)
        });
        let buildings = place.buildings.iter().zip(&landings.buildings);
        let buildings = buildings.map(|(building, landing)| {
            let called = (building.id.as_str(), building.name.as_str());
            ("building", called, building.location, landing)
        });
        for (kind, (id, called), at, landing) in zones.chain(buildings) {
            let of = |of: fn(&Landing) -> Cell| landing.as_ref().map_or(Cell::Null, of);
            let degrees =
                |of: fn(Location) -> f64| at.map_or(Cell::Null, |at| Cell::Number(of(at), 7));
            file.row(&[
                Cell::key(mode),
                Cell::key(kind),
                Cell::key(id),
                Cell::text(called),
                degrees(Location::lon),
                degrees(Location::lat),
                of(|landing| Cell::Number(landing.away.get(), 1)),
                of(|landing| Cell::Number(landing.at.lon(), 7)),
                of(|landing| Cell::Number(landing.at.lat(), 7)),
                of(|landing| Cell::Flag(landing.mainland)),
            ])?;
        }
    }
    Ok(Page::new(name, file.finish()?))
}

/// Zones that reach no building, and why.
pub(super) fn unreachable(edition: &TravelledEdition<'_>) -> Result<Page, PublishError> {
    let name = "unreachable.csv";
    let mut file = CsvFile::new(name, &["mode", "zone_id", "name", "why"], edition.excel)?;
    for mode in edition.modes {
        let reaching: BTreeSet<_> = mode.minutes.iter().map(|(zone, ..)| *zone).collect();
        let zones = edition.place.zones().zip(&mode.landings.zones);
        for ((_, zone), landing) in zones.filter(|((at, _), _)| !reaching.contains(at)) {
            let why = match landing {
                None => "no road near",
                Some(landing) if !landing.mainland => "beside an island of roads with no building",
                Some(_) if edition.within.is_some() => "no building in time",
                Some(_) => "no building along the roads",
            };
            file.row(&[
                Cell::key(mode.landings.mode.name()),
                Cell::key(zone.id.as_str()),
                Cell::text(zone.name.as_str()),
                Cell::text(why),
            ])?;
        }
    }
    if let Some(transit) = edition.transit {
        let reaching: BTreeSet<_> = transit.minutes.iter().map(|(zone, ..)| *zone).collect();
        let zones = edition.place.zones().zip(&transit.landings.zones);
        for ((_, zone), landing) in zones.filter(|((at, _), _)| !reaching.contains(at)) {
            file.row(&[
                Cell::key("transit"),
                Cell::key(zone.id.as_str()),
                Cell::text(zone.name.as_str()),
                Cell::text(match landing {
                    None => "no road near",
                    Some(_) => "no building in time by timetable or on foot",
                }),
            ])?;
        }
    }
    Ok(Page::new(name, file.finish()?))
}
