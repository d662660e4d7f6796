//! `explanations.json`: why every building is kept or let go, put beside the plan it explains.

use super::error::PublishError;
use super::folder;
use crate::explain::BuildingExplained;
use std::path::Path;

/// Writes `explanations.json` into a plan folder that stands.
///
/// # Errors
/// [`PublishError::Target`] where it is no plan folder (exit code 2); else what went wrong.
pub fn publish_explanations(
    folder: &Path,
    explained: &[BuildingExplained],
) -> Result<(), PublishError> {
    const FILE: &str = "explanations.json";
    let mut bytes =
        serde_json::to_vec_pretty(explained).map_err(|fault| PublishError::page(FILE, fault))?;
    bytes.push(b'\n');
    folder::add(folder, FILE, &bytes)
}
