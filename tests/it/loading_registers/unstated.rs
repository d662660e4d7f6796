//! Plain numbers that nobody names a grid for: the zones, codes and money of the place tell which they are of, and
//! else they are refused with the lines to choose from. No country is put into another.

use super::reader::{Read, place_of};

fn lines(read: &Read) -> String {
    assert!(read.is_refused(), "{:#?}", read.findings());
    let refused: Vec<String> = (read.findings().iter())
        .filter(|finding| finding.code == "crs-unsupported")
        .map(|finding| {
            let setting = finding.setting.clone().unwrap_or_default();
            format!("{} {} {setting}", finding.cause, finding.action)
        })
        .collect();
    assert!(!refused.is_empty(), "{:#?}", read.findings());
    refused.join("\n")
}

const MONEY_OF_UTRECHT: &str = "currency = \"EUR\"";
const UTRECHT: &str = "Objectnr,Naam,X,Y,BVO m2\n1,Wijkbureau,136893,455782,800\n2,Bibliotheek,136510,455977,900\n3,Loods,136600,455600,300\n";

#[test]
fn plain_numbers_of_other_countries_are_refused_with_the_grids_of_their_money() {
    let zones =
        "code,naam,population,X,Y\nBU1,Een,1500,137099,455781\nBU2,Twee,1501,136333,456172\n";
    let euro = lines(&place_of(MONEY_OF_UTRECHT, zones, UTRECHT));
    assert!(euro.contains("`crs = \"EPSG:28992\"`"), "{euro}");
    assert!(!euro.contains("27700") && !euro.contains("2039"), "{euro}");
    let dollar = lines(&place_of("currency = \"USD\"", zones, UTRECHT));
    assert!(
        !dollar.contains("27700") && !dollar.contains("28992"),
        "{dollar}"
    );
    let unsaid = lines(&place_of("", zones, UTRECHT));
    assert!(
        unsaid.contains("27700") && unsaid.contains("28992"),
        "{unsaid}"
    );
}

#[test]
fn of_the_grids_that_numbers_fit_the_one_that_puts_them_among_the_zones_is_meant() {
    let zones = "code,population,lon,lat\nBU1,1500,5.12,52.09\nBU2,1501,5.11,52.10\n";
    let read = place_of(MONEY_OF_UTRECHT, zones, UTRECHT);
    assert_eq!(read.facts("1", "at"), "at=5.123,52.090");
    let assumed = read.finding("crs-assumed");
    assert!(
        assumed.cause.contains("among the zones")
            && assumed.setting.as_deref() == Some("crs = \"EPSG:28992\""),
        "{assumed:?}"
    );
    // The same numbers where the zones are in Britain.
    let irish_sea = "code,population,lon,lat\nA,1500,-5.86,53.96\nB,1501,-5.85,53.97\n";
    let read = place_of("", irish_sea, UTRECHT);
    assert_eq!(read.facts("1", "at"), "at=-6.010,53.931");
}

#[test]
fn a_register_follows_the_irish_zones_of_its_place() {
    let zones = "DZ2021_cd,X,Y,All usual residents\nN20000000,334224,374066,400\nN20000001,333489,374433,401\n";
    let read = place_of(
        "",
        zones,
        "Asset Ref,Asset Name,X,Y,GIA (sqm)\n1,Centre,334030,374060,500\n2,Depot,333662,374244,501\n",
    );
    assert_eq!(read.zone("N20000000"), "-5.924,54.597");
    assert_eq!(read.facts("1", "at"), "at=-5.927,54.597");
}

#[test]
fn a_grid_that_only_the_register_of_systems_knows_is_proposed_by_the_zones() {
    let zones = "code,population,lon,lat\nA,1500,-3.70,40.41\nB,1501,-3.69,40.42\n";
    let madrid = "Id,Edificio,COORDENADA X (UTM),COORDENADA Y (UTM)\n1,Biblioteca,440290,4474257\n2,Archivo,440390,4474357\n";
    let said = lines(&place_of("currency = \"EUR\"", zones, madrid));
    assert!(
        said.contains("EPSG:25830") && !said.contains("EPSG:2100"),
        "{said}"
    );
    let zones = "code,population,lon,lat\nA,1500,-87.63,41.88\nB,1501,-87.62,41.87\n";
    let chicago = "ID,Name,X,Y\n1,Hall,1174000,1900000\n2,Library,1175000,1901000\n";
    let said = lines(&place_of("currency = \"USD\"", zones, chicago));
    assert!(
        said.contains("EPSG:3435") && !said.contains("EPSG:27572"),
        "{said}"
    );
}

#[test]
fn an_x_that_points_north_is_seen_by_the_zones() {
    let zones = "code,population,lon,lat\nA,1500,19.94,50.06\nB,1501,19.93,50.07\n";
    let krakow = "Nr,Nazwa,X,Y\n1,Biuro,244063,567477\n2,Szkola,244252,567074\n";
    let read = place_of("currency = \"PLN\"", zones, krakow);
    assert_eq!(read.facts("Biuro", "at"), "at=19.943,50.060");
    assert_eq!(read.says("swapped-columns", "X;Y"), 1);
}

#[test]
fn british_numbers_need_no_line_where_codes_names_or_money_speak_for_britain() {
    let zones =
        "LSOA21CD,population,X,Y\nE01005278,1500,378825,391994\nE01005279,1501,378900,392100\n";
    let register = "ID,Name,X,Y\n1,Hall,378825,391994\n2,Depot,378900,392100\n";
    let read = place_of("", zones, register);
    assert_eq!(read.facts("1", "at"), "at=-2.320,53.424");
    assert_eq!(read.zone("E01005278"), "-2.320,53.424");
    let own = "zone,population,X,Y\nZ1,1500,378825,391994\nZ2,1501,378900,392100\n";
    assert_eq!(
        place_of("currency = \"GBP\"", own, register).zone("Z1"),
        "-2.320,53.424"
    );
    let named = own.replace("X,Y", "Easting,Northing");
    assert_eq!(place_of("", &named, register).zone("Z1"), "-2.320,53.424");
    lines(&place_of("currency = \"EUR\"", &named, register));
    lines(&place_of("", own, register));
}

const NORWICH: &str = "zone_id,population,lon,lat\nZ1,100,1.29,52.63\n";

#[test]
fn a_place_without_any_placed_building_is_an_error_that_names_the_columns_and_a_table_of_postcodes()
{
    let read = place_of(
        "",
        NORWICH,
        "Asset ID,Asset Name,Postcode,Site pos. east-west X (ft),Site pos. north-south Y (ft),Phone\n1,Hall,NR1 1AA,a,b,01\n2,Depot,NR1 1AB,c,d,02\n",
    );
    assert!(read.is_refused());
    let error = read.finding("nothing-located");
    assert!(
        error.cause.contains("`Site pos. east-west X (ft)`") && !error.cause.contains("Phone"),
        "{error:?}"
    );
    assert!(
        error.action.contains("[[postcodes]]") && error.action.contains("`Postcode`"),
        "{error:?}"
    );
    let missing = read.finding("columns-missing");
    assert!(
        missing.cause.contains("lon, lat") && missing.action.contains("[[postcodes]]"),
        "{missing:?}"
    );
    assert_eq!(read.says("columns-unused", "*"), 0);
}

#[test]
fn where_one_coordinate_is_known_the_other_is_what_is_missing() {
    let read = place_of(
        "",
        NORWICH,
        "Asset ID,Asset Name,Northing,Across\n1,Hall,308500,623100\n2,Depot,308600,623200\n",
    );
    let missing = read.finding("columns-missing");
    assert!(
        missing.cause.contains("recognised for easting,"),
        "{missing:?}"
    );
}
