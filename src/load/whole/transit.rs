//! Timetables: read where a rule goes by them, and what was noticed of feeds and zones.

use super::reading::{Desk, why_no_file};
use super::roads::{cache_fault, names_of, sources};
use crate::load::config::{ConfigText, PlaceConfig, TransitConfig};
use crate::place::words::counted;
use crate::place::{Finding, Mode, Place, Rejected, RowRef, Severity, Source, ZoneIx};
use crate::travel::roads::RoadSettings;
use crate::travel::transit::{
    FeedFault, FeedNote, TimetabledTimes, Transit, TransitFault, TransitSettings, timetabled,
};
use crate::travel::{Cache, Matrix, Origin};

/// Where the times are kept unless stated.
const CACHE: &str = "transit_times.gpkg";

/// Reads the feeds and works out what rules ask of them. `None` where the place has no timetables or they
/// cannot be used; the findings say why.
pub(super) fn read(
    config: &PlaceConfig,
    text: &ConfigText,
    place: &Place,
    roads: Option<&RoadSettings>,
    desk: &mut Desk,
) -> (Option<TransitSettings>, Vec<Matrix>) {
    // Terms or roads that make no sense have been refused already.
    let (Some(asked), Some(terms), Some(roads)) =
        (&config.travel.transit, &place.travel.transit, roads)
    else {
        return (None, Vec::new());
    };
    let feeds = &asked.feeds.0;
    let settings = TransitSettings {
        feeds: feeds.iter().map(|file| desk.path(file)).collect(),
        terms: terms.clone(),
    };
    let before = desk.findings.len();
    for (path, file) in settings.feeds.iter().zip(feeds) {
        if !path.is_file() {
            desk.findings.push(
                text.refuse("missing-file", "travel.transit.feeds", why_no_file(path))
                    .cell(file)
                    .action("correct the name, bring the feed, or give its folder with --data"),
            );
        }
    }
    if feeds.is_empty() {
        desk.findings.push(
            text.refuse("bad-config", "travel.transit.feeds", "it names no file")
                .action("name a GTFS feed, such as \"buses.zip\""),
        );
    }
    if desk.findings.len() > before {
        return (None, Vec::new());
    }
    let cache = match asked.cache.as_deref() {
        Some("none") => None,
        named => Some(Cache::at(desk.folder.join(named.unwrap_or(CACHE)))),
    };
    match timetabled(place, &settings, roads, cache.as_ref()) {
        // No rule goes by timetable: a feed that is none is said all the same.
        Ok(None) => match Transit::look(&settings) {
            Ok(notes) => {
                desk.findings.extend(notes.iter().map(of_note));
                desk.rejected.extend(notes.iter().filter_map(left_out));
                (Some(settings), Vec::new())
            }
            Err(fault) => {
                let fault = fault.into();
                desk.findings.push(refused(asked, text, &settings, &fault));
                (None, Vec::new())
            }
        },
        Ok(Some(worked)) => {
            noticed(asked, place, &worked, cache.as_ref(), desk);
            let paths = config.travel.roads.as_ref();
            let paths = paths.map(|paths| sources(paths, &worked.paths_sha256));
            for source in paths.into_iter().flatten() {
                if !desk.sources.contains(&source) {
                    desk.sources.push(source);
                }
            }
            (Some(settings), worked.kept.matrices)
        }
        Err(fault) => {
            desk.findings.push(refused(asked, text, &settings, &fault));
            (None, Vec::new())
        }
    }
}

/// A feed that cannot be used.
fn refused(
    asked: &TransitConfig,
    text: &ConfigText,
    settings: &TransitSettings,
    fault: &TransitFault,
) -> Finding {
    let (code, key, action) = match fault {
        TransitFault::Roads(fault) => ("roads-not-read", "travel.roads.extract", fault.action()),
        TransitFault::Feed(fault @ FeedFault::OtherDays { .. }) => {
            ("transit-other-days", "travel.transit.date", fault.action())
        }
        TransitFault::Feed(fault) => ("transit-not-read", "travel.transit.feeds", fault.action()),
    };
    let file = match fault {
        TransitFault::Feed(fault) => {
            let of_fault = settings.feeds.iter().position(|path| path == fault.path());
            of_fault.and_then(|at| asked.feeds.0.get(at)).cloned()
        }
        _ => None,
    };
    text.refuse(code, key, fault.to_string())
        .cell(file.unwrap_or_default())
        .action(action)
}

/// The feeds that a place names, without a hash.
pub(super) fn named(config: &PlaceConfig) -> Vec<Source> {
    let transit = config.travel.transit.as_ref();
    transit.map_or_else(Vec::new, |asked| {
        of_feeds(asked, &vec![String::new(); asked.feeds.0.len()])
    })
}

/// The feeds, and whose they are.
fn of_feeds(asked: &TransitConfig, sha256: &[String]) -> Vec<Source> {
    let source = |(file, sha256): (&String, &String)| Source {
        file: file.clone(),
        table: "travel.transit".to_owned(),
        as_of: Some(asked.date.0),
        source: asked.source.clone(),
        licence: asked.licence.clone(),
        sha256: sha256.clone(),
        rows: 0,
    };
    asked.feeds.0.iter().zip(sha256).map(source).collect()
}

/// Everything worth knowing of feeds that were read.
fn noticed(
    asked: &TransitConfig,
    place: &Place,
    worked: &TimetabledTimes,
    cache: Option<&Cache>,
    desk: &mut Desk,
) {
    desk.sources.extend(of_feeds(asked, &worked.sha256));
    desk.findings.extend(worked.kept.notes.iter().map(of_note));
    let left_out = worked.kept.notes.iter().filter_map(left_out);
    desk.rejected.extend(left_out);
    stranded(asked, place, &worked.kept.matrices, &mut desk.findings);
    let faults = worked.faults.iter();
    desk.findings
        .extend(faults.map(|fault| cache_fault(fault, cache)));
}

/// What is said of a feed, as a finding.
pub(crate) fn of_note(note: &FeedNote) -> Finding {
    // How many rows there were in all is said of the whole file.
    let severity = match (note.code, note.line) {
        ("transit-row-set-aside", 1..) => Severity::Reject,
        _ => Severity::Warn,
    };
    let mut finding = Finding::new(note.code, severity, row_of(note))
        .cause(note.cause.clone())
        .action(note.action.clone());
    if !note.column.is_empty() {
        finding = finding.column(&note.column);
    }
    match note.cell.is_empty() {
        true => finding,
        false => finding.cell(&note.cell),
    }
}

fn row_of(note: &FeedNote) -> RowRef {
    RowRef {
        file: note.file.as_str().into(),
        record: note.line.saturating_sub(1),
        line: note.line,
    }
}

/// The row that a note says is left out, whole.
pub(crate) fn left_out(note: &FeedNote) -> Option<Rejected> {
    (!note.cells.is_empty()).then(|| Rejected {
        row: row_of(note),
        code: note.code,
        header: note.header.as_slice().into(),
        cells: note.cells.clone(),
    })
}

/// Zones from which no building is reached.
fn stranded(
    asked: &TransitConfig,
    place: &Place,
    matrices: &[Matrix],
    findings: &mut Vec<Finding>,
) {
    let reaches = |zone: usize| {
        let from = Origin::Zone(ZoneIx::new(zone));
        matrices
            .iter()
            .any(|matrix| matrix.from_origin(from).next().is_some())
    };
    let by_rule = place
        .rules
        .iter()
        .any(|rule| rule.kind.is_by_zone() && rule.measure.mode == Mode::Transit);
    let zones = place.zones.iter().enumerate();
    let stranded: Vec<&str> = zones
        .filter(|(at, _)| !reaches(*at))
        .map(|(_, zone)| zone.id.as_str())
        .collect();
    if !by_rule || stranded.is_empty() {
        return;
    }
    let file = asked.feeds.0.first().map_or("", String::as_str);
    findings.push(
        Finding::new(
            "transit-zone-without-journey",
            Severity::Warn,
            RowRef::file(file),
        )
        .column("transit")
        .cell(names_of(&stranded))
        .cause(format!(
            "{} no building by timetable or on foot in the time that rules look at",
            counted(stranded.len(), "zone reaches", "zones reach")
        ))
        .action("they are outside every rule of this mode"),
    );
}
