//! A property that can be kept, shared or let go.

use super::{
    AgencyIx, Areas, BuildingId, Gbp, GbpPerYear, Hours, Location, Lock, NO_LOCATION, Part,
    Precision, Rare, ReceiptTerms, RowRef, SiteId, SiteIx, SquareMetres, Tenure,
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// How well a figure is known. It follows the figure into every total that leans on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Grade {
    /// Measured or surveyed.
    Measured,
    /// Stated by the agency.
    Stated,
    /// A named default of ours, because nothing was stated.
    Defaulted,
}

/// A figure and how well it is known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Graded<T> {
    /// The figure.
    pub value: T,
    /// How well it is known.
    pub grade: Grade,
}

impl<T> Graded<T> {
    /// A figure the agency stated.
    pub fn stated(value: T) -> Self {
        Self {
            value,
            grade: Grade::Stated,
        }
    }

    /// A figure that is a named default.
    pub fn defaulted(value: T) -> Self {
        Self {
            value,
            grade: Grade::Defaulted,
        }
    }
}

/// What a plan may do with a building.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Role {
    /// May be kept, shared or let go, inside the study area.
    Candidate,
    /// Stays as it is, with what is in it, for the reason given. Its counters serve the public; it
    /// receives nobody. Buildings in the buffer around the study area are of this role.
    Fixed(Arc<str>),
    /// Carried through to the outputs and otherwise left out, for the reason given: land, rent
    /// charges, records that cannot be placed on the map.
    Out(Arc<str>),
}

/// Whether anybody is inside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Occupancy {
    /// Its occupiers are listed.
    Known,
    /// Said to be empty.
    Vacant,
    /// Nobody is listed and nobody said it is empty: it is kept and counted, never let go.
    Unknown,
}

/// A fact that narrows what may be done with a building.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Flag {
    /// Listed building or ancient monument.
    Listed,
    /// Covenant, charity or reverter: no sale.
    Covenant,
    /// Asset of community value: a sale waits for its moratorium.
    CommunityValue,
    /// Open space.
    OpenSpace,
    /// Grant that must be paid back on a sale.
    Clawback,
    /// A refuge, safe house or the like: where it is, and that it is there, is for the partners only.
    Sensitive,
}

/// A change already agreed: part of the do-minimum, never credited to a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Commitment {
    /// What was agreed, in the register's words: `sold`, `released`, `transferred`.
    pub stated: String,
    /// When it takes effect.
    pub date: Option<Date>,
}

/// A building that does not exist yet.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Proposal {
    /// What it costs to open.
    pub opening_cost: Gbp,
    /// The first year it can be used, counted from the base date.
    pub first_year: u32,
}

/// A campus: buildings that share fixed cost and are sold together.
#[derive(Clone, Debug, PartialEq)]
pub struct Site {
    /// Its id.
    pub id: SiteId,
    /// Its name.
    pub name: String,
    /// Cost shared by its buildings, paid while any of them is open.
    pub fixed_cost: GbpPerYear,
}

/// Energy and what comes of it. What is absent is not known.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Energy {
    /// Emissions of a year, tonnes of CO2 equivalent.
    pub tco2e: Option<f64>,
    /// Works that would bring it to the energy standard it must meet.
    pub liability: Option<Gbp>,
}

/// One property: where it is, who holds it and how, what it offers, what it costs.
#[derive(Clone, Debug, PartialEq)]
pub struct Building {
    /// Unique in the place.
    pub id: BuildingId,
    /// The register's own id, as written there; shared with `id` where that is the same.
    pub register_id: Option<Arc<str>>,
    /// Unique Property Reference Number: text of 12 digits.
    pub uprn: Option<Box<str>>,
    /// Name, as shown.
    pub name: String,
    /// Street address on one line.
    pub address: Option<Box<str>>,
    /// Postcode with one space, upper case.
    pub postcode: Option<Box<str>>,
    /// The agency that owns or leases it.
    pub agency: AgencyIx,
    /// Where it is; `None` cannot be placed, and is then [`Role::Out`].
    pub location: Option<Location>,
    /// How well that is known.
    pub precision: Option<Precision>,
    /// What a plan may do with it.
    pub role: Role,
    /// Whether anybody is inside.
    pub occupancy: Occupancy,
    /// A lock from the register itself (decisions of people are in [`Place::decisions`](super::Place)).
    pub lock: Lock,
    /// How it is held.
    pub tenure: Tenure,
    /// Gross internal area, where stated.
    pub gross_area: Option<SquareMetres>,
    /// Usable (net internal) area by space type: stated, else 0.80 × gross, else
    /// [`Grade::Defaulted`] with what is in use today, so that it never receives anyone on an
    /// assumption.
    pub usable: Graded<Areas>,
    /// Named resources beside floor: desks, parking bays, clinic rooms.
    pub resources: Rare<BTreeMap<String, f64>>,
    /// Running cost that stays while it is open, without rent and rates.
    pub running_fixed: Graded<GbpPerYear>,
    /// Running cost per square metre in use.
    pub running_per_m2: GbpPerYear,
    /// Business rates.
    pub rates: GbpPerYear,
    /// Cost of the repairs that wait: avoided only when the building really goes.
    pub backlog: Gbp,
    /// What a sale would bring.
    pub market_value: Graded<Gbp>,
    /// When that was valued.
    pub valued_on: Option<Date>,
    /// Who else is owed part of it, and what the rest may be spent on.
    pub receipt_terms: Rare<ReceiptTerms>,
    /// A part of it that could go while the rest stays.
    pub part: Option<Box<Part>>,
    /// Cost of keeping it empty, where stated.
    pub holding_cost: Option<GbpPerYear>,
    /// Facts that narrow what may be done with it.
    pub flags: Rare<BTreeSet<Flag>>,
    /// Capability tags it offers: `step_free`, `parking`, `clinical_grade`.
    pub offers: Rare<BTreeSet<String>>,
    /// When it can be open.
    pub hours: Rare<Hours>,
    /// The campus it stands on.
    pub site: Option<SiteIx>,
    /// Whether it can be sold by itself while others of its site stay.
    pub part_release: bool,
    /// A change already agreed.
    pub committed: Option<Box<Commitment>>,
    /// Set where it does not exist yet.
    pub proposed: Option<Box<Proposal>>,
    /// Energy performance band, as stated.
    pub energy_rating: Option<Arc<str>>,
    /// What its energy use emits, and what meeting the standard would cost.
    pub energy: Rare<Energy>,
    /// Condition A–D, as stated.
    pub condition: Option<Arc<str>>,
    /// The row it came from.
    pub source: RowRef,
}

impl Role {
    /// Whether it is left out only because nobody knows where it is.
    pub fn is_out_for_location(&self) -> bool {
        matches!(self, Role::Out(reason) if **reason == *NO_LOCATION)
    }
}

impl Building {
    /// Whether a plan may keep it, share it or let it go.
    pub fn is_candidate(&self) -> bool {
        self.role == Role::Candidate
    }
}
