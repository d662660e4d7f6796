//! `decisions.csv`: what people decided, who, when and why.

use super::decision_rows::{FIELDS, has_open_date, not_in_force, row};
use super::known_ids::{KnownIds, Refused, bare};
use super::loading::LoadOptions;
use super::reading::Desk;
use crate::load::config::PlaceConfig;
use crate::load::table::is_geopackage;
use crate::load::{Columns, Record, TableOptions, plain, read_table};
use crate::place::{Decision, Finding, Opposed, Place, RowRef, Severity, Source, Verb};
use std::collections::{HashMap, HashSet};

/// Decisions as read, with matches ready to be looked up.
#[derive(Default)]
pub(super) struct Decided {
    rows: Vec<Decision>,
    matched: HashMap<String, (String, Option<String>)>,
    parted: HashSet<(String, String)>,
}

impl Decided {
    /// Whether nothing was decided.
    pub(super) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The building a record was decided to be, and who said so.
    pub(super) fn matched(&self, id: &str) -> Option<(&str, Option<String>)> {
        self.matched
            .get(&plain(id))
            .map(|(building, by)| (building.as_str(), by.clone()))
    }

    /// Whether a record was decided not to be a building, whichever of the two is named first.
    pub(super) fn parted(&self, id: &str, building: &str) -> bool {
        let pair = || (plain(id), plain(building));
        let (one, two) = if self.parted.is_empty() {
            return false;
        } else {
            pair()
        };
        self.parted.contains(&(one.clone(), two.clone())) || self.parted.contains(&(two, one))
    }
}

/// Reads the decisions: the file the caller named, else the one `place.toml` names, else
/// `decisions.csv` where it exists.
pub(super) fn read(config: &PlaceConfig, options: &LoadOptions, desk: &mut Desk) -> Decided {
    let (path, name, must) = match (&options.decisions, &config.place.decisions) {
        // Only its name: where it lies is no part of what it says.
        (Some(path), _) => {
            let name = path.file_name().unwrap_or(path.as_os_str());
            (path.clone(), name.to_string_lossy().into_owned(), true)
        }
        (None, Some(file)) => (desk.folder.join(file), file.clone(), true),
        (None, None) => (
            desk.folder.join("decisions.csv"),
            "decisions.csv".into(),
            false,
        ),
    };
    let mut decided = Decided::default();
    if !path.is_file() {
        if must {
            desk.findings.push(
                Finding::new("missing-file", Severity::Error, RowRef::file(&name))
                    .cause(format!("{} does not exist", path.display()))
                    .action("correct the name"),
            );
        }
        return decided;
    }
    let layered = is_geopackage(&path);
    let options = TableOptions {
        layer: layered.then(|| "decisions".to_owned()),
        ..TableOptions::default()
    };
    let table = match read_table(
        &path,
        &name,
        &options,
        &mut desk.findings,
        &mut desk.rejected,
    ) {
        Ok(table) => table,
        // A file with nothing but its header, or nothing at all, decides nothing.
        Err(finding) if finding.code == "file-empty" => return decided,
        Err(finding) => {
            desk.findings.push(*finding);
            return decided;
        }
    };
    desk.sources.push(Source {
        file: name.clone(),
        table: "decisions".into(),
        as_of: None,
        source: None,
        licence: None,
        sha256: table.sha256.clone(),
        rows: table.records.len() as u64,
    });
    let mut columns = Columns::recognise(&table, FIELDS, &Default::default(), &mut desk.findings);
    if table
        .records
        .iter()
        .any(|record| has_open_date(record, &columns))
    {
        columns.one_cell_turns_no_dates();
    }
    for field in ["id", "decision"] {
        if !columns.has(field) {
            desk.findings.push(
                Finding::new("missing-column", Severity::Error, table.whole())
                    .column(field)
                    .cause("decisions need it")
                    .action("the columns are id, decision, value, reason, decided_by, body, date, expires, status"),
            );
        }
    }
    if !columns.has("id") || !columns.has("decision") {
        return decided;
    }
    // A layer lists every building: those of which it says nothing are not decided.
    let said = |record: &&Record| {
        !layered
            || columns
                .text(record, "decision")
                .is_some_and(|word| word != "(nothing)")
    };
    for record in table.records.iter().filter(said) {
        if let Some(finding) = not_in_force(record, &columns) {
            desk.findings.push(finding);
            continue;
        }
        match row(record, &columns, &mut desk.findings) {
            Ok(decision) => decided.rows.push(decision),
            Err(finding) => desk.findings.push(*finding),
        }
    }
    decided.sort_matches(desk);
    decided
}

impl Decided {
    fn sort_matches(&mut self, desk: &mut Desk) {
        for decision in &self.rows {
            let Some(value) = &decision.value else {
                continue;
            };
            if decision.expires.is_some_and(|day| day < desk.base_date) {
                continue;
            }
            let id = plain(bare(&decision.id));
            match decision.verb {
                Verb::Match => {
                    let by = decision
                        .decided_by
                        .clone()
                        .or_else(|| decision.body.clone());
                    let before = self
                        .matched
                        .insert(id.clone(), (bare(value).to_string(), by));
                    if let Some((other, _)) = before
                        && plain(&other) != plain(bare(value))
                    {
                        desk.findings.push(
                            Finding::new(
                                "contradictory-matches",
                                Severity::Error,
                                decision.source.clone(),
                            )
                            .cell(value.clone())
                            .cause(format!("{} is also decided to be {other}", decision.id))
                            .action("keep one of the two rows"),
                        );
                    }
                }
                Verb::NotMatch => {
                    self.parted.insert((id, plain(bare(value))));
                }
                _ => {}
            }
        }
    }
}

/// Puts decisions into the place under the ids the place uses, and reports unknown ones.
pub(super) fn settle(
    place: &mut Place,
    decided: Decided,
    known: &KnownIds,
    options: &LoadOptions,
    desk: &mut Desk,
) {
    if known.incomplete {
        return;
    }
    let typed = typed(options);
    let overruled = overruled(&decided.rows, &typed, known);
    for mut decision in decided.rows.into_iter().chain(typed) {
        let before = desk.findings.len();
        match decision.verb {
            Verb::Match | Verb::NotMatch => {
                // A second register's record that was joined is known by its id too.
                if !known.knows(&decision.id) {
                    let refused = Refused::Unknown.finding(&decision, known);
                    desk.findings.push(refused);
                }
            }
            _ => match known.subject(&decision) {
                Ok(id) => decision.id = id,
                Err(refused) => desk.findings.push(refused.finding(&decision, known)),
            },
        }
        if let Some(value) = &decision.value
            && matches!(decision.verb, Verb::Match | Verb::NotMatch | Verb::PlaceAt)
        {
            match known.building(value, place) {
                Some(id) => decision.value = Some(id),
                None => desk.findings.push(
                    Finding::new("unknown-id", Severity::Error, decision.source.clone())
                        .column("value")
                        .cell(value.clone())
                        .cause("no building has this id")
                        .action(known.hint(value)),
                ),
            }
        }
        if desk.findings.len() > before {
            continue;
        }
        if !decision.in_force(place.base_date) {
            desk.findings.push(
                Finding::new("decision-expired", Severity::Warn, decision.source.clone())
                    .column("expires")
                    .cause("the decision expired before the base date")
                    .action("carried, and not applied"),
            );
        } else if overruled.contains(&decision.source) {
            desk.findings.push(
                Finding::new(
                    "decision-overruled",
                    Severity::Warn,
                    decision.source.clone(),
                )
                .column("decision")
                .cell(decision.id)
                .cause("--keep or --dispose says otherwise for this run")
                .action("not applied in this run"),
            );
            continue;
        } else if let Some(beyond) = beyond(&decision, place) {
            desk.findings.push(beyond);
        }
        place.decisions.push(decision);
    }
    let conflicts: Vec<_> = place
        .opposed_decisions()
        .iter()
        .map(opposed(place))
        .collect();
    desk.findings.extend(conflicts);
}

/// Decisions of the command line.
fn typed(options: &LoadOptions) -> Vec<Decision> {
    let flags = [
        (&options.keep, Verb::Keep, "--keep"),
        (&options.dispose, Verb::Dispose, "--dispose"),
    ];
    let mut typed = Vec::new();
    for (ids, verb, flag) in flags {
        typed.extend(ids.iter().map(|id| Decision {
            decided_by: Some("command line".into()),
            source: RowRef::file(flag),
            ..Decision::about(id, verb.clone(), None)
        }));
    }
    typed
}

/// The rows of the file about records that the command line says something else of: what was typed
/// last is what the run is about.
fn overruled(rows: &[Decision], typed: &[Decision], known: &KnownIds) -> HashSet<RowRef> {
    let record = |decision: &Decision| {
        let id = known.subject(decision).ok()?;
        Some(bare(&id).to_owned())
    };
    let locks = |verb: &Verb| !matches!(verb, Verb::Match | Verb::NotMatch);
    let said: HashMap<String, &Verb> = typed
        .iter()
        .filter_map(|decision| Some((record(decision)?, &decision.verb)))
        .collect();
    rows.iter()
        .filter(|row| locks(&row.verb))
        .filter(|row| {
            let other = record(row).and_then(|id| said.get(&id).copied());
            // A part may go of what is kept.
            let agrees = |verb: &Verb| {
                *verb == row.verb || (*verb == Verb::Keep && row.verb == Verb::PartGoes)
            };
            other.is_some_and(|verb| !agrees(verb))
        })
        .map(|row| row.source.clone())
        .collect()
}

/// What is wrong with a placing at a building that was dropped because it lies too far away.
fn beyond(decision: &Decision, place: &Place) -> Option<Finding> {
    let to = decision.value.as_deref()?;
    if decision.verb != Verb::PlaceAt || place.building_named(to).is_some() {
        return None;
    }
    Some(
        Finding::new("bad-decision", Severity::Error, decision.source.clone())
            .column("value")
            .cell(to)
            .cause("the building lies beyond the study area and its buffer")
            .action("place it at a nearer building, or widen buffer_km"),
    )
}

/// The finding about a record of which decisions in force say opposite things.
fn opposed(place: &Place) -> impl Fn(&Opposed<'_>) -> Finding + '_ {
    move |opposed| {
        let decisions = opposed.sides.iter().flat_map(|(_, who)| who);
        let rows: Vec<_> = decisions.map(|d| d.source.to_string()).collect();
        let row = match opposed.record {
            crate::place::Record::Building(at) => &place.building(at).source,
            crate::place::Record::Occupier(at) => &place.occupier(at).source,
        };
        let typed = |source: &str| source.starts_with("--");
        if rows.iter().all(|row| typed(row)) {
            return Finding::new("contradictory-locks", Severity::Error, row.clone())
                .cell(place.id_of(opposed.record))
                .cause(format!("it is named by both {}", rows.join(" and ")))
                .action("name it once");
        }
        Finding::new("decisions-opposed", Severity::Warn, row.clone())
            .cell(place.id_of(opposed.record))
            .cause(format!("opposite decisions: {}", rows.join(" and ")))
            .action("planned free; the price of each side is reported")
    }
}
