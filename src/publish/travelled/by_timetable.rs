//! Travel by timetable: its table, its map and its words.

use super::super::cell::Cell;
use super::super::csv_file::CsvFile;
use super::super::error::PublishError;
use super::super::exporter::Page;
use super::super::maps::TravelLayer;
use super::TravelledEdition;
use crate::place::{BuildingIx, Distance, Location, TransitTerms, Unit, ZoneIx};

/// Everything that is known of travel by timetable.
#[derive(Clone, Debug)]
pub struct TravelledTransit {
    /// The day, the departures, and how far people walk.
    pub terms: TransitTerms,
    /// For every zone whether a road is near, from which one could walk.
    pub on_road: Vec<bool>,
    /// Journeys, tenths of a minute, by zone and then building.
    pub minutes: Vec<(ZoneIx, BuildingIx, Distance)>,
    /// Straight lines between the stops of vehicles, for the map.
    pub lines: Vec<Vec<Location>>,
}

impl TravelledTransit {
    pub(super) fn layer(&self) -> TravelLayer<'_> {
        TravelLayer {
            how: format!(
                "by public transport and on foot, timetable of {}",
                self.terms.date
            ),
            off: self.on_road.iter().filter(|near| !**near).count(),
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
            "transit: {}.\n  transit.csv: minutes from every zone to every building. No isochrones are drawn of it.\n",
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
