//! How a building is let go: the permitted action of least present value, fixed before solving.

use super::Calendar;
use super::Taken;
use super::holding::holding_cost;
use super::lease_end::{days_between, earliest_exit, lease_years, notice_over};
use super::permitted::{may_sell, may_sublet, may_surrender, may_transfer};
use crate::place::{Building, BuildingIx, Finance, Flag, Place, TenureKind};
use crate::plan::Action;
use jiff::civil::Date;

/// One way of letting a building go, and what it costs. Pounds of the base date.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Exit {
    /// What is done.
    pub(crate) action: Action,
    /// The year it takes effect.
    pub(crate) year: u32,
    /// Holding cost.
    pub(crate) holding: Paid,
    /// Rent paid after year 0 and before a lease or the holding of its ground ends.
    pub(crate) rent_to_exit: Paid,
    /// Rent received: of a building let out, until it is sold; of one that is sublet, until the lease ends.
    pub(crate) received: Paid,
    /// Rent of a mothballed building, present value.
    pub(crate) rent: f64,
    /// Repairs of a mothballed building, in year 0.
    pub(crate) backlog: f64,
    /// Paid when a break is used, in the exit year.
    pub(crate) break_penalty: f64,
    /// Paid for ending a lease before its time, by agreement, in the exit year.
    pub(crate) surrender: f64,
    /// Whether a lease ends by agreement.
    pub(crate) by_agreement: bool,
    /// Paid on leaving or subletting a lease, in the exit year.
    pub(crate) dilapidations: f64,
    /// What a sale brings, in the exit year.
    pub(crate) receipt: f64,
    /// What the sale costs, in the exit year.
    pub(crate) disposal_cost: f64,
    /// What a grant takes back of the receipt, in the exit year.
    pub(crate) clawback: f64,
    /// What somebody else is owed of the receipt, in the exit year.
    pub(crate) overage: f64,
    /// Cost of a steady year afterwards.
    pub(crate) steady: f64,
    /// The part of it that is holding cost.
    pub(crate) steady_holding: f64,
    /// Factor of the exit year.
    pub(crate) factor: f64,
    /// Holding cost of a whole year.
    pub(crate) held_a_year: f64,
}

/// What is paid year by year, and what that is worth.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Paid {
    /// By year of the horizon, £; nothing in year 0, when the building is in use.
    pub(crate) by_year: Vec<f64>,
    /// Present value, £.
    pub(crate) worth: f64,
}

impl Paid {
    /// So much in each year from year 1.
    pub(crate) fn of(calendar: &Calendar, amount: impl Fn(u32) -> f64) -> Self {
        let years = 0..=calendar.last();
        Self {
            by_year: years
                .map(|year| if year == 0 { 0.0 } else { amount(year) })
                .collect(),
            worth: calendar.worth(&amount),
        }
    }

    /// What is paid in a year, £.
    pub(crate) fn in_year(&self, year: u32) -> f64 {
        self.by_year.get(year as usize).copied().unwrap_or(0.0)
    }
}

impl Exit {
    /// Present value of everything it costs, receipts deducted.
    pub(crate) fn present_value(&self) -> f64 {
        let at_exit = self.paid_once() - self.receipt;
        let yearly = self.holding.worth + self.rent_to_exit.worth - self.received.worth;
        yearly + self.rent + self.backlog + self.factor * at_exit
    }

    /// What is paid once in the exit year, £.
    pub(crate) fn paid_once(&self) -> f64 {
        let lease = self.break_penalty + self.surrender + self.dilapidations;
        lease + self.disposal_cost + self.clawback + self.overage
    }

    fn nothing(action: Action, year: u32, calendar: &Calendar) -> Self {
        Self {
            action,
            year,
            holding: Paid::default(),
            rent_to_exit: Paid::default(),
            received: Paid::default(),
            rent: 0.0,
            backlog: 0.0,
            break_penalty: 0.0,
            surrender: 0.0,
            by_agreement: false,
            dilapidations: 0.0,
            receipt: 0.0,
            disposal_cost: 0.0,
            clawback: 0.0,
            overage: 0.0,
            steady: 0.0,
            steady_holding: 0.0,
            factor: calendar.factor(year),
            held_a_year: 0.0,
        }
    }
}

/// The cheapest permitted exit of a building; ties go to release, surrender, sale, transfer, subletting,
/// mothballing.
/// Part of a site cannot be sold by itself: `sold_whole` says whether all of its site goes, or that it is
/// a site of its own.
pub(crate) fn cheapest(
    place: &Place,
    at: BuildingIx,
    calendar: &Calendar,
    sold_whole: bool,
) -> Exit {
    let building = place.building(at);
    let finance = &place.finance;
    let mut best = mothball(building, finance, calendar);
    let others = [
        sublet(building, place.base_date, finance, calendar),
        transfer(building, calendar),
        sell(building, place.base_date, finance, calendar).filter(|_| sold_whole),
        surrender(building, place.base_date, finance, calendar),
        release(building, place.base_date, finance, calendar),
    ];
    for exit in others.into_iter().flatten() {
        if exit.present_value() <= best.present_value() {
            best = exit;
        }
    }
    best
}

/// What a building that is to be sold costs in a year until then: holding cost, and what its ground costs.
pub(crate) fn waiting_for_sale(building: &Building, finance: &Finance, year: u32) -> f64 {
    holding_cost(building, finance) + rent_until_sold(building, year)
}

/// Rent of the ground of a building that is to be sold, less what its tenants pay.
pub(crate) fn rent_until_sold(building: &Building, year: u32) -> f64 {
    let ground = match building.tenure.kind {
        TenureKind::GroundLease => building.tenure.rent_in(year),
        _ => 0.0,
    };
    ground - building.tenure.let_income.get()
}

fn mothball(building: &Building, finance: &Finance, calendar: &Calendar) -> Exit {
    let holding = holding_cost(building, finance);
    let rent = |year| building.tenure.rent_in(year);
    Exit {
        holding: Paid::of(calendar, |_| holding),
        rent: calendar.worth(rent),
        backlog: building.backlog.get(),
        steady: holding + rent(calendar.last()),
        steady_holding: holding,
        held_a_year: holding,
        ..Exit::nothing(Action::Mothball, 1, calendar)
    }
}

fn transfer(building: &Building, calendar: &Calendar) -> Option<Exit> {
    may_transfer(building).then(|| Exit::nothing(Action::Transfer, 1, calendar))
}

fn sell(
    building: &Building,
    base_date: Date,
    finance: &Finance,
    calendar: &Calendar,
) -> Option<Exit> {
    let waits = years_on_sale(building, finance);
    let year = waits.saturating_add(1);
    may_sell(building, base_date, year).ok()?;
    if !calendar.holds(year) {
        return None;
    }
    let held_a_year = holding_cost(building, finance);
    let until_sold = |amount: f64, t: u32| if t <= waits { amount } else { 0.0 };
    let ground = |t: u32| match building.tenure.kind {
        TenureKind::GroundLease => building.tenure.rent_in(t),
        _ => 0.0,
    };
    let income = building.tenure.let_income.get();
    let receipt = building.market_value.value.get();
    let taken = Taken::of(building, finance, base_date, year);
    Some(Exit {
        holding: Paid::of(calendar, |t| until_sold(held_a_year, t)),
        rent_to_exit: Paid::of(calendar, |t| until_sold(ground(t), t)),
        received: Paid::of(calendar, |t| until_sold(income, t)),
        receipt,
        disposal_cost: finance.disposal_cost_share * receipt,
        clawback: taken.clawback,
        overage: taken.overage,
        held_a_year,
        ..Exit::nothing(Action::Sell, year, calendar)
    })
}

/// Years between standing empty and the receipt: the lag, and the moratorium of an asset of community
/// value.
pub(crate) fn years_on_sale(building: &Building, finance: &Finance) -> u32 {
    let waits = building.flags.contains(&Flag::CommunityValue);
    let moratorium = if waits { finance.moratorium_years } else { 0 };
    finance.disposal_lag_years.saturating_add(moratorium)
}

/// What a tenant owes for repairs when it leaves, or before it sublets, £.
pub(crate) fn dilapidations(building: &Building, finance: &Finance) -> f64 {
    let share = building
        .tenure
        .lease
        .repair
        .map_or(1.0, |repair| repair.share());
    share * finance.dilapidations_gbp_m2 * building.usable.value.total().get()
}

/// The part of a year for which something that ends after so many years still runs.
pub(crate) fn part_of(year: u32, ends: f64) -> f64 {
    (ends - f64::from(year)).clamp(0.0, 1.0)
}

fn release(
    building: &Building,
    base_date: Date,
    finance: &Finance,
    calendar: &Calendar,
) -> Option<Exit> {
    let licence = building.tenure.kind == TenureKind::Licence;
    let (date, by_break) = match building.tenure.kind {
        TenureKind::Licence => (notice_over(building, base_date), false),
        TenureKind::Leasehold | TenureKind::GroundLease => earliest_exit(building, base_date)?,
        _ => return None,
    };
    let left = left_on(date, building, base_date, finance, calendar)?;
    Some(Exit {
        break_penalty: if by_break {
            building.tenure.lease.break_penalty.get()
        } else {
            0.0
        },
        dilapidations: match licence {
            true => 0.0,
            false => dilapidations(building, finance),
        },
        ..left
    })
}

/// The landlord lets the tenant go early, for a price that settles repairs too.
fn surrender(
    building: &Building,
    base_date: Date,
    finance: &Finance,
    calendar: &Calendar,
) -> Option<Exit> {
    let (price, from) = may_surrender(building, base_date)?;
    let left = left_on(from, building, base_date, finance, calendar)?;
    Some(Exit {
        surrender: price,
        by_agreement: true,
        ..left
    })
}

/// A building whose rent ends on a day, without what is paid for that.
fn left_on(
    date: Date,
    building: &Building,
    base_date: Date,
    finance: &Finance,
    calendar: &Calendar,
) -> Option<Exit> {
    let years = (days_between(base_date, date) / 365.25).max(1.0);
    let year = (years.ceil() as u32).saturating_sub(1).max(1);
    if !calendar.holds(year) {
        return None;
    }
    let held_a_year = holding_cost(building, finance);
    Some(Exit {
        holding: Paid::of(calendar, |t| held_a_year * part_of(t, years)),
        rent_to_exit: Paid::of(calendar, |t| building.tenure.rent_in(t) * part_of(t, years)),
        held_a_year,
        ..Exit::nothing(Action::ReleaseLease, year, calendar)
    })
}

/// A subtenant comes after a time of standing empty and stays until the lease ends, within the horizon.
fn sublet(
    building: &Building,
    base_date: Date,
    finance: &Finance,
    calendar: &Calendar,
) -> Option<Exit> {
    may_sublet(building, base_date).ok()?;
    let ends = lease_years(building, base_date)?;
    let void = finance.sublet_void_years;
    let year = void.saturating_add(1);
    if f64::from(year) >= ends || ends > f64::from(calendar.last() + 1) {
        return None;
    }
    let held_a_year = holding_cost(building, finance);
    let rent = |t: u32| building.tenure.rent_in(t) * part_of(t, ends);
    Some(Exit {
        holding: Paid::of(calendar, |t| if t <= void { held_a_year } else { 0.0 }),
        rent_to_exit: Paid::of(calendar, rent),
        received: Paid::of(calendar, |t| match t >= year {
            true => finance.sublet_share * rent(t),
            false => 0.0,
        }),
        held_a_year,
        dilapidations: dilapidations(building, finance),
        ..Exit::nothing(Action::Sublet, year, calendar)
    })
}

#[cfg(test)]
mod tests;
