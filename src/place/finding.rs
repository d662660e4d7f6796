//! What was noticed while a place was read.

use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

/// What a finding does to a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Stops: nothing is planned, exit code 3.
    Error,
    /// The row was set aside, whole, into `rejected.csv`.
    Reject,
    /// A value was repaired; the original stands in the finding.
    Repair,
    /// A value was missing and a named default was used.
    Default,
    /// Noted; nothing was changed.
    Warn,
}

impl Severity {
    /// The name in tables.
    pub fn name(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Reject => "reject",
            Severity::Repair => "repair",
            Severity::Default => "default",
            Severity::Warn => "warn",
        }
    }
}

/// A row of an input file: data records counted from 1, and the line the record starts on.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct RowRef {
    /// The file as named in `place.toml`; shared, because every row of a big table names it.
    #[serde(serialize_with = "as_text")]
    pub file: Arc<str>,
    /// Data record, from 1; 0 where the whole file or its header is meant.
    pub record: u64,
    /// Line of the file the record starts on, from 1; 0 where lines mean nothing (GeoJSON).
    pub line: u64,
}

/// How many rows have a finding of one of these severities: one with several counts once.
pub fn rows_with(findings: &[Finding], severities: &[Severity]) -> usize {
    let found = findings
        .iter()
        .filter(|one| severities.contains(&one.severity));
    let rows: BTreeSet<&RowRef> = found.map(|one| &one.row).collect();
    rows.len()
}

fn as_text<S: serde::Serializer>(file: &Arc<str>, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(file)
}

fn as_list<S: serde::Serializer>(names: &Arc<[String]>, to: S) -> Result<S::Ok, S::Error> {
    to.collect_seq(names.iter())
}

impl RowRef {
    /// The whole file, or its header.
    pub fn file(name: &str) -> Self {
        Self {
            file: name.into(),
            record: 0,
            line: 0,
        }
    }
}

impl fmt::Display for RowRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.record, self.line) {
            (0, _) => write!(f, "{}", self.file),
            (record, 0) => write!(f, "{}:record {record}", self.file),
            (record, line) => write!(f, "{}:record {record} (line {line})", self.file),
        }
    }
}

/// One fault, repair, default or remark, with its code, place, cause and what was done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// Stable code in kebab case, such as `swapped-coordinates`; listed in the guide.
    pub code: &'static str,
    /// What it does to the run.
    pub severity: Severity,
    /// The row; record 0 for the whole file.
    pub row: RowRef,
    /// The column's name in the file, where one is meant; several joined by `;`.
    pub column: Option<String>,
    /// The cell as it stood.
    pub cell: Option<String>,
    /// What is wrong.
    pub cause: String,
    /// What was done, or what the reader should do.
    pub action: String,
    /// The exact line to put into `place.toml` to settle it, where one would.
    pub setting: Option<String>,
}

impl Finding {
    /// A finding about a row. Add the rest with the methods below.
    pub fn new(code: &'static str, severity: Severity, row: RowRef) -> Self {
        Self {
            code,
            severity,
            row,
            column: None,
            cell: None,
            cause: String::new(),
            action: String::new(),
            setting: None,
        }
    }

    /// Names the column.
    pub fn column(mut self, name: impl Into<String>) -> Self {
        self.column = Some(name.into());
        self
    }

    /// Shows the cell as it stood.
    pub fn cell(mut self, cell: impl Into<String>) -> Self {
        self.cell = Some(cell.into());
        self
    }

    /// Says what is wrong.
    pub fn cause(mut self, text: impl Into<String>) -> Self {
        self.cause = text.into();
        self
    }

    /// Says what was done, or what to do.
    pub fn action(mut self, text: impl Into<String>) -> Self {
        self.action = text.into();
        self
    }

    /// Gives the line of `place.toml` that settles it.
    pub fn setting(mut self, line: impl Into<String>) -> Self {
        self.setting = Some(line.into());
        self
    }
}

/// A row set aside, whole, as it stands in `rejected.csv`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Rejected {
    /// Where it stood.
    pub row: RowRef,
    /// The code of the [`Finding`] that says why.
    pub code: &'static str,
    /// The table's column names, shared by its rows.
    #[serde(serialize_with = "as_list")]
    pub header: Arc<[String]>,
    /// The row's cells, as they stood.
    pub cells: Vec<String>,
}
