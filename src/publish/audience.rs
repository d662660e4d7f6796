//! Who may see what: one table, closed by default.

use std::fmt;
use std::str::FromStr;

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

    /// Whether it sees everything about everybody.
    pub(super) fn sees_all(&self) -> bool {
        *self == Audience::Partners
    }
}

/// Whether anybody may see a field. A name that is not listed is not public.
pub(super) fn is_public(field: &str) -> bool {
    FIELDS
        .iter()
        .any(|(name, seen)| *name == field && *seen == Seen::Public)
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Seen {
    Public,
    Partners,
}
use Seen::{Partners, Public};

/// Every field of every table and layer. The public sees where services are, where they go and how
/// far people travel; money of single buildings and agencies, lease terms, staff, and the words of
/// registers stay with the partners.
pub(super) const FIELDS: &[(&str, Seen)] = &[
    // Records and where they are.
    ("asset_id", Public),
    ("uprn", Public),
    ("name", Public),
    ("postcode", Public),
    ("agency", Public),
    ("lon", Public),
    ("lat", Public),
    ("easting", Public),
    ("northing", Public),
    ("from_lon", Public),
    ("from_lat", Public),
    ("to_lon", Public),
    ("to_lat", Public),
    ("from_easting", Public),
    ("from_northing", Public),
    ("to_easting", Public),
    ("to_northing", Public),
    // Buildings. The year of an exit tells the term of a lease, and so do the plan's own words:
    // where those are not seen, the reason is what the action means.
    ("action", Public),
    ("host_id", Public),
    ("proof", Public),
    ("grade", Public),
    ("tenure", Public),
    ("usable_m2", Public),
    ("used_today_m2", Public),
    ("used_after_m2", Public),
    ("reason", Public),
    ("words", Partners),
    ("act_year", Partners),
    ("run_today_gbp", Partners),
    ("run_after_gbp", Partners),
    ("save_gbp_y", Partners),
    ("capex_gbp", Partners),
    ("receipt_gbp", Partners),
    ("npv_gbp", Partners),
    // Moves.
    ("occupier", Public),
    ("service", Public),
    ("outcome", Public),
    ("from_id", Public),
    ("from_name", Public),
    ("to_id", Public),
    ("to_name", Public),
    ("km", Public),
    ("consult", Public),
    ("area_m2", Partners),
    ("basis", Partners),
    ("staff_fte", Partners),
    ("one_off_gbp", Partners),
    // Access.
    ("zone_id", Public),
    ("population", Public),
    ("demand", Public),
    ("today_km", Public),
    ("after_km", Public),
    ("change_km", Public),
    ("change", Public),
    ("groups", Public),
    ("rule", Public),
    ("kind", Public),
    ("measure", Public),
    ("hard", Public),
    ("limit", Public),
    ("today", Public),
    ("enforced", Public),
    ("after", Public),
    ("people_short_today", Public),
    ("people_short_after", Public),
    ("verdict", Public),
    ("worst", Public),
    ("unreachable", Public),
    // Money.
    ("subject", Partners),
    ("line", Partners),
    ("column_kind", Partners),
    ("today_gbp", Partners),
    ("after_gbp", Partners),
    ("recurring_today_gbp", Partners),
    ("recurring_after_gbp", Partners),
    ("one_off_today_gbp", Partners),
    ("receipts_gbp", Partners),
    ("recharge_net_gbp", Partners),
    // Assumptions.
    ("assumption", Public),
    ("value", Public),
    ("stated", Public),
    ("source", Public),
    ("used_by", Public),
    // Findings. Cells, causes and actions repeat what registers say, rents included.
    ("code", Public),
    ("severity", Public),
    ("file", Public),
    ("record", Public),
    ("row_line", Public),
    ("column", Public),
    ("cell", Partners),
    ("cause", Partners),
    ("what_was_done", Partners),
    ("setting", Partners),
    // Matches.
    ("point_id", Public),
    ("point_name", Public),
    ("asset_name", Public),
    ("match_basis", Public),
    ("distance_m", Public),
    ("score", Public),
    ("joined", Public),
    ("doubtful", Public),
    ("decided_by", Partners),
    // Data requests.
    ("rank", Partners),
    ("request_record", Partners),
    ("request_name", Partners),
    ("field", Partners),
    ("used", Partners),
    ("leans_gbp", Partners),
    ("why", Partners),
];

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
    fn no_field_is_marked_twice_and_no_pounds_are_public() {
        for (at, (name, seen)) in FIELDS.iter().enumerate() {
            assert!(
                FIELDS[..at].iter().all(|(other, _)| other != name),
                "{name}"
            );
            assert!(!(name.contains("gbp") && *seen == Public), "{name}");
        }
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
