//! Groups that the values of a column make by themselves: every value is a group of whole zones.

use super::sheets::Sheets;
use crate::load::config::ZonesConfig;
use crate::place::Zone;
use std::collections::{BTreeMap, BTreeSet};

/// More values than this are no strata but codes: an area, perhaps.
const MOST: usize = 40;

/// What the columns say of one zone: by stratum its value.
pub(super) type Values = BTreeMap<String, String>;

/// The value of each stratum for a zone: of a decile scale that is turned already, else of a column as it
/// stands.
pub(super) fn values(block: &ZonesConfig, sheets: &Sheets, at: usize, zone: &Zone) -> Values {
    let value = |column: &String| match block.deciles.contains_key(column) {
        true => zone.measures.get(column).map(|decile| format!("{decile}")),
        false => sheets.text(at, column),
    };
    let strata = block.strata.iter();
    strata
        .filter_map(|(name, column)| Some((name.clone(), value(column)?)))
        .collect()
}

/// Puts every zone wholly into the group of its value, and into none of the others; a zone without a value
/// is in none. The strata that have too many values are told.
pub(super) fn settle(zones: &mut [Zone], values: &[Values]) -> Vec<(String, usize)> {
    let mut all: BTreeMap<&String, BTreeSet<&String>> = BTreeMap::new();
    for (name, value) in values.iter().flatten() {
        all.entry(name).or_default().insert(value);
    }
    let crowded = |(name, values): (&&String, &BTreeSet<&String>)| {
        (values.len() > MOST).then(|| ((*name).clone(), values.len()))
    };
    let crowded: Vec<(String, usize)> = all.iter().filter_map(crowded).collect();
    for (zone, own) in zones.iter_mut().zip(values) {
        for (name, value) in own {
            let Some(all) = all.get(name).filter(|all| all.len() <= MOST) else {
                continue;
            };
            for other in all {
                let share = if *other == value { 1.0 } else { 0.0 };
                zone.groups.insert(group(name, other), share);
            }
        }
    }
    crowded
}

/// Zones without a value of a stratum, and the people in them, who are in none of its groups.
pub(super) fn without<'a>(
    block: &'a ZonesConfig,
    zones: &[Zone],
    values: &[Values],
) -> Vec<(&'a String, usize, f64)> {
    let missing = block.strata.keys().map(|name| {
        let own = zones.iter().zip(values);
        let own = own.filter(|(_, values)| !values.contains_key(name));
        let people = own.map(|(zone, _)| {
            let demand = zone.demand.iter().map(|people| people.get());
            demand.fold(zone.population.get(), f64::max)
        });
        let people: Vec<f64> = people.filter(|people| *people > 0.0).collect();
        (name, people.len(), people.iter().sum())
    });
    missing.filter(|(_, zones, _)| *zones > 0).collect()
}

/// What the group of a value is called: `rural_urban=rural_village`.
fn group(stratum: &str, value: &str) -> String {
    let plain: String = value
        .to_lowercase()
        .chars()
        .map(|c| {
            if c.is_alphanumeric() || c == '.' {
                c
            } else {
                '_'
            }
        })
        .collect();
    format!("{stratum}={}", plain.trim_matches('_'))
}
