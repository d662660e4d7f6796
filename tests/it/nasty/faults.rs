//! Every line of `expected_faults.csv` has its finding, and good files have none.

use super::reader::{by_start, files, fits, folder, look, number, show};
use oneroof::place::{Precision, Severity};

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
