//! Symbols: marks, lines, areas.

use super::super::draw::{Ink, Symbol, TEXT, WHITE};
use super::document::{colour, escaped, options};

/// How an area of a class is hatched, over its colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pattern {
    None,
    Rising,
    Falling,
    Crossed,
}

/// A symbol of one mark.
pub(super) fn mark(name: &str, symbol: Symbol, ink: Ink, size: f64) -> String {
    let (shape, angle) = match symbol {
        Symbol::Circle | Symbol::Ring | Symbol::Dot => ("circle", "0"),
        Symbol::Square => ("square", "0"),
        Symbol::Diamond => ("diamond", "0"),
        Symbol::TriangleUp => ("triangle", "0"),
        Symbol::TriangleDown => ("triangle", "180"),
        Symbol::Pentagon => ("pentagon", "0"),
        Symbol::Cross => ("cross_fill", "45"),
    };
    let hollow = symbol == Symbol::Ring;
    let (fill, edge, width) = match hollow {
        true => (WHITE, ink, "0.7"),
        false => (ink, WHITE, "0.3"),
    };
    let size = match symbol {
        Symbol::Dot => size * 0.55,
        _ => size,
    };
    layered(
        name,
        "marker",
        &layer(
            "SimpleMarker",
            &[
                ("name", shape),
                ("angle", angle),
                ("color", &colour(fill, 255)),
                ("outline_color", &colour(edge, 255)),
                ("outline_style", "solid"),
                ("outline_width", width),
                ("outline_width_unit", "MM"),
                ("size", &format!("{size:.2}")),
                ("size_unit", "MM"),
            ],
        ),
    )
}

/// A line, with a head at its middle where it leads somewhere.
pub(super) fn line(name: &str, ink: Ink, width: f64, dashed: bool, head: bool) -> String {
    let mut layers = layer(
        "SimpleLine",
        &[
            ("line_color", &colour(ink, 255)),
            ("line_style", if dashed { "dash" } else { "solid" }),
            ("line_width", &format!("{width:.2}")),
            ("line_width_unit", "MM"),
            ("capstyle", "round"),
            ("joinstyle", "round"),
        ],
    );
    if head {
        let arrow = layered(
            &format!("@{name}@1"),
            "marker",
            &layer(
                "SimpleMarker",
                &[
                    ("name", "filled_arrowhead"),
                    ("angle", "0"),
                    ("color", &colour(ink, 255)),
                    ("outline_color", &colour(ink, 255)),
                    ("outline_style", "no"),
                    ("size", "3"),
                    ("size_unit", "MM"),
                ],
            ),
        );
        let head = format!(
            "   <layer class=\"MarkerLine\" enabled=\"1\" locked=\"0\" pass=\"0\">\n{}{arrow}   </layer>\n",
            options(&[
                // Where the marks of buildings do not cover it.
                ("placement", "centralpoint"),
                ("rotate", "1"),
                ("offset", "0")
            ])
        );
        layers.push_str(&head);
    }
    layered(name, "line", &layers)
}

/// An area of one class.
pub(super) fn area(name: &str, ink: Ink, outline: Ink, pattern: Pattern) -> String {
    let mut layers = layer(
        "SimpleFill",
        &[
            ("color", &colour(ink, 205)),
            ("style", "solid"),
            ("outline_color", &colour(outline, 255)),
            ("outline_style", "solid"),
            ("outline_width", "0.15"),
            ("outline_width_unit", "MM"),
        ],
    );
    let brush = match pattern {
        Pattern::None => None,
        Pattern::Rising => Some("b_diagonal"),
        Pattern::Falling => Some("f_diagonal"),
        Pattern::Crossed => Some("diagonal_x"),
    };
    if let Some(brush) = brush {
        layers.push_str(&layer(
            "SimpleFill",
            &[
                ("color", &colour(TEXT, 150)),
                ("style", brush),
                ("outline_style", "no"),
            ],
        ));
    }
    layered(name, "fill", &layers)
}

fn layer(class: &str, pairs: &[(&str, &str)]) -> String {
    format!(
        "   <layer class=\"{class}\" enabled=\"1\" locked=\"0\" pass=\"0\">\n{}   </layer>\n",
        options(pairs)
    )
}

fn layered(name: &str, kind: &str, layers: &str) -> String {
    format!(
        "  <symbol type=\"{kind}\" name=\"{}\" alpha=\"1\" clip_to_extent=\"1\" force_rhr=\"0\">\n{layers}  </symbol>\n",
        escaped(name)
    )
}
