//! Names of columns that are a known one with something around it: a unit, a year, a second
//! language, the word "site".

use super::cells;
use super::columns::{Columns, Field, Kind};
use super::names::known_as;
use super::short_words::written_out;
use super::{Table, likely, normalise};
use crate::place::{Finding, Severity};

/// Units and bases that follow a name and say nothing about the field.
const UNITS: [&str; 57] = [
    "inm2",
    "inm²",
    "insqm",
    "squaremetres",
    "squaremeters",
    "squarefeet",
    "squarefootage",
    "sqfeet",
    "sqfoot",
    "gsf",
    "sqmetres",
    "sqmeters",
    "hectares",
    "perannum",
    "peryear",
    "sqmtrs",
    "sqft",
    "sqm",
    "ft2",
    "ft²",
    "m2",
    "m²",
    "ha",
    "pa",
    "gbp",
    "eur",
    "usd",
    "brl",
    "gia",
    "nzd",
    "aud",
    "cad",
    "chf",
    "sek",
    "dkk",
    "nok",
    "pln",
    "zl",
    "kc",
    "kr",
    "mq",
    "qm",
    "perjaar",
    "projahr",
    "jahr",
    "proanno",
    "annuo",
    "paran",
    "porano",
    "prar",
    "rocznie",
    "exclbtw",
    "exclvat",
    "exvat",
    "exgst",
    "ineur",
    "000",
];

/// Words between a name and the day it was true.
const WHEN: [&str; 20] = [
    "asat",
    "asof",
    "at",
    "fy",
    "yearending",
    "yearended",
    "year",
    "mid",
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// A name without its unit and year, and the year. `None` where there was nothing to take away.
pub(super) fn bare(name: &str) -> Option<(String, Option<u32>)> {
    let full = normalise(name);
    let mut text = full.as_str();
    let mut year = None;
    let mut dated = false;
    loop {
        let before = text;
        let digits = text.len() - text.trim_end_matches(|c: char| c.is_ascii_digit()).len();
        let (head, tail) = text.split_at(text.len() - digits);
        let found = year_of(tail);
        if found.is_some() || (dated && (1..=2).contains(&digits)) {
            year = year.max(found);
            dated = true;
            text = head;
        }
        let words = UNITS.iter().chain(WHEN.iter().filter(|_| dated));
        for word in words {
            if let Some(rest) = text.strip_suffix(word).filter(|rest| rest.len() >= 3) {
                text = rest;
                break;
            }
        }
        if text.len() == before.len() {
            break;
        }
    }
    if let (Some(head), Some(rest)) = (text.get(..4), text.get(4..))
        && let Some(found) = year_of(head)
        && rest.starts_with(char::is_alphabetic)
    {
        year = year.max(Some(found));
        text = rest;
    }
    (text.len() >= 3 && text != full).then(|| (text.to_owned(), year))
}

/// The year that digits of a name stand for: `2023`, `202223`, `2223`, `31032023`.
fn year_of(digits: &str) -> Option<u32> {
    let number = |text: Option<&str>| text.and_then(|text| text.parse::<u32>().ok());
    let likely = |year: &u32| (1990..=2060).contains(year);
    match digits.len() {
        4 => {
            let whole = number(Some(digits))?;
            let (from, to) = (whole / 100, whole % 100);
            let pair = (from + 1 == to).then_some(2000 + from);
            Some(whole).filter(likely).or(pair)
        }
        // `202425`, or a day such as `310324`.
        6 => number(digits.get(..4)).filter(likely).or_else(|| {
            let part = |from: usize| number(digits.get(from..from + 2));
            let day = (1..=31).contains(&part(0)?) && (1..=12).contains(&part(2)?);
            day.then_some(2000 + part(4)?).filter(likely)
        }),
        8 => number(digits.get(4..))
            .filter(likely)
            .or_else(|| number(digits.get(..4)).filter(likely)),
        _ => None,
    }
}

/// Recognises names that are exact but for their unit, their year and their shortened words. Of several years the latest is
/// used and said; counts of several years are several counts, and none is chosen, but of people.
pub(super) fn claim_bare(
    table: &Table,
    fields: &[Field],
    columns: &mut Columns,
    taken: &mut [bool],
    findings: &mut Vec<Finding>,
) {
    let names: Vec<Vec<(String, Option<u32>)>> = table
        .header
        .iter()
        .map(|header| {
            let outside = header.split(['(', '[']).next().unwrap_or_default();
            let mut names: Vec<_> = [header, outside].into_iter().filter_map(bare).collect();
            let known = |name: String| bare(&name).or_else(|| Some((normalise(&name), None)));
            names.extend(cells::without_k(header).and_then(known));
            for name in [header, outside].into_iter().flat_map(written_out) {
                names.extend(bare(&name));
                names.push((name, None));
            }
            names
        })
        .collect();
    for field in fields {
        if columns.has(field.name) {
            continue;
        }
        let mut found: Vec<(Option<u32>, usize)> = Vec::new();
        for (column, names) in names.iter().enumerate() {
            if taken.get(column) == Some(&false)
                && let Some((_, year)) = names.iter().find(|(name, _)| known_as(field, name))
                && scale_is_read(table, column, field.kind)
                && !(field.name == "population" && is_projected(table, column))
            {
                found.push((*year, column));
            }
        }
        let latest = found.iter().map(|(year, _)| *year).max().flatten();
        let several = found.iter().filter(|(year, _)| year.is_some()).count() > 1;
        if several && field.kind == Kind::Number && field.name != "population" {
            continue;
        }
        let Some((year, column)) = found.into_iter().find(|(year, _)| *year == latest) else {
            continue;
        };
        if let Some(year) = year.filter(|_| several) {
            let header = table.header.get(column).cloned().unwrap_or_default();
            findings.push(
                Finding::new("header-year", Severity::Warn, table.whole())
                    .column(header.clone())
                    .cause(format!(
                        "{} stands in several columns of different years",
                        field.name
                    ))
                    .action(format!(
                        "the latest, {year}, is used; the line below settles it"
                    ))
                    .setting(format!("columns = {{ {} = \"{header}\" }}", field.name)),
            );
        }
        columns.claim(field.name, field.kind, column, table, taken);
    }
}

/// Whether a heading says that its people are not counted yet.
fn is_projected(table: &Table, column: usize) -> bool {
    const NOT_YET: [&str; 6] = [
        "project", "forecast", "prognos", "proyec", "previs", "scenario",
    ];
    let name = table.header.get(column).map(|header| normalise(header));
    name.is_some_and(|name| NOT_YET.iter().any(|part| name.contains(part)))
}

/// Whether thousands that a heading says beside a name are multiplied out: a name is not known without them
/// otherwise.
fn scale_is_read(table: &Table, column: usize, kind: Kind) -> bool {
    let header = table.header.get(column).map_or("", String::as_str);
    let read = match kind {
        Kind::Money => cells::scale_of_money(header),
        Kind::Number => cells::scale_of_counts(header),
        _ => 1.0,
    };
    read > 1.0 || !cells::says_thousands(header)
}

/// Words before a name that say only whose it is.
const OWNERS: [&str; 10] = [
    "site", "property", "building", "asset", "premises", "estate", "current", "annual", "total",
    "the",
];

/// Names too general to be believed as part of another.
const GENERAL: [&str; 24] = [
    "property",
    "building",
    "site",
    "asset",
    "station",
    "premises",
    "location",
    "number",
    "reference",
    "label",
    "title",
    "type",
    "usage",
    "total",
    "unit",
    "function",
    "reason",
    "area",
    "label",
    "objekt",
    "library",
    "code",
    "body",
    "owner",
];

/// Words that mean one field wherever they stand in a name.
const TELLING: [(&str, &[&str]); 6] = [
    ("easting", &["easting", "eastings"]),
    ("northing", &["northing", "northings"]),
    ("lon", &["longitude", "lon", "lng"]),
    ("lat", &["latitude", "lat"]),
    ("uprn", &["uprn"]),
    ("postcode", &["postcode", "postcodes"]),
];

/// Recognises names of which a part is known, and asks for a confirmation.
pub(super) fn claim_likely(
    table: &Table,
    fields: &[Field],
    columns: &mut Columns,
    taken: &mut [bool],
    findings: &mut Vec<Finding>,
) {
    let parts: Vec<Vec<String>> = table.header.iter().map(|header| parts(header)).collect();
    for field in fields {
        if columns.has(field.name) {
            continue;
        }
        let fits = |column: &usize| {
            taken.get(*column) == Some(&false)
                && parts.get(*column).is_some_and(|parts| {
                    parts
                        .iter()
                        .any(|part| believable(part) && known_as(field, part))
                })
                && scale_is_read(table, *column, field.kind)
                && !(field.name == "population" && is_projected(table, *column))
        };
        let by_part = (0..table.header.len()).find(fits);
        let Some(column) = by_part.or_else(|| telling(table, field, taken)) else {
            continue;
        };
        likely::claim(
            table,
            field,
            column,
            format!("part of the name is a name of {}", field.name),
            columns,
            taken,
            findings,
        );
    }
}

fn believable(part: &str) -> bool {
    part.chars().count() >= 4 && !GENERAL.contains(&part)
}

/// The parts of a name as they are compared: both languages of a bilingual one, what stands in
/// brackets, the name without the word for what it belongs to.
fn parts(header: &str) -> Vec<String> {
    let split: Vec<&str> = header
        .split(['/', '|', '(', ')', '[', ']', ':'])
        .flat_map(|part| part.split(" - "))
        .flat_map(|part| part.split(" – "))
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect();
    let mut parts = Vec::new();
    for part in &split {
        parts.push(normalise(part));
        parts.extend(bare(part).map(|(name, _)| name));
    }
    let words: Vec<&str> = words(header);
    let owned = words
        .iter()
        .take_while(|word| OWNERS.contains(&word.to_lowercase().as_str()))
        .count();
    // `Site area` is land, not the floor of a building.
    let measure = words.last().is_some_and(|word| {
        ["size", "area", "m2", "sqm", "ha", "hectares"].contains(&word.to_lowercase().as_str())
    });
    if owned > 0
        && !(measure
            && words
                .first()
                .is_some_and(|w| w.eq_ignore_ascii_case("site")))
    {
        let rest = words.get(owned..).unwrap_or_default().concat();
        parts.push(normalise(&rest));
        parts.extend(bare(&rest).map(|(name, _)| name));
    }
    parts
}

fn words(header: &str) -> Vec<&str> {
    header
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect()
}

/// The only free column whose name has a word that means the field.
fn telling(table: &Table, field: &Field, taken: &[bool]) -> Option<usize> {
    let (_, telling) = TELLING.iter().find(|(name, _)| *name == field.name)?;
    let mut found = (0..table.header.len()).filter(|column| {
        taken.get(*column) == Some(&false)
            && table.header.get(*column).is_some_and(|header| {
                words(header)
                    .iter()
                    .any(|word| telling.contains(&word.to_lowercase().as_str()))
            })
    });
    let only = found.next()?;
    found.next().is_none().then_some(only)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_and_years_around_a_name_are_no_part_of_it() {
        let name = |header| bare(header).map(|(name, year)| (name, year.unwrap_or(0)));
        let is = |name: &str, year| Some((name.to_owned(), year));
        assert_eq!(name("Floor Area M2"), is("floorarea", 0));
        assert_eq!(
            name("Total running costs 2022/23"),
            is("totalrunningcosts", 2022)
        );
        assert_eq!(name("NBV as at 31 March 2023"), is("nbv", 2023));
        assert_eq!(
            name("Net Book Value 31/03/2024 £"),
            is("netbookvalue", 2024)
        );
        assert_eq!(name("2011 Data Zone"), is("datazone", 2011));
        assert_eq!(name("Address line 2"), None);
        assert_eq!(name("Tenure"), None);
        assert_eq!(name("2024"), None);
    }
}
