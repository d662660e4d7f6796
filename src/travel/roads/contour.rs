//! The outline of all ground within a distance of some lines: marching squares over a grid.
//!
//! Every grid point knows how far the nearest line is; the outline runs where that is exactly the
//! distance. Outer rings are anticlockwise and holes clockwise, with the ground always on the left.

use geo::{
    Area, BoundingRect, Contains, Coord, Intersects, LineString, MultiPolygon, Polygon, Rect,
};
use std::collections::BTreeMap;

/// A grid over the lines, in metres.
struct Grid {
    corner: Coord<f64>,
    cell: f64,
    wide: usize,
    high: usize,
    /// Square metres from each grid point to the nearest line, no more than those of `far`.
    away: Vec<f32>,
    far: f64,
}

/// Where the outline crosses a side of a cell: a level side (`true`) or an upright one, by its first point.
type Side = (bool, usize, usize);

/// More grid points than this, and cells become larger.
const MOST_POINTS: f64 = 2_000_000.0;

/// The ground within so many metres of lines given as points in metres. O(length + grid).
pub(super) fn around(lines: &[Vec<Coord<f64>>], within: f64) -> MultiPolygon<f64> {
    let Some(grid) = Grid::over(lines, within) else {
        return MultiPolygon::new(Vec::new());
    };
    polygons(grid.rings(within), within * within)
}

impl Grid {
    fn over(lines: &[Vec<Coord<f64>>], within: f64) -> Option<Self> {
        let all = || lines.iter().flatten();
        let first = *all().next()?;
        let (mut low, mut high) = (first, first);
        for at in all() {
            low = Coord {
                x: low.x.min(at.x),
                y: low.y.min(at.y),
            };
            high = Coord {
                x: high.x.max(at.x),
                y: high.y.max(at.y),
            };
        }
        let (width, height) = (high.x - low.x + 4.0 * within, high.y - low.y + 4.0 * within);
        let cell = (within / 1.5).max((width * height / MOST_POINTS).sqrt());
        let (wide, tall) = ((width / cell) as usize + 3, (height / cell) as usize + 3);
        let far = within + cell;
        let mut grid = Self {
            corner: Coord {
                x: low.x - 2.0 * within,
                y: low.y - 2.0 * within,
            },
            cell,
            wide,
            high: tall,
            away: vec![(far * far) as f32; wide * tall],
            far,
        };
        for line in lines {
            grid.draw(line);
        }
        Some(grid)
    }

    /// Tells the grid points around a line how near it is. Bends much smaller than a cell are passed over.
    fn draw(&mut self, line: &[Coord<f64>]) {
        let Some((mut start, rest)) = line.split_first().map(|(first, rest)| (*first, rest)) else {
            return;
        };
        let small = (self.cell / 4.0).powi(2);
        for (at, end) in rest.iter().enumerate() {
            let way = *end - start;
            let length = way.x * way.x + way.y * way.y;
            if length < small && at + 1 < rest.len() {
                continue;
            }
            let steps = (length.sqrt() / self.cell / 2.0).ceil().max(1.0);
            for step in 0..steps as usize {
                let from = start + way * (step as f64 / steps);
                self.mark(from, way / steps);
            }
            start = *end;
        }
    }

    /// Tells the grid points around a short straight stretch how near it is.
    fn mark(&mut self, from: Coord<f64>, way: Coord<f64>) {
        let place = from - self.corner;
        let length = (way.x * way.x + way.y * way.y).max(1e-9);
        let range = |from: f64, way: f64, most: usize| {
            let first = (from + way.min(0.0) - self.far) / self.cell;
            let last = (from + way.max(0.0) + self.far) / self.cell;
            first.max(0.0) as usize..=(last as usize).min(most - 1)
        };
        for y in range(place.y, way.y, self.high) {
            let up = y as f64 * self.cell - place.y;
            for x in range(place.x, way.x, self.wide) {
                let over = x as f64 * self.cell - place.x;
                let share = ((over * way.x + up * way.y) / length).clamp(0.0, 1.0);
                let (dx, dy) = (over - share * way.x, up - share * way.y);
                let known = &mut self.away[y * self.wide + x];
                *known = known.min((dx * dx + dy * dy) as f32);
            }
        }
    }

    fn at(&self, x: usize, y: usize) -> f64 {
        f64::from(self.away[y * self.wide + x]).sqrt()
    }

    /// Closed rings along which lines are exactly so far.
    fn rings(&self, within: f64) -> Vec<LineString<f64>> {
        let mut next: BTreeMap<Side, Side> = BTreeMap::new();
        for y in 0..self.high - 1 {
            for x in 0..self.wide - 1 {
                let corners = [(x, y), (x + 1, y), (x + 1, y + 1), (x, y + 1)];
                let inside = corners.map(|(x, y)| self.at(x, y) <= within);
                let (below, above) = ((true, x, y), (true, x, y + 1));
                let (left, right) = ((false, x, y), (false, x + 1, y));
                match inside {
                    [true, false, false, false] => drop(next.insert(below, left)),
                    [false, true, false, false] => drop(next.insert(right, below)),
                    [false, false, true, false] => drop(next.insert(above, right)),
                    [false, false, false, true] => drop(next.insert(left, above)),
                    [false, true, true, true] => drop(next.insert(left, below)),
                    [true, false, true, true] => drop(next.insert(below, right)),
                    [true, true, false, true] => drop(next.insert(right, above)),
                    [true, true, true, false] => drop(next.insert(above, left)),
                    [true, true, false, false] => drop(next.insert(right, left)),
                    [false, false, true, true] => drop(next.insert(left, right)),
                    [false, true, true, false] => drop(next.insert(above, below)),
                    [true, false, false, true] => drop(next.insert(below, above)),
                    [true, false, true, false] => {
                        next.insert(below, left);
                        next.insert(above, right);
                    }
                    [false, true, false, true] => {
                        next.insert(right, below);
                        next.insert(left, above);
                    }
                    [true, true, true, true] | [false, false, false, false] => {}
                }
            }
        }
        let mut rings = Vec::new();
        while let Some((start, mut side)) = next.pop_first() {
            let mut ring = vec![self.crossing(start, within)];
            while side != start {
                ring.push(self.crossing(side, within));
                match next.remove(&side) {
                    Some(onward) => side = onward,
                    None => break,
                }
            }
            ring.push(ring[0]);
            rings.push(LineString::new(ring));
        }
        rings
    }

    /// Where on a side the lines are exactly so far.
    fn crossing(&self, (level, x, y): Side, within: f64) -> Coord<f64> {
        let (over, up) = if level { (1, 0) } else { (0, 1) };
        let (first, last) = (self.at(x, y), self.at(x + over, y + up));
        let share = match (last - first).abs() > 0.0 {
            true => ((within - first) / (last - first)).clamp(0.0, 1.0),
            false => 0.5,
        };
        let spot = Coord {
            x: x as f64 + share * over as f64,
            y: y as f64 + share * up as f64,
        };
        self.corner + spot * self.cell
    }
}

/// Polygons from rings: each hole in the smallest ring around it; holes smaller than `least` are filled.
fn polygons(rings: Vec<LineString<f64>>, least: f64) -> MultiPolygon<f64> {
    let bare = |ring: LineString<f64>| Polygon::new(ring, Vec::new());
    let (mut outer, holes): (Vec<Polygon<f64>>, Vec<Polygon<f64>>) = rings
        .into_iter()
        .map(bare)
        .partition(|polygon| polygon.signed_area() > 0.0);
    outer.sort_by(|one, other| one.unsigned_area().total_cmp(&other.unsigned_area()));
    let shells: Vec<Polygon<f64>> = outer.clone();
    let boxes: Vec<Option<Rect<f64>>> = shells.iter().map(Polygon::bounding_rect).collect();
    for hole in holes
        .into_iter()
        .filter(|hole| hole.unsigned_area() >= least)
    {
        let Some(point) = hole.exterior().points().next() else {
            continue;
        };
        let around = |at: &usize| boxes[*at].is_some_and(|rect| rect.intersects(&point));
        let near: Vec<usize> = (0..shells.len()).filter(around).collect();
        // Every hole is in some ring: where one is left, it is that one.
        let is = |at: &&usize| Some(*at) == near.last() || shells[**at].contains(&point);
        if let Some(at) = near.iter().find(is) {
            outer[*at].interiors_push(hole.exterior().clone());
        }
    }
    MultiPolygon::new(outer)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(points: &[(f64, f64)]) -> Vec<Coord<f64>> {
        points.iter().map(|(x, y)| Coord { x: *x, y: *y }).collect()
    }

    #[test]
    fn the_ground_beside_a_road_is_as_wide_as_it_should_be() {
        let ground = around(&[line(&[(0.0, 0.0), (1_000.0, 0.0)])], 60.0);
        // 1,000 × 120 and a disc of 60 at its ends: 131,310 m².
        let area = ground.unsigned_area();
        assert!((area - 131_310.0).abs() < 3_000.0, "{area}");
        assert_eq!(ground.0.len(), 1);
    }

    #[test]
    fn a_field_that_a_road_goes_round_is_a_hole() {
        let ring = [
            (0.0, 0.0),
            (1_000.0, 0.0),
            (1_000.0, 1_000.0),
            (0.0, 1_000.0),
            (0.0, 0.0),
        ];
        let ground = around(&[line(&ring)], 60.0);
        assert_eq!((ground.0.len(), ground.0[0].interiors().len()), (1, 1));
        assert!(!ground.contains(&geo::Point::new(500.0, 500.0)));
        assert!(ground.contains(&geo::Point::new(500.0, 30.0)));
    }

    #[test]
    fn roads_apart_are_polygons_apart_and_no_road_is_no_ground() {
        let roads = [
            line(&[(0.0, 0.0), (100.0, 0.0)]),
            line(&[(900.0, 0.0), (950.0, 0.0)]),
        ];
        assert_eq!(around(&roads, 60.0).0.len(), 2);
        assert!(around(&[], 60.0).0.is_empty());
    }
}
