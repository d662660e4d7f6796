//! `within`: a share of the people lives within a distance of the service.

use super::rules::{Beyond, Standing};
use super::zones::{Audience, Counted, millionths, people, signed};
use crate::place::{AccessRule, Distance, Place};

/// covered ≥ ⌈share × total⌉, or today's covered where that is less and the rule is not strict.
pub(super) fn stand(
    who: &Audience,
    limit: Distance,
    share: f64,
    rule: &AccessRule,
    place: &Place,
) -> Standing {
    let total = who.total();
    if total == 0 {
        return Standing::empty();
    }
    let near = |zone: &Counted| zone.after.is_some_and(|after| after <= limit);
    let today = who.weight_where(|zone| zone.today <= limit);
    let after = who.weight_where(near);
    let required = (millionths(share) * total).div_ceil(1_000_000);
    let enforced = if rule.strict {
        required
    } else {
        required.min(today)
    };
    let unit = rule.measure.unit;
    let part = |weight: u128| Some(weight as f64 / total as f64);
    Standing {
        today: part(today),
        enforced: part(enforced),
        after: part(after),
        people_short_today: people(total - today),
        people_short_after: people(total - after),
        beyond: who
            .zones
            .iter()
            .filter(|zone| !near(zone))
            .map(|zone| Beyond {
                id: place.zone(zone.zone).id.to_string(),
                distance: zone.after.map(|distance| distance.to_user(unit)),
                limit: limit.to_user(unit),
                people: people(zone.weight.into()),
            })
            .collect(),
        stated: after >= required,
        kept: after >= enforced,
        empty: false,
        room: (Some(signed(after) - signed(enforced)), total),
    }
}
