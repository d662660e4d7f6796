//! `worst_case`: nobody further than a distance, or than today and a little.

use super::rules::{Beyond, Standing};
use super::zones::{Audience, Counted, people};
use crate::place::{AccessRule, Distance, Place};

/// Each zone within max(limit, today + increase); within the limit where strict.
pub(super) fn stand(
    who: &Audience,
    limit: Distance,
    increase: Distance,
    rule: &AccessRule,
    place: &Place,
) -> Standing {
    if who.zones.is_empty() {
        return Standing::empty();
    }
    let own_limit = |zone: &Counted| match rule.strict {
        true => limit,
        false => limit.max(Distance(
            zone.today.steps().saturating_add(increase.steps()),
        )),
    };
    let past = |zone: &Counted, limit: Distance| zone.after.is_none_or(|after| after > limit);
    let unit = rule.measure.unit;
    let greatest = who.zones.iter().map(own_limit).max();
    Standing {
        today: who.furthest_today(unit),
        enforced: greatest.map(|distance| distance.to_user(unit)),
        after: who.furthest_after(unit),
        people_short_today: people(who.weight_where(|zone| zone.today > limit)),
        people_short_after: people(who.weight_where(|zone| past(zone, limit))),
        beyond: who
            .zones
            .iter()
            .filter(|zone| past(zone, own_limit(zone)))
            .map(|zone| Beyond {
                id: place.zone(zone.zone).id.to_string(),
                distance: zone.after.map(|distance| distance.to_user(unit)),
                limit: own_limit(zone).to_user(unit),
                people: people(zone.weight.into()),
            })
            .collect(),
        stated: !who.zones.iter().any(|zone| past(zone, limit)),
        kept: !who.zones.iter().any(|zone| past(zone, own_limit(zone))),
        empty: false,
        room: (None, 0),
    }
}
