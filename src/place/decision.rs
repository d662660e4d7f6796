//! What people have decided, over months, beside the data.

use super::RowRef;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Whether a record must stay, must go, or is free.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lock {
    /// The optimiser decides.
    #[default]
    Free,
    /// It stays.
    Keep,
    /// It goes.
    Dispose,
}

/// What was decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verb {
    /// The building is kept.
    Keep,
    /// The building is let go.
    Dispose,
    /// The optimiser decides.
    Free,
    /// The part of the building that its register speaks of goes, and the rest stays.
    PartGoes,
    /// The service point and the building named in `value` are one.
    Match,
    /// They are not.
    NotMatch,
    /// The occupier goes to the building named in `value`.
    PlaceAt,
}

/// How far a decision has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DecisionStatus {
    /// An officer's view.
    Officer,
    /// A member's view.
    Member,
    /// Approved.
    Approved,
}

/// One row of `decisions.csv`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// The record it is about: an asset, occupier or service-point id.
    pub id: String,
    /// What was decided.
    pub verb: Verb,
    /// The other record, for matches and placings.
    pub value: Option<String>,
    /// Why.
    pub reason: Option<String>,
    /// Who decided.
    pub decided_by: Option<String>,
    /// Which body decided.
    pub body: Option<String>,
    /// When.
    pub date: Option<Date>,
    /// Until when it holds.
    pub expires: Option<Date>,
    /// How far it has come.
    pub status: Option<DecisionStatus>,
    /// The row it came from.
    pub source: RowRef,
}

impl Decision {
    /// A decision about a record of which nothing else is stated: not why, by whom, when.
    pub fn about(id: impl Into<String>, verb: Verb, value: Option<&str>) -> Decision {
        Decision {
            id: id.into(),
            verb,
            value: value.map(str::to_owned),
            reason: None,
            decided_by: None,
            body: None,
            date: None,
            expires: None,
            status: None,
            source: RowRef::default(),
        }
    }
}
