//! How a building is let go: the permitted actions, their cost, and which of them is cheapest.

use super::years::Years;
use crate::place::{Building, BuildingIx, Finance, Flag, Lease, Place, TenureKind};
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
    /// Years from the base date for which it is held; endless where mothballed.
    pub(super) until: f64,
    /// Holding cost of a year, £.
    pub(super) holding: f64,
    /// Present value of the holding cost paid, £.
    pub(super) holding_worth: f64,
    /// Present value of the rent paid after year 0 and before the exit, £.
    pub(super) rent_worth: f64,
    /// Paid in the year of the exit, £.
    pub(super) break_penalty: f64,
    /// Paid in the year of the exit, £.
    pub(super) dilapidations: f64,
    /// The receipt, £.
    pub(super) receipt: f64,
    /// The cost of the sale, £, in the year of the receipt.
    pub(super) disposal_cost: f64,
    /// What a grant takes back of it, £, in the same year.
    pub(super) clawback: f64,
    /// Backlog still paid, £.
    pub(super) backlog: f64,
    /// Rent still paid every year, £.
    pub(super) rent: f64,
}

impl Exit {
    fn nothing(action: Action) -> Self {
        Self {
            action,
            year: 1,
            until: 1.0,
            holding: 0.0,
            holding_worth: 0.0,
            rent_worth: 0.0,
            break_penalty: 0.0,
            dilapidations: 0.0,
            receipt: 0.0,
            disposal_cost: 0.0,
            clawback: 0.0,
            backlog: 0.0,
            rent: 0.0,
        }
    }

    /// Present value of its costs less its receipt, £.
    pub(super) fn worth(&self, years: &Years) -> f64 {
        let once = self.break_penalty + self.dilapidations + self.disposal_cost + self.clawback
            - self.receipt;
        self.holding_worth
            + self.rent_worth
            + self.rent * years.later()
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
    let receipt = building.market_value.value.get();
    let permitted = [
        release(building, finance, place.base_date, years),
        (if stays {
            None
        } else {
            sale(building, finance, receipt, years)
        }),
        transfer(building),
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
        || finance.holding_share * (building.running_fixed.value.get() + building.rates.get()),
        |stated| stated.get(),
    )
}

fn release(building: &Building, finance: &Finance, base: Date, years: &Years) -> Option<Exit> {
    match building.tenure.kind {
        // Three months' notice: gone by the end of year 0, at no cost.
        TenureKind::Licence => return Some(Exit::nothing(Action::ReleaseLease)),
        TenureKind::Leasehold | TenureKind::GroundLease => {}
        _ => return None,
    }
    let lease = &building.tenure.lease;
    let (day, breaks) = earliest(lease, base)?;
    let exit = (f64::from((day - base).get_days()) / 365.25).max(1.0);
    let year = (exit.ceil() - 1.0).max(1.0) as u32;
    let holding = holding(building, finance);
    (year < years.horizon()).then(|| Exit {
        year,
        until: exit,
        holding,
        holding_worth: holding * years.until(exit),
        rent_worth: building.tenure.rent.get() * years.until(exit),
        break_penalty: if breaks {
            lease.break_penalty.get()
        } else {
            0.0
        },
        dilapidations: finance.dilapidations_gbp_m2 * building.usable.value.total().get(),
        ..Exit::nothing(Action::ReleaseLease)
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

fn sale(building: &Building, finance: &Finance, receipt: f64, years: &Years) -> Option<Exit> {
    let owned = matches!(
        building.tenure.kind,
        TenureKind::Freehold | TenureKind::LetOut
    );
    let barred = [Flag::Covenant, Flag::OpenSpace]
        .iter()
        .any(|flag| building.flags.contains(flag));
    let has = |flag: Flag| building.flags.contains(&flag);
    let lag = match has(Flag::CommunityValue) {
        true => finance
            .disposal_lag_years
            .saturating_add(finance.moratorium_years),
        false => finance.disposal_lag_years,
    };
    let holding = holding(building, finance);
    let in_time = lag.saturating_add(1) < years.horizon();
    (owned && !barred && in_time).then(|| Exit {
        year: lag.saturating_add(1),
        until: f64::from(lag) + 1.0,
        holding,
        holding_worth: holding
            * (1..=lag.min(years.horizon()))
                .map(|t| years.factor(t))
                .sum::<f64>(),
        receipt,
        disposal_cost: finance.disposal_cost_share * receipt,
        clawback: f64::from(u8::from(has(Flag::Clawback))) * finance.clawback_share * receipt,
        ..Exit::nothing(Action::Sell)
    })
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
    Exit {
        until: f64::INFINITY,
        holding,
        holding_worth: holding * years.later(),
        backlog: building.backlog.get(),
        rent: building.tenure.rent.get(),
        ..Exit::nothing(Action::Mothball)
    }
}
