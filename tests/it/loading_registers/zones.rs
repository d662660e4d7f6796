//! Zone tables as statistics offices write them.

use oneroof::load::{LoadError, LoadOptions, Loaded, load};
use tempfile::TempDir;

struct Zones {
    loaded: Result<Loaded, LoadError>,
}

/// Loads a place with this table of zones; `block` stands under `[[zones]]`, `tables` beside it.
fn zones(file: &str, text: &str, block: &str, tables: &[(&str, &str)]) -> Zones {
    let folder = TempDir::new().expect("a temporary folder");
    let place = format!(
        "[place]\nname = \"Town\"\nbase_date = 2026-04-01\n\n\
         [[agency]]\nid = \"council\"\n\n\
         [[service]]\nid = \"library\"\ncounter = true\nagency = \"council\"\n\n\
         [[zones]]\nfile = \"{file}\"\n{block}\n"
    );
    let files = [(file, text), ("place.toml", place.as_str())];
    for (name, content) in files.iter().chain(tables) {
        std::fs::write(folder.path().join(name), content).expect("a temporary file");
    }
    Zones {
        loaded: load(folder.path(), &LoadOptions::default()),
    }
}

impl Zones {
    /// Id, place, population and demand of every zone.
    fn all(&self) -> Vec<String> {
        let loaded = match &self.loaded {
            Ok(loaded) => loaded,
            Err(error) => panic!("{error}"),
        };
        loaded
            .place
            .zones
            .iter()
            .map(|zone| {
                format!(
                    "{} {} {:.2},{:.2} {} {}",
                    zone.id,
                    zone.name,
                    zone.point.lon(),
                    zone.point.lat(),
                    zone.population.get(),
                    zone.demand.first().map_or(0.0, |people| people.get())
                )
            })
            .collect()
    }
}

const LSOAS: &str = "LSOA21CD,LSOA21NM,BNG_E,BNG_N,LONG,LAT\n\
                     E01006012,Trafford 001A,378825,391994,-2.320,53.424\n\
                     E01006013,Trafford 001B,379500,394700,-2.310,53.449\n";

#[test]
fn population_by_sex_and_single_year_below_a_title_is_added_up() {
    let ages = "Mid-2022 population estimates,,,,,,,,,\n,,,,,,,,,\n\
                LAD 2021 Code,LAD 2021 Name,LSOA 2021 Code,LSOA 2021 Name,Total,F0,F1,F2,M0,M1,M2\n\
                E08000009,Trafford,E01006012,Trafford 001A,60,5,6,7,8,9,25\n\
                E08000009,Trafford,E01006013,Trafford 001B,21,1,2,3,4,5,6\n";
    let read = zones(
        "lsoa.csv",
        LSOAS,
        "demand = { library = \"0..1\" }\n[[zones.join]]\nfile = \"ages.csv\"\ncolumns = { population = \"Total\" }\n",
        &[("ages.csv", ages)],
    );
    assert_eq!(
        read.all(),
        [
            "E01006012 Trafford 001A -2.32,53.42 60 28",
            "E01006013 Trafford 001B -2.31,53.45 21 12"
        ]
    );
}

#[test]
fn a_census_table_of_categories_in_rows_is_turned() {
    let cars = "Lower layer Super Output Areas Code,Lower layer Super Output Areas,Car or van availability (5 categories) Code,Car or van availability (5 categories),Observation\n\
                E01006012,Trafford 001A,0,No cars or vans in household,120\n\
                E01006012,Trafford 001A,1,1 car or van in household,300\n\
                E01006013,Trafford 001B,0,No cars or vans in household,80\n\
                E01006013,Trafford 001B,1,1 car or van in household,200\n";
    let read = zones(
        "lsoa.csv",
        LSOAS,
        "demand = { library = \"no_car\" }\n[[zones.join]]\nfile = \"cars.csv\"\npivot = { column = \"Car or van availability (5 categories)\", value = \"Observation\" }\ncolumns = { no_car = \"No cars or vans in household\" }\n",
        &[("cars.csv", cars)],
    );
    assert_eq!(
        read.all(),
        [
            "E01006012 Trafford 001A -2.32,53.42 0 120",
            "E01006013 Trafford 001B -2.31,53.45 0 80"
        ]
    );
    // Households are not people.
    let told = |loaded: &Loaded| {
        loaded
            .findings
            .iter()
            .any(|one| one.code == "people-unknown")
    };
    assert!(read.loaded.as_ref().is_ok_and(told));
}

#[test]
fn a_query_with_titles_and_mnemonics_is_joined() {
    let text = "\"TS001 - Number of usual residents\"\n\"ONS Crown Copyright Reserved\"\n\n\"2021 super output area - lower layer\",\"mnemonic\",\"Total\"\n\"E01006012 : Trafford 001A\",\"E01006012\",\"1,520\"\n\"E01006013 : Trafford 001B\",\"E01006013\",\"1,480\"\n\nIn order to protect against disclosure, records have been swapped.\n";
    let read = zones(
        "lsoa.csv",
        LSOAS,
        "demand = { library = \"Total\" }\n[[zones.join]]\nfile = \"ts001.csv\"\ncolumns = { population = \"Total\" }\n",
        &[("ts001.csv", text)],
    );
    assert_eq!(
        read.all(),
        [
            "E01006012 Trafford 001A -2.32,53.42 1520 1520",
            "E01006013 Trafford 001B -2.31,53.45 1480 1480"
        ]
    );
}

#[test]
fn scottish_data_zones_with_one_row_for_each_sex_are_filtered() {
    let text = "Data Zone Code,Data Zone Name,Council Area,Sex,Total Population,Age 0,Age 1,Age 90 and over,Easting,Northing\n\
                S01006506,Culter - 01,Aberdeen City,All,890,10,12,5,383300,800900\n\
                S01006506,Culter - 01,Aberdeen City,Female,450,5,6,3,383300,800900\n\
                S01006507,Culter - 02,Aberdeen City,All,790,8,9,4,383900,801300\n\
                S01006507,Culter - 02,Aberdeen City,Female,400,4,4,2,383900,801300\n";
    let read = zones(
        "dz.csv",
        text,
        "where = { Sex = \"All\" }\ndemand = { library = \"0..1\" }\n",
        &[],
    );
    assert_eq!(
        read.all(),
        [
            "S01006506 Culter - 01 -2.28,57.10 890 22",
            "S01006507 Culter - 02 -2.27,57.10 790 17"
        ]
    );
}

#[test]
fn northern_irish_data_zones_are_placed_by_the_irish_grid() {
    let text = "DZ2021_code,DZ2021_name,X,Y,All usual residents\nN20000001,Antrim_A1,315100,386800,300\nN20000002,Antrim_A2,315300,386900,310\n";
    let older = "SOA2001,SOA2001name,Total population (mid-2015),Easting,Northing\n95AA01S1,Aldergrove 1,1784,313000,381000\n95AA01S2,Aldergrove 2,1694,314000,381500\n";
    let read = zones("soa.csv", older, "", &[]);
    assert_eq!(read.all()[0], "95AA01S1 Aldergrove 1 -6.25,54.66 1784 1784");
    let read = zones("dz.csv", text, "", &[]);
    assert_eq!(
        read.all(),
        [
            "N20000001 Antrim_A1 -6.21,54.72 300 300",
            "N20000002 Antrim_A2 -6.21,54.72 310 310"
        ]
    );
}

#[test]
fn cells_of_a_census_grid_are_placed_by_the_system_their_codes_name() {
    let german = "GITTER_ID_1km;x_mp_1km;y_mp_1km;Einwohner\nCRS3035RES1000mN3274000E4550000;4550500;3274500;12431\nCRS3035RES1000mN3274000E4551000;4551500;3274500;9876\n";
    let read = zones("zensus.csv", german, "", &[]);
    assert_eq!(
        read.all(),
        [
            "CRS3035RES1000mN3274000E4550000 CRS3035RES1000mN3274000E4550000 13.38,52.53 12431 12431",
            "CRS3035RES1000mN3274000E4551000 CRS3035RES1000mN3274000E4551000 13.40,52.53 9876 9876"
        ]
    );
    let dutch = "crs28992res500m,aantal_inwoners,x,y\nE1215N4870,1250,121750,487250\nE1225N4870,890,122750,487250\n";
    let read = zones("vierkanten.csv", dutch, "", &[]);
    assert_eq!(
        read.all(),
        [
            "E1215N4870 E1215N4870 4.90,52.37 1250 1250",
            "E1225N4870 E1225N4870 4.91,52.37 890 890"
        ]
    );
}

#[test]
fn zones_of_several_statistical_offices_are_known_by_their_codes() {
    for (text, first) in [
        (
            "2021 Statistical Area Level 2  (SA2) 9-Digit Code,2021 Statistical Area Level 2 (SA2) Name ,IRSD Score,Usual Resident Population,Longitude,Latitude\n101021007,Braidwood,1024,4343,149.7930,-35.4560\n,,,,,\n\u{a9} Commonwealth of Australia 2023,,,,,\n",
            "101021007 Braidwood 149.79,-35.46 4343 4343",
        ),
        (
            "SA12018_code,NZDep2018,NZDep2018_Score,URPopnSA1_2018,SA22018_name,X_NZTM,Y_NZTM\n7000000,10,1245,141,North Cape,1597000,6172000\n",
            "7000000 North Cape 172.97,-34.59 141 141",
        ),
        (
            "CUSEC;NMUN;Poblacion;X_CENTROIDE_UTM_ETRS89_H30;Y_CENTROIDE_UTM_ETRS89_H30\n3727401001;Salamanca;1.254;275600,5;4539200,7\n",
            "3727401001 Salamanca -5.67,40.97 1254 1254",
        ),
    ] {
        let read = zones("zones.csv", text, "", &[]);
        assert_eq!(read.all(), [first]);
    }
}

#[test]
fn french_iris_with_semicolons_and_decimals_of_people_are_read() {
    let text = "CODE_IRIS;LIBIRIS;Longitude;Latitude;P20_POP\n372610101;Centre;0,6890;47,3900;1 852,37\n372610102;Gare;0,6950;47,3895;2 104\n";
    let read = zones(
        "iris.csv",
        text,
        "demand = { library = \"P20_POP\" }\n",
        &[],
    );
    assert_eq!(
        read.all(),
        [
            "372610101 Centre 0.69,47.39 1852.37 1852.37",
            "372610102 Gare 0.69,47.39 2104 2104"
        ]
    );
}

#[test]
fn american_block_groups_with_signs_before_degrees_are_read() {
    let text = "GEOID20,NAMELSAD20,ALAND20,INTPTLAT20,INTPTLON20,TotalPop\n060750101001,Block Group 1,123,+37.8059370,-122.4092000,1500\n060750101002,Block Group 2,456,+37.8045000,-122.4101000,900\n";
    let read = zones("bg.csv", text, "", &[]);
    assert_eq!(
        read.all(),
        [
            "060750101001 Block Group 1 -122.41,37.81 1500 1500",
            "060750101002 Block Group 2 -122.41,37.80 900 900"
        ]
    );
}

#[test]
fn brazilian_sectors_in_sirgas_degrees_are_read() {
    let text = r#"{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::4674"}},"features":[
        {"type":"Feature","properties":{"CD_SETOR":"431490205000001","NM_MUN":"Porto Alegre","v0001":812},"geometry":{"type":"Polygon","coordinates":[[[-51.23,-30.04],[-51.22,-30.04],[-51.22,-30.03],[-51.23,-30.03],[-51.23,-30.04]]]}}]}"#;
    let read = zones(
        "setores.geojson",
        text,
        "demand = { library = \"v0001\" }\n",
        &[],
    );
    assert_eq!(
        read.all(),
        ["431490205000001 431490205000001 -51.23,-30.03 0 812"]
    );
}

#[test]
fn a_hexagon_grid_with_weights_is_read() {
    let text = "h3_index,lat,lng,population\n89195da4923ffff,53.4245,-2.3200,88.5\n89195da4927ffff,53.4260,-2.3170,41\n";
    let read = zones("hex.csv", text, "", &[]);
    assert_eq!(
        read.all(),
        [
            "89195da4923ffff 89195da4923ffff -2.32,53.42 88.5 88.5",
            "89195da4927ffff 89195da4927ffff -2.32,53.43 41 41"
        ]
    );
}

#[test]
fn negative_and_endless_populations_count_nobody_and_are_named() {
    let text =
        "zone_id,lon,lat,population\nA,-2.32,53.42,-5\nB,-2.31,53.43,1e999\nC,-2.30,53.44,100\n";
    let read = zones("z.csv", text, "", &[]);
    assert_eq!(
        read.all(),
        [
            "A A -2.32,53.42 0 0",
            "B B -2.31,53.43 0 0",
            "C C -2.30,53.44 100 100"
        ]
    );
    let findings = match &read.loaded {
        Ok(loaded) => &loaded.findings,
        Err(error) => panic!("{error}"),
    };
    // Population and demand use the same column: each zone is one gap of it.
    let gaps: Vec<_> = findings
        .iter()
        .filter(|f| f.code == "zone-value-missing")
        .map(|f| (f.column.as_deref(), f.cause.as_str()))
        .collect();
    assert_eq!(
        gaps,
        [(Some("population"), "2 zones have no number here")],
        "{findings:#?}"
    );
}

#[test]
fn people_written_with_thousands_dots_are_thousands_where_the_table_has_decimal_commas() {
    let zones = zones(
        "bezirke.csv",
        "zone_id;name;lat;lon;population\nB1;Nord;50,1231;9,4512;8.420\nB2;Mitte;50,1102;9,4401;5.310\n",
        "demand = { library = \"population\" }",
        &[],
    );
    assert_eq!(
        zones.all(),
        [
            "B1 Nord 9.45,50.12 8420 8420",
            "B2 Mitte 9.44,50.11 5310 5310"
        ]
    );
}

#[test]
fn people_are_not_counted_in_thousandths() {
    let zones = zones(
        "zones.csv",
        "zone_id,lon,lat,population,over_65,share\nZ1,-2.32101,53.42101,6.200,1.100,12.500\nZ2,-2.32202,53.42203,3.900,1.200,14.250\nZ3,-2.32301,53.42301,600,90,9.125\n",
        "groups = { over_65 = { column = \"over_65\", of = \"population\" } }\nmeasures = { share = \"share\" }\n",
        &[],
    );
    let loaded = zones.loaded.as_ref().expect("it loads");
    let first = &loaded.place.zones[0];
    assert_eq!(first.population.get(), 6200.0);
    assert!((first.groups["over_65"] - 1100.0 / 6200.0).abs() < 1e-12);
    assert_eq!(first.measures["share"], 12.5);
    let told = loaded
        .findings
        .iter()
        .filter(|one| one.code == "thousands-points");
    let mut told: Vec<Option<&str>> = told.map(|one| one.column.as_deref()).collect();
    told.sort_unstable();
    assert_eq!(told, [Some("over_65"), Some("population")]);
}

#[test]
fn shares_that_add_up_to_a_little_more_than_one_are_no_percentages() {
    let text = "zone_id,lon,lat,population,renting,owning\nA,-2.32,53.42,10,0.8,0.1\nB,-2.31,53.43,10,0.7,0.3000001\n";
    let block = "groups = { housed = { column = [\"renting\", \"owning\"] } }\n";
    let read = zones("z.csv", text, block, &[]);
    let loaded = read.loaded.expect("it loads");
    let housed = |at: usize| loaded.place.zones[at].groups["housed"];
    assert!((housed(0) - 0.9).abs() < 1e-9, "{}", housed(0));
    assert!((housed(1) - 1.0).abs() < 1e-9, "{}", housed(1));
}

const LEEDS: &str = "zone_id,lon,lat\nZ1,-1.55,53.80\nZ2,-1.56,53.81\n";
const JOINED: &str = "columns = { }\n[[zones.join]]\nfile = \"people.csv\"\n";

#[test]
fn of_rows_by_sex_those_of_everybody_are_used_or_the_rows_are_asked_for() {
    let people = "zone_id,Sex,Population\nZ1,Females,60\nZ1,Males,40\nZ1,Persons,100\n\
                  Z2,Females,110\nZ2,Males,90\nZ2,Persons,200\n";
    let block = JOINED.replace("columns = { }\n", "");
    let read = zones("z.csv", LEEDS, &block, &[("people.csv", people)]);
    assert_eq!(
        read.all(),
        ["Z1 Z1 -1.55,53.80 100 100", "Z2 Z2 -1.56,53.81 200 200"]
    );
    let people =
        "zone_id,Sex,Population\nZ1,Females,60\nZ1,Males,40\nZ2,Females,110\nZ2,Males,90\n";
    let read = zones("z.csv", LEEDS, &block, &[("people.csv", people)]);
    let error = read.loaded.expect_err("an error");
    assert!(
        error
            .findings
            .iter()
            .any(|found| found.code == "join-row-repeated" && found.setting.is_some()),
        "{error}"
    );
}

#[test]
fn people_are_those_of_the_latest_year_that_is_no_projection() {
    let text = "zone_id,lon,lat,Population 2011,Population 2021,Population 2043 (projected)\n\
                Z1,-1.55,53.80,90,100,300\nZ2,-1.56,53.81,190,200,400\n";
    let read = zones("z.csv", text, "", &[]);
    assert_eq!(
        read.all(),
        ["Z1 Z1 -1.55,53.80 100 100", "Z2 Z2 -1.56,53.81 200 200"]
    );
}

#[test]
fn zones_are_called_by_what_tells_them_apart_and_codes_meet_with_and_without_their_level() {
    let text = "GEOID,NAME,NAMELSAD,lon,lat\n55025000100,1,Census Tract 1,-89.40,43.07\n\
                55025000201,2.01,Census Tract 2.01,-89.41,43.08\n";
    let people = "GEO_ID,population\n1400000US55025000100,100\n1400000US55025000201,200\n";
    let block = JOINED.replace("columns = { }\n", "");
    let read = zones("z.csv", text, &block, &[("people.csv", people)]);
    assert_eq!(
        read.all(),
        [
            "55025000100 Census Tract 1 -89.40,43.07 100 100",
            "55025000201 Census Tract 2.01 -89.41,43.08 200 200"
        ]
    );
    let text = "zone_id,nom_commune,nom_iris,lon,lat,population\nA,Figeac,Nord,2.03,44.60,1\n\
                B,Figeac,Sud,2.04,44.61,2\nC,Figeac,Est,2.05,44.62,3\nD,Figeac,Ouest,2.02,44.61,4\n";
    let read = zones("z.csv", text, "", &[]);
    assert!(
        read.all().iter().any(|zone| zone.starts_with("A Nord ")),
        "{:?}",
        read.all()
    );
}
