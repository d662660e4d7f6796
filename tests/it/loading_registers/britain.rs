//! Registers of English, Scottish and Welsh councils, forces and departments.

use super::reader::register;

const SALE: (f64, f64) = (-2.32, 53.42);

#[test]
fn a_transparency_list_of_2015_with_the_codes_own_words_is_read() {
    let read = register(
        "Date,Organisation Name,Organisation Code,Unique asset identity,Unique Property Reference Number,Name of the building/land or both,Street number (or Sat Nav code),Street name,Postal town,UK postcode,Map reference - Easting,Map reference - Northing,Land / Building,Tenure,Tenure detail\n\
         31/03/2015,Northborough,E07000999,NB/0001,100011111111,Civic Offices,12,High Street,Sale,M33 7XN,378825,391994,Buildings,Freehold,Owner Occupied\n\
         31/03/2015,Northborough,E07000999,NB/0002,100011111112,Market Hall,3,Market Place,Sale,M33 7XP,378900,392100,Buildings,Leasehold,Leasehold In\n",
        SALE,
    );
    assert_eq!(
        read.facts("NB/0001", "name uprn postcode address at tenure"),
        "name=Civic Offices uprn=100011111111 postcode=M33 7XN address=12 High Street, Sale at=-2.320,53.424 tenure=Freehold"
    );
    assert_eq!(read.facts("NB/0002", "tenure"), "tenure=Leasehold");
    assert_eq!(read.says("crs-assumed", "*"), 1);
}

#[test]
fn a_unitary_list_with_units_in_its_headers_is_read() {
    let read = register(
        "Property Ref,UPRN,Property Name,Address,Site Postcode,GeoX,GeoY,Tenure Type,Size (sqm),NIA m2,Site Area (Ha),Annual Rent (£),Rateable Value,Running Cost 2023/24 (£),Running Cost 2024/25 (£)\n\
         P100,10001234567,Ashby House,\"1 Ashby Road, Sale\",M33 7XN,378825,391994,FH,1250.5,1000,0.25,0,50000,61000,64500\n\
         P101,,Weir Lane Depot,\"Weir Lane, Sale\",M33 7XP,378900,392100,LH,640,,1.5,\"12,500\",9000,,\"8,100\"\n",
        SALE,
    );
    assert_eq!(
        read.facts("P100", "uprn postcode gross usable tenure running"),
        "uprn=010001234567 postcode=M33 7XN gross=1250.5 usable=1000.0 tenure=Freehold running=64500"
    );
    assert_eq!(
        read.facts("P101", "gross usable tenure rent running"),
        "gross=640.0 usable=512.0 tenure=Leasehold rent=12500 running=8100"
    );
    let year = read.finding("header-year");
    assert_eq!(year.column.as_deref(), Some("Running Cost 2024/25 (£)"));
    assert!(
        year.setting
            .as_deref()
            .is_some_and(|line| line.contains("running_gbp"))
    );
}

#[test]
fn floor_areas_are_found_under_every_common_name() {
    for header in [
        "GIA m2",
        "GIA (sq m)",
        "Gross Internal Area (GIA) m²",
        "Floor Area (m²)",
        "FloorAreaM2",
        "Total Floor Area sq metres",
        "Building Size",
        "Gross Internal Floor Area",
        "Internal Floor Area (sqm)",
        "GIFA",
    ] {
        let read = register(
            &format!(
                "Asset ID,Asset Name,Easting,Northing,{header}\n1,Hall,378825,391994,\"1,200\"\n2,Depot,378900,392100,800\n"
            ),
            SALE,
        );
        assert_eq!(read.facts("1", "gross"), "gross=1200.0", "{header}");
    }
}

#[test]
fn square_feet_and_hectares_become_square_metres() {
    let read = register(
        "Terrier No,Description of Property,Eastings,Northings,NIA (sq ft),SiteAreaHa\nT1,Hall,378825,391994,\"10,764\",0.5\nT2,Depot,378900,392100,5382,1\n",
        SALE,
    );
    assert_eq!(read.facts("T1", "usable"), "usable=1000.0");
}

#[test]
fn a_list_of_combined_headers_says_which_part_was_believed() {
    let read = register(
        "Our Ref / Asset No,Site Name,Coordinates - Easting,Coordinates - Northing,Freehold / Leasehold,GIA\nA1,Hall,378825,391994,Freehold,900\nA2,Depot,378900,392100,Leasehold,400\n",
        SALE,
    );
    assert_eq!(
        read.facts("A1", "at gross tenure"),
        "at=-2.320,53.424 gross=900.0 tenure=Freehold"
    );
    assert!(read.says("header-likely", "Our Ref / Asset No") == 1);
}

#[test]
fn a_welsh_bilingual_register_is_read_by_its_english_half() {
    let read = register(
        "Cyfeirnod / Reference,Enw'r eiddo / Property name,Cyfeiriad / Address,Cod post / Postcode,Dwyreiniad / Easting,Gogleddiad / Northing,Deiliadaeth / Tenure,Arwynebedd llawr (m²) / Floor area (m²)\n\
         ABC1,Neuadd y Sir,Stryd Fawr,SY23 3UE,259900,280600,Freehold,\"2,400\"\n\
         ABC2,Llyfrgell y Dref,Stryd y Farchnad,SY23 2EB,258300,281600,Leasehold,350\n",
        (-4.07, 52.41),
    );
    assert_eq!(
        read.facts("ABC1", "name postcode at tenure gross"),
        "name=Neuadd y Sir postcode=SY23 3UE at=-4.061,52.405 tenure=Freehold gross=2400.0"
    );
    let likely = read.finding("header-likely");
    assert!(likely.setting.is_some(), "{likely:?}");
}

#[test]
fn a_welsh_only_register_is_read_by_its_welsh_names() {
    let read = register(
        "Cyfeirnod,Enw,Cyfeiriad,Cod post,Dwyreiniad,Gogleddiad,Deiliadaeth\nW1,Neuadd y Sir,Stryd Fawr,SY23 3UE,259900,280600,Rhydd-ddaliad\nW2,Llyfrgell,Stryd y Farchnad,SY23 2EB,258300,281600,Prydles\n",
        (-4.07, 52.41),
    );
    assert_eq!(
        read.facts("W1", "name postcode at tenure"),
        "name=Neuadd y Sir postcode=SY23 3UE at=-4.061,52.405 tenure=Freehold"
    );
    assert_eq!(read.facts("W2", "tenure"), "tenure=Leasehold");
}

#[test]
fn a_scottish_asset_register_with_feuhold_and_degrees_is_read() {
    let read = register(
        "local_authority,unique_asset_id,uprn,asset_name,asset_address,asset_postcode,latitude,longitude,tenure,gia_sqm,x_coord,y_coord\n\
         Glen Council,GC-0001,906700123456,Burgh Hall,\"1 High Street, Perth\",PH1 5TB,56.3960,-3.4280,Feuhold,1800,311800,723600\n\
         Glen Council,GC-0002,906700123457,Old Academy,\"Rose Terrace, Perth\",PH1 5HA,56.3990,-3.4310,Heritable Owned,950,311600,723900\n",
        (-3.43, 56.40),
    );
    assert_eq!(
        read.facts("GC-0001", "uprn at tenure gross"),
        "uprn=906700123456 at=-3.428,56.396 tenure=Freehold gross=1800.0"
    );
    assert_eq!(read.facts("GC-0002", "tenure"), "tenure=Freehold");
}

#[test]
fn a_government_property_list_is_read() {
    let read = register(
        "Department,Property Number,Property Name,Property Address,Town,Postcode,Holding Type,Tenure,Lease Start Date,Lease Expiry Date,Earliest Break Date,Notice Period (Months),Annual Rent,NIA (m2),Workstations,Vacant,Latitude,Longitude\n\
         DWP,40012,Stuart House,Eastgate,Sale,M33 7XN,Building,Leasehold,01-Apr-18,31-Mar-33,01-Apr-28,12,\"£184,500.00\",\"1,840.25\",150,N,53.4243,-2.3200\n\
         HMCTS,40013,Law Courts,Eastgate,Sale,M33 7XP,Building,MOTO,01-Jan-20,,,6,£0.00,410,,Y,53.4250,-2.3190\n",
        SALE,
    );
    assert_eq!(
        read.facts(
            "40012",
            "tenure start expiry breaks rent usable desks occupancy at"
        ),
        "tenure=Leasehold start=2018-04-01 expiry=2033-03-31 breaks=2028-04-01 rent=184500 usable=1840.2 desks=150 occupancy=Unknown at=-2.320,53.424"
    );
    assert_eq!(
        read.facts("40013", "tenure occupancy"),
        "tenure=Licence occupancy=Vacant"
    );
    // It is said to be occupied, and nobody is listed in it.
    assert_eq!(read.says("occupier-not-listed", "*"), 1);
}

#[test]
fn a_police_and_a_fire_estate_list_are_read() {
    let police = register(
        "Force,Site Ref,Station,Address Line 1,Post Code,Tenure (F/L),Gross Internal Area sqm,Running costs pa,Backlog Maintenance £\n\
         Anyshire,S01,Sale Police Station,Tatton Road,M33 7XN,F,1020,\"£98,000\",\"£250,000\"\n\
         Anyshire,S02,Stretford Police Station,Talbot Road,M32 0UX,L,2200,\"£1.2m\",-\n",
        SALE,
    );
    assert_eq!(
        police.facts("S01", "name postcode tenure gross running backlog"),
        "name=Sale Police Station postcode=M33 7XN tenure=Freehold gross=1020.0 running=98000 backlog=250000"
    );
    assert_eq!(
        police.facts("S02", "running tenure"),
        "running=1200000 tenure=Leasehold"
    );
    assert_eq!(police.says("not-located", "*"), 2);
    let fire = register(
        "FRS_NAME,STATION_NAME,STATION_POSTCODE,STATION_EASTING,STATION_NORTHING,GIFA,PFI (Y/N)\nGMFRS,Sale,M33 7XN,378825,391994,900,N\nGMFRS,Stretford,M32 0UX,379500,394700,1100,Y\n",
        SALE,
    );
    assert_eq!(
        fire.facts("Sale", "at gross"),
        "at=-2.320,53.424 gross=900.0"
    );
}

#[test]
fn vacancy_is_believed_only_in_its_own_words() {
    let read = register(
        "Asset Ref,Asset Name,Easting,Northing,Vacant?\nA,Hall,378825,391994,TRUE\nB,Depot,378900,392100,FALSE\nC,Mill,378950,392150,\n",
        SALE,
    );
    assert_eq!(read.facts("A", "occupancy"), "occupancy=Vacant");
    assert_eq!(read.facts("B", "occupancy"), "occupancy=Unknown");
    assert_eq!(
        read.says("occupier-not-listed", "*"),
        1,
        "B is said to be in use"
    );
    assert_eq!(read.facts("C", "occupancy"), "occupancy=Unknown");
}
