//! What a heading says of the figures below it: thousands, a month, a square metre.

/// Words for money in a heading, beside its sign.
const MONEY: [&str; 19] = [
    "rent", "cost", "rate", "price", "value", "charge", "psf", "miete", "kosten", "loyer", "cout",
    "coût", "alquiler", "coste", "canone", "huur", "hyra", "leie", "czynsz",
];

/// Square metres in the unit of area that a heading's sums are for each of: `Rent (£/sq ft)`, `Cost per m2`. `None`
/// where its sums are for the whole building.
pub(in crate::load) fn per_area(heading: &str) -> Option<f64> {
    let lower = heading.to_lowercase();
    if !(lower.contains(['£', '€', '$']) || MONEY.iter().any(|word| lower.contains(word))) {
        return None;
    }
    let compact: String = lower
        .chars()
        .filter(|c| c.is_alphanumeric() || matches!(c, '/' | '²'))
        .collect();
    let words = |word: &str| {
        lower
            .split(|c: char| !c.is_alphanumeric())
            .any(|own| own == word)
    };
    let per = |unit: &str| {
        ["/", "per", "pro", "je", "par", "por", "al", "pr", "na"]
            .iter()
            .any(|before| compact.contains(&format!("{before}{unit}")))
    };
    if ["sqft", "ft2", "ft²", "sf", "squarefoot", "squarefeet"]
        .iter()
        .any(|unit| per(unit))
        || words("psf")
    {
        Some(0.092_903_04)
    } else if [
        "m2",
        "m²",
        "sqm",
        "qm",
        "mq",
        "squaremetre",
        "squaremeter",
        "mètrecarré",
    ]
    .iter()
    .any(|unit| per(unit))
        || words("psm")
    {
        Some(1.0)
    } else {
        None
    }
}

/// How many of the periods that a heading's sums are for make a year, and what to call one: `Monthly rent`.
pub(super) fn per_year(heading: &str) -> Option<(f64, &'static str)> {
    let compact: String = heading
        .to_lowercase()
        .chars()
        .filter(|c| c.is_alphanumeric())
        .collect();
    let says = |parts: &[&str]| parts.iter().any(|part| compact.contains(part));
    if says(&["12month", "monthend", "twelvemonth"]) {
        None
    } else if says(&[
        "month",
        "pcm",
        "mensuel",
        "mensual",
        "mensil",
        "mensal",
        "monat",
        "maand",
        "miesiecz",
        "miesięcz",
        "mesicn",
        "měsíčn",
        "manad",
        "månad",
    ]) {
        Some((12.0, "a month"))
    } else if says(&["quarter", "trimest", "quartal", "kwarta"]) {
        Some((4.0, "a quarter"))
    } else if says(&["weekly", "perweek"]) {
        Some((52.0, "a week"))
    } else {
        None
    }
}

/// What a heading multiplies its column by: `£000`, `(£m)`, `in T€`, `tys. zł`.
pub(super) fn scale(heading: &str) -> f64 {
    let lower = heading.to_lowercase();
    let compact: String = lower
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '\'' && *c != '’')
        .collect();
    let within = |marks: &[&str]| marks.iter().any(|mark| compact.contains(mark));
    let tokens: Vec<&str> = lower
        .split(|c: char| {
            c.is_whitespace() || matches!(c, '(' | ')' | '[' | ']' | '/' | ',' | '_' | ';')
        })
        .map(|token| token.trim_matches(['.', '\'', '’', ':']))
        .filter(|token| !token.is_empty())
        .collect();
    let says = |words: &[&str]| tokens.iter().any(|token| words.contains(token));
    let currency = || {
        says(&[
            "€", "eur", "kr", "chf", "zł", "zl", "kč", "kc", "$", "£", "gbp", "usd",
        ])
    };
    if within(&[
        "£000",
        "gbp000",
        "(000s)",
        "£k",
        "(000)",
        "(k€)",
        "€000",
        "$000",
        "thousands",
    ]) || says(&[
        "t€", "teur", "keur", "k€", "€k", "tsd", "tchf", "kchf", "tkr", "tsek", "tnok", "tdkk",
        "k$", "$k", "k£", "tys", "tis", "milliers", "millares", "miles", "migliaia", "milhares",
        "thousand",
    ]) || says(&["000", "1000", "1.000"]) && currency()
    {
        1e3
    } else if within(&["£m)", "(£m", "£million", "(millions)"])
        || compact.ends_with("£m")
        || says(&[
            "m€", "€m", "meur", "mkr", "mio", "mln", "$m", "m$", "millones", "milioni", "milhões",
            "millions",
        ])
    {
        1e6
    } else {
        1.0
    }
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
        ] {
            assert_eq!(per_area(heading), metres, "{heading}");
        }
    }

    #[test]
    fn a_heading_says_how_often_its_sums_are_paid() {
        for (heading, times) in [
            ("Monthly rent", Some(12.0)),
            ("Rent (pcm)", Some(12.0)),
            ("Loyer mensuel", Some(12.0)),
            ("Monatsmiete", Some(12.0)),
            ("Quarterly rent", Some(4.0)),
            ("Rent per week", Some(52.0)),
            ("Annual rent", None),
            ("Rent, last 12 months", None),
        ] {
            assert_eq!(
                per_year(heading).map(|(times, _)| times),
                times,
                "{heading}"
            );
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
        ] {
            assert!(
                (scale(heading) - times).abs() < 1e-9,
                "{heading}: {}",
                scale(heading)
            );
        }
    }
}
