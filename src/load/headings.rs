//! What the headings of a table leave open: fields that matter and were not found, and columns that
//! are no field. It is said once for a table, before anything that follows from it.

use super::cells::{is_missing, number_like};
use super::columns::Kind;
use super::names::known_as;
use super::{Columns, Field, Table, coordinates, normalise};
use crate::place::{Finding, Severity};

/// A field a table is of little use without, or another that stands in for it.
struct Need {
    /// The fields to name where none is there.
    fields: &'static [&'static str],
    /// Any of these will do.
    or: &'static [&'static str],
}

/// What a table is needed for.
pub(super) struct Needs(&'static [Need]);

/// Of a register.
pub(super) const BUILDINGS: Needs = Needs(&[
    need(&["asset_id"], &["uprn"]),
    need(&["name"], &["address", "street"]),
    need(PLACE, &[]),
    need(
        &["floor_area_m2"],
        &[
            "usable_m2",
            "office_m2",
            "public_m2",
            "clinical_m2",
            "secure_m2",
            "storage_m2",
            "any_m2",
        ],
    ),
    need(&["tenure"], &["tenure_detail"]),
]);

/// Of a table of who is where.
pub(super) const OCCUPIERS: Needs = Needs(&[
    need(&["asset_id"], &["uprn"]),
    need(&["name"], &["occupier_id"]),
    need(
        &["space_m2"],
        &[
            "fte",
            "desks",
            "office_m2",
            "public_m2",
            "clinical_m2",
            "secure_m2",
            "storage_m2",
            "any_m2",
        ],
    ),
]);

/// Of a list of service points.
pub(super) const POINTS: Needs = Needs(&[need(&["name"], &["point_id"]), need(PLACE, &["uprn"])]);

/// Where a record is, by one of several pairs of columns.
const PLACE: &[&str] = &["lon", "lat"];

const fn need(fields: &'static [&'static str], or: &'static [&'static str]) -> Need {
    Need { fields, or }
}

/// Headings named one by one.
const SHOWN: usize = 8;
/// How alike a heading must be to a name of the field to be offered for it.
const ALIKE: f64 = 0.78;

/// Says once which headings of a table were not used, and which important fields have none, with
/// the line that maps them. `fields` are all of this kind of table; `used` are headings that
/// `place.toml` itself names, for a filter or a scope; `by_postcode` where the place brings a table of postcodes.
pub(super) fn report(
    table: &Table,
    columns: &Columns,
    needs: &Needs,
    fields: &[Field],
    used: &[&str],
    by_postcode: bool,
    findings: &mut Vec<Finding>,
) {
    let unused: Vec<usize> = (0..table.header.len())
        .filter(|column| !columns.claims(*column))
        .filter(|column| {
            let header = table.header.get(*column).map_or("", String::as_str);
            !used.iter().any(|name| normalise(name) == normalise(header))
        })
        // What was asked about already is not said twice.
        .filter(|column| {
            let header = table.header.get(*column);
            !findings.iter().any(|known| {
                known.code == "header-near-miss"
                    && known.row == table.whole()
                    && known.column.as_ref() == header
            })
        })
        .collect();
    if unused.is_empty() {
        return;
    }
    let placed = table.has_shapes
        || !coordinates::sources(table, columns).is_empty()
        || by_postcode && columns.has("postcode");
    let missing: Vec<&Field> = needs
        .0
        .iter()
        .filter(|need| {
            let mut any = need.fields.iter().chain(need.or);
            match need.fields == PLACE {
                true => !placed && !need.or.iter().any(|field| columns.has(field)),
                false => !any.any(|field| columns.has(field)),
            }
        })
        .flat_map(|need| match need.fields == PLACE {
            true => lacking(columns),
            false => need.fields,
        })
        .filter_map(|name| fields.iter().find(|field| field.name == *name))
        .collect();
    let shown = listed(table, &unused);
    let finding = |code| {
        Finding::new(code, Severity::Warn, table.whole()).column(
            unused
                .iter()
                .take(SHOWN)
                .filter_map(|column| table.header.get(*column).map(String::as_str))
                .collect::<Vec<_>>()
                .join(";"),
        )
    };
    if missing.is_empty() {
        findings.push(
            finding("columns-unused")
                .cause(format!("not used: {shown}"))
                .action("no field without which nothing can be planned is missing; where one of them is a field of ours, a cost or a date, say, map it under columns"),
        );
        return;
    }
    let mut free = unused.clone();
    let lines: Vec<String> = missing
        .iter()
        .map(|field| {
            let guess = guess(table, field, &free);
            free.retain(|column| Some(*column) != guess);
            let header = guess.and_then(|column| table.header.get(column));
            format!(
                "{} = \"{}\"",
                field.name,
                header.map_or("…".into(), |h| quoted(h))
            )
        })
        .collect();
    let names: Vec<&str> = missing.iter().map(|field| field.name).collect();
    findings.push(
        finding("columns-missing")
            .cause(format!(
                "no heading was recognised for {}; not used: {shown}",
                names.join(", ")
            ))
            .action(format!(
                "what follows from it is said below; if the table has them, put the line below into its block, with the right headings{}",
                if !placed && names.iter().any(|name| lacking(columns).contains(name)) && columns.has("postcode") {
                    "; a table of postcodes with their coordinates ([[postcodes]]) places records by their postcode"
                } else {
                    ""
                }
            ))
            .setting(format!("columns = {{ {} }}", lines.join(", "))),
    );
}

/// The fields that would say where a record is: the other half of a pair where one is known.
fn lacking(columns: &Columns) -> &'static [&'static str] {
    let halves = [
        ("easting", &["northing"] as &[&str]),
        ("northing", &["easting"]),
        ("lon", &["lat"]),
        ("lat", &["lon"]),
    ];
    let half = halves.into_iter().find(|(known, _)| columns.has(known));
    half.map_or(PLACE, |(_, lacking)| lacking)
}

/// The first headings, and how many more there are.
fn listed(table: &Table, columns: &[usize]) -> String {
    let names: Vec<String> = columns
        .iter()
        .take(SHOWN)
        .filter_map(|column| table.header.get(*column))
        .map(|name| format!("`{name}`"))
        .collect();
    match columns.len().saturating_sub(SHOWN) {
        0 => names.join(", "),
        more => format!("{} and {more} more", names.join(", ")),
    }
}

/// A heading as it stands between the quotation marks of TOML.
pub(super) fn quoted(header: &str) -> String {
    header.replace('\\', "\\\\").replace('"', "\\\"")
}

/// The free column that is likeliest a field: by its name, where its cells are of the right kind.
fn guess(table: &Table, field: &Field, free: &[usize]) -> Option<usize> {
    let numbers = matches!(
        field.kind,
        Kind::Area | Kind::Number | Kind::Coordinate | Kind::Money
    );
    free.iter()
        .filter(|column| !numbers || holds_numbers(table, **column))
        .filter(|column| field.kind != Kind::Code || !is_constant(table, **column))
        .filter(|column| field.name != "name" || !holds_numbers(table, **column))
        .map(|column| {
            let header = table.header.get(*column).map_or("", String::as_str);
            (alike(field, header), *column)
        })
        .filter(|(score, _)| *score >= ALIKE)
        .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)))
        .map(|(_, column)| column)
}

/// How alike a heading is to a field, from 0 to 1: to the nearest of its names, or by a word that is
/// one of them.
fn alike(field: &Field, header: &str) -> f64 {
    let name = normalise(header);
    let words: Vec<String> = header
        .split(|c: char| !c.is_alphanumeric())
        .map(normalise)
        .filter(|word| word.len() >= 3)
        .collect();
    if words.iter().any(|word| known_as(field, word)) {
        return 0.95;
    }
    let canonical = normalise(field.name);
    std::iter::once(canonical.as_str())
        .chain(field.aliases.iter().copied())
        .filter(|alias| alias.len() >= 3)
        .map(|alias| {
            let within = alias.len() >= 5 && name.contains(alias);
            let near = strsim::normalized_damerau_levenshtein(alias, &name);
            if within { 0.9 } else { near }
        })
        .fold(0.0, f64::max)
}

/// Whether every row says the same in a column: it tells no record from another.
fn is_constant(table: &Table, column: usize) -> bool {
    let mut cells = table.records.iter().map(|record| record.cell(column));
    let first = cells.next();
    table.records.len() > 1 && cells.all(|cell| Some(cell) == first)
}

/// Whether the filled cells of a column are numbers, by its first rows.
pub(super) fn holds_numbers(table: &Table, column: usize) -> bool {
    let filled: Vec<&str> = table
        .records
        .iter()
        .map(|record| record.cell(column))
        .filter(|cell| !is_missing(cell))
        .take(50)
        .collect();
    let numbers = filled.iter().filter(|cell| number_like(cell).is_some());
    numbers.count() * 2 > filled.len()
}
