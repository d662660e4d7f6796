//! A part of a building that goes while the rest stays: that it may, and what it costs and brings.

use super::discrepancy::{Found, of, tidy};
use super::exit::lag;
use super::reading::Reading;
use super::years::Years;
use crate::place::{Building, BuildingIx, Flag, Occupancy, Part, PartExit, Place, TenureKind};

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
    /// The price of a part that is sold, what selling it costs, and the year of both.
    pub(super) sale: Option<Sale>,
}

/// The sale of a part, £.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Sale {
    pub(super) year: u32,
    pub(super) price: f64,
    pub(super) cost: f64,
}

impl Going {
    /// Of a part that is free by the end of a year; one that is sold waits at least some years.
    pub(super) fn from(place: &Place, at: BuildingIx, part: &Part, free: u32, wait: u32) -> Self {
        let finance = &place.finance;
        let apart = free.max(part.from_year);
        let empty = match part.how {
            PartExit::Let => finance.sublet_void_years,
            PartExit::GiveUp => 0,
            PartExit::Sell => lag(place.building(at), finance).max(wait),
        };
        let first = apart.saturating_add(empty).saturating_add(1);
        let price = part.receipt.get();
        Self {
            apart,
            first,
            yearly: part.brings.get(),
            once: part.costs.get(),
            sale: (part.how == PartExit::Sell).then_some(Sale {
                year: first,
                price,
                cost: finance.disposal_cost_share * price,
            }),
        }
    }

    /// Present value of its price less what selling it costs.
    pub(super) fn sold(&self, years: &Years) -> f64 {
        self.sale.map_or(0.0, |sale| {
            years.factor(sale.year) * (sale.price - sale.cost)
        })
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
    part_of(reading, at).map(|part| Going::from(reading.place, at, part, 0, 0))
}

/// The part itself.
pub(super) fn part_of<'a>(reading: &Reading<'a>, at: BuildingIx) -> Option<&'a Part> {
    let planned = reading.buildings[at.index()]?;
    let stays = reading.scope.in_play[at.index()] && planned.action.is_open();
    let part = reading.place.building(at).part.as_deref();
    part.filter(|_| stays && planned.part_m2.is_some())
}

/// Whether a plan's ledger has money of a part of a building.
fn has_lines(reading: &Reading<'_>, building: &str) -> bool {
    let mut lines = reading.plan.ledger.iter().flat_map(|agency| &agency.lines);
    lines.any(|line| line.subject == building && line.line.starts_with("part_"))
}

/// Checks every part that a plan lets go; that there is floor for it is checked with the rest of the floor.
pub(super) fn check(reading: &Reading<'_>, found: &mut Found) {
    for (at, building) in reading.place.buildings() {
        let planned = reading.buildings[at.index()];
        let said = planned.and_then(|planned| planned.part_m2);
        if said.is_none() && planned.is_some() && reading.place.part_goes(at) {
            let field = of("buildings", building.id.as_str(), "part_m2");
            let why = "a decision lets the part go";
            found.note("decision-ignored", field, "the part", "null", why);
        }
        if said.is_none() && planned.is_some() && has_lines(reading, building.id.as_str()) {
            let field = of("buildings", building.id.as_str(), "part_m2");
            let why = "the ledger counts a part of it";
            found.note("part-differs", field, "the part", "null", why);
        }
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
        let sold = going(reading, at).and_then(|going| going.sale);
        let horizon = reading.place.finance.horizon_years;
        let barred = match bar(building, part) {
            None if over > 1e-6 => Some("more floor is in use today than there is"),
            None if sold.is_some_and(|sale| sale.year >= horizon) => {
                Some("it would be sold after the horizon")
            }
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
        (TenureKind::Freehold, PartExit::Sell) => true,
        (
            TenureKind::Leasehold | TenureKind::GroundLease | TenureKind::Licence,
            PartExit::GiveUp,
        ) => true,
        _ => false,
    };
    if !may {
        Some("how the building is held does not allow it")
    } else if part.how == PartExit::Sell && claimed(building) {
        Some("a flag bars the sale, or somebody else has a claim on the receipt")
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

/// Whether something bars the sale of a part: its flags, or a claim on the receipt.
fn claimed(building: &Building) -> bool {
    let bars = [Flag::Covenant, Flag::OpenSpace, Flag::Clawback];
    let terms = &building.receipt_terms;
    let flagged = bars.iter().any(|flag| building.flags.contains(flag));
    flagged || terms.clawback.is_some() || terms.overage.is_some()
}
