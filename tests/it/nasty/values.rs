//! Units, marks, texts, categories and dates are read as they were meant.

use super::reader::{by_start, folder};
use oneroof::load::Inspection;

fn money(inspection: &Inspection, row: usize, field: &str) -> Option<f64> {
    let record = &inspection.table.records[row];
    inspection.columns.money(record, field, &mut Vec::new())
}

fn area(inspection: &Inspection, row: usize, field: &str) -> Option<f64> {
    let record = &inspection.table.records[row];
    let area = inspection.columns.area(record, field, &mut Vec::new());
    area.map(|area| (area.0 * 10.0).round() / 10.0)
}

#[test]
fn nasty_units_and_marks_read_as_meant() {
    let Some(folder) = folder() else { return };
    let units = by_start(&folder, 32);
    assert_eq!(area(&units, 0, "land_area"), Some(5370.0));
    assert_eq!(area(&units, 1, "floor_area_m2"), Some(839.9));
    assert_eq!(area(&units, 2, "land_area"), None);
    assert_eq!(area(&units, 2, "floor_area_m2"), Some(840.0));
    assert_eq!(money(&units, 1, "running_gbp"), Some(38_500.0));
    assert_eq!(money(&units, 2, "running_gbp"), Some(1_200_000.0));
    assert_eq!(money(&units, 3, "running_gbp"), None);
    let marks = by_start(&folder, 33);
    assert_eq!(money(&marks, 0, "running_gbp"), Some(41_250.0));
    assert_eq!(money(&marks, 0, "value_gbp"), Some(1_250_000.0));
    assert_eq!(area(&marks, 0, "floor_area_m2"), Some(1640.5));
    assert_eq!(money(&marks, 1, "running_gbp"), Some(212_900.0));
    assert_eq!(area(&marks, 1, "floor_area_m2"), Some(3120.0));
    assert_eq!(money(&marks, 2, "running_gbp"), Some(-8200.0));
    assert_eq!(money(&marks, 3, "running_gbp"), Some(41_250.0));
    let dollars = by_start(&folder, 14);
    assert_eq!(dollars.table.header.len(), 4);
    assert_eq!(area(&dollars, 0, "floor_area_m2"), Some(12_450.0));
    assert_eq!(money(&dollars, 0, "running_gbp"), Some(1_204_300.0));
}

#[test]
fn nasty_texts_read_as_meant() {
    let Some(folder) = folder() else { return };
    let name = |number, row: usize| {
        let inspection = by_start(&folder, number);
        inspection
            .columns
            .text(&inspection.table.records[row], "name")
            .unwrap_or_default()
    };
    assert_eq!(name(11, 0), "Café at Larkhill Library – ground floor");
    assert!(name(11, 4).contains("£400"));
    assert_eq!(name(12, 0), "Café at Larkhill Library");
    assert!(name(12, 4).contains("£400"));
    assert_eq!(name(17, 1), "Millbrook Civic Offices East Wing");
    assert_eq!(name(40, 1), "+44 Building");
    assert_eq!(name(42, 2), "Old Weir Depot");
    let not_sign = by_start(&folder, 13);
    assert_eq!(not_sign.table.header.len(), 8);
    assert!(
        not_sign.table.records[1]
            .cells
            .iter()
            .any(|cell| cell == "Ashby House, Ashby Road")
    );
    assert!(not_sign.table.records[2].cell(1).starts_with("Café"));
    let wide = by_start(&folder, 44);
    assert_eq!(wide.table.header.len(), 13);
}

#[test]
fn nasty_categories_and_codes_read_as_meant() {
    let Some(folder) = folder() else { return };
    for (number, field, expected) in [
        (18, "tenure", vec!["Freehold", "Leasehold"]),
        (22, "tenure", vec!["Freehold", "Leasehold"]),
        (
            22,
            "tenure_detail",
            vec!["Leasehold In", "Leasehold Out", "Owner Occupied", "Vacant"],
        ),
    ] {
        let inspection = by_start(&folder, number);
        let values: std::collections::BTreeSet<String> = inspection
            .table
            .records
            .iter()
            .filter_map(|record| inspection.columns.text(record, field))
            .collect();
        assert_eq!(
            values.into_iter().collect::<Vec<_>>(),
            expected,
            "{number} {field}"
        );
    }
    let codes = by_start(&folder, 23);
    let uprn = |row: usize| {
        codes
            .columns
            .uprn(&codes.table.records[row], "uprn", &mut Vec::new())
    };
    assert_eq!(uprn(0).as_deref(), Some("010009999001"));
    assert_eq!(uprn(1), uprn(0));
    assert_eq!(uprn(2), None);
    assert_eq!(uprn(3).as_deref(), Some("100099990004"));
    let postcodes = by_start(&folder, 4);
    let postcode = |row: usize| {
        postcodes
            .columns
            .postcode(&postcodes.table.records[row], "postcode", &mut Vec::new())
    };
    assert_eq!(postcode(0).as_deref(), Some("M33 0XN"));
    assert_eq!(postcode(3).as_deref(), Some("M41 5DZ"));
    assert_eq!((postcode(1), postcode(4)), (None, None));
}

#[test]
fn nasty_dates_read_as_meant() {
    let Some(folder) = folder() else { return };
    let inspection = by_start(&folder, 43);
    let date = |row: usize, field: &str| {
        let record = &inspection.table.records[row];
        inspection
            .columns
            .date(record, field, &mut Vec::new())
            .map(|date| date.to_string())
    };
    assert_eq!(date(0, "lease_expiry").as_deref(), Some("2031-03-31"));
    assert_eq!(date(0, "lease_break").as_deref(), Some("2028-04-03"));
    assert_eq!(date(1, "lease_expiry").as_deref(), Some("2031-03-31"));
    assert_eq!(date(2, "lease_expiry").as_deref(), Some("2025-03-31"));
    assert_eq!(date(2, "lease_break").as_deref(), Some("2028-03-31"));
    assert_eq!(
        (date(3, "lease_expiry"), date(4, "lease_break")),
        (None, None)
    );
}
