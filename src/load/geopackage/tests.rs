use super::file::{ColumnKind, ShapeKind};
use super::*;
use crate::load::{TableOptions, read_bytes as read_any};

/// A file with a layer `sites` of one point in Norwich, in British National Grid or whatever is said,
/// and a table `notes` without shapes.
fn package(code: i32) -> Vec<u8> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("t.gpkg");
    let database = Database::create(&path).expect("creates");
    database
        .insert(
            "INSERT OR IGNORE INTO gpkg_spatial_ref_sys
                (srs_name, srs_id, organization, organization_coordsys_id, definition)
                VALUES ('?', ?1, 'EPSG', ?1, 'undefined')",
            &[vec![Value::Whole(i64::from(code))]],
        )
        .expect("a system");
    let columns = [
        ("asset_id", ColumnKind::Text),
        ("open", ColumnKind::Flag),
        ("area", ColumnKind::Number),
    ];
    database
        .create_layer("sites", "Sites", "", &columns, (ShapeKind::Point, code))
        .expect("a layer");
    let mut blob = [b"GP\x00\x01".as_slice(), &code.to_le_bytes()].concat();
    blob.push(1);
    blob.extend(1_u32.to_le_bytes());
    for number in [651_409.903_f64, 313_177.270] {
        blob.extend(number.to_le_bytes());
    }
    let row = vec![
        Value::Text("0012".into()),
        Value::Whole(1),
        Value::Number(12.5),
        Value::Blob(blob),
    ];
    let insert = "INSERT INTO sites (asset_id, open, area, geom) VALUES (?1, ?2, ?3, ?4)";
    database.insert(insert, &[row]).expect("a row");
    database
        .run(
            "CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT);
            INSERT INTO notes (text) VALUES ('a note');
            INSERT INTO gpkg_contents (table_name, data_type, identifier) VALUES ('notes', 'attributes', 'notes');
            CREATE VIEW looking AS SELECT * FROM notes;
            INSERT INTO gpkg_contents (table_name, data_type, identifier) VALUES ('looking', 'attributes', 'looking');",
        )
        .expect("tables");
    database.finish().expect("closes");
    std::fs::read(&path).expect("reads")
}

fn read_layer_named(bytes: Vec<u8>, layer: Option<&str>) -> Result<Table, Box<Finding>> {
    let options = TableOptions {
        layer: layer.map(str::to_owned),
        ..TableOptions::default()
    };
    read_any(bytes, "t.gpkg", &options, &mut Vec::new(), &mut Vec::new())
}

#[test]
fn a_layer_is_read_with_its_cells_its_shapes_and_its_system() {
    let table = read_layer_named(package(27_700), Some("sites")).expect("reads");
    assert_eq!(&*table.file, "t.gpkg[sites]");
    assert_eq!(table.header, ["asset_id", "open", "area"]);
    assert_eq!(table.records[0].cells.to_vec(), ["0012", "true", "12.5"]);
    assert_eq!(table.crs.as_deref(), Some("EPSG:27700"));
    assert!(table.records[0].shape.is_some() && table.has_shapes);
    let notes = read_layer_named(package(27_700), Some("notes")).expect("reads");
    assert_eq!(notes.header, ["id", "text"]);
    assert!(!notes.has_shapes);
}

#[test]
fn a_missing_layer_is_named_with_those_there_are_and_a_view_is_not_run() {
    let fault = |layer| read_layer_named(package(27_700), layer).expect_err("refused");
    let missing = fault(Some("site"));
    assert_eq!(missing.code, "no-such-layer");
    assert!(missing.action.contains("sites"), "{}", missing.action);
    let several = fault(None);
    assert_eq!(several.code, "several-layers");
    assert!(several.cause.contains("notes") && several.cause.contains("sites"));
    assert_eq!(fault(Some("looking")).code, "layer-is-no-table");
}

#[test]
fn a_database_that_is_no_geopackage_and_a_file_cut_off_anywhere_are_refused() {
    let whole = package(4326);
    let mut plain = whole.clone();
    // The application id stands at byte 68 of an SQLite file.
    plain[68..72].fill(0);
    let fault = read_layer_named(plain, Some("sites")).expect_err("refused");
    assert_eq!(fault.code, "not-a-geopackage");
    for cut in (16..whole.len()).step_by(4_096) {
        let fault = read_layer_named(whole[..cut].to_vec(), Some("sites"));
        let code = fault.expect_err("refused").code;
        assert!(
            ["geopackage-corrupt", "not-a-geopackage", "no-such-layer"].contains(&code),
            "{cut}: {code}"
        );
    }
}

#[test]
fn whatever_byte_is_altered_a_layer_is_read_or_refused() {
    let whole = package(27_700);
    for at in (0..whole.len()).step_by(977) {
        for value in [0, 0xff, 0x80] {
            let mut altered = whole.clone();
            altered[at] = value;
            let _ = read_layer_named(altered, Some("sites"));
        }
    }
}

#[test]
fn a_table_whose_pages_repeat_each_other_does_not_go_on_for_ever() {
    // A root page all of whose children are one leaf, over and over: more rows than the file can hold.
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("t.gpkg");
    let database = Database::create(&path).expect("creates");
    database
        .create_layer(
            "big",
            "big",
            "",
            &[("a", ColumnKind::Text)],
            (ShapeKind::Point, 4326),
        )
        .expect("a layer");
    let text = "x".repeat(300);
    let rows: Vec<_> = (0..4_000)
        .map(|_| vec![Value::Text(text.clone())])
        .collect();
    database
        .insert("INSERT INTO big (a) VALUES (?1)", &rows)
        .expect("rows");
    let mut root = 0;
    database
        .query(
            "SELECT rootpage FROM sqlite_master WHERE name = 'big'",
            &[],
            |row| {
                if let [Value::Whole(page)] = row.as_slice() {
                    root = usize::try_from(*page).unwrap_or(0);
                }
                Ok(())
            },
        )
        .expect("a root");
    drop(database);
    let mut bytes = std::fs::read(&path).expect("reads");
    let page = usize::from(u16::from_be_bytes([bytes[16], bytes[17]]));
    let start = (root - 1) * page;
    assert_eq!(bytes[start], 5, "the root is an interior page");
    let cells = usize::from(u16::from_be_bytes([bytes[start + 3], bytes[start + 4]]));
    let child = |bytes: &[u8], cell: usize| {
        let at = start + 12 + 2 * cell;
        start + usize::from(u16::from_be_bytes([bytes[at], bytes[at + 1]]))
    };
    let first: [u8; 4] = bytes[child(&bytes, 0)..][..4]
        .try_into()
        .expect("a page number");
    for cell in 1..cells {
        let at = child(&bytes, cell);
        bytes[at..at + 4].copy_from_slice(&first);
    }
    let read = read_layer_named(bytes, Some("big"));
    assert!(read.is_ok_and(|table| table.records.len() <= 4_000 + cells));
}
