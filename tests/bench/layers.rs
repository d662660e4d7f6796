//! A county's plan as maps and charts, a report, a GeoPackage, a workbook, and the files they stand beside.

use super::clock::time;
use super::engine::demo;
use oneroof::demo::Size;
use oneroof::plan::{Wish, plan};
use oneroof::publish::{Audience, DrawnEdition, Edition, Format, Variant, publish, publish_drawn};
use std::time::Duration;

pub(crate) fn run() {
    let loaded = demo(Size::County, 1, "place.toml");
    let wish = Wish {
        gap: 0.05,
        time: Duration::from_secs(30),
        second_stage: false,
        ..Wish::default()
    };
    let plan = match plan(&loaded.place, &loaded.travel, &wish, &()) {
        Ok(plan) => plan,
        Err(error) => panic!("{error}"),
    };
    println!(
        "  county 1: {} buildings, {} zones, {} teams",
        loaded.place.buildings.len(),
        loaded.place.zones.len(),
        loaded.place.occupiers.len()
    );
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
    let folder = match tempfile::tempdir() {
        Ok(folder) => folder,
        Err(error) => panic!("{error}"),
    };
    // Each with plan.json, which is always written.
    for (what, only) in [
        ("plan.json alone", Format::Json),
        ("plan.gpkg", Format::Gpkg),
        ("the layers as GeoJSON", Format::Geojson),
        ("plan.xlsx and the requests", Format::Xlsx),
        ("the tables as CSV", Format::Csv),
        ("the report and the paper", Format::Report),
        ("maps and charts as SVG", Format::Svg),
        ("maps and charts as PNG", Format::Png),
    ] {
        let out = folder.path().join(only.name());
        time(what, 1, || publish(&out, &edition, &[only]).is_ok());
    }
    // Every picture there is, as SVG and PNG: those of a plan folder and those drawn on request.
    for (what, variant) in [
        ("all pictures, for screens", Variant::Light),
        (
            "all pictures, A4 in grey, 300 to the inch",
            Variant::PrintGrey,
        ),
    ] {
        let out = folder.path().join("pictures");
        let drawn = DrawnEdition {
            edition: edition.clone(),
            folder: folder.path(),
            variant,
            width: variant.width(),
            only: &[],
        };
        time(what, 1, || publish_drawn(&out, &drawn).is_ok());
    }
}
