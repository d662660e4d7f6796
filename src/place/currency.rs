//! The currency that a place's money is in, and the sign it is printed with.

use std::borrow::Cow;
use std::fmt;
use std::sync::atomic::{AtomicU32, Ordering};

/// A currency, by its ISO 4217 code. Every amount of a place is in the same one; names of columns and fields end in
/// `_gbp` whatever it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Currency([u8; 3]);

/// What words print money in. A program is about one place at a time, as it has one language.
static PRINTED: AtomicU32 = AtomicU32::new(packed(Currency::POUND));

impl Currency {
    /// The pound sterling.
    pub const POUND: Currency = Currency(*b"GBP");

    /// The currency of a code such as `EUR`; `None` where it is not three letters.
    pub fn of_code(code: &str) -> Option<Self> {
        let letters: [u8; 3] = code.trim().as_bytes().try_into().ok()?;
        let all = letters.iter().all(u8::is_ascii_alphabetic);
        all.then(|| Self(letters.map(|letter| letter.to_ascii_uppercase())))
    }

    /// Its sign, where readers know it by one.
    pub(crate) fn sign(self) -> Option<&'static str> {
        match &self.0 {
            b"GBP" => Some("£"),
            b"EUR" => Some("€"),
            b"USD" | b"AUD" | b"CAD" | b"NZD" | b"SGD" | b"HKD" => Some("$"),
            _ => None,
        }
    }

    /// Prints all money of this process in it, from now on.
    pub(crate) fn print(self) {
        PRINTED.store(packed(self), Ordering::Relaxed);
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0
            .iter()
            .try_for_each(|letter| write!(f, "{}", char::from(*letter)))
    }
}

const fn packed(currency: Currency) -> u32 {
    let [a, b, c] = currency.0;
    u32::from_le_bytes([a, b, c, 0])
}

fn printed() -> Currency {
    let [a, b, c, _] = PRINTED.load(Ordering::Relaxed).to_le_bytes();
    Currency([a, b, c])
}

/// What stands before an amount: `£`, `€`, or the code with a space that no line breaks at.
pub(crate) fn sign() -> Cow<'static, str> {
    let currency = printed();
    match currency.sign() {
        Some(sign) => sign.into(),
        None => format!("{currency}\u{a0}").into(),
    }
}

/// Currencies that headings and cells name by code.
const CODES: [&str; 22] = [
    "GBP", "EUR", "USD", "BRL", "CHF", "PLN", "CZK", "DKK", "SEK", "NOK", "ISK", "HUF", "ZAR",
    "JPY", "CNY", "NZD", "AUD", "CAD", "SGD", "HKD", "MXN", "INR",
];

/// Signs of currencies, those that hold another first, and whose they are.
const SIGNS: [(&str, &[&str]); 14] = [
    ("£", &["GBP"]),
    ("€", &["EUR"]),
    ("R$", &["BRL"]),
    ("US$", &["USD"]),
    ("NZ$", &["NZD"]),
    ("HK$", &["HKD"]),
    ("A$", &["AUD"]),
    ("C$", &["CAD"]),
    (
        "$",
        &[
            "USD", "AUD", "CAD", "NZD", "SGD", "HKD", "MXN", "CLP", "COP",
        ],
    ),
    ("zł", &["PLN"]),
    ("Kč", &["CZK"]),
    ("kr.", &["DKK", "ISK", "NOK", "SEK"]),
    ("kr", &["DKK", "ISK", "NOK", "SEK"]),
    ("¥", &["JPY", "CNY"]),
];

/// How registers write a currency, the surest first: codes, then signs.
pub(crate) fn written_ways() -> impl Iterator<Item = &'static str> {
    let signs = SIGNS.iter().map(|(sign, _)| *sign);
    CODES.into_iter().chain(signs)
}

fn codes_of(written: &str) -> Vec<&'static str> {
    let signs = SIGNS.iter().filter(|(sign, _)| *sign == written);
    let codes = CODES.into_iter().filter(|code| *code == written);
    codes
        .chain(signs.flat_map(|(_, codes)| codes.iter().copied()))
        .collect()
}

/// Whether money written with this code or sign may be that of the place: of dollars and crowns a sign alone shows
/// no more.
pub(crate) fn may_be(written: &str) -> bool {
    may_be_of(printed(), written)
}

fn may_be_of(currency: Currency, written: &str) -> bool {
    codes_of(written).contains(&currency.to_string().as_str())
}

/// The code of the currency that alone is written so; dots to fill in where there are several.
pub(crate) fn code_of(written: &str) -> &'static str {
    match codes_of(written).as_slice() {
        [code] => code,
        _ => "…",
    }
}

/// What its money is called: `pounds`, or the code.
pub(crate) fn name() -> Cow<'static, str> {
    match printed() {
        Currency::POUND => "pounds".into(),
        other => other.to_string().into(),
    }
}

/// Words of our own about pounds, such as the unit `£ a year`, as they are printed.
pub(crate) fn in_print(unit: &str) -> Cow<'_, str> {
    match printed() {
        Currency::POUND => unit.into(),
        _ if !unit.contains('£') => unit.into(),
        _ => unit.replace('£', sign().trim_end()).into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_three_letters() {
        let euro = Currency::of_code("eur");
        assert_eq!(euro.map(|euro| euro.to_string()).as_deref(), Some("EUR"));
        assert_eq!(euro.and_then(Currency::sign), Some("€"));
        for wrong in ["", "€", "EU", "EURO", "E1R"] {
            assert_eq!(Currency::of_code(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn money_is_printed_in_pounds_unless_a_place_says_otherwise() {
        assert_eq!(sign(), "£");
        assert_eq!(in_print("£ a year"), "£ a year");
        assert!(may_be("£") && !may_be("€") && !may_be("kr"));
        assert!(may_be("GBP") && !may_be("USD") && !may_be("SEK"));
        assert_eq!([code_of("€"), code_of("$")], ["EUR", "…"]);
        assert_eq!([code_of("USD"), code_of("ZAR")], ["USD", "ZAR"]);
    }

    #[test]
    fn a_code_tells_currencies_of_one_sign_apart_and_the_sign_does_not() {
        let (canada, sweden) = (Currency(*b"CAD"), Currency(*b"SEK"));
        assert!(may_be_of(canada, "$") && may_be_of(canada, "CAD") && may_be_of(canada, "C$"));
        assert!(!may_be_of(canada, "USD") && !may_be_of(canada, "US$"));
        assert!(may_be_of(sweden, "kr") && !may_be_of(sweden, "DKK") && !may_be_of(sweden, "NOK"));
    }
}
