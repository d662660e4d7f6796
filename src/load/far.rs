//! Points that cannot be where they say: swapped axes, lost digits and signs, far from the rest.

use super::by_postcode::by_postcode;
use super::coordinates::Source;
use super::crs::Crs;
use super::locate::{LocateOptions, Spot, names};
use super::{Columns, Table};
use crate::place::{Finding, Location, Precision, Severity};
use geo::{Distance, Haversine};
use rayon::prelude::*;

/// Where most of a table's points are.
struct Rest {
    centre: Location,
    /// Beyond this many metres from the centre a point is doubted.
    limit: f64,
}

impl Rest {
    /// The robust middle of the placed records, where there are enough of them.
    fn of(spots: &[Spot]) -> Option<Rest> {
        let placed: Vec<Location> = spots
            .iter()
            .filter_map(|spot| spot.at)
            .map(|(at, _)| at)
            .collect();
        if placed.len() < 3 {
            return None;
        }
        // On the unit sphere, so that a place across the antimeridian has a middle too.
        let axis = |component: fn(Location) -> f64| {
            median(placed.iter().map(|at| component(*at)).collect())
        };
        let x = axis(|at| at.lat().to_radians().cos() * at.lon().to_radians().cos());
        let y = axis(|at| at.lat().to_radians().cos() * at.lon().to_radians().sin());
        let z = axis(|at| at.lat().to_radians().sin());
        let centre = Location::new(y.atan2(x).to_degrees(), z.atan2(x.hypot(y)).to_degrees())?;
        let away: Vec<f64> = placed.par_iter().map(|at| metres(*at, centre)).collect();
        let usual = median(away.clone());
        let limit = (8.0 * usual).max(30_000.0);
        let far = away.iter().filter(|metres| **metres > limit).count();
        // Where a third of the points is "far", the table covers several places.
        (far * 3 <= placed.len()).then_some(Rest { centre, limit })
    }

    fn far(&self, at: Location) -> bool {
        metres(at, self.centre) > self.limit
    }
}

fn median(mut values: Vec<f64>) -> f64 {
    let middle = values.len() / 2;
    values.sort_unstable_by(f64::total_cmp);
    values.get(middle).copied().unwrap_or(0.0)
}

/// Metres between two points on the ground.
pub(super) fn metres(a: Location, b: Location) -> f64 {
    Haversine.distance(a.point(), b.point())
}

/// Finds what is wrong with points that are far from the rest or could not be converted, and
/// repairs what has one explanation.
pub(super) fn check(
    table: &mut Table,
    sources: &[Source],
    columns: &Columns,
    options: &LocateOptions,
    spots: &mut [Spot],
    findings: &mut Vec<Finding>,
) {
    let about = sources
        .first()
        .map_or_else(|| "geometry".to_owned(), |source| names(table, source));
    swapped_throughout(table, columns, options, spots, &about, findings);
    let rest = Rest::of(spots);
    let doubted: Vec<bool> = spots
        .par_iter()
        .map(|spot| match (spot.at, &rest, &spot.pair) {
            (_, _, None) | (Some(_), None, _) => false,
            (Some((at, _)), Some(rest), _) => rest.far(at),
            (None, _, Some((.., crs))) => !matches!(crs, Crs::Other(_)),
        })
        .collect();
    let all = table.records.iter_mut().zip(spots.iter_mut()).zip(doubted);
    for ((record, spot), _) in all.filter(|(_, doubted)| *doubted) {
        let Some((x, y, crs)) = spot.pair.clone() else {
            continue;
        };
        let stated = spot.at.map(|(at, _)| at);
        let among = |allowed: &dyn Fn(Location) -> bool| {
            let rest = rest.as_ref()?;
            explain(x, y, &crs, &|at| !rest.far(at) && allowed(at))
        };
        let explained = among(&|at| options.around.allow(stated, at));
        let doubtful = explained.is_none().then(|| among(&|_| true)).flatten();
        let finding = |code, severity| {
            Finding::new(code, severity, record.at.clone())
                .column(about.clone())
                .cell(format!("{x},{y}"))
        };
        if let Some(found) = explained {
            let column = match (found.axis, sources.first()) {
                (Some(axis), Some(Source::Pair { x, y, .. })) => table
                    .header
                    .get(if axis == 0 { *x } else { *y })
                    .cloned()
                    .unwrap_or_default(),
                _ => about.clone(),
            };
            let distance = spot
                .at
                .zip(rest.as_ref())
                .map(|((at, _), rest)| {
                    format!(
                        ": about {:.0} km from the others",
                        metres(at, rest.centre) / 1000.0
                    )
                })
                .unwrap_or_default();
            let (at, precision, action) = match by_postcode(record, columns, options) {
                Some((postcode, at)) if found.approximate => (
                    at,
                    Precision::Postcode,
                    format!("placed at the centre of postcode {postcode}: approximate"),
                ),
                _ => (
                    found.at,
                    if found.approximate {
                        Precision::Postcode
                    } else {
                        Precision::Exact
                    },
                    format!(
                        "{} would put it among the others: read so; correct the register",
                        found.repair
                    ),
                ),
            };
            spot.at = Some((at, precision));
            if let Some(shape) = record.shape.as_deref_mut() {
                *shape = geo::Geometry::Point(at.point());
            }
            findings.push(
                finding(found.code, Severity::Repair)
                    .column(column)
                    .cause(format!("{}{distance}", found.cause))
                    .action(action),
            );
        } else if let (Some((at, _)), Some(rest)) = (spot.at, &rest) {
            if doubtful.is_none() && options.around.holds(at) {
                continue;
            }
            let doubt = doubtful.map_or_else(String::new, |doubtful| {
                format!("; {} would put it among them", doubtful.repair)
            });
            findings.push(
                finding("far-from-rest", Severity::Warn)
                    .cause(format!(
                        "about {:.0} km from the others{doubt}",
                        metres(at, rest.centre) / 1000.0
                    ))
                    .action("kept where it is; check the coordinates"),
            );
        } else {
            findings.push(
                finding("outside-crs", Severity::Warn)
                    .cause(format!("no place in {}", crs.name()))
                    .action("not placed by its coordinates; check them, or name the right crs"),
            );
        }
    }
    far_from_postcode(table, columns, options, spots, rest.as_ref(), findings);
}

/// A change of the numbers that puts a point among the others.
struct Explained {
    code: &'static str,
    at: Location,
    axis: Option<usize>,
    cause: &'static str,
    repair: &'static str,
    /// Right to some kilometres only.
    approximate: bool,
}

fn explain(x: f64, y: f64, crs: &Crs, fits: &dyn Fn(Location) -> bool) -> Option<Explained> {
    let near = |crs: &Crs, x: f64, y: f64| crs.to_wgs84(x, y).filter(|at| fits(*at));
    let found = |code, at, axis, cause, repair, approximate| {
        Some(Explained {
            code,
            at,
            axis,
            cause,
            repair,
            approximate,
        })
    };
    if let Some(at) = near(crs, y, x) {
        return found(
            "swapped-coordinates",
            at,
            None,
            "the two coordinates are exchanged",
            "exchanging them",
            false,
        );
    }
    if *crs == Crs::Degrees {
        for (axis, a, b) in [(0, -x, y), (1, x, -y)] {
            if let Some(at) = near(crs, a, b) {
                return found(
                    "lost-sign",
                    at,
                    Some(axis),
                    "a sign is missing or wrong",
                    "changing the sign",
                    false,
                );
            }
        }
    }
    if let Some(other) = Crs::of_values(x, y).filter(|other| other != crs)
        && let Some(at) = near(&other, x, y)
    {
        return found(
            "crs-row",
            at,
            None,
            "the numbers are of another coordinate system than the file's",
            "reading them in that",
            false,
        );
    }
    let scales = if *crs == Crs::Degrees { -8..=1 } else { -3..=1 };
    for power in scales.rev().filter(|power| *power != 0) {
        let by = 10_f64.powi(power);
        // A lost last digit may have been any: the middle is wrong by five units at most.
        let half = if power > 0 && *crs != Crs::Degrees {
            5.0
        } else {
            0.0
        };
        for (axis, a, b) in [
            (0, x * by + half, y),
            (1, x, y * by + half),
            (2, x * by + half, y * by + half),
        ] {
            if let Some(at) = near(crs, a, b) {
                let axis = (axis < 2).then_some(axis);
                return if power > 0 {
                    found(
                        "lost-digit",
                        at,
                        axis,
                        "a digit is missing",
                        "a digit more at its end",
                        true,
                    )
                } else {
                    found(
                        "lost-point",
                        at,
                        axis,
                        "a decimal point is missing or a digit too many",
                        "moving the decimal point",
                        false,
                    )
                };
            }
        }
    }
    None
}

/// Records asked whether another order of the axes would put them among the other tables.
const ASKED: usize = 32;

/// Whether the other tables of the place say that the axes are exchanged: none of the records is among them as it
/// stands, and most would be the other way round.
fn exchanged_by_neighbours(options: &LocateOptions, spots: &[Spot]) -> bool {
    let Some(neighbours) = options.around.neighbours() else {
        return false;
    };
    let pairs: Vec<_> = spots.iter().filter(|spot| spot.pair.is_some()).collect();
    let every = (pairs.len() / ASKED).max(1);
    let asked: Vec<_> = pairs.into_iter().step_by(every).take(ASKED).collect();
    let other = |spot: &&&Spot| {
        let (x, y, crs) = spot.pair.as_ref()?;
        crs.to_wgs84(*y, *x)
    };
    let held = |at: Location| neighbours.hold(at);
    asked.len() >= 2
        && !asked
            .iter()
            .any(|spot| spot.at.is_some_and(|(at, _)| held(at)))
        && asked
            .iter()
            .filter(|spot| other(spot).is_some_and(held))
            .count()
            * 5
            > asked.len() * 4
}

/// Exchanges the axes of the whole table where that is what its postcodes, the ranges or the other tables of the
/// place say.
fn swapped_throughout(
    table: &Table,
    columns: &Columns,
    options: &LocateOptions,
    spots: &mut [Spot],
    about: &str,
    findings: &mut Vec<Finding>,
) {
    let (mut better, mut worse) = (0_usize, 0_usize);
    let british = columns.british_postcodes();
    let isles =
        |at: Location| (-9.0..=2.2).contains(&at.lon()) && (49.0..=61.2).contains(&at.lat());
    for (record, spot) in table.records.iter().zip(spots.iter()) {
        let Some((x, y, crs)) = &spot.pair else {
            continue;
        };
        let (given, other) = (spot.at.map(|(at, _)| at), crs.to_wgs84(*y, *x));
        let swap = match (given, other) {
            (None, Some(_)) => true,
            (Some(given), Some(other)) => match by_postcode(record, columns, options) {
                Some((_, centre)) => metres(other, centre) * 4.0 < metres(given, centre),
                None => british && *crs == Crs::Degrees && isles(other) && !isles(given),
            },
            _ => false,
        };
        if swap {
            better += 1;
        } else {
            worse += 1;
        }
    }
    let told = better >= 2 && better > worse * 4;
    if !told && !exchanged_by_neighbours(options, spots) {
        return;
    }
    for spot in spots.iter_mut() {
        if let Some((x, y, crs)) = spot.pair.take() {
            spot.at = crs.to_wgs84(y, x).map(|at| (at, Precision::Exact));
            spot.pair = Some((y, x, crs));
        }
    }
    findings.push(
        Finding::new("swapped-columns", Severity::Repair, table.whole())
            .column(about)
            .cause("the two coordinate columns are exchanged in the whole table")
            .action("read the other way round; correct the names under columns"),
    );
}

/// A point a long way from its own postcode.
fn far_from_postcode(
    table: &Table,
    columns: &Columns,
    options: &LocateOptions,
    spots: &[Spot],
    rest: Option<&Rest>,
    findings: &mut Vec<Finding>,
) {
    if options.postcodes.is_empty() || options.areas {
        return;
    }
    for (record, spot) in table.records.iter().zip(spots) {
        let Some((at, Precision::Exact)) = spot.at else {
            continue;
        };
        if rest.is_some_and(|rest| rest.far(at)) {
            continue;
        }
        let Some((postcode, centre)) = by_postcode(record, columns, options) else {
            continue;
        };
        let away = metres(at, centre);
        if away > 10_000.0 {
            findings.push(
                Finding::new("far-from-postcode", Severity::Warn, record.at.clone())
                    .column(columns.header("postcode").unwrap_or_default())
                    .cell(postcode)
                    .cause(format!(
                        "the point lies {:.0} km from the centre of its postcode",
                        away / 1000.0
                    ))
                    .action("kept where it is; check both"),
            );
        }
    }
}
