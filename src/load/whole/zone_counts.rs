//! Who is counted in a zone: its people, the demand for each service, groups, measures, deciles.

use super::frame::Named;
use super::reading::Desk;
use super::scales::{self, Scale};
use super::sheets::{Sheets, Sum};
use crate::load::config::{ConfigText, Counting, GroupConfig, ZonesConfig};
use crate::load::{Columns, Record, Table};
use crate::place::words as numbers;
use crate::place::{Finding, People, Place, RowRef, ServiceIx, Severity, Zone};
use std::collections::BTreeMap;

/// What is wanted of every zone, settled against the columns there are.
pub(super) struct Wanted {
    population: Option<Sum>,
    demand: Vec<Option<Sum>>,
    groups: Vec<(String, GroupSum)>,
    measures: Vec<(String, Sum)>,
    deciles: Vec<(String, Scale)>,
}

enum GroupSum {
    /// So many of so many.
    Of(Sum, Sum),
    /// A share as it stands, of 1 or of 100.
    Share(Sum, f64),
    /// Whole zones up to a step of a scale.
    Decile(String, f64),
}

#[expect(
    clippy::too_many_arguments,
    reason = "one call, from the function above"
)]
pub(super) fn settle(
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
    let mut noticed = Vec::new();
    let population = columns
        .header("population")
        .map(str::to_string)
        .filter(|_| !sheets.mapped("population"))
        .or_else(|| sheets.has("population").then(|| "population".to_string()))
        .and_then(|name| sheets.people(&[name], &mut noticed).ok());
    if population.is_none() {
        let at = (text.at(&format!("{key}.demand")), format!("{key}.demand"));
        tell_people_unknown(block, at, &mut noticed);
    }
    let mut demand: Vec<Option<Sum>> = vec![None; place.services.len()];
    for (service, counting) in &block.demand {
        let Some(ix) = named.service(service) else {
            refuse(
                format!("demand.{service}"),
                format!("`{service}` is no service; {}", named.service_hint(service)),
            );
            continue;
        };
        match sheets.people(latest(counting, place.base_date.year()), &mut noticed) {
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
        let at = (
            text.at(&format!("{key}.groups")),
            format!("{key}.groups.{name}"),
        );
        match settle_group(group, block, sheets, at, &mut noticed) {
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
            Ok(sum) => {
                let scale = scales::settle(name, decile, sum, sheets, (key, text), &mut noticed);
                deciles.extend(scale.map(|scale| (name.clone(), scale)));
            }
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
    for (name, column) in &block.strata {
        if !sheets.has(column) && !block.deciles.contains_key(column) {
            refuse(
                format!("strata.{name}"),
                format!("no table of the zones has a column `{column}`, nor is it under `deciles`"),
            );
        }
    }
    desk.findings.append(&mut noticed);
    if population.is_none() && block.demand.is_empty() {
        desk.findings.push(
            text.refuse(
                "missing-column",
                &format!("{key}.demand"),
                "no column of people is recognised",
            )
            .action(format!(
                "name it with the line below; the columns are: {}",
                sheets.own_headings().join(", ")
            ))
            .setting("columns = { population = \"…\" }"),
        );
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

/// Says that nobody is counted where no column of people is recognised. What services are for may be households, or
/// some of the people: it does not stand for them.
fn tell_people_unknown(
    block: &ZonesConfig,
    (row, field): (RowRef, String),
    noticed: &mut Vec<Finding>,
) {
    let mut demand = block.demand.values();
    let Some(first) = demand.next() else { return };
    let name = match first {
        Counting::Sum(names) if names.len() == 1 && demand.all(|own| own == first) => {
            names.concat()
        }
        _ => "…".to_owned(),
    };
    noticed.push(
        Finding::new("people-unknown", Severity::Warn, row)
            .column(field)
            .cause("no column of people is recognised")
            .action("people further away are counted as 0; name the column, if it is this one with the line below")
            .setting(format!("columns = {{ population = \"{name}\" }}")),
    );
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
    at: (RowRef, String),
    noticed: &mut Vec<Finding>,
) -> Result<GroupSum, String> {
    match (&group.column, &group.decile) {
        (Some(column), None) => {
            // Without what they are of, they are shares.
            let Some(of) = &group.of else {
                return Ok(share(sheets.sum(&column.0)?, sheets, at, noticed));
            };
            let who = sheets.people(&column.0, noticed)?;
            Ok(GroupSum::Of(who, sheets.people(&of.0, noticed)?))
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

/// The most that shares of 1 add up to, each rounded where it stands.
const WHOLE: f64 = 1.01;

/// A column of shares: of 1 where none is above 1, else of 100. That a heading says per cent and no value is above 1
/// is told.
fn share(
    sum: Sum,
    sheets: &Sheets,
    (row, field): (RowRef, String),
    noticed: &mut Vec<Finding>,
) -> GroupSum {
    let mut values = (0..sheets.zones()).filter_map(|zone| sheets.count(zone, &sum).ok());
    if values.any(|value| value > WHOLE) {
        return GroupSum::Share(sum, 100.0);
    }
    let heading = sheets.heading(&sum);
    if says_per_cent(&heading) {
        noticed.push(
            Finding::new("share-or-per-cent", Severity::Warn, row)
                .column(field)
                .cause(format!(
                    "the heading `{heading}` says per cent, and no value is above 1: 0.8 may be 0.8 % or 80 %"
                ))
                .action(
                    "read as shares of 1, so that 0.8 is 80 %; where it is 0.8 %, give people and `of` what they are, \
                     or a column of shares",
                ),
        );
    }
    GroupSum::Share(sum, 1.0)
}

fn says_per_cent(heading: &str) -> bool {
    let plain = heading.to_lowercase();
    let mut words = plain.split(|c: char| !c.is_alphanumeric());
    plain.contains('%')
        || plain.contains("per cent")
        || words.any(|word| {
            ["pct", "pc", "perc", "proz", "vh"].contains(&word)
                || ["percent", "prozent", "pourcent", "porcent", "procent"]
                    .iter()
                    .any(|begin| word.starts_with(begin))
        })
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

/// What gave no number, by file and column.
pub(super) type Gaps = BTreeMap<(String, String), Gap>;

/// A column that gave some zones no number.
pub(super) struct Gap {
    zones: usize,
    /// The last of them: a column that several counts use is one gap of a zone.
    last: usize,
    cell: Option<String>,
    row: RowRef,
}

pub(super) fn fill(
    mut zone: Zone,
    at: usize,
    wanted: &Wanted,
    sheets: &Sheets,
    record: &Record,
    gaps: &mut Gaps,
) -> Zone {
    let mut note = |file: String, column: String, cell: Option<String>| {
        let gap = gaps.entry((file, column)).or_insert_with(|| Gap {
            zones: 0,
            last: usize::MAX,
            cell,
            row: record.at.clone(),
        });
        if gap.last != at {
            gap.zones += 1;
            gap.last = at;
        }
    };
    let mut count = |sum: &Sum| -> Option<f64> {
        match sheets.count(at, sum) {
            Ok(value) if value >= 0.0 => Some(value),
            Ok(value) => {
                let columns = sheets.heading(sum);
                note(record.at.file.to_string(), columns, Some(value.to_string()));
                None
            }
            Err(fault) => {
                note(fault.file, fault.column, fault.cell);
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
    for (name, scale) in &wanted.deciles {
        if let Some(value) = count(scale.sum()) {
            zone.measures.insert(name.clone(), scale.turned(value));
        }
    }
    for (name, group) in &wanted.groups {
        let share = match group {
            GroupSum::Of(who, of) => match (count(who), count(of)) {
                (Some(who), Some(of)) if of > 0.0 => Some(who / of),
                (Some(0.0), Some(_)) => Some(0.0),
                _ => None,
            },
            GroupSum::Share(who, of) => count(who).map(|share| share / of),
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

pub(super) fn report_gaps(gaps: Gaps, table: &Table, findings: &mut Vec<Finding>) {
    for (
        (file, column),
        Gap {
            zones, cell, row, ..
        },
    ) in gaps
    {
        let row = if *file == *table.file {
            row
        } else {
            RowRef::file(&file)
        };
        let mut finding = Finding::new("zone-value-missing", Severity::Warn, row)
            .column(column)
            .cause(format!(
                "{} no number here",
                numbers::counted(zones, "zone has", "zones have")
            ))
            .action("they count nobody in what needs it");
        if let Some(cell) = cell {
            finding = finding.cell(cell);
        }
        findings.push(finding);
    }
}
