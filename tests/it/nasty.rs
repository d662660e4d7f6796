//! Every fault of `../shared/realdata/nasty` is found where it stands, cell by cell.

use oneroof::load::{InspectOptions, Inspection, TableKind, inspect, read_table};
use oneroof::place::{Finding, Location, Precision, Severity};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use Severity::{Reject, Repair, Warn};

/// One line of `expected_faults.csv` and the findings that meet it: file number, record, column,
/// the codes of which one must be there for each column named, and its severity.
type Expectation = (
    u32,
    &'static str,
    &'static str,
    &'static [&'static str],
    Severity,
);

#[rustfmt::skip]
const EXPECTED: &[Expectation] = &[
    (1, "3", "GeoX;GeoY", &["swapped-coordinates"], Repair),
    (2, "4", "GeoX;GeoY", &["far-from-rest"], Warn),
    (3, "2", "GeoX;GeoY", &["postcode-location"], Repair),
    (3, "5", "GeoX;GeoY;PostCode", &["not-located"], Warn),
    (3, "6", "GeoY", &["half-coordinates"], Warn),
    (4, "1", "PostCode", &["postcode-letter"], Repair),
    (4, "2", "PostCode", &["postcode-partial"], Warn),
    (4, "3", "PostCode", &["postcode-partial"], Warn),
    (4, "4", "PostCode", &["postcode-tidied"], Repair),
    (4, "5", "PostCode", &["postcode-placeholder"], Warn),
    (4, "6", "PostCode", &["missing-spelled"], Warn),
    (5, "2", "STATION_POSTCODE", &["postcode-invalid"], Warn),
    (5, "2", "STATION_EASTING", &["coordinate-not-read"], Warn),
    (5, "2", "STATION_NORTHING", &["coordinate-not-read"], Warn),
    (6, "3", "STATION_EASTING", &["lost-digit"], Repair),
    (7, "all", "X;Y", &["crs-unsupported"], Severity::Error),
    (8, "all", "Grid reference", &["coordinates-in-one-cell"], Repair),
    (9, "header", "(column 4)", &["unnamed-column"], Warn),
    (11, "all", "PropertyName", &["encoding"], Warn),
    (12, "1", "PropertyName", &["mojibake"], Repair),
    (12, "5", "PropertyName", &["mojibake"], Repair),
    (13, "all", "(file)", &["delimiter"], Warn),
    (14, "all", "(file)", &["delimiter"], Warn),
    (15, "all", "(header)", &["header-missing"], Warn),
    (15, "2", "column 9", &["closed-record"], Reject),
    (16, "header", "(row 1)", &["row-above-header"], Warn),
    (17, "1", "PostCode", &["line-break"], Repair),
    (17, "2", "PropertyName", &["line-break"], Repair),
    (17, "2", "StreetName", &["blank-trimmed"], Repair),
    (17, "2", "PostCode", &["line-break"], Repair),
    (18, "1", "TenureType", &["odd-space"], Repair),
    (18, "3", "TenureType", &["odd-space"], Repair),
    (18, "5", "TenureDetail", &["odd-space"], Repair),
    (19, "header", "Organisation;OrganisationLabel", &["duplicate-header"], Warn),
    (19, "2", "OrganisationLabel", &["copies-differ"], Warn),
    (20, "7", "(row)", &["empty-row"], Warn),
    (20, "8", "(row)", &["empty-row"], Warn),
    (20, "last", "(row)", &["total-row"], Reject),
    (21, "3", "(row)", &["duplicate-row"], Repair),
    (21, "8", "AssetCode;UPRN", &["repeated-code"], Warn),
    (22, "1", "TenureType", &["category-variant"], Repair),
    (22, "2", "TenureType", &["category-variant"], Repair),
    (22, "3", "TenureDetail", &["category-variant"], Repair),
    (22, "4", "TenureType", &["category-spelling"], Repair),
    (22, "5", "TenureDetail", &["missing-spelled"], Warn),
    (22, "6", "TenureDetail", &["category-variant"], Repair),
    (23, "1", "UPRN", &["uprn-padded"], Repair),
    (23, "2", "UPRN", &["repeated-uprn"], Warn),
    (23, "3", "UPRN", &["uprn-lost"], Warn),
    (23, "4", "UPRN", &["uprn-tidied"], Repair),
    (24, "3", "(row)", &["aggregate-row"], Reject),
    (25, "2", "station_name", &["repeated-site"], Repair),
    (25, "3", "station_name;postcode", &["repeated-site"], Repair),
    (25, "4", "station_name", &["shared-building"], Warn),
    (25, "5", "(row)", &["nothing-stated"], Reject),
    (26, "1", "geometry", &["outline-point"], Repair),
    (26, "2", "geometry", &["outline-point"], Repair),
    (26, "3", "geometry", &["outline-point"], Repair),
    (26, "1", "DISTNAME", &["placeholder-name"], Warn),
    (26, "2", "DISTNAME", &["placeholder-name"], Warn),
    (27, "1", "Weir Lane", &["unreachable-value"], Repair),
    (27, "2", "Ashby House", &["unreachable-value"], Repair),
    (27, "3", "all", &["zone-reaches-nothing"], Warn),
    (27, "4", "Ashby House", &["negative-time"], Repair),
    (28, "header", "Larkhill Road Library", &["header-trimmed"], Repair),
    (28, "header", "Ashby house", &["name-variant"], Warn),
    (28, "3", "from_id", &["unknown-zone"], Reject),
    (29, "4", "LSOA21CD", &["repeated-zone"], Warn),
    (29, "5", "LSOA21CD", &["repeated-zone"], Repair),
    (30, "1", "centroid_lon;centroid_lat", &["centroid-outside"], Warn),
    (31, "2", "easting;northing", &["not-located"], Warn),
    (31, "3", "easting;northing", &["outside-area"], Warn),
    (31, "4", "easting;northing", &["zero-coordinates"], Warn),
    (32, "2", "Site area;Floor area", &["unit-converted"], Repair),
    (32, "3", "Site area", &["unit-missing"], Warn),
    (32, "2", "Annual cost", &["number-with-suffix"], Repair),
    (32, "3", "Annual cost", &["number-with-suffix"], Repair),
    (32, "4", "Floor area", &["number-approximate"], Warn),
    (32, "4", "Annual cost", &["number-range"], Warn),
    (33, "1", "Running cost;Market value;Floor area m2", &["number-tidied"], Repair),
    (33, "2", "Floor area m2", &["number-tidied"], Repair),
    (33, "3", "Running cost", &["number-tidied"], Repair),
    (33, "3", "Market value", &["missing-spelled"], Warn),
    (33, "2", "Occupied", &["fraction-beside-percent"], Warn),
    (33, "4", "Running cost;Floor area m2", &["continental-number"], Warn),
    (33, "4", "Market value;Occupied", &["missing-spelled"], Warn),
    (34, "header", "PROPERTYNA;PROPERTYN1;BUILDINGSI;ENERGYRATI", &["header-truncated"], Warn),
    (35, "2", "GeoX;GeoY", &["crs-row"], Repair),
    (35, "3", "CoordinateReferenceSystem", &["crs-contradicts"], Repair),
    (35, "4", "GeoX;GeoY", &["crs-row"], Repair),
    (35, "5", "CoordinateReferenceSystem", &["crs-row-missing"], Warn),
    (36, "all", "geometry", &["crs-converted"], Repair),
    (37, "2", "geometry", &["no-geometry"], Warn),
    (37, "3", "geometry", &["empty-geometry"], Warn),
    (37, "4", "geometry", &["empty-geometry"], Warn),
    (38, "1", "geometry", &["ring-order"], Repair),
    (38, "2", "geometry", &["ring-not-closed"], Repair),
    (38, "3", "geometry", &["self-crossing"], Warn),
    (39, "1", "EnergyRating", &["missing-spelled"], Warn),
    (39, "2", "BuildingSize", &["missing-spelled"], Warn),
    (39, "3", "BuildingSize", &["missing-spelled"], Warn),
    (39, "4", "EnergyRating", &["missing-spelled"], Warn),
    (39, "5", "BuildingSize", &["missing-spelled"], Warn),
    (39, "6", "BuildingSize", &["zero-area"], Warn),
    (39, "6", "EnergyRating", &["missing-spelled"], Warn),
    (40, "1", "PropertyName", &["formula-text"], Warn),
    (40, "2", "PropertyName", &["formula-text"], Warn),
    (40, "3", "PropertyName", &["formula-text"], Warn),
    (40, "4", "StreetName", &["formula-text"], Warn),
    (40, "5", "PropertyName", &["formula-text"], Warn),
    (41, "1", "PropertyName", &["markup-text"], Warn),
    (41, "2", "PropertyName", &["markup-text"], Warn),
    (41, "3", "PropertyName", &["markup-text"], Warn),
    (41, "4", "PropertyName", &["markup-text"], Warn),
    (41, "5", "PropertyName", &["markup-text"], Warn),
    (41, "6", "PropertyName", &["markup-text"], Warn),
    (42, "2", "(row)", &["too-many-cells"], Reject),
    (42, "3", "(row)", &["too-few-cells"], Warn),
    (42, "4", "(row)", &["open-quote"], Repair),
    (43, "3", "Lease end", &["date-serial"], Repair),
    (43, "4", "Lease end", &["date-impossible"], Warn),
    (43, "4", "Lease break", &["date-not-read"], Warn),
    (43, "5", "Lease end", &["date-order"], Repair),
    (43, "5", "Lease break", &["date-placeholder"], Warn),
    (44, "all", "(file)", &["encoding"], Warn),
];

/// Findings that must stand beside those of the table because the line asks for a second thing.
#[rustfmt::skip]
const BESIDE: &[(u32, u64, &str)] = &[
    (3, 6, "postcode-location"),
    (5, 2, "not-located"),
    (13, 0, "encoding"),
    (26, 2, "one-site-perhaps"),
    (37, 2, "postcode-location"),
    (37, 3, "not-located"),
    (37, 4, "not-located"),
    (28, 0, "zones-missing"),
    (43, 0, "date-order-assumed"),
];

fn folder() -> Option<PathBuf> {
    super::shared::shared("realdata/nasty")
}

fn number(file: &str) -> u32 {
    file.get(..2)
        .and_then(|digits| digits.parse().ok())
        .expect("files are numbered")
}

fn kind(number: u32) -> TableKind {
    match number {
        5 | 6 | 8 | 9 | 13 | 15 | 25 | 26 | 31 => TableKind::Points,
        27 | 28 => TableKind::Matrix,
        29 | 30 | 38 => TableKind::Zones,
        _ => TableKind::Buildings,
    }
}

fn options(folder: &Path, number: u32) -> InspectOptions {
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
fn postcodes(folder: &Path) -> BTreeMap<String, Location> {
    static READ: std::sync::OnceLock<BTreeMap<String, Location>> = std::sync::OnceLock::new();
    READ.get_or_init(|| read_postcodes(folder)).clone()
}

fn read_postcodes(folder: &Path) -> BTreeMap<String, Location> {
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

fn look(folder: &Path, file: &str) -> Inspection {
    let number = number(file);
    inspect(
        &folder.join(file),
        file,
        kind(number),
        &options(folder, number),
    )
    .unwrap_or_else(|finding| panic!("{file}: {finding:?}"))
}

fn files(folder: &Path) -> Vec<String> {
    let mut files: Vec<String> = std::fs::read_dir(folder)
        .expect("readable folder")
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| name.as_bytes().first().is_some_and(u8::is_ascii_digit))
        .collect();
    files.sort();
    files
}

fn by_start(folder: &Path, number: u32) -> Inspection {
    let start = format!("{number:02}_");
    let file = files(folder)
        .into_iter()
        .find(|name| name.starts_with(&start))
        .expect("the file is there");
    look(folder, &file)
}

fn show(findings: &[Finding]) -> String {
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
fn fits(finding: &Finding, record: u64, column: &str) -> bool {
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

#[test]
fn nasty_every_expected_fault_is_found_in_its_cell() {
    let Some(folder) = folder() else { return };
    let text = std::fs::read_to_string(folder.join("expected_faults.csv")).expect("readable");
    let mut lines = csv::Reader::from_reader(text.as_bytes());
    let (mut checked, mut failures) = (0, Vec::new());
    let mut used = vec![false; EXPECTED.len()];
    for line in lines.records() {
        let line = line.expect("well formed");
        let (file, record, columns) = (&line[0], &line[1], &line[2]);
        let number = number(file);
        checked += 1;
        let Some(at) = EXPECTED
            .iter()
            .position(|(n, r, c, ..)| *n == number && *r == record && *c == columns)
        else {
            failures.push(format!(
                "{file} {record} {columns}: nothing says how it is met"
            ));
            continue;
        };
        used[at] = true;
        let (.., codes, severity) = EXPECTED[at];
        let inspection = look(&folder, file);
        let wanted = match record {
            "all" | "header" => 0,
            "last" => inspection
                .rejected
                .iter()
                .map(|row| row.row.record)
                .chain(inspection.table.records.iter().map(|row| row.at.record))
                .max()
                .unwrap_or(0),
            record => record.parse().expect("a record number"),
        };
        for column in columns.split(';') {
            let met = inspection.findings.iter().any(|finding| {
                fits(finding, wanted, column)
                    && codes.contains(&finding.code)
                    && finding.severity == severity
                    && finding.row.file.as_ref() == file
                    && !finding.cause.is_empty()
                    && !finding.action.is_empty()
            });
            if !met {
                failures.push(format!(
                    "{file} record {record} column {column}: no {codes:?} as {severity:?} among\n{}",
                    show(&inspection.findings)
                ));
            }
        }
    }
    for (entry, used) in EXPECTED.iter().zip(used) {
        if !used {
            failures.push(format!("{entry:?} is expected by nobody"));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    assert_eq!(checked, EXPECTED.len());
}

#[test]
fn nasty_second_things_asked_for_are_found_too() {
    let Some(folder) = folder() else { return };
    for (number, record, code) in BESIDE {
        let inspection = by_start(&folder, *number);
        let met = inspection
            .findings
            .iter()
            .any(|finding| finding.code == *code && finding.row.record == *record);
        assert!(
            met,
            "{number} {record} {code}\n{}",
            show(&inspection.findings)
        );
    }
}

#[test]
fn nasty_good_files_give_no_finding() {
    let Some(folder) = folder() else { return };
    for number in [0, 10] {
        let inspection = by_start(&folder, number);
        assert!(
            inspection.findings.is_empty(),
            "{}",
            show(&inspection.findings)
        );
        assert_eq!(inspection.table.header[0], "AssetCode");
        assert!(
            inspection
                .located
                .iter()
                .all(|at| matches!(at, Some((_, Precision::Exact))))
        );
    }
}

#[test]
fn nasty_every_data_row_is_counted() {
    let Some(folder) = folder() else { return };
    let readme = std::fs::read_to_string(folder.join("README.md")).expect("readable");
    let mut counted = 0;
    for line in readme.lines().filter(|line| line.starts_with("| `")) {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let (file, rows) = (cells[1].trim_matches('`'), cells[3]);
        let inspection = look(&folder, file);
        assert_eq!(
            inspection.rows.to_string(),
            rows,
            "{file}\n{}",
            show(&inspection.findings)
        );
        let totals = inspection
            .rejected
            .iter()
            .filter(|row| row.code == "total-row")
            .count();
        let kept = inspection.table.records.len() + inspection.rejected.len() - totals;
        assert_eq!(kept as u64, inspection.rows, "{file}: used and set aside");
        counted += 1;
    }
    assert_eq!(counted, files(&folder).len());
}

fn money(inspection: &Inspection, row: usize, field: &str) -> Option<f64> {
    let record = &inspection.table.records[row];
    inspection.columns.money(record, field, &mut Vec::new())
}

fn area(inspection: &Inspection, row: usize, field: &str) -> Option<f64> {
    let record = &inspection.table.records[row];
    let area = inspection.columns.area(record, field, &mut Vec::new());
    area.map(|area| (area.0 * 10.0).round() / 10.0)
}

#[test]
fn nasty_units_and_marks_read_as_meant() {
    let Some(folder) = folder() else { return };
    let units = by_start(&folder, 32);
    assert_eq!(area(&units, 0, "land_area"), Some(5370.0));
    assert_eq!(area(&units, 1, "floor_area_m2"), Some(839.9));
    assert_eq!(area(&units, 2, "land_area"), None);
    assert_eq!(area(&units, 2, "floor_area_m2"), Some(840.0));
    assert_eq!(money(&units, 1, "running_gbp"), Some(38_500.0));
    assert_eq!(money(&units, 2, "running_gbp"), Some(1_200_000.0));
    assert_eq!(money(&units, 3, "running_gbp"), None);
    let marks = by_start(&folder, 33);
    assert_eq!(money(&marks, 0, "running_gbp"), Some(41_250.0));
    assert_eq!(money(&marks, 0, "value_gbp"), Some(1_250_000.0));
    assert_eq!(area(&marks, 0, "floor_area_m2"), Some(1640.5));
    assert_eq!(money(&marks, 1, "running_gbp"), Some(212_900.0));
    assert_eq!(area(&marks, 1, "floor_area_m2"), Some(3120.0));
    assert_eq!(money(&marks, 2, "running_gbp"), Some(-8200.0));
    assert_eq!(money(&marks, 3, "running_gbp"), Some(41_250.0));
    let dollars = by_start(&folder, 14);
    assert_eq!(dollars.table.header.len(), 4);
    assert_eq!(area(&dollars, 0, "floor_area_m2"), Some(12_450.0));
    assert_eq!(money(&dollars, 0, "running_gbp"), Some(1_204_300.0));
}

#[test]
fn nasty_texts_read_as_meant() {
    let Some(folder) = folder() else { return };
    let name = |number, row: usize| {
        let inspection = by_start(&folder, number);
        inspection
            .columns
            .text(&inspection.table.records[row], "name")
            .unwrap_or_default()
    };
    assert_eq!(name(11, 0), "Café at Larkhill Library – ground floor");
    assert!(name(11, 4).contains("£400"));
    assert_eq!(name(12, 0), "Café at Larkhill Library");
    assert!(name(12, 4).contains("£400"));
    assert_eq!(name(17, 1), "Millbrook Civic Offices East Wing");
    assert_eq!(name(40, 1), "+44 Building");
    assert_eq!(name(42, 2), "Old Weir Depot");
    let not_sign = by_start(&folder, 13);
    assert_eq!(not_sign.table.header.len(), 8);
    assert!(
        not_sign.table.records[1]
            .cells
            .iter()
            .any(|cell| cell == "Ashby House, Ashby Road")
    );
    assert!(not_sign.table.records[2].cell(1).starts_with("Café"));
    let wide = by_start(&folder, 44);
    assert_eq!(wide.table.header.len(), 13);
}

#[test]
fn nasty_categories_and_codes_read_as_meant() {
    let Some(folder) = folder() else { return };
    for (number, field, expected) in [
        (18, "tenure", vec!["Freehold", "Leasehold"]),
        (22, "tenure", vec!["Freehold", "Leasehold"]),
        (
            22,
            "tenure_detail",
            vec!["Leasehold In", "Leasehold Out", "Owner Occupied", "Vacant"],
        ),
    ] {
        let inspection = by_start(&folder, number);
        let values: std::collections::BTreeSet<String> = inspection
            .table
            .records
            .iter()
            .filter_map(|record| inspection.columns.text(record, field))
            .collect();
        assert_eq!(
            values.into_iter().collect::<Vec<_>>(),
            expected,
            "{number} {field}"
        );
    }
    let codes = by_start(&folder, 23);
    let uprn = |row: usize| {
        codes
            .columns
            .uprn(&codes.table.records[row], "uprn", &mut Vec::new())
    };
    assert_eq!(uprn(0).as_deref(), Some("010009999001"));
    assert_eq!(uprn(1), uprn(0));
    assert_eq!(uprn(2), None);
    assert_eq!(uprn(3).as_deref(), Some("100099990004"));
    let postcodes = by_start(&folder, 4);
    let postcode = |row: usize| {
        postcodes
            .columns
            .postcode(&postcodes.table.records[row], "postcode", &mut Vec::new())
    };
    assert_eq!(postcode(0).as_deref(), Some("M33 0XN"));
    assert_eq!(postcode(3).as_deref(), Some("M41 5DZ"));
    assert_eq!((postcode(1), postcode(4)), (None, None));
}

#[test]
fn nasty_dates_read_as_meant() {
    let Some(folder) = folder() else { return };
    let inspection = by_start(&folder, 43);
    let date = |row: usize, field: &str| {
        let record = &inspection.table.records[row];
        inspection
            .columns
            .date(record, field, &mut Vec::new())
            .map(|date| date.to_string())
    };
    assert_eq!(date(0, "lease_expiry").as_deref(), Some("2031-03-31"));
    assert_eq!(date(0, "lease_break").as_deref(), Some("2028-04-03"));
    assert_eq!(date(1, "lease_expiry").as_deref(), Some("2031-03-31"));
    assert_eq!(date(2, "lease_expiry").as_deref(), Some("2025-03-31"));
    assert_eq!(date(2, "lease_break").as_deref(), Some("2028-03-31"));
    assert_eq!(
        (date(3, "lease_expiry"), date(4, "lease_break")),
        (None, None)
    );
}

/// Kilometres between a record's point and the middle of Trafford.
fn away(at: Location) -> f64 {
    use geo::{Distance, Haversine};
    Haversine.distance(at.point(), geo::Point::new(-2.34, 53.42)) / 1000.0
}

#[test]
fn nasty_points_stand_where_they_should() {
    let Some(folder) = folder() else { return };
    for number in [1, 3, 6, 7, 8, 9, 35, 36, 37] {
        let inspection = by_start(&folder, number);
        for (record, at) in inspection.table.records.iter().zip(&inspection.located) {
            if let Some((at, _)) = at {
                assert!(
                    away(*at) < 15.0,
                    "{number} record {}: {at:?}",
                    record.at.record
                );
            }
        }
    }
    let placed = |number| {
        by_start(&folder, number)
            .located
            .iter()
            .map(Option::is_some)
            .collect::<Vec<_>>()
    };
    assert_eq!(placed(3), [true, true, true, true, false, true]);
    assert!(placed(5)[0]);
    assert_eq!(placed(35), [true; 5]);
    assert_eq!(placed(36), [true; 2]);
    assert_eq!(placed(37), [true, true, false, false, true]);
    assert_eq!(placed(31), [true, false, true, false]);
    let far = by_start(&folder, 2);
    assert!(
        far.located[3].is_some_and(|(at, _)| away(at) > 200.0),
        "kept where it is"
    );
    let km = far
        .findings
        .iter()
        .filter(|finding| finding.code == "far-from-rest")
        .find_map(|finding| {
            finding
                .cause
                .split(' ')
                .find_map(|word| word.parse::<f64>().ok())
        });
    assert!(
        km.is_some_and(|km| (km - 262.0).abs() < 8.0),
        "some 260 km: {km:?}"
    );
    let approximate = by_start(&folder, 3);
    assert_eq!(
        approximate.located[1].map(|(_, precision)| precision),
        Some(Precision::Postcode)
    );
}

#[test]
fn nasty_shapes_read_as_meant() {
    use geo::{Area, Contains};
    let Some(folder) = folder() else { return };
    let rings = by_start(&folder, 38);
    for record in rings.table.records.iter().take(2) {
        let shape = record.shape.as_deref().expect("has a shape");
        assert!(shape.signed_area() > 0.0, "record {}", record.at.record);
    }
    for number in [26, 30] {
        let inspection = by_start(&folder, number);
        for (record, at) in inspection.table.records.iter().zip(&inspection.located) {
            let shape = record.shape.as_deref().expect("has a shape");
            let (at, precision) = at.expect("placed");
            assert!(
                shape.contains(&at.point()),
                "{number} record {}",
                record.at.record
            );
            assert_eq!(precision, Precision::Outline);
        }
    }
}

#[test]
fn nasty_zones_that_merged_count_once() {
    let Some(folder) = folder() else { return };
    let inspection = by_start(&folder, 29);
    let people: f64 = inspection
        .table
        .records
        .iter()
        .filter_map(|record| {
            inspection
                .columns
                .number(record, "population", &mut Vec::new())
        })
        .sum();
    assert_eq!(people, 5807.0);
}

#[test]
fn nasty_rows_fold_as_meant() {
    let Some(folder) = folder() else { return };
    assert_eq!(by_start(&folder, 21).table.records.len(), 7);
    assert_eq!(by_start(&folder, 25).table.records.len(), 2);
    assert_eq!(by_start(&folder, 15).table.records.len(), 2);
    let lump = by_start(&folder, 24);
    assert_eq!(lump.table.records.len(), 2);
    let said = lump
        .findings
        .iter()
        .find(|finding| finding.code == "aggregate-row");
    assert!(
        said.is_some_and(|finding| finding.cause.contains("25 per cent")),
        "{}",
        show(&lump.findings)
    );
}
