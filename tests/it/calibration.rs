//! A plan for the demo county beside what joint estate programmes are reported to have done. The bands are wide on
//! purpose: they tell a plausible plan from one that is an order of magnitude off.
//!
//! * Hampshire Workstyle: 5,500 staff, 30 % less floor, £33m invested, £13m receipts, £2m a year: £364 for each member of
//!   staff, paid back in about 10 years net of receipts.
//! * Leeds: 17 to 4 city offices, about 35 % less space, £15m over 25 years: £46,000 a year for each building left.
//! * Worcestershire capital and asset pathfinder: 1,300 properties, £280m running cost over 25 years: £8,600 a year for
//!   each property held. Place Partnership: 1,323 assets, £58m over 10 years: £4,400 a year for each.
//! * Hull: 43 to 29 properties, a third fewer. Ellesmere Port: £28.9m to be found, receipts and grants leave £13.6m open.

use oneroof::demo::{Size, write};
use oneroof::load::{LoadOptions, load};
use oneroof::plan::{Action, Plan, Wish, plan};
use std::time::Duration;

fn county() -> (Plan, f64) {
    let dir = tempfile::tempdir().expect("a temporary folder");
    write(Size::County, 1, dir.path()).expect("the place is written");
    let loaded = load(dir.path(), &LoadOptions::default()).expect("the place is read");
    let wish = Wish {
        gap: 0.10,
        time: Duration::from_secs(60),
        ..Wish::default()
    };
    let found = plan(&loaded.place, &loaded.travel, &wish, &()).expect("a plan");
    let staff = loaded.place.occupiers.iter().map(|one| one.staff_fte).sum();
    (found, staff)
}

/// Notes a figure outside its band.
fn within(name: &str, figure: f64, (least, most): (f64, f64), outside: &mut Vec<String>) {
    if !(least..=most).contains(&figure) {
        outside.push(format!(
            "{name}: {figure} is not between {least} and {most}"
        ));
    }
}

#[test]
fn the_plan_of_the_demo_county_is_as_big_as_programmes_that_were_carried_out() {
    let (plan, staff) = county();
    let in_plan: Vec<_> = plan
        .buildings
        .iter()
        .filter(|one| one.action != Action::Outside)
        .collect();
    let gone: Vec<_> = in_plan.iter().filter(|one| !one.action.is_open()).collect();
    let floor = |of: &mut dyn Iterator<Item = f64>| of.sum::<f64>();
    let all_floor = floor(&mut in_plan.iter().map(|one| one.usable_m2));
    let gone_floor = floor(&mut gone.iter().map(|one| one.usable_m2));
    let today = plan.running_cost_today_gbp;
    let a_year = today - plan.running_cost_after_gbp;
    let whole = plan
        .worth
        .iter()
        .find(|worth| worth.agency.is_none())
        .expect("the place");
    let receipts: f64 = plan.ledger.iter().map(|agency| agency.receipts_gbp).sum();
    let payback = whole.payback_year.map_or(f64::INFINITY, f64::from);
    let mut outside = Vec::new();
    let mut check = |name, figure, band| within(name, figure, band, &mut outside);
    check(
        "share of floor let go",
        gone_floor / all_floor,
        (0.10, 0.45),
    );
    check(
        "share of buildings let go",
        gone.len() as f64 / in_plan.len() as f64,
        (0.10, 0.60),
    );
    check("share of running cost saved", a_year / today, (0.08, 0.40));
    check(
        "£ a year for each building let go",
        a_year / gone.len() as f64,
        (20_000.0, 150_000.0),
    );
    check(
        "£ a year for each building in the plan",
        a_year / in_plan.len() as f64,
        (3_000.0, 25_000.0),
    );
    check(
        "£ a year for each member of staff",
        a_year / staff,
        (150.0, 1_500.0),
    );
    check("years to pay back", payback, (4.0, 16.0));
    check(
        "receipts over what is spent",
        receipts / whole.costs_gbp,
        (0.05, 0.95),
    );
    assert!(outside.is_empty(), "{outside:#?}");
}
