//! From files to a place: small folders, one promise each.

use oneroof::load::{LoadOptions, Loaded, load};
use oneroof::place::{Grade, Occupancy, Role, TenureKind};
use std::path::Path;

fn six() -> Loaded {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/places/six");
    load(&folder, &LoadOptions::default()).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn the_six_building_place_loads_as_it_was_written() {
    let place = six().place;
    assert_eq!(place.buildings.len(), 6);
    assert_eq!(place.occupiers.len(), 6);
    assert_eq!(place.zones.len(), 8);
    assert_eq!(place.rules.len(), 3);
    let annexe = &place.buildings[3];
    assert_eq!(annexe.id.as_str(), "C004");
    assert_eq!(annexe.tenure.kind, TenureKind::Leasehold);
    assert_eq!(annexe.tenure.lease.breaks.len(), 1);
    assert_eq!(annexe.tenure.lease.notice_months, Some(6));
    assert_eq!(annexe.tenure.rent.get(), 90_000.0);
    assert_eq!(annexe.role, Role::Candidate);
    assert_eq!(annexe.occupancy, Occupancy::Known);
    assert_eq!(annexe.usable.value.total().get(), 800.0);
    assert_eq!(annexe.running_fixed.grade, Grade::Stated);
    let share = place.zones[0].groups["no_car"];
    assert!((share - 330.0 / 760.0).abs() < 1e-12);
    assert_eq!(place.zones[0].demand[1].get(), 1100.0);
}
