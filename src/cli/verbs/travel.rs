//! `travel PLACE --out DIR`: load, read the roads, follow every journey, publish.

use super::finish::refused;
use super::open::open;
use crate::cli::travel_args::{TravelModeArg, TravelVerb};
use crate::cli::{Failure, out, say};
use crate::load::{LoadOptions, Loaded, feed_row_left_out, of_feed_note};
use crate::place::words::{count, counted};
use crate::place::{
    BuildingIx, Distance, Finding, Location, Place, Rejected, RoadMode, RowRef, Severity, Unit,
    ZoneIx,
};
use crate::publish::{
    TravelledEdition, TravelledMode, TravelledTransit, may_publish_travelled, publish_travelled,
};
use crate::travel::roads::{NO_END, Needed, RoadSettings, Roads};
use crate::travel::transit::{FeedNote, Transit, TransitFault};
use crate::travel::{Matrix, Origin};
use std::collections::BTreeSet;
use std::fmt::Write;

pub(super) fn run(typed: &TravelVerb) -> Result<(), Failure> {
    may_publish_travelled(&typed.out).map_err(refused)?;
    let mut loaded = open(&typed.place, LoadOptions::default())?;
    loaded.attribute_travel();
    let place = &loaded.place;
    let settings = loaded.roads.as_ref().ok_or_else(|| Failure::Usage {
        cause: format!("{} names no roads", place.name),
        hint: "add [travel.roads] with extract = \"….osm.pbf\" to place.toml".to_owned(),
    })?;
    let settings = RoadSettings {
        modes: modes(&typed.mode, settings)?,
        ..settings.clone()
    };
    let roads = Roads::read(&settings).map_err(|fault| Failure::Input {
        findings: vec![
            Finding::new(
                "roads-not-read",
                Severity::Error,
                RowRef::file(&fault.path().to_string_lossy()),
            )
            .cause(fault.to_string())
            .action(fault.action()),
        ],
        hint: fault.action().to_owned(),
    })?;
    let travelled: Vec<TravelledMode> = settings
        .modes
        .iter()
        .filter_map(|mode| travelled(typed, &roads, place, *mode))
        .collect();
    let mut noticed = (loaded.findings.clone(), loaded.rejected.clone());
    let transit = by_timetable(typed, &loaded, &settings, &mut noticed)?;
    let edition = TravelledEdition {
        place,
        settings: &settings,
        modes: &travelled,
        transit: transit.as_ref(),
        within: typed.minutes,
        findings: &noticed.0,
        rejected: &noticed.1,
        excel: typed.excel,
    };
    publish_travelled(&typed.out, &edition).map_err(refused)?;
    out::data(&on_screen(place, &travelled, transit.as_ref()))?;
    out::talk(&format!(
        "hint: written to {}; about.txt says how these times come about",
        typed.out.display()
    ));
    Ok(())
}

/// The modes that were asked for: those of the place unless named.
fn modes(named: &[TravelModeArg], settings: &RoadSettings) -> Result<Vec<RoadMode>, Failure> {
    let mut modes = Vec::new();
    for mode in named.iter().filter_map(|arg| arg.road()) {
        if !settings.modes.contains(&mode) {
            return Err(Failure::Usage {
                cause: format!("the place does not {} along roads", mode.name()),
                hint: format!("add \"{}\" to modes of [travel.roads]", mode.name()),
            });
        }
        if !modes.contains(&mode) {
            modes.push(mode);
        }
    }
    Ok(match named.is_empty() {
        true => settings.modes.clone(),
        false => modes,
    })
}

fn travelled(
    typed: &TravelVerb,
    roads: &Roads,
    place: &Place,
    mode: RoadMode,
) -> Option<TravelledMode> {
    let within = typed
        .minutes
        .map_or(NO_END, |most| Distance::from_user(most, Unit::Minutes));
    let minutes = pairs(roads, place, Needed::all(mode, Unit::Minutes, within))?;
    let timely: BTreeSet<_> = minutes.iter().map(|(from, to, _)| (*from, *to)).collect();
    let mut metres = pairs(roads, place, Needed::all(mode, Unit::Km, NO_END))?;
    metres.retain(|(from, to, _)| timely.contains(&(*from, *to)));
    Some(TravelledMode {
        landings: roads.landings(place, mode)?,
        minutes,
        metres,
        isochrones: roads.isochrones(mode, &sites(place), &bands(typed)),
        lines: roads.lines(mode),
    })
}

/// Minutes of the isochrones.
fn bands(typed: &TravelVerb) -> Vec<f64> {
    let bands = typed.bands.iter().copied();
    bands.filter(|one| *one > 0.0).collect()
}

fn sites(place: &Place) -> Vec<Option<Location>> {
    place.buildings.iter().map(|one| one.location).collect()
}

fn pairs(
    roads: &Roads,
    place: &Place,
    needed: Needed,
) -> Option<Vec<(ZoneIx, BuildingIx, Distance)>> {
    Some(from_zones(&roads.journeys(place, &needed)?))
}

/// Travel by timetable, where the place has one and it is asked for.
fn by_timetable(
    typed: &TravelVerb,
    loaded: &Loaded,
    roads: &RoadSettings,
    noticed: &mut (Vec<Finding>, Vec<Rejected>),
) -> Result<Option<TravelledTransit>, Failure> {
    let named = typed.mode.contains(&TravelModeArg::Transit);
    let settings = match &loaded.transit {
        Some(settings) if named || typed.mode.is_empty() => settings,
        None if named => {
            return Err(Failure::Usage {
                cause: format!("{} names no timetables", loaded.place.name),
                hint: "add [travel.transit] with feeds, date and window to place.toml".to_owned(),
            });
        }
        _ => return Ok(None),
    };
    let (transit, notes) =
        Transit::read(settings, roads).map_err(|fault| unread_timetable(&fault))?;
    noted(&notes, noticed);
    let place = &loaded.place;
    Ok(Some(TravelledTransit {
        terms: settings.terms.clone(),
        landings: transit.landings(place),
        minutes: from_zones(&transit.within(place, typed.minutes)),
        isochrones: transit.isochrones(&sites(place), &bands(typed)),
        lines: transit.lines(),
    }))
}

/// A feed, or the roads beside it, that cannot be used.
fn unread_timetable(fault: &TransitFault) -> Failure {
    let (code, path, action) = match fault {
        TransitFault::Roads(fault) => ("roads-not-read", fault.path(), fault.action()),
        TransitFault::Feed(fault) => ("transit-not-read", fault.path(), fault.action()),
    };
    Failure::Input {
        findings: vec![
            Finding::new(code, Severity::Error, RowRef::file(&path.to_string_lossy()))
                .cause(fault.to_string())
                .action(action),
        ],
        hint: action.to_owned(),
    }
}

/// Says what there is to say of the feeds and was not found when the place was loaded.
fn noted(notes: &[FeedNote], (findings, rejected): &mut (Vec<Finding>, Vec<Rejected>)) {
    for note in notes {
        let finding = of_feed_note(note);
        if !findings.contains(&finding) {
            out::talk(say::one(&finding).trim_end());
            findings.push(finding);
            rejected.extend(feed_row_left_out(note));
        }
    }
}

fn from_zones(matrix: &Matrix) -> Vec<(ZoneIx, BuildingIx, Distance)> {
    let from_zone = |(from, to, far)| match from {
        Origin::Zone(zone) => Some((zone, to, far)),
        Origin::Building(_) => None,
    };
    matrix.pairs().filter_map(from_zone).collect()
}

fn on_screen(
    place: &Place,
    travelled: &[TravelledMode],
    transit: Option<&TravelledTransit>,
) -> String {
    let how = match transit {
        Some(_) if travelled.is_empty() => "by timetable",
        Some(_) => "by road and by timetable",
        None => "by road",
    };
    let mut text = format!("{}: travel {how}\n", place.name);
    let nowhere = place.buildings.iter().filter(|one| one.location.is_none());
    match nowhere.count() {
        0 => {}
        some => {
            let _ = writeln!(
                text,
                "  without a location, and so in none of this: {}; quality.csv names them",
                count(some, "building")
            );
        }
    }
    for mode in travelled {
        let of = &mode.landings;
        let reaching: BTreeSet<_> = mode.minutes.iter().map(|(zone, ..)| *zone).collect();
        let away = of.zones.iter().chain(&of.buildings).flatten();
        let furthest = away.map(|one| one.away.get()).fold(0.0, f64::max);
        let _ = writeln!(
            text,
            "  {:<6} {}, {} of {} reach a building; {:.0} km of road in {}; furthest from a road {furthest:.0} m",
            of.mode.name(),
            count(mode.minutes.len(), "journey"),
            reaching.len(),
            count(place.zones.len(), "zone"),
            of.km,
            counted(of.parts, "part", "parts"),
        );
    }
    if let Some(transit) = transit {
        let reaching: BTreeSet<_> = transit.minutes.iter().map(|(zone, ..)| *zone).collect();
        let _ = writeln!(
            text,
            "  {:<6} {}, {} of {} reach a building, by the timetable of {}",
            "transit",
            count(transit.minutes.len(), "journey"),
            reaching.len(),
            count(place.zones.len(), "zone"),
            transit.terms.date,
        );
    }
    text
}
