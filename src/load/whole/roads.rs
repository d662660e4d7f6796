//! Roads: read where a rule goes along them, and what was noticed of zones and buildings beside them.

use super::reading::{Desk, why_no_file};
use crate::load::config::{ConfigText, PlaceConfig, RoadsConfig};
use crate::place::words::counted;
use crate::place::{Finding, Metres, Mode, Place, RoadMode, RowRef, Severity, Source, ZoneIx};
use crate::travel::roads::{
    Landing, Landings, RoadSettings, RoadsFault, Speeds, WorkedOut, needed, work_out,
};
use crate::travel::{Cache, CacheFault, Matrix, Origin};

/// Where the times are kept unless stated.
const CACHE: &str = "travel_times.gpkg";
/// Credit that OpenStreetMap asks for.
const LICENCE: &str = "© OpenStreetMap contributors, ODbL 1.0";
/// A point further from the road than this is named, metres.
const FAR_FROM_ROAD: f64 = 250.0;
/// How many are named one by one.
const NAMED: usize = 20;

/// Reads the roads and works out what rules ask of them. `None` where nothing goes along roads or they
/// cannot be read; the findings say why.
pub(super) fn read(
    config: &PlaceConfig,
    text: &ConfigText,
    place: &Place,
    desk: &mut Desk,
) -> (Option<RoadSettings>, Vec<Matrix>) {
    let Some(asked) = &config.travel.roads else {
        return (None, Vec::new());
    };
    let Some(settings) = settings(asked, text, place, desk) else {
        return (None, Vec::new());
    };
    let needed = needed(place);
    if needed.is_empty() {
        return (Some(settings), Vec::new());
    }
    let cache = match asked.cache.as_deref() {
        Some("none") => None,
        named => Some(Cache::at(desk.folder.join(named.unwrap_or(CACHE)))),
    };
    match work_out(place, &settings, &needed, cache.as_ref()) {
        Ok(worked) => {
            noticed(asked, place, &worked, cache.as_ref(), desk);
            (Some(settings), worked.kept.matrices)
        }
        Err(fault) => {
            desk.findings.push(refused(asked, text, &settings, &fault));
            (None, Vec::new())
        }
    }
}

/// What was asked of roads; `None` where it makes no sense.
fn settings(
    asked: &RoadsConfig,
    text: &ConfigText,
    place: &Place,
    desk: &mut Desk,
) -> Option<RoadSettings> {
    let before = desk.findings.len();
    let mut number = |key: &str, given: Option<f64>, usual: f64, least: f64, most: f64| {
        let value = given.unwrap_or(usual);
        if !(value.is_finite() && (least..=most).contains(&value)) {
            let key = format!("travel.roads.{key}");
            let cause = format!("{value} is not between {least} and {most}");
            desk.findings.push(
                text.refuse("bad-config", &key, cause)
                    .action("correct the value"),
            );
        }
        value
    };
    let cycle_kmh = number("cycle_kmh", asked.cycle_kmh, 16.0, 1.0, 60.0);
    let snap = number("snap_m", asked.snap_m, 1_000.0, 1.0, 20_000.0);
    let extracts: Vec<_> = asked.extract.0.iter().map(|file| desk.path(file)).collect();
    for (path, file) in extracts.iter().zip(&asked.extract.0) {
        if !path.is_file() {
            desk.findings.push(
                text.refuse("missing-file", "travel.roads.extract", why_no_file(path))
                    .cell(file)
                    .action("correct the name, bring the extract, or give its folder with --data"),
            );
        }
    }
    if extracts.is_empty() {
        desk.findings.push(
            text.refuse("bad-config", "travel.roads.extract", "it names no file")
                .action("name an extract, such as \"rutland-latest.osm.pbf\""),
        );
    }
    (desk.findings.len() == before).then(|| RoadSettings {
        extracts,
        modes: asked.road_modes(),
        speeds: Speeds {
            walk_kmh: place.travel.walk_kmh,
            cycle_kmh,
        },
        furthest_snap: Metres(snap),
    })
}

/// An extract that cannot be used.
fn refused(
    asked: &RoadsConfig,
    text: &ConfigText,
    settings: &RoadSettings,
    fault: &RoadsFault,
) -> Finding {
    let of_fault = settings
        .extracts
        .iter()
        .position(|path| path == fault.path());
    let file = of_fault.and_then(|at| asked.extract.0.get(at));
    let file = file.or(asked.extract.0.first());
    text.refuse("roads-not-read", "travel.roads.extract", fault.to_string())
        .cell(file.cloned().unwrap_or_default())
        .action(fault.action())
}

/// The extracts, and whose they are.
pub(super) fn sources(asked: &RoadsConfig, sha256: &[String]) -> Vec<Source> {
    let usual = |stated: &Option<String>, usual: &str| {
        Some(stated.clone().unwrap_or_else(|| usual.to_owned()))
    };
    let source = |(file, sha256): (&String, &String)| Source {
        file: file.clone(),
        table: "travel.roads".to_owned(),
        as_of: asked.as_of.map(|day| day.0),
        source: usual(&asked.source, "OpenStreetMap"),
        licence: usual(&asked.licence, LICENCE),
        sha256: sha256.clone(),
        rows: 0,
    };
    asked.extract.0.iter().zip(sha256).map(source).collect()
}

/// The extracts that a place names, without a hash.
pub(super) fn named(config: &PlaceConfig) -> Vec<Source> {
    let roads = config.travel.roads.as_ref();
    roads.map_or_else(Vec::new, |asked| {
        sources(asked, &vec![String::new(); asked.extract.0.len()])
    })
}

/// Everything worth knowing of roads that were read.
fn noticed(
    asked: &RoadsConfig,
    place: &Place,
    worked: &WorkedOut,
    cache: Option<&Cache>,
    desk: &mut Desk,
) {
    desk.sources.extend(sources(asked, &worked.sha256));
    let file = asked.extract.0.first().map_or("", String::as_str);
    for landings in &worked.kept.landings {
        let matrices = worked.kept.matrices.iter();
        let of_mode = matrices.filter(|matrix| matrix.mode == landings.mode.name());
        let report = Report {
            place,
            landings,
            file,
        };
        report.all(&of_mode.collect::<Vec<_>>(), &mut desk.findings);
    }
    let faults = worked.faults.iter();
    desk.findings
        .extend(faults.map(|fault| cache_fault(fault, cache)));
}

/// What there is to say of a file of kept times that was not used.
pub(super) fn cache_fault(fault: &CacheFault, cache: Option<&Cache>) -> Finding {
    let name = cache.map(|cache| cache.path().display().to_string());
    let (code, action) = match fault {
        CacheFault::Damaged(_) => (
            "travel-cache-damaged",
            "not used: all times were worked out afresh and kept again",
        ),
        CacheFault::NotWritten(_) => (
            "travel-cache-not-kept",
            "used as worked out; the next run works them out again",
        ),
        CacheFault::Foreign => (
            "travel-cache-foreign",
            "left alone and not used; name another file, or none",
        ),
    };
    Finding::new(
        code,
        Severity::Warn,
        RowRef::file(&name.unwrap_or_default()),
    )
    .cause(fault.to_string())
    .action(action)
    .setting("cache = \"…\"")
}

/// What there is to say of one mode.
struct Report<'a> {
    place: &'a Place,
    landings: &'a Landings,
    file: &'a str,
}

impl Report<'_> {
    fn all(&self, matrices: &[&Matrix], findings: &mut Vec<Finding>) {
        let mode = self.landings.mode;
        let zones: Vec<_> = self.zones().collect();
        let landed = zones
            .iter()
            .filter(|(_, landing)| landing.is_some())
            .count();
        if landed == 0 && !zones.is_empty() {
            findings.push(
                Finding::new("roads-elsewhere", Severity::Error, RowRef::file(self.file))
                    .cause(format!("no zone has a road for {} near it", mode.name()))
                    .action("the extract is of another area, or has no such roads: bring that of the place"),
            );
            return;
        }
        self.network(landed, zones.len(), findings);
        self.without_road("zone", &zones, findings);
        let buildings: Vec<_> = self.buildings().collect();
        self.without_road("building", &buildings, findings);
        self.far("zone", &zones, findings);
        self.far("building", &buildings, findings);
        self.stranded(matrices, findings);
    }

    fn zones(&self) -> impl Iterator<Item = (&str, &Option<Landing>)> {
        let ids = self.place.zones.iter().map(|zone| zone.id.as_str());
        ids.zip(&self.landings.zones)
    }

    /// Buildings that have a location.
    fn buildings(&self) -> impl Iterator<Item = (&str, &Option<Landing>)> {
        let all = self.place.buildings.iter().zip(&self.landings.buildings);
        all.filter(|(building, _)| building.location.is_some())
            .map(|(building, landing)| (building.id.as_str(), landing))
    }

    fn finding(&self, code: &'static str) -> Finding {
        Finding::new(code, Severity::Warn, RowRef::file(self.file))
            .column(self.landings.mode.name())
    }

    /// What the roads are, and that everybody has been set down on them.
    fn network(&self, landed: usize, zones: usize, findings: &mut Vec<Finding>) {
        let of = self.landings;
        let buildings: Vec<_> = self.buildings().collect();
        let on_road = buildings
            .iter()
            .filter(|(_, landing)| landing.is_some())
            .count();
        let away = of.zones.iter().chain(&of.buildings).flatten();
        let furthest = away.map(|landing| landing.away.get()).fold(0.0, f64::max);
        findings.push(
            self.finding("roads-coverage")
                .cause(format!(
                    "{landed} of {zones} zones and {on_road} of {} buildings are on {:.0} km of road in {}, the furthest {furthest:.0} m from it; {:.1} km of fragments that lead nowhere are left out",
                    buildings.len(),
                    of.km,
                    counted(of.parts, "part", "parts"),
                    of.fragments_km
                ))
                .action(format!("times are {}", of.mode.method())),
        );
        let islands = of.zones.iter().chain(&of.buildings).flatten();
        let islanders = islands.filter(|landing| !landing.mainland).count();
        if islanders > 0 {
            findings.push(
                self.finding("roads-island")
                    .cause(format!(
                        "{} beside a part of the roads that is not joined to the largest",
                        counted(islanders, "zone or building is", "zones and buildings are")
                    ))
                    .action("they reach each other and nobody else; a bridge or ferry may be missing from the extract"),
            );
        }
    }

    fn without_road(
        &self,
        what: &str,
        all: &[(&str, &Option<Landing>)],
        findings: &mut Vec<Finding>,
    ) {
        let homeless = || all.iter().filter(|(_, landing)| landing.is_none());
        for (id, _) in homeless().take(NAMED) {
            findings.push(
                self.finding("no-road-near")
                    .cell(*id)
                    .cause(format!("no road is near this {what}"))
                    .action(match what {
                        "zone" => "its people reach nothing in this mode; correct its point, or bring a larger extract",
                        _ => "nobody reaches it in this mode; correct its place, or bring a larger extract",
                    })
                    .setting("snap_m = …"),
            );
        }
        let count = homeless().count();
        if count > NAMED {
            findings.push(
                self.finding("no-road-near")
                    .cause(format!("no road is near {count} {what}s in all"))
                    .action("bring a larger extract, or set snap_m"),
            );
        }
    }

    /// Those that are far from the road that they were set down on.
    fn far(&self, what: &str, all: &[(&str, &Option<Landing>)], findings: &mut Vec<Finding>) {
        let mut far: Vec<(f64, &str)> = all
            .iter()
            .filter_map(|(id, landing)| Some((landing.as_ref()?.away.get(), *id)))
            .filter(|(away, _)| *away > FAR_FROM_ROAD)
            .collect();
        far.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(other.1)));
        if far.is_empty() {
            return;
        }
        let shown = far
            .iter()
            .take(10)
            .map(|(away, id)| format!("{id} ({away:.0} m)"));
        let more = if far.len() > 10 { ", …" } else { "" };
        findings.push(
            self.finding("far-from-road")
                .cell(shown.collect::<Vec<_>>().join(", ") + more)
                .cause(format!(
                    "{} more than {FAR_FROM_ROAD} m from the road",
                    counted(far.len(), &format!("{what} is"), &format!("{what}s are"))
                ))
                .action("the way to the road is straight and on foot"),
        );
    }

    /// Zones that are on a road and reach no building.
    fn stranded(&self, matrices: &[&Matrix], findings: &mut Vec<Finding>) {
        let reaches = |zone: usize| {
            let from = Origin::Zone(ZoneIx::new(zone));
            matrices
                .iter()
                .any(|matrix| matrix.from_origin(from).next().is_some())
        };
        let by_rule = self.place.rules.iter().any(|rule| {
            rule.kind.is_by_zone() && rule.measure.mode == Mode::Road(self.landings.mode)
        });
        let stranded: Vec<&str> = self
            .zones()
            .enumerate()
            .filter(|(at, (_, landing))| landing.is_some() && !reaches(*at))
            .map(|(_, (id, _))| id)
            .collect();
        if !by_rule || stranded.is_empty() {
            return;
        }
        findings.push(
            self.finding("roads-zone-without-journey")
                .cell(names_of(&stranded))
                .cause(format!(
                    "{} no building along the roads",
                    counted(stranded.len(), "zone reaches", "zones reach")
                ))
                .action("they are outside every rule of this mode"),
        );
    }
}

/// The first of some names.
pub(super) fn names_of(all: &[&str]) -> String {
    let more = if all.len() > 10 { ", …" } else { "" };
    all[..all.len().min(10)].join(", ") + more
}

/// The mode of ours that a name stands for, where it goes along roads.
pub(super) fn road_mode(config: &PlaceConfig, name: &str) -> Option<RoadMode> {
    let mode = RoadMode::named(name)?;
    let roads = config.travel.roads.as_ref()?;
    roads.road_modes().contains(&mode).then_some(mode)
}
