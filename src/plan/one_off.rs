//! What a plan costs once, in the one form in which it is said: beyond what today's buildings need
//! anyway.

use super::report::Plan;

/// One-off cost of a plan over all agencies, £.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct OneOff {
    /// Fit-out, moves and exits, less the repairs that are avoided.
    pub beyond_today: f64,
    /// Repairs that wait today in buildings that are let go: taken off.
    pub repairs_avoided: f64,
    /// Repairs that wait today in buildings that are kept: left out.
    pub repairs_anyway: f64,
}

impl Plan {
    /// What the plan costs once.
    pub fn one_off(&self) -> OneOff {
        let mut sum = OneOff::default();
        for agency in &self.ledger {
            sum.beyond_today += agency.one_off_gbp;
            sum.repairs_avoided += agency.repairs_avoided_gbp;
            sum.repairs_anyway += agency.repairs_anyway_gbp;
        }
        sum
    }
}

impl OneOff {
    /// What is said beside the figure, with money as the reader takes it in; empty where no repairs
    /// wait.
    pub fn beside(&self, money: impl Fn(f64) -> String) -> String {
        let avoided = format!(
            "{} of repairs avoided is taken off",
            money(self.repairs_avoided)
        );
        let anyway = format!(
            "{} of repairs needed anyway is left out",
            money(self.repairs_anyway)
        );
        match (self.repairs_avoided >= 0.5, self.repairs_anyway >= 0.5) {
            (true, true) => format!("{avoided}, {anyway}"),
            (true, false) => avoided,
            (false, true) => anyway,
            (false, false) => String::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::place::words::pounds;

    #[test]
    fn repairs_are_said_beside_the_cost_where_any_wait() {
        let none = OneOff::default();
        assert_eq!(none.beside(pounds), "");
        let both = OneOff {
            beyond_today: 5_000.0,
            repairs_avoided: 1_200.0,
            repairs_anyway: 30_000.0,
        };
        assert_eq!(
            both.beside(pounds),
            "£1,200 of repairs avoided is taken off, £30,000 of repairs needed anyway is left out"
        );
    }
}
