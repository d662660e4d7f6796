//! The layer of decisions: every building with what has been decided of it, to be filled in on the map
//! and read back with `plan --decisions plan.gpkg`.

use super::super::audience::Audience;
use super::super::cell::Cell;
use super::super::edition::Issue;
use super::super::layers::{Column, Feature, Layer, Shape};
use super::super::qml::{Choice, DECISIONS, FIELDS, STATUSES};
use crate::load::geopackage::{Database, Value};
use crate::place::{Decision, DecisionStatus, Verb};
use crate::plan::Action;

pub(super) const NAME: &str = "decisions";

/// For the partners every building; for an agency its own; for the public none, since who decided what
/// is theirs.
pub(super) fn layer(issue: &Issue<'_>) -> Option<Layer> {
    let owner = match &issue.edition.audience {
        Audience::Public => return None,
        Audience::Partners => None,
        Audience::Agency(id) => Some(id.as_str()),
    };
    let mut layer = Layer {
        name: NAME,
        columns: FIELDS
            .iter()
            .map(|name| Column {
                name: (*name).to_owned(),
                field: name,
                about: None,
            })
            .collect(),
        features: Vec::new(),
    };
    let mut told = vec![false; issue.place().decisions.len()];
    for (at, building) in issue.buildings() {
        let agency = issue.agency_id(building.agency);
        if owner.is_some_and(|owner| owner != agency) {
            continue;
        }
        let action = issue.planned(at).map_or(Action::Outside, |p| p.action);
        let shape = building.location.map_or(Shape::Nowhere, Shape::Point);
        let first = [
            Cell::key(building.id.as_str()),
            Cell::text(&building.name),
            Cell::key(agency),
            Cell::key(action.name()),
        ];
        let mut add = |decision: Option<&Decision>| {
            layer.features.push(Feature {
                shape: shape.clone(),
                cells: first.iter().cloned().chain(decided(decision)).collect(),
            });
        };
        let mut none = true;
        for (decision, told) in issue.place().decisions.iter().zip(&mut told) {
            if is_about(&decision.id, building.id.as_str()) && !typed(decision) {
                add(Some(decision));
                (none, *told) = (false, true);
            }
        }
        if none {
            add(None);
        }
    }
    // Decisions about teams and service points have no building of their own on this map.
    if owner.is_none() {
        for (decision, told) in issue.place().decisions.iter().zip(told) {
            if !told && !typed(decision) {
                let first = [Cell::key(&decision.id), Cell::Null, Cell::Null, Cell::Null];
                layer.features.push(Feature {
                    shape: Shape::Nowhere,
                    cells: first.into_iter().chain(decided(Some(decision))).collect(),
                });
            }
        }
    }
    Some(layer)
}

/// Decisions of the command line are for one run.
fn typed(decision: &Decision) -> bool {
    decision.source.file.starts_with("--")
}

fn is_about(id: &str, building: &str) -> bool {
    id.strip_prefix("building:").unwrap_or(id) == building
}

fn decided(decision: Option<&Decision>) -> Vec<Cell> {
    let Some(decision) = decision else {
        return vec![Cell::Null; 8];
    };
    let text = |text: &Option<String>| Cell::optional_text(text.as_deref());
    let day = |day: Option<jiff::civil::Date>| {
        Cell::optional_key(day.map(|day| day.to_string()).as_deref())
    };
    vec![
        Cell::key(verb(&decision.verb)),
        Cell::optional_key(decision.value.as_deref()),
        text(&decision.reason),
        text(&decision.decided_by),
        text(&decision.body),
        day(decision.date),
        day(decision.expires),
        Cell::optional_key(decision.status.map(status)),
    ]
}

fn verb(verb: &Verb) -> &'static str {
    match verb {
        Verb::Keep => "keep",
        Verb::Dispose => "dispose",
        Verb::Free => "free",
        Verb::PartGoes => "part_goes",
        Verb::Match => "match",
        Verb::NotMatch => "not_match",
        Verb::PlaceAt => "place_at",
    }
}

fn status(status: DecisionStatus) -> &'static str {
    match status {
        DecisionStatus::Officer => "officer",
        DecisionStatus::Member => "member",
        DecisionStatus::Approved => "approved",
    }
}

/// The choices of its drop-downs, as constraints that other programs know too.
pub(super) fn constrain(database: &Database) -> Result<(), String> {
    let lists: [(&str, &[Choice]); 2] = [("decision", &DECISIONS), ("status", &STATUSES)];
    for (column, choices) in lists {
        let name = format!("oneroof_{column}");
        let rows: Vec<Vec<Value>> = choices
            .iter()
            .map(|(value, words)| {
                [name.as_str(), "enum", value, words]
                    .map(|text| Value::Text(text.to_owned()))
                    .to_vec()
            })
            .collect();
        database.insert(
            "INSERT INTO gpkg_data_column_constraints
                (constraint_name, constraint_type, value, description) VALUES (?1, ?2, ?3, ?4)",
            &rows,
        )?;
        database.insert(
            "UPDATE gpkg_data_columns SET constraint_name = ?1
                WHERE table_name = 'decisions' AND column_name = ?2",
            &[vec![Value::Text(name), Value::Text(column.to_owned())]],
        )?;
    }
    Ok(())
}
