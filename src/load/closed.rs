//! Records that say themselves that they are closed.

use super::affirmed::{When, affirmed, phrases, when};
use super::cells::{self, Style, is_missing};
use super::{Columns, Table, rows};
use crate::place::{Finding, Rejected, Severity};
use jiff::civil::Date;
use std::collections::BTreeSet;

/// Words of a status column that say that the record is still open.
const OPEN: [&str; 12] = [
    "a",
    "active",
    "open",
    "operational",
    "current",
    "live",
    "visible",
    "in use",
    "proposed",
    "p",
    "o",
    "occupied",
];
/// Letters of a status column that may say that it is not: `C` is closed beside an `A`, and current by itself.
const SHUT_LETTERS: [&str; 3] = ["c", "d", "i"];
/// Words that say of a record that it has ended.
const SHUT: [&str; 54] = [
    "closed",
    "inactive",
    "dormant",
    "demolished",
    "ceased",
    "decommissioned",
    "disposed",
    "sold",
    "hidden",
    "archived",
    "surrendered",
    "terminated",
    "relinquished",
    "vendu",
    "vendue",
    "cédé",
    "cédée",
    "fermé",
    "fermée",
    "démoli",
    "démolie",
    "verkauft",
    "veräussert",
    "veräußert",
    "abgerissen",
    "geschlossen",
    "stillgelegt",
    "verkocht",
    "gesloopt",
    "gesloten",
    "vendido",
    "vendida",
    "enajenado",
    "alienado",
    "demolido",
    "demolida",
    "cerrado",
    "fechado",
    "venduto",
    "venduta",
    "ceduto",
    "ceduta",
    "demolito",
    "chiuso",
    "sprzedany",
    "sprzedane",
    "zburzony",
    "zamknięty",
    "såld",
    "sålt",
    "solgt",
    "nedrevet",
    "myyty",
    "purettu",
];
/// Words that say of a record that something ends, and not what or for whom.
const ENDING: [&str; 6] = [
    "expired",
    "transferred",
    "disposal",
    "closing",
    "closure",
    "historic",
];
/// Words of an end by which somebody else has it.
const GIVEN: [&str; 24] = [
    "sold",
    "disposed",
    "surrendered",
    "relinquished",
    "vendu",
    "vendue",
    "cédé",
    "cédée",
    "verkauft",
    "veräussert",
    "veräußert",
    "verkocht",
    "vendido",
    "vendida",
    "enajenado",
    "alienado",
    "venduto",
    "venduta",
    "ceduto",
    "ceduta",
    "sprzedany",
    "såld",
    "sålt",
    "solgt",
];
/// Words beside those that limit nothing.
const PLAIN: [&str; 61] = [
    "of",
    "off",
    "on",
    "in",
    "at",
    "since",
    "by",
    "for",
    "the",
    "a",
    "and",
    "as",
    "date",
    "dated",
    "permanently",
    "now",
    "fully",
    "was",
    "been",
    "has",
    "have",
    "already",
    "year",
    "fy",
    "am",
    "im",
    "le",
    "en",
    "el",
    "il",
    "op",
    "den",
    "de",
    "del",
    "du",
    "em",
    "seit",
    "depuis",
    "sinds",
    "building",
    "property",
    "site",
    "asset",
    "lease",
    "tenancy",
    "premises",
    "freehold",
    "leasehold",
    "record",
    "auction",
    "tender",
    "private",
    "treaty",
    "sale",
    "completed",
    "vacant",
    "empty",
    "surplus",
    "out",
    "away",
    "endgültig",
];

/// Whether words of a status say that the record has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ended {
    /// They say nothing of an end.
    No,
    /// It has ended.
    Yes,
    /// They speak of an end that is to come, of a part, or in words that are not known.
    Unsure,
}

/// Reads the words of a status: `Sold 12/03/2021` has ended, `Sold subject to contract` or `Closing 2028` has not.
/// `own` are the words of its agency's names: what was transferred to it is still there.
pub(super) fn ended(cell: &str, base_date: Date, own: &[String]) -> Ended {
    let said = affirmed(cell).to_lowercase();
    let words: Vec<&str> = split(&said).collect();
    let ends = |word: &&str| SHUT.contains(word);
    let mut found = words.iter().any(ends);
    // `Transferred to the academy` tells who has it now.
    let given = words
        .windows(2)
        .any(|pair| matches!(pair, ["transferred", "to" | "out" | "away"]));
    found |= given;
    if !found {
        let ending = words.iter().any(|word| ENDING.contains(word));
        return if ending { Ended::Unsure } else { Ended::No };
    }
    if when(&said, base_date) == When::Open {
        return Ended::Unsure;
    }
    let plain = |word: &str| {
        SHUT.contains(&word)
            || PLAIN.contains(&word)
            || word == "transferred" && given
            || word.starts_with(|c: char| c.is_ascii_digit())
            || cells::month(word).is_some()
    };
    let words_of_giving = given || words.iter().any(|word| GIVEN.contains(word));
    for phrase in phrases(&said) {
        let mut words = split(said.get(phrase).unwrap_or_default());
        while let Some(word) = words.next() {
            if matches!(word, "to" | "an") {
                // `Closed to the public` is still there.
                if !words_of_giving {
                    return Ended::Unsure;
                }
                // Whoever took it may be called anything.
                let whom: Vec<&str> = words.by_ref().collect();
                let ours = |word: &&str| *word == "be" || own.iter().any(|own| own == word);
                if whom.iter().any(ours) {
                    return Ended::Unsure;
                }
            } else if !plain(word) {
                return Ended::Unsure;
            }
        }
    }
    Ended::Yes
}

fn split(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
}

/// Sets aside the records whose status column says that they are closed.
pub(super) fn set_aside(
    table: &mut Table,
    columns: &Columns,
    findings: &mut Vec<Finding>,
    rejected: &mut Vec<Rejected>,
) {
    let Some((column, letters)) = status_column(table, columns) else {
        return;
    };
    let header = table.header.get(column).cloned().unwrap_or_default();
    let end = letters.then(|| end_column(table, column)).flatten();
    if letters && end.is_none() {
        if columns.get("status") == Some(column) && !mostly_open(table, column) {
            findings.push(letters_not_read(table, header));
            return;
        }
        if columns.get("status") != Some(column) {
            return;
        }
    }
    rows::retain(table, rejected, "closed-record", |record| {
        let cell = record.cell(column);
        if !is_shut(cell) {
            return true;
        }
        let since = end
            .map(|end| record.cell(end))
            .filter(|date| !is_missing(date))
            .map(|date| format!(", since {date}"))
            .unwrap_or_default();
        findings.push(
            Finding::new("closed-record", Severity::Reject, record.at.clone())
                .column(header.clone())
                .cell(cell)
                .cause(format!("its status says that it is closed{since}"))
                .action("row set aside"),
        );
        false
    });
}

fn is_shut(cell: &str) -> bool {
    let word = cell.trim().to_lowercase();
    let word = word.as_str();
    SHUT.contains(&word)
        || SHUT_LETTERS.contains(&word)
        || matches!(word, "permanently closed" | "disposed of")
}

/// Whether most records of a column are open, so that its other letters can be told.
fn mostly_open(table: &Table, column: usize) -> bool {
    let open = |word: &str| OPEN.contains(&word.trim().to_lowercase().as_str());
    let cells = || table.records.iter().map(|record| record.cell(column));
    let stated = cells().filter(|cell| !is_missing(cell)).count();
    cells().filter(|cell| open(cell)).count() * 2 > stated
}

fn letters_not_read(table: &Table, header: String) -> Finding {
    Finding::new("word-not-read", Severity::Warn, table.whole())
        .column(header.clone())
        .cause("its single letters may say that a record is closed, or that it is current")
        .action(format!(
            "not read, so that every record is kept; where some are closed, say which by \
             [[buildings.scope]] with column = \"{header}\", values and role = \"out\""
        ))
}

/// The status column, and whether it is written in single letters, which need a date of closing to
/// be believed.
fn status_column(table: &Table, columns: &Columns) -> Option<(usize, bool)> {
    let named = columns.get("status");
    (0..table.header.len())
        .filter(|column| named.is_none_or(|named| named == *column))
        // Grades from A to D look like a status in single letters, and are none.
        .filter(|column| {
            ["condition", "energy_rating"]
                .iter()
                .all(|field| columns.get(field) != Some(*column))
        })
        .find_map(|column| {
            let mut values = BTreeSet::new();
            for record in &table.records {
                let cell = record.cell(column);
                if !is_missing(cell) && !values.contains(cell) {
                    values.insert(cell);
                }
                if values.len() > 8 {
                    return None;
                }
            }
            let words: BTreeSet<String> = values
                .iter()
                .map(|value| value.trim().to_lowercase())
                .collect();
            let open = |word: &String| OPEN.contains(&word.as_str());
            let known = words.iter().all(|word| open(word) || is_shut(word));
            let letters = words.iter().all(|word| word.chars().count() == 1);
            let vocabulary = known || named == Some(column);
            let shut = words.iter().any(|word| is_shut(word));
            (vocabulary && shut && (words.iter().any(open) || named == Some(column)))
                .then_some((column, letters))
        })
}

/// A column of dates that is filled for closed records and blank for open ones.
fn end_column(table: &Table, status: usize) -> Option<usize> {
    let style = Style::default();
    (0..table.header.len()).find(|column| {
        let (mut shut, mut dated, mut open_dated) = (0_usize, 0_usize, 0_usize);
        for record in &table.records {
            let closed = is_shut(record.cell(status));
            let cell = record.cell(*column);
            let date = !is_missing(cell) && cells::date(cell, &style).value.is_some();
            shut += usize::from(closed);
            dated += usize::from(closed && date);
            open_dated += usize::from(!closed && date);
        }
        shut > 0 && dated * 10 >= shut * 8 && open_dated * 10 <= table.records.len()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_record_has_ended_where_nothing_beside_the_word_limits_it() {
        let own = ["council".to_owned()];
        for (cell, read) in [
            ("Active", Ended::No),
            ("Sold", Ended::Yes),
            ("Sold 12/03/2021", Ended::Yes),
            ("Disposed 2019", Ended::Yes),
            ("Disposed - 12/03/2019", Ended::Yes),
            ("Demolished 2018", Ended::Yes),
            ("Closed (2021)", Ended::Yes),
            ("Closed - vacant", Ended::Yes),
            ("Transferred to Academy", Ended::Yes),
            ("Lease surrendered", Ended::Yes),
            ("Lease terminated", Ended::Yes),
            ("Archived", Ended::Yes),
            ("Cédé", Ended::Yes),
            ("Verkauft an die Gemeinde", Ended::Yes),
            ("Verkauft 31.12.2020", Ended::Yes),
            ("Såld", Ended::Yes),
            ("Sprzedany", Ended::Yes),
            ("Sold to Smith Ltd", Ended::Yes),
            ("SOLD STC", Ended::Unsure),
            ("Sold (subject to contract)", Ended::Unsure),
            ("Sold, completion 2028", Ended::Unsure),
            ("Closed from 2028", Ended::Unsure),
            ("To be demolished", Ended::Unsure),
            ("Temporarily closed", Ended::Unsure),
            ("Part sold", Ended::Unsure),
            ("Closed Mondays", Ended::Unsure),
            ("Closed to the public", Ended::Unsure),
            ("Closed to new referrals", Ended::Unsure),
            ("Surrendered to landlord", Ended::Yes),
            ("Expired", Ended::Unsure),
            ("Transferred", Ended::Unsure),
            ("Transferred from NHS", Ended::Unsure),
            ("Transferred to the Council", Ended::Unsure),
            ("Disposal in progress", Ended::Unsure),
            ("Not sold", Ended::No),
            ("Unsold", Ended::No),
            ("C", Ended::No),
            ("Ferme", Ended::No),
        ] {
            assert_eq!(ended(cell, date(2026, 4, 1), &own), read, "{cell}");
        }
    }
}
