//! A bar of pounds to the side of nought, with its figure.

use super::super::draw::{Anchor, BODY, Hatch, MAROON, NAVY, Pen, Sheet, TEXT, WHITE, hatch_lines};
use super::money::pounds;

/// Draws a bar from `zero`: dark where it is a gain, hatched where it is a loss, none for less than half a pound.
pub(in super::super) fn bar(sheet: &mut Sheet<'_>, value: f64, scale: f64, zero: f64, middle: f64) {
    let end = zero + value * scale;
    let (top, high) = (middle - 9.0, 18.0);
    if value >= 0.5 {
        sheet.rect((zero, top), ((end - zero).max(1.0), high), Some(NAVY), None);
    } else if value <= -0.5 {
        let left = end.min(zero - 1.0);
        sheet.rect((left, top), (zero - left, high), Some(MAROON), None);
        let ring = vec![
            (left, top),
            (zero, top),
            (zero, top + high),
            (left, top + high),
        ];
        for line in hatch_lines(&[ring], Hatch::Rising, 6.0) {
            sheet.polyline(&line, Pen(WHITE, 1.0, 1.0));
        }
    }
    let (x, anchor) = beside(value, end);
    sheet.text(&pounds(value), (x, middle), BODY, TEXT, false, anchor);
}

/// Where the figure of a bar that ends at `end` stands: on the side the bar points to.
pub(super) fn beside(value: f64, end: f64) -> (f64, Anchor) {
    if value <= -0.5 {
        (end - 6.0, Anchor::End)
    } else {
        (end + 6.0, Anchor::Start)
    }
}
