//! GeoJSON to records, one feature at a time: a bad feature is a finding, never the end of a file.

use super::table::{RECORDS_OF_A_PAGE, share_a_page};
use super::{Cells, Record, Table};
use crate::load::shapes;
use crate::place::words as numbers;
use crate::place::{Finding, RowRef, Severity};
use serde::de::{DeserializeSeed, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value;
use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

/// Reads GeoJSON (or an ArcGIS feature set) into a table whose columns are the property names in
/// the order they first appear.
pub(super) fn read(
    text: &str,
    name: &str,
    findings: &mut Vec<Finding>,
) -> Result<Table, Box<Finding>> {
    let before = findings.len();
    let mut collect = Collect {
        table: Table {
            file: name.into(),
            has_shapes: true,
            ..Table::default()
        },
        index: HashMap::new(),
        findings,
        lone: Value::Null,
        seen_features: false,
        paged: 0,
    };
    let mut json = serde_json::Deserializer::from_str(text.trim_start_matches('\u{feff}'));
    let outcome = serde::Deserializer::deserialize_map(&mut json, Root(&mut collect))
        .and_then(|()| json.end());
    if let Err(error) = outcome {
        if let Some(mended) = without_nan(text) {
            findings.truncate(before);
            findings.push(
                Finding::new("json-nan", Severity::Repair, RowRef::file(name))
                    .cause("the file writes NaN or Infinity, which JSON does not know")
                    .action("read as null"),
            );
            return read(&mended, name, findings);
        }
        let mut row = RowRef::file(name);
        row.line = error.line() as u64;
        return Err(Finding::new("json-broken", Severity::Error, row)
            .cause(format!("not valid JSON: {error}"))
            .action("bring the file again; it may be cut off")
            .into());
    }
    if !collect.seen_features && !collect.lone.is_null() {
        let lone = std::mem::take(&mut collect.lone);
        collect.feature(lone);
        collect.seen_features = true;
    }
    if !collect.seen_features {
        return Err(
            Finding::new("no-features", Severity::Error, RowRef::file(name))
                .cause("the JSON holds no features")
                .action("bring a GeoJSON FeatureCollection")
                .into(),
        );
    }
    let table = collect.table;
    sum_up_ring_order(&table, findings);
    Ok(table)
}

/// Whole publishers wind their rings the other way, and it changes nothing: from this many on it is
/// said once for the file.
const LISTED_RINGS: usize = 20;

fn sum_up_ring_order(table: &Table, findings: &mut Vec<Finding>) {
    let count = |findings: &[Finding]| {
        findings
            .iter()
            .filter(|finding| finding.code == "ring-order" && finding.row.file == table.file)
            .count()
    };
    let wound = count(findings);
    if wound <= LISTED_RINGS {
        return;
    }
    findings.retain(|finding| finding.code != "ring-order" || finding.row.file != table.file);
    findings.push(
        Finding::new("ring-order", Severity::Repair, table.whole())
            .column("geometry")
            .cause(format!(
                "rings of {} run the wrong way round",
                numbers::count(wound, "outline")
            ))
            .action("accepted; the areas are the same"),
    );
}

/// The text with `NaN` and `Infinity` outside of strings made `null`; `None` where there is none.
fn without_nan(text: &str) -> Option<String> {
    let mut mended = String::with_capacity(text.len());
    let (mut quoted, mut escaped, mut changed) = (false, false, false);
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let word = ["-Infinity", "Infinity", "NaN"]
            .iter()
            .find(|word| !quoted && rest.starts_with(*word));
        if let Some(word) = word {
            mended.push_str("null");
            rest = rest.get(word.len()..).unwrap_or_default();
            changed = true;
            continue;
        }
        quoted ^= c == '"' && !escaped;
        escaped = c == '\\' && !escaped && quoted;
        mended.push(c);
        rest = rest.get(c.len_utf8()..).unwrap_or_default();
    }
    changed.then_some(mended)
}

struct Collect<'a> {
    table: Table,
    index: HashMap<String, usize>,
    findings: &'a mut Vec<Finding>,
    /// A file that is one feature or one geometry, kept until its end shows which.
    lone: Value,
    seen_features: bool,
    /// How many records have their cells on shared pages.
    paged: usize,
}

impl Collect<'_> {
    fn column(&mut self, name: &str) -> usize {
        if let Some(&column) = self.index.get(name) {
            return column;
        }
        let column = self.table.header.len();
        self.table.header.push(name.to_owned());
        self.index.insert(name.to_owned(), column);
        column
    }

    /// Puts the cells of the newest records on one page, where they are at least so many.
    fn share_pages(&mut self, at_least: usize) {
        if self.table.records.len() - self.paged >= at_least {
            share_a_page(self.table.records.get_mut(self.paged..).unwrap_or_default());
            self.paged = self.table.records.len();
        }
    }

    fn feature(&mut self, feature: Value) {
        let at = RowRef {
            file: Arc::clone(&self.table.file),
            record: self.table.records.len() as u64 + 1,
            line: 0,
        };
        let Value::Object(mut feature) = feature else {
            self.findings.push(
                Finding::new("bad-feature", Severity::Warn, at.clone())
                    .column("geometry")
                    .cause("not a feature")
                    .action("kept as a record without cells"),
            );
            self.table.records.push(Record {
                at,
                ..Record::default()
            });
            return;
        };
        if let Some(Value::Array(inner)) = feature.remove("features") {
            self.findings.push(
                Finding::new("nested-collection", Severity::Repair, at)
                    .column("geometry")
                    .cause("a collection of features stands where a feature belongs")
                    .action("its features are read as if they stood in the file themselves"),
            );
            inner.into_iter().for_each(|feature| self.feature(feature));
            return;
        }
        let mut cells: Vec<(usize, String)> = Vec::new();
        let properties = feature
            .remove("properties")
            .or_else(|| feature.remove("attributes"));
        if let Some(Value::Object(properties)) = properties {
            for (name, value) in &properties {
                let column = self.column(name);
                cells.push((column, cell(value)));
            }
        }
        if let Some(id @ (Value::String(_) | Value::Number(_))) = feature.get("id")
            && (!self.index.contains_key("id")
                || cells.iter().all(|(at, _)| Some(at) != self.index.get("id")))
        {
            let text = cell(id);
            let column = self.column("id");
            cells.push((column, text));
        }
        cells.sort_by_key(|(column, _)| *column);
        let mut row = vec![""; cells.last().map_or(0, |(column, _)| column + 1)];
        for (column, text) in &cells {
            if let Some(slot) = row.get_mut(*column) {
                *slot = text;
            }
        }
        let geometry = if feature.contains_key("type") || feature.contains_key("geometry") {
            feature.remove("geometry").unwrap_or(Value::Null)
        } else {
            Value::Null
        };
        let shape = shapes::read(&geometry, &at, self.findings);
        self.table.records.push(Record {
            at,
            cells: row.into_iter().collect::<Cells>(),
            shape: shape.map(Box::new),
        });
    }
}

/// A property as a cell: text as it stands, null as blank, anything nested as JSON.
fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

struct Root<'a, 'b>(&'a mut Collect<'b>);

impl<'de> Visitor<'de> for Root<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a GeoJSON object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let mut lone = serde_json::Map::new();
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "features" => {
                    self.0.seen_features = true;
                    map.next_value_seed(Features(self.0))?;
                }
                "crs" => {
                    let value: Value = map.next_value()?;
                    self.0.table.crs = crs_name(&value);
                }
                "spatialReference" => {
                    let value: Value = map.next_value()?;
                    let code = value.get("latestWkid").or_else(|| value.get("wkid"));
                    self.0.table.crs = code
                        .and_then(Value::as_u64)
                        .map(|code| format!("EPSG:{code}"));
                }
                "type" | "geometry" | "properties" | "id" | "coordinates" | "geometries" => {
                    lone.insert(key, map.next_value::<Value>()?);
                }
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        if lone.contains_key("geometry") || lone.contains_key("properties") {
            self.0.lone = Value::Object(lone);
        } else if lone.contains_key("coordinates") || lone.contains_key("geometries") {
            let mut feature = serde_json::Map::new();
            feature.insert("type".to_owned(), Value::from("Feature"));
            feature.insert("geometry".to_owned(), Value::Object(lone));
            self.0.lone = Value::Object(feature);
        }
        Ok(())
    }
}

/// The name in an old-style `crs` member.
fn crs_name(value: &Value) -> Option<String> {
    let properties = value.get("properties")?;
    let name = properties
        .get("name")
        .or_else(|| properties.get("href"))
        .and_then(Value::as_str)
        .map(str::to_owned);
    name.or_else(|| {
        properties
            .get("code")
            .and_then(Value::as_u64)
            .map(|code| format!("EPSG:{code}"))
    })
}

struct Features<'a, 'b>(&'a mut Collect<'b>);

impl<'de> DeserializeSeed<'de> for Features<'_, '_> {
    type Value = ();

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Features<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of features")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut features: A) -> Result<(), A::Error> {
        while let Some(feature) = features.next_element::<Value>()? {
            if self.0.table.records.len() >= u32::MAX as usize {
                return Err(A::Error::custom("more features than can be counted"));
            }
            self.0.feature(feature);
            self.0.share_pages(RECORDS_OF_A_PAGE);
        }
        self.0.share_pages(1);
        Ok(())
    }
}
