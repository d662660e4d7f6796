//! The knee of a curve.

/// A curve that bends less than this, as a share of its height, has no knee worth naming.
const LEAST: f64 = 0.05;

/// The position of the knee: the point furthest above the straight line from the first point to the last,
/// both axes stretched to the same length (Satopää and others 2011). `None` where the curve is nearly
/// straight, or has fewer than three points.
///
/// ```
/// use oneroof::frontier::knee;
/// assert_eq!(knee(&[(0.0, 0.0), (1.0, 8.0), (2.0, 9.0), (3.0, 10.0)]), Some(1));
/// assert_eq!(knee(&[(0.0, 0.0), (1.0, 1.0), (2.0, 2.0)]), None);
/// ```
pub fn knee(points: &[(f64, f64)]) -> Option<usize> {
    let (first, last) = (points.first()?, points.last()?);
    let (wide, high) = (last.0 - first.0, last.1 - first.1);
    if points.len() < 3 || wide == 0.0 || high <= 0.0 {
        return None;
    }
    let above = |point: &(f64, f64)| (point.1 - first.1) / high - (point.0 - first.0) / wide;
    let furthest = points.iter().enumerate().max_by(|a, b| {
        let order = above(a.1).total_cmp(&above(b.1));
        order.then(b.0.cmp(&a.0))
    });
    furthest
        .filter(|(_, point)| above(point) >= LEAST)
        .map(|(at, _)| at)
}
