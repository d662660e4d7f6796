//! The one call: the plan of a place, and the price of each side where people disagree.

use super::report::Plan;
use super::solve::Wish;
use super::{PlanError, again, opposed};
use crate::access::Arrangement;
use crate::place::Place;
use crate::siting::Progress;
use crate::siting::clock::from_now;
use crate::travel::Travel;

/// Share of the time that the plan itself may take where sides are to be priced.
const OF_THE_PLAN: f64 = 0.6;

/// Plans a place: who goes where, which buildings are let go, what it costs and what is proven.
/// Where decisions in force say opposite things of a record, it is planned free, and the place is
/// planned once more for each side, within the same time.
///
/// # Errors
/// [`PlanError::Conflict`] and [`PlanError::Infeasible`] name what is at fault;
/// [`PlanError::NothingFound`] where the time was too short; [`PlanError::Siting`] where the engine
/// failed.
pub fn plan(
    place: &Place,
    travel: &Travel,
    wish: &Wish,
    progress: &dyn Progress,
) -> Result<Plan, PlanError> {
    plan_starting(place, travel, wish, &[], progress)
}

/// The same from the cheapest of today and some arrangements.
pub(super) fn plan_starting(
    place: &Place,
    travel: &Travel,
    wish: &Wish,
    starts: &[Arrangement],
    progress: &dyn Progress,
) -> Result<Plan, PlanError> {
    if opposed::sides(place) == 0 {
        return again::plan_from(place, travel, wish, starts, progress);
    }
    let until = from_now(wish.time);
    let first = Wish {
        time: wish.time.mul_f64(OF_THE_PLAN),
        ..wish.clone()
    };
    let mut plan = again::plan_from(place, travel, &first, starts, progress)?;
    plan.run.time_asked_s = wish.time.as_secs_f64();
    plan.conflicts = opposed::priced(place, travel, wish, &plan, until, progress);
    Ok(plan)
}
