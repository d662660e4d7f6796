//! The layers of a GeoPackage: what there is, which one is meant, what its columns are.

use super::file::{Database, Refusal, Value};
use crate::load::config::did_you_mean;
use crate::load::table::part_of;
use crate::place::{Finding, RowRef, Severity};
use std::collections::BTreeSet;

/// A layer, or a table without shapes.
#[derive(Clone, Debug)]
pub(super) struct Layer {
    pub(super) name: String,
    /// The column of shapes.
    pub(super) geometry: Option<String>,
    /// Its coordinate system, such as `EPSG:27700`, or its description.
    pub(super) crs: Option<String>,
    /// Whether it is a table rather than a view or something virtual.
    plain: bool,
}

/// A column that is read.
#[derive(Clone, Debug)]
pub(super) struct Column {
    pub(super) name: String,
    /// Noughts and ones that mean no and yes.
    pub(super) is_flag: bool,
}

/// More rows than this in a table that lists layers are a file that repeats one page over and over.
const MOST_LISTED: usize = 10_000;

/// Every layer of a database, by name.
pub(super) fn of(database: &Database) -> Result<Vec<Layer>, Refusal> {
    let plain: BTreeSet<String> = list(
        database,
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'",
    )?
    .into_iter()
    .map(|row| text(row, 0).to_lowercase())
    .collect();
    let has = |name: &str| plain.contains(name);
    if !has("gpkg_contents") || !has("gpkg_spatial_ref_sys") {
        return Err(Refusal::NotAGeoPackage);
    }
    let contents = list(
        database,
        "SELECT table_name FROM gpkg_contents WHERE data_type IN ('features', 'attributes')",
    )?;
    let shapes = match has("gpkg_geometry_columns") {
        true => list(
            database,
            "SELECT table_name, column_name, srs_id FROM gpkg_geometry_columns",
        )?,
        false => Vec::new(),
    };
    let systems = list(
        database,
        "SELECT organization, organization_coordsys_id, srs_id, definition FROM gpkg_spatial_ref_sys",
    )?;
    let crs = |id: &Value| {
        let system = systems.iter().find(|row| row.get(2) == Some(id))?;
        let numbered = match (system.first()?, system.get(1)?) {
            (Value::Text(body), Value::Whole(code)) if *code > 0 => {
                Some(format!("{}:{code}", body.to_uppercase()))
            }
            _ => None,
        };
        let described = match system.get(3) {
            Some(Value::Text(text)) if text.contains('[') => Some(text.clone()),
            _ => None,
        };
        // The numbers of other bodies are not in the register that we have.
        match numbered {
            Some(number) if number.starts_with("EPSG:") || described.is_none() => Some(number),
            _ => described,
        }
    };
    let mut layers: Vec<Layer> = contents
        .into_iter()
        .map(|row| {
            let name = text(row, 0);
            let shape = shapes.iter().find(|row| text((*row).clone(), 0) == name);
            Layer {
                plain: has(&name.to_lowercase()),
                geometry: shape.map(|row| text(row.clone(), 1)),
                crs: shape.and_then(|row| crs(row.get(2)?)),
                name,
            }
        })
        .collect();
    layers.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(layers)
}

/// The rows of a short table.
fn list(database: &Database, sql: &str) -> Result<Vec<Vec<Value>>, Refusal> {
    let mut rows = Vec::new();
    database.query(sql, &[], |row| {
        rows.push(row);
        match rows.len() > MOST_LISTED {
            true => Err(Refusal::Corrupt("it lists too many layers".to_owned())),
            false => Ok(()),
        }
    })?;
    Ok(rows)
}

fn text(row: Vec<Value>, at: usize) -> String {
    match row.into_iter().nth(at) {
        Some(Value::Text(text)) => text,
        _ => String::new(),
    }
}

/// The layer that is meant.
pub(super) fn choose<'a>(
    layers: &'a [Layer],
    wanted: Option<&str>,
    file: &str,
) -> Result<&'a Layer, Box<Finding>> {
    // The styles that QGIS keeps beside the layers are no data.
    let data = || layers.iter().filter(|layer| layer.name != "layer_styles");
    let known = || data().map(|layer| layer.name.as_str());
    let finding = |code| Finding::new(code, Severity::Error, RowRef::file(file)).column("layer");
    let layer = match wanted {
        Some(wanted) => data()
            .find(|layer| layer.name == wanted)
            .or_else(|| data().find(|layer| layer.name.eq_ignore_ascii_case(wanted.trim())))
            .ok_or_else(|| {
                finding("no-such-layer")
                    .cause(format!("the GeoPackage has no layer `{wanted}`"))
                    .action(did_you_mean(wanted, known()))
            })?,
        None => {
            let mut all = data();
            match (all.next(), all.next()) {
                (Some(only), None) => only,
                (None, _) => {
                    return Err(finding("no-such-layer")
                        .cause("the GeoPackage has no layer")
                        .action("bring the file again")
                        .into());
                }
                (Some(first), Some(_)) => {
                    return Err(finding("several-layers")
                        .cause(format!(
                            "the GeoPackage has several layers: {}",
                            known().take(40).collect::<Vec<_>>().join(", ")
                        ))
                        .action("name one with `layer`")
                        .setting(format!(
                            "layer = {}",
                            toml::Value::from(first.name.as_str())
                        ))
                        .into());
                }
            }
        }
    };
    if layer.plain {
        return Ok(layer);
    }
    let at = RowRef::file(&part_of(file, &layer.name));
    Err(Finding::new("layer-is-no-table", Severity::Error, at)
        .cause("the layer is a view or is missing: a view runs what the file says, and is not read")
        .action("save it as a layer of its own: in QGIS, Export > Save Features As…")
        .into())
}

/// The columns to read: all that are stored, but for the shape and the row number.
pub(super) fn columns(database: &Database, layer: &Layer) -> Result<Vec<Column>, Refusal> {
    let mut columns = Vec::new();
    database.query(
        "SELECT name, type, hidden, pk FROM pragma_table_xinfo(?1)",
        &[&layer.name],
        |row| {
            let stored = row.get(2) == Some(&Value::Whole(0));
            let key = !matches!(row.get(3), Some(Value::Whole(0)));
            let kind = text(row.clone(), 1).to_uppercase();
            let name = text(row, 0);
            let number = key && ["fid", "ogc_fid"].contains(&name.to_lowercase().as_str());
            if stored && !number && layer.geometry.as_deref() != Some(&name) {
                columns.push(Column {
                    is_flag: kind == "BOOLEAN",
                    name,
                });
            }
            Ok(())
        },
    )?;
    Ok(columns)
}

/// The query that reads a layer: the shape first, where it has one.
pub(super) fn select(layer: &Layer, columns: &[Column]) -> String {
    let names = layer.geometry.iter().map(String::as_str);
    let names = names.chain(columns.iter().map(|column| column.name.as_str()));
    let mut list: Vec<String> = names.map(quoted).collect();
    if list.is_empty() {
        list.push("NULL".to_owned());
    }
    format!("SELECT {} FROM {}", list.join(", "), quoted(&layer.name))
}

/// A name as SQL takes it for a name and nothing else.
pub(super) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
