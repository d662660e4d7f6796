//! The shape of `place.toml` for editors.

use super::PlaceConfig;

/// The JSON Schema of `place.toml`, for editors.
pub fn schema() -> serde_json::Value {
    schemars::schema_for!(PlaceConfig).to_value()
}
