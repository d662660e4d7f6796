//! Cells as people meant them: stray blanks, line breaks, text decoded twice, text that a
//! spreadsheet or a browser would run.

use super::names::narrow;
use super::table::{RECORDS_OF_A_PAGE, share_a_page};
use super::{Cells, Record, Table};
use crate::place::{Finding, Severity};
use encoding_rs::WINDOWS_1252;
use rayon::prelude::*;
use std::collections::BTreeMap;

/// Harmless repairs of one kind listed one by one per column before they are only counted.
const LISTED: u64 = 100;

const BLANKS: &str = "blank-trimmed";
const FULL_WIDTH: &str = "full-width";

/// Tidies every cell of a table, with a finding for each that changed or that must be shown with
/// care.
pub(super) fn tidy(table: &mut Table, findings: &mut Vec<Finding>) {
    let mut harmless = BTreeMap::new();
    let header = std::mem::take(&mut table.header);
    let suspects: Vec<usize> = (0..table.records.len())
        .into_par_iter()
        .filter(|at| {
            table
                .records
                .get(*at)
                .is_some_and(|record| suspicious(&record.cells))
        })
        .collect();
    let mut changed = false;
    for at in suspects {
        if let Some(record) = table.records.get_mut(at) {
            changed |= tidy_record(record, &header, &mut harmless, findings);
        }
    }
    if changed {
        table
            .records
            .chunks_mut(RECORDS_OF_A_PAGE)
            .for_each(share_a_page);
    }
    table.header = header;
    for ((column, code), count) in harmless {
        if count > LISTED {
            let (cause, action) = match code {
                FULL_WIDTH => (
                    "are written in full width",
                    "read as plain letters and digits",
                ),
                _ => ("begin or end with blanks", "taken away"),
            };
            let mut finding = Finding::new(code, Severity::Repair, table.whole())
                .cause(format!(
                    "{count} cells {cause}, of which {LISTED} are listed"
                ))
                .action(action);
            finding.column = table.header.get(column).cloned();
            findings.push(finding);
        }
    }
}

/// Whether any cell needs a closer look: one quick pass for the many that do not.
fn suspicious(cells: &Cells) -> bool {
    let odd =
        |byte: u8| !(0x20..0x7f).contains(&byte) || matches!(byte, b'<' | b'{' | b'%' | b'\\');
    if cells.text().bytes().any(odd) || cells.text().contains("../") {
        return true;
    }
    cells.iter().any(|cell| {
        matches!(
            (cell.as_bytes().first(), cell.as_bytes().last()),
            (Some(b' ' | b'=' | b'+' | b'-' | b'@' | b'\''), _) | (_, Some(b' '))
        )
    })
}

/// Tidies the cells of one record; whether any changed.
fn tidy_record(
    record: &mut Record,
    header: &[String],
    harmless: &mut BTreeMap<(usize, &'static str), u64>,
    findings: &mut Vec<Finding>,
) -> bool {
    let mut changed: Option<Vec<String>> = None;
    for (column, cell) in record.cells.iter().enumerate() {
        let name = header.get(column).map_or("", String::as_str);
        let (text, repair) = clean(cell);
        let about = |code, severity| {
            Finding::new(code, severity, record.at.clone())
                .column(name)
                .cell(cell)
        };
        if let Some((code, cause, action)) = repair {
            let listed = !matches!(code, BLANKS | FULL_WIDTH) || {
                let count = harmless.entry((column, code)).or_default();
                *count += 1;
                *count <= LISTED
            };
            if listed {
                findings.push(about(code, Severity::Repair).cause(cause).action(action));
            }
        }
        let shown = text.as_deref().unwrap_or(cell);
        if runs_in_a_spreadsheet(shown) {
            findings.push(
                about("formula-text", Severity::Warn)
                    .cause("a spreadsheet would run this text as a formula")
                    .action("kept as plain text; made safe in every table that is written"),
            );
        }
        if is_markup(shown) {
            findings.push(
                about("markup-text", Severity::Warn)
                    .cause("markup, template or path text")
                    .action("kept as plain text; escaped wherever it is shown"),
            );
        }
        if let Some(text) = text {
            let cells = changed.get_or_insert_with(|| record.cells.to_vec());
            if let Some(slot) = cells.get_mut(column) {
                *slot = text;
            }
        }
    }
    let Some(cells) = changed else {
        return false;
    };
    record.cells = cells.iter().map(String::as_str).collect();
    true
}

type Repair = (&'static str, &'static str, &'static str);

/// The cell as it was meant, where that differs, and the gravest thing that was wrong with it.
fn clean(cell: &str) -> (Option<String>, Option<Repair>) {
    let mut repair: Option<Repair> = None;
    let mut text = cell.to_owned();
    if !text.is_ascii()
        && let Some(once) = decoded_twice(&text)
    {
        text = once;
        repair = Some((
            "mojibake",
            "text was decoded wrongly once before",
            "repaired",
        ));
    }
    if text.contains(['\n', '\r']) {
        let lines: Vec<&str> = text
            .split(['\n', '\r'])
            .map(str::trim)
            .filter(|line| !line.is_empty())
            .collect();
        text = lines.join(" ");
        repair = repair.or(Some((
            "line-break",
            "a line break stands inside the cell",
            "put on one line",
        )));
    }
    if text.contains(is_odd_blank) {
        text = text
            .chars()
            .filter(|c| !is_invisible(*c))
            .map(|c| if is_odd_blank(c) { ' ' } else { c })
            .collect();
        repair = repair.or(Some((
            "odd-space",
            "a no-break or invisible blank stands in the cell",
            "made an ordinary blank, or taken away",
        )));
    }
    if text.contains(|c: char| c.is_control() && c != '\t') {
        text.retain(|c| !c.is_control() || c == '\t');
        repair = repair.or(Some((
            "control-character",
            "a character that cannot be shown stands in the cell",
            "taken away",
        )));
    }
    if text.contains(is_wide) {
        text = text.chars().map(narrow).collect();
        repair = repair.or(Some((
            FULL_WIDTH,
            "its letters or digits are of full width",
            "read as plain ones",
        )));
    }
    let trimmed = text.trim();
    if trimmed.len() != text.len() {
        if repair.is_none() && !trimmed.is_empty() {
            repair = Some((
                BLANKS,
                "blanks stand before or after the text",
                "taken away",
            ));
        }
        text = trimmed.to_owned();
    }
    // Our own tables put an apostrophe before text that a spreadsheet would run; it is undone here.
    if let Some(inside) = text.strip_prefix('\'')
        && inside.starts_with(['=', '+', '-', '@'])
    {
        text = inside.to_owned();
    }
    if text == cell {
        (None, None)
    } else {
        (Some(text), repair)
    }
}

/// A full-width letter or digit. Full-width signs alone are ordinary in East Asian text.
fn is_wide(c: char) -> bool {
    narrow(c) != c && narrow(c).is_alphanumeric()
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{feff}' | '\u{ad}')
}

fn is_odd_blank(c: char) -> bool {
    is_invisible(c)
        || matches!(
            c,
            '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}'
        )
}

/// UTF-8 that was once read as Windows-1252 and saved again: `CafÃ©`. `None` where it is not.
fn decoded_twice(text: &str) -> Option<String> {
    let tell = |c: char| matches!(c, 'Ã' | 'Â' | 'â' | 'Å' | 'Ä' | 'Ë' | 'Î' | 'Ï');
    if !text.contains(tell) {
        return None;
    }
    let (bytes, _, failed) = WINDOWS_1252.encode(text);
    if failed {
        return None;
    }
    let once = String::from_utf8(bytes.into_owned()).ok()?;
    // `Ã` alone in a Portuguese word does not survive the way back, so this is no accident.
    (once.chars().count() < text.chars().count()).then_some(once)
}

/// Whether a spreadsheet would take the text for a formula; numbers and telephone numbers are none.
fn runs_in_a_spreadsheet(text: &str) -> bool {
    match text.chars().next() {
        Some('=' | '@') => text.len() > 1,
        Some('+' | '-') => {
            text.contains(|c: char| c.is_alphabetic() || matches!(c, '(' | '!' | '|' | '*'))
                && super::cells::number_like(text).is_none()
        }
        _ => false,
    }
}

/// Whether a careless page, template or file name would be broken by the text.
fn is_markup(text: &str) -> bool {
    let tag = text.match_indices('<').any(|(at, _)| {
        text.get(at + 1..)
            .and_then(|rest| rest.chars().next())
            .is_some_and(|next| next.is_ascii_alphabetic() || matches!(next, '/' | '!' | '?'))
    });
    tag || ["${", "{{", "{%", "<%", "../", "..\\", "%s", "%n"]
        .iter()
        .any(|mark| text.contains(mark))
}
