//! From files to a place: small folders, one promise each.

use crate::folder::{Folder, essence};
use oneroof::load::LoadOptions;
use oneroof::place::{Distance, Grade, NeedBasis, Occupancy, Role, Severity, TenureKind};

#[test]
fn the_six_building_place_loads_as_it_was_written() {
    let place = Folder::six().load().place;
    assert_eq!((place.buildings.len(), place.occupiers.len()), (6, 6));
    assert_eq!((place.zones.len(), place.rules.len()), (8, 3));
    let annexe = &place.buildings[3];
    assert_eq!(annexe.id.as_str(), "C004");
    assert_eq!(annexe.tenure.kind, TenureKind::Leasehold);
    assert_eq!(annexe.tenure.lease.breaks.len(), 1);
    assert_eq!(annexe.tenure.lease.notice_months, Some(6));
    assert_eq!(annexe.tenure.rent.get(), 90_000.0);
    assert_eq!(annexe.role, Role::Candidate);
    assert_eq!(annexe.occupancy, Occupancy::Known);
    assert_eq!(annexe.usable.value.total().get(), 800.0);
    assert_eq!(annexe.running_fixed.grade, Grade::Stated);
    assert!((place.zones[0].groups["no_car"] - 330.0 / 760.0).abs() < 1e-12);
    assert_eq!(place.zones[0].demand[1].get(), 1100.0);
}

fn shuffled(text: &str) -> String {
    let mut lines: Vec<_> = text.lines().collect();
    let header = lines.remove(0);
    lines.reverse();
    lines.rotate_left(2);
    format!("{header}\n{}\n", lines.join("\n"))
}

#[test]
fn shuffled_rows_make_the_same_place() {
    let folder = Folder::six();
    let before = essence(&folder.load().place);
    for file in ["buildings.csv", "occupiers.csv", "zones.csv"] {
        folder.write(file, &shuffled(&folder.read(file)));
    }
    assert_eq!(essence(&folder.load().place), before);
}

#[test]
fn columns_by_their_names_in_real_registers_make_the_same_place() {
    let folder = Folder::six();
    let before = essence(&folder.load().place);
    folder
        .replace(
            "buildings.csv",
            "asset_id,name,address,postcode,lon,lat,agency,tenure",
            "AssetCode,PropertyName,Address,Post Code,Longitude,Latitude,Organisation,Tenure Type",
        )
        .replace("buildings.csv", "usable_m2", "NIA (m2)")
        .replace("buildings.csv", "rent_gbp", "Annual Rent")
        .replace(
            "zones.csv",
            "zone_id,name,lon,lat,population",
            "LSOA21CD,LSOA21NM,long,lat,All ages",
        )
        .replace(
            "place.toml",
            "library = \"population\"",
            "library = \"All ages\"",
        );
    assert_eq!(essence(&folder.load().place), before);
}

#[test]
fn british_grid_coordinates_make_the_same_place() {
    let folder = Folder::six();
    let before = essence(&folder.load().place);
    for file in ["buildings.csv", "zones.csv"] {
        let text = folder.read(file);
        let header: Vec<_> = text.lines().next().unwrap_or_default().split(',').collect();
        let lon = header
            .iter()
            .position(|name| *name == "lon")
            .expect("it has lon");
        let rows = text.lines().skip(1).map(|line| {
            let mut cells: Vec<String> = line.split(',').map(str::to_string).collect();
            let (x, y) = (
                cells[lon].parse().expect("a number"),
                cells[lon + 1].parse().expect("a number"),
            );
            let (east, north) = lonlat_bng::convert_osgb36(x, y).expect("it is in Britain");
            cells[lon] = format!("{east:.3}");
            cells[lon + 1] = format!("{north:.3}");
            cells.join(",")
        });
        let rows: Vec<_> = rows.collect();
        let header = header.join(",").replace("lon,lat", "easting,northing");
        folder.write(file, &format!("{header}\n{}\n", rows.join("\n")));
    }
    assert_eq!(essence(&folder.load().place), before);
}

#[test]
fn every_missing_file_is_named_at_once() {
    let folder = Folder::six();
    folder
        .replace(
            "place.toml",
            "file = \"buildings.csv\"",
            "file = \"no-buildings.csv\"",
        )
        .replace(
            "place.toml",
            "file = \"zones.csv\"",
            "file = \"no-zones.csv\"",
        );
    let errors = folder.errors();
    assert_eq!(
        errors
            .iter()
            .filter(|e| e.starts_with("missing-file"))
            .count(),
        2,
        "{errors:?}"
    );
    assert!(
        errors.iter().all(|e| e.contains("place.toml:")),
        "{errors:?}"
    );
}

#[test]
fn data_re_roots_tables_except_those_that_begin_with_a_dot() {
    let folder = Folder::six();
    let elsewhere = tempfile::TempDir::new().expect("a temporary folder");
    for file in ["buildings.csv", "zones.csv"] {
        std::fs::rename(folder.path().join(file), elsewhere.path().join(file)).expect("it moves");
    }
    folder.replace(
        "place.toml",
        "file = \"occupiers.csv\"",
        "file = \"./occupiers.csv\"",
    );
    let options = LoadOptions {
        data: Some(elsewhere.path().to_path_buf()),
        ..LoadOptions::default()
    };
    let loaded = folder
        .load_with(&options)
        .unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(loaded.place.buildings.len(), 6);
}

#[test]
fn every_fault_of_the_rules_is_reported_together() {
    let folder = Folder::six();
    folder.append(
        "place.toml",
        "[[access]]\nid = \"a\"\nservice = \"library\"\nrule = \"within\"\nkm = 1\nminutes = 5\nshare = 95\n\
         [[access]]\nid = \"b\"\nservice = \"librarry\"\nrule = \"within\"\nkm = 1\n\
         [[access]]\nid = \"c\"\nservice = \"back_office\"\nrule = \"worst_case\"\nkm = 1\n\
         [[access]]\nid = \"d\"\nservice = \"library\"\nrule = \"within\"\nkm = 1\ngroup = \"nocar\"\n\
         [[access]]\nid = \"e\"\nservice = \"library\"\nrule = \"within\"\nkm = 1\narea = { kind = \"ward\", code = \"W9\" }\n",
    );
    let errors = folder.errors().join("\n");
    for cause in [
        "both km and minutes",
        "share 95 is not between 0 and 1",
        "`librarry` is no service",
        "`back_office` has no public counter",
        "no zones have a group `nocar`",
        "no zone lies in ward `W9`",
    ] {
        assert!(errors.contains(cause), "{cause} is not in\n{errors}");
    }
}

#[test]
fn a_row_fault_sets_the_row_aside_and_strict_stops() {
    let folder = Folder::six();
    folder.append(
        "occupiers.csv",
        "lost,Lost team,council,back_office,C999,10,1\n",
    );
    let loaded = folder.load();
    assert_eq!(loaded.place.occupiers.len(), 6);
    assert_eq!(loaded.rejected.len(), 1);
    assert!(
        loaded
            .findings
            .iter()
            .any(|f| f.code == "unknown-building" && f.severity == Severity::Reject)
    );
    let strict = LoadOptions {
        strict: true,
        ..LoadOptions::default()
    };
    assert!(folder.load_with(&strict).is_err());
}

#[test]
fn a_building_with_somebody_inside_whom_no_plan_knows_is_kept() {
    let folder = Folder::six();
    folder.append("occupiers.csv", "choir,Choir,council,Plainsong,C004,10,1\n");
    let loaded = folder.load();
    let annexe = &loaded.place.buildings[3];
    assert_eq!(annexe.id.as_str(), "C004");
    assert_eq!(annexe.occupancy, Occupancy::Unknown);
    let found = |code: &str| loaded.findings.iter().find(|f| f.code == code);
    assert!(found("occupier-unread").is_some());
    let unknown = found("unknown-service").expect("it is named");
    assert_eq!(unknown.severity, Severity::Reject);
    assert_eq!(unknown.column.as_deref(), Some("service"));
    assert_eq!(unknown.cell.as_deref(), Some("Plainsong"));
}

#[test]
fn both_faults_of_an_occupiers_row_are_told_at_once() {
    let folder = Folder::six();
    folder.append("occupiers.csv", "choir,Choir,council,Plainsong,C999,10,1\n");
    let loaded = folder.load();
    let last = |code: &str| {
        loaded
            .findings
            .iter()
            .any(|f| f.code == code && f.row.record == 7)
    };
    assert!(last("unknown-service") && last("unknown-building"));
    assert_eq!(loaded.rejected.len(), 1);
    let told = folder.run(&["check", "."], 0);
    assert!(told.contains("1 row was set aside"), "{told}");
}

#[test]
fn a_tag_that_no_building_offers_is_told_with_who_asks_for_it() {
    let folder = Folder::six();
    let told = |folder: &Folder| {
        let findings = folder.load().findings;
        let mut found = findings.into_iter().filter(|f| f.code == "tag-not-offered");
        found.next().map(|f| f.cause)
    };
    assert_eq!(told(&folder), None);
    folder.replace("buildings.csv", ",step_free;parking", ",parking");
    for _ in 0..4 {
        if folder.read("buildings.csv").contains(",step_free\n") {
            folder.replace("buildings.csv", ",step_free\n", ",\n");
        }
    }
    let cause = told(&folder).expect("it is told");
    let expected = "no building offers step_free (library), which 2 teams and counters ask for";
    assert_eq!(cause, expected);
}

#[test]
fn a_building_that_holds_far_more_than_its_floor_is_told_in_its_row() {
    let folder = Folder::six();
    let told = |folder: &Folder| {
        let findings = folder.load().findings;
        let found = findings.into_iter().filter(|f| f.code == "overfull");
        found.map(|f| (f.row.record, f.cause)).collect::<Vec<_>>()
    };
    assert_eq!(told(&folder), []);
    // 600 m² of jobcentre in 400 m²; a quarter more than there is may be.
    folder.replace("buildings.csv", ",1400,1100,", ",1400,480,");
    assert_eq!(told(&folder), []);
    folder.replace("buildings.csv", ",1400,480,", ",1400,400,");
    let cause = "its teams and counters take 600 m², and it has 400 m² usable".to_owned();
    assert_eq!(told(&folder), [(5, cause)]);
}

#[test]
fn staff_are_found_under_a_heading_that_says_headcount_and_fte() {
    let folder = Folder::six();
    let before = essence(&folder.load().place);
    folder.replace("occupiers.csv", ",fte\n", ",Headcount FTE\n");
    assert_eq!(essence(&folder.load().place), before);
}

#[test]
fn a_lease_that_has_run_out_is_told_and_held_over() {
    let folder = Folder::six();
    assert!(
        folder
            .load()
            .findings
            .iter()
            .all(|f| f.code != "lease-run-out")
    );
    folder.replace("place.toml", "base_date = 2026", "base_date = 2096");
    let findings = folder.load().findings;
    let told = findings.iter().filter(|f| f.code == "lease-run-out");
    assert_eq!(told.map(|f| f.row.record).collect::<Vec<_>>(), [4, 5]);
}

#[test]
fn a_service_that_is_a_slip_of_a_known_one_stops() {
    let folder = Folder::six();
    folder.replace("occupiers.csv", ",back_office,", ",bak_office,");
    let errors = folder.errors();
    assert_eq!(errors.len(), 1, "{errors:#?}");
    assert!(errors[0].starts_with("unknown-service"), "{errors:#?}");
}

#[test]
fn a_table_that_is_mostly_rejected_is_an_error() {
    let folder = Folder::six();
    let text = folder.read("occupiers.csv").replace(",C0", ",X0");
    folder.write("occupiers.csv", &text);
    assert!(
        folder
            .errors()
            .iter()
            .any(|e| e.starts_with("table-mostly-rejected"))
    );
}

#[test]
fn ages_are_summed_with_both_ends_and_missing_ones_are_said() {
    let folder = Folder::six();
    let text = folder.read("zones.csv");
    let ages = ["age_0", "age_1", "Aged 2", "3", "4+"].join(",");
    let lines: Vec<_> = text
        .lines()
        .enumerate()
        .map(|(row, line)| {
            if row == 0 {
                format!("{line},{ages}")
            } else {
                format!("{line},1,2,3,4,5")
            }
        })
        .collect();
    folder.write("zones.csv", &lines.join("\n"));
    folder.replace(
        "place.toml",
        "jobcentre = \"working_age\"",
        "jobcentre = \"1..3\"",
    );
    assert_eq!(folder.load().place.zones[0].demand[1].get(), 9.0);
    folder.replace("place.toml", "\"1..3\"", "\"2..\"");
    assert_eq!(folder.load().place.zones[0].demand[1].get(), 12.0);
    folder.replace("place.toml", "\"2..\"", "\"2..6\"");
    let errors = folder.errors().join("\n");
    assert!(errors.contains("no column for age 4"), "{errors}");
}

#[test]
fn a_demand_by_year_takes_the_latest_at_or_before_the_base_date() {
    let folder = Folder::six();
    folder.replace(
        "place.toml",
        "library = \"population\"",
        "library = { \"2021\" = \"households\", \"2025\" = \"working_age\", \"2041\" = \"population\" }",
    );
    assert_eq!(folder.load().place.zones[0].demand[0].get(), 1100.0);
}

#[test]
fn joined_tables_wide_and_long_bring_columns_and_unmatched_keys_are_counted() {
    let folder = Folder::six();
    folder
        .write("cars.csv", "area,sex,class,n\nZ1,P,none,10\nZ1,P,one,30\nZ1,F,none,99\nZ2,P,none,5\nZ2,P,one,5\nQ9,P,none,1\n")
        .write("codes.csv", "code,district\nz1 ,D1\nZ2,D1\n")
        .replace("place.toml", "areas = { ward = \"ward\" }", "areas = { ward = \"ward\", district = \"district\" }")
        .replace("place.toml", "no_car = { column = \"no_car\", of = \"households\" }", "no_car = { column = \"without\", of = [\"without\", \"with\"] }")
        .replace(
            "place.toml",
            "# R1:",
            "[[zones.join]]\nfile = \"cars.csv\"\nkey = \"area\"\nwhere = { sex = \"P\" }\npivot = { column = \"class\", value = \"n\" }\ncolumns = { without = \"none\", with = \"one\" }\n\
             [[zones.join]]\nfile = \"codes.csv\"\nkey = \"code\"\n# R1:",
        );
    let loaded = folder.load();
    assert_eq!(loaded.place.zones[0].groups["no_car"], 0.25);
    assert_eq!(loaded.place.zones[1].areas["district"], "D1");
    assert!(!loaded.place.zones[2].groups.contains_key("no_car"));
    let said = |code: &str, text: &str| {
        loaded
            .findings
            .iter()
            .any(|f| f.code == code && f.cause.contains(text))
    };
    assert!(said("join-zones-without-row", "6 of 8"));
    assert!(said("join-rows-of-no-zone", "1 key is no zone"));
}

#[test]
fn what_is_not_stated_takes_a_named_default_and_says_so() {
    let folder = Folder::six();
    folder
        .replace("buildings.csv", "2400,1900,220000", "2400,,")
        .replace("buildings.csv", "900,700,95000", ",,")
        .replace("occupiers.csv", "C002,450,9", "C002,,9");
    let place = folder.load().place;
    let (hall, library) = (&place.buildings[0], &place.buildings[1]);
    assert!((hall.usable.value.total().get() - 1920.0).abs() < 1e-9);
    assert_eq!(hall.usable.grade, Grade::Stated);
    assert_eq!(hall.running_fixed.grade, Grade::Defaulted);
    assert!((hall.running_fixed.value.get() - 1920.0 * 120.0).abs() < 1e-6);
    assert_eq!(library.usable.grade, Grade::Defaulted);
    assert!((library.usable.value.total().get() - 9.0 * 0.7 * 10.0).abs() < 1e-9);
    assert_eq!(place.occupiers[0].basis, NeedBasis::Standard);
    let asked = place.data_requests();
    assert!(
        asked
            .iter()
            .any(|r| r.record == "C001" && r.field == "running_gbp" && r.leans_gbp > 0.0)
    );
    assert_eq!(place.confidence().grade, 'C');
}

#[test]
fn land_and_records_without_a_place_are_carried_with_their_reason() {
    let folder = Folder::six();
    let text = folder.read("buildings.csv");
    let lines: Vec<_> = text
        .lines()
        .enumerate()
        .map(|(row, line)| {
            if row == 0 {
                format!("{line},holding_type")
            } else {
                format!("{line},Building")
            }
        })
        .collect();
    folder.write("buildings.csv", &lines.join("\n"));
    folder.append(
        "buildings.csv",
        "\nL001,Verge,,,-1.5005,52.5005,council,Freehold,,,,,,,,,,,,,,,Land\nL002,Old depot,,,,,council,Freehold,,,,,,,,300,,,,,,,Building\nV001,Empty shop,,,-1.5009,52.5009,council,Freehold,,,,,,,,100,,,,,,,Building\n",
    );
    folder.replace(
        "place.toml",
        "file = \"buildings.csv\"\n",
        "file = \"buildings.csv\"\n[[buildings.scope]]\ncolumn = \"name\"\nvalues = [\"Empty shop\"]\nrole = \"fixed\"\nreason = \"let by market rules\"\n",
    );
    let place = folder.load().place;
    assert_eq!(place.buildings.len(), 9);
    assert_eq!(
        place.buildings[6].role,
        Role::Out("land without a building".into())
    );
    assert_eq!(place.buildings[7].role, Role::Out("no location".into()));
    assert_eq!(
        place.buildings[8].role,
        Role::Fixed("let by market rules".into())
    );
    assert_eq!(place.buildings[8].occupancy, Occupancy::Unknown);
}

#[test]
fn a_matrix_is_the_same_long_or_wide_by_id_or_name() {
    let folder = Folder::six();
    folder
        .write("times.csv", "from_id,to_id,minutes\nZ1,C002,5\nZ2,C002,9999\nz3, Central Library ,7.5\nZ9,C002,1\n")
        .append(
            "place.toml",
            "[[travel.matrix]]\nfile = \"times.csv\"\nmode = \"transit\"\nunit = \"minutes\"\nunreachable = [9999]\n",
        );
    let measure = oneroof::place::Measure {
        mode: oneroof::place::Mode::Matrix("transit".into()),
        unit: oneroof::place::Unit::Minutes,
    };
    let distances = |folder: &Folder| {
        let loaded = folder.load();
        let library = loaded.place.building_named("C002").expect("it is there");
        let all: Vec<_> = loaded
            .place
            .zones()
            .map(|(zone, _)| {
                loaded
                    .travel
                    .zone_to_building(&loaded.place, &measure, zone, library)
            })
            .collect();
        assert!(
            loaded
                .findings
                .iter()
                .any(|f| f.code == "matrix-key-unknown" && f.cell.as_deref() == Some("Z9"))
        );
        all
    };
    let long = distances(&folder);
    assert_eq!(
        long[..4],
        [Some(Distance(50)), None, Some(Distance(75)), None]
    );
    folder.write(
        "times.csv",
        "zone,Central Library\nZ1,5\nZ2,9999\nZ3,7.5\nZ9,1\n",
    );
    assert_eq!(distances(&folder), long);
}

#[test]
fn decisions_are_read_and_unknown_ids_are_errors() {
    let folder = Folder::six();
    folder.write("decisions.csv", "id,decision,value,reason,decided_by,body,date,expires,status\nC004,dispose,,break,A. Officer,Estates,2026-02-01,,officer\nc001,keep,,,,Members,,,member\n");
    let place = folder.load().place;
    assert_eq!(place.decisions.len(), 2);
    assert_eq!(place.decisions[1].id, "C001");
    folder.append("decisions.csv", "C04,keep,,,,,,,\n");
    let errors = folder.errors();
    assert!(
        errors
            .iter()
            .any(|e| e.starts_with("unknown-id decisions.csv:record 3")),
        "{errors:?}"
    );
}

#[test]
fn opposite_decisions_of_two_bodies_are_kept_and_opposite_locks_of_the_data_are_not() {
    let folder = Folder::six();
    folder.write(
        "decisions.csv",
        "id,decision,body\nC004,dispose,Estates\nC004,keep,Members\n",
    );
    let loaded = folder.load();
    assert_eq!(loaded.place.opposed_decisions().len(), 1);
    assert!(
        loaded
            .findings
            .iter()
            .any(|f| f.code == "decisions-opposed")
    );
    let text = folder.read("occupiers.csv");
    let lines: Vec<_> = text
        .lines()
        .enumerate()
        .map(|(row, line)| format!("{line},{}", if row == 0 { "lock" } else { "keep" }))
        .collect();
    folder.write("occupiers.csv", &lines.join("\n"));
    let text = folder.read("buildings.csv");
    let lines: Vec<_> = text
        .lines()
        .enumerate()
        .map(|(row, line)| format!("{line},{}", ["lock", "dispose"].get(row).unwrap_or(&"")))
        .collect();
    folder.write("buildings.csv", &lines.join("\n"));
    let errors = folder.errors();
    assert_eq!(errors.len(), 1, "{errors:?}");
    assert!(
        errors[0].contains("buildings.csv:record 1")
            && errors[0].contains("occupiers.csv:record 4"),
        "{errors:?}"
    );
}

#[test]
fn a_total_below_the_occupiers_is_nobody() {
    let folder = Folder::six();
    let as_is = folder.load();
    folder.append("occupiers.csv", "Total,,,,,2350,95\n");
    let loaded = folder.load();
    assert_eq!(loaded.place.occupiers, as_is.place.occupiers);
    let codes: Vec<&str> = loaded.findings.iter().map(|one| one.code).collect();
    assert!(codes.contains(&"total-row"), "{codes:?}");
    assert!(!codes.contains(&"occupier-unread"), "{codes:?}");
}
