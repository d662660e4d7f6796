//! What categories and buildings look like and are called on maps.

use super::super::draw::{
    CHARCOAL, Ink, LILAC, MAROON, NAVY, ORANGE, OUTLINE, Symbol, TEAL, shown_name,
};
use super::super::edition::Issue;
use crate::place::Building;
use crate::plan::Action;

/// Symbol, colour and words of every action, in the order of the legend.
pub(in super::super) const ACTIONS: [(Action, Symbol, Ink, &str); 8] = [
    (Action::Host, Symbol::Square, TEAL, "Kept, takes others in"),
    (Action::Retain, Symbol::Circle, NAVY, "Kept as it is"),
    (Action::Sell, Symbol::Diamond, MAROON, "Let go: sold"),
    (
        Action::ReleaseLease,
        Symbol::TriangleDown,
        ORANGE,
        "Let go: lease ends",
    ),
    (
        Action::Transfer,
        Symbol::TriangleUp,
        LILAC,
        "Let go: transferred",
    ),
    (
        Action::Sublet,
        Symbol::Pentagon,
        CHARCOAL,
        "Let to somebody else",
    ),
    (Action::Mothball, Symbol::Ring, CHARCOAL, "Emptied and held"),
    (
        Action::Outside,
        Symbol::Dot,
        OUTLINE,
        "Not part of the plan",
    ),
];

/// The look of one action.
pub(super) fn look(action: Action) -> (Symbol, Ink) {
    ACTIONS
        .iter()
        .find(|(one, ..)| *one == action)
        .map_or((Symbol::Dot, OUTLINE), |(_, symbol, ink, _)| {
            (*symbol, *ink)
        })
}

/// A building's name; where another building has the same, with its agency, or with its id where the agency has
/// both.
pub(in super::super) fn building_name(issue: &Issue<'_>, building: &Building) -> String {
    let name = shown_name(&building.name, building.id.as_str());
    if !issue.is_repeated(&building.name) {
        return name;
    }
    if issue.is_repeated_within(building) {
        return format!("{name} ({})", shown_name(building.id.as_str(), "no id"));
    }
    let agency = issue.place().agency(building.agency);
    let agency = shown_name(&agency.name, agency.id.as_str());
    format!("{name}, {agency}")
}
