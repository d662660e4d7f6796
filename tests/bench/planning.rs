//! A place to a plan: the committed example.

use super::clock::time;
use oneroof::load::{LoadOptions, load};
use oneroof::plan::{Wish, plan};
use std::path::Path;
use std::time::{Duration, Instant};

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
    let start = Instant::now();
    match plan(place, travel, &wish, &()) {
        Ok(plan) => println!(
            "  plan wyvern to a gap of 0.5 %, both stages, once: {:.1} s, {:?}, value {:.0}, gap {:?}",
            start.elapsed().as_secs_f64(),
            plan.status,
            plan.value,
            plan.gap
        ),
        Err(error) => println!("  {error}"),
    }
}
