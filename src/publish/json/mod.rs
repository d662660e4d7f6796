//! `plan.json` and `certificate.json`.

mod certificate;
mod plan;

pub(super) use certificate::export as certificate;
pub(super) use plan::export as plan;
