//! The paper a picture is drawn on.

use super::frame::{HEAD, foot, lines};
use super::style::PAGE_WIDTH;

/// Wide by high of A4, landscape, in millimetres.
const A4: (f64, f64) = (297.0, 210.0);
/// Lines of notes under a map, where they are not unusually many.
const NOTES: usize = 4;

/// What a picture is drawn on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in super::super) enum Paper {
    /// A page as high as the picture needs: for screens.
    #[default]
    Flowing,
    /// A4, landscape: what does not fit is drawn smaller.
    A4,
}

/// The sheet that a picture is drawn on.
pub(super) struct Canvas {
    /// Width and height, in the picture's own pixels.
    pub(super) size: (f64, f64),
    /// How much of it lies left of the picture, because the picture is higher than the paper is wide.
    pub(super) aside: f64,
    /// Width and height as the SVG states them.
    pub(super) stated: (String, String),
}

impl Canvas {
    /// A sheet of so many pixels.
    pub(super) fn of(size: (f64, f64)) -> Self {
        Self {
            size,
            aside: 0.0,
            stated: (size.0.round().to_string(), size.1.round().to_string()),
        }
    }
}

impl Paper {
    /// The sheet for a picture that needs this height.
    pub(super) fn canvas(self, height: f64) -> Canvas {
        match self {
            Self::Flowing => Canvas::of((PAGE_WIDTH, height)),
            Self::A4 => {
                let height = height.max(PAGE_WIDTH * A4.1 / A4.0);
                let width = height * A4.0 / A4.1;
                Canvas {
                    size: (width, height),
                    aside: (width - PAGE_WIDTH) / 2.0,
                    stated: (format!("{}mm", A4.0), format!("{}mm", A4.1)),
                }
            }
        }
    }

    /// How high the middle of a map may be over these sources; `None` where it may be as high as it needs.
    pub(in super::super) fn body(self, sources: &str) -> Option<f64> {
        self.room(foot(NOTES + lines(sources).len()))
    }

    /// How high the middle of a picture with such a foot may be, if it is to be drawn in full size.
    pub(super) fn room(self, foot: f64) -> Option<f64> {
        match self {
            Self::Flowing => None,
            Self::A4 => Some((PAGE_WIDTH * A4.1 / A4.0 - HEAD - foot).floor()),
        }
    }
}
