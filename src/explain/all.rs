//! Every building of a plan explained in one go: bounds from the plan's own multipliers, plans from short
//! searches side by side.

use super::again::{Asking, Opposite, Outcome};
use super::building::{BuildingExplained, turned, written};
use super::holds::Holds;
use crate::place::BuildingIx;
use crate::plan::{Price, opposite_bounds};
use crate::siting::Certificate;
use rayon::prelude::*;
use std::time::{Duration, Instant};

/// A search shorter than this finds nothing that its start has not.
const LEAST: Duration = Duration::from_millis(50);

/// Explains every building that a plan could have turned round, in the order of the place, in about
/// `time`. Where the certificate of the plan is given, its multipliers bound each opposite from below.
pub fn explain_all(
    asking: &Asking<'_>,
    certificate: Option<&Certificate>,
    time: Duration,
) -> Vec<BuildingExplained> {
    let (place, travel, plan) = (asking.place, asking.travel, asking.plan);
    let until = Instant::now() + time;
    let bounds = certificate.map_or_else(Vec::new, |certificate| {
        opposite_bounds(place, travel, plan, certificate)
    });
    let holds = Holds::new(place, travel, plan);
    let buildings: Vec<BuildingIx> = place
        .buildings()
        .map(|(at, _)| at)
        .filter(|at| turned(place, plan, *at).is_some())
        .collect();
    let left = std::sync::atomic::AtomicUsize::new(buildings.len());
    buildings
        .par_iter()
        .map(|at| {
            let waiting = left.fetch_sub(1, std::sync::atomic::Ordering::SeqCst);
            let rounds = waiting.div_ceil(rayon::current_num_threads().max(1)).max(1);
            let share = until.saturating_duration_since(Instant::now()) / rounds as u32;
            let opposite = one(asking, *at, share);
            let bound = bounds.get(at.index()).copied().flatten();
            let opposite = opposite.map(|opposite| bounded(asking, opposite, bound));
            written(place, plan, *at, &holds, opposite)
        })
        .collect()
}

fn one(asking: &Asking<'_>, at: BuildingIx, share: Duration) -> Option<Opposite> {
    let (changed, asked) = turned(asking.place, asking.plan, at)?;
    if share < LEAST || asking.progress.cancelled() {
        return Some(Opposite::not_found(asked, "the time was up"));
    }
    let asking = Asking {
        time: share.mul_f64(SEARCHING).max(LEAST),
        ..*asking
    };
    Some(asking.again(&changed, asked.to_owned()).0)
}

/// Share of a building's time that is searched; the rest draws up the problem and verifies the plan.
const SEARCHING: f64 = 0.6;

/// The opposite with the bound of the multipliers beside its own.
fn bounded(asking: &Asking<'_>, opposite: Opposite, bound: Option<f64>) -> Opposite {
    let proven = bound.map(|bound| Price::of_bound(asking.plan, bound));
    let price = match (opposite.price, proven, opposite.outcome) {
        (Some(price), proven, _) => {
            Some(price.no_less_than(proven.and_then(|proven| proven.at_least_gbp)))
        }
        (None, proven, Outcome::NotFound) => proven,
        (None, _, _) => None,
    };
    Opposite { price, ..opposite }
}
