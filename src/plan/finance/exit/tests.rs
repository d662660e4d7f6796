//! Exits of one building, done by hand.

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
