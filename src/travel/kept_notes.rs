//! What was noticed of timetables, kept with the times that came of them.

use super::cache::{CacheFault, damaged, not_written};
use super::transit::FeedNote;
use geopackage::GeoPackage;

/// Writes what was noticed.
pub(super) fn write(file: &GeoPackage, notes: &[FeedNote]) -> Result<(), CacheFault> {
    let to = file.connection();
    let mut row = to
        .prepare(
            "INSERT INTO feed_notes (code, file, line, column_name, cell, cause, action, row_left_out)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )
        .map_err(not_written)?;
    for note in notes {
        let line = note.line as i64;
        let left_out = serde_json::to_string(&(&note.header, &note.cells)).map_err(not_written)?;
        row.execute((
            note.code,
            &note.file,
            line,
            &note.column,
            &note.cell,
            &note.cause,
            &note.action,
            left_out,
        ))
        .map_err(not_written)?;
    }
    Ok(())
}

/// What was noticed when the times were worked out.
pub(super) fn read(file: &GeoPackage) -> Result<Vec<FeedNote>, CacheFault> {
    let mut rows = file
        .connection()
        .prepare(
            "SELECT code, file, line, column_name, cell, cause, action, row_left_out FROM feed_notes ORDER BY id",
        )
        .map_err(damaged)?;
    let rows = rows
        .query_map((), |row| {
            let text = |at| row.get::<_, String>(at);
            // What cannot be read is found out by the checksum over all of it.
            let (header, cells) = serde_json::from_str(&text(7)?).unwrap_or_default();
            let note = FeedNote {
                code: FeedNote::code_named(&text(0)?).unwrap_or_default(),
                file: text(1)?,
                line: row.get::<_, i64>(2)? as u64,
                column: text(3)?,
                cell: text(4)?,
                cause: text(5)?,
                action: text(6)?,
                header,
                cells,
            };
            Ok(note)
        })
        .map_err(damaged)?;
    rows.collect::<Result<_, _>>().map_err(damaged)
}
