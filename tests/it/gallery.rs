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
    publish(&out, &edition, &[Format::Svg]).expect("the plan is published");
    let mut drawn = 0;
    for entry in fs::read_dir(out.join("maps"))
        .expect("maps are drawn")
        .flatten()
    {
        let kept = fs::read_to_string(gallery.join(entry.file_name())).unwrap_or_default();
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
