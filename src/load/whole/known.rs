//! The buildings of the registers by everything that later tables may call them.

use super::matching::Index;
use crate::load::plain;
use crate::place::{Agency, AgencyIx, Building, BuildingIx, MatchRow};
use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};

/// What later tables need to find buildings.
#[derive(Default)]
pub(super) struct Registers {
    /// Buildings by every id they go by, as [`plain`] compares them.
    ids: HashMap<Box<str>, BuildingIx>,
    /// Ids that several buildings share.
    shared_ids: HashSet<Box<str>>,
    /// Buildings by UPRN; `None` where several have it.
    by_uprn: HashMap<Box<str>, Option<BuildingIx>>,
    /// Ids of the agencies, and whose each building of the registers is, for `agency/id`.
    agencies: Vec<String>,
    owners: Vec<AgencyIx>,
    /// For matching.
    pub index: Index,
    /// Pairs joined and pairs in doubt.
    pub matches: Vec<MatchRow>,
    /// Ids of service points, as [`plain`] compares them.
    pub points: HashSet<String>,
    /// Whether a register could not be read: what refers to its buildings is then not to blame.
    pub incomplete: bool,
}

impl Registers {
    /// Nothing known yet but the agencies; room for so many buildings.
    pub(super) fn of(agencies: &[Agency], buildings: usize) -> Self {
        Self {
            agencies: agencies.iter().map(|a| plain(a.id.as_str())).collect(),
            ids: HashMap::with_capacity(buildings),
            ..Self::default()
        }
    }

    /// Lets buildings be found by their UPRNs.
    pub(super) fn learn_uprns(&mut self, buildings: &[Building]) {
        for (at, building) in buildings.iter().enumerate() {
            if let Some(uprn) = &building.uprn {
                self.by_uprn
                    .entry(uprn.clone())
                    .and_modify(|known| *known = None)
                    .or_insert(Some(BuildingIx::new(at)));
            }
        }
    }

    /// A building by an id that people wrote. `None` where none or several go by it.
    pub(super) fn named(&self, id: &str) -> Option<BuildingIx> {
        let id = plain(id);
        let bare = id
            .strip_prefix("building:")
            .or_else(|| id.strip_prefix("asset:"))
            .unwrap_or(&id);
        if self.shared_ids.contains(bare) {
            return None;
        }
        self.ids.get(bare).copied().or_else(|| self.of_agency(bare))
    }

    /// A building by `agency/id`, where its own id alone is enough.
    fn of_agency(&self, id: &str) -> Option<BuildingIx> {
        let (agency, own) = id.split_once('/')?;
        let found = self.ids.get(own).copied()?;
        let owner = self.owners.get(found.index())?;
        (self.agencies.get(owner.index())? == agency).then_some(found)
    }

    /// Whether several buildings go by an id.
    pub(super) fn is_shared(&self, id: &str) -> bool {
        self.shared_ids.contains(plain(id).as_str())
    }

    /// The one building with a UPRN.
    pub(super) fn with_uprn(&self, uprn: &str) -> Option<BuildingIx> {
        self.by_uprn.get(uprn).copied().flatten()
    }

    /// Every id people may write.
    pub(super) fn every_id(&self) -> impl Iterator<Item = &str> {
        self.ids.keys().map(|id| &**id)
    }

    /// Lets a building go by its ids, and notes whose it is.
    pub(super) fn learn(&mut self, ix: BuildingIx, building: &Building) {
        self.call(building.id.as_str(), ix);
        if let Some(own) = &building.register_id
            && plain(own) != plain(building.id.as_str())
        {
            self.call(own, ix);
        }
        self.owners.push(building.agency);
    }

    /// Lets a building go by one more id.
    pub(super) fn call(&mut self, id: &str, building: BuildingIx) {
        match self.ids.entry(plain(id).into()) {
            Entry::Occupied(known) if *known.get() != building => {
                self.shared_ids.insert(known.key().clone());
            }
            Entry::Occupied(_) => {}
            Entry::Vacant(free) => {
                free.insert(building);
            }
        }
    }
}
