//! Numbers that stand in words.

/// The numbers of a text, in order; those inside words are none.
pub(super) fn numbers_in(text: &str) -> Vec<f64> {
    let mut numbers = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        let negative = rest[..start].ends_with(['-', '−']);
        let inside_word = rest[..start].ends_with(|c: char| c.is_alphabetic() || c == '_');
        let digits = &rest[start..];
        let end = end_of_number(digits);
        let number = digits[..end].trim_end_matches('.').replace(',', "");
        let number = number.parse::<f64>();
        if let (Ok(number), false) = (number, inside_word) {
            numbers.push(if negative { -number } else { number });
        }
        rest = &digits[end..];
    }
    numbers
}

/// Where the number that a text begins with ends: digits, a point, and commas between digits that set
/// thousands apart.
fn end_of_number(text: &str) -> usize {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let part = |at: usize| match bytes[at] {
        b',' => digit(at + 1) && digit(at + 2) && digit(at + 3) && !digit(at + 4),
        b'.' => true,
        byte => byte.is_ascii_digit(),
    };
    (0..bytes.len())
        .find(|at| !part(*at))
        .unwrap_or(bytes.len())
}

/// Whether two rows of numbers agree.
pub(super) fn same(own: &[f64], printed: &[f64]) -> bool {
    let near = |(own, printed): (&f64, &f64)| (own - printed).abs() <= 1e-6 * (1.0 + own.abs());
    own.len() == printed.len() && own.iter().zip(printed).all(near)
}

#[cfg(test)]
mod tests {
    use super::numbers_in;

    #[test]
    fn numbers_are_read_out_of_words() {
        assert_eq!(
            numbers_in("3.5 % from year 0, 3 % from year 31"),
            [3.5, 0.0, 3.0, 31.0]
        );
        assert_eq!(numbers_in("£700/m²"), [700.0]);
        assert_eq!(numbers_in("E05000001, -2.5 km."), [-2.5]);
    }
}
