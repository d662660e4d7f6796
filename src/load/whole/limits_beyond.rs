//! Limits wider than the place: they can never be broken, and decide nothing.

use super::circle::Circle;
use super::reading::Desk;
use crate::load::config::ConfigText;
use crate::place::{Distance, Finding, MeanLimit, Measure, Place, Role, RuleKind, Severity};
use crate::travel::Ruler;

/// Names the rules whose limit is at least the longest way there can be.
pub(super) fn name(place: &Place, text: &ConfigText, desk: &mut Desk) {
    for (at, rule) in place.rules.iter().enumerate() {
        let (limit, from_zones) = match rule.kind {
            RuleKind::Within { limit, .. }
            | RuleKind::WorstCase { limit, .. }
            | RuleKind::FloorPerArea { limit, .. }
            | RuleKind::Mean(MeanLimit::Absolute(limit)) => (limit, true),
            RuleKind::Displacement { limit } => (limit, false),
            _ => continue,
        };
        let Some(longest) = longest(place, &rule.measure, from_zones) else {
            continue;
        };
        if limit < longest {
            continue;
        }
        let unit = rule.measure.unit;
        let shown = |distance: Distance| format!("{} {}", distance.to_user(unit), unit.symbol());
        let whence = if from_zones { "any zone" } else { "another" };
        desk.findings.push(
            Finding::new(
                "limit-never-binds",
                Severity::Warn,
                text.at(&format!("access[{at}]")),
            )
            .cell(shown(limit))
            .cause(format!(
                "no building of this place is further than {} from {whence}, and {} allows {}",
                shown(longest),
                rule.id,
                shown(limit)
            ))
            .action("it can never be broken and decides nothing: correct the figure or its unit, or take the rule out"),
        );
    }
}

/// A length that no way of the place exceeds: from the middle of all to the furthest zone, and to the furthest
/// building. `None` where ways are not along straight lines, or nothing has a place.
fn longest(place: &Place, measure: &Measure, from_zones: bool) -> Option<Distance> {
    let ruler = Ruler::new(measure, &place.travel)?;
    let buildings = place
        .buildings
        .iter()
        .filter(|building| !matches!(building.role, Role::Out(_)))
        .filter_map(|building| building.location);
    let zones = place.zones.iter().map(|zone| zone.point);
    let centre = match from_zones {
        true => Circle::around(zones.clone())?.centre,
        false => Circle::around(buildings.clone())?.centre,
    };
    let to_building = buildings.map(|at| ruler.between(centre, at)).max()?;
    let to_start = match from_zones {
        true => zones.map(|at| ruler.between(centre, at)).max()?,
        false => to_building,
    };
    // One step more than the sum, for what rounding took away.
    let steps = to_building.steps().saturating_add(to_start.steps());
    Some(Distance(steps.saturating_add(1)))
}
