//! One small table for each fault, and registers of other shapes than the ones at hand.

use oneroof::load::{InspectOptions, Inspection, TableKind, TableOptions, judge, read_bytes};
use oneroof::place::Finding;
use std::collections::BTreeSet;

fn judged(
    name: &str,
    bytes: impl Into<Vec<u8>>,
    kind: TableKind,
    options: &InspectOptions,
) -> Inspection {
    let (mut findings, mut rejected) = (Vec::new(), Vec::new());
    let table = read_bytes(
        bytes.into(),
        name,
        &options.table,
        &mut findings,
        &mut rejected,
    )
    .unwrap_or_else(|finding| panic!("{finding:?}"));
    judge(table, kind, options, findings, rejected)
}

fn buildings(text: &str) -> Inspection {
    judged(
        "t.csv",
        text,
        TableKind::Buildings,
        &InspectOptions::default(),
    )
}

fn codes(inspection: &Inspection) -> BTreeSet<&'static str> {
    inspection
        .findings
        .iter()
        .map(|finding| finding.code)
        .collect()
}

fn has(inspection: &Inspection, record: u64, code: &str) -> bool {
    inspection
        .findings
        .iter()
        .any(|finding| finding.row.record == record && finding.code == code)
}

/// Text in a table of one register and the fault its record has.
#[rustfmt::skip]
const CELLS: &[(&str, &str, u64, &str)] = &[
    ("asset_id,name\n1,\"Hall \"\n2,Depot\n", "blank-trimmed", 1, "name"),
    ("asset_id,name\n1,Hall\u{a0}East\n2,Depot\n", "odd-space", 1, "name"),
    ("asset_id,name\n1,\"Hall\nEast\"\n2,Depot\n", "line-break", 1, "name"),
    ("asset_id,name\n1,CafÃ©\n2,Depot\n", "mojibake", 1, "name"),
    ("asset_id,name\n1,=1+1\n2,Depot\n", "formula-text", 1, "name"),
    ("asset_id,name\n1,<b>Hall</b>\n2,Depot\n", "markup-text", 1, "name"),
    ("asset_id,name\n1,Unknown\n2,Depot\n", "placeholder-name", 1, "name"),
    ("asset_id,name,rent_gbp\n1,Hall,n/a\n2,Depot,5\n", "missing-spelled", 1, "rent_gbp"),
    ("asset_id,name,rent_gbp\n1,Hall,ask us\n2,Depot,5\n", "number-not-read", 1, "rent_gbp"),
    ("asset_id,name,rent_gbp\n1,Hall,-1200\n2,Depot,5\n", "negative-money", 1, "rent_gbp"),
    ("asset_id,name,rent_gbp\n1,Hall,\"£1,200\"\n2,Depot,5\n", "number-tidied", 1, "rent_gbp"),
    ("asset_id,name,rent_gbp\n1,Hall,£nil\n2,Depot,5\n", "number-tidied", 1, "rent_gbp"),
    ("asset_id,name,rent_gbp\n1,Hall,Peppercorn\n2,Depot,5\n", "number-tidied", 1, "rent_gbp"),
    ("asset_id,name,rent_gbp\n1,Hall,12k\n2,Depot,5\n", "number-with-suffix", 1, "rent_gbp"),
    ("asset_id,name,rent_gbp\n1,Hall,5 to 7\n2,Depot,5\n", "number-range", 1, "rent_gbp"),
    ("asset_id,name,rent_gbp\n1,Hall,c. 700\n2,Depot,5\n", "number-approximate", 1, "rent_gbp"),
    ("asset_id,name,Rent £/sq ft\n1,Hall,12\n2,Depot,5\n", "rate-not-used", 0, "Rent £/sq ft"),
    ("asset_id,name,floor_area_m2\n1,Hall,0\n2,Depot,5\n", "zero-area", 1, "floor_area_m2"),
    ("asset_id,name,floor area\n1,Hall,300 sq ft\n2,Depot,50 m2\n", "unit-converted", 1, "floor area"),
    ("asset_id,name,floor area\n1,Hall,300 sq ft\n2,Depot,50\n", "unit-missing", 2, "floor area"),
    ("asset_id,name,lease_expiry\n1,Hall,31/02/2030\n2,Depot,2030-01-05\n", "date-impossible", 1, "lease_expiry"),
    ("asset_id,name,lease_expiry\n1,Hall,rolling\n2,Depot,2030-01-05\n", "date-not-read", 1, "lease_expiry"),
    ("asset_id,name,lease_expiry\n1,Hall,45747\n2,Depot,2030-01-05\n", "date-serial", 1, "lease_expiry"),
    ("asset_id,name,lease_expiry\n1,Hall,March 2030\n2,Depot,2030-01-05\n", "date-incomplete", 1, "lease_expiry"),
    ("asset_id,name,lease_expiry\n1,Hall,31/12/9999\n2,Depot,2030-01-05\n", "date-placeholder", 1, "lease_expiry"),
    ("asset_id,name,lease_expiry\n1,Hall,12/31/2030\n2,Depot,31/01/2030\n3,Mill,30/01/2030\n", "date-order", 1, "lease_expiry"),
    ("asset_id,name,lease_expiry\n1,Hall,03/04/2030\n2,Depot,05/06/2030\n", "date-order-assumed", 0, "lease_expiry"),
    ("asset_id,name,uprn\n1,Hall,10009999001\n2,Depot,100099990002\n", "uprn-padded", 1, "uprn"),
    ("asset_id,name,uprn\n1,Hall,1.0001E+11\n2,Depot,100099990002\n", "uprn-lost", 1, "uprn"),
    ("asset_id,name,uprn\n1,Hall,see plan\n2,Depot,100099990002\n", "uprn-invalid", 1, "uprn"),
    ("asset_id,name,uprn\n1,Hall,000000000000\n2,Depot,100099990002\n", "uprn-placeholder", 1, "uprn"),
    ("asset_id,name,uprn\n1,Hall,100099990002\n2,Depot,100099990002\n", "repeated-uprn", 2, "uprn"),
    ("asset_id,name,postcode\n1,Hall,ab1 2cd\n2,Depot,AB1 2CE\n", "postcode-tidied", 1, "postcode"),
    ("asset_id,name,postcode\n1,Hall,AB1 OCD\n2,Depot,AB1 2CE\n", "postcode-letter", 1, "postcode"),
    ("asset_id,name,postcode\n1,Hall,AB1\n2,Depot,AB1 2CE\n", "postcode-partial", 1, "postcode"),
    ("asset_id,name,postcode\n1,Hall,various\n2,Depot,AB1 2CE\n", "postcode-invalid", 1, "postcode"),
    ("asset_id,name,evening_or_weekend\n1,Hall,perhaps\n2,Depot,yes\n", "yes-no-not-read", 1, "evening_or_weekend"),
    ("asset_id,name,tenure\n1,Hall,FREEHOLD\n2,Depot,Freehold\n", "category-variant", 1, "tenure"),
    ("asset_id,name,tenure\n1,Hall,Freehld\n2,Depot,Freehold\n", "category-spelling", 1, "tenure"),
    ("asset_id,name,lon,lat\n1,Hall,0,0\n2,Depot,1.5,45.1\n", "zero-coordinates", 1, "lon;lat"),
    ("asset_id,name,lon,lat\n1,Hall,1.5,\n2,Depot,1.5,45.1\n", "half-coordinates", 1, "lat"),
    ("asset_id,name,lon,lat\n1,Hall,east,north\n2,Depot,1.5,45.1\n", "coordinate-not-read", 1, "lon"),
    ("asset_id,name,x,y\n1,Hall,378825,391994\n2,Depot,376739,387920\n", "crs-unsupported", 0, "x;y"),
    ("asset_id,name,x,y\n1,Hall,550000,5800000\n2,Depot,551000,5801000\n", "crs-unsupported", 0, "x;y"),
    ("asset_id,PropertyNm,Propertyname\n1,Hall,A\n2,Depot,B\n", "", 0, ""),
    ("asset_id,Buildingsise,name\n1,55,Hall\n2,60,Depot\n", "header-near-miss", 0, "Buildingsise"),
    ("asset_id,name,lonn,lat\n1,Hall,-1.5,52.5\n2,Depot,-1.4,52.6\n", "header-near-miss", 0, "lonn"),
    ("asset_id,name,pubic_m2\n1,Hall,55\n2,Depot,60\n", "header-near-miss", 0, "pubic_m2"),
    ("asset_id,name,,rent\n1,Hall,7,5\n2,Depot,8,6\n", "unnamed-column", 0, "column 3"),
    ("asset_id,name,Name\n1,Hall,Hall\n2,Depot,Shed\n", "duplicate-header", 0, "Name"),
    ("asset_id,name,Name\n1,Hall,Hall\n2,Depot,Shed\n", "copies-differ", 2, "name"),
];

#[test]
fn each_fault_of_a_cell_is_named_in_its_row_and_column() {
    for (text, code, record, column) in CELLS {
        let inspection = buildings(text);
        if code.is_empty() {
            continue;
        }
        let found = inspection.findings.iter().any(|finding| {
            finding.code == *code
                && finding.row.record == *record
                && finding.column.as_deref() == Some(column)
        });
        let all: Vec<&Finding> = inspection.findings.iter().collect();
        assert!(found, "{code} in {text:?}: {all:#?}");
    }
}

#[test]
fn every_code_is_in_the_guide() {
    let guide = include_str!("../../src/guide/findings.md");
    for (text, ..) in CELLS {
        for code in codes(&buildings(text)) {
            assert!(
                guide.contains(&format!("`{code}`")),
                "{code} is not in the guide"
            );
        }
    }
}

#[test]
fn a_register_of_another_country_is_read_with_its_own_commas() {
    let text = "Objektnummer;Bezeichnung;PLZ;Ort;Fläche;Jahresmiete;Längengrad;Breitengrad\n\
                A1;Rathaus;01067;Dresden;1.234,5;12.500,00 €;13,7373;51,0504\n\
                A2;Bibliothek;01069;Dresden;850;9.000,00 €;13,7400;51,0450\n\
                A3;Bürgeramt;01097;Dresden;2.100;k.A.;13,7450;51,0620\n";
    let inspection = buildings(text);
    let (table, columns) = (&inspection.table, &inspection.columns);
    let area = |row: usize| {
        columns
            .area(&table.records[row], "floor_area_m2", &mut Vec::new())
            .map(|area| area.0)
    };
    assert_eq!(
        (area(0), area(1), area(2)),
        (Some(1234.5), Some(850.0), Some(2100.0))
    );
    assert_eq!(
        columns.money(&table.records[0], "rent_gbp", &mut Vec::new()),
        Some(12_500.0)
    );
    assert_eq!(
        columns
            .postcode(&table.records[0], "postcode", &mut Vec::new())
            .as_deref(),
        Some("01067")
    );
    let (at, _) = inspection.located[0].expect("placed");
    assert!((at.lon() - 13.7373).abs() < 1e-9 && (at.lat() - 51.0504).abs() < 1e-9);
    assert!(
        !codes(&inspection).contains("far-from-rest"),
        "{:?}",
        codes(&inspection)
    );
}

#[test]
fn an_american_register_is_read_in_square_feet_and_months_first() {
    let text = "Real Property Asset Name,Street Address,City,State,Zip Code,Latitude,Longitude,Building Rentable Square Feet,Lease Expiration Date\n\
                Federal Building,1 Main St,Concord,NH,03301,43.2067,-71.5381,\"10,000\",12/31/2031\n\
                Post Office,5 Elm St,Concord,NH,03301,43.2101,-71.5300,5000,01/05/2030\n\
                Court House,9 Oak St,Concord,NH,03302,43.2001,-71.5402,7500,06/30/2029\n";
    let inspection = buildings(text);
    let (table, columns) = (&inspection.table, &inspection.columns);
    let area = columns
        .area(&table.records[0], "floor_area_m2", &mut Vec::new())
        .map(|area| area.0.round());
    assert_eq!(area, Some(929.0));
    let date = |row: usize| {
        columns
            .date(&table.records[row], "lease_expiry", &mut Vec::new())
            .map(|date| date.to_string())
    };
    assert_eq!(date(0).as_deref(), Some("2031-12-31"));
    assert_eq!(date(1).as_deref(), Some("2030-01-05"));
    assert_eq!(
        columns
            .postcode(&table.records[0], "postcode", &mut Vec::new())
            .as_deref(),
        Some("03301")
    );
    assert!(inspection.located.iter().all(Option::is_some));
}

#[test]
fn a_place_across_the_antimeridian_has_no_far_points() {
    let text = "id,name,lon,lat\n1,A,179.98,-16.5\n2,B,-179.99,-16.6\n3,C,179.95,-16.55\n4,D,-179.97,-16.52\n5,E,-2.3,53.4\n6,F,179.9,-16.5\n";
    let inspection = buildings(text);
    assert!(has(&inspection, 5, "far-from-rest"));
    assert_eq!(
        inspection
            .findings
            .iter()
            .filter(|finding| finding.code == "far-from-rest")
            .count(),
        1
    );
}

#[test]
fn swapped_columns_of_a_british_table_are_turned_round_once() {
    let text = "id,name,postcode,lon,lat\n1,A,M33 7XN,53.42,-2.32\n2,B,M33 7XP,53.43,-2.31\n3,C,M33 7XQ,53.41,-2.30\n";
    let inspection = buildings(text);
    assert!(
        has(&inspection, 0, "swapped-columns"),
        "{:?}",
        codes(&inspection)
    );
    assert!(
        inspection
            .located
            .iter()
            .flatten()
            .all(|(at, _)| at.lat() > 53.0)
    );
}

#[test]
fn lost_signs_and_points_are_found_among_the_others() {
    let rows = "1,A,-4.25,55.86\n2,B,-4.26,55.87\n3,C,4.27,55.85\n4,D,-4.24,55.84\n5,E,-4.23,55858\n6,F,-4.22,55.86\n";
    let inspection = buildings(&format!("id,name,lon,lat\n{rows}"));
    assert!(
        has(&inspection, 3, "lost-sign") && has(&inspection, 5, "lost-point"),
        "{:?}",
        inspection.findings
    );
    assert!(
        inspection
            .located
            .iter()
            .flatten()
            .all(|(at, _)| at.lon() < -4.0 && at.lat() < 56.0)
    );
}

#[test]
fn grid_references_and_degrees_with_letters_are_coordinates() {
    let inspection = buildings("id,name,grid reference\n1,A,SJ 789 919\n2,B,SJ 767 879\n");
    let (at, _) = inspection.located[0].expect("placed");
    assert!(
        (at.lon() + 2.318).abs() < 0.01 && (at.lat() - 53.424).abs() < 0.01,
        "{at:?}"
    );
    let inspection = buildings(
        "id,name,longitude,latitude\n1,A,\"2°19'12\"\"W\",\"53°25'30\"\"N\"\n2,B,2.3W,53.4N\n",
    );
    let (at, _) = inspection.located[0].expect("placed");
    assert!(
        (at.lon() + 2.32).abs() < 1e-9 && (at.lat() - 53.425).abs() < 1e-9,
        "{at:?}"
    );
}

#[test]
fn a_spreadsheets_first_line_names_the_delimiter() {
    let inspection = buildings("sep=;\nid;name\n1;Hall, East\n2;Depot\n");
    assert_eq!(inspection.table.header, ["id", "name"]);
    assert_eq!(inspection.table.records[0].cell(1), "Hall, East");
    assert_eq!(inspection.table.records[1].at.line, 4);
}

#[test]
fn lists_inside_cells_are_not_taken_for_the_delimiter() {
    let inspection = buildings("id,name,needs\n1,Hall,a;b\n2,Depot,c;d\n3,Mill,e;f\n");
    assert_eq!(inspection.table.header.len(), 3);
}

#[test]
fn titles_above_and_notes_below_a_table_are_no_rows() {
    let text =
        "Table 1: Property\n\nid,name,rent,value\n1,Hall,5,6\n2,Depot,7,8\nSource: the council\n";
    let inspection = buildings(text);
    assert_eq!(inspection.table.header, ["id", "name", "rent", "value"]);
    assert_eq!(inspection.rows, 2);
    assert!(
        codes(&inspection).contains("row-above-header") && codes(&inspection).contains("note-row")
    );
}

#[test]
fn age_columns_headed_by_numbers_are_a_header() {
    let mut header = String::from("area_code,name,all_ages");
    let mut row = String::new();
    for age in 0..=90 {
        header.push_str(&format!(",{age}"));
        row.push_str(&format!(",{}", age % 7));
    }
    let text = format!("{header}\nE00000001,One,300{row}\nE00000002,Two,310{row}\n");
    let inspection = judged("t.csv", text, TableKind::Zones, &InspectOptions::default());
    assert_eq!(inspection.rows, 2);
    assert_eq!(inspection.table.header.len(), 94);
}

#[test]
fn utf_16_without_its_mark_is_recognised() {
    let bytes: Vec<u8> = "id\tname\r\n1\tCafé\r\n2\tHall\r\n"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let inspection = judged(
        "t.txt",
        bytes,
        TableKind::Buildings,
        &InspectOptions::default(),
    );
    assert_eq!(inspection.table.records[0].cell(1), "Café");
    assert!(codes(&inspection).contains("encoding"));
}

#[test]
fn an_override_wins_over_every_name() {
    let mut options = InspectOptions::default();
    options
        .columns
        .insert("name".to_owned(), "Local name".to_owned());
    let inspection = judged(
        "t.csv",
        "id,name,Local name\n1,a,b\n2,c,d\n",
        TableKind::Buildings,
        &options,
    );
    assert_eq!(inspection.columns.header("name"), Some("Local name"));
    options
        .columns
        .insert("rent_gbp".to_owned(), "Rents".to_owned());
    let inspection = judged(
        "t.csv",
        "id,name,Rent\n1,a,5\n2,c,6\n",
        TableKind::Buildings,
        &options,
    );
    assert!(codes(&inspection).contains("unknown-column"));
}

#[test]
fn a_header_row_is_counted_as_an_editor_counts_and_a_blank_one_is_an_error() {
    let judged = |line: usize| {
        let mut options = InspectOptions::default();
        options.table.header_row = Some(line);
        let text = "List of property\n\nSource: estates\nA,B\nid,name\n1,Hall\n";
        judged("t.csv", text, TableKind::Buildings, &options)
    };
    assert_eq!(judged(5).table.header, ["id", "name"]);
    assert!(codes(&judged(2)).contains("header-row-missing"));
    assert!(codes(&judged(400)).contains("header-row-missing"));
}

#[test]
fn a_stated_header_row_encoding_and_delimiter_are_believed() {
    let options = InspectOptions {
        table: TableOptions {
            delimiter: Some(';'),
            encoding: Some("windows-1252".to_owned()),
            header_row: Some(2),
            ..TableOptions::default()
        },
        ..InspectOptions::default()
    };
    let inspection = judged(
        "t.csv",
        b"a;b\nid;name\n1;Caf\xe9\n".to_vec(),
        TableKind::Buildings,
        &options,
    );
    assert_eq!(inspection.table.header, ["id", "name"]);
    assert_eq!(inspection.table.records[0].cell(1), "Café");
    assert!(
        inspection
            .findings
            .iter()
            .all(|finding| finding.code == "not-located"),
        "{:?}",
        inspection.findings
    );
}

#[test]
fn a_bad_feature_never_costs_the_others() {
    let text = r#"{"type":"FeatureCollection","features":[
        {"type":"Feature","properties":{"id":"1","name":"A"},"geometry":{"type":"Point","coordinates":[1.5,45.1]}},
        {"type":"Feature","properties":{"id":"2","name":"B"},"geometry":{"type":"Point","coordinates":["x"]}},
        7, null,
        {"type":"Feature","properties":null,"geometry":{"type":"Blob"}},
        {"type":"Feature","properties":{"id":"3","name":"C"},"geometry":{"type":"Polygon","coordinates":[[[1,45],[1.1,45],[1.1,45.1],[1,45]]]}}
    ]}"#;
    let inspection = judged(
        "t.geojson",
        text,
        TableKind::Points,
        &InspectOptions::default(),
    );
    assert_eq!(inspection.rows, 6);
    assert_eq!(inspection.located.iter().flatten().count(), 2);
}

#[test]
fn an_arcgis_feature_set_is_read_like_geojson() {
    let text = r#"{"spatialReference":{"wkid":27700},"features":[
        {"attributes":{"OBJECTID":1,"NAME":"A"},"geometry":{"x":378825,"y":391994}},
        {"attributes":{"OBJECTID":2,"NAME":"B"},"geometry":{"rings":[[[378825,391994],[378825,392094],[378925,392094],[378825,391994]]]}}
    ]}"#;
    let inspection = judged(
        "t.json",
        text,
        TableKind::Points,
        &InspectOptions::default(),
    );
    assert_eq!(
        inspection.located.iter().flatten().count(),
        2,
        "{:?}",
        inspection.findings
    );
    assert!(!codes(&inspection).contains("ring-order"));
}

#[test]
fn a_system_that_cannot_be_converted_is_refused_by_name() {
    let text = r#"{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::27200"}},
        "features":[{"type":"Feature","properties":{"id":1},"geometry":{"type":"Point","coordinates":[2667000,6480000]}}]}"#;
    let inspection = judged(
        "t.geojson",
        text,
        TableKind::Points,
        &InspectOptions::default(),
    );
    let finding = inspection
        .findings
        .iter()
        .find(|finding| finding.code == "crs-unsupported");
    assert!(
        finding.is_some_and(|finding| finding.cause.contains("27200")),
        "{:?}",
        inspection.findings
    );
}

#[test]
fn not_a_number_in_json_is_null() {
    let text = r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"id":1,"name":"NaN Bakery","rent":NaN},"geometry":null}]}"#;
    let inspection = judged(
        "t.geojson",
        text,
        TableKind::Points,
        &InspectOptions::default(),
    );
    assert!(codes(&inspection).contains("json-nan"));
    assert_eq!(inspection.table.records[0].cell(1), "NaN Bakery");
    assert_eq!(
        inspection
            .findings
            .iter()
            .filter(|finding| finding.code == "no-geometry")
            .count(),
        1
    );
}
