//! Shapes cut to the frame of a map.

use super::super::draw::Box2;

type Point = (f64, f64);

/// The part of a ring inside the frame (Sutherland and Hodgman, 1974).
pub(super) fn ring(points: &[Point], frame: Box2) -> Vec<Point> {
    let Box2(left, top, right, bottom) = frame;
    let mut kept = points.to_vec();
    for (axis, edge, keep_above) in [
        (0, left, true),
        (0, right, false),
        (1, top, true),
        (1, bottom, false),
    ] {
        let value = |p: Point| if axis == 0 { p.0 } else { p.1 };
        let inside = |p: Point| {
            if keep_above {
                value(p) >= edge
            } else {
                value(p) <= edge
            }
        };
        if kept.iter().all(|p| inside(*p)) {
            continue;
        }
        let mut next = Vec::with_capacity(kept.len());
        for (at, here) in kept.iter().enumerate() {
            let before = kept[(at + kept.len() - 1) % kept.len()];
            if inside(before) != inside(*here) {
                let share = (edge - value(before)) / (value(*here) - value(before));
                next.push((
                    before.0 + share * (here.0 - before.0),
                    before.1 + share * (here.1 - before.1),
                ));
            }
            if inside(*here) {
                next.push(*here);
            }
        }
        kept = next;
    }
    kept
}

/// The part of a line inside the frame (Liang and Barsky, 1984).
pub(super) fn segment(a: Point, b: Point, frame: Box2) -> Option<[Point; 2]> {
    let Box2(left, top, right, bottom) = frame;
    let (dx, dy) = (b.0 - a.0, b.1 - a.1);
    let (mut enter, mut leave) = (0.0_f64, 1.0_f64);
    for (p, q) in [
        (-dx, a.0 - left),
        (dx, right - a.0),
        (-dy, a.1 - top),
        (dy, bottom - a.1),
    ] {
        if p == 0.0 {
            if q < 0.0 {
                return None;
            }
        } else if p < 0.0 {
            enter = enter.max(q / p);
        } else {
            leave = leave.min(q / p);
        }
    }
    let on = |t: f64| (a.0 + t * dx, a.1 + t * dy);
    (enter <= leave).then(|| [on(enter), on(leave)])
}

#[cfg(test)]
mod tests {
    use super::*;

    const FRAME: Box2 = Box2(0.0, 0.0, 10.0, 10.0);

    #[test]
    fn a_ring_that_reaches_out_is_cut_at_the_edge() {
        let cut = ring(&[(5.0, 5.0), (15.0, 5.0), (15.0, 8.0), (5.0, 8.0)], FRAME);
        assert!(cut.iter().all(|p| p.0 <= 10.0) && cut.len() == 4, "{cut:?}");
        assert!(ring(&[(20.0, 20.0), (30.0, 20.0), (30.0, 30.0)], FRAME).is_empty());
    }

    #[test]
    fn a_line_is_cut_where_it_leaves() {
        assert_eq!(
            segment((5.0, 5.0), (15.0, 5.0), FRAME),
            Some([(5.0, 5.0), (10.0, 5.0)])
        );
        assert_eq!(segment((-5.0, -1.0), (15.0, -1.0), FRAME), None);
    }
}
