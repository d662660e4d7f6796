//! The curve between saving and access as a folder: a table, a chart, and a plan folder for each point.

use super::audience::Audience;
use super::cell::Cell;
use super::charts::{Curve, CurvePoint, frontier_chart};
use super::column_list::{Column, column_list};
use super::csv_file::CsvFile;
use super::draw::{Paper, png};
use super::edition::{Edition, pages};
use super::error::PublishError;
use super::exporter::{Format, Page};
use super::folder;
use super::report::Beside;
use crate::frontier::{Frontier, Point};
use crate::place::{Finding, MatchRow, Objective, Place, Rejected};
use crate::plan::Action;
use crate::travel::Travel;
use serde_json::{Value, json};
use std::path::Path;

/// Pixels of a PNG for each pixel of the SVG.
const PNG_SCALE: f32 = 1.5;

/// What is in the folder of a point.
const OF_A_POINT: [Format; 3] = [Format::Json, Format::Geojson, Format::Csv];

/// A curve and what its plans were made from.
#[derive(Clone, Debug)]
pub struct FrontierEdition<'a> {
    /// The place, with its own limits.
    pub place: &'a Place,
    /// Its distances.
    pub travel: &'a Travel,
    /// The curve; its plans have been verified.
    pub frontier: &'a Frontier,
    /// What was noticed while the place was read.
    pub findings: &'a [Finding],
    /// Rows set aside.
    pub rejected: &'a [Rejected],
    /// Records taken for one building.
    pub matches: &'a [MatchRow],
    /// Whether tables begin with the byte order mark that spreadsheets want.
    pub excel: bool,
}

/// Every column of `frontier.csv`.
const COLUMNS: [Column; 11] = [
    ("point", "folder", "The folder with the plan of this point"),
    (
        "limit",
        "share, km, minutes or number",
        "What the limit that is turned asks for, in its own unit; frontier.json names the limit",
    ),
    (
        "measured",
        "as limit",
        "What the plan leaves people, measured as the limit is",
    ),
    (
        "saving_gbp",
        "£ present value, or £ a year",
        "What the plan saves against the do-minimum",
    ),
    (
        "saving_at_most_gbp",
        "£ present value, or £ a year",
        "No plan that keeps the limit saves more; empty where nothing is proven",
    ),
    (
        "gap",
        "share",
        "How far apart the two are at most, as a share of the plan's cost",
    ),
    (
        "within_gap",
        "true or false",
        "Whether that is within the gap asked for",
    ),
    (
        "run_after_gbp",
        "£ a year",
        "Property running cost in scope under the plan",
    ),
    ("let_go", "number", "Buildings let go"),
    ("moves", "number", "Teams and counters that move"),
    (
        "knee",
        "true or false",
        "Whether it is the knee: the point furthest above the straight line from the tightest point to the loosest",
    ),
];

/// Writes `frontier.csv`, `columns.csv`, `frontier.json`, `frontier.svg`, `frontier.png` and a plan folder `point-NN` for
/// each point into a folder, as safely as [`publish`](super::publish()).
///
/// # Errors
/// [`PublishError::Target`] where the folder is not ours, or holds a plan (exit code 2); else what
/// went wrong.
pub fn publish_frontier(out: &Path, edition: &FrontierEdition<'_>) -> Result<(), PublishError> {
    let target = folder::Target::check(out, folder::Kind::Frontier)?;
    let fault = |fault| PublishError::page("frontier.svg", fault);
    let drawn = frontier_chart(edition.place, &edition.curve(), Paper::Flowing).map_err(fault)?;
    let picture = png(&drawn, PNG_SCALE).map_err(fault)?;
    let mut made = vec![
        edition.table()?,
        column_list("frontier.csv", &COLUMNS, edition.excel)?,
        edition.json()?,
        Page::new("frontier.png", picture),
        Page::new("frontier.svg", drawn.into_bytes()),
    ];
    for (at, point) in edition.frontier.points.iter().enumerate() {
        let folder = FrontierEdition::folder(at);
        let plan = pages(&edition.of(point), &OF_A_POINT, &Beside::default())?;
        made.extend(plan.into_iter().map(|page| Page {
            path: format!("{folder}/{}", page.path),
            ..page
        }));
    }
    target.write(&made)
}

/// Whether [`publish_frontier`] may write there: asked before the work rather than after it.
///
/// # Errors
/// As [`publish_frontier`] where the target is not ours.
pub fn may_publish_frontier(out: &Path) -> Result<(), PublishError> {
    folder::Target::check(out, folder::Kind::Frontier).map(|_| ())
}

impl<'a> FrontierEdition<'a> {
    /// The folder of a point.
    pub fn folder(at: usize) -> String {
        format!("point-{:02}", at + 1)
    }

    fn of(&self, point: &'a Point) -> Edition<'a> {
        Edition {
            place: &point.place,
            travel: self.travel,
            plan: &point.plan,
            findings: self.findings,
            rejected: self.rejected,
            matches: self.matches,
            audience: Audience::Partners,
            excel: self.excel,
        }
    }

    fn is_a_year(&self) -> bool {
        let first = self.frontier.points.first();
        first.is_some_and(|point| point.plan.objective == Objective::RunningCost)
    }

    /// What the chart shows.
    fn curve(&self) -> Curve {
        let dial = self.frontier.dial;
        let points = self.frontier.points.iter().map(|point| CurvePoint {
            limit: point.threshold,
            shown: dial.shown(self.place, point.threshold),
            saving_gbp: point.saving(),
            most_gbp: point.saving_at_most_gbp,
            within_gap: self.frontier.is_within_gap(point),
        });
        Curve {
            turned: dial.words(self.place),
            a_year: self.is_a_year(),
            points: points.collect(),
            knee: self.frontier.knee,
        }
    }

    fn table(&self) -> Result<Page, PublishError> {
        let header = COLUMNS.map(|(name, ..)| name);
        let mut file = CsvFile::new("frontier.csv", &header, self.excel)?;
        let share = |value: Option<f64>| value.map_or(Cell::Null, |value| Cell::Number(value, 6));
        for (at, point) in self.frontier.points.iter().enumerate() {
            let moved = point.plan.occupiers.iter();
            file.row(&[
                Cell::key(Self::folder(at)),
                Cell::Number(point.threshold, 4),
                share(point.measured),
                Cell::gbp(point.saving()),
                point.saving_at_most_gbp.map_or(Cell::Null, Cell::gbp),
                share(point.gap()),
                Cell::Flag(self.frontier.is_within_gap(point)),
                Cell::gbp(point.plan.running_cost_after_gbp),
                Cell::count(let_go(point)),
                Cell::count(moved.filter(|one| one.from_id != one.to_id).count()),
                Cell::Flag(self.frontier.knee == Some(at)),
            ])?;
        }
        Ok(Page::new("frontier.csv", file.finish()?))
    }

    fn json(&self) -> Result<Page, PublishError> {
        let mut bytes = serde_json::to_vec_pretty(&self.summary())
            .map_err(|fault| PublishError::page("frontier.json", fault))?;
        bytes.push(b'\n');
        Ok(Page::new("frontier.json", bytes))
    }

    /// The curve for machines.
    pub fn summary(&self) -> Value {
        let points = self.frontier.points.iter().enumerate().map(|(at, point)| {
            json!({
                "folder": Self::folder(at),
                "limit": point.threshold,
                "shown": self.frontier.dial.shown(self.place, point.threshold),
                "measured": point.measured,
                "saving_gbp": point.saving(),
                "saving_at_most_gbp": point.saving_at_most_gbp,
                "gap": point.gap(),
                "within_gap": self.frontier.is_within_gap(point),
                "status": point.plan.status,
            })
        });
        let missing = self.frontier.missing.iter();
        let missing = missing.map(|(limit, why)| json!({"limit": limit, "because": why}));
        let without = self
            .frontier
            .without
            .map(|without| json!({"measured": without.measured, "saving_gbp": without.saving_gbp}));
        json!({
            "place": self.place.name,
            "turned": self.frontier.dial.words(self.place),
            "a_year": self.is_a_year(),
            "points": points.collect::<Vec<_>>(),
            "missing": missing.collect::<Vec<_>>(),
            "without": without,
            "gap_asked": self.frontier.gap_asked,
            "knee": self.frontier.knee.map(Self::folder),
            "knee_is_sure": self.frontier.knee.map(|_| self.frontier.knee_is_sure()),
            "knee_found_by": "the point furthest above the straight line from the tightest point to the loosest, both axes stretched to one length",
        })
    }
}

/// How many buildings a point lets go.
fn let_go(point: &Point) -> usize {
    let gone = |action: Action| action != Action::Outside && !action.is_open();
    let buildings = point.plan.buildings.iter();
    buildings.filter(|one| gone(one.action)).count()
}
