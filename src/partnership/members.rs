//! Who may take part: agencies, or groups of agencies that act as one.

use super::{Coalition, PartnershipError};
use crate::place::{AgencyIx, Place};

/// One agency, or several that act as one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Its agencies' ids, joined with `+`.
    pub id: String,
    /// Its agencies' names.
    pub name: String,
    /// Its agencies.
    pub agencies: Vec<AgencyIx>,
}

impl Member {
    /// The members named, such as `police` or `council+nhs`; every agency by itself where none is.
    ///
    /// # Errors
    /// Unknown and repeated agencies; fewer than two members, or more than [`Coalition::MOST`].
    pub fn understood(place: &Place, named: &[String]) -> Result<Vec<Self>, PartnershipError> {
        let every: Vec<String> = place
            .agencies
            .iter()
            .map(|one| one.id.to_string())
            .collect();
        let named = if named.is_empty() { &every } else { named };
        let mut taken = Vec::new();
        let mut members = Vec::new();
        for words in named {
            // An id may hold a plus sign of its own.
            let ids: Vec<&str> = match every.contains(words) {
                true => vec![words],
                false => words.split('+').map(str::trim).collect(),
            };
            let mut agencies = Vec::new();
            for id in ids {
                let at = every.iter().position(|known| known == id);
                let at = at.ok_or_else(|| PartnershipError::UnknownAgency {
                    id: id.to_owned(),
                    known: every.clone(),
                })?;
                if taken.contains(&at) {
                    return Err(PartnershipError::Twice(id.to_owned()));
                }
                taken.push(at);
                agencies.push(AgencyIx::new(at));
            }
            members.push(Self::of(place, agencies));
        }
        match members.len() {
            0 | 1 => Err(PartnershipError::Members(
                "a partnership needs at least two members".to_owned(),
            )),
            many if many > Coalition::MOST => Err(PartnershipError::Members(format!(
                "{many} members are too many; {} at most",
                Coalition::MOST
            ))),
            _ => Ok(members),
        }
    }

    fn of(place: &Place, agencies: Vec<AgencyIx>) -> Self {
        let joined = |pick: &dyn Fn(AgencyIx) -> String, with: &str| {
            let parts: Vec<String> = agencies.iter().map(|at| pick(*at)).collect();
            parts.join(with)
        };
        Self {
            id: joined(&|at| place.agency(at).id.to_string(), "+"),
            name: joined(&|at| place.agency(at).name.clone(), ", "),
            agencies,
        }
    }

    /// Whether a plan could change anything of it: a building in play, or a team in one.
    pub(super) fn is_in_play(&self, place: &Place) -> bool {
        let own = |agency: AgencyIx| self.agencies.contains(&agency);
        let buildings = place.buildings.iter();
        let holds = buildings
            .filter(|one| one.in_play().is_ok())
            .any(|one| own(one.agency));
        let works = place
            .occupiers
            .iter()
            .any(|one| own(one.agency) && place.building(one.building).in_play().is_ok());
        holds || works
    }
}

/// By agency: the member it belongs to; those beyond all members one further, each by itself.
pub(super) fn groups(place: &Place, members: &[Member]) -> Vec<usize> {
    let mut beyond = members.len();
    (0..place.agencies.len())
        .map(|at| {
            let member = members
                .iter()
                .position(|one| one.agencies.contains(&AgencyIx::new(at)));
            member.unwrap_or_else(|| {
                beyond += 1;
                beyond - 1
            })
        })
        .collect()
}

/// By agency: whether it takes part in a coalition.
pub(super) fn inside(place: &Place, members: &[Member], coalition: Coalition) -> Vec<bool> {
    let group = groups(place, members);
    let mut inside = vec![false; place.agencies.len()];
    for (at, one) in group.into_iter().enumerate() {
        inside[at] = one < members.len() && coalition.has(one);
    }
    inside
}
