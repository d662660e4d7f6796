//! Whatever bytes come, the readers answer; nothing panics and nothing takes for ever.

use oneroof::load::{InspectOptions, TableKind, TableOptions, judge, read_bytes};
use proptest::prelude::*;

const KINDS: [TableKind; 5] = [
    TableKind::Buildings,
    TableKind::Points,
    TableKind::Occupiers,
    TableKind::Zones,
    TableKind::Matrix,
];

fn survive(name: &str, bytes: &[u8]) {
    let (mut findings, mut rejected) = (Vec::new(), Vec::new());
    let read = read_bytes(
        bytes.to_vec(),
        name,
        &TableOptions::default(),
        &mut findings,
        &mut rejected,
    );
    if let Ok(table) = read {
        for kind in KINDS {
            let inspection = judge(
                table.clone(),
                kind,
                &InspectOptions::default(),
                findings.clone(),
                rejected.clone(),
            );
            assert_eq!(inspection.located.len(), inspection.table.records.len());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn any_bytes_are_answered(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        survive("t.csv", &bytes);
        survive("t.geojson", &bytes);
    }

    #[test]
    fn any_cells_are_answered(cells in proptest::collection::vec("[-+£€$%0-9.,/ ()eTa-z°'\"\u{a0}:;£kKmM]{0,14}", 12..72)) {
        let mut text = String::from("asset_id,uprn,name,postcode,lon,lat,floor_area_m2,rent_gbp,lease_expiry,lease_break,may_sublet,tenure\n");
        for row in cells.chunks(12) {
            let quoted: Vec<String> = row.iter().map(|cell| format!("\"{}\"", cell.replace('"', "\"\""))).collect();
            text.push_str(&quoted.join(","));
            text.push('\n');
        }
        survive("t.csv", text.as_bytes());
    }

    #[test]
    fn any_geometry_is_answered(numbers in proptest::collection::vec(any::<f64>(), 0..24), kind in "Point|Polygon|MultiPolygon|LineString|MultiPoint|GeometryCollection") {
        let pairs: Vec<String> = numbers.chunks(2).map(|pair| format!("{pair:?}").replace("inf", "1e999").replace("NaN", "null")).collect();
        let line = pairs.join(",");
        for coordinates in [line.clone(), format!("[{line}]"), format!("[[{line}]]"), format!("[[[{line}]]]")] {
            let text = format!(r#"{{"type":"FeatureCollection","features":[{{"type":"Feature","properties":{{"id":"a"}},"geometry":{{"type":"{kind}","coordinates":{coordinates}}}}}]}}"#);
            survive("t.geojson", text.as_bytes());
        }
    }
}

#[test]
fn a_row_of_ten_thousand_columns_is_read() {
    let header: Vec<String> = (0..10_000).map(|n| format!("c{n}")).collect();
    let row = vec!["1"; 10_000].join(",");
    survive(
        "t.csv",
        format!("{}\n{row}\n{row}\n", header.join(",")).as_bytes(),
    );
}

#[test]
fn a_cell_of_a_megabyte_and_quotes_that_never_close_are_read() {
    let long = "x".repeat(1_100_000);
    survive("t.csv", format!("id,name\n1,\"{long}\"\n2,b\n").as_bytes());
    let open = "1,\"a\n".repeat(20_000);
    survive("t.csv", format!("id,name\n{open}").as_bytes());
}

#[test]
fn json_nested_without_end_is_refused() {
    let deep = "[".repeat(100_000);
    survive(
        "t.geojson",
        format!("{{\"type\":\"FeatureCollection\",\"features\":{deep}").as_bytes(),
    );
}

#[test]
fn a_ring_of_fifty_thousand_corners_is_judged() {
    let corners: Vec<String> = (0..50_000)
        .map(|n| {
            let angle = f64::from(n) * std::f64::consts::TAU / 50_000.0;
            format!("[{:.7},{:.7}]", angle.cos(), angle.sin())
        })
        .collect();
    let text = format!(
        r#"{{"type":"FeatureCollection","features":[{{"type":"Feature","properties":{{"id":"a"}},"geometry":{{"type":"Polygon","coordinates":[[{},[1.0,0.0]]]}}}}]}}"#,
        corners.join(",")
    );
    survive("t.geojson", text.as_bytes());
}
