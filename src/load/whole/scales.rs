//! Scales of equal shares – quintiles, deciles, vigintiles, percentiles – and which end of them is 1.

use super::sheets::{Sheets, Sum};
use crate::load::config::{ConfigText, DecileConfig, DecileEnd};
use crate::load::normalise;
use crate::place::words::counted;
use crate::place::{Finding, Severity};

/// A scale of a column, of which 1 is the most deprived once it is turned.
pub(super) struct Scale {
    sum: Sum,
    end: DecileEnd,
    steps: f64,
}

impl Scale {
    /// The columns it is read from.
    pub(super) fn sum(&self) -> &Sum {
        &self.sum
    }

    /// A value with 1 at the most deprived end.
    pub(super) fn turned(&self, value: f64) -> f64 {
        match self.end {
            DecileEnd::MostDeprived => value,
            DecileEnd::LeastDeprived => self.steps + 1.0 - value,
        }
    }
}

/// The steps that scales have, with the beginnings of words in a heading that say so.
const KNOWN: [(f64, &[&str]); 4] = [
    (5.0, &["quintil"]),
    (10.0, &["decil", "dezil"]),
    (20.0, &["vigintil", "ventil"]),
    (100.0, &["percentil", "perzentil", "centil"]),
];

/// Settles a scale against its values; `None`, with a finding, where they are those of no scale.
pub(super) fn settle(
    name: &str,
    config: &DecileConfig,
    sum: Sum,
    sheets: &Sheets,
    (key, text): (&str, &ConfigText),
    findings: &mut Vec<Finding>,
) -> Option<Scale> {
    let values: Vec<f64> = (0..sheets.zones())
        .filter_map(|zone| sheets.count(zone, &sum).ok())
        .collect();
    let most = values.iter().copied().fold(0.0, f64::max);
    let field = format!("{key}.deciles.{name}");
    let heading = sheets.heading(&sum);
    let told = |code: &'static str, severity: Severity| {
        Finding::new(code, severity, text.at(&format!("{key}.deciles"))).column(field.clone())
    };
    let steps = config.of.map(f64::from);
    let said = steps.or_else(|| of_heading(&[&heading, &config.column, name]));
    let recognised = said
        .filter(|steps| most <= *steps)
        .or_else(|| of_values(&values));
    let steps = match (steps, recognised) {
        (Some(steps), _) => steps,
        (None, Some(steps)) => steps,
        (None, None) => 100.0,
    };
    let outside: Vec<f64> = values
        .iter()
        .copied()
        .filter(|value| value.fract() != 0.0 || *value < 1.0 || *value > steps)
        .collect();
    if let Some(first) = outside.first() {
        findings.push(
            told("scale-does-not-fit", Severity::Error)
                .cell(first.to_string())
                .cause(format!(
                    "{} of `{heading}` a value that is no whole step from 1 to {steps}",
                    counted(outside.len(), "zone has", "zones have")
                ))
                .action(
                    "name a column of deciles or of another scale of equal shares, with the number of its steps as \
                     `of`; a score or a rank belongs under `measures`",
                )
                .setting(format!("deciles = {{ {name} = {{ column = \"…\", one_is = \"…\", of = 10 }} }}")),
        );
        return None;
    }
    if config.of.is_none() && steps != DECILES {
        let turned = match config.one_is {
            DecileEnd::MostDeprived => String::new(),
            DecileEnd::LeastDeprived => format!(", and turned as {} − the value", steps + 1.0),
        };
        findings.push(
            told("scale-recognised", Severity::Warn)
                .cause(format!(
                    "the values of `{heading}` go up to {most}: read as a scale of {steps} steps{turned}"
                ))
                .action(format!(
                    "`at_most` of a group counts steps of this scale; the line below settles it, or `of = {DECILES}` \
                     where these are deciles"
                ))
                .setting(format!(
                    "deciles = {{ {name} = {{ column = \"{}\", one_is = \"{}\", of = {steps} }} }}",
                    config.column,
                    match config.one_is {
                        DecileEnd::MostDeprived => "most_deprived",
                        DecileEnd::LeastDeprived => "least_deprived",
                    }
                )),
        );
    }
    Some(Scale {
        sum,
        end: config.one_is,
        steps,
    })
}

/// Steps of a scale of which nothing else is known.
const DECILES: f64 = 10.0;

/// What a heading says of its scale.
fn of_heading(words: &[&str]) -> Option<f64> {
    words.iter().find_map(|word| {
        let plain = normalise(word);
        let known = KNOWN
            .iter()
            .find(|(_, begins)| begins.iter().any(|one| plain.contains(one)));
        known.map(|(steps, _)| *steps)
    })
}

/// What the values say: the least scale that holds them all. All five of 1 to 5 and nothing above are quintiles;
/// fewer of them are deciles of a place without the others.
fn of_values(values: &[f64]) -> Option<f64> {
    let most = values.iter().copied().fold(0.0, f64::max);
    let has = |step: u32| values.contains(&f64::from(step));
    let quintiles = most == 5.0 && (1..=5).all(has) && values.len() >= 10;
    match quintiles {
        true => Some(5.0),
        false => {
            let mut known = KNOWN.iter().map(|(steps, _)| *steps).skip(1);
            known.find(|steps| most <= *steps)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn up_to(most: u32) -> Vec<f64> {
        (0..20).map(|at| f64::from(at % most + 1)).collect()
    }

    #[test]
    fn a_scale_is_recognised_by_its_values() {
        for (most, steps) in [(5, 5.0), (4, 10.0), (10, 10.0), (20, 20.0)] {
            assert_eq!(of_values(&up_to(most)), Some(steps), "{most}");
        }
        assert_eq!(of_values(&[1.0, 77.0]), Some(100.0));
        assert_eq!(of_values(&[6_976.0]), None);
    }

    #[test]
    fn a_heading_says_what_its_scale_is() {
        assert_eq!(of_heading(&["GISD Quintil"]), Some(5.0));
        assert_eq!(of_heading(&["IMD Decile (1 is most deprived)"]), Some(10.0));
        assert_eq!(of_heading(&["simd_vigintile"]), Some(20.0));
        assert_eq!(of_heading(&["Perzentil"]), Some(100.0));
        assert_eq!(of_heading(&["imd"]), None);
    }
}
