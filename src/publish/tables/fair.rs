//! A fair deal between agencies: `saving.csv`, how the saving comes about; `transfers.csv`, who would pay
//! whom so that nobody loses; `successors.csv`, whose money it is once an agency is succeeded; `together.csv`, services that do better under one roof.

use super::super::cell::{Cell, Record};
use super::super::edition::Issue;
use super::super::error::PublishError;
use super::Tables;
use crate::place::AgencyIx;
use crate::plan::{SplitStep, TogetherLinks};

pub(super) const SAVING: [&str; 8] = [
    "step=split_step",
    "agency=whose",
    "saving_gbp=split_saving_gbp",
    "adds_gbp=split_adds_gbp",
    "saving_at_most_gbp=split_most_gbp",
    "moves=split_moves",
    "let_go=split_let_go",
    "note=split_note",
];

/// `saving.csv`: each step for the whole place and then for each agency; only where steps were asked for.
pub(super) fn saving(issue: &Issue<'_>, to: &mut dyn Tables) -> Result<(), PublishError> {
    let edition = issue.edition;
    let Some(split) = &issue.plan().saving_split else {
        return Ok(());
    };
    let steps: &[SplitStep] = match edition.audience.sees_all() {
        true => &split.steps,
        false => &[],
    };
    let mut rows = Vec::new();
    for (at, step) in steps.iter().enumerate() {
        let own = !step.moves.is_empty() || !step.let_go.is_empty();
        let counted = |count: usize| if own { Cell::count(count) } else { Cell::Null };
        let whole = Record::new()
            .with("split_step", Cell::key(step.step.name()))
            .with("whose", Cell::key("the whole place"))
            .with("split_saving_gbp", Cell::gbp(step.saving_gbp))
            .with("split_adds_gbp", Cell::gbp(step.adds_gbp))
            .with(
                "split_most_gbp",
                step.saving_at_most_gbp.map_or(Cell::Null, Cell::gbp),
            )
            .with("split_moves", counted(step.moves.len()))
            .with("split_let_go", counted(step.let_go.len()))
            .with("split_note", Cell::optional_text(step.none.as_deref()));
        rows.push((whole, None));
        for one in &step.agencies {
            let before = gain_before(&steps[..at], &one.agency);
            let record = Record::new()
                .with("split_step", Cell::key(step.step.name()))
                .with("whose", Cell::key(&one.agency))
                .with("split_saving_gbp", Cell::gbp(one.npv_gbp))
                .with(
                    "split_adds_gbp",
                    before.map_or(Cell::Null, |before| Cell::gbp(one.npv_gbp - before)),
                );
            rows.push((record, Some(one.agency.as_str())));
        }
    }
    super::table("saving.csv", &SAVING, rows, &edition.audience, to)
}

/// What an agency gained in the step before; `None` where that is not known.
fn gain_before(steps: &[SplitStep], agency: &str) -> Option<f64> {
    let Some(before) = steps.last() else {
        return Some(0.0);
    };
    match &before.none {
        Some(_) => Some(0.0),
        None => before
            .agencies
            .iter()
            .find(|one| one.agency == agency)
            .map(|one| one.npv_gbp),
    }
}

pub(super) const TRANSFERS: [&str; 4] = [
    "kind=transfer_kind",
    "from=transfer_from",
    "to=transfer_to",
    "gbp=transfer_gbp",
];

/// `transfers.csv`: what is agreed, and what would be needed beyond it so that nobody loses.
pub(super) fn transfers(issue: &Issue<'_>, to: &mut dyn Tables) -> Result<(), PublishError> {
    let edition = issue.edition;
    let id = |at: crate::place::AgencyIx| issue.agency_id(at).to_owned();
    let agreed = issue.place().finance.limits.transfers.iter();
    let agreed = agreed.map(|one| ("agreed", id(one.from), id(one.to), one.amount));
    let least = issue.plan().least_transfers.transfers.iter();
    let least = least.map(|one| ("needed", one.from.clone(), one.to.clone(), one.gbp));
    let rows = agreed
        .chain(least)
        .filter(|_| edition.audience.sees_all())
        .map(|(kind, from, to, gbp)| {
            let record = Record::new()
                .with("transfer_kind", Cell::key(kind))
                .with("transfer_from", Cell::key(from))
                .with("transfer_to", Cell::key(to))
                .with("transfer_gbp", Cell::gbp(gbp));
            (record, None)
        });
    super::table("transfers.csv", &TRANSFERS, rows, &edition.audience, to)
}

pub(super) const BODIES: [&str; 6] = [
    "agency",
    "successor",
    "successor_from",
    "own_npv_gbp",
    "inherited_npv_gbp",
    "npv_gbp",
];

/// `successors.csv`: what the plan is worth to each body where agencies are succeeded by others.
pub(super) fn successors(issue: &Issue<'_>, to: &mut dyn Tables) -> Result<(), PublishError> {
    let (place, edition) = (issue.place(), issue.edition);
    let plan = issue.plan();
    let programme = plan.programme.as_ref();
    let bodies = programme.map_or(&plan.successors, |one| &one.successors);
    if bodies.is_empty() {
        return Ok(());
    }
    let rows = bodies
        .iter()
        .filter(|_| edition.audience.sees_all())
        .filter_map(|body| {
            let mut agencies = place.agencies.iter();
            let at = agencies.position(|one| *one.id.as_str() == *body.agency)?;
            let at = AgencyIx::new(at);
            let successor = place.agency(at).successor;
            let from = successor.map(|(_, from)| from.to_string());
            let record = Record::new()
                .with("agency", Cell::key(issue.agency_id(at)))
                .with(
                    "successor",
                    Cell::optional_key(successor.map(|(at, _)| issue.agency_id(at))),
                )
                .with("successor_from", Cell::optional_key(from.as_deref()))
                .with("own_npv_gbp", Cell::gbp(body.own_gbp))
                .with("inherited_npv_gbp", Cell::gbp(body.inherited_gbp))
                .with("npv_gbp", Cell::gbp(body.own_gbp + body.inherited_gbp));
            Some((record, None))
        });
    super::table("successors.csv", &BODIES, rows, &edition.audience, to)
}

pub(super) const TOGETHER: [&str; 12] = [
    "first=together_first",
    "second=together_second",
    "occupier",
    "name",
    "agency",
    "from_id",
    "to_id",
    "link=together_link",
    "gbp_a_year=together_gbp",
    "points=together_points",
    "links_today=together_today",
    "links_after=together_after",
];

/// `together.csv`: every link gained or broken, where the place names pairs; a row without an occupier sums each pair up.
pub(super) fn together(issue: &Issue<'_>, to: &mut dyn Tables) -> Result<(), PublishError> {
    let edition = issue.edition;
    if issue.place().together.is_empty() {
        return Ok(());
    }
    let mut rows = Vec::new();
    let pairs = issue
        .plan()
        .together
        .iter()
        .filter(|_| edition.audience.sees_all());
    for pair in pairs {
        let sum = of_pair(pair)
            .with("together_link", Cell::key("all"))
            .with(
                "together_gbp",
                pair.change_gbp_a_year.map_or(Cell::Null, Cell::gbp),
            )
            .with(
                "together_points",
                pair.change_points
                    .map_or(Cell::Null, |points| Cell::Number(points, 2)),
            )
            .with("together_today", Cell::count(pair.links_today))
            .with("together_after", Cell::count(pair.links_after));
        rows.push((sum, None));
        let changes = [
            ("gained", 1.0, &pair.gained),
            ("broken", -1.0, &pair.broken),
        ];
        for (link, sign, occupiers) in changes {
            for id in occupiers {
                rows.extend(one_link(issue, pair, (link, sign), id).map(|row| (row, None)));
            }
        }
    }
    super::table("together.csv", &TOGETHER, rows, &edition.audience, to)
}

fn of_pair(pair: &TogetherLinks) -> Record {
    Record::new()
        .with("together_first", Cell::key(&pair.first))
        .with("together_second", Cell::key(&pair.second))
}

fn one_link(
    issue: &Issue<'_>,
    pair: &TogetherLinks,
    (link, sign): (&str, f64),
    id: &str,
) -> Option<Record> {
    let (_, occupier) = issue.occupier_named(id)?;
    let planned = issue
        .plan()
        .occupiers
        .iter()
        .find(|one| one.occupier == id)?;
    let worth = |each: Option<f64>| each.map_or(Cell::Null, |each| Cell::Number(sign * each, 2));
    Some(
        of_pair(pair)
            .with("occupier", Cell::key(id))
            .with("name", Cell::text(&occupier.name))
            .with("agency", Cell::key(issue.agency_id(occupier.agency)))
            .with("from_id", Cell::key(&planned.from_id))
            .with("to_id", Cell::key(&planned.to_id))
            .with("together_link", Cell::key(link))
            .with("together_gbp", worth(pair.gbp_a_year))
            .with("together_points", worth(pair.points)),
    )
}
