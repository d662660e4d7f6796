//! Opens the tables that `place.toml` names: paths, options, row filters, provenance.

use super::buildings::Refused;
use super::overlay::Overlays;
use crate::load::config::{ConfigText, TableBlock};
use crate::load::crowds::Crowds;
use crate::load::{Columns, Table, TableOptions, normalise, plain, read_table};
use crate::place::{Finding, Rejected, RowRef, Severity, Source};
use jiff::civil::Date;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Everything noticed while a place is read, and where its files are.
pub(super) struct Desk {
    /// The folder of `place.toml`.
    pub folder: PathBuf,
    /// The folder that stands in for it, where `--data` gave one.
    pub data: Option<PathBuf>,
    /// The base date, for tables that are too old.
    pub base_date: Date,
    /// The licence of the data as a whole, for tables that state none of their own.
    pub licence: Option<String>,
    /// What was noticed.
    pub findings: Vec<Finding>,
    /// What was noticed so often that it is only counted.
    pub crowds: Crowds,
    /// Registers none of whose records has a place: errors where no building of the place has one.
    pub nowhere: Vec<Finding>,
    /// The coordinate systems that tables of zones are read in.
    pub zone_systems: BTreeSet<String>,
    /// Rows set aside.
    pub rejected: Vec<Rejected>,
    /// Files read.
    pub sources: Vec<Source>,
    /// Answers that are laid over the tables.
    pub overlays: Overlays,
}

impl Desk {
    /// Where a file of `place.toml` is: beside it, or in the `--data` folder unless it begins
    /// with `./`.
    pub(super) fn path(&self, file: &str) -> PathBuf {
        match (&self.data, file.strip_prefix("./")) {
            (_, Some(here)) => self.folder.join(here),
            (Some(data), None) => data.join(file),
            (None, None) => self.folder.join(file),
        }
    }

    /// Reads a table, leaves out the rows its `where` does not want, and notes where it came from.
    /// `None` where it cannot be read; the finding says why.
    pub(super) fn read(
        &mut self,
        block: &TableBlock<'_>,
        what: &str,
        key: &str,
        config: &ConfigText,
    ) -> Option<Table> {
        let path = self.path(block.file);
        self.warn_if_outside(block.file, key, config);
        if !path.is_file() {
            self.findings
                .push(missing_file(&path, block.file, key, config));
            return None;
        }
        let delimiter = match block.delimiter.map(one_char) {
            Some(None) => {
                self.findings.push(
                    config
                        .refuse(
                            "bad-config",
                            &format!("{key}.delimiter"),
                            "it is not one character",
                        )
                        .action("write one character, such as \";\" or \"tab\""),
                );
                return None;
            }
            Some(Some(delimiter)) => Some(delimiter),
            None => None,
        };
        let options = TableOptions {
            delimiter,
            encoding: block.encoding.map(str::to_string),
            header_row: block.header_row,
            headerless: block.headerless,
            crs: block.crs.map(str::to_string),
            sheet: block.sheet.map(str::to_string),
            layer: block.layer.map(str::to_string),
        };
        let read = read_table(
            &path,
            block.file,
            &options,
            &mut self.findings,
            &mut self.rejected,
        );
        let mut table = match read {
            Ok(table) => table,
            Err(finding) => {
                self.findings.push(*finding);
                return None;
            }
        };
        self.sources.push(Source {
            file: block.file.to_string(),
            table: what.to_string(),
            as_of: block.as_of,
            source: block.source.map(str::to_string),
            licence: block
                .licence
                .map(str::to_string)
                .or_else(|| self.licence.clone()),
            sha256: table.sha256.clone(),
            rows: table.records.len() as u64,
        });
        self.crowds.thin(&mut self.findings);
        if table.records.is_empty() {
            self.findings.push(
                Finding::new("no-rows", Severity::Warn, table.whole())
                    .cause("the table has a header and no row that can be used")
                    .action("nothing is read from it; bring the whole file"),
            );
        }
        self.warn_if_old(block);
        if !self.filter(&mut table, block) {
            return None;
        }
        Some(table)
    }

    /// A path that leaves its folder works here and nowhere else.
    fn warn_if_outside(&mut self, file: &str, key: &str, config: &ConfigText) {
        let path = Path::new(file);
        let leaves = path.is_absolute()
            || path
                .components()
                .any(|part| part == std::path::Component::ParentDir);
        if leaves {
            let row = config.at(&format!("{key}.file"));
            self.findings.push(
                Finding::new("path-outside-place", Severity::Warn, row)
                    .column(format!("{key}.file"))
                    .cell(file)
                    .cause("the path leaves the folder of the place")
                    .action("read; keep files beside place.toml, or use --data"),
            );
        }
    }

    fn warn_if_old(&mut self, block: &TableBlock<'_>) {
        let Some(as_of) = block.as_of else { return };
        let limit = self.base_date.saturating_sub(jiff::Span::new().years(3));
        if as_of < limit {
            self.findings.push(
                Finding::new("table-old", Severity::Warn, RowRef::file(block.file))
                    .cell(as_of.to_string())
                    .cause("it is more than 3 years older than the base date")
                    .action("used as it is; ask for a newer one"),
            );
        }
    }

    /// Keeps the rows whose cells are among the wanted values. False where a column is not there.
    fn filter(&mut self, table: &mut Table, block: &TableBlock<'_>) -> bool {
        let mut wanted = Vec::new();
        for (column, values) in block.rows {
            let Some(at) = column_named(table, column) else {
                self.findings.push(no_such_column(table, column, "where"));
                return false;
            };
            wanted.push((at, values.0.iter().map(|v| plain(v)).collect::<Vec<_>>()));
        }
        if wanted.is_empty() {
            return true;
        }
        let before = table.records.len();
        table.records.retain(|record| {
            wanted
                .iter()
                .all(|(at, values)| values.contains(&plain(record.cell(*at))))
        });
        let left = before - table.records.len();
        if left > 0 {
            let said: Vec<_> = block
                .rows
                .iter()
                .map(|(column, values)| format!("{column} = {}", values.0.join(" or ")))
                .collect();
            self.findings.push(
                Finding::new("rows-not-wanted", Severity::Warn, table.whole())
                    .column(block.rows.keys().cloned().collect::<Vec<_>>().join(";"))
                    .cause(format!(
                        "{left} of {before} rows are not `{}`",
                        said.join(", ")
                    ))
                    .action("left out, as `where` asks"),
            );
        }
        if table.records.is_empty() && before > 0 {
            self.findings.push(
                Finding::new("no-rows-left", Severity::Error, table.whole())
                    .cause("`where` leaves no row")
                    .action("check its values against the file's"),
            );
            return false;
        }
        true
    }

    /// Sets a row aside, with its finding.
    pub(super) fn reject(
        &mut self,
        table: &Table,
        record: &crate::load::Record,
        code: &'static str,
        cause: String,
        action: &str,
    ) {
        self.findings.push(
            Finding::new(code, Severity::Reject, record.at.clone())
                .cause(cause)
                .action(action),
        );
        table.reject(record, code, &mut self.rejected);
    }

    /// Sets a row aside that cannot be read. An agency or a service that is one letter away from a known one is no
    /// other but a slip, which would leave a building, a team or a counter out of every sum: it stops. Every
    /// fault of the row is told.
    pub(super) fn refuse_row(
        &mut self,
        table: &Table,
        record: &crate::load::Record,
        faults: Vec<Refused>,
        columns: &Columns,
    ) {
        if let Some((code, ..)) = faults.first() {
            table.reject(record, code, &mut self.rejected);
        }
        for (code, cause, action) in faults {
            let is_a_slip = action.starts_with("did you mean");
            let mut finding = Finding::new(code, Severity::Reject, record.at.clone())
                .cause(cause)
                .action(action);
            let named = match code {
                "unknown-agency" => Some("agency"),
                "unknown-service" => Some("service"),
                "unknown-building" | "ambiguous-building" => Some("asset_id"),
                _ => None,
            };
            if let Some(named) = named {
                finding.column = Some(columns.header(named).unwrap_or(named).to_owned());
                finding.cell = columns.raw(record, named).map(str::to_owned);
                if named != "asset_id" && is_a_slip {
                    finding.severity = Severity::Error;
                }
            }
            self.findings.push(finding);
        }
    }

    /// An error where more than half of a table's rows were set aside.
    pub(super) fn judge_table(&mut self, table: &Table, set_aside: usize) {
        self.judge_rows(table, table.records.len(), set_aside);
    }

    /// As [`judge_table`](Self::judge_table), of a table whose rows were used up. Rows that could
    /// not even be read count too; copies, totals, notes and closed records were never rows to use.
    pub(super) fn judge_rows(&mut self, table: &Table, rows: usize, set_aside: usize) {
        let unread = self
            .rejected
            .iter()
            .filter(|row| matches!(row.code, "too-many-cells" | "nothing-stated"))
            .filter(|row| row.row.file == table.file)
            .count();
        let (rows, set_aside) = (rows + unread, set_aside + unread);
        if rows > 0 && set_aside * 2 > rows {
            self.findings.push(
                Finding::new("table-mostly-rejected", Severity::Error, table.whole())
                    .cause(format!("{set_aside} of {rows} rows cannot be used"))
                    .action("see the findings of its rows: a column is probably taken for another"),
            );
        }
    }
}

fn one_char(text: &str) -> Option<char> {
    match text {
        "tab" | "\\t" => Some('\t'),
        text => {
            let mut chars = text.chars();
            chars.next().filter(|_| chars.next().is_none())
        }
    }
}

fn missing_file(path: &Path, file: &str, key: &str, config: &ConfigText) -> Finding {
    config
        .refuse("missing-file", &format!("{key}.file"), why_no_file(path))
        .cell(file)
        .action("correct the name, bring the file, or give its folder with --data")
}

/// Why there is no file to read at a path.
pub(super) fn why_no_file(path: &Path) -> String {
    let shown = path.display();
    match std::fs::metadata(path) {
        Ok(what) if what.is_dir() => format!("{shown} is a folder, not a file"),
        Ok(_) => format!("{shown} is no ordinary file"),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            format!("{shown} does not exist")
        }
        Err(error) => format!("{shown} cannot be opened: {error}"),
    }
}

/// An error about a column that the user named and the table does not have.
pub(in super::super) fn no_such_column(table: &Table, column: &str, asked_by: &str) -> Finding {
    let hint = crate::load::config::did_you_mean(column, table.header.iter().map(String::as_str));
    Finding::new("unknown-column", Severity::Error, table.whole())
        .column(column)
        .cause(format!(
            "`{asked_by}` names a column that the table does not have"
        ))
        .action(hint)
}

/// A column by its name: exactly, else without regard to case and signs where only one fits.
pub(super) fn column_named(table: &Table, name: &str) -> Option<usize> {
    if let Some(at) = table.column(name) {
        return Some(at);
    }
    let wanted = normalise(name);
    let mut like = (0..table.header.len()).filter(|at| {
        table
            .header
            .get(*at)
            .is_some_and(|h| normalise(h) == wanted)
    });
    let first = like.next()?;
    (like.next().is_none() && !wanted.is_empty()).then_some(first)
}

/// The file's name as rows carry it.
pub(super) fn shared(name: &str) -> Arc<str> {
    name.into()
}
