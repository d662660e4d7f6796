//! `schema [WHAT]`

use crate::cli::args::{Schema, SchemaOf};
use crate::cli::{Failure, out};

pub(super) fn run(typed: &Schema) -> Result<(), Failure> {
    let schema = match typed.of {
        SchemaOf::Place => crate::load::config::schema(),
        SchemaOf::Plan => schemars::schema_for!(crate::plan::Plan).to_value(),
        SchemaOf::Partnership => schemars::schema_for!(crate::partnership::Partnership).to_value(),
        SchemaOf::SitingAnswer => crate::siting::answer_schema(),
        SchemaOf::Siting => schemars::schema_for!(crate::siting::Problem).to_value(),
    };
    out::json(&schema)
}
