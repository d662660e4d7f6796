//! `sensitivity.csv`: what the plan is worth where one thing turns out otherwise, the twin of the chart.
//! `chance.csv`: where everything does. The plan is held fixed in both; so is its programme, whose rows follow
//! where there is one.

use super::super::cell::{Cell, Record};
use super::super::edition::Issue;
use super::super::error::PublishError;
use super::Tables;
use crate::plan::Sensitivity;

pub(super) const SWINGS: [&str; 8] = [
    "tried",
    "assumption=leans_on",
    "low",
    "high",
    "npv_low_gbp",
    "npv_high_gbp",
    "switching",
    "of=worth_of",
];

/// What is said of the end state, and of the programme where there is one; only to those who may see every
/// agency's money.
fn tried<'a>(issue: &'a Issue<'_>) -> impl Iterator<Item = (&'static str, &'a Sensitivity)> {
    let plan = issue.plan();
    let programme = plan.programme.iter();
    let programme = programme.map(|one| ("programme", &one.sensitivity));
    let all = [("end_state", &plan.sensitivity)]
        .into_iter()
        .chain(programme);
    let seen = issue.edition.audience.sees_all();
    all.filter(move |_| seen)
}

/// `sensitivity.csv`.
pub(super) fn swings(issue: &Issue<'_>, to: &mut dyn Tables) -> Result<(), PublishError> {
    let record = |tried: &str, what: &str, low: f64, high: f64, npv: (f64, f64)| {
        Record::new()
            .with("tried", Cell::key(tried))
            .with("leans_on", Cell::key(what))
            .with("low", Cell::Number(low, 3))
            .with("high", Cell::Number(high, 3))
            .with("npv_low_gbp", Cell::gbp(npv.0))
            .with("npv_high_gbp", Cell::gbp(npv.1))
    };
    let rows = tried(issue).flat_map(|(of, tried)| {
        let ranges = tried.swings.iter().map(|swing| {
            let npv = (swing.npv_low_gbp, swing.npv_high_gbp);
            let switching = swing
                .switching
                .map_or(Cell::Null, |value| Cell::Number(value, 3));
            record("range", &swing.assumption, swing.low, swing.high, npv)
                .with("switching", switching)
        });
        let late = (1_u32..).zip(&tried.late_receipts_gbp).map(|(years, npv)| {
            let years = f64::from(years);
            record("late_receipts", "receipt_delay", years, years, (*npv, *npv))
                .with("switching", Cell::Null)
        });
        let rows = ranges.chain(late);
        rows.map(move |record| (record.with("worth_of", Cell::key(of)), None))
    });
    let audience = &issue.edition.audience;
    super::table("sensitivity.csv", &SWINGS, rows, audience, to)
}

pub(super) const CHANCE: [&str; 8] = [
    "draws",
    "seed",
    "better_share",
    "npv_mean_gbp",
    "npv_p10_gbp",
    "npv_p50_gbp",
    "npv_p90_gbp",
    "of=worth_of",
];

/// `chance.csv`.
pub(super) fn chance(issue: &Issue<'_>, to: &mut dyn Tables) -> Result<(), PublishError> {
    let rows = tried(issue).map(|(of, tried)| {
        let trial = &tried.trial;
        let share = f64::from(trial.better) / f64::from(trial.draws.max(1));
        let record = Record::new()
            .with("draws", Cell::Whole(i64::from(trial.draws)))
            .with("seed", Cell::key(trial.seed.to_string()))
            .with("better_share", Cell::Number(share, 4))
            .with("npv_mean_gbp", Cell::gbp(trial.mean_gbp))
            .with("npv_p10_gbp", Cell::gbp(trial.npv_p10_gbp))
            .with("npv_p50_gbp", Cell::gbp(trial.npv_p50_gbp))
            .with("npv_p90_gbp", Cell::gbp(trial.npv_p90_gbp))
            .with("worth_of", Cell::key(of));
        (record, None)
    });
    super::table("chance.csv", &CHANCE, rows, &issue.edition.audience, to)
}
