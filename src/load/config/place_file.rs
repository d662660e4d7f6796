//! `place.toml`, field by field. Unknown keys are refused; the schema is made from these types.

use super::agreements::{FundingConfig, TogetherConfig};
use super::finance::FinanceConfig;
use super::limits::LimitsConfig;
use super::pack::PackConfig;
use super::phase::PhaseConfig;
use super::roads::RoadsConfig;
use super::tables::{
    BuildingsConfig, MatrixConfig, OccupiersConfig, OverlayConfig, PostcodesConfig,
    ServicePointsConfig, ZonesConfig,
};
use super::transit::TransitConfig;
use super::values::{CurrencyCode, Day, HoursWord, RuleWord, SpaceWord};
use schemars::JsonSchema;
use serde::Deserialize;
use std::collections::BTreeMap;

/// A place: what its files are, what its services need, what protects the public, what money is.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PlaceConfig {
    /// What the place is.
    pub place: PlaceHead,
    /// How distance is measured.
    #[serde(default)]
    pub travel: TravelConfig,
    /// The bodies that hold buildings and run services.
    #[serde(default)]
    pub agency: Vec<AgencyConfig>,
    /// Property registers, one block for each file.
    #[serde(default)]
    pub buildings: Vec<BuildingsConfig>,
    /// The kinds of work.
    #[serde(default)]
    pub service: Vec<ServiceConfig>,
    /// Answers that came back: single cells laid over the tables, the newest last.
    #[serde(default)]
    pub overlay: Vec<OverlayConfig>,
    /// Tables of who is where today.
    #[serde(default)]
    pub occupiers: Vec<OccupiersConfig>,
    /// Plain lists of places where a service is given.
    #[serde(default)]
    pub service_points: Vec<ServicePointsConfig>,
    /// Where the public lives.
    #[serde(default)]
    pub zones: Vec<ZonesConfig>,
    /// Postcode centres: a stated fallback for rows without coordinates.
    #[serde(default)]
    pub postcodes: Vec<PostcodesConfig>,
    /// Published rules, taken over by name.
    #[serde(default)]
    pub pack: Vec<PackConfig>,
    /// Limits that protect the public.
    #[serde(default)]
    pub access: Vec<AccessConfig>,
    /// Small new counters that a plan may open.
    #[serde(default)]
    pub access_point: Vec<AccessPointConfig>,
    /// Services that must not share a building.
    #[serde(default)]
    pub separate: Vec<SeparateConfig>,
    /// Services that do better under one roof; reported, never part of a sum.
    #[serde(default)]
    pub together: Vec<TogetherConfig>,
    /// Who pays the rent of those who move into another agency's building, where not their own agency.
    #[serde(default)]
    pub funding: Vec<FundingConfig>,
    /// Money: rates, shares and defaults.
    #[serde(default)]
    pub finance: FinanceConfig,
    /// What a plan's money must keep to.
    #[serde(default)]
    pub limits: LimitsConfig,
    /// Years and limits of a programme, for `plan --phase`.
    #[serde(default)]
    pub phase: PhaseConfig,
}

/// The `[place]` section.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PlaceHead {
    /// Name, as shown.
    pub name: String,
    /// Money is in real pounds of this day, or in the stated currency; year 0 begins on it.
    pub base_date: Day,
    /// What all money of the place is in, by its ISO 4217 code; `GBP` unless stated.
    #[serde(default)]
    pub currency: CurrencyCode,
    /// A file of polygons; the union of the zones where absent.
    pub study_area: Option<String>,
    /// How far beyond the study area buildings still serve its people, km; 5 unless stated.
    #[serde(default = "five")]
    pub buffer_km: f64,
    /// Licence and attribution of the data as a whole, shown on maps.
    pub licence: Option<String>,
    /// The file of people's decisions, beside `place.toml`; `decisions.csv` unless stated.
    pub decisions: Option<String>,
}

fn five() -> f64 {
    5.0
}

/// The `[travel]` section.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TravelConfig {
    /// Road distance over straight line; 1.3 unless stated.
    pub detour: Option<f64>,
    /// Walking speed, km/h; 4.8 unless stated.
    pub walk_kmh: Option<f64>,
    /// Driving speed, km/h; 40 unless stated.
    pub drive_kmh: Option<f64>,
    /// Mode of rules that name none: `straight`, `walk`, `cycle`, `drive`, `transit` or a
    /// matrix's.
    pub default_mode: Option<String>,
    /// How fast the draw of a host falls with distance in the last columns of `visits.csv`; 2 unless stated.
    pub huff_decay: Option<f64>,
    /// Distances below this, km or minutes, count as this there; 0.5 unless stated.
    pub huff_least: Option<f64>,
    /// How the people of a group travel: group = mode. Rules about that group go by it where they name
    /// no mode.
    #[serde(default)]
    pub group_modes: BTreeMap<String, String>,
    /// Roads and paths of OpenStreetMap: with them `walk`, `cycle` and `drive` go along roads.
    pub roads: Option<RoadsConfig>,
    /// Timetables: with them `transit` goes by public transport.
    pub transit: Option<TransitConfig>,
    /// The user's own tables of times or distances.
    #[serde(default)]
    pub matrix: Vec<MatrixConfig>,
}

/// A body.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AgencyConfig {
    /// Its id, as other tables name it.
    pub id: String,
    /// Its name, as shown; its id unless stated.
    pub name: Option<String>,
    /// The agency that takes over its duties and buildings.
    pub successor: Option<String>,
    /// From when.
    pub successor_from: Option<Day>,
    /// Its whole spend a year, £; printed beside savings, never guessed.
    pub total_spend_gbp: Option<f64>,
    /// Its staff, FTE; never used to invent space.
    pub staff: Option<f64>,
}

/// A kind of work and what it needs from a building.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ServiceConfig {
    /// Its id, as other tables name it.
    pub id: String,
    /// Its name, as shown; its id unless stated.
    pub name: Option<String>,
    /// The agency of its occupiers where their table names none.
    pub agency: Option<String>,
    /// Whether the public comes to it; only then do access rules and demand apply.
    #[serde(default)]
    pub counter: bool,
    /// Whether its occupiers may merge with another of the same service.
    #[serde(default)]
    pub may_merge: bool,
    /// Share of its space a merged occupier still needs; 0.6 unless stated.
    #[serde(default = "merge_space")]
    pub merge_space: f64,
    /// Whether its occupiers may move at all.
    #[serde(default = "yes")]
    pub movable: bool,
    /// Capability tags a building must offer, such as `step_free`.
    #[serde(default)]
    pub needs: Vec<String>,
    /// Floor its occupiers need where their table does not say; `any` unless stated.
    pub space_type: Option<SpaceWord>,
    /// Space of an occupier whose table states none and whose staff is not known, m².
    pub space_m2: Option<f64>,
    /// Floor for each desk, m²; 10 unless stated (government standard 2018: 8–10).
    #[serde(default = "m2_per_desk")]
    pub m2_per_desk: f64,
    /// Desks for each member of staff; 0.7 unless stated (7 desks for 10 people).
    #[serde(default = "desks_per_fte")]
    pub desks_per_fte: f64,
    /// Most counters of it in one building; 1 unless stated, more where there are more today.
    #[serde(default = "one")]
    pub max_per_building: u32,
    /// Visits a year of one person who needs it; without it `visits.csv` says nothing of the service.
    pub visits_per_person: Option<f64>,
    /// Visits a year that one of its counters can take, where its table has no `visits_capacity`.
    pub visits_capacity: Option<f64>,
    /// Furthest an occupier may move from where it is today, km.
    pub move_limit_km: Option<f64>,
}

fn merge_space() -> f64 {
    0.6
}
fn m2_per_desk() -> f64 {
    10.0
}
fn desks_per_fte() -> f64 {
    0.7
}
fn one() -> u32 {
    1
}
fn yes() -> bool {
    true
}

/// One limit on public access.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AccessConfig {
    /// Its id, as outputs name it.
    pub id: String,
    /// The service it protects; it must have a public counter.
    // A rule of a pack may leave it to the place.
    #[serde(default)]
    #[schemars(!default)]
    pub service: String,
    /// What it asks for.
    pub rule: RuleWord,
    /// The limit in kilometres. Exactly one of `km` and `minutes`.
    pub km: Option<f64>,
    /// The limit in minutes. Exactly one of `km` and `minutes`.
    pub minutes: Option<f64>,
    /// `straight`, `walk`, `cycle`, `drive` or a matrix's mode; `[travel] default_mode` unless stated.
    pub mode: Option<String>,
    /// Share of the demand that must lie within the limit, 0–1 (`within`); 1 unless stated.
    pub share: Option<f64>,
    /// How much further than today a zone may be sent, km (`worst_case`).
    pub increase_km: Option<f64>,
    /// How much further than today a zone may be sent, minutes (`worst_case`).
    pub increase_minutes: Option<f64>,
    /// How much the mean may rise over today's, as a share: 0.05 (`mean`).
    pub within_today: Option<f64>,
    /// How much worse than today a group may fare, as a share: of its mean, 0.02 unless stated, or,
    /// where a distance is given, of the group within it, 0.01 unless stated (`no_group_worse`).
    pub tolerance: Option<f64>,
    /// The groups that are compared, keys of `groups` of the zones; all where absent
    /// (`no_group_worse`).
    #[serde(default)]
    pub groups: Vec<String>,
    /// The kind of area, a key of `areas` of the zones: in each one the rule is asked
    /// (`floor_per_area`, `minimum_hosts`).
    pub each: Option<String>,
    /// How many buildings (`minimum_hosts`).
    pub at_least: Option<u32>,
    /// Which counters count; any unless stated (`minimum_hosts`).
    pub hours: Option<HoursWord>,
    /// The group it counts: a key of `groups` of the zones; everybody where absent.
    pub group: Option<String>,
    /// The area it looks at; the whole place where absent.
    pub area: Option<AreaConfig>,
    /// Whether every plan must hold it; a soft rule is priced or flagged.
    #[serde(default = "yes")]
    pub hard: bool,
    /// Enforced as stated even where today fails it.
    #[serde(default)]
    pub strict: bool,
    /// Price of a soft rule, £ for each person affected a year.
    pub price_gbp: Option<f64>,
}

/// One area of a kind.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AreaConfig {
    /// A key of `areas` of the zones, such as `ward`.
    pub kind: String,
    /// The area's code.
    pub code: String,
}

/// A small new counter of a service, offered in several buildings: a plan opens as many as pay.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AccessPointConfig {
    /// Its id; that of each new counter is this one, `@` and the building's.
    pub id: String,
    /// Its name, as shown; its id unless stated.
    pub name: Option<String>,
    /// The service it gives; it must have a public counter.
    pub service: String,
    /// The agency whose it would be, and that pays; the service's unless stated.
    pub agency: Option<String>,
    /// The buildings it is offered in, by id; every building that may change where absent.
    #[serde(default)]
    pub buildings: Vec<String>,
    /// Tags that a building must offer beyond those the service needs.
    #[serde(default)]
    pub needs: Vec<String>,
    /// What one costs a year beside its floor, £: staff, equipment.
    pub gbp_a_year: f64,
    /// What opening one costs once, £.
    pub opening_gbp: f64,
    /// Floor of one, m².
    pub m2: f64,
    /// The type of that floor; the service's unless stated.
    pub space_type: Option<SpaceWord>,
    /// Visits a year that one can take; the service's `visits_capacity` unless stated.
    pub visits_capacity: Option<f64>,
    /// Which hours it keeps, for rules that ask for a class of hours.
    pub hours: Option<HoursWord>,
}

/// Two services that must not share a building.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SeparateConfig {
    /// One service.
    pub first: String,
    /// The other.
    pub second: String,
    /// Why.
    pub reason: Option<String>,
}
