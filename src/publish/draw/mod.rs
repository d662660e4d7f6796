//! Drawing: one sheet, one style, one font for maps and charts.

mod frame;
mod glyphs;
mod grey;
mod hatch;
mod labels;
mod paper;
mod png;
mod sheet;
mod style;
mod text;

pub(super) use frame::{Frame, sources_line};
pub(super) use grey::in_grey;
pub(super) use hatch::{Hatch, hatch_lines};
pub(super) use labels::{Box2, Labels};
pub(super) use paper::Paper;
pub(super) use png::{Size, png, sized_png};
pub(super) use sheet::{Anchor, Pen, Sheet, Symbol};
pub(super) use style::*;
pub(super) use text::{elided, shown_name, width, wrapped};
