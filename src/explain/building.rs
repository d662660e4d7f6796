//! Why a building is kept or let go.

use super::again::{Asking, Opposite, Sought};
use super::holds::{Hold, Holds};
use crate::place::{Building, BuildingIx, Lock, Occupancy, Place, Record, Role};
use crate::plan::{Action, LimitVerdict, Plan, PlannedBuilding, Price, Turning, decided, turning};
use serde::Serialize;
use std::time::{Duration, Instant};

/// Why a building is kept or let go, and what the opposite would cost.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BuildingExplained {
    /// Its id.
    pub asset_id: String,
    /// Its name.
    pub name: String,
    /// What the plan does with it.
    pub action: Action,
    /// Why, in the plan's own words.
    pub reason: String,
    /// `proven`, `optimal` or `best_found`, as in the plan; empty where it was not in question.
    pub proof: String,
    /// What people decided about it.
    pub decided: Option<String>,
    /// Rules that would fail if those in it left and went nowhere else.
    pub held_by: Vec<Hold>,
    /// Limits on money that the cheapest plan near this one breaks with it the other way round.
    pub held_by_money: Vec<LimitVerdict>,
    /// The plan in which it is the other way round; `None` where it is outside the plan, or nobody
    /// knows who is in it.
    pub opposite: Option<Opposite>,
}

pub(super) fn explained(asking: &Asking<'_>, at: BuildingIx) -> BuildingExplained {
    let (place, travel, plan) = (asking.place, asking.travel, asking.plan);
    let holds = Holds::new(place, travel, plan);
    let answer = turned(place, plan, at).map(|(changed, asked)| {
        turning(place, travel, plan, asking.certificate, |turning| {
            let question = Question {
                turning,
                at,
                changed: &changed,
                asked,
                time: asking.time.mul_f64(NEARBY),
                enough: asking.time.mul_f64(NEARBY),
            };
            (question.thoroughly(asking), question.money(asking))
        })
    });
    let (opposite, money) = answer.map_or((None, Vec::new()), |(one, money)| (Some(one), money));
    written(place, plan, at, &holds, opposite, money)
}

/// Share of the time that is spent near a building before the whole place is planned again.
const NEARBY: f64 = 0.3;

/// What would it cost to have a building the other way round?
pub(super) struct Question<'a> {
    pub(super) turning: &'a Turning<'a>,
    pub(super) at: BuildingIx,
    /// The place in which it must be so.
    pub(super) changed: &'a Place,
    /// What that is called.
    pub(super) asked: &'static str,
    /// Time to look around the building.
    pub(super) time: Duration,
    /// Time after which a first plan is good enough.
    pub(super) enough: Duration,
}

impl Question<'_> {
    /// Around the building; in the whole place only where nothing is found there though there was time.
    pub(super) fn quickly(&self, asking: &Asking<'_>) -> Opposite {
        let began = Instant::now();
        let opposite = match self.nearby(asking) {
            Some((found, _)) => found,
            None if began.elapsed() >= self.time => {
                Opposite::not_found(self.asked, "the time was up")
            }
            None => {
                let asking = Asking {
                    time: self.enough,
                    ..*asking
                };
                asking.again(self.changed, self.asked.to_owned(), &[]).0
            }
        };
        opposite.bounded(asking, self.turning, self.at)
    }

    /// Around the building. In the whole place too where nothing is found there, and where the plan is within
    /// the gap asked for: else what such a search finds elsewhere would be found without the building, too.
    pub(super) fn thoroughly(&self, asking: &Asking<'_>) -> Opposite {
        let began = Instant::now();
        let near = self.nearby(asking);
        let known = asking.plan.gap.is_some_and(|gap| gap <= asking.gap);
        if let (Some((near, _)), false) = (&near, known) {
            return near.clone().bounded(asking, self.turning, self.at);
        }
        let start: Vec<_> = near
            .iter()
            .map(|(_, plan)| plan.arrangement(asking.place))
            .collect();
        let rest = Asking {
            time: asking.time.saturating_sub(began.elapsed()),
            ..*asking
        };
        let (everywhere, _) = rest.again(self.changed, self.asked.to_owned(), &start);
        let opposite = match near {
            Some((near, _)) => near.cheaper(everywhere),
            None => everywhere,
        };
        opposite.bounded(asking, self.turning, self.at)
    }

    fn nearby(&self, asking: &Asking<'_>) -> Option<(Opposite, Plan)> {
        let times = (self.time, self.enough);
        let turned = self
            .turning
            .turned(self.at, self.changed, times, asking.progress);
        let plan = turned?;
        let price = Price::from_the_table(asking.plan, &plan);
        let asked = self.asked.to_owned();
        let (opposite, plan) = asking.judged(self.changed, asked, plan, Sought::Nearby, price);
        Some((opposite, plan?))
    }

    /// The limits on money that the building breaks the other way round.
    pub(super) fn money(&self, asking: &Asking<'_>) -> Vec<LimitVerdict> {
        self.turning
            .money_in_the_way(self.at, self.time, asking.progress)
    }
}

/// The answer, given the opposite and the limits on money that are in its way.
pub(super) fn written(
    place: &Place,
    plan: &Plan,
    at: BuildingIx,
    holds: &Holds<'_>,
    opposite: Option<Opposite>,
    money: Vec<LimitVerdict>,
) -> BuildingExplained {
    let building = place.building(at);
    let planned = planned(plan, building);
    let action = planned.map_or(Action::Outside, |one| one.action);
    BuildingExplained {
        asset_id: building.id.to_string(),
        name: building.name.clone(),
        action,
        reason: planned.map_or(String::new(), |one| one.reason.clone()),
        proof: planned.map_or(String::new(), |one| one.proof.clone()),
        decided: decided(place, Record::Building(at)),
        held_by: match action.is_open() {
            true => holds.of(at),
            false => Vec::new(),
        },
        held_by_money: money,
        opposite,
    }
}

/// What it is called to make of a building what the plan does not, and the lock that does it; `None` where
/// it could not be.
pub(super) fn opposite(place: &Place, plan: &Plan, at: BuildingIx) -> Option<(Lock, &'static str)> {
    let building = place.building(at);
    let planned = planned(plan, building)?;
    let unopened = building.proposed.is_some();
    if (planned.action == Action::Outside && !unopened) || unknown(place, at) {
        return None;
    }
    Some(match planned.action.is_open() {
        true => (Lock::Dispose, "dispose"),
        false => (Lock::Keep, "keep"),
    })
}

/// The place in which a building must be what the plan does not make of it, and what that is called.
pub(super) fn turned(place: &Place, plan: &Plan, at: BuildingIx) -> Option<(Place, &'static str)> {
    let (lock, asked) = opposite(place, plan, at)?;
    let mut turned = place.clone();
    let gone = place.decisions_on(Record::Building(at));
    turned.decisions.retain(|one| !gone.contains(&one));
    turned.buildings[at.index()].lock = lock;
    Some((turned, asked))
}

fn planned<'a>(plan: &'a Plan, building: &Building) -> Option<&'a PlannedBuilding> {
    let mut planned = plan.buildings.iter();
    planned.find(|one| one.asset_id == building.id.as_str())
}

/// Whether nobody knows who is in it: then what it costs to empty it is not known either.
fn unknown(place: &Place, at: BuildingIx) -> bool {
    let building = place.building(at);
    building.occupancy == Occupancy::Unknown || matches!(building.role, Role::Out(_))
}
