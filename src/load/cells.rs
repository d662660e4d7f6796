//! One cell to one value: what it says, and what had to be repaired or doubted to say it.

mod area;
mod date;
mod heading;
mod identity;
mod number;
mod period;
mod style;
mod unit;

pub(super) use area::{area, area_in, states_unit};
pub(super) use date::{date, month};
pub(super) use heading::{per_area, says_thousands, scale_of_counts, scale_of_money, without_k};
pub(super) use identity::{looks_british, postcode, uprn};
pub(super) use number::{money, number, share};
pub(super) use style::{Style, decimal_votes};
pub(super) use unit::{AreaUnit, FOOT as SQUARE_FOOT, unit, unit_called};

use crate::place::{Finding, RowRef, Severity};

/// What was repaired or doubted about a cell; becomes a finding where its row and column are known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// The finding's code.
    pub code: &'static str,
    /// What it does to the run.
    pub severity: Severity,
    /// What is wrong.
    pub cause: String,
    /// What was done, or what to do.
    pub action: String,
}

impl Note {
    /// The note as a finding about a cell.
    pub fn finding(self, at: RowRef, column: &str, cell: &str) -> Finding {
        Finding::new(self.code, self.severity, at)
            .column(column)
            .cell(cell)
            .cause(self.cause)
            .action(self.action)
    }

    /// A value was changed to be read.
    pub(super) fn repair(
        code: &'static str,
        cause: impl Into<String>,
        action: impl Into<String>,
    ) -> Self {
        Self {
            code,
            severity: Severity::Repair,
            cause: cause.into(),
            action: action.into(),
        }
    }

    /// A value is doubted.
    pub(super) fn warn(
        code: &'static str,
        cause: impl Into<String>,
        action: impl Into<String>,
    ) -> Self {
        Self {
            severity: Severity::Warn,
            ..Self::repair(code, cause, action)
        }
    }
}

/// What a cell was read as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading<T> {
    /// The value; `None` where the cell has none, or none that can be trusted.
    pub value: Option<T>,
    /// What had to be repaired or doubted.
    pub note: Option<Note>,
}

impl<T> Reading<T> {
    pub(super) fn sure(value: T) -> Self {
        Self {
            value: Some(value),
            note: None,
        }
    }

    pub(super) fn noted(value: T, note: Note) -> Self {
        Self {
            value: Some(value),
            note: Some(note),
        }
    }

    pub(super) fn doubted(note: Note) -> Self {
        Self {
            value: None,
            note: Some(note),
        }
    }

    /// No value: silently where the cell is blank, with a note where a word stands for it.
    pub(super) fn missing(cell: &str) -> Self {
        Self {
            value: None,
            note: (!cell.trim().is_empty()).then(|| {
                Note::warn(
                    "missing-spelled",
                    "a word or sign stands for \"no value\"",
                    "read as missing",
                )
            }),
        }
    }
}

/// Words and signs that mean "no value" where they are the whole cell.
const MISSING: [&str; 56] = [
    "na",
    "n a",
    "nan",
    "null",
    "nil",
    "none",
    "none known",
    "none stated",
    "none recorded",
    "not applicable",
    "not available",
    "not known",
    "not recorded",
    "not stated",
    "not provided",
    "not given",
    "not set",
    "not specified",
    "notapplicable",
    "notavailable",
    "unknown",
    "unk",
    "unspecified",
    "tbc",
    "tba",
    "tbd",
    "to be confirmed",
    "to be advised",
    "n k",
    "nk",
    "no data",
    "nodata",
    "no value",
    "no record",
    "missing",
    "blank",
    "empty",
    "value",
    "ref",
    "div 0",
    "name",
    "does not apply",
    "withheld",
    "redacted",
    "confidential",
    "nd",
    "non applicable",
    "non disponible",
    "non renseigne",
    "non renseigné",
    "inconnu",
    "ka",
    "keine angabe",
    "unbekannt",
    "desconocido",
    "sin dato",
];

/// Whether the whole cell means "no value".
pub(super) fn is_missing(cell: &str) -> bool {
    let cell = cell.trim();
    if cell.chars().all(|c| !c.is_alphanumeric()) {
        // Blank, or nothing but signs: `-`, `--`, `..`, `?`, `—`. Signs that mean something to
        // somebody (a star rating) are no value to us.
        return !cell.contains(['£', '€', '$', '%']) || cell.is_empty();
    }
    // No spelling of "no value" begins with a digit, and most cells of big tables do.
    let number = cell
        .bytes()
        .find(u8::is_ascii_alphanumeric)
        .is_some_and(|byte| byte.is_ascii_digit());
    if cell.len() > 24 || number && cell.is_ascii() {
        return false;
    }
    let bracketed = cell.starts_with(['[', '<', '(', '#', '{']);
    // Words parted by single blanks, in lower case; on the stack, since nearly every cell comes here.
    let mut room = [0_u8; MOST_MISSING];
    let mut plain = Words {
        room: &mut room,
        length: 0,
    };
    for c in cell.chars() {
        if c.is_alphanumeric() {
            for c in c.to_lowercase() {
                plain.push(c);
            }
        } else if c != '.' && plain.length > 0 && !plain.text().ends_with(' ') {
            plain.push(' ');
        }
    }
    let plain = plain.text().trim_end_matches(' ');
    match plain {
        // Spreadsheet errors are missing; words that look like them are not.
        "value" | "ref" | "div 0" | "name" => cell.starts_with('#'),
        "empty" | "blank" | "confidential" | "redacted" | "withheld" | "missing" if !bracketed => {
            true
        }
        _ => {
            let first = plain.as_bytes().first();
            MISSING
                .iter()
                .any(|word| word.as_bytes().first() == first && *word == plain)
        }
    }
}

/// Room for the words of a cell of at most 24 bytes: lower case may be longer.
const MOST_MISSING: usize = 80;

struct Words<'a> {
    room: &'a mut [u8; MOST_MISSING],
    length: usize,
}

impl Words<'_> {
    fn push(&mut self, c: char) {
        if let Some(free) = self.room.get_mut(self.length..)
            && free.len() >= c.len_utf8()
        {
            self.length += c.encode_utf8(free).len();
        }
    }

    fn text(&self) -> &str {
        let written = self.room.get(..self.length).unwrap_or_default();
        std::str::from_utf8(written).unwrap_or_default()
    }
}

/// The number a cell begins with, whatever stands around it.
pub(super) fn number_like(cell: &str) -> Option<f64> {
    let parsed = number::parse(cell, false)?;
    parsed.rest.is_empty().then_some(parsed.value)
}

/// Text as it stands, without surrounding blanks; `None` where it means "no value".
pub(super) fn text(cell: &str) -> Option<String> {
    let cell = cell.trim();
    (!is_missing(cell)).then(|| cell.to_owned())
}

/// Yes or no, in the words and signs of registers.
pub(super) fn yes_no(cell: &str, _: &Style) -> Reading<bool> {
    match cell.trim().to_lowercase().as_str() {
        "yes" | "y" | "true" | "t" | "1" | "1.0" | "x" | "oui" | "ja" | "si" | "sí" | "sim"
        | "ydy" | "oes" | "ie" | "✓" | "✔" => Reading::sure(true),
        "no" | "n" | "false" | "f" | "0" | "0.0" | "non" | "nein" | "nee" | "não" | "nao"
        | "nac ydy" | "nac oes" | "✗" | "✘" => Reading::sure(false),
        other if is_missing(other) => Reading::missing(cell),
        _ => Reading::doubted(Note::warn(
            "yes-no-not-read",
            "neither yes nor no",
            "read as missing; write yes or no",
        )),
    }
}
