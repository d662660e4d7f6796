//! The blocks of `place.toml` that name a table: registers, occupiers, zones and what is joined to them.

use super::values::{AreaWord, Counting, Day, DecileEnd, ScopeRole, ShapeWord, Texts, UnitWord};
use schemars::JsonSchema;
use serde::Deserialize;
use std::collections::BTreeMap;

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
            /// Line of the header as an editor counts, from 1, blank lines too; recognised where absent.
            pub header_row: Option<usize>,
            /// The first row is data, not a header.
            #[serde(default)]
            pub headerless: bool,
            /// The sheet of a workbook (`.xlsx`, `.ods`); the first of those shown that looks like a table where absent.
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
        /// The unit of floor areas whose column and cells name none; square metres unless stated.
        area_unit: Option<AreaWord>,
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
        /// The unit of floor areas whose column and cells name none; square metres unless stated.
        area_unit: Option<AreaWord>,
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

/// A column of deciles, or of another scale of equal shares, and which end is 1.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DecileConfig {
    /// The column.
    pub column: String,
    /// Which end is 1. There is no default: sources differ.
    pub one_is: DecileEnd,
    /// How many steps the scale has: 5 for quintiles, 10 for deciles, 20 for vigintiles, 100 for percentiles. Taken
    /// from the heading and the values where it is not given.
    pub of: Option<u16>,
}
