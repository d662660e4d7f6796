//! `mean`: the demand-weighted mean distance to the nearest host.

use super::rules::{Beyond, Standing};
use super::zones::{Audience, Counted, people, signed};
use crate::place::{AccessRule, Distance, MeanLimit, Place, Unit};

/// Σ weight × distance within the limit, and nobody cut off to improve it.
pub(super) fn stand(
    who: &Audience,
    limit: MeanLimit,
    rule: &AccessRule,
    place: &Place,
) -> Standing {
    let total = who.total();
    if total == 0 {
        return Standing::empty();
    }
    let unit = rule.measure.unit;
    let sum = |distance: &dyn Fn(&Counted) -> Option<Distance>| -> Option<u128> {
        let each = who
            .zones
            .iter()
            .map(|zone| Some(u128::from(zone.weight) * u128::from(distance(zone)?.steps())));
        each.sum()
    };
    let today = sum(&|zone| Some(zone.today)).unwrap_or(0);
    let after = sum(&|zone| zone.after);
    let stated = match limit {
        MeanLimit::Relative(more) => grown(today, more),
        MeanLimit::Absolute(limit) => u128::from(limit.steps()) * total,
    };
    let enforced = match limit {
        MeanLimit::Absolute(_) if !rule.strict => stated.max(today),
        _ => stated,
    };
    let cut_off = |zone: &Counted| {
        zone.after
            .is_none_or(|after| after > reach(zone.today, unit))
    };
    let connected = !who.zones.iter().any(cut_off);
    let mean = |sum: u128| sum as f64 / total as f64 / unit.steps();
    Standing {
        today: Some(mean(today)),
        enforced: Some(mean(enforced)),
        after: after.map(mean),
        people_short_today: 0.0,
        people_short_after: people(who.weight_where(cut_off)),
        beyond: who
            .zones
            .iter()
            .filter(|zone| cut_off(zone))
            .map(|zone| Beyond {
                id: place.zone(zone.zone).id.to_string(),
                distance: zone.after.map(|distance| distance.to_user(unit)),
                limit: reach(zone.today, unit).to_user(unit),
                people: people(zone.weight.into()),
            })
            .collect(),
        stated: connected && after.is_some_and(|after| after <= stated),
        kept: connected && after.is_some_and(|after| after <= enforced),
        empty: false,
        room: (after.map(|after| signed(enforced) - signed(after)), total),
    }
}

/// (1 + τ) × a sum, rounded down; τ in whole millionths, and never less than nothing.
fn grown(sum: u128, more: f64) -> u128 {
    let parts = 1_000_000_i128.saturating_add((more * 1e6).round() as i128);
    sum.saturating_mul(parts.max(0).unsigned_abs()) / 1_000_000
}

/// How far the nearest host of a zone may go: three times today's distance, at least 5 km or 30
/// minutes.
fn reach(today: Distance, unit: Unit) -> Distance {
    let least = match unit {
        Unit::Km => 5_000,
        Unit::Minutes => 300,
    };
    Distance(today.steps().saturating_mul(3).max(least))
}
