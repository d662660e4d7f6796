//! Numbers as people read them: thousands set apart by commas, a true minus sign, one and several
//! told apart. Tables for machines write plain numbers instead.

use super::currency;

/// The minus sign of words and pictures.
pub(crate) const MINUS: char = '−';

/// A whole number: `1,204,300`, `−310`.
pub(crate) fn whole(number: f64) -> String {
    let digits = format!("{:.0}", number.abs());
    let mut text = String::new();
    if number.round() < 0.0 {
        text.push(MINUS);
    }
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A number with whatever decimals it has: `1,050`, `0.5`.
pub(crate) fn exact(number: f64) -> String {
    let text = number.to_string();
    let (integer, decimals) = match text.split_once('.') {
        Some((integer, decimals)) => (integer, format!(".{decimals}")),
        None => (text.as_str(), String::new()),
    };
    match integer.parse::<f64>() {
        Ok(integer) if integer != 0.0 => format!("{}{decimals}", whole(integer)),
        _ => text.replace('-', "−"),
    }
}

/// A share in per cent with all its decimals, one at least and four at most: `80.0`, `72.84`. Typed back it is the
/// share.
pub(crate) fn percent_exact(share: f64) -> String {
    let text = format!("{:.4}", share * 100.0 + 0.0);
    let short = text.trim_end_matches('0');
    match short.ends_with('.') {
        true => format!("{short}0"),
        false => short.to_owned(),
    }
}

/// Whole pounds, or what the place's money is in: `£1,204,300`, `−£310`.
pub(crate) fn pounds(amount: f64) -> String {
    let sign = if amount.round() < 0.0 { "−" } else { "" };
    format!("{sign}{}{}", currency::sign(), whole(amount.abs()))
}

/// A share in per cent with its sign: `+4.2 %`, `−33.3 %`.
pub(crate) fn signed_percent(share: f64) -> String {
    let percent = format!("{:.1} %", share.abs() * 100.0);
    match share {
        share if percent.starts_with("0.0 ") || share == 0.0 => percent,
        share if share < 0.0 => format!("{MINUS}{percent}"),
        _ => format!("+{percent}"),
    }
}

/// `1 person`, `2 people`.
pub(crate) fn counted(count: usize, one: &str, several: &str) -> String {
    let what = if count == 1 { one } else { several };
    format!("{} {what}", whole(count as f64))
}

/// `1 building`, `2 buildings`: for words whose plural ends in `s`.
pub(crate) fn count(count: usize, what: &str) -> String {
    counted(count, what, &format!("{what}s"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_by_thousands_and_carry_a_true_minus_sign() {
        assert_eq!(whole(1_234_567.4), "1,234,567");
        assert_eq!(whole(-0.4), "0");
        assert_eq!(whole(-1_200.0), "−1,200");
        assert_eq!(exact(1_050.0), "1,050");
        assert_eq!(exact(-0.5), "−0.5");
        assert_eq!(exact(1_234.25), "1,234.25");
        assert_eq!(pounds(1_204_300.4), "£1,204,300");
        assert_eq!(pounds(-310.0), "−£310");
        assert_eq!(pounds(-0.2), "£0");
        assert_eq!(signed_percent(-0.333), "−33.3 %");
        assert_eq!(signed_percent(0.042), "+4.2 %");
        assert_eq!(signed_percent(-0.0001), "0.0 %");
    }

    #[test]
    fn one_and_several_are_told_apart() {
        assert_eq!(count(1, "building"), "1 building");
        assert_eq!(count(1_200, "building"), "1,200 buildings");
        assert_eq!(counted(2, "person", "people"), "2 people");
    }
}
