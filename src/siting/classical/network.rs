//! Demand, facilities, and how far apart they are.

use super::super::validate::LARGEST;
use super::LocateError;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Somebody to serve.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Demand {
    /// What it is called; unique.
    pub id: String,
    /// How much it counts, such as people: not negative.
    pub weight: f64,
}

/// Somewhere to serve from.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Facility {
    /// What it is called; unique.
    pub id: String,
    /// Cost while open.
    pub fixed_cost: f64,
    /// The most weight it can serve, where that is limited.
    pub capacity: Option<f64>,
    /// Whether it may, must or must not be open.
    pub role: Role,
}

/// What is settled about a facility before anything is chosen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// It may be chosen.
    #[default]
    Candidate,
    /// It is open, and counts among those that are chosen.
    Required,
    /// It is not to be used.
    Excluded,
}

/// Demand and facilities with every pair that is close enough to be of use. What is not listed
/// cannot be served.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Network {
    /// Who is to be served.
    pub demands: Vec<Demand>,
    /// Where from.
    pub facilities: Vec<Facility>,
    /// For each demand: positions of facilities and their distance, nearest first, then by position.
    /// Distances are in any one unit and not negative.
    pub reaches: Vec<Vec<(u32, f64)>>,
}

impl Network {
    /// Whether it can be asked anything: ids unique, numbers finite and not negative, positions in
    /// range, lists in order.
    ///
    /// # Errors
    /// [`LocateError::Invalid`] names the first thing at fault.
    pub fn validate(&self) -> Result<(), LocateError> {
        let fault = |item: String, cause: &str| LocateError::Invalid {
            item,
            cause: cause.to_owned(),
        };
        let amount = |number: f64| (0.0..=LARGEST).contains(&number);
        let mut ids = BTreeSet::new();
        for demand in &self.demands {
            let name = || format!("demand {:?}", demand.id);
            if !ids.insert(&demand.id) {
                return Err(fault(name(), "its id is not unique"));
            }
            if !amount(demand.weight) {
                return Err(fault(
                    name(),
                    "its weight is negative, no number, or too large to be added up",
                ));
            }
        }
        ids.clear();
        for facility in &self.facilities {
            let name = || format!("facility {:?}", facility.id);
            if !ids.insert(&facility.id) {
                return Err(fault(name(), "its id is not unique"));
            }
            if facility.fixed_cost.is_nan() || facility.fixed_cost.abs() > LARGEST {
                let cause = "its fixed cost is no number, or too large to be added up";
                return Err(fault(name(), cause));
            }
            if !facility
                .capacity
                .is_none_or(|room| amount(room.min(LARGEST)))
            {
                return Err(fault(name(), "its capacity is negative or no number"));
            }
        }
        if self.demands.is_empty() || self.facilities.is_empty() {
            return Err(fault(
                "the network".into(),
                "it has no demand or no facility",
            ));
        }
        if self.reaches.len() != self.demands.len() {
            return Err(fault(
                "the network".into(),
                "it has not one list for each demand",
            ));
        }
        // The last demand whose list named each facility.
        let mut named = vec![usize::MAX; self.facilities.len()];
        for (at, (demand, list)) in self.demands.iter().zip(&self.reaches).enumerate() {
            let name = || format!("the list of demand {:?}", demand.id);
            let known = |entry: &(u32, f64)| (entry.0 as usize) < self.facilities.len();
            if !list.iter().all(known) {
                return Err(fault(name(), "it names a facility that does not exist"));
            }
            if !list.iter().all(|entry| amount(entry.1)) {
                return Err(fault(name(), "a distance is negative or no number"));
            }
            let mut once =
                |entry: &(u32, f64)| std::mem::replace(&mut named[entry.0 as usize], at) != at;
            if !list.iter().all(&mut once) {
                return Err(fault(name(), "it names a facility twice"));
            }
            let after = |pair: &[(u32, f64)]| (pair[0].1, pair[0].0) < (pair[1].1, pair[1].0);
            if !list.windows(2).all(after) {
                return Err(fault(name(), "it is not in order of distance"));
            }
        }
        Ok(())
    }

    /// The facilities within a distance of a demand that are not excluded, nearest first.
    pub(super) fn within(&self, demand: usize, radius: f64) -> impl Iterator<Item = (usize, f64)> {
        let list = self.reaches[demand]
            .iter()
            .map(|&(site, far)| (site as usize, far));
        list.take_while(move |&(_, far)| far <= radius)
            .filter(|&(site, _)| self.facilities[site].role != Role::Excluded)
    }

    /// Demands without any facility within a distance.
    pub fn out_of_reach(&self, radius: f64) -> Vec<usize> {
        let demands = 0..self.demands.len();
        demands
            .filter(|&demand| self.within(demand, radius).next().is_none())
            .collect()
    }

    /// Weight of all demand.
    pub fn weight(&self) -> f64 {
        self.demands.iter().map(|demand| demand.weight).sum()
    }
}
