//! What an id means.

use super::limit::id_of;
use crate::place::{BuildingIx, MoneyRule, OccupierIx, Place, PointIx};

/// What a question is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A building.
    Building(BuildingIx),
    /// A team or counter.
    Occupier(OccupierIx),
    /// An offered counter.
    Point(PointIx),
    /// An access rule, by position.
    Rule(usize),
    /// A limit on money.
    Limit(MoneyRule),
}

/// An id that nothing of the place bears, or several things do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UnknownId {
    /// Nothing bears it.
    #[error(
        "no building, team, counter, offer of a counter, access rule or limit on money is called `{id}`"
    )]
    Nothing {
        /// The id.
        id: String,
        /// Every id there is.
        known: Vec<String>,
    },
    /// Records of several kinds bear it.
    #[error("`{id}` is {}", kinds.join(" and "))]
    Several {
        /// The id.
        id: String,
        /// The ids with their kinds: `building:A1`.
        kinds: Vec<String>,
    },
}

impl Subject {
    /// Finds a subject by its id, which may carry its kind: `building:A1`, `occupier:…`, `point:…`, `rule:…`,
    /// `limit:…`.
    /// A limit on the money of one agency is called by both: `capital_budget:police`. Where no id is this, the name
    /// of a building or team does, whatever its case.
    ///
    /// # Errors
    /// [`UnknownId`] where nothing bears the id, or more than one thing.
    pub fn find(place: &Place, id: &str) -> Result<Self, UnknownId> {
        let all = |id: &str| {
            [
                building(place, id),
                occupier(place, id),
                point(place, id),
                rule(place, id),
                limit(place, id),
            ]
        };
        let mut found: Vec<Self> = all(id).into_iter().flatten().collect();
        if found.is_empty()
            && let Some((kind, rest)) = id.split_once(':')
        {
            let wanted = match kind {
                "building" | "asset" => building(place, rest),
                "occupier" => occupier(place, rest),
                "point" => point(place, rest),
                "rule" => rule(place, rest),
                "limit" => limit(place, rest),
                _ => None,
            };
            found.extend(wanted);
        }
        if found.is_empty() {
            found = named(place, id);
        }
        match found.as_slice() {
            [one] => Ok(*one),
            [] => Err(UnknownId::Nothing {
                id: id.to_owned(),
                known: ids(place),
            }),
            several => Err(UnknownId::Several {
                id: id.to_owned(),
                kinds: several
                    .iter()
                    .map(|one| format!("{}:{}", one.kind(), one.id(place).unwrap_or(id)))
                    .collect(),
            }),
        }
    }

    /// Its id, of what also has a name.
    fn id(self, place: &Place) -> Option<&str> {
        match self {
            Subject::Building(at) => Some(place.building(at).id.as_str()),
            Subject::Occupier(at) => Some(place.occupier(at).id.as_str()),
            Subject::Point(_) | Subject::Rule(_) | Subject::Limit(_) => None,
        }
    }

    fn kind(self) -> &'static str {
        match self {
            Subject::Building(_) => "building",
            Subject::Occupier(_) => "occupier",
            Subject::Point(_) => "point",
            Subject::Rule(_) => "rule",
            Subject::Limit(_) => "limit",
        }
    }
}

/// Every building of a name, else every team: a library and its building are often called the same.
fn named(place: &Place, name: &str) -> Vec<Subject> {
    let wanted = folded(name);
    let is = |own: &str| !wanted.is_empty() && folded(own) == wanted;
    let buildings = place.buildings().filter(|(_, one)| is(&one.name));
    let found: Vec<Subject> = buildings.map(|(at, _)| Subject::Building(at)).collect();
    if !found.is_empty() {
        return found;
    }
    let teams = place.occupiers().filter(|(_, one)| is(&one.name));
    teams.map(|(at, _)| Subject::Occupier(at)).collect()
}

/// A name whatever its case and its blanks.
fn folded(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    words.join(" ").to_lowercase()
}

fn building(place: &Place, id: &str) -> Option<Subject> {
    place.building_named(id).map(Subject::Building)
}

fn occupier(place: &Place, id: &str) -> Option<Subject> {
    let mut all = place.occupiers();
    let found = all.find(|(_, occupier)| occupier.id.as_str() == id);
    found.map(|(at, _)| Subject::Occupier(at))
}

fn point(place: &Place, id: &str) -> Option<Subject> {
    let mut all = place.points();
    let found = all.find(|(_, point)| point.id.as_str() == id);
    found.map(|(at, _)| Subject::Point(at))
}

fn rule(place: &Place, id: &str) -> Option<Subject> {
    place.rule_named(id).map(Subject::Rule)
}

fn limits(place: &Place) -> Vec<(String, MoneyRule)> {
    let rules = place.finance.limits.rules(place.agencies.len());
    let named = |rule: MoneyRule| (id_of(place, rule), rule);
    rules.into_iter().map(named).collect()
}

fn limit(place: &Place, id: &str) -> Option<Subject> {
    let mut all = limits(place).into_iter();
    let found = all.find(|(own, _)| own == id);
    found.map(|(_, rule)| Subject::Limit(rule))
}

fn ids(place: &Place) -> Vec<String> {
    let buildings = place.buildings.iter().map(|one| one.id.to_string());
    let occupiers = place.occupiers.iter().map(|one| one.id.to_string());
    let points = place.points.iter().map(|one| one.id.to_string());
    let rules = place.rules.iter().map(|one| one.id.to_string());
    let limits = limits(place).into_iter().map(|(id, _)| id);
    buildings
        .chain(occupiers)
        .chain(points)
        .chain(rules)
        .chain(limits)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::place::sample::six_buildings;

    #[test]
    fn an_id_of_two_kinds_is_asked_for_with_its_kind() {
        let mut place = six_buildings();
        place.occupiers[0].id = "A0".into();
        let several = UnknownId::Several {
            id: "A0".into(),
            kinds: vec!["building:A0".into(), "occupier:A0".into()],
        };
        assert_eq!(Subject::find(&place, "A0"), Err(several));
        let found = Subject::find(&place, "building:A0");
        assert_eq!(found, Ok(Subject::Building(BuildingIx::new(0))));
    }

    #[test]
    fn a_building_is_found_by_a_name_that_it_alone_has_and_asked_for_by_id_otherwise() {
        let mut place = six_buildings();
        place.buildings[2].name = "Old  Town Hall".to_owned();
        place.occupiers[0].name = "Old Town Hall".to_owned();
        let found = Subject::find(&place, "old town hall");
        assert_eq!(found, Ok(Subject::Building(BuildingIx::new(2))));
        place.buildings[4].name = "Old Town Hall".to_owned();
        let ids = [2, 4].map(|at: usize| format!("building:{}", place.buildings[at].id));
        let several = UnknownId::Several {
            id: "old town hall".into(),
            kinds: ids.to_vec(),
        };
        assert_eq!(Subject::find(&place, "old town hall"), Err(several));
    }

    #[test]
    fn an_id_that_nothing_bears_is_told_with_all_there_are() {
        let found = Subject::find(&six_buildings(), "A9");
        let Err(UnknownId::Nothing { known, .. }) = found else {
            panic!("{found:?}");
        };
        // Six buildings, seven occupiers, three rules.
        assert_eq!(known.len(), 16);
    }
}
