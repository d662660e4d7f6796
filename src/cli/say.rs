//! Findings and money in words for a terminal: readable without colour, widths kept.

use crate::place::{Finding, Severity};
use std::collections::BTreeMap;
use std::fmt::Write;

/// Most findings of one code that are printed in full; the rest are counted.
const SHOWN_PER_CODE: usize = 8;

/// The code of an error whose causes are the rows that were set aside.
const TABLE_MOSTLY_REJECTED: &str = "table-mostly-rejected";

/// Most rows of one kind that are shown behind such an error.
const SHOWN_ROWS: usize = 2;

/// The code of a warning from which errors follow: columns that were not recognised.
const COLUMNS_MISSING: &str = "columns-missing";

/// All errors together, each with its code, place, cause and what to do; before them what they may
/// follow from.
pub(super) fn errors(findings: &[Finding]) -> String {
    let errors: Vec<_> = findings
        .iter()
        .filter(|f| f.severity == Severity::Error)
        .collect();
    let mut text = String::new();
    for finding in findings.iter().filter(|f| f.code == COLUMNS_MISSING) {
        text.push_str(&one(finding));
    }
    let mut shown: BTreeMap<&str, usize> = BTreeMap::new();
    for finding in &errors {
        let times = shown.entry(finding.code).or_default();
        *times += 1;
        if *times <= SHOWN_PER_CODE {
            text.push_str(&one(finding));
            text.push_str(&rows_behind(finding, findings));
        }
    }
    for (code, times) in shown {
        if times > SHOWN_PER_CODE {
            let _ = writeln!(
                text,
                "error[{code}]: and {} more like these",
                times - SHOWN_PER_CODE
            );
        }
    }
    let _ = writeln!(
        text,
        "{} in the input; nothing was planned",
        count(errors.len(), "error")
    );
    text
}

/// The first rows that were set aside, where an error is that most of a table was.
fn rows_behind(error: &Finding, findings: &[Finding]) -> String {
    if error.code != TABLE_MOSTLY_REJECTED {
        return String::new();
    }
    let rows = findings
        .iter()
        .filter(|f| f.severity == Severity::Reject && f.row.file == error.row.file);
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    let mut text = String::new();
    for finding in rows {
        let times = kinds.entry(finding.code).or_default();
        *times += 1;
        if *times <= SHOWN_ROWS {
            for line in one(finding).lines() {
                let _ = writeln!(text, "    {line}");
            }
        }
    }
    text
}

/// One finding on a few lines.
pub(super) fn one(finding: &Finding) -> String {
    let mut text = format!(
        "{}[{}] {}",
        finding.severity.name(),
        finding.code,
        finding.row
    );
    if let Some(column) = &finding.column {
        let _ = write!(text, ", column {column}");
    }
    if let Some(cell) = &finding.cell {
        let _ = write!(text, ": {:?}", shortened(cell, 60));
    }
    let _ = writeln!(text, "\n    {}", finding.cause);
    if !finding.action.is_empty() {
        let _ = writeln!(text, "    -> {}", finding.action);
    }
    if let Some(setting) = &finding.setting {
        let _ = writeln!(text, "    place.toml: {setting}");
    }
    text
}

/// How many findings there are of each severity and code, each with the first of its kind and the
/// line of `place.toml` that settles it.
pub(super) fn tally(findings: &[Finding]) -> String {
    let mut kinds: BTreeMap<(Severity, &str), (usize, &Finding)> = BTreeMap::new();
    for finding in findings {
        kinds
            .entry((finding.severity, finding.code))
            .or_insert((0, finding))
            .0 += 1;
    }
    let mut text = String::new();
    for ((severity, code), (times, first)) in kinds {
        let _ = writeln!(text, "  {:<8} {code:<34} {times:>6}", severity.name());
        let cell = first
            .cell
            .as_ref()
            .map_or(String::new(), |cell| format!(" {:?}", shortened(cell, 40)));
        let such_as = if times > 1 { "first: " } else { "" };
        let _ = writeln!(
            text,
            "           {such_as}{}{cell}: {}; {}",
            first.row, first.cause, first.action
        );
        if let Some(setting) = &first.setting {
            let _ = writeln!(text, "           place.toml: {setting}");
        }
    }
    text
}

/// `1 building`, `3 buildings`.
pub(super) fn count(number: usize, what: &str) -> String {
    let ending = if number == 1 { "" } else { "s" };
    format!("{} {what}{ending}", grouped(number as f64))
}

/// Whole pounds with thousands separators: `£1,204,300`, `-£310`.
pub(super) fn gbp(amount: f64) -> String {
    let sign = if amount.round() < 0.0 { "-" } else { "" };
    format!("{sign}£{}", grouped(amount.abs()))
}

/// A whole number with thousands separators.
pub(super) fn grouped(number: f64) -> String {
    let digits = format!("{:.0}", number.abs());
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    if number.round() < 0.0 {
        format!("-{text}")
    } else {
        text
    }
}

/// The first `most` characters, with an ellipsis where there are more.
pub(super) fn shortened(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}

/// A number with as many decimals as it is worth.
pub(super) fn figure(number: f64) -> String {
    if number.fract() == 0.0 || number.abs() >= 100_000.0 {
        grouped(number.round())
    } else {
        format!("{number:.3}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::place::RowRef;

    #[test]
    fn pounds_are_grouped_by_thousands() {
        assert_eq!(gbp(1_204_300.4), "£1,204,300");
        assert_eq!(gbp(-310.0), "-£310");
        assert_eq!(gbp(-0.2), "£0");
    }

    #[test]
    fn every_error_says_where_what_and_what_to_do() {
        let row = RowRef {
            file: "assets.csv".into(),
            record: 3,
            line: 5,
        };
        let finding = Finding::new("unknown-agency", Severity::Error, row)
            .column("agency")
            .cell("counsil")
            .cause("no agency has this id")
            .action("did you mean `council`?");
        let text = errors(&[finding]);
        for part in [
            "assets.csv:record 3 (line 5)",
            "column agency",
            "counsil",
            "did you mean",
        ] {
            assert!(text.contains(part), "{part} is missing in\n{text}");
        }
    }
}
