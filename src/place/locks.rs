//! What the register's locks and people's decisions together say about one record.

use super::{BuildingIx, Decision, Lock, OccupierIx, Place, Verb};

/// A record that decisions are about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Record {
    /// A building.
    Building(BuildingIx),
    /// An occupier.
    Occupier(OccupierIx),
}

/// What decisions ask of one record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Asked {
    /// It stays: a building open, an occupier where it is.
    Keep,
    /// The building is let go.
    Dispose,
    /// A part of the building goes, and the rest stays: said only where somebody asks for the whole to go.
    PartGoes,
    /// The optimiser decides.
    Free,
    /// The occupier goes there.
    At(BuildingIx),
}

/// A record about which decisions in force say opposite things. It is planned free.
#[derive(Clone, Debug, PartialEq)]
pub struct Opposed<'a> {
    /// The record.
    pub record: Record,
    /// What is asked, in the order of the decisions, each with those who ask it.
    pub sides: Vec<(Asked, Vec<&'a Decision>)>,
}

impl Place {
    /// The lock on a building: its register's, or what the decisions in force say. Opposite
    /// decisions leave it free; [`Place::opposed_decisions`] names them. Of a building of which a part is decided to
    /// go the rest stays, whatever its register says.
    pub fn building_lock(&self, at: BuildingIx) -> Lock {
        match self.decided(Record::Building(at)).as_slice() {
            [] if self.decisions_on_part(at).next().is_some() => Lock::Free,
            [] => self.building(at).lock,
            [(Asked::Keep, _)] => Lock::Keep,
            [(Asked::Dispose, _)] => Lock::Dispose,
            _ => Lock::Free,
        }
    }

    /// The lock on an occupier: its table's, or what the decisions in force say. `Keep` holds it
    /// where it is; `Dispose` means nothing for an occupier.
    pub fn occupier_lock(&self, at: OccupierIx) -> Lock {
        match self.decided(Record::Occupier(at)).as_slice() {
            [] => self.occupier(at).lock,
            [(Asked::Keep, _)] => Lock::Keep,
            _ => Lock::Free,
        }
    }

    /// Where people decided that an occupier goes, if they decided one place.
    pub fn placing(&self, at: OccupierIx) -> Option<BuildingIx> {
        match self.decided(Record::Occupier(at)).as_slice() {
            [(Asked::At(to), _)] => Some(*to),
            _ => None,
        }
    }

    /// Records about which decisions in force say opposite things: buildings, then occupiers, in
    /// the order of the place.
    pub fn opposed_decisions(&self) -> Vec<Opposed<'_>> {
        if self.decisions.len() < 2 {
            return Vec::new();
        }
        let buildings = self.buildings().map(|(at, _)| Record::Building(at));
        let occupiers = self.occupiers().map(|(at, _)| Record::Occupier(at));
        buildings
            .chain(occupiers)
            .map(|record| Opposed {
                record,
                sides: self.decided(record),
            })
            .filter(|opposed| opposed.sides.len() > 1)
            .collect()
    }

    /// The decisions in force that lock or place a record.
    pub fn decisions_on(&self, record: Record) -> Vec<&Decision> {
        let sides = self.decided(record).into_iter();
        sides.flat_map(|(_, decisions)| decisions).collect()
    }

    /// By decision: whether it locks or places one of these records, or lets a part of it go.
    pub fn decisions_among(&self, records: impl IntoIterator<Item = Record>) -> Vec<bool> {
        let mut among = vec![false; self.decisions.len()];
        for record in records {
            let parts = match record {
                Record::Building(at) => Some(self.decisions_on_part(at)),
                Record::Occupier(_) => None,
            };
            let decisions = self.decisions_on(record).into_iter();
            for decision in decisions.chain(parts.into_iter().flatten()) {
                let own = |one: &Decision| std::ptr::eq(one, decision);
                if let Some(at) = self.decisions.iter().position(own) {
                    among[at] = true;
                }
            }
        }
        among
    }

    /// Leaves out the decisions that are marked.
    pub fn without_decisions(&mut self, marked: &[bool]) {
        let mut marks = marked.iter().copied();
        self.decisions.retain(|_| !marks.next().unwrap_or(false));
    }

    /// Whether it is decided that the part of a building goes: somebody says so, and nobody that all of it goes.
    pub fn part_goes(&self, at: BuildingIx) -> bool {
        let whole = || self.decided(Record::Building(at));
        self.decisions_on_part(at).next().is_some()
            && whole().iter().all(|(asked, _)| *asked != Asked::Dispose)
    }

    /// The decisions in force that the part of a building goes.
    pub fn decisions_on_part(&self, at: BuildingIx) -> impl Iterator<Item = &Decision> {
        let id = self.building(at).id.as_str();
        self.decisions.iter().filter(move |decision| {
            decision.verb == Verb::PartGoes
                && decision.in_force(self.base_date)
                && decision.is_about(Record::Building(at), id)
        })
    }

    /// The id of a record.
    pub fn id_of(&self, record: Record) -> &str {
        match record {
            Record::Building(at) => self.building(at).id.as_str(),
            Record::Occupier(at) => self.occupier(at).id.as_str(),
        }
    }

    /// The building with this id.
    pub fn building_named(&self, id: &str) -> Option<BuildingIx> {
        self.buildings()
            .find(|(_, building)| building.id.as_str() == id)
            .map(|(at, _)| at)
    }

    /// What the decisions in force ask of a record, each thing with those who ask it.
    fn decided(&self, record: Record) -> Vec<(Asked, Vec<&Decision>)> {
        let mut sides: Vec<(Asked, Vec<&Decision>)> = Vec::new();
        if self.decisions.is_empty() {
            return sides;
        }
        let id = self.id_of(record);
        for decision in &self.decisions {
            if !decision.is_about(record, id) || !decision.in_force(self.base_date) {
                continue;
            }
            let Some(asked) = self.asked(record, decision) else {
                continue;
            };
            match sides.iter_mut().find(|(other, _)| *other == asked) {
                Some((_, who)) => who.push(decision),
                None => sides.push((asked, vec![decision])),
            }
        }
        // What stays when a part goes cannot be let go.
        if let Record::Building(at) = record
            && sides.iter().any(|(asked, _)| *asked == Asked::Dispose)
        {
            let parted: Vec<&Decision> = self.decisions_on_part(at).collect();
            sides.extend((!parted.is_empty()).then_some((Asked::PartGoes, parted)));
        }
        sides
    }

    fn asked(&self, record: Record, decision: &Decision) -> Option<Asked> {
        match (&decision.verb, record) {
            (Verb::Keep, _) => Some(Asked::Keep),
            (Verb::Free, _) => Some(Asked::Free),
            (Verb::Dispose, Record::Building(_)) => Some(Asked::Dispose),
            (Verb::PlaceAt, Record::Occupier(_)) => self
                .building_named(decision.value.as_deref()?)
                .map(Asked::At),
            _ => None,
        }
    }
}

impl Decision {
    /// Whether it holds on a day: it does on the day it expires, and not after.
    pub fn in_force(&self, day: jiff::civil::Date) -> bool {
        self.expires.is_none_or(|last| last >= day)
    }

    /// Whether it is about the record with this id. An id may carry its kind:
    /// `building:TMBC0126`, `occupier:…`; one that does is about no record of the other kind.
    fn is_about(&self, record: Record, id: &str) -> bool {
        if !self.id.ends_with(id) {
            return false;
        }
        let (kind, rest) = match self.id.split_once(':') {
            Some((kind @ ("building" | "asset" | "occupier"), rest)) => (Some(kind), rest),
            _ => (None, self.id.as_str()),
        };
        let of_kind = match kind {
            Some("occupier") => matches!(record, Record::Occupier(_)),
            Some(_) => matches!(record, Record::Building(_)),
            None => true,
        };
        // An id of a register may hold a colon of its own.
        (of_kind && rest == id) || self.id == id
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::place::sample;

    fn decided(decisions: &[(&str, Verb, Option<&str>)]) -> Place {
        let mut place = sample::six_buildings();
        for (id, verb, value) in decisions {
            place
                .decisions
                .push(Decision::about(*id, verb.clone(), *value));
        }
        place
    }

    #[test]
    fn an_id_with_its_kind_is_about_no_record_of_the_other_kind() {
        let mut place = decided(&[("building:A0", Verb::Keep, None)]);
        place.occupiers[0].id = "A0".into();
        assert_eq!(place.building_lock(BuildingIx::new(0)), Lock::Keep);
        assert_eq!(place.occupier_lock(OccupierIx::new(0)), Lock::Free);
    }

    #[test]
    fn two_placings_of_one_occupier_leave_it_free_and_are_named() {
        let place = decided(&[
            ("office-0", Verb::PlaceAt, Some("A1")),
            ("office-0", Verb::PlaceAt, Some("A2")),
            ("office-0", Verb::PlaceAt, Some("A1")),
        ]);
        let office = OccupierIx::new(2);
        assert_eq!(place.placing(office), None);
        let opposed = place.opposed_decisions();
        assert_eq!(opposed.len(), 1);
        assert_eq!(opposed[0].record, Record::Occupier(office));
        let at = |building| Asked::At(BuildingIx::new(building));
        let asked: Vec<_> = opposed[0]
            .sides
            .iter()
            .map(|(a, w)| (*a, w.len()))
            .collect();
        assert_eq!(asked, [(at(1), 2), (at(2), 1)]);
    }

    #[test]
    fn keeping_an_occupier_against_placing_it_leaves_it_free() {
        let place = decided(&[
            ("office-0", Verb::Keep, None),
            ("office-0", Verb::PlaceAt, Some("A2")),
        ]);
        assert_eq!(place.occupier_lock(OccupierIx::new(2)), Lock::Free);
        assert_eq!(place.placing(OccupierIx::new(2)), None);
        assert_eq!(place.opposed_decisions().len(), 1);
    }

    #[test]
    fn a_part_that_goes_opposes_the_whole_that_goes_and_nothing_else() {
        let building = BuildingIx::new(0);
        let part = ("A0", Verb::PartGoes, None);
        let place = decided(&[part.clone(), ("A0", Verb::Dispose, None)]);
        assert_eq!(place.building_lock(building), Lock::Free);
        assert!(!place.part_goes(building));
        let opposed = place.opposed_decisions();
        let asked: Vec<Asked> = opposed[0].sides.iter().map(|(asked, _)| *asked).collect();
        assert_eq!(asked, [Asked::Dispose, Asked::PartGoes]);
        // Beside `keep`, or against what the register says, it is followed.
        let place = decided(&[part.clone(), ("A0", Verb::Keep, None)]);
        assert!(place.part_goes(building) && place.opposed_decisions().is_empty());
        let mut place = decided(&[part]);
        place.buildings[0].lock = Lock::Dispose;
        assert!(place.part_goes(building) && place.opposed_decisions().is_empty());
        assert_eq!(place.building_lock(building), Lock::Free);
    }

    #[test]
    fn an_expired_decision_opposes_nothing() {
        let mut place = decided(&[("A0", Verb::Keep, None), ("A0", Verb::Dispose, None)]);
        place.decisions[0].expires = jiff::civil::Date::new(2020, 1, 1).ok();
        assert_eq!(place.building_lock(BuildingIx::new(0)), Lock::Dispose);
        assert!(place.opposed_decisions().is_empty());
    }
}
