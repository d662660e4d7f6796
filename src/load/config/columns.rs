//! The keys under `columns = { … }`, which are the names of our columns: one that is none would be
//! passed over without a word.

use super::{ConfigText, Counting, PlaceConfig, TableBlock, ZonesConfig, did_you_mean};
use crate::load::{BUILDING_FIELDS, Field, OCCUPIER_FIELDS, POINT_FIELDS, ZONE_FIELDS};
use crate::place::{Finding, Severity};
use std::collections::BTreeSet;

/// The columns of a matrix.
pub const MATRIX_COLUMNS: [&str; 3] = ["from_id", "to_id", "value"];

/// An error for each key under `columns` that is no column of its table. Tables of zones and their
/// joins may name columns of their own: a warning where nothing counts one.
pub fn unknown_columns(config: &PlaceConfig, text: &ConfigText) -> Vec<Finding> {
    let mut findings = Vec::new();
    let names = |fields: &[Field]| fields.iter().map(|field| field.name).collect::<Vec<_>>();
    let mut check = |what: String, block: TableBlock<'_>, known: &[&str]| {
        for key in block
            .columns
            .keys()
            .filter(|key| !known.contains(&key.as_str()))
        {
            let key_of_text = format!("{what}.columns.{key}");
            findings.push(
                text.refuse(
                    "bad-config",
                    &key_of_text,
                    format!("`{key}` is no column of this table: what stands before `=` is our name, what stands after it the file's"),
                )
                .action(allowed(key, known)),
            );
        }
    };
    for (at, block) in config.buildings.iter().enumerate() {
        check(
            format!("buildings[{at}]"),
            block.common(),
            &names(BUILDING_FIELDS),
        );
    }
    for (at, block) in config.occupiers.iter().enumerate() {
        check(
            format!("occupiers[{at}]"),
            block.common(),
            &names(OCCUPIER_FIELDS),
        );
    }
    for (at, block) in config.service_points.iter().enumerate() {
        check(
            format!("service_points[{at}]"),
            block.common(),
            &names(POINT_FIELDS),
        );
    }
    for (at, block) in config.postcodes.iter().enumerate() {
        check(
            format!("postcodes[{at}]"),
            block.common(),
            &names(POINT_FIELDS),
        );
    }
    for (at, block) in config.travel.matrix.iter().enumerate() {
        check(
            format!("travel.matrix[{at}]"),
            block.common(),
            &MATRIX_COLUMNS,
        );
    }
    for (at, block) in config.zones.iter().enumerate() {
        let counted = counted(block);
        let own = (format!("zones[{at}]"), block.common());
        let joins = block.join.iter().enumerate();
        let joined =
            joins.map(|(join, block)| (format!("zones[{at}].join[{join}]"), block.common()));
        for (what, block) in std::iter::once(own).chain(joined) {
            let unused = block.columns.keys().filter(|key| {
                let known = ZONE_FIELDS.iter().any(|field| field.name == key.as_str());
                // A name that begins with an age is part of a range.
                let age = key.starts_with(|c: char| c.is_ascii_digit());
                !known && !age && !counted.contains(key.as_str())
            });
            findings.extend(unused.map(|key| {
                let key_of_text = format!("{what}.columns.{key}");
                Finding::new("column-name-unused", Severity::Warn, text.at(&key_of_text))
                    .column(key_of_text)
                    .cause(format!("nothing of the zones counts `{key}`"))
                    .action("read and not used: name it under demand, groups, strata, measures, deciles or areas, or take it away")
            }));
        }
    }
    findings
}

/// The names that something of the zones counts.
fn counted(block: &ZonesConfig) -> BTreeSet<&str> {
    let demand = block.demand.values().flat_map(|counting| match counting {
        Counting::Sum(names) => names.iter().collect::<Vec<_>>(),
        Counting::ByYear(years) => years.values().flatten().collect(),
    });
    let groups = block.groups.values().flat_map(|group| {
        let texts = group.column.iter().chain(group.of.iter());
        texts.flat_map(|texts| texts.0.iter())
    });
    demand
        .chain(groups)
        .chain(block.measures.values())
        .chain(block.deciles.values().map(|decile| &decile.column))
        .chain(block.areas.values())
        .chain(block.strata.values())
        .map(String::as_str)
        .collect()
}

/// The nearest name, and where they are few all of them.
fn allowed(key: &str, known: &[&str]) -> String {
    let nearest = did_you_mean(key, known.iter().copied());
    if nearest.starts_with("did you mean") && known.len() <= 5 {
        format!("{nearest} the keys are: {}", known.join(", "))
    } else {
        nearest
    }
}
