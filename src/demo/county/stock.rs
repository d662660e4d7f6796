//! One building with its teams.

use crate::demo::estate::{Builder, Order, Wanted};
use crate::demo::kinds::Kind;
use crate::demo::land::Grid;

/// A building to be made in the middle of a settlement.
pub(super) struct Stock<'b, 'a> {
    pub(super) builder: &'b mut Builder<'a>,
    pub(super) settlement: usize,
    pub(super) town: String,
}

impl Stock<'_, '_> {
    pub(super) fn fill(&mut self) -> f64 {
        (0.80 + 0.085 * self.builder.chance.bell()).clamp(0.58, 0.97)
    }

    pub(super) fn add(
        &mut self,
        kind: Kind,
        agency: usize,
        name: String,
        at: Grid,
        teams: Vec<Wanted>,
    ) -> usize {
        let mut fill = self.fill();
        if matches!(kind, Kind::Office | Kind::Civic) {
            // Desks stand empty more often than reading rooms.
            fill = (fill - 0.07).max(0.5);
        }
        self.builder.build(Order {
            kind,
            agency,
            name,
            at,
            settlement: self.settlement,
            fill,
            teams,
        })
    }

    pub(super) fn size(&mut self, low: f64, high: f64) -> f64 {
        self.builder.chance.between(low, high).round()
    }

    pub(super) fn desk_team(&mut self, agency: usize, name: &str, low: f64, high: f64) -> Wanted {
        let fte = self.size(low, high);
        Wanted {
            work: "back_office",
            agency,
            name: format!("{name}, {}", self.town),
            space: 0.0,
            fte,
        }
    }

    /// A counter with staff in proportion to its floor.
    pub(super) fn counter(
        &mut self,
        work: &'static str,
        agency: usize,
        name: String,
        space: f64,
    ) -> Wanted {
        let each = self.builder.chance.between(22.0, 40.0);
        Wanted {
            work,
            agency,
            name,
            space,
            fte: (space / each).max(1.0),
        }
    }
}

pub(super) const OFFICE_TEAMS: [&str; 10] = [
    "Finance and people",
    "Highways",
    "Planning and growth",
    "Children's social care",
    "Adult social care",
    "Digital and data",
    "Revenues and benefits",
    "Environment",
    "Legal and democratic services",
    "Public health",
];

pub(super) const QUARTERS: [&str; 12] = [
    "Northfield",
    "Eastgate",
    "Southmead",
    "Westway",
    "Priory",
    "Quarry Bank",
    "Riverside",
    "Heathside",
    "Castle",
    "Station",
    "Meadows",
    "Orchard",
];
