//! The plan file read against the place: who is where, and what becomes of each building.

use super::scope::{Scope, area_used};
use crate::place::{AccessPoint, BuildingIx, OccupierIx, Place, Role, ServiceIx, SiteIx};
use crate::plan::{Outcome, Plan, PlannedBuilding, PlannedOccupier};
use std::collections::{BTreeMap, BTreeSet};

/// Where the plan puts an occupier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Seat {
    /// The building.
    pub(super) building: BuildingIx,
    /// Whether it is somewhere else than today.
    pub(super) arrives: bool,
    /// Whether it has merged into another occupier there.
    pub(super) merged: bool,
}

/// A plan with its ids resolved. What the plan leaves out or misnames is `None` here and is
/// reported by `structure`; everything else is still checked.
pub(super) struct Reading<'a> {
    pub(super) place: &'a Place,
    pub(super) plan: &'a Plan,
    pub(super) scope: Scope,
    /// The first record of each building of the place.
    pub(super) buildings: Vec<Option<&'a PlannedBuilding>>,
    /// The first record of each occupier of the place.
    pub(super) occupiers: Vec<Option<&'a PlannedOccupier>>,
    /// Where each occupier is.
    pub(super) seats: Vec<Option<Seat>>,
    /// Who is in each building under the plan.
    pub(super) inside: Vec<Vec<(OccupierIx, Seat)>>,
    /// The new counters of the place that the plan opens, each once.
    pub(super) opened: Vec<&'a AccessPoint>,
    /// Floor in use in each building under the plan, m².
    pub(super) used_after: Vec<f64>,
    /// The buildings of each site, records that are `out` left aside.
    sites: Vec<Vec<BuildingIx>>,
}

impl<'a> Reading<'a> {
    /// Resolves every id of the plan.
    pub(super) fn of(place: &'a Place, plan: &'a Plan) -> Self {
        let building_at: BTreeMap<_, _> = place
            .buildings()
            .map(|(at, building)| (building.id.as_str(), at))
            .collect();
        let occupier_at: BTreeMap<_, _> = place
            .occupiers()
            .map(|(at, occupier)| (occupier.id.as_str(), at))
            .collect();
        let mut buildings = vec![None; place.buildings.len()];
        for planned in &plan.buildings {
            if let Some(at) = building_at.get(planned.asset_id.as_str()) {
                buildings[at.index()].get_or_insert(planned);
            }
        }
        let mut occupiers: Vec<Option<&PlannedOccupier>> = vec![None; place.occupiers.len()];
        for planned in &plan.occupiers {
            if let Some(at) = occupier_at.get(planned.occupier.as_str()) {
                occupiers[at.index()].get_or_insert(planned);
            }
        }
        let mut inside = vec![Vec::new(); place.buildings.len()];
        let mut used_after = vec![0.0; place.buildings.len()];
        let mut seats = Vec::with_capacity(place.occupiers.len());
        for (at, occupier) in place.occupiers() {
            let seat = occupiers[at.index()].and_then(|planned| {
                let building = *building_at.get(planned.to_id.as_str())?;
                let arrives = building != occupier.building;
                Some(Seat {
                    building,
                    arrives,
                    merged: planned.outcome == Outcome::Merge,
                })
            });
            if let Some(seat) = seat {
                inside[seat.building.index()].push((at, seat));
                used_after[seat.building.index()] += area_used(place, occupier, seat.merged);
            }
            seats.push(seat);
        }
        let named: BTreeSet<&str> = plan.points.iter().map(|one| one.point.as_str()).collect();
        let offers = place.points.iter();
        let opened: Vec<&AccessPoint> = offers
            .filter(|offer| named.contains(offer.id.as_str()))
            .collect();
        for point in &opened {
            used_after[point.building.index()] += point.needs.total().get();
        }
        Self {
            place,
            plan,
            scope: Scope::of(place),
            buildings,
            occupiers,
            seats,
            inside,
            opened,
            used_after,
            sites: sites(place),
        }
    }

    /// Whether a building in play stays open under the plan. One the plan does not name counts as
    /// open, so that its absence is reported once and not in every figure.
    pub(super) fn open(&self, at: BuildingIx) -> bool {
        self.buildings[at.index()].is_none_or(|planned| planned.action.is_open())
    }

    /// Whether something else of a building's site is still there under the plan: open, or outside.
    pub(super) fn site_stays(&self, at: BuildingIx) -> bool {
        let building = self.place.building(at);
        let Some(site) = building.site else {
            return false;
        };
        !building.part_release
            && self.on_site(site).any(|other| {
                other != at && (!self.scope.in_play[other.index()] || self.open(other))
            })
    }

    /// The buildings of a site, records that are `out` left aside, in order.
    pub(super) fn on_site(&self, site: SiteIx) -> impl Iterator<Item = BuildingIx> + '_ {
        let known = self.sites.get(site.index()).into_iter().flatten();
        known.copied()
    }

    /// Whether somebody moves or merges into a building, or a new counter opens there.
    pub(super) fn takes_in(&self, at: BuildingIx) -> bool {
        self.inside[at.index()].iter().any(|(_, seat)| seat.arrives)
            || self.opened_in(at).next().is_some()
    }

    /// The new counters that the plan opens in a building.
    pub(super) fn opened_in(&self, at: BuildingIx) -> impl Iterator<Item = &'a AccessPoint> + '_ {
        let opened = self.opened.iter().copied();
        opened.filter(move |point| point.building == at)
    }

    /// Located buildings with an occupier of the service today, in order, each once.
    pub(super) fn hosts_today(&self, service: ServiceIx) -> Vec<BuildingIx> {
        self.located(
            self.place
                .occupiers
                .iter()
                .filter(|occupier| occupier.service == service)
                .map(|occupier| occupier.building),
        )
    }

    /// The same under the plan.
    pub(super) fn hosts_after(&self, service: ServiceIx) -> Vec<BuildingIx> {
        self.located(
            self.place
                .occupiers()
                .filter(|(_, occupier)| occupier.service == service)
                .filter_map(|(at, _)| self.seats[at.index()])
                .map(|seat| seat.building)
                .chain(
                    self.opened
                        .iter()
                        .filter(|point| point.service == service)
                        .map(|point| point.building),
                ),
        )
    }

    fn located(&self, hosts: impl Iterator<Item = BuildingIx>) -> Vec<BuildingIx> {
        let mut hosts: Vec<_> = hosts
            .filter(|at| self.place.building(*at).location.is_some())
            .collect();
        hosts.sort_unstable();
        hosts.dedup();
        hosts
    }
}

fn sites(place: &Place) -> Vec<Vec<BuildingIx>> {
    let mut sites = vec![Vec::new(); place.sites.len()];
    for (at, building) in place.buildings() {
        let counts = !matches!(building.role, Role::Out(_));
        if let Some(site) = building.site.filter(|_| counts) {
            sites[site.index()].push(at);
        }
    }
    sites
}
