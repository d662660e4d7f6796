//! Shapefiles to tables: the shapes (`.shp`), a row of cells for each (`.dbf`), and beside them the system of the
//! coordinates (`.prj`) and the encoding (`.cpg`): files of one folder, or of a zip archive.
//!
//! Read here and not by a library: those there are read numbers of type F in single precision, which costs a
//! population its last digits, and end a file at its first record at fault.

mod dbf;
mod files;
mod shp;

pub(super) use files::is_archive;

use super::table::{digest, share_a_full_page, share_the_last_page};
use super::{Cells, Record, Table, TableOptions, shapes};
use crate::place::words::count;
use crate::place::{Finding, RowRef, Severity};
use files::Parts;
use std::path::Path;

/// Reads the shapefile whose shapes are at a path.
pub(super) fn read(
    path: &Path,
    name: &str,
    options: &TableOptions,
    findings: &mut Vec<Finding>,
) -> Result<Table, Box<Finding>> {
    let parts = files::beside(path, name)?;
    let mut table = table(&parts, options, findings)?;
    table.sha256 = digest(&parts.all());
    Ok(table)
}

/// Reads the shapefile in a zip archive: the one named in `options`, else the only one.
pub(super) fn read_archive(
    bytes: &[u8],
    name: &str,
    options: &TableOptions,
    findings: &mut Vec<Finding>,
) -> Result<Table, Box<Finding>> {
    let parts = files::unpacked(bytes, name, options.layer.as_deref())?;
    let mut table = table(&parts, options, findings)?;
    table.sha256 = digest(bytes);
    Ok(table)
}

fn table(
    parts: &Parts,
    options: &TableOptions,
    findings: &mut Vec<Finding>,
) -> Result<Table, Box<Finding>> {
    let rows = dbf::read(parts, options, findings)?;
    let cut_off = |why: String| corrupt(&parts.name, ".shp", &why);
    let unlike = |shapes: &str| {
        let why = format!(
            "the .dbf holds {} and the .shp {shapes}",
            count(rows.len(), "row")
        );
        corrupt(&parts.name, ".shp and .dbf", &why)
    };
    let mut shapes = shp::records(&parts.shp);
    let mut table = Table {
        file: parts.name.as_str().into(),
        header: rows.header.clone(),
        crs: parts.system(),
        has_shapes: true,
        ..Table::default()
    };
    let mut deleted = 0_usize;
    for (at, row) in rows.iter().enumerate() {
        let shape = shapes
            .next()
            .ok_or_else(|| unlike(&count(at, "shape")))?
            .map_err(cut_off)?;
        // What is deleted stays in the files until somebody packs them.
        let Some(cells) = row else {
            deleted += 1;
            continue;
        };
        let at = RowRef {
            record: table.records.len() as u64 + 1,
            ..RowRef::file(&parts.name)
        };
        let shape = shapes::read(&shape, &at, findings);
        table.records.push(Record {
            at,
            cells: cells.iter().map(String::as_str).collect::<Cells>(),
            shape: shape.map(Box::new),
        });
        share_a_full_page(&mut table.records);
    }
    share_the_last_page(&mut table.records);
    if shapes.next().is_some() {
        return Err(unlike("more shapes"));
    }
    if deleted > 0 {
        findings.push(
            Finding::new("rows-deleted", Severity::Repair, table.whole())
                .cause(format!("{} marked as deleted", count(deleted, "row")))
                .action("left out, as other programs do"),
        );
    }
    Ok(table)
}

/// The error of shapes that come without the other files.
pub(super) fn alone(name: &str) -> Box<Finding> {
    files::part_missing(name)
}

fn corrupt(name: &str, part: &str, why: &str) -> Box<Finding> {
    Finding::new("shapefile-corrupt", Severity::Error, RowRef::file(name))
        .cause(format!("the shapefile cannot be read, {part}: {why}"))
        .action("bring all its files again; one may be cut off, or belong to another")
        .into()
}

#[cfg(test)]
mod tests;
