//! Where the zones of two groups meet, and which groups are neighbours.

use crate::place::{Location, Place};
use geo::{Distance, Haversine};
use std::collections::{BTreeSet, HashMap};

/// A corner of an outline, in ten-millionths of a degree: outlines that share it are neighbours.
type Corner = (i64, i64);
type Line = Vec<(f64, f64)>;

/// Lines between groups, and pairs of groups that meet.
pub(super) struct Borders {
    pub(super) lines: Vec<Line>,
    pub(super) neighbours: BTreeSet<(usize, usize)>,
}

impl Borders {
    /// Of zones in groups: `None` is in no group.
    pub(super) fn of(place: &Place, group: &[Option<usize>]) -> Self {
        let mut sides: HashMap<(Corner, Corner), [Option<usize>; 2]> = HashMap::new();
        for (zone, ring) in rings(place) {
            for pair in ring.windows(2) {
                let side = sides.entry(edge(pair[0], pair[1])).or_default();
                match side {
                    [None, _] => side[0] = Some(zone),
                    [_, None] => side[1] = Some(zone),
                    _ => {}
                }
            }
        }
        let mut borders = Self {
            lines: Vec::new(),
            neighbours: BTreeSet::new(),
        };
        for (zone, ring) in rings(place) {
            let mut line: Line = Vec::new();
            for pair in ring.windows(2) {
                let meets = match sides.get(&edge(pair[0], pair[1])) {
                    // Each border is drawn once, with the zone that came first.
                    Some([Some(first), Some(second)]) if *first == zone => {
                        (group[*first] != group[*second]).then_some((group[*first], group[*second]))
                    }
                    _ => None,
                };
                if let Some(groups) = meets {
                    if let (Some(a), Some(b)) = groups {
                        borders.neighbours.insert((a.min(b), a.max(b)));
                    }
                    if line.is_empty() {
                        line.push(pair[0]);
                    }
                    line.push(pair[1]);
                } else if !line.is_empty() {
                    borders.lines.push(std::mem::take(&mut line));
                }
            }
            if !line.is_empty() {
                borders.lines.push(line);
            }
        }
        borders
    }

    /// Adds to the neighbours of each group the `most` groups that are nearest to it, by where the groups
    /// are: zones without outlines, and outlines that do not quite meet, have no borders.
    pub(super) fn with_nearest(mut self, spots: &[Option<Location>], most: usize) -> Self {
        for (at, one) in spots.iter().enumerate() {
            let Some(one) = one.map(Location::point) else {
                continue;
            };
            let mut others: Vec<(f64, usize)> = spots
                .iter()
                .enumerate()
                .filter(|(other, _)| *other != at)
                .filter_map(|(other, spot)| {
                    let spot = spot.map(Location::point)?;
                    Some((Haversine.distance(one, spot), other))
                })
                .collect();
            others.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
            for (_, other) in others.into_iter().take(most) {
                self.neighbours.insert((at.min(other), at.max(other)));
            }
        }
        self
    }

    /// A look out of so many for each group, so that neighbours differ as far as the looks suffice: the
    /// group whose neighbours leave it least choice first (Brélaz, 1979).
    pub(super) fn looks(&self, groups: usize, looks: usize) -> Vec<usize> {
        let mut beside: Vec<Vec<usize>> = vec![Vec::new(); groups];
        for (a, b) in &self.neighbours {
            beside[*a].push(*b);
            beside[*b].push(*a);
        }
        let mut chosen: Vec<Option<usize>> = vec![None; groups];
        let mut used = vec![0_usize; looks];
        // The looks that a group's neighbours have already.
        let mut taken: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); groups];
        for _ in 0..groups {
            let free = (0..groups).filter(|at| chosen[*at].is_none());
            let next = free.max_by_key(|&at| (taken[at].len(), beside[at].len(), usize::MAX - at));
            let Some(next) = next else { break };
            let clashes = |look: usize| {
                let same = beside[next].iter().filter(|at| chosen[**at] == Some(look));
                same.count()
            };
            let best = (0..looks).min_by_key(|look| (clashes(*look), used[*look]));
            let best = best.unwrap_or(0);
            chosen[next] = Some(best);
            used[best] += 1;
            for &other in &beside[next] {
                taken[other].insert(best);
            }
        }
        chosen.into_iter().map(Option::unwrap_or_default).collect()
    }
}

/// Every closed ring of every outline, with its zone.
fn rings(place: &Place) -> impl Iterator<Item = (usize, Line)> + '_ {
    place.zones.iter().enumerate().flat_map(|(at, zone)| {
        let polygons = zone.outline.iter().flat_map(|outline| outline.iter());
        polygons.flat_map(move |polygon| {
            let rings = std::iter::once(polygon.exterior()).chain(polygon.interiors());
            rings.map(move |ring| {
                let points = ring.coords().map(|c| (c.x, c.y));
                (
                    at,
                    points
                        .filter(|(x, y)| x.is_finite() && y.is_finite())
                        .collect(),
                )
            })
        })
    })
}

fn edge(a: (f64, f64), b: (f64, f64)) -> (Corner, Corner) {
    let corner = |(x, y): (f64, f64)| ((x * 1e7).round() as i64, (y * 1e7).round() as i64);
    let (a, b) = (corner(a), corner(b));
    (a.min(b), a.max(b))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::place::sample::{empty, zone};

    /// Four unit squares in a row; the outlines share their sides.
    fn row() -> Place {
        let mut place = empty("row");
        for k in 0..4 {
            let left = f64::from(k) * 0.01;
            let ring = [
                (0.0, 0.0),
                (0.01, 0.0),
                (0.01, 0.01),
                (0.0, 0.01),
                (0.0, 0.0),
            ];
            let ring: Vec<(f64, f64)> = ring.iter().map(|(x, y)| (left + x, *y)).collect();
            let shape = geo::Polygon::new(ring.into(), vec![]);
            let spot = Location::new(left + 0.005, 0.005).expect("on Earth");
            let mut one = zone(&format!("Z{k}"), spot, &[1.0]);
            one.outline = Some(shape.into());
            place.zones.push(one);
        }
        place
    }

    #[test]
    fn a_border_runs_where_groups_meet_and_nowhere_else() {
        // Two zones in the first group, two in the second: one side of 0.01 degrees between them.
        let borders = Borders::of(&row(), &[Some(0), Some(0), Some(1), Some(1)]);
        assert_eq!(borders.lines.len(), 1, "{:?}", borders.lines);
        assert!(
            borders.lines[0]
                .iter()
                .all(|(x, _)| (x - 0.02).abs() < 1e-9)
        );
        assert_eq!(borders.neighbours, BTreeSet::from([(0, 1)]));
    }

    #[test]
    fn neighbours_never_look_the_same_where_the_looks_suffice() {
        // A ring of five groups with all of one hub: a wheel of odd length needs four looks.
        let neighbours = (1..=5).flat_map(|k| [(0, k), if k == 5 { (1, 5) } else { (k, k + 1) }]);
        let borders = Borders {
            lines: Vec::new(),
            neighbours: neighbours.collect(),
        };
        let looks = borders.looks(6, 4);
        for (a, b) in &borders.neighbours {
            assert_ne!(looks[*a], looks[*b], "{looks:?}");
        }
        // With one look there is no choice, and no panic.
        assert_eq!(borders.looks(6, 1), vec![0; 6]);
    }

    #[test]
    fn groups_without_borders_are_neighbours_of_the_nearest() {
        let mut place = row();
        place.zones.iter_mut().for_each(|zone| zone.outline = None);
        let spots: Vec<_> = place.zones.iter().map(|zone| Some(zone.point)).collect();
        let borders = Borders::of(&place, &[Some(0), Some(1), Some(2), Some(3)]);
        let neighbours = borders.with_nearest(&spots, 2).neighbours;
        // The ends have the next two; those between have one on each side.
        let all = BTreeSet::from([(0, 1), (0, 2), (1, 2), (1, 3), (2, 3)]);
        assert_eq!(neighbours, all);
    }

    #[test]
    fn the_nearest_is_so_in_metres_far_from_greenwich_too() {
        // From the first, 5.6 km to the north and 7.9 km to the east.
        let spots = [(-100.0, 45.0), (-100.0, 45.05), (-99.9, 45.0)]
            .map(|(lon, lat)| Location::new(lon, lat));
        let alone = Borders {
            lines: Vec::new(),
            neighbours: BTreeSet::new(),
        };
        let neighbours = alone.with_nearest(&spots[..], 1).neighbours;
        assert_eq!(neighbours, BTreeSet::from([(0, 1), (0, 2)]));
    }
}
