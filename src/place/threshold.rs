//! The one number that makes an access rule tighter or looser.

use super::{AccessRule, Distance, GroupLimit, MeanLimit, Measure, Mode, Place, RuleKind, Unit};

impl AccessRule {
    /// The number that makes the rule tighter or looser: the share of people (within), km or minutes
    /// (worst case, absolute mean, displacement), the share by which a mean may exceed today's (relative
    /// mean, no group worse) or people within a distance may fall below it (no group worse), a number of
    /// buildings (minimum hosts), or visits a year of one person (capacity).
    pub fn threshold(&self) -> f64 {
        let user = |distance: Distance| distance.to_user(self.measure.unit);
        match self.kind {
            RuleKind::Within { share, .. } | RuleKind::FloorPerArea { share, .. } => share,
            RuleKind::NoGroupWorse {
                keep: GroupLimit::Mean(most) | GroupLimit::Within { drop: most, .. },
                ..
            } => most,
            RuleKind::MinimumHosts { at_least, .. } => f64::from(at_least),
            RuleKind::Capacity { visits_per_person } => visits_per_person,
            RuleKind::WorstCase { limit, .. } | RuleKind::Displacement { limit } => user(limit),
            RuleKind::Mean(MeanLimit::Relative(over)) => over,
            RuleKind::Mean(MeanLimit::Absolute(limit)) => user(limit),
        }
    }

    /// The same rule with another [threshold](AccessRule::threshold); shares stay between 0 and 1,
    /// distances are no less than 0.
    pub fn with_threshold(&self, threshold: f64) -> Self {
        let unit = self.measure.unit;
        let distance = Distance::from_user(threshold.max(0.0), unit);
        let share = threshold.clamp(0.0, 1.0);
        let kind = match self.kind.clone() {
            RuleKind::Within { limit, .. } => RuleKind::Within { limit, share },
            RuleKind::FloorPerArea { each, limit, .. } => {
                RuleKind::FloorPerArea { each, limit, share }
            }
            RuleKind::NoGroupWorse { groups, keep } => RuleKind::NoGroupWorse {
                groups,
                keep: match keep {
                    GroupLimit::Mean(_) => GroupLimit::Mean(threshold.max(0.0)),
                    GroupLimit::Within { limit, .. } => GroupLimit::Within { limit, drop: share },
                },
            },
            RuleKind::MinimumHosts { hours, each, .. } => RuleKind::MinimumHosts {
                at_least: threshold.round().max(0.0) as u32,
                hours,
                each,
            },
            RuleKind::Capacity { .. } => RuleKind::Capacity {
                visits_per_person: threshold.max(0.0),
            },
            RuleKind::WorstCase { increase, .. } => RuleKind::WorstCase {
                limit: distance,
                increase,
            },
            RuleKind::Displacement { .. } => RuleKind::Displacement { limit: distance },
            RuleKind::Mean(MeanLimit::Relative(_)) => {
                RuleKind::Mean(MeanLimit::Relative(threshold.max(0.0)))
            }
            RuleKind::Mean(MeanLimit::Absolute(_)) => RuleKind::Mean(MeanLimit::Absolute(distance)),
        };
        Self {
            kind,
            ..self.clone()
        }
    }

    /// The least difference between two limits that is told: a thousandth, 10 m, a tenth of a minute, a building.
    pub(crate) fn step(&self) -> f64 {
        match self.kind {
            RuleKind::MinimumHosts { .. } => 1.0,
            RuleKind::WorstCase { .. }
            | RuleKind::Displacement { .. }
            | RuleKind::Mean(MeanLimit::Absolute(_)) => match self.measure.unit {
                Unit::Km => 0.01,
                Unit::Minutes => 0.1,
            },
            _ => 0.001,
        }
    }

    /// A limit in whole steps, never tighter than it was.
    pub(crate) fn rounded(&self, threshold: f64) -> f64 {
        let steps = (threshold / self.step() * 1e6).round() / 1e6;
        let whole = match self.more_is_tighter() {
            true => steps.floor(),
            false => steps.ceil(),
        };
        let per = (1.0 / self.step()).round();
        whole / per
    }

    /// Whether a greater threshold asks for more.
    pub fn more_is_tighter(&self) -> bool {
        matches!(
            self.kind,
            RuleKind::Within { .. }
                | RuleKind::FloorPerArea { .. }
                | RuleKind::MinimumHosts { .. }
                | RuleKind::Capacity { .. }
        )
    }

    /// One step looser than `enforced`, the threshold that is enforced where today is worse than
    /// stated: five hundredths of the people or of today's mean, a tenth of the distance, or one building. Of a worst case
    /// the distance beyond today's grows by as much.
    pub fn eased(&self, enforced: f64) -> Self {
        const PEOPLE: f64 = 0.05;
        const DISTANCE: f64 = 1.1;
        let threshold = match self.kind {
            RuleKind::Within { .. } | RuleKind::FloorPerArea { .. } => enforced - PEOPLE,
            RuleKind::NoGroupWorse { .. } => enforced + PEOPLE,
            RuleKind::MinimumHosts { .. } => enforced - 1.0,
            RuleKind::Capacity { .. } => enforced / DISTANCE,
            RuleKind::Mean(MeanLimit::Relative(over)) => over + PEOPLE,
            _ => enforced * DISTANCE,
        };
        // As it is told, so that typed back it is the same limit.
        let mut eased = self.with_threshold(self.rounded(threshold));
        if let RuleKind::WorstCase { limit, increase } = &mut eased.kind {
            let unit = self.measure.unit;
            let step = limit.to_user(unit) - enforced;
            *increase = Distance::from_user(increase.to_user(unit) + step.max(0.0), unit);
        }
        eased
    }
}

/// What the id of a rule begins with that limits the mean way to a service for one run: `mean:library`.
pub const MEAN_OF: &str = "mean:";

impl Place {
    /// The position of the rule with this id.
    pub fn rule_named(&self, id: &str) -> Option<usize> {
        self.rules.iter().position(|rule| rule.id.as_str() == id)
    }

    /// Gives a rule another threshold for one run, in which it is hard whatever the file says. `mean:SERVICE` is a rule of its own: the mean way to
    /// that service may be longer than today's by this share.
    ///
    /// # Errors
    /// The id, where the place has no such rule or service.
    pub fn set_threshold(&mut self, id: &str, threshold: f64) -> Result<(), String> {
        if let Some(at) = self.rule_named(id) {
            self.rules[at] = AccessRule {
                hard: true,
                price_gbp: None,
                ..self.rules[at].with_threshold(threshold)
            };
            return Ok(());
        }
        let service = id.strip_prefix(MEAN_OF).and_then(|id| {
            let mut services = self.services();
            services.find(|(_, service)| service.counter && service.id.as_str() == id)
        });
        let (service, _) = service.ok_or_else(|| id.to_owned())?;
        self.rules.push(AccessRule {
            id: id.into(),
            service,
            kind: RuleKind::Mean(MeanLimit::Relative(threshold.max(0.0))),
            measure: Measure {
                mode: Mode::Straight,
                unit: Unit::Km,
            },
            group: None,
            area: None,
            hard: true,
            price_gbp: None,
            strict: false,
            source: None,
        });
        Ok(())
    }
}

#[cfg(test)]
mod tests {

    use crate::place::sample::six_buildings;

    #[test]
    fn an_eased_rule_asks_for_less() {
        let place = six_buildings();
        let eased = |at: usize| {
            let rule = &place.rules[at];
            rule.eased(rule.threshold()).threshold()
        };
        // 80 % of people, 6 km, half as far again as today.
        assert!((eased(0) - 0.75).abs() < 1e-9);
        assert!((eased(1) - 6.6).abs() < 1e-9);
        assert!((eased(2) - 0.55).abs() < 1e-9);
    }

    #[test]
    fn a_soft_rule_with_a_threshold_for_one_run_is_hard() {
        let mut place = six_buildings();
        place.rules[0].hard = false;
        place.rules[0].price_gbp = Some(2.0);
        let id = place.rules[0].id.to_string();
        assert_eq!(place.set_threshold(&id, 0.5), Ok(()));
        assert!(place.rules[0].hard && place.rules[0].price_gbp.is_none());
    }

    #[test]
    fn an_eased_rule_is_told_in_whole_steps_on_the_looser_side() {
        let place = six_buildings();
        let eased = |at: usize, enforced: f64| place.rules[at].eased(enforced).threshold();
        assert!((eased(0, 0.73217) - 0.682).abs() < 1e-9);
        // 1.1 × 6.123 km is 6.7353.
        assert!((eased(1, 6.123) - 6.74).abs() < 1e-9);
    }

    #[test]
    fn a_rule_with_its_own_threshold_is_the_same_rule() {
        for rule in six_buildings().rules {
            assert_eq!(rule.with_threshold(rule.threshold()), rule);
        }
    }
}
