//! What other verbs have put into the plan folder: why each building is as it is, the curve between
//! saving and access, and what the partnership is worth.

use super::super::audience::Audience;
use super::super::charts::{Curve, CurvePoint};
use super::super::partnership::ShownPartnership;
use super::policy::base64;
use crate::place::words::pounds;
use crate::plan::{Plan, Price};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::Path;

/// What stands beside a plan; nothing where the folder is new.
#[derive(Debug, Default)]
pub(in super::super) struct Beside {
    /// By building: the answer of `explain --all`.
    pub(super) explained: BTreeMap<String, Explained>,
    pub(super) frontier: Option<Frontier>,
    pub(super) partnership: Option<Shares>,
    /// What the chart of the curve shows.
    pub(in super::super) curve: Option<Curve>,
    /// What the chart of the partnership shows.
    pub(in super::super) shares: Option<ShownPartnership>,
}

/// Why a building is as it is, as `explanations.json` has it.
#[derive(Debug, Deserialize)]
pub(super) struct Explained {
    asset_id: String,
    /// How sure it is, by what was asked.
    #[serde(default)]
    pub(super) proof: String,
    pub(super) held_by: Vec<Hold>,
    pub(super) opposite: Option<Opposite>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Hold {
    pub(super) rule: String,
    #[serde(default)]
    pub(super) kind: String,
    pub(super) limit: String,
    pub(super) people: f64,
    #[serde(default)]
    pub(super) zones: Vec<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Opposite {
    pub(super) asked: String,
    pub(super) outcome: String,
    pub(super) price: Option<Price>,
    pub(super) because: Vec<String>,
}

/// The curve: its picture, and its points.
#[derive(Debug, Serialize)]
pub(super) struct Frontier {
    picture: String,
    turned: String,
    points: Vec<Point>,
}

#[derive(Debug, Serialize)]
struct Point {
    /// With its unit.
    limit: String,
    saving: String,
    most: String,
    /// `Yes`, `Not sure`, or nothing.
    knee: &'static str,
}

/// The partnership: its picture, and what each member comes to.
#[derive(Debug, Serialize)]
pub(super) struct Shares {
    picture: String,
    together: String,
    alone: String,
    adds: String,
    members: Vec<Member>,
}

#[derive(Debug, Serialize)]
struct Member {
    name: String,
    alone: String,
    ledger: String,
    share: String,
    transfer: String,
}

/// Files larger than this are not ours.
const MOST_BYTES: u64 = 64 << 20;

impl Beside {
    /// Reads what is there for an audience: only the partners see it. What cannot be read is as if it
    /// were not there. `with_explanations` is false where the plan they explain is about to be replaced.
    pub(in super::super) fn read(
        folder: &Path,
        audience: &Audience,
        with_explanations: bool,
        plan: &Plan,
    ) -> Self {
        if !audience.sees_all() {
            return Self::default();
        }
        let explained: Vec<Explained> = match with_explanations {
            true => json(&folder.join("explanations.json")).unwrap_or_default(),
            false => Vec::new(),
        };
        let (frontier, curve) = frontier(&folder.join("frontier"), plan).unzip();
        let (partnership, shares) = partnership(&folder.join("partnership"), plan).unzip();
        let shares = shares.flatten();
        Self {
            explained: explained
                .into_iter()
                .map(|one| (one.asset_id.clone(), one))
                .collect(),
            frontier,
            partnership,
            curve,
            shares,
        }
    }
}

fn bytes(file: &Path) -> Option<Vec<u8>> {
    let size = std::fs::metadata(file)
        .ok()
        .filter(|found| found.is_file())?;
    (size.len() <= MOST_BYTES).then(|| std::fs::read(file).ok())?
}

fn json<T: serde::de::DeserializeOwned>(file: &Path) -> Option<T> {
    serde_json::from_slice(&bytes(file)?).ok()
}

/// A picture as an address that holds it: what is in it cannot run, whoever wrote it.
fn picture(file: &Path) -> Option<String> {
    let bytes = bytes(file).filter(|bytes| bytes.starts_with(b"\x89PNG"))?;
    Some(format!("data:image/png;base64,{}", base64(&bytes)))
}

/// Whether a run read the files that the plan was made from: a curve of other data is no curve of this plan.
#[derive(Deserialize)]
struct ToldRun {
    inputs: BTreeMap<String, String>,
}

impl ToldRun {
    fn is_of(&self, plan: &Plan) -> bool {
        self.inputs == plan.run.inputs
    }
}

fn frontier(folder: &Path, plan: &Plan) -> Option<(Frontier, Curve)> {
    #[derive(Deserialize)]
    struct OfAPoint {
        run: ToldRun,
    }
    #[derive(Deserialize)]
    struct Told {
        turned: String,
        #[serde(default)]
        a_year: bool,
        points: Vec<ToldPoint>,
        knee: Option<String>,
        /// Not in folders of earlier versions.
        knee_is_sure: Option<bool>,
    }
    #[derive(Deserialize)]
    struct ToldPoint {
        folder: String,
        limit: f64,
        /// Not in folders of earlier versions.
        shown: Option<String>,
        saving_gbp: f64,
        saving_at_most_gbp: Option<f64>,
        /// Not in folders of earlier versions.
        within_gap: Option<bool>,
    }
    impl ToldPoint {
        fn words(&self) -> String {
            let number = || self.limit.to_string();
            self.shown.clone().unwrap_or_else(number)
        }
    }
    impl From<ToldPoint> for CurvePoint {
        fn from(point: ToldPoint) -> Self {
            Self {
                limit: point.limit,
                shown: point.words(),
                saving_gbp: point.saving_gbp,
                most_gbp: point.saving_at_most_gbp,
                within_gap: point.within_gap.unwrap_or(false),
            }
        }
    }
    let told: Told = json(&folder.join("frontier.json"))?;
    let of_plan = |point: &ToldPoint| {
        let name = Path::new(&point.folder);
        let plain = name.components().count() == 1 && name.file_name().is_some();
        let run: Option<OfAPoint> = json(&folder.join(plain.then_some(name)?).join("plan.json"));
        run.map(|point| point.run.is_of(plan))
    };
    if !told.points.iter().all(|point| of_plan(point) == Some(true)) {
        return None;
    }
    let points = told.points.iter().map(|point| Point {
        limit: point.words(),
        saving: pounds(point.saving_gbp),
        most: point
            .saving_at_most_gbp
            .map_or("not proven".to_owned(), pounds),
        knee: match (
            told.knee.as_deref() == Some(point.folder.as_str()),
            told.knee_is_sure,
        ) {
            (true, Some(false) | None) => "Not sure",
            (true, _) => "Yes",
            (false, _) => "",
        },
    });
    let frontier = Frontier {
        picture: picture(&folder.join("frontier.png"))?,
        points: points.collect(),
        turned: told.turned.clone(),
    };
    let knee = |point: &ToldPoint| told.knee.as_deref() == Some(point.folder.as_str());
    let curve = Curve {
        knee: told.points.iter().position(knee),
        points: told.points.into_iter().map(CurvePoint::from).collect(),
        turned: told.turned,
        a_year: told.a_year,
    };
    Some((frontier, curve))
}

fn partnership(folder: &Path, plan: &Plan) -> Option<(Shares, Option<ShownPartnership>)> {
    #[derive(Deserialize)]
    struct Told {
        run: ToldRun,
        together_gbp: f64,
        alone_gbp: f64,
        adds_gbp: f64,
        shares: Vec<ToldShare>,
    }
    #[derive(Deserialize)]
    struct ToldShare {
        name: String,
        alone_gbp: f64,
        by_ledger_gbp: f64,
        share_gbp: f64,
        transfer_gbp: f64,
    }
    let file = folder.join("partnership.json");
    let told: Told = json(&file)?;
    if !told.run.is_of(plan) {
        return None;
    }
    let members = told.shares.iter().map(|one| Member {
        name: one.name.clone(),
        alone: pounds(one.alone_gbp),
        ledger: pounds(one.by_ledger_gbp),
        share: pounds(one.share_gbp),
        transfer: pounds(one.transfer_gbp),
    });
    let shares = Shares {
        picture: picture(&folder.join("shares.png"))?,
        together: pounds(told.together_gbp),
        alone: pounds(told.alone_gbp),
        adds: pounds(told.adds_gbp),
        members: members.collect(),
    };
    Some((shares, json(&file)))
}
