//! Zones: points, outlines, demand, groups, codes of larger areas.

use super::frame::Named;
use super::joins::{Sheets, Sum};
use super::reading::{Desk, plain};
use crate::load::config::{ConfigText, Counting, DecileEnd, GroupConfig, PlaceConfig, ZonesConfig};
use crate::load::{
    Columns, LocateOptions, Located, Record, Table, ZONE_FIELDS, locate, settle_zones,
};
use crate::place::words as numbers;
use crate::place::{
    Finding, Location, People, Place, PointBasis, Precision, RowRef, ServiceIx, Severity, Zone,
};
use geo::{Centroid, Contains, InteriorPoint};
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

/// What is wanted of every zone, settled against the columns there are.
struct Wanted {
    population: Option<Sum>,
    demand: Vec<Option<Sum>>,
    groups: Vec<(String, GroupSum)>,
    measures: Vec<(String, Sum)>,
    deciles: Vec<(String, Sum, DecileEnd)>,
}

enum GroupSum {
    Share(Sum, Option<Sum>),
    Decile(String, f64),
}

#[allow(
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
    let mut places = locate(&mut table, &columns, &options, &mut desk.findings);
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
    let mut gaps: BTreeMap<(String, String), (usize, Option<String>, RowRef)> = BTreeMap::new();
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
        zones.push(zone);
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

#[allow(
    clippy::too_many_arguments,
    reason = "one call, from the function above"
)]
fn settle(
    block: &ZonesConfig,
    key: &str,
    text: &ConfigText,
    place: &Place,
    named: &Named,
    columns: &Columns,
    sheets: &Sheets,
    desk: &mut Desk,
) -> Wanted {
    let mut refuse = |field: String, cause: String| {
        desk.findings.push(
            text.refuse("missing-column", &format!("{key}.{field}"), cause)
                .action("name a column of the zones or of a join"),
        );
    };
    let population = columns
        .header("population")
        .map(str::to_string)
        .filter(|_| !sheets.mapped("population"))
        .or_else(|| sheets.has("population").then(|| "population".to_string()))
        .and_then(|name| sheets.sum(&[name]).ok());
    let mut demand: Vec<Option<Sum>> = vec![None; place.services.len()];
    for (service, counting) in &block.demand {
        let Some(ix) = named.service(service) else {
            refuse(
                format!("demand.{service}"),
                format!("`{service}` is no service; {}", named.service_hint(service)),
            );
            continue;
        };
        match sheets.sum(latest(counting, place.base_date.year())) {
            Ok(sum) => {
                if let Some(slot) = demand.get_mut(ix.index()) {
                    *slot = Some(sum);
                }
            }
            // A zones table without a column of people still has its name for them.
            Err(_)
                if population.is_some()
                    && matches!(counting, Counting::Sum(names) if names == &["population"]) =>
            {
                if let Some(slot) = demand.get_mut(ix.index()) {
                    slot.clone_from(&population);
                }
            }
            Err(cause) => refuse(format!("demand.{service}"), cause),
        }
    }
    let mut groups = Vec::new();
    for (name, group) in &block.groups {
        match settle_group(group, block, sheets) {
            Ok(sum) => groups.push((name.clone(), sum)),
            Err(cause) => refuse(format!("groups.{name}"), cause),
        }
    }
    let mut measures = Vec::new();
    for (name, column) in &block.measures {
        match sheets.sum(std::slice::from_ref(column)) {
            Ok(sum) => measures.push((name.clone(), sum)),
            Err(cause) => refuse(format!("measures.{name}"), cause),
        }
    }
    let mut deciles = Vec::new();
    for (name, decile) in &block.deciles {
        match sheets.sum(std::slice::from_ref(&decile.column)) {
            Ok(sum) => deciles.push((name.clone(), sum, decile.one_is)),
            Err(cause) => refuse(format!("deciles.{name}"), cause),
        }
    }
    for (kind, column) in &block.areas {
        if !sheets.has(column) {
            refuse(
                format!("areas.{kind}"),
                format!("no table of the zones has a column `{column}`"),
            );
        }
    }
    if population.is_none() && block.demand.is_empty() {
        refuse("demand".into(), "no column of people is recognised".into());
    }
    default_demand(
        &mut demand,
        population.as_ref(),
        place,
        key,
        text,
        &mut desk.findings,
    );
    Wanted {
        population,
        demand,
        groups,
        measures,
        deciles,
    }
}

/// A counter whose demand is not given is asked for by everybody.
fn default_demand(
    demand: &mut [Option<Sum>],
    population: Option<&Sum>,
    place: &Place,
    key: &str,
    text: &ConfigText,
    findings: &mut Vec<Finding>,
) {
    let Some(population) = population else { return };
    for (ix, service) in place.services() {
        if !service.counter {
            continue;
        }
        if let Some(slot) = demand.get_mut(ServiceIx::index(ix))
            && slot.is_none()
        {
            *slot = Some(population.clone());
            findings.push(
                Finding::new(
                    "demand-not-given",
                    Severity::Default,
                    text.at(&format!("{key}.demand")),
                )
                .column(format!("{key}.demand"))
                .cause(format!("no demand is given for {}", service.id))
                .action("the whole population is used")
                .setting(format!("demand = {{ {} = \"…\" }}", service.id)),
            );
        }
    }
}

fn settle_group(
    group: &GroupConfig,
    block: &ZonesConfig,
    sheets: &Sheets,
) -> Result<GroupSum, String> {
    match (&group.column, &group.decile) {
        (Some(column), None) => {
            let who = sheets.sum(&column.0)?;
            let of = match &group.of {
                Some(of) => Some(sheets.sum(&of.0)?),
                None => None,
            };
            Ok(GroupSum::Share(who, of))
        }
        (None, Some(decile)) => {
            if !block.deciles.contains_key(decile) {
                return Err(format!("`{decile}` is not under `deciles`"));
            }
            let most = group.at_most.ok_or("a group by decile needs `at_most`")?;
            Ok(GroupSum::Decile(decile.clone(), most))
        }
        _ => Err("give either `column` (with `of`) or `decile` (with `at_most`)".into()),
    }
}

/// Of counts by year, the latest at or before the base date's, else the earliest.
fn latest(counting: &Counting, year: i16) -> &[String] {
    match counting {
        Counting::Sum(names) => names,
        Counting::ByYear(years) => years
            .range(..=year)
            .next_back()
            .or_else(|| years.iter().next())
            .map_or(&[], |(_, names)| names),
    }
}

type Gaps = BTreeMap<(String, String), (usize, Option<String>, RowRef)>;

fn fill(
    mut zone: Zone,
    at: usize,
    wanted: &Wanted,
    sheets: &Sheets,
    record: &Record,
    gaps: &mut Gaps,
) -> Zone {
    let mut count = |sum: &Sum| -> Option<f64> {
        match sheets.count(at, sum) {
            Ok(value) if value >= 0.0 => Some(value),
            Ok(value) => {
                let gap = gaps.entry((record.at.file.to_string(), "a sum of columns".into()));
                gap.or_insert_with(|| (0, Some(value.to_string()), record.at.clone()))
                    .0 += 1;
                None
            }
            Err(fault) => {
                let gap = gaps.entry((fault.file, fault.column));
                gap.or_insert_with(|| (0, fault.cell, record.at.clone())).0 += 1;
                None
            }
        }
    };
    zone.population = People(
        wanted
            .population
            .as_ref()
            .and_then(&mut count)
            .unwrap_or(0.0),
    );
    zone.demand = wanted
        .demand
        .iter()
        .map(|sum| People(sum.as_ref().and_then(&mut count).unwrap_or(0.0)))
        .collect();
    for (name, sum) in &wanted.measures {
        if let Some(value) = count(sum) {
            zone.measures.insert(name.clone(), value);
        }
    }
    for (name, sum, end) in &wanted.deciles {
        if let Some(value) = count(sum) {
            let turned = match end {
                DecileEnd::MostDeprived => value,
                DecileEnd::LeastDeprived => 11.0 - value,
            };
            zone.measures.insert(name.clone(), turned);
        }
    }
    for (name, group) in &wanted.groups {
        let share = match group {
            GroupSum::Share(who, Some(of)) => match (count(who), count(of)) {
                (Some(who), Some(of)) if of > 0.0 => Some(who / of),
                (Some(0.0), Some(_)) => Some(0.0),
                _ => None,
            },
            GroupSum::Share(who, None) => {
                count(who).map(|share| if share > 1.0 { share / 100.0 } else { share })
            }
            GroupSum::Decile(name, most) => zone
                .measures
                .get(name)
                .map(|decile| if decile <= most { 1.0 } else { 0.0 }),
        };
        if let Some(share) = share {
            zone.groups.insert(name.clone(), share.clamp(0.0, 1.0));
        }
    }
    zone
}

fn report_gaps(gaps: Gaps, table: &Table, findings: &mut Vec<Finding>) {
    for ((file, column), (count, cell, row)) in gaps {
        let row = if *file == *table.file {
            row
        } else {
            RowRef::file(&file)
        };
        let mut finding = Finding::new("zone-value-missing", Severity::Warn, row)
            .column(column)
            .cause(format!(
                "{} no number here",
                numbers::counted(count, "zone has", "zones have")
            ))
            .action("they count nobody in what needs it");
        if let Some(cell) = cell {
            finding = finding.cell(cell);
        }
        findings.push(finding);
    }
}

fn report_points(zones: &[Zone], table: &Table, findings: &mut Vec<Finding>) {
    let count = |basis| {
        zones
            .iter()
            .filter(|zone| zone.point_basis == basis)
            .count()
    };
    let (given, centre, inside) = (
        count(PointBasis::Given),
        count(PointBasis::Centroid),
        count(PointBasis::Inside),
    );
    findings.push(
        Finding::new("zone-points", Severity::Warn, table.whole())
            .cause(format!(
                "points of {}: {given} given, {centre} centres of outlines, {inside} inside their outline because the centre is not",
                numbers::count(zones.len(), "zone")
            ))
            .action("distances are measured from them; population-weighted points are better where you have them"),
    );
}

/// A join may bring a better point: its `lon` and `lat`, where the user named them.
fn points_of_joins(sheets: &Sheets, places: &mut [Located], table: &Table) {
    if !(table.has_shapes && sheets.mapped("lon") && sheets.mapped("lat")) {
        return;
    }
    for (at, place) in places.iter_mut().enumerate() {
        let number = |name: &str| sheets.text(at, name)?.parse::<f64>().ok();
        if let (Some(lon), Some(lat)) = (number("lon"), number("lat"))
            && let Some(location) = Location::new(lon, lat)
        {
            *place = Some((location, Precision::Exact));
        }
    }
}

/// The polygons of a shape; points and lines are no outline.
fn outline(shape: Option<Box<geo::Geometry<f64>>>) -> Option<geo::MultiPolygon<f64>> {
    let mut polygons = Vec::new();
    collect_polygons(*shape?, &mut polygons);
    (!polygons.is_empty()).then(|| geo::MultiPolygon::new(polygons))
}

/// Every polygon of a geometry, collections included.
pub(super) fn collect_polygons(shape: geo::Geometry<f64>, into: &mut Vec<geo::Polygon<f64>>) {
    match shape {
        geo::Geometry::Polygon(polygon) => into.push(polygon),
        geo::Geometry::MultiPolygon(many) => into.extend(many.0),
        geo::Geometry::GeometryCollection(many) => {
            for one in many.0 {
                collect_polygons(one, into);
            }
        }
        _ => {}
    }
}

/// The point of a zone: the one given, else the centre of the outline, else a point inside it.
fn zone_point(
    located: Located,
    outline: Option<&geo::MultiPolygon<f64>>,
) -> Option<(Location, PointBasis)> {
    if let Some((location, Precision::Exact)) = located {
        return Some((location, PointBasis::Given));
    }
    let Some(outline) = outline else {
        return located.map(|(location, _)| (location, PointBasis::Given));
    };
    let here = |point: geo::Point<f64>| Location::new(point.x(), point.y());
    let centre = outline.centroid().filter(|centre| outline.contains(centre));
    if let Some(centre) = centre.and_then(here) {
        return Some((centre, PointBasis::Centroid));
    }
    let inside = outline.interior_point().and_then(here);
    inside
        .or(located.map(|(location, _)| location))
        .map(|location| (location, PointBasis::Inside))
}
