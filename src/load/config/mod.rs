//! `place.toml`: its types, its JSON Schema, and how it is read.

mod finance;
mod place_file;
mod read;
mod values;

pub use finance::{DiscountConfig, FinanceConfig};
pub use place_file::{
    AccessConfig, AgencyConfig, AreaConfig, BuildingsConfig, DecileConfig, GroupConfig, JoinConfig,
    MatrixConfig, OccupiersConfig, PivotConfig, PlaceConfig, PlaceHead, PostcodesConfig,
    ScopeConfig, SeparateConfig, ServiceConfig, ServicePointsConfig, TableBlock, TravelConfig,
    ZonesConfig,
};
pub use read::{ConfigText, did_you_mean, read_config};
pub use values::{
    Counting, Day, DecileEnd, ObjectiveWord, RuleWord, ScopeRole, ShapeWord, SpaceWord, Texts,
    UnitWord, mode_named,
};

/// The JSON Schema of `place.toml`, for editors.
pub fn schema() -> serde_json::Value {
    schemars::schema_for!(PlaceConfig).to_value()
}

#[cfg(test)]
mod tests;
