//! Where else an occupier could have gone under a plan, everything else left as it is, and why it did not.

use super::choice::Choice;
use super::compile::{Compiled, Sources};
use super::placements::{Kind, straight_km};
use super::report::Plan;
use super::solve::with_sources;
use crate::place::{BuildingIx, OccupierIx, Place};
use crate::siting::{Limit, Solution, Violation, check};
use crate::travel::Travel;
use serde::Serialize;
use std::collections::BTreeMap;

/// What keeps an occupier from a building while everything else is as in the plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Obstacle {
    /// It could go there, and the plan would cost less: the plan is not the cheapest there is.
    Nothing,
    /// It could go there; it costs more, or as much.
    Cost,
    /// The floor, or a resource, is taken by those whom the plan has there.
    Space,
    /// An access rule would not hold.
    Rule,
    /// The plan lets the building go.
    LetGo,
    /// Services that may not share, or more counters than a building may have.
    Sharing,
    /// It can never be there: too far, not open, without what the service needs, too small.
    Never,
}

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
        let Some(solution) = solution(self.from, self.compiled, &there) else {
            return (
                Obstacle::Sharing,
                "it does not fit the rest".to_owned(),
                None,
            );
        };
        if let Err(broken) = check(&self.compiled.problem, &solution) {
            let (obstacle, because) = self.in_words(&broken);
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

    /// The first thing of the weightiest kind that breaks, in words.
    fn in_words(&self, broken: &[Violation]) -> (Obstacle, String) {
        let problem = &self.compiled.problem;
        let mut all: Vec<(Obstacle, String)> = broken
            .iter()
            .map(|violation| match violation.limit {
                Limit::Capacity(site, kind) => {
                    (Obstacle::Space, self.short(site, kind, violation.by))
                }
                Limit::Each(reach, cover, target) => {
                    let zone = problem.reaches[reach].targets.get(target);
                    let zone = zone.map_or("a zone", String::as_str);
                    (
                        Obstacle::Rule,
                        self.rule(reach, cover, &format!("zone {zone} would be too far away")),
                    )
                }
                Limit::Share(reach, cover) => {
                    let people = crate::place::words::whole(violation.by / 1000.0);
                    (
                        Obstacle::Rule,
                        self.rule(
                            reach,
                            cover,
                            &format!("{people} people too many would be beyond it"),
                        ),
                    )
                }
                Limit::Mean(reach, cover) => (
                    Obstacle::Rule,
                    self.rule(reach, cover, "the mean would be too long"),
                ),
                Limit::Conflict(at) => {
                    let name = &problem.conflicts[at].name;
                    (Obstacle::Sharing, format!("too many of one kind: {name}"))
                }
                Limit::Requires(_) => (
                    Obstacle::Sharing,
                    "somebody merges into it, and would be alone".to_owned(),
                ),
                _ => (Obstacle::Sharing, violation.words(problem)),
            })
            .collect();
        all.sort();
        all.into_iter()
            .next()
            .unwrap_or((Obstacle::Sharing, String::new()))
    }

    /// How much room is missing at a site.
    fn short(&self, site: usize, kind: usize, by: f64) -> String {
        let place = self.from.place;
        let building = place.building_named(&self.compiled.problem.sites[site].name);
        let room = building.and_then(|at| self.from.rooms[at.index()].as_ref());
        let what = room.and_then(|room| room.resource(kind)).unwrap_or("m²");
        let missing = crate::place::words::exact((by * 10.0).ceil() / 10.0);
        format!("{missing} {what} too few beside those whom the plan has there")
    }

    fn rule(&self, reach: usize, cover: usize, what: &str) -> String {
        let name = self.compiled.problem.reaches[reach].covers[cover].name();
        format!(
            "{}: {what}",
            super::infeasible::rule_in_words(self.from, name)
        )
    }
}

/// A choice as a solution of the compiled problem; `None` where it needs a placement that is not there.
fn solution(from: &Sources<'_>, compiled: &Compiled, choice: &Choice) -> Option<Solution> {
    let positions = from.positions(&choice.arrangement);
    let mut chosen = positions.into_iter().collect::<Option<Vec<usize>>>()?;
    let open = compiled.open(choice);
    from.complete(compiled, &choice.arrangement, &mut chosen, |site| {
        open[site]
    });
    chosen.extend(choice.parts.iter().filter_map(|at| compiled.parts.get(at)));
    chosen.sort_unstable();
    // A part that is decided to go stands among both.
    chosen.dedup();
    Some(Solution {
        shares: vec![1.0; chosen.len()],
        chosen,
        open,
    })
}
