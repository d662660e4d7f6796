//! A body that owns or leases buildings and runs services.

use super::{AgencyId, AgencyIx, People};
use jiff::civil::Date;

/// A council, NHS body, police force, fire service, government department or charity.
#[derive(Clone, Debug, PartialEq)]
pub struct Agency {
    /// Its id in `place.toml`.
    pub id: AgencyId,
    /// Its name, as shown.
    pub name: String,
    /// The agency that takes over its duties and buildings, and from when.
    pub successor: Option<(AgencyIx, Date)>,
    /// Its whole spend a year, where stated, for the share a saving is of it. Never guessed.
    pub total_spend_gbp: Option<f64>,
    /// Staff, where stated; never used to invent space.
    pub staff: Option<People>,
}
