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
#[ignore = "a measurement, run by hand"]
fn timing() {
    use std::time::Instant;
    let mut text = String::from(
        "AssetCode,UPRN,PropertyName,StreetName,PostTown,PostCode,GeoX,GeoY,TenureType,TenureDetail,HoldingType,BuildingSize,EnergyRating\n",
    );
    for n in 0..100_000 {
        text.push_str(&format!("NX{n:06},{:012},Larkhill Road Library {n},{} Larkhill Road,Sale,M{} {}AB,{:.6},{:.6},Freehold,Owner Occupied,Buildings,{}.5,D\n", 100_000_000_000_u64 + n, n % 300, n % 40 + 1, n % 10, -2.3 + (n % 1000) as f64 * 1e-4, 53.4 + (n / 1000) as f64 * 1e-4, n % 5000 + 1));
    }
    let start = Instant::now();
    let mut findings = Vec::new();
    let mut table = read_bytes(
        text.into_bytes(),
        "t.csv",
        &TableOptions::default(),
        &mut findings,
        &mut Vec::new(),
    )
    .expect("readable");
    println!("read {:?}", start.elapsed());
    let start = Instant::now();
    let columns = Columns::recognise(&table, BUILDING_FIELDS, &BTreeMap::new(), &mut findings);
    println!("recognise {:?}", start.elapsed());
    let start = Instant::now();
    settle_sites(&mut table, &columns, &mut findings, &mut Vec::new());
    println!("settle {:?}", start.elapsed());
    let start = Instant::now();
    settle_categories(&mut table, &columns, BUILDING_FIELDS, &mut findings);
    println!("categories {:?}", start.elapsed());
    let start = Instant::now();
    let located = locate(
        &mut table,
        &columns,
        &LocateOptions::default(),
        &mut findings,
    );
    println!(
        "locate {:?} {}",
        start.elapsed(),
        located.iter().flatten().count()
    );
    let start = Instant::now();
    let mut sum = 0.0;
    for record in &table.records {
        sum += columns
            .area(record, "floor_area_m2", &mut findings)
            .map_or(0.0, |a| a.0);
        let _ = (
            columns.uprn(record, "uprn", &mut findings),
            columns.postcode(record, "postcode", &mut findings),
            columns.text(record, "name"),
            columns.text(record, "street"),
        );
    }
    println!(
        "cells {:?} {sum} findings {}",
        start.elapsed(),
        findings.len()
    );
    let mut text = String::from("{\"type\":\"FeatureCollection\",\"features\":[");
    for n in 0..35_000 {
        if n > 0 {
            text.push(',');
        }
        let (x, y) = (
            -2.3 + (n % 200) as f64 * 0.01,
            53.0 + (n / 200) as f64 * 0.01,
        );
        text.push_str(&format!("{{\"type\":\"Feature\",\"properties\":{{\"LSOA21CD\":\"E{n:08}\",\"pop\":{n}}},\"geometry\":{{\"type\":\"Polygon\",\"coordinates\":[["));
        for k in 0..=60 {
            let a = (k % 60) as f64 * std::f64::consts::TAU / 60.0;
            if k > 0 {
                text.push(',');
            }
            text.push_str(&format!(
                "[{:.6},{:.6}]",
                x + 0.005 * a.cos(),
                y + 0.005 * a.sin()
            ));
        }
        text.push_str("]]}}");
    }
    text.push_str("]}");
    println!("geojson {} MB", text.len() / 1_000_000);
    let start = Instant::now();
    let mut table = read_bytes(
        text.into_bytes(),
        "t.geojson",
        &TableOptions::default(),
        &mut findings,
        &mut Vec::new(),
    )
    .expect("readable");
    println!("read {:?}", start.elapsed());
    let start = Instant::now();
    let columns = Columns::recognise(&table, ZONE_FIELDS, &BTreeMap::new(), &mut findings);
    settle_zones(&mut table, &columns, &mut findings, &mut Vec::new());
    println!("recognise settle {:?}", start.elapsed());
    let start = Instant::now();
    let options = LocateOptions {
        areas: true,
        ..LocateOptions::default()
    };
    let located = locate(&mut table, &columns, &options, &mut findings);
    println!(
        "locate {:?} {} {}",
        start.elapsed(),
        located.iter().flatten().count(),
        findings.len()
    );
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
