//! Travel by timetable: its table, its map and its words.

use super::super::cell::Cell;
use super::super::csv_file::CsvFile;
use super::super::error::PublishError;
use super::super::exporter::Page;
use super::super::maps::TravelLayer;
use super::super::words::day;
use super::TravelledEdition;
use crate::place::{BuildingIx, Distance, Location, Mode, TransitTerms, Unit, ZoneIx};
use crate::travel::roads::{Isochrone, Landings};

/// Everything that is known of travel by timetable.
#[derive(Clone, Debug)]
pub struct TravelledTransit {
    /// The day, the departures, and how far people walk.
    pub terms: TransitTerms,
    /// Where everything meets the paths on which people walk.
    pub landings: Landings,
    /// Journeys, tenths of a minute, by zone and then building.
    pub minutes: Vec<(ZoneIx, BuildingIx, Distance)>,
    /// The ground from which each building can be reached in time; sites are positions of buildings.
    pub isochrones: Vec<Isochrone>,
    /// Straight lines between the stops of vehicles, for the map.
    pub lines: Vec<Vec<Location>>,
}

impl TravelledTransit {
    pub(super) fn layer(&self) -> TravelLayer<'_> {
        TravelLayer {
            mode: Mode::Transit,
            how: format!(
                "by public transport and on foot, timetable of {}",
                day(self.terms.date)
            ),
            off: self
                .landings
                .zones
                .iter()
                .filter(|one| one.is_none())
                .count(),
            minutes: &self.minutes,
            lines: &self.lines,
            none: "Reaches none in time",
            legend: "Grey lines join the stops that vehicles call at.",
            note: "Times are from each zone's point to the place, the wait for the first vehicle included; about.txt says \
                   which departures count. Vehicles run as the timetable says.",
        }
    }

    pub(super) fn about(&self) -> String {
        format!(
            "transit: {}.\n  transit.csv: minutes from every zone to every building. Isochrones of it hold for thirty departures of the window, \
             evenly spread, where there are more.\n",
            self.terms.method()
        )
    }
}

/// The matrix in the long form that `[[travel.matrix]]` reads.
pub(super) fn matrix(
    edition: &TravelledEdition<'_>,
    transit: &TravelledTransit,
) -> Result<Page, PublishError> {
    let name = "transit.csv";
    let mut file = CsvFile::new(name, &["from_id", "to_id", "minutes"], edition.excel)?;
    for (zone, building, far) in &transit.minutes {
        file.row(&[
            Cell::key(edition.place.zone(*zone).id.as_str()),
            Cell::key(edition.place.building(*building).id.as_str()),
            Cell::Number(far.to_user(Unit::Minutes), 1),
        ])?;
    }
    Ok(Page::new(name, file.finish()?))
}
