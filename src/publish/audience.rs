//! Who may see what: closed by default.

use super::error::PublishError;
use super::fields::{Seen, field};
use crate::place::words::whole;
use crate::place::{Building, Flag, Place};
use std::fmt;
use std::str::FromStr;

/// Fewer people than this are not counted out to anybody but the partners.
pub(super) const FEWEST: f64 = 10.0;

/// Who an edition is printed for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Audience {
    /// The agencies of the place, together: everything.
    #[default]
    Partners,
    /// Anybody: no values, rents, lease terms or staff.
    Public,
    /// One agency, by id: what the public sees, and everything about its own records.
    Agency(String),
}

/// A word that names no audience.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no audience: write `partners`, `public` or `agency:ID`")]
pub struct UnknownAudience(pub String);

impl FromStr for Audience {
    type Err = UnknownAudience;

    fn from_str(text: &str) -> Result<Self, UnknownAudience> {
        match text.split_once(':') {
            None if text == "partners" => Ok(Self::Partners),
            None if text == "public" => Ok(Self::Public),
            Some(("agency", id)) if !id.is_empty() => Ok(Self::Agency(id.to_string())),
            _ => Err(UnknownAudience(text.to_string())),
        }
    }
}

impl fmt::Display for Audience {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Audience::Partners => f.write_str("partners"),
            Audience::Public => f.write_str("public"),
            Audience::Agency(id) => write!(f, "agency:{id}"),
        }
    }
}

impl Audience {
    /// Whether it may see a field of a record that belongs to `owner` (`None`: to nobody in
    /// particular, such as a total of the place).
    pub(super) fn sees(&self, field: &str, owner: Option<&str>) -> bool {
        match self {
            Audience::Partners => true,
            Audience::Public => is_public(field),
            Audience::Agency(id) => is_public(field) || owner == Some(id.as_str()),
        }
    }

    /// Whether it may know that a building is there: a sensitive site is known to the partners and to
    /// its `owner`.
    pub(super) fn may_know_of(&self, building: &Building, owner: &str) -> bool {
        let own = matches!(self, Audience::Agency(id) if id == owner);
        self.sees_all() || own || !building.flags.contains(&Flag::Sensitive)
    }

    /// Whether a count of people is too small to show: among so few, one can be recognised.
    pub(super) fn hides(&self, people: f64) -> bool {
        !self.sees_all() && people > 0.0 && people < FEWEST
    }

    /// A count of people as it may be told: in tens to all but the partners, so that no small number
    /// is what a total leaves when the others are taken from it.
    pub(super) fn told(&self, people: f64) -> f64 {
        match self.sees_all() {
            true => people,
            false => (people / FEWEST).round() * FEWEST,
        }
    }

    /// A count of people in words, with thousands set apart; `under 10` where it is hidden.
    pub(super) fn count(&self, people: f64) -> String {
        if self.hides(people) {
            format!("under {FEWEST}")
        } else {
            whole(self.told(people))
        }
    }

    /// Refuses an agency that the place does not have.
    pub(super) fn check(&self, place: &Place) -> Result<(), PublishError> {
        let ids = || place.agencies.iter().map(|agency| agency.id.as_str());
        match self {
            Audience::Agency(id) if !ids().any(|known| known == id) => {
                Err(PublishError::Audience {
                    id: id.clone(),
                    known: ids().collect::<Vec<_>>().join(", "),
                })
            }
            _ => Ok(()),
        }
    }

    /// Whether it sees everything about everybody.
    pub(super) fn sees_all(&self) -> bool {
        *self == Audience::Partners
    }
}

/// Whether anybody may see a field. A name that is not listed is not public.
pub(super) fn is_public(name: &str) -> bool {
    field(name).is_some_and(|(_, seen, ..)| *seen == Seen::Public)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_that_nobody_marked_is_not_public() {
        assert!(!is_public("something_new"));
        assert!(!Audience::Public.sees("something_new", None));
    }

    #[test]
    fn an_agency_sees_its_own_money_and_nobody_elses() {
        let fire = Audience::Agency("fire".into());
        assert!(fire.sees("npv_gbp", Some("fire")));
        assert!(!fire.sees("npv_gbp", Some("council")));
        assert!(!fire.sees("npv_gbp", None));
        assert!(fire.sees("name", Some("council")));
    }

    #[test]
    fn fewer_than_ten_people_are_counted_out_to_the_partners_only() {
        assert_eq!(Audience::Partners.count(3.0), "3");
        for audience in [Audience::Public, Audience::Agency("nhs".into())] {
            assert_eq!(audience.count(3.0), "under 10");
            assert_eq!(audience.count(10.0), "10");
            assert_eq!(audience.count(0.0), "0");
        }
    }

    #[test]
    fn what_a_total_leaves_does_not_tell_a_hidden_count() {
        // 1,204 people, of whom 7 are hidden: 1,197 are left.
        let public = Audience::Public;
        assert_eq!(public.count(1_204.0), public.count(1_197.0));
        assert_eq!(Audience::Partners.count(1_197.0), "1,197");
    }

    #[test]
    fn audiences_are_read_from_the_words_users_write() {
        for text in ["partners", "public", "agency:nhs"] {
            assert_eq!(
                text.parse::<Audience>().map(|a| a.to_string()),
                Ok(text.into())
            );
        }
        assert!("agency:".parse::<Audience>().is_err());
        assert!("everyone".parse::<Audience>().is_err());
    }
}
