//! Points, shapes, zones and rows are where and what they were meant to be.

use super::reader::{by_start, folder, show};
use oneroof::place::{Location, Precision};

/// Kilometres between a record's point and the middle of Trafford.
fn away(at: Location) -> f64 {
    use geo::{Distance, Haversine};
    Haversine.distance(at.point(), geo::Point::new(-2.34, 53.42)) / 1000.0
}

#[test]
fn nasty_points_stand_where_they_should() {
    let Some(folder) = folder() else { return };
    for number in [1, 3, 6, 7, 8, 9, 35, 36, 37] {
        let inspection = by_start(&folder, number);
        for (record, at) in inspection.table.records.iter().zip(&inspection.located) {
            if let Some((at, _)) = at {
                assert!(
                    away(*at) < 15.0,
                    "{number} record {}: {at:?}",
                    record.at.record
                );
            }
        }
    }
    let placed = |number| {
        by_start(&folder, number)
            .located
            .iter()
            .map(Option::is_some)
            .collect::<Vec<_>>()
    };
    assert_eq!(placed(3), [true, true, true, true, false, true]);
    assert!(placed(5)[0]);
    assert_eq!(placed(35), [true; 5]);
    assert_eq!(placed(36), [true; 2]);
    assert_eq!(placed(37), [true, true, false, false, true]);
    assert_eq!(placed(31), [true, false, true, false]);
    let far = by_start(&folder, 2);
    assert!(
        far.located[3].is_some_and(|(at, _)| away(at) > 200.0),
        "kept where it is"
    );
    let km = far
        .findings
        .iter()
        .filter(|finding| finding.code == "far-from-rest")
        .find_map(|finding| {
            finding
                .cause
                .split(' ')
                .find_map(|word| word.parse::<f64>().ok())
        });
    assert!(
        km.is_some_and(|km| (km - 262.0).abs() < 8.0),
        "some 260 km: {km:?}"
    );
    let approximate = by_start(&folder, 3);
    assert_eq!(
        approximate.located[1].map(|(_, precision)| precision),
        Some(Precision::Postcode)
    );
}

#[test]
fn nasty_shapes_read_as_meant() {
    use geo::{Area, Contains};
    let Some(folder) = folder() else { return };
    let rings = by_start(&folder, 38);
    for record in rings.table.records.iter().take(2) {
        let shape = record.shape.as_deref().expect("has a shape");
        assert!(shape.signed_area() > 0.0, "record {}", record.at.record);
    }
    for number in [26, 30] {
        let inspection = by_start(&folder, number);
        for (record, at) in inspection.table.records.iter().zip(&inspection.located) {
            let shape = record.shape.as_deref().expect("has a shape");
            let (at, precision) = at.expect("placed");
            assert!(
                shape.contains(&at.point()),
                "{number} record {}",
                record.at.record
            );
            assert_eq!(precision, Precision::Outline);
        }
    }
}

#[test]
fn nasty_zones_that_merged_count_once() {
    let Some(folder) = folder() else { return };
    let inspection = by_start(&folder, 29);
    let people: f64 = inspection
        .table
        .records
        .iter()
        .filter_map(|record| {
            inspection
                .columns
                .number(record, "population", &mut Vec::new())
        })
        .sum();
    assert_eq!(people, 5807.0);
}

#[test]
fn nasty_rows_fold_as_meant() {
    let Some(folder) = folder() else { return };
    assert_eq!(by_start(&folder, 21).table.records.len(), 7);
    assert_eq!(by_start(&folder, 25).table.records.len(), 2);
    assert_eq!(by_start(&folder, 15).table.records.len(), 2);
    let lump = by_start(&folder, 24);
    assert_eq!(lump.table.records.len(), 2);
    let said = lump
        .findings
        .iter()
        .find(|finding| finding.code == "aggregate-row");
    assert!(
        said.is_some_and(|finding| finding.cause.contains("25 per cent")),
        "{}",
        show(&lump.findings)
    );
}
