//! Records that bodies decide opposite things about: what each side would cost.

use super::PlanError;
use super::decided;
use super::quiet::Quiet;
use super::report::{Plan, TravelStage};
use super::solve::{Wish, plan};
use crate::place::words::pounds;
use crate::place::{Asked, Decision, Objective, Opposed, Place};
use crate::siting::Progress;
use crate::travel::Travel;
use std::time::{Duration, Instant};

/// A side is not priced where less than this is left for it.
const LEAST: Duration = Duration::from_millis(100);

/// Every record of which decisions in force say opposite things, in words: who asks what.
pub(crate) fn named(place: &Place) -> Vec<String> {
    place
        .opposed_decisions()
        .iter()
        .map(|opposed| {
            let sides: Vec<String> = opposed
                .sides
                .iter()
                .map(|(asked, who)| {
                    let who: Vec<String> = who.iter().map(|one| decided::who(one)).collect();
                    format!("{} ({})", words(place, *asked), who.join("; "))
                })
                .collect();
            let id = place.id_of(opposed.record);
            format!("{id}: {}; planned free", sides.join(" against "))
        })
        .collect()
}

/// How many sides there are to price.
pub(crate) fn sides(place: &Place) -> usize {
    let opposed = place.opposed_decisions();
    opposed.iter().map(|opposed| opposed.sides.len()).sum()
}

/// The same words, each with the price of every side: the place is planned once more with that side
/// decided, within what is left of the time. A price is an interval, because both plans are known
/// only within their gaps.
pub(crate) fn priced(
    place: &Place,
    travel: &Travel,
    wish: &Wish,
    free: &Plan,
    until: Instant,
    progress: &dyn Progress,
) -> Vec<String> {
    let mut left = sides(place) as u32;
    let priced = place.opposed_decisions().into_iter().zip(named(place));
    priced
        .map(|(opposed, named)| {
            let prices: Vec<String> = opposed
                .sides
                .iter()
                .map(|(asked, _)| {
                    let share = until.saturating_duration_since(Instant::now()) / left.max(1);
                    left = left.saturating_sub(1);
                    let side = words(place, *asked);
                    if *asked == Asked::Free {
                        return format!("{side} is this plan");
                    }
                    if share < LEAST || progress.cancelled() {
                        return format!("{side} is not priced: the time was up");
                    }
                    let wish = Wish {
                        time: share,
                        second_stage: false,
                        objective: Some(free.objective),
                        ..wish.clone()
                    };
                    let decided = with_side(place, &opposed, *asked);
                    match plan(&decided, travel, &wish, &Quiet(progress)) {
                        Ok(one) => format!("{side} {}", Price::of(free, &one).words(place)),
                        Err(
                            PlanError::Infeasible { reasons } | PlanError::Conflict { reasons },
                        ) => {
                            let why = reasons.first().map_or("", String::as_str);
                            format!("{side} leaves no plan ({why})")
                        }
                        Err(_) => format!("{side} is not priced: no plan was found in the time"),
                    }
                })
                .collect();
            format!("{named}; {}", prices.join("; "))
        })
        .collect()
}

/// The place with one side of a record decided.
fn with_side(place: &Place, opposed: &Opposed<'_>, side: Asked) -> Place {
    let mut decided = place.clone();
    let others: Vec<&Decision> = opposed
        .sides
        .iter()
        .filter(|(asked, _)| *asked != side)
        .flat_map(|(_, who)| who.iter().copied())
        .collect();
    // A row may be about a building and an occupier of one id: it is left out for both.
    decided.decisions.retain(|one| !others.contains(&one));
    decided
}

fn words(place: &Place, asked: Asked) -> String {
    match asked {
        Asked::Keep => "keep".to_owned(),
        Asked::Dispose => "dispose".to_owned(),
        Asked::Free => "free".to_owned(),
        Asked::At(to) => format!("place_at {}", place.building(to).id),
    }
}

/// What a side saves less than the plan: at least, as found, at most. £, or £ a year.
struct Price {
    least: Option<f64>,
    found: f64,
    most: Option<f64>,
    objective: Objective,
}

impl Price {
    /// Savings are compared, not costs: what is kept anyway is in neither cost.
    fn of(free: &Plan, side: &Plan) -> Self {
        let best = free.do_minimum - free.travel.as_ref().map_or(free.value, first);
        Self {
            least: side.saving_at_most_gbp.map(|most| best - most),
            found: best - (side.do_minimum - side.value),
            most: free
                .saving_at_most_gbp
                .map(|most| most - (side.do_minimum - side.value)),
            objective: free.objective,
        }
    }

    fn words(&self, place: &Place) -> String {
        let over = match self.objective {
            Objective::NetPresentValue => format!(" over {} years", place.finance.horizon_years),
            Objective::RunningCost => " a year".to_owned(),
        };
        let differs = |amount: f64| match amount {
            amount if amount < 0.0 => format!("{} less", pounds(-amount)),
            amount => format!("{} more", pounds(amount)),
        };
        let found = differs(self.found);
        match (self.least, self.most) {
            (Some(least), Some(most)) if most.max(-least) < 0.5 => {
                format!("costs the same as the plan{over}")
            }
            (Some(least), Some(most)) if most - least < 1.0 => {
                format!("costs {found} than the plan{over}")
            }
            (Some(least), Some(most)) if least < 0.0 && most > 0.0 => format!(
                "makes no provable difference: {found} than the plan{over}, between {} and {}",
                differs(least),
                differs(most)
            ),
            (Some(least), Some(most)) => format!(
                "costs {found} than the plan{over}, between {} and {}",
                differs(least),
                differs(most)
            ),
            _ => format!("costs {found} than the plan{over}; nothing is proven of it"),
        }
    }
}

fn first(stage: &TravelStage) -> f64 {
    stage.first_value
}
