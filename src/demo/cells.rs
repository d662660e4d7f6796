//! Cutting the land into zones: one cell round each point, without gaps or overlaps.
//!
//! Cells are those of Voronoi. A corner is where three cells meet, and it is worked out from those
//! three points in one fixed order, so that all three zones get the same bits: shared corners are
//! equal, not merely close. Long straight sides are then bent a little, the same way for both
//! zones beside them, as real boundaries are.

use super::chance::of_pair;
use super::land::Grid;
use rstar::RTree;
use rstar::primitives::GeomWithData;

#[derive(Clone, Copy)]
/// A side of a cell under construction: it starts at `corner` and lies towards `beyond`.
struct Side {
    corner: Grid,
    beyond: Option<usize>,
}

/// The outlines of the first `wanted` points, counter-clockwise, not closed. The others only bound
/// them. `bend` is the share of the way to the cell's point by which sides are bent.
pub(super) fn outlines(points: &[Grid], wanted: usize, bend: Option<u64>) -> Vec<Vec<Grid>> {
    let tree = RTree::bulk_load(
        points
            .iter()
            .enumerate()
            .map(|(at, point)| GeomWithData::new([point.0, point.1], at))
            .collect(),
    );
    (0..wanted)
        .map(|at| outline(points, at, &tree, bend))
        .collect()
}

fn outline(
    points: &[Grid],
    at: usize,
    tree: &RTree<GeomWithData<[f64; 2], usize>>,
    bend: Option<u64>,
) -> Vec<Grid> {
    let own = points[at];
    // A square that any real neighbour cuts away.
    let far = 60_000.0;
    let mut sides: Vec<Side> = [(-far, -far), (far, -far), (far, far), (-far, far)]
        .iter()
        .map(|(x, y)| Side {
            corner: (own.0 + x, own.1 + y),
            beyond: None,
        })
        .collect();
    for near in tree.nearest_neighbor_iter(&[own.0, own.1]) {
        if near.data == at {
            continue;
        }
        let other = points[near.data];
        let reach = sides
            .iter()
            .map(|side| squared(side.corner, own))
            .fold(0.0, f64::max);
        if squared(own, other) > 4.0 * reach {
            break;
        }
        cut(&mut sides, own, other, near.data);
    }
    corners(points, at, &sides, bend)
}

fn squared(a: Grid, b: Grid) -> f64 {
    let (x, y) = (a.0 - b.0, a.1 - b.1);
    x * x + y * y
}

/// Keeps what is nearer to `own` than to `other`.
fn cut(sides: &mut Vec<Side>, own: Grid, other: Grid, other_at: usize) {
    let inside = |corner: Grid| squared(corner, own) <= squared(corner, other);
    if sides.iter().all(|side| inside(side.corner)) {
        return;
    }
    let mut kept = Vec::with_capacity(sides.len() + 1);
    for (number, side) in sides.iter().enumerate() {
        let next = &sides[(number + 1) % sides.len()];
        let crossing = || {
            let (here, there) = (
                squared(side.corner, other) - squared(side.corner, own),
                squared(next.corner, other) - squared(next.corner, own),
            );
            let share = here / (here - there);
            (
                side.corner.0 + (next.corner.0 - side.corner.0) * share,
                side.corner.1 + (next.corner.1 - side.corner.1) * share,
            )
        };
        match (inside(side.corner), inside(next.corner)) {
            (true, true) => kept.push(*side),
            (true, false) => {
                kept.push(*side);
                kept.push(Side {
                    corner: crossing(),
                    beyond: Some(other_at),
                });
            }
            (false, true) => kept.push(Side {
                corner: crossing(),
                beyond: side.beyond,
            }),
            (false, false) => {}
        }
    }
    *sides = kept;
}

/// The corners of a cell from the points beside it, with bent sides between them.
fn corners(points: &[Grid], at: usize, sides: &[Side], bend: Option<u64>) -> Vec<Grid> {
    let mut ring = Vec::with_capacity(sides.len() * 4);
    let exact: Vec<Grid> = sides
        .iter()
        .enumerate()
        .map(|(number, side)| {
            let before = &sides[(number + sides.len() - 1) % sides.len()];
            match (before.beyond, side.beyond) {
                (Some(one), Some(two)) => meeting(points, [at, one, two]).unwrap_or(side.corner),
                _ => side.corner,
            }
        })
        .collect();
    for (number, side) in sides.iter().enumerate() {
        let (start, end) = (exact[number], exact[(number + 1) % exact.len()]);
        ring.push(start);
        let (Some(seed), Some(beyond)) = (bend, side.beyond) else {
            continue;
        };
        ring.extend(bent(points, (at, beyond), start, end, seed));
    }
    ring.dedup();
    ring
}

/// The point equally far from three others, worked out in the order of their numbers.
fn meeting(points: &[Grid], mut three: [usize; 3]) -> Option<Grid> {
    three.sort_unstable();
    let [a, b, c] = three.map(|at| points[at]);
    let (bx, by) = (b.0 - a.0, b.1 - a.1);
    let (cx, cy) = (c.0 - a.0, c.1 - a.1);
    let twice = 2.0 * (bx * cy - by * cx);
    if twice.abs() < 1.0 {
        return None;
    }
    let (b2, c2) = (bx * bx + by * by, cx * cx + cy * cy);
    Some((
        a.0 + (cy * b2 - by * c2) / twice,
        a.1 + (bx * c2 - cx * b2) / twice,
    ))
}

/// Points between two corners that bend the side between two cells. Each lies in the triangle of
/// half the side and one of the two cells' points, so no two bent sides can meet.
fn bent(points: &[Grid], cells: (usize, usize), start: Grid, end: Grid, seed: u64) -> Vec<Grid> {
    let flipped = cells.0 > cells.1;
    let (low, high) = (cells.0.min(cells.1), cells.0.max(cells.1));
    let (from, to) = if flipped { (end, start) } else { (start, end) };
    let length = squared(from, to).sqrt();
    if length < 120.0 {
        return Vec::new();
    }
    let chance = |turn| of_pair(seed, low, high, turn);
    let mix = |a: Grid, b: Grid, share: f64| (a.0 + (b.0 - a.0) * share, a.1 + (b.1 - a.1) * share);
    let half = mix(from, to, 0.35 + 0.3 * chance(1));
    let pulled = |one: Grid, two: Grid, turn: u64| {
        let towards = points[if chance(turn) < 0.5 { low } else { high }];
        let on_side = mix(one, two, 0.3 + 0.4 * chance(turn + 1));
        let pull = (0.22 * length / squared(on_side, towards).sqrt().max(1.0)).min(0.22);
        mix(on_side, towards, pull * chance(turn + 2))
    };
    let mut between = vec![pulled(from, half, 2), half, pulled(half, to, 5)];
    if flipped {
        between.reverse();
    }
    between
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nine_points_give_one_cell_whose_corners_are_the_midpoints() {
        let mut points = vec![(0.0, 0.0)];
        for x in [-100.0, 0.0, 100.0] {
            for y in [-100.0, 0.0, 100.0] {
                if (x, y) != (0.0, 0.0) {
                    points.push((x, y + x / 1_000.0));
                }
            }
        }
        let cell = &outlines(&points, 1, None)[0];
        for (x, y) in cell {
            assert!((x.abs() - 50.0).abs() < 0.2 && (y.abs() - 50.0).abs() < 0.2);
        }
    }
}
