//! How a building is let go: the permitted actions, their cost, and which of them is cheapest.

use super::years::Years;
use crate::place::{Building, BuildingIx, Finance, Flag, Lease, Place, Repair, TenureKind};
use crate::plan::Action;
use jiff::ToSpan;
use jiff::civil::Date;

/// One way of letting a building go.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Exit {
    /// Its code.
    pub(super) action: Action,
    /// The year it takes effect.
    pub(super) year: u32,
    /// Holding cost of a whole year, £.
    pub(super) holding: f64,
    /// Holding cost paid in each year, £; none stand for nothing in every year, here and below.
    pub(super) held: Vec<f64>,
    /// Rent paid in each year until a lease or its ground ends or is sold, £.
    pub(super) rents: Vec<f64>,
    /// Rent received in each year, £.
    pub(super) lets: Vec<f64>,
    /// Paid in the year of the exit, £.
    pub(super) break_penalty: f64,
    /// Paid in the year of the exit to a landlord who lets the tenant go early, £.
    pub(super) surrender: f64,
    /// Paid in the year of the exit, £.
    pub(super) dilapidations: f64,
    /// The receipt, £.
    pub(super) receipt: f64,
    /// The cost of the sale, £, in the year of the receipt.
    pub(super) disposal_cost: f64,
    /// What a grant takes back of it, £, in the same year.
    pub(super) clawback: f64,
    /// What somebody is owed of it, £, in the same year.
    pub(super) overage: f64,
    /// Backlog still paid, £.
    pub(super) backlog: f64,
    /// Whether rent is paid on for good.
    pub(super) rented_on: bool,
    /// Rent of the last year, where it is, £.
    pub(super) rent: f64,
    /// Present value of the rent of all years, where it is, £.
    pub(super) rent_worth: f64,
}

impl Exit {
    fn nothing(action: Action) -> Self {
        Self {
            action,
            year: 1,
            holding: 0.0,
            held: Vec::new(),
            rents: Vec::new(),
            lets: Vec::new(),
            break_penalty: 0.0,
            surrender: 0.0,
            dilapidations: 0.0,
            receipt: 0.0,
            disposal_cost: 0.0,
            clawback: 0.0,
            overage: 0.0,
            backlog: 0.0,
            rented_on: false,
            rent: 0.0,
            rent_worth: 0.0,
        }
    }

    /// Present value of its costs less its receipt, £.
    pub(super) fn worth(&self, years: &Years) -> f64 {
        let once = self.break_penalty
            + self.surrender
            + self.dilapidations
            + self.disposal_cost
            + self.clawback
            + self.overage
            - self.receipt;
        years.sum(&self.held) + years.sum(&self.rents) - years.sum(&self.lets)
            + self.rent_worth
            + once * years.factor(self.year)
            + self.backlog
    }

    /// What it costs in a steady year, £.
    pub(super) fn steady(&self) -> f64 {
        match self.action {
            Action::Mothball => self.holding + self.rent,
            _ => 0.0,
        }
    }
}

/// The cheapest permitted exit of a building; the first in the order of the method where two cost
/// the same.
///
/// `stays` says whether something else of its site stays: part of a site cannot be sold by itself.
pub(super) fn cheapest(place: &Place, at: BuildingIx, years: &Years, stays: bool) -> Exit {
    let (building, finance) = (place.building(at), &place.finance);
    let permitted = [
        release(building, finance, place.base_date, years),
        surrendered(building, finance, place.base_date, years),
        (if stays {
            None
        } else {
            sale(building, finance, place.base_date, years)
        }),
        transfer(building),
        sublet(building, finance, place.base_date, years),
    ];
    let mut best: Option<Exit> = None;
    for exit in permitted
        .into_iter()
        .flatten()
        .chain([mothball(building, finance, years)])
    {
        if best
            .as_ref()
            .is_none_or(|b| exit.worth(years) < b.worth(years))
        {
            best = Some(exit);
        }
    }
    best.unwrap_or_else(|| mothball(building, finance, years))
}

/// Cost of keeping it empty for a year, £.
pub(super) fn holding(building: &Building, finance: &Finance) -> f64 {
    building.holding_cost.map_or_else(
        || {
            // An empty listed building is exempt from rates.
            let listed = building.flags.contains(&Flag::Listed);
            let rates = building.rates.get() * f64::from(u8::from(!listed));
            finance.holding_share * (building.running_fixed.value.get() + rates)
        },
        |stated| stated.get(),
    )
}

/// Rent of a year, £: what a review leads to, where one has come.
pub(super) fn rent(building: &Building, year: u32) -> f64 {
    let reviewed = building
        .tenure
        .lease
        .review
        .filter(|review| review.from_year <= year);
    reviewed.map_or(building.tenure.rent.get(), |review| review.rent.get())
}

/// What leaving a lease, or making it ready for a subtenant, costs for repairs, £.
pub(super) fn dilapidations(building: &Building, finance: &Finance) -> f64 {
    let floor = building.usable.value.total().get();
    let owed = match building.tenure.lease.repair {
        Some(Repair::Landlord) => 0.0,
        Some(Repair::Internal) => 0.5,
        Some(Repair::Full) | None => 1.0,
    };
    owed * finance.dilapidations_gbp_m2 * floor
}

/// What each year of the horizon pays, £, and nothing in year 0.
fn each(years: &Years, amount: impl Fn(u32) -> f64) -> Vec<f64> {
    let all = 0..years.horizon();
    all.map(|year| if year == 0 { 0.0 } else { amount(year) })
        .collect()
}

fn part(year: u32, ends: f64) -> f64 {
    (ends - f64::from(year)).clamp(0.0, 1.0)
}

fn years_until(base: Date, day: Date) -> f64 {
    f64::from((day - base).get_days()) / 365.25
}

fn release(building: &Building, finance: &Finance, base: Date, years: &Years) -> Option<Exit> {
    let lease = &building.tenure.lease;
    let (day, breaks, owed) = match building.tenure.kind {
        TenureKind::Licence => {
            let months = i64::from(lease.notice_months.unwrap_or(3).min(1_200));
            (base.checked_add(months.months()).ok()?, false, 0.0)
        }
        TenureKind::Leasehold | TenureKind::GroundLease => {
            let (day, breaks) = earliest(lease, base)?;
            (day, breaks, dilapidations(building, finance))
        }
        _ => return None,
    };
    let left = left_on(day, building, finance, base, years)?;
    let penalty = lease.break_penalty.get();
    Some(Exit {
        break_penalty: if breaks { penalty } else { 0.0 },
        dilapidations: owed,
        ..left
    })
}

/// A lease that is left on a day, or after the first year: what is paid till then.
fn left_on(
    day: Date,
    building: &Building,
    finance: &Finance,
    base: Date,
    years: &Years,
) -> Option<Exit> {
    let ends = years_until(base, day).max(1.0);
    let year = (ends.ceil() - 1.0).max(1.0) as u32;
    let holding = holding(building, finance);
    (year < years.horizon()).then(|| Exit {
        year,
        holding,
        held: each(years, |t| holding * part(t, ends)),
        rents: each(years, |t| rent(building, t) * part(t, ends)),
        ..Exit::nothing(Action::ReleaseLease)
    })
}

/// The day and the price of a lease or contract that its landlord would end early.
pub(super) fn early_end(building: &Building, base: Date) -> Option<(Date, f64)> {
    let terms = building.tenure.lease.surrender?;
    match building.tenure.kind {
        TenureKind::Leasehold | TenureKind::GroundLease | TenureKind::Pfi => {
            let day = terms.from.filter(|day| *day > base).unwrap_or(base);
            Some((day, terms.price.get()))
        }
        _ => None,
    }
}

fn surrendered(building: &Building, finance: &Finance, base: Date, years: &Years) -> Option<Exit> {
    let (day, price) = early_end(building, base)?;
    let left = left_on(day, building, finance, base, years)?;
    Some(Exit {
        surrender: price,
        ..left
    })
}

/// Letting a lease on: allowed by its own words, by the energy band, and by the years it still runs.
fn sublet(building: &Building, finance: &Finance, base: Date, years: &Years) -> Option<Exit> {
    let lease = &building.tenure.lease;
    let allowed = building.tenure.kind == TenureKind::Leasehold && lease.may_sublet == Some(true);
    let band = building
        .energy_rating
        .as_deref()
        .map(|band| band.trim().to_uppercase());
    let unlawful = band.is_some_and(|band| band.starts_with('F') || band.starts_with('G'));
    let expiry = lease.expiry.filter(|day| *day > base)?;
    let ends = years_until(base, expiry);
    let empty = finance.sublet_void_years;
    let comes = empty.saturating_add(1);
    let in_time = f64::from(comes) < ends && ends <= f64::from(years.horizon());
    let holding = holding(building, finance);
    let paid = |t: u32| rent(building, t) * part(t, ends);
    (allowed && !unlawful && in_time).then(|| Exit {
        year: comes,
        holding,
        held: each(years, |t| if t <= empty { holding } else { 0.0 }),
        rents: each(years, paid),
        lets: each(years, |t| {
            if t >= comes {
                paid(t) * finance.sublet_share
            } else {
                0.0
            }
        }),
        dilapidations: dilapidations(building, finance),
        ..Exit::nothing(Action::Sublet)
    })
}

/// The earliest day a lease can be left, and whether a break is used for it.
fn earliest(lease: &Lease, base: Date) -> Option<(Date, bool)> {
    let months = i64::from(lease.notice_months.unwrap_or(6).min(12_000));
    let notice = base.checked_add(months.months()).ok()?;
    if lease.expiry.is_some_and(|day| day <= base) {
        // A tenancy holding over; its breaks mean nothing any more.
        return Some((notice, false));
    }
    let broken = lease
        .breaks
        .iter()
        .copied()
        .filter(|day| *day >= notice)
        .min();
    match (lease.expiry, broken) {
        (Some(expiry), Some(broken)) if broken < expiry => Some((broken, true)),
        (Some(expiry), _) => Some((expiry, false)),
        (None, Some(broken)) => Some((broken, true)),
        (None, None) => None,
    }
}

/// Years from standing empty to being sold.
pub(super) fn lag(building: &Building, finance: &Finance) -> u32 {
    let waits = building.flags.contains(&Flag::CommunityValue);
    let moratorium = if waits { finance.moratorium_years } else { 0 };
    finance.disposal_lag_years.saturating_add(moratorium)
}

fn sale(building: &Building, finance: &Finance, base: Date, years: &Years) -> Option<Exit> {
    let has = |flag: Flag| building.flags.contains(&flag);
    let lag = lag(building, finance);
    let year = lag.saturating_add(1);
    let tenure = &building.tenure;
    let on_leased_ground = tenure.kind == TenureKind::GroundLease;
    let over = base.saturating_add((i64::from(year).saturating_add(1)).years());
    let worth_something = building.market_value.value.get() > 0.0;
    let lasts = worth_something && tenure.lease.expiry.is_some_and(|expiry| expiry > over);
    let owned = matches!(tenure.kind, TenureKind::Freehold | TenureKind::LetOut);
    let barred = has(Flag::Covenant) || has(Flag::OpenSpace);
    let holding = holding(building, finance);
    let receipt = building.market_value.value.get();
    let waiting = |t: u32, amount: f64| if t <= lag { amount } else { 0.0 };
    let may = (owned || on_leased_ground && lasts) && !barred && year < years.horizon();
    may.then(|| Exit {
        year,
        holding,
        held: each(years, |t| waiting(t, holding)),
        rents: match on_leased_ground {
            true => each(years, |t| waiting(t, rent(building, t))),
            false => Vec::new(),
        },
        lets: each(years, |t| waiting(t, tenure.let_income.get())),
        receipt,
        disposal_cost: finance.disposal_cost_share * receipt,
        clawback: grant_takes(building, finance, base, year),
        overage: overage(building, base, year),
        ..Exit::nothing(Action::Sell)
    })
}

/// What a grant takes back where the building is sold in a year, £: a stated sum counts before a share.
pub(super) fn grant_takes(building: &Building, finance: &Finance, base: Date, year: u32) -> f64 {
    let terms = &building.receipt_terms;
    let over = terms
        .clawback_until
        .is_some_and(|day| is_past(day, base, year));
    let share = building.flags.contains(&Flag::Clawback).then(|| {
        let receipt = building.market_value.value.get();
        finance.clawback_share * receipt
    });
    let takes = terms.clawback.map(|stated| stated.get()).or(share);
    takes.filter(|_| !over).unwrap_or(0.0)
}

/// What somebody is owed of the receipt where the building is sold in a year, £.
pub(super) fn overage(building: &Building, base: Date, year: u32) -> f64 {
    let Some(terms) = &building.receipt_terms.overage else {
        return 0.0;
    };
    let above = building.market_value.value.get() - terms.above.get();
    let over = terms.until.is_some_and(|day| is_past(day, base, year));
    if over || above < 0.0 {
        return 0.0;
    }
    terms.share * above
}

/// Whether a day has come when a year begins.
fn is_past(day: Date, base: Date, year: u32) -> bool {
    base.checked_add(i64::from(year).years())
        .is_ok_and(|begins| day <= begins)
}

fn transfer(building: &Building) -> Option<Exit> {
    let owned = matches!(
        building.tenure.kind,
        TenureKind::Freehold | TenureKind::LetOut
    );
    let given = owned && building.flags.contains(&Flag::Covenant);
    given.then(|| Exit::nothing(Action::Transfer))
}

fn mothball(building: &Building, finance: &Finance, years: &Years) -> Exit {
    let holding = holding(building, finance);
    let rents = each(years, |t| rent(building, t));
    Exit {
        holding,
        held: each(years, |_| holding),
        backlog: building.backlog.get(),
        rented_on: true,
        rent: rents.last().copied().unwrap_or(0.0),
        rent_worth: years.sum(&rents),
        ..Exit::nothing(Action::Mothball)
    }
}
