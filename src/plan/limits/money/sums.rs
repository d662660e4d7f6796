//! A sum of money over a plan: as a row over sites and placements, and as an amount.

use super::campus::Campuses;
use crate::place::{AccessPoint, AgencyIx, Areas, Building, BuildingIx, OccupierIx, Place, SiteIx};
use crate::plan::choice::Choice;
use crate::plan::finance::{Books, Exit, PartWorth, pence};
use crate::plan::in_play::InPlay;
use crate::plan::placements::Placements;
use crate::siting::Term;
use std::collections::BTreeMap;

/// What a limit adds up: the amount of each thing that a plan may do, £.
pub(crate) trait Tally {
    /// Of a building that is kept or opened, without its cost per m².
    fn open(&self, sums: &Sums<'_>, building: &Building) -> f64;
    /// Of a building that is let go.
    fn gone(&self, sums: &Sums<'_>, building: &Building, exit: &Exit) -> f64;
    /// Of each m² in use in a building.
    fn per_m2(&self, sums: &Sums<'_>, building: &Building) -> f64;
    /// Of the shared cost of a site while any of its buildings is open.
    fn site(&self, sums: &Sums<'_>, payer: AgencyIx, cost: f64) -> f64;
    /// Of an occupier in a building, on the areas it uses there: its move, and what it pays the owner.
    fn seat(&self, sums: &Sums<'_>, at: OccupierIx, to: BuildingIx, areas: &Areas) -> f64;
    /// Of a new counter, its cost per m² aside: its cost, and what it pays the owner.
    fn point(&self, sums: &Sums<'_>, point: &AccessPoint) -> f64;
    /// Of a part of a building that goes.
    fn part(&self, building: &Building, part: &PartWorth) -> f64;
    /// The limit and the sum as a reader takes them in.
    fn printed(&self, most: f64, today: f64, after: f64) -> Printed;
}

/// A limit and what a plan comes to, as they are printed.
pub(crate) struct Printed {
    pub(crate) limit: f64,
    pub(crate) after: f64,
    /// What a share is of.
    pub(crate) of: Option<f64>,
    /// Whether the sum must be at least the limit, and not at most.
    pub(crate) at_least: bool,
}

impl Printed {
    /// Whether the limit holds, to a pound: rows are solved to a tolerance.
    pub(crate) fn kept(&self) -> bool {
        match self.at_least {
            true => self.after >= self.limit - 1.0,
            false => self.after <= self.limit + 1.0,
        }
    }

    pub(crate) fn at_most(limit: f64, after: f64) -> Self {
        Self {
            limit: pence(limit),
            after: pence(after),
            of: None,
            at_least: false,
        }
    }
}

/// What sums are made from.
pub(crate) struct Sums<'a> {
    pub(crate) place: &'a Place,
    pub(crate) in_play: &'a InPlay,
    pub(crate) books: &'a Books<'a>,
    pub(crate) placements: &'a Placements,
}

/// A sum as a row: a constant, and an amount for each site that is open and placement that is chosen.
#[derive(Default)]
pub(crate) struct Form {
    pub(crate) constant: f64,
    pub(crate) terms: Vec<(Term, f64)>,
}

impl Sums<'_> {
    /// The sum as a row.
    pub(crate) fn form(
        &self,
        tally: &dyn Tally,
        site_of: &[Option<usize>],
        campuses: &Campuses,
    ) -> Form {
        let mut sites: BTreeMap<usize, f64> = BTreeMap::new();
        let mut form = Form::default();
        let today = Choice::today(self.place);
        for (at, building) in self.buildings() {
            let gone = self.let_go(tally, at, false);
            let kept = tally.open(self, building);
            form.constant += match (site_of[at.index()], self.in_play.is_locked_open(at)) {
                (Some(site), false) => {
                    *sites.entry(site).or_default() += kept - gone;
                    gone
                }
                (None, false) => gone,
                (_, true) => kept,
            };
        }
        for (at, occupier) in self.occupiers() {
            if !self.in_play.is_movable(at) {
                form.constant += self.seated(tally, at, occupier.building, &occupier.needs);
            }
        }
        for (position, placement) in self.placements.list.iter().enumerate() {
            let amount = self.seated(
                tally,
                placement.occupier,
                placement.building,
                &placement.areas,
            );
            form.terms.push((Term::Placement(position), amount));
        }
        let first = self.placements.list.len();
        for (at, offer) in self.placements.offers.iter().enumerate() {
            let amount = self.opened(tally, self.place.point(offer.point));
            form.terms.push((Term::Placement(first + at), amount));
        }
        for site in self.sites() {
            let shared = self.shared(tally, site);
            match campuses.gone(site) {
                // One placement stands for: nothing of it is open.
                Some(gone) => {
                    form.constant += shared;
                    let together = self.together(tally, site);
                    form.terms.push((Term::Placement(gone), together - shared));
                }
                None if self.books.site(site).is_none() => {
                    form.constant += self.shared_if(tally, site, &today);
                }
                None => form.constant += self.together(tally, site),
            }
        }
        let open = sites
            .into_iter()
            .map(|(site, amount)| (Term::Site(site), amount));
        form.terms.extend(open);
        form
    }

    /// The terms of parts that go, by the placements that say so.
    pub(crate) fn parts(
        &self,
        tally: &dyn Tally,
        placements: &BTreeMap<BuildingIx, usize>,
    ) -> Vec<(Term, f64)> {
        let known = placements.iter().filter_map(|(at, position)| {
            let worth = self.books.parts.get(at)?;
            let amount = tally.part(self.place.building(*at), worth);
            Some((Term::Placement(*position), amount))
        });
        known.collect()
    }

    /// The sum of a plan.
    pub(crate) fn amount(&self, tally: &dyn Tally, choice: &Choice) -> f64 {
        let mut sum = 0.0;
        for (at, building) in self.buildings() {
            sum += match choice.is_open(at) {
                true => tally.open(self, building),
                false => {
                    let exit = self.books.exit(choice, at);
                    exit.map_or(0.0, |exit| tally.gone(self, building, exit))
                }
            };
            let part = self.books.part(choice, at);
            sum += part.map_or(0.0, |part| tally.part(building, part));
        }
        for (at, _) in self.occupiers() {
            sum += self.seated(
                tally,
                at,
                choice.building(at),
                &choice.areas(self.place, at),
            );
        }
        for (_, point) in choice.arrangement.opened(self.place) {
            sum += self.opened(tally, point);
        }
        for site in self.sites() {
            sum += self.shared_if(tally, site, choice);
        }
        sum
    }

    fn buildings(&self) -> impl Iterator<Item = (BuildingIx, &Building)> {
        self.place
            .buildings()
            .filter(|(at, _)| self.in_play.is_in_play(*at))
    }

    fn occupiers(&self) -> impl Iterator<Item = (OccupierIx, &crate::place::Occupier)> {
        let all = self.place.occupiers();
        all.filter(|(_, occupier)| self.in_play.is_in_play(occupier.building))
    }

    fn sites(&self) -> impl Iterator<Item = SiteIx> {
        let any = |site: &SiteIx| {
            let mut buildings = self.in_play.on_site[site.index()].iter();
            buildings.any(|at| self.in_play.is_in_play(*at))
        };
        (0..self.place.sites.len()).map(SiteIx::new).filter(any)
    }

    fn seated(&self, tally: &dyn Tally, at: OccupierIx, to: BuildingIx, areas: &Areas) -> f64 {
        let floor = tally.per_m2(self, self.place.building(to)) * areas.total().get();
        floor + tally.seat(self, at, to, areas)
    }

    fn opened(&self, tally: &dyn Tally, point: &AccessPoint) -> f64 {
        let per_m2 = tally.per_m2(self, self.place.building(point.building));
        per_m2 * point.needs.total().get() + tally.point(self, point)
    }

    fn let_go(&self, tally: &dyn Tally, at: BuildingIx, with_site: bool) -> f64 {
        let exit = self.books.exit_of(at, with_site);
        exit.map_or(0.0, |exit| tally.gone(self, self.place.building(at), exit))
    }

    /// What letting all of a site go adds to letting its buildings go one by one.
    fn together(&self, tally: &dyn Tally, site: SiteIx) -> f64 {
        let buildings = self.in_play.on_site[site.index()].iter();
        let changes =
            buildings.map(|at| self.let_go(tally, *at, true) - self.let_go(tally, *at, false));
        changes.sum()
    }

    /// The shared cost of a site, while anything of it is open.
    fn shared(&self, tally: &dyn Tally, site: SiteIx) -> f64 {
        let Some(first) = self.in_play.on_site[site.index()].first() else {
            return 0.0;
        };
        let cost = self.place.sites[site.index()].fixed_cost.get();
        tally.site(self, self.place.building(*first).agency, cost)
    }

    fn shared_if(&self, tally: &dyn Tally, site: SiteIx, choice: &Choice) -> f64 {
        let mut buildings = self.in_play.on_site[site.index()].iter();
        // What is left out of the plan stays as it is.
        match buildings.any(|at| !self.in_play.is_in_play(*at) || choice.is_open(*at)) {
            true => self.shared(tally, site),
            false => 0.0,
        }
    }
}
