//! Records that bodies decide opposite things about: what each side would cost.

use super::PlanError;
use super::decided;
use super::price::Price;
use super::report::Plan;
use super::solve::{Wish, plan};
use crate::place::{Asked, Decision, Opposed, Place};
use crate::siting::{Progress, Quiet};
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
        Asked::PartGoes => "part_goes".to_owned(),
        Asked::Free => "free".to_owned(),
        Asked::At(to) => format!("place_at {}", place.building(to).id),
    }
}
