//! `columns.csv`: every column of every table and layer, with its unit, its meaning and who sees it.

use super::super::cell::Cell;
use super::super::csv_file::CsvFile;
use super::super::edition::Issue;
use super::super::error::PublishError;
use super::super::exporter::Page;
use super::super::fields::{Seen, field};
use super::super::geojson::{LAYERS, service_fields};
use super::{HEADERS, shown_and_field};

const HEADER: [&str; 5] = ["file", "column", "unit", "meaning", "seen_by"];

pub(super) fn export(issue: &Issue<'_>) -> Result<Vec<Page>, PublishError> {
    let mut file = CsvFile::new("columns.csv", &HEADER, issue.edition.excel)?;
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
        file.row(&[
            Cell::key(table),
            Cell::key(column),
            Cell::key(unit),
            Cell::text(meaning),
            Cell::key(seen),
        ])?;
    }
    Ok(vec![Page::new("columns.csv", file.finish()?)])
}

/// File, column, field, and the service it is about.
type Entry = (&'static str, String, String, Option<String>);

fn columns(issue: &Issue<'_>) -> Vec<Entry> {
    let mut all: Vec<Entry> = Vec::new();
    for (table, header) in HEADERS {
        all.extend(header.iter().map(|name| {
            let (shown, field) = shown_and_field(name);
            (table, shown.to_string(), field.to_string(), None)
        }));
    }
    for (layer, properties) in LAYERS {
        let plain = properties.iter();
        all.extend(plain.map(|(shown, field)| (layer, shown.to_string(), field.to_string(), None)));
    }
    for (name, field, service) in service_fields(issue) {
        all.push(("zones.geojson", name, field.to_string(), Some(service)));
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
