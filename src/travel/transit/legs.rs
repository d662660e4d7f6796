//! Ways on foot between two lists of points.

use super::clock::{Clock, NEVER};

/// For every point of one list, the points of another that can be walked to and how long it takes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Legs {
    starts: Vec<u32>,
    list: Vec<(u32, Clock)>,
}

impl Legs {
    /// Legs by origin; a walk that takes longer than three days is none.
    pub(super) fn new(rows: Vec<Vec<(u32, u32)>>) -> Self {
        let mut legs = Self {
            starts: vec![0],
            list: Vec::with_capacity(rows.iter().map(Vec::len).sum()),
        };
        for row in rows {
            let known = row
                .into_iter()
                .filter_map(|(to, ms)| Some((to, Clock::try_from(ms).ok()?)));
            legs.list.extend(known.filter(|(_, ms)| *ms < NEVER / 8));
            legs.starts.push(legs.list.len() as u32);
        }
        legs
    }

    /// From one of the points.
    pub(super) fn from(&self, point: u32) -> &[(u32, Clock)] {
        match (
            self.starts.get(point as usize),
            self.starts.get(point as usize + 1),
        ) {
            (Some(first), Some(end)) => &self.list[*first as usize..*end as usize],
            _ => &[],
        }
    }

    /// The same walks by where they end; `ends` is how many points that list has.
    pub(super) fn turned(&self, ends: usize) -> Self {
        let mut rows = vec![Vec::new(); ends];
        for point in 0..self.starts.len().saturating_sub(1) as u32 {
            for (to, ms) in self.from(point) {
                rows[*to as usize].push((point, *ms as u32));
            }
        }
        Self::new(rows)
    }
}

/// Everything that is walked: to a stop, between stops, from a stop, and all the way.
#[derive(Clone, Debug, Default)]
pub(super) struct Walks {
    /// From origins to stops.
    pub(super) to_stop: Legs,
    /// From stops to other stops.
    pub(super) changes: Legs,
    /// From stops to ends.
    pub(super) from_stop: Legs,
    /// From origins to ends.
    pub(super) direct: Legs,
}
