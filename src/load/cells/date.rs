//! Dates: ISO first, then day first, and never a silent guess.

use super::{Note, Reading, Style, is_missing};
use crate::load::normalise;
use jiff::civil::Date;

/// Each month in English, French, German, Spanish, Portuguese, Italian, Dutch and Welsh, without accents.
const MONTHS: [&[&str]; 12] = [
    &[
        "january", "janvier", "januar", "enero", "janeiro", "gennaio", "januari", "ionawr",
    ],
    &[
        "february",
        "fevrier",
        "februar",
        "febrero",
        "fevereiro",
        "febbraio",
        "februari",
        "chwefror",
    ],
    &[
        "march", "mars", "marz", "maerz", "marzo", "marco", "maart", "mrt", "mawrth",
    ],
    &["april", "avril", "abril", "aprile", "ebrill"],
    &["may", "mai", "mayo", "maio", "maggio", "mei"],
    &[
        "june", "juin", "juni", "junio", "junho", "giugno", "mehefin",
    ],
    &[
        "july",
        "juillet",
        "juli",
        "julio",
        "julho",
        "luglio",
        "gorffennaf",
    ],
    &["august", "aout", "agosto", "augustus", "awst"],
    &[
        "september",
        "septembre",
        "septiembre",
        "setembro",
        "settembre",
        "medi",
    ],
    &[
        "october", "octobre", "oktober", "octubre", "outubro", "ottobre", "hydref",
    ],
    &["november", "novembre", "noviembre", "novembro", "tachwedd"],
    &[
        "december",
        "decembre",
        "dezember",
        "diciembre",
        "dezembro",
        "dicembre",
        "rhagfyr",
    ],
];

/// Words between the parts of a date that say nothing.
const BETWEEN: [&str; 7] = ["of", "de", "del", "den", "the", "r", "roku"];

/// A calendar date.
pub(in crate::load) fn date(cell: &str, style: &Style) -> Reading<Date> {
    if is_missing(cell) {
        return Reading::missing(cell);
    }
    let Some(text) = without_remark(cell.trim()) else {
        return not_read();
    };
    let text = without_time(text);
    if let Some(day) = epoch(text) {
        return day;
    }
    let east_asian = year_month_day(text);
    let text = east_asian.as_deref().unwrap_or(text);
    let parts: Vec<&str> = text
        .split(['/', '-', '.', ' ', ',', '_'])
        .filter(|part| !part.is_empty() && !BETWEEN.contains(&part.to_lowercase().as_str()))
        .collect();
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    if digits && text.len() == 8 {
        let number =
            |range: std::ops::Range<usize>| text.get(range).and_then(|part| part.parse().ok());
        return match (number(0..4), number(4..6), number(6..8)) {
            (Some(year), Some(month), Some(day)) => match i8::try_from(month) {
                Ok(month) => civil(year, month, day),
                Err(_) => impossible(),
            },
            _ => not_read(),
        };
    }
    if let Some(serial) = serial(text) {
        return serial;
    }
    match parts.as_slice() {
        [first, second, third] => three(first, second, third, style),
        [weekday, first, second, third] if weekday.chars().all(char::is_alphabetic) => {
            three(first, second, third, style)
        }
        [first, second] => match (month(first), second.parse::<i16>()) {
            (Some(month), Ok(year)) if year >= 1000 => month_only(year, month),
            _ => match (first.parse::<i8>(), second.parse::<i16>()) {
                (Ok(month @ 1..=12), Ok(year)) if year >= 1000 => month_only(year, month),
                _ => not_read(),
            },
        },
        [year] if digits && year.len() == 4 => Reading::doubted(Note::warn(
            "date-incomplete",
            "a year without month and day",
            "read as missing; write the day",
        )),
        _ => not_read(),
    }
}

/// `31/03/2030 (T)`, `24/06/2029 (tenant only)`: what stands in brackets behind a day is no part of it. `None`
/// where figures stand there: `31/03/2030 (and 31/03/2027)` is not one day.
fn without_remark(text: &str) -> Option<&str> {
    let digit = |c: char| c.is_ascii_digit();
    match text.split_once('(') {
        Some((day, remark)) if day.contains(digit) && remark.contains(digit) => None,
        Some((day, remark)) if day.contains(digit) && remark.ends_with(')') => Some(day.trim()),
        _ => Some(text),
    }
}

fn without_time(text: &str) -> &str {
    let cut = text
        .find('T')
        .filter(|at| {
            text.get(..*at)
                .is_some_and(|head| head.ends_with(|c: char| c.is_ascii_digit()))
        })
        .or_else(|| {
            text.find(':')
                .and_then(|colon| text.get(..colon))
                .and_then(|head| head.rfind(' '))
        });
    cut.and_then(|at| text.get(..at)).unwrap_or(text).trim()
}

/// The only month whose name the word begins, of three letters or more.
pub(in crate::load) fn month(word: &str) -> Option<i8> {
    let word = normalise(word);
    if word.len() < 3 {
        return None;
    }
    let mut found = (1..).zip(MONTHS).filter(|(_, names)| {
        names.contains(&word.as_str()) || names.iter().any(|name| name.starts_with(&word))
    });
    let (month, _) = found.next()?;
    found.next().is_none().then_some(month)
}

fn month_only(year: i16, month: i8) -> Reading<Date> {
    match Date::new(year, month, 1) {
        Ok(date) => Reading::noted(
            date.last_of_month(),
            Note::warn(
                "date-incomplete",
                "a month without a day",
                format!("read as its last day, {}", date.last_of_month()),
            ),
        ),
        Err(_) => impossible(),
    }
}

fn three(first: &str, second: &str, third: &str, style: &Style) -> Reading<Date> {
    let day = |text: &str| {
        text.trim_end_matches(|c: char| c.is_alphabetic())
            .parse::<i16>()
            .ok()
    };
    if let Some(month) = month(second) {
        let (Some(a), Some(b)) = (day(first), day(third)) else {
            return not_read();
        };
        // `31st` is four letters long too.
        return if first.len() == 4 && first.bytes().all(|byte| byte.is_ascii_digit()) {
            civil(a, month, b)
        } else {
            civil(year(b, third), month, a)
        };
    }
    if let Some(month) = month(first) {
        // March 31, 2031
        return match (day(second), day(third)) {
            (Some(day), Some(number)) => civil(year(number, third), month, day),
            _ => not_read(),
        };
    }
    let (Ok(a), Ok(b), Ok(c)) = (
        first.parse::<i16>(),
        second.parse::<i16>(),
        third.parse::<i16>(),
    ) else {
        return not_read();
    };
    if first.len() == 4 {
        return match i8::try_from(b) {
            Ok(month) => civil(a, month, c),
            Err(_) => impossible(),
        };
    }
    if first.len() > 2 || second.len() > 2 || !matches!(third.len(), 2 | 4) {
        return not_read();
    }
    let year = year(c, third);
    if a == 99 || (a == 0 && b == 0) {
        return placeholder();
    }
    let (day, month) = if style.month_first { (b, a) } else { (a, b) };
    if let (13..=31, 1..=12) = (month, day) {
        // The other order is the only one that can be.
        return match i8::try_from(day).map(|day| civil(year, day, month)) {
            Ok(Reading {
                value: Some(date),
                note: None,
            }) => Reading::noted(
                date,
                Note::repair(
                    "date-order",
                    "day and month stand the other way round than in the rest of the column",
                    format!("read as {date}"),
                ),
            ),
            _ => impossible(),
        };
    }
    match i8::try_from(month) {
        Ok(month) => civil(year, month, day),
        Err(_) => impossible(),
    }
}

/// Two-digit years: 00–69 are 2000–2069.
fn year(number: i16, text: &str) -> i16 {
    match text.len() {
        2 if number < 70 => 2000 + number,
        2 => 1900 + number,
        _ => number,
    }
}

fn civil(year: i16, month: i8, day: i16) -> Reading<Date> {
    if year >= 9000 || year == 0 || (year == 1900 && month == 1 && day <= 1) {
        return placeholder();
    }
    match i8::try_from(day).map(|day| Date::new(year, month, day)) {
        Ok(Ok(date)) => Reading::sure(date),
        _ => impossible(),
    }
}

/// `2028年3月31日`, and `令和10年3月31日` with the year of the emperor's reign, as year, month and day.
fn year_month_day(text: &str) -> Option<String> {
    /// Reigns and the year before their first.
    const REIGNS: [(&str, i32); 3] = [("令和", 2018), ("平成", 1988), ("昭和", 1925)];
    let (year, rest) = text.split_once('年')?;
    let (month, rest) = rest.split_once('月')?;
    let day = rest.strip_suffix('日')?.trim();
    let reign = |(name, before): (&str, i32)| {
        let year = year.trim().strip_prefix(name)?.trim();
        let year = if year == "元" { Ok(1) } else { year.parse() };
        Some(before + year.ok().filter(|year| (1..=99).contains(year))?)
    };
    let year = REIGNS
        .into_iter()
        .find_map(reign)
        .or_else(|| year.trim().parse().ok())?;
    Some(format!("{year:04}-{}-{day}", month.trim()))
}

/// Milliseconds since 1970, as exports of ArcGIS write a date: 12 or 13 digits for any day from 1973 on. Midnight of
/// another time zone is taken for the day it begins.
fn epoch(text: &str) -> Option<Reading<Date>> {
    const DAY: i64 = 86_400_000;
    if !(12..=13).contains(&text.len()) || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let milliseconds: i64 = text.parse().ok()?;
    let days = (milliseconds + DAY / 2).div_euclid(DAY);
    let day = Date::new(1970, 1, 1)
        .ok()?
        .checked_add(jiff::Span::new().try_days(days).ok()?)
        .ok()?;
    Some(match day.year() {
        9000.. => placeholder(),
        _ => Reading::noted(
            day,
            Note::repair(
                "date-epoch",
                "milliseconds since 1970, as programs store a date",
                format!("read as {day}"),
            ),
        ),
    })
}

/// A spreadsheet's count of days since 1899-12-30, offered where it falls between 1954 and 2119.
fn serial(text: &str) -> Option<Reading<Date>> {
    let whole = text.split_once('.').map_or(text, |(whole, _)| whole);
    if whole.len() != 5 || !whole.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let days: i64 = whole
        .parse()
        .ok()
        .filter(|days| (20_000..80_000).contains(days))?;
    let start = Date::new(1899, 12, 30).ok()?;
    let date = start
        .checked_add(jiff::Span::new().try_days(days).ok()?)
        .ok()?;
    Some(Reading::noted(
        date,
        Note::repair(
            "date-serial",
            "a spreadsheet's day number",
            format!("read as {date}"),
        ),
    ))
}

fn impossible() -> Reading<Date> {
    Reading::doubted(Note::warn(
        "date-impossible",
        "there is no such day",
        "read as missing; write the day that is meant, year first: YYYY-MM-DD",
    ))
}

fn placeholder() -> Reading<Date> {
    Reading::doubted(Note::warn(
        "date-placeholder",
        "a date that stands for \"no date\"",
        "read as missing",
    ))
}

fn not_read() -> Reading<Date> {
    Reading::doubted(Note::warn(
        "date-not-read",
        "text where a date belongs",
        "read as missing; write the day in full, such as 2031-03-31",
    ))
}

/// How the dates of a column are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::load) struct Order {
    /// Above 0 where more cells can only be read month first, below 0 where more can only be read day first.
    pub(in crate::load) votes: i64,
    /// Cells that can be read in one order only.
    pub(in crate::load) shown: usize,
    /// Cells that could be read either way.
    pub(in crate::load) either: usize,
}

impl Order {
    pub(super) fn of(cells: &[&str]) -> Order {
        let mut order = Order::default();
        for cell in cells {
            let mut parts = without_time(cell.trim()).split(['/', '-', '.']);
            let (Some(first), Some(second), Some(_)) = (parts.next(), parts.next(), parts.next())
            else {
                continue;
            };
            if first.len() > 2 {
                continue;
            }
            match (first.parse::<u16>(), second.parse::<u16>()) {
                (Ok(13..=31), Ok(1..=12)) => {
                    (order.shown, order.votes) = (order.shown + 1, order.votes - 1)
                }
                (Ok(1..=12), Ok(13..=31)) => {
                    (order.shown, order.votes) = (order.shown + 1, order.votes + 1)
                }
                (Ok(a @ 1..=12), Ok(b @ 1..=12)) if a != b => order.either += 1,
                _ => {}
            }
        }
        order
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_of_programs_and_of_east_asia_are_read() {
        let read = |cell: &str| date(cell, &Style::default()).value;
        for (cell, day) in [
            ("1861920000000", (2029, 1, 1)),
            // Midnight in Chicago, and in Tokyo.
            ("1861941600000", (2029, 1, 1)),
            ("1861887600000", (2029, 1, 1)),
            ("2028年3月31日", (2028, 3, 31)),
            ("令和10年3月31日", (2028, 3, 31)),
            ("令和元年5月1日", (2019, 5, 1)),
            ("昭和60年12月31日", (1985, 12, 31)),
        ] {
            let (year, month, day) = day;
            assert_eq!(read(cell), Date::new(year, month, day).ok(), "{cell}");
        }
        for cell in [
            "2028年3月",
            "令和100年3月31日",
            "2028年13月31日",
            "253402300799000",
        ] {
            assert_eq!(read(cell), None, "{cell}");
        }
    }

    #[test]
    fn a_remark_behind_a_day_is_passed_over_but_a_second_day_is_not() {
        let read = |cell: &str| date(cell, &Style::default());
        for cell in ["31/03/2030 (T)", "31/03/2030 (tenant only)"] {
            assert_eq!(read(cell).value, Date::new(2030, 3, 31).ok(), "{cell}");
        }
        for cell in [
            "31/03/2030 (and 31/03/2027)",
            "31/03/2030 (T: 31/03/2027)",
            "31/03/2030 (T:31/03/2027 10:00)",
            "31/03/2030 (31/03/2027",
        ] {
            let doubted = read(cell);
            assert_eq!(doubted.value, None, "{cell}");
            assert_eq!(
                doubted.note.map(|note| note.code),
                Some("date-not-read"),
                "{cell}"
            );
        }
    }
}
