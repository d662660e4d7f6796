//! A user's own table of times or distances.

use crate::place::{BuildingIx, Distance, Unit, ZoneIx};

/// Where a journey of a matrix begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Origin {
    /// Where people live.
    Zone(ZoneIx),
    /// A building, for moves from one to another.
    Building(BuildingIx),
}

/// A sparse table of journeys in one mode and unit. A pair that is not in it cannot be travelled.
///
/// Memory is linear in the pairs given. Looking up a pair takes O(log n).
#[derive(Clone, Debug, PartialEq)]
pub struct Matrix {
    /// Name of the mode, as rules use it.
    pub mode: String,
    /// What its numbers count.
    pub unit: Unit,
    /// Sorted by origin, then building; each pair once.
    pairs: Vec<(Origin, BuildingIx, Distance)>,
}

impl Matrix {
    /// A matrix from its pairs, in any order. Of a pair given twice the shorter journey counts.
    pub fn new(
        mode: impl Into<String>,
        unit: Unit,
        pairs: impl IntoIterator<Item = (Origin, BuildingIx, Distance)>,
    ) -> Self {
        let mut pairs: Vec<_> = pairs.into_iter().collect();
        pairs.sort_unstable();
        pairs.dedup_by_key(|(from, to, _)| (*from, *to));
        Self {
            mode: mode.into(),
            unit,
            pairs,
        }
    }

    /// How many pairs it knows.
    pub fn len(&self) -> usize {
        self.pairs.len()
    }

    /// Whether it knows none.
    pub fn is_empty(&self) -> bool {
        self.pairs.is_empty()
    }

    /// The journey between a pair, if the table knows it.
    pub fn get(&self, from: Origin, to: BuildingIx) -> Option<Distance> {
        self.pairs
            .binary_search_by_key(&(from, to), |(from, to, _)| (*from, *to))
            .ok()
            .and_then(|at| self.pairs.get(at))
            .map(|(_, _, distance)| *distance)
    }

    /// Every journey from one origin, by position of the building.
    pub fn from_origin(&self, from: Origin) -> impl Iterator<Item = (BuildingIx, Distance)> + '_ {
        let start = self.pairs.partition_point(|(origin, ..)| *origin < from);
        self.pairs
            .iter()
            .skip(start)
            .take_while(move |(origin, ..)| *origin == from)
            .map(|(_, to, distance)| (*to, *distance))
    }

    /// Every journey, by origin and then by building.
    pub fn pairs(&self) -> impl Iterator<Item = (Origin, BuildingIx, Distance)> + '_ {
        self.pairs.iter().copied()
    }

    /// Both tables in one.
    pub(super) fn joined(self, other: Matrix) -> Self {
        Self::new(
            self.mode,
            self.unit,
            self.pairs.into_iter().chain(other.pairs),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair(zone: usize, building: usize, steps: u32) -> (Origin, BuildingIx, Distance) {
        (
            Origin::Zone(ZoneIx::new(zone)),
            BuildingIx::new(building),
            Distance(steps),
        )
    }

    #[test]
    fn of_a_pair_given_twice_the_shorter_counts() {
        let matrix = Matrix::new("bus", Unit::Minutes, [pair(0, 1, 90), pair(0, 1, 70)]);
        let from = Origin::Zone(ZoneIx::new(0));
        assert_eq!(matrix.get(from, BuildingIx::new(1)), Some(Distance(70)));
    }

    #[test]
    fn a_pair_that_is_not_listed_cannot_be_travelled() {
        let matrix = Matrix::new("bus", Unit::Minutes, [pair(0, 1, 90)]);
        let from = Origin::Zone(ZoneIx::new(0));
        assert_eq!(matrix.get(from, BuildingIx::new(0)), None);
    }

    #[test]
    fn the_journeys_of_one_zone_are_its_own() {
        let matrix = Matrix::new(
            "bus",
            Unit::Minutes,
            [pair(1, 2, 10), pair(0, 1, 20), pair(1, 0, 30)],
        );
        let journeys: Vec<_> = matrix.from_origin(Origin::Zone(ZoneIx::new(1))).collect();
        assert_eq!(
            journeys,
            [
                (BuildingIx::new(0), Distance(30)),
                (BuildingIx::new(2), Distance(10))
            ]
        );
    }
}
