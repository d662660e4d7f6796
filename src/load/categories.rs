//! One spelling for one meaning: categories that differ by case or by a slip of the keyboard.

use super::cells::is_missing;
use super::columns::Kind;
use super::{Columns, Field, Table, normalise};
use crate::place::{Finding, Severity};
use std::collections::{BTreeMap, HashMap};

/// Words registers use for how a property is held and used.
const KNOWN: [&str; 26] = [
    "Freehold",
    "Leasehold",
    "Licence",
    "Rented",
    "Freehold and Leasehold",
    "Owner Occupied",
    "Leasehold In",
    "Leasehold Out",
    "Sub-Leasehold",
    "Ground Leasehold",
    "Licence In",
    "Licence Out",
    "Occupied by the LA",
    "Vacant",
    "Occupied",
    "Sublet",
    "Buildings",
    "Building",
    "Land",
    "Land/Buildings",
    "Surplus",
    "Operational",
    "Non-operational",
    "Peppercorn",
    "Virtual Freehold",
    "Feuhold",
];

/// Brings the category columns of a table to one spelling for each meaning, with a finding for each
/// cell that changed.
pub fn settle_categories(
    table: &mut Table,
    columns: &Columns,
    fields: &[Field],
    findings: &mut Vec<Finding>,
) {
    for field in fields.iter().filter(|field| field.kind == Kind::Category) {
        if let Some(column) = columns.get(field.name) {
            settle(table, column, findings);
        }
    }
}

fn settle(table: &mut Table, column: usize, findings: &mut Vec<Finding>) {
    let mut forms: BTreeMap<&str, usize> = BTreeMap::new();
    for record in &table.records {
        let cell = record.cell(column);
        if !is_missing(cell) {
            *forms.entry(cell).or_default() += 1;
        }
        // Free text is no category.
        if forms.len() > 500 {
            return;
        }
    }
    let canonical = canonical(&forms);
    let changes: HashMap<String, (String, bool)> = forms
        .keys()
        .filter_map(|form| {
            let (to, spelling) = canonical.get(*form)?;
            (to != form).then(|| ((*form).to_owned(), (to.clone(), *spelling)))
        })
        .collect();
    if changes.is_empty() {
        return;
    }
    let header = table.header.get(column).cloned().unwrap_or_default();
    for record in &mut table.records {
        let Some((to, spelling)) = changes.get(record.cell(column)) else {
            continue;
        };
        let (code, cause) = if *spelling {
            (
                "category-spelling",
                "one or two letters away from a known value",
            )
        } else {
            (
                "category-variant",
                "differs from another value by case or blanks only",
            )
        };
        findings.push(
            Finding::new(code, Severity::Repair, record.at.clone())
                .column(header.clone())
                .cell(record.cell(column))
                .cause(cause)
                .action(format!("read as {to}")),
        );
        record.cells = record.cells.with(column, to);
    }
}

/// For each form the one to use, and whether it differs by spelling rather than case.
fn canonical(forms: &BTreeMap<&str, usize>) -> BTreeMap<String, (String, bool)> {
    let mut by_key: BTreeMap<String, Vec<(&str, usize)>> = BTreeMap::new();
    for (form, count) in forms {
        by_key.entry(key(form)).or_default().push((form, *count));
    }
    // A register in capitals throughout has a style, not a fault.
    let styled = by_key
        .keys()
        .filter_map(|key| known(key).map(|known| (key, known)))
        .filter(|(key, known)| {
            by_key
                .get(*key)
                .is_some_and(|forms| forms.iter().any(|(form, _)| form == known))
        })
        .count();
    let mut chosen: BTreeMap<String, String> = BTreeMap::new();
    for (key, forms) in &by_key {
        let mut best = forms.clone();
        best.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
        let usual = best
            .first()
            .map(|(form, _)| (*form).to_owned())
            .unwrap_or_default();
        let known = known(key).filter(|known| {
            forms.iter().any(|(form, _)| form == known)
                || (styled > 0 && usual.len() == known.len())
        });
        chosen.insert(key.clone(), known.map_or(usual, str::to_owned));
    }
    let total: usize = forms.values().sum();
    let mut out = BTreeMap::new();
    for (key, forms) in &by_key {
        let count: usize = forms.iter().map(|(_, count)| count).sum();
        let rare = count <= 2 || count * 100 <= total;
        let near = (known(key).is_none() && rare && key.chars().count() >= 6)
            .then(|| nearest(key, count, &by_key))
            .flatten();
        let (to, spelling) = match near {
            Some(other) => (
                chosen
                    .get(&other)
                    .cloned()
                    .or_else(|| known(&other).map(str::to_owned)),
                true,
            ),
            None => (chosen.get(key).cloned(), false),
        };
        for (form, _) in forms {
            if let Some(to) = &to {
                out.insert((*form).to_owned(), (to.clone(), spelling));
            }
        }
    }
    out
}

/// A form as it is compared. Signs of a grade count: `A++` is not `A`, `B-` is not `B`.
fn key(form: &str) -> String {
    let plain = normalise(form);
    let signs: String = match form.trim().rfind(|c: char| c.is_alphanumeric()) {
        Some(last) => form
            .trim()
            .get(last..)
            .unwrap_or_default()
            .chars()
            .filter(|c| matches!(c, '+' | '-'))
            .collect(),
        None => String::new(),
    };
    plain + &signs
}

fn known(key: &str) -> Option<&'static str> {
    KNOWN.iter().copied().find(|known| normalise(known) == key)
}

/// A known or much commoner value one letter away (two in long words), where there is only one.
fn nearest(
    key: &str,
    count: usize,
    by_key: &BTreeMap<String, Vec<(&str, usize)>>,
) -> Option<String> {
    // Codes that differ by a digit are different codes.
    if key.chars().any(|c| c.is_ascii_digit()) {
        return None;
    }
    let limit = if key.chars().count() >= 9 { 2 } else { 1 };
    let mut found: Vec<String> = Vec::new();
    let common = by_key
        .iter()
        .filter(|(_, forms)| forms.iter().map(|(_, count)| count).sum::<usize>() >= 10 * count)
        .map(|(key, _)| key.clone());
    for other in common.chain(KNOWN.iter().map(|known| normalise(known))) {
        // A word begins with what it means: `vermietet` is no slip for `gemietet`.
        let close = other != key
            && other.chars().next() == key.chars().next()
            && strsim::damerau_levenshtein(&other, key) <= limit;
        if close && !found.contains(&other) {
            found.push(other);
        }
    }
    match found.as_slice() {
        [only] => Some(only.clone()),
        _ => None,
    }
}
