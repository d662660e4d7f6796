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
#[serde(
    from = "BTreeMap<SpaceType, SquareMetres>",
    into = "BTreeMap<SpaceType, SquareMetres>"
)]
pub struct Areas(
    /// In the order of the types, each once: nearly every building has one or two.
    Box<[(SpaceType, SquareMetres)]>,
);

impl Areas {
    /// All of one type.
    pub fn of(space: SpaceType, area: SquareMetres) -> Self {
        Self(Box::new([(space, area)]))
    }

    /// The area of one type.
    pub fn get(&self, space: SpaceType) -> SquareMetres {
        self.iter()
            .find(|(known, _)| *known == space)
            .map_or(SquareMetres::ZERO, |(_, area)| area)
    }

    /// The area of all types together.
    pub fn total(&self) -> SquareMetres {
        self.iter().map(|(_, area)| area).sum()
    }

    /// The types that hold something, in order.
    pub fn iter(&self) -> impl Iterator<Item = (SpaceType, SquareMetres)> + '_ {
        self.0.iter().copied()
    }

    /// Every area times a factor: what a merged team uses, for instance.
    pub fn scaled(&self, factor: f64) -> Self {
        let scaled = self.iter().map(|(space, area)| (space, area * factor));
        Self(scaled.collect())
    }

    /// More of one type.
    pub fn add(&mut self, space: SpaceType, area: SquareMetres) {
        if let Some((_, known)) = self.0.iter_mut().find(|(known, _)| *known == space) {
            *known += area;
            return;
        }
        let mut areas = std::mem::take(&mut self.0).into_vec();
        areas.insert(
            areas.partition_point(|(known, _)| *known < space),
            (space, area),
        );
        self.0 = areas.into();
    }
}

impl FromIterator<(SpaceType, SquareMetres)> for Areas {
    fn from_iter<I: IntoIterator<Item = (SpaceType, SquareMetres)>>(areas: I) -> Self {
        let mut sum = Self::default();
        for (space, area) in areas {
            sum.add(space, area);
        }
        sum
    }
}

impl From<BTreeMap<SpaceType, SquareMetres>> for Areas {
    fn from(areas: BTreeMap<SpaceType, SquareMetres>) -> Self {
        Self(areas.into_iter().collect())
    }
}

impl From<Areas> for BTreeMap<SpaceType, SquareMetres> {
    fn from(areas: Areas) -> Self {
        areas.iter().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn areas_of_one_type_are_added_up_and_the_types_stand_in_their_order() {
        let mut areas = Areas::of(SpaceType::Any, SquareMetres(5.0));
        areas.add(SpaceType::Office, SquareMetres(1.0));
        areas.add(SpaceType::Any, SquareMetres(2.0));
        let stated: Vec<_> = areas.iter().map(|(space, area)| (space, area.0)).collect();
        assert_eq!(stated, [(SpaceType::Office, 1.0), (SpaceType::Any, 7.0)]);
        assert_eq!(areas.get(SpaceType::Secure), SquareMetres::ZERO);
        assert_eq!(areas.total(), SquareMetres(8.0));
        let map: BTreeMap<_, _> = areas.clone().into();
        assert_eq!(Areas::from(map), areas);
    }
}
