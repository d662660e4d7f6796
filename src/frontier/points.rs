//! The points of the curve: each a plan.

use super::Dial;
use super::knee::knee;
use crate::access::Arrangement;
use crate::place::Place;
use crate::plan::{Plan, PlanError, Wish, plan_from};
use crate::siting::Progress;
use crate::travel::Travel;
use rayon::prelude::*;
use std::time::Duration;

/// What is asked for.
#[derive(Clone, Copy)]
pub struct Asking<'a> {
    /// The place.
    pub place: &'a Place,
    /// Its distances.
    pub travel: &'a Travel,
    /// The limit that is turned.
    pub dial: Dial,
    /// How many points, two at least.
    pub points: usize,
    /// The gap asked of each.
    pub gap: f64,
    /// Solving time of each.
    pub time: Duration,
    /// Seed of the search.
    pub seed: u64,
    /// Who is told how far it has come, and may stop it.
    pub progress: &'a dyn Progress,
}

/// One plan along the curve.
#[derive(Clone, Debug)]
pub struct Point {
    /// The limit it was planned under.
    pub threshold: f64,
    /// What the plan leaves people, measured as the limit is.
    pub measured: Option<f64>,
    /// The place with that limit.
    pub place: Place,
    /// The plan.
    pub plan: Plan,
    /// No plan under this limit saves more, £ (or £ a year): its own bound, or that of a looser point.
    pub saving_at_most_gbp: Option<f64>,
}

/// The curve, tightest first.
#[derive(Clone, Debug)]
pub struct Frontier {
    /// The limit that is turned.
    pub dial: Dial,
    /// Its points; fewer than asked for where the search was stopped, or a limit left no plan.
    pub points: Vec<Point>,
    /// Limits at which no plan was found, and why.
    pub missing: Vec<(f64, String)>,
    /// Position of the knee among the points.
    pub knee: Option<usize>,
    /// The gap asked of each point.
    pub gap_asked: f64,
    /// Where the loosest limit still keeps out what saves more: the plan without any.
    pub without: Option<Without>,
}

/// What would be saved if the limit that is turned were not there at all.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Without {
    /// What that plan leaves people, measured as the limit is.
    pub measured: Option<f64>,
    /// What it saves, £ (or £ a year).
    pub saving_gbp: f64,
}

impl Frontier {
    /// Whether a point is proven to save as much as was asked for: its gap is at most the one asked.
    pub fn is_within_gap(&self, point: &Point) -> bool {
        point.gap().is_some_and(|gap| gap <= self.gap_asked + 1e-8)
    }

    /// How many points have a wider gap than was asked for.
    pub fn left_open(&self) -> usize {
        let open = |point: &&Point| !self.is_within_gap(point);
        self.points.iter().filter(open).count()
    }

    /// Whether every limit has a point that is within the gap asked, so that the knee is that of the curve to that gap
    /// and not only of the plans that were found.
    pub fn knee_is_sure(&self) -> bool {
        self.left_open() == 0 && self.missing.is_empty()
    }
}

impl Point {
    /// What it saves under the objective, £ (or £ a year).
    pub fn saving(&self) -> f64 {
        self.plan.do_minimum - self.plan.value
    }

    /// What it could save more at most, as a share of its cost; `None` where nothing is proven.
    pub fn gap(&self) -> Option<f64> {
        let more = (self.saving_at_most_gbp? - self.saving()).max(0.0);
        Some(if more < 0.005 {
            0.0
        } else {
            more / self.plan.value.abs()
        })
        .filter(|gap| gap.is_finite())
    }
}

/// Plans along the curve. The plans are not verified here.
///
/// # Errors
/// As [`plan`](crate::plan::plan()), where there is no plan even with the limit off.
pub fn frontier(asking: &Asking<'_>) -> Result<Frontier, PlanError> {
    let (place, travel, dial) = (asking.place, asking.travel, asking.dial);
    let off = asking.solve(&dial.off(place), &[])?;
    let tight = dial.tight(place, &off);
    let loose = dial.measured(place, travel, &off).unwrap_or(tight);
    let loose = match dial_goes_up(asking) {
        true => loose.max(tight),
        false => loose.min(tight),
    };
    let mut thresholds = steps(tight, loose, asking.points, dial_goes_up(asking));
    if dial.counts(place) {
        for threshold in &mut thresholds {
            *threshold = threshold.round();
        }
        thresholds.dedup();
    }
    let open_end = off.arrangement(place);
    let each = thresholds
        .len()
        .div_ceil(rayon::current_num_threads().max(1))
        .max(1);
    let solved: Vec<(f64, Result<Point, String>)> = thresholds
        .par_chunks(each)
        .flat_map_iter(|chain| asking.chain(chain, &open_end))
        .collect();
    let mut curve = Frontier {
        dial,
        points: Vec::new(),
        missing: Vec::new(),
        knee: None,
        gap_asked: asking.gap,
        without: None,
    };
    for (threshold, found) in solved {
        match found {
            Ok(point) => curve.points.push(point),
            Err(why) => curve.missing.push((threshold, why)),
        }
    }
    asking.straighten(&mut curve.points);
    let drawn: Vec<(f64, f64)> = curve
        .points
        .iter()
        .map(|point| (point.threshold, point.saving()))
        .collect();
    curve.knee = knee(&drawn);
    curve.without = asking.without(&curve.points, &open_end);
    Ok(curve)
}

/// Whether a greater threshold is looser.
fn dial_goes_up(asking: &Asking<'_>) -> bool {
    match asking.dial {
        Dial::Rule(at) => !asking.place.rules[at].more_is_tighter(),
        Dial::Means => true,
    }
}

/// Evenly from the tight end to the loose one; one where they are the same. Each has as many decimals as a
/// file gives back as they were, rounded to the looser side, so that what was measured keeps to it.
fn steps(tight: f64, loose: f64, points: usize, goes_up: bool) -> Vec<f64> {
    const DECIMALS: f64 = 10_000.0;
    let rounded = |threshold: f64| {
        let steps = match goes_up {
            true => (threshold * DECIMALS - 1e-6).ceil(),
            false => (threshold * DECIMALS + 1e-6).floor(),
        };
        // Nought has no sign.
        steps / DECIMALS + 0.0
    };
    if (loose - tight).abs() < 1e-9 {
        return vec![rounded(tight)];
    }
    let last = points.max(2) - 1;
    (0..=last)
        .map(|at| rounded(tight + (loose - tight) * at as f64 / last as f64))
        .collect()
}

impl Asking<'_> {
    /// Whether what a plan leaves people keeps a limit; a plan starts from it only where it does, so a rounded figure
    /// does no harm.
    fn keeps(&self, measured: f64, threshold: f64) -> bool {
        match dial_goes_up(self) {
            true => measured <= threshold,
            false => measured >= threshold,
        }
    }

    fn solve(&self, place: &Place, starts: &[Arrangement]) -> Result<Plan, PlanError> {
        let wish = Wish {
            objective: None,
            gap: self.gap,
            time: self.time,
            rounds: None,
            seed: self.seed,
            second_stage: false,
        };
        plan_from(place, self.travel, &wish, starts, self.progress)
    }

    /// The plan without the limit, where the loosest point is proven to save less. A limit on the mean way also keeps
    /// everybody within their reach, at whatever mean; a rule of the place is itself at its loosest.
    fn without(&self, points: &[Point], open_end: &Arrangement) -> Option<Without> {
        let loosest = points.last()?;
        if self.dial != Dial::Means || self.progress.cancelled() {
            return None;
        }
        let plan = self
            .solve(self.place, std::slice::from_ref(open_end))
            .ok()?;
        let saving_gbp = plan.do_minimum - plan.value;
        let most = loosest.saving_at_most_gbp.unwrap_or(f64::INFINITY);
        (saving_gbp > most + 0.005).then(|| Without {
            measured: self.dial.measured(self.place, self.travel, &plan),
            saving_gbp,
        })
    }

    /// Points one after another, each from its tighter neighbour.
    fn chain(
        &self,
        thresholds: &[f64],
        open_end: &Arrangement,
    ) -> Vec<(f64, Result<Point, String>)> {
        let mut before: Option<Arrangement> = None;
        let mut chain = Vec::new();
        for threshold in thresholds {
            let starts: Vec<Arrangement> =
                before.iter().cloned().chain([open_end.clone()]).collect();
            let found = match self.progress.cancelled() {
                true => Err("the search was stopped".to_owned()),
                false => self
                    .point(*threshold, &starts)
                    .map_err(|fault| fault.to_string()),
            };
            if let Ok(point) = &found {
                before = Some(point.plan.arrangement(self.place));
            }
            chain.push((*threshold, found));
        }
        chain
    }

    fn point(&self, threshold: f64, starts: &[Arrangement]) -> Result<Point, PlanError> {
        let thresholds = self.dial.thresholds(self.place, threshold);
        let mut place = self.place.clone();
        for (id, threshold) in &thresholds {
            // Every id is a rule or a service of the place.
            let _ = place.set_threshold(id, *threshold);
        }
        let mut plan = self.solve(&place, starts)?;
        plan.run.thresholds = thresholds;
        Ok(Point {
            threshold,
            measured: self.dial.measured(self.place, self.travel, &plan),
            saving_at_most_gbp: plan.saving_at_most_gbp,
            place,
            plan,
        })
    }

    /// No point saves less than another whose plan keeps its limit, and none is bounded higher than a looser one.
    fn straighten(&self, points: &mut [Point]) {
        for at in 0..points.len() {
            let keeps = |(other, point): &(usize, &Point)| {
                // A tighter limit is kept whatever was measured.
                *other < at
                    || point
                        .measured
                        .is_some_and(|own| self.keeps(own, points[at].threshold))
            };
            let others = points.iter().enumerate().filter(keeps);
            let best =
                others.max_by(|(_, one), (_, other)| one.saving().total_cmp(&other.saving()));
            let Some((_, best)) = best else { continue };
            if points[at].saving() + 0.01 < best.saving() {
                let start = best.plan.arrangement(self.place);
                if let Ok(better) = self.point(points[at].threshold, &[start])
                    && better.saving() > points[at].saving()
                {
                    points[at] = better;
                }
            }
        }
        for at in (1..points.len()).rev() {
            let looser = points[at].saving_at_most_gbp;
            let own = points[at - 1].saving_at_most_gbp;
            points[at - 1].saving_at_most_gbp = own.into_iter().chain(looser).reduce(f64::min);
        }
    }
}
