//! The files of the folder, each read as a table of its kind.

use oneroof::load::{InspectOptions, Inspection, TableKind, inspect, read_table};
use oneroof::place::{Finding, Location};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

pub(super) fn folder() -> Option<PathBuf> {
    super::super::shared::shared("realdata/nasty")
}

pub(super) fn number(file: &str) -> u32 {
    file.get(..2)
        .and_then(|digits| digits.parse().ok())
        .expect("files are numbered")
}

pub(super) fn kind(number: u32) -> TableKind {
    match number {
        5 | 6 | 8 | 9 | 13 | 15 | 25 | 26 | 31 => TableKind::Points,
        27 | 28 => TableKind::Matrix,
        29 | 30 | 38 => TableKind::Zones,
        _ => TableKind::Buildings,
    }
}

pub(super) fn options(folder: &Path, number: u32) -> InspectOptions {
    let mut options = InspectOptions {
        postcodes: postcodes(folder),
        ..InspectOptions::default()
    };
    if number == 31 {
        let rect = geo::Rect::new(
            geo::coord! { x: -2.6, y: 53.3 },
            geo::coord! { x: -2.0, y: 53.6 },
        );
        options.area = Some(geo::MultiPolygon(vec![rect.to_polygon()]));
    }
    if number == 28 {
        let names = |list: &[&str]| list.iter().map(|name| (*name).to_owned()).collect();
        options.zones = names(&["Zone 001A", "Zone 001B", "Zone 002A", "Zone 002B"]);
        options.places = names(&["Larkhill Road Library", "Ashby House", "Weir Lane"]);
    }
    options
}

/// Centres of the postcodes around Trafford, read once.
pub(super) fn postcodes(folder: &Path) -> BTreeMap<String, Location> {
    static READ: std::sync::OnceLock<BTreeMap<String, Location>> = std::sync::OnceLock::new();
    READ.get_or_init(|| read_postcodes(folder)).clone()
}

pub(super) fn read_postcodes(folder: &Path) -> BTreeMap<String, Location> {
    let path = folder.join("../trafford/zones/trafford_postcodes.csv");
    let table = read_table(
        &path,
        "postcodes",
        &Default::default(),
        &mut Vec::new(),
        &mut Vec::new(),
    )
    .expect("the postcode file is there");
    let column = |name: &str| {
        table
            .header
            .iter()
            .position(|header| header.eq_ignore_ascii_case(name))
            .unwrap_or_else(|| panic!("{name} in {:?}", table.header))
    };
    let (postcode, lon, lat) = (column("postcode"), column("lon"), column("lat"));
    table
        .records
        .iter()
        .filter_map(|record| {
            let at = Location::new(
                record.cell(lon).parse().ok()?,
                record.cell(lat).parse().ok()?,
            )?;
            Some((record.cell(postcode).replace(' ', ""), at))
        })
        .collect()
}

pub(super) fn look(folder: &Path, file: &str) -> Inspection {
    let number = number(file);
    inspect(
        &folder.join(file),
        file,
        kind(number),
        &options(folder, number),
    )
    .unwrap_or_else(|finding| panic!("{file}: {finding:?}"))
}

pub(super) fn files(folder: &Path) -> Vec<String> {
    let mut files: Vec<String> = std::fs::read_dir(folder)
        .expect("readable folder")
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| name.as_bytes().first().is_some_and(u8::is_ascii_digit))
        .collect();
    files.sort();
    files
}

pub(super) fn by_start(folder: &Path, number: u32) -> Inspection {
    let start = format!("{number:02}_");
    let file = files(folder)
        .into_iter()
        .find(|name| name.starts_with(&start))
        .expect("the file is there");
    look(folder, &file)
}

pub(super) fn show(findings: &[Finding]) -> String {
    findings
        .iter()
        .map(|f| {
            format!(
                "  {} {} {:?} {:?}\n",
                f.row.record, f.code, f.column, f.cell
            )
        })
        .collect()
}

/// Whether a finding is about the record and column an expectation names.
pub(super) fn fits(finding: &Finding, record: u64, column: &str) -> bool {
    let named = match column {
        "(row)" | "(file)" | "all" => true,
        _ => finding.column.as_deref().is_some_and(|columns| {
            let wanted = column
                .trim_start_matches("(column")
                .trim_end_matches(')')
                .trim();
            columns
                .split(';')
                .any(|name| name == column || name == format!("column {wanted}"))
        }),
    };
    finding.row.record == record && named
}
