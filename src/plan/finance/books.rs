//! Cost of a plan under its objective: each term as the optimiser needs it, and their sum.

use super::exit::years_on_sale;
use super::part::{PartWorth, may_part};
use super::{Calendar, Exit, MoveCost, cheapest, kept, yearly};
use crate::place::{AccessPoint, Areas, BuildingIx, Objective, OccupierIx, Place, SiteIx};
use crate::plan::choice::Choice;
use crate::plan::in_play::InPlay;
use std::collections::BTreeMap;

/// Everything a plan's cost is made of, computed once for a place and an objective.
pub(crate) struct Books<'a> {
    place: &'a Place,
    in_play: &'a InPlay,
    /// What is made least.
    pub(crate) objective: Objective,
    /// Discount factors.
    pub(crate) calendar: Calendar,
    /// By building: how it would be let go; `None` where it is not in play or does not exist yet.
    exits: Vec<Option<Exit>>,
    /// By building that shares its site: how it would be let go together with all of it.
    with_site: BTreeMap<BuildingIx, Exit>,
    /// By site: whether its shared cost depends on the plan.
    site_in_cost: Vec<bool>,
    /// By building that a plan may keep without a part of it, where that is worth anything: what.
    pub(crate) parts: BTreeMap<BuildingIx, PartWorth>,
}

impl<'a> Books<'a> {
    /// Opens the books of a place.
    pub(crate) fn new(place: &'a Place, in_play: &'a InPlay, objective: Objective) -> Self {
        let calendar = Calendar::new(&place.finance);
        let exits = place
            .buildings()
            .map(|(at, building)| {
                let exists = in_play.is_in_play(at) && building.proposed.is_none();
                let alone = !in_play.shares_site(place, at);
                exists.then(|| cheapest(place, at, &calendar, alone))
            })
            .collect();
        let with_site = place
            .buildings()
            .filter(|(at, building)| {
                let exists = in_play.is_in_play(*at) && building.proposed.is_none();
                exists && in_play.shares_site(place, *at)
            })
            .map(|(at, _)| (at, cheapest(place, at, &calendar, true)))
            .collect();
        let parts = parts(place, in_play, objective, &calendar);
        let site_in_cost = (0..place.sites.len())
            .map(|site| !in_play.site_always_paid(place, SiteIx::new(site)))
            .collect();
        Self {
            place,
            in_play,
            objective,
            calendar,
            exits,
            with_site,
            site_in_cost,
            parts,
        }
    }

    /// What the part of a building brings under a choice.
    pub(crate) fn part(&self, choice: &Choice, at: BuildingIx) -> Option<&PartWorth> {
        let worth = self.parts.get(&at)?;
        (choice.is_open(at) && choice.parts.contains(&at)).then_some(worth)
    }

    /// How a building is let go under a choice.
    pub(crate) fn exit(&self, choice: &Choice, at: BuildingIx) -> Option<&Exit> {
        match self.with_site.get(&at) {
            Some(exit) if self.site_goes(choice, at) => Some(exit),
            _ => self.exits[at.index()].as_ref(),
        }
    }

    /// How a building would be let go: by itself, or with all of its site.
    pub(crate) fn exit_of(&self, at: BuildingIx, with_site: bool) -> Option<&Exit> {
        let together = self.with_site.get(&at).filter(|_| with_site);
        together.or(self.exits[at.index()].as_ref())
    }

    /// Whether nothing of a building's site stays.
    fn site_goes(&self, choice: &Choice, at: BuildingIx) -> bool {
        self.place.building(at).site.is_some_and(|site| {
            let mut buildings = self.in_play.on_site[site.index()].iter();
            self.site_in_cost[site.index()] && !buildings.any(|other| choice.is_open(*other))
        })
    }

    /// Cost of keeping a building, without its running cost per m²; 0 where it is kept anyway.
    pub(crate) fn keep(&self, at: BuildingIx) -> f64 {
        if self.in_play.is_in_cost(self.place, at) {
            kept(self.place.building(at), self.objective, &self.calendar)
        } else {
            0.0
        }
    }

    /// Cost of letting a building go while something of its site stays, or where it has none to
    /// itself; 0 for a proposed one that is not opened.
    pub(crate) fn go(&self, at: BuildingIx) -> f64 {
        if !self.in_play.is_in_cost(self.place, at) {
            return 0.0;
        }
        let exit = self.exits[at.index()].as_ref();
        exit.map_or(0.0, |exit| self.cost_of(exit))
    }

    /// What letting the whole of a site go costs less than letting its buildings go one by one:
    /// together they can be sold.
    pub(crate) fn sold_together(&self, site: SiteIx) -> f64 {
        let buildings = self.in_play.on_site[site.index()].iter();
        buildings
            .filter_map(|at| Some(self.go(*at) - self.cost_of(self.with_site.get(at)?)))
            .sum()
    }

    fn cost_of(&self, exit: &Exit) -> f64 {
        match self.objective {
            Objective::NetPresentValue => exit.present_value(),
            Objective::RunningCost => exit.steady,
        }
    }

    /// Cost of each m² in use in a building.
    pub(crate) fn per_m2(&self, at: BuildingIx) -> f64 {
        yearly(self.objective, &self.calendar) * self.place.building(at).running_per_m2.get()
    }

    /// Cost of an occupier's move onto the areas it will use.
    pub(crate) fn move_cost(&self, at: OccupierIx, to: BuildingIx, areas: &Areas) -> f64 {
        match self.objective {
            Objective::NetPresentValue => MoveCost::of(self.place, at, to, areas).total(),
            Objective::RunningCost => 0.0,
        }
    }

    /// Cost of a new counter, without its building's running cost per m².
    pub(crate) fn point(&self, point: &AccessPoint) -> f64 {
        let once = match self.objective {
            Objective::NetPresentValue => point.opening.get(),
            Objective::RunningCost => 0.0,
        };
        yearly(self.objective, &self.calendar) * point.running.get() + once
    }

    /// Shared cost of a site while any of its buildings is open; `None` where it is paid anyway.
    pub(crate) fn site(&self, site: SiteIx) -> Option<f64> {
        let cost = self.place.sites.get(site.index())?.fixed_cost.get();
        self.site_in_cost[site.index()].then(|| yearly(self.objective, &self.calendar) * cost)
    }

    /// Running cost per m² that a kept building's use of today would have cost: it is deducted,
    /// because only the change counts there. 0 for buildings whose whole cost counts.
    pub(crate) fn counted_today(&self, at: BuildingIx) -> f64 {
        if !self.in_play.is_in_play(at) || self.in_play.is_in_cost(self.place, at) {
            return 0.0;
        }
        self.per_m2(at) * self.in_play.used_today[at.index()].total().get()
    }

    /// Cost of a choice.
    pub(crate) fn cost(&self, choice: &Choice) -> f64 {
        let used = choice.used(self.place);
        let mut cost = 0.0;
        for (at, _) in self.place.buildings() {
            if !self.in_play.is_in_play(at) {
                continue;
            }
            cost += if choice.is_open(at) {
                self.keep(at) + self.per_m2(at) * used[at.index()] - self.counted_today(at)
            } else {
                self.go(at)
            };
            let part = self.part(choice, at);
            cost -= part.map_or(0.0, |part| part.under(self.objective));
        }
        for (at, _) in self.place.occupiers() {
            if choice.moves(self.place, at) {
                cost += self.move_cost(at, choice.building(at), &choice.areas(self.place, at));
            }
        }
        for (_, point) in choice.arrangement.opened(self.place) {
            cost += self.point(point);
        }
        for site in (0..self.place.sites.len()).map(SiteIx::new) {
            let Some(shared) = self.site(site) else {
                continue;
            };
            let mut buildings = self.in_play.on_site[site.index()].iter();
            cost += match buildings.any(|at| choice.is_open(*at)) {
                true => shared,
                false => -self.sold_together(site),
            };
        }
        cost
    }

    /// Cost of today's arrangement.
    pub(crate) fn do_minimum(&self) -> f64 {
        self.cost(&Choice::today(self.place))
    }
}

/// Parts that may go and leave the place better off, or are decided to go. Where more is in use today than there is floor, there is
/// no part to spare.
fn parts(
    place: &Place,
    in_play: &InPlay,
    objective: Objective,
    calendar: &Calendar,
) -> BTreeMap<BuildingIx, PartWorth> {
    let known = place.buildings().filter_map(|(at, building)| {
        let part = building.part.as_deref()?;
        let used = in_play.used_today[at.index()].total().get();
        let spare = used <= building.usable.value.total().get();
        let may = spare && in_play.is_in_play(at) && may_part(building, part).is_ok();
        let on_sale = years_on_sale(building, &place.finance);
        let worth = PartWorth::of(part, &place.finance, calendar, (0, on_sale))?;
        let wanted = worth.under(objective) > 0.0 || place.part_goes(at);
        (may && wanted).then_some((at, worth))
    });
    known.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::place::{DiscountStep, sample};

    #[test]
    fn the_do_minimum_is_what_todays_estate_costs() {
        let mut place = sample::six_buildings();
        place.finance.discount = vec![DiscountStep {
            from_year: 0,
            rate: 0.0,
        }];
        let in_play = InPlay::new(&place);
        let books = Books::new(&place, &in_play, Objective::NetPresentValue);
        // 24 years × (6 × 55,000 + 10 × 1,650 m²)
        assert_eq!(books.do_minimum(), 24.0 * (330_000.0 + 16_500.0));
        let books = Books::new(&place, &in_play, Objective::RunningCost);
        assert_eq!(books.do_minimum(), 346_500.0);
    }

    #[test]
    fn a_building_kept_anyway_counts_only_the_change_of_its_use() {
        let mut place = sample::six_buildings();
        place.buildings[2].lock = crate::place::Lock::Keep;
        let in_play = InPlay::new(&place);
        let books = Books::new(&place, &in_play, Objective::RunningCost);
        let mut choice = Choice::today(&place);
        let before = books.cost(&choice);
        // office-0, 150 m², moves into it: 10 × 150 there, 10 × 150 less in A0
        choice.arrangement.building[2] = BuildingIx::new(2);
        assert_eq!(books.cost(&choice), before);
        assert_eq!(before, 346_500.0 - 55_000.0 - 3_000.0);
    }
}
