//! Zones: points, outlines, demand, groups, codes of larger areas.

use super::frame::Named;
use super::nowhere;
use super::reading::Desk;
use super::sheets::Sheets;
use super::zone_counts::{Gaps, fill, report_gaps, settle};
use super::zone_points::{outline, points_of_joins, report_points, zone_point};
use crate::load::config::{ConfigText, PlaceConfig, ZonesConfig};
use crate::load::{Columns, LocateOptions, ZONE_FIELDS, locate, plain, settle_zones, system};
use crate::place::words::counted;
use crate::place::{Finding, People, Place, RowRef, Severity, Zone};
use rayon::prelude::*;
use std::collections::{BTreeMap, HashMap};

/// Reads every table of zones.
pub(super) fn read(
    config: &PlaceConfig,
    text: &ConfigText,
    place: &Place,
    named: &Named,
    located: &LocateOptions,
    desk: &mut Desk,
) -> Vec<Zone> {
    let mut zones = Vec::new();
    let mut seen = HashMap::new();
    for (index, block) in config.zones.iter().enumerate() {
        let key = format!("zones[{index}]");
        let read = read_one(block, &key, text, place, named, located, &mut seen, desk);
        zones.extend(read.unwrap_or_default());
    }
    if config.zones.is_empty() {
        desk.findings.push(
            text.refuse(
                "no-zones",
                "zones",
                "the place has no zones: nobody lives in it",
            )
            .action("add a [[zones]] with the file of demand areas"),
        );
    }
    zones
}

#[expect(
    clippy::too_many_arguments,
    reason = "one call, from the function above"
)]
fn read_one(
    block: &ZonesConfig,
    key: &str,
    text: &ConfigText,
    place: &Place,
    named: &Named,
    located: &LocateOptions,
    seen: &mut HashMap<String, (RowRef, Vec<u64>)>,
    desk: &mut Desk,
) -> Option<Vec<Zone>> {
    let common = block.common();
    let mut table = desk.read(&common, "zones", key, text)?;
    // A user may map columns of their own beside the fields that are recognised.
    let columns = Columns::recognise(&table, ZONE_FIELDS, common.columns, &mut desk.findings);
    let Some(id_column) = columns.get("zone_id") else {
        desk.findings.push(
            Finding::new("missing-column", Severity::Error, table.whole())
                .column("zone_id")
                .cause("no column is recognised as the zone's code")
                .action(format!("the columns are: {}", table.header.join(", ")))
                .setting("columns = { zone_id = \"…\" }"),
        );
        return None;
    };
    settle_zones(&mut table, &columns, &mut desk.findings, &mut desk.rejected);
    let options = LocateOptions {
        areas: true,
        ..located.clone()
    };
    let before = desk.findings.len();
    let mut places = locate(&mut table, &columns, &options, &mut desk.findings);
    desk.zone_systems.insert(system(&table, &columns, &options));
    // A join may bring the points.
    if block.join.is_empty()
        && nowhere::check(&table, &columns, &places, before, false, &mut desk.findings)
    {
        return None;
    }
    let sheets = Sheets::read(
        &table,
        id_column,
        common.columns,
        &block.join,
        key,
        text,
        desk,
    );
    let before = desk.findings.len();
    let wanted = settle(block, key, text, place, named, &columns, &sheets, desk);
    if desk
        .findings
        .iter()
        .skip(before)
        .any(|f| f.severity == Severity::Error)
    {
        return None;
    }
    points_of_joins(&sheets, &mut places, &table);
    let shapes: Vec<_> = table
        .records
        .par_iter_mut()
        .map(|record| outline(record.shape.take()))
        .collect();
    let points: Vec<_> = shapes
        .par_iter()
        .zip(&places)
        .map(|(outline, located)| zone_point(*located, outline.as_ref()))
        .collect();
    let mut zones = Vec::with_capacity(table.records.len());
    let mut refused = 0;
    let mut gaps = Gaps::new();
    let mut strata = Vec::new();
    for (at, (outline, point)) in shapes.into_iter().zip(points).enumerate() {
        let Some(record) = table.records.get(at) else {
            continue;
        };
        let Some(id) = columns.text(record, "zone_id") else {
            refused += 1;
            desk.reject(
                &table,
                record,
                "zone-without-id",
                "the zone has no code".into(),
                "set aside",
            );
            continue;
        };
        let Some((point, basis)) = point else {
            refused += 1;
            desk.reject(
                &table,
                record,
                "zone-not-located",
                format!("zone {id} has neither point nor outline"),
                "set aside: nobody can be sent from it",
            );
            continue;
        };
        let zone = Zone {
            name: columns.text(record, "name").unwrap_or_else(|| id.clone()),
            id: id.as_str().into(),
            point,
            point_basis: basis,
            outline,
            population: People(0.0),
            demand: Vec::new(),
            groups: BTreeMap::new(),
            measures: BTreeMap::new(),
            areas: block
                .areas
                .iter()
                .filter_map(|(kind, column)| Some((kind.clone(), sheets.text(at, column)?)))
                .collect(),
            source: record.at.clone(),
        };
        let zone = fill(zone, at, &wanted, &sheets, record, &mut gaps);
        if let Some(fault) = repeated(&zone, seen) {
            refused += 1;
            desk.reject(&table, record, fault.0, fault.1, "the zone counts once");
            continue;
        }
        strata.push(super::strata::values(block, &sheets, at, &zone));
        zones.push(zone);
    }
    for (name, values) in super::strata::settle(&mut zones, &strata) {
        desk.findings.push(
            Finding::new(
                "stratum-of-codes",
                Severity::Warn,
                text.at(&format!("{key}.strata")),
            )
            .column(format!("{key}.strata.{name}"))
            .cause(format!(
                "the column has {values} values: they are no groups"
            ))
            .action(
                "no group is made of it; name a column with fewer values, or put it under areas",
            ),
        );
    }
    for (name, zones, people) in super::strata::without(block, &zones, &strata) {
        desk.findings.push(
            Finding::new(
                "stratum-without-value",
                Severity::Warn,
                text.at(&format!("{key}.strata")),
            )
            .column(format!("{key}.strata.{name}"))
            .cause(format!(
                "{} no value of it, with {} in them",
                counted(zones, "zone has", "zones have"),
                counted(people.round() as usize, "person", "people")
            ))
            .action("they are in none of its groups, so no limit on a group counts them; complete the column"),
        );
    }
    report_gaps(gaps, &table, &mut desk.findings);
    report_points(&zones, &table, &mut desk.findings);
    desk.judge_table(&table, refused);
    Some(zones)
}

/// A zone that came before: the same counts mean one zone listed for two codes of another year.
fn repeated(
    zone: &Zone,
    seen: &mut HashMap<String, (RowRef, Vec<u64>)>,
) -> Option<(&'static str, String)> {
    let mut counts = vec![zone.population.get().to_bits()];
    counts.extend(zone.demand.iter().map(|people| people.get().to_bits()));
    let id = plain(zone.id.as_str());
    let Some((row, before)) = seen.get(&id) else {
        seen.insert(id, (zone.source.clone(), counts));
        return None;
    };
    if *before == counts {
        Some((
            "zone-repeated",
            format!(
                "zone {} is also {row}, with the same counts: zones of two years are probably mixed",
                zone.id
            ),
        ))
    } else {
        Some((
            "zone-repeated-otherwise",
            format!(
                "zone {} is also {row}, with other counts; a `where` may be needed",
                zone.id
            ),
        ))
    }
}
