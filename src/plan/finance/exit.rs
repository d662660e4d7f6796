//! How a building is let go: the permitted action of least present value, fixed before solving.

use super::Calendar;
use super::Taken;
use super::lease_end::{days_between, earliest_exit, lease_years, notice_over};
use super::permitted::{may_sell, may_sublet, may_transfer};
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
        let lease = self.break_penalty + self.dilapidations;
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

/// The cheapest permitted exit of a building; ties go to release, sale, transfer, subletting, mothballing.
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

/// What a building that is to be sold costs in a year until then: holding cost, the rent of its ground, less
/// what tenants pay.
pub(crate) fn waiting_for_sale(building: &Building, finance: &Finance, year: u32) -> f64 {
    let ground = match building.tenure.kind {
        TenureKind::GroundLease => building.tenure.rent_in(year),
        _ => 0.0,
    };
    holding_cost(building, finance) + ground - building.tenure.let_income.get()
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
        break_penalty: if by_break {
            building.tenure.lease.break_penalty.get()
        } else {
            0.0
        },
        dilapidations: match licence {
            true => 0.0,
            false => dilapidations(building, finance),
        },
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
mod tests {
    use super::*;
    use crate::place::{DiscountStep, Gbp, GbpPerYear, Lease, Repair, Review, sample};
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
        assert_eq!(exit.holding.worth, 13_750.0);
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
        assert_eq!(exit.holding.worth, 27_500.0);
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
    fn an_overage_is_paid_in_the_year_of_the_sale() {
        use crate::place::{Overage, ReceiptTerms};
        let mut place = place(TenureKind::Freehold);
        place.buildings[0].receipt_terms = ReceiptTerms {
            overage: Some(Overage {
                share: 0.25,
                above: Gbp(200_000.0),
                until: Some(date(2030, 1, 1)),
                to: None,
            }),
            ..ReceiptTerms::default()
        }
        .into();
        let exit = exit(&place);
        // 25 % of the 800,000 above its base, beside the 13,750 of holding and the 3 % of selling.
        assert_eq!((exit.action, exit.overage), (Action::Sell, 200_000.0));
        assert_eq!(exit.present_value(), 43_750.0 + 200_000.0 - 1_000_000.0);
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
        assert!((exit.rent_to_exit.worth - 20_000.0 * years).abs() < 1e-6);
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
        assert_eq!(exit.rent_to_exit.worth, 0.0);
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

    /// A lease of 20,000 a year until ten years from the base date, without a break.
    fn leased() -> Place {
        let mut place = place(TenureKind::Leasehold);
        place.buildings[0].tenure.rent = GbpPerYear(20_000.0);
        place.buildings[0].tenure.lease.expiry = Some(date(2036, 4, 1));
        place.buildings[0].tenure.lease.may_sublet = Some(true);
        place
    }

    #[test]
    fn a_lease_that_may_be_sublet_brings_rent_in_until_it_ends() {
        let exit = exit(&leased());
        assert_eq!((exit.action, exit.year), (Action::Sublet, 2));
        // 3,653 days ÷ 365.25 = 10.00137 years: rent of years 1 to 9 and 0.00137 of year 10; 60 % of it
        // comes in from year 2 on.
        let rent = 20_000.0 * (9.0 + 3_653.0 / 365.25 - 10.0);
        assert!((exit.rent_to_exit.worth - rent).abs() < 1e-6);
        assert!((exit.received.worth - 0.6 * (rent - 20_000.0)).abs() < 1e-6);
        assert_eq!(
            (exit.holding.worth, exit.dilapidations),
            (13_750.0, 10_000.0)
        );
    }

    #[test]
    fn below_epc_e_or_without_leave_nothing_is_sublet() {
        let mut place = leased();
        place.buildings[0].energy_rating = Some("F".into());
        assert_eq!(exit(&place).action, Action::ReleaseLease);
        let mut place = leased();
        place.buildings[0].tenure.lease.may_sublet = None;
        assert_eq!(exit(&place).action, Action::ReleaseLease);
    }

    #[test]
    fn who_repairs_decides_what_leaving_costs() {
        let mut place = leased();
        place.buildings[0].tenure.lease.repair = Some(Repair::Internal);
        assert_eq!(exit(&place).dilapidations, 5_000.0);
        place.buildings[0].tenure.lease.repair = Some(Repair::Landlord);
        assert_eq!(exit(&place).dilapidations, 0.0);
    }

    #[test]
    fn a_reviewed_rent_is_paid_until_the_lease_ends() {
        let mut place = leased();
        place.buildings[0].tenure.lease.may_sublet = None;
        place.buildings[0].tenure.lease.review = Some(Review {
            on: date(2030, 4, 1),
            from_year: 4,
            rent: GbpPerYear(25_000.0),
        });
        // 20,000 in years 1 to 3, 25,000 in years 4 to 9 and for 0.00137 of year 10
        let rent = 60_000.0 + 25_000.0 * (6.0 + 3_653.0 / 365.25 - 10.0);
        assert!((exit(&place).rent_to_exit.worth - rent).abs() < 1e-6);
    }

    #[test]
    fn a_licence_is_paid_for_as_long_as_its_notice_runs() {
        let mut place = place(TenureKind::Licence);
        place.buildings[0].tenure.rent = GbpPerYear(20_000.0);
        assert_eq!(exit(&place).rent_to_exit.worth, 0.0);
        place.buildings[0].tenure.lease.notice_months = Some(36);
        // 1,096 days ÷ 365.25 = 3.00068 years
        let paid = 20_000.0 * (2.0 + 1_096.0 / 365.25 - 3.0);
        let exit = exit(&place);
        assert_eq!((exit.action, exit.year), (Action::ReleaseLease, 3));
        assert!((exit.rent_to_exit.worth - paid).abs() < 1e-6);
    }

    #[test]
    fn a_building_on_leased_ground_is_sold_with_its_lease_and_pays_ground_rent_until_then() {
        let mut place = place(TenureKind::GroundLease);
        place.buildings[0].tenure.rent = GbpPerYear(1_000.0);
        place.buildings[0].tenure.lease.expiry = Some(date(2120, 1, 1));
        let exit = exit(&place);
        assert_eq!((exit.action, exit.year), (Action::Sell, 2));
        assert_eq!(exit.rent_to_exit.worth, 1_000.0);
    }

    #[test]
    fn a_let_building_brings_its_rent_until_it_is_sold() {
        let mut place = place(TenureKind::LetOut);
        place.buildings[0].tenure.let_income = GbpPerYear(30_000.0);
        assert_eq!(exit(&place).received.worth, 30_000.0);
    }

    #[test]
    fn part_of_a_site_is_held_and_never_sold() {
        let place = place(TenureKind::Freehold);
        let calendar = Calendar::new(&place.finance);
        let exit = cheapest(&place, BuildingIx::new(0), &calendar, false);
        assert_eq!((exit.action, exit.receipt), (Action::Mothball, 0.0));
    }
}
