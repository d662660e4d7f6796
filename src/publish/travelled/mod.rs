//! Travel by road and by timetable as a folder: the matrix, isochrones, who reaches nothing, where everybody meets the
//! road, and a map for each mode and service.

mod by_timetable;
mod tables;

use super::about::FOR_PARTNERS;
use super::audience::Audience;
use super::check::CheckEdition;
use super::draw::png;
use super::error::PublishError;
use super::exporter::Page;
use super::folder;
use super::geojson::collection::{Collection, polygons};
use super::maps::{TravelLayer, travel_map};
use crate::place::{BuildingIx, Distance, Finding, Mode, Place, Rejected, RoadMode, ZoneIx};
use crate::travel::roads::{Isochrone, Landings, RoadSettings};
use rayon::prelude::*;
use serde_json::{Map, Value};
use std::path::Path;

pub use by_timetable::TravelledTransit;

/// Pixels of a PNG for each pixel of the SVG.
const PNG_SCALE: f32 = 1.5;

/// Everything that is known of travel in one mode.
#[derive(Clone, Debug)]
pub struct TravelledMode {
    /// Where everything meets the roads.
    pub landings: Landings,
    /// Quickest journeys, tenths of a minute, by zone and then building.
    pub minutes: Vec<(ZoneIx, BuildingIx, Distance)>,
    /// Shortest journeys, metres, by zone and then building.
    pub metres: Vec<(ZoneIx, BuildingIx, Distance)>,
    /// The ground from which each building can be reached in time; sites are positions of buildings.
    pub isochrones: Vec<Isochrone>,
    /// The roads, as longitude and latitude, for the map.
    pub lines: Vec<Vec<crate::place::Location>>,
}

/// Travel in a place, by the modes that were asked for.
#[derive(Clone, Debug)]
pub struct TravelledEdition<'a> {
    /// The place.
    pub place: &'a Place,
    /// How its roads are travelled.
    pub settings: &'a RoadSettings,
    /// One for each mode along roads.
    pub modes: &'a [TravelledMode],
    /// Travel by timetable, where that was asked for.
    pub transit: Option<&'a TravelledTransit>,
    /// Journeys longer than this were not looked for, minutes.
    pub within: Option<f64>,
    /// What was noticed.
    pub findings: &'a [Finding],
    /// Rows set aside.
    pub rejected: &'a [Rejected],
    /// Whether tables begin with the byte order mark that spreadsheets want.
    pub excel: bool,
}

/// Writes the folder, as safely as [`publish`](super::publish()): `MODE.csv` (the matrix in the long form
/// that `[[travel.matrix]]` reads), `isochrones.geojson`, `unreachable.csv`, `landings.csv`, a map as SVG and PNG
/// for each mode and service with a counter, `quality.csv`, `rejected.csv`, and `about.txt`.
///
/// # Errors
/// [`PublishError::Target`] where the folder is not ours, or holds a plan (exit code 2); else what
/// went wrong.
pub fn publish_travelled(out: &Path, edition: &TravelledEdition<'_>) -> Result<(), PublishError> {
    let target = folder::Target::check(out, folder::Kind::Travelled)?;
    let mut pages = vec![
        tables::landings(edition)?,
        tables::unreachable(edition)?,
        edition.isochrones(),
        edition.about(),
    ];
    for mode in edition.modes {
        pages.push(tables::matrix(edition, mode)?);
    }
    if let Some(transit) = edition.transit {
        pages.push(by_timetable::matrix(edition, transit)?);
    }
    pages.extend(edition.noticed()?);
    pages.extend(edition.maps()?);
    target.write(&pages)
}

/// Whether [`publish_travelled`] may write there: asked before the work rather than after it.
///
/// # Errors
/// As [`publish_travelled`] where the target is not ours.
pub fn may_publish_travelled(out: &Path) -> Result<(), PublishError> {
    folder::Target::check(out, folder::Kind::Travelled).map(|_| ())
}

impl TravelledMode {
    fn layer(&self) -> TravelLayer<'_> {
        let zones = self.landings.zones.iter();
        TravelLayer {
            mode: Mode::Road(self.landings.mode),
            how: self.landings.mode.method().to_owned(),
            off: zones.filter(|landing| landing.is_none()).count(),
            minutes: &self.minutes,
            lines: &self.lines,
            none: "Reaches none by road",
            legend: "Grey lines are the roads and paths of this mode.",
            note: "Times are from each zone's point, along the quickest way, to the place; the straight way to and from \
                   the road is walked. Turns cost nothing, ferries are not used, no traffic is known of.",
        }
    }
}

impl TravelledEdition<'_> {
    fn isochrones(&self) -> Page {
        let about = format!(
            "{}: the ground from which each building can be reached in so many minutes: roads and paths from which \
             one gets there in time, and the ground beside them. {}",
            self.place.name,
            super::draw::sources_line(self.place)
        );
        let mut layer = Collection::new("isochrones", &about);
        let along_roads = self.modes.iter();
        let along_roads = along_roads.map(|mode| (mode.landings.mode.name(), &mode.isochrones));
        let by_timetable = self.transit.iter();
        let by_timetable = by_timetable.map(|one| (Mode::Transit.name(), &one.isochrones));
        for (name, isochrones) in along_roads.chain(by_timetable) {
            for one in isochrones {
                let building = &self.place.buildings[one.site];
                let mut properties = Map::new();
                properties.insert("asset_id".into(), Value::from(building.id.as_str()));
                properties.insert("name".into(), Value::from(building.name.as_str()));
                properties.insert("mode".into(), Value::from(name));
                properties.insert("minutes".into(), Value::from(one.minutes));
                layer.feature(&polygons(&one.ground), properties);
            }
        }
        Page::new("isochrones.geojson", layer.finish())
    }

    /// Where everything meets the roads, by mode.
    fn landings(&self) -> impl Iterator<Item = (&'static str, &Landings)> {
        let along_roads = self.modes.iter();
        let along_roads = along_roads.map(|mode| (mode.landings.mode.name(), &mode.landings));
        let by_timetable = self.transit.iter().map(|one| ("transit", &one.landings));
        along_roads.chain(by_timetable)
    }

    /// What was noticed, and the rows that were set aside.
    fn noticed(&self) -> Result<Vec<Page>, PublishError> {
        let noticed = CheckEdition {
            place: Some(self.place),
            findings: self.findings,
            rejected: self.rejected,
            matches: &[],
            audience: Audience::Partners,
            excel: self.excel,
        };
        super::tables::csv(self.excel, |to| {
            super::tables::quality(&noticed, to)?;
            super::tables::rejected(&noticed, to)
        })
    }

    /// Speeds and what the times leave out, for the modes that are here.
    fn terms(&self) -> String {
        let speeds = self.settings.speeds;
        let has = |mode: RoadMode| self.modes.iter().any(|one| one.landings.mode == mode);
        let mut text = format!("On foot {} km/h", speeds.walk_kmh);
        if has(RoadMode::Cycle) {
            text.push_str(&format!(", by bicycle {} km/h on a road", speeds.cycle_kmh));
        }
        if has(RoadMode::Drive) {
            text.push_str("; a car's speed follows from the road and its limit");
        }
        text.push_str(&format!(
            ".\nThe way between a point and the road is straight and on foot, and counts. Points more than {} m from a road reach nothing.\n",
            self.settings.furthest_snap.get()
        ));
        text.push_str(match self.modes.is_empty() {
            true => "Hills are flat on foot. Vehicles run as the timetable says.\n",
            false => "Turns cost nothing, ferries are not used, no traffic is known of.\n",
        });
        text
    }

    /// `by road and by timetable`.
    fn how(&self) -> &'static str {
        match (self.modes.is_empty(), self.transit) {
            (true, Some(_)) => "by timetable",
            (false, Some(_)) => "by road and by timetable",
            (_, None) => "by road",
        }
    }

    fn about(&self) -> Page {
        let mut text = format!(
            "{}: travel {}, to every place that is in the register, sensitive sites included\n{}\n\n",
            self.place.name,
            self.how(),
            FOR_PARTNERS
        );
        for mode in self.modes {
            let mode = mode.landings.mode;
            text.push_str(&format!(
                "{0}: {1}.\n  {0}.csv: minutes of the quickest way and km of the shortest, from every zone to every building.\n",
                mode.name(),
                mode.method()
            ));
        }
        if let Some(transit) = self.transit {
            text.push_str(&transit.about());
        }
        text.push_str("\nquality.csv: what was noticed of the place, buildings without a location among it.\n\n");
        text.push_str(&self.terms());
        if let Some(minutes) = self.within {
            text.push_str(&format!(
                "Journeys of more than {minutes} minutes were not looked for.\n"
            ));
        }
        let first = self.landings().map(|(mode, _)| mode).next();
        let first = first.unwrap_or("walk");
        text.push_str(&format!(
            "\nTo plan with these times as a matrix of your own, copy a table beside place.toml and add, for instance:\n\n\
             [[travel.matrix]]\nfile = \"{first}.csv\"\nmode = \"osm_{first}\"\nunit = \"minutes\"\n\n"
        ));
        text.push_str(&super::draw::sources_line(self.place));
        text.push('\n');
        Page::new("about.txt", text.into_bytes())
    }

    /// A map for each mode and each service that somebody needs.
    fn maps(&self) -> Result<Vec<Page>, PublishError> {
        let services: Vec<_> = self
            .place
            .services()
            .filter(|(at, service)| {
                let needed = |zone: &crate::place::Zone| zone.demand[at.index()].get() > 0.0;
                service.counter && self.place.zones.iter().any(needed)
            })
            .collect();
        let along_roads = self.modes.iter();
        let along_roads = along_roads.map(|mode| (mode.landings.mode.name(), mode.layer()));
        let by_timetable = self.transit.iter();
        let by_timetable = by_timetable.map(|one| ("transit", one.layer()));
        let layers: Vec<_> = along_roads.chain(by_timetable).collect();
        let jobs: Vec<_> = layers
            .iter()
            .flat_map(|layer| services.iter().map(move |(service, _)| (layer, *service)))
            .collect();
        let made: Result<Vec<_>, PublishError> = jobs
            .par_iter()
            .map(|((mode, layer), service)| {
                let id = self.place.service(*service).id.as_str();
                let stem = file_stem(mode, id);
                let file = format!("{stem}.svg");
                let fault = |fault| PublishError::page(&file, fault);
                let drawn = travel_map(self, layer, *service).map_err(fault)?;
                let picture = png(&drawn, PNG_SCALE).map_err(fault)?;
                Ok([
                    Page::new(format!("{stem}.png"), picture),
                    Page::new(file, drawn.into_bytes()),
                ])
            })
            .collect();
        Ok(made?.into_iter().flatten().collect())
    }
}

/// `walk_library`: letters and digits of the id, whatever else it holds.
fn file_stem(mode: &str, id: &str) -> String {
    let plain = |c: char| match c.is_ascii_alphanumeric() || c == '-' {
        true => c.to_ascii_lowercase(),
        false => '_',
    };
    format!("{mode}_{}", id.chars().map(plain).collect::<String>())
}
