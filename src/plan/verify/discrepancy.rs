//! One disagreement between the plan file and what the place says, and how figures are compared.

use crate::place::currency;
use serde::Serialize;
use std::fmt;

/// Something in a plan that is not so, or not allowed: one line for a person, fields for a machine.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Discrepancy {
    /// Stable code in kebab case; listed in the guide `verify.md`.
    pub code: &'static str,
    /// Id of the occupier, building, rule, agency or file it is about; `plan` for the whole.
    pub subject: String,
    /// The field of `plan.json`, such as `rules[library.two_miles].after`.
    pub figure: String,
    /// What the place gives.
    pub expected: String,
    /// What the plan says.
    pub found: String,
    /// What is wrong, in a sentence.
    pub message: String,
}

impl fmt::Display for Discrepancy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let line = format!(
            "{}: {}: expected {}, found {}: {}",
            self.code, self.figure, self.expected, self.found, self.message
        );
        // Ids come from files: a control character in one must not break the line in two.
        line.chars()
            .map(|c| if c.is_control() { ' ' } else { c })
            .try_for_each(|c| write!(f, "{c}"))
    }
}

/// Where a figure stands: whose it is, and the name of its field.
pub(super) struct Figure<'a> {
    pub(super) subject: &'a str,
    pub(super) name: String,
}

/// Of so many pence one may be the noise of adding them up in another order: nothing at a billion pounds, 60 pence at sixty
/// trillion, which large plans in small money come to.
const NOISE_OF: u128 = 100_000_000_000_000;

/// The disagreements found so far.
#[derive(Default)]
pub(super) struct Found(pub(super) Vec<Discrepancy>);

impl Found {
    /// Notes one disagreement.
    pub(super) fn note(
        &mut self,
        code: &'static str,
        figure: Figure<'_>,
        expected: impl fmt::Display,
        found: impl fmt::Display,
        message: impl Into<String>,
    ) {
        self.0.push(Discrepancy {
            code,
            subject: figure.subject.to_owned(),
            figure: figure.name,
            expected: expected.to_string(),
            found: found.to_string(),
            message: message.into(),
        });
    }

    /// Compares two numbers; anything that is not within `tolerance`, NaN included, is noted.
    pub(super) fn number(
        &mut self,
        code: &'static str,
        figure: Figure<'_>,
        expected: f64,
        found: f64,
        tolerance: f64,
        message: &str,
    ) {
        let near = (expected - found).abs() <= tolerance + 1e-9 * expected.abs();
        if !(near && found.is_finite()) {
            self.note(code, figure, tidy(expected), tidy(found), message);
        }
    }

    /// Compares two numbers either of which may be absent.
    pub(super) fn maybe(
        &mut self,
        code: &'static str,
        figure: Figure<'_>,
        expected: Option<f64>,
        found: Option<f64>,
        tolerance: f64,
        message: &str,
    ) {
        match (expected, found) {
            (None, None) => {}
            (Some(expected), Some(found)) => {
                self.number(code, figure, expected, found, tolerance, message);
            }
            _ => self.note(code, figure, shown(expected), shown(found), message),
        }
    }

    /// Compares two amounts of money, £: the printed one must be a whole number of pence and lie
    /// within `pence` of the other, and the noise of adding up such amounts.
    pub(super) fn money(
        &mut self,
        code: &'static str,
        figure: Figure<'_>,
        expected: f64,
        found: f64,
        pence: i128,
        message: &str,
    ) {
        let apart = in_pence(expected).abs_diff(in_pence(found));
        let noise = in_pence(expected).unsigned_abs() / NOISE_OF;
        if !is_pence(found) || apart > pence.unsigned_abs() + noise {
            self.note(code, figure, pounds(expected), pounds(found), message);
        }
    }

    /// Compares a printed sum with the sum of the printed amounts, to the penny.
    pub(super) fn sum(
        &mut self,
        figure: Figure<'_>,
        expected_pence: i128,
        found: f64,
        message: &str,
    ) {
        if !is_pence(found) || in_pence(found) != expected_pence {
            let expected = expected_pence as f64 / 100.0;
            self.note(
                "sum-differs",
                figure,
                pounds(expected),
                pounds(found),
                message,
            );
        }
    }

    /// Compares two words, ids or codes.
    pub(super) fn text(
        &mut self,
        code: &'static str,
        figure: Figure<'_>,
        expected: &str,
        found: &str,
        message: &str,
    ) {
        if expected != found {
            self.note(code, figure, expected, found, message);
        }
    }
}

/// A figure of the whole plan.
pub(super) fn of_plan(name: &str) -> Figure<'static> {
    Figure {
        subject: "plan",
        name: name.to_owned(),
    }
}

/// A field of one record of a list of the plan: `buildings[C001].action`.
pub(super) fn of<'a>(list: &str, id: &'a str, field: &str) -> Figure<'a> {
    Figure {
        subject: id,
        name: format!("{list}[{id}].{field}"),
    }
}

/// Whole pence, half away from zero. Not a number counts as nothing: see [`is_pence`].
pub(super) fn in_pence(pounds: f64) -> i128 {
    (pounds * 100.0).round() as i128
}

/// Whether an amount is finite and a whole number of pence, as far as its size lets one tell.
fn is_pence(pounds: f64) -> bool {
    let pence = pounds * 100.0;
    pence.is_finite() && (pence - pence.round()).abs() <= 1e-3 + pence.abs() * 1e-12
}

/// From here on a number is shown by its size alone.
const HUGE: f64 = 1e15;

/// An amount of money as messages show it.
pub(super) fn pounds(amount: f64) -> String {
    if amount.abs() < HUGE {
        format!("{}{amount:.2}", currency::sign())
    } else {
        format!("{}{amount:e}", currency::sign())
    }
}

/// A number as messages show it: no more digits than tell it apart.
pub(super) fn tidy(number: f64) -> String {
    let rounded = (number * 1e6).round() / 1e6;
    if number.abs() < HUGE {
        rounded.to_string()
    } else {
        format!("{number:e}")
    }
}

/// An absent number is `null`, as in the file.
pub(super) fn shown(number: Option<f64>) -> String {
    number.map_or_else(|| "null".to_owned(), tidy)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn differs(expected: f64, found: f64) -> bool {
        let mut all = Found::default();
        all.money("money-differs", of_plan("value"), expected, found, 2, "");
        !all.0.is_empty()
    }

    #[test]
    fn pence_count_in_a_billion_and_are_the_noise_of_sixty_trillion() {
        assert!(!differs(1e9, 1e9 + 0.02) && differs(1e9, 1e9 + 0.03));
        let much = 64_395_904_578_400.98;
        assert!(!differs(much, much - 0.03) && differs(much, much - 1.0));
    }
}
