//! Buildings, moves, new counters, findings, matches and decisions, each by a category.

use super::super::draw::{CHARCOAL, Ink, LILAC, MAROON, NAVY, ORANGE, OUTLINE, Symbol, TEAL};
use super::super::maps::ACTIONS;
use super::document::{Document, escaped};
use super::forms::decision_form;
use super::symbol::{line, mark};
use crate::plan::Action;

/// One category: value, words, symbol. The value `""` stands for none.
struct Category {
    value: &'static str,
    words: String,
    symbol: String,
}

/// A renderer by the values of a field.
fn categorised(field: &str, categories: &[Category]) -> String {
    let mut list = String::new();
    let mut symbols = String::new();
    for (at, category) in categories.iter().enumerate() {
        list.push_str(&format!(
            "  <category value=\"{}\" type=\"string\" label=\"{}\" symbol=\"{at}\" render=\"true\"/>\n",
            escaped(category.value),
            escaped(&category.words)
        ));
        symbols.push_str(&category.symbol);
    }
    format!(
        " <renderer-v2 type=\"categorizedSymbol\" attr=\"{}\" symbollevels=\"0\" enableorderby=\"0\" forceraster=\"0\">\n <categories>\n{list} </categories>\n <symbols>\n{symbols} </symbols>\n </renderer-v2>\n",
        escaped(field)
    )
}

fn marks(rows: &[(&'static str, &str, Symbol, Ink, f64)]) -> Vec<Category> {
    rows.iter()
        .enumerate()
        .map(|(at, (value, words, symbol, ink, size))| Category {
            value,
            words: (*words).to_owned(),
            symbol: mark(&at.to_string(), *symbol, *ink, *size),
        })
        .collect()
}

pub(super) fn buildings() -> Document {
    let rows: Vec<_> = ACTIONS
        .iter()
        .map(|(action, symbol, ink, words)| {
            let size = match action {
                Action::Outside => 2.6,
                _ => 3.6,
            };
            (action.name(), *words, *symbol, *ink, size)
        })
        .collect();
    Document::new(categorised("action", &marks(&rows)), "\"name\"").labelled(
        "case when \"action\" in ('outside', 'retain') then '' else \"name\" end",
        50_000,
    )
}

pub(super) fn moves() -> Document {
    let row = |at: &str, value, words: &str, ink, dashed| Category {
        value,
        words: words.to_owned(),
        symbol: line(at, ink, 0.6, dashed, true),
    };
    let categories = [
        row("0", "move", "Moves", NAVY, false),
        row(
            "1",
            "merge",
            "Moves, and merges with another",
            MAROON,
            false,
        ),
        row("2", "", "Other", CHARCOAL, true),
    ];
    Document::new(categorised("outcome", &categories), "\"name\"").labelled("\"name\"", 10_000)
}

pub(super) fn new_counters() -> Document {
    let symbol = mark("0", Symbol::Pentagon, TEAL, 4.2);
    let renderer = format!(
        " <renderer-v2 type=\"singleSymbol\" symbollevels=\"0\" enableorderby=\"0\" forceraster=\"0\">\n <symbols>\n{symbol} </symbols>\n </renderer-v2>\n"
    );
    Document::new(renderer, "\"name\"").labelled("\"name\"", 50_000)
}

pub(super) fn findings() -> Document {
    let rows = [
        ("error", "Stops the plan", Symbol::Diamond, MAROON, 3.6),
        ("reject", "Row set aside", Symbol::TriangleDown, ORANGE, 3.2),
        ("repair", "Repaired", Symbol::Square, TEAL, 2.6),
        ("default", "A default was used", Symbol::Circle, LILAC, 2.6),
        ("warn", "Noted", Symbol::Dot, CHARCOAL, 2.6),
    ];
    Document::new(categorised("severity", &marks(&rows)), "\"code\"")
}

pub(super) fn matches() -> Document {
    let row = |at: &str, value, words: &str, ink, dashed| Category {
        value,
        words: words.to_owned(),
        symbol: line(at, ink, 0.5, dashed, false),
    };
    let categories = [
        row("0", "doubtful", "To be looked at", ORANGE, true),
        row("1", "joined", "Made one building", TEAL, false),
        row("2", "apart", "Kept apart", CHARCOAL, true),
    ];
    let field =
        "case when \"doubtful\" then 'doubtful' when \"joined\" then 'joined' else 'apart' end";
    Document::new(categorised(field, &categories), "\"point_name\"")
}

pub(super) fn decisions() -> Document {
    let rows = [
        ("keep", "Keep", Symbol::Circle, NAVY, 3.6),
        ("dispose", "Let go", Symbol::Diamond, MAROON, 3.6),
        ("free", "Left to the plan", Symbol::Square, TEAL, 3.0),
        ("place_at", "Team placed", Symbol::TriangleUp, LILAC, 3.4),
        ("match", "One building", Symbol::Pentagon, CHARCOAL, 3.0),
        (
            "not_match",
            "Not one building",
            Symbol::Cross,
            CHARCOAL,
            3.0,
        ),
        ("", "Nothing decided", Symbol::Ring, OUTLINE, 2.2),
    ];
    Document::new(categorised("decision", &marks(&rows)), "\"name\"").edited(decision_form())
}
