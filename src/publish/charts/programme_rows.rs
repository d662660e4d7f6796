//! What the chart of a programme has a row for: every new counter, by when it opens, and every building that is
//! let go, or a part of it, by when it is empty.

use super::super::draw::shown_name;
use super::super::edition::Issue;
use super::super::maps::building_name;
use super::super::words::day;
use super::money::pounds;
use crate::plan::{About, Act, Programme, Step};
use std::collections::{BTreeMap, BTreeSet};

/// One building that is let go, or a part of it, or all moves out of buildings that are kept.
pub(super) struct Row<'a> {
    pub(super) name: String,
    /// Years in which floor is fitted out for those who leave it.
    pub(super) works: BTreeSet<u32>,
    /// Years in which somebody leaves it.
    pub(super) moves: BTreeSet<u32>,
    /// The year by whose end it stands empty.
    pub(super) emptied: Option<u32>,
    /// The year by whose end a part of it is set apart, where the rest stays.
    pub(super) apart: Option<u32>,
    /// How it, or the part of it, is left.
    pub(super) left: Option<&'a Step>,
    /// The year by whose end a new counter is fitted out and open, and what it is called.
    pub(super) opens: Option<(u32, String)>,
}

/// The rows, by year of standing empty.
pub(super) fn rows<'a>(issue: &Issue<'a>, programme: &'a Programme) -> Vec<Row<'a>> {
    let mut rows: BTreeMap<&str, Row<'a>> = BTreeMap::new();
    let about = |what: About| {
        let steps = programme.steps.iter();
        steps.filter(move |step| step.act.about() == what)
    };
    for step in about(About::Building).filter(|step| step.act != Act::Open) {
        let row = rows.entry(&step.subject).or_insert_with(|| {
            let known = issue.building_named(&step.subject);
            let id = || shown_name(&step.subject, "no id");
            empty(known.map_or_else(id, |(_, building)| building_name(issue, building)))
        });
        match step.act {
            Act::Empty => row.emptied = Some(step.year),
            Act::Part => {
                row.apart = Some(step.year);
                row.left = Some(step);
            }
            // Steps stand in order of years: the sale of a part comes after it is set apart.
            _ => row.left = Some(step),
        }
    }
    let mut kept = empty("Moves out of buildings that are kept".to_owned());
    for step in about(About::Occupier) {
        let from = issue
            .occupier_named(&step.subject)
            .map(|(_, occupier)| issue.place().building(occupier.building).id.as_str());
        let row = from
            .and_then(|from| rows.get_mut(from))
            .unwrap_or(&mut kept);
        match step.act {
            Act::FitOut => row.works.insert(step.year),
            _ => row.moves.insert(step.year),
        };
    }
    let mut rows: Vec<Row<'a>> = rows.into_values().collect();
    rows.sort_by(|a, b| {
        let ends = |row: &Row<'_>| row.left.map(|step| step.year);
        let first = |row: &Row<'_>| row.emptied.or(row.apart);
        (first(a), ends(a), &a.name).cmp(&(first(b), ends(b), &b.name))
    });
    if !kept.moves.is_empty() {
        rows.push(kept);
    }
    let mut all = new_counters(issue, programme);
    all.extend(rows);
    all
}

fn new_counters<'a>(issue: &Issue<'_>, programme: &Programme) -> Vec<Row<'a>> {
    let opening = programme.steps.iter();
    let opening = opening.filter(|step| step.act.about() == About::NewCounter);
    opening
        .map(|step| {
            let known = issue.building_named(&step.building_id);
            let host = known.map_or_else(
                || step.building_id.clone(),
                |(_, building)| building_name(issue, building),
            );
            let name = issue.point_named(&step.subject);
            let name = name.map_or(step.subject.as_str(), |point| point.name.as_str());
            // The row is the building's: offers of one service are all called the same but for it.
            let inside = known.map(|(_, building)| format!(" in {}", building.name));
            let name = inside
                .and_then(|inside| name.strip_suffix(&inside))
                .unwrap_or(name);
            Row {
                works: BTreeSet::from([step.year]),
                opens: Some((step.year, shown_name(name, "new counter"))),
                ..empty(host)
            }
        })
        .collect()
}

fn empty<'a>(name: String) -> Row<'a> {
    Row {
        name,
        works: BTreeSet::new(),
        moves: BTreeSet::new(),
        emptied: None,
        apart: None,
        left: None,
        opens: None,
    }
}

/// How a building is left, in a few words.
pub(super) fn ends(step: &Step) -> String {
    let on = |what: &str, date: &str| match date.parse() {
        Ok(date) => format!("{what} {}", day(date)),
        Err(_) => format!("{what} {date}"),
    };
    match (step.act, &step.date) {
        (Act::ReleaseLease, Some(date)) => on("lease ends", date),
        (Act::ReleaseLease, None) => "licence ends".to_owned(),
        (Act::Surrender, Some(date)) => on("surrendered", date),
        (Act::Surrender, None) => "surrendered".to_owned(),
        (Act::Sell, _) => format!("sold, {} net", pounds(step.receipt_gbp)),
        (Act::Transfer, _) => "given away".to_owned(),
        (Act::Sublet, _) => "let to somebody else".to_owned(),
        (Act::Part, _) => "a part let or given up".to_owned(),
        (Act::PartSale, _) => format!("a part sold, {} net", pounds(step.receipt_gbp)),
        _ => "held empty".to_owned(),
    }
}

/// Whether a building is still the owner's after its last step.
pub(super) fn stays(step: &Step) -> bool {
    matches!(step.act, Act::Mothball | Act::Part | Act::PartSale)
}
