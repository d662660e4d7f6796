//! Among arrangements that cost the same, the one with fewest teams under another agency's roof, and then the one in
//! which they move least far: nobody pays a recharge that saves nothing, and no counter crosses the county where one
//! that stands there already would do.

use super::choice::Choice;
use super::compile::{Compiled, Sources};
use super::limits::capacity::lacking;
use super::placements::straight_km;
use crate::place::{BuildingIx, OccupierIx};
use crate::siting::{Objective, Solution, check, value};

/// Places of more buildings are left as they are found: every exchange that may do is judged as a whole.
const MOST_BUILDINGS: usize = 1_000;

/// Exchanges that are judged as a whole, at most: where more would be, the same ones are on every machine.
const MOST_JUDGED: usize = 4_000;

/// What counts as the same cost, £.
const SAME: f64 = 0.005;

/// The choice, after every exchange that leaves cost, journeys and limits as they are and brings teams nearer home:
/// one team to another building, or two for each other. It ends where `over` says so with what was found till then.
pub(super) fn near_home(
    from: &Sources<'_>,
    compiled: &Compiled,
    choice: Choice,
    over: &dyn Fn() -> bool,
) -> Choice {
    let many = from.place.buildings.len() > MOST_BUILDINGS;
    let Some(solution) = from.solution(compiled, &choice).filter(|_| !many) else {
        return choice;
    };
    let mut exchange = Exchange {
        from,
        compiled,
        cost: from.books.cost(&choice),
        worth: worth(compiled, &solution),
        judged: 0,
        best: choice,
    };
    let teams = from.place.occupiers().map(|(team, _)| team);
    let moved: Vec<OccupierIx> = teams.filter(|team| exchange.may_move(*team)).collect();
    loop {
        let mut better = false;
        for &team in &moved {
            if over() || exchange.judged >= MOST_JUDGED {
                return exchange.best;
            }
            better |= exchange.bring_home(team, &moved, over);
        }
        if !better {
            return exchange.best;
        }
    }
}

struct Exchange<'a> {
    from: &'a Sources<'a>,
    compiled: &'a Compiled,
    cost: f64,
    worth: [f64; 2],
    judged: usize,
    best: Choice,
}

/// The cost of a solution with the prices of soft limits that it breaks, and its journeys.
fn worth(compiled: &Compiled, solution: &Solution) -> [f64; 2] {
    [Objective::Cost, Objective::Travel].map(|of| value(&compiled.problem, solution, of))
}

/// How far from home somebody is: under another agency's roof, and metres from where they are today. Less is better.
type Away = (u32, u64);

impl Exchange<'_> {
    /// Whether a team could be nearer home, alone or for another one that takes its place.
    fn bring_home(
        &mut self,
        team: OccupierIx,
        moved: &[OccupierIx],
        over: &dyn Fn() -> bool,
    ) -> bool {
        let here = self.best.building(team);
        let now = self.away(team, here);
        if !self.is_counter(team) {
            let open = self.from.place.buildings().map(|(at, _)| at);
            let nearer = open.filter(|at| self.best.is_open(*at) && self.away(team, *at) < now);
            for there in nearer.collect::<Vec<_>>() {
                let dearer = self.dearer(team, here, there);
                if dearer.is_some_and(|more| more <= SAME) && !over() && self.take(&[(team, there)])
                {
                    return true;
                }
            }
        }
        for &other in moved {
            let there = self.best.building(other);
            if there == here || !self.stand_in_for_each_other(team, other) {
                continue;
            }
            let before = sum(now, self.away(other, there));
            let nearer = sum(self.away(team, there), self.away(other, here)) < before;
            let dearer =
                || Some(self.dearer(team, here, there)? + self.dearer(other, there, here)?);
            if nearer
                && dearer().is_some_and(|more| more <= SAME)
                && !over()
                && self.take(&[(team, there), (other, here)])
            {
                return true;
            }
        }
        false
    }

    fn away(&self, team: OccupierIx, at: BuildingIx) -> Away {
        let place = self.from.place;
        let guest = place.building(at).agency != place.occupier(team).agency;
        let home = place.occupier(team).building;
        let far = self
            .from
            .travel
            .building_to_building(place, &straight_km(), home, at);
        (
            u32::from(guest),
            far.map_or(0, |far| u64::from(far.steps())),
        )
    }

    /// Whether nobody's journey changes where these two change places: no counter is one of them, or both are
    /// counters of one service.
    fn stand_in_for_each_other(&self, one: OccupierIx, other: OccupierIx) -> bool {
        let service = |team: OccupierIx| self.from.place.occupier(team).service;
        match self.is_counter(one) || self.is_counter(other) {
            true => service(one) == service(other),
            false => true,
        }
    }

    fn is_counter(&self, team: OccupierIx) -> bool {
        let place = self.from.place;
        place.service(place.occupier(team).service).counter
    }

    /// How much more a team costs in another building, if it can be there: where that tells two places apart,
    /// nothing else is asked.
    fn dearer(&self, team: OccupierIx, here: BuildingIx, there: BuildingIx) -> Option<f64> {
        let cost = |at: BuildingIx| {
            let position = self.from.position(team, at, false)?;
            Some(self.compiled.problem.placements[position].cost)
        };
        Some(cost(there)? - cost(here)?)
    }

    /// Takes the choice with these teams elsewhere, where it costs no more and keeps every limit.
    fn take(&mut self, elsewhere: &[(OccupierIx, BuildingIx)]) -> bool {
        self.judged += 1;
        let mut other = self.best.clone();
        for (team, to) in elsewhere {
            other.arrangement.building[team.index()] = *to;
        }
        let same = self.from.books.cost(&other) <= self.cost + SAME;
        let solution = same.then(|| self.from.solution(self.compiled, &other));
        let no_worse = |solution: &Solution| {
            let now = worth(self.compiled, solution);
            now.iter()
                .zip(&self.worth)
                .all(|(now, before)| *now <= before + SAME)
        };
        let holds = solution.flatten().is_some_and(|solution| {
            no_worse(&solution) && check(&self.compiled.problem, &solution).is_ok()
        }) && lacking(self.from, &other).is_empty();
        if holds {
            self.best = other;
        }
        holds
    }

    /// Whether a team moves by itself: it merges with nobody, and nothing has to be beside it.
    fn may_move(&self, team: OccupierIx) -> bool {
        let place = self.from.place;
        let service = place.occupier(team).service;
        let together = place.together.iter();
        let mut linked = together.flat_map(|one| [one.first, one.second]);
        self.from.in_play.is_movable(team)
            && self.best.moves(place, team)
            && !self.best.merges(team)
            && !linked.any(|one| one == service)
    }
}

fn sum(one: Away, other: Away) -> Away {
    (one.0 + other.0, one.1 + other.1)
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
            let (cost, start) = (from.books.cost(&choice), choice.clone());
            let better = near_home(from, &compiled, choice, &|| false);
            assert!(from.books.cost(&better) <= cost + SAME);
            let stopped = near_home(from, &compiled, start.clone(), &|| true);
            assert_eq!(stopped.arrangement.building, start.arrangement.building);
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

    /// Two libraries in a town each, ten kilometres apart, whose houses are let go; a new house stands beside each.
    fn two_towns(counter: bool) -> Place {
        let mut place = sample::empty("Two towns");
        place.agencies = vec![sample::agency("council")];
        place.services = vec![sample::service("library", counter)];
        for town in [0, 1] {
            for (name, lock) in [("old", Lock::Dispose), ("new", Lock::Keep)] {
                let at = sample::at(10.0 * town as f64, 0.0);
                let mut building = sample::building(&format!("{name}{town}"), 0, at, 300.0);
                building.lock = lock;
                place.buildings.push(building);
            }
            place.occupiers.push(sample::occupier(
                &format!("library{town}"),
                0,
                0,
                2 * town,
                100.0,
            ));
        }
        place
    }

    #[test]
    fn who_stands_in_for_each_other_moves_the_shorter_way_counters_too() {
        for counter in [false, true] {
            assert_eq!(exchanged_from(&two_towns(counter), 3, 1), [1, 3]);
        }
    }

    #[test]
    fn a_counter_stays_where_people_go_to_it_whatever_way_it_moves() {
        // Both libraries in the one town: bringing one home would change everybody's way.
        assert_eq!(exchanged_from(&two_towns(true), 3, 3), [3, 3]);
        assert_eq!(exchanged_from(&two_towns(false), 3, 3), [1, 3]);
    }
}
