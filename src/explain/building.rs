//! Why a building is kept or let go.

use super::again::{Asking, Opposite, Sought};
use super::holds::{Hold, Holds};
use crate::place::{
    Building, BuildingIx, Decision, Lock, Occupancy, Place, Record, Role, RowRef, Verb,
};
use crate::plan::{
    Action, LimitVerdict, Plan, PlannedBuilding, Price, Sureness, TurnedRound, Turning, decided,
    turning,
};
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
    /// How sure it is that the opposite is no better, as [`Sureness::code`]: what the plan says, and `proven` too
    /// where what was asked here proves that the opposite costs more or cannot be; empty where it was not in question.
    pub proof: String,
    /// What the plan alone says of that.
    pub proof_in_plan: String,
    /// What people decided about it.
    pub decided: Option<String>,
    /// Rules that would fail if those in it left and went nowhere else.
    pub held_by: Vec<Hold>,
    /// Limits on money in the way of the opposite: the cheapest plan near this one with it the other way round breaks
    /// them, and none that keeps them was found, or without them it would rather be the other way round.
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
            // Around the building the search ends by itself: where rounds are counted it is not cut off.
            let time = match asking.rounds {
                Some(_) => asking.time,
                None => asking.time.mul_f64(NEARBY),
            };
            let question = Question {
                turning,
                at,
                changed: &changed,
                asked,
                time,
                enough: time,
            };
            question.thoroughly(asking)
        })
    });
    written(place, plan, at, &holds, answer)
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
    /// Around the building only.
    pub(super) fn quickly(&self, asking: &Asking<'_>) -> Answer {
        let (near, money) = self.nearby(asking);
        let opposite = match near {
            Near::Found(found, _) => *found,
            Near::Impossible(reasons) => Opposite::impossible(self.asked, reasons),
            Near::NotFound => Opposite::not_found(self.asked, NOT_NEARBY),
        };
        (opposite.bounded(asking, self.turning, self.at), money)
    }

    /// Around the building. In the whole place too where nothing is found there, and where the plan is within
    /// the gap that it or this was asked for: else what such a search finds elsewhere would be found without the building, too.
    fn thoroughly(&self, asking: &Asking<'_>) -> Answer {
        let began = Instant::now();
        let (near, money) = self.nearby(asking);
        let known = asking
            .plan
            .gap
            .is_some_and(|gap| gap <= asking.gap.max(asking.plan.run.gap_asked));
        let near = match near {
            Near::Found(near, _) if !known => {
                return (near.bounded(asking, self.turning, self.at), money);
            }
            Near::Impossible(reasons) => {
                return (Opposite::impossible(self.asked, reasons), money);
            }
            Near::Found(near, plan) => Some((near, plan)),
            Near::NotFound => None,
        };
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
        (opposite.bounded(asking, self.turning, self.at), money)
    }

    /// Around the building alone, and the limits on money in the way.
    fn nearby(&self, asking: &Asking<'_>) -> (Near, Vec<LimitVerdict>) {
        let times = (self.time, self.enough);
        let turning = self.turning;
        let (found, money) = turning.turned(self.at, self.changed, times, asking.progress);
        let near = match found {
            TurnedRound::Planned(plan) => {
                let price = Price::from_the_table(asking.plan, &plan);
                let asked = self.asked.to_owned();
                let judged = asking.judged(self.changed, asked, *plan, Sought::Nearby, price);
                match judged {
                    (opposite, Some(plan)) => Near::Found(Box::new(opposite), Box::new(plan)),
                    _ => Near::NotFound,
                }
            }
            TurnedRound::Impossible(reasons) => Near::Impossible(reasons),
            TurnedRound::NotFound => Near::NotFound,
        };
        (near, money)
    }
}

/// What was found around a building.
enum Near {
    /// A plan, verified, and how it stands to the one in question.
    Found(Box<Opposite>, Box<Plan>),
    /// That there is none.
    Impossible(Vec<String>),
    /// None; there may be one all the same.
    NotFound,
}

/// Why nothing was found in one building's share of the time for all.
const NOT_NEARBY: &str = "none was found around it in its share of the time; asked about alone, the whole place is planned again";

/// What it is called to let a building go.
const DISPOSE: &str = "dispose";

/// The opposite of what a plan makes of a building, and the limits on money in its way.
pub(super) type Answer = (Opposite, Vec<LimitVerdict>);

/// The answer, given the opposite and the limits on money that are in its way.
pub(super) fn written(
    place: &Place,
    plan: &Plan,
    at: BuildingIx,
    holds: &Holds<'_>,
    answer: Option<Answer>,
) -> BuildingExplained {
    let (opposite, money) = answer.map_or((None, Vec::new()), |(one, money)| (Some(one), money));
    let building = place.building(at);
    let planned = planned(plan, building);
    let action = planned.map_or(Action::Outside, |one| one.action);
    BuildingExplained {
        asset_id: building.id.to_string(),
        name: building.name.clone(),
        action,
        reason: planned.map_or(String::new(), |one| one.reason.clone()),
        proof: proof(planned, opposite.as_ref()),
        proof_in_plan: planned.map_or(String::new(), |one| one.proof.clone()),
        decided: decided(place, Record::Building(at)),
        held_by: match action.is_open() {
            true => holds.of(at),
            false => Vec::new(),
        },
        held_by_money: money,
        opposite,
    }
}

/// How sure it is: what the plan says, unless the opposite is known to cost more or to be impossible by now.
fn proof(planned: Option<&PlannedBuilding>, opposite: Option<&Opposite>) -> String {
    let own = planned.map_or("", |one| one.proof.as_str());
    let dearer = opposite.is_some_and(Opposite::is_ruled_out);
    match dearer && !own.is_empty() {
        true => Sureness::Proven.code().to_owned(),
        false => own.to_owned(),
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
        true => (Lock::Dispose, DISPOSE),
        false => (Lock::Keep, "keep"),
    })
}

/// The place in which a building must be what the plan does not make of it, and what that is called.
pub(super) fn turned(place: &Place, plan: &Plan, at: BuildingIx) -> Option<(Place, &'static str)> {
    let (lock, asked) = opposite(place, plan, at)?;
    let mut turned = place.clone();
    let gone = place.decisions_on(Record::Building(at));
    turned.decisions.retain(|one| !gone.contains(&one));
    // As if it had been asked for with `plan --keep` or `--dispose`.
    let (verb, flag) = match lock {
        Lock::Dispose => (Verb::Dispose, "--dispose"),
        Lock::Keep | Lock::Free => (Verb::Keep, "--keep"),
    };
    let id = format!("building:{}", place.building(at).id);
    turned.decisions.push(Decision {
        source: RowRef::file(flag),
        ..Decision::about(id, verb, None)
    });
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
