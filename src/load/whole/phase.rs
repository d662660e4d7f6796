//! The `[phase]` section settled against the place, and the duty pack it names.

use super::frame::Named;
use super::reading::Desk;
use crate::load::config::{ConfigText, PhaseConfig, did_you_mean};
use crate::load::{Columns, Field, Record, Table, TableOptions, columns::Kind, plain};
use crate::load::{read_bytes, read_table};
use crate::place::{Capital, Duty, Finding, Phase, Severity, Source, Trigger};
use std::collections::BTreeSet;

/// The pack that comes with the program.
const ENGLAND: &str = include_str!("../duties/england.csv");

/// Longest wait a duty may ask for, weeks: twenty years.
const MOST_WEEKS: f64 = 1_040.0;

const FIELDS: &[Field] = &[
    field("id", Kind::Code, &["duty", "dutyid"]),
    field("service", Kind::Code, &["serviceid"]),
    field("statute", Kind::Text, &["law", "standard"]),
    field("trigger", Kind::Category, &["when"]),
    field("minimum_weeks", Kind::Number, &["minimumweeks", "weeks"]),
    field("who_decides", Kind::Text, &["whodecides", "decides"]),
    field("source", Kind::Text, &[]),
];

const fn field(name: &'static str, kind: Kind, aliases: &'static [&'static str]) -> Field {
    Field {
        name,
        kind,
        aliases,
    }
}

/// The section over the named defaults. Every value that is out of range, and every limit that
/// contradicts another, is an error.
pub(super) fn settle(
    config: &PhaseConfig,
    horizon_years: u32,
    text: &ConfigText,
    named: &Named,
    desk: &mut Desk,
) -> Phase {
    let ours = Phase::default();
    let mut refused: Vec<(&str, String, &str)> = Vec::new();
    // What nobody stated fits into what is appraised.
    let years = config.years.unwrap_or(ours.years.min(horizon_years));
    let usual_lead = ours.fit_out_years.min(years.saturating_sub(1));
    let lead = config.fit_out_years.unwrap_or(usual_lead);
    if !(1..=60).contains(&years) {
        refused.push((
            "years",
            format!("{years} is not between 1 and 60"),
            "correct the value",
        ));
    } else if years > horizon_years {
        let cause = format!("{years} years are more than the {horizon_years} that are appraised");
        let action = "shorten the programme, or lengthen finance.horizon_years";
        refused.push(("years", cause, action));
    } else if lead >= years {
        let cause = format!("a move waits {lead} years, and the programme has {years}");
        let action = "make it less than years";
        refused.push(("fit_out_years", cause, action));
    }
    if config.projects_a_year == Some(0) {
        refused.push((
            "projects_a_year",
            "with no project in any year nothing can be done".into(),
            "write 1 or more, or leave it out",
        ));
    }
    for (key, cause, action) in refused {
        let key = format!("phase.{key}");
        desk.findings
            .push(text.refuse("bad-phase", &key, cause).action(action));
    }
    Phase {
        years: years.clamp(1, 60),
        fit_out_years: lead.min(60),
        capital: capital(config, years, text, named, desk),
        receipts_recyclable: config.receipts_recyclable,
        projects_a_year: config.projects_a_year,
        duties: duties(config, text, named, desk),
    }
}

/// The one limit on capital that is stated.
fn capital(
    config: &PhaseConfig,
    years: u32,
    text: &ConfigText,
    named: &Named,
    desk: &mut Desk,
) -> Capital {
    let by_agency = &config.capital_gbp_by_agency;
    let stated = [
        ("capital_gbp_a_year", config.capital_gbp_a_year.is_some()),
        ("capital_gbp_by_year", config.capital_gbp_by_year.is_some()),
        ("capital_gbp_by_agency", !by_agency.is_empty()),
    ];
    let mut stated = stated.iter().filter(|(_, is)| *is).map(|(key, _)| *key);
    if let (Some(first), Some(second)) = (stated.next(), stated.next()) {
        desk.findings.push(
            text.refuse(
                "bad-phase",
                &format!("phase.{second}"),
                format!("it contradicts {first}: the money is one purse or several"),
            )
            .action("keep one of them"),
        );
    }
    let mut sum = |key: String, value: f64| {
        let sound = value.is_finite() && (0.0..=1e12).contains(&value);
        if !sound {
            desk.findings.push(
                text.refuse("bad-phase", &key, format!("{value} is no sum of money"))
                    .action("give an amount of money, 0 or more"),
            );
        }
        if sound { value } else { 0.0 }
    };
    if let Some(list) = &config.capital_gbp_by_year {
        let sums = list.iter().enumerate();
        let sums: Vec<f64> = sums
            .map(|(year, value)| sum(format!("phase.capital_gbp_by_year[{year}]"), *value))
            .collect();
        if sums.len() != years as usize {
            let cause = format!("{} sums for {years} years", sums.len());
            desk.findings.push(
                text.refuse("bad-phase", "phase.capital_gbp_by_year", cause)
                    .action("give one sum for each year of the programme"),
            );
        }
        return Capital::Pooled(sums);
    }
    if let Some(value) = config.capital_gbp_a_year {
        let value = sum("phase.capital_gbp_a_year".into(), value);
        return Capital::Pooled(vec![value; years.min(60) as usize]);
    }
    if by_agency.is_empty() {
        return Capital::Unlimited;
    }
    let sums: Vec<(String, f64)> = by_agency
        .iter()
        .map(|(id, value)| {
            let value = sum(format!("phase.capital_gbp_by_agency.{id}"), *value);
            (id.clone(), value)
        })
        .collect();
    let mut purses = std::collections::BTreeMap::new();
    for (id, value) in sums {
        match named.agency(&id) {
            Some(agency) => {
                purses.insert(agency, value);
            }
            None => desk.findings.push(
                text.refuse(
                    "unknown-agency",
                    &format!("phase.capital_gbp_by_agency.{id}"),
                    format!("`{id}` is no agency"),
                )
                .action(named.agency_hint(&id)),
            ),
        }
    }
    Capital::ByAgency(purses)
}

/// The duties of the pack that is named. Of our own pack, rows about services that the place does not
/// have are left out; in a pack of the place's own they are an error.
fn duties(config: &PhaseConfig, text: &ConfigText, named: &Named, desk: &mut Desk) -> Vec<Duty> {
    let Some(pack) = config.duties.as_deref() else {
        return Vec::new();
    };
    if plain(pack) == "england" {
        let read = read_bytes(
            ENGLAND.as_bytes().to_vec(),
            "england",
            &TableOptions::default(),
            &mut desk.findings,
            &mut desk.rejected,
        );
        let ours = |service: &str| named.service(service).is_some();
        return read.map_or_else(|_| Vec::new(), |table| rows(&table, named, &ours, desk));
    }
    let path = desk.path(pack);
    if !path.is_file() {
        desk.findings.push(
            text.refuse(
                "missing-file",
                "phase.duties",
                format!("{} does not exist", path.display()),
            )
            .action("correct the name, or write `england` for the pack that comes with oneroof"),
        );
        return Vec::new();
    }
    let read = read_table(
        &path,
        pack,
        &TableOptions::default(),
        &mut desk.findings,
        &mut desk.rejected,
    );
    match read {
        Ok(table) => {
            desk.sources.push(Source {
                file: pack.to_owned(),
                table: "duties".into(),
                as_of: None,
                source: None,
                licence: None,
                sha256: table.sha256.clone(),
                rows: table.records.len() as u64,
            });
            rows(&table, named, &|_| true, desk)
        }
        Err(finding) => {
            desk.findings.push(*finding);
            Vec::new()
        }
    }
}

fn rows(table: &Table, named: &Named, wanted: &dyn Fn(&str) -> bool, desk: &mut Desk) -> Vec<Duty> {
    let columns = Columns::recognise(table, FIELDS, &Default::default(), &mut desk.findings);
    let needed = ["id", "trigger", "minimum_weeks"];
    for field in needed.iter().filter(|field| !columns.has(field)) {
        desk.findings.push(
            Finding::new("missing-column", Severity::Error, table.whole())
                .column(*field)
                .cause("a duty pack needs it")
                .action(
                    "the columns are id, service, statute, trigger, minimum_weeks, who_decides, source",
                ),
        );
    }
    if needed.iter().any(|field| !columns.has(field)) {
        return Vec::new();
    }
    let mut duties = Vec::new();
    let mut ids = BTreeSet::new();
    for record in &table.records {
        if columns.text(record, "service").is_some_and(|s| !wanted(&s)) {
            continue;
        }
        match duty(record, &columns, named, &mut desk.findings) {
            Ok(duty) if ids.insert(plain(&duty.id)) => duties.push(duty),
            Ok(duty) => desk.findings.push(
                Finding::new("duplicate-id", Severity::Error, duty.source)
                    .column("id")
                    .cell(duty.id)
                    .cause("another duty is called so")
                    .action("give each its own id"),
            ),
            Err(finding) => desk.findings.push(*finding),
        }
    }
    duties
}

fn duty(
    record: &Record,
    columns: &Columns,
    named: &Named,
    findings: &mut Vec<Finding>,
) -> Result<Duty, Box<Finding>> {
    let refuse = |code, column: &str, cell: &str, cause: &str, action: String| {
        Box::new(
            Finding::new(code, Severity::Error, record.at.clone())
                .column(column)
                .cell(cell)
                .cause(cause)
                .action(action),
        )
    };
    let Some(id) = columns.text(record, "id") else {
        let action = "give it an id".into();
        return Err(refuse("bad-duty", "id", "", "the duty has no id", action));
    };
    let word = columns.text(record, "trigger").unwrap_or_default();
    let asked = plain(&word).replace([' ', '-'], "_");
    let Some(trigger) = Trigger::ALL.into_iter().find(|one| one.name() == asked) else {
        let hint = did_you_mean(&asked, Trigger::ALL.into_iter().map(Trigger::name));
        return Err(refuse(
            "bad-duty",
            "trigger",
            &word,
            "it is no trigger",
            hint,
        ));
    };
    let cell = columns.text(record, "minimum_weeks").unwrap_or_default();
    let weeks = columns.number(record, "minimum_weeks", findings);
    let Some(weeks) = weeks.filter(|weeks| (0.0..=MOST_WEEKS).contains(weeks)) else {
        let action = "give whole weeks, 0 to 1,040".into();
        let cause = "it is no number of weeks";
        return Err(refuse("bad-duty", "minimum_weeks", &cell, cause, action));
    };
    let service = match columns.text(record, "service") {
        None => None,
        Some(text) => match named.service(&text) {
            Some(service) => Some(service),
            None => {
                let hint = named.service_hint(&text);
                let cause = "it is no service of the place";
                return Err(refuse("unknown-service", "service", &text, cause, hint));
            }
        },
    };
    Ok(Duty {
        id,
        service,
        statute: columns.text(record, "statute").unwrap_or_default(),
        trigger,
        weeks: weeks.ceil() as u32,
        decides: columns.text(record, "who_decides").unwrap_or_default(),
        source: record.at.clone(),
    })
}
