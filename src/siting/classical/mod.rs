//! The classical location problems: two tables, one question.
//!
//! A [`Network`] holds demand, facilities and the pairs close enough to be of use; a [`Question`] is
//! one of the six that the literature and every GIS know. [`locate`] turns it into a
//! [`Problem`](super::Problem), has it solved, and reads the answer back as open facilities and an allocation of the
//! demand to them.
//!
//! | question | known as | makes least or most |
//! |---|---|---|
//! | [`Lscp`](Question::Lscp) | location set covering; minimize facilities | open facilities, all demand or a share of it within the radius |
//! | [`Mclp`](Question::Mclp) | maximal covering; maximize coverage | demand within the radius of a number of facilities |
//! | [`PMedian`](Question::PMedian) | p-median; minimize impedance | weight × distance to a number of facilities |
//! | [`PCenter`](Question::PCenter) | p-center | the largest distance to a number of facilities |
//! | [`Uflp`](Question::Uflp) | uncapacitated facility location | fixed costs and weight × distance |
//! | [`Cflp`](Question::Cflp) | capacitated facility location | the same, within capacities |

mod centre;
mod compile;
mod coverage;
mod exchange;
mod fill;
mod greedy;
mod located;
mod network;
mod watch;

use super::door::solve;
use super::{Ask, Ending, Progress, SitingError};
use compile::compile;
use exchange::{Pace, TIME};
pub use located::{Allocation, Located};
pub use network::{Demand, Facility, Network, Role};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::time::{Duration, Instant};
use watch::{Figures, Watch};

/// What is asked of a network.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Question {
    /// The fewest facilities so that all demand, or this share of its weight, is within the radius.
    Lscp {
        /// The largest distance that counts as served.
        radius: f64,
        /// How much of the weight must be served: 1 for every demand, whatever it weighs.
        share: f64,
    },
    /// The most weight within the radius of exactly so many facilities.
    Mclp {
        /// The largest distance that counts as served.
        radius: f64,
        /// How many facilities are open.
        count: usize,
    },
    /// Least weight × distance, each demand served by the nearest of exactly so many facilities.
    PMedian {
        /// How many facilities are open.
        count: usize,
    },
    /// Least largest distance from any demand to the nearest of exactly so many facilities.
    PCenter {
        /// How many facilities are open.
        count: usize,
    },
    /// Least fixed cost and weight × distance × `cost_per_distance`.
    Uflp {
        /// Cost of one unit of weight over one unit of distance.
        cost_per_distance: f64,
    },
    /// The same, where a facility serves no more weight than its capacity.
    Cflp {
        /// Cost of one unit of weight over one unit of distance.
        cost_per_distance: f64,
        /// Each demand is served by one facility, not divided among several.
        whole: bool,
    },
}

impl Question {
    /// The short name: `lscp`, `mclp`, `p-median`, `p-center`, `uflp` or `cflp`.
    pub fn name(&self) -> &'static str {
        match self {
            Question::Lscp { .. } => "lscp",
            Question::Mclp { .. } => "mclp",
            Question::PMedian { .. } => "p-median",
            Question::PCenter { .. } => "p-center",
            Question::Uflp { .. } => "uflp",
            Question::Cflp { .. } => "cflp",
        }
    }

    /// The distance within which a demand counts as covered, where the question has one.
    pub fn radius(&self) -> Option<f64> {
        match *self {
            Question::Lscp { radius, .. } | Question::Mclp { radius, .. } => Some(radius),
            _ => None,
        }
    }

    /// Whether every demand must be served.
    fn serves_all(&self) -> bool {
        match *self {
            Question::Lscp { share, .. } => share >= 1.0,
            Question::Mclp { .. } => false,
            _ => true,
        }
    }

    /// How many facilities may be open, where the question says so.
    pub fn count(&self) -> Option<usize> {
        match *self {
            Question::Mclp { count, .. }
            | Question::PMedian { count }
            | Question::PCenter { count } => Some(count),
            _ => None,
        }
    }
}

/// Why a question has no answer.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LocateError {
    /// The network or the question contradicts itself.
    #[error("{item}: {cause}")]
    Invalid {
        /// What is at fault, by name.
        item: String,
        /// What is wrong with it.
        cause: String,
    },
    /// These demands, by position, have no facility that could serve them.
    #[error("{} demands have no facility that could serve them", .0.len())]
    OutOfReach(Vec<usize>),
    /// The engine had no answer.
    #[error(transparent)]
    Siting(#[from] SitingError),
}

/// Answers a question about a network.
///
/// # Errors
/// [`LocateError::Invalid`] where the network or the question is malformed,
/// [`LocateError::OutOfReach`] where all demand must be served and some cannot be, or none can, and what
/// [`solve`](super::solve()) says where nothing keeps the limits or none was found in time.
pub fn locate(
    network: &Network,
    question: &Question,
    ask: &Ask,
    progress: &dyn Progress,
) -> Result<Located, LocateError> {
    network.validate()?;
    fits(network, question)?;
    let farthest = question.radius().unwrap_or(f64::INFINITY);
    let out = network.out_of_reach(farthest);
    if out.len() == network.demands.len() || (!out.is_empty() && question.serves_all()) {
        return Err(LocateError::OutOfReach(out));
    }
    if let Question::PCenter { count } = *question {
        return centre::locate(network, count, ask, progress);
    }
    let figures = Figures::of(network, question);
    let watch = Watch::new(progress, figures, ask.gap);
    // What is left outside may be little where the gap is one of what is covered, and the other way round.
    let engine = Ask {
        gap: match question {
            Question::Mclp { .. } => 0.0,
            _ => ask.gap,
        },
        ..ask.clone()
    };
    let began = Instant::now();
    let pace = Pace {
        time: ask.time,
        stop: &|| progress.cancelled() || began.elapsed() > ask.time.mul_f64(SLOW),
    };
    let problem = compile(network, question, &pace);
    // The start of a covering took its part of the time; what is left follows from what was asked for, not from
    // the clock, where the machine is quick enough.
    let share = match question {
        Question::Lscp { .. } | Question::Mclp { .. } => 1.0 - TIME,
        _ => 1.0,
    };
    let engine = Ask {
        time: ask.time.mul_f64(share).min(left(ask.time, began.elapsed())),
        ..engine
    };
    let answer = solve(&problem, &engine, &watch)?;
    let mut located = located::read(network, question, figures, &problem, answer);
    let apart = located.bound.map(|bound| (located.objective - bound).abs());
    let allowed = (ask.gap + 1e-8) * located.objective.abs() + figures.apart();
    located.ending = match apart {
        Some(apart) if apart <= allowed.max(1e-7) => Ending::WithinGap,
        _ if progress.cancelled() => Ending::Cancelled,
        _ => Ending::Limit,
    };
    Ok(located)
}

/// What is left of a time, in so many parts of it: a schedule that follows from it does not follow the clock closely.
fn left(time: Duration, spent: Duration) -> Duration {
    const PARTS: f64 = 64.0;
    let spent = PARTS * spent.as_secs_f64() / time.as_secs_f64().max(1e-3);
    time.mul_f64((1.0 - spent.ceil() / PARTS).max(0.0))
}

/// Share of the time at which the start of a covering ends whatever it has tried.
const SLOW: f64 = 0.5;

/// Whether a question can be asked of a network.
fn fits(network: &Network, question: &Question) -> Result<(), LocateError> {
    let fault = |item: &str, cause: String| {
        Err(LocateError::Invalid {
            item: item.to_owned(),
            cause,
        })
    };
    let amount = |number: f64| number.is_finite() && number >= 0.0;
    if !question.radius().is_none_or(amount) {
        return fault("the radius", "it is negative or no number".into());
    }
    if let Question::Lscp { share, .. } = *question
        && !(0.0..=1.0).contains(&share)
    {
        return fault("the share", format!("{share} is not from 0 to 1"));
    }
    if let Some(count) = question.count() {
        let of = |role: Role| network.facilities.iter().filter(|f| f.role == role).count();
        let (required, usable) = (
            of(Role::Required),
            network.facilities.len() - of(Role::Excluded),
        );
        if count == 0 || count < required {
            let cause = format!("it is {count}, and {required} facilities are required");
            return fault("the count of facilities", cause);
        }
        if count > usable {
            let cause = format!("it is {count}, and only {usable} facilities may be open");
            return fault("the count of facilities", cause);
        }
    }
    match *question {
        Question::Uflp { cost_per_distance } if !amount(cost_per_distance) => {
            fault("the cost of distance", "it is negative or no number".into())
        }
        Question::Cflp {
            cost_per_distance, ..
        } if !amount(cost_per_distance) => {
            fault("the cost of distance", "it is negative or no number".into())
        }
        Question::Cflp { .. } => match network.facilities.iter().find(|f| f.capacity.is_none()) {
            Some(facility) => fault(
                &format!("facility {:?}", facility.id),
                "it has no capacity".into(),
            ),
            None => Ok(()),
        },
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests;
