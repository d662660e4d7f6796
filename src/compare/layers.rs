//! What the layers of a plan folder say of where things are, and of how far people have to go.

use crate::access::SAME_KM;
use serde::Serialize;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The end of the names of distances under a plan.
const AFTER: &str = "_after_km";

/// Longitude and latitude.
pub type Position = (f64, f64);

/// The layers of a plan folder, as far as they are there.
#[derive(Clone, Debug, Default)]
pub struct Layers {
    /// Where each building is, by id.
    pub buildings: BTreeMap<String, Position>,
    /// What each building, and each team or counter that moves, is called, by id.
    pub names: BTreeMap<String, String>,
    /// By zone: its shape as GeoJSON, its people, and its distance to each service.
    zones: BTreeMap<String, Zone>,
}

#[derive(Clone, Debug)]
struct Zone {
    shape: Value,
    people: f64,
    /// By service: km.
    after: BTreeMap<String, f64>,
}

/// How far the people of all zones have to go to one service in both plans: population, not demand.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct People {
    /// The service's id; as the layer's columns call it, where no table beside it says which that is.
    pub service: String,
    /// Mean distance in the first plan, km.
    pub mean_a_km: f64,
    /// In the second.
    pub mean_b_km: f64,
    /// People with further to go in the second.
    pub further: f64,
    /// People with less far to go.
    pub nearer: f64,
}

/// A zone whose distance to a service differs.
#[derive(Clone, Debug, PartialEq)]
pub struct ZoneSides<'a> {
    /// Its id.
    pub zone: &'a str,
    /// Its shape, as GeoJSON.
    pub shape: &'a Value,
    /// Its people.
    pub people: f64,
    /// The service.
    pub service: &'a str,
    /// Distance in the first plan, km.
    pub a_km: f64,
    /// In the second.
    pub b_km: f64,
}

impl Layers {
    /// Reads what there is in a plan folder; a layer that is absent or no layer says nothing.
    pub fn read(folder: &Path) -> Self {
        let mut layers = Self::default();
        for feature in features(&folder.join("buildings.geojson")) {
            let point = &feature["geometry"]["coordinates"];
            let at = point[0].as_f64().zip(point[1].as_f64());
            let id = feature["properties"]["asset_id"].as_str();
            if let (Some(id), Some(at)) = (id, at) {
                layers.buildings.insert(id.to_owned(), at);
            }
            if let (Some(id), Some(name)) = (id, feature["properties"]["name"].as_str()) {
                layers.names.insert(id.to_owned(), name.to_owned());
            }
        }
        layers.names.extend(
            rows(&folder.join("moves.csv"), ["occupier", "name"]).map(|[id, name]| (id, name)),
        );
        let services = services(folder);
        for feature in features(&folder.join("zones.geojson")) {
            if let Some((id, zone)) = zone(&feature, &services) {
                layers.zones.insert(id, zone);
            }
        }
        layers
    }

    /// How far people have to go under this plan and another.
    pub fn people(&self, other: &Self) -> Vec<People> {
        let mut people: BTreeMap<&str, (f64, People)> = BTreeMap::new();
        for side in self.sides(other) {
            let (all, one) = people.entry(side.service).or_insert_with(|| {
                let none = People {
                    service: side.service.to_owned(),
                    mean_a_km: 0.0,
                    mean_b_km: 0.0,
                    further: 0.0,
                    nearer: 0.0,
                };
                (0.0, none)
            });
            *all += side.people;
            one.mean_a_km += side.people * side.a_km;
            one.mean_b_km += side.people * side.b_km;
            match side.b_km - side.a_km {
                more if more > SAME_KM => one.further += side.people,
                more if more < -SAME_KM => one.nearer += side.people,
                _ => {}
            }
        }
        let mean = |(all, one): (f64, People)| People {
            mean_a_km: one.mean_a_km / all.max(f64::MIN_POSITIVE),
            mean_b_km: one.mean_b_km / all.max(f64::MIN_POSITIVE),
            ..one
        };
        people.into_values().map(mean).collect()
    }

    /// The zones whose distance to a service is not the same in both plans.
    pub fn differing<'a>(&'a self, other: &'a Self) -> impl Iterator<Item = ZoneSides<'a>> {
        let sides = self.sides(other);
        sides.filter(|side| (side.b_km - side.a_km).abs() > SAME_KM)
    }

    fn sides<'a>(&'a self, other: &'a Self) -> impl Iterator<Item = ZoneSides<'a>> {
        self.zones.iter().flat_map(|(id, zone)| {
            let there = other.zones.get(id).map(|zone| &zone.after);
            let services = zone.after.iter();
            services.filter_map(move |(service, a_km)| {
                Some(ZoneSides {
                    zone: id,
                    shape: &zone.shape,
                    people: zone.people,
                    service,
                    a_km: *a_km,
                    b_km: *there?.get(service)?,
                })
            })
        })
    }
}

/// By what a layer calls it, which is cut to eight letters: a service's own id. A name that several could
/// bear is left as it is.
fn services(folder: &Path) -> BTreeMap<String, String> {
    let mut services: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for [id] in rows(&folder.join("groups.csv"), ["service"]) {
        let lower = id.to_lowercase();
        let letters = lower.chars().take(CUT);
        let plain: String = letters
            .map(|c| if c.is_ascii_alphanumeric() { c } else { '_' })
            .collect();
        let cut = plain.trim_end_matches('_').to_owned();
        services.entry(cut).or_default().insert(id);
    }
    let alone = |(cut, ids): (String, BTreeSet<String>)| match ids.len() {
        1 => ids.into_iter().next().map(|id| (cut, id)),
        _ => None,
    };
    services.into_iter().filter_map(alone).collect()
}

/// Letters of a service's id in the names of a layer.
const CUT: usize = 8;

/// These columns of a table; none where it is absent, or has not all of them.
fn rows<const N: usize>(file: &Path, wanted: [&str; N]) -> impl Iterator<Item = [String; N]> {
    let reader = csv::Reader::from_path(file).ok();
    let table = reader.and_then(|mut reader| {
        let header = reader.headers().ok()?.clone();
        let name = |cell: &str| cell.trim_start_matches('\u{feff}').to_owned();
        let at = wanted.map(|column| header.iter().position(|cell| name(cell) == column));
        let all: Vec<csv::StringRecord> = reader.into_records().filter_map(Result::ok).collect();
        Some((at, all))
    });
    let (at, all) = table.unwrap_or(([None; N], Vec::new()));
    all.into_iter().filter_map(move |row| {
        let cells = at.map(|at| Some(row.get(at?)?.to_owned()));
        let whole = cells.iter().all(Option::is_some);
        whole.then(|| cells.map(Option::unwrap_or_default))
    })
}

fn zone(feature: &Value, services: &BTreeMap<String, String>) -> Option<(String, Zone)> {
    let properties = feature["properties"].as_object()?;
    let id = properties.get("zone_id")?.as_str()?.to_owned();
    let after = properties
        .iter()
        .filter_map(|(name, km)| {
            let cut = name.strip_suffix(AFTER)?;
            let service = services.get(cut).map_or(cut, String::as_str);
            Some((service.to_owned(), km.as_f64()?))
        })
        .collect();
    let zone = Zone {
        shape: feature["geometry"].clone(),
        people: properties.get("population")?.as_f64().unwrap_or(0.0),
        after,
    };
    Some((id, zone))
}

fn features(file: &Path) -> Vec<Value> {
    let Ok(text) = std::fs::read_to_string(file) else {
        return Vec::new();
    };
    let read: Value = serde_json::from_str(&text).unwrap_or(Value::Null);
    match read {
        Value::Object(mut layer) => match layer.remove("features") {
            Some(Value::Array(features)) => features,
            _ => Vec::new(),
        },
        _ => Vec::new(),
    }
}
