//! `packs [NAME]`: the rule packs that come with the program, or the text of one.

use crate::cli::args::Packs;
use crate::cli::{Failure, out};
use crate::load::config::{PACKS, PackFile, did_you_mean, pack_schema, pack_text, read_toml};
use std::fmt::Write;

pub(super) fn run(typed: &Packs) -> Result<(), Failure> {
    match &typed.name {
        None => out::data(&listed()?),
        Some(name) => match pack_text(name) {
            Some(text) => out::data(text),
            None => Err(Failure::Usage {
                cause: format!("there is no pack `{name}`"),
                hint: did_you_mean(name, PACKS.iter().map(|(known, _)| *known)),
            }),
        },
    }
}

/// Each pack with its source, its date and its rules.
fn listed() -> Result<String, Failure> {
    let mut text = String::new();
    for (name, content) in PACKS {
        let (pack, _) = read_toml::<PackFile>(name, content, pack_schema())
            .map_err(|_| Failure::Internal(format!("pack {name} cannot be read")))?;
        let _ = writeln!(
            text,
            "{name}: {} ({}, {})",
            pack.title, pack.source, pack.date
        );
        for rule in &pack.access {
            let _ = writeln!(text, "  {}", rule.id);
        }
    }
    text.push_str(
        "\n[[pack]] name = \"…\", service = \"…\" in place.toml takes one over; `oneroof packs NAME` prints one, to begin \
         your own from (file = \"…\")\n",
    );
    Ok(text)
}
