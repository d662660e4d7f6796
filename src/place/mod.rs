//! # What is there today
//!
//! A [`Place`] is everything known about one area on one base date: the [agencies](Agency) that
//! run it, the [buildings](Building) they hold, the [occupiers](Occupier) inside those buildings,
//! the [services](Service) the occupiers give, the [zones](Zone) where the public lives, the
//! [access rules](AccessRule) that protect the public, and the [money values](Finance) a plan is
//! judged by. These are pure values: this room opens no file and calls no solver.
//!
//! Things refer to each other by typed positions ([`BuildingIx`] and its kin) into the vectors of
//! the place; what people write and read are ids ([`BuildingId`] and its kin), which are always
//! text.
//!
//! A [`Finding`] is what was noticed while the place was read: a fault, a repair, a default.

mod access_point;
mod access_rule;
mod agency;
mod area;
mod building;
pub(crate) mod currency;
mod data_request;
mod decision;
mod distance;
mod finance;
mod finding;
mod funding;
mod hours;
mod ids;
mod location;
mod locks;
mod matching;
mod money_limits;
mod natural;
mod occupier;
mod part;
mod phase;
#[expect(
    clippy::module_inception,
    reason = "the room is named after the one value it is about"
)]
mod place;
mod ranges;
mod rare;
mod receipt_terms;
mod road_mode;
#[doc(hidden)]
pub mod sample;
mod scope;
mod service;
mod source;
mod space;
mod tenure;
mod threshold;
mod together;
mod transit_terms;
mod units;
mod visits;
pub(crate) mod words;
mod zone;

pub use access_point::AccessPoint;
pub use access_rule::{AccessRule, AreaScope, GroupLimit, HoursClass, MeanLimit, RuleKind};
pub use agency::Agency;
pub use building::{
    Building, Commitment, Energy, Flag, Grade, Graded, Occupancy, Proposal, Role, Site,
};
pub use currency::Currency;
pub use data_request::{Confidence, DataRequest, MissingKind, NO_LOCATION};
pub use decision::{Decision, DecisionStatus, Lock, Verb};
pub use distance::{Distance, Measure, Mode, TravelSettings, Unit};
pub use finance::{DiscountStep, Finance, Objective, TravelObjective};
pub use finding::{Finding, Rejected, RowRef, Severity, rows_with};
pub use funding::Funding;
pub use hours::Hours;
pub use ids::{
    AgencyId, AgencyIx, BuildingId, BuildingIx, OccupierId, OccupierIx, PointIx, RuleId, ServiceId,
    ServiceIx, SiteId, SiteIx, ZoneId, ZoneIx,
};
pub use location::{Location, Precision};
pub use locks::{Asked, Opposed, Record};
pub use matching::{MatchReason, MatchRow};
pub use money_limits::{CapitalBudget, MoneyLimits, MoneyRule, Transfer, WorseOff};
pub use natural::natural;
pub use occupier::{NeedBasis, Occupier};
pub use part::{Part, PartExit};
pub use phase::{Capital, Duty, Phase, Trigger};
pub use place::{Place, Separation, StudyArea};
pub use ranges::{Driver, Ranges};
pub use rare::{Rare, Usual};
pub(crate) use receipt_terms::still_owed;
pub use receipt_terms::{Fence, Overage, ReceiptTerms};
pub use road_mode::RoadMode;
pub use scope::ScopeRow;
pub use service::Service;
pub use source::Source;
pub(crate) use source::hexadecimal;
pub use space::{Areas, SpaceType};
pub use tenure::{Lease, Repair, Review, Surrender, Tenure, TenureKind};
pub use threshold::MEAN_OF;
pub use together::Together;
pub use transit_terms::{DayOut, TransitTerms};
pub use units::{Gbp, GbpPerYear, Metres, Minutes, People, SquareMetres};
pub use zone::{PointBasis, Zone};
