//! Parts of buildings that go while the rest stays, and who pays the rent of guests: planned, phased, read, refused.

use crate::fair_deal::{findings, with_columns};
use crate::folder::Folder;
use crate::planning::{agreed, exact, planned, two_offices};
use oneroof::load::LoadOptions;
use oneroof::place::*;
use oneroof::plan::verify::verify;
use oneroof::plan::{Act, PhaseWish, phase};
use oneroof::travel::Travel;
use std::time::Duration;

/// Of B's 500 m², of which 100 are in use, so much can be let for £6,000 a year after works of £10,000.
fn with_part(floor: f64) -> Place {
    let mut place = two_offices();
    place.buildings[1].part = Some(Box::new(Part {
        how: PartExit::Let,
        floor: Areas::of(SpaceType::Any, SquareMetres(floor)),
        brings: GbpPerYear(6_000.0),
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
