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
