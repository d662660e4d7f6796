//! What is missing, ranked by how much money leans on it: what a team should ask for first.

use super::words::{pounds, whole};
use super::{
    Building, BuildingIx, Finance, Grade, Lock, NeedBasis, Occupancy, Place, Role, TenureKind,
};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// One missing cell that could change a plan.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DataRequest {
    /// The agency to ask.
    pub agency: String,
    /// The record: a building's or an occupier's id.
    pub record: String,
    /// Its name.
    pub name: String,
    /// The column that would settle it, by its canonical name.
    pub field: &'static str,
    /// What was used instead.
    pub used: String,
    /// Present value, £, that leans on it: what the building costs to keep over the horizon, its running
    /// cost, or its value, whichever the cell is about.
    pub leans_gbp: f64,
    /// Why it matters, in words.
    pub why: String,
}

/// One kind of missing cell: how many records lack it, and how much leans on it in all.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MissingKind {
    /// The column that would settle it, by its canonical name.
    pub field: &'static str,
    /// Buildings (or occupiers, for `space_m2`) that lack it.
    pub records: usize,
    /// Present value, £, that leans on it.
    pub leans_gbp: f64,
    /// The same as a share of the present value of keeping everything in scope; above 1 where records
    /// that are out of scope for want of it carry more than those in scope. Absent where nothing in
    /// scope costs anything.
    pub share_of_cost: Option<f64>,
}

/// How much of today's property cost leans on defaults.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Confidence {
    /// A below 5 %, B below 20 %, C below 50 %, D above.
    pub grade: char,
    /// The share, 0–1.
    pub defaulted_share: f64,
    /// Running cost in scope today, £ a year.
    pub running_gbp: f64,
    /// The part of it that is a default.
    pub defaulted_gbp: f64,
}

impl Confidence {
    /// The grade of a share.
    pub fn of(defaulted_gbp: f64, running_gbp: f64) -> Self {
        let defaulted_share = if running_gbp > 0.0 {
            defaulted_gbp / running_gbp
        } else {
            1.0
        };
        let grade = match defaulted_share {
            share if share < 0.05 => 'A',
            share if share < 0.20 => 'B',
            share if share < 0.50 => 'C',
            _ => 'D',
        };
        Self {
            grade,
            defaulted_share,
            running_gbp,
            defaulted_gbp,
        }
    }
}

impl Place {
    /// Confidence in the figures of the buildings a plan may change.
    pub fn confidence(&self) -> Confidence {
        let in_play = self.buildings.iter().filter(|b| b.in_play().is_ok());
        let defaulted = in_play
            .filter(|b| b.proposed.is_none() && b.running_fixed.grade == Grade::Defaulted)
            .map(|b| b.running_fixed.value.get())
            // A sum of none is minus zero.
            .sum::<f64>()
            + 0.0;
        Confidence::of(defaulted, self.running_in_scope().get())
    }

    /// Every missing cell that could change a plan, the dearest first; ties by record and field.
    pub fn data_requests(&self) -> Vec<DataRequest> {
        let years = later_factors(&self.finance);
        let value = self.value_a_metre();
        let mut unknown_needs = vec![Vec::new(); self.buildings.len()];
        for (at, occupier) in self.occupiers() {
            if occupier.basis == NeedBasis::Unknown {
                unknown_needs[occupier.building.index()].push(at);
            }
        }
        let held = self.held_buildings();
        let mut asked = Vec::new();
        for (at, building) in self.buildings() {
            let stays = self.stays_in_every_plan(at, &held);
            self.ask_about_building(building, stays, (years, &value), &mut asked);
            for occupier in &unknown_needs[at.index()] {
                let occupier = self.occupier(*occupier);
                if building.role == Role::Candidate && !stays {
                    asked.push(DataRequest {
                        agency: self.agency(occupier.agency).id.to_string(),
                        record: occupier.id.to_string(),
                        name: occupier.name.clone(),
                        field: "space_m2",
                        used: "nothing: it cannot move".into(),
                        leans_gbp: building.fixed_a_year().get() * years,
                        why: "an occupier whose space is not known cannot move, so its building cannot be let go".into(),
                    });
                }
            }
        }
        asked.sort_by(|a, b| {
            b.leans_gbp
                .total_cmp(&a.leans_gbp)
                .then_with(|| a.record.cmp(&b.record))
                .then_with(|| a.field.cmp(b.field))
        });
        asked
    }

    /// What the buildings that state a value are worth for each square metre of usable floor.
    fn value_a_metre(&self) -> ValueAMetre {
        let valued = || {
            let stated = |b: &&Building| b.market_value.grade != Grade::Defaulted;
            let freehold = |b: &&Building| b.tenure.kind == TenureKind::Freehold;
            self.buildings.iter().filter(stated).filter(freehold)
        };
        let floor: f64 = valued().map(|b| b.usable.value.total().get()).sum();
        let worth: f64 = valued().map(|b| b.market_value.value.get()).sum();
        let nothing = "its sale brings nothing in the plan";
        match floor > 0.0 && worth > 0.0 {
            true => ValueAMetre {
                gbp_m2: worth / floor,
                why: format!(
                    "{nothing}; ranked at {}/m², the mean of the freeholds here that state a value",
                    pounds(worth / floor)
                ),
            },
            false => ValueAMetre {
                gbp_m2: ASSUMED_VALUE_GBP_M2,
                why: format!(
                    "{nothing}; ranked at an assumed {}/m², because no freehold here states a value",
                    pounds(ASSUMED_VALUE_GBP_M2)
                ),
            },
        }
    }

    /// What is missing, by kind: the kind that most money leans on first.
    pub fn missing_kinds(&self) -> Vec<MissingKind> {
        let cost = self.running_in_scope().get() * later_factors(&self.finance);
        let mut kinds: BTreeMap<&'static str, (usize, f64)> = BTreeMap::new();
        for request in self.data_requests() {
            let kind = kinds.entry(request.field).or_default();
            kind.0 += 1;
            kind.1 += request.leans_gbp;
        }
        let mut kinds: Vec<_> = kinds
            .into_iter()
            .map(|(field, (records, leans_gbp))| MissingKind {
                field,
                records,
                leans_gbp,
                share_of_cost: (cost > 0.0).then(|| leans_gbp / cost),
            })
            .collect();
        kinds.sort_by(|a, b| b.leans_gbp.total_cmp(&a.leans_gbp));
        kinds
    }

    /// Whether a building stays open in every plan: what it costs is then the same in all of them.
    fn stays_in_every_plan(&self, at: BuildingIx, held: &BTreeSet<BuildingIx>) -> bool {
        match self.building_lock(at) {
            Lock::Keep => true,
            Lock::Dispose => false,
            Lock::Free => held.contains(&at),
        }
    }

    /// Buildings that hold somebody who cannot move.
    fn held_buildings(&self) -> BTreeSet<BuildingIx> {
        self.occupiers()
            .filter(|(at, occupier)| {
                !self.service(occupier.service).movable
                    || occupier.immovable.is_some()
                    || self.occupier_lock(*at) == Lock::Keep
            })
            .map(|(_, occupier)| occupier.building)
            .collect()
    }

    fn ask_about_building(
        &self,
        building: &Building,
        stays: bool,
        (years, value): (f64, &ValueAMetre),
        asked: &mut Vec<DataRequest>,
    ) {
        let mut ask = |field, used: String, leans_gbp: f64, why: &str| {
            asked.push(DataRequest {
                agency: self.agency(building.agency).id.to_string(),
                record: building.id.to_string(),
                name: building.name.clone(),
                field,
                used,
                leans_gbp,
                why: why.to_owned(),
            });
        };
        let running = building.fixed_a_year().get() * years;
        if building.location.is_none() && building.role.is_out_for_location() {
            ask(
                "lon;lat",
                "left out of the plan".into(),
                running,
                "a building that cannot be placed on the map takes no part",
            );
            return;
        }
        if building.role != Role::Candidate {
            return;
        }
        if building.usable.grade == Grade::Defaulted {
            ask(
                "floor_area_m2",
                format!(
                    "{} m² in use today",
                    whole(building.usable.value.total().get())
                ),
                running,
                match running > 0.0 {
                    true => "a building whose area is not known receives nobody",
                    false => "it receives nobody, and what it costs is not known either",
                },
            );
        }
        // The rest says what letting it go would bring.
        if stays {
            return;
        }
        if building.running_fixed.grade == Grade::Defaulted {
            ask(
                "running_gbp",
                format!(
                    "{} a year, a default",
                    pounds(building.running_fixed.value.get())
                ),
                building.running_fixed.value.get() * years,
                "the saving from letting it go is this figure",
            );
        }
        if building.market_value.grade == Grade::Defaulted
            && matches!(
                building.tenure.kind,
                TenureKind::Freehold | TenureKind::LetOut
            )
        {
            ask(
                "value_gbp",
                pounds(0.0),
                building.usable.value.total().get() * value.gbp_m2,
                &value.why,
            );
        }
        if building.tenure.kind == TenureKind::Unknown {
            ask(
                "tenure",
                "unknown: it can only be mothballed".into(),
                running,
                "without its tenure it can be neither sold nor released",
            );
        }
        if building.tenure.kind == TenureKind::Leasehold
            && building.tenure.lease.expiry.is_none()
            && building.tenure.lease.breaks.is_empty()
        {
            ask(
                "lease_expiry",
                "no exit".into(),
                running,
                "a lease without dates cannot be released",
            );
        }
        if building.occupancy == Occupancy::Unknown {
            ask(
                "occupancy",
                "unknown: it is kept".into(),
                running,
                "nobody is listed and nobody says it is vacant, so it is never let go",
            );
        }
    }
}

/// What a missing value is ranked by, and why in words; it enters no plan.
struct ValueAMetre {
    gbp_m2: f64,
    why: String,
}

/// Ranks requests for a missing value where the place values no building of its own, £/m² of usable
/// floor; it enters no plan.
const ASSUMED_VALUE_GBP_M2: f64 = 1_000.0;

/// The reason of a building that cannot be placed on the map.
pub const NO_LOCATION: &str = "no location";

/// Sum of the discount factors of years 1 to the horizon, as the guide's `later`.
fn later_factors(finance: &Finance) -> f64 {
    let mut factor = 1.0;
    let mut sum = 0.0;
    for year in 1..finance.horizon_years {
        let rate = finance
            .discount
            .iter()
            .rfind(|step| step.from_year <= year)
            .map_or(0.0, |step| step.rate);
        factor /= 1.0 + rate;
        sum += factor;
    }
    sum
}
