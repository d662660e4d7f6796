//! Coordinate systems in well-known text, as a `.prj` or a GeoPackage words them: by the number or the name in it,
//! else by its figures.

use super::crs::Crs;
use super::projected::Projected;

/// Words that well-known text of a coordinate system begins with.
const BEGIN: [&str; 9] = [
    "PROJCS",
    "GEOGCS",
    "PROJCRS",
    "PROJECTEDCRS",
    "GEOGCRS",
    "GEODCRS",
    "COMPD_CS",
    "COMPOUNDCRS",
    "BOUNDCRS",
];

/// More is no description of a system.
const LONGEST: usize = 32 << 10;

/// Brackets within brackets; the formats have no more than eight.
const DEEPEST: usize = 32;

/// The system that a text describes; `None` where it is no well-known text.
pub(super) fn named(text: &str) -> Option<Crs> {
    let text = text.trim();
    let word = text.split(['[', '(']).next().unwrap_or_default().trim();
    let is_text =
        word.len() < text.len() && BEGIN.iter().any(|begin| word.eq_ignore_ascii_case(begin));
    if !is_text {
        return None;
    }
    let name = text.split('"').nth(1).unwrap_or_default().replace('_', " ");
    let known = |name: &str| match Crs::named(name) {
        Crs::Other(_) => None,
        known => Some(known),
    };
    // Two levels of a sea or of the ground stand beside it in a compound system, which is then taken by its figures.
    let number = number(text).filter(|_| !word.to_uppercase().starts_with("COMP"));
    let number = number.map(|number| format!("EPSG:{number}"));
    let read = number.and_then(|number| known(&number));
    let read = read
        .or_else(|| known(&name))
        .or_else(|| by_figures(&name, text));
    Some(read.unwrap_or(Crs::Other(name)))
}

/// The number in the EPSG register that stands at the very end: those within are of a datum or a unit.
fn number(text: &str) -> Option<u16> {
    let end = text.trim_end_matches([']', ')', ' ', '\r', '\n']);
    let from = end.rfind(['[', '('])?;
    let before = end.get(..from)?.trim_end().to_uppercase();
    let authority = before.ends_with("AUTHORITY") || before.ends_with("ID");
    // One bracket is its own, and one the whole.
    let closed = text
        .get(end.len()..)?
        .chars()
        .filter(|c| matches!(c, ']' | ')'))
        .count();
    let parts: Vec<&str> = end
        .get(from + 1..)?
        .split(',')
        .map(|part| part.trim().trim_matches('"'))
        .collect();
    match parts.as_slice() {
        [body, code, ..] if authority && closed == 2 && body.eq_ignore_ascii_case("EPSG") => {
            code.parse().ok()
        }
        _ => None,
    }
}

/// A system by its projection, its figures and its ellipsoid. Of old surveys these say nothing of how they lie to
/// WGS84, which may be hundreds of metres; then there is none.
fn by_figures(name: &str, text: &str) -> Option<Crs> {
    let mut depth = 0_usize;
    let deepest = text.chars().fold(0, |deepest, c| {
        match c {
            '[' | '(' => depth += 1,
            ']' | ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth.max(deepest)
    });
    if text.len() > LONGEST || deepest > DEEPEST {
        return None;
    }
    let definition = proj4wkt::wkt_to_projstring(text).ok()?;
    // Longitudes that count from Paris or Rome are no degrees of ours.
    let modern = definition.contains("+towgs84=0,0,0,0,0,0,0") && !definition.contains("+pm=");
    match definition.contains("+proj=longlat") {
        true => modern.then_some(Crs::Degrees),
        false if modern => Projected::of_definition(name, definition).map(Crs::Projected),
        false => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAD83: &str = r#"GEOGCS["GCS_North_American_1983",DATUM["D_North_American_1983",SPHEROID["GRS_1980",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]"#;

    fn illinois() -> String {
        format!(
            r#"PROJCS["NAD_1983_StatePlane_Illinois_East_FIPS_1201_Feet",{NAD83},PROJECTION["Transverse_Mercator"],PARAMETER["False_Easting",984250.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",-88.3333333333333],PARAMETER["Scale_Factor",0.999975],PARAMETER["Latitude_Of_Origin",36.6666666666667],UNIT["Foot_US",0.304800609601219]]"#
        )
    }

    fn albers() -> String {
        format!(
            r#"PROJCS["NAD_1983_Contiguous_USA_Albers",{NAD83},PROJECTION["Albers"],PARAMETER["False_Easting",0.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",-96.0],PARAMETER["Standard_Parallel_1",29.5],PARAMETER["Standard_Parallel_2",45.5],PARAMETER["Latitude_Of_Origin",23.0],UNIT["Meter",1.0]]"#
        )
    }

    #[test]
    fn grids_without_a_number_are_converted_by_their_figures() {
        // The expected numbers are PROJ's, by `gdaltransform`.
        for (text, (x, y), (lon, lat)) in [
            (
                illinois(),
                (1_175_283.049_349, 1_900_991.053_714),
                (-87.6318, 41.8837),
            ),
            (
                albers(),
                (1_065_323.815_818, 1_252_196.641_432),
                (-84.39, 33.75),
            ),
        ] {
            let system = named(&text).expect("is well-known text");
            let at = system.to_wgs84(x, y).expect("is on the map");
            assert!(
                (at.lon() - lon).abs() < 1e-6 && (at.lat() - lat).abs() < 1e-6,
                "{at:?}"
            );
        }
    }

    #[test]
    fn a_number_or_a_name_is_taken_before_the_figures_and_an_old_survey_is_known_by_these_alone() {
        let name = |text: &str| named(text).map(|system| system.name().to_owned());
        let is =
            |text: &str, system: &str| assert_eq!(name(text).as_deref(), Some(system), "{text}");
        is(NAD83, "EPSG:4326");
        is(r#"PROJCS["RD_New",GEOGCS["GCS_Amersfoort"]]"#, "EPSG:28992");
        is(
            r#"PROJCS["OSGB_1936_British_National_Grid",GEOGCS["x"]]"#,
            "EPSG:27700",
        );
        is(
            r#"PROJCS["WGS_1984_Web_Mercator_Auxiliary_Sphere",GEOGCS["x"]]"#,
            "EPSG:3857",
        );
        is(
            r#"PROJCS["SIRGAS_2000_UTM_Zone_22S",GEOGCS["x"]]"#,
            "EPSG:31982",
        );
        is(
            "PROJCS[\"of one's own\",AUTHORITY[\"EPSG\",\"2154\"]]\r\n",
            "EPSG:2154",
        );
        is(
            r#"PROJCRS["of one's own", BBOX[41.15,-9.86,51.56,10.38], ID["EPSG",2154]]"#,
            "EPSG:2154",
        );
        // That number is the unit's.
        is(
            r#"PROJCS["a grid",UNIT["metre",1,AUTHORITY["EPSG","9001"]]]"#,
            "a grid",
        );
        let old = NAD83.replace(
            "GRS_1980\",6378137.0,298.257222101",
            "Clarke_1866\",6378206.4,294.978698213898",
        );
        is(&old.replace("1983", "1927"), "GCS North American 1927");
        assert_eq!(named("EPSG:27700"), None);
        assert_eq!(named("Projection of costs [2026]"), None);
    }

    #[test]
    fn whatever_is_cut_off_nested_or_altered_some_system_or_none_is_read() {
        let text = illinois();
        for at in 0..text.len() {
            let _ = named(&text[..at]);
            for other in ["[", "]", "9", "-", "\"", ","] {
                let mut altered = text.clone();
                altered.replace_range(at..=at, other);
                if let Some(system) = named(&altered) {
                    let _ = system.to_wgs84(1e6, 1e6);
                }
            }
        }
        let _ = named(&format!("PROJCS{}", "[A".repeat(20_000)));
        for number in ["1e308", "-1e308", "0", "NaN", "1e-320"] {
            let _ = named(&text.replace("0.999975", number).replace("984250.0", number));
            let _ = named(&text.replace("298.257222101", number));
            let _ = named(&text.replace("0.304800609601219", number))
                .and_then(|system| system.to_wgs84(1e6, 1e6));
        }
    }
}
