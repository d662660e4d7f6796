//! Column names cut to ten characters by a shapefile, and names that are almost known.

use super::Table;
use super::columns::{Columns, Field, Kind};
use super::headings::holds_numbers;
use super::normalise;
use crate::place::{Finding, Severity};

/// The longest name a shapefile keeps.
const KEPT: usize = 10;

/// Recognises names cut to ten characters, and asks about the ones a shapefile numbered because two
/// names were cut to the same.
pub(super) fn claim_truncated(
    table: &Table,
    fields: &[Field],
    columns: &mut Columns,
    taken: &mut [bool],
    findings: &mut Vec<Finding>,
) {
    for (column, header) in table.header.iter().enumerate() {
        // A shapefile keeps no blanks and no signs in a name.
        let kept = |c: char| c.is_alphanumeric() || c == '_';
        if taken.get(column) != Some(&false)
            || header.chars().count() != KEPT
            || !header.chars().all(kept)
        {
            continue;
        }
        let cut = normalise(header);
        let begins = |field: &&Field, cut: &str| {
            std::iter::once(normalise(field.name))
                .chain(field.aliases.iter().map(|alias| (*alias).to_owned()))
                .any(|name| name.len() > cut.len() && name.starts_with(cut))
        };
        let about = |field: &str| {
            Finding::new("header-truncated", Severity::Warn, table.whole())
                .column(header.clone())
                .cause("a column name cut to ten characters, as shapefiles do")
                .setting(format!("columns = {{ {field} = \"{header}\" }}"))
        };
        let free = fields
            .iter()
            .filter(|field| !columns.has(field.name))
            .find(|field| begins(field, &cut));
        if let Some(field) = free {
            findings.push(about(field.name).action(format!(
                "taken for {}; confirm it with the line below",
                field.name
            )));
            columns.claim(field.name, field.kind, column, table, taken);
            continue;
        }
        let stem = cut.trim_end_matches(|c: char| c.is_ascii_digit());
        let numbered = stem.len() < cut.len() && stem.len() >= 6;
        if numbered && let Some(field) = fields.iter().find(|field| begins(field, stem)) {
            findings.push(
                about(field.name)
                    .action(format!("a second name that was cut to the same, perhaps for {}: not used until a line like the one below says what it is", field.name)),
            );
        }
    }
}

/// Whether a name is a longer one with a letter or two wrong.
fn misspelt(alias: &str, name: &str) -> bool {
    let limit = if alias.len() >= 10 { 2 } else { 1 };
    alias.len().abs_diff(name.len()) <= 2 && strsim::damerau_levenshtein(alias, name) <= limit
}

fn numbers_below(table: &Table, header: &String) -> bool {
    let at = table.header.iter().position(|own| own == header);
    at.is_some_and(|column| holds_numbers(table, column))
}

/// Suggests fields for free columns whose names are one or two letters away.
pub(super) fn suggest(
    table: &Table,
    fields: &[Field],
    columns: &Columns,
    taken: &[bool],
    findings: &mut Vec<Finding>,
) {
    let free: Vec<(&String, String)> = table
        .header
        .iter()
        .zip(taken)
        .filter(|(_, taken)| !**taken)
        .map(|(header, _)| (header, normalise(header)))
        .filter(|(_, name)| {
            let numbered = name.ends_with(|c: char| c.is_ascii_digit()) && !name.ends_with("m2");
            (4..=40).contains(&name.len()) && !numbered
        })
        .collect();
    // A table of very many columns is a matrix or worse; nobody misspelt its names.
    if free.len() > 300 {
        return;
    }
    for field in fields.iter().filter(|field| !columns.has(field.name)) {
        let canonical = normalise(field.name);
        let near = free.iter().find(|(header, name)| {
            std::iter::once(canonical.as_str())
                .chain(field.aliases.iter().copied())
                .any(|alias| match alias.len().min(name.len()) {
                    6.. => misspelt(alias, name),
                    // A letter too many or too few in `lon` says much only above numbers.
                    3..6 if matches!(field.kind, Kind::Coordinate) => {
                        alias.get(..2).is_some_and(|head| name.starts_with(head))
                            && strsim::damerau_levenshtein(alias, name) == 1
                            && numbers_below(table, header)
                    }
                    _ => false,
                })
        });
        if let Some((header, _)) = near {
            findings.push(
                Finding::new("header-near-miss", Severity::Warn, table.whole())
                    .column((*header).clone())
                    .cause(format!("almost the name of {}", field.name))
                    .action("not used; if it is that column, add the line below")
                    .setting(format!("columns = {{ {} = \"{header}\" }}", field.name)),
            );
        }
    }
}
