//! A plan folder against its plan: every table and layer is written again from the plan and the place, and compared
//! with the file that stands.

use super::edition::{Edition, Issue};
use super::error::PublishError;
use super::exporter::{Exporter, Page};
use super::{about, geojson, qml, tables};
use crate::plan::verify::Discrepancy;
use rayon::prelude::*;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// What became of every file of a plan folder.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FolderChecked {
    /// Files that are what is written from the plan and the place now.
    pub same: Vec<String>,
    /// The first place in each of the others where it is not.
    pub differ: Vec<Discrepancy>,
    /// Files that are not compared: pictures, pages, workbooks, what other verbs put there.
    pub not_compared: Vec<String>,
}

/// Writes every table and layer of a folder again and compares it with what stands there; of several differences in
/// a file the first is told. A byte order mark is no difference. `plan.json` and `certificate.json` are left to
/// [`verify`](crate::plan::verify::verify()).
///
/// # Errors
/// A table that cannot be written, or a folder that cannot be read.
pub fn check_folder(folder: &Path, edition: &Edition<'_>) -> Result<FolderChecked, PublishError> {
    let mut files = BTreeSet::new();
    list(folder, "", &mut files).map_err(PublishError::io(folder))?;
    for own in ["plan.json", "certificate.json"] {
        files.remove(own);
    }
    let mut checked = FolderChecked::default();
    // Of a plan.json by itself, or beside the place's own files, there is nothing to write again.
    if files.is_empty() || files.contains("place.toml") {
        return Ok(checked);
    }
    for page in written(edition)? {
        if !files.remove(&page.path) {
            continue;
        }
        let path = folder.join(&page.path);
        let stands = fs::read(&path).map_err(PublishError::io(&path))?;
        match differs(&page, &stands) {
            None => checked.same.push(page.path),
            Some(differs) => checked.differ.push(differs),
        }
    }
    checked.same.sort();
    checked.not_compared = files.into_iter().collect();
    Ok(checked)
}

/// Folders in a plan folder that are its own; what else lies there is somebody else's, and is only named.
const OWN_FOLDERS: [&str; 2] = ["maps", "maps/styles"];

/// The files of a folder and of its own folders.
fn list(folder: &Path, under: &str, files: &mut BTreeSet<String>) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with('.') {
            continue;
        }
        let path = format!("{under}{name}");
        let own = OWN_FOLDERS.contains(&path.as_str());
        match entry.file_type()?.is_dir() {
            false => {
                files.insert(path);
            }
            true if own => list(&entry.path(), &format!("{path}/"), files)?,
            true => {
                files.insert(format!("{path}/"));
            }
        }
    }
    Ok(())
}

/// The pages that hold figures and no pictures.
fn written(edition: &Edition<'_>) -> Result<Vec<Page>, PublishError> {
    let issue = Issue::new(edition);
    let mut exporters: Vec<Exporter> = vec![about::export, qml::export];
    exporters.extend(geojson::EXPORTERS);
    let csv = |write: &tables::Writer| tables::csv(false, |to| write(&issue, to));
    let (made, tables): (Result<Vec<_>, _>, Result<Vec<_>, _>) = rayon::join(
        || exporters.par_iter().map(|export| export(&issue)).collect(),
        || tables::WRITERS.par_iter().map(csv).collect(),
    );
    Ok(made?.into_iter().chain(tables?).flatten().collect())
}

/// The first difference of a file that stands; `None` where it is the same.
fn differs(page: &Page, stands: &[u8]) -> Option<Discrepancy> {
    let stands = stands.strip_prefix("\u{feff}".as_bytes()).unwrap_or(stands);
    if stands == page.bytes {
        return None;
    }
    let ends = |what: &str| page.path.ends_with(what);
    let found = if ends(".csv") {
        in_table(&page.bytes, stands)
    } else if ends(".geojson") {
        in_json(&page.bytes, stands)
    } else {
        None
    };
    let (at, expected, found) = found
        .or_else(|| in_lines(&page.bytes, stands))
        .unwrap_or_else(|| {
            (
                "its ends of lines".to_owned(),
                "as written".to_owned(),
                "others".to_owned(),
            )
        });
    let (is_table, is_first) = (ends(".csv"), at.starts_with("row 1 ("));
    Some(Discrepancy {
        code: "file-differs",
        subject: page.path.clone(),
        figure: format!("{}, {at}", page.path),
        expected,
        found,
        message: match is_table && is_first {
            true => "its columns are not those that this version writes: another version of oneroof wrote it, or \
                     somebody edited it",
            false => "written again from the plan and the place, the file says otherwise here",
        }
        .to_owned(),
    })
}

/// Where a file differs, what is expected there, and what stands.
type Difference = (String, String, String);

/// The first cell of a table that differs.
fn in_table(written: &[u8], stands: &[u8]) -> Option<Difference> {
    let reader = |bytes| {
        csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .from_reader(bytes)
            .into_byte_records()
            .filter_map(Result::ok)
            .map(|record| {
                let cells = record.iter();
                cells
                    .map(|cell| String::from_utf8_lossy(cell).into_owned())
                    .collect::<Vec<_>>()
            })
            .collect::<Vec<_>>()
    };
    let (written, stands) = (reader(written), reader(stands));
    let header = written.first()?;
    for row in 0..written.len().max(stands.len()) {
        let (expected, found) = match (written.get(row), stands.get(row)) {
            (Some(expected), Some(found)) if expected == found => continue,
            (Some(expected), Some(found)) => (expected, found),
            (expected, found) => {
                let shown = |cells: Option<&Vec<String>>| {
                    cells.map_or("no row".to_owned(), |cells| {
                        format!("a row {}", named(cells))
                    })
                };
                return Some((format!("row {}", row + 1), shown(expected), shown(found)));
            }
        };
        let column = (0..expected.len().max(found.len()))
            .find(|column| expected.get(*column) != found.get(*column))?;
        let shown = |cells: &[String]| match cells.get(column) {
            Some(cell) if cell.is_empty() => "an empty cell".to_owned(),
            Some(cell) => cell.clone(),
            None => "no cell".to_owned(),
        };
        let heading = header.get(column).map_or_else(
            || format!("column {}", column + 1),
            |heading| format!("column {heading}"),
        );
        let at = format!("row {} ({}), {heading}", row + 1, named(expected));
        return Some((at, shown(expected), shown(found)));
    }
    None
}

/// The first two cells of a row: enough to find it.
fn named(cells: &[String]) -> String {
    let first: Vec<&str> = cells.iter().take(2).map(String::as_str).collect();
    first.join(", ")
}

/// The first value of a layer that differs.
fn in_json(written: &[u8], stands: &[u8]) -> Option<Difference> {
    let written: Value = serde_json::from_slice(written).ok()?;
    let stands: Value = serde_json::from_slice(stands).ok()?;
    first_difference(&written, &stands, "")
}

fn first_difference(expected: &Value, found: &Value, at: &str) -> Option<Difference> {
    let nothing = Value::Null;
    match (expected, found) {
        (one, other) if one == other => None,
        (Value::Object(own), Value::Object(other)) => {
            let keys: BTreeSet<&String> = own.keys().chain(other.keys()).collect();
            keys.into_iter().find_map(|key| {
                let path = match at {
                    "" => key.clone(),
                    at => format!("{at}.{key}"),
                };
                let (own, other) = (own.get(key), other.get(key));
                first_difference(own.unwrap_or(&nothing), other.unwrap_or(&nothing), &path)
            })
        }
        (Value::Array(own), Value::Array(other)) => {
            (0..own.len().max(other.len())).find_map(|index| {
                let path = format!("{at}[{index}]");
                let (own, other) = (own.get(index), other.get(index));
                first_difference(own.unwrap_or(&nothing), other.unwrap_or(&nothing), &path)
            })
        }
        (one, other) => Some((at.to_owned(), short(one), short(other))),
    }
}

/// A value as a message shows it.
fn short(value: &Value) -> String {
    const MOST: usize = 80;
    let text = value.to_string();
    match text.char_indices().nth(MOST) {
        Some((end, _)) => format!("{} …", &text[..end]),
        None => text,
    }
}

/// The first line that differs.
fn in_lines(written: &[u8], stands: &[u8]) -> Option<Difference> {
    let (written, stands) = (
        String::from_utf8_lossy(written),
        String::from_utf8_lossy(stands),
    );
    let (mut own, mut other) = (written.lines(), stands.lines());
    let mut line = 0;
    loop {
        line += 1;
        match (own.next(), other.next()) {
            (None, None) => return None,
            (expected, found) if expected == found => {}
            (expected, found) => {
                let shown = |text: Option<&str>| text.unwrap_or("no line").to_owned();
                return Some((format!("line {line}"), shown(expected), shown(found)));
            }
        }
    }
}

/// The keys of a `plan.json` that no plan has, each a disagreement: whoever reads them reads what nobody checked.
///
/// # Errors
/// Where the text is no JSON.
pub fn unknown_keys(
    text: &str,
    plan: &crate::plan::Plan,
) -> Result<Vec<Discrepancy>, serde_json::Error> {
    let stands: Value = serde_json::from_str(text)?;
    let known = serde_json::to_value(plan)?;
    let mut found = Vec::new();
    gather(&known, &stands, "", &mut found);
    Ok(found)
}

fn gather(known: &Value, stands: &Value, at: &str, found: &mut Vec<Discrepancy>) {
    match (known, stands) {
        (Value::Object(known), Value::Object(stands)) => {
            for (key, value) in stands {
                let path = match at {
                    "" => key.clone(),
                    at => format!("{at}.{key}"),
                };
                match known.get(key) {
                    Some(known) => gather(known, value, &path, found),
                    // What is left out where there is nothing may as well be said to be nothing.
                    None if value.is_null() => {}
                    None => found.push(Discrepancy {
                        code: "unknown-key",
                        subject: "plan".to_owned(),
                        figure: path,
                        expected: "nothing".to_owned(),
                        found: short(value),
                        message: "plan.json says something under a name that no plan has"
                            .to_owned(),
                    }),
                }
            }
        }
        (Value::Array(known), Value::Array(stands)) => {
            for (index, (known, value)) in known.iter().zip(stands).enumerate() {
                gather(known, value, &format!("{at}[{index}]"), found);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(written: &str, stands: &str) -> Option<String> {
        let page = Page::new("losers.csv", written.as_bytes().to_vec());
        let found = differs(&page, stands.as_bytes())?;
        Some(format!(
            "{}: {} / {}",
            found.figure, found.expected, found.found
        ))
    }

    const TABLE: &str = "service,zone_id,change_km\r\nlibrary,Z1,0.426\r\n";

    #[test]
    fn the_first_cell_that_differs_is_told_with_its_row_and_column() {
        let stands = "service,zone_id,change_km\r\nlibrary,Z1,0.001\r\n";
        let expected = "losers.csv, row 2 (library, Z1), column change_km: 0.426 / 0.001";
        assert_eq!(told(TABLE, stands).as_deref(), Some(expected));
    }

    #[test]
    fn a_row_that_is_gone_is_told() {
        let stands = "service,zone_id,change_km\r\n";
        let expected = "losers.csv, row 2: a row library, Z1 / no row";
        assert_eq!(told(TABLE, stands).as_deref(), Some(expected));
    }

    #[test]
    fn a_byte_order_mark_is_no_difference() {
        assert_eq!(told(TABLE, &format!("\u{feff}{TABLE}")), None);
    }

    #[test]
    fn a_value_of_a_layer_that_differs_is_told_with_its_path() {
        let found = in_json(
            br#"{"features":[{"km":1.5}]}"#,
            br#"{"features":[{"km":0.5}]}"#,
        );
        let (at, expected, found) = found.expect("it differs");
        assert_eq!(
            (at.as_str(), expected.as_str(), found.as_str()),
            ("features[0].km", "1.5", "0.5")
        );
    }
}
