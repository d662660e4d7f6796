//! What was solved, kept for the next run of the same question.

use crate::access::Arrangement;
use crate::place::{Objective, Place};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::HashMap;

/// Coalitions' plans, and what they are the plans of.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Kept {
    /// Fingerprint of the place, the members, the objective, the seed and the version.
    pub key: String,
    /// The plans, one of each coalition.
    pub plans: Vec<KeptPlan>,
}

/// One coalition's plan.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct KeptPlan {
    /// The members' ids.
    pub members: Vec<String>,
    /// What it saves, £ (or £ a year).
    pub saving_gbp: f64,
    /// No plan of the coalition saves more, where that is proven.
    pub saving_at_most_gbp: Option<f64>,
    /// Its cost: the denominator of the gap.
    pub cost_gbp: f64,
    /// (cost − bound) ÷ |cost|.
    pub gap: Option<f64>,
    /// Whether the gap asked for was reached.
    pub within_gap: bool,
    /// Why the coalition has no plan of its own, and does nothing.
    pub none: Option<String>,
    /// What each agency gains, in the order of the place.
    pub gains: Vec<f64>,
    /// Who goes where: occupier, building, whether it merges.
    pub moves: Vec<(String, String, bool)>,
}

impl KeptPlan {
    /// Who goes where, of an arrangement.
    pub(super) fn moves_of(place: &Place, to: &Arrangement) -> Vec<(String, String, bool)> {
        let moved = |at: usize| to.building[at] != place.occupiers[at].building;
        (0..place.occupiers.len())
            .filter(|at| moved(*at))
            .map(|at| {
                let building = place.building(to.building[at]).id.to_string();
                (place.occupiers[at].id.to_string(), building, to.merged[at])
            })
            .collect()
    }

    /// Who is where under the plan; `None` where it names what the place does not have.
    pub(super) fn arrangement(&self, place: &Place) -> Option<Arrangement> {
        let mut arrangement = Arrangement::today(place);
        let occupiers: HashMap<&str, usize> = place
            .occupiers()
            .map(|(at, one)| (one.id.as_str(), at.index()))
            .collect();
        let buildings: HashMap<&str, _> = place
            .buildings()
            .map(|(at, one)| (one.id.as_str(), at))
            .collect();
        for (occupier, building, merged) in &self.moves {
            let at = *occupiers.get(occupier.as_str())?;
            arrangement.building[at] = *buildings.get(building.as_str())?;
            arrangement.merged[at] = *merged;
        }
        Some(arrangement)
    }
}

/// Fingerprint of a question.
pub(super) fn key(place: &Place, members: &[String], objective: Objective, seed: u64) -> String {
    let mut hash = Sha256::new();
    let version = env!("CARGO_PKG_VERSION");
    hash.update(format!(
        "{version} {} {seed} {members:?}\n{place:?}",
        objective.name()
    ));
    hash.finalize()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
