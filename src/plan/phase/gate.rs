//! Duties as gates: what must be waited for before a step.

use crate::place::{BuildingIx, Duty, Flag, OccupierIx, Place, Trigger};
use crate::plan::{Action, Outcome, PlannedOccupier};
use jiff::ToSpan;
use jiff::civil::Date;

/// Duties before one step.
#[derive(Clone, Debug, Default)]
pub(super) struct Gate<'a> {
    pub(super) duties: Vec<&'a Duty>,
}

impl<'a> Gate<'a> {
    fn of(place: &'a Place, due: impl Fn(&Duty) -> bool) -> Self {
        Self {
            duties: place.phase.duties.iter().filter(|duty| due(duty)).collect(),
        }
    }

    /// Duties before a team or counter goes.
    pub(super) fn of_move(
        place: &'a Place,
        at: OccupierIx,
        to: BuildingIx,
        planned: &PlannedOccupier,
    ) -> Self {
        let service = place.occupier(at).service;
        let listed = place.building(to).flags.contains(&Flag::Listed);
        Self::of(place, |duty| {
            duty.service.is_none_or(|about| about == service)
                && match duty.trigger {
                    Trigger::Move => true,
                    Trigger::Merge => planned.outcome == Outcome::Merge,
                    Trigger::Consult => !planned.consult.is_empty(),
                    Trigger::Listed => listed,
                    Trigger::LetGo | Trigger::Sale | Trigger::CommunityValue => false,
                }
        })
    }

    /// Duties before a building is emptied to be let go.
    pub(super) fn of_letting_go(place: &'a Place, at: BuildingIx) -> Self {
        Self::of(place, |duty| {
            duty.trigger == Trigger::LetGo && is_about(place, duty, at)
        })
    }

    /// Duties between standing empty and being sold.
    pub(super) fn of_sale(place: &'a Place, at: BuildingIx, action: Action) -> Self {
        let listed = place.building(at).flags.contains(&Flag::CommunityValue);
        Self::of(place, |duty| {
            action == Action::Sell
                && is_about(place, duty, at)
                && match duty.trigger {
                    Trigger::Sale => true,
                    Trigger::CommunityValue => listed,
                    _ => false,
                }
        })
    }

    /// The longest of them, weeks: they run side by side.
    pub(super) fn weeks(&self) -> u32 {
        self.duties.iter().map(|duty| duty.weeks).max().unwrap_or(0)
    }

    /// The first day on which they allow the step, counted from the base date.
    pub(super) fn opens(&self, base: Date) -> Date {
        base.saturating_add(i64::from(self.weeks()).weeks())
    }

    /// The first year by whose end they allow the step.
    pub(super) fn year(&self, base: Date) -> u32 {
        let opens = self.opens(base);
        let ends = |year: u32| base.saturating_add(i64::from(year + 1).years());
        (0..u32::from(u16::MAX))
            .find(|year| ends(*year) >= opens)
            .unwrap_or(0)
    }

    /// Whole years that a sale waits for them.
    pub(super) fn years(&self) -> u32 {
        self.weeks().div_ceil(52)
    }

    pub(super) fn ids(&self) -> Vec<String> {
        self.duties.iter().map(|duty| duty.id.clone()).collect()
    }
}

/// Whether a duty about buildings is about this one: its service is in it today.
fn is_about(place: &Place, duty: &Duty, at: BuildingIx) -> bool {
    let Some(service) = duty.service else {
        return true;
    };
    let mut inside = place.occupiers.iter().filter(|o| o.building == at);
    inside.any(|occupier| occupier.service == service)
}
