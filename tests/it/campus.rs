//! Buildings that share a site are sold together or not at all.

use crate::planning::{exact, planned, two_offices};
use oneroof::place::{GbpPerYear, Lock, Occupancy, Place, Site, SiteIx, sample};
use oneroof::plan::Action;
use oneroof::plan::verify::verify;
use oneroof::travel::Travel;

/// Two buildings of a campus, 100 m² in use in each, and an empty building elsewhere with room for
/// both.
fn campus() -> Place {
    let mut place = two_offices();
    place.buildings[1].running_fixed.value = GbpPerYear(50_000.0);
    place.sites.push(Site {
        id: "campus".into(),
        name: "Campus".to_owned(),
        fixed_cost: GbpPerYear(20_000.0),
    });
    place.buildings[0].site = Some(SiteIx::new(0));
    place.buildings[1].site = Some(SiteIx::new(0));
    let mut elsewhere = sample::building("C", 0, sample::at(500.0, 0.0), 500.0);
    elsewhere.running_fixed.value = GbpPerYear(40_000.0);
    elsewhere.occupancy = Occupancy::Vacant;
    place.buildings.push(elsewhere);
    place
}

#[test]
fn a_campus_is_sold_when_all_of_it_goes() {
    let place = campus();
    let plan = planned(&place, &exact());
    // C 24 × (45,000 + 10 × 200) = 1,128,000; A and B, each 13,750 held for a year + 30,000 of a
    // sale − 1,000,000; two moves of 107,216; nothing of the campus is paid any more.
    assert_eq!(plan.value, 1_128_000.0 - 2.0 * 956_250.0 + 2.0 * 107_216.0);
    assert_eq!(plan.do_minimum, 24.0 * 177_000.0);
    let sold = |at: usize| (plan.buildings[at].action, plan.buildings[at].act_year);
    assert_eq!([sold(0), sold(1)], [(Action::Sell, Some(2)); 2]);
    assert_eq!(plan.buildings[0].receipt_gbp, 1_000_000.0);
    let travel = Travel::new(&place, Vec::new());
    assert_eq!(verify(&place, &travel, &plan), Vec::new());
}

#[test]
fn part_of_a_campus_is_held_and_brings_nothing() {
    let mut place = campus();
    place.buildings[2].lock = Lock::Dispose;
    let plan = planned(&place, &exact());
    // One stays: 24 × (55,000 + 10 × 200) and 24 × 20,000; the other is held: 24 × 13,750; C is
    // sold: 11,250 + 30,000 − 1,000,000; one move.
    assert_eq!(
        plan.value,
        1_368_000.0 + 480_000.0 + 330_000.0 - 958_750.0 + 107_216.0
    );
    let held = plan.buildings.iter().find(|b| b.action == Action::Mothball);
    assert_eq!(held.map(|b| b.receipt_gbp), Some(0.0));
    let why = held.map_or("", |b| b.reason.as_str());
    assert!(why.contains("part of Campus is not sold"), "{why}");
    let travel = Travel::new(&place, Vec::new());
    assert_eq!(verify(&place, &travel, &plan), Vec::new());
}

#[test]
fn a_building_that_can_be_released_by_itself_is_sold_while_its_campus_stays() {
    let mut place = campus();
    place.buildings[2].lock = Lock::Dispose;
    place.buildings[0].part_release = true;
    let plan = planned(&place, &exact());
    // As above, but A is sold: 13,750 + 30,000 − 1,000,000.
    assert_eq!(
        plan.value,
        1_368_000.0 + 480_000.0 - 956_250.0 - 958_750.0 + 107_216.0
    );
    assert_eq!(plan.buildings[0].action, Action::Sell);
    let travel = Travel::new(&place, Vec::new());
    assert_eq!(verify(&place, &travel, &plan), Vec::new());
}
