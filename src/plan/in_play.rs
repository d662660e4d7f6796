//! What a plan can change, and why the rest stays as it is.

use crate::place::{
    Areas, Building, BuildingIx, Lock, NeedBasis, Occupancy, OccupierIx, Place, Role, SiteIx,
    TenureKind,
};

/// What a plan may do with one building.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    /// Not in play: it costs the same in every plan. In words, why.
    Outside(String),
    /// Open in every plan.
    Open(WhyOpen),
    /// Let go in every plan: locked.
    Closed,
    /// The optimiser decides.
    Free,
}

/// Why a building is open in every plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum WhyOpen {
    /// Locked `keep`.
    Locked,
    /// Nobody is listed in it and nobody says it is vacant.
    UnknownOccupancy,
    /// It holds an occupier that cannot move.
    Holds(OccupierIx),
}

/// Everything that follows from roles, locks and occupancy before anything is solved.
#[derive(Clone, Debug)]
pub(crate) struct InPlay {
    /// By building.
    pub(crate) standing: Vec<Standing>,
    /// By occupier: why it stays where it is; `None` where it may move.
    pub(crate) held: Vec<Option<String>>,
    /// By building: who is in it today.
    pub(crate) inside: Vec<Vec<OccupierIx>>,
    /// By building: floor in use today.
    pub(crate) used_today: Vec<Areas>,
    /// By site: its buildings, records that are `out` left aside, in order.
    pub(crate) on_site: Vec<Vec<BuildingIx>>,
}

impl InPlay {
    /// Sorts a place into what a plan may change and what it may not.
    pub(crate) fn new(place: &Place) -> Self {
        let mut inside = vec![Vec::new(); place.buildings.len()];
        let mut used_today = vec![Areas::default(); place.buildings.len()];
        for (at, occupier) in place.occupiers() {
            inside[occupier.building.index()].push(at);
            for (space, area) in occupier.needs.iter() {
                used_today[occupier.building.index()].add(space, area);
            }
        }
        let held: Vec<_> = place.occupiers().map(|(at, _)| held(place, at)).collect();
        let standing = place
            .buildings()
            .map(|(at, building)| {
                let stuck = inside[at.index()]
                    .iter()
                    .copied()
                    .find(|occupier| held[occupier.index()].is_some());
                standing(place, at, building, stuck)
            })
            .collect();
        Self {
            standing,
            held,
            inside,
            used_today,
            on_site: on_sites(place),
        }
    }

    /// Whether a plan may do anything with a building.
    pub(crate) fn is_in_play(&self, at: BuildingIx) -> bool {
        !matches!(self.standing[at.index()], Standing::Outside(_))
    }

    /// Whether a building's cost is part of a plan's cost: it is in play, and could be something
    /// else than kept. A proposed building always is: today it is not there.
    pub(crate) fn is_in_cost(&self, place: &Place, at: BuildingIx) -> bool {
        match self.standing[at.index()] {
            Standing::Outside(_) => false,
            Standing::Open(_) => place.building(at).proposed.is_some(),
            Standing::Closed | Standing::Free => true,
        }
    }

    /// Whether a building in play is open in every plan.
    pub(crate) fn is_locked_open(&self, at: BuildingIx) -> bool {
        matches!(self.standing[at.index()], Standing::Open(_))
    }

    /// Whether an occupier may move.
    pub(crate) fn is_movable(&self, at: OccupierIx) -> bool {
        self.held[at.index()].is_none()
    }

    /// Why a building can take nobody in; `None` where it can.
    pub(crate) fn receives_nobody(&self, place: &Place, at: BuildingIx) -> Option<&'static str> {
        let building = place.building(at);
        match self.standing[at.index()] {
            Standing::Outside(_) => return Some("it is not in play"),
            Standing::Closed => return Some("it is locked dispose"),
            Standing::Open(_) | Standing::Free => {}
        }
        if building.tenure.kind == TenureKind::LetOut {
            Some("it is let to somebody else")
        } else if building.occupancy == Occupancy::Unknown {
            Some("nobody knows how full it is")
        } else if building.usable.grade == crate::place::Grade::Defaulted {
            Some("its usable area is not known")
        } else {
            None
        }
    }

    /// Whether a building shares its site with another and cannot be sold by itself.
    pub(crate) fn shares_site(&self, place: &Place, at: BuildingIx) -> bool {
        let building = place.building(at);
        let site = building.site.filter(|_| !building.part_release);
        site.is_some_and(|site| self.on_site[site.index()].iter().any(|other| *other != at))
    }

    /// Whether a site's shared cost is paid in every plan: something on it is always open.
    pub(crate) fn site_always_paid(&self, place: &Place, site: SiteIx) -> bool {
        let mut buildings = self.on_site[site.index()].iter();
        buildings.any(|at| match self.standing[at.index()] {
            Standing::Outside(_) => true,
            Standing::Open(_) => place.building(*at).proposed.is_none(),
            Standing::Closed | Standing::Free => false,
        })
    }
}

/// By site: its buildings, records that are `out` left aside, in order.
fn on_sites(place: &Place) -> Vec<Vec<BuildingIx>> {
    let mut on_site = vec![Vec::new(); place.sites.len()];
    for (at, building) in place.buildings() {
        if let (Some(site), false) = (building.site, matches!(building.role, Role::Out(_))) {
            on_site[site.index()].push(at);
        }
    }
    on_site
}

/// A building's name and id, as sentences name it.
pub(crate) fn named(building: &Building) -> String {
    if building.name.is_empty() || building.name == building.id.as_str() {
        building.id.to_string()
    } else {
        format!("{} ({})", building.name, building.id)
    }
}

fn standing(
    place: &Place,
    at: BuildingIx,
    building: &Building,
    stuck: Option<OccupierIx>,
) -> Standing {
    if let Err(reason) = building.in_play() {
        return Standing::Outside(reason);
    }
    match place.building_lock(at) {
        Lock::Dispose => Standing::Closed,
        Lock::Keep => Standing::Open(WhyOpen::Locked),
        Lock::Free => match stuck {
            Some(occupier) => Standing::Open(WhyOpen::Holds(occupier)),
            None if building.occupancy == Occupancy::Unknown => {
                Standing::Open(WhyOpen::UnknownOccupancy)
            }
            None => Standing::Free,
        },
    }
}

fn held(place: &Place, at: OccupierIx) -> Option<String> {
    let occupier = place.occupier(at);
    if let Err(reason) = place.building(occupier.building).in_play() {
        return Some(format!("its building is outside the plan ({reason})"));
    }
    if let Some(reason) = &occupier.immovable {
        return Some(reason.clone());
    }
    if place.occupier_lock(at) == Lock::Keep {
        return Some("it is locked keep".to_owned());
    }
    if !place.service(occupier.service).movable {
        let service = &place.service(occupier.service).name;
        return Some(format!("{service} does not move"));
    }
    (occupier.basis == NeedBasis::Unknown).then(|| "its space need is not known".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::place::sample;

    #[test]
    fn a_building_with_an_immovable_occupier_stays_open() {
        let mut place = sample::six_buildings();
        place.occupiers[0].immovable = Some("custody".into());
        let in_play = InPlay::new(&place);
        assert_eq!(
            in_play.standing[0],
            Standing::Open(WhyOpen::Holds(OccupierIx::new(0)))
        );
    }

    #[test]
    fn a_building_of_unknown_occupancy_stays_open_and_receives_nobody() {
        let mut place = sample::six_buildings();
        place.buildings[3].occupancy = Occupancy::Unknown;
        let in_play = InPlay::new(&place);
        assert_eq!(
            in_play.standing[3],
            Standing::Open(WhyOpen::UnknownOccupancy)
        );
        assert!(
            in_play
                .receives_nobody(&place, BuildingIx::new(3))
                .is_some()
        );
    }

    #[test]
    fn a_committed_building_is_outside() {
        let mut place = sample::six_buildings();
        place.buildings[0].committed = Some(Box::new(crate::place::Commitment {
            stated: "sold".into(),
            date: None,
        }));
        let in_play = InPlay::new(&place);
        assert!(!in_play.is_in_play(BuildingIx::new(0)));
        assert!(!in_play.is_movable(OccupierIx::new(0)));
    }
}
