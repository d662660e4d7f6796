//! The room's own promises on the smallest tables.

use super::*;
use crate::place::Severity;
use std::collections::BTreeMap;

fn table(text: &str) -> (Table, Vec<crate::place::Finding>) {
    let mut findings = Vec::new();
    let table = read_bytes(
        text.as_bytes().to_vec(),
        "t.csv",
        &TableOptions::default(),
        &mut findings,
        &mut Vec::new(),
    )
    .expect("readable");
    (table, findings)
}

#[test]
fn a_plain_table_is_read_without_a_finding() {
    let (table, findings) = table("asset_id,name,floor_area_m2\nA1,Town Hall,1200\n");
    let columns = Columns::recognise(&table, BUILDING_FIELDS, &BTreeMap::new(), &mut Vec::new());
    assert_eq!(findings, []);
    assert_eq!(
        columns.text(&table.records[0], "name").as_deref(),
        Some("Town Hall")
    );
    let area = columns.area(&table.records[0], "floor_area_m2", &mut Vec::new());
    assert_eq!(area.map(|area| area.0), Some(1200.0));
}

#[test]
fn a_row_with_a_cell_too_many_is_set_aside_whole() {
    let mut rejected = Vec::new();
    let mut findings = Vec::new();
    let bytes = b"id,name\n1,Hall, Annex\n2,Depot\n".to_vec();
    let table = read_bytes(
        bytes,
        "t.csv",
        &TableOptions::default(),
        &mut findings,
        &mut rejected,
    );
    assert_eq!(table.map(|table| table.records.len()), Ok(1));
    assert_eq!(rejected[0].cells, ["1", "Hall", " Annex"]);
    assert_eq!(findings[0].severity, Severity::Reject);
}

#[test]
fn both_coordinates_in_one_cell_are_latitude_first_unless_the_numbers_the_heading_or_the_form_say_otherwise()
 {
    for (heading, cell, place) in [
        ("Coordinates", "\"52.60, -1.13\"", (-1.13, 52.6)),
        ("Coordinates", "\"-1.13, 52.60\"", (-1.13, 52.6)),
        ("geo_point_2d", "\"48.85, 2.35\"", (2.35, 48.85)),
        ("Coordinates (long, lat)", "\"2.35, 48.85\"", (2.35, 48.85)),
        ("Coordinates", "\"-33.86, 151.21\"", (151.21, -33.86)),
        ("Coordinates", "\"151.21, -33.86\"", (151.21, -33.86)),
        ("Coordinates", "POINT (2.35 48.85)", (2.35, 48.85)),
        ("Coordinates", "\"[2.35, 48.85]\"", (2.35, 48.85)),
    ] {
        let (mut table, _) = table(&format!(
            "asset_id,{}\nA,{cell}\nB,{cell}\n",
            heading.replace(',', "")
        ));
        let overrides = BTreeMap::from([("grid".to_owned(), heading.replace(',', ""))]);
        let mut findings = Vec::new();
        let columns = Columns::recognise(&table, BUILDING_FIELDS, &overrides, &mut findings);
        let located = locate(
            &mut table,
            &columns,
            &LocateOptions::default(),
            &mut findings,
        );
        let (at, _) = located[0].unwrap_or_else(|| panic!("{cell}: {findings:#?}"));
        assert!(
            (at.lon() - place.0).abs() < 1e-6 && (at.lat() - place.1).abs() < 1e-6,
            "{cell}: {at:?}"
        );
    }
}
