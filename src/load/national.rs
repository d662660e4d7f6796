//! The grids that countries draw their maps in: what people call them, and the numbers a place has in them.

use super::normalise;
use super::projected::Projected;

/// A grid by the words in the names of its columns and the range of its numbers.
pub(super) struct National {
    /// Its name for people.
    pub(super) name: &'static str,
    pub(super) code: u16,
    words: &'static [&'static str],
    x: (f64, f64),
    y: (f64, f64),
}

const fn grid(
    code: u16,
    name: &'static str,
    words: &'static [&'static str],
    x: (f64, f64),
    y: (f64, f64),
) -> National {
    National {
        name,
        code,
        words,
        x,
        y,
    }
}

/// What the columns of a strip of Gauß-Krüger are called.
const STRIPS: &[&str] = &["gk", "gauss", "gausskruger", "rechtswert", "hochwert"];
/// What the columns of a UTM zone with its number in front are called.
const PREFIXED: &[&str] = &["ostwert", "nordwert", "rechtswert", "hochwert", "utm"];
/// What the columns of Italy's old grid are called.
const BOAGA: &[&str] = &["gaussboaga", "boaga", "montemario", "roma40"];

/// The grids we tell apart.
const GRIDS: [National; 34] = [
    grid(
        29903,
        "Irish Grid",
        &["irishgrid", "irish", "ig", "ing", "tm65", "tm75"],
        (0.0, 4.2e5),
        (0.0, 4.8e5),
    ),
    grid(
        2157,
        "Irish Transverse Mercator",
        &["itm", "irish"],
        (4.0e5, 8.3e5),
        (5.0e5, 1.0e6),
    ),
    grid(
        2039,
        "the Israeli grid",
        &["itm"],
        (1.0e5, 3.0e5),
        (3.4e5, 8.2e5),
    ),
    grid(
        2154,
        "RGF93 / Lambert-93",
        &["l93", "lambert93", "rgf93", "lambert"],
        (0.0, 1.3e6),
        (6.0e6, 7.2e6),
    ),
    grid(
        27572,
        "Lambert II étendu",
        &["lambert", "lambert2", "l2e", "lambertii"],
        (0.0, 1.3e6),
        (1.6e6, 2.7e6),
    ),
    grid(
        31370,
        "Belgian Lambert 72",
        &["lambert", "lambert72", "l72"],
        (1.4e4, 3.1e5),
        (1.5e4, 2.6e5),
    ),
    grid(
        3812,
        "Belgian Lambert 2008",
        &["lambert", "lambert2008", "l08"],
        (5.1e5, 8.1e5),
        (5.1e5, 7.6e5),
    ),
    grid(
        28992,
        "the Dutch grid, RD New",
        &["rd", "rijksdriehoek"],
        (0.0, 3.0e5),
        (2.9e5, 6.4e5),
    ),
    grid(
        2056,
        "the Swiss grid, LV95",
        &["lv95", "ostwert", "nordwert"],
        (2.4e6, 2.9e6),
        (1.0e6, 1.4e6),
    ),
    grid(
        21781,
        "the Swiss grid, LV03",
        &["lv03", "ch1903"],
        (4.8e5, 8.4e5),
        (7.0e4, 3.1e5),
    ),
    grid(
        31466,
        "Gauß-Krüger, strip 2",
        STRIPS,
        (2.4e6, 2.7e6),
        (5.1e6, 6.2e6),
    ),
    grid(
        31467,
        "Gauß-Krüger, strip 3",
        STRIPS,
        (3.3e6, 3.7e6),
        (5.1e6, 6.2e6),
    ),
    grid(
        31468,
        "Gauß-Krüger, strip 4",
        STRIPS,
        (4.3e6, 4.7e6),
        (5.1e6, 6.2e6),
    ),
    grid(
        31469,
        "Gauß-Krüger, strip 5",
        STRIPS,
        (5.3e6, 5.7e6),
        (5.1e6, 6.2e6),
    ),
    grid(
        31254,
        "the Austrian grid, M28",
        &["gk28", "m28"],
        (-1.5e5, 1.5e5),
        (1.0e5, 4.5e5),
    ),
    grid(
        31255,
        "the Austrian grid, M31",
        &["gk31", "m31"],
        (-1.5e5, 1.5e5),
        (1.0e5, 4.5e5),
    ),
    grid(
        31256,
        "the Austrian grid, M34",
        &["gk34", "m34"],
        (-1.5e5, 1.5e5),
        (1.0e5, 4.5e5),
    ),
    grid(
        4647,
        "UTM zone 32 with its number in front",
        PREFIXED,
        (3.21e7, 3.29e7),
        (5.1e6, 6.2e6),
    ),
    grid(
        5650,
        "UTM zone 33 with its number in front",
        PREFIXED,
        (3.31e7, 3.39e7),
        (5.1e6, 6.2e6),
    ),
    grid(
        2193,
        "New Zealand Transverse Mercator",
        &["nztm", "nztm2000"],
        (1.0e6, 2.2e6),
        (4.7e6, 6.3e6),
    ),
    grid(
        3006,
        "SWEREF99 TM",
        &["sweref", "sweref99", "sweref99tm"],
        (2.5e5, 9.4e5),
        (6.1e6, 7.7e6),
    ),
    grid(
        3067,
        "ETRS-TM35FIN",
        &["tm35fin", "etrstm35fin", "etrstm35"],
        (5.0e4, 7.6e5),
        (6.6e6, 7.8e6),
    ),
    grid(
        3763,
        "PT-TM06",
        &["pttm06", "tm06"],
        (-1.3e5, 1.7e5),
        (-3.1e5, 2.9e5),
    ),
    grid(
        2100,
        "the Greek grid",
        &["ggrs", "ggrs87", "egsa", "egsa87"],
        (9.0e4, 1.1e6),
        (3.8e6, 4.7e6),
    ),
    grid(
        23700,
        "the Hungarian grid, EOV",
        &["eov"],
        (4.2e5, 9.5e5),
        (4.0e4, 3.7e5),
    ),
    grid(
        3003,
        "Gauss-Boaga, west",
        BOAGA,
        (1.2e6, 1.9e6),
        (3.9e6, 5.3e6),
    ),
    grid(
        3004,
        "Gauss-Boaga, east",
        BOAGA,
        (2.2e6, 3.0e6),
        (3.9e6, 5.3e6),
    ),
    grid(
        5514,
        "Krovak",
        &["krovak", "jtsk", "sjtsk"],
        (-9.1e5, -1.6e5),
        (-1.4e6, -9.0e5),
    ),
    grid(
        3765,
        "the Croatian grid, HTRS96",
        &["htrs", "htrs96"],
        (2.0e5, 8.0e5),
        (4.6e6, 5.2e6),
    ),
    grid(
        3301,
        "the Estonian grid",
        &["lest97", "lest"],
        (3.6e5, 7.4e5),
        (6.3e6, 6.7e6),
    ),
    grid(
        3346,
        "the Lithuanian grid",
        &["lks94"],
        (3.0e5, 6.9e5),
        (5.9e6, 6.3e6),
    ),
    grid(
        3059,
        "the Latvian grid",
        &["lks92"],
        (3.0e5, 7.7e5),
        (1.7e5, 4.5e5),
    ),
    grid(
        2180,
        "the Polish grid, PUWG 1992",
        &["puwg", "puwg1992", "cs92"],
        (1.4e5, 8.8e5),
        (1.2e5, 8.4e5),
    ),
    grid(
        3035,
        "the European grid, ETRS89-LAEA",
        &["laea", "mp"],
        (2.4e6, 7.4e6),
        (1.3e6, 5.5e6),
    ),
];

impl National {
    /// Whether a pair of numbers lies in the country.
    pub(super) fn holds(&self, x: f64, y: f64) -> bool {
        (self.x.0..=self.x.1).contains(&x) && (self.y.0..=self.y.1).contains(&y)
    }

    /// What people pay with where it is used.
    pub(super) fn money(&self) -> &'static [&'static str] {
        match self.code {
            29903 => &["EUR", "GBP"],
            2039 => &["ILS"],
            2056 | 21781 => &["CHF"],
            2193 => &["NZD"],
            2180 => &["PLN"],
            3006 => &["SEK"],
            23700 => &["HUF"],
            5514 => &["CZK", "EUR"],
            3035 => &[
                "EUR", "BGN", "CHF", "CZK", "DKK", "HUF", "NOK", "PLN", "RON", "SEK",
            ],
            _ => &["EUR"],
        }
    }

    fn holds_most(&self, pairs: &[(f64, f64)]) -> bool {
        let held = pairs.iter().filter(|(x, y)| self.holds(*x, *y)).count();
        held * 10 >= pairs.len() * 8 && held > 0
    }
}

/// Whether the name of a column says a word: by itself, behind `x` or `y`, or, where it is long enough, within.
pub(super) fn says(header: &str, word: &str) -> bool {
    let words: Vec<String> = header
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(normalise)
        .collect();
    words.iter().any(|own| {
        own == word
            || (word.len() >= 2
                && own
                    .strip_prefix(['x', 'y'])
                    .is_some_and(|rest| rest == word))
    }) || (word.len() >= 5 && words.concat().contains(word))
}

/// The one grid that the name of a column may mean and most numbers lie in.
pub(super) fn by_words(header: &str, pairs: &[(f64, f64)]) -> Option<Projected> {
    let mut meant = GRIDS
        .iter()
        .filter(|grid| grid.words.iter().any(|word| says(header, word)))
        .filter(|grid| grid.holds_most(pairs));
    match (meant.next(), meant.next()) {
        (Some(only), None) => Projected::of_code(only.code),
        _ => None,
    }
}

/// The one grid of some that most numbers lie in.
pub(super) fn among(codes: &[u16], pairs: &[(f64, f64)]) -> Option<Projected> {
    let mut held = GRIDS
        .iter()
        .filter(|grid| codes.contains(&grid.code) && grid.holds_most(pairs));
    match (held.next(), held.next()) {
        (Some(only), None) => Projected::of_code(only.code),
        _ => None,
    }
}

/// Every grid that most numbers lie in.
pub(super) fn holding(pairs: &[(f64, f64)]) -> impl Iterator<Item = &'static National> {
    GRIDS.iter().filter(|grid| grid.holds_most(pairs))
}

/// The grid of a number of the register.
pub(super) fn of_code(code: u16) -> Option<&'static National> {
    GRIDS.iter().find(|grid| grid.code == code)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The country, or the strip, that each grid is of: west, south, east, north.
    const COUNTRIES: [(u16, [f64; 4]); 34] = [
        (29903, [-11.0, 51.0, -4.0, 56.0]),
        (2157, [-11.0, 51.0, -4.0, 56.0]),
        (2039, [34.0, 29.0, 36.2, 34.0]),
        (2154, [-5.5, 41.0, 10.0, 51.5]),
        (27572, [-5.5, 41.0, 10.0, 51.5]),
        (31370, [2.4, 49.4, 6.5, 51.6]),
        (3812, [2.4, 49.4, 6.5, 51.6]),
        (28992, [3.2, 50.7, 7.3, 53.7]),
        (2056, [5.9, 45.8, 10.6, 47.9]),
        (21781, [5.9, 45.8, 10.6, 47.9]),
        (31466, [5.5, 47.0, 7.6, 55.1]),
        (31467, [7.4, 47.0, 10.6, 55.1]),
        (31468, [10.4, 47.0, 13.6, 55.1]),
        (31469, [13.4, 47.0, 16.6, 55.1]),
        (31254, [9.5, 46.3, 11.9, 49.1]),
        (31255, [11.8, 46.3, 14.9, 49.1]),
        (31256, [14.8, 46.3, 17.2, 49.1]),
        (4647, [5.8, 47.0, 12.1, 55.1]),
        (5650, [11.9, 47.0, 15.1, 55.1]),
        (2193, [166.0, -48.0, 179.0, -34.0]),
        (3006, [10.9, 55.0, 24.2, 69.1]),
        (3067, [19.0, 59.5, 31.6, 70.1]),
        (3763, [-9.6, 36.9, -6.1, 42.2]),
        (2100, [19.3, 34.7, 29.7, 41.8]),
        (23700, [16.1, 45.7, 22.9, 48.6]),
        (3003, [6.6, 36.6, 12.1, 47.1]),
        (3004, [11.9, 36.6, 18.6, 47.1]),
        (5514, [12.0, 47.7, 22.6, 51.1]),
        (3765, [13.4, 42.3, 19.5, 46.6]),
        (3301, [21.7, 57.5, 28.3, 59.8]),
        (3346, [20.9, 53.8, 26.9, 56.5]),
        (3059, [20.9, 55.6, 28.3, 58.1]),
        (2180, [14.0, 49.0, 24.2, 55.0]),
        (3035, [-11.0, 34.0, 35.0, 72.0]),
    ];

    #[test]
    fn every_grid_can_be_converted_and_its_country_lies_where_its_numbers_do() {
        for grid in &GRIDS {
            let [west, south, east, north] = COUNTRIES
                .iter()
                .find(|(code, _)| *code == grid.code)
                .map(|(_, country)| *country)
                .expect("a country for each grid");
            let middle = ((grid.x.0 + grid.x.1) / 2.0, (grid.y.0 + grid.y.1) / 2.0);
            let at = Projected::of_code(grid.code)
                .and_then(|own| own.to_wgs84(middle.0, middle.1))
                .expect("a place");
            assert!(
                (west..=east).contains(&at.lon()) && (south..=north).contains(&at.lat()),
                "{}: {middle:?} is {}, {}",
                grid.name,
                at.lon(),
                at.lat()
            );
        }
    }

    #[test]
    fn a_word_that_two_countries_use_is_settled_by_the_numbers() {
        let is = |header: &str, at: (f64, f64), code: u16| {
            assert_eq!(
                by_words(header, &[at]),
                Projected::of_code(code),
                "{header}"
            );
        };
        is("ITM_X", (715_830.0, 734_697.0), 2157);
        is("ITM_X", (180_000.0, 665_000.0), 2039);
        is("X Lambert", (652_469.0, 6_862_035.0), 2154);
        is("X Lambert", (149_000.0, 170_500.0), 31370);
        is("X Lambert 2 étendu", (600_000.0, 2_428_000.0), 27572);
        is("Rechtswert", (4_593_000.0, 5_820_000.0), 31468);
        is("Ostwert", (32_565_000.0, 5_933_000.0), 4647);
        is("Ostwert", (2_600_000.0, 1_200_000.0), 2056);
        assert_eq!(by_words("Ostwert", &[(565_000.0, 5_933_000.0)]), None);
        assert_eq!(by_words("X", &[(652_469.0, 6_862_035.0)]), None);
    }
}
