//! What the words of a register say of a building, and what they do not.

use super::reader::{Read, register};
use oneroof::place::Severity;

const AROUND: (f64, f64) = (-2.32, 53.42);

/// A register of one building, with more columns; `{}` cells parted by commas.
fn one(headings: &str, cells: &str) -> Read {
    register(
        &format!("ID,Name,Longitude,Latitude,GIA,{headings}\n1,Hall,-2.32,53.42,500,{cells}\n"),
        AROUND,
    )
}

#[test]
fn a_building_of_which_a_part_is_vacant_is_not_vacant() {
    for (heading, cell) in [
        ("Occupancy Status", "Part vacant"),
        ("Occupancy Status", "Partially vacant"),
        ("Status", "Occupied (ground floor vacant)"),
        ("Tenure Detail", "\"Owner occupied, part vacant\""),
        ("Occupied by", "Part vacant / Police"),
    ] {
        let read = one(heading, cell);
        assert_eq!(
            read.facts("1", "occupancy role"),
            "occupancy=Unknown role=candidate",
            "{cell}"
        );
        assert_eq!(read.says("partly-vacant", heading), 1, "{cell}");
    }
    let read = one("Occupancy Status", "Vacant since 2024");
    assert_eq!(read.facts("1", "occupancy"), "occupancy=Vacant");
    let read = one("Occupancy Status", "50%");
    assert_eq!(read.facts("1", "occupancy"), "occupancy=Unknown");
    assert_eq!(read.says("word-not-read", "Occupancy Status"), 1);
}

#[test]
fn a_building_that_is_sold_or_demolished_is_out_with_a_finding_and_one_that_will_be_is_kept() {
    for cell in [
        "Disposed 2019",
        "Sold 12/03/2021",
        "Demolished 2018",
        "Transferred to Academy",
        "Lease terminated",
        "Verkauft 2020",
    ] {
        let read = one("Status", cell);
        assert_eq!(
            read.facts("1", "role"),
            "role=out:closed or no longer held",
            "{cell}"
        );
        assert_eq!(read.says("no-longer-held", "Status"), 1, "{cell}");
    }
    for cell in [
        "Closing 31/03/2028",
        "Sold STC",
        "Demolished in 2029",
        "Expired",
    ] {
        let read = one("Status", cell);
        assert_eq!(read.facts("1", "role"), "role=candidate", "{cell}");
        assert_eq!(read.says("no-longer-held", "Status"), 1, "{cell}");
    }
}

#[test]
fn letters_of_a_status_that_could_mean_current_close_nothing_and_are_told() {
    let read = register(
        "ID,Name,GIA,Status\n1,Hall,500,C\n2,Mill,600,C\n3,Depot,700,D\n",
        AROUND,
    );
    assert_eq!(read.count(), 3);
    assert_eq!(read.says("word-not-read", "Status"), 1);
}

#[test]
fn a_register_of_which_every_record_is_closed_is_an_error() {
    let read = register(
        "ID,Name,GIA,Status\n1,Hall,500,Closed\n2,Mill,600,Closed\n",
        AROUND,
    );
    assert!(read.is_refused());
    let error = read.finding("table-mostly-rejected");
    assert_eq!(error.severity, Severity::Error);
}

#[test]
fn tenures_that_are_not_certain_are_told_and_not_guessed() {
    for cell in ["Not Council owned", "No lease", "Tenanted"] {
        let read = one("Tenure", cell);
        assert_eq!(read.facts("1", "tenure"), "tenure=Unknown", "{cell}");
        assert_eq!(read.says("word-not-read", "Tenure"), 1, "{cell}");
    }
    let read = one("Own/Lease", "O");
    assert_eq!(read.facts("1", "tenure"), "tenure=Freehold");
}

#[test]
fn what_the_state_owns_is_its_own_in_its_own_register() {
    let read = register(
        "ID,Name,Tenure\n1,Caserne,Propriété Etat\n2,Palais,Propriété Etat\n3,Bureau,Location\n",
        AROUND,
    );
    assert_eq!(read.facts("1", "tenure"), "tenure=Freehold");
    let read = register(
        "ID,Name,Tenure\n1,Hall,State Government Owned\n2,Depot,Owned\n",
        AROUND,
    );
    assert_eq!(read.facts("1", "tenure"), "tenure=Unknown");
    assert_eq!(read.facts("2", "tenure"), "tenure=Freehold");
}

#[test]
fn the_rent_of_a_building_that_is_let_out_is_received_and_not_paid() {
    let read = one("Tenure,Annual Rent", "Freehold (let),12000");
    assert_eq!(read.facts("1", "rent income"), "rent=0 income=12000");
    assert_eq!(read.says("rent-received", "Annual Rent"), 1);
    let read = one("Tenure,Annual Rent,Tenant", "Freehold,12000,Smith Ltd");
    assert_eq!(read.facts("1", "rent income"), "rent=0 income=12000");
    let read = one("Tenure,Annual Rent,Rental income", "Leased out,5000,12000");
    assert_eq!(read.facts("1", "rent income"), "rent=0 income=12000");
    assert_eq!(read.says("rent-of-owner", "Annual Rent"), 1);
}

#[test]
fn a_rent_of_a_freehold_of_which_nobody_says_who_pays_it_is_no_saving() {
    for cells in [
        "Freehold,12000,",
        "Freehold,12000,Council",
        "Freehold,12000,Vacant",
    ] {
        let read = one("Tenure,Annual Rent,Tenant", cells);
        assert_eq!(read.facts("1", "rent income"), "rent=0 income=0", "{cells}");
        assert_eq!(read.says("rent-of-owner", "Annual Rent"), 1, "{cells}");
    }
    let read = one("Tenure,Annual Rent,Tenant", "Leasehold,12000,Council");
    assert_eq!(read.facts("1", "rent income"), "rent=12000 income=0");
}

#[test]
fn bare_dates_are_those_of_a_lease_only_where_no_freehold_has_them() {
    let text = |headings: &str, owner: &str| {
        format!(
            "ID,Name,GIA,Tenure,{headings}\n1,Hall,500,Freehold,{owner}\n2,Mill,600,Leasehold,01/04/2019,31/03/2029\n"
        )
    };
    let read = register(&text("Start Date,End Date", ","), AROUND);
    assert_eq!(
        read.facts("2", "start expiry"),
        "start=2019-04-01 expiry=2029-03-31"
    );
    assert_eq!(read.says("header-likely", "End Date"), 1);
    assert_eq!(read.says("header-truncated", "*"), 0);
    let read = register(
        &text("EPC date,Expiry Date", "01/01/2020,01/01/2030"),
        AROUND,
    );
    assert_eq!(read.facts("2", "expiry"), "expiry=-");
}

#[test]
fn a_column_of_numbers_is_no_name() {
    let read = register(
        "Ref,Description,Site (Ha),GIA,Tenure\nR1,Town Hall,0.12,900,Freehold\nR2,Depot,1.5,800,Freehold\n",
        AROUND,
    );
    assert_eq!(read.facts("R1", "name"), "name=Town Hall");
    let read = register("Ref,Name,GIA\nR1,12,900\nR2,14,800\n", AROUND);
    assert_eq!(read.facts("R1", "name"), "name=12");
}

#[test]
fn headings_between_rows_and_names_of_columns_again_are_no_buildings() {
    let read = register(
        "Ref,Name,Address,GIA,Tenure\nPOLICE STATIONS,,,,\nR1,Hall,1 High St,900,Freehold\nR2,Mill,2 High St,800,Freehold\n\
         Ref,Name,Address,GIA,Tenure\nR3,Depot,3 High St,700,Freehold\nR3 cont.,,,,\nR5,,,,\nR4,Yard,4 High St,600,Freehold\n",
        AROUND,
    );
    assert_eq!(read.says("note-row", "*"), 3, "{:#?}", read.findings());
    assert_eq!(read.count(), 5);
}

#[test]
fn a_floor_area_under_a_unit_of_land_is_a_warning() {
    let read = register("ID,Name,Floor area (hectares)\nA,Hall,1200\n", AROUND);
    let told = read.finding("unit-converted");
    assert_eq!(told.severity, Severity::Warn);
    assert!(told.cause.contains("in ha") && told.action.contains("unit of land"));
}

#[test]
fn a_building_held_in_trust_is_asked_about_and_one_of_a_private_partner_is_a_contract() {
    let read = one("Tenure", "Held in trust");
    assert_eq!(read.facts("1", "tenure"), "tenure=Unknown");
    assert!(read.finding("word-not-read").cause.contains("in trust"));
    let read = one("Tenure", "PPP");
    assert_eq!(read.facts("1", "tenure"), "tenure=Pfi");
    let read = one("Tenure", "Owner Occupied");
    assert_eq!(read.facts("1", "tenure"), "tenure=Freehold");
}
