//! Codes that must stay text: UPRNs and postcodes.

use super::{Note, Reading, Style, is_missing};

/// A UPRN as text of 12 digits.
pub(in crate::load) fn uprn(cell: &str, _: &Style) -> Reading<String> {
    let text = cell.trim().trim_start_matches('\'');
    if is_missing(text) {
        return Reading::missing(cell);
    }
    let compact: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let whole = match compact.split_once('.') {
        Some((whole, zeros)) if !zeros.is_empty() && zeros.bytes().all(|byte| byte == b'0') => {
            whole
        }
        _ => compact.as_str(),
    };
    let digits = !whole.is_empty() && whole.bytes().all(|byte| byte.is_ascii_digit());
    if !digits {
        let scientific = compact.to_lowercase().contains('e') && compact.parse::<f64>().is_ok();
        return Reading::doubted(if scientific {
            Note::warn(
                "uprn-lost",
                "a spreadsheet turned the UPRN into scientific notation; its last digits are gone",
                "read as missing; bring the column as text",
            )
        } else {
            Note::warn("uprn-invalid", "not a UPRN", "read as missing")
        });
    }
    if whole.len() > 12 {
        return Reading::doubted(Note::warn(
            "uprn-invalid",
            "a UPRN has at most 12 digits",
            "read as missing",
        ));
    }
    if whole.bytes().all(|byte| byte == b'0') || whole.bytes().all(|byte| byte == b'9') {
        return Reading::doubted(Note::warn(
            "uprn-placeholder",
            "stands for \"no UPRN\"",
            "read as missing",
        ));
    }
    let full = format!("{whole:0>12}");
    if full == text {
        Reading::sure(full)
    } else if whole.len() == compact.len() && whole.len() < 12 {
        let note = Note::repair(
            "uprn-padded",
            "leading zeros were lost",
            format!("read as {full}"),
        );
        Reading::noted(full, note)
    } else {
        let note = Note::repair(
            "uprn-tidied",
            "blanks or a decimal point stand in the UPRN",
            format!("read as {full}"),
        );
        Reading::noted(full, note)
    }
}

/// A postcode. British ones get one space and upper case; in a column of other countries'
/// postcodes the text stays as it is.
pub(in crate::load) fn postcode(cell: &str, style: &Style) -> Reading<String> {
    if is_missing(cell) {
        return Reading::missing(cell);
    }
    let trimmed = cell.trim();
    if !style.british {
        return Reading::sure(trimmed.to_owned());
    }
    let compact: String = trimmed
        .chars()
        .filter(|c| !c.is_whitespace())
        .flat_map(char::to_uppercase)
        .collect();
    if let Some(full) = british(&compact) {
        if PLACEHOLDERS.contains(&full.as_str()) {
            return Reading::doubted(Note::warn(
                "postcode-placeholder",
                "a postcode that stands for \"none\"",
                "read as missing",
            ));
        }
        if full == cell {
            return Reading::sure(full);
        }
        let note = Note::repair(
            "postcode-tidied",
            "case or blanks",
            format!("read as {full}"),
        );
        return Reading::noted(full, note);
    }
    if let Some(full) = british(&exchange(&compact)) {
        let note = Note::repair(
            "postcode-letter",
            "a letter stands where a digit belongs, or the other way round",
            format!("read as {full}; correct the register"),
        );
        return Reading::noted(full, note);
    }
    Reading::doubted(if partial(&compact) {
        Note::warn(
            "postcode-partial",
            "only part of a postcode",
            "not used to place the record",
        )
    } else {
        Note::warn("postcode-invalid", "not a postcode", "read as missing")
    })
}

/// Postcodes of no place.
const PLACEHOLDERS: [&str; 6] = [
    "ZZ99 9ZZ", "ZZ99 3WZ", "ZZ99 3VZ", "XX1 1XX", "AA1 1AA", "ZZ1 1ZZ",
];

/// A full British postcode with its space, or `None`.
fn british(compact: &str) -> Option<String> {
    if !compact.is_ascii() || !(5..=7).contains(&compact.len()) {
        return None;
    }
    let (outward, inward) = compact.split_at(compact.len() - 3);
    let inward_fits = shape(inward) == "9AA";
    let outward_fits = is_outward(outward) || compact == "GIR0AA";
    (inward_fits && outward_fits).then(|| format!("{outward} {inward}"))
}

fn is_outward(text: &str) -> bool {
    matches!(
        shape(text).as_str(),
        "A9" | "A99" | "AA9" | "AA99" | "A9A" | "AA9A"
    )
}

fn shape(text: &str) -> String {
    text.chars()
        .map(|c| {
            if c.is_ascii_digit() {
                '9'
            } else if c.is_ascii_alphabetic() {
                'A'
            } else {
                '?'
            }
        })
        .collect()
}

/// An outward code, with or without the first of the inward code.
fn partial(compact: &str) -> bool {
    if !compact.is_ascii() || compact.len() > 6 {
        return false;
    }
    (0..3).any(|cut| {
        compact.len() > cut && {
            let (outward, rest) = compact.split_at(compact.len() - cut);
            is_outward(outward) && matches!(shape(rest).as_str(), "" | "9" | "9A")
        }
    })
}

/// The letter O for the digit 0 and I for 1 in the inward code, and the reverse.
fn exchange(compact: &str) -> String {
    if !compact.is_ascii() || !(5..=7).contains(&compact.len()) {
        return String::new();
    }
    let inward = compact.len() - 3;
    let digit = |c| match c {
        'O' => '0',
        'I' | 'L' => '1',
        'S' => '5',
        other => other,
    };
    let letter = |c| match c {
        '0' => 'O',
        '1' => 'I',
        '5' => 'S',
        other => other,
    };
    compact
        .chars()
        .enumerate()
        .map(|(at, c)| {
            if at == 0 {
                letter(c)
            } else if at == inward {
                digit(c)
            } else if at > inward {
                letter(c)
            } else if at + 1 == inward && at >= 1 && inward < 4 {
                digit(c)
            } else {
                c
            }
        })
        .collect()
}

/// Whether a cell is a whole British postcode. Damaged ones do not count: other countries' codes
/// may look like those.
pub(in crate::load) fn looks_british(cell: &str) -> bool {
    let compact: String = cell
        .chars()
        .filter(|c| !c.is_whitespace())
        .flat_map(char::to_uppercase)
        .collect();
    british(&compact).is_some()
}
