//! A place to a plan: the committed example.

use super::clock::time;
use oneroof::load::{LoadOptions, load};
use oneroof::plan::{Wish, plan};
use std::path::Path;
use std::time::Duration;

pub(crate) fn run() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/wyvern");
    let loaded = match load(&folder, &LoadOptions::default()) {
        Ok(loaded) => loaded,
        Err(error) => panic!("{error}"),
    };
    let (place, travel) = (&loaded.place, &loaded.travel);
    println!(
        "  wyvern: {} buildings, {} zones",
        place.buildings.len(),
        place.zones.len()
    );
    time("load wyvern", 1, || {
        load(&folder, &LoadOptions::default()).is_ok()
    });
    let wish = Wish {
        gap: 0.005,
        time: Duration::from_secs(60),
        ..Wish::default()
    };
    time("plan wyvern to a gap of 0.5 %, both stages", 1, || {
        plan(place, travel, &wish, &()).is_ok()
    });
    if let Ok(plan) = plan(place, travel, &wish, &()) {
        println!(
            "  {:?}: value {:.0}, gap {:?}",
            plan.status, plan.value, plan.gap
        );
    }
}
