//! Estates returns and organisation lists of the health service, of several years.

use super::reader::{register, register_with};

const SALE: (f64, f64) = (-2.32, 53.42);

#[test]
fn a_site_return_of_2019_20_is_read() {
    let read = register(
        "Trust Code,Trust Name,Commissioning Region,STP,Trust Type,Site Code,Site Name,Site Type,Post Code,Gross internal floor area (m²),Occupied floor area (m²),Total building operation revenue cost (£),Cost to eradicate high risk backlog (£),Cost to eradicate low risk backlog (£),Risk adjusted backlog cost (£)\n\
         RXX,NORTH TRUST,NORTH WEST,GM,COMMUNITY,RXX01,MEADWAY HEALTH CENTRE,Community hospital (with inpatient beds),M33 4PS,\"3,450\",\"3,100\",\"412,000\",\"120,000\",0,\"84,210\"\n\
         RXX,NORTH TRUST,NORTH WEST,GM,COMMUNITY,RXX02,BODMIN ROAD CLINIC,Non inpatient,M33 5JW,980,Not Applicable,\"96,500\",Not Applicable,Not Applicable,Not Applicable\n\
         RXX,NORTH TRUST,NORTH WEST,GM,COMMUNITY,RXX99,AGGREGATE SITES,Aggregate,,1200,1100,\"140,000\",0,0,0\n",
        SALE,
    );
    assert_eq!(
        read.facts("RXX01", "name postcode gross usable running backlog"),
        "name=MEADWAY HEALTH CENTRE postcode=M33 4PS gross=3450.0 usable=3100.0 running=412000 backlog=84210"
    );
    assert_eq!(
        read.facts("RXX02", "gross usable running backlog"),
        "gross=980.0 usable=784.0 running=96500 backlog=0"
    );
    assert_eq!(read.count(), 2);
    assert_eq!(read.says("aggregate-row", "*"), 1);
}

#[test]
fn a_site_return_of_2022_23_is_read() {
    let read = register(
        "\"Trust Code\",\"Trust Name\",\"ICB Code\",\"Trust Type\",\"Site Code\",\"Site Name\",\"Site Post Code\",\"Gross internal floor area (m²)\",\"Occupied floor area (m²)\",\"Total running costs (£)\",\"Tenure\"\n\
         RYY,SOUTH TRUST,QOP,MENTAL HEALTH,RYY01,LIME UNIT,M33 4PS,2100,2000,\"301,200\",Freehold\n\
         RYY,SOUTH TRUST,QOP,MENTAL HEALTH,RYY02,OAK UNIT,M33 5JW,1500,1500,\"187,000\",LIFT (NHS)\n",
        SALE,
    );
    assert_eq!(
        read.facts("RYY01", "gross usable running tenure"),
        "gross=2100.0 usable=2000.0 running=301200 tenure=Freehold"
    );
    assert_eq!(read.facts("RYY02", "tenure"), "tenure=Pfi");
}

#[test]
fn an_organisation_file_without_a_header_asks_for_its_columns_and_then_reads_them() {
    let text = "P91003,BARRINGTON MEDICAL CENTRE,Y62,QOP,68 BARRINGTON ROAD,,ALTRINCHAM,CHESHIRE,,WA14 1JB,19740401,,A,B,01T,20130401,,0161 9289621,,,,0,,W2A5N,,4,,\n\
                P91004,ST JOHNS MEDICAL CENTRE,Y62,QOP,ST JOHNS ROAD,,ALTRINCHAM,CHESHIRE,,WA14 2NW,19740401,,A,B,01T,20130401,,0161 9285522,,,,0,,W2A5N,,4,,\n\
                P91005,OLD SURGERY,Y62,QOP,HIGH STREET,,SALE,CHESHIRE,,M33 7XN,19740401,20180331,C,B,01T,20130401,,0161 9731234,,,,0,,W2A5N,,4,,\n";
    let bare = register_with("epraccur.csv", text, SALE, "");
    let missing = bare.finding("header-missing");
    assert!(
        missing.setting.is_some() && missing.action.contains("columns"),
        "{missing:?}"
    );
    let named = register_with(
        "epraccur.csv",
        text,
        SALE,
        "headerless = true\ncolumns = { asset_id = \"column 1\", name = \"column 2\", address = \"column 5\", postcode = \"column 10\", status = \"column 13\", closed_on = \"column 12\" }",
    );
    assert_eq!(
        named.facts("P91003", "name postcode"),
        "name=BARRINGTON MEDICAL CENTRE postcode=WA14 1JB"
    );
    assert_eq!((named.count(), named.says("closed-record", "*")), (2, 1));
}

#[test]
fn an_organisation_file_with_a_header_is_read_and_its_closed_rows_set_aside() {
    let read = register(
        "Organisation Code,Name,Address Line 1,Address Line 4,Postcode,Open Date,Close Date,Status Code\n\
         P91003,BARRINGTON MEDICAL CENTRE,68 BARRINGTON ROAD,ALTRINCHAM,WA14 1JB,19740401,,A\n\
         P91005,OLD SURGERY,HIGH STREET,SALE,M33 7XN,19740401,20180331,C\n\
         P91006,NEW SURGERY,HIGH STREET,SALE,M33 7XP,19740401,,A\n",
        SALE,
    );
    assert_eq!(
        (read.count(), read.says("closed-record", "Status Code")),
        (2, 1)
    );
    assert_eq!(
        read.facts("BARRINGTON MEDICAL CENTRE", "address postcode"),
        "address=68 BARRINGTON ROAD postcode=WA14 1JB"
    );
}

#[test]
fn backlog_by_risk_and_costs_by_service_are_added_up_where_no_whole_is_stated() {
    let read = register(
        "Site Code,Site Name,Post code,Site Tenure,Estates and property maintenance (£),Energy costs - all energy supplies (£),Cleaning service cost (£),Cost to eradicate high risk backlog (£),Cost to eradicate low risk backlog (£)\n\
         RXY00,Clinic,M33 4PS,Owned,\"45,300\",\"90,000\",\"120,000\",\"100,000\",\"1,000\"\n\
         RXY01,Ward,M33 5JW,Owned,,,,,\n",
        SALE,
    );
    assert_eq!(
        read.facts("RXY00", "running backlog"),
        "running=255300 backlog=101000"
    );
    assert_eq!(read.facts("RXY01", "backlog"), "backlog=0");
    assert_eq!(read.says("figures-added", "*"), 2);
}
