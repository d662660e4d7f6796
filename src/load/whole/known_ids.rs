//! The ids that decisions may name, and what is said of one that names nothing.

use super::decisions::Decided;
use super::known::Registers;
use super::loading::LoadOptions;
use crate::load::config::{did_you_mean, some_of};
use crate::load::plain;
use crate::place::{Decision, Finding, Place, Severity, Verb};
use std::collections::{HashMap, HashSet};

/// An id without the kind people may write before it.
pub(super) fn bare(id: &str) -> &str {
    match id.split_once(':') {
        Some(("building" | "asset" | "occupier" | "point", rest)) => rest,
        _ => id,
    }
}

/// The kind people may write before an id.
fn kind(id: &str) -> Option<&str> {
    match id.split_once(':') {
        Some((kind @ ("building" | "asset" | "occupier" | "point"), _)) => Some(kind),
        _ => None,
    }
}

/// Every id of the place before records beyond the buffer are dropped.
pub(super) struct KnownIds {
    buildings: HashMap<String, String>,
    occupiers: HashMap<String, String>,
    points: HashSet<String>,
    pub incomplete: bool,
}

impl KnownIds {
    /// Of a place and its registers.
    pub(super) fn of(
        place: &Place,
        registers: &Registers,
        decided: &Decided,
        options: &LoadOptions,
    ) -> Self {
        let mut known = Self {
            buildings: HashMap::new(),
            occupiers: HashMap::new(),
            points: HashSet::new(),
            incomplete: registers.incomplete,
        };
        if decided.is_empty() && options.keep.is_empty() && options.dispose.is_empty() {
            return known;
        }
        for id in registers.every_id() {
            if let Some(building) = registers.named(id) {
                let own = place.building(building).id.to_string();
                known.buildings.insert(id.to_string(), own);
            }
        }
        for building in &place.buildings {
            let own = building.id.to_string();
            known.buildings.insert(plain(&own), own);
            if let Some(register_id) = &building.register_id {
                let agency = &place.agency(building.agency).id;
                known
                    .buildings
                    .entry(plain(&format!("{agency}/{register_id}")))
                    .or_insert_with(|| building.id.to_string());
            }
        }
        for occupier in &place.occupiers {
            let own = occupier.id.to_string();
            known.occupiers.insert(plain(&own), own);
        }
        known.points.clone_from(&registers.points);
        known
    }

    pub(super) fn knows(&self, id: &str) -> bool {
        let key = plain(bare(id));
        self.buildings.contains_key(&key)
            || self.occupiers.contains_key(&key)
            || self.points.contains(&key)
    }

    /// The record a lock or a placing is about, under the id the place uses, its kind before it
    /// where both a building and an occupier have that id.
    pub(super) fn subject(&self, decision: &Decision) -> Result<String, Refused> {
        let key = plain(bare(&decision.id));
        let building = self.buildings.get(&key);
        let occupier = self.occupiers.get(&key);
        let (building, occupier) = match kind(&decision.id) {
            Some("building" | "asset") => (building, None),
            Some("occupier") => (None, occupier),
            // The building that was made of a service point is also called by the point's id.
            _ if building.is_some_and(|id| plain(id) != key) => match decision.verb {
                Verb::Dispose | Verb::PartGoes | Verb::Free => (building, None),
                _ => (building.filter(|_| occupier.is_none()), occupier),
            },
            _ => (building, occupier),
        };
        let of_building = matches!(decision.verb, Verb::Dispose | Verb::PartGoes);
        match (building, occupier) {
            (Some(_), Some(occupier)) if decision.verb == Verb::PlaceAt => {
                Ok(format!("occupier:{occupier}"))
            }
            (Some(building), Some(_)) if of_building => Ok(format!("building:{building}")),
            (Some(_), Some(_)) => Err(Refused::Ambiguous),
            (Some(_), None) if decision.verb == Verb::PlaceAt => Err(Refused::Building),
            (Some(building), None) if self.occupiers.contains_key(&plain(building)) => {
                Ok(format!("building:{building}"))
            }
            (Some(building), None) => Ok(building.clone()),
            (None, Some(_)) if of_building => Err(Refused::Occupier),
            (None, Some(occupier)) if self.buildings.contains_key(&key) => {
                Ok(format!("occupier:{occupier}"))
            }
            (None, Some(occupier)) => Ok(occupier.clone()),
            (None, None) => Err(Refused::Unknown),
        }
    }

    /// What was typed on the command line is nearly always a building: its ids are offered before
    /// those of occupiers.
    fn hint_of_buildings(&self, id: &str) -> String {
        let near = |ids: &HashMap<String, String>| {
            let nearest = did_you_mean(bare(id), ids.values().map(String::as_str));
            nearest.starts_with("did you mean").then_some(nearest)
        };
        near(&self.buildings)
            .or_else(|| near(&self.occupiers))
            .unwrap_or_else(|| {
                let some = some_of(self.buildings.values().map(String::as_str));
                format!("the ids of buildings are those of the registers, such as {some}")
            })
    }

    /// The nearest id, or a few to show what ids look like.
    pub(super) fn hint(&self, id: &str) -> String {
        let ids = || self.buildings.values().chain(self.occupiers.values());
        let nearest = did_you_mean(bare(id), ids().map(String::as_str));
        if nearest.starts_with("did you mean") {
            return nearest;
        }
        format!(
            "ids are those of the registers and of the occupiers, such as {}",
            some_of(ids().map(String::as_str))
        )
    }

    /// The building an id names: its own, else that of the occupier of this id.
    pub(super) fn building(&self, id: &str, place: &Place) -> Option<String> {
        let key = plain(bare(id));
        if let Some(own) = self.buildings.get(&key) {
            return Some(own.clone());
        }
        let found = self.occupiers.get(&key)?;
        let occupier = place.occupiers.iter().find(|o| o.id.as_str() == found)?;
        Some(place.building(occupier.building).id.to_string())
    }
}

/// Why an id names nothing a decision can be about.
pub(super) enum Refused {
    Unknown,
    Ambiguous,
    /// `dispose` of an occupier.
    Occupier,
    /// `place_at` of a building.
    Building,
}

impl Refused {
    pub(super) fn finding(&self, decision: &Decision, known: &KnownIds) -> Finding {
        let id = bare(&decision.id);
        let (code, cause, action) = match self {
            Refused::Unknown => (
                "unknown-id",
                "no building, occupier or service point has this id",
                if decision.source.file.starts_with("--") {
                    known.hint_of_buildings(id)
                } else {
                    known.hint(id)
                },
            ),
            Refused::Ambiguous => (
                "ambiguous-id",
                "a building and an occupier have this id",
                format!("write `building:{id}` or `occupier:{id}`"),
            ),
            Refused::Occupier => (
                "bad-decision",
                "this is an occupier, and only a building can be disposed of",
                "give the id of its building".to_owned(),
            ),
            Refused::Building => (
                "bad-decision",
                "this is a building, and only an occupier can be placed",
                "give the ids of those in it, a row for each".to_owned(),
            ),
        };
        Finding::new(code, Severity::Error, decision.source.clone())
            .column("id")
            .cell(decision.id.clone())
            .cause(cause)
            .action(action)
    }
}
