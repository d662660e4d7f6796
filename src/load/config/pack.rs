//! Rule packs: access rules that somebody has published, as data.

use super::AccessConfig;
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::Value as Schema;
use std::collections::BTreeMap;

/// The packs that come with the program: name and text.
pub const PACKS: [(&str, &str); 8] = [
    (
        "access_to_cash",
        include_str!("../../../data/packs/access_to_cash.toml"),
    ),
    (
        "community_pharmacy",
        include_str!("../../../data/packs/community_pharmacy.toml"),
    ),
    (
        "dwp_displacement",
        include_str!("../../../data/packs/dwp_displacement.toml"),
    ),
    (
        "dwp_displacement_transit",
        include_str!("../../../data/packs/dwp_displacement_transit.toml"),
    ),
    ("library", include_str!("../../../data/packs/library.toml")),
    (
        "library_sparse",
        include_str!("../../../data/packs/library_sparse.toml"),
    ),
    (
        "minimum_counters",
        include_str!("../../../data/packs/minimum_counters.toml"),
    ),
    (
        "post_office",
        include_str!("../../../data/packs/post_office.toml"),
    ),
];

/// The text of a pack that comes with the program.
pub fn pack_text(name: &str) -> Option<&'static str> {
    let found = PACKS.iter().find(|(known, _)| *known == name);
    found.map(|(_, text)| *text)
}

/// A pack that a place takes over: its rules for one service.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PackConfig {
    /// Its name, such as `post_office`. Exactly one of `name` and `file`.
    pub name: Option<String>,
    /// A pack of your own: a file, relative to this one. Exactly one of `name` and `file`.
    pub file: Option<String>,
    /// The service that all its rules protect here. Where absent, each protects the one that it names itself.
    pub service: Option<String>,
    /// The pack's name of a group = the place's, where they differ.
    #[serde(default)]
    pub groups: BTreeMap<String, String>,
    /// The pack's name of a kind of area = the place's, where they differ.
    #[serde(default)]
    pub areas: BTreeMap<String, String>,
    /// Rules of the pack that are not taken over, by their ids in it.
    #[serde(default)]
    pub leave_out: Vec<String>,
    /// How all its rules measure, in place of what the pack says: `walk`, `drive` or a matrix's mode.
    pub mode: Option<String>,
    /// Whether all its rules are hard or soft, in place of what the pack says.
    pub hard: Option<bool>,
}

/// The file of a pack.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PackFile {
    /// What it is, in a few words.
    pub title: String,
    /// Who published the rules, and where they can be read.
    pub source: String,
    /// The day, month or year they are of.
    pub date: String,
    /// Its rules, as in `place.toml`, but that each may leave its service to the place.
    pub access: Vec<AccessConfig>,
}

/// The JSON Schema of a pack's file: rules as in `place.toml`, none of which needs a service of its own.
pub fn pack_schema() -> Schema {
    let mut schema = schemars::schema_for!(PackFile).to_value();
    let required = schema.pointer_mut("/$defs/AccessConfig/required");
    if let Some(required) = required.and_then(Schema::as_array_mut) {
        required.retain(|key| key != "service");
    }
    schema
}
