//! Quantities as people type them: `20`, `20s`, `5m`; `0.005`, `0.5%`.

use std::time::Duration;

/// Seconds, or a number with `s`, `m` or `h`.
pub(super) fn duration(text: &str) -> Result<Duration, String> {
    let text = text.trim();
    let (number, scale) = match text.char_indices().last() {
        Some((at, 's')) => (&text[..at], 1.0),
        Some((at, 'm')) => (&text[..at], 60.0),
        Some((at, 'h')) => (&text[..at], 3600.0),
        _ => (text, 1.0),
    };
    let seconds = number
        .trim()
        .parse::<f64>()
        .ok()
        .map(|number| number * scale);
    match seconds {
        Some(seconds) if (0.0..=31_536_000.0).contains(&seconds) && seconds > 0.0 => {
            Ok(Duration::from_secs_f64(seconds))
        }
        _ => Err("give seconds, or a number with s, m or h: `30`, `90s`, `5m`".to_owned()),
    }
}

/// A number, not negative.
pub(super) fn amount(text: &str) -> Result<f64, String> {
    match text.trim().parse::<f64>() {
        Ok(number) if number.is_finite() && number >= 0.0 => Ok(number),
        _ => Err("give a number, not negative".to_owned()),
    }
}

/// A number of 1 or more.
pub(super) fn factor(text: &str) -> Result<f64, String> {
    match text.trim().parse::<f64>() {
        Ok(number) if (1.0..=100.0).contains(&number) => Ok(number),
        _ => Err("give a number from 1 to 100".to_owned()),
    }
}

/// A share between 0 and 1, or a percentage.
pub(super) fn share(text: &str) -> Result<f64, String> {
    let text = text.trim();
    let share = match text.strip_suffix('%') {
        Some(number) => number
            .trim()
            .parse::<f64>()
            .ok()
            .map(|number| number / 100.0),
        None => text.parse::<f64>().ok(),
    };
    match share {
        Some(share) if (0.0..=1.0).contains(&share) => Ok(share),
        _ => Err("give a share or a percentage: `0.005` or `0.5%`".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn minutes_and_seconds_are_both_time() {
        assert_eq!(duration("20"), Ok(Duration::from_secs(20)));
        assert_eq!(duration("20s"), Ok(Duration::from_secs(20)));
        assert_eq!(duration("5m"), Ok(Duration::from_secs(300)));
    }

    #[test]
    fn no_time_and_endless_time_are_refused() {
        for text in ["0", "-3", "soon", "", "nan", "inf", "1e300", "€"] {
            assert!(duration(text).is_err(), "{text}");
        }
    }

    #[test]
    fn half_a_per_cent_is_five_thousandths() {
        assert_eq!(share("0.5%"), Ok(0.005));
        assert_eq!(share("0.005"), Ok(0.005));
    }

    #[test]
    fn a_gap_above_one_is_refused() {
        for text in ["5", "101%", "-0.1", "nan", "few"] {
            assert!(share(text).is_err(), "{text}");
        }
    }
}
