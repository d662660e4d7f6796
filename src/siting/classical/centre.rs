//! The p-center: the least radius within which so many facilities cover all demand.
//!
//! Only distances that occur can be that radius. They are halved until one is left, and each try asks
//! for the fewest facilities that cover everything; it ends as soon as these are known to be few
//! enough, or too many.

use super::super::answer::{Ask, BoundSource, Ending, Progress, SitingError, Snapshot};
use super::super::door::solve;
use super::compile::set_covering;
use super::exchange::Pace;
use super::fill::fill;
use super::located::nearest;
use super::watch::gap;
use super::{Allocation, LocateError, Located, Network, Role};
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
        self.decided.store(few || many, Ordering::Relaxed);
    }

    fn cancelled(&self) -> bool {
        self.above.cancelled()
    }

    fn satisfied(&self) -> bool {
        self.decided.load(Ordering::Relaxed)
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
    let low = radii.partition_point(|&radius| radius < first);
    let mut search = Halving {
        low,
        from: low,
        high: radii.len(),
        best: None,
        tries: 0,
    };
    // Whatever the largest radius finds is an answer, where none is at hand.
    let mut next = radii.len().saturating_sub(1);
    if let Some(open) = farthest_first(network, count) {
        search.take(network, &radii, open);
        progress.report(search.snapshot(&radii, began));
        next = search.from + search.high.saturating_sub(search.from) / 2;
    }
    while search.from < search.high && !progress.cancelled() {
        let left = ask.time.saturating_sub(began.elapsed());
        if left.is_zero() {
            break;
        }
        search.tries += 1;
        // A radius that is hard to judge must not use up the time of all others.
        match judge(
            network,
            radii[next],
            count,
            ask,
            left.mul_f64(TRY),
            progress,
        )? {
            Verdict::Enough(open) => search.take(network, &radii, open),
            Verdict::TooMany => {
                search.low = next + 1;
                search.from = search.from.max(search.low);
            }
            Verdict::Open => search.from = next + 1,
        }
        progress.report(search.snapshot(&radii, began));
        if search.gap(&radii).is_some_and(|gap| gap <= ask.gap) {
            break;
        }
        next = search.from + search.high.saturating_sub(search.from) / 2;
    }
    let proven = search.low >= radii.len();
    let Some(mut open) = search.best.take() else {
        let error = if proven {
            SitingError::Infeasible
        } else {
            SitingError::NothingFound
        };
        return Err(error.into());
    };
    fill(network, &mut open, count);
    // More facilities than were needed may bring the farthest nearer.
    search.take(network, &radii, open.clone());
    let gap = search.gap(&radii);
    Ok(Located {
        allocations: nearest(network, &open, f64::INFINITY),
        open,
        objective: radii[search.high],
        bound: Some(radii[search.low]),
        bound_source: BoundSource::SolverTree,
        ending: match gap {
            Some(gap) if gap <= ask.gap + 1e-8 => Ending::WithinGap,
            _ if progress.cancelled() => Ending::Cancelled,
            _ => Ending::Limit,
        },
        engine: "set coverings by halving".into(),
        seconds: began.elapsed().as_secs_f64(),
        counts: BTreeMap::from([("radii_tried".to_owned(), search.tries)]),
    })
}

/// Opens one facility after another, each the nearest to the demand that is worst off; `None` where that leaves some
/// without any.
fn farthest_first(network: &Network, count: usize) -> Option<Vec<bool>> {
    let facilities = network.facilities.iter();
    let mut open: Vec<bool> = facilities.map(|one| one.role == Role::Required).collect();
    let mut left = count.saturating_sub(open.iter().filter(|open| **open).count());
    loop {
        let served = nearest(network, &open, f64::INFINITY);
        let unserved = (0..network.demands.len())
            .find(|&demand| served.get(demand).is_none_or(|one| one.demand != demand));
        let by_distance = |a: &&Allocation, b: &&Allocation| a.distance.total_cmp(&b.distance);
        let worst = unserved.or_else(|| Some(served.iter().max_by(by_distance)?.demand))?;
        let (site, _) = network.within(worst, f64::INFINITY).next()?;
        if left == 0 || open[site] {
            return unserved.is_none().then_some(open);
        }
        open[site] = true;
        left -= 1;
    }
}

/// Share of the time left that one radius may take.
const TRY: f64 = 0.5;

/// Where the halving has come to, by positions of radii.
struct Halving {
    /// Nothing below this one is enough: proven.
    low: usize,
    /// Nothing below this one is tried any more.
    from: usize,
    /// This one is enough; one more than there are where none is known to be.
    high: usize,
    best: Option<Vec<bool>>,
    tries: u64,
}

impl Halving {
    /// Takes in open facilities that are few enough: what they really need may be less than was tried.
    fn take(&mut self, network: &Network, radii: &[f64], open: Vec<bool>) {
        let far = nearest(network, &open, f64::INFINITY);
        let need = far.iter().map(|one| one.distance).fold(0.0, f64::max);
        self.high = radii
            .partition_point(|&radius| radius < need)
            .min(self.high);
        self.best = Some(open);
    }

    fn gap(&self, radii: &[f64]) -> Option<f64> {
        Some(gap(*radii.get(self.high)?, *radii.get(self.low)?))
    }

    fn snapshot(&self, radii: &[f64], began: Instant) -> Snapshot {
        let value = self
            .best
            .as_ref()
            .and_then(|_| radii.get(self.high).copied());
        let bound = radii.get(self.low).copied();
        Snapshot::new(value, bound, began.elapsed().as_secs_f64())
    }
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
        rounds: None,
        least_travel_within: None,
        ..ask.clone()
    };
    match solve(&set_covering(network, radius, &Pace::NONE), &ask, &attempt) {
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
