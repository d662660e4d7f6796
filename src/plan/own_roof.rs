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
/// their own agency's roof: one team to a building of its agency, or two for each other. It ends where `over` says so
/// with what was found till then.
pub(super) fn under_own_roof(
    from: &Sources<'_>,
    compiled: &Compiled,
    choice: Choice,
    over: &dyn Fn() -> bool,
) -> Choice {
    let mut roof = Roof {
        from,
        compiled,
        cost: from.books.cost(&choice),
        best: choice,
    };
    if from.place.buildings.len() > MOST_BUILDINGS {
        return roof.best;
    }
    let teams = from.place.occupiers().map(|(team, _)| team);
    let moved: Vec<OccupierIx> = teams.filter(|team| roof.may_be_exchanged(*team)).collect();
    loop {
        let mut better = false;
        for &guest in &moved {
            if over() {
                return roof.best;
            }
            better |= roof.bring_home(guest, &moved, over);
        }
        if !better {
            return roof.best;
        }
    }
}

struct Roof<'a> {
    from: &'a Sources<'a>,
    compiled: &'a Compiled,
    cost: f64,
    best: Choice,
}

impl Roof<'_> {
    /// Whether a guest could go to a building of its own agency, alone or for a team that takes its place.
    fn bring_home(
        &mut self,
        guest: OccupierIx,
        moved: &[OccupierIx],
        over: &dyn Fn() -> bool,
    ) -> bool {
        let place = self.from.place;
        let host = self.best.building(guest);
        if !self.is_guest(guest, host) {
            return false;
        }
        let own = place.buildings().filter(|(at, building)| {
            building.agency == place.occupier(guest).agency && self.best.is_open(*at)
        });
        let own: Vec<BuildingIx> = own.map(|(at, _)| at).collect();
        for home in own {
            let Some(more) = self.dearer(guest, host, home) else {
                continue;
            };
            if more <= SAME && self.take(&[(guest, home)]) {
                return true;
            }
            for &other in moved {
                let guests = usize::from(self.is_guest(other, host));
                let stands_in = self.best.building(other) == home
                    && guests <= usize::from(self.is_guest(other, home))
                    && self
                        .dearer(other, home, host)
                        .is_some_and(|beside| more + beside <= SAME);
                if stands_in && !over() && self.take(&[(guest, home), (other, host)]) {
                    return true;
                }
            }
        }
        false
    }

    fn is_guest(&self, team: OccupierIx, at: BuildingIx) -> bool {
        let place = self.from.place;
        place.building(at).agency != place.occupier(team).agency
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
        let mut other = self.best.clone();
        for (team, to) in elsewhere {
            other.arrangement.building[team.index()] = *to;
        }
        let same = self.from.books.cost(&other) <= self.cost + SAME;
        let solution = same.then(|| self.from.solution(self.compiled, &other));
        let holds = solution
            .flatten()
            .is_some_and(|solution| check(&self.compiled.problem, &solution).is_ok())
            && lacking(self.from, &other).is_empty();
        if holds {
            self.best = other;
        }
        holds
    }

    /// A team without a public counter, which moves and merges with nobody: where it is changes nobody's journey.
    fn may_be_exchanged(&self, team: OccupierIx) -> bool {
        let place = self.from.place;
        let service = place.occupier(team).service;
        let together = place.together.iter();
        let mut linked = together.flat_map(|one| [one.first, one.second]);
        self.from.in_play.is_movable(team)
            && self.best.moves(place, team)
            && !self.best.merges(team)
            && !place.service(service).counter
            && !linked.any(|one| one == service)
    }
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
            let better = under_own_roof(from, &compiled, choice, &|| false);
            assert!(from.books.cost(&better) <= cost + SAME);
            let stopped = under_own_roof(from, &compiled, start.clone(), &|| true);
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
}
