//! `locate`: what its two tables and its matrix may look like.

use assert_cmd::cargo::cargo_bin;
use std::fs;
use std::path::Path;
use std::process::Command;
use tempfile::TempDir;

/// Files in a folder of their own.
fn folder(files: &[(&str, &str)]) -> TempDir {
    let dir = TempDir::new().expect("a temporary folder");
    for (name, text) in files {
        fs::write(dir.path().join(name), text).expect("written");
    }
    dir
}

/// Its exit code, and what it said on both streams.
fn run(folder: &Path, arguments: &str) -> (Option<i32>, String) {
    let ran = Command::new(cargo_bin("oneroof"))
        .current_dir(folder)
        .args(arguments.split_whitespace())
        .output()
        .expect("the program runs");
    let said = [ran.stdout, ran.stderr].concat();
    (
        ran.status.code(),
        String::from_utf8_lossy(&said).into_owned(),
    )
}

/// [`run`] of a question about `d.csv` and `f.csv`.
fn ask(folder: &Path, arguments: &str) -> (Option<i32>, String) {
    let tables = "--demand d.csv --facilities f.csv --out out --progress none";
    run(folder, &format!("locate {tables} {arguments}"))
}

fn written(folder: &Path, file: &str) -> String {
    fs::read_to_string(folder.join("out").join(file)).expect("it was written")
}

const EAST: &str = "id,name,lon,lat\nF1,Norwich North,1.2974,52.6309\nF2,Norwich South,1.31,52.6\nF3,Leicester,-1.1398,52.6369\n";

#[test]
fn a_site_far_from_the_others_is_not_moved_to_where_another_sign_would_put_it() {
    let near_all = "id,lon,lat,weight\nD1,1.30,52.63,140\nD2,-1.14,52.63,350\nD3,-1.47,52.92,250\n";
    let near_most = "id,lon,lat,weight\nD1,1.30,52.63,140\nD2,1.2,52.6,350\n";
    for (demand, told) in [
        (near_all, "put it among them"),
        (near_most, "put it among them"),
    ] {
        let dir = folder(&[("d.csv", demand), ("f.csv", EAST)]);
        let (code, said) = ask(dir.path(), "--problem p-median -p 2");
        assert_eq!(code, Some(0), "{said}");
        let facilities = written(dir.path(), "facilities.csv");
        assert!(facilities.contains("F3,Leicester,-1.1398"), "{facilities}");
        let quality = written(dir.path(), "quality.csv");
        assert!(
            !quality.contains("lost-sign") && quality.contains(told),
            "{quality}"
        );
    }
}

#[test]
fn a_sign_that_puts_a_site_on_another_continent_is_mended_where_both_tables_agree() {
    let demand = "id,lon,lat\nD1,-96.8,32.8\nD2,-96.7,32.9\nD3,-97.3,32.7\n";
    let sites = "id,lon,lat\nF1,-96.8,32.8\nF2,-96.7,32.9\nF3,97.3,32.7\n";
    let dir = folder(&[("d.csv", demand), ("f.csv", sites)]);
    let (code, said) = ask(dir.path(), "--problem p-median -p 2");
    assert_eq!(code, Some(0), "{said}");
    let facilities = written(dir.path(), "facilities.csv");
    assert!(facilities.contains("F3,,-97.3"), "{facilities}");
    assert!(written(dir.path(), "quality.csv").contains("lost-sign"));
}

const FOUR: &str = "id,lon,lat,weight\na,10.0,0,10\nb,10.1,0,20\nc,10.2,0,30\n";
const TWO: &str = "id,lon,lat\nS1,10.0,0\nS2,10.2,0\n";

#[test]
fn what_is_strange_in_a_matrix_stands_in_the_findings_and_places_do_not() {
    let matrix = "from_id,to_id,minutes\na,S1,5\na,S1,3\na,S2,9\nb,S1,4\nc,S2,2\nz,S1,2\nb,S2,-1\nc,S1,999999\n";
    let ids = |text: &str| {
        let first = text
            .lines()
            .map(|line| line.split(',').next().expect("a cell"));
        first.collect::<Vec<_>>().join("\n")
    };
    let dir = folder(&[
        ("d.csv", &ids(FOUR)),
        ("f.csv", &ids(TWO)),
        ("m.csv", matrix),
    ]);
    let (code, said) = ask(dir.path(), "--problem p-median -p 2 --matrix m.csv");
    assert_eq!(code, Some(0), "{said}");
    let quality = written(dir.path(), "quality.csv");
    for part in [
        "matrix-negative,warn,m.csv,7,",
        "matrix-sentinel,warn,m.csv,8,",
        "matrix-repeated,warn,m.csv,2,",
        "matrix-key-unknown,warn,m.csv",
    ] {
        assert!(quality.contains(part), "{part} is missing in\n{quality}");
    }
    assert!(!quality.contains("not-located"), "{quality}");
}

#[test]
fn the_tables_that_arcgis_makes_of_journeys_are_read() {
    let dir = folder(&[("d.csv", FOUR), ("f.csv", TWO)]);
    let names = "OBJECTID,Name,OriginID,DestinationID,Total_TravelTime\n1,a - S1,1,1,5\n2,a - S2,1,2,9\n3,b - S1,2,1,4\n4,b - S2,2,2,7\n\
        5,c - S1,3,1,8\n6,c - S2,3,2,2\n";
    let ids =
        "OriginID,DestinationID,Total_TravelTime\na,S1,5\na,S2,9\nb,S1,4\nb,S2,7\nc,S1,8\nc,S2,2\n";
    let pairs = "Name,Total_Minutes\na - S1,5\na - S2,9\nb - S1,4\nb - S2,7\nc - S1,8\nc - S2,2\n";
    for matrix in [names, ids, pairs] {
        fs::write(dir.path().join("m.csv"), matrix).expect("written");
        let (code, said) = ask(
            dir.path(),
            "--problem p-median -p 2 --matrix m.csv --weight weight",
        );
        assert_eq!(code, Some(0), "{matrix}{said}");
        assert!(said.contains("objective   190 weight"), "{matrix}{said}");
    }
}

#[test]
fn a_cost_or_a_capacity_that_the_problem_needs_is_asked_for() {
    let dir = folder(&[("d.csv", FOUR), ("f.csv", TWO)]);
    let (code, said) = ask(dir.path(), "--problem uflp");
    assert_eq!(code, Some(3), "{said}");
    assert!(
        said.contains("fixed costs") && said.contains("--fixed COLUMN"),
        "{said}"
    );
    let (code, said) = ask(dir.path(), "--problem cflp --fixed 0");
    assert_eq!(code, Some(3), "{said}");
    assert!(said.contains("--capacity COLUMN"), "{said}");
    let (code, said) = ask(dir.path(), "--problem uflp --fixed 0");
    assert_eq!(code, Some(0), "{said}");
}

#[test]
fn codes_of_american_areas_are_ids_of_either_table() {
    let gazetteer = "USPS\tGEOID\tNAME\tINTPTLAT\tINTPTLONG   \nAL\t01001\tAutauga County\t32.53\t-86.64\nAL\t01129\tWashington County\t31.4\t-88.2\n\
        AR\t05143\tWashington County\t35.9\t-94.2\n";
    let matrix = "from,to,km\n01001,01001,0\n01129,01001,5\n05143,01001,9\n";
    let dir = folder(&[
        ("d.csv", gazetteer),
        ("f.csv", gazetteer),
        ("m.csv", matrix),
    ]);
    for asked in [
        "--problem p-median -p 1",
        "--problem p-median -p 1 --matrix m.csv",
    ] {
        let (code, said) = ask(dir.path(), asked);
        assert_eq!(code, Some(0), "{said}");
        assert!(said.contains("open        01"), "{said}");
    }
    let fips = gazetteer.replace("GEOID", "FIPS");
    fs::write(dir.path().join("d.csv"), &fips).expect("written");
    fs::write(dir.path().join("f.csv"), &fips).expect("written");
    assert_eq!(ask(dir.path(), "--problem p-median -p 1").0, Some(0));
}

#[test]
fn a_matrix_of_other_keys_is_refused_with_the_columns_that_ids_were_taken_from() {
    let matrix = "from,to,km\nx,S1,1\ny,S2,2\n";
    let dir = folder(&[("d.csv", FOUR), ("f.csv", TWO), ("m.csv", matrix)]);
    let (code, said) = ask(dir.path(), "--problem p-median -p 1 --matrix m.csv");
    assert_eq!(code, Some(3), "{said}");
    for part in ["`x`", "column id: `a`", "column id: `S1`", "--demand-id"] {
        assert!(said.contains(part), "{part} is missing in\n{said}");
    }
}

#[test]
fn coordinates_that_are_no_place_are_told_apart() {
    let rows = [
        ("id,lat\na,50\n", "`lat` is its latitude"),
        (
            "id,lon,lat\na,x,50\nb,0.1,51\n",
            "text where a coordinate belongs",
        ),
        (
            "id,lon,lat\na,0.1,95\nb,0.1,51\nc,0.2,51\n",
            "a latitude is at most 90",
        ),
        ("id,lon,lat\na,0,0\nb,0.1,51\n", "0,0, which stands for"),
        ("id,lon,lat\na,NaN,50\nb,0.1,51\n", "only one of the two"),
    ];
    for (demand, told) in rows {
        let dir = folder(&[("d.csv", demand), ("f.csv", TWO)]);
        let (code, said) = ask(dir.path(), "--problem p-median -p 1");
        assert_eq!(code, Some(3), "{demand}{said}");
        assert!(said.contains(told), "{told} is missing in\n{said}");
    }
}

#[test]
fn a_file_that_is_no_text_is_blamed_itself() {
    let dir = folder(&[("f.csv", TWO), ("m.csv", "from,to,km\na,S1,1\n")]);
    let noise: Vec<u8> = (0..4000_u32)
        .map(|at| (at * at * 31 + at * 7 + 1) as u8)
        .collect();
    fs::write(dir.path().join("d.csv"), noise).expect("written");
    let (code, said) = ask(dir.path(), "--problem p-median -p 1 --matrix m.csv");
    assert_eq!(code, Some(3), "{said}");
    assert!(
        said.contains("not-a-table") && !said.contains("matrix-empty"),
        "{said}"
    );
}

#[test]
fn a_coordinate_system_that_is_not_stated_is_named_by_an_option() {
    let metres = "id,XCoord,YCoord\na,476000,4204000\nb,477000,4205000\nc,478000,4203000\n";
    let dir = folder(&[("d.csv", metres), ("f.csv", metres)]);
    let (code, said) = ask(dir.path(), "--problem p-median -p 1");
    assert_eq!(code, Some(3), "{said}");
    assert!(
        !said.contains("place.toml") && !said.contains("crs ="),
        "{said}"
    );
    assert!(
        said.contains("`--demand-crs EPSG:2100`") && said.contains("`--facilities-crs EPSG:2100`"),
        "{said}"
    );
    let named = "--problem p-median -p 1 --demand-crs EPSG:2100 --facilities-crs EPSG:2100";
    let (code, said) = ask(dir.path(), named);
    assert_eq!(code, Some(0), "{said}");
}

#[test]
fn a_layer_of_a_geopackage_is_named_in_brackets() {
    let dir = TempDir::new().expect("a temporary folder");
    let place = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/places/six");
    let (code, said) = run(
        dir.path(),
        &format!("plan {place} --out plan --only json,gpkg --progress none"),
    );
    assert_eq!(code, Some(0), "{said}");
    let question = "--problem p-median -p 2 --out out --progress none";
    let (code, said) = run(
        dir.path(),
        &format!("locate --demand plan/plan.gpkg --facilities plan/plan.gpkg {question}"),
    );
    assert_eq!(code, Some(3), "{said}");
    assert!(!said.contains("place.toml"), "{said}");
    assert!(said.contains("`--demand 'plan/plan.gpkg["), "{said}");
    let layers = "--demand plan/plan.gpkg[zones] --facilities plan/plan.gpkg[buildings]";
    let (code, said) = run(dir.path(), &format!("locate {layers} {question}"));
    assert_eq!(code, Some(0), "{said}");
}

#[test]
fn so_many_facilities_are_open_as_were_asked_for_and_more_than_there_are_is_refused() {
    let dir = folder(&[
        ("d.csv", "id\nd0\n"),
        ("f.csv", "id\nf0\nf1\nf2\n"),
        ("m.csv", "id,f0,f1,f2\nd0,8,7,1\n"),
    ]);
    for problem in ["p-center", "p-median", "mclp --radius 9"] {
        let asked = |count: usize| format!("--problem {problem} -p {count} --matrix m.csv");
        let (code, said) = ask(dir.path(), &asked(2));
        assert_eq!(code, Some(0), "{problem}: {said}");
        assert!(said.contains("2 of 3 facilities open"), "{problem}: {said}");
        let (code, said) = ask(dir.path(), &asked(9));
        assert_eq!(code, Some(2), "{problem}: {said}");
        assert!(
            said.contains("only 3 facilities may be open"),
            "{problem}: {said}"
        );
    }
}

#[test]
fn a_weight_that_cannot_be_added_up_is_refused_in_its_row() {
    let dir = folder(&[("d.csv", &FOUR.replace("0,20", "0,1e308")), ("f.csv", TWO)]);
    let (code, said) = ask(dir.path(), "--problem p-median -p 1 --weight weight");
    assert_eq!(code, Some(3), "{said}");
    assert!(
        said.contains("d.csv:record 2") && said.contains("at most 1e18"),
        "{said}"
    );
}

#[test]
fn german_coordinates_are_read_and_what_was_assumed_is_told() {
    let table = "Nr;Breite;Länge;Personen\n1;52,5201;13,4012;100\n2;52,5034;13,4120;200\n";
    let dir = folder(&[("d.csv", table), ("f.csv", table)]);
    let (code, said) = ask(dir.path(), "--problem p-median -p 1");
    assert_eq!(code, Some(0), "{said}");
    assert!(
        written(dir.path(), "facilities.csv").contains("13.4012"),
        "{said}"
    );
    assert!(
        said.contains("noticed     d.csv: no column holds a weight; every row counts as 1"),
        "{said}"
    );
}

#[test]
fn a_table_without_coordinates_is_told_which_columns_it_has() {
    let table = "Nr,Wert\n1,20\n2,30\n";
    let dir = folder(&[("d.csv", table), ("f.csv", EAST)]);
    let (code, said) = ask(dir.path(), "--problem p-median -p 1");
    assert_eq!(code, Some(3), "{said}");
    assert!(said.contains("its columns are `Nr`, `Wert`"), "{said}");
}

#[test]
fn rows_are_called_by_the_one_column_of_distinct_words_where_nothing_is_known_as_their_id() {
    let demand =
        "Neighbourhood,Longitude,Latitude,Residents\nNorth,1.30,52.63,140\nSouth,1.2,52.6,350\n";
    let dir = folder(&[("d.csv", demand), ("f.csv", EAST)]);
    let (code, said) = ask(dir.path(), "--problem p-median -p 1");
    assert_eq!(code, Some(0), "{said}");
    let served = written(dir.path(), "demand.csv");
    assert!(served.contains("South"), "{served}");
    assert!(said.contains("tells its rows apart"), "{said}");
}
