//! The look that maps and charts share.
//!
//! Colours are the Analysis Function's categorical palette; each category also has a shape or a
//! hatching of its own, so that nothing is told by colour alone and a grey print says the same.

/// Red, green, blue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) struct Ink(pub u8, pub u8, pub u8);

pub(in super::super) const NAVY: Ink = Ink(0x12, 0x43, 0x6D);
pub(in super::super) const TEAL: Ink = Ink(0x28, 0xA1, 0x97);
pub(in super::super) const MAROON: Ink = Ink(0x80, 0x16, 0x50);
pub(in super::super) const ORANGE: Ink = Ink(0xF4, 0x6A, 0x25);
pub(in super::super) const CHARCOAL: Ink = Ink(0x3D, 0x3D, 0x3D);
pub(in super::super) const LILAC: Ink = Ink(0xA2, 0x85, 0xD1);
/// With navy the steps of an amount: the Analysis Function's sequential palette, and one step lighter.
pub(in super::super) const BLUE: Ink = Ink(0x20, 0x73, 0xBC);
pub(in super::super) const SKY: Ink = Ink(0x6B, 0xAC, 0xE6);
pub(in super::super) const PALE: Ink = Ink(0xCF, 0xE3, 0xF5);
/// Tints that only tell neighbours apart; each but the first goes with a hatching of its own.
pub(in super::super) const SAND: Ink = Ink(0xF7, 0xDC, 0xC6);
pub(in super::super) const MINT: Ink = Ink(0xC5, 0xE3, 0xDF);
pub(in super::super) const MAUVE: Ink = Ink(0xE3, 0xD8, 0xF1);
pub(in super::super) const WHITE: Ink = Ink(0xFF, 0xFF, 0xFF);
/// Titles and figures.
pub(in super::super) const TEXT: Ink = Ink(0x1F, 0x1F, 0x1F);
/// Secondary words: 7 : 1 on white.
pub(in super::super) const QUIET: Ink = Ink(0x55, 0x55, 0x55);
/// Outlines of zones: 3.4 : 1 on white and on paper.
pub(in super::super) const OUTLINE: Ink = Ink(0x8A, 0x8A, 0x8A);
/// Land inside the study area that carries no message.
pub(in super::super) const PAPER: Ink = Ink(0xF4, 0xF2, 0xEC);
/// Everything beyond it.
pub(in super::super) const BEYOND: Ink = Ink(0xF0, 0xF2, 0xF4);

/// Sizes of text, in pixels. None is below 13: on A4 a picture is printed at 0.935 of its size, and 12 are
/// left.
pub(in super::super) const TITLE: f64 = 24.0;
pub(in super::super) const SUBTITLE: f64 = 15.0;
pub(in super::super) const HEADING: f64 = 14.0;
pub(in super::super) const BODY: f64 = 13.0;
pub(in super::super) const SMALL: f64 = 13.0;

/// Width of every picture and the margin around it, in pixels.
pub(in super::super) const PAGE_WIDTH: f64 = 1200.0;
pub(in super::super) const MARGIN: f64 = 28.0;

impl Ink {
    /// Relative luminance, as WCAG 2.2 defines it.
    pub(in super::super) fn luminance(self) -> f64 {
        let linear = |part: u8| {
            let share = f64::from(part) / 255.0;
            if share <= 0.04045 {
                share / 12.92
            } else {
                ((share + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * linear(self.0) + 0.7152 * linear(self.1) + 0.0722 * linear(self.2)
    }

    /// Contrast ratio with another colour, 1 to 21.
    #[cfg(test)]
    pub(in super::super) fn contrast(self, other: Ink) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_mark_stands_out_from_white_and_text_from_everything_it_is_written_on() {
        for ink in [NAVY, TEAL, MAROON, ORANGE, CHARCOAL, LILAC, OUTLINE] {
            assert!(
                ink.contrast(WHITE) >= 3.0,
                "{ink:?} {}",
                ink.contrast(WHITE)
            );
        }
        for ink in [TEXT, QUIET] {
            assert!(ink.contrast(WHITE) >= 4.5);
            assert!(ink.contrast(PAPER) >= 4.5);
        }
        assert!(OUTLINE.contrast(PAPER) >= 3.0);
        assert!(OUTLINE.contrast(BEYOND) >= 3.0);
    }

    #[test]
    fn steps_of_an_amount_darken_one_by_one_in_a_grey_print() {
        for pair in [PALE, SKY, BLUE, NAVY].windows(2) {
            assert!(pair[0].contrast(pair[1]) >= 1.6, "{pair:?}");
        }
    }
}
