//! Pounds as a reader takes them in.

use crate::place::currency;

/// Three significant figures with `k`, `m` or `bn`: `£1.23m`, `−£840k`, `£2.00m`.
pub(in super::super) fn pounds(amount: f64) -> String {
    let (sign, number, unit) = parts(amount);
    format!("{sign}{}{number}{unit}", currency::sign())
}

/// The same for a round amount, such as the step of an axis: `£2m`.
pub(super) fn round_pounds(amount: f64) -> String {
    let (sign, number, unit) = parts(amount);
    let number = match number.contains('.') {
        true => number.trim_end_matches('0').trim_end_matches('.'),
        false => &number,
    };
    format!("{sign}{}{number}{unit}", currency::sign())
}

/// Sign, three figures, and the unit they are in.
fn parts(amount: f64) -> (&'static str, String, &'static str) {
    let size = amount.abs();
    let (scaled, unit) = match size {
        s if s >= 999.5e6 => (s / 1e9, "bn"),
        s if s >= 999.5e3 => (s / 1e6, "m"),
        s if s >= 999.5 => (s / 1e3, "k"),
        s => (s, ""),
    };
    let decimals = match scaled {
        _ if unit.is_empty() => 0,
        s if s >= 99.95 => 0,
        s if s >= 9.995 => 1,
        _ => 2,
    };
    let sign = if amount <= -0.5 { "−" } else { "" };
    (sign, format!("{scaled:.decimals$}"), unit)
}

/// A round step for an axis of about `lines` lines up to `most`.
pub(super) fn step(most: f64, lines: f64) -> f64 {
    let wanted = (most / lines).max(1e-9);
    let power = 10_f64.powf(wanted.log10().floor());
    [1.0, 2.0, 2.5, 5.0, 10.0]
        .into_iter()
        .map(|s| s * power)
        .find(|s| *s >= wanted)
        .unwrap_or(10.0 * power)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pounds_carry_three_figures() {
        assert_eq!(pounds(1_234_567.0), "£1.23m");
        assert_eq!(pounds(-840_400.0), "−£840k");
        assert_eq!(pounds(999_600.0), "£1.00m");
        assert_eq!(round_pounds(2_500_000.0), "£2.5m");
        assert_eq!(round_pounds(300_000.0), "£300k");
        assert_eq!(round_pounds(4_000_000.0), "£4m");
        assert_eq!(pounds(950.0), "£950");
        assert_eq!(pounds(-0.2), "£0");
        assert_eq!(pounds(12_340.0), "£12.3k");
    }

    #[test]
    fn axis_steps_are_round() {
        assert_eq!(step(930.0, 5.0), 200.0);
        assert_eq!(step(1_100_000.0, 5.0), 250_000.0);
    }
}
