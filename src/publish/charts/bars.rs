//! What several charts draw: levels behind the bars, and the hatching that tells bars apart without colour.

use super::super::draw::{Anchor, Hatch, OUTLINE, Pen, QUIET, SMALL, Sheet, hatch_lines};
use super::money::round_pounds;

/// A line and its amount every so many pounds from the lowest level to the highest.
pub(super) fn levels(
    sheet: &mut Sheet<'_>,
    (left, right): (f64, f64),
    (low, high, every): (f64, f64, f64),
    y: impl Fn(f64) -> f64,
) {
    let mut level = low;
    while level <= high + every / 2.0 {
        let across = [(left, y(level)), (right, y(level))];
        sheet.polyline(&across, Pen(OUTLINE, 0.4, 0.7));
        let words = round_pounds(level);
        sheet.text(
            &words,
            (left - 8.0, y(level)),
            SMALL,
            QUIET,
            false,
            Anchor::End,
        );
        level += every;
    }
}

/// Rising lines over a bar.
pub(super) fn hatched(sheet: &mut Sheet<'_>, at: (f64, f64), size: (f64, f64), pen: Pen) {
    let (right, low) = (at.0 + size.0, at.1 + size.1);
    let ring = vec![at, (right, at.1), (right, low), (at.0, low)];
    for line in hatch_lines(&[ring], Hatch::Rising, 6.0) {
        sheet.polyline(&line, Pen(pen.0, pen.1, pen.2));
    }
}
