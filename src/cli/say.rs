//! Findings in words for a terminal: readable without colour, widths kept.

use crate::place::words::{count, exact, whole};
use crate::place::{Finding, Severity};
use std::collections::BTreeMap;
use std::fmt::Write;

/// Most findings of one code that are printed in full; the rest are counted.
const SHOWN_PER_CODE: usize = 8;

/// The code of an error whose causes are the rows that were set aside.
const TABLE_MOSTLY_REJECTED: &str = "table-mostly-rejected";

/// Columns of a line that is easily read.
const EASILY_READ: usize = 100;

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
        let times_said = whole(times as f64);
        let _ = writeln!(text, "  {:<8} {code:<34} {times_said:>6}", severity.name());
        let cell = first
            .cell
            .as_ref()
            .map_or(String::new(), |cell| format!(" {:?}", shortened(cell, 40)));
        let column = first
            .column
            .as_ref()
            .map_or(String::new(), |column| format!(", column {column}"));
        let such_as = if times > 1 { "first: " } else { "" };
        let _ = writeln!(
            text,
            "           {such_as}{}{column}{cell}: {}; {}",
            first.row, first.cause, first.action
        );
        if let Some(setting) = &first.setting {
            let _ = writeln!(text, "           place.toml: {setting}");
        }
    }
    text
}

/// Words that begin at a column of the terminal, wrapped to its width, and to what is easily read, with
/// every further line under the first.
pub(super) fn hanging(words: &str, column: usize, width: usize) -> String {
    let room = width.min(EASILY_READ).saturating_sub(column).max(24);
    let mut text = String::new();
    let mut used = 0;
    for word in words.split(' ') {
        let length = word.chars().count();
        if used > 0 && used + 1 + length > room {
            let _ = write!(text, "\n{:column$}", "");
            used = 0;
        } else if used > 0 {
            text.push(' ');
            used += 1;
        }
        text.push_str(word);
        used += length;
    }
    text
}

/// Text whose lines are wrapped between words where the terminal is narrower, what goes on a little further in.
pub(super) fn folded(text: &str, width: usize) -> String {
    let mut folded = String::new();
    for line in text.lines() {
        let words = line.trim_start_matches(' ');
        let indent = line.len() - words.len();
        let long = line.chars().count() > width;
        let words = match long {
            true => hanging(words, indent + 2, width),
            false => words.to_owned(),
        };
        let _ = writeln!(folded, "{:indent$}{words}", "");
    }
    folded
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
    if number.abs() >= 1e18 {
        format!("{number:e}")
    } else if number.abs() >= 100_000.0 {
        whole(number)
    } else {
        // Nought has no sign.
        exact((number * 1000.0).round() / 1000.0 + 0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::place::RowRef;

    #[test]
    fn a_long_line_goes_on_under_its_own_beginning() {
        assert_eq!(hanging("short words", 40, usize::MAX), "short words");
        let wrapped = hanging("twenty-four columns of room are left here", 60, 84);
        let indent = " ".repeat(60);
        assert_eq!(
            wrapped,
            format!("twenty-four columns of\n{indent}room are left here")
        );
    }

    #[test]
    fn lines_are_folded_between_words_where_the_terminal_is_narrower() {
        let text = "short\n  first: buildings.csv, column rent: a currency sign\n";
        assert_eq!(folded(text, usize::MAX), text);
        let narrow = "short\n  first: buildings.csv, column\n    rent: a currency sign\n";
        assert_eq!(folded(text, 34), narrow);
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
