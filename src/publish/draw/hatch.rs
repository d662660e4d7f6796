//! Hatching: parallel lines cut to a shape, aligned over the whole sheet so that neighbours match.

/// Direction of the lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Hatch {
    /// Rising to the right.
    Rising,
    /// Falling to the right.
    Falling,
}

type Point = (f64, f64);

/// The pieces of lines `gap` pixels apart that lie inside the rings (even-odd).
pub(in super::super) fn hatch_lines(
    rings: &[Vec<Point>],
    hatch: Hatch,
    gap: f64,
) -> Vec<[Point; 2]> {
    // Lines of constant u = (x ± y); along them, v = x.
    let sign = match hatch {
        Hatch::Rising => 1.0,
        Hatch::Falling => -1.0,
    };
    let u = |p: Point| p.0 + sign * p.1;
    let all = || {
        rings
            .iter()
            .flatten()
            .copied()
            .map(u)
            .filter(|u| u.is_finite())
    };
    let (low, high) = (
        all().fold(f64::INFINITY, f64::min),
        all().fold(f64::NEG_INFINITY, f64::max),
    );
    let step = gap * std::f64::consts::SQRT_2;
    if !low.is_finite() || !high.is_finite() || step <= 0.0 || (high - low) / step > 1e5 {
        return Vec::new();
    }
    let mut pieces = Vec::new();
    let mut line = (low / step).ceil();
    while line * step <= high {
        let at = line * step;
        let mut crossings: Vec<f64> = rings
            .iter()
            .flat_map(|ring| crossings(ring, at, &u))
            .collect();
        crossings.sort_by(f64::total_cmp);
        for pair in crossings.chunks_exact(2) {
            let point = |x: f64| (x, (at - x) * sign);
            pieces.push([point(pair[0]), point(pair[1])]);
        }
        line += 1.0;
    }
    pieces
}

/// The x of every crossing of the line u = `at` with a ring; each corner counts once.
fn crossings<'a>(
    ring: &'a [Point],
    at: f64,
    u: &'a impl Fn(Point) -> f64,
) -> impl Iterator<Item = f64> + 'a {
    let next = ring.iter().cycle().skip(1);
    ring.iter().zip(next).filter_map(move |(a, b)| {
        let (ua, ub) = (u(*a), u(*b));
        if (ua <= at) == (ub <= at) {
            return None;
        }
        Some(a.0 + (at - ua) / (ub - ua) * (b.0 - a.0))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_stay_inside_and_leave_holes_free() {
        let square = |a: f64, b: f64| vec![(a, a), (b, a), (b, b), (a, b)];
        let rings = [square(0.0, 100.0), square(40.0, 60.0)];
        let lines = hatch_lines(&rings, Hatch::Rising, 7.0);
        assert!(!lines.is_empty());
        for [a, b] in lines {
            let middle = ((a.0 + b.0) / 2.0, (a.1 + b.1) / 2.0);
            assert!((-0.01..=100.01).contains(&middle.0) && (-0.01..=100.01).contains(&middle.1));
            let in_hole = |p: Point| (40.5..59.5).contains(&p.0) && (40.5..59.5).contains(&p.1);
            assert!(!in_hole(middle));
        }
    }
}
