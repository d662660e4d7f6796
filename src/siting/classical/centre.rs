//! The p-center: the least radius within which so many facilities cover all demand.
//!
//! Only distances that occur can be that radius. They are halved until one is left, and each try asks
//! for the fewest facilities that cover everything; it ends as soon as these are known to be few
//! enough, or too many.

use super::super::answer::{Ask, BoundSource, Ending, Progress, SitingError, Snapshot};
use super::super::engine::solve;
use super::compile::set_covering;
use super::located::nearest;
use super::{LocateError, Located, Network};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// One try: over when the number of facilities is known to be enough or not.
struct Try<'a> {
    above: &'a dyn Progress,
    count: f64,
    decided: AtomicBool,
}

impl Progress for Try<'_> {
    fn report(&self, now: Snapshot) {
        let few = now.value.is_some_and(|value| value < self.count + 0.5);
        let many = now.bound.is_some_and(|bound| bound > self.count + 1e-6);
        if few || many {
            self.decided.store(true, Ordering::Relaxed);
        }
    }

    fn cancelled(&self) -> bool {
        self.decided.load(Ordering::Relaxed) || self.above.cancelled()
    }
}

/// What a radius allows.
enum Verdict {
    Enough(Vec<bool>),
    TooMany,
    Open,
}

pub(super) fn locate(
    network: &Network,
    count: usize,
    ask: &Ask,
    progress: &dyn Progress,
) -> Result<Located, LocateError> {
    let began = Instant::now();
    let mut radii: Vec<f64> = (0..network.demands.len())
        .flat_map(|demand| network.within(demand, f64::INFINITY))
        .map(|(_, far)| far)
        .collect();
    radii.sort_unstable_by(f64::total_cmp);
    radii.dedup();
    // No demand is nearer to anything than its own nearest facility.
    let first = (0..network.demands.len())
        .filter_map(|demand| network.within(demand, f64::INFINITY).next())
        .map(|(_, far)| far)
        .fold(0.0, f64::max);
    let (mut low, mut high) = (radii.partition_point(|&radius| radius < first), radii.len());
    let mut best: Option<Vec<bool>> = None;
    let mut tries = 0;
    let mut undecided = false;
    while low < high && !undecided {
        let middle = low + (high - low) / 2;
        let left = ask.time.saturating_sub(began.elapsed());
        tries += 1;
        match judge(network, radii[middle], count, ask, left, progress)? {
            Verdict::Enough(open) => {
                // What the open facilities really need may be less than was tried.
                let far = nearest(network, &open, f64::INFINITY);
                let need = far
                    .iter()
                    .map(|allocation| allocation.distance)
                    .fold(0.0, f64::max);
                high = radii.partition_point(|&radius| radius < need).min(middle);
                best = Some(open);
            }
            Verdict::TooMany => low = middle + 1,
            Verdict::Open => undecided = true,
        }
        progress.report(Snapshot::new(
            best.as_ref().map(|_| radii[high]),
            radii.get(low).copied(),
            began.elapsed().as_secs_f64(),
        ));
    }
    let Some(open) = best else {
        let error = if undecided {
            SitingError::NothingFound
        } else {
            SitingError::Infeasible
        };
        return Err(error.into());
    };
    let allocations = nearest(network, &open, f64::INFINITY);
    let objective = radii[high];
    let bound = radii[low];
    let ending = match (undecided, progress.cancelled()) {
        (false, _) => Ending::WithinGap,
        (true, true) => Ending::Cancelled,
        (true, false) => Ending::Limit,
    };
    Ok(Located {
        open,
        allocations,
        objective,
        bound: Some(bound),
        bound_source: BoundSource::SolverTree,
        ending,
        engine: "set coverings by halving".into(),
        seconds: began.elapsed().as_secs_f64(),
        counts: BTreeMap::from([("radii_tried".to_owned(), tries)]),
    })
}

fn judge(
    network: &Network,
    radius: f64,
    count: usize,
    ask: &Ask,
    time: Duration,
    progress: &dyn Progress,
) -> Result<Verdict, LocateError> {
    if !network.out_of_reach(radius).is_empty() {
        return Ok(Verdict::TooMany);
    }
    let attempt = Try {
        above: progress,
        count: count as f64,
        decided: AtomicBool::new(false),
    };
    let ask = Ask {
        gap: 0.0,
        time,
        least_travel_within: None,
        ..ask.clone()
    };
    match solve(&set_covering(network, radius), &ask, &attempt) {
        Ok(answer) if answer.value < count as f64 + 0.5 => {
            Ok(Verdict::Enough(answer.solution.open))
        }
        Ok(answer)
            if answer
                .bound
                .is_some_and(|bound| bound > count as f64 + 1e-6) =>
        {
            Ok(Verdict::TooMany)
        }
        Err(SitingError::Infeasible) => Ok(Verdict::TooMany),
        Ok(_) | Err(SitingError::NothingFound) => Ok(Verdict::Open),
        Err(error) => Err(error.into()),
    }
}
