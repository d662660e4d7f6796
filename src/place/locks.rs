//! What the register's locks and people's decisions together say about one record.

use super::{BuildingIx, Decision, Lock, OccupierIx, Place, Verb};

impl Place {
    /// The lock on a building: its register's, or what the decisions in force say. Opposite
    /// decisions leave it free; [`Place::lock_conflicts`] names them.
    pub fn building_lock(&self, at: BuildingIx) -> Lock {
        let building = self.building(at);
        self.lock_of(Kind::Building, building.id.as_str(), building.lock)
    }

    /// The lock on an occupier: its table's, or what the decisions in force say. `Keep` holds it
    /// where it is; `Dispose` means nothing for an occupier.
    pub fn occupier_lock(&self, at: OccupierIx) -> Lock {
        let occupier = self.occupier(at);
        self.lock_of(Kind::Occupier, occupier.id.as_str(), occupier.lock)
    }

    /// A record's lock: its own, or what the decisions in force about it say; opposite ones free it.
    fn lock_of(&self, kind: Kind, id: &str, own: Lock) -> Lock {
        let mut lock = own;
        let mut decided = None;
        for decision in self.decisions_about(kind, id) {
            let asked = match decision.verb {
                Verb::Keep => Lock::Keep,
                Verb::Dispose => Lock::Dispose,
                Verb::Free => Lock::Free,
                Verb::Match | Verb::NotMatch | Verb::PlaceAt => continue,
            };
            match decided {
                None => decided = Some(asked),
                Some(before) if before == asked => {}
                Some(_) => return Lock::Free,
            }
        }
        if let Some(asked) = decided {
            lock = asked;
        }
        lock
    }

    /// Where people decided that an occupier goes, if they decided one place.
    pub fn placing(&self, at: OccupierIx) -> Option<BuildingIx> {
        let mut places = self
            .decisions_about(Kind::Occupier, self.occupier(at).id.as_str())
            .filter(|decision| decision.verb == Verb::PlaceAt)
            .filter_map(|decision| decision.value.as_deref())
            .filter_map(|id| self.building_named(id));
        let first = places.next()?;
        places.all(|other| other == first).then_some(first)
    }

    /// Buildings about which decisions in force say opposite things, with those decisions.
    pub fn lock_conflicts(&self) -> Vec<(BuildingIx, Vec<&Decision>)> {
        let locking = |d: &&Decision| matches!(d.verb, Verb::Keep | Verb::Dispose | Verb::Free);
        self.buildings()
            .filter_map(|(at, building)| {
                let about: Vec<_> = self
                    .decisions_about(Kind::Building, building.id.as_str())
                    .filter(locking)
                    .collect();
                let opposed = about.iter().any(|d| d.verb != about[0].verb);
                opposed.then_some((at, about))
            })
            .collect()
    }

    /// The building with this id.
    pub fn building_named(&self, id: &str) -> Option<BuildingIx> {
        self.buildings()
            .find(|(_, building)| building.id.as_str() == id)
            .map(|(at, _)| at)
    }

    /// Decisions about a record that have not expired on the base date. An id that carries its kind,
    /// `building:TMBC0126` or `occupier:…`, is about a record of that kind only.
    fn decisions_about<'a>(
        &'a self,
        kind: Kind,
        id: &'a str,
    ) -> impl Iterator<Item = &'a Decision> {
        self.decisions.iter().filter(move |decision| {
            let about = match decision.id.split_once(':') {
                Some(("building" | "asset", rest)) => kind == Kind::Building && rest == id,
                Some(("occupier", rest)) => kind == Kind::Occupier && rest == id,
                _ => decision.id == id,
            };
            about && decision.expires.is_none_or(|day| day >= self.base_date)
        })
    }
}

/// What a decision can be about.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Building,
    Occupier,
}
