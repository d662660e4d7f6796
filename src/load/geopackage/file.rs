//! The one file that knows the GeoPackage library: a database to read from, and one to write.

use geopackage::core::types::{ColumnType, GeometryType};
use geopackage::{
    ColumnSpec, DataColumn, GeoPackage, GeometrySpec, OpenOptions, TableSchemaBuilder,
};
use std::path::Path;

/// A value of a cell.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value {
    Null,
    Whole(i64),
    Number(f64),
    Text(String),
    Blob(Vec<u8>),
}

/// Why a file is not read.
#[derive(Debug)]
pub(crate) enum Refusal {
    NotAGeoPackage,
    Corrupt(String),
}

/// A GeoPackage.
pub(crate) struct Database {
    package: GeoPackage,
}

impl Database {
    /// Opens a file to read. Functions that a schema could misuse are off.
    pub(crate) fn open(path: &Path) -> Result<Self, Refusal> {
        bound_memory();
        let package = OpenOptions::new()
            .open_read_only(path)
            .map_err(|fault| match fault {
                geopackage::Error::NotAGeoPackage { .. } => Refusal::NotAGeoPackage,
                other => corrupt(other),
            })?;
        package
            .connection()
            .execute_batch(
                "PRAGMA trusted_schema = OFF; PRAGMA query_only = ON; PRAGMA cell_size_check = ON;",
            )
            .map_err(corrupt)?;
        Ok(Self { package })
    }

    /// Runs a query of ours and hands over each row.
    pub(crate) fn query(
        &self,
        sql: &str,
        texts: &[&str],
        mut each: impl FnMut(Vec<Value>) -> Result<(), Refusal>,
    ) -> Result<(), Refusal> {
        let mut statement = self.package.connection().prepare(sql).map_err(corrupt)?;
        for (at, text) in texts.iter().enumerate() {
            statement
                .raw_bind_parameter(at + 1, *text)
                .map_err(corrupt)?;
        }
        let width = statement.column_count();
        let mut rows = statement.raw_query();
        while let Some(row) = rows.next().map_err(corrupt)? {
            let mut values = Vec::with_capacity(width);
            for at in 0..width {
                let value = row.get_ref(at).map_err(corrupt)?;
                values.push(match (value.as_i64(), value.as_f64()) {
                    (Ok(whole), _) => Value::Whole(whole),
                    (_, Ok(number)) => Value::Number(number),
                    _ => match (value.as_blob(), value.as_bytes()) {
                        (Ok(blob), _) => Value::Blob(blob.to_vec()),
                        (_, Ok(text)) => Value::Text(String::from_utf8_lossy(text).into_owned()),
                        _ => Value::Null,
                    },
                });
            }
            each(values)?;
        }
        Ok(())
    }
}

/// What the cells of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ColumnKind {
    Text,
    Number,
    Whole,
    Flag,
    Date,
}

/// What the shapes of a layer are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ShapeKind {
    Point,
    LineString,
    MultiLineString,
    MultiPolygon,
    Geometry,
}

fn told(fault: impl std::fmt::Display) -> String {
    fault.to_string()
}

/// Writing. Faults come back as words: they are ours or the disk's.
impl Database {
    /// Makes a new file. Half of it is worth nothing, so nothing waits for the disk.
    pub(crate) fn create(path: &Path) -> Result<Self, String> {
        bound_memory();
        let package = OpenOptions::new().create(path).map_err(told)?;
        let connection = package.connection();
        let settings = "PRAGMA synchronous = OFF; PRAGMA journal_mode = OFF;";
        connection.execute_batch(settings).map_err(told)?;
        Ok(Self { package })
    }

    /// Makes the table of a layer, with its spatial index.
    pub(crate) fn create_layer(
        &self,
        name: &str,
        title: &str,
        about: &str,
        columns: &[(&str, ColumnKind)],
        (shape, system): (ShapeKind, i32),
    ) -> Result<(), String> {
        let shape = match shape {
            ShapeKind::Point => GeometryType::Point,
            ShapeKind::LineString => GeometryType::LineString,
            ShapeKind::MultiLineString => GeometryType::MultiLineString,
            ShapeKind::MultiPolygon => GeometryType::MultiPolygon,
            ShapeKind::Geometry => GeometryType::Geometry,
        };
        let mut table = TableSchemaBuilder::new(name)
            .identifier(title)
            .description(about)
            .geometry(GeometrySpec::new(shape, system));
        for (name, kind) in columns {
            let kind = match kind {
                ColumnKind::Text => ColumnType::Text(None),
                ColumnKind::Number => ColumnType::Double,
                ColumnKind::Whole => ColumnType::Integer,
                ColumnKind::Flag => ColumnType::Boolean,
                ColumnKind::Date => ColumnType::Date,
            };
            table = table.column(ColumnSpec::new(*name, kind));
        }
        self.package.create_layer(&table).map_err(told)?;
        // The first of these makes the tables that describe columns.
        let described = DataColumn {
            column_name: "fid".to_owned(),
            name: Some("Row".to_owned()),
            title: None,
            description: None,
            mime_type: None,
            constraint_name: None,
        };
        self.package.set_data_column(name, &described).map_err(told)
    }

    /// Runs statements of ours.
    pub(crate) fn run(&self, sql: &str) -> Result<(), String> {
        self.package.connection().execute_batch(sql).map_err(told)
    }

    /// Runs one statement of ours for every row of values, all or none.
    pub(crate) fn insert(&self, sql: &str, rows: &[Vec<Value>]) -> Result<(), String> {
        self.run("BEGIN")?;
        let mut statement = self.package.connection().prepare(sql).map_err(told)?;
        for row in rows {
            for (at, value) in (1_usize..).zip(row) {
                match value {
                    Value::Null => statement.raw_bind_parameter(at, None::<i64>),
                    Value::Whole(whole) => statement.raw_bind_parameter(at, *whole),
                    Value::Number(number) => statement.raw_bind_parameter(at, *number),
                    Value::Text(text) => statement.raw_bind_parameter(at, text.as_str()),
                    Value::Blob(blob) => statement.raw_bind_parameter(at, blob.as_slice()),
                }
                .map_err(told)?;
            }
            statement.raw_execute().map_err(told)?;
        }
        drop(statement);
        self.run("COMMIT")
    }

    /// Writes the file anew in the order of its content, and closes it.
    pub(crate) fn finish(self) -> Result<(), String> {
        self.run("VACUUM")?;
        self.package.close().map_err(told)
    }
}

/// No database that is read or written takes more memory than this, whatever it says of itself.
fn bound_memory() {
    static DONE: std::sync::Once = std::sync::Once::new();
    DONE.call_once(|| {
        if let Ok(package) = GeoPackage::create(":memory:") {
            let bound = "PRAGMA hard_heap_limit = 1073741824;";
            // Where it cannot be set, the bounds on what is read still hold.
            let _ = package.connection().execute_batch(bound);
        }
    });
}

fn corrupt(fault: impl std::fmt::Display) -> Refusal {
    Refusal::Corrupt(fault.to_string())
}
