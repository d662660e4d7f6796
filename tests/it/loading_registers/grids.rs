//! Coordinate systems that nobody names: read where only one can be meant, refused with the lines to choose
//! from where another country's grid would be misplaced.

use super::reader::{Read, register, register_with};

fn refused(read: &Read, part: &str) {
    assert!(
        read.is_refused(),
        "it was placed somewhere: {:#?}",
        read.findings()
    );
    let finding = read.finding("crs-unsupported");
    assert!(
        finding.cause.contains(part) && finding.column.is_some(),
        "{finding:?}"
    );
    // No setting makes longitudes of metres.
    let degrees = |line: &String| line.contains("4326");
    assert!(
        !finding.setting.as_ref().is_some_and(degrees),
        "{finding:?}"
    );
}

fn assumed(read: &Read, code: &str) {
    let finding = read.finding("crs-assumed");
    let line = format!("crs = \"EPSG:{code}\"");
    assert_eq!(finding.setting.as_deref(), Some(&*line), "{finding:?}");
}

#[test]
fn irish_grid_beside_northern_irish_postcodes_is_put_in_ireland_not_in_england() {
    let read = register(
        "Asset ID,Asset Name,Postcode,Easting,Northing\n1,City Hall,BT1 5GS,333800,374000\n2,Library,BT1 1EA,333700,374800\n3,Depot,BT12 6HR,332500,373200\n",
        (-5.93, 54.60),
    );
    assert_eq!(read.facts("1", "at"), "at=-5.931,54.597");
    assumed(&read, "29903");
}

#[test]
fn irish_transverse_mercator_is_read_by_its_name_and_beside_irish_postcodes() {
    let named = register(
        "ID,Name,ITM_X,ITM_Y\n1,Civic Office,715830,734697\n2,Library,715900,734800\n",
        (-6.27, 53.35),
    );
    assert_eq!(named.facts("1", "at"), "at=-6.260,53.350");
    let beside = register(
        "ID,Name,Eircode,X,Y\n1,Civic Office,D08 RF3F,715830,734697\n2,Library,D01 F5P2,715900,734800\n",
        (-6.27, 53.35),
    );
    assert_eq!(beside.facts("1", "at"), "at=-6.260,53.350");
    assumed(&beside, "2157");
    let north_west = register(
        "ID,Name,Postcode,X,Y\n1,Guildhall,BT48 6DQ,643500,916900\n2,Library,BT48 6AL,643400,916800\n",
        (-7.32, 55.0),
    );
    assert_eq!(north_west.facts("1", "at"), "at=-7.320,54.998");
}

#[test]
fn lambert_93_is_read_by_its_name_or_where_it_lies_among_the_zones() {
    let named = register(
        "Identifiant;Nom;Code_INSEE;X_L93;Y_L93\n1;Mairie;37261;525900,12;6701300,4\n2;Annexe;37261;526100,0;6701900,0\n",
        (0.69, 47.39),
    );
    assert_eq!(named.facts("1", "at"), "at=0.692,47.389");
    assumed(&named, "2154");
    let by_range = register(
        "Identifiant;Nom;Code_INSEE;X;Y\n1;Mairie;37261;525900,12;6701300,4\n2;Annexe;37261;526100,0;6701900,0\n",
        (0.69, 47.39),
    );
    assert_eq!(by_range.facts("1", "at"), "at=0.692,47.389");
    assumed(&by_range, "2154");
    let east = register(
        "Identifiant;Nom;X;Y\n1;Mairie;1043000;6300000\n2;Annexe;1043500;6300400\n",
        (7.26, 43.70),
    );
    assumed(&east, "2154");
    let stated = register_with(
        "register.csv",
        "Identifiant;Nom;X;Y\n1;Mairie;1043000;6300000\n2;Annexe;1043500;6300400\n",
        (7.26, 43.70),
        "crs = \"EPSG:2154\"",
    );
    assert_eq!(stated.facts("1", "at"), "at=7.257,43.716");
}

#[test]
fn german_swiss_and_dutch_grids_are_read_where_their_columns_or_postcodes_say_so() {
    let german = register(
        "Objekt;Rechtswert;Hochwert\nRathaus;4593000;5820000\nArchiv;4593500;5820500\n",
        (13.4, 52.5),
    );
    assert_eq!(german.facts("Rathaus", "at"), "at=13.368,52.505");
    let zone = register(
        "Objekt;Ostwert;Nordwert\nRathaus;32565000;5933000\nArchiv;32565500;5933500\n",
        (10.0, 53.55),
    );
    assert_eq!(zone.facts("Rathaus", "at"), "at=9.981,53.542");
    let no_zone = register(
        "Objekt;Ostwert;Nordwert\nRathaus;565000;5933000\nArchiv;565500;5933500\n",
        (10.0, 53.55),
    );
    refused(&no_zone, "UTM");
    let swiss = register(
        "ID,Name,X,Y\n1,Rathaus,2600500,1199700\n2,Archiv,2600900,1199900\n",
        (7.44, 46.95),
    );
    assert_eq!(swiss.facts("1", "at"), "at=7.445,46.948");
    assumed(&swiss, "2056");
    let dutch = register(
        "ID,Naam,Postcode,X,Y\n1,Stadhuis,1011 PN,121900,486700\n2,Bibliotheek,1011 DL,122600,487100\n",
        (4.90, 52.37),
    );
    assert_eq!(dutch.facts("1", "at"), "at=4.901,52.367");
    assumed(&dutch, "28992");
}

#[test]
fn a_zone_of_utm_is_read_where_the_heading_names_it() {
    let read = register(
        "Código;Edificio;X_UTM_ETRS89_H30;Y_UTM_ETRS89_H30\nE1;Biblioteca;440290,50;4474257,10\nE2;Archivo;440390,50;4474357,10\n",
        (-3.70, 40.42),
    );
    assert_eq!(read.facts("E1", "at"), "at=-3.704,40.417");
    assumed(&read, "25830");
}

#[test]
fn a_grid_beside_longitudes_and_latitudes_is_what_is_stated_or_called_and_not_the_british_one() {
    let rows = "1,Mairie,2.3522,48.8566,652469,6862035\n2,Annexe,,,652569,6862135\n";
    let called = register(
        &format!("id,nom,longitude,latitude,x_l93,y_l93\n{rows}"),
        (2.35, 48.86),
    );
    assert_eq!(called.facts("1", "at"), "at=2.352,48.857");
    assert_eq!(called.facts("2", "at"), "at=2.354,48.858");
    let stated = register_with(
        "register.csv",
        format!("id,nom,longitude,latitude,x,y\n{rows}"),
        (2.35, 48.86),
        "crs = \"EPSG:2154\"",
    );
    assert_eq!(stated.facts("1", "at"), "at=2.352,48.857");
    assert_eq!(stated.facts("2", "at"), "at=2.354,48.858");
}

#[test]
fn a_grid_named_in_the_header_decides_and_a_stated_one_wins() {
    let bng = register(
        "ID,Name,BNG_X,BNG_Y\n1,Hall,378825,391994\n2,Depot,378900,392100\n",
        (-2.32, 53.42),
    );
    assert_eq!(bng.facts("1", "at"), "at=-2.320,53.424");
    let stated = register_with(
        "register.csv",
        "ID,Name,Postcode,X,Y\n1,Hall,BT1 5GS,378825,391994\n2,Depot,BT1 5GT,378900,392100\n",
        (-2.32, 53.42),
        "crs = \"EPSG:27700\"",
    );
    assert_eq!(stated.facts("1", "at"), "at=-2.320,53.424");
}

#[test]
fn an_arcgis_export_in_web_mercator_is_converted_and_asked_about() {
    let read = register(
        "\u{feff}X,Y,OBJECTID,ASSET_NAME,ASSET_ID,GlobalID,SHAPE_Length,SHAPE_Area\n-258258.12,7058300.5,1,Hall,A1,{9F3C},120.5,900.1\n-258300.0,7058400.0,2,Depot,A2,{9F3D},80,400\n",
        (-2.32, 53.42),
    );
    assert_eq!(read.facts("A1", "at"), "at=-2.320,53.405");
    let assumed = read.finding("crs-assumed");
    assert!(
        assumed.cause.contains("3857") && assumed.setting.is_some(),
        "{assumed:?}"
    );
}

#[test]
fn an_arcgis_export_in_degrees_is_read_without_a_question() {
    let read = register(
        "X,Y,FID,NAME\n-2.32,53.4245,1,Hall\n-2.319,53.425,2,Depot\n",
        (-2.32, 53.42),
    );
    assert_eq!(read.facts("Hall", "at"), "at=-2.320,53.425");
    assert_eq!(read.says("crs-assumed", "*"), 0);
}

#[test]
fn exchanged_columns_are_seen_by_the_zones_and_another_place_is_an_error() {
    let read = register(
        "ID,Name,lat,lon\n1,Hall,-2.32,53.4245\n2,Depot,-2.319,53.425\n3,Mill,-2.318,53.424\n",
        (-2.32, 53.42),
    );
    assert_eq!(read.facts("1", "at"), "at=-2.320,53.425");
    assert_eq!(read.says("swapped-columns", "lon;lat"), 1);
    let read = register(
        "ID,Name,lat,lon\n1,Hall,48.85,2.35\n2,Depot,48.86,2.36\n3,Mill,48.87,2.34\n",
        (-2.32, 53.42),
    );
    assert!(read.is_refused());
    let cause = &read.finding("table-elsewhere").cause;
    assert!(
        cause.contains("km") && cause.contains("read in EPSG:4326"),
        "{cause}"
    );
}

#[test]
fn a_utm_zone_is_put_north_or_south_by_its_numbers_or_refused_with_both_lines() {
    let granada = register(
        "Código;Edificio;X UTM 30S;Y UTM 30S\nE1;Biblioteca;447000;4114000\nE2;Archivo;447100;4114100\n",
        (-3.60, 37.18),
    );
    assert_eq!(granada.facts("E1", "at"), "at=-3.597,37.171");
    assumed(&granada, "32630");
    let chile = "Código;Edificio;UTM 19 Este;UTM 19 Norte\nE1;Biblioteca;346800;6297000\nE2;Archivo;346900;6297100\n";
    let asked = register(chile, (-70.65, -33.45));
    refused(&asked, "EPSG:32719");
    refused(&asked, "EPSG:32619");
    let stated = register_with(
        "register.csv",
        chile,
        (-70.65, -33.45),
        "crs = \"EPSG:32719\"",
    );
    assert_eq!(stated.facts("E1", "at"), "at=-70.648,-33.455");
}

#[test]
fn a_utm_zone_of_an_old_datum_is_refused_by_name() {
    for name in ["NAD_1927_UTM_Zone_17N", "Minna / UTM 31N", "UTM 30S"] {
        let read = register_with(
            "register.csv",
            "ID,Name,X,Y\n1,Hall,630000,4833000\n2,Office,630100,4833100\n",
            (-79.39, 43.64),
            &format!("crs = \"{name}\""),
        );
        refused(&read, name);
    }
}
