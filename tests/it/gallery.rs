//! The gallery in `maps/` is what the program draws of the plan beside it.

use oneroof::load::{LoadOptions, load};
use oneroof::plan::Plan;
use oneroof::plan::verify::verify;
use oneroof::publish::{Audience, Edition, Format, publish};
use std::fs;
use std::path::Path;

#[test]
fn the_gallery_is_drawn_from_the_verified_plan_beside_it() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let gallery = root.join("maps");
    let text = fs::read_to_string(gallery.join("plan.json")).expect("the gallery's plan");
    let plan: Plan = serde_json::from_str(&text).expect("a plan");
    let loaded = load(&root.join("data/wyvern"), &LoadOptions::default()).expect("Wyvern loads");
    let discrepancies = verify(&loaded.place, &loaded.travel, &plan);
    assert!(discrepancies.is_empty(), "{discrepancies:?}");

    let folder = tempfile::tempdir().expect("a temporary folder");
    let out = folder.path().join("plan");
    let edition = Edition {
        place: &loaded.place,
        travel: &loaded.travel,
        plan: &plan,
        findings: &loaded.findings,
        rejected: &loaded.rejected,
        matches: &loaded.matches,
        audience: Audience::Partners,
        excel: false,
    };
    publish(&out, &edition, &[Format::Svg, Format::Geojson]).expect("the plan is published");
    let maps = out.join("maps");
    let made = |folder: &Path| fs::read_dir(folder).expect("maps are drawn").flatten();
    let mut drawn = 0;
    for entry in made(&maps).chain(made(&maps.join("styles"))) {
        let path = entry.path();
        if path.is_dir() {
            continue;
        }
        let name = path.strip_prefix(&maps).expect("below the maps");
        let kept = fs::read_to_string(gallery.join(name)).unwrap_or_default();
        let now = fs::read_to_string(entry.path()).expect("a picture is text");
        assert!(
            kept == now,
            "{} has changed: draw the gallery again",
            entry.path().display()
        );
        drawn += 1;
    }
    assert!(drawn >= 4, "the gallery holds {drawn} pictures");
}
