//! What stands around the records of a table, to tell a far one from a misread one.

use super::far::metres;
use crate::place::Location;
use rayon::prelude::*;

/// Within this many metres of a neighbour a point is among them, however close together they are.
const AMONG_M: f64 = 30_000.0;
/// Numbers that put a point this many metres from all of another table are of no place that both know.
const ELSEWHERE_M: f64 = 1_000_000.0;
/// So many neighbours are asked how far apart they usually are.
const ASKED: usize = 64;

/// Where the records of a table may be, by what is known beside the table itself.
#[derive(Clone, Debug, Default)]
pub enum Around {
    /// Nothing is known: the table's own points tell.
    #[default]
    Unknown,
    /// Among zones, all of them.
    Zones(Neighbours),
    /// Among the points of another table, most of them; but a site far from all others is no mistake.
    OtherTable(Neighbours),
}

/// Points, and how far apart they usually are.
#[derive(Clone, Debug)]
pub struct Neighbours {
    points: Vec<Location>,
    /// Their middle, and how far the furthest is from it.
    middle: Option<(Location, f64)>,
    /// Within this many metres of one of them a point is among them.
    limit: f64,
}

impl Neighbours {
    /// Neighbours at these points.
    pub fn new(points: Vec<Location>) -> Neighbours {
        let mut apart: Vec<f64> = (points.iter())
            .step_by((points.len() / ASKED).max(1))
            .filter_map(|at| {
                let others = points.par_iter().filter(|other| *other != at);
                others
                    .map(|other| metres(*at, *other))
                    .min_by(f64::total_cmp)
            })
            .collect();
        apart.sort_unstable_by(f64::total_cmp);
        let usual = apart.get(apart.len() / 2).copied().unwrap_or(0.0);
        Neighbours {
            middle: middle(&points),
            limit: (3.0 * usual).max(AMONG_M),
            points,
        }
    }

    /// Metres to the nearest; infinite where there is none.
    fn nearest(&self, at: Location) -> f64 {
        let away = self.points.par_iter().map(|other| metres(at, *other));
        away.min_by(f64::total_cmp).unwrap_or(f64::INFINITY)
    }

    /// Whether a point is among them.
    pub(super) fn hold(&self, at: Location) -> bool {
        self.may_hold(at) && self.nearest(at) <= self.limit
    }

    /// Whether a point is not so far from their middle that it cannot be among them: quickly told.
    pub(super) fn may_hold(&self, at: Location) -> bool {
        (self.middle).is_some_and(|(middle, reach)| metres(middle, at) <= reach + self.limit)
    }
}

/// The middle of points on the sphere, and how far the furthest is from it.
fn middle(points: &[Location]) -> Option<(Location, f64)> {
    let mut sum = [0.0_f64; 3];
    for at in points {
        let (lon, lat) = (at.lon().to_radians(), at.lat().to_radians());
        let on_sphere = [lat.cos() * lon.cos(), lat.cos() * lon.sin(), lat.sin()];
        for (total, part) in sum.iter_mut().zip(on_sphere) {
            *total += part;
        }
    }
    let [x, y, z] = sum;
    let middle = Location::new(y.atan2(x).to_degrees(), z.atan2(x.hypot(y)).to_degrees())?;
    let away = points.par_iter().map(|at| metres(middle, *at));
    Some((middle, away.max_by(f64::total_cmp)?))
}

impl Around {
    /// The points that are known.
    pub(super) fn neighbours(&self) -> Option<&Neighbours> {
        match self {
            Around::Unknown => None,
            Around::Zones(neighbours) | Around::OtherTable(neighbours) => Some(neighbours),
        }
    }

    /// Whether a point is known to be among its neighbours.
    pub(super) fn holds(&self, at: Location) -> bool {
        self.neighbours()
            .is_some_and(|neighbours| neighbours.hold(at))
    }

    /// Whether a point may be read at another place than its numbers say, if it says any.
    pub(super) fn allow(&self, stated: Option<Location>, read: Location) -> bool {
        match self {
            Around::Unknown => true,
            Around::Zones(zones) => zones.hold(read) && !stated.is_some_and(|at| zones.hold(at)),
            Around::OtherTable(others) => {
                others.hold(read) && stated.is_none_or(|at| others.nearest(at) > ELSEWHERE_M)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::{BUILDING_FIELDS, Columns, LocateOptions, TableOptions, locate, read_bytes};

    fn at(lon: f64, lat: f64) -> Location {
        Location::new(lon, lat).expect("a place")
    }

    /// Where the last of three sites is read: two in Norwich, and one at this longitude.
    fn read_with(around: Around, lon: f64) -> (f64, Vec<String>) {
        let text =
            format!("id,name,lon,lat\n1,A,1.2974,52.6309\n2,B,1.31,52.6\n3,C,{lon},52.6369\n");
        let (mut findings, mut rejected) = (Vec::new(), Vec::new());
        let options = TableOptions::default();
        let mut table = read_bytes(
            text.into_bytes(),
            "t.csv",
            &options,
            &mut findings,
            &mut rejected,
        )
        .expect("a table");
        let none = std::collections::BTreeMap::new();
        let columns = Columns::recognise(&table, BUILDING_FIELDS, &none, &mut findings);
        let options = LocateOptions {
            around,
            ..LocateOptions::default()
        };
        let located = locate(&mut table, &columns, &options, &mut findings);
        let codes = findings.iter().map(|finding| finding.code.to_owned());
        let (place, _) = located.last().copied().flatten().expect("a place");
        (place.lon(), codes.collect())
    }

    #[test]
    fn zones_tell_a_site_at_the_other_end_of_the_county_from_a_lost_sign() {
        let norwich = || vec![at(1.3, 52.63), at(1.2, 52.6), at(1.35, 52.7)];
        let county = [norwich(), vec![at(-1.14, 52.63), at(-1.2, 52.6)]].concat();
        let zones = |points| Around::Zones(Neighbours::new(points));
        let (lon, codes) = read_with(zones(county), -1.1398);
        assert!(
            lon < 0.0 && codes.contains(&"far-from-rest".to_owned()),
            "{lon} {codes:?}"
        );
        let (lon, codes) = read_with(zones(norwich()), -1.1398);
        assert!(
            lon > 0.0 && codes.contains(&"lost-sign".to_owned()),
            "{lon} {codes:?}"
        );
    }

    #[test]
    fn a_site_where_no_change_would_put_it_is_no_finding_among_its_neighbours() {
        let zones = vec![at(1.3, 52.63), at(1.2, 52.6), at(-2.2, 52.7)];
        let (lon, codes) = read_with(Around::Zones(Neighbours::new(zones)), -2.2);
        assert!(lon < 0.0 && codes.is_empty(), "{lon} {codes:?}");
    }
}
