//! A plan in which only some agencies take part: the door for those who ask what each group is worth.

use super::PlanError;
use super::in_play::InPlay;
use super::placements::candidates;
use super::report::Plan;
use super::solve::{From, Wish, started, with_sources_among};
use crate::access::Arrangement;
use crate::place::{BuildingIx, Place};
use crate::siting::Progress;
use crate::travel::Travel;
use std::time::Instant;

/// The buildings considered for each occupier, whoever takes part: the nearest of all, and the
/// nearest of its own group, so that a small group is not short of buildings because it is small.
/// `group` is by agency. What a smaller circle may do is then always open to a wider one.
pub fn considered(place: &Place, travel: &Travel, group: &[usize]) -> Vec<Vec<BuildingIx>> {
    let in_play = InPlay::new(place);
    let receives = |at: &BuildingIx| in_play.receives_nobody(place, *at).is_none();
    let receiving: Vec<BuildingIx> = place
        .buildings()
        .map(|(at, _)| at)
        .filter(receives)
        .collect();
    let group_of = |at: BuildingIx| group[place.building(at).agency.index()];
    let mut considered = candidates(place, travel, &in_play, &receiving);
    for one in 0..group.iter().map(|one| one + 1).max().unwrap_or(0) {
        let own: Vec<BuildingIx> = receiving
            .iter()
            .copied()
            .filter(|at| group_of(*at) == one)
            .collect();
        let nearest = candidates(place, travel, &in_play, &own);
        for (at, occupier) in place.occupiers() {
            if group[occupier.agency.index()] == one {
                considered[at.index()].extend(&nearest[at.index()]);
            }
        }
    }
    for buildings in &mut considered {
        buildings.sort_unstable();
        buildings.dedup();
    }
    considered
}

/// Plans a place once with the buildings `considered` for each occupier, from the cheapest of these
/// arrangements that keeps every hard limit. Decisions that oppose each other are planned free.
///
/// # Errors
/// As [`plan`](super::plan()).
pub fn plan_among(
    place: &Place,
    travel: &Travel,
    wish: &Wish,
    considered: &[Vec<BuildingIx>],
    starts: &[Arrangement],
    progress: &dyn Progress,
) -> Result<Plan, PlanError> {
    let began = Instant::now();
    let objective = wish.objective.unwrap_or(place.finance.objective);
    let second = wish.second_stage;
    with_sources_among(place, travel, objective, second, Some(considered), |from| {
        started(from, From::BestOf(starts), wish, progress, began)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::place::sample;
    use std::time::Duration;

    #[test]
    fn a_plan_started_from_a_better_one_is_no_worse_even_without_time_to_search() {
        let place = sample::six_buildings();
        let travel = Travel::new(&place, Vec::new());
        let everybody = considered(&place, &travel, &[0, 0]);
        let plan = |time, starts: &[Arrangement]| {
            let wish = Wish {
                gap: 0.0,
                time,
                second_stage: false,
                ..Wish::default()
            };
            plan_among(&place, &travel, &wish, &everybody, starts, &()).expect("a plan")
        };
        let best = plan(Duration::from_secs(20), &[]);
        assert!(best.saving_gbp > 0.0);
        let start = best.arrangement(&place);
        let at_once = plan(Duration::ZERO, &[Arrangement::today(&place), start]);
        assert!(at_once.value <= best.value + 0.01);
    }

    #[test]
    fn a_team_of_a_small_group_considers_the_buildings_of_its_own_however_far() {
        let mut place = sample::six_buildings();
        // 60 buildings of the NHS around A0, and one more of the council 30 km away.
        for k in 0..60 {
            let id = format!("X{k}");
            let at = sample::at(100.0 * f64::from(k % 8), 700.0 + 100.0 * f64::from(k / 8));
            place.buildings.push(sample::building(&id, 1, at, 500.0));
        }
        let far = sample::building("far", 0, sample::at(30_000.0, 0.0), 500.0);
        place.buildings.push(far);
        place.buildings[6..].iter_mut().for_each(|one| {
            one.occupancy = crate::place::Occupancy::Vacant;
        });
        let travel = Travel::new(&place, Vec::new());
        let far = BuildingIx::new(66);
        assert!(!considered(&place, &travel, &[0, 0])[2].contains(&far));
        assert!(considered(&place, &travel, &[0, 1])[2].contains(&far));
    }
}
