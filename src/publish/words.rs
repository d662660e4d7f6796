//! Numbers and days as people write them.

/// `1 name`, `2 names`.
pub(super) fn counted(count: usize, one: &str, several: &str) -> String {
    format!(
        "{} {}",
        whole(count as f64),
        if count == 1 { one } else { several }
    )
}

/// A day as people write it: `1 April 2026`.
pub(super) fn day(date: jiff::civil::Date) -> String {
    date.strftime("%-d %B %Y").to_string()
}

/// A whole number with thousands set apart by commas.
pub(super) fn whole(number: f64) -> String {
    let digits = format!("{:.0}", number.abs());
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    if number <= -0.5 {
        format!("−{text}")
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_days_are_written_as_in_a_letter() {
        assert_eq!(whole(1_234_567.4), "1,234,567");
        assert_eq!(whole(-0.4), "0");
        assert_eq!(whole(-1_200.0), "−1,200");
        assert_eq!(counted(1, "name", "names"), "1 name");
        assert_eq!(counted(1_200, "name", "names"), "1,200 names");
        assert_eq!(day(jiff::civil::date(2026, 4, 1)), "1 April 2026");
    }
}
