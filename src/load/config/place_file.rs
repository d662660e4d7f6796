//! `place.toml`, field by field. Unknown keys are refused; the schema is made from these types.

use super::agreements::{FundingConfig, TogetherConfig};
use super::finance::FinanceConfig;
use super::limits::LimitsConfig;
use super::pack::PackConfig;
use super::phase::PhaseConfig;
use super::roads::RoadsConfig;
use super::transit::TransitConfig;
use super::values::{
    Counting, Day, DecileEnd, HoursWord, RuleWord, ScopeRole, ShapeWord, SpaceWord, Texts, UnitWord,
};
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
    /// Money is in real pounds of this day; year 0 begins on it.
    pub base_date: Day,
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

/// Defines the block of a table: its own fields and those that every table has.
macro_rules! table_block {
    ($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident : $kind:ty),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, Deserialize, JsonSchema)]
        #[serde(deny_unknown_fields)]
        pub struct $name {
            /// The file, relative to this one; `--data` re-roots it unless it begins with `./`.
            pub file: String,
            $($(#[$field_doc])* pub $field: $kind,)*
            /// Rows to read: column = value, or a list of values. Others are counted and left out.
            #[serde(default, rename = "where")]
            pub rows: BTreeMap<String, Texts>,
            /// Our column name = the file's, only where a header is not recognised.
            #[serde(default)]
            pub columns: BTreeMap<String, String>,
            /// Coordinate system, such as `EPSG:27700`; recognised from names and values where absent.
            pub crs: Option<String>,
            /// Column delimiter; recognised where absent.
            pub delimiter: Option<String>,
            /// Text encoding, such as `windows-1252`; recognised where absent.
            pub encoding: Option<String>,
            /// Line of the header, counted from 1; recognised where absent.
            pub header_row: Option<usize>,
            /// The first row is data, not a header.
            #[serde(default)]
            pub headerless: bool,
            /// The sheet of a workbook (`.xlsx`, `.ods`); the first that is shown and holds anything where absent.
            pub sheet: Option<String>,
            /// The layer of a GeoPackage; its only one where absent.
            pub layer: Option<String>,
            /// The day its content describes; older than 3 years before the base date warns.
            pub as_of: Option<Day>,
            /// Who published it.
            pub source: Option<String>,
            /// Licence and attribution, shown on maps.
            pub licence: Option<String>,
        }

        impl $name {
            /// What every table has.
            pub fn common(&self) -> TableBlock<'_> {
                TableBlock {
                    file: &self.file,
                    rows: &self.rows,
                    columns: &self.columns,
                    crs: self.crs.as_deref(),
                    delimiter: self.delimiter.as_deref(),
                    encoding: self.encoding.as_deref(),
                    header_row: self.header_row,
                    headerless: self.headerless,
                    sheet: self.sheet.as_deref(),
                    layer: self.layer.as_deref(),
                    as_of: self.as_of.map(|day| day.0),
                    source: self.source.as_deref(),
                    licence: self.licence.as_deref(),
                }
            }
        }
    };
}

/// What every table block has.
#[derive(Clone, Copy, Debug)]
pub struct TableBlock<'a> {
    /// The file as named.
    pub file: &'a str,
    /// Row filter.
    pub rows: &'a BTreeMap<String, Texts>,
    /// Column overrides.
    pub columns: &'a BTreeMap<String, String>,
    /// Coordinate system.
    pub crs: Option<&'a str>,
    /// Delimiter.
    pub delimiter: Option<&'a str>,
    /// Encoding.
    pub encoding: Option<&'a str>,
    /// Header line, from 1.
    pub header_row: Option<usize>,
    /// No header.
    pub headerless: bool,
    /// Sheet of a workbook.
    pub sheet: Option<&'a str>,
    /// Layer of a GeoPackage.
    pub layer: Option<&'a str>,
    /// Day of the content.
    pub as_of: Option<jiff::civil::Date>,
    /// Publisher.
    pub source: Option<&'a str>,
    /// Licence.
    pub licence: Option<&'a str>,
}

table_block!(
    /// A property register.
    BuildingsConfig {
        /// The agency that holds them, where the table has no `agency` column.
        agency: Option<String>,
        /// Rows of another register within this many metres, with a like name, are one building; 50 unless stated.
        match_within_m: Option<f64>,
        /// Which rows are candidates, fixed or out, by the values of a column; the first that fits decides.
        #[serde(default)]
        scope: Vec<ScopeConfig>,
    }
);
table_block!(
    /// Answers to a data request: columns `asset_id`, `field`, `value`, `as_of`, `source`.
    OverlayConfig {
        /// The agency whose records it is about; any where absent.
        agency: Option<String>,
    }
);
table_block!(
    /// A table of who is where today.
    OccupiersConfig {
        /// The agency, where the table has no `agency` column and the service names none.
        agency: Option<String>,
        /// The service, where the table has no `service` column.
        service: Option<String>,
    }
);
table_block!(
    /// A plain list of places where a service is given: each row becomes an occupier.
    ServicePointsConfig {
        /// The service given there.
        service: String,
        /// The agency that gives it; the service's unless stated.
        agency: Option<String>,
        /// How near a register building must be to be the same, metres; 50 unless stated.
        match_within_m: Option<f64>,
    }
);
table_block!(
    /// Demand areas.
    ZonesConfig {
        /// Demand for each service: a column, an age range, a sum, or one of these by year.
        #[serde(default)]
        demand: BTreeMap<String, Counting>,
        /// Groups of people, as shares of each zone.
        #[serde(default)]
        groups: BTreeMap<String, GroupConfig>,
        /// Columns of which every value is a group of whole zones: name = column, or a name under `deciles`.
        #[serde(default)]
        strata: BTreeMap<String, String>,
        /// Codes of larger areas: kind = column.
        #[serde(default)]
        areas: BTreeMap<String, String>,
        /// Other numbers to carry: name = column.
        #[serde(default)]
        measures: BTreeMap<String, String>,
        /// Decile scales, turned so that 1 is most deprived.
        #[serde(default)]
        deciles: BTreeMap<String, DecileConfig>,
        /// Other tables about the same zones.
        #[serde(default)]
        join: Vec<JoinConfig>,
    }
);
table_block!(
    /// Another table about the same zones.
    JoinConfig {
        /// Its column that names the zone; the zone id's header, or a recognised one, unless stated.
        key: Option<String>,
        /// The column of the zones table it matches; the zone id unless stated.
        zone_key: Option<String>,
        /// For a tidy-long table: one row for each zone and category.
        pivot: Option<PivotConfig>,
    }
);
table_block!(
    /// Postcode centres: columns `postcode`, `lat`, `lon`.
    PostcodesConfig {}
);
table_block!(
    /// A user's own table of times or distances from zones to buildings.
    MatrixConfig {
        /// Its name: what rules give as `mode`.
        mode: String,
        /// What it counts: `minutes`, `seconds`, `km` or `metres`.
        unit: Option<UnitWord>,
        /// How it is laid out; recognised where absent.
        shape: Option<ShapeWord>,
        /// Values that mean "cannot be reached", such as 9999 and -1.
        #[serde(default)]
        unreachable: Vec<f64>,
        /// The time of day or period it describes, carried into the outputs.
        period: Option<String>,
    }
);

/// One row of a scope mapping.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ScopeConfig {
    /// The file's column.
    pub column: String,
    /// Its values, compared without case and outer blanks; `"*"` fits any, `""` fits an empty cell.
    pub values: Texts,
    /// What such rows become.
    pub role: ScopeRole,
    /// Why, as outputs print it.
    pub reason: Option<String>,
}

/// The long form of a table: a column of categories and a column of values.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PivotConfig {
    /// The column whose cells become column names.
    pub column: String,
    /// The column whose cells become their values.
    pub value: String,
}

/// A group of people as a share of each zone.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GroupConfig {
    /// Who is in the group: a column, an age range, or a list that is added up.
    pub column: Option<Texts>,
    /// Of how many: the same. Without it, the column is a share or a per cent already.
    pub of: Option<Texts>,
    /// A name under `deciles`: whole zones are in the group or not.
    pub decile: Option<String>,
    /// The greatest decile that is in the group, after turning: 1 is most deprived.
    pub at_most: Option<f64>,
}

/// A column of deciles and which end is 1.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DecileConfig {
    /// The column.
    pub column: String,
    /// Which end is 1. There is no default: sources differ.
    pub one_is: DecileEnd,
}
