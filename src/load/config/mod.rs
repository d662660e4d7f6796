//! `place.toml`: its types, its JSON Schema, and how it is read.

mod agreements;
mod columns;
mod finance;
mod limits;
mod pack;
mod phase;
mod place_file;
mod ranges;
mod read;
mod roads;
mod schema;
mod sources;
mod tables;
mod transit;
mod values;

pub use agreements::{FundingConfig, TogetherConfig};
pub use columns::{MATRIX_COLUMNS, unknown_columns};
pub use finance::{DiscountConfig, FinanceConfig, RechargeWord};
pub use limits::{BudgetConfig, LimitsConfig, TransferConfig, WorseOffConfig};
pub use pack::{PACKS, PackConfig, PackFile, pack_schema, pack_text};
pub use phase::PhaseConfig;
pub use place_file::{
    AccessConfig, AccessPointConfig, AgencyConfig, AreaConfig, PlaceConfig, PlaceHead,
    SeparateConfig, ServiceConfig, TravelConfig,
};
pub use ranges::SensitivityConfig;
pub use read::{ConfigText, did_you_mean, read_config, read_toml, some_of};
pub use roads::{RoadWord, RoadsConfig};
pub use schema::schema;
pub use tables::{
    BuildingsConfig, DecileConfig, GroupConfig, JoinConfig, MatrixConfig, OccupiersConfig,
    OverlayConfig, PivotConfig, PostcodesConfig, ScopeConfig, ServicePointsConfig, TableBlock,
    ZonesConfig,
};
pub use transit::{ThereAndBackConfig, TransitConfig};
pub use values::{
    AreaWord, Counting, CurrencyCode, Day, DecileEnd, HoursWord, ObjectiveWord, RuleWord,
    ScopeRole, ShapeWord, SpaceWord, Texts, TravelObjectiveWord, UnitWord, mode_named,
};

#[cfg(test)]
mod tests;
