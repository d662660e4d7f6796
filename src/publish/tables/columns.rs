//! `columns.csv`: every column of every table and layer, with its unit, its meaning and who sees it.

use super::super::cell::Cell;
use super::super::edition::Issue;
use super::super::error::PublishError;
use super::super::fields::{Seen, field};
use super::super::layers::{LAYERS, service_fields};
use super::{HEADERS, Tables, shown_and_field};
use crate::place::currency::in_print;

const HEADER: [&str; 5] = ["file", "column", "unit", "meaning", "seen_by"];

pub(super) fn export(issue: &Issue<'_>, to: &mut dyn Tables) -> Result<(), PublishError> {
    to.begin("columns.csv", &HEADER)?;
    for (table, column, name, about) in columns(issue) {
        let (unit, meaning, seen) = match field(&name) {
            Some((_, seen, unit, meaning)) => (*unit, *meaning, *seen),
            None => ("", "", Seen::Partners),
        };
        let meaning = match about {
            Some(service) => format!("{service}: {meaning}"),
            None => meaning.to_string(),
        };
        let seen = match seen {
            Seen::Public => "anybody",
            Seen::Partners => "partners, and the agency about its own",
        };
        to.row(&[
            Cell::key(table),
            Cell::key(column),
            Cell::text(in_print(unit)),
            Cell::text(meaning),
            Cell::key(seen),
        ])?;
    }
    to.end()
}

/// File, column, field, and the service it is about.
type Entry = (String, String, String, Option<String>);

fn columns(issue: &Issue<'_>) -> Vec<Entry> {
    let mut all: Vec<Entry> = Vec::new();
    for (table, header) in HEADERS {
        all.extend(header.iter().map(|name| {
            let (shown, field) = shown_and_field(name);
            (table.to_owned(), shown.to_string(), field.to_string(), None)
        }));
    }
    for (layer, properties) in LAYERS {
        let file = format!("{layer}.geojson");
        all.extend(
            properties.iter().map(|(shown, field)| {
                (file.clone(), (*shown).to_owned(), (*field).to_owned(), None)
            }),
        );
    }
    for (name, field, service) in service_fields(issue) {
        all.push((
            "zones.geojson".to_owned(),
            name,
            field.to_string(),
            Some(service),
        ));
    }
    all
}

#[cfg(test)]
mod tests {
    use super::super::super::fixture::Fixture;
    use super::*;

    #[test]
    fn every_column_of_every_table_and_layer_is_explained() {
        let fixture = Fixture::six();
        let edition = fixture.edition();
        let issue = Issue::new(&edition);
        let all = columns(&issue);
        assert!(all.len() > 150, "{}", all.len());
        for (table, column, name, _) in all {
            assert!(
                field(&name).is_some(),
                "{column} of {table} is not explained"
            );
        }
    }
}
