//! Which building a record of another list is: by UPRN, then postcode and name or door, then
//! distance and name; what is merely close stays a doubtful pair.

use super::decisions::Decided;
use super::names::{NameBook, Words};
use crate::place::{Building, BuildingIx, Location, MatchReason, MatchRow, Role, RowRef};
use crate::travel::straight_line;
use rstar::RTree;
use rstar::primitives::GeomWithData;
use std::collections::HashMap;

/// Names at least this alike are taken for one.
const ALIKE: f64 = 0.6;
/// Joined pairs less alike than this are worth a look.
const SURE: f64 = 0.75;
/// Joined pairs further apart than this are worth a look, metres.
const FAR_M: f64 = 300.0;
const EARTH_M: f64 = 6_371_008.8;

/// A record to be looked up.
pub(super) struct Looked {
    /// Its id, as decisions name it.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its address.
    pub address: Option<String>,
    /// Its UPRN.
    pub uprn: Option<String>,
    /// Its postcode.
    pub postcode: Option<String>,
    /// Where it is.
    pub location: Option<Location>,
    /// How near a building must be.
    pub within_m: f64,
    /// Its row.
    pub source: RowRef,
}

/// How alike two records are.
#[derive(Clone, Copy, Default)]
struct Likeness {
    /// By name, 0–1.
    score: f64,
    /// Same house number and street.
    same_door: bool,
    /// More than one word of the names is the same, or all of them.
    more_than_a_word: bool,
}

struct Entry {
    name: Words,
    address: Words,
    location: Option<Location>,
}

/// Buildings that records can be matched to, by every key.
#[derive(Default)]
pub(super) struct Index {
    /// How often words occur in names.
    pub book: NameBook,
    entries: Vec<Option<Entry>>,
    by_uprn: HashMap<String, Vec<usize>>,
    by_postcode: HashMap<String, Vec<usize>>,
    near: RTree<GeomWithData<[f64; 3], usize>>,
}

fn on_sphere(at: Location) -> [f64; 3] {
    let (lon, lat) = (at.lon().to_radians(), at.lat().to_radians());
    [lat.cos() * lon.cos(), lat.cos() * lon.sin(), lat.sin()]
}

/// Metres between two places, if both are known.
pub(super) fn metres(one: Option<Location>, two: Option<Location>) -> Option<f64> {
    Some(f64::from(straight_line(one?, two?, 1.0)))
}

/// Whether records of other lists may be this building: land is never taken for a service's home.
fn may_be_found(building: &Building) -> bool {
    !matches!(building.role, Role::Out(_)) || building.role.is_out_for_location()
}

impl Index {
    /// Adds many buildings at once, from position 0 on.
    pub(super) fn of(buildings: &[Building]) -> Self {
        let mut index = Self::default();
        let mut points = Vec::new();
        for (at, building) in buildings.iter().enumerate() {
            index.note(at, building);
            if may_be_found(building)
                && let Some(location) = building.location
            {
                points.push(GeomWithData::new(on_sphere(location), at));
            }
        }
        index.near = RTree::bulk_load(points);
        index
    }

    /// Adds one building.
    pub(super) fn add(&mut self, at: usize, building: &Building) {
        self.note(at, building);
        if may_be_found(building)
            && let Some(location) = building.location
        {
            self.near.insert(GeomWithData::new(on_sphere(location), at));
        }
    }

    fn note(&mut self, at: usize, building: &Building) {
        if self.entries.len() <= at {
            self.entries.resize_with(at + 1, || None);
        }
        let name = Words::of(&building.name);
        self.book.learn(&name);
        if !may_be_found(building) {
            return;
        }
        if let Some(uprn) = &building.uprn {
            self.by_uprn.entry(uprn.to_string()).or_default().push(at);
        }
        if let Some(postcode) = &building.postcode {
            self.by_postcode
                .entry(postcode.to_string())
                .or_default()
                .push(at);
        }
        if let Some(entry) = self.entries.get_mut(at) {
            *entry = Some(Entry {
                name,
                address: Words::of(building.address.as_deref().unwrap_or_default()),
                location: building.location,
            });
        }
    }

    fn near(&self, location: Option<Location>, within_m: f64) -> Vec<usize> {
        let Some(location) = location else {
            return Vec::new();
        };
        let angle = (within_m / EARTH_M).min(std::f64::consts::PI);
        let chord = 2.0 * (angle / 2.0).sin();
        let mut found: Vec<_> = self
            .near
            .locate_within_distance(on_sphere(location), chord * chord * (1.0 + 1e-9) + 1e-18)
            .map(|point| point.data)
            .collect();
        found.sort_unstable();
        found
    }

    /// How alike the record and a building are by name, address or door.
    fn likeness(&self, looked: &Words, text: &Words, door: &Words, at: usize) -> Likeness {
        let Some(Some(entry)) = self.entries.get(at) else {
            return Likeness::default();
        };
        let mut score = self.book.score(looked, &entry.name);
        let stands_in = self.book.stands_in(&entry.name, text);
        if stands_in {
            score = score.max(0.8);
        }
        Likeness {
            score,
            same_door: entry.address.same_door(door),
            more_than_a_word: stands_in || self.book.share_more_than_a_word(looked, &entry.name),
        }
    }
}

/// A pair that was looked at.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pair {
    /// The building.
    pub building: usize,
    /// Why.
    pub reason: MatchReason,
    /// Name likeness.
    pub score: f64,
    /// Metres apart.
    pub distance_m: Option<f64>,
    /// Whether a person should look.
    pub doubtful: bool,
}

/// What was found for a record.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// The building it is.
    pub joined: Option<Pair>,
    /// Who decided it.
    pub decided_by: Option<String>,
    /// Buildings it might be.
    pub doubts: Vec<Pair>,
}

impl Index {
    /// Looks a record up. `allowed` says which buildings may be found at all; `named` finds a
    /// building by an id of a decision.
    pub(super) fn find(
        &self,
        looked: &Looked,
        decided: &Decided,
        named: impl Fn(&str) -> Option<usize>,
        ids: impl Fn(usize) -> String,
        allowed: impl Fn(usize) -> bool,
    ) -> Found {
        let words = Words::of(&looked.name);
        let address = looked.address.as_deref().unwrap_or_default();
        let door = Words::of(address);
        let text = Words::of(&format!("{} {address}", looked.name));
        let pair = |building: usize, reason: MatchReason| {
            let like = self.likeness(&words, &text, &door, building);
            let location = self
                .entries
                .get(building)
                .and_then(|e| e.as_ref()?.location);
            let distance_m = metres(looked.location, location);
            let pair = Pair {
                building,
                reason,
                score: like.score,
                distance_m,
                doubtful: like.score < SURE
                    || !like.more_than_a_word
                    || distance_m.is_some_and(|metres| metres > FAR_M),
            };
            (pair, like)
        };
        if let Some((building, by)) = decided.matched(&looked.id)
            && let Some(building) = named(building)
        {
            let (mut pair, _) = pair(building, MatchReason::Decision);
            pair.doubtful = false;
            return Found {
                joined: Some(pair),
                decided_by: Some(by.unwrap_or_else(|| "decisions.csv".into())),
                doubts: Vec::new(),
            };
        }
        let allowed = |at: &usize| allowed(*at) && !decided.parted(&looked.id, &ids(*at));
        let listed = |list: Option<&Vec<usize>>| -> Vec<usize> {
            list.into_iter()
                .flatten()
                .copied()
                .filter(|at| allowed(at))
                .collect()
        };
        let by_uprn: Vec<_> = listed(looked.uprn.as_ref().and_then(|uprn| self.by_uprn.get(uprn)))
            .into_iter()
            .map(|at| pair(at, MatchReason::Uprn).0)
            .collect();
        if let Some(best) = best(by_uprn) {
            return Found {
                joined: Some(best),
                ..Found::default()
            };
        }
        let same_code = listed(
            looked
                .postcode
                .as_ref()
                .and_then(|code| self.by_postcode.get(code)),
        );
        let mut doubts = Vec::new();
        let mut alike = Vec::new();
        for at in same_code {
            let (mut pair, like) = pair(at, MatchReason::PostcodeName);
            if pair.score >= ALIKE {
                alike.push(pair);
            } else if like.same_door {
                pair.reason = MatchReason::PostcodeDoor;
                pair.doubtful = true;
                alike.push(pair);
            } else {
                pair.reason = MatchReason::PostcodeOnly;
                pair.doubtful = true;
                doubts.push(pair);
            }
        }
        if alike.is_empty() {
            for at in self.near(looked.location, looked.within_m) {
                if !allowed(&at) {
                    continue;
                }
                let (mut pair, like) = pair(at, MatchReason::DistanceName);
                if pair.score >= ALIKE && like.more_than_a_word {
                    alike.push(pair);
                } else {
                    pair.reason = MatchReason::DistanceOnly;
                    pair.doubtful = true;
                    doubts.retain(|doubt: &Pair| doubt.building != at);
                    doubts.push(pair);
                }
            }
        }
        let joined = best(alike);
        if joined.is_some() {
            doubts.clear();
        }
        // The few that are nearest are enough for a person to decide.
        doubts.retain(|d| d.reason == MatchReason::DistanceOnly || d.score >= 0.3);
        doubts.sort_by(closer);
        doubts.truncate(3);
        Found {
            joined,
            decided_by: None,
            doubts,
        }
    }
}

fn closer(one: &Pair, two: &Pair) -> std::cmp::Ordering {
    let far = |pair: &Pair| pair.distance_m.unwrap_or(f64::MAX);
    two.score
        .total_cmp(&one.score)
        .then_with(|| far(one).total_cmp(&far(two)))
        .then_with(|| one.building.cmp(&two.building))
}

fn best(mut pairs: Vec<Pair>) -> Option<Pair> {
    pairs.sort_by(closer);
    pairs.into_iter().next()
}

/// A pair as the outputs list it.
pub(super) fn row(
    looked: &Looked,
    pair: &Pair,
    joined: bool,
    decided_by: Option<String>,
    buildings: &[Building],
) -> Option<MatchRow> {
    let building = buildings.get(pair.building)?;
    Some(MatchRow {
        point: looked.id.clone(),
        point_name: looked.name.clone(),
        point_location: looked.location,
        building: building.id.clone(),
        building_name: building.name.clone(),
        building_location: building.location,
        reason: pair.reason,
        distance_m: pair.distance_m,
        score: (pair.score * 1000.0).round() / 1000.0,
        joined,
        doubtful: pair.doubtful,
        decided_by,
        source: looked.source.clone(),
    })
}

/// Positions as the place counts them.
pub(super) fn position(at: usize) -> BuildingIx {
    BuildingIx::new(at)
}
