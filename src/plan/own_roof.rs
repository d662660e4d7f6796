//! Among arrangements that cost the same, the one with fewest teams under another agency's roof: nobody pays a
//! recharge that saves nothing.

use super::choice::Choice;
use super::compile::{Compiled, Sources};
use super::limits::capacity::lacking;
use crate::place::{BuildingIx, OccupierIx};
use crate::siting::check;

/// Places of more buildings are left as they are found: every exchange that may do is judged as a whole.
const MOST_BUILDINGS: usize = 1_000;

/// What counts as the same cost, £.
const SAME: f64 = 0.005;

/// The choice, after every exchange that leaves cost, journeys and limits as they are and puts more teams under
/// their own agency's roof: one team to a building of its agency, or two for each other.
pub(super) fn under_own_roof(from: &Sources<'_>, compiled: &Compiled, choice: Choice) -> Choice {
    let mut best = choice;
    if from.place.buildings.len() > MOST_BUILDINGS {
        return best;
    }
    let cost = from.books.cost(&best);
    while let Some(better) = exchanged(from, compiled, &best, cost) {
        best = better;
    }
    best
}

fn exchanged(
    from: &Sources<'_>,
    compiled: &Compiled,
    choice: &Choice,
    cost: f64,
) -> Option<Choice> {
    let place = from.place;
    let is_guest = |team: OccupierIx, at: BuildingIx| {
        usize::from(place.building(at).agency != place.occupier(team).agency)
    };
    // What a team costs in a building, if it can be there: where that tells two places apart, nothing else is asked.
    let cost_in = |team: OccupierIx, at: BuildingIx| {
        let position = from.position(team, at, false)?;
        Some(compiled.problem.placements[position].cost)
    };
    let dearer = |team: OccupierIx, here: BuildingIx, there: BuildingIx| {
        Some(cost_in(team, there)? - cost_in(team, here)?)
    };
    let holds = |other: &Choice| {
        let same = from.books.cost(other) <= cost + SAME;
        let solution = same.then(|| from.solution(compiled, other)).flatten();
        solution.is_some_and(|solution| check(&compiled.problem, &solution).is_ok())
            && lacking(from, other).is_empty()
    };
    let moved: Vec<OccupierIx> = place
        .occupiers()
        .map(|(team, _)| team)
        .filter(|team| may_be_exchanged(from, choice, *team))
        .collect();
    for &guest in &moved {
        let host = choice.building(guest);
        if is_guest(guest, host) == 0 {
            continue;
        }
        let own = place.buildings().filter(|(at, building)| {
            building.agency == place.occupier(guest).agency && choice.is_open(*at)
        });
        for (home, _) in own {
            let Some(more) = dearer(guest, host, home) else {
                continue;
            };
            let put = |others: &[(OccupierIx, BuildingIx)]| {
                let mut changed = choice.clone();
                changed.arrangement.building[guest.index()] = home;
                for (other, to) in others {
                    changed.arrangement.building[other.index()] = *to;
                }
                holds(&changed).then_some(changed)
            };
            if more <= SAME
                && let Some(alone) = put(&[])
            {
                return Some(alone);
            }
            let there = moved.iter().copied();
            let there = there.filter(|team| choice.building(*team) == home);
            for other in there.filter(|team| is_guest(*team, host) <= is_guest(*team, home)) {
                let beside = dearer(other, home, host);
                if beside.is_some_and(|beside| more + beside <= SAME)
                    && let Some(both) = put(&[(other, host)])
                {
                    return Some(both);
                }
            }
        }
    }
    None
}

/// A team without a public counter, which moves and merges with nobody: where it is changes nobody's journey.
fn may_be_exchanged(from: &Sources<'_>, choice: &Choice, team: OccupierIx) -> bool {
    let place = from.place;
    let service = place.occupier(team).service;
    let together = place.together.iter();
    let mut linked = together.flat_map(|one| [one.first, one.second]);
    from.in_play.is_movable(team)
        && choice.moves(place, team)
        && !choice.merges(team)
        && !place.service(service).counter
        && !linked.any(|one| one == service)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::place::{
        Areas, GbpPerYear, Lock, Objective, Place, SpaceType, SquareMetres, sample,
    };
    use crate::plan::solve::with_sources;
    use crate::travel::Travel;

    /// Two agencies, each with a house that is let go, a house that is kept, and a team that must move; all alike.
    fn two_agencies() -> Place {
        let mut place = sample::empty("Two agencies");
        place.agencies = ["council", "nhs"].map(sample::agency).to_vec();
        place.services = vec![sample::service("office", false)];
        for agency in [0, 1] {
            for (name, lock) in [("old", Lock::Dispose), ("new", Lock::Keep)] {
                let id = format!("{name}{agency}");
                let mut building = sample::building(&id, agency, sample::at(0.0, 0.0), 300.0);
                building.lock = lock;
                place.buildings.push(building);
            }
            let team = sample::occupier(&format!("team{agency}"), agency, 0, 2 * agency, 100.0);
            place.occupiers.push(team);
        }
        place
    }

    /// Where both teams are after exchanges, of a choice that has the first and second team there.
    fn exchanged_from(place: &Place, first: usize, second: usize) -> [usize; 2] {
        let travel = Travel::new(place, Vec::new());
        with_sources(place, &travel, Objective::NetPresentValue, false, |from| {
            let compiled = from.compile();
            let mut choice = Choice::today(place);
            for (team, to) in [first, second].into_iter().enumerate() {
                choice.arrangement.building[team] = BuildingIx::new(to);
            }
            (choice.open[0], choice.open[2]) = (false, false);
            let cost = from.books.cost(&choice);
            let better = under_own_roof(from, &compiled, choice);
            assert!(from.books.cost(&better) <= cost + SAME);
            [0, 1].map(|team| better.arrangement.building[team].index())
        })
    }

    #[test]
    fn teams_that_only_stand_in_for_each_other_go_home() {
        let place = two_agencies();
        assert_eq!(exchanged_from(&place, 3, 1), [1, 3]);
        assert_eq!(exchanged_from(&place, 1, 1), [1, 3]);
    }

    #[test]
    fn a_guest_stays_where_its_own_agencys_house_is_dearer_or_too_small() {
        let mut place = two_agencies();
        place.buildings[1].running_per_m2 = GbpPerYear(90.0);
        assert_eq!(exchanged_from(&place, 3, 3), [3, 3]);
        let mut place = two_agencies();
        place.occupiers[0].needs = Areas::of(SpaceType::Office, SquareMetres(250.0));
        place.buildings[1].usable.value = Areas::of(SpaceType::Any, SquareMetres(200.0));
        assert_eq!(exchanged_from(&place, 3, 1)[0], 3);
    }
}
