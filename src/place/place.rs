//! The place itself: every list, and how the lists refer to each other.

use super::currency::Currency;
use super::{
    AccessPoint, AccessRule, Agency, AgencyIx, Building, BuildingIx, Decision, Finance, Funding,
    Location, Measure, Metres, Occupier, OccupierIx, Phase, Service, ServiceIx, Site, Source,
    Together, TravelSettings, Zone, ZoneIx,
};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// Two services that must not share a building, unless they share it today.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Separation {
    /// One service.
    pub first: ServiceIx,
    /// The other.
    pub second: ServiceIx,
    /// Why, for the explanation.
    pub reason: Option<String>,
}

/// The area a plan is about.
#[derive(Clone, Debug, PartialEq)]
pub struct StudyArea {
    /// Its outline: the user's, else the union of the zones; empty where zones have no outline.
    pub outline: geo::MultiPolygon<f64>,
    /// How far beyond it buildings still serve its people.
    pub buffer: Metres,
}

/// Everything known about one area on one base date.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// Name, as shown.
    pub name: String,
    /// Money is in real pounds of this day, or in the place's currency; year 0 begins on it.
    pub base_date: Date,
    /// What all its money is in.
    pub currency: Currency,
    /// The bodies.
    pub agencies: Vec<Agency>,
    /// The kinds of work.
    pub services: Vec<Service>,
    /// The campuses.
    pub sites: Vec<Site>,
    /// The properties, those carried through included.
    pub buildings: Vec<Building>,
    /// The teams and counters.
    pub occupiers: Vec<Occupier>,
    /// The small new counters that a plan may open.
    pub points: Vec<AccessPoint>,
    /// Where the public lives.
    pub zones: Vec<Zone>,
    /// How the people of a group travel, where by a mode of their own.
    pub group_modes: BTreeMap<String, Measure>,
    /// What protects the public.
    pub rules: Vec<AccessRule>,
    /// Services that must not share.
    pub separations: Vec<Separation>,
    /// Services that do better under one roof.
    pub together: Vec<Together>,
    /// Who pays the rent of those who move into another agency's building, where not their own agency.
    pub funding: Vec<Funding>,
    /// What people have decided.
    pub decisions: Vec<Decision>,
    /// What a plan is judged by.
    pub finance: Finance,
    /// What a programme of years must keep to.
    pub phase: Phase,
    /// How straight lines become travel.
    pub travel: TravelSettings,
    /// The area a plan is about.
    pub study_area: StudyArea,
    /// The files all this came from.
    pub sources: Vec<Source>,
}

impl Place {
    /// The agency at a position.
    pub fn agency(&self, at: AgencyIx) -> &Agency {
        &self.agencies[at.index()]
    }

    /// The service at a position.
    pub fn service(&self, at: ServiceIx) -> &Service {
        &self.services[at.index()]
    }

    /// The building at a position.
    pub fn building(&self, at: BuildingIx) -> &Building {
        &self.buildings[at.index()]
    }

    /// The occupier at a position.
    pub fn occupier(&self, at: OccupierIx) -> &Occupier {
        &self.occupiers[at.index()]
    }

    /// The zone at a position.
    pub fn zone(&self, at: ZoneIx) -> &Zone {
        &self.zones[at.index()]
    }

    /// Buildings with their positions.
    pub fn buildings(&self) -> impl Iterator<Item = (BuildingIx, &Building)> {
        self.buildings
            .iter()
            .enumerate()
            .map(|(at, b)| (BuildingIx::new(at), b))
    }

    /// Occupiers with their positions.
    pub fn occupiers(&self) -> impl Iterator<Item = (OccupierIx, &Occupier)> {
        self.occupiers
            .iter()
            .enumerate()
            .map(|(at, o)| (OccupierIx::new(at), o))
    }

    /// Zones with their positions.
    pub fn zones(&self) -> impl Iterator<Item = (ZoneIx, &Zone)> {
        self.zones
            .iter()
            .enumerate()
            .map(|(at, z)| (ZoneIx::new(at), z))
    }

    /// Services with their positions.
    pub fn services(&self) -> impl Iterator<Item = (ServiceIx, &Service)> {
        self.services
            .iter()
            .enumerate()
            .map(|(at, s)| (ServiceIx::new(at), s))
    }

    /// Whether the place is in Great Britain by its zones, so that outputs also carry National
    /// Grid eastings and northings.
    pub fn is_british(&self) -> bool {
        !self.zones.is_empty() && self.zones.iter().all(|zone| is_in_britain(zone.point))
    }
}

/// Whether a point is in the box around Great Britain and not in Ireland, whose grid is another: west of the North
/// Channel and south of Islay, but for Kintyre.
fn is_in_britain(at: Location) -> bool {
    let (lon, lat) = (at.lon(), at.lat());
    let boxed = (-8.7..=1.8).contains(&lon) && (49.8..=60.9).contains(&lat);
    let kintyre = lat > 55.27 && lon > -5.9;
    let irish = (51.3..=55.45).contains(&lat) && lon < -5.4 && !kintyre;
    boxed && !irish
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ireland_is_in_the_box_around_britain_and_not_on_its_grid() {
        let is = |lon, lat| is_in_britain(Location::new(lon, lat).expect("on Earth"));
        let british = [
            (-0.1, 51.5),
            (-5.7, 50.1),
            (-5.3, 51.9),
            (-5.65, 55.31),
            (-6.2, 55.75),
            (-7.3, 57.6),
        ];
        for (lon, lat) in british {
            assert!(is(lon, lat), "{lon} {lat}");
        }
        // Carrick-on-Shannon, Belfast, Fair Head, Cork, Paris.
        for (lon, lat) in [
            (-8.1, 53.95),
            (-5.93, 54.6),
            (-6.15, 55.22),
            (-8.47, 51.9),
            (2.35, 48.85),
        ] {
            assert!(!is(lon, lat), "{lon} {lat}");
        }
    }
}
