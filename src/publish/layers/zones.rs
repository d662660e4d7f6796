//! Every zone, with its distance to each service today and under the plan.

use super::super::access_change::ServiceChange;
use super::super::cell::Cell;
use super::super::edition::Issue;
use super::layer::{Column as LayerColumn, Feature, Layer, Shape};
use crate::access::ZoneAccess;
use std::collections::BTreeSet;

/// The properties of every zone; three more for each service follow.
pub(super) const ZONES: [(&str, &str); 4] = [
    ("zone_id", "zone_id"),
    ("name", "name"),
    ("population", "population"),
    ("year", "year"),
];

/// Which distance of a zone is read.
type Reading = fn(&ZoneAccess) -> Option<f64>;

/// One distance to one service, as a property of every zone.
struct Column<'a> {
    name: String,
    field: &'static str,
    service: &'a ServiceChange,
    value: Reading,
}

/// The properties of every service. One that no zone has a value of is left out: programs would take
/// it for text.
fn columns<'a>(issue: &'a Issue<'_>) -> Vec<Column<'a>> {
    let values: [(&'static str, Reading); 3] = [
        ("today_km", |access| access.today),
        ("after_km", |access| access.after),
        ("change_km", ZoneAccess::change),
    ];
    service_columns(issue)
        .into_iter()
        .flat_map(|(service, names)| {
            let each = names.into_iter().zip(values);
            each.map(move |(name, (field, value))| Column {
                name,
                field,
                service,
                value,
            })
        })
        .filter(|column| {
            let mut zones = column.service.zones.iter();
            zones.any(|access| (column.value)(access).is_some())
        })
        .collect()
}

/// Each service and the names of its three distances.
pub(in super::super) fn service_columns<'a>(
    issue: &'a Issue<'_>,
) -> Vec<(&'a ServiceChange, [String; 3])> {
    let place = issue.place();
    let ids = issue.access.iter();
    let ids = ids.map(|one| place.service(one.service).id.as_str());
    issue.access.iter().zip(service_names(ids)).collect()
}

/// The properties of each service: the name, the field it is, the service's name.
pub(in super::super) fn service_fields(issue: &Issue<'_>) -> Vec<(String, &'static str, String)> {
    let service = |at| issue.place().service(at).name.clone();
    let columns = columns(issue).into_iter();
    columns
        .map(|column| (column.name, column.field, service(column.service.service)))
        .collect()
}

/// Zones as polygons where their outline is known, else as points.
pub(in super::super) fn zones(issue: &Issue<'_>) -> Layer {
    let place = issue.place();
    let columns = columns(issue);
    let audience = &issue.edition.audience;
    let mut layer = Layer::new("zones", &ZONES);
    layer
        .columns
        .extend(columns.iter().map(|column| LayerColumn {
            name: column.name.clone(),
            field: column.field,
            about: Some(place.service(column.service.service).name.clone()),
        }));
    for (at, zone) in place.zones() {
        let year = match audience.sees("year", None) {
            true => issue.zone_year(at.index()),
            false => Cell::Null,
        };
        let mut cells = vec![
            audience.seen("zone_id", Cell::key(zone.id.as_str())),
            audience.seen("name", Cell::text(&zone.name)),
            audience.seen("population", Cell::people(zone.population.get())),
            audience.seen("year", year),
        ];
        cells.extend(columns.iter().map(|column| {
            let access = column.service.zones.get(at.index());
            audience.seen(&column.name, Cell::km(access.and_then(column.value)))
        }));
        layer.features.push(Feature {
            shape: Shape::zone(zone.outline.as_ref(), zone.point),
            cells,
        });
    }
    layer
}

/// The names of each service's three distances: `library_today_km`, `library_after_km`,
/// `library_change_km`. The first 8 letters are the service's own and unique, so that the names are
/// unique when cut to 10.
pub(super) fn service_names<'a>(ids: impl Iterator<Item = &'a str>) -> Vec<[String; 3]> {
    let mut taken = BTreeSet::new();
    ids.map(|id| {
        let stem = stem(id, &mut taken);
        ["today", "after", "change"].map(|what| format!("{stem}_{what}_km"))
    })
    .collect()
}

fn stem(id: &str, taken: &mut BTreeSet<String>) -> String {
    let lower = id.to_lowercase();
    let mut plain: String = lower
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '_' })
        .collect();
    if !plain.starts_with(|c: char| c.is_ascii_lowercase()) {
        plain.insert_str(0, "s_");
    }
    let cut = |length: usize| plain.chars().take(length).collect::<String>();
    let tails = std::iter::once(String::new()).chain((2_u32..).map(|n| n.to_string()));
    let free = tails
        .map(|tail| format!("{}{tail}", cut(8 - tail.len().min(7)).trim_end_matches('_')))
        .find(|name| !taken.contains(name))
        .unwrap_or(plain.clone());
    taken.insert(free.clone());
    free
}
