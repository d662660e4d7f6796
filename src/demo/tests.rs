//! What every demo place must be, by the generator's own model.

use super::county::counties;
use super::estate::Estate;
use super::land::Land;
use super::size::Size;
use super::town::town;
use super::zones::{Zone, zones};

fn place(size: Size, seed: u64) -> (Vec<Zone>, Estate) {
    let land = Land::new(size, seed);
    let zones = zones(&land, seed);
    let estate = match size {
        Size::Town => town(&land, &zones, seed),
        _ => counties(&land, &zones, seed),
    };
    (zones, estate)
}

#[test]
fn a_county_is_as_big_as_a_county() {
    let (zones, estate) = place(Size::County, 1);
    assert!((380..=430).contains(&zones.len()), "{} zones", zones.len());
    assert!(
        estate.properties.len() >= 280,
        "{}",
        estate.properties.len()
    );
    assert!(estate.teams.len() >= 350, "{}", estate.teams.len());
}

#[test]
fn between_70_and_85_per_cent_of_a_countys_floor_is_in_use() {
    for seed in 1..4 {
        let (_, estate) = place(Size::County, seed);
        let used: f64 = estate.teams.iter().map(super::estate::Team::need).sum();
        let usable: u32 = estate.properties.iter().map(|p| p.usable()).sum();
        let share = used / f64::from(usable);
        assert!((0.70..=0.85).contains(&share), "seed {seed}: {share:.3}");
    }
}

#[test]
fn a_nation_is_as_big_as_england() {
    let (zones, estate) = place(Size::Nation, 1);
    assert!(
        (32_000..=36_000).contains(&zones.len()),
        "{} zones",
        zones.len()
    );
    assert!(
        (22_000..=28_000).contains(&estate.properties.len()),
        "{}",
        estate.properties.len()
    );
}
