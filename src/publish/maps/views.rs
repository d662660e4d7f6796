//! The views of one picture: the whole place, and where its buildings stand too close to be told
//! apart, that part again, enlarged, below.

use super::super::draw::Box2;
use super::super::edition::Issue;
use super::projection::View;
use crate::place::{Location, Place};
use crate::plan::Action;
use rstar::RTree;

/// Marks nearer than this, in pixels, cannot be told apart or named.
const CROWDED: f64 = 18.0;
/// How much larger the enlarged part may be.
const ZOOMS: [f64; 6] = [2.5, 3.5, 5.0, 7.0, 10.0, 14.0];
/// Up to so many marks that crowd, each is tried as the middle of the enlarged part; of more, every second, third and so on.
const MIDDLES: usize = 500;
const INSET_HEIGHT: f64 = 540.0;
/// Between the two frames, for the heading of the lower one; beside one another they need less.
const GAP: f64 = 36.0;
const BESIDE: f64 = 16.0;
/// Room for the heading of an enlarged part that stands beside the whole.
const HEADING_ROOM: f64 = 24.0;

/// One or two views of a place.
pub(super) struct Views {
    pub(super) main: View,
    pub(super) inset: Option<View>,
    /// Whether the words of the window stand under it, because they would hide marks above it.
    words_under: bool,
    /// Where the enlarged part is: below the whole, or beside it.
    pub(super) beside: bool,
}

/// The frames that views may fill.
#[derive(Clone, Copy)]
struct Room {
    corner: (f64, f64),
    width: f64,
    /// The height of a page that has one.
    body: Option<f64>,
}

impl Room {
    /// The whole place, alone.
    fn alone(&self, place: &Place) -> View {
        let heights = self.body.map_or((560.0, 900.0), |body| (body, body));
        View::of(place, self.corner, self.width, heights)
    }

    /// The whole place beside or above its enlarged part, and the frame of that.
    fn shared(&self, place: &Place) -> (View, Box2) {
        let Some(body) = self.body else {
            let main = View::of(place, self.corner, self.width, (440.0, 720.0));
            let below = main.frame.3 + GAP;
            let frame = Box2(main.frame.0, below, main.frame.2, below + INSET_HEIGHT);
            return (main, frame);
        };
        let half = (self.width - BESIDE) / 2.0;
        let high = body - HEADING_ROOM;
        let top = self.corner.1 + HEADING_ROOM;
        let main = View::of(place, (self.corner.0, top), half, (high, high));
        let left = self.corner.0 + half + BESIDE;
        (main, Box2(left, top, left + half, top + high))
    }
}

impl Views {
    /// The same for every map of an issue: chosen by the buildings in the plan.
    pub(super) fn of(issue: &Issue<'_>, corner: (f64, f64), width: f64) -> Self {
        let place = issue.place();
        let room = Room {
            corner,
            width,
            body: issue.map_body(),
        };
        let spots: Vec<Location> = issue
            .buildings()
            .filter(|(at, _)| {
                issue
                    .planned(*at)
                    .is_some_and(|p| p.action != Action::Outside)
            })
            .filter_map(|(_, building)| building.location)
            .collect();
        let alone = room.alone(place);
        let zones = place.zones.iter().filter(|zone| zone.outline.is_none());
        let marks: Vec<Location> = spots
            .iter()
            .copied()
            .chain(zones.map(|z| z.point))
            .collect();
        let (main, frame) = room.shared(place);
        if crowded(&alone, &spots, frame).is_none() {
            return Self::only(alone.clear_of(&marks));
        }
        let main = main.clear_of(&marks);
        let inset = crowded(&main, &spots, frame)
            .map(|(middle, zoom)| main.enlarged(middle, zoom, frame).clear_of(&marks));
        let mut views = Self {
            main,
            inset,
            words_under: false,
            beside: room.body.is_some(),
        };
        if let Some(window) = views.window() {
            let hidden = |views: &Self| {
                let Box2(left, top, right, bottom) = views.words_of(window);
                let seen = marks.iter().filter_map(|m| views.main.inside(Some(*m)));
                let near = |(x, y): &(f64, f64)| {
                    (left - 7.0..=right + 7.0).contains(x) && (top - 7.0..=bottom + 7.0).contains(y)
                };
                seen.filter(near).count()
            };
            let above = hidden(&views);
            views.words_under = true;
            views.words_under = hidden(&views) < above;
        }
        views
    }

    /// One view, alone.
    pub(super) fn only(main: View) -> Self {
        Self {
            main,
            inset: None,
            words_under: false,
            beside: false,
        }
    }

    /// The whole place in one view.
    pub(super) fn whole(place: &Place, corner: (f64, f64), width: f64) -> Self {
        let spots = place.buildings.iter().filter_map(|one| one.location);
        let marks: Vec<Location> = spots
            .chain(place.zones.iter().map(|zone| zone.point))
            .collect();
        Self::only(View::of(place, corner, width, (560.0, 900.0)).clear_of(&marks))
    }

    /// The views, the whole place first.
    pub(super) fn each(&self) -> impl Iterator<Item = &View> {
        std::iter::once(&self.main).chain(&self.inset)
    }

    /// The lowest edge of the frames.
    pub(super) fn bottom(&self) -> f64 {
        self.inset.as_ref().unwrap_or(&self.main).frame.3
    }

    /// Whether a view is the enlarged one.
    pub(super) fn is_inset(&self, view: &View) -> bool {
        self.inset
            .as_ref()
            .is_some_and(|inset| inset.frame == view.frame)
    }

    /// Whether a point of the main view is shown again in the enlarged one.
    pub(super) fn is_enlarged(&self, location: Option<Location>) -> bool {
        self.inset
            .as_ref()
            .is_some_and(|inset| inset.inside(location).is_some())
    }

    /// Where the words of the window stand: above it, or under it.
    pub(super) fn words_of(&self, window: Box2) -> Box2 {
        let middle = (window.0 + window.2) / 2.0;
        let top = match self.words_under {
            true => window.3 + 2.0,
            false => window.1 - 19.0,
        };
        Box2(middle - 52.0, top, middle + 52.0, top + 17.0)
    }

    /// The enlarged part, as a rectangle of the main view.
    pub(super) fn window(&self) -> Option<Box2> {
        let inset = self.inset.as_ref()?;
        let half_w = (inset.frame.2 - inset.frame.0) / 2.0 * self.main.scale / inset.scale;
        let half_h = (inset.frame.3 - inset.frame.1) / 2.0 * self.main.scale / inset.scale;
        let (x, y) = self.main.on_sheet(inset.middle);
        Some(Box2(x - half_w, y - half_h, x + half_w, y + half_h))
    }
}

/// Where marks crowd: the middle of the window on the sheet and how much to enlarge it into the frame;
/// `None` where they can be told apart.
fn crowded(view: &View, spots: &[Location], frame: Box2) -> Option<((f64, f64), f64)> {
    let points: Vec<_> = spots
        .iter()
        .filter_map(|spot| view.inside(Some(*spot)))
        .collect();
    let marks = RTree::bulk_load(points.clone());
    let is_near_another = |p: &(f64, f64)| {
        let mut near = marks.locate_within_distance(*p, CROWDED * CROWDED);
        near.nth(1).is_some()
    };
    let tight: Vec<_> = points.iter().copied().filter(is_near_another).collect();
    if tight.len() < 6 || tight.len() * 5 < points.len() {
        return None;
    }
    let (width, height) = (frame.2 - frame.0, frame.3 - frame.1);
    let inside = |middle: (f64, f64), zoom: f64| {
        let (w, h) = (width / zoom / 2.0 * 0.9, height / zoom / 2.0 * 0.9);
        tight
            .iter()
            .filter(move |p| (p.0 - middle.0).abs() < w && (p.1 - middle.1).abs() < h)
            .copied()
            .collect::<Vec<_>>()
    };
    let best = |zoom: f64| {
        let from = |p: &(f64, f64)| inside(*p, zoom).len();
        // The first of equals, so that the choice does not change with the order of sums.
        let middles = tight.iter().step_by(tight.len().div_ceil(MIDDLES));
        middles.rev().max_by_key(|p| from(p)).copied()
    };
    let widest = best(ZOOMS[0])?;
    let all = inside(widest, ZOOMS[0]).len();
    let (zoom, seen) = ZOOMS
        .into_iter()
        .rev()
        .filter_map(|zoom| Some((zoom, inside(best(zoom)?, zoom))))
        .find(|(_, seen)| seen.len() * 100 >= all * 85)?;
    let range = |of: fn(&(f64, f64)) -> f64| {
        let low = seen.iter().map(of).fold(f64::INFINITY, f64::min);
        let high = seen.iter().map(of).fold(f64::NEG_INFINITY, f64::max);
        (low + high) / 2.0
    };
    Some(((range(|p| p.0), range(|p| p.1)), zoom))
}
