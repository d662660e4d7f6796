//! How a building is let go: the permitted action of least present value, fixed before solving.

use super::Calendar;
use crate::place::{Building, BuildingIx, Finance, Flag, Place, TenureKind};
use crate::plan::Action;
use jiff::ToSpan;
use jiff::civil::Date;

/// One way of letting a building go, and what it costs. Pounds of the base date.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Exit {
    /// What is done.
    pub(crate) action: Action,
    /// The year it takes effect.
    pub(crate) year: u32,
    /// Holding cost, present value.
    pub(crate) holding: f64,
    /// Rent paid after year 0 and before a lease ends, present value.
    pub(crate) rent_to_exit: f64,
    /// Rent of a mothballed building, present value.
    pub(crate) rent: f64,
    /// Repairs of a mothballed building, in year 0.
    pub(crate) backlog: f64,
    /// Paid when a break is used, in the exit year.
    pub(crate) break_penalty: f64,
    /// Paid on leaving a lease, in the exit year.
    pub(crate) dilapidations: f64,
    /// What a sale brings, in the exit year.
    pub(crate) receipt: f64,
    /// What the sale costs, in the exit year.
    pub(crate) disposal_cost: f64,
    /// What a grant takes back of the receipt, in the exit year.
    pub(crate) clawback: f64,
    /// Cost of a steady year afterwards.
    pub(crate) steady: f64,
    /// The part of it that is holding cost.
    pub(crate) steady_holding: f64,
    /// Factor of the exit year.
    pub(crate) factor: f64,
    /// Years from the base date for which it is held; endless where mothballed.
    pub(crate) until: f64,
    /// Holding cost of a whole year.
    pub(crate) held_a_year: f64,
    /// Rent of a whole year until a lease ends.
    pub(crate) rent_a_year: f64,
}

impl Exit {
    /// Present value of everything it costs, receipts deducted.
    pub(crate) fn present_value(&self) -> f64 {
        let paid = self.break_penalty + self.dilapidations + self.disposal_cost + self.clawback;
        let at_exit = paid - self.receipt;
        self.holding + self.rent_to_exit + self.rent + self.backlog + self.factor * at_exit
    }

    /// The part of a year for which it is still held and its lease still paid; none of year 0, when it
    /// is in use.
    pub(crate) fn part_of(&self, year: u32) -> f64 {
        match year {
            0 => 0.0,
            year => (self.until - f64::from(year)).clamp(0.0, 1.0),
        }
    }

    fn nothing(action: Action, year: u32, calendar: &Calendar) -> Self {
        Self {
            action,
            year,
            holding: 0.0,
            rent_to_exit: 0.0,
            rent: 0.0,
            backlog: 0.0,
            break_penalty: 0.0,
            dilapidations: 0.0,
            receipt: 0.0,
            disposal_cost: 0.0,
            clawback: 0.0,
            steady: 0.0,
            steady_holding: 0.0,
            factor: calendar.factor(year),
            until: 1.0,
            held_a_year: 0.0,
            rent_a_year: 0.0,
        }
    }
}

/// The cheapest permitted exit of a building; ties go to release, sale, transfer, mothballing. Part
/// of a site cannot be sold by itself: `sold_whole` says whether all of its site goes, or that it is
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
        transfer(building, calendar),
        sell(building, finance, calendar).filter(|_| sold_whole),
        release(building, place.base_date, finance, calendar),
    ];
    for exit in others.into_iter().flatten() {
        if exit.present_value() <= best.present_value() {
            best = exit;
        }
    }
    best
}

/// Cost of keeping a building empty for a year.
pub(crate) fn holding_cost(building: &Building, finance: &Finance) -> f64 {
    building.holding_cost.map_or_else(
        || finance.holding_share * (building.running_fixed.value.get() + building.rates.get()),
        crate::place::GbpPerYear::get,
    )
}

fn mothball(building: &Building, finance: &Finance, calendar: &Calendar) -> Exit {
    let holding = holding_cost(building, finance);
    let rent = building.tenure.rent.get();
    Exit {
        holding: calendar.later() * holding,
        rent: calendar.later() * rent,
        backlog: building.backlog.get(),
        steady: holding + rent,
        steady_holding: holding,
        until: f64::INFINITY,
        held_a_year: holding,
        ..Exit::nothing(Action::Mothball, 1, calendar)
    }
}

fn is_freehold(building: &Building) -> bool {
    matches!(
        building.tenure.kind,
        TenureKind::Freehold | TenureKind::LetOut
    )
}

fn transfer(building: &Building, calendar: &Calendar) -> Option<Exit> {
    (is_freehold(building) && building.flags.contains(&Flag::Covenant))
        .then(|| Exit::nothing(Action::Transfer, 1, calendar))
}

fn sell(building: &Building, finance: &Finance, calendar: &Calendar) -> Option<Exit> {
    let barred =
        building.flags.contains(&Flag::Covenant) || building.flags.contains(&Flag::OpenSpace);
    let waits = years_on_sale(building, finance);
    let year = waits.saturating_add(1);
    if !is_freehold(building) || barred || !calendar.holds(year) {
        return None;
    }
    let held_a_year = holding_cost(building, finance);
    let holding: f64 = calendar
        .years_from_one()
        .filter(|(t, _)| *t <= waits)
        .map(|(_, factor)| factor * held_a_year)
        .sum();
    let receipt = building.market_value.value.get();
    Some(Exit {
        holding,
        receipt,
        disposal_cost: finance.disposal_cost_share * receipt,
        clawback: clawback(building, finance, receipt),
        until: f64::from(year),
        held_a_year,
        ..Exit::nothing(Action::Sell, year, calendar)
    })
}

/// What a grant takes back of a receipt, £.
pub(crate) fn clawback(building: &Building, finance: &Finance, receipt: f64) -> f64 {
    match building.flags.contains(&Flag::Clawback) {
        true => finance.clawback_share * receipt,
        false => 0.0,
    }
}

/// Years between standing empty and the receipt: the lag, and the moratorium of an asset of community
/// value.
pub(crate) fn years_on_sale(building: &Building, finance: &Finance) -> u32 {
    let waits = building.flags.contains(&Flag::CommunityValue);
    let moratorium = if waits { finance.moratorium_years } else { 0 };
    finance.disposal_lag_years.saturating_add(moratorium)
}

fn release(
    building: &Building,
    base_date: Date,
    finance: &Finance,
    calendar: &Calendar,
) -> Option<Exit> {
    match building.tenure.kind {
        TenureKind::Licence => {
            return Some(Exit::nothing(Action::ReleaseLease, 1, calendar));
        }
        TenureKind::Leasehold | TenureKind::GroundLease => {}
        _ => return None,
    }
    let (date, by_break) = earliest_exit(building, base_date)?;
    let years = (days_between(base_date, date) / 365.25).max(1.0);
    let year = (years.ceil() as u32).saturating_sub(1).max(1);
    if !calendar.holds(year) {
        return None;
    }
    let paid: f64 = calendar
        .years_from_one()
        .map(|(t, factor)| factor * (years - f64::from(t)).clamp(0.0, 1.0))
        .sum();
    Some(Exit {
        holding: paid * holding_cost(building, finance),
        until: years,
        held_a_year: holding_cost(building, finance),
        rent_a_year: building.tenure.rent.get(),
        rent_to_exit: paid * building.tenure.rent.get(),
        break_penalty: if by_break {
            building.tenure.lease.break_penalty.get()
        } else {
            0.0
        },
        dilapidations: finance.dilapidations_gbp_m2 * building.usable.value.total().get(),
        ..Exit::nothing(Action::ReleaseLease, year, calendar)
    })
}

/// The day a lease can first be left, and whether a break is used for it.
fn earliest_exit(building: &Building, base_date: Date) -> Option<(Date, bool)> {
    let lease = &building.tenure.lease;
    let notice = i64::from(lease.notice_months.unwrap_or(6).min(1_200));
    let notice_ends = base_date.saturating_add(notice.months());
    let expiry = match lease.expiry {
        Some(date) if date <= base_date => return Some((notice_ends, false)),
        other => other,
    };
    let first_break = lease
        .breaks
        .iter()
        .copied()
        .filter(|date| *date >= notice_ends)
        .min();
    match (expiry, first_break) {
        (Some(expiry), Some(early)) if early < expiry => Some((early, true)),
        (Some(expiry), _) => Some((expiry, false)),
        (None, Some(early)) => Some((early, true)),
        (None, None) => None,
    }
}

fn days_between(from: Date, to: Date) -> f64 {
    from.until(to)
        .map_or(0.0, |span| f64::from(span.get_days()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::place::{DiscountStep, Gbp, GbpPerYear, Lease, sample};
    use jiff::civil::date;

    /// One building; no discounting, so that sums can be done by hand.
    fn place(kind: TenureKind) -> Place {
        let mut place = sample::empty("Exit");
        place.agencies = vec![sample::agency("council")];
        place.buildings = vec![sample::building("B", 0, sample::at(0.0, 0.0), 100.0)];
        place.buildings[0].tenure.kind = kind;
        place.finance.discount = vec![DiscountStep {
            from_year: 0,
            rate: 0.0,
        }];
        place
    }

    fn exit(place: &Place) -> Exit {
        cheapest(
            place,
            BuildingIx::new(0),
            &Calendar::new(&place.finance),
            true,
        )
    }

    #[test]
    fn a_freehold_is_sold_after_the_lag() {
        let exit = exit(&place(TenureKind::Freehold));
        assert_eq!((exit.action, exit.year), (Action::Sell, 2));
        // holding 0.25 × (50,000 + 5,000) = 13,750 for one year; 3 % of 1,000,000
        assert_eq!(exit.holding, 13_750.0);
        assert_eq!(exit.disposal_cost, 30_000.0);
        assert_eq!(exit.present_value(), 13_750.0 + 30_000.0 - 1_000_000.0);
    }

    #[test]
    fn an_asset_of_community_value_waits_for_its_moratorium() {
        let mut place = place(TenureKind::Freehold);
        place.buildings[0].flags.insert(Flag::CommunityValue);
        let exit = exit(&place);
        assert_eq!((exit.action, exit.year), (Action::Sell, 3));
        // Two years of 13,750 instead of one.
        assert_eq!(exit.holding, 27_500.0);
    }

    #[test]
    fn a_grant_takes_back_its_share_of_the_receipt() {
        let mut place = place(TenureKind::Freehold);
        place.buildings[0].flags.insert(Flag::Clawback);
        place.finance.clawback_share = 0.4;
        assert_eq!(exit(&place).clawback, 400_000.0);
        // All of it, and selling costs £30,000 more than holding on costs £13,750 × 24.
        place.finance.clawback_share = 1.0;
        place.finance.disposal_cost_share = 1.0;
        assert_eq!(exit(&place).action, Action::Mothball);
    }

    #[test]
    fn a_covenant_bars_a_sale_and_allows_a_transfer() {
        let mut place = place(TenureKind::Freehold);
        place.buildings[0].flags.insert(Flag::Covenant);
        let exit = exit(&place);
        assert_eq!(exit.action, Action::Transfer);
        assert_eq!(exit.present_value(), 0.0);
    }

    #[test]
    fn an_unknown_tenure_is_mothballed() {
        let exit = exit(&place(TenureKind::Unknown));
        assert_eq!(exit.action, Action::Mothball);
        assert_eq!(exit.present_value(), 24.0 * 13_750.0);
        assert_eq!(exit.steady, 13_750.0);
    }

    #[test]
    fn a_lease_is_left_at_its_first_break_after_notice() {
        let mut place = place(TenureKind::Leasehold);
        place.buildings[0].tenure.rent = GbpPerYear(20_000.0);
        place.buildings[0].tenure.lease = Lease {
            expiry: Some(date(2040, 1, 1)),
            breaks: vec![date(2026, 6, 1), date(2028, 10, 1)],
            break_penalty: Gbp(7_000.0),
            ..Lease::default()
        }
        .into();
        let exit = exit(&place);
        // 914 days ÷ 365.25 = 2.50240 years: year 1 whole and 0.50240 of year 2
        assert_eq!((exit.action, exit.year), (Action::ReleaseLease, 2));
        let years = 914.0 / 365.25 - 1.0;
        assert!((exit.rent_to_exit - 20_000.0 * years).abs() < 1e-6);
        assert_eq!(exit.break_penalty, 7_000.0);
        assert_eq!(exit.dilapidations, 10_000.0);
    }

    #[test]
    fn a_tenancy_holding_over_ends_after_notice_without_a_penalty() {
        let mut place = place(TenureKind::Leasehold);
        place.buildings[0].tenure.lease = Lease {
            expiry: Some(date(2020, 1, 1)),
            break_penalty: Gbp(7_000.0),
            ..Lease::default()
        }
        .into();
        let exit = exit(&place);
        assert_eq!((exit.action, exit.year), (Action::ReleaseLease, 1));
        assert_eq!(exit.break_penalty, 0.0);
        assert_eq!(exit.rent_to_exit, 0.0);
    }

    #[test]
    fn a_lease_without_dates_cannot_be_released() {
        assert_eq!(exit(&place(TenureKind::Leasehold)).action, Action::Mothball);
    }

    #[test]
    fn a_lease_that_outlasts_the_horizon_cannot_be_released() {
        let mut place = place(TenureKind::Leasehold);
        place.buildings[0].tenure.lease.expiry = Some(date(2060, 1, 1));
        assert_eq!(exit(&place).action, Action::Mothball);
    }

    #[test]
    fn part_of_a_site_is_held_and_never_sold() {
        let place = place(TenureKind::Freehold);
        let calendar = Calendar::new(&place.finance);
        let exit = cheapest(&place, BuildingIx::new(0), &calendar, false);
        assert_eq!((exit.action, exit.receipt), (Action::Mothball, 0.0));
    }
}
