//! What is put beside a plan in its folder: plans that are nearly as good, and what became of the last one.

use super::audience::Audience;
use super::cell::Cell;
use super::csv_file::CsvFile;
use super::edition::{Edition, Issue, pages};
use super::error::PublishError;
use super::exporter::{Format, Page};
use super::tables::shown_and_field;
use super::{folder, report};
use crate::place::words::pounds;
use crate::plan::{Action, Drift, Plan};
use serde_json::{Value, json};
use std::path::Path;

/// What stands beside a plan.
#[derive(Clone, Copy, Debug, Default)]
pub struct Beside<'a> {
    /// Plans that are nearly as good; they have been verified.
    pub alternatives: &'a [Plan],
    /// The plan it was planned from, and what became of that on the data of now.
    pub last: Option<(&'a Plan, &'a Drift)>,
}

/// What is in the folder of an alternative.
const OF_AN_ALTERNATIVE: [Format; 3] = [Format::Json, Format::Geojson, Format::Csv];

/// Columns of `alternatives.csv`, with the field that explains each.
pub(super) const ALTERNATIVES: [&str; 12] = [
    "plan=which_plan",
    "cost_gbp=plan_cost_gbp",
    "saving_gbp=plan_saving_gbp",
    "costs_more",
    "run_after_gbp=plan_run_after_gbp",
    "one_off_gbp=plan_one_off_gbp",
    "receipts_gbp=plan_receipts_gbp",
    "kept=plan_kept",
    "let_go=plan_let_go",
    "moves=plan_moves",
    "buildings_apart",
    "teams_apart",
];

/// Columns of `alternatives_buildings.csv`; there is one for each alternative.
pub(super) const ALTERNATIVES_BUILDINGS: [&str; 5] = [
    "asset_id",
    "name",
    "agency",
    "plan=plan_action",
    "alternative-1=alternative_action",
];

/// Columns of `drift.csv`.
pub(super) const DRIFT: [&str; 5] = [
    "kind=drift_kind",
    "id=drift_id",
    "then=drift_then",
    "now=drift_now",
    "words=drift_words",
];

/// Writes a plan folder as [`publish`](super::publish()) does, with what stands beside the plan: a plan folder
/// `alternative-N` for each that is nearly as good, `alternatives.csv`, `alternatives.json` and
/// `alternatives_buildings.csv`; `drift.csv` and `drift.json`. All but the plan folders are for the
/// partners alone.
///
/// # Errors
/// As [`publish`](super::publish()).
pub fn publish_beside(
    out: &Path,
    edition: &Edition<'_>,
    only: &[Format],
    beside: Beside<'_>,
) -> Result<(), PublishError> {
    edition.audience.check(edition.place)?;
    let target = folder::Target::check(out, folder::Kind::Plan)?.for_audience(&edition.audience);
    let mut made = pages(edition, only, &report::Beside::default())?;
    for (at, plan) in beside.alternatives.iter().enumerate() {
        let own = Edition {
            plan,
            ..edition.clone()
        };
        let folder = alternative(at);
        made.extend(
            pages(&own, &OF_AN_ALTERNATIVE, &report::Beside::default())?
                .into_iter()
                .map(|page| Page {
                    path: format!("{folder}/{}", page.path),
                    ..page
                }),
        );
    }
    if edition.audience == Audience::Partners {
        let tables = Tables { edition, beside };
        made.extend(tables.all()?);
    }
    target.write(&made)
}

/// The folder of an alternative.
pub fn alternative(at: usize) -> String {
    format!("alternative-{}", at + 1)
}

/// How two plans differ: buildings that one keeps and the other does not, and teams and counters that are
/// elsewhere.
pub fn apart(one: &Plan, other: &Plan) -> (usize, usize) {
    let buildings = one.buildings.iter().zip(&other.buildings);
    let differs = buildings.filter(|(a, b)| a.action.is_open() != b.action.is_open());
    let teams = one.occupiers.iter().zip(&other.occupiers);
    (
        differs.count(),
        teams.filter(|(a, b)| a.to_id != b.to_id).count(),
    )
}

/// The plan and its alternatives for machines, the plan first.
pub fn alternatives_summary(plan: &Plan, alternatives: &[Plan]) -> Value {
    let all = std::iter::once(plan).chain(alternatives);
    let rows = all.enumerate().map(|(at, one)| {
        let (buildings, teams) = apart(plan, one);
        let gone = |one: &&crate::plan::PlannedBuilding| {
            one.action != Action::Outside && !one.action.is_open()
        };
        json!({
            "plan": if at == 0 { "plan".to_owned() } else { alternative(at - 1) },
            "cost_gbp": one.value,
            "saving_gbp": one.saving_gbp,
            "costs_more": (one.value - plan.value) / plan.value.abs().max(f64::MIN_POSITIVE),
            "run_after_gbp": one.running_cost_after_gbp,
            "one_off_gbp": one.one_off().beyond_today,
            "receipts_gbp": one.ledger.iter().map(|agency| agency.receipts_gbp).sum::<f64>(),
            "kept": one.buildings.iter().filter(|b| b.action.is_open()).count(),
            "let_go": one.buildings.iter().filter(gone).count(),
            "moves": one.occupiers.iter().filter(|o| o.from_id != o.to_id).count(),
            "buildings_apart": buildings,
            "teams_apart": teams,
        })
    });
    Value::Array(rows.collect())
}

struct Tables<'a> {
    edition: &'a Edition<'a>,
    beside: Beside<'a>,
}

impl Tables<'_> {
    fn all(&self) -> Result<Vec<Page>, PublishError> {
        let mut pages = Vec::new();
        if !self.beside.alternatives.is_empty() {
            let summary = alternatives_summary(self.edition.plan, self.beside.alternatives);
            pages.push(self.table(&summary)?);
            pages.push(json_page("alternatives.json", &summary)?);
            pages.push(self.buildings()?);
        }
        if let Some((last, drift)) = self.beside.last {
            pages.push(self.drift(last, drift)?);
            pages.push(json_page("drift.json", drift)?);
        }
        Ok(pages)
    }

    /// A row for each plan.
    fn table(&self, summary: &Value) -> Result<Page, PublishError> {
        let header = ALTERNATIVES.map(|name| shown_and_field(name).0);
        let mut file = CsvFile::new("alternatives.csv", &header, self.edition.excel)?;
        for row in summary.as_array().into_iter().flatten() {
            let cells = header.map(|name| match &row[name] {
                Value::String(text) => Cell::key(text),
                Value::Number(number) if number.is_f64() => {
                    let decimals = if name == "costs_more" { 6 } else { 2 };
                    Cell::Number(number.as_f64().unwrap_or_default(), decimals)
                }
                other => Cell::Whole(other.as_i64().unwrap_or_default()),
            });
            file.row(&cells)?;
        }
        Ok(Page::new("alternatives.csv", file.finish()?))
    }

    /// What each plan makes of each building of which they do not all make the same.
    fn buildings(&self) -> Result<Page, PublishError> {
        let plans: Vec<&Plan> = std::iter::once(self.edition.plan)
            .chain(self.beside.alternatives)
            .collect();
        let names: Vec<String> = (0..self.beside.alternatives.len())
            .map(alternative)
            .collect();
        let mut header: Vec<&str> = ALTERNATIVES_BUILDINGS
            .iter()
            .take(4)
            .map(|name| shown_and_field(name).0)
            .collect();
        header.extend(names.iter().map(String::as_str));
        let issue = Issue::new(self.edition);
        let mut file = CsvFile::new("alternatives_buildings.csv", &header, self.edition.excel)?;
        for (at, building) in issue.buildings() {
            let actions: Vec<Option<Action>> = plans
                .iter()
                .map(|plan| plan.buildings.get(at.index()).map(|one| one.action))
                .collect();
            if actions.windows(2).all(|pair| pair[0] == pair[1]) {
                continue;
            }
            let mut row = vec![
                Cell::key(building.id.as_str()),
                Cell::text(&building.name),
                Cell::key(issue.agency_id(building.agency)),
            ];
            row.extend(
                actions
                    .iter()
                    .map(|action| Cell::optional_key(action.map(Action::name))),
            );
            file.row(&row)?;
        }
        Ok(Page::new("alternatives_buildings.csv", file.finish()?))
    }

    /// What became of the last plan, and what the new one makes of it: a row for each thing.
    fn drift(&self, last: &Plan, drift: &Drift) -> Result<Page, PublishError> {
        let header = DRIFT.map(|name| shown_and_field(name).0);
        let mut file = CsvFile::new("drift.csv", &header, self.edition.excel)?;
        let mut row = |kind: &str, id: &str, then: &str, now: &str, words: &str| {
            file.row(&[
                Cell::key(kind),
                Cell::key(id),
                Cell::key(then),
                Cell::key(now),
                Cell::text(words),
            ])
        };
        for one in &drift.files {
            row("file", &one.file, "", one.now, "")?;
        }
        for one in &drift.settings {
            let words = match one.kind {
                "asked" => "what the limit asks",
                _ => "what is assumed",
            };
            row("setting", &one.name, &one.then, &one.now, words)?;
        }
        for id in &drift.gone {
            row("record", id, "in the plan", "gone", "")?;
        }
        for id in &drift.new {
            row("record", id, "", "new", "")?;
        }
        for rule in &drift.rules {
            let words = format!("{}: the last plan fails it on the data of now", rule.limit);
            row("rule", &rule.rule, "kept", "fails", &words)?;
        }
        for limit in &drift.limits {
            let id = limit.agency.as_ref().map_or(limit.limit.clone(), |agency| {
                format!("{}:{agency}", limit.limit)
            });
            let (most, after) = (limit.limit_gbp, limit.after_gbp);
            let words = format!(
                "the limit is {}, the last plan comes to {}",
                pounds(most),
                pounds(after)
            );
            row("limit", &id, "kept", "broken", &words)?;
        }
        for words in &drift.in_the_way {
            row("in_the_way", "", "", "", words)?;
        }
        for one in changes(last, self.edition.plan) {
            row(
                one.kind,
                &one.id,
                &one.then,
                &one.now,
                "the new plan changes it",
            )?;
        }
        Ok(Page::new("drift.csv", file.finish()?))
    }
}

/// A building or team of which the new plan makes something else than the last one.
pub struct Changed {
    /// `building` or `team`.
    pub kind: &'static str,
    /// Its id.
    pub id: String,
    /// What the last plan made of it: an action, or a building.
    pub then: String,
    /// What the new one makes of it.
    pub now: String,
}

/// What the new plan changes about the last one, of records that both know.
pub fn changes(last: &Plan, new: &Plan) -> Vec<Changed> {
    let actions = |plan: &Plan| -> std::collections::BTreeMap<String, String> {
        let all = plan.buildings.iter();
        all.map(|one| (one.asset_id.clone(), one.action.name().to_owned()))
            .collect()
    };
    let seats = |plan: &Plan| -> std::collections::BTreeMap<String, String> {
        let all = plan.occupiers.iter();
        all.map(|one| (one.occupier.clone(), one.to_id.clone()))
            .collect()
    };
    let mut changed = Vec::new();
    for (kind, then, now) in [
        ("building", actions(last), actions(new)),
        ("team", seats(last), seats(new)),
    ] {
        for (id, then) in then {
            if let Some(now) = now.get(&id).filter(|now| **now != then) {
                changed.push(Changed {
                    kind,
                    now: now.clone(),
                    id,
                    then,
                });
            }
        }
    }
    changed
}

fn json_page(name: &str, value: &impl serde::Serialize) -> Result<Page, PublishError> {
    let mut bytes =
        serde_json::to_vec_pretty(value).map_err(|fault| PublishError::page(name, fault))?;
    bytes.push(b'\n');
    Ok(Page::new(name, bytes))
}
