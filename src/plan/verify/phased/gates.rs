//! The duties before a step, read from the pack once more.

use super::super::reading::Reading;
use crate::place::{BuildingIx, Duty, Flag, OccupierIx, Trigger};
use crate::plan::Act;

/// The duties before a step about an occupier or a building, in the order of the pack.
pub(super) fn before<'a>(
    reading: &Reading<'a>,
    act: Act,
    occupier: Option<OccupierIx>,
    building: BuildingIx,
) -> Vec<&'a Duty> {
    let place = reading.place;
    let flagged = |flag: Flag| place.building(building).flags.contains(&flag);
    let inside = &reading.scope.inside[building.index()];
    let mut due = Vec::new();
    for duty in &place.phase.duties {
        let about_it = match (duty.service, occupier) {
            (None, _) => true,
            (Some(service), Some(at)) => place.occupier(at).service == service,
            (Some(service), None) => inside
                .iter()
                .any(|at| place.occupier(*at).service == service),
        };
        let planned = occupier.and_then(|at| reading.occupiers[at.index()]);
        let merges = occupier
            .and_then(|at| reading.seats[at.index()])
            .is_some_and(|s| s.merged);
        let falls_due = match duty.trigger {
            Trigger::Move => act == Act::FitOut,
            Trigger::Merge => act == Act::FitOut && merges,
            Trigger::Consult => {
                act == Act::FitOut && planned.is_some_and(|p| !p.consult.is_empty())
            }
            Trigger::Listed => act == Act::FitOut && flagged(Flag::Listed),
            Trigger::LetGo => act == Act::Empty,
            Trigger::Sale => act == Act::Sell,
            Trigger::CommunityValue => act == Act::Sell && flagged(Flag::CommunityValue),
        };
        if about_it && falls_due {
            due.push(duty);
        }
    }
    due
}

/// Weeks until all of them are over: they run side by side.
pub(super) fn weeks(due: &[&Duty]) -> u32 {
    due.iter().fold(0, |most, duty| most.max(duty.weeks))
}
