//! How far every zone is from every service, for maps and tables.

use super::{Arrangement, nearest};
use crate::place::{BuildingIx, Distance, Measure, Mode, People, Place, ServiceIx, Unit, ZoneIx};
use crate::travel::Travel;

/// Access of every zone to one service with a public counter.
#[derive(Clone, Debug, PartialEq)]
pub struct ServiceAccess {
    /// The service.
    pub service: ServiceIx,
    /// How distance is measured.
    pub measure: Measure,
    /// Every zone, in the order of [`Place::zones`].
    pub zones: Vec<ZoneAccess>,
}

/// Distance of one zone to the nearest host of one service, in km (or minutes, as the
/// [measure](ServiceAccess::measure) says); `None` where it can reach none.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ZoneAccess {
    /// Today.
    pub today: Option<f64>,
    /// Under the arrangement.
    pub after: Option<f64>,
    /// The nearest host today.
    pub host_today: Option<BuildingIx>,
    /// The nearest host under the arrangement.
    pub host_after: Option<BuildingIx>,
}

impl ServiceAccess {
    /// Zones that have demand for the service, with that demand.
    pub fn with_demand<'a>(
        &'a self,
        place: &'a Place,
    ) -> impl Iterator<Item = (ZoneIx, People, ZoneAccess)> + 'a {
        place
            .zones()
            .zip(&self.zones)
            .map(|((at, zone), access)| (at, zone.demand[self.service.index()], *access))
            .filter(|(_, people, _)| people.get() > 0.0)
    }
}

impl ZoneAccess {
    /// Whether it could reach a host and can no more.
    pub fn is_cut_off(&self) -> bool {
        self.today.is_some() && self.after.is_none()
    }

    /// Whether it can reach a host for the first time.
    pub fn is_opened_up(&self) -> bool {
        self.today.is_none() && self.after.is_some()
    }

    /// How much further it becomes; negative where it comes nearer.
    pub fn change(&self) -> Option<f64> {
        Some(self.after? - self.today?)
    }
}

/// Straight-line distance × detour, in km, of every zone to every service with a counter, today
/// and under an arrangement.
pub fn zone_access(
    place: &Place,
    travel: &Travel,
    arrangement: &Arrangement,
) -> Vec<ServiceAccess> {
    let measure = Measure {
        mode: Mode::Straight,
        unit: Unit::Km,
    };
    place
        .services()
        .filter(|(_, service)| service.counter)
        .map(|(service, _)| service_access(place, travel, arrangement, service, &measure))
        .collect()
}

pub(super) fn service_access(
    place: &Place,
    travel: &Travel,
    arrangement: &Arrangement,
    service: ServiceIx,
    measure: &Measure,
) -> ServiceAccess {
    let reach = |who: &Arrangement| nearest(place, travel, measure, &who.hosts(place, service));
    let user = |found: Option<(Distance, BuildingIx)>| found.map(|f| f.0.to_user(measure.unit));
    let zones = reach(&Arrangement::today(place))
        .into_iter()
        .zip(reach(arrangement))
        .map(|(today, after)| ZoneAccess {
            today: user(today),
            after: user(after),
            host_today: today.map(|(_, host)| host),
            host_after: after.map(|(_, host)| host),
        })
        .collect();
    ServiceAccess {
        service,
        measure: measure.clone(),
        zones,
    }
}
