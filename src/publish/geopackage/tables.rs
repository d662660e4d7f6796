//! The tables of the file: what the standard asks for, one for each layer, and the styles.

use super::super::cell::{Cell, rounded};
use super::super::fields::field;
use super::super::layers::{Column, Layer, alias, title};
use super::super::qml::Style;
use super::blob::{Kind, System};
use crate::load::geopackage::{ColumnKind, Database, ShapeKind, Value};
use jiff::civil::Date;

/// The British National Grid as well-known text, with its EPSG codes.
const BRITISH: &str = r#"PROJCS["OSGB36 / British National Grid",GEOGCS["OSGB36",DATUM["Ordnance_Survey_of_Great_Britain_1936",SPHEROID["Airy 1830",6377563.396,299.3249646,AUTHORITY["EPSG","7001"]],AUTHORITY["EPSG","6277"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AUTHORITY["EPSG","4277"]],PROJECTION["Transverse_Mercator"],PARAMETER["latitude_of_origin",49],PARAMETER["central_meridian",-2],PARAMETER["scale_factor",0.9996012717],PARAMETER["false_easting",400000],PARAMETER["false_northing",-100000],UNIT["metre",1,AUTHORITY["EPSG","9001"]],AXIS["Easting",EAST],AXIS["Northing",NORTH],AUTHORITY["EPSG","27700"]]"#;

fn text(text: impl Into<String>) -> Value {
    Value::Text(text.into())
}

/// Prepares the file for layers in this system.
pub(super) fn begin(database: &Database, system: System) -> Result<(), String> {
    if system == System::British {
        database.insert(
            "INSERT INTO gpkg_spatial_ref_sys
                (srs_name, srs_id, organization, organization_coordsys_id, definition, description)
                VALUES (?1, 27700, 'EPSG', 27700, ?2, 'eastings and northings in metres')",
            &[vec![text("OSGB36 / British National Grid"), text(BRITISH)]],
        )?;
    }
    Ok(())
}

/// Writes a layer: its table, spatial index, features, and names for people.
pub(super) fn write_layer(
    database: &Database,
    layer: &Layer,
    system: System,
    about: &str,
) -> Result<(), String> {
    let shapes = || layer.features.iter().map(|feature| &feature.shape);
    let usual = match layer.name {
        "moves" | "matches" => Kind::Line,
        "zones" => Kind::Areas,
        _ => Kind::Point,
    };
    let kind = Kind::of(shapes()).unwrap_or(usual);
    let columns: Vec<(&str, ColumnKind)> = layer
        .columns
        .iter()
        .enumerate()
        .map(|(at, column)| (column.name.as_str(), column_kind(layer, at, column)))
        .collect();
    let shape_kind = match kind {
        Kind::Point => ShapeKind::Point,
        Kind::Line => ShapeKind::LineString,
        Kind::Lines => ShapeKind::MultiLineString,
        Kind::Areas => ShapeKind::MultiPolygon,
        Kind::Any => ShapeKind::Geometry,
    };
    database.create_layer(
        layer.name,
        title(layer.name),
        about,
        &columns,
        (shape_kind, system.code()),
    )?;
    let rows: Vec<Vec<Value>> = layer
        .features
        .iter()
        .map(|feature| {
            let shape = system.blob(&feature.shape, kind);
            let shape = shape.map_or(Value::Null, Value::Blob);
            let cells = feature.cells.iter().map(value);
            cells.chain(std::iter::once(shape)).collect()
        })
        .collect();
    let names: Vec<String> = columns
        .iter()
        .map(|(name, _)| format!("\"{name}\""))
        .chain(std::iter::once("\"geom\"".to_owned()))
        .collect();
    let places: Vec<String> = (1..=names.len()).map(|at| format!("?{at}")).collect();
    let insert = format!(
        "INSERT INTO \"{}\" ({}) VALUES ({})",
        layer.name,
        names.join(", "),
        places.join(", ")
    );
    database.insert(&insert, &rows)?;
    let (name, index) = (layer.name, format!("rtree_{}_geom", layer.name));
    database.run(&format!(
        "UPDATE gpkg_contents SET (min_x, min_y, max_x, max_y) =
            (SELECT min(minx), min(miny), max(maxx), max(maxy) FROM \"{index}\")
            WHERE table_name = '{name}'"
    ))?;
    name_columns(database, layer)
}

/// A kind by what the cells are; where all are blank, by the unit of the field.
fn column_kind(layer: &Layer, at: usize, column: &Column) -> ColumnKind {
    if ["date", "expires"].contains(&column.name.as_str()) {
        return ColumnKind::Date;
    }
    let mut cells = layer.features.iter().filter_map(|one| one.cells.get(at));
    let unit = || field(column.field).map_or("", |(_, _, unit, _)| *unit);
    match cells.find(|cell| **cell != Cell::Null) {
        Some(Cell::Number(..)) => ColumnKind::Number,
        Some(Cell::Whole(_)) => ColumnKind::Whole,
        Some(Cell::Flag(_)) => ColumnKind::Flag,
        Some(_) => ColumnKind::Text,
        None => match unit() {
            "years" | "number" => ColumnKind::Whole,
            unit if unit.contains('£') || ["m²", "km", "metres", "people"].contains(&unit) => {
                ColumnKind::Number
            }
            "true, false" => ColumnKind::Flag,
            _ => ColumnKind::Text,
        },
    }
}

fn value(cell: &Cell) -> Value {
    match cell {
        Cell::Null => Value::Null,
        Cell::Key(words) | Cell::Text(words) => Value::Text(words.clone()),
        Cell::Number(number, decimals) => {
            rounded(*number, *decimals).map_or(Value::Null, Value::Number)
        }
        Cell::Whole(number) => Value::Whole(*number),
        Cell::Flag(flag) => Value::Whole(i64::from(*flag)),
    }
}

/// What people call each column, and what it means.
fn name_columns(database: &Database, layer: &Layer) -> Result<(), String> {
    let rows: Vec<Vec<Value>> = layer
        .columns
        .iter()
        .map(|column| {
            let known = field(column.field);
            let (unit, meaning) = known.map_or(("", ""), |(_, _, unit, meaning)| (*unit, *meaning));
            let alias = alias(layer.name, column);
            vec![
                text(layer.name),
                text(&column.name),
                text(alias.clone()),
                text(match unit {
                    "" => alias,
                    unit => format!("{alias} ({unit})"),
                }),
                text(meaning),
            ]
        })
        .collect();
    database.insert(
        "INSERT INTO gpkg_data_columns (table_name, column_name, name, title, description)
            VALUES (?1, ?2, ?3, ?4, ?5)",
        &rows,
    )
}

/// The table in which QGIS looks for styles.
pub(super) fn write_styles(database: &Database, styles: &[Style], day: Date) -> Result<(), String> {
    database.run(
        "CREATE TABLE layer_styles (
            id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
            f_table_catalog TEXT(256), f_table_schema TEXT(256), f_table_name TEXT(256),
            f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT, styleSLD TEXT,
            useAsDefault BOOLEAN, description TEXT, owner TEXT(30), ui TEXT(30),
            update_time DATETIME);
        INSERT INTO gpkg_contents (table_name, data_type, identifier, description)
            VALUES ('layer_styles', 'attributes', 'layer_styles', 'Styles that QGIS opens the layers with');",
    )?;
    let rows: Vec<Vec<Value>> = styles
        .iter()
        .map(|style| {
            vec![
                text(style.layer),
                text(style.name.chars().take(30).collect::<String>()),
                text(&style.xml),
                Value::Whole(i64::from(style.is_default)),
                text(&style.about),
                text(moment(day)),
            ]
        })
        .collect();
    database.insert(
        "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column,
            styleName, styleQML, styleSLD, useAsDefault, description, owner, ui, update_time)
            VALUES ('', '', ?1, 'geom', ?2, ?3, '', ?4, ?5, 'oneroof', NULL, ?6)",
        &rows,
    )
}

fn moment(day: Date) -> String {
    format!("{day}T00:00:00.000Z")
}

/// Dates everything by the base date, and closes the file without a trace of how it was made.
pub(super) fn finish(database: Database, day: Date) -> Result<(), String> {
    database.insert(
        "UPDATE gpkg_contents SET last_change = ?1",
        &[vec![text(moment(day))]],
    )?;
    database.finish()
}
