//! What is around places on foot: for isochrones of those who walk to a stop and ride on.

use super::isochrone::ground;
use super::journeys::{OfMode, Roads};
use super::network::Direction;
use super::search::{Cost, Met, Search, Source};
use super::snap::Snap;
use crate::place::{Location, RoadMode, Unit};
use geo::MultiPolygon;

/// Somewhere on the walking network: one of some places that were set down on it, or a junction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(in crate::travel) enum Spot {
    /// A place, by its position.
    Place(u32),
    /// A junction.
    Junction(u32),
}

/// Looks around places on foot, towards them, time and again.
pub(in crate::travel) struct Afoot<'a> {
    of: &'a OfMode,
    snaps: &'a [Option<Snap>],
    beside: Vec<Cost>,
    search: Search<'a>,
}

/// Places set down on the walking network.
pub(in crate::travel) struct SetDown(Vec<Option<Snap>>);

impl SetDown {
    /// Whether a place has a road near it.
    pub(in crate::travel) fn is_on_road(&self, place: usize) -> bool {
        self.0.get(place).is_some_and(Option::is_some)
    }
}

impl Roads {
    /// Sets places down on the walking network.
    pub(in crate::travel) fn set_down(&self, places: &[Option<Location>]) -> SetDown {
        let of = self.of(RoadMode::Walk);
        SetDown(of.map_or_else(|| vec![None; places.len()], |of| self.snap_all(of, places)))
    }

    /// A look around places; `None` where nobody walks.
    pub(in crate::travel) fn afoot<'a>(&'a self, places: &'a SetDown) -> Option<Afoot<'a>> {
        let of = self.of(RoadMode::Walk)?;
        let weighing = self.weighing(Unit::Minutes);
        let beside = |snap: &Option<Snap>| snap.as_ref().map_or(0, |snap| weighing.beside(snap));
        Some(Afoot {
            of,
            snaps: &places.0,
            beside: places.0.iter().map(beside).collect(),
            search: Search::new(&of.network, weighing, Direction::Back),
        })
    }
}

impl Afoot<'_> {
    /// Everywhere from which one of some places can be walked to: each place with what it costs to be there and
    /// what it may cost in all. With each spot the cost from there, and what it may be in all.
    pub(in crate::travel) fn around(
        &mut self,
        places: impl IntoIterator<Item = (u32, Cost, Cost)>,
        mut meet: impl FnMut(Spot, Cost, Cost),
    ) {
        let mut sources = Vec::new();
        for (place, cost, most) in places {
            let start = cost.saturating_add(self.beside[place as usize]);
            if let Some(from) = self.snaps[place as usize].as_ref()
                && start <= most
            {
                meet(Spot::Place(place), start, most);
                sources.push(Source { from, start, most });
            }
        }
        for Met {
            junction,
            cost,
            most,
        } in self.search.around(&sources)
        {
            meet(Spot::Junction(junction), cost, most);
        }
    }

    /// The ground from which one gets in time to some spots, each with the time that is left there.
    pub(in crate::travel) fn ground(
        &self,
        spots: &[(Spot, Cost)],
        middle: Location,
    ) -> MultiPolygon<f64> {
        let places = spots.iter().filter_map(|(spot, left)| match spot {
            Spot::Place(at) => Some((self.snaps[*at as usize].as_ref()?, *left)),
            Spot::Junction(_) => None,
        });
        let junctions = spots.iter().filter_map(|(spot, left)| match spot {
            Spot::Junction(at) => Some((*at, *left)),
            Spot::Place(_) => None,
        });
        ground(self.of, places, junctions, middle)
    }
}
