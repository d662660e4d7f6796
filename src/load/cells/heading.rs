//! What a heading says of the figures below it: thousands, a square metre.

use super::unit::{begins_with_unit, unit, unit_of_header};
use crate::load::normalise;

/// The words and signs of money in a heading, in lower case without accents: `Rent (€/m²)` is rent, €, /, m².
pub(super) fn words(heading: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut word = String::new();
    let mut end = |word: &mut String| {
        let plain = normalise(word);
        word.clear();
        // `cost000` is what a table makes of `Cost '000`.
        match plain.strip_suffix("000") {
            Some(before) if before.ends_with(char::is_alphabetic) => {
                words.extend([before.to_owned(), "000".to_owned()]);
            }
            _ if plain.is_empty() => {}
            _ => words.push(plain),
        }
        words.len()
    };
    let mut signs = Vec::new();
    let mut chars = heading.chars().peekable();
    while let Some(c) = chars.next() {
        let digits = |c: char| c.is_ascii_digit();
        let grouping = matches!(c, ',' | '.' | '\'' | '’')
            && word.ends_with(digits)
            && chars.peek().is_some_and(|next| digits(*next));
        if c.is_alphanumeric() {
            // A capital after small letters begins a word; `kWh` is one.
            let humped = c.is_uppercase() && word.ends_with(char::is_lowercase);
            if humped && word.chars().count() > 1 {
                end(&mut word);
            }
            word.push(c);
        } else if c == '㎡' {
            word.push_str("m2");
        } else if !grouping {
            let at = end(&mut word);
            if matches!(c, '£' | '€' | '$' | '/') {
                signs.push((at, c.to_string()));
            }
        }
        // `1.000` stays one word, without its mark.
    }
    end(&mut word);
    for (at, sign) in signs.into_iter().rev() {
        words.insert(at.min(words.len()), sign);
    }
    words
}

/// Words for money in a heading, beside its signs; those of other languages may be part of a longer word.
const MONEY: [&str; 17] = [
    "rent", "rents", "rental", "rentals", "cost", "costs", "rate", "rates", "price", "prices",
    "value", "values", "charge", "charges", "psf", "psm", "kr",
];
const MONEY_ABROAD: [&str; 15] = [
    "miete", "kosten", "loyer", "cout", "alquiler", "coste", "canone", "huur", "hyra", "leie",
    "husleje", "czynsz", "vuokra", "aluguel", "najem",
];

/// Words between a sum and the unit that it is for each of.
const EACH: [&str; 16] = [
    "/", "per", "pro", "je", "par", "por", "al", "au", "pr", "na", "p", "£", "€", "$", "eur", "gbp",
];

/// Square metres in the unit of area that a heading's sums are for each of: `Rent (£/sq ft)`, `Cost per m2`. `None`
/// where its sums are for the whole building.
pub(in crate::load) fn per_area(heading: &str) -> Option<f64> {
    let words = words(heading);
    let money = |word: &String| {
        matches!(word.as_str(), "£" | "€" | "$")
            || MONEY.contains(&word.as_str())
            || MONEY_ABROAD.iter().any(|part| word.contains(part))
            // A name without any blank: `costperm2`.
            || word.contains("per") && MONEY.iter().any(|part| word.contains(part))
    };
    if !words.iter().any(money) {
        return None;
    }
    // `Rent sq ft` says it without a word between.
    let each = |word: &String| {
        EACH.contains(&word.as_str()) || ["rent", "cost", "costs", "price"].contains(&word.as_str())
    };
    let for_each = |(at, word): (usize, &String)| match word.as_str() {
        "psf" => Some(unit("sf")?.0),
        "psm" => Some(1.0),
        _ if each(word) => begins_with_unit(&words[at + 1..]),
        _ => word
            .rsplit_once("per")
            .and_then(|(_, rest)| unit(rest))
            .map(|unit| unit.0),
    };
    words.iter().enumerate().find_map(for_each)
}

/// Signs, codes and names of currencies beside which a letter may be a thousand or a million.
const CURRENCIES: [&str; 28] = [
    "£", "€", "$", "gbp", "eur", "euro", "euros", "usd", "kr", "chf", "zl", "kc", "dkk", "sek",
    "nok", "pln", "czk", "brl", "nzd", "aud", "cad", "zar", "huf", "kronor", "rs", "inr", "lkr",
    "pkr",
];

/// What a heading multiplies a column of money by: `£000`, `(£m)`, `in T€`, `tys. zł`.
pub(in crate::load) fn scale_of_money(heading: &str) -> f64 {
    let words = words(heading);
    let word = |at: usize| words.get(at).map_or("", String::as_str);
    let currency = |at: usize| CURRENCIES.contains(&word(at));
    let says = |fits: &dyn Fn(usize, &str) -> bool| (0..words.len()).any(|at| fits(at, word(at)));
    let beside = |at: usize| currency(at + 1) || at.checked_sub(1).is_some_and(currency);
    let last = |at: usize| at + 1 == words.len();
    if says(&|at, word| {
        matches!(
            word,
            "k" | "teur"
                | "keur"
                | "tsd"
                | "tchf"
                | "kchf"
                | "tkr"
                | "tsek"
                | "tnok"
                | "tdkk"
                | "thousands"
                | "milliers"
                | "millares"
                | "migliaia"
                | "milhares"
                | "000s"
        ) || word == "000" && !grouped(heading, &words, at)
            || word == "t" && currency(at + 1)
            || word == "1000" && beside(at)
            || matches!(word, "tys" | "tis" | "thousand") && (beside(at) || last(at))
    }) || says(&|at, named| named == "miles" && (beside(at) || word(at + 1) == "de"))
    {
        1e3
    } else if says(&|at, named| {
        matches!(
            named,
            "meur"
                | "mkr"
                | "mio"
                | "mln"
                | "million"
                | "millions"
                | "millones"
                | "milioni"
                | "milhoes"
                | "millionen"
                | "miljoner"
                | "millioner"
        ) || matches!(named, "m" | "mn" | "mill") && beside(at) && word(at + 1) != "2"
    }) {
        1e6
    } else {
        says_lakhs(&words).unwrap_or(1.0)
    }
}

/// Lakhs and crores of India, ten thousands of East Asia.
fn says_lakhs(words: &[String]) -> Option<f64> {
    const NAMED: [(&str, f64); 12] = [
        ("lakh", 1e5),
        ("lakhs", 1e5),
        ("lac", 1e5),
        ("lacs", 1e5),
        ("crore", 1e7),
        ("crores", 1e7),
        ("千円", 1e3),
        ("万円", 1e4),
        ("百万円", 1e6),
        ("億円", 1e8),
        ("万元", 1e4),
        ("백만원", 1e6),
    ];
    let named = |word: &String| NAMED.iter().find(|(name, _)| name == word);
    words.iter().find_map(named).map(|(_, times)| *times)
}

/// What a heading multiplies a column of counts by, where it leaves no doubt: `(000s)`, `in thousands`, `(Tsd.)`.
pub(in crate::load) fn scale_of_counts(heading: &str) -> f64 {
    let compact: String = heading.split_whitespace().collect();
    let words = words(heading);
    let word = |at: usize| words.get(at).map_or("", String::as_str);
    // A rate is of thousands; nobody has been counted in them.
    let rate = |at: usize| RATES.contains(&word(at));
    if (0..words.len()).any(rate) {
        return 1.0;
    }
    let says = |those: &[&str]| words.iter().any(|own| those.contains(&own.as_str()));
    let unit = in_brackets(heading);
    if ["'000", "’000", "(000)"]
        .iter()
        .any(|mark| compact.contains(mark))
        || says(&THOUSANDS)
        || (0..words.len()).any(|at| word(at) == "miles" && word(at + 1) == "de")
        || unit == "miles" && says(&PEOPLE_IN_SPANISH)
        || matches!(
            unit.as_str(),
            "k" | "th" | "thousand" | "1000" | "x1000" | "1000s" | "tis" | "tys" | "tusen"
        )
        || says(&["000", "x1000"]) && unit_of_header(heading).is_some()
    {
        1e3
    } else if says(&MILLIONS) || unit == "million" {
        1e6
    } else {
        says_lakhs(&words).unwrap_or(1.0)
    }
}

/// Words of rates, which may be of thousands.
const RATES: [&str; 9] = [
    "per", "pro", "je", "par", "por", "pour", "rate", "taux", "na",
];

/// Thousands, where a heading of a column of counts says so beyond doubt.
const THOUSANDS: [&str; 9] = [
    "000s",
    "thousands",
    "tsd",
    "milliers",
    "millares",
    "migliaia",
    "milhares",
    "duizendtallen",
    "tusental",
];

/// Who is counted in `miles`, which are thousands then and no distance.
const PEOPLE_IN_SPANISH: [&str; 5] = ["poblacion", "habitantes", "personas", "visitas", "hogares"];

/// Millions, the same.
const MILLIONS: [&str; 8] = [
    "millions",
    "mio",
    "mln",
    "millones",
    "milioni",
    "milhoes",
    "millionen",
    "miljoner",
];

/// What stands in the first brackets of a heading, if letters and digits are looked at alone.
fn in_brackets(heading: &str) -> String {
    let inside = heading.split_once(['(', '[']).map(|(_, rest)| rest);
    let inside = inside.and_then(|rest| rest.split([')', ']']).next());
    let words = words(inside.unwrap_or_default());
    words.iter().filter(|word| *word != "in").cloned().collect()
}

/// Whether three noughts are the end of a longer number, as in `over 100 000`.
fn grouped(heading: &str, words: &[String], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|before| words.get(before));
    !heading.contains(['\'', '’'])
        && before.is_some_and(|word| word.len() <= 3 && word.bytes().all(|b| b.is_ascii_digit()))
}

/// Whether a heading says thousands by a letter or by noughts, which a name is known without.
pub(in crate::load) fn says_thousands(heading: &str) -> bool {
    let says = |word: &String| matches!(word.as_str(), "k" | "000" | "000s");
    words(heading).iter().any(says)
}

/// A heading without the letter for thousands: `Loyer EUR` of `Loyer K EUR`.
pub(in crate::load) fn without_k(heading: &str) -> Option<String> {
    let mut words = words(heading);
    let all = words.len();
    words.retain(|word| word != "k");
    (words.len() < all).then(|| words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_says_what_its_sums_are_for_each_of() {
        for (heading, metres) in [
            ("Rent (£/sq ft)", Some(0.092_903_04)),
            ("Rate per SF", Some(0.092_903_04)),
            ("Rent psf", Some(0.092_903_04)),
            ("Running cost £/m2", Some(1.0)),
            ("Cost per sqm", Some(1.0)),
            ("Miete €/m²", Some(1.0)),
            ("Loyer par m²", Some(1.0)),
            ("Canone al mq", Some(1.0)),
            ("Running cost", None),
            ("Floor area m2", None),
            ("GIA (m2/sq ft)", None),
            ("Rent paid", None),
            ("Value (£)", None),
            ("Site rent", None),
            ("Hyra (kr/kvm)", Some(1.0)),
            ("Loyer (€ au m²)", Some(1.0)),
            ("Running cost (£ m2)", Some(1.0)),
            ("RentPerSqFt", Some(0.092_903_04)),
            ("costperm2", Some(1.0)),
            ("Rent sq. ft.", Some(0.092_903_04)),
            ("Current total m2", None),
            ("Rentable area/sqft", None),
            ("Corporate m2", None),
            ("Value (£) and GIA m2", None),
            ("O&M Cost ($/GSF)", Some(0.092_903_04)),
            ("Rent ($/RSF/yr)", Some(0.092_903_04)),
            ("Operating Cost (per RSF)", Some(0.092_903_04)),
            ("Rent (£/acre)", Some(4_046.856_422_4)),
        ] {
            assert_eq!(per_area(heading), metres, "{heading}");
        }
    }

    #[test]
    fn a_heading_says_thousands_and_millions_in_many_ways() {
        for (heading, times) in [
            ("Value (£000)", 1e3),
            ("Valuation ($'000)", 1e3),
            ("Instandhaltungsrückstau (T€)", 1e3),
            ("Buchwert in TEUR", 1e3),
            ("Valeur (k€)", 1e3),
            ("Wartość (tys. zł)", 1e3),
            ("Cena v tis. Kč", 1e3),
            ("Værdi (1000 kr)", 1e3),
            ("Valor (miles de €)", 1e3),
            ("Value £m", 1e6),
            ("Wert (Mio. €)", 1e6),
            ("Bokført verdi MKR", 1e6),
            ("Rent €", 1.0),
            ("Kosten EUR", 1.0),
            ("Unit 1000", 1.0),
            ("Milestone", 1.0),
            ("Running cost '000", 1e3),
            ("runningcost000", 1e3),
            ("Loyer K EUR", 1e3),
            ("Buchwert (k EUR)", 1e3),
            ("Value £k", 1e3),
            ("Value (£m)", 1e6),
            ("Value, £ million", 1e6),
            ("Rent (£ monthly)", 1.0),
            ("Running cost (£ m2)", 1.0),
            ("Running cost (£/kWh)", 1.0),
            ("Running cost (£ kWh)", 1.0),
            ("Value over £100,000", 1.0),
            ("Value over 100 000", 1.0),
            ("Cost within 5 miles", 1.0),
            ("Miles", 1.0),
            ("Book Value (Rs. in Lakhs)", 1e5),
            ("Book Value (₹ Crore)", 1e7),
            ("評価額（千円）", 1e3),
        ] {
            let read = scale_of_money(heading);
            assert!((read - times).abs() < 1e-9, "{heading}: {read}");
        }
    }

    #[test]
    fn counts_are_multiplied_only_where_the_heading_leaves_no_doubt() {
        for (heading, times) in [
            ("Population (000s)", 1e3),
            ("Visits ('000)", 1e3),
            ("Visits, thousands", 1e3),
            ("Miles", 1.0),
            ("Visits within 5 miles", 1.0),
            ("Visits K", 1.0),
            ("Zone 000", 1.0),
            ("Minutes per thousand", 1.0),
            ("Births per thousands", 1.0),
            ("Population (k)", 1e3),
            ("Population [K]", 1e3),
            ("Pop. in thousands", 1e3),
            ("Population (th.)", 1e3),
            ("Population (x1000)", 1e3),
            ("Einwohner (Tsd.)", 1e3),
            ("Einwohner je Tsd.", 1.0),
            ("Einwohner in Mio.", 1e6),
            ("Population (milliers)", 1e3),
            ("Población (miles)", 1e3),
            ("Miles de habitantes", 1e3),
            ("Distance (miles)", 1.0),
            ("Popolazione (migliaia)", 1e3),
            ("Residents (M)", 1.0),
            ("Population (m)", 1.0),
            ("GIA ('000 m2)", 1e3),
            ("GIA (m2)", 1.0),
            ("GIA (000 sq m)", 1e3),
            ("GIA (x1000 sq ft)", 1e3),
            ("Population (lakhs)", 1e5),
        ] {
            let read = scale_of_counts(heading);
            assert!((read - times).abs() < 1e-9, "{heading}: {read}");
        }
    }
}
