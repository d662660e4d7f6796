//! Layers of a GeoPackage to tables.
//!
//! The file comes from anywhere: a copy of it is opened, read only; only plain tables are read, never a
//! view, so that nothing in the file is run; and what is read is held to what a file of its size can
//! hold.

mod copy;
mod file;
mod layers;
mod wkb;

pub(crate) use file::{ColumnKind, Database, ShapeKind, Value};

use super::table::{part_of, share_a_full_page, share_the_last_page};
use super::{Cells, Record, Table, TableOptions, shapes};
use crate::place::{Finding, RowRef, Severity};
use file::Refusal;
use layers::{Column, Layer};
use std::path::Path;
use std::sync::Arc;

/// Reads one layer: the one named in `options`, else the only one.
pub(super) fn read(
    path: &Path,
    name: &str,
    options: &TableOptions,
    findings: &mut Vec<Finding>,
) -> Result<Table, Box<Finding>> {
    let copy = copy::of(path).map_err(|fault| unreadable(name, &fault))?;
    read_copy(&copy, name, options, findings)
}

/// As [`read`], of a file that is already in memory.
pub(super) fn read_bytes(
    bytes: &[u8],
    name: &str,
    options: &TableOptions,
    findings: &mut Vec<Finding>,
) -> Result<Table, Box<Finding>> {
    let copy = copy::of_bytes(bytes).map_err(|fault| unreadable(name, &fault))?;
    read_copy(&copy, name, options, findings)
}

fn unreadable(name: &str, fault: &std::io::Error) -> Box<Finding> {
    Finding::new("file-unreadable", Severity::Error, RowRef::file(name))
        .cause(format!("it cannot be copied to be read: {fault}"))
        .action("make room in the folder of temporary files, or bring the file")
        .into()
}

fn read_copy(
    copy: &copy::Copy,
    name: &str,
    options: &TableOptions,
    findings: &mut Vec<Finding>,
) -> Result<Table, Box<Finding>> {
    let refuse = |refusal: Refusal| refused(refusal, name);
    let database = Database::open(copy.path()).map_err(refuse)?;
    let layers = layers::of(&database).map_err(refuse)?;
    let layer = layers::choose(&layers, options.layer.as_deref(), name)?;
    let mut table = read_layer(&database, layer, copy.length(), name, findings)?;
    table.sha256 = copy.sha256().to_owned();
    Ok(table)
}

fn refused(refusal: Refusal, name: &str) -> Box<Finding> {
    let finding = |code| Finding::new(code, Severity::Error, RowRef::file(name));
    match refusal {
        Refusal::NotAGeoPackage => finding("not-a-geopackage")
            .cause("the file is a database, and not a GeoPackage")
            .action("save the layer as GeoPackage: in QGIS, Export > Save Features As…"),
        Refusal::Corrupt(why) => finding("geopackage-corrupt")
            .cause(format!("the GeoPackage cannot be read: {why}"))
            .action("bring the file again; it may be cut off"),
    }
    .into()
}

/// Bytes that a row takes of a page, at least.
const LEAST_OF_A_ROW: usize = 64;

/// Most cells of a layer.
const MOST_CELLS: usize = 100_000_000;

fn read_layer(
    database: &Database,
    layer: &Layer,
    length: u64,
    name: &str,
    findings: &mut Vec<Finding>,
) -> Result<Table, Box<Finding>> {
    let file: Arc<str> = part_of(name, &layer.name).into();
    let refuse = |refusal: Refusal| refused(refusal, &file);
    let columns = layers::columns(database, layer).map_err(refuse)?;
    let mut table = Table {
        file: Arc::clone(&file),
        header: columns.iter().map(|column| column.name.clone()).collect(),
        crs: layer.crs.clone(),
        has_shapes: layer.geometry.is_some(),
        ..Table::default()
    };
    // What a table holds is in its file, and numbers are longer as text; more is a file that repeats
    // one page over and over.
    let most_text = usize::try_from(length)
        .unwrap_or(usize::MAX / 32)
        .saturating_mul(24);
    let (mut text, before) = (0_usize, findings.len());
    let select = layers::select(layer, &columns);
    let result = database.query(&select, &[], |row| {
        let at = RowRef {
            record: table.records.len() as u64 + 1,
            ..RowRef::file(&file)
        };
        let mut values = row.into_iter();
        let shape = match layer.geometry {
            Some(_) => shape(values.next(), &at, findings),
            None => None,
        };
        let cells: Vec<String> = values.zip(&columns).map(|(v, c)| cell(v, c)).collect();
        text += cells.iter().map(String::len).sum::<usize>();
        // However little is in it.
        text += LEAST_OF_A_ROW;
        let count = (table.records.len() + 1).saturating_mul(columns.len().max(1));
        if text > most_text + (64 << 20) || count > MOST_CELLS {
            return Err(Refusal::Corrupt(
                "its rows hold more than the file can".to_owned(),
            ));
        }
        table.records.push(Record {
            at,
            cells: cells.iter().map(String::as_str).collect::<Cells>(),
            shape: shape.map(Box::new),
        });
        share_a_full_page(&mut table.records);
        Ok(())
    });
    result.map_err(|refusal| refused(refusal, &table.file))?;
    share_the_last_page(&mut table.records);
    // The format has no rule for the direction of rings.
    let mut at = 0;
    findings.retain(|finding| {
        at += 1;
        at <= before || finding.code != "ring-order"
    });
    Ok(table)
}

fn shape(
    value: Option<Value>,
    at: &RowRef,
    findings: &mut Vec<Finding>,
) -> Option<geo::Geometry<f64>> {
    let json = match value {
        Some(Value::Blob(blob)) => wkb::to_geojson(&blob),
        _ => Some(serde_json::Value::Null),
    };
    // What cannot be read at all has no type, and is named as such.
    let json = json.unwrap_or_else(|| serde_json::json!({"type": "unreadable"}));
    shapes::read(&json, at, findings)
}

fn cell(value: Value, column: &Column) -> String {
    match value {
        Value::Null | Value::Blob(_) => String::new(),
        Value::Whole(number) if column.is_flag => (number != 0).to_string(),
        Value::Whole(number) => number.to_string(),
        Value::Number(number) if number.is_finite() => number.to_string(),
        Value::Number(_) => String::new(),
        Value::Text(text) => text,
    }
}

#[cfg(test)]
mod tests;
