//! Column names as they are compared.

use super::{Field, Table};
use crate::place::{Finding, Severity};

/// A name as it is compared: lower case, letters and digits only.
pub fn normalise(name: &str) -> String {
    name.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// The names of a table's columns as they are compared.
pub(super) struct Names {
    pub(super) full: Vec<String>,
    pub(super) without_brackets: Vec<String>,
}

impl Names {
    pub(super) fn of(table: &Table) -> Names {
        let bare = |name: &String| {
            let outside: String = match (name.find(['(', '[']), name.rfind([')', ']'])) {
                (Some(open), Some(close)) if open > 0 && close > open => {
                    let (before, after) = (name.get(..open), name.get(close + 1..));
                    format!(
                        "{}{}",
                        before.unwrap_or_default(),
                        after.unwrap_or_default()
                    )
                }
                _ => name.clone(),
            };
            // Marks of money and of units outside brackets say nothing about the field.
            normalise(&outside)
        };
        Names {
            full: table.header.iter().map(|name| normalise(name)).collect(),
            without_brackets: table.header.iter().map(bare).collect(),
        }
    }

    pub(super) fn find_wanted(&self, table: &Table, wanted: &str) -> Option<usize> {
        table
            .column(wanted)
            .or_else(|| {
                table
                    .header
                    .iter()
                    .position(|name| name.trim() == wanted.trim())
            })
            .or_else(|| self.full.iter().position(|name| *name == normalise(wanted)))
    }
}

/// The first free column that bears one of a field's names, the likelier names first.
pub(super) fn find(field: &Field, names: &[String], taken: &[bool]) -> Option<usize> {
    let canonical = normalise(field.name);
    std::iter::once(canonical.as_str())
        .chain(field.aliases.iter().copied())
        .find_map(|alias| {
            names
                .iter()
                .enumerate()
                .find(|(at, name)| name.as_str() == alias && taken.get(*at) == Some(&false))
                .map(|(at, _)| at)
        })
}

pub(super) fn unknown_column(table: &Table, field: &str, wanted: &str) -> Finding {
    let near = table
        .header
        .iter()
        .map(|name| {
            (
                strsim::jaro_winkler(&normalise(name), &normalise(wanted)),
                name,
            )
        })
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .filter(|(score, _)| *score > 0.8)
        .map(|(_, name)| format!("did you mean `{name}`? "))
        .unwrap_or_default();
    let columns: Vec<&str> = table.header.iter().take(60).map(String::as_str).collect();
    Finding::new("unknown-column", Severity::Error, table.whole())
        .column(wanted)
        .cause(format!("there is no column `{wanted}` for {field}"))
        .action(format!("{near}the columns are: {}", columns.join(", ")))
}
