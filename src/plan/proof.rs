//! The bound of a plan, worked out again from the place and the multipliers alone.
//!
//! Anybody may have found the multipliers; nothing of the search is used here. The place is turned
//! into the optimiser's problem once more, since a bound is a statement about that problem.

use super::money_bound::without_prices;
use super::report::Plan;
use super::solve::with_sources;
use crate::place::{Objective, Place};
use crate::siting::{self, BoundSource, Certificate, Problem, SitingError};
use crate::travel::Travel;

/// What multipliers prove about a plan.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Recomputed {
    /// No plan costs less than this.
    pub bound: f64,
    /// Whether the plan's stated bound follows from it. One from a solver's tree never does.
    pub follows: bool,
}

/// The optimiser's own problem of a place: what [`plan`](super::plan()) solves.
pub fn siting_problem(place: &Place, travel: &Travel, objective: Objective) -> Problem {
    problem(place, travel, objective, true)
}

/// The same with what its second stage needs, or without: a plan on a curve has none.
fn problem(place: &Place, travel: &Travel, objective: Objective, second_stage: bool) -> Problem {
    with_sources(place, travel, objective, second_stage, |from| {
        from.compile().problem
    })
}

/// Works out the bound that a certificate's multipliers give for the place of a plan, on money alone as the
/// plan states it.
///
/// # Errors
/// [`SitingError::Invalid`] where the certificate is not one of this place.
pub fn recompute_bound(
    place: &Place,
    travel: &Travel,
    plan: &Plan,
    certificate: &Certificate,
) -> Result<Recomputed, SitingError> {
    let of = |second_stage: bool| {
        let problem = problem(place, travel, plan.objective, second_stage);
        let problem = without_prices(&problem).unwrap_or(problem);
        siting::recompute_bound(&problem, certificate)
    };
    // Multipliers fit one of the two; what follows from either holds, as the second stage limits nothing.
    let bound = of(true).or_else(|_| of(false))?;
    let stated = plan
        .bound
        .filter(|_| plan.bound_source == BoundSource::Certificate);
    // Stated bounds are whole pennies, rounded down.
    let margin = 0.005 + 1e-9 * bound.abs();
    Ok(Recomputed {
        bound,
        follows: stated.is_some_and(|stated| stated <= bound + margin),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::place::{TravelObjective, sample};
    use crate::plan::{Wish, plan};

    #[test]
    fn the_bound_of_a_plan_without_a_second_stage_follows_where_journeys_are_made_equal() {
        let mut place = sample::six_buildings();
        place.finance.travel_objective = TravelObjective::Equal;
        let travel = Travel::new(&place, Vec::new());
        for second_stage in [true, false] {
            let wish = Wish {
                second_stage,
                ..Wish::default()
            };
            let planned = plan(&place, &travel, &wish, &()).expect("a plan");
            let certificate = planned.certificate.clone().expect("multipliers");
            let again = recompute_bound(&place, &travel, &planned, &certificate);
            let again = again.expect("the multipliers fit");
            assert!(again.bound <= planned.value + 0.01, "{again:?}");
        }
    }

    #[test]
    fn the_stated_bound_follows_from_its_multipliers_and_none_above_the_value_does() {
        let place = sample::six_buildings();
        let travel = Travel::new(&place, Vec::new());
        let mut planned = plan(&place, &travel, &Wish::default(), &()).expect("a plan");
        let certificate = planned.certificate.clone().expect("multipliers");
        let again = recompute_bound(&place, &travel, &planned, &certificate).expect("it fits");
        assert!(again.bound <= planned.value + 0.01, "{again:?}");
        planned.bound_source = BoundSource::Certificate;
        planned.bound = Some(again.bound - 1.0);
        let below = recompute_bound(&place, &travel, &planned, &certificate).expect("it fits");
        assert!(below.follows);
        planned.bound = Some(again.bound + 1.0);
        let above = recompute_bound(&place, &travel, &planned, &certificate).expect("it fits");
        assert!(!above.follows);
        let mut other = certificate;
        other.items.push(0.0);
        assert!(recompute_bound(&place, &travel, &planned, &other).is_err());
    }
}
