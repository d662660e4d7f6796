//! What a programme costs, year by year: the estate as it stands in each of them.

use super::super::discrepancy::{Found, in_pence, of_plan};
use super::super::exit::{dilapidations, grant_takes, holding, overage, rent};
use super::super::money::bias;
use super::super::reading::Reading;
use super::super::scope::area_used;
use super::super::years::Years;
use super::lease::{end, licence, runs_out, years_to};
use super::steps::{goes, opens};
use super::{Phased, of_step};
use crate::place::{AgencyIx, BuildingIx, Objective, TenureKind};
use crate::plan::{About, Act, Action, Plan, Status};
use std::collections::BTreeMap;

/// Checks the money of every step, and what all of them together are worth.
pub(super) fn check(phased: &Phased<'_>, found: &mut Found) {
    let reading = phased.reading;
    steps(phased, found);
    let years = Years::of(&reading.place.finance);
    let saved: f64 = (0..years.horizon())
        .map(|year| years.factor(year) * saved_in(phased, year))
        .sum();
    let present = Plan {
        objective: Objective::NetPresentValue,
        programme: None,
        ..reading.plan.clone()
    };
    let today = super::super::money::work_out(&Reading::of(reading.place, &present)).do_minimum;
    let programme = phased.programme;
    let field = |name: &str| of_plan(&format!("programme.{name}"));
    let why = "the place costs another sum today";
    found.money(
        "money-differs",
        field("do_minimum"),
        today,
        programme.do_minimum,
        2,
        why,
    );
    let why = "the programme costs another sum";
    let own = programme.do_minimum - saved;
    found.money(
        "money-differs",
        field("value"),
        own,
        programme.value,
        100,
        why,
    );
    let why = "what is saved is the do-minimum less the value";
    let pence = in_pence(programme.do_minimum) - in_pence(programme.value);
    found.sum(field("saving_gbp"), pence, programme.saving_gbp, why);
    let unphased = reading
        .plan
        .ledger
        .iter()
        .map(|agency| in_pence(agency.npv_gbp))
        .sum();
    let why = "it is not the sum of the agencies' present values";
    found.sum(
        field("end_state_saving_gbp"),
        unphased,
        programme.end_state_saving_gbp,
        why,
    );
    proof(phased, found);
}

/// The one-off money of every step, from the place.
fn steps(phased: &Phased<'_>, found: &mut Found) {
    let reading = phased.reading;
    for step in &phased.programme.steps {
        let place = reading.place;
        let (paid, received) = match step.act.about() {
            About::NewCounter => {
                let mut points = place.points.iter();
                let known = points.find(|one| one.id.as_str() == step.subject);
                let Some(point) = known else { continue };
                (point.opening.get(), 0.0)
            }
            About::Occupier => {
                let known = place
                    .occupiers
                    .iter()
                    .position(|o| o.id.as_str() == step.subject);
                let Some(at) = known else { continue };
                let (works, removal) = moving(reading, at);
                (
                    if step.act == Act::FitOut {
                        works
                    } else {
                        removal
                    },
                    0.0,
                )
            }
            About::Building => {
                let known = place
                    .buildings()
                    .find(|(_, b)| b.id.as_str() == step.subject);
                let Some((at, _)) = known else { continue };
                of_building(phased, at, step.act)
            }
        };
        let why = "the step costs another sum";
        let field = of_step(step.act, &step.subject, "capital_gbp");
        found.money("money-differs", field, paid, step.capital_gbp, 1, why);
        let why = "the step brings another sum";
        let field = of_step(step.act, &step.subject, "receipt_gbp");
        found.money("money-differs", field, received, step.receipt_gbp, 1, why);
    }
}

/// Fit-out with its fees, and the removal, of an occupier that goes.
fn moving(reading: &Reading<'_>, at: usize) -> (f64, f64) {
    let place = reading.place;
    let occupier = &place.occupiers[at];
    let finance = &place.finance;
    let merged = reading.seats[at].is_some_and(|seat| seat.merged);
    let share = super::super::scope::share_used(place, occupier, merged);
    let mut works = 0.0;
    for (space, area) in occupier.needs.iter() {
        let rate = finance.fit_out_gbp_m2.get(&space).copied().unwrap_or(0.0);
        let bias = reading.seats[at].map_or(0.0, |seat| bias(place, seat.building, space));
        works += area.get() * share * rate * (1.0 + bias) * (1.0 + finance.fees_share);
    }
    (works, finance.move_gbp_fte * occupier.staff_fte)
}

/// What a step about a building pays, and what it brings.
fn of_building(phased: &Phased<'_>, at: BuildingIx, act: Act) -> (f64, f64) {
    let place = phased.reading.place;
    let building = place.building(at);
    let finance = &place.finance;
    match act {
        Act::Open => {
            let proposal = building.proposed.as_deref();
            (
                proposal.map_or(0.0, |proposal| proposal.opening_cost.get()),
                0.0,
            )
        }
        Act::Sell => {
            let price = building.market_value.value.get();
            let sold = phased.left[at.index()].map_or(0, |step| step.year);
            let base = place.base_date;
            let taken = grant_takes(building, finance, base, sold) + overage(building, base, sold);
            (0.0, price - taken - finance.disposal_cost_share * price)
        }
        Act::ReleaseLease | Act::Surrender if building.tenure.kind != TenureKind::Licence => {
            let emptied = phased.empty_year(at.index()).unwrap_or(0);
            (
                end(place, building, emptied).map_or(0.0, |end| end.paid),
                0.0,
            )
        }
        Act::Part => (phased.part(at).map_or(0.0, |part| part.once), 0.0),
        Act::PartSale => {
            let sale = phased.part(at).and_then(|part| part.sale);
            (0.0, sale.map_or(0.0, |sale| sale.price - sale.cost))
        }
        Act::Sublet => (dilapidations(building, finance), 0.0),
        _ => (0.0, 0.0),
    }
}

/// What the place pays less in a year than it would as it is today, £, not discounted.
fn saved_in(phased: &Phased<'_>, year: u32) -> f64 {
    let estate = recurring(phased, year).into_values();
    let estate = estate.map(Property::all).sum::<f64>();
    let waiting = repairs(phased, year).into_values().sum::<f64>();
    let steps = phased.programme.steps.iter();
    let steps = steps.filter(|step| step.year == year);
    estate + waiting + steps.map(|s| s.receipt_gbp - s.capital_gbp).sum::<f64>()
}

/// Property cost of a year by what it is for, £.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Property {
    /// Running buildings and sites, and holding them empty.
    pub(super) running: f64,
    /// Rent paid less rent received.
    pub(super) rent: f64,
    pub(super) rates: f64,
}

impl Property {
    pub(super) fn all(self) -> f64 {
        self.running + self.rent + self.rates
    }

    fn less(self, other: Self) -> Self {
        Self {
            running: self.running - other.running,
            rent: self.rent - other.rent,
            rates: self.rates - other.rates,
        }
    }
}

/// What each agency pays less for its buildings and sites in a year, £.
pub(super) fn recurring(phased: &Phased<'_>, year: u32) -> BTreeMap<AgencyIx, Property> {
    let reading = phased.reading;
    let place = reading.place;
    let mut saved: BTreeMap<AgencyIx, Property> = BTreeMap::new();
    for (at, building) in place.buildings() {
        if reading.scope.in_play[at.index()] {
            let own = standing(phased, at, year);
            let sum = saved.entry(building.agency).or_default();
            sum.running += own.running;
            sum.rent += own.rent + phased.part(at).map_or(0.0, |part| part.brings(year));
            sum.rates += own.rates;
        }
    }
    let mut floor = |whose: AgencyIx, gbp: f64| saved.entry(whose).or_default().running += gbp;
    for (at, occupier) in place.occupiers() {
        let (Some(seat), Some(moved)) = (reading.seats[at.index()], phased.move_year(at.index()))
        else {
            continue;
        };
        if year > moved {
            let (from, to) = (
                place.building(occupier.building),
                place.building(seat.building),
            );
            let area = area_used(place, occupier, seat.merged);
            let before = from.running_per_m2.get() * occupier.needs.total().get();
            floor(from.agency, before);
            floor(to.agency, -to.running_per_m2.get() * area);
        }
    }
    for (point, step) in phased.new_counters() {
        if step.is_some_and(|step| year > step.year) {
            let host = place.building(point.building);
            floor(point.agency, -point.running.get());
            let area = point.needs.total().get();
            floor(host.agency, -host.running_per_m2.get() * area);
        }
    }
    for (site, record) in place.sites.iter().enumerate() {
        let buildings = || reading.on_site(crate::place::SiteIx::new(site));
        let any_in_play = buildings().any(|at| reading.scope.in_play[at.index()]);
        let there = |at: BuildingIx| place.building(at).proposed.is_none();
        let today = buildings().any(|at| there(at) || !reading.scope.in_play[at.index()]);
        let then = buildings().any(|at| in_use(phased, at, year));
        let payer = buildings().next().map(|at| place.building(at).agency);
        if let Some(payer) = payer.filter(|_| any_in_play && year > 0) {
            let ends = f64::from(u8::from(today)) - f64::from(u8::from(then));
            floor(payer, record.fixed_cost.get() * ends);
        }
    }
    saved
}

/// Repairs that wait today and are not paid for, by owner, £: all of them in year 0.
pub(super) fn repairs(phased: &Phased<'_>, year: u32) -> BTreeMap<AgencyIx, f64> {
    let reading = phased.reading;
    let mut saved: BTreeMap<AgencyIx, f64> = BTreeMap::new();
    for (at, building) in reading.place.buildings() {
        if year > 0 || !reading.scope.in_play[at.index()] {
            continue;
        }
        let backlog = building.backlog.get();
        let own = match building.proposed.is_some() {
            true if used_from(phased, at).is_some() => -backlog,
            true => 0.0,
            false if phased.empty_year(at.index()).is_none() => 0.0,
            false if goes(reading, at) == Some(Action::Mothball) => 0.0,
            false => backlog,
        };
        *saved.entry(building.agency).or_default() += own;
    }
    saved
}

/// Whether a building is in use in a year.
fn in_use(phased: &Phased<'_>, at: BuildingIx, year: u32) -> bool {
    let reading = phased.reading;
    let there = reading.place.building(at).proposed.is_none();
    if !reading.scope.in_play[at.index()] {
        return true;
    }
    match there {
        true => phased
            .empty_year(at.index())
            .is_none_or(|emptied| year <= emptied),
        false => opens(reading, at) && used_from(phased, at).is_some_and(|from| year > from),
    }
}

/// The year by whose end a proposed building is in use.
fn used_from(phased: &Phased<'_>, at: BuildingIx) -> Option<u32> {
    phased.opened[at.index()].map(|step| step.year + phased.lead())
}

/// What one building costs less in a year: running it, or holding it.
fn standing(phased: &Phased<'_>, at: BuildingIx, year: u32) -> Property {
    let reading = phased.reading;
    let building = reading.place.building(at);
    let steady = Property {
        running: building.running_fixed.value.get(),
        rent: rent(building, year) - building.tenure.let_income.get(),
        rates: building.rates.get(),
    };
    let used = in_use(phased, at, year);
    if building.proposed.is_some() {
        let nothing = Property::default();
        return if used { nothing.less(steady) } else { nothing };
    }
    match phased.empty_year(at.index()) {
        Some(emptied) if !used => {
            let (held, rented) = empty_cost(phased, at, goes(reading, at), emptied, year);
            steady.less(Property {
                running: held,
                rent: rented,
                rates: 0.0,
            })
        }
        _ => Property::default(),
    }
}

/// What a building that stands empty costs in a year: holding it, and rent less what is received.
fn empty_cost(
    phased: &Phased<'_>,
    at: BuildingIx,
    action: Option<Action>,
    emptied: u32,
    year: u32,
) -> (f64, f64) {
    let place = phased.reading.place;
    let building = place.building(at);
    let held = holding(building, &place.finance);
    let rented = rent(building, year);
    let until = |ends: f64| (ends - f64::from(year)).clamp(0.0, 1.0);
    match action {
        Some(Action::Mothball) => (held, rented),
        Some(Action::Sell) => {
            let sold = phased.left[at.index()].map(|step| step.year);
            let ground = match building.tenure.kind {
                TenureKind::GroundLease => rented,
                _ => 0.0,
            };
            match sold.is_none_or(|sold| year < sold) {
                true => (held, ground - building.tenure.let_income.get()),
                false => (0.0, 0.0),
            }
        }
        Some(Action::Sublet) => {
            let comes = emptied + 1 + place.finance.sublet_void_years;
            let paid = rented * until(runs_out(place, building).unwrap_or(0.0));
            match year < comes {
                true => (held, paid),
                false => (0.0, paid - place.finance.sublet_share * paid),
            }
        }
        Some(Action::ReleaseLease) => {
            let share = until(match building.tenure.kind {
                TenureKind::Licence => licence(place, building),
                _ => end(place, building, emptied).map_or(0.0, |end| years_to(place, end.day)),
            });
            (held * share, rented * share)
        }
        _ => (0.0, 0.0),
    }
}

/// The bound, the gap and what follows from them.
fn proof(phased: &Phased<'_>, found: &mut Found) {
    let programme = phased.programme;
    let field = |name: &str| of_plan(&format!("programme.{name}"));
    let bound = programme.bound;
    if let Some(bound) = bound.filter(|bound| bound.is_nan() || *bound > programme.value) {
        let why = "a bound is at most the value";
        found.note(
            "bound-above-value",
            field("bound"),
            programme.value,
            bound,
            why,
        );
    }
    let gap = bound.and_then(|bound| {
        let above = programme.value - bound;
        let gap = if above < 0.005 {
            0.0
        } else {
            above / programme.value.abs()
        };
        Some(gap).filter(|gap| gap.is_finite())
    });
    let why = "the gap is (value − bound) ÷ |value|";
    found.maybe("gap-differs", field("gap"), gap, programme.gap, 1e-12, why);
    let most = bound.map(|bound| programme.do_minimum - bound);
    let why = "it is the do-minimum less the bound";
    found.maybe(
        "gap-differs",
        field("saving_at_most_gbp"),
        most,
        programme.saving_at_most_gbp,
        0.011,
        why,
    );
    if programme.status == Status::WithinGap && programme.gap.is_none() {
        let why = "nothing is proven of it";
        found.note("gap-differs", field("status"), "limit", "within_gap", why);
    }
}
