//! Parts of buildings that go while the rest stays, and who pays the rent of guests: planned, phased, read, refused.

use crate::fair_deal::{findings, with_columns};
use crate::folder::Folder;
use crate::planning::{agreed, exact, planned, two_offices};
use oneroof::load::LoadOptions;
use oneroof::place::*;
use oneroof::plan::verify::verify;
use oneroof::plan::{Act, Action, PhaseWish, Plan, alternatives, appraise, phase, plan_close_to};
use oneroof::travel::Travel;
use std::time::Duration;

/// Of B's 500 m², of which 100 are in use, so much can be let for £6,000 a year after works of £10,000.
fn with_part(floor: f64) -> Place {
    let mut place = two_offices();
    place.buildings[1].part = Some(Box::new(Part {
        how: PartExit::Let,
        floor: Areas::of(SpaceType::Any, SquareMetres(floor)),
        brings: GbpPerYear(6_000.0),
        receipt: Gbp(0.0),
        costs: Gbp(10_000.0),
        from_year: 0,
    }));
    place
}

#[test]
fn a_part_goes_beside_those_who_come_where_there_is_floor_for_both() {
    let without = agreed(&two_offices(), &exact());
    // 100 m², 110 m² for those who come, and 200 m² of 500.
    let plan = agreed(&with_part(200.0), &exact());
    assert_eq!(plan.buildings[1].part_m2, Some(200.0));
    // Undiscounted: years 2 to 24 bring £6,000 each, after works of £10,000.
    let brings = 23.0 * 6_000.0 - 10_000.0;
    assert!((plan.saving_gbp - without.saving_gbp - brings).abs() < 0.01);
    assert!(plan.buildings[1].reason.contains("200 m² of it are let"));
    // 300 m² do not fit, and selling A is worth more than the part.
    let plan = agreed(&with_part(300.0), &exact());
    assert_eq!(plan.buildings[1].part_m2, None);
    assert_eq!(plan.saving_gbp, without.saving_gbp);
    assert!(plan.buildings[1].reason.contains("the floor is in use"));
}

#[test]
fn a_part_is_let_only_as_far_as_the_budget_reaches() {
    let mut place = with_part(200.0);
    // Moving costs 107,216 and selling A 30,000.
    for (pooled, part) in [(140_000.0, None), (147_216.0, Some(200.0))] {
        place.finance.limits.budget = Some(CapitalBudget {
            pooled: Some(pooled),
            ..CapitalBudget::default()
        });
        let plan = agreed(&place, &exact());
        assert_eq!(plan.buildings[1].part_m2, part, "{pooled}");
    }
}

#[test]
fn running_cost_counts_what_a_part_brings_in_a_steady_year() {
    let mut place = with_part(200.0);
    place.finance.objective = Objective::RunningCost;
    let plan = agreed(&place, &exact());
    // A's £55,000 and the rent of £6,000.
    assert!((plan.saving_gbp - 61_000.0).abs() < 0.01);
}

#[test]
fn a_programme_lets_a_part_once_it_is_free_and_its_worth_is_done_by_hand() {
    let place = with_part(200.0);
    let mut plan = planned(&place, &exact());
    let wish = PhaseWish {
        gap: 0.0,
        time: Duration::from_secs(10),
        seed: 1,
    };
    let travel = Travel::new(&place, Vec::new());
    plan.programme = Some(phase(&place, &travel, &plan, &wish, &()).expect("a programme"));
    assert_eq!(verify(&place, &travel, &plan), Vec::new());
    let programme = plan.programme.as_ref().expect("it was phased");
    let steps = programme.steps.iter();
    let steps: Vec<_> = steps
        .map(|step| (step.year, step.act, step.subject.as_str()))
        .collect();
    assert_eq!(
        steps,
        [
            (0, Act::FitOut, "a"),
            (0, Act::Part, "B"),
            (1, Act::Move, "a"),
            (1, Act::Empty, "A"),
            (3, Act::Sell, "A"),
        ]
    );
    let saving = 23.0 * 55_000.0 - 13_750.0 + 970_000.0 - 107_216.0 + 23.0 * 6_000.0 - 10_000.0;
    assert_eq!(programme.saving_gbp, saving);
    let whole = &programme.worth[0];
    // Out: 97,216 + 10,000 in year 0, 10,000 in year 1. Back: 55,000 − 13,750 + 6,000 in year 2, 61,000 and
    // 970,000 in year 3; without the receipt −8,966 is left then, and is back in year 4.
    assert_eq!(whole.most_out_gbp, 117_216.0);
    assert_eq!(
        (whole.payback_year, whole.payback_without_receipts_year),
        (Some(3), Some(4))
    );
    assert_eq!(whole.costs_gbp, 117_216.0);
    assert_eq!(whole.npv_gbp, saving);
    let ratio = (saving + 117_216.0) / 117_216.0;
    assert!((whole.benefit_cost_ratio.expect("a ratio") - ratio).abs() < 1e-6);
}

/// Of B's 500 m² 200 can be sold for £250,000 after works of £10,000; the rest costs £6,000 a year less then.
fn with_sale() -> Place {
    let mut place = with_part(200.0);
    let part = place.buildings[1].part.as_deref_mut().expect("a part");
    part.how = PartExit::Sell;
    part.receipt = Gbp(250_000.0);
    place
}

#[test]
fn a_part_of_a_freehold_is_sold_beside_those_who_come_and_the_receipt_is_its_owners() {
    let without = agreed(&two_offices(), &exact());
    let plan = agreed(&with_sale(), &exact());
    assert_eq!(plan.buildings[1].part_m2, Some(200.0));
    assert_eq!(plan.buildings[1].receipt_gbp, 250_000.0);
    // Sold in year 2: 250,000 less 3 %, and years 2 to 24 cost 6,000 less, after works of 10,000.
    let brings = 242_500.0 + 23.0 * 6_000.0 - 10_000.0;
    assert!((plan.saving_gbp - without.saving_gbp - brings).abs() < 0.01);
    let reason = &plan.buildings[1].reason;
    assert!(
        reason.contains("200 m² of it are sold in year 2: £250,000"),
        "{reason}"
    );
    let whole = &plan.worth[0];
    let sales = 970_000.0 + 242_500.0;
    assert_eq!(whole.npv_gbp - whole.npv_without_receipts_gbp, sales);
}

#[test]
fn no_part_is_sold_that_a_covenant_or_a_grant_has_a_say_in() {
    for (flag, says) in [
        (Flag::Covenant, "a covenant bars a sale"),
        (Flag::Clawback, "a grant or an overage takes part"),
    ] {
        let mut place = with_sale();
        place.buildings[1].flags.insert(flag);
        let plan = agreed(&place, &exact());
        assert_eq!(plan.buildings[1].part_m2, None);
        assert!(
            plan.buildings[1].reason.contains(says),
            "{}",
            plan.buildings[1].reason
        );
    }
}

fn phased(place: &Place) -> Plan {
    let mut plan = planned(place, &exact());
    let wish = PhaseWish {
        gap: 0.0,
        time: Duration::from_secs(10),
        seed: 1,
    };
    let travel = Travel::new(place, Vec::new());
    plan.programme = Some(phase(place, &travel, &plan, &wish, &()).expect("a programme"));
    assert_eq!(verify(place, &travel, &plan), Vec::new());
    plan
}

#[test]
fn a_programme_sells_a_part_after_the_lag_and_its_receipt_pays_for_what_comes_after() {
    let plan = phased(&with_sale());
    let programme = plan.programme.as_ref().expect("it was phased");
    let steps = programme.steps.iter();
    let of_b: Vec<_> = steps
        .filter(|step| step.subject == "B")
        .map(|step| (step.year, step.act, step.capital_gbp, step.receipt_gbp))
        .collect();
    assert_eq!(
        of_b,
        [
            (0, Act::Part, 10_000.0, 0.0),
            (2, Act::PartSale, 0.0, 242_500.0),
        ]
    );
    let saving = 23.0 * 55_000.0 - 13_750.0 + 970_000.0 - 107_216.0;
    assert_eq!(
        programme.saving_gbp,
        saving + 242_500.0 + 23.0 * 6_000.0 - 10_000.0
    );
}

#[test]
fn an_appraisal_lets_the_parts_go_that_people_decided_and_no_others() {
    let mut place = with_part(200.0);
    // It is let at a loss.
    place.buildings[1]
        .part
        .as_deref_mut()
        .expect("a part")
        .costs = Gbp(900_000.0);
    let travel = Travel::new(&place, Vec::new());
    let appraised = |place: &Place| appraise(place, &travel).expect("it can be done");
    assert_eq!(appraised(&place).buildings[1].part_m2, None);
    place
        .decisions
        .push(Decision::about("B", Verb::PartGoes, None));
    let plan = appraised(&place);
    assert_eq!(plan.buildings[1].part_m2, Some(200.0));
    // 23 × 6,000 − 900,000
    assert_eq!(plan.saving_gbp, -762_000.0);
    assert_eq!(verify(&place, &travel, &plan), Vec::new());
    // It is no reason why somebody could not be in B.
    let elsewhere = alternatives(&place, &travel, &plan, OccupierIx::new(0));
    let there = elsewhere.iter().find(|one| one.asset_id == "B");
    let because = &there.expect("B is near").because;
    assert!(!because.contains("does not fit"), "{because}");
    // A plan follows it too, and the verifier asks for it.
    let mut plan = agreed(&place, &exact());
    assert_eq!(plan.buildings[1].part_m2, Some(200.0));
    plan.buildings[1].part_m2 = None;
    let found = verify(&place, &travel, &plan);
    assert!(found.iter().any(|one| one.code == "decision-ignored"));
    // Where the register speaks of no part, nothing is searched.
    place.buildings[1].part = None;
    let fault = appraise(&place, &travel).expect_err("it cannot be done");
    assert!(fault.to_string().contains("speaks of none"), "{fault}");
}

#[test]
fn a_new_plan_keeps_the_parts_of_the_last_one_where_changes_have_a_price() {
    let place = with_part(200.0);
    let travel = Travel::new(&place, Vec::new());
    let last = agreed(&place, &exact());
    let (there, parts) = (last.arrangement(&place), last.parts(&place));
    assert_eq!(parts, [BuildingIx::new(1)]);
    let again = plan_close_to(&place, &travel, &exact(), &there, &parts, 1e9, &());
    let again = again.expect("a plan");
    assert_eq!(again.buildings[1].part_m2, Some(200.0));
    assert_eq!(again.saving_gbp, last.saving_gbp);
}

#[test]
fn a_lease_is_surrendered_where_its_own_end_costs_more_and_the_reason_says_the_price() {
    let mut place = two_offices();
    place.buildings[1].lock = Lock::Keep;
    let tenure = &mut place.buildings[0].tenure;
    tenure.kind = TenureKind::Leasehold;
    tenure.rent = GbpPerYear(30_000.0);
    tenure.lease.expiry = Some(jiff::civil::date(2036, 4, 1));
    tenure.lease.surrender = Some(Surrender {
        price: Gbp(90_000.0),
        from: None,
    });
    let plan = agreed(&place, &exact());
    let left = &plan.buildings[0];
    assert_eq!(
        (left.action, left.act_year),
        (Action::ReleaseLease, Some(1))
    );
    assert!(
        left.reason
            .contains("Lease surrendered in year 1, for £90,000"),
        "{}",
        left.reason
    );
    let lines = plan.ledger[0]
        .lines
        .iter()
        .filter(|line| line.subject == "A");
    let codes: Vec<_> = lines
        .map(|line| (line.line.as_str(), line.after_gbp))
        .collect();
    assert!(codes.contains(&("surrender", 90_000.0)), "{codes:?}");
    assert!(
        !codes.iter().any(|(code, _)| *code == "dilapidations"),
        "{codes:?}"
    );
    let mut phased = phased(&place);
    let steps = phased.programme.take().expect("it was phased").steps;
    let left = steps.iter().find(|step| step.act == Act::Surrender);
    let left = left.expect("a step");
    // Emptied in year 1: it ends on the first day after.
    assert_eq!(left.date.as_deref(), Some("2028-04-01"));
    assert_eq!(
        (left.notice_by.as_deref(), left.capital_gbp),
        (None, 90_000.0)
    );
    // At ten times the price the lease runs out: nine more years of rent are 270,000, and repairs 50,000.
    place.buildings[0].tenure.lease.surrender = Some(Surrender {
        price: Gbp(900_000.0),
        from: None,
    });
    let plan = agreed(&place, &exact());
    assert!(!plan.buildings[0].reason.contains("surrendered"));
}

#[test]
fn a_private_finance_contract_ends_early_for_a_stated_price_and_otherwise_never() {
    let mut place = two_offices();
    place.buildings[1].lock = Lock::Keep;
    place.buildings[0].tenure.kind = TenureKind::Pfi;
    place.buildings[0].tenure.rent = GbpPerYear(30_000.0);
    let action = |place: &Place| agreed(place, &exact()).buildings[0].action;
    assert_ne!(action(&place), Action::ReleaseLease);
    place.buildings[0].tenure.lease.surrender = Some(Surrender {
        price: Gbp(50_000.0),
        from: None,
    });
    assert_eq!(action(&place), Action::ReleaseLease);
}

#[test]
fn works_in_a_listed_building_are_dearer_and_wait_for_consent() {
    let mut place = two_offices();
    place.buildings[1].flags.insert(Flag::Listed);
    let plan = agreed(&place, &exact());
    let fit_out = plan.ledger[0]
        .lines
        .iter()
        .find(|line| line.line == "fit_out");
    // 100 m² × 700 × 1.51
    assert_eq!(fit_out.map(|line| line.after_gbp), Some(105_700.0));
    place.phase.duties.push(Duty {
        id: "consent".to_owned(),
        service: None,
        statute: "Listed building consent".to_owned(),
        trigger: Trigger::Listed,
        weeks: 60,
        decides: "The planning authority".to_owned(),
        source: RowRef::default(),
    });
    let plan = phased(&place);
    let steps = &plan.programme.as_ref().expect("it was phased").steps;
    let works = steps
        .iter()
        .find(|step| step.act == Act::FitOut)
        .expect("works");
    assert_eq!(
        (works.year, works.duties.as_slice()),
        (1, &["consent".to_owned()][..])
    );
}

#[test]
fn a_part_is_read_from_the_register_and_half_a_part_is_said() {
    let folder = with_columns(&[
        ("Part m2", "120"),
        ("Part rent", "\"£9,000\""),
        ("Part works", "15000"),
        ("Part exit", "hand back"),
        ("Part break", "2029-06-01"),
    ]);
    let loaded = folder.load_with(&LoadOptions::default()).expect("it loads");
    let part = loaded.place.buildings[0].part.as_deref().expect("a part");
    assert_eq!(
        (part.how, part.floor.total().get()),
        (PartExit::GiveUp, 120.0)
    );
    assert_eq!((part.brings.get(), part.costs.get()), (9_000.0, 15_000.0));
    // The base date is 1 April 2026: the day lies in year 3, by whose end the part is free.
    assert_eq!(part.from_year, 3);
    for (columns, code, column) in [
        (
            [("part_m2", "120"), ("part_cost_gbp", "1")],
            "part-incomplete",
            "part_m2",
        ),
        (
            [("part_gbp", "9000"), ("part_cost_gbp", "1")],
            "part-incomplete",
            "part_gbp",
        ),
        (
            [("part_m2", "120"), ("part_exit", "sell")],
            "part-incomplete",
            "part_m2",
        ),
        (
            [("surrender_from", "2030-01-01"), ("part_cost_gbp", "1")],
            "surrender-incomplete",
            "surrender_from",
        ),
        (
            [("surrender_gbp", "-5"), ("part_cost_gbp", "1")],
            "surrender-out-of-range",
            "surrender_gbp",
        ),
        (
            [("surrender_gbp", "5"), ("part_cost_gbp", "1")],
            "surrender-not-rented",
            "surrender_gbp",
        ),
        (
            [("part_m2", "90000"), ("part_gbp", "9000")],
            "part-out-of-range",
            "part_m2",
        ),
        (
            [("part_m2", "120"), ("part_gbp", "-9000")],
            "part-out-of-range",
            "part_gbp",
        ),
    ] {
        let found = findings(&with_columns(&columns));
        let said = found.iter().find(|one| one.code == code);
        let said = said.unwrap_or_else(|| panic!("{code}: {found:#?}"));
        assert_eq!(said.column.as_deref(), Some(column));
        assert_eq!((said.row.record, said.row.line), (1, 2));
    }
}

fn with_funding(block: &str) -> Folder {
    let folder = Folder::six();
    let place = folder.read("place.toml");
    folder.write("place.toml", &format!("{place}\n{block}\n"));
    folder
}

#[test]
fn who_pays_the_rent_is_declared_by_service_and_agency() {
    let folder =
        with_funding("[[funding]]\nservice = \"back_office\"\nagency = \"council\"\nby = \"nhs\"");
    let loaded = folder.load_with(&LoadOptions::default()).expect("it loads");
    let funding = &loaded.place.funding;
    assert_eq!(funding.len(), 1);
    assert_eq!(loaded.place.agency(funding[0].by).id.as_str(), "nhs");
}

#[test]
fn a_payer_of_nobody_or_that_nobody_knows_stops_with_its_line() {
    for (block, code) in [
        ("[[funding]]\nby = \"nhs\"", "bad-funding"),
        (
            "[[funding]]\nservice = \"back_office\"\nby = \"nhss\"",
            "unknown-agency",
        ),
        (
            "[[funding]]\nservice = \"back_offices\"\nby = \"nhs\"",
            "unknown-service",
        ),
        (
            "[[funding]]\nservice = \"back_office\"\nby = \"nhs\"\n[[funding]]\nservice = \"back_office\"\nby = \"council\"",
            "bad-funding",
        ),
    ] {
        let folder = with_funding(block);
        let error = folder
            .load_with(&LoadOptions::default())
            .err()
            .unwrap_or_else(|| panic!("{block} is refused"));
        let said = error.findings.iter().find(|one| one.code == code);
        let said = said.unwrap_or_else(|| panic!("{code}: {:#?}", error.findings));
        assert!(said.row.line > 0, "{said:?}");
    }
}
