//! How much worse than today the group fares that fares worst.

use super::{Arrangement, RuleVerdict, assess, today};
use crate::place::{AccessRule, GroupLimit, MeanLimit, Place, RuleKind};
use crate::travel::Travel;

/// Further than anything on Earth, in km or minutes.
const BEYOND: f64 = 100_000.0;

/// What a `no_group_worse` rule at a position would have to allow for an arrangement to keep it: the greatest share by
/// which a group's mean is longer than today's, or the greatest share of a group that is no longer within the distance.
/// `None` for other rules, and where no group can be measured.
pub(crate) fn worst_group(
    place: &Place,
    travel: &Travel,
    rule: usize,
    arrangement: &Arrangement,
) -> Option<f64> {
    let rule = &place.rules[rule];
    let RuleKind::NoGroupWorse { groups, keep } = &rule.kind else {
        return None;
    };
    let mut each = place.clone();
    each.rules = groups
        .iter()
        .map(|group| AccessRule {
            kind: match *keep {
                GroupLimit::Mean(_) => RuleKind::Mean(MeanLimit::Relative(BEYOND)),
                GroupLimit::Within { limit, .. } => RuleKind::Within { limit, share: 0.0 },
            },
            group: Some(group.clone()),
            ..rule.clone()
        })
        .collect();
    let worse = |verdict: &RuleVerdict| match keep {
        GroupLimit::Mean(_) => longer(verdict),
        GroupLimit::Within { .. } => Some(verdict.today? - verdict.after?),
    };
    let verdicts = assess(&each, travel, &today(&each, travel), arrangement);
    verdicts.iter().filter_map(worse).reduce(f64::max)
}

/// By which share a mean is longer than today's.
pub(crate) fn longer(verdict: &RuleVerdict) -> Option<f64> {
    Some(verdict.after? / verdict.today.filter(|far| *far > 0.0)? - 1.0)
}
