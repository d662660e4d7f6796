//! The ground of a map that is drawn elsewhere: zones and places on a sheet of whole numbers, and the
//! classes of access that the printed maps use.

use super::super::access_change::ServiceChange;
use super::super::edition::Issue;
use super::base;
use super::classes::Classes;
use super::projection::View;
use crate::place::{Location, Place, Zone};
use std::fmt::Write;

/// Width of the sheet, in its units.
const WIDE: f64 = 10_000.0;
/// Points of an outline closer than this to the last are left out, in units of the sheet.
const FINE: f64 = 3.0;

/// A sheet that holds the whole place.
pub(in super::super) struct Ground {
    view: View,
}

impl Ground {
    pub(in super::super) fn of(place: &Place) -> Self {
        let view = View::of(place, (0.0, 0.0), WIDE, (4_500.0, 16_000.0));
        Self { view }
    }

    pub(in super::super) fn width(&self) -> f64 {
        WIDE
    }

    pub(in super::super) fn height(&self) -> f64 {
        self.view.frame.3.round()
    }

    /// Units of the sheet for each kilometre.
    pub(in super::super) fn units_of_a_km(&self) -> f64 {
        (self.view.scale * 1e6).round() / 1e3
    }

    /// Where a location stands.
    pub(in super::super) fn at(&self, location: Location) -> (f64, f64) {
        let (x, y) = self.view.at(location.lon(), location.lat());
        (x.round() + 0.0, y.round() + 0.0)
    }

    /// The same; `None` beyond the sheet.
    pub(in super::super) fn inside(&self, location: Location) -> Option<(f64, f64)> {
        let (x, y) = self.view.inside(Some(location))?;
        Some((x.round() + 0.0, y.round() + 0.0))
    }

    /// The outline of a zone as the path of an SVG; empty where it is not known.
    pub(in super::super) fn outline(&self, zone: &Zone) -> String {
        zone.outline
            .as_ref()
            .map_or_else(String::new, |outline| self.path(outline))
    }

    /// The edge of the study area, as a path.
    pub(in super::super) fn edge(&self, place: &Place) -> String {
        self.path(&place.study_area.outline)
    }

    fn path(&self, outline: &geo::MultiPolygon<f64>) -> String {
        let mut path = String::new();
        for ring in base::shapes(&self.view, outline, FINE).iter().flatten() {
            let mut last = (0_i64, 0_i64);
            for (at, (x, y)) in ring.iter().enumerate() {
                let point = (x.round() as i64, y.round() as i64);
                let _ = match at {
                    0 => write!(path, "M{} {}", point.0, point.1),
                    1 => write!(path, "l{} {}", point.0 - last.0, point.1 - last.1),
                    _ => write!(path, " {} {}", point.0 - last.0, point.1 - last.1),
                };
                last = point;
            }
            path.push('z');
        }
        path
    }
}

/// The classes of change of one service, as its printed map has them.
pub(in super::super) struct Levels {
    /// Whether it is distance that is shown, because nobody's changes.
    pub(in super::super) unchanged: bool,
    /// What each class is called.
    pub(in super::super) words: Vec<String>,
    /// The class of every zone.
    pub(in super::super) of: Vec<usize>,
}

impl Levels {
    pub(in super::super) fn of(issue: &Issue<'_>, service: &ServiceChange) -> Self {
        let classes = Classes::of(issue, service);
        Self {
            unchanged: classes.unchanged,
            words: classes.all.into_iter().map(|class| class.words).collect(),
            of: classes.of,
        }
    }
}
