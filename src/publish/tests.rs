//! The folder as its readers find it.

use super::fixture::Fixture;
use super::{Audience, Format, publish};
use crate::place::sample::agency;
use crate::place::{Flag, People};
use crate::plan::{Body, Overflow, Plan, PlannedVisits};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

fn published(fixture: &Fixture, audience: Audience, only: &[Format]) -> BTreeMap<String, Vec<u8>> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let out = folder.path().join("plan");
    let mut edition = fixture.edition();
    edition.audience = audience;
    publish(&out, &edition, only).expect("publishes");
    let mut files = BTreeMap::new();
    collect(&out, "", &mut files);
    files
}

fn collect(folder: &Path, inside: &str, files: &mut BTreeMap<String, Vec<u8>>) {
    for entry in fs::read_dir(folder).expect("lists").flatten() {
        let name = format!("{inside}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            collect(&entry.path(), &format!("{name}/"), files);
        } else {
            files.insert(name, fs::read(entry.path()).expect("reads"));
        }
    }
}

fn text(files: &BTreeMap<String, Vec<u8>>, name: &str) -> String {
    String::from_utf8(files[name].clone()).expect("UTF-8")
}

/// Everything whose words can be read in its bytes.
const TOLD_IN_WORDS: [Format; 5] = [
    Format::Json,
    Format::Geojson,
    Format::Csv,
    Format::Svg,
    Format::Report,
];

const TABLES: &[Format] = &[Format::Json, Format::Geojson, Format::Csv];

/// Visits a year of the library in a building, under the plan alone.
fn visits(building: &str, after: f64, overflow: Vec<Overflow>) -> PlannedVisits {
    PlannedVisits {
        service: "library".into(),
        building_id: building.into(),
        measure: "straight".into(),
        today: None,
        after: Some(after),
        capacity_today: None,
        capacity_after: None,
        overflow,
        without_room: 0.0,
        huff_after: None,
    }
}

#[test]
fn a_plan_folder_holds_every_file_that_was_promised() {
    let files = published(&Fixture::six(), Audience::Partners, TABLES);
    for name in [
        "plan.json",
        "certificate.json",
        "buildings.geojson",
        "moves.geojson",
        "zones.geojson",
        "findings.geojson",
        "matches.geojson",
        "actions.csv",
        "moves.csv",
        "access.csv",
        "zones.csv",
        "losers.csv",
        "groups.csv",
        "equality.csv",
        "ledger.csv",
        "agencies.csv",
        "assumptions.csv",
        "quality.csv",
        "rejected.csv",
        "data_request.csv",
        "columns.csv",
        "about.txt",
    ] {
        assert!(files.contains_key(name), "{name} in {:?}", files.keys());
    }
}

#[test]
fn the_plan_reads_back_as_it_was() {
    let fixture = Fixture::six();
    let files = published(&fixture, Audience::Partners, TABLES);
    let plan: Plan = serde_json::from_slice(&files["plan.json"]).expect("a plan");
    assert_eq!(plan, fixture.plan);
}

#[test]
fn tables_read_back_with_the_same_number_of_cells_in_every_row() {
    for (name, bytes) in published(&Fixture::six(), Audience::Partners, TABLES) {
        if name.ends_with(".csv") {
            let mut reader = csv::ReaderBuilder::new()
                .flexible(false)
                .from_reader(&bytes[..]);
            let rows = reader.records().collect::<Result<Vec<_>, _>>();
            assert!(rows.is_ok(), "{name}: {rows:?}");
        }
    }
}

#[test]
fn two_editions_of_one_plan_are_the_same_bytes() {
    let fixture = Fixture::six();
    let all_but_png = TOLD_IN_WORDS;
    let once = published(&fixture, Audience::Partners, &all_but_png);
    assert!(once == published(&fixture, Audience::Partners, &all_but_png));
}

#[test]
fn nothing_only_partners_may_see_reaches_a_public_edition() {
    let mut fixture = Fixture::six();
    fixture.place.agencies.push(agency("nobody"));
    fixture.plan.successors = vec![Body {
        agency: "council".into(),
        own_gbp: 64_208.75,
        inherited_gbp: 31_907.25,
    }];
    fixture.plan.visits = vec![visits("A0", 7.40625, Vec::new())];
    // A PNG is its SVG.
    let told_in_words = TOLD_IN_WORDS;
    let partners = published(&fixture, Audience::Partners, &told_in_words);
    let secrets = [
        "58001.25",
        "59002.5",
        "41003.75",
        "987654",
        "987,654",
        "76543.21",
        "31337",
        "31,337",
        "50010.5",
        "5020.5",
        "241003.75",
        "777,123",
        "777123",
        "921987",
        "64208.75",
        "31907.25",
        "7.40625",
    ];
    for secret in secrets {
        let told = partners
            .values()
            .any(|bytes| String::from_utf8_lossy(bytes).contains(secret));
        assert!(told, "{secret} is no secret of the fixture");
    }
    let other = Audience::Agency("nobody".into());
    for audience in [Audience::Public, other] {
        for (name, bytes) in published(&fixture, audience, &told_in_words) {
            let told = String::from_utf8_lossy(&bytes);
            for secret in secrets {
                assert!(!told.contains(secret), "{secret} in {name}");
            }
        }
    }
}

#[test]
fn a_sensitive_site_and_those_who_move_out_of_it_are_known_to_the_partners_and_its_owner_alone() {
    let mut fixture = Fixture::six();
    // The building that is let go, whose library moves to A0.
    fixture.place.buildings[1].flags.insert(Flag::Sensitive);
    fixture.place.buildings[1].name = "Rowan Refuge".into();
    fixture.place.occupiers[1].name = "Rowan team".into();
    let on = Overflow {
        building_id: "A1".into(),
        visits: 40.0,
    };
    fixture.plan.visits = vec![
        visits("A0", 900.0, vec![on]),
        visits("A1", 300.0, Vec::new()),
    ];
    let secrets = ["Rowan", "\"A1\"", "A1,", "library-1"];
    let told_in_words = TOLD_IN_WORDS;
    let owner = Audience::Agency("council".into());
    for audience in [Audience::Partners, owner] {
        let files = published(&fixture, audience, &told_in_words);
        for name in [
            "actions.csv",
            "moves.csv",
            "buildings.geojson",
            "maps/actions.svg",
            "report.html",
        ] {
            assert!(text(&files, name).contains("Rowan"), "{name}");
        }
    }
    for audience in [Audience::Public, Audience::Agency("nhs".into())] {
        let files = published(&fixture, audience, &told_in_words);
        for (name, bytes) in &files {
            let told = String::from_utf8_lossy(bytes);
            for secret in secrets {
                assert!(!told.contains(secret), "{secret} in {name}");
            }
        }
        assert!(text(&files, "about.txt").contains("Sensitive sites are left out"));
    }
}

#[test]
fn counts_of_fewer_than_ten_people_are_left_empty_for_all_but_the_partners() {
    let mut fixture = Fixture::six();
    fixture.place.zones[0].population = People(7.0);
    fixture.place.zones[0].demand[0] = People(7.0);
    let rows = |audience| {
        let files = published(&fixture, audience, TABLES);
        let zone = fixture.place.zones[0].id.to_string();
        let row = text(&files, "zones.csv");
        let row = row
            .lines()
            .find(|l| l.starts_with(&zone))
            .expect("a row")
            .to_string();
        (row, text(&files, "zones.geojson"))
    };
    let (row, layer) = rows(Audience::Partners);
    assert!(
        row.contains(",7.0,7.0,") && layer.contains("\"population\":7.0"),
        "{row}"
    );
    let (row, layer) = rows(Audience::Public);
    assert!(row.contains(",,,") && !row.contains(",7.0,"), "{row}");
    assert!(layer.contains("\"population\":null"), "{layer}");
}

#[test]
fn every_page_says_that_nothing_is_decided_or_the_folder_says_it_for_its_tables() {
    let told_in_words = TOLD_IN_WORDS;
    for (name, bytes) in published(&Fixture::six(), Audience::Public, &told_in_words) {
        let told = String::from_utf8_lossy(&bytes).to_lowercase();
        let is_page = [".svg", ".geojson", ".txt", "plan.json", ".html", ".md"];
        if is_page.iter().any(|end| name.ends_with(end)) {
            assert!(told.contains("no decision has been taken"), "{name}");
        }
    }
}

#[test]
fn a_zone_that_can_reach_none_any_more_is_a_loser() {
    let mut fixture = Fixture::six();
    // The remaining library cannot be placed on the map, so nobody reaches one after the move.
    let files = published(&fixture, Audience::Partners, TABLES);
    let before = text(&files, "losers.csv").lines().count();
    fixture.place.buildings[0].location = None;
    let files = published(&fixture, Audience::Partners, TABLES);
    let losers = text(&files, "losers.csv");
    assert!(losers.contains(",cut_off,"), "{losers}");
    assert!(losers.lines().count() >= before, "{losers}");
}

#[test]
fn a_distance_that_no_zone_has_is_no_column_of_the_layer() {
    let mut fixture = Fixture::six();
    // The remaining library cannot be placed on the map, so nobody reaches one after the move.
    fixture.place.buildings[0].location = None;
    let files = published(&fixture, Audience::Partners, TABLES);
    let zones = text(&files, "zones.geojson");
    assert!(zones.contains("library_today_km"), "{zones}");
    for column in ["library_after_km", "library_change_km"] {
        assert!(!zones.contains(column), "{column}");
        assert!(!text(&files, "columns.csv").contains(column), "{column}");
    }
}

#[test]
fn an_agency_sees_its_own_ledger() {
    let files = published(&Fixture::six(), Audience::Agency("council".into()), TABLES);
    assert!(text(&files, "ledger.csv").contains("50010.5"));
    let files = published(&Fixture::six(), Audience::Agency("nhs".into()), TABLES);
    assert!(!text(&files, "ledger.csv").contains("50010.5"));
}

#[test]
fn an_agency_that_the_place_does_not_have_is_refused_with_the_ids_it_has() {
    let fixture = Fixture::six();
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut edition = fixture.edition();
    edition.audience = Audience::Agency("nobody".into());
    let fault = publish(&folder.path().join("plan"), &edition, TABLES).expect_err("refuses");
    assert!(
        fault.is_usage() && fault.to_string().contains("council, nhs"),
        "{fault}"
    );
    assert!(!folder.path().join("plan").exists());
}

#[test]
fn only_the_formats_asked_for_are_written_and_always_the_plan() {
    let files = published(&Fixture::six(), Audience::Partners, &[Format::Csv]);
    let kinds: BTreeSet<&str> = files
        .keys()
        .filter_map(|n| n.rsplit_once('.'))
        .map(|n| n.1)
        .collect();
    assert_eq!(kinds, BTreeSet::from(["csv", "json", "oneroof", "txt"]));
}

#[test]
fn eastings_stand_beside_degrees_in_britain_and_are_empty_elsewhere() {
    let mut fixture = Fixture::six();
    let row = |fixture: &Fixture| {
        let files = published(fixture, Audience::Partners, TABLES);
        text(&files, "actions.csv")
            .lines()
            .nth(1)
            .expect("a row")
            .to_string()
    };
    let cells = row(&fixture);
    let cells: Vec<&str> = cells.rsplitn(3, ',').collect();
    assert!(
        cells[0].starts_with("3") && cells[1].starts_with("3"),
        "{cells:?}"
    );
    for zone in &mut fixture.place.zones {
        zone.point = crate::place::Location::new(5.0, 52.0).expect("on Earth");
    }
    assert!(row(&fixture).ends_with(",,"));
}

#[test]
fn pictures_of_hostile_names_hold_no_markup_but_ours_and_both_kinds_are_drawn() {
    let files = published(
        &super::fixture_town::planned_town(),
        Audience::Partners,
        &[],
    );
    for name in [
        "actions",
        "moves",
        "savings",
        "agencies",
        "access_library",
        "access_gp",
    ] {
        let svg = text(&files, &format!("maps/{name}.svg"));
        assert!(!svg.contains("<script"), "{name}");
        for part in ["<title", "<desc", "viewBox"] {
            assert!(svg.contains(part), "{part} in {name}");
        }
        assert!(
            files[&format!("maps/{name}.png")].starts_with(b"\x89PNG"),
            "{name}"
        );
    }
    if let Some(folder) = std::env::var_os("ONEROOF_GALLERY") {
        for (name, bytes) in &files {
            let path = Path::new(&folder).join(name);
            fs::create_dir_all(path.parent().expect("has one")).expect("makes");
            fs::write(path, bytes).expect("writes");
        }
    }
}

#[test]
fn a_group_too_small_to_be_told_has_no_figures_for_the_public() {
    let mut fixture = Fixture::six();
    for zone in &mut fixture.place.zones {
        zone.groups.insert("few".to_owned(), 0.001);
        zone.groups.insert("many".to_owned(), 0.5);
    }
    let row = |audience: Audience, file: &str, group: &str| {
        let files = published(&fixture, audience, TABLES);
        let all = text(&files, file);
        let group = format!("library,{group},");
        let found = all.lines().find(|line| line.starts_with(&group));
        found.map(str::to_owned).expect("the group has a row")
    };
    // Five zones of 1,000 people: 5 people.
    let partners = row(Audience::Partners, "groups.csv", "few");
    assert!(partners.starts_with("library,few,5.0,"), "{partners}");
    let public = row(Audience::Public, "groups.csv", "few");
    assert!(public.starts_with("library,few,,,,,,,,"), "{public}");
    assert!(row(Audience::Public, "groups.csv", "many").starts_with("library,many,2500.0,"));
    let equality = row(Audience::Public, "equality.csv", "many");
    assert!(equality.contains("does not replace, an equality impact assessment"));
}
