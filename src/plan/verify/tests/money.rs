//! Money, against sums done by hand.

use super::*;

/// A line of the honest plan of a change: today, after, present value.
fn line(place: &Place, change: &Change, subject: &str, code: &str) -> Option<[f64; 3]> {
    let plan = plan_of(place, &travel(place), change);
    let found: Vec<_> = plan
        .ledger
        .iter()
        .flat_map(|ledger| &ledger.lines)
        .filter(|line| line.subject == subject && line.line == code)
        .map(|line| [line.today_gbp, line.after_gbp, line.npv_gbp])
        .collect();
    assert!(found.len() <= 1, "{code} of {subject} more than once");
    found.first().copied()
}

/// The offices of A2 go to A3, and A2 is sold.
fn sold() -> Change {
    Change {
        moves: vec![(3, 3)],
        closed: vec![2],
        ..Change::default()
    }
}

#[test]
fn the_lines_of_a_sale_are_those_of_the_sum_by_hand() {
    let place = six_buildings();
    let of = |subject, code| line(&place, &sold(), subject, code).expect("a line");
    // later = (1 − 1.035⁻²⁴) ÷ 0.035 = 16.058 367 603
    assert_eq!(of("A2", "running_fixed"), [50_000.0, 0.0, 802_918.38]);
    assert_eq!(of("A2", "rates"), [5_000.0, 0.0, 80_291.84]);
    assert_eq!(of("A2", "running_variable"), [3_000.0, 0.0, 48_175.10]);
    assert_eq!(of("A3", "running_variable"), [0.0, 3_000.0, -48_175.10]);
    // Year 1 + lag is year 2: ÷ 1.035².
    assert_eq!(of("A2", "receipt"), [0.0, 1_000_000.0, 933_510.70]);
    assert_eq!(of("A2", "disposal_cost"), [0.0, 30_000.0, -28_005.32]);
    // A quarter of £55,000, for year 1 alone.
    assert_eq!(of("A2", "holding"), [0.0, 0.0, -13_285.02]);
    assert_eq!(of("office-2", "fit_out"), [0.0, 260_400.0, -260_400.0]);
    assert_eq!(of("office-2", "fees"), [0.0, 31_248.0, -31_248.0]);
    assert_eq!(of("office-2", "move"), [0.0, 10_000.0, -10_000.0]);
}

#[test]
fn the_saving_is_the_sum_of_the_printed_lines() {
    let place = six_buildings();
    let plan = plan_of(&place, &travel(&place), &sold());
    assert_eq!(plan.saving_gbp, 1_473_782.58);
    assert!((plan.do_minimum - plan.value - plan.saving_gbp).abs() < 1.0);
}

#[test]
fn a_guest_pays_the_owner_by_the_square_metre() {
    let place = six_buildings();
    // N1: £55,000 for 1,000 m², and £10 a m²: £65 × 300 m².
    let plan = plan_of(&place, &travel(&place), &moving(3, 5));
    let paid = line(&place, &moving(3, 5), "office-2", "recharge_paid");
    assert_eq!(paid, Some([0.0, 19_500.0, -313_138.17]));
    let received = line(&place, &moving(3, 5), "office-2", "recharge_received");
    assert_eq!(received, Some([0.0, -19_500.0, 313_138.17]));
    assert_eq!(plan.ledger[0].recharge_net_gbp, 19_500.0);
    assert_eq!(plan.ledger[1].recharge_net_gbp, -19_500.0);
}

#[test]
fn who_is_declared_pays_for_a_guest_and_an_owner_that_asks_for_nothing_is_paid_nothing() {
    let mut place = six_buildings();
    place.agencies.push(sample::agency("region"));
    for (by, net) in [(2, [0.0, -19_500.0, 19_500.0]), (1, [0.0, 0.0, 0.0])] {
        place.funding = vec![Funding {
            service: Some(place.occupiers[3].service),
            agency: None,
            by: AgencyIx::new(by),
            source: None,
        }];
        let plan = plan_of(&place, &travel(&place), &moving(3, 5));
        let paid: Vec<f64> = plan.ledger.iter().map(|one| one.recharge_net_gbp).collect();
        assert_eq!(paid, net);
        assert_eq!(judged(&place, &moving(3, 5)), Vec::new());
    }
}

#[test]
fn a_guest_that_leaves_pays_notice_once() {
    let mut place = six_buildings();
    place.occupiers[6].agency = AgencyIx::new(0);
    // £65 × 200 m² × half a year, ÷ 1.035.
    let notice = line(&place, &moving(6, 3), "office-n1", "recharge_notice_paid");
    assert_eq!(notice, Some([0.0, 6_500.0, -6_280.19]));
    let paid = line(&place, &moving(6, 3), "office-n1", "recharge_paid");
    assert_eq!(paid, Some([13_000.0, 0.0, 208_758.78]));
}

#[test]
fn a_lease_is_left_at_its_break_with_penalty_and_dilapidations() {
    let mut place = six_buildings();
    let tenure = &mut place.buildings[2].tenure;
    tenure.kind = TenureKind::Leasehold;
    tenure.rent = GbpPerYear(40_000.0);
    tenure.lease.breaks = vec![jiff::civil::date(2028, 10, 1)];
    tenure.lease.expiry = Some(jiff::civil::date(2040, 4, 1));
    tenure.lease.break_penalty = Gbp(20_000.0);
    let plan = plan_of(&place, &travel(&place), &sold());
    assert_eq!(plan.buildings[2].action, Action::ReleaseLease);
    // 914 days are 2.502 years: the exit is in year 2, of which half is paid.
    assert_eq!(plan.buildings[2].act_year, Some(2));
    let of = |code| line(&place, &sold(), "A2", code).expect("a line");
    assert_eq!(of("rent"), [40_000.0, 0.0, 642_334.70]);
    assert_eq!(of("rent_to_exit"), [0.0, 0.0, -57_407.01]);
    assert_eq!(of("break_penalty"), [0.0, 20_000.0, -18_670.21]);
    assert_eq!(of("dilapidations"), [0.0, 90_000.0, -84_015.96]);
}

#[test]
fn a_building_that_cannot_be_sold_is_mothballed() {
    let mut place = six_buildings();
    place.buildings[2].tenure.kind = TenureKind::Pfi;
    let plan = plan_of(&place, &travel(&place), &sold());
    assert_eq!(plan.buildings[2].action, Action::Mothball);
    let holding = line(&place, &sold(), "A2", "holding");
    assert_eq!(holding, Some([0.0, 13_750.0, -220_802.55]));
}

#[test]
fn a_covenant_leaves_only_the_gift() {
    let mut place = six_buildings();
    place.buildings[2].flags.insert(Flag::Covenant);
    let plan = plan_of(&place, &travel(&place), &sold());
    assert_eq!(plan.buildings[2].action, Action::Transfer);
    assert_eq!(line(&place, &sold(), "A2", "receipt"), None);
}

#[test]
fn part_of_a_site_brings_no_receipt_and_its_shared_cost_goes_on() {
    let mut place = six_buildings();
    place.sites.push(Site {
        id: "campus".into(),
        name: "Campus".to_owned(),
        fixed_cost: GbpPerYear(12_000.0),
    });
    place.buildings[2].site = Some(SiteIx::new(0));
    place.buildings[5].site = Some(SiteIx::new(0));
    assert_eq!(line(&place, &sold(), "A2", "receipt"), None);
    let shared = line(&place, &sold(), "campus", "site_fixed");
    assert_eq!(shared, Some([12_000.0, 12_000.0, 0.0]));
    assert_eq!(judged(&place, &sold()), Vec::new());
}

#[test]
fn running_cost_counts_a_steady_year() {
    let mut place = six_buildings();
    place.finance.objective = Objective::RunningCost;
    let plan = plan_of(&place, &travel(&place), &sold());
    // £55,000 are no longer paid; the £10 a m² go along.
    assert_eq!(plan.do_minimum - plan.value, 55_000.0);
}

#[test]
fn a_penny_in_a_total_is_noticed() {
    let found = altered(&six_buildings(), &sold(), |plan| {
        plan.ledger[0].npv_gbp += 0.01;
    });
    names(&found, "sum-differs", "ledger[council].npv_gbp");
}

#[test]
fn a_wrong_hash_of_an_input_is_named() {
    let mut place = six_buildings();
    place.sources.push(Source {
        file: "buildings.csv".to_owned(),
        table: "buildings".to_owned(),
        as_of: None,
        source: None,
        licence: None,
        sha256: "ab12".to_owned(),
        rows: 6,
    });
    let found = altered(&place, &Change::default(), |plan| {
        plan.run
            .inputs
            .insert("buildings.csv".to_owned(), "cd34".to_owned());
    });
    names(&found, "input-changed", "run.inputs[buildings.csv]");
}

#[test]
fn the_example_of_the_guide_is_what_the_plan_says() {
    let guide = include_str!("../../../guide/verify.md");
    let place = six_buildings();
    let [today, after, npv] = line(&place, &sold(), "A2", "receipt").expect("a line");
    assert_eq!([today, after], [0.0, 1_000_000.0]);
    assert!(guide.contains("= £933,510.70") && npv == 933_510.70);
    let [_, _, npv] = line(&place, &sold(), "A2", "running_fixed").expect("a line");
    assert!(guide.contains("= £802,918.38") && npv == 802_918.38);
    let within = &plan_of(&place, &travel(&place), &sold()).rules[0];
    assert!(guide.contains("3,000 of 5,000 people, 0.6") && within.after == Some(0.6));
    let distance = travel(&place).zone_to_building(
        &place,
        &crate::place::sample::straight_km(),
        ZoneIx::new(2),
        BuildingIx::new(1),
    );
    assert!(guide.contains("= 2,613 m") && distance == Some(Distance(2_613)));
}

#[test]
fn a_plan_that_spends_more_than_the_budget_is_refused() {
    let mut place = six_buildings();
    place.finance.limits.budget = Some(CapitalBudget {
        pooled: Some(1_000.0),
        ..CapitalBudget::default()
    });
    refused(
        &place,
        &sold(),
        "limit-broken",
        "limits[capital_budget].after_gbp",
    );
}

#[test]
fn a_plan_by_which_an_agency_loses_is_refused() {
    let mut place = six_buildings();
    place.finance.limits.worse_off = Some(WorseOff::default());
    place.finance.limits.transfers = vec![Transfer {
        from: AgencyIx::new(0),
        to: AgencyIx::new(1),
        amount: 5_000_000.0,
    }];
    refused(
        &place,
        &sold(),
        "limit-broken",
        "limits[no_agency_worse_off].after_gbp",
    );
}

#[test]
fn a_plan_that_saves_less_than_its_target_is_refused() {
    let mut place = six_buildings();
    place.finance.limits.savings_share = Some(0.5);
    refused(
        &place,
        &sold(),
        "limit-broken",
        "limits[savings_share].after_gbp",
    );
}

#[test]
fn cash_moved_to_another_year_is_noticed() {
    let place = six_buildings();
    let found = altered(&place, &sold(), |plan| {
        let span = plan
            .cash_flow
            .iter_mut()
            .find(|span| span.line == "receipt");
        let span = span.expect("a sale");
        (span.first_year, span.last_year) = (1, 1);
    });
    names(
        &found,
        "money-differs",
        "cash_flow[council.receipt].after_gbp[1]",
    );
}

#[test]
fn the_worth_of_a_sale_is_that_of_the_sum_by_hand() {
    let place = six_buildings();
    let plan = plan_of(&place, &travel(&place), &sold());
    let whole = &plan.worth[0];
    // Fit-out 260,400 + fees 31,248 + move 10,000; what selling costs is taken off the receipt.
    assert_eq!(whole.costs_gbp, 301_648.0);
    assert_eq!(whole.npv_gbp, 1_473_782.58);
    assert_eq!(whole.benefits_gbp, 1_775_430.58);
    // Out: 301,648 in year 0; 55,000 − 13,750 come back in year 1, the sale in year 2.
    assert_eq!(whole.most_out_gbp, 301_648.0);
    assert_eq!(whole.payback_year, Some(2));
    // 301,648 − 41,250 = 260,398 left after year 1, ÷ 55,000 = 4.7: the end of year 6.
    assert_eq!(whole.payback_without_receipts_year, Some(6));
    // The present value is that of the years, discounted one by one.
    let present: f64 = plan.cash_by_year().iter().map(|year| year.present).sum();
    assert!((present - whole.npv_gbp).abs() < 1.0);
}

#[test]
fn receipts_a_year_late_cost_a_year_of_interest_and_of_holding() {
    let place = six_buildings();
    let plan = plan_of(&place, &travel(&place), &sold());
    // 970,000 × (1.035⁻² − 1.035⁻³) = 30,620.95, and 13,750 ÷ 1.035² of holding = 12,835.77.
    let lost = plan.saving_gbp - plan.sensitivity.late_receipts_gbp[0];
    assert!((lost - 43_456.73).abs() < 0.05, "{lost}");
}

#[test]
fn draws_that_are_not_those_of_the_seed_are_noticed() {
    let place = six_buildings();
    let found = altered(&place, &sold(), |plan| {
        plan.sensitivity.trial.mean_gbp += 1.0
    });
    names(&found, "money-differs", "sensitivity.trial.mean_gbp");
    let found = altered(&place, &sold(), |plan| {
        plan.sensitivity.swings[0].npv_low_gbp += 0.1;
    });
    names(
        &found,
        "money-differs",
        "sensitivity.swings[running_cost].npv_low_gbp",
    );
}
