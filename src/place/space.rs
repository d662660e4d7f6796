//! Floor by what it can be used for.

use super::SquareMetres;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What a floor can be used for. `Any` in a building accepts every need.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SpaceType {
    /// Desks and meeting rooms.
    Office,
    /// Counters, reading rooms, waiting rooms.
    Public,
    /// Consulting and treatment rooms.
    Clinical,
    /// Custody, evidence, vetted areas.
    Secure,
    /// Stores and archives.
    Storage,
    /// Not said: in a building it serves every need, in a need it fits anywhere.
    Any,
}

impl SpaceType {
    /// Every type, in the order tables show them.
    pub const ALL: [SpaceType; 6] = [
        SpaceType::Office,
        SpaceType::Public,
        SpaceType::Clinical,
        SpaceType::Secure,
        SpaceType::Storage,
        SpaceType::Any,
    ];

    /// The name in columns and messages.
    pub fn name(self) -> &'static str {
        match self {
            SpaceType::Office => "office",
            SpaceType::Public => "public",
            SpaceType::Clinical => "clinical",
            SpaceType::Secure => "secure",
            SpaceType::Storage => "storage",
            SpaceType::Any => "any",
        }
    }
}

/// Square metres by space type; types that are absent hold none.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Areas(pub BTreeMap<SpaceType, SquareMetres>);

impl Areas {
    /// All of one type.
    pub fn of(space: SpaceType, area: SquareMetres) -> Self {
        Self(BTreeMap::from([(space, area)]))
    }

    /// The area of one type.
    pub fn get(&self, space: SpaceType) -> SquareMetres {
        self.0.get(&space).copied().unwrap_or_default()
    }

    /// The area of all types together.
    pub fn total(&self) -> SquareMetres {
        self.0.values().copied().sum()
    }

    /// The types that hold something, in order.
    pub fn iter(&self) -> impl Iterator<Item = (SpaceType, SquareMetres)> + '_ {
        self.0.iter().map(|(space, area)| (*space, *area))
    }

    /// Every area times a factor: what a merged team uses, for instance.
    pub fn scaled(&self, factor: f64) -> Self {
        Self(
            self.0
                .iter()
                .map(|(space, area)| (*space, *area * factor))
                .collect(),
        )
    }
}
