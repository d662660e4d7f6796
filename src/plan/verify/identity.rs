//! That the plan is of this place, of these files and of a form we know.

use super::discrepancy::{Figure, Found, of_plan};
use super::reading::Reading;
use crate::plan::SCHEMA_VERSION;
use std::collections::{BTreeMap, BTreeSet};

/// Checks name, date, form and the hashes of the input files.
pub(super) fn check(reading: &Reading<'_>, found: &mut Found) {
    let (place, plan) = (reading.place, reading.plan);
    if plan.schema_version != SCHEMA_VERSION {
        let why = "the plan is written in another form";
        let field = of_plan("schema_version");
        found.note(
            "form-unknown",
            field,
            SCHEMA_VERSION,
            plan.schema_version,
            why,
        );
    }
    let (day, currency) = (place.base_date.to_string(), place.currency.to_string());
    for (code, field, ours, theirs, why) in [
        (
            "other-place",
            "place",
            &place.name,
            &plan.place,
            "the plan is of another place",
        ),
        (
            "other-date",
            "base_date",
            &day,
            &plan.base_date,
            "the plan counts its money from another day",
        ),
        (
            "other-currency",
            "currency",
            &currency,
            &plan.currency,
            "the plan counts its money in another currency",
        ),
    ] {
        found.text(code, of_plan(field), ours, theirs, why);
    }
    inputs(reading, found);
}

/// Every input file with the hash of its bytes, and no other file.
fn inputs(reading: &Reading<'_>, found: &mut Found) {
    let said = &reading.plan.run.inputs;
    // A file read as two tables appears twice among the sources.
    let mut files: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for source in &reading.place.sources {
        let hashes = files.entry(source.file.as_str()).or_default();
        hashes.insert(source.sha256.as_str());
    }
    let figure = |file: &'_ str| format!("run.inputs[{file}]");
    for (file, hashes) in &files {
        let field = Figure {
            subject: file,
            name: figure(file),
        };
        let expected = hashes.iter().copied().collect::<Vec<_>>().join(" or ");
        match said.get(*file) {
            Some(hash) if hashes.contains(hash.as_str()) => {}
            Some(hash) => {
                let why = "the file has changed since the plan was made";
                found.note("input-changed", field, expected, hash, why);
            }
            None => {
                let why = "the plan was made without this file";
                found.note("input-missing", field, expected, "nothing", why);
            }
        }
    }
    for (file, hash) in said {
        if !files.contains_key(file.as_str()) {
            let why = "the plan was made with a file that the place does not read";
            let field = Figure {
                subject: file,
                name: figure(file),
            };
            found.note("input-unknown", field, "no such file", hash, why);
        }
    }
}
