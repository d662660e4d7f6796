//! How often the sums below a heading are paid: by the month, the quarter, the week.

use super::heading::words;

/// How many of a period make a year, and what to call one.
pub(in crate::load) type Period = (f64, &'static str);

/// Fields whose sums are for a year. A value or a price is no sum of a period, however often it is looked at.
const YEARLY: [&str; 9] = [
    "rent_gbp",
    "review_rent_gbp",
    "rates_gbp",
    "let_income_gbp",
    "running_gbp",
    "running_gbp_m2",
    "site_running_gbp",
    "holding_gbp",
    "part_gbp",
];

/// The words that name each period, whole or as part of a longer one.
const PERIODS: [(Period, &[&str], &[&str]); 3] = [
    (
        (12.0, "a month"),
        &[
            "pm", "mois", "mes", "mese", "mnd", "kk", "mth", "md", "mdr", "mån", "μηνα",
        ],
        &[
            "month",
            "pcm",
            "mensuel",
            "mensual",
            "mensil",
            "mensal",
            "monat",
            "maand",
            "miesiecz",
            "miesiac",
            "mesicn",
            "mesic",
            "manad",
            "maned",
            "kuukau",
            "vuokrakk",
            "μηνια",
        ],
    ),
    (
        (4.0, "a quarter"),
        &["quarter"],
        &["quarterly", "perquarter", "trimest", "quartal", "kwarta"],
    ),
    (
        (52.0, "a week"),
        &["week", "pw", "pcw"],
        &["weekly", "perweek"],
    ),
];

/// Words for a year, beside which a shorter period is only when it is paid.
const YEAR: [&str; 9] = [
    "annual",
    "annum",
    "pa",
    "yearly",
    "annuel",
    "annuelle",
    "anual",
    "annuo",
    "jahresmiete",
];

/// The period that a heading's sums of a field are for, where that is shorter than a year: `Monthly rent`.
pub(super) fn shorter(field: &str, heading: &str) -> Option<Period> {
    YEARLY.contains(&field).then(|| named(heading)).flatten()
}

fn named(heading: &str) -> Option<Period> {
    let words = joined(words(heading));
    let has = |word: &str| words.iter().any(|own| own == word);
    let compact = words.concat();
    let counted = words.windows(2).any(|two| {
        matches!(two, [number, of] if number.len() < 3 && number.bytes().all(|b| b.is_ascii_digit()) && of.starts_with("month"))
    });
    let other = ["12month", "monthend", "twelvemonth", "bimonth"];
    if counted
        || other.iter().any(|part| compact.contains(part))
        || YEAR.iter().any(|word| has(word))
    {
        return None;
    }
    // Without a rent or a sign of money before it, `pm` is planned maintenance.
    let short = |word: &str| {
        let at = words.iter().position(|own| own == word);
        let before = at
            .and_then(|at| at.checked_sub(1))
            .and_then(|at| words.get(at));
        before.is_some_and(|own| matches!(own.as_str(), "£" | "€" | "$" | "rent" | "rental"))
            || words
                .iter()
                .any(|own| own.strip_prefix("rent") == Some(word))
    };
    let after_each = |word: &str| {
        words.windows(2).any(|two| {
            matches!(two, [each, own] if own == word && matches!(each.as_str(), "/" | "pr" | "per"))
        })
    };
    let swedish = heading.to_lowercase().contains("mån");
    PERIODS.into_iter().find_map(|(period, whole, part)| {
        let says = |word: &&str| match *word {
            "pm" | "pw" => short(word),
            "md" => after_each(word),
            "mån" => swedish && has("man"),
            word => has(word),
        };
        let within = |part: &&str| words.iter().any(|own| own.contains(part));
        (whole.iter().any(says) || part.iter().any(within)).then_some(period)
    })
}

/// Words with the letters of `p.m.`, `p/m` and their kin together.
fn joined(words: Vec<String>) -> Vec<String> {
    const LETTERS: [(&[&str], &str); 6] = [
        (&["p", "c", "m"], "pcm"),
        (&["p", "m"], "pm"),
        (&["p", "/", "m"], "pm"),
        (&["p", "w"], "pw"),
        (&["p", "a"], "pa"),
        (&["p", "/", "a"], "pa"),
    ];
    let mut left = words.as_slice();
    let mut joined = Vec::with_capacity(words.len());
    while let Some((first, rest)) = left.split_first() {
        let begins = |(letters, _): &&(&[&str], &str)| {
            letters.len() <= left.len() && letters.iter().zip(left).all(|(a, b)| a == b)
        };
        let found = LETTERS.iter().find(begins);
        joined.push(found.map_or_else(|| first.clone(), |(_, word)| (*word).to_owned()));
        left = found.map_or(rest, |(letters, _)| &left[letters.len()..]);
    }
    joined
}

/// The period at the end of what follows a sum in its cell, and what stands before: `pcm`, `p.a.`.
pub(super) fn at_end(rest: &str) -> Option<(f64, &str)> {
    const ENDS: [(&str, f64); 24] = [
        ("p/a", 1.0),
        ("p/m", 12.0),
        ("p.m", 12.0),
        ("monthly", 12.0),
        ("per annum", 1.0),
        ("per year", 1.0),
        ("a year", 1.0),
        ("p.a.", 1.0),
        ("p.a", 1.0),
        ("pa", 1.0),
        ("/yr", 1.0),
        ("/year", 1.0),
        ("pcm", 12.0),
        ("p.c.m.", 12.0),
        ("pm", 12.0),
        ("p.m.", 12.0),
        ("per month", 12.0),
        ("a month", 12.0),
        ("/month", 12.0),
        ("per quarter", 4.0),
        ("a quarter", 4.0),
        ("pw", 52.0),
        ("per week", 52.0),
        ("a week", 52.0),
    ];
    ENDS.iter()
        .find_map(|(end, times)| rest.strip_suffix(end).map(|before| (*times, before.trim())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_says_how_often_its_sums_are_paid() {
        for (heading, times) in [
            ("Monthly rent", Some(12.0)),
            ("Rent (pcm)", Some(12.0)),
            ("Loyer mensuel", Some(12.0)),
            ("Monatsmiete", Some(12.0)),
            ("Quarterly rent", Some(4.0)),
            ("Rent per week", Some(52.0)),
            ("Rent pm", Some(12.0)),
            ("Rent (pm)", Some(12.0)),
            ("Rent p.m.", Some(12.0)),
            ("Rent p/m (Rs.)", Some(12.0)),
            ("Rent (p.c.m.)", Some(12.0)),
            ("Rent p.w.", Some(52.0)),
            ("Rent p.a. (paid p.m.)", None),
            ("Running cost (P.M.)", None),
            ("Service charge £ pm", Some(12.0)),
            ("Loyer (€/mois)", Some(12.0)),
            ("Alquiler (€/mes)", Some(12.0)),
            ("Canone (€/mese)", Some(12.0)),
            ("Renda (€/mês)", Some(12.0)),
            ("Vuokra (€/kk)", Some(12.0)),
            ("Husleje (pr. måned)", Some(12.0)),
            ("Leie (kr/mnd)", Some(12.0)),
            ("Huur (per mnd)", Some(12.0)),
            ("Hyra (kr/mån)", Some(12.0)),
            ("Rent (mth)", Some(12.0)),
            ("Husleje (kr./md.)", Some(12.0)),
            ("Μίσθωμα (μηνιαίο)", Some(12.0)),
            ("Rent per quarter", Some(4.0)),
            ("Loyer trimestriel", Some(4.0)),
            ("Rent pw", Some(52.0)),
            ("Headquarters running cost", None),
            ("Annual rent (payable quarterly)", None),
            ("Running cost (PM)", None),
            ("Running cost (man.)", None),
            ("Monthly rent 2024", Some(12.0)),
            ("2024 monthly rent", Some(12.0)),
            ("Rent, 3-monthly", None),
            ("Annual rent", None),
            ("Rent, last 12 months", None),
        ] {
            assert_eq!(
                shorter("rent_gbp", heading).map(|(times, _)| times),
                times,
                "{heading}"
            );
        }
    }

    #[test]
    fn a_value_is_no_sum_of_a_period() {
        assert_eq!(
            shorter("value_gbp", "Market value (quarterly review)"),
            None
        );
        assert_eq!(shorter("backlog_gbp", "Backlog, monthly report"), None);
    }

    #[test]
    fn every_name_of_a_rent_for_a_shorter_period_is_read_as_one() {
        let shorter_names = [
            "kaltmietemonat",
            "loyertrimestriel",
            "loyertrimestrielht",
            "valormensaldoaluguel",
            "vuokrakk",
            "czynszmiesieczny",
            "czynszmiesiecznynetto",
            "monthlyrent",
            "monthlyrental",
            "rentpcm",
            "rentpm",
            "rentpermonth",
            "rentmonthly",
            "loyermensuel",
            "monatsmiete",
            "mietepromonat",
            "alquilermensual",
            "canonemensile",
            "huurpermaand",
            "aluguelmensal",
            "quarterlyrent",
            "rentperquarter",
            "weeklyrent",
            "rentperweek",
        ];
        for name in crate::load::abroad::names("rent_gbp") {
            let expected = shorter_names.contains(&name);
            assert_eq!(shorter("rent_gbp", name).is_some(), expected, "{name}");
        }
    }
}
