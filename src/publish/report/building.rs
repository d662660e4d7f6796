//! Everything the page says about one building when somebody points at it.

use super::super::edition::Issue;
use super::super::tables::building_record;
use super::beside::{Beside, Explained};
use super::table::shown;
use super::words::{agency, said};
use crate::place::words::{count, counted, pounds, whole};
use crate::place::{Building, BuildingIx};
use crate::plan::{Column, Outcome, PlannedOccupier, Sureness};
use serde::Serialize;
use std::collections::HashMap;

/// One building in words: label and value of each fact, who is in it, its money.
#[derive(Debug, Serialize)]
pub(super) struct Told {
    facts: Vec<(&'static str, String)>,
    who: Vec<String>,
    money: Vec<Line>,
    /// What the opposite would cost, and which rules hold it.
    why: Vec<String>,
}

/// A line of its ledger.
#[derive(Debug, Serialize)]
struct Line(String, &'static str, String, String, String);

const FACTS: [(&str, &str); 18] = [
    ("What becomes of it", "action"),
    ("Why", "reason"),
    ("Decided by people", "decision"),
    ("Its people go to", "host_id"),
    ("Years from the base date", "act_year"),
    ("Year of the programme", "year"),
    ("How sure", "proof"),
    ("Its figures are", "grade"),
    ("Held as", "tenure"),
    ("Usable floor, m²", "usable_m2"),
    ("Floor in use today, m²", "used_today_m2"),
    ("Floor in use after, m²", "used_after_m2"),
    ("A part goes", "part"),
    ("Floor of that part, m²", "part_m2"),
    ("Running cost saved a year", "save_gbp_y"),
    ("One-off cost", "capex_gbp"),
    ("Receipt", "receipt_gbp"),
    ("Present value against today", "npv_gbp"),
];

/// Who is in which building, today and under the plan.
pub(super) struct Who<'a> {
    by_building: HashMap<&'a str, Vec<&'a PlannedOccupier>>,
}

impl<'a> Who<'a> {
    pub(super) fn of(issue: &Issue<'a>) -> Self {
        let mut by_building: HashMap<&str, Vec<&PlannedOccupier>> = HashMap::new();
        for planned in &issue.plan().occupiers {
            let known = issue.occupier_named(&planned.occupier);
            if known.is_none_or(|(_, one)| !issue.shows_occupier(planned, one)) {
                continue;
            }
            by_building
                .entry(&planned.from_id)
                .or_default()
                .push(planned);
            if planned.to_id != planned.from_id {
                by_building.entry(&planned.to_id).or_default().push(planned);
            }
        }
        Self { by_building }
    }

    fn lines(&self, issue: &Issue<'_>, building: &str) -> Vec<String> {
        let here = self.by_building.get(building).into_iter().flatten();
        here.map(|planned| line(issue, planned, building)).collect()
    }
}

fn line(issue: &Issue<'_>, planned: &PlannedOccupier, here: &str) -> String {
    let Some((_, occupier)) = issue.occupier_named(&planned.occupier) else {
        return String::new();
    };
    let service = &issue.place().service(occupier.service).name;
    let whose = agency(issue, issue.agency_id(occupier.agency));
    let name = match occupier.name == *service {
        true => format!("{service} ({whose})"),
        false => format!("{}: {service} ({whose})", occupier.name),
    };
    let named = |id: &str| said(issue, "to_id", id);
    let far = |km: f64| format!("{km:.2} km");
    match planned.outcome {
        Outcome::Stay => format!("{name}: stays"),
        Outcome::Merge if planned.from_id == here => format!(
            "{name}: joins another at {}, {}",
            named(&planned.to_id),
            far(planned.km)
        ),
        _ if planned.from_id == here => {
            format!(
                "{name}: goes to {}, {}",
                named(&planned.to_id),
                far(planned.km)
            )
        }
        _ => format!(
            "{name}: comes from {}, {}",
            named(&planned.from_id),
            far(planned.km)
        ),
    }
}

/// Ledger lines by the building they are about.
pub(super) type Lines<'a> = HashMap<&'a str, Vec<&'a crate::plan::LedgerLine>>;

/// The lines that the audience may see.
pub(super) fn ledger<'a>(issue: &Issue<'a>) -> Lines<'a> {
    let mut lines: Lines<'_> = HashMap::new();
    let audience = &issue.edition.audience;
    let seen = issue.plan().ledger.iter();
    for agency in seen.filter(|one| audience.sees("npv_gbp", Some(&one.agency))) {
        for line in &agency.lines {
            lines.entry(&line.subject).or_default().push(line);
        }
    }
    lines
}

/// What is told of a building.
pub(super) fn told(
    issue: &Issue<'_>,
    at: BuildingIx,
    building: &Building,
    who: &Who<'_>,
    lines: &Lines<'_>,
    beside: &Beside,
) -> Told {
    let id = building.id.as_str();
    let owner = Some(issue.agency_id(building.agency));
    let record = building_record(issue, at);
    let explained = beside.explained.get(id);
    let facts = FACTS.iter().filter_map(|(label, field)| {
        let cell = record.cell(field, &issue.edition.audience, owner);
        let mut text = shown(issue, field, &cell).text();
        if *field == "proof" {
            text = sure(text, explained);
        }
        (!text.is_empty()).then_some((*label, text))
    });
    let money = lines.get(id).into_iter().flatten().map(|line| {
        let kind = match line.column {
            Column::Recurring => "a year",
            Column::OneOff => "once",
            Column::Receipt => "received",
        };
        Line(
            said(issue, "line", &line.line),
            kind,
            pounds(line.today_gbp),
            pounds(line.after_gbp),
            pounds(line.npv_gbp),
        )
    });
    Told {
        facts: facts.collect(),
        who: who.lines(issue, id),
        money: money.collect(),
        why: explained.map_or_else(Vec::new, |one| why(issue, one)),
    }
}

/// How sure it is: as the plan says, unless asking found out more.
fn sure(planned: String, explained: Option<&Explained>) -> String {
    let asked = explained.and_then(|one| Sureness::from_code(&one.proof));
    match asked.map(Sureness::label) {
        Some(label) if label != planned && !planned.is_empty() => format!(
            "{label} (found out by asking; the plan alone says: {})",
            planned.to_lowercase()
        ),
        _ => planned,
    }
}

/// The answer of `explain --all`, in sentences.
fn why(issue: &Issue<'_>, told: &Explained) -> Vec<String> {
    let mut why = Vec::new();
    if let Some(opposite) = &told.opposite {
        let asked = match opposite.asked.as_str() {
            "keep" => "Keeping it",
            "dispose" => "Letting it go",
            other => other,
        };
        why.push(match (opposite.outcome.as_str(), &opposite.price) {
            ("impossible", _) => format!(
                "{asked} is not possible: {}.",
                opposite.because.join("; ").trim_end_matches('.')
            ),
            (_, Some(price)) => {
                let improved = match price.better_by() {
                    Some(_) => {
                        " If nobody has decided otherwise, the plan can be improved by that much."
                    }
                    None => "",
                };
                format!("{asked} {}.{improved}", price.words(issue.place()))
            }
            _ => format!("{asked} is not priced: no such plan was found in the time."),
        });
    }
    let held = told.held_by.iter().take(8).map(|hold| {
        if hold.kind == "no_group_worse" {
            return format!(
                "If those in it left and went nowhere else, {} ({}) would not hold for {}.",
                hold.rule,
                hold.limit,
                counted(hold.zones.len(), "group", "groups")
            );
        }
        format!(
            "If those in it left and went nowhere else, {} ({}) would not hold for {} more.",
            hold.rule,
            hold.limit,
            match hold.people {
                one if (0.5..1.5).contains(&one) => "1 person".to_owned(),
                people => format!("{} people", whole(people)),
            }
        )
    });
    why.extend(held);
    if told.held_by.len() > 8 {
        why.push(format!(
            "{} more, in explanations.json.",
            count(told.held_by.len() - 8, "rule")
        ));
    }
    why
}
