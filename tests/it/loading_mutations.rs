//! Files spoilt at random, and files that are none: whatever comes, loading answers with findings
//! that say where.

use crate::folder::Folder;
use oneroof::load::LoadOptions;
use oneroof::place::Finding;
use proptest::prelude::*;

/// One way of spoiling a file.
#[derive(Clone, Debug)]
enum Spoil {
    Byte(usize, u8),
    Cut(usize, usize),
    Repeat(usize, usize),
    SwapLines(usize, usize),
    SwapCells(usize, usize),
    Insert(usize, &'static str),
}

/// Text that has broken a reader somewhere before.
const EVIL: [&str; 28] = [
    "NaN",
    "1e999",
    "-1e999",
    "-5",
    "99999999999999999999999999",
    "\"",
    "\"\"\"",
    "\n",
    "\r",
    "\0",
    "\u{feff}",
    "../../../etc/passwd",
    "=1+1",
    "[[[[[[[[",
    "}}}}",
    "{\"a\":",
    "[[zones]]\n",
    "'''",
    ",,,,,,,",
    ";",
    "\t",
    "😀",
    "\u{202e}",
    "0x10",
    "1979-05-27",
    "true",
    "inf",
    "a = 1\n",
];

fn spoil() -> impl Strategy<Value = Spoil> {
    let place = any::<prop::sample::Index>().prop_map(|at| at.index(1 << 20));
    let pair = (place.clone(), place.clone());
    prop_oneof![
        (place.clone(), any::<u8>()).prop_map(|(at, byte)| Spoil::Byte(at, byte)),
        (place.clone(), 0..200_usize).prop_map(|(at, length)| Spoil::Cut(at, length)),
        (place.clone(), 0..200_usize).prop_map(|(at, length)| Spoil::Repeat(at, length)),
        pair.clone()
            .prop_map(|(one, two)| Spoil::SwapLines(one, two)),
        pair.prop_map(|(one, two)| Spoil::SwapCells(one, two)),
        (place, 0..EVIL.len()).prop_map(|(at, evil)| Spoil::Insert(at, EVIL[evil])),
    ]
}

fn swapped(bytes: &[u8], at: (usize, usize), part: u8) -> Vec<u8> {
    let mut parts: Vec<&[u8]> = bytes.split(|byte| *byte == part).collect();
    let count = parts.len();
    parts.swap(at.0 % count, at.1 % count);
    parts.join(&part)
}

fn spoilt(mut bytes: Vec<u8>, spoils: &[Spoil]) -> Vec<u8> {
    for spoil in spoils {
        let length = bytes.len().max(1);
        match *spoil {
            Spoil::Byte(at, byte) => {
                if let Some(slot) = bytes.get_mut(at % length) {
                    *slot = byte;
                }
            }
            Spoil::Cut(at, cut) => {
                let from = (at % length).min(bytes.len());
                bytes.drain(from..(from + cut).min(bytes.len()));
            }
            Spoil::Repeat(at, more) => {
                let from = (at % length).min(bytes.len());
                let again = bytes[from..(from + more).min(bytes.len())].to_vec();
                bytes.splice(from..from, again);
            }
            Spoil::SwapLines(one, two) => bytes = swapped(&bytes, (one, two), b'\n'),
            Spoil::SwapCells(one, two) => bytes = swapped(&bytes, (one, two), b','),
            Spoil::Insert(at, text) => {
                let at = (at % length).min(bytes.len());
                bytes.splice(at..at, text.bytes());
            }
        }
    }
    bytes
}

/// The six buildings with a list of points, a matrix, outlines, a join and decisions.
fn everything() -> Folder {
    let folder = Folder::six();
    folder
        .append(
            "place.toml",
            "\n[[service_points]]\nservice = \"jobcentre\"\nfile = \"points.geojson\"\n\n\
             [[travel.matrix]]\nfile = \"minutes.csv\"\nmode = \"bus\"\nunit = \"minutes\"\nunreachable = [9999]\n",
        )
        .replace(
            "place.toml",
            "areas = { ward = \"ward\" }",
            "areas = { ward = \"ward\" }\n[[zones.join]]\nfile = \"ages.csv\"\nkey = \"zone\"\npivot = { column = \"age\", value = \"count\" }\ncolumns = { old = \"75+\" }\n",
        )
        .write(
            "points.geojson",
            r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"id":"p1","name":"Annexe counter"},"geometry":{"type":"Point","coordinates":[-1.5,52.5]}},{"type":"Feature","properties":{"id":"p2","name":"Site"},"geometry":{"type":"Polygon","coordinates":[[[-1.51,52.5],[-1.5,52.5],[-1.5,52.51],[-1.51,52.5]]]}}]}"#,
        )
        .write("minutes.csv", "from_id,to_id,minutes\nZ1,C001,5\nZ2,C001,9999\nZ3,C002,12.5\n")
        .write("ages.csv", "zone,age,count\nZ1,75+,100\nZ1,0-74,1500\nZ2,75+,90\nZ2,0-74,1410\n")
        .write(
            "decisions.csv",
            "id,decision,value,reason,decided_by,body,date,expires,status\nC001,keep,,main office,A. Officer,Board,2026-01-05,,approved\n",
        );
    folder
}

fn complete(finding: &Finding) -> bool {
    !finding.code.is_empty() && !finding.cause.is_empty() && !finding.row.file.is_empty()
}

const FILES: [&str; 8] = [
    "place.toml",
    "buildings.csv",
    "occupiers.csv",
    "zones.csv",
    "points.geojson",
    "minutes.csv",
    "ages.csv",
    "decisions.csv",
];

#[test]
fn the_place_that_is_spoilt_is_sound_before() {
    let loaded = everything().load();
    assert_eq!(loaded.place.decisions.len(), 1);
    assert!(loaded.place.occupiers.len() > 6);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, max_shrink_iters: 200, ..ProptestConfig::default() })]

    #[test]
    fn a_place_with_a_spoilt_file_is_answered(file in 0..FILES.len(), spoils in proptest::collection::vec(spoil(), 1..5)) {
        let folder = everything();
        let path = folder.path().join(FILES[file]);
        let bytes = std::fs::read(&path).expect("it was written");
        std::fs::write(&path, spoilt(bytes, &spoils)).expect("a temporary file");
        let findings = match folder.load_with(&LoadOptions::default()) {
            Ok(loaded) => loaded.findings,
            Err(error) => {
                prop_assert!(error.errors().count() > 0, "it stopped without saying why");
                error.findings
            }
        };
        for finding in &findings {
            prop_assert!(complete(finding), "{finding:?}");
        }
    }
}

/// The causes of all errors of the place, in one text.
fn errors(folder: &Folder) -> String {
    match folder.load_with(&LoadOptions::default()) {
        Ok(_) => panic!("it loaded"),
        Err(error) => error.to_string(),
    }
}

#[test]
fn a_folder_an_empty_file_and_a_wrong_name_are_told_apart() {
    let folder = Folder::six();
    std::fs::create_dir(folder.path().join("registers")).expect("a temporary folder");
    folder.replace(
        "place.toml",
        "file = \"buildings.csv\"",
        "file = \"registers\"",
    );
    assert!(
        errors(&folder).contains("is a folder"),
        "{}",
        errors(&folder)
    );
    let folder = Folder::six();
    folder.write("buildings.csv", "");
    assert!(
        errors(&folder).contains("file-empty"),
        "{}",
        errors(&folder)
    );
    let folder = Folder::six();
    folder.replace(
        "place.toml",
        "file = \"buildings.csv\"",
        "file = \"bildings.csv\"",
    );
    assert!(
        errors(&folder).contains("does not exist"),
        "{}",
        errors(&folder)
    );
}

#[cfg(unix)]
#[test]
fn links_that_lead_in_a_circle_are_an_error_not_a_hang() {
    let folder = Folder::six();
    std::fs::remove_file(folder.path().join("zones.csv")).expect("it was there");
    for (from, to) in [("zones.csv", "zones2.csv"), ("zones2.csv", "zones.csv")] {
        std::os::unix::fs::symlink(folder.path().join(to), folder.path().join(from))
            .expect("a link");
    }
    assert!(
        errors(&folder).contains("cannot be opened"),
        "{}",
        errors(&folder)
    );
}

#[test]
fn every_fault_of_the_settings_is_named_with_its_line_at_once() {
    let folder = Folder::six();
    folder
        .replace(
            "place.toml",
            "base_date = 2026-04-01",
            "base_date = \"soon\"\nbufer_km = 3",
        )
        .replace("place.toml", "counter = true", "counter = \"yes\"")
        .replace("place.toml", "share = 0.95", "shar = 0.95");
    let said = errors(&folder);
    for part in [
        "base_date",
        "bufer_km",
        "buffer_km",
        "counter",
        "shar",
        "share",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    assert!(said.matches("place.toml:").count() >= 4, "{said}");
}

#[test]
fn ids_with_line_breaks_and_endless_numbers_are_kept_on_their_rows() {
    let folder = Folder::six();
    folder.append(
        "buildings.csv",
        "\"C\n099\",\"Odd\nHall\",1 High Street,SX1 1AA,-1.5000,52.5000,council,Freehold,,,,,,1e999,-1e999,NaN,99999999999999999999999999,1e400,,,,\n",
    );
    let loaded = folder.load();
    let odd = loaded.place.buildings.iter().find(|b| b.name == "Odd Hall");
    let odd = odd.expect("its line break was mended");
    assert_eq!(odd.id.as_str(), "C 099");
    let money = odd.tenure.rent.get() + odd.rates.get() + odd.running_fixed.value.get();
    assert!(
        money.is_finite() && odd.usable.value.total().get().is_finite(),
        "{odd:?}"
    );
    let said = |code: &str| loaded.findings.iter().filter(|f| f.code == code).count();
    assert!(
        said("line-break") >= 2 && said("number-not-read") >= 2,
        "{:#?}",
        loaded.findings
    );
}

#[test]
fn a_register_whose_rows_are_mostly_ragged_is_an_error_and_its_rows_are_kept_whole() {
    let folder = Folder::six();
    let header = folder.read("buildings.csv");
    let header = header.lines().next().unwrap_or_default();
    let ragged =
        (0..9).map(|n| format!("R{n},Hall, with a comma, and another{}\n", ",x".repeat(25)));
    let good = "C001,Town Hall,1 Market Square,SX1 1AA,-1.5,52.5,council,Freehold,,,,,,,1,2400,1900,1,2,3,4,\n";
    folder.write(
        "buildings.csv",
        &format!("{header}\n{good}{}", ragged.collect::<String>()),
    );
    let error = folder
        .load_with(&LoadOptions::default())
        .expect_err("nine of ten rows cannot be used");
    assert!(
        error.errors().any(|f| f.code == "table-mostly-rejected"),
        "{error}"
    );
    let ragged = error
        .rejected
        .iter()
        .filter(|row| &*row.row.file == "buildings.csv");
    let cells: Vec<_> = ragged
        .map(|row| row.cells.len() > row.header.len())
        .collect();
    assert_eq!(cells, [true; 9]);
}

#[test]
fn a_row_without_coordinates_stands_at_its_postcodes_centre_and_says_so() {
    let folder = Folder::six();
    folder
        .replace("buildings.csv", "SX1 1AA,-1.5000,52.5000", "SX1 1AA,,")
        .write("centres.csv", "pcds,lat,long\nSX1 1AA,52.5004,-1.5003\n")
        .append("place.toml", "\n[[postcodes]]\nfile = \"centres.csv\"\n");
    let loaded = folder.load();
    let hall = &loaded.place.buildings[0];
    let at = hall.location.expect("it has a postcode");
    assert!((at.lon() + 1.5003).abs() < 1e-9 && (at.lat() - 52.5004).abs() < 1e-9);
    assert_eq!(hall.precision, Some(oneroof::place::Precision::Postcode));
    let flagged = loaded
        .findings
        .iter()
        .find(|f| f.code == "postcode-location");
    let flagged = flagged.expect("it is approximate");
    assert_eq!(
        (flagged.row.record, flagged.cell.as_deref()),
        (1, Some("SX1 1AA"))
    );
}
