//! Zones filled by class.

use super::super::access_change::ServiceChange;
use super::super::draw::{Box2, CHARCOAL, OUTLINE, Pen, Sheet, WHITE};
use super::super::edition::Issue;
use super::base::{self, demand};
use super::classes::{Class, Classes};
use super::projection::View;

/// Fills the zones of a view by their classes, with hairlines between them.
pub(super) fn paint_zones(
    sheet: &mut Sheet<'_>,
    view: &View,
    issue: &Issue<'_>,
    service: &ServiceChange,
    classes: &Classes,
) {
    let place = issue.place();
    let many = base::many(place);
    base::beyond(sheet, view, place);
    let shapes: Vec<_> = place
        .zones
        .iter()
        .map(|z| base::zone_shapes(view, z, many))
        .collect();
    for (at, shape) in shapes.iter().enumerate() {
        let class = classes.class(at);
        shape.iter().for_each(|rings| class.paint(sheet, rings));
    }
    let pen = base::hairline(place);
    for rings in shapes.iter().flatten() {
        base::outlines(sheet, rings, Pen(WHITE, pen.1 * 2.6, 1.0));
    }
    for rings in shapes.iter().flatten() {
        base::outlines(sheet, rings, pen);
    }
    // Zones without an outline are circles whose area is their demand; the largest lie lowest.
    let most = place
        .zones
        .iter()
        .map(|z| demand(service, z))
        .fold(1.0, f64::max);
    let mut circles: Vec<_> = place
        .zones
        .iter()
        .enumerate()
        .filter(|(_, zone)| zone.outline.is_none())
        .filter_map(|(at, zone)| {
            let spot = view.inside(Some(zone.point))?;
            Some((demand(service, zone), spot, classes.class(at)))
        })
        .collect();
    circles.sort_by(|a, b| b.0.total_cmp(&a.0));
    let Box2(left, top, right, bottom) = view.frame;
    let share = (right - left) * (bottom - top) / circles.len().max(1) as f64;
    let largest = (share.sqrt() * 0.4).clamp(5.0, 20.0);
    for (people, at, class) in circles {
        let radius = (largest * (people / most).max(0.0).sqrt()).max(3.0);
        let ring: Vec<_> = (0..36)
            .map(|k| f64::from(k) / 36.0 * std::f64::consts::TAU)
            .map(|a| (at.0 + radius * a.cos(), at.1 + radius * a.sin()))
            .collect();
        class.paint(sheet, std::slice::from_ref(&ring));
        base::outlines(sheet, &[ring], Pen(CHARCOAL, 0.8, 1.0));
    }
}

/// A sample of a class, for a legend.
pub(super) fn swatch(sheet: &mut Sheet<'_>, class: &Class, at: (f64, f64)) {
    let (l, t, r, b) = (at.0 - 11.0, at.1 - 7.5, at.0 + 11.0, at.1 + 7.5);
    let ring = vec![(l, t), (r, t), (r, b), (l, b)];
    class.paint(sheet, std::slice::from_ref(&ring));
    base::outlines(sheet, &[ring], Pen(OUTLINE, 0.8, 1.0));
}
