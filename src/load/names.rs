//! Column names as they are compared.

use super::{Field, Table, abroad};
use crate::place::{Finding, Severity};

/// A name as it is compared: lower case, letters and digits only, without accents.
pub fn normalise(name: &str) -> String {
    let mut plain = String::with_capacity(name.len());
    for c in name.chars().map(narrow).filter(|c| c.is_alphanumeric()) {
        if c.is_ascii() {
            plain.push(c.to_ascii_lowercase());
            continue;
        }
        for c in c.to_lowercase() {
            match without_accent(c) {
                Some(letters) => plain.push_str(letters),
                None => plain.push(c),
            }
        }
    }
    plain
}

/// A cell as categories are compared: outer blanks off, inner ones single, lower case.
pub(super) fn plain(cell: &str) -> String {
    if cell.is_ascii() {
        let mut words = String::with_capacity(cell.len());
        for byte in cell.bytes() {
            if !char::from(byte).is_whitespace() {
                words.push(char::from(byte.to_ascii_lowercase()));
            } else if !words.is_empty() && !words.ends_with(' ') {
                words.push(' ');
            }
        }
        words.truncate(words.trim_end().len());
        return words;
    }
    let words: Vec<_> = cell
        .split(|c: char| c.is_whitespace() || matches!(c, '\u{a0}' | '\u{200b}' | '\u{feff}'))
        .filter(|word| !word.is_empty())
        .collect();
    words.join(" ").to_lowercase()
}

/// A full-width letter, digit or sign, as East Asian keyboards write them, in its plain form; any other as it is.
pub(super) fn narrow(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        c => c,
    }
}

/// The plain letters of a Latin letter with a mark. A combining mark is no letter and needs none.
fn without_accent(c: char) -> Option<&'static str> {
    Some(match c {
        'à'..='å' | 'ā' | 'ă' | 'ą' | 'ª' => "a",
        'ά' => "α",
        'έ' => "ε",
        'ή' => "η",
        'ί' | 'ϊ' | 'ΐ' => "ι",
        'ό' => "ο",
        'ύ' | 'ϋ' | 'ΰ' => "υ",
        'ώ' => "ω",
        'æ' => "ae",
        'ç' | 'ć' | 'č' => "c",
        'ď' | 'đ' => "d",
        'è'..='ë' | 'ē' | 'ę' | 'ě' => "e",
        'ğ' => "g",
        'ì'..='ï' | 'ī' | 'ı' => "i",
        'ł' => "l",
        'ñ' | 'ń' | 'ň' => "n",
        'ò'..='ö' | 'ø' | 'ō' | 'ő' | 'º' => "o",
        'œ' => "oe",
        'ř' => "r",
        'ś' | 'š' | 'ş' => "s",
        'ß' => "ss",
        'ť' => "t",
        'ù'..='ü' | 'ū' | 'ů' | 'ű' => "u",
        'ŵ' => "w",
        'ý' | 'ÿ' | 'ŷ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        _ => return None,
    })
}

/// Whether a name, as [`normalise`] leaves it, is one of a field's.
pub(super) fn known_as(field: &Field, name: &str) -> bool {
    field.aliases.contains(&name)
        || normalise(field.name) == name
        || abroad::names(field.name).any(|alias| alias == name)
}

/// The names of a table's columns as they are compared.
pub(super) struct Names {
    pub(super) full: Vec<String>,
    pub(super) without_brackets: Vec<String>,
}

impl Names {
    pub(super) fn of(table: &Table) -> Names {
        let bare = |name: &String| {
            let name: String = name.chars().map(narrow).collect();
            let outside: String = match (name.find(['(', '[']), name.rfind([')', ']'])) {
                (Some(open), Some(close)) if open > 0 && close > open => {
                    let (before, after) = (name.get(..open), name.get(close + 1..));
                    format!(
                        "{}{}",
                        before.unwrap_or_default(),
                        after.unwrap_or_default()
                    )
                }
                _ => name,
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
            // `Backlog` of `Backlog (£000)`, which a row above the names may have made of it.
            .or_else(|| {
                let same = |(_, name): &(usize, &String)| **name == normalise(wanted);
                let mut found = self.without_brackets.iter().enumerate().filter(same);
                let only = found.next().filter(|_| found.next().is_none())?;
                Some(only.0)
            })
    }
}

/// The first free column that bears one of a field's names, the likelier names first.
pub(super) fn find(field: &Field, names: &[String], taken: &[bool]) -> Option<usize> {
    let canonical = normalise(field.name);
    std::iter::once(canonical.as_str())
        .chain(field.aliases.iter().copied())
        .chain(abroad::names(field.name).map(|name| -> &str { name }))
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
