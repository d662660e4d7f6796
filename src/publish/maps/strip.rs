//! A legend in lines above several small maps.

use super::super::draw::{Anchor, BODY, Sheet, TEXT, width};

type Point = (f64, f64);

/// How high a line is.
const LINE: f64 = 24.0;
/// What stands before the words, and after them.
const MARK: f64 = 30.0;
const AFTER: f64 = 24.0;

/// Paints a mark around a point.
type Mark<'a> = dyn Fn(&mut Sheet<'_>, Point) + 'a;

/// A mark painted around a point, and its words.
pub(super) struct Item<'a> {
    pub(super) words: String,
    pub(super) mark: Box<Mark<'a>>,
}

/// Where each item begins, from the left edge and by line.
fn places(items: &[Item<'_>], room: f64) -> Vec<(f64, usize)> {
    let (mut x, mut line) = (0.0, 0);
    items
        .iter()
        .map(|item| {
            let wide = MARK + width(&item.words, BODY, false);
            if x > 0.0 && x + wide > room {
                (x, line) = (0.0, line + 1);
            }
            let here = (x, line);
            x += wide + AFTER;
            here
        })
        .collect()
}

/// How high the items are in this room.
pub(super) fn height(items: &[Item<'_>], room: f64) -> f64 {
    let lines = places(items, room).last().map_or(0, |(_, line)| line + 1);
    LINE * lines as f64
}

/// Draws them from a corner down.
pub(super) fn paint(sheet: &mut Sheet<'_>, items: &[Item<'_>], (left, top): Point, room: f64) {
    for (item, (x, line)) in items.iter().zip(places(items, room)) {
        let y = top + LINE * (line as f64 + 0.5);
        (item.mark)(sheet, (left + x + 12.0, y));
        let at = (left + x + MARK, y);
        sheet.text(&item.words, at, BODY, TEXT, false, Anchor::Start);
    }
}
