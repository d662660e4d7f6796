//! Days as people write them.

/// A day as people write it: `1 April 2026`.
pub(super) fn day(date: jiff::civil::Date) -> String {
    date.strftime("%-d %B %Y").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_written_as_in_a_letter() {
        assert_eq!(day(jiff::civil::date(2026, 4, 1)), "1 April 2026");
    }
}
