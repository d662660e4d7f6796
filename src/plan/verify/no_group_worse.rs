//! `no_group_worse`: every group against its own position today.

use super::mean;
use super::rules::Standing;
use super::several::{One, together};
use super::zones::{Audience, Counted, Distances, millionths, people, signed};
use crate::place::{AccessRule, Distance, GroupLimit, MeanLimit, Place};

/// Each group's mean at most a little above today's, or its share within a distance at most a little
/// below.
pub(super) fn stand(
    place: &Place,
    distances: &Distances,
    rule: &AccessRule,
    groups: &[String],
    keep: GroupLimit,
) -> Standing {
    let one = |group: &String| {
        let mut of_group = rule.clone();
        of_group.group = Some(group.clone());
        let who = Audience::of(place, distances, &of_group);
        One {
            id: group.clone(),
            own: match keep {
                GroupLimit::Mean(more) => {
                    mean::stand(&who, MeanLimit::Relative(more), &of_group, place)
                }
                GroupLimit::Within { limit, drop } => share(&who, limit, drop),
            },
            by_share: matches!(keep, GroupLimit::Within { .. }),
        }
    };
    together(groups.iter().map(one).collect())
}

/// covered ≥ covered today − ⌊drop × total⌋.
fn share(who: &Audience, limit: Distance, drop: f64) -> Standing {
    let total = who.total();
    if total == 0 {
        return Standing::empty();
    }
    let near = |zone: &Counted| zone.after.is_some_and(|after| after <= limit);
    let today = who.weight_where(|zone| zone.today <= limit);
    let after = who.weight_where(near);
    let least = today.saturating_sub(millionths(drop) * total / 1_000_000);
    let part = |weight: u128| Some(weight as f64 / total as f64);
    Standing {
        today: part(today),
        enforced: part(least),
        after: part(after),
        people_short_today: people(total - today),
        people_short_after: people(total - after),
        beyond: Vec::new(),
        stated: after >= least,
        kept: after >= least,
        empty: false,
        room: (Some(signed(after) - signed(least)), total),
    }
}
