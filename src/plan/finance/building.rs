//! What a building costs while it is kept.

use super::Calendar;
use crate::place::{Building, Objective};

/// Paid once, in year 0, while it is kept: repairs that wait, and its opening where proposed. £.
pub(crate) fn once(building: &Building) -> f64 {
    let opening = building
        .proposed
        .as_deref()
        .map_or(0.0, |proposal| proposal.opening_cost.get());
    building.backlog.get() + opening
}

/// Present value of keeping it in every year after one, without its running cost per m² in use, £.
pub(crate) fn kept_after(building: &Building, calendar: &Calendar, year: u32) -> f64 {
    calendar.worth(|t| if t > year { building.kept_in(t) } else { 0.0 })
}

/// Cost of keeping a building under an objective, without its running cost per m² in use.
pub(crate) fn kept(building: &Building, objective: Objective, calendar: &Calendar) -> f64 {
    match objective {
        Objective::NetPresentValue => kept_after(building, calendar, 0) + once(building),
        Objective::RunningCost => building.kept_in(calendar.last()),
    }
}

/// What a pound of every year from year 1 counts for under an objective.
pub(crate) fn yearly(objective: Objective, calendar: &Calendar) -> f64 {
    match objective {
        Objective::NetPresentValue => calendar.later(),
        Objective::RunningCost => 1.0,
    }
}
