//! The whole of loading, from a folder to a place.

use super::frame::{Frame, settle_frame};
use super::reading::Desk;
use super::{
    access, access_points, committed, decisions, matrix, occupiers, overlay, points, registers,
    roads, study_area, transit, zones,
};
use crate::load::config::{ConfigText, PlaceConfig, read_config, unknown_columns};
use crate::load::crowds::Crowds;
use crate::load::{Around, Columns, LocateOptions, Neighbours, POINT_FIELDS, locate};
use crate::place::words as numbers;
use crate::place::{Finding, MatchRow, Place, Rejected, RowRef, Severity, Source, rows_with};
use crate::travel::Travel;
use crate::travel::roads::RoadSettings;
use crate::travel::transit::TransitSettings;
use std::collections::BTreeSet;
use std::fmt;
use std::path::{Path, PathBuf};

/// What the caller wants of a loading beside the place itself.
#[derive(Clone, Debug, Default)]
pub struct LoadOptions {
    /// Folder that paths of `place.toml` are relative to, except those that begin with `./`.
    pub data: Option<PathBuf>,
    /// Whether rejected and repaired rows stop the run.
    pub strict: bool,
    /// A file of decisions that replaces `decisions.csv`.
    pub decisions: Option<PathBuf>,
    /// Buildings or occupiers to keep: decisions of the command line.
    pub keep: Vec<String>,
    /// Buildings to let go: decisions of the command line.
    pub dispose: Vec<String>,
}

/// A place, how far things are apart in it, and what was noticed while it was read.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// The place.
    pub place: Place,
    /// Distances in it.
    pub travel: Travel,
    /// Its roads, where it names any.
    pub roads: Option<RoadSettings>,
    /// Its timetables, where it names any.
    pub transit: Option<TransitSettings>,
    /// Repairs, defaults, doubts; in the order of the files.
    pub findings: Vec<Finding>,
    /// Rows set aside, whole.
    pub rejected: Vec<Rejected>,
    /// Records of several lists that were taken for one building, and doubtful pairs.
    pub matches: Vec<MatchRow>,
    /// Extracts and feeds that the place names, without a hash where no rule needed them.
    named: Vec<Source>,
}

impl Loaded {
    /// Counts every extract and feed of the place among its sources, also where no rule goes by them: for
    /// what is drawn from them all the same.
    pub fn attribute_travel(&mut self) {
        for source in std::mem::take(&mut self.named) {
            let is_known = |one: &Source| (&one.table, &one.file) == (&source.table, &source.file);
            if !self.place.sources.iter().any(is_known) {
                self.place.sources.push(source);
            }
        }
    }
}

/// Why a place cannot be planned: every finding, the errors among them.
#[derive(Clone, Debug)]
pub struct LoadError {
    /// Everything noticed before the run stopped; at least one is an error.
    pub findings: Vec<Finding>,
    /// Rows set aside until then.
    pub rejected: Vec<Rejected>,
}

impl LoadError {
    /// The findings that stopped the run.
    pub fn errors(&self) -> impl Iterator<Item = &Finding> {
        self.findings
            .iter()
            .filter(|finding| finding.severity == Severity::Error)
    }
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let errors: Vec<_> = self.errors().collect();
        write!(f, "the place cannot be used: {} error(s)", errors.len())?;
        for error in errors {
            write!(f, "\n  {}", error.row)?;
            if let Some(column) = &error.column {
                write!(f, ": {column}")?;
            }
            if let Some(cell) = &error.cell {
                write!(f, " `{cell}`")?;
            }
            write!(f, ": {} [{}]", error.cause, error.code)?;
            if !error.action.is_empty() {
                write!(f, "; {}", error.action)?;
            }
        }
        Ok(())
    }
}

impl std::error::Error for LoadError {}

/// Reads a place: a folder with a `place.toml`, or the file itself.
///
/// # Errors
/// [`LoadError`] with every finding where at least one is an error: a missing or unreadable file, a
/// required column that is absent, an unknown key or reference, contradictory locks, an invalid
/// rule or rate, more than half of a table rejected; with `strict`, also rejected and repaired rows.
///
/// # Examples
/// ```
/// let place = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/places/six");
/// let loaded = oneroof::load::load(place.as_ref(), &Default::default())?;
/// assert_eq!(loaded.place.buildings.len(), 6);
/// # Ok::<(), oneroof::load::LoadError>(())
/// ```
pub fn load(place: &Path, options: &LoadOptions) -> Result<Loaded, LoadError> {
    let (config, text, folder) = open(place).map_err(|findings| LoadError {
        findings,
        rejected: Vec::new(),
    })?;
    // Findings speak of money from here on.
    config.place.currency.0.print();
    let mut desk = Desk {
        folder,
        data: options.data.clone(),
        base_date: config.place.base_date.0,
        licence: config.place.licence.clone(),
        findings: unknown_columns(&config, &text),
        crowds: Crowds::default(),
        nowhere: Vec::new(),
        zone_systems: BTreeSet::new(),
        rejected: Vec::new(),
        sources: Vec::new(),
        overlays: overlay::Overlays::default(),
    };
    if let Some(data) = &options.data
        && !data.is_dir()
    {
        desk.findings.push(
            Finding::new("missing-file", Severity::Error, RowRef::file("--data"))
                .cause(format!("{} is not a folder", data.display()))
                .action("give the folder that holds the tables"),
        );
    }
    let frame = settle_frame(&config, &text, &mut desk);
    let loaded = assemble(&config, &text, frame, options, &mut desk);
    finish(loaded, options, desk)
}

fn open(place: &Path) -> Result<(PlaceConfig, ConfigText, PathBuf), Vec<Finding>> {
    let file = if place.is_dir() {
        place.join("place.toml")
    } else {
        place.to_path_buf()
    };
    let name = file
        .file_name()
        .map_or_else(|| "place.toml".into(), |name| name.to_string_lossy());
    let bytes = std::fs::read(&file).map_err(|error| {
        vec![
            Finding::new("missing-file", Severity::Error, RowRef::file(&name))
                .cause(format!("{} cannot be read: {error}", file.display()))
                .action("name a folder that holds a place.toml, or the file itself"),
        ]
    })?;
    let text = String::from_utf8(bytes).map_err(|_| {
        vec![
            Finding::new("bad-config", Severity::Error, RowRef::file(&name))
                .cause("place.toml is not UTF-8 text")
                .action("save it as UTF-8"),
        ]
    })?;
    let (config, lines) = read_config(&name, &text)?;
    let folder = file.parent().map(Path::to_path_buf).unwrap_or_default();
    Ok((config, lines, folder))
}

/// Reads every table in turn. `None` where an error leaves nothing to go on with.
fn assemble(
    config: &PlaceConfig,
    text: &ConfigText,
    frame: Frame,
    options: &LoadOptions,
    desk: &mut Desk,
) -> Assembled {
    let mut located = LocateOptions {
        postcodes: postcodes(config, text, desk),
        currency: text
            .states("place.currency")
            .then_some(config.place.currency.0),
        ..LocateOptions::default()
    };
    let Frame { mut place, named } = frame;
    let decided = decisions::read(config, options, desk);
    place.zones = zones::read(config, text, &place, &named, &located, desk);
    if !place.zones.is_empty() {
        let points = place.zones.iter().map(|zone| zone.point);
        located.around = Around::Zones(Neighbours::new(points.collect()));
    }
    overlay::read(config, text, desk);
    let mut registers = registers::read(config, text, &mut place, &named, &located, &decided, desk);
    let unread = occupiers::read(config, text, &mut place, &named, &registers, desk);
    let (unused, set_aside) = std::mem::take(&mut desk.overlays).unused();
    desk.findings.extend(unused);
    desk.rejected.extend(set_aside);
    points::read(
        config,
        text,
        &mut place,
        &named,
        &located,
        &decided,
        &mut registers,
        desk,
    );
    super::nowhere::settle(&place, desk);
    let known = super::known_ids::KnownIds::of(&place, &registers, &decided, options);
    study_area::settle(config, text, &mut place, desk);
    super::figures::settle(&mut place, &registers.points, &unread, &mut desk.findings);
    super::unmet::check(&place, &mut desk.findings);
    super::foreign::check(&place, &mut desk.findings);
    decisions::settle(&mut place, decided, &known, options, desk);
    committed::name(&place, desk);
    // What only helped to find buildings is given back before distances are indexed.
    let matches = std::mem::take(&mut registers.matches);
    drop((known, registers));
    access::settle(config, text, &mut place, &named, desk);
    access_points::settle(config, text, &mut place, &named, &mut desk.findings);
    let mut matrices = matrix::read(config, text, &place, desk);
    let (roads, along) = roads::read(config, text, &place, desk);
    matrices.extend(along);
    let named = [roads::named(config), transit::named(config)].concat();
    let (transit, timetabled) = transit::read(config, text, &place, roads.as_ref(), desk);
    matrices.extend(timetabled);
    Assembled {
        travel: Travel::new(&place, matrices),
        place,
        roads,
        transit,
        matches,
        named,
    }
}

/// A place and what belongs to it, before it is known whether anything stops the run.
struct Assembled {
    place: Place,
    travel: Travel,
    roads: Option<RoadSettings>,
    transit: Option<TransitSettings>,
    matches: Vec<MatchRow>,
    named: Vec<Source>,
}

fn postcodes(
    config: &PlaceConfig,
    text: &ConfigText,
    desk: &mut Desk,
) -> std::collections::BTreeMap<String, crate::place::Location> {
    let mut known = std::collections::BTreeMap::new();
    for (index, block) in config.postcodes.iter().enumerate() {
        let common = block.common();
        let key = format!("postcodes[{index}]");
        let Some(mut table) = desk.read(&common, "postcodes", &key, text) else {
            continue;
        };
        let columns = Columns::recognise(&table, POINT_FIELDS, common.columns, &mut desk.findings);
        if !columns.has("postcode") {
            desk.findings.push(
                Finding::new("missing-column", Severity::Error, table.whole())
                    .column("postcode")
                    .cause("no column of postcodes is recognised")
                    .action(format!("the columns are: {}", table.header.join(", ")))
                    .setting("columns = { postcode = \"…\" }"),
            );
            continue;
        }
        let places = locate(
            &mut table,
            &columns,
            &LocateOptions::default(),
            &mut desk.findings,
        );
        for (record, place) in table.records.iter().zip(places) {
            if let (Some(postcode), Some((location, _))) = (columns.text(record, "postcode"), place)
            {
                let key: String = postcode
                    .chars()
                    .filter(|c| !c.is_whitespace())
                    .flat_map(char::to_uppercase)
                    .collect();
                known.entry(key).or_insert(location);
            }
        }
    }
    known
}

fn finish(
    assembled: Assembled,
    options: &LoadOptions,
    mut desk: Desk,
) -> Result<Loaded, LoadError> {
    std::mem::take(&mut desk.crowds).count(&mut desk.findings);
    if options.strict {
        let faults = rows_with(&desk.findings, &[Severity::Reject, Severity::Repair]);
        if faults > 0 {
            desk.findings.push(
                Finding::new("strict", Severity::Error, RowRef::file("place.toml"))
                    .cause(format!(
                        "{} set aside or repaired, and --strict allows none",
                        numbers::counted(faults, "row was", "rows were")
                    ))
                    .action("correct them, or run without --strict"),
            );
        }
    }
    let stopped = desk
        .findings
        .iter()
        .any(|finding| finding.severity == Severity::Error);
    if stopped {
        return Err(LoadError {
            findings: desk.findings,
            rejected: desk.rejected,
        });
    }
    let Assembled {
        mut place,
        travel,
        roads,
        transit,
        matches,
        named,
    } = assembled;
    place.sources = desk.sources;
    Ok(Loaded {
        place,
        travel,
        roads,
        transit,
        findings: desk.findings,
        rejected: desk.rejected,
        matches,
        named,
    })
}
