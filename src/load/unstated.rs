//! Which system coordinates are in that nobody states and no heading names.
//!
//! What tells is, in this order: the postcodes and codes beside them, the other tables of the place (of the grids
//! that the numbers fit, the one that puts them among those), and the names and money of Britain. The range of the
//! numbers alone tells nothing: those of a Dutch or Polish grid would be some place in Britain, those of a Swiss or
//! German one some place in Web Mercator. Then the table is refused with the lines to choose from.

use super::around::{Around, Neighbours};
use super::crs::Crs;
use super::evidence::{self, NotBritish};
use super::far::metres;
use super::projected::{Projected, registered};
use super::{Columns, LocateOptions, Table, national};
use crate::place::{Currency, Location};

/// Numbers that are asked where a system puts them.
const ASKED: usize = 16;
/// Systems named at most where several put the records among the other tables.
const NAMED: usize = 4;
/// Systems that put a point within so many metres of each other are one to choose.
const ALIKE_M: f64 = 30.0;

/// What became of the question.
pub(super) enum Choice {
    /// The system, and what told it.
    Read(Crs, String),
    /// What is known of the system, and the numbers of those it may be.
    Refused(String, Vec<u16>),
}

/// The system of numbers that are no longitudes and latitudes. `headers` are the names of their columns.
pub(super) fn choose(
    table: &Table,
    columns: &Columns,
    headers: &[&str],
    numbers: &[(f64, f64)],
    options: &LocateOptions,
) -> Choice {
    let in_degrees = |(x, y): &(f64, f64)| Crs::of_values(*x, *y) == Some(Crs::Degrees);
    let numbers: Vec<(f64, f64)> = (numbers.iter().copied())
        .filter(|pair| !in_degrees(pair))
        .collect();
    let beside = evidence::not_british(table, columns);
    if let Some(grid) = beside.as_ref().and_then(|beside| beside.grid(&numbers)) {
        return Choice::Read(grid, by_range());
    }
    let fits = fitting(&numbers, beside.is_some());
    let british = fits.contains(&Crs::British);
    if british && evidence::british(table, columns) {
        return Choice::Read(Crs::British, by_range());
    }
    if let Some(neighbours) = options.around.neighbours() {
        let among = |exchanged: bool| {
            let those = fits.iter().filter(|crs| {
                let place = |x, y| crs.to_wgs84(x, y);
                puts_among(&numbers, exchanged, neighbours, place)
            });
            those.cloned().collect::<Vec<_>>()
        };
        let mut found = among(false);
        if found.is_empty() {
            found = among(true);
        }
        if let [only] = found.as_slice() {
            return Choice::Read(only.clone(), by_neighbours(options));
        }
    }
    if british && evidence::perhaps_british(headers, options.currency) {
        return Choice::Read(Crs::British, by_range());
    }
    if let [Crs::Mercator] = fits.as_slice() {
        return Choice::Read(Crs::Mercator, by_range());
    }
    refuse(&numbers, &fits, beside, options)
}

/// The words for a system that names and numbers tell.
pub(super) fn by_range() -> String {
    "by name and range it is".to_owned()
}

fn by_neighbours(options: &LocateOptions) -> String {
    format!(
        "of the grids that its numbers fit, the one that puts its records among {} is",
        others(options)
    )
}

/// The records that are known beside those of the table.
fn others(options: &LocateOptions) -> &'static str {
    match options.around {
        Around::OtherTable(_) => "those of the other table",
        _ => "the zones",
    }
}

/// The systems we tell apart whose range most numbers lie in.
fn fitting(numbers: &[(f64, f64)], not_british: bool) -> Vec<Crs> {
    let of_value = |crs: Crs| {
        let found = |(x, y): &&(f64, f64)| Crs::of_values(*x, *y).as_ref() == Some(&crs);
        let count = numbers.iter().filter(found).count();
        (count * 2 > numbers.len()).then_some(crs)
    };
    let british = of_value(Crs::British).filter(|_| !not_british);
    let nations = national::holding(numbers)
        .filter_map(|grid| Projected::of_code(grid.code))
        .map(Crs::Projected);
    let all = british.into_iter().chain(nations);
    all.chain(of_value(Crs::Mercator)).collect()
}

/// Whether a system puts most of the numbers among the points of another table.
fn puts_among(
    numbers: &[(f64, f64)],
    exchanged: bool,
    neighbours: &Neighbours,
    place: impl Fn(f64, f64) -> Option<Location>,
) -> bool {
    let every = (numbers.len() / ASKED).max(1);
    let asked: Vec<_> = numbers.iter().step_by(every).take(ASKED).collect();
    let among = |(x, y): &(f64, f64)| {
        let at = if exchanged {
            place(*y, *x)
        } else {
            place(*x, *y)
        };
        at.is_some_and(|at| neighbours.hold(at))
    };
    // A first number elsewhere rules most systems out.
    let far = asked.iter().take(3).all(|pair| !among(pair));
    !far && asked.iter().filter(|pair| among(pair)).count() * 2 > asked.len()
}

/// The systems that numbers of a system known in part may be of: `a UTM zone`.
pub(super) fn unnamed(name: String, numbers: &[(f64, f64)], options: &LocateOptions) -> Choice {
    match proposed(numbers, options) {
        Some((known, codes)) => Choice::Refused(format!("{name}; {known}"), codes),
        None => Choice::Refused(name, Vec::new()),
    }
}

/// The systems to choose from.
fn refuse(
    numbers: &[(f64, f64)],
    fits: &[Crs],
    beside: Option<NotBritish>,
    options: &LocateOptions,
) -> Choice {
    if let Some((known, codes)) = proposed(numbers, options) {
        return Choice::Refused(format!("not stated; {known}"), codes);
    }
    if let Some(beside) = beside.filter(|beside| !beside.grids.is_empty()) {
        return Choice::Refused(beside.why.to_owned(), beside.grids.to_vec());
    }
    describe(numbers.first().copied(), fits, options.currency)
}

/// The systems that would put the records among the other tables of the place, in words and by number.
fn proposed(numbers: &[(f64, f64)], options: &LocateOptions) -> Option<(String, Vec<u16>)> {
    let neighbours = options.around.neighbours()?;
    for exchanged in [false, true] {
        let found = of_the_register(numbers, exchanged, neighbours);
        if found.is_empty() {
            continue;
        }
        let names = found.iter().map(|code| match national::of_code(*code) {
            Some(known) => format!("{} (EPSG:{code})", known.name),
            None => format!("EPSG:{code}"),
        });
        let names: Vec<String> = names.collect();
        let exchanged = if exchanged {
            ", its two columns exchanged"
        } else {
            ""
        };
        let known = format!(
            "its records would lie among {} in {}{exchanged}",
            others(options),
            names.join(" or ")
        );
        return Some((known, found));
    }
    None
}

/// Systems of the register that put a first pair of numbers at one place.
struct Alike {
    at: Location,
    /// The one to name, the most usual first.
    best: (bool, bool, u16),
    often: usize,
}

/// Every system of the register that puts the numbers among the points of another table, one for each place that
/// they say.
fn of_the_register(numbers: &[(f64, f64)], exchanged: bool, neighbours: &Neighbours) -> Vec<u16> {
    let Some(&(x, y)) = numbers.first() else {
        return Vec::new();
    };
    let (x, y) = if exchanged { (y, x) } else { (x, y) };
    let mut found: Vec<Alike> = Vec::new();
    for system in registered() {
        let Some(at) = system.to_wgs84(x, y).filter(|at| neighbours.may_hold(*at)) else {
            continue;
        };
        let place = |x, y| system.to_wgs84(x, y);
        if !puts_among(numbers, exchanged, neighbours, place) {
            continue;
        }
        let code = system.code;
        let of_its_zone = system.zone.is_some_and(|zone| code % 100 == zone);
        let best = (national::of_code(code).is_none(), !of_its_zone, code);
        match found.iter_mut().find(|one| metres(one.at, at) <= ALIKE_M) {
            Some(one) => {
                one.often += 1;
                one.best = one.best.min(best);
            }
            None => found.push(Alike { at, best, often: 1 }),
        }
    }
    // A place that many systems agree on is that of the modern datums.
    found.sort_by_key(|one| (std::cmp::Reverse(one.often), one.best));
    found.truncate(NAMED);
    found.into_iter().map(|one| one.best.2).collect()
}

/// The grids that numbers fit, those of the place's money where that is stated.
fn describe(example: Option<(f64, f64)>, fits: &[Crs], currency: Option<Currency>) -> Choice {
    let money = currency.map(|money| money.to_string());
    let wanted = |codes: &[&str]| money.as_deref().is_none_or(|money| codes.contains(&money));
    let (mut names, mut codes) = (Vec::new(), Vec::new());
    for crs in fits {
        match crs {
            Crs::British if wanted(&["GBP"]) => {
                names.push("British National Grid (EPSG:27700)".to_owned());
                codes.push(27700);
            }
            Crs::Mercator => {
                names.push("Web Mercator (EPSG:3857)".to_owned());
                codes.push(3857);
            }
            Crs::Projected(grid) => {
                let known = grid.code().and_then(national::of_code);
                if let Some(known) = known.filter(|known| wanted(known.money())) {
                    names.push(format!("{} (EPSG:{})", known.name, known.code));
                    codes.push(known.code);
                }
            }
            _ => {}
        }
    }
    let zoned = |(x, y): (f64, f64)| (1.0e5..=9.0e5).contains(&x) && (0.0..=1.0e7).contains(&y);
    if example.is_some_and(zoned) {
        names.push("a UTM zone".to_owned());
    }
    let known = match names.as_slice() {
        [] => "unknown: its numbers fit no system we know".to_owned(),
        names => format!("not stated; its numbers fit {}", names.join(" or ")),
    };
    Choice::Refused(known, codes)
}
