//! The files of a network as the command line names them, and findings in its words: there is no `place.toml` whose
//! lines could settle anything.

use super::Noticed;
use crate::load::{Table, TableOptions, read_table};
use crate::place::{Finding, RowRef, Severity};
use std::path::{Path, PathBuf};

/// A file, and what was said of it.
pub(super) struct TableFile<'a> {
    /// The option that names it, without its dashes.
    option: &'static str,
    path: PathBuf,
    /// The layer or sheet that is meant.
    part: Option<String>,
    crs: Option<&'a str>,
}

/// Fields that an option names the column of.
const COLUMN_OPTIONS: [(&str, &str); 7] = [
    ("zone_id", "--demand-id"),
    ("asset_id", "--facility-id"),
    ("weight", "--weight"),
    ("capacity", "--capacity"),
    ("fixed_cost", "--fixed"),
    ("role", "--facility-type"),
    ("distance", "--cost"),
];

impl<'a> TableFile<'a> {
    /// A file as it was typed: `FILE`, or `FILE[PART]` where no file is called so.
    pub(super) fn new(option: &'static str, typed: &Path, crs: Option<&'a str>) -> TableFile<'a> {
        let text = typed.to_string_lossy();
        let parts = text
            .strip_suffix(']')
            .and_then(|text| text.rsplit_once('['))
            .filter(|_| !typed.exists());
        let (path, part) = match parts {
            Some((file, part)) => (PathBuf::from(file), Some(part.to_owned())),
            None => (typed.to_path_buf(), None),
        };
        TableFile {
            option,
            path,
            part,
            crs,
        }
    }

    fn name(&self) -> String {
        let name = self.path.file_name().unwrap_or_default();
        name.to_string_lossy().into_owned()
    }

    pub(super) fn open(&self, noticed: &mut Noticed) -> Option<Table> {
        let (path, name) = (&self.path, self.name());
        if !path.is_file() {
            let cause = if path.is_dir() {
                "is a folder, not a file"
            } else {
                "does not exist"
            };
            noticed.findings.push(
                Finding::new("missing-file", Severity::Error, RowRef::file(&name))
                    .cause(format!("{} {cause}", path.display()))
                    .action("correct the name, or bring the file"),
            );
            return None;
        }
        let options = TableOptions {
            crs: self.crs.map(str::to_owned),
            sheet: self.part.clone(),
            layer: self.part.clone(),
            ..TableOptions::default()
        };
        let (findings, rejected) = (&mut noticed.findings, &mut noticed.rejected);
        match read_table(path, &name, &options, findings, rejected) {
            Ok(table) if table.header.iter().any(|name| is_no_text(name)) => {
                findings.push(
                    Finding::new("not-a-table", Severity::Error, table.whole())
                        .cause("its first line is no text: the file is no table")
                        .action("bring it as CSV, GeoJSON, a workbook or a GeoPackage"),
                );
                None
            }
            Ok(table) => Some(table),
            Err(finding) => {
                noticed.findings.push(*finding);
                None
            }
        }
    }

    /// Puts an option in place of a line of `place.toml`.
    pub(super) fn in_options(&self, finding: &mut Finding) {
        let option = finding
            .setting
            .take()
            .and_then(|line| self.option_for(&line));
        let action = &mut finding.action;
        for (line, plain) in [
            (
                "name the system in the table's block by",
                "name the system by",
            ),
            (
                "put the line of the right one into the table's block: ",
                "give the right one: ",
            ),
            ("name the right one there by", "name the right one by"),
        ] {
            *action = action.replace(line, plain);
        }
        if action.contains("`crs = \"") {
            let crs = format!("`--{}-crs ", self.option);
            *action = action.replace("`crs = \"", &crs).replace("\"`", "`");
        }
        let Some(option) = option else {
            for line in [
                "; the line below settles it",
                "; confirm it with the line below",
            ] {
                *action = action.replace(line, "");
            }
            return;
        };
        let said = [
            ("name one with `layer`", "name one: "),
            ("put the line below into the table's block", "say "),
            ("add the line below", "say "),
            ("the line below", ""),
        ];
        match said.iter().find(|(line, _)| action.contains(line)) {
            Some((line, say)) => *action = action.replace(line, &format!("{say}{option}")),
            None => action.push_str(&format!("; {option} says so")),
        }
    }

    /// The option that does what a line of `place.toml` would, where there is one.
    fn option_for(&self, line: &str) -> Option<String> {
        let (key, value) = line.split_once(" = ")?;
        let plain = |value: &str| value.trim_matches(['"', '\'']).to_owned();
        match key {
            "layer" | "sheet" => Some(format!(
                "`--{} '{}[{}]'`",
                self.option,
                self.path.display(),
                plain(value)
            )),
            "crs" if self.option != "matrix" => {
                Some(format!("`--{}-crs {}`", self.option, plain(value)))
            }
            "columns" => {
                let (field, header) = value.trim_matches(['{', '}', ' ']).split_once(" = ")?;
                let known = COLUMN_OPTIONS.iter().find(|(known, _)| *known == field)?;
                Some(format!("`{} '{}'`", known.1, plain(header)))
            }
            _ => None,
        }
    }
}

/// Whether a heading holds what no text does.
fn is_no_text(heading: &str) -> bool {
    heading
        .chars()
        .any(|c| c.is_control() && !c.is_whitespace())
}
