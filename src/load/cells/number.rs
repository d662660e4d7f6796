//! Numbers, money and shares as people write them.

use super::{Note, Reading, Style, is_missing, period};

/// A number taken out of a cell, with what stood around it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Parsed {
    pub(super) value: f64,
    /// Signs, marks or brackets had to be taken away.
    pub(super) tidied: bool,
    /// Comma for the decimal mark where the column uses a point, or the other way round.
    pub(super) foreign: bool,
    /// What follows the number: a unit, a suffix.
    pub(super) rest: String,
    /// The cell says it is only about right.
    pub(super) about: bool,
}

/// A plain number.
pub(in crate::load) fn number(cell: &str, style: &Style) -> Reading<f64> {
    // By far the commonest cell, read without a detour.
    if let Some(value) = plain(cell, style.decimal_comma) {
        return Reading::sure(value * style.scale);
    }
    if is_missing(cell) {
        return Reading::missing(cell);
    }
    let Some(parsed) = parse(cell, style.decimal_comma) else {
        return not_read(cell);
    };
    let (factor, suffix) = match parsed.rest.as_str() {
        "" => (1.0, false),
        "%" => (0.01, true),
        "k" => (1e3, true),
        "m" | "mn" | "million" => (1e6, true),
        "bn" | "billion" => (1e9, true),
        "year" | "years" | "yr" | "yrs" if style.months => (12.0, true),
        "fte" | "wte" | "month" | "months" | "desks" | "bays" | "spaces" | "people" | "hours"
        | "hrs" | "days" | "years" | "year" | "min" | "mins" | "minutes" | "km" => (1.0, true),
        _ => return not_read(cell),
    };
    finish(
        &parsed,
        parsed.value * factor * style.scale,
        suffix && factor != 1.0,
    )
}

/// Pounds. Currency signs, thousands marks and `p.a.` are taken away and said so.
pub(in crate::load) fn money(cell: &str, style: &Style) -> Reading<f64> {
    if let Some(value) = plain(cell, style.decimal_comma) {
        let periods = style.period.map_or(1.0, |(times, _)| times);
        return Reading::sure(value * periods * style.scale);
    }
    if is_nil(cell) {
        let note = Note::repair(
            "number-tidied",
            "a word for nothing",
            "read as 0".to_owned(),
        );
        return Reading::noted(0.0, note);
    }
    if is_missing(cell) {
        return Reading::missing(cell);
    }
    let Some(mut parsed) = parse(cell, style.decimal_comma) else {
        return not_read(cell);
    };
    // A period in the cell is this sum's, whatever the heading says of the others.
    let mut periods = style.period.map_or(1.0, |(times, _)| times);
    let mut by_period = false;
    if let Some((times, before)) = period::at_end(&parsed.rest) {
        by_period = times > 1.0;
        periods = times;
        parsed.rest = before.to_owned();
        parsed.tidied = true;
    }
    for sign in ["gbp", "£"] {
        if let Some(before) = parsed.rest.strip_suffix(sign) {
            parsed.rest = before.trim().to_owned();
            parsed.tidied = true;
        }
    }
    let factor = match parsed.rest.as_str() {
        "" => 1.0,
        "k" | "thousand" => 1e3,
        "m" | "mn" | "million" => 1e6,
        "bn" | "billion" => 1e9,
        _ => return not_read(cell),
    };
    finish(
        &parsed,
        parsed.value * factor * periods * style.scale,
        factor != 1.0 || by_period,
    )
}

/// A share as a fraction. Where a column mixes `64` and `0.64`, the fraction is doubted.
pub(in crate::load) fn share(cell: &str, style: &Style) -> Reading<f64> {
    if is_missing(cell) {
        return Reading::missing(cell);
    }
    let Some(parsed) = parse(cell, style.decimal_comma) else {
        return not_read(cell);
    };
    match parsed.rest.as_str() {
        "%" | "per cent" | "percent" | "pc" => finish(&parsed, parsed.value / 100.0, false),
        "" if style.percent && parsed.value.abs() > 1.0 => {
            finish(&parsed, parsed.value / 100.0, false)
        }
        "" if style.percent && parsed.value != 0.0 && style.mixed => Reading::doubted(Note::warn(
            "fraction-beside-percent",
            "looks like a fraction in a column of percentages",
            format!(
                "read as missing; write {} % if that is meant",
                parsed.value * 100.0
            ),
        )),
        "" if style.percent => finish(&parsed, parsed.value / 100.0, false),
        "" => finish(&parsed, parsed.value, false),
        _ => not_read(cell),
    }
}

fn finish(parsed: &Parsed, value: f64, scaled: bool) -> Reading<f64> {
    if !value.is_finite() {
        return Reading::doubted(Note::warn(
            "number-not-read",
            "no number of this size means anything",
            "read as missing",
        ));
    }
    match note(parsed, value, scaled) {
        Some(note) => Reading::noted(value, note),
        None => Reading::sure(value),
    }
}

/// The note a number deserves, the gravest doubt first.
pub(super) fn note(parsed: &Parsed, value: f64, scaled: bool) -> Option<Note> {
    let value = shown(value);
    if parsed.about {
        Some(Note::warn(
            "number-approximate",
            "the cell says that it is only about right",
            format!("read as {value}"),
        ))
    } else if parsed.foreign {
        Some(Note::warn(
            "continental-number",
            "decimal and thousands marks are not those of the rest of the column",
            format!("read as {value}; check it"),
        ))
    } else if scaled {
        Some(Note::repair(
            "number-with-suffix",
            "a letter, word or sign multiplies the number",
            format!("read as {value}"),
        ))
    } else if parsed.tidied {
        Some(Note::repair(
            "number-tidied",
            "thousands marks, currency signs or brackets stand by the digits",
            format!("read as {value}"),
        ))
    } else {
        None
    }
}

/// A value as it is told: what conversions leave behind the fourth decimal says nothing.
fn shown(value: f64) -> f64 {
    if value.abs() < 1e11 {
        (value * 1e4).round() / 1e4
    } else {
        value
    }
}

fn not_read(cell: &str) -> Reading<f64> {
    if is_range(cell) {
        return Reading::doubted(Note::warn(
            "number-range",
            "a range, not one number",
            "read as missing; write the figure to use",
        ));
    }
    Reading::doubted(Note::warn(
        "number-not-read",
        "text where a number belongs",
        "read as missing",
    ))
}

/// Digits with an optional sign and, in a column of decimal points, a point: nothing else.
pub(super) fn plain(cell: &str, decimal_comma: bool) -> Option<f64> {
    let cell = cell.trim();
    let mut points = 0;
    let simple = (1..=18).contains(&cell.len())
        && cell.bytes().enumerate().all(|(at, byte)| {
            points += usize::from(byte == b'.');
            byte.is_ascii_digit()
                || (byte == b'.' && at > 0 && !decimal_comma && points == 1)
                || (byte == b'-' && at == 0)
        });
    if simple { cell.parse().ok() } else { None }
}

/// Signs and letters of currencies, the longer first.
const CURRENCIES: [&str; 37] = [
    "us$", "nz$", "r$", "a$", "c$", "£", "€", "$", "¥", "₹", "gbp", "euros", "euro", "eur", "usd",
    "brl", "chf", "nzd", "aud", "cad", "sek", "nok", "dkk", "pln", "czk", "huf", "zar", "kr.",
    "kr", "zł", "kč", "fr.", "円", "r ", "rs.", "rs", "inr",
];

/// Whether the cell says in words that there is no such sum: `nil`, `£nil`, a peppercorn rent. Elsewhere `nil` means
/// "no value".
fn is_nil(cell: &str) -> bool {
    let word = cell.trim().to_lowercase();
    let signs = |c: char| c == '£' || c == '$' || c == '€' || c.is_whitespace();
    let word = word.trim_start_matches(signs).trim_end();
    matches!(
        word,
        "nil" | "peppercorn" | "a peppercorn" | "one peppercorn" | "peppercorn rent"
    )
}

fn is_range(cell: &str) -> bool {
    let lower = cell.to_lowercase().replace(['–', '—', '−'], "-");
    for mark in [" - ", " to ", "-", " bis ", " à "] {
        if let Some((low, high)) = lower.split_once(mark) {
            let number = |text: &str| parse(text, false).is_some();
            if number(low) && number(high) {
                return true;
            }
        }
    }
    false
}

/// Takes the leading number out of a cell: brackets mean negative, currency signs and words of
/// approximation are passed over, groups of three digits may be parted by commas, points, blanks or
/// apostrophes.
pub(super) fn parse(cell: &str, decimal_comma: bool) -> Option<Parsed> {
    let text: String = cell.trim().chars().map(plain_sign).take(200).collect();
    let text = text.to_lowercase();
    let mut around = Around::default();
    let rest = around.before(text.trim())?;
    let (digits, tail) = rest.split_at_checked(end_of_digits(rest))?;
    let mut tail = tail.trim();
    let mut exponent = 0_i32;
    if let Some(power) = tail.strip_prefix('e')
        && let Ok(power) = power.trim_start_matches('+').parse::<i32>()
    {
        exponent = power.clamp(-400, 400);
        tail = "";
    }
    if tail == "-" && !around.negative {
        around.negative = true;
        around.tidied = true;
        tail = "";
    }
    let (mut value, marks, foreign) = digits_to_number(digits, decimal_comma)?;
    if exponent != 0 {
        value *= 10_f64.powi(exponent);
    }
    let rest = around.behind(tail).to_owned();
    Some(Parsed {
        value: if around.negative { -value } else { value },
        tidied: around.tidied || marks,
        foreign,
        rest,
        about: around.about,
    })
}

/// Blanks, dashes and apostrophes of many kinds in their plain form.
fn plain_sign(c: char) -> char {
    match c {
        '\u{a0}' | '\u{2009}' | '\u{202f}' | '\u{2007}' | '\t' | '\n' | '\r' => ' ',
        '−' | '–' => '-',
        '’' => '\'',
        c => c,
    }
}

/// Where the digits at the beginning of a text end, with the marks between them.
fn end_of_digits(text: &str) -> usize {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mark = |at: usize| {
        let mark = bytes
            .get(at)
            .filter(|byte| matches!(byte, b',' | b'.' | b' ' | b'\''));
        mark.is_some_and(|byte| digit(at + 1) && (at > 0 || *byte == b'.'))
    };
    (0..bytes.len())
        .find(|at| !digit(*at) && !mark(*at))
        .unwrap_or(bytes.len())
}

/// What stands around the digits of a cell.
#[derive(Default)]
struct Around {
    tidied: bool,
    negative: bool,
    about: bool,
}

impl Around {
    /// Passes over what stands before the digits. `None` where two signs contradict each other.
    fn before<'a>(&mut self, text: &'a str) -> Option<&'a str> {
        const ABOUT: [&str; 12] = [
            "circa",
            "approximately",
            "approx.",
            "approx",
            "about",
            "est.",
            "estimated",
            "c.",
            "ca.",
            "~",
            "≈",
            "約",
        ];
        let mut rest = self.out_of_brackets(text);
        loop {
            let before = rest;
            for word in ABOUT {
                if let Some(after) = rest.strip_prefix(word) {
                    self.about = true;
                    rest = after.trim_start();
                }
            }
            for sign in CURRENCIES {
                if let Some(after) = rest.strip_prefix(sign) {
                    self.tidied = true;
                    rest = after.trim_start();
                }
            }
            // `R38 000`: the letter is no sign of its own.
            if let Some(after) = rest.strip_prefix('r')
                && after.starts_with(|c: char| c.is_ascii_digit())
            {
                self.tidied = true;
                rest = after;
            }
            if let Some(after) = rest.strip_prefix('-') {
                if self.negative && !self.tidied {
                    return None;
                }
                self.negative = true;
                rest = after.trim_start();
            }
            rest = rest.strip_prefix('+').unwrap_or(rest);
            if !self.negative {
                rest = self.out_of_brackets(rest);
            }
            if rest.len() == before.len() {
                return Some(rest);
            }
        }
    }

    /// What stands in brackets that hold all of it: a sum below nought.
    fn out_of_brackets<'a>(&mut self, text: &'a str) -> &'a str {
        let inside = text
            .strip_prefix('(')
            .and_then(|rest| rest.strip_suffix(')'));
        self.negative |= inside.is_some();
        self.tidied |= inside.is_some();
        inside.map_or(text, str::trim)
    }

    /// Passes over what stands behind the digits, and leaves a unit or a suffix.
    fn behind<'a>(&mut self, mut tail: &'a str) -> &'a str {
        // `210'000.–`, `120.000,--`, `3.400.000,-`, `45,000/-`: no cents.
        const NO_CENTS: [&str; 7] = [".--", ",--", ".-", ",-", "--", "/-", "/="];
        const ABOUT: [&str; 9] = [
            "(est)",
            "(est.)",
            "est.",
            "est",
            "(estimated)",
            "estimated",
            "(approx)",
            "approx.",
            "approx",
        ];
        if let Some(after) = NO_CENTS.iter().find_map(|mark| tail.strip_prefix(mark)) {
            tail = after.trim_start();
            self.tidied = true;
        }
        if let Some(before) = ABOUT.iter().find_map(|word| tail.strip_suffix(word)) {
            tail = before.trim();
            self.about = true;
        }
        for sign in CURRENCIES {
            if let Some(before) = tail.strip_suffix(sign) {
                tail = before.trim();
                self.tidied = true;
            }
        }
        tail
    }
}

/// The value of digits with marks; whether thousands marks stood in it; whether its marks are not
/// those of the column.
fn digits_to_number(digits: &str, decimal_comma: bool) -> Option<(f64, bool, bool)> {
    if !digits.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let (point, comma) = (digits.rfind('.'), digits.rfind(','));
    let mark = match (point, comma) {
        (None, None) => None,
        (Some(point), Some(comma)) => Some(if point > comma { '.' } else { ',' }),
        (Some(_), None) => single(digits, '.', decimal_comma),
        (None, Some(_)) => single(digits, ',', !decimal_comma),
    };
    let (whole, fraction) = match mark {
        Some(mark) => digits.rsplit_once(mark)?,
        None => (digits, ""),
    };
    if fraction.bytes().any(|byte| !byte.is_ascii_digit()) || !grouped(whole) {
        return None;
    }
    let plain: String = whole.chars().filter(char::is_ascii_digit).collect();
    let value: f64 = format!("{plain}.{fraction}0").parse().ok()?;
    let usual = if decimal_comma { ',' } else { '.' };
    let foreign = mark.is_some_and(|mark| mark != usual)
        || (mark.is_none() && whole.contains(usual) && whole.matches(usual).count() > 0);
    Some((value, plain.len() != whole.len(), foreign))
}

/// Whether the only kind of mark in the digits is a decimal mark. `prefer_group` is set where this
/// mark is the column's thousands mark.
fn single(digits: &str, mark: char, prefer_group: bool) -> Option<char> {
    let times = digits.matches(mark).count();
    if times > 1 {
        return None;
    }
    let (whole, after) = digits.split_once(mark)?;
    let group =
        after.len() == 3 && !whole.is_empty() && whole.len() <= 3 && !whole.starts_with('0');
    (!(group && prefer_group)).then_some(mark)
}

/// Whether thousands marks part the digits into groups of three (two and three, in India).
fn grouped(whole: &str) -> bool {
    let groups: Vec<&str> = whole.split([',', '.', ' ', '\'']).collect();
    match groups.as_slice() {
        [_] => true,
        [first, middle @ .., last] => {
            (1..=3).contains(&first.len())
                && last.len() == 3
                && middle.iter().all(|group| (2..=3).contains(&group.len()))
        }
        [] => false,
    }
}
