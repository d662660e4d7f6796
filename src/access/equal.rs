//! The distance that, if everybody had it, would be as good as the distances people have.

use crate::place::People;

/// How much inequality counts: 0 is not at all, where the equivalent is the mean.
pub const EPSILON: f64 = 1.0;

/// The Kolm–Pollak equally-distributed equivalent of distances, ln(Σ w·exp(κ x) ÷ Σ w) ÷ κ. It lies
/// between the mean and the greatest, the higher the more unequal they are; adding a km to everybody
/// adds a km to it.
///
/// κ = ε × α with α = Σ w·x ÷ Σ w·x² of today's distances, so that it does not depend on the unit; it
/// is fixed from today for before and after, and for every group alike.
///
/// # References
/// Horton, Logan, Murrell, Speakman and Skipper, *A scalable approach for equitable facility
/// location* (arXiv 2401.15452).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Equal {
    /// Per km or minute; zero where everybody is at no distance today.
    pub kappa: f64,
}

impl Equal {
    /// κ of today's distances.
    pub fn of_today(today: &[(f64, People)]) -> Self {
        let sum = |power: i32| -> f64 {
            let each = today.iter();
            each.map(|(far, people)| people.get() * far.powi(power))
                .sum()
        };
        let squares = sum(2);
        Self {
            kappa: match squares > 0.0 {
                true => EPSILON * sum(1) / squares,
                false => 0.0,
            },
        }
    }

    /// The equivalent of some distances; `None` where there are no people.
    pub fn equivalent(&self, distances: &[(f64, People)]) -> Option<f64> {
        let people: f64 = distances.iter().map(|(_, people)| people.get()).sum();
        if people <= 0.0 {
            return None;
        }
        let average = |of: &dyn Fn(f64) -> f64| {
            let each = distances.iter();
            each.map(|(far, weight)| weight.get() * of(*far))
                .sum::<f64>()
                / people
        };
        if self.kappa <= 0.0 {
            return Some(average(&|far| far));
        }
        // Taken from the greatest, so that no exponential is too large.
        let most = distances.iter().map(|(far, _)| *far).fold(0.0, f64::max);
        let mean = average(&|far| (self.kappa * (far - most)).exp());
        Some(most + mean.ln() / self.kappa)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one_each(distances: &[f64]) -> Vec<(f64, People)> {
        distances.iter().map(|far| (*far, People(1.0))).collect()
    }

    #[test]
    fn two_people_at_one_and_three_km_are_worse_off_than_both_at_two() {
        // α = (1 + 3) ÷ (1 + 9) = 0.4; ln((e^0.4 + e^1.2) ÷ 2) ÷ 0.4
        // = ln((1.491825 + 3.320117) ÷ 2) ÷ 0.4 = ln 2.405971 ÷ 0.4 = 0.877953 ÷ 0.4 = 2.194883.
        let today = one_each(&[1.0, 3.0]);
        let equal = Equal::of_today(&today);
        assert!((equal.kappa - 0.4).abs() < 1e-12);
        let found = equal.equivalent(&today).expect("there are people");
        assert!((found - 2.194_883).abs() < 1e-5, "{found}");
        let same = equal.equivalent(&one_each(&[2.0, 2.0])).expect("people");
        assert!((same - 2.0).abs() < 1e-12);
    }

    #[test]
    fn a_km_more_for_everybody_is_a_km_more() {
        let equal = Equal::of_today(&one_each(&[1.0, 3.0]));
        let near = equal.equivalent(&one_each(&[0.5, 2.5])).expect("people");
        let far = equal.equivalent(&one_each(&[1.5, 3.5])).expect("people");
        assert!((far - near - 1.0).abs() < 1e-12);
    }

    #[test]
    fn great_distances_are_no_trouble() {
        let equal = Equal { kappa: 10.0 };
        let found = equal.equivalent(&one_each(&[1_000.0, 1_000.0]));
        assert_eq!(found, Some(1_000.0));
    }
}
