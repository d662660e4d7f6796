//! Pairs of two lists of points that are close enough to be of use.

use super::index::SphereIndex;
use super::straight_line;
use crate::place::{Location, Metres};
use rayon::prelude::*;

/// For each of `from`: the positions of those of `to` at most `most` kilometres away, and how many
/// kilometres, nearest first, then by position. A straight line × `detour`, to the metre; `None` for
/// no limit.
pub fn kilometres_within(
    from: &[Location],
    to: &[Location],
    most: Option<f64>,
    detour: f64,
) -> Vec<Vec<(u32, f64)>> {
    let numbered = to.iter().enumerate().map(|(at, &point)| (at as u32, point));
    let index = SphereIndex::new(numbered);
    let list = |&point: &Location| {
        let mut list: Vec<(u32, u32)> = match most {
            // A metre more covers all rounding; what is too far is left out after measuring.
            Some(km) => index
                .within(point, Metres(km * 1000.0 / detour + 1.0))
                .map(|at| (straight_line(point, to[at as usize], detour), at))
                .filter(|&(metres, _)| f64::from(metres) / 1000.0 <= km)
                .collect(),
            None => (0..to.len() as u32)
                .map(|at| (straight_line(point, to[at as usize], detour), at))
                .collect(),
        };
        list.sort_unstable();
        list.into_iter()
            .map(|(metres, at)| (at, f64::from(metres) / 1000.0))
            .collect()
    };
    from.par_iter().map(list).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pair_exactly_at_the_limit_is_within_it() {
        let at = |lon| Location::new(lon, 0.0).expect("on Earth");
        for step in 1..400 {
            let (from, to) = ([at(0.0)], [at(f64::from(step) * 0.000_9)]);
            let (_, km) = kilometres_within(&from, &to, None, 1.0)[0][0];
            assert_eq!(kilometres_within(&from, &to, Some(km), 1.0)[0], [(0, km)]);
        }
    }

    #[test]
    fn the_index_finds_the_same_pairs_as_measuring_every_one() {
        let mut state = 7_u64;
        let mut next = || {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            (state >> 33) as f64 / f64::from(1_u32 << 31)
        };
        let mut points = |count: usize| -> Vec<Location> {
            let point = |_| {
                Location::new(
                    179.0 + 2.0 * next() - if next() > 0.5 { 0.0 } else { 360.0 },
                    next(),
                )
            };
            (0..count)
                .map(point)
                .map(|at| at.or(Location::new(0.0, 0.0)).expect("on Earth"))
                .collect()
        };
        let (from, to) = (points(40), points(60));
        let all = kilometres_within(&from, &to, None, 1.2);
        let near = kilometres_within(&from, &to, Some(30.0), 1.2);
        for (all, near) in all.iter().zip(&near) {
            let few: Vec<_> = all.iter().copied().filter(|pair| pair.1 <= 30.0).collect();
            assert_eq!(&few, near);
        }
        assert!(near.iter().any(|list| !list.is_empty()));
    }
}
