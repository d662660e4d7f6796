//! Parts of buildings that go while the rest stays, against sums done by hand.

use super::*;

/// 400 m² of A2, which has 900 m² and 300 m² in use, can be let for £20,000 a year after works of £30,000.
fn with_part(floor: f64) -> Place {
    let mut place = six_buildings();
    place.buildings[2].part = Some(Box::new(Part {
        how: PartExit::Let,
        floor: Areas::of(SpaceType::Any, SquareMetres(floor)),
        brings: GbpPerYear(20_000.0),
        receipt: Gbp(0.0),
        costs: Gbp(30_000.0),
        from_year: 0,
    }));
    place
}

fn gone() -> Change {
    Change {
        parts: vec![2],
        ..Change::default()
    }
}

fn line(plan: &Plan, code: &str) -> [f64; 3] {
    let lines = plan.ledger.iter().flat_map(|ledger| &ledger.lines);
    let mut found = lines.filter(|line| line.line == code && line.subject == "A2");
    let line = found.next().expect("a line");
    [line.today_gbp, line.after_gbp, line.npv_gbp]
}

#[test]
fn a_part_that_is_let_brings_rent_after_a_time_of_standing_empty() {
    let place = with_part(400.0);
    let plan = plan_of(&place, &travel(&place), &gone());
    assert_eq!(verify(&place, &travel(&place), &plan), Vec::new());
    // Years 2 to 24: 16.058 367 603 − 1 ÷ 1.035 = 15.092 184 028, × £20,000.
    assert_eq!(line(&plan, "part_income"), [0.0, -20_000.0, 301_843.68]);
    assert_eq!(line(&plan, "part_works"), [0.0, 30_000.0, -30_000.0]);
    assert_eq!(plan.saving_gbp, 271_843.68);
    assert_eq!(plan.buildings[2].part_m2, Some(400.0));
}

#[test]
fn floor_that_nobody_uses_is_the_owners_to_pay_and_a_part_that_goes_is_none() {
    let place = with_part(400.0);
    let plan = plan_of(&place, &travel(&place), &gone());
    let planned = &plan.buildings[2];
    // £55,000 ÷ 900 m² × 600 m², and × 200 m².
    let voids = [planned.void_today_gbp, planned.void_after_gbp];
    let pence = voids.map(|gbp| (gbp.expect("a sum") * 100.0).round());
    assert_eq!(pence, [3_666_667.0, 1_222_222.0]);
}

#[test]
fn a_part_without_floor_for_it_is_refused() {
    // 300 + 700 m² of 900.
    let found = judged(&with_part(700.0), &gone());
    names(&found, "overfull", "buildings[A2].used_after_m2");
}

#[test]
fn a_part_that_may_not_go_is_refused() {
    let mut place = with_part(400.0);
    place.buildings[2].tenure.kind = TenureKind::Leasehold;
    names(
        &judged(&place, &gone()),
        "part-differs",
        "buildings[A2].part_m2",
    );
    place.buildings[2].tenure.lease.may_sublet = Some(true);
    assert_eq!(judged(&place, &gone()), Vec::new());
    place.buildings[2].energy_rating = Some("g".into());
    names(
        &judged(&place, &gone()),
        "part-differs",
        "buildings[A2].part_m2",
    );
}

#[test]
fn a_part_of_another_size_or_of_a_building_without_one_is_refused() {
    let alter = |plan: &mut Plan| plan.buildings[2].part_m2 = Some(410.0);
    let found = altered(&with_part(400.0), &gone(), alter);
    names(&found, "part-differs", "buildings[A2].part_m2");
    let alter = |plan: &mut Plan| plan.buildings[1].part_m2 = Some(100.0);
    let found = altered(&with_part(400.0), &gone(), alter);
    names(&found, "part-differs", "buildings[A1].part_m2");
}
