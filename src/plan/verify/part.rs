//! A part of a building that goes while the rest stays: that it may, and what it costs and brings.

use super::discrepancy::{Found, of, tidy};
use super::reading::Reading;
use super::years::Years;
use crate::place::{Building, BuildingIx, Occupancy, Part, PartExit, TenureKind};

/// The money of a part that goes, £.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Going {
    /// The year in which it is set apart, or the landlord paid.
    pub(super) apart: u32,
    /// The first year that it brings anything.
    first: u32,
    yearly: f64,
    /// Paid in the year in which it is set apart.
    pub(super) once: f64,
}

impl Going {
    /// Of a part that is free by the end of a year.
    pub(super) fn from(part: &Part, empty_years: u32, free: u32) -> Self {
        let apart = free.max(part.from_year);
        let empty = if part.how == PartExit::Let {
            empty_years
        } else {
            0
        };
        Self {
            apart,
            first: apart.saturating_add(empty).saturating_add(1),
            yearly: part.brings.get(),
            once: part.costs.get(),
        }
    }

    /// What it brings in a year.
    pub(super) fn brings(&self, year: u32) -> f64 {
        f64::from(u8::from(year >= self.first)) * self.yearly
    }

    /// Present value of what it brings.
    pub(super) fn income(&self, years: &Years) -> f64 {
        (self.first..years.horizon())
            .map(|t| years.factor(t))
            .sum::<f64>()
            * self.yearly
    }

    /// What it brings in the last year of the horizon.
    pub(super) fn steady(&self, years: &Years) -> f64 {
        self.brings(years.horizon().saturating_sub(1))
    }
}

/// The part that a plan lets go of a building that stays, as if everything were done in year 0.
pub(super) fn going(reading: &Reading<'_>, at: BuildingIx) -> Option<Going> {
    let empty = reading.place.finance.sublet_void_years;
    part_of(reading, at).map(|part| Going::from(part, empty, 0))
}

/// The part itself.
pub(super) fn part_of<'a>(reading: &Reading<'a>, at: BuildingIx) -> Option<&'a Part> {
    let planned = reading.buildings[at.index()]?;
    let stays = reading.scope.in_play[at.index()] && planned.action.is_open();
    let part = reading.place.building(at).part.as_deref();
    part.filter(|_| stays && planned.part_m2.is_some())
}

/// Checks every part that a plan lets go; that there is floor for it is checked with the rest of the floor.
pub(super) fn check(reading: &Reading<'_>, found: &mut Found) {
    for (at, building) in reading.place.buildings() {
        let said = reading.buildings[at.index()].and_then(|planned| planned.part_m2);
        let Some(said) = said else { continue };
        let field = || of("buildings", building.id.as_str(), "part_m2");
        let Some(part) = part_of(reading, at) else {
            let why = "nothing of the building can go while it stays";
            found.note("part-differs", field(), "null", tidy(said), why);
            continue;
        };
        let why = "the part has another floor";
        let floor = part.floor.total().get();
        found.number("part-differs", field(), floor, said, 0.005, why);
        let over = reading.scope.used_today[at.index()] - building.usable.value.total().get();
        let barred = match bar(building, part) {
            None if over > 1e-6 => Some("more floor is in use today than there is"),
            bar => bar,
        };
        if let Some(why) = barred {
            found.note("part-differs", field(), "null", tidy(said), why);
        }
    }
}

/// What keeps a part from going, whatever the plan.
fn bar(building: &Building, part: &Part) -> Option<&'static str> {
    let lease = &building.tenure.lease;
    let band = building.energy_rating.as_deref().unwrap_or_default();
    let band = band.trim_start().to_ascii_uppercase();
    let unlawful = band.starts_with('F') || band.starts_with('G');
    let may = match (building.tenure.kind, part.how) {
        (TenureKind::Freehold | TenureKind::GroundLease, PartExit::Let) => true,
        (TenureKind::Leasehold, PartExit::Let) => lease.may_sublet == Some(true),
        (
            TenureKind::Leasehold | TenureKind::GroundLease | TenureKind::Licence,
            PartExit::GiveUp,
        ) => true,
        _ => false,
    };
    if !may {
        Some("how the building is held does not allow it")
    } else if unlawful && part.how == PartExit::Let {
        Some("below EPC E nothing may be let")
    } else if building.occupancy == Occupancy::Unknown {
        Some("nobody knows who is in the building")
    } else if building.proposed.is_some() {
        Some("the building is not there yet")
    } else {
        None
    }
}
