//! Where else an occupier could have gone under a plan, everything else left as it is, and why it did not.

use super::choice::Choice;
use super::compile::{Compiled, Sources};
use super::obstacle::{Obstacle, obstacle};
use super::placements::{Kind, straight_km};
use super::report::Plan;
use super::solve::with_sources;
use crate::place::{BuildingIx, OccupierIx, Place};
use crate::travel::Travel;
use serde::Serialize;
use std::collections::BTreeMap;

/// One other building that an occupier might have gone to.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Alternative {
    /// The building's id.
    pub asset_id: String,
    /// Its name.
    pub name: String,
    /// How far from where the occupier is today, straight line × detour, km.
    pub km: Option<f64>,
    /// What keeps it from there.
    pub obstacle: Obstacle,
    /// The same in words.
    pub because: String,
    /// What the plan would cost more with it there and all else the same, £ (or £ a year); `None`
    /// where it cannot be there.
    pub costs_more_gbp: Option<f64>,
}

/// Every other building near enough to matter for an occupier, nearest first, with what keeps it from
/// there; empty for one that cannot move.
pub fn alternatives(
    place: &Place,
    travel: &Travel,
    plan: &Plan,
    at: OccupierIx,
) -> Vec<Alternative> {
    with_sources(place, travel, plan.objective, false, |from| {
        let compiled = from.compile();
        Elsewhere {
            from,
            compiled: &compiled,
            here: Choice::of_plan(place, from.in_play, plan),
            at,
        }
        .all()
    })
}

struct Elsewhere<'a> {
    from: &'a Sources<'a>,
    compiled: &'a Compiled,
    /// What the plan chose.
    here: Choice,
    at: OccupierIx,
}

impl Elsewhere<'_> {
    fn all(&self) -> Vec<Alternative> {
        let from = self.from;
        let now = self.here.building(self.at);
        let mut ways: BTreeMap<BuildingIx, Vec<Kind>> = BTreeMap::new();
        for placement in &from.placements.list {
            if placement.occupier == self.at && placement.building != now {
                ways.entry(placement.building)
                    .or_default()
                    .push(placement.kind);
            }
        }
        let mut all: Vec<Alternative> = ways
            .iter()
            .filter_map(|(to, kinds)| {
                let tried = kinds.iter().map(|kind| self.tried(*to, *kind));
                let (obstacle, because, more) = tried.min_by_key(|one| one.0)?;
                Some(self.alternative(*to, obstacle, because, more))
            })
            .collect();
        let refused = from.placements.refused[self.at.index()].iter();
        all.extend(
            refused
                .filter(|refusal| refusal.building != now)
                .map(|refusal| {
                    let because = refusal.reason.clone();
                    self.alternative(refusal.building, Obstacle::Never, because, None)
                }),
        );
        let far = |one: &Alternative| one.km.unwrap_or(f64::INFINITY);
        all.sort_by(|a, b| far(a).total_cmp(&far(b)).then(a.asset_id.cmp(&b.asset_id)));
        all
    }

    fn alternative(
        &self,
        to: BuildingIx,
        obstacle: Obstacle,
        because: String,
        costs_more_gbp: Option<f64>,
    ) -> Alternative {
        let place = self.from.place;
        let (measure, home) = (straight_km(), place.occupier(self.at).building);
        let far = self
            .from
            .travel
            .building_to_building(place, &measure, home, to);
        let building = place.building(to);
        Alternative {
            asset_id: building.id.to_string(),
            name: building.name.clone(),
            km: far.map(|far| far.to_user(measure.unit)),
            obstacle,
            because,
            costs_more_gbp,
        }
    }

    /// What happens if it goes there in this way.
    fn tried(&self, to: BuildingIx, kind: Kind) -> (Obstacle, String, Option<f64>) {
        let mut there = self.here.clone();
        there.arrangement.building[self.at.index()] = to;
        there.arrangement.merged[self.at.index()] = kind == Kind::Merge;
        if !self.here.is_open(to) {
            let because = "the plan lets it go".to_owned();
            return (Obstacle::LetGo, because, None);
        }
        if let Some((obstacle, because)) = obstacle(self.from, self.compiled, &there) {
            return (obstacle, because, None);
        }
        self.from.keep_free_parts(&mut there);
        let books = self.from.books;
        let more = super::finance::pence(books.cost(&there) - books.cost(&self.here));
        match more {
            more if more < 0.0 => {
                let because = "it could be there: the plan is not the cheapest there is".to_owned();
                (Obstacle::Nothing, because, Some(more))
            }
            more if more == 0.0 => (Obstacle::Cost, "it costs as much".to_owned(), Some(more)),
            more => (Obstacle::Cost, "it costs more".to_owned(), Some(more)),
        }
    }
}
