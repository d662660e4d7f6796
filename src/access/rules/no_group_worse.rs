//! R4 `no_group_worse`: no group fares worse than today by more than a tolerance.

use super::exact::share_down;
use super::limit::shown;
use super::{Limit, Mean, Part, Parts, Scope, Within};
use crate::place::words::percent_exact;
use crate::place::{AccessRule, Distance, GroupLimit, MeanLimit, Place};

/// What a `no_group_worse` rule enforces: relative to today, so the same stated and enforced.
#[derive(Clone, Debug, PartialEq)]
pub struct NoGroupWorse {
    /// What is compared with today.
    pub keep: GroupLimit,
    /// One limit for each group, by name.
    pub parts: Parts,
}

impl NoGroupWorse {
    pub(super) fn new(
        place: &Place,
        rule: &AccessRule,
        today: &[Option<Distance>],
        groups: &[String],
        keep: GroupLimit,
    ) -> Self {
        let part = |group: &String| {
            let of_group = AccessRule {
                group: Some(group.clone()),
                ..rule.clone()
            };
            let scope = Scope::new(place, &of_group, today);
            Part {
                id: group.clone(),
                limit: match keep {
                    GroupLimit::Mean(over) => {
                        Limit::Mean(Mean::new(rule, scope, today, MeanLimit::Relative(over)))
                    }
                    GroupLimit::Within { limit, drop } => {
                        Limit::Within(at_most_below(rule, scope, today, limit, drop))
                    }
                },
            }
        };
        Self {
            keep,
            parts: Parts {
                scope: Scope::new(place, rule, today),
                of: groups.iter().map(part).collect(),
            },
        }
    }

    pub(super) fn words(&self, rule: &AccessRule) -> String {
        match self.keep {
            GroupLimit::Mean(over) => {
                format!(
                    "no group's mean above {} % of today's",
                    percent_exact(1.0 + over)
                )
            }
            GroupLimit::Within { limit, drop } => format!(
                "no group's share within {} more than {} points below today's",
                shown(rule, limit),
                percent_exact(drop)
            ),
        }
    }
}

/// A limit of today's share less `drop` of everybody.
fn at_most_below(
    rule: &AccessRule,
    scope: Scope,
    today: &[Option<Distance>],
    limit: Distance,
    drop: f64,
) -> Within {
    let mut within = Within::new(rule, scope, today, limit, 0.0);
    let fewer = share_down(within.scope.total, drop);
    within.stated = within.covered_today.saturating_sub(fewer);
    within.enforced = within.stated;
    within
}

#[cfg(test)]
mod tests {
    use crate::access::{Arrangement, Verdict, assess, today};
    use crate::place::sample::{rule, six_buildings};
    use crate::place::{BuildingIx, Distance, GroupLimit, Place, RuleKind};
    use crate::travel::Travel;

    /// Half of Z1 has no car; everybody else has one. Library 1 goes from Z1 two km east.
    fn verdict(keep: GroupLimit) -> crate::access::RuleVerdict {
        let mut place: Place = six_buildings();
        for zone in &mut place.zones {
            let none = if zone.id.as_str() == "Z1" { 0.5 } else { 0.0 };
            zone.groups.insert("no_car".to_owned(), none);
            zone.groups.insert("car".to_owned(), 1.0 - none);
        }
        let groups = vec!["car".to_owned(), "no_car".to_owned()];
        place.rules = vec![rule("fair", 0, RuleKind::NoGroupWorse { groups, keep })];
        let travel = Travel::new(&place, Vec::new());
        let today = today(&place, &travel);
        let mut moved = Arrangement::today(&place);
        moved.building[1] = BuildingIx::new(2);
        assess(&place, &travel, &today, &moved).remove(0)
    }

    #[test]
    fn the_group_that_is_worse_off_is_named_though_the_others_gain() {
        // Z1 goes from 260 m to 2,613 m; everybody else's mean falls.
        let verdict = verdict(GroupLimit::Mean(0.02));
        assert_eq!(verdict.verdict, Verdict::Fail);
        assert_eq!((verdict.today, verdict.after), (Some(0.26), Some(2.613)));
        assert_eq!(verdict.worst.len(), 1);
        assert_eq!(verdict.worst[0].id, "no_car");
    }

    #[test]
    fn a_share_within_a_distance_may_fall_by_the_tolerance_and_no_more() {
        let limit = Distance(1_000);
        let kept = verdict(GroupLimit::Within { limit, drop: 1.0 });
        assert_eq!(kept.verdict, Verdict::Pass);
        let broken = verdict(GroupLimit::Within { limit, drop: 0.99 });
        assert_eq!(broken.verdict, Verdict::Fail);
        assert_eq!(broken.worst[0].distance, Some(1.0));
    }
}
