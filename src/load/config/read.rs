//! Reads `place.toml` and says everything that is wrong with it at once, each with its line.
//!
//! The text is first held against the JSON Schema that is made from the types: that finds every
//! unknown key, every missing one and every value of the wrong kind, with the line it stands on.
//! Only a text without such faults is turned into a [`PlaceConfig`].

use super::values::Day;
use super::{PlaceConfig, schema};
use crate::place::{Finding, RowRef, Severity};
use serde::de::DeserializeOwned;
use serde_json::Value as Schema;
use std::collections::BTreeSet;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// `place.toml` as read, with the lines of its keys for later messages.
#[derive(Clone, Debug)]
pub struct ConfigText {
    /// The file's name, for messages.
    pub file: String,
    /// Line of every key, by its path: `access[2].share`.
    lines: std::collections::BTreeMap<String, u64>,
}

impl ConfigText {
    /// An error about one key, at its line or that of the nearest key around it.
    pub fn refuse(&self, code: &'static str, key: &str, cause: impl Into<String>) -> Finding {
        Finding::new(code, Severity::Error, self.at(key))
            .column(key)
            .cause(cause)
    }

    /// Whether a key is stated.
    pub fn states(&self, key: &str) -> bool {
        self.lines.contains_key(key)
    }

    /// Where a key stands: the file and its line.
    pub fn at(&self, key: &str) -> RowRef {
        let mut around = key;
        loop {
            if let Some(line) = self.lines.get(around) {
                return row(&self.file, *line);
            }
            match around.rfind(['.', '[']) {
                Some(cut) => around = around.get(..cut).unwrap_or_default(),
                None => return row(&self.file, 0),
            }
        }
    }
}

fn row(file: &str, line: u64) -> RowRef {
    let file: String = match line {
        0 => file.to_string(),
        line => format!("{file}:{line}"),
    };
    RowRef {
        file: file.into(),
        record: 0,
        line,
    }
}

/// Reads the text of a `place.toml`.
///
/// # Errors
/// Every fault of syntax, key or kind of value, each as a finding of severity `error`.
pub fn read_config(file: &str, text: &str) -> Result<(PlaceConfig, ConfigText), Vec<Finding>> {
    read_toml(file, text, schema())
}

/// What to do about a line that is not TOML: a date as people write it is the commonest.
fn remedy(line: Option<&str>) -> &'static str {
    let value = line
        .and_then(|line| line.split_once('='))
        .map(|(_, value)| value.split('#').next().unwrap_or_default().trim());
    let is_date = |value: &str| {
        let mut parts = value.split(['/', '.', ' ']).filter(|part| !part.is_empty());
        let digits = |part: &str| part.chars().all(|c| c.is_ascii_digit()) && part.len() <= 4;
        value.contains('/') && parts.all(digits)
    };
    match value.is_some_and(is_date) {
        true => "write the date as year-month-day without quotes: 2026-04-01 is 1 April 2026",
        false => "correct the line",
    }
}

/// Reads a text that a schema describes, and that is then a value of the type the schema is of.
///
/// # Errors
/// As [`read_config`].
pub fn read_toml<T: DeserializeOwned>(
    file: &str,
    text: &str,
    root: Schema,
) -> Result<(T, ConfigText), Vec<Finding>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let (table, faults) = DeTable::parse_recoverable(text);
    let mut reader = Reader {
        file,
        text,
        root,
        findings: Vec::new(),
        lines: Default::default(),
    };
    for fault in &faults {
        let at = fault.span().map_or(0, |span| reader.line(span.start));
        reader.findings.push(
            Finding::new("bad-config", Severity::Error, row(file, at))
                .cause(format!("this is not TOML: {}", fault.message()))
                .action(remedy(text.lines().nth(at.saturating_sub(1) as usize))),
        );
    }
    if faults.is_empty() {
        let root = reader.root.clone();
        reader.table(table.get_ref(), &root, "");
    }
    if reader.findings.is_empty() {
        match toml::from_str::<T>(text) {
            Ok(config) => {
                let lines = ConfigText {
                    file: file.to_string(),
                    lines: reader.lines,
                };
                return Ok((config, lines));
            }
            Err(fault) => {
                let at = fault.span().map_or(0, |span| reader.line(span.start));
                reader.findings.push(
                    Finding::new("bad-config", Severity::Error, row(file, at))
                        .cause(fault.message())
                        .action("correct the value"),
                );
            }
        }
    }
    Err(reader.findings)
}

struct Reader<'t> {
    file: &'t str,
    text: &'t str,
    root: Schema,
    findings: Vec<Finding>,
    lines: std::collections::BTreeMap<String, u64>,
}

impl Reader<'_> {
    fn line(&self, at: usize) -> u64 {
        let before = self.text.as_bytes().get(..at).unwrap_or_default();
        before.iter().filter(|byte| **byte == b'\n').count() as u64 + 1
    }

    fn refuse(&mut self, at: usize, key: &str, cause: String, action: String) {
        let line = self.line(at);
        self.findings.push(
            Finding::new("bad-config", Severity::Error, row(self.file, line))
                .column(key)
                .cause(cause)
                .action(action),
        );
    }

    /// Follows `$ref` into the definitions.
    fn resolve(&self, schema: &Schema) -> Schema {
        let target = schema
            .get("$ref")
            .and_then(Schema::as_str)
            .and_then(|path| self.root.pointer(path.trim_start_matches('#')));
        target.unwrap_or(schema).clone()
    }

    fn table(&mut self, table: &DeTable<'_>, schema: &Schema, path: &str) {
        let schema = self.resolve(schema);
        let known = schema.get("properties").and_then(Schema::as_object);
        let more = schema.get("additionalProperties");
        for (key, value) in table {
            let name: &str = key.get_ref();
            let full = join(path, name);
            let line = self.line(key.span().start);
            self.lines.insert(full.clone(), line);
            match (known.and_then(|known| known.get(name)), more) {
                (Some(inner), _) => self.value(value, inner, &full),
                (None, Some(inner)) if inner.is_object() => self.value(value, inner, &full),
                (None, Some(Schema::Bool(true))) => {}
                (None, _) => {
                    let names = known.map(|known| known.keys().map(String::as_str));
                    let action = did_you_mean(name, names.into_iter().flatten());
                    self.refuse(
                        key.span().start,
                        &full,
                        format!("`{name}` is not a key here"),
                        action,
                    );
                }
            }
        }
        let required = schema.get("required").and_then(Schema::as_array);
        for name in required.into_iter().flatten().filter_map(Schema::as_str) {
            if !table.keys().any(|key| key.get_ref() == name) {
                let line = match path {
                    "" => 1,
                    path => self.lines.get(path).copied().unwrap_or(1),
                };
                let words = known.and_then(|known| self.words_of(known.get(name)?));
                let one_of = words.map_or(String::new(), |words| {
                    format!(", one of: {}", words.join(", "))
                });
                self.findings.push(
                    Finding::new("bad-config", Severity::Error, row(self.file, line))
                        .column(join(path, name))
                        .cause(format!("`{name}` is missing"))
                        .action(format!("add `{name} = …`{one_of}")),
                );
            }
        }
    }

    /// The words that a value may be, where it is one of a few.
    fn words_of(&self, schema: &Schema) -> Option<Vec<String>> {
        let schema = self.resolve(schema);
        let choices = ["anyOf", "oneOf"]
            .iter()
            .find_map(|word| schema.get(*word)?.as_array());
        choices.and_then(|choices| constants(choices)).or_else(|| {
            let words = schema.get("enum")?.as_array()?.iter();
            Some(
                words
                    .filter_map(Schema::as_str)
                    .map(str::to_owned)
                    .collect(),
            )
        })
    }

    fn value(&mut self, value: &Spanned<DeValue<'_>>, schema: &Schema, path: &str) {
        let schema = self.resolve(schema);
        let at = value.span().start;
        let choices = ["anyOf", "oneOf"]
            .iter()
            .find_map(|word| schema.get(*word).and_then(Schema::as_array));
        if let Some(words) = self.words_of(&schema) {
            self.word(value, &words, path);
            return;
        }
        if let Some(choices) = choices {
            let choices: Vec<_> = choices.iter().map(|choice| self.resolve(choice)).collect();
            match choices.iter().find(|choice| fits(value.get_ref(), choice)) {
                Some(choice) => self.value(value, choice, path),
                None => self.wrong_kind(value, path, &choices),
            }
            return;
        }
        if !fits(value.get_ref(), &schema) {
            self.wrong_kind(value, path, std::slice::from_ref(&schema));
            return;
        }
        match value.get_ref() {
            DeValue::Table(table) => self.table(table, &schema, path),
            DeValue::Array(items) => {
                if let Some(inner) = schema.get("items") {
                    for (index, item) in items.iter().enumerate() {
                        let full = format!("{path}[{index}]");
                        let line = self.line(item.span().start);
                        self.lines.insert(full.clone(), line);
                        self.value(item, inner, &full);
                    }
                }
            }
            DeValue::String(text) if is_day(&schema) => self.day(text, at, path),
            DeValue::Datetime(day) => self.day(&day.to_string(), at, path),
            _ => {
                let least = schema.get("minimum").and_then(Schema::as_f64);
                if let (Some(least), Some(number)) = (least, number(value.get_ref()))
                    && number < least
                {
                    self.refuse(
                        at,
                        path,
                        format!("{number} is less than {least}"),
                        "correct the value".into(),
                    );
                }
            }
        }
    }

    fn day(&mut self, text: &str, at: usize, path: &str) {
        if Day::read(text).is_none() {
            self.refuse(
                at,
                path,
                format!("`{text}` is no day"),
                "write it as 2026-04-01".into(),
            );
        }
    }

    fn word(&mut self, value: &Spanned<DeValue<'_>>, words: &[String], path: &str) {
        let given = value.get_ref().as_str();
        if given.is_some_and(|given| words.iter().any(|word| word == given)) {
            return;
        }
        let list = words.join(", ");
        let cause = match given {
            Some(given) => format!("`{given}` is none of: {list}"),
            None => format!(
                "expected one of: {list}; found {}",
                value.get_ref().type_str()
            ),
        };
        let action = did_you_mean(given.unwrap_or_default(), words.iter().map(String::as_str));
        self.refuse(value.span().start, path, cause, action);
    }

    fn wrong_kind(&mut self, value: &Spanned<DeValue<'_>>, path: &str, schemas: &[Schema]) {
        let mut kinds: Vec<_> = schemas
            .iter()
            .flat_map(kinds)
            .filter(|kind| kind != "null")
            .collect();
        kinds.dedup();
        let hint = match value.get_ref() {
            DeValue::String(text) if text.trim().parse::<f64>().is_ok() => {
                "write the number without quotation marks".to_owned()
            }
            DeValue::Table(_) if kinds.iter().any(|kind| kind == "array") => {
                format!("write `[[{path}]]`, once for each of them")
            }
            _ => "correct the value".to_owned(),
        };
        self.refuse(
            value.span().start,
            path,
            format!(
                "expected {}, found {}",
                kinds.join(" or "),
                value.get_ref().type_str()
            ),
            hint,
        );
    }
}

fn join(path: &str, name: &str) -> String {
    match path {
        "" => name.to_string(),
        path => format!("{path}.{name}"),
    }
}

/// The words of an enumeration that schemars writes as a list of constants.
fn constants(choices: &[Schema]) -> Option<Vec<String>> {
    choices
        .iter()
        .map(|choice| {
            choice
                .get("const")
                .and_then(Schema::as_str)
                .map(str::to_string)
        })
        .collect()
}

fn kinds(schema: &Schema) -> Vec<String> {
    match schema.get("type") {
        Some(Schema::String(kind)) => vec![kind.clone()],
        Some(Schema::Array(kinds)) => kinds
            .iter()
            .filter_map(Schema::as_str)
            .map(str::to_string)
            .collect(),
        _ => Vec::new(),
    }
}

fn number(value: &DeValue<'_>) -> Option<f64> {
    match value {
        DeValue::Integer(number) => number.to_string().parse().ok(),
        DeValue::Float(number) => number.to_string().parse().ok(),
        _ => None,
    }
}

fn is_day(schema: &Schema) -> bool {
    schema.get("format").and_then(Schema::as_str) == Some("date")
}

/// Whether a value is of a kind the schema allows; what is inside it is checked later.
fn fits(value: &DeValue<'_>, schema: &Schema) -> bool {
    if schema.get("const").is_some() || schema.get("enum").is_some() {
        return value.is_str();
    }
    let kinds = kinds(schema);
    kinds.is_empty()
        || kinds.iter().any(|kind| match kind.as_str() {
            "string" => value.is_str() || (value.is_datetime() && is_day(schema)),
            "number" => value.is_integer() || value.is_float(),
            "integer" => value.is_integer(),
            "boolean" => value.is_bool(),
            "array" => value.is_array(),
            "object" => value.is_table(),
            _ => false,
        })
}

/// A few ids of many, to show what they look like: `` `A1`, `A2`, `A3` and 12 more ``.
pub fn some_of<'a>(ids: impl Iterator<Item = &'a str>) -> String {
    let all: BTreeSet<&str> = ids.collect();
    let some: Vec<String> = all.iter().take(3).map(|id| format!("`{id}`")).collect();
    let more = match all.len() - some.len() {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    format!("{}{more}", some.join(", "))
}

/// `did you mean …?`, or the list of what is possible.
pub fn did_you_mean<'a>(given: &str, known: impl Iterator<Item = &'a str>) -> String {
    let mut known: Vec<_> = known.collect();
    let of_miles = matches!(given.to_lowercase().as_str(), "mile" | "miles" | "mi");
    if of_miles && known.contains(&"km") {
        return "distances are in km: a mile is km = 1.609".into();
    }
    let like = |word: &str| {
        strsim::jaro_winkler(&given.to_lowercase(), &word.to_lowercase()).max(
            strsim::normalized_damerau_levenshtein(&given.to_lowercase(), &word.to_lowercase()),
        )
    };
    let best = known
        .iter()
        .map(|word| (like(word), *word))
        .max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.1.cmp(a.1)));
    if let Some((score, word)) = best
        && score >= 0.75
    {
        return format!("did you mean `{word}`?");
    }
    if known.is_empty() {
        return "none is possible here".into();
    }
    known.sort_unstable();
    let shown: Vec<_> = known.iter().take(40).copied().collect();
    let more = if known.len() > shown.len() {
        ", …"
    } else {
        ""
    };
    format!("use one of: {}{more}", shown.join(", "))
}
