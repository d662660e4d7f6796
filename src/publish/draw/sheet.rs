//! A sheet to draw on, in pixels with fractions.
//!
//! `plotters` draws SVG on whole pixels, so the sheet is four times as large inside and its viewBox
//! shrinks it back.

use super::paper::Canvas;
use super::style::{Ink, TEXT, WHITE};
use super::text;
use plotters::backend::SVGBackend;
use plotters::prelude::{DrawingBackend, FontStyle, IntoTextStyle, RGBAColor, ShapeStyle};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, RGBColor};

/// Sheet pixels for each picture pixel.
const FINE: f64 = 4.0;
/// plotters shrinks fonts by this factor on the way to SVG.
const FONT_FACTOR: f64 = 1.24;

/// Where text stands from its point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Anchor {
    Start,
    Middle,
    End,
}

/// A pen: colour, width in pixels, opacity.
#[derive(Clone, Copy, Debug)]
pub(in super::super) struct Pen(pub Ink, pub f64, pub f64);

/// Shapes that stand for categories.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Symbol {
    Circle,
    Square,
    Diamond,
    TriangleUp,
    TriangleDown,
    Pentagon,
    Cross,
    Ring,
    Dot,
}

/// A picture being drawn.
pub(in super::super) struct Sheet<'a> {
    backend: SVGBackend<'a>,
    fault: Option<String>,
}

type Point = (f64, f64);

/// Draws a picture on a sheet and gives its SVG. Title and description are for those who hear it
/// read out.
pub(super) fn draw(
    canvas: &Canvas,
    title: &str,
    description: &str,
    paint: impl FnOnce(&mut Sheet<'_>),
) -> Result<String, String> {
    let whole = |length: f64| (length * FINE).round() as u32;
    let fine = (whole(canvas.size.0), whole(canvas.size.1));
    let mut svg = String::new();
    let mut sheet = Sheet {
        backend: SVGBackend::with_string(&mut svg, fine),
        fault: None,
    };
    sheet.rect((-canvas.aside, 0.0), canvas.size, Some(WHITE), None);
    paint(&mut sheet);
    let closed = sheet.backend.present().map_err(|fault| fault.to_string());
    let fault = sheet.fault.take();
    drop(sheet);
    closed?;
    if let Some(fault) = fault {
        return Err(fault);
    }
    let body = svg.split_once('>').map_or("", |(_, body)| body);
    Ok(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{}\" height=\"{}\" viewBox=\"{} 0 {} {}\" \
         role=\"img\" aria-labelledby=\"title desc\">\n<title id=\"title\">{}</title>\n\
         <desc id=\"desc\">{}</desc>{body}",
        canvas.stated.0,
        canvas.stated.1,
        0 - i64::from(whole(canvas.aside)),
        fine.0,
        fine.1,
        escaped(title),
        escaped(description),
    ))
}

/// Text as XML may hold it.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            c if is_xml(c) => safe.push(c),
            _ => {}
        }
    }
    safe
}

/// Characters XML 1.0 may hold, less those that turn the direction of text.
fn is_xml(c: char) -> bool {
    let turns =
        matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}');
    let allowed = matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
    allowed && !turns
}

fn fine(at: Point) -> (i32, i32) {
    let one = |value: f64| (value * FINE).round().clamp(-1e8, 1e8) as i32;
    (one(at.0), one(at.1))
}

fn colour(ink: Ink, opacity: f64) -> RGBAColor {
    RGBColor(ink.0, ink.1, ink.2).mix(opacity)
}

fn filled(ink: Ink, opacity: f64) -> ShapeStyle {
    colour(ink, opacity).filled()
}

fn stroke(pen: Pen) -> ShapeStyle {
    colour(pen.0, pen.2).stroke_width((pen.1 * FINE).round().max(1.0) as u32)
}

impl Sheet<'_> {
    fn note<E: std::fmt::Display>(&mut self, result: Result<(), E>) {
        if let Err(fault) = result {
            self.fault.get_or_insert(fault.to_string());
        }
    }

    /// A rectangle from a corner, with a size.
    pub(in super::super) fn rect(
        &mut self,
        at: Point,
        size: Point,
        fill: Option<Ink>,
        edge: Option<Pen>,
    ) {
        self.rect_veil(at, size, fill.map(|ink| (ink, 1.0)), edge);
    }

    /// A rectangle that lets what is under it show through.
    pub(in super::super) fn rect_veil(
        &mut self,
        at: Point,
        size: Point,
        fill: Option<(Ink, f64)>,
        edge: Option<Pen>,
    ) {
        let far = (at.0 + size.0, at.1 + size.1);
        if let Some((ink, opacity)) = fill {
            let drawn = self
                .backend
                .draw_rect(fine(at), fine(far), &filled(ink, opacity), true);
            self.note(drawn);
        }
        if let Some(pen) = edge {
            self.polyline(&[at, (far.0, at.1), far, (at.0, far.1), at], pen);
        }
    }

    /// A line through points.
    pub(in super::super) fn polyline(&mut self, points: &[Point], pen: Pen) {
        let drawn = self
            .backend
            .draw_path(points.iter().copied().map(fine), &stroke(pen));
        self.note(drawn);
    }

    /// A dashed line between two points.
    pub(in super::super) fn dashed(&mut self, from: Point, to: Point, pen: Pen, dash: f64) {
        let length = (to.0 - from.0).hypot(to.1 - from.1);
        let mut at = 0.0;
        while at < length && dash > 0.0 {
            let end = (at + dash).min(length);
            let on = |s: f64| {
                let share = s / length;
                (
                    from.0 + share * (to.0 - from.0),
                    from.1 + share * (to.1 - from.1),
                )
            };
            self.polyline(&[on(at), on(end)], pen);
            at += 2.0 * dash;
        }
    }

    /// A filled shape; rings after the first are holes.
    pub(in super::super) fn polygon(&mut self, rings: &[Vec<Point>], ink: Ink, opacity: f64) {
        let Some(outer) = rings.first().filter(|ring| ring.len() >= 3) else {
            return;
        };
        // One path without a pen can be filled only once: holes are reached over a bridge of no width.
        let mut path = outer.clone();
        for hole in rings.iter().skip(1).filter(|ring| ring.len() >= 3) {
            path.push(outer[0]);
            path.extend(hole.iter().copied());
            path.push(hole[0]);
            path.push(outer[0]);
        }
        let drawn = self
            .backend
            .fill_polygon(path.into_iter().map(fine), &filled(ink, opacity));
        self.note(drawn);
    }

    pub(in super::super) fn circle(
        &mut self,
        at: Point,
        radius: f64,
        fill: Option<Ink>,
        edge: Option<Pen>,
    ) {
        let fine_radius = (radius * FINE).round().max(1.0) as u32;
        if let Some(ink) = fill {
            let drawn = self
                .backend
                .draw_circle(fine(at), fine_radius, &filled(ink, 1.0), true);
            self.note(drawn);
        }
        if let Some(pen) = edge {
            let drawn = self
                .backend
                .draw_circle(fine(at), fine_radius, &stroke(pen), false);
            self.note(drawn);
        }
    }

    /// Text whose middle height is at the point.
    pub(in super::super) fn text(
        &mut self,
        words: &str,
        at: Point,
        size: f64,
        ink: Ink,
        bold: bool,
        anchor: Anchor,
    ) {
        let words: String = words.chars().filter(|c| is_xml(*c)).collect();
        if words.trim().is_empty() {
            return;
        }
        let horizontal = match anchor {
            Anchor::Start => HPos::Left,
            Anchor::Middle => HPos::Center,
            Anchor::End => HPos::Right,
        };
        let weight = if bold {
            FontStyle::Bold
        } else {
            FontStyle::Normal
        };
        let colour = RGBColor(ink.0, ink.1, ink.2);
        let style = (
            "Inter, Arial, sans-serif",
            // plotters cuts it to whole pixels: upwards, so that no text is smaller than asked.
            (size * FINE * FONT_FACTOR).ceil(),
            weight,
            &colour,
        )
            .into_text_style(&(1, 1))
            .pos(Pos::new(horizontal, VPos::Center));
        let drawn = self.backend.draw_text(&words, &style, fine(at));
        self.note(drawn);
    }

    /// Several lines from a point down; gives the height after the last.
    pub(in super::super) fn paragraph(
        &mut self,
        words: &str,
        at: Point,
        size: f64,
        ink: Ink,
        room: f64,
    ) -> f64 {
        let mut y = at.1;
        for line in text::wrapped(words, size, room) {
            self.text(&line, (at.0, y), size, ink, false, Anchor::Start);
            y += size * 1.35;
        }
        y
    }

    /// A symbol with a white rim, so that neighbours stay apart, and a thin dark edge.
    pub(in super::super) fn symbol(&mut self, symbol: Symbol, at: Point, radius: f64, ink: Ink) {
        let (halo, edge) = (Pen(WHITE, 3.0, 1.0), Pen(TEXT, 0.7, 1.0));
        let on = |turn: f64, r: f64| {
            let angle = turn * std::f64::consts::TAU;
            (at.0 + r * angle.sin(), at.1 - r * angle.cos())
        };
        let ngon = |corners: u32, first: f64, r: f64| -> Vec<Point> {
            (0..corners)
                .map(|k| on(first + f64::from(k) / f64::from(corners), r))
                .collect()
        };
        let corners = match symbol {
            Symbol::Circle => {
                self.circle(at, radius, Some(ink), Some(halo));
                self.circle(at, radius, Some(ink), Some(edge));
                return;
            }
            Symbol::Dot => {
                self.circle(at, radius * 0.45, Some(ink), None);
                return;
            }
            Symbol::Ring => {
                self.circle(at, radius, Some(WHITE), None);
                self.circle(at, radius - 1.2, None, Some(Pen(ink, 2.4, 1.0)));
                return;
            }
            Symbol::Cross => {
                let first = 0.125;
                for (pen, grow) in [(Pen(WHITE, 5.0, 1.0), 1.0), (Pen(ink, 2.8, 1.0), 0.0)] {
                    for turn in [first, first + 0.25] {
                        let r = radius + grow;
                        self.polyline(&[on(turn, r), on(turn + 0.5, r)], pen);
                    }
                }
                return;
            }
            Symbol::Square => ngon(4, 0.125, radius * 1.25),
            Symbol::Diamond => ngon(4, 0.0, radius * 1.3),
            Symbol::TriangleUp => ngon(3, 0.0, radius * 1.3),
            Symbol::TriangleDown => ngon(3, 0.5, radius * 1.3),
            Symbol::Pentagon => ngon(5, 0.0, radius * 1.15),
        };
        let mut rim = corners.clone();
        rim.extend(corners.first().copied());
        self.polyline(&rim, halo);
        self.polygon(&[corners], ink, 1.0);
        self.polyline(&rim, edge);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_is_smaller_than_asked() {
        let svg = draw(&Canvas::of((100.0, 50.0)), "", "", |sheet| {
            sheet.text("words", (5.0, 20.0), 12.0, TEXT, false, Anchor::Start);
        })
        .expect("draws");
        let size = svg
            .split("font-size=\"")
            .nth(1)
            .and_then(|s| s.split('"').next());
        let size: f64 = size.and_then(|s| s.parse().ok()).expect("a size");
        assert!((12.0..12.3).contains(&(size / FINE)), "{size}");
    }

    #[test]
    fn hostile_words_never_become_markup() {
        let evil = "</text><script>alert(1)</script>\u{0}\u{202e}&\"'";
        let svg = draw(&Canvas::of((100.0, 50.0)), evil, evil, |sheet| {
            sheet.text(evil, (5.0, 20.0), 12.0, WHITE, false, Anchor::Start);
        })
        .expect("draws");
        assert!(!svg.contains("<script"), "{svg}");
        assert!(svg.chars().all(is_xml));
        assert_eq!(svg.matches("<text").count(), 1);
        assert!(super::super::png::png(&svg, 1.0).is_ok());
    }
}
