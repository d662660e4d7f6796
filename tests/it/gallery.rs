//! The gallery in `maps/` is what the program draws of the plan beside it.

use oneroof::load::{LoadOptions, Loaded, load};
use oneroof::plan::Plan;
use oneroof::plan::verify::verify;
use oneroof::publish::{Audience, DrawnEdition, Edition, Format, Variant, publish, publish_drawn};
use std::fs;
use std::path::{Path, PathBuf};

/// The gallery's folder, its place and its plan.
fn gallery() -> (PathBuf, Loaded, Plan) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let gallery = root.join("maps");
    let text = fs::read_to_string(gallery.join("plan.json")).expect("the gallery's plan");
    let plan: Plan = serde_json::from_str(&text).expect("a plan");
    let loaded = load(&root.join("data/wyvern"), &LoadOptions::default()).expect("Wyvern loads");
    (gallery, loaded, plan)
}

fn edition<'a>(loaded: &'a Loaded, plan: &'a Plan) -> Edition<'a> {
    Edition {
        place: &loaded.place,
        travel: &loaded.travel,
        plan,
        findings: &loaded.findings,
        rejected: &loaded.rejected,
        matches: &loaded.matches,
        audience: Audience::Partners,
        excel: false,
    }
}

#[test]
fn the_gallery_is_drawn_from_the_verified_plan_beside_it() {
    let (gallery, loaded, plan) = gallery();
    let discrepancies = verify(&loaded.place, &loaded.travel, &plan);
    assert!(discrepancies.is_empty(), "{discrepancies:?}");
    assert_eq!(plan.run.place.as_deref(), Some("../data/wyvern"));

    let folder = tempfile::tempdir().expect("a temporary folder");
    let out = folder.path().join("plan");
    let edition = edition(&loaded, &plan);
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

#[test]
fn the_pictures_that_are_drawn_on_request_are_in_the_gallery_too() {
    let (gallery, loaded, plan) = gallery();
    let folder = tempfile::tempdir().expect("a temporary folder");
    let names = ["by_agency", "catchment_gp", "distance_jobcentre"].map(String::from);
    let drawn = DrawnEdition {
        edition: edition(&loaded, &plan),
        folder: folder.path(),
        variant: Variant::Light,
        width: 300,
        only: &names,
    };
    let out = match std::env::var_os("ONEROOF_GALLERY") {
        Some(folder) => PathBuf::from(folder).join("wyvern-drawn"),
        None => folder.path().join("pictures"),
    };
    assert_eq!(publish_drawn(&out, &drawn).expect("they are drawn"), 3);
    for name in names {
        let kept = fs::read_to_string(gallery.join(format!("{name}.svg"))).unwrap_or_default();
        let now = fs::read_to_string(out.join(format!("{name}.svg"))).expect("a picture is text");
        assert!(kept == now, "{name} has changed: draw the gallery again");
    }
}
