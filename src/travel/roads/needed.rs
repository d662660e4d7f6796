//! How far journeys must be known for the rules of a place to be judged.

use crate::place::{
    AccessRule, BuildingIx, Distance, GroupLimit, Measure, Mode, Place, RoadMode, RuleKind,
    ServiceIx, Unit,
};
use std::collections::{BTreeMap, BTreeSet};

/// How far the rules of one measure can look.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Extent {
    /// From every zone at least so far; [`NO_END`] for as far as one gets.
    pub at_least: Distance,
    /// And three times as far as the nearest place of each of these services today …
    pub services: BTreeSet<ServiceIx>,
    /// … and so much more.
    pub plus: Distance,
    /// From every building to others within this, where a rule limits moves.
    pub moves: Option<Distance>,
}

/// What the rules of one measure along roads can ask about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Needed {
    /// How people travel.
    pub mode: RoadMode,
    /// What is counted.
    pub unit: Unit,
    /// How far.
    pub extent: Extent,
}

/// As far as the roads go.
pub const NO_END: Distance = Distance(u32::MAX);

/// What every measure along roads is asked for, by the rules of a place.
///
/// A rule looks no further than its limit, than today and its increase, or than the reach of a mean:
/// three times today's distance, at least 5 km or 30 minutes. Limits count twice, because people
/// try looser ones on the same place. A soft mean looks as far as the roads go, and so does the table of
/// a group that travels by a mode of its own.
pub fn needed(place: &Place) -> Vec<Needed> {
    let mut asked: BTreeMap<(RoadMode, Unit), Extent> = BTreeMap::new();
    for rule in &place.rules {
        if let Mode::Road(mode) = rule.measure.mode {
            let key = (mode, rule.measure.unit);
            let extent = asked.entry(key).or_insert_with(Extent::nothing);
            extent.add(rule);
        }
    }
    for measure in place.group_modes.values() {
        if let Mode::Road(mode) = measure.mode {
            let extent = asked.entry((mode, measure.unit));
            extent.or_insert_with(Extent::nothing).at_least = NO_END;
        }
    }
    let needed = |((mode, unit), extent)| Needed { mode, unit, extent };
    asked.into_iter().map(needed).collect()
}

/// How far the rules by timetable can look; `None` where there is none.
pub(in crate::travel) fn needed_by_timetable(place: &Place) -> Option<Extent> {
    let by_timetable = |measure: &Measure| measure.mode == Mode::Transit;
    let rules = || {
        place
            .rules
            .iter()
            .filter(|rule| by_timetable(&rule.measure))
    };
    let has_group = place.group_modes.values().any(by_timetable);
    if rules().next().is_none() && !has_group {
        return None;
    }
    let mut extent = match has_group {
        true => Extent::within(NO_END),
        false => Extent::nothing(),
    };
    rules().for_each(|rule| extent.add(rule));
    Some(extent)
}

impl Needed {
    /// All journeys of a measure from zones to buildings within a distance.
    pub fn all(mode: RoadMode, unit: Unit, within: Distance) -> Self {
        Self {
            mode,
            unit,
            extent: Extent::within(within),
        }
    }

    /// The measure.
    pub fn measure(&self) -> Measure {
        Measure {
            mode: Mode::Road(self.mode),
            unit: self.unit,
        }
    }
}

impl Extent {
    /// So far and no further.
    pub(in crate::travel) fn within(at_least: Distance) -> Self {
        Self {
            at_least,
            services: BTreeSet::new(),
            plus: Distance(0),
            moves: None,
        }
    }

    fn nothing() -> Self {
        Self::within(Distance(0))
    }

    fn add(&mut self, rule: &AccessRule) {
        let unit = rule.measure.unit;
        let least = match unit {
            Unit::Km => 5.0,
            Unit::Minutes => 30.0,
        };
        let least = Distance::from_user(least, unit);
        let (limit, plus) = match rule.kind {
            RuleKind::MinimumHosts { .. } => return,
            RuleKind::Displacement { limit } => {
                self.moves = self.moves.max(Some(twice(limit)));
                return;
            }
            RuleKind::Within { limit, .. }
            | RuleKind::FloorPerArea { limit, .. }
            | RuleKind::NoGroupWorse {
                keep: GroupLimit::Within { limit, .. },
                ..
            } => (twice(limit), Distance(0)),
            RuleKind::Capacity { .. } => (NO_END, Distance(0)),
            RuleKind::WorstCase { limit, increase } => (twice(limit), twice(increase)),
            RuleKind::Mean(_)
            | RuleKind::NoGroupWorse {
                keep: GroupLimit::Mean(_),
                ..
            } => match rule.hard {
                true => (least, Distance(0)),
                false => (NO_END, Distance(0)),
            },
        };
        self.at_least = self.at_least.max(limit).max(least);
        self.plus = self.plus.max(plus);
        self.services.insert(rule.service);
    }
}

fn twice(distance: Distance) -> Distance {
    Distance(distance.steps().saturating_mul(2))
}

/// For every building the services that are there today, among those that count.
pub(in crate::travel) fn services_today(
    place: &Place,
    counted: &BTreeSet<ServiceIx>,
) -> Vec<Vec<u32>> {
    let mut here = vec![Vec::new(); place.buildings.len()];
    for occupier in &place.occupiers {
        let at: BuildingIx = occupier.building;
        let service = occupier.service.index() as u32;
        if counted.contains(&occupier.service) && !here[at.index()].contains(&service) {
            here[at.index()].push(service);
        }
    }
    here
}
