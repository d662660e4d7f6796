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

#[test]
fn a_column_whose_dates_could_be_read_either_way_follows_the_other_columns_of_its_table() {
    let (table, _) = table(
        "asset_id,lease_expiry,rent_review\nA1,03/04/2030,04/30/2028\nA2,05/06/2031,04/29/2028\n",
    );
    let mut findings = Vec::new();
    let columns = Columns::recognise(&table, BUILDING_FIELDS, &BTreeMap::new(), &mut findings);
    let expiry = columns.date(&table.records[0], "lease_expiry", &mut findings);
    assert_eq!(expiry, Some(jiff::civil::date(2030, 3, 4)));
    let codes: Vec<&str> = findings.iter().map(|finding| finding.code).collect();
    assert_eq!(codes, ["month-first", "month-first"]);
}

#[test]
fn months_are_read_in_the_languages_of_the_registers() {
    let (table, _) = table(
        "asset_id;lease_expiry\n1;31 août 2031\n2;1er juillet 2031\n3;15 de março de 2031\n4;3. März 2031\n5;30-Sept-31\n6;12 Mawrth 2031\n7;4 ju 2031\n",
    );
    let columns = Columns::recognise(&table, BUILDING_FIELDS, &BTreeMap::new(), &mut Vec::new());
    let read: Vec<Option<String>> = table
        .records
        .iter()
        .map(|record| columns.date(record, "lease_expiry", &mut Vec::new()))
        .map(|date| date.map(|date| date.to_string()))
        .collect();
    let read: Vec<Option<&str>> = read.iter().map(Option::as_deref).collect();
    let dates = [
        "2031-08-31",
        "2031-07-01",
        "2031-03-15",
        "2031-03-03",
        "2031-09-30",
        "2031-03-12",
    ];
    assert_eq!(read[..6], dates.map(Some));
    // June or July.
    assert_eq!(read[6], None);
}

#[test]
fn headings_that_shorten_their_words_are_known() {
    let (table, _) =
        table("Asset Ref No.,Prop. Name,Backlog maint. £,Title No.\nA1,Town Hall,1200,SYK12345\n");
    let columns = Columns::recognise(&table, BUILDING_FIELDS, &BTreeMap::new(), &mut Vec::new());
    assert_eq!(columns.header("asset_id"), Some("Asset Ref No."));
    assert_eq!(columns.header("name"), Some("Prop. Name"));
    assert_eq!(columns.header("backlog_gbp"), Some("Backlog maint. £"));
    assert!(!columns.claims(3), "a title number is no field of ours");
}

#[test]
fn registers_of_other_countries_are_known_by_their_headings() {
    let known = |header: &str, fields: &[(&str, &str)]| {
        let (table, _) = table(&format!("{header}\nA1,B,C,D,E,F,G\n"));
        let columns =
            Columns::recognise(&table, BUILDING_FIELDS, &BTreeMap::new(), &mut Vec::new());
        for (field, heading) in fields {
            assert_eq!(columns.header(field), Some(*heading), "{field}");
        }
    };
    known(
        "Facility ID,Facility Name,Own/Lease,Gross SF,Rentable SF,Deferred Maintenance ($),Annual O&M Cost",
        &[
            ("asset_id", "Facility ID"),
            ("tenure", "Own/Lease"),
            ("usable_m2", "Rentable SF"),
            ("backlog_gbp", "Deferred Maintenance ($)"),
            ("running_gbp", "Annual O&M Cost"),
        ],
    );
    known(
        "Code bâtiment,Désignation,Statut d'occupation,SUB (m²),Loyer annuel HT HC (€),Date de fin de bail,DPE",
        &[
            ("asset_id", "Code bâtiment"),
            ("tenure", "Statut d'occupation"),
            ("usable_m2", "SUB (m²)"),
            ("rent_gbp", "Loyer annuel HT HC (€)"),
            ("lease_expiry", "Date de fin de bail"),
            ("energy_rating", "DPE"),
        ],
    );
    known(
        "Asset Ref,Prop Desc,OS Ref,Listed?,Ann Running Costs 24/25,Lease End Dt,Backlog Maint (£k)",
        &[
            ("grid", "OS Ref"),
            ("listed", "Listed?"),
            ("running_gbp", "Ann Running Costs 24/25"),
            ("lease_expiry", "Lease End Dt"),
            ("backlog_gbp", "Backlog Maint (£k)"),
        ],
    );
}
