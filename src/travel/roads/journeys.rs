//! From a place and its roads to the table of journeys that rules ask about.

use super::RoadsFault;
use super::extract::{self, Extract};
use super::needed::{NO_END, Needed, services_today};
use super::network::{Direction, Network};
use super::profile::Speeds;
use super::search::{Cost, Ends, Reach, Search, Weighing};
use super::snap::{Snap, SnapIndex};
use crate::place::{BuildingIx, Distance, Location, Metres, Place, RoadMode, Unit, ZoneIx};
use crate::travel::{Matrix, Origin};
use rayon::prelude::*;
use std::path::PathBuf;

/// Where roads come from and how they are travelled.
#[derive(Clone, Debug, PartialEq)]
pub struct RoadSettings {
    /// The extracts, read as one.
    pub extracts: Vec<PathBuf>,
    /// The modes that go along roads.
    pub modes: Vec<RoadMode>,
    /// Speeds on foot and by bicycle.
    pub speeds: Speeds,
    /// How far a point may be from the road.
    pub furthest_snap: Metres,
}

/// The roads of a place, for the modes that were asked for.
pub struct Roads {
    settings: RoadSettings,
    of_mode: Vec<OfMode>,
}

pub(super) struct OfMode {
    pub(super) mode: RoadMode,
    pub(super) network: Network,
    index: SnapIndex,
}

/// Where a point meets the roads.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Landing {
    /// The place on the road.
    pub at: Location,
    /// How far the point is from it.
    pub away: Metres,
    /// Whether the road belongs to the largest part of the network.
    pub mainland: bool,
}

/// Where the zones and buildings of a place meet the roads of a mode, and what the roads are.
#[derive(Clone, Debug, PartialEq)]
pub struct Landings {
    /// The mode.
    pub mode: RoadMode,
    /// Every zone, in order; `None` where no road is near.
    pub zones: Vec<Option<Landing>>,
    /// Every building, in order; `None` where no road is near, or where it has no location.
    pub buildings: Vec<Option<Landing>>,
    /// Kilometres of road in parts that are large enough to be travelled.
    pub km: f64,
    /// How many such parts there are.
    pub parts: usize,
    /// Kilometres in fragments that lead nowhere and are left out.
    pub fragments_km: f64,
}

impl Roads {
    /// Reads the extracts and builds the network of every mode.
    ///
    /// # Errors
    /// [`RoadsFault`] where a file is not there, is no extract, is cut short or damaged, or has no roads.
    pub fn read(settings: &RoadSettings) -> Result<Self, RoadsFault> {
        let extract = extract::read(&settings.extracts, settings.speeds)?;
        let modes: Vec<RoadMode> = settings.modes.clone();
        let of_mode: Vec<OfMode> = modes
            .into_par_iter()
            .map(|mode| OfMode::new(&extract, mode))
            .collect();
        Ok(Self {
            settings: settings.clone(),
            of_mode,
        })
    }

    pub(super) fn of(&self, mode: RoadMode) -> Option<&OfMode> {
        self.of_mode.iter().find(|one| one.mode == mode)
    }

    pub(super) fn weighing(&self, unit: Unit) -> Weighing {
        Weighing {
            unit,
            walk_kmh: self.settings.speeds.walk_kmh,
        }
    }

    /// Where everything meets the roads of a mode; `None` for a mode that was not asked for.
    pub fn landings(&self, place: &Place, mode: RoadMode) -> Option<Landings> {
        let of = self.of(mode)?;
        let landing = |snap: &Option<Snap>| {
            snap.as_ref().map(|snap| Landing {
                at: snap.at,
                away: Metres(f64::from(snap.away_mm) / 1000.0),
                mainland: of.network.islands.part(&of.network, snap.edge)
                    == of.network.islands.largest(),
            })
        };
        let (zones, buildings) = self.snaps(place, of);
        let (km, fragments_km, parts) = of.network.islands.kilometres();
        Some(Landings {
            mode,
            zones: zones.iter().map(landing).collect(),
            buildings: buildings.iter().map(landing).collect(),
            km,
            parts,
            fragments_km,
        })
    }

    /// The journeys that are needed of one measure; `None` for a mode that was not asked for.
    pub fn journeys(&self, place: &Place, needed: &Needed) -> Option<Matrix> {
        let of = self.of(needed.mode)?;
        let weighing = self.weighing(needed.unit);
        let (zones, buildings) = self.snaps(place, of);
        let extent = &needed.extent;
        let groups = services_today(place, &extent.services);
        let ends = Ends::new(&buildings, groups, weighing);
        let reach = Reach {
            at_least: cost(extent.at_least, needed.unit),
            groups: extent.services.iter().map(|at| at.index() as u32).collect(),
            times: 3,
            // Rounding to whole steps may lengthen three of today's distances by a step and a half.
            plus: cost(Distance(extent.plus.steps().saturating_add(2)), needed.unit),
        };
        let from_zone = |at: usize| Origin::Zone(ZoneIx::new(at));
        let mut pairs = many(&of.network, weighing, &zones, &ends, &reach, from_zone);
        if let Some(limit) = extent.moves {
            let from_building = |at: usize| Origin::Building(BuildingIx::new(at));
            let reach = Reach::within(cost(limit, needed.unit));
            pairs.extend(many(
                &of.network,
                weighing,
                &buildings,
                &ends,
                &reach,
                from_building,
            ));
        }
        Some(Matrix::new(needed.mode.name(), needed.unit, pairs))
    }

    /// Journeys between two lists of points within a distance, without a place around them: for each
    /// origin the positions of the destinations it reaches, with their distance, by position.
    pub fn between(
        &self,
        measure: (RoadMode, Unit),
        from: &[Location],
        to: &[Location],
        within: Distance,
    ) -> Vec<Vec<(u32, Distance)>> {
        let all = |points: &[Location]| -> Vec<_> { points.iter().copied().map(Some).collect() };
        let (from, to, unit) = (all(from), all(to), measure.1);
        let found = self.reached(measure, Direction::Out, &from, &to, cost(within, unit));
        let of_origin = |row: Vec<(u32, Cost)>| {
            let known = row.into_iter();
            known.map(|(end, cost)| (end, steps(cost, unit))).collect()
        };
        found.into_iter().map(of_origin).collect()
    }

    /// As [`between`](Self::between), not rounded, from points that may be nowhere; or against every
    /// one-way street, for journeys that end at `from`.
    pub(in crate::travel) fn reached(
        &self,
        (mode, unit): (RoadMode, Unit),
        direction: Direction,
        from: &[Option<Location>],
        to: &[Option<Location>],
        within: Cost,
    ) -> Vec<Vec<(u32, Cost)>> {
        let Some(of) = self.of(mode) else {
            return vec![Vec::new(); from.len()];
        };
        let weighing = self.weighing(unit);
        let ends = Ends::new(&self.snap_all(of, to), Vec::new(), weighing);
        let reach = Reach::within(within);
        let of_origin = |search: &mut Search<'_>, snap: &Option<Snap>| {
            let found = snap
                .as_ref()
                .map(|snap| search.journeys(snap, &ends, &reach));
            found.unwrap_or_default()
        };
        self.snap_all(of, from)
            .par_iter()
            .map_init(|| Search::new(&of.network, weighing, direction), of_origin)
            .collect()
    }

    /// How far a point may be from the road.
    pub(in crate::travel) fn furthest_snap(&self) -> Metres {
        self.settings.furthest_snap
    }

    /// Whether each of some points has a road of a mode near it.
    pub(in crate::travel) fn near(&self, mode: RoadMode, points: &[Option<Location>]) -> Vec<bool> {
        let Some(of) = self.of(mode) else {
            return vec![false; points.len()];
        };
        let snaps = self.snap_all(of, points);
        snaps.iter().map(Option::is_some).collect()
    }

    /// Where zones and buildings meet the roads of a mode.
    fn snaps(&self, place: &Place, of: &OfMode) -> (Vec<Option<Snap>>, Vec<Option<Snap>>) {
        let zones: Vec<_> = place.zones.iter().map(|zone| Some(zone.point)).collect();
        let buildings: Vec<_> = place.buildings.iter().map(|one| one.location).collect();
        (self.snap_all(of, &zones), self.snap_all(of, &buildings))
    }

    pub(super) fn snap_all(&self, of: &OfMode, points: &[Option<Location>]) -> Vec<Option<Snap>> {
        let most = self.settings.furthest_snap.get();
        points
            .par_iter()
            .map(|point| of.index.snap(&of.network, (*point)?, most))
            .collect()
    }
}

impl OfMode {
    fn new(extract: &Extract, mode: RoadMode) -> Self {
        let network = Network::new(extract, mode);
        let index = SnapIndex::new(&network);
        Self {
            mode,
            network,
            index,
        }
    }
}

/// Journeys from many points, side by side.
fn many(
    network: &Network,
    weighing: Weighing,
    from: &[Option<Snap>],
    ends: &Ends,
    reach: &Reach,
    origin: impl Fn(usize) -> Origin + Sync,
) -> Vec<(Origin, BuildingIx, Distance)> {
    let of_origin = |search: &mut Search<'_>, (at, snap): (usize, &Option<Snap>)| {
        let found = snap.as_ref().map(|snap| search.journeys(snap, ends, reach));
        let found = found.into_iter().flatten();
        let known = found.map(|(end, cost)| {
            let to = BuildingIx::new(end as usize);
            (origin(at), to, steps(cost, weighing.unit))
        });
        known.collect::<Vec<_>>()
    };
    from.par_iter()
        .enumerate()
        .map_init(|| Search::new(network, weighing, Direction::Out), of_origin)
        .flatten_iter()
        .collect()
}

/// Millimetres or milliseconds in a whole step.
fn each(unit: Unit) -> Cost {
    match unit {
        Unit::Km => 1_000,
        Unit::Minutes => 6_000,
    }
}

/// The greatest cost that is still rounded to a distance.
pub(in crate::travel) fn cost(distance: Distance, unit: Unit) -> Cost {
    if distance == NO_END {
        return Cost::MAX;
    }
    let steps = distance.steps().saturating_mul(each(unit));
    steps.saturating_add(each(unit) / 2 - 1)
}

/// To the nearest whole step.
pub(in crate::travel) fn steps(cost: Cost, unit: Unit) -> Distance {
    Distance(cost.saturating_add(each(unit) / 2) / each(unit))
}
