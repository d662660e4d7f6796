//! How registers are laid out: groups above the names, headings between the rows, columns known by their cells alone.

use super::reader::{register, register_with};

const AROUND: (f64, f64) = (-2.32, 53.42);

#[test]
fn thousands_of_a_group_above_the_names_or_of_a_row_of_units_below_them_are_multiplied_out() {
    let read = register(
        "Asset,,,Size,,Money £000s,,\nRef,Name,Tenure,GIA,Site,Running cost,Backlog,Value\n,,,sq ft,ha,£,£,£\n\
         A1,Hall,Freehold,9000,0.4,85,120,900\nA2,Hub,Leasehold,1200,0.4,15,20,100\n",
        AROUND,
    );
    assert_eq!(
        read.facts("A1", "gross running backlog value"),
        "gross=836.1 running=85000 backlog=120000 value=900000"
    );
    assert_eq!(read.says("heading-multiplies", "*"), 3);
    assert_eq!(read.says("unit-converted", "GIA (sq ft)"), 1);
    let below = "Ref,Name,GIA,Backlog\n,,m2,£000\nA1,Hall,900,120\nA2,Hub,1200,20\n";
    let mapped = register_with(
        "register.csv",
        below,
        AROUND,
        "columns = { backlog_gbp = \"Backlog\" }",
    );
    assert_eq!(
        mapped.facts("A1", "gross backlog"),
        "gross=900.0 backlog=120000"
    );
}

#[test]
fn a_title_that_speaks_of_thousands_is_told() {
    let read = register(
        "\"Buildings of the Corporation (Rs. in lakhs)\",,,\nRef,Name,GIA,Value\nA1,Hall,900,125.5\nA2,Hub,1200,20\n",
        AROUND,
    );
    assert_eq!(read.facts("A1", "value"), "value=125.5");
    assert!(read.finding("unit-in-title").cause.contains("thousands"));
}

#[test]
fn headings_of_one_word_between_rows_are_no_buildings_and_one_record_of_one_word_is() {
    let rows = |headings: [&str; 3]| {
        let [first, second, third] = headings;
        format!(
            "Ref,Name,GIA,Tenure\n{first}A1,Hall,900,Freehold\nA2,Mill,800,Freehold\n{second}A3,Hub,700,Freehold\n\
             {third}A4,Yard,600,Freehold\nA5,Shed,60,Freehold\n"
        )
    };
    let read = register(
        &rows(["STATIONS,,,\n", "OFFICES,,,\n", "HOUSES,,,\n"]),
        AROUND,
    );
    assert_eq!((read.count(), read.says("note-row", "*")), (5, 3));
    let read = register(&rows(["Libraries,,,\n", "", ""]), AROUND);
    assert_eq!((read.count(), read.says("note-row", "*")), (5, 1));
    let read = register(&rows(["", "Bothy,,,\n", ""]), AROUND);
    assert_eq!((read.count(), read.says("note-row", "*")), (6, 0));
}

#[test]
fn a_column_of_tenure_is_known_by_its_cells_where_no_heading_names_it() {
    let read = register(
        "ID,Nom,Surface,Statut\n1,Mairie,900,Propriété\n2,Annexe,800,Location\n3,Salle,700,Propriété\n",
        AROUND,
    );
    assert_eq!(read.facts("1", "tenure"), "tenure=Freehold");
    assert_eq!(read.facts("2", "tenure"), "tenure=Leasehold");
    assert_eq!(read.says("header-likely", "Statut"), 1);
    let codes = register(
        "Ref,Name,GIA,Performance rating\n1,Hall,900,P3\n2,Hub,800,P3\n",
        AROUND,
    );
    assert_eq!(codes.facts("1", "tenure"), "tenure=Unknown");
    let status = register(
        "ID,Objekt,Status\n1,Rathaus,Eigentum\n2,Amt,angemietet\n3,Schule,Eigentum\n",
        AROUND,
    );
    assert_eq!(status.facts("2", "tenure"), "tenure=Leasehold");
}

#[test]
fn a_floor_area_is_net_or_gross_as_its_row_says() {
    let read = register(
        "Ref,Name,Total Floor Area,Floor Area Measure\n1,Hall,2000,NIA\n2,Hub,2000,GIA\n3,Yard,2000,IPMS\n",
        AROUND,
    );
    assert_eq!(read.facts("1", "gross usable"), "gross=- usable=2000.0");
    assert_eq!(
        read.facts("2", "gross usable"),
        "gross=2000.0 usable=1600.0"
    );
    assert_eq!(
        read.facts("3", "gross usable"),
        "gross=2000.0 usable=1600.0"
    );
    assert_eq!(read.says("word-not-read", "Floor Area Measure"), 1);
}

#[test]
fn rows_that_name_other_agencies_than_their_block_does_are_told() {
    let text = "Ref,Public body,Name\n1,council,Hall\n2,other,Hub\n3,Estates,Yard\n";
    let read = register_with("register.csv", text, AROUND, "[[agency]]\nid = \"other\"\n");
    assert!(read.finding("agency-of-rows").cause.contains("1 row names"));
    let departments = register("Ref,Department,Name\n1,Estates,Hall\n2,Roads,Hub\n", AROUND);
    assert_eq!(departments.says("agency-of-rows", "*"), 0);
}

#[test]
fn a_floor_that_no_building_has_is_doubted() {
    let read = register(
        "Ref,Name,GIA,NIA\n1,Hall,0.25,\n2,Hub,2500000,\n3,Kiosk,6,4\n4,Yard,900,0.5\n",
        AROUND,
    );
    assert_eq!(
        read.says("area-unlikely", "GIA"),
        2,
        "{:#?}",
        read.findings()
    );
    assert_eq!(read.says("area-unlikely", "NIA"), 1);
}

#[test]
fn a_running_cost_for_each_square_metre_is_not_counted_beside_the_same_cost_of_the_whole() {
    let read = register(
        "Ref,Name,GIA,Running cost,Running cost per m2\n1,Hall,1000,85000,85\n2,Hub,500,20100,40.2\n3,Yard,100,,50\n",
        AROUND,
    );
    assert_eq!(read.facts("1", "running rate"), "running=85000 rate=0");
    assert_eq!(read.says("rate-repeats-sum", "Running cost per m2"), 1);
    let beside = register(
        "Ref,Name,GIA,Running cost,Running cost per m2\n1,Hall,1000,85000,12\n2,Hub,500,20100,12\n",
        AROUND,
    );
    assert_eq!(beside.facts("1", "running rate"), "running=85000 rate=12");
    let alone = register(
        "Ref,Name,GIA,Running cost per m2\n1,Hall,1000,85\n2,Hub,,85\n",
        AROUND,
    );
    assert_eq!(alone.facts("1", "running rate"), "running=85000 rate=0");
    assert_eq!(alone.says("running-from-rate", "*"), 1);
}

#[test]
fn a_floor_area_is_net_where_its_heading_says_so() {
    let read = register("Ref,Name,Building Area (NLA sqm)\n1,Hall,850\n", AROUND);
    assert_eq!(read.facts("1", "gross usable"), "gross=- usable=850.0");
    let read = register("Ref,Name,Building area (sqm)\n1,Hall,850\n", AROUND);
    assert_eq!(read.facts("1", "gross usable"), "gross=850.0 usable=680.0");
}
