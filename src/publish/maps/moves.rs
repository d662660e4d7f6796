//! Who goes where: an arrow from the old building to the new one.

use super::super::draw::{
    Anchor, Box2, CHARCOAL, Frame, Ink, LILAC, Labels, MAROON, NAVY, ORANGE, Pen, Sheet, Symbol,
    TEAL, TEXT, WHITE, shown_name, sources_line,
};
use super::super::edition::Issue;
use super::actions::notes;
use super::base::{self, Panel, day, place_labels, whole, write_labels};
use super::clip;
use super::projection::View;
use crate::place::{AgencyIx, BuildingIx};
use std::collections::BTreeMap;

/// Colour and dash of the agencies that move most; the rest share the last.
const LOOKS: [(Ink, f64); 6] = [
    (NAVY, 0.0),
    (ORANGE, 7.0),
    (MAROON, 3.0),
    (TEAL, 12.0),
    (LILAC, 5.0),
    (CHARCOAL, 1.6),
];

/// Moves between two buildings of one agency.
struct Flow {
    from: BuildingIx,
    to: BuildingIx,
    agency: AgencyIx,
    count: usize,
}

/// The map, as SVG.
pub(in super::super) fn draw(issue: &Issue<'_>) -> Result<String, String> {
    let place = issue.place();
    let view = base::view(place);
    let flows = flows(issue);
    let looks = looks(&flows);
    let arrivals = totals(&flows, |flow| flow.to);
    let leaving = totals(&flows, |flow| flow.from);
    let located = |at: BuildingIx| view.inside(place.building(at).location);
    let mut labels = Labels::new(view.frame);
    base::reserved(&view)
        .into_iter()
        .for_each(|b| labels.avoid(b));
    for at in arrivals
        .keys()
        .chain(leaving.keys())
        .filter_map(|at| located(*at))
    {
        labels.avoid(Box2::around(at, 8.0));
    }
    let mut hosts: Vec<_> = arrivals.iter().map(|(at, n)| (*at, *n)).collect();
    hosts.sort_by_key(|(at, n)| (std::cmp::Reverse(*n), *at));
    let left = leaving
        .keys()
        .filter(|at| !arrivals.contains_key(at))
        .copied();
    let named = hosts
        .iter()
        .map(|(at, _)| *at)
        .chain(left)
        .filter_map(|at| {
            let building = place.building(at);
            Some((
                shown_name(&building.name, building.id.as_str()),
                located(at)?,
                8.0,
            ))
        });
    let placed = place_labels(&mut labels, named);
    let moves: usize = flows.iter().map(|flow| flow.count).sum();
    let unseen = arrivals
        .keys()
        .chain(leaving.keys().filter(|at| !arrivals.contains_key(at)))
        .filter(|at| located(**at).is_none())
        .count();
    let frame = Frame {
        title: format!("{}: who moves where", shown_name(&place.name, "Plan")),
        subtitle: format!(
            "{moves} of {} teams and counters move: out of {} buildings, into {}. Base date {}.",
            place.occupiers.len(),
            leaving.len(),
            arrivals.len(),
            day(place.base_date)
        ),
        description: format!(
            "Map of {} with an arrow from the old building to the new one for each of {moves} moves. The same in a table: moves.csv.",
            place.name
        ),
        notes: notes(labels.dropped(), unseen, 0, "moves.csv"),
        sources: sources_line(place),
        body: base::body(&view),
    };
    frame.draw(|sheet, _| {
        base::ground(sheet, &view, place);
        arrows(sheet, &view, issue, &flows, &looks);
        for at in leaving.keys().filter(|at| !arrivals.contains_key(at)) {
            if let Some(point) = located(*at) {
                let open = issue.planned(*at).is_some_and(|p| p.action.is_open());
                let symbol = if open { Symbol::Ring } else { Symbol::Cross };
                sheet.symbol(symbol, point, 6.0, TEXT);
            }
        }
        for (at, count) in &hosts {
            if let Some(point) = located(*at) {
                host(sheet, point, *count);
            }
        }
        base::furniture(sheet, &view, place);
        write_labels(sheet, &placed);
        let mut panel = Panel::new(&view);
        panel.heading(sheet, "Buildings", true);
        panel.row(sheet, "Takes teams in, with how many", "", |sheet, at| {
            host(sheet, at, 3)
        });
        panel.symbol(sheet, Symbol::Cross, TEXT, "Left by all, let go", "");
        panel.symbol(sheet, Symbol::Ring, TEXT, "Left by some, kept", "");
        legend(issue, sheet, &mut panel, &flows, &looks);
        panel.heading(sheet, "Where most go", false);
        for (at, count) in &hosts {
            if !panel.has_room(&view, 24.0) {
                break;
            }
            let building = place.building(*at);
            panel.figure(
                sheet,
                &shown_name(&building.name, building.id.as_str()),
                &whole(*count as f64),
            );
        }
    })
}

fn flows(issue: &Issue<'_>) -> Vec<Flow> {
    let mut counts: BTreeMap<(BuildingIx, BuildingIx, AgencyIx), usize> = BTreeMap::new();
    for (planned, occupier) in issue.moves() {
        let end = |id: &str| issue.building_named(id).map(|(at, _)| at);
        if let (Some(from), Some(to)) = (end(&planned.from_id), end(&planned.to_id)) {
            *counts.entry((from, to, occupier.agency)).or_default() += 1;
        }
    }
    counts
        .into_iter()
        .map(|((from, to, agency), count)| Flow {
            from,
            to,
            agency,
            count,
        })
        .collect()
}

fn totals(flows: &[Flow], end: impl Fn(&Flow) -> BuildingIx) -> BTreeMap<BuildingIx, usize> {
    let mut totals = BTreeMap::new();
    for flow in flows {
        *totals.entry(end(flow)).or_default() += flow.count;
    }
    totals
}

/// Agencies with the look of their arrows, the one that moves most first.
fn looks(flows: &[Flow]) -> Vec<(AgencyIx, Ink, f64, usize)> {
    let mut counts: BTreeMap<AgencyIx, usize> = BTreeMap::new();
    for flow in flows {
        *counts.entry(flow.agency).or_default() += flow.count;
    }
    let mut order: Vec<_> = counts.into_iter().collect();
    order.sort_by_key(|(agency, count)| (std::cmp::Reverse(*count), *agency));
    order
        .into_iter()
        .enumerate()
        .map(|(at, (agency, count))| {
            let (ink, dash) = LOOKS[at.min(LOOKS.len() - 1)];
            (agency, ink, dash, count)
        })
        .collect()
}

fn legend(
    issue: &Issue<'_>,
    sheet: &mut Sheet<'_>,
    panel: &mut Panel,
    flows: &[Flow],
    looks: &[(AgencyIx, Ink, f64, usize)],
) {
    if flows.is_empty() {
        panel.heading(sheet, "Nobody moves", false);
        return;
    }
    panel.heading(sheet, "Moves, by whose team it is", false);
    if flows.iter().any(|flow| flow.count > 1) {
        panel.words(sheet, "A thicker arrow is several teams.");
    }
    let alone = LOOKS.len() - 1;
    for (agency, ink, dash, count) in looks.iter().take(alone) {
        let agency = issue.place().agency(*agency);
        let name = shown_name(&agency.name, agency.id.as_str());
        panel.row(sheet, &name, &whole(*count as f64), |sheet, at| {
            arrow(
                sheet,
                (at.0 - 12.0, at.1),
                (at.0 + 14.0, at.1),
                *ink,
                *dash,
                2.0,
            );
        });
    }
    if let Some((_, ink, dash, _)) = looks.get(alone) {
        let rest: usize = looks.iter().skip(alone).map(|l| l.3).sum();
        panel.row(sheet, "All others", &whole(rest as f64), |sheet, at| {
            arrow(
                sheet,
                (at.0 - 12.0, at.1),
                (at.0 + 14.0, at.1),
                *ink,
                *dash,
                2.0,
            );
        });
    }
}

fn arrows(
    sheet: &mut Sheet<'_>,
    view: &View,
    issue: &Issue<'_>,
    flows: &[Flow],
    looks: &[(AgencyIx, Ink, f64, usize)],
) {
    for (at, flow) in flows.iter().enumerate() {
        let end = |b: BuildingIx| {
            let location = issue.place().building(b).location?;
            Some(view.at(location.lon(), location.lat()))
        };
        let (Some(from), Some(to)) = (end(flow.from), end(flow.to)) else {
            continue;
        };
        // Several agencies between the same two buildings run side by side.
        let beside = |other: &Flow| (other.from, other.to) == (flow.from, flow.to);
        let lanes = flows.iter().filter(|f| beside(f)).count();
        let lane = flows[..at].iter().filter(|f| beside(f)).count();
        let shift = (lane as f64 - (lanes as f64 - 1.0) / 2.0) * 4.5;
        let length = (to.0 - from.0).hypot(to.1 - from.1);
        if length < 16.0 {
            continue;
        }
        let (ux, uy) = ((to.0 - from.0) / length, (to.1 - from.1) / length);
        let on = |along: f64| {
            (
                from.0 + along * ux - shift * uy,
                from.1 + along * uy + shift * ux,
            )
        };
        let (_, ink, dash, _) = looks
            .iter()
            .find(|look| look.0 == flow.agency)
            .copied()
            .unwrap_or((flow.agency, CHARCOAL, 0.0, 0));
        let inside = clip::segment(on(5.0), on(length - 9.0), view.frame);
        if let Some([a, b]) = inside {
            let pen = 2.0 + 0.8 * (flow.count as f64 - 1.0).min(4.0);
            arrow(sheet, a, b, ink, dash, pen);
        }
    }
}

fn arrow(sheet: &mut Sheet<'_>, from: (f64, f64), to: (f64, f64), ink: Ink, dash: f64, pen: f64) {
    let length = (to.0 - from.0).hypot(to.1 - from.1);
    if length < 1.0 {
        return;
    }
    let (ux, uy) = ((to.0 - from.0) / length, (to.1 - from.1) / length);
    let head = (7.5 + pen).min(length);
    let neck = (to.0 - head * 0.8 * ux, to.1 - head * 0.8 * uy);
    sheet.polyline(&[from, neck], Pen(WHITE, pen + 1.6, 0.8));
    if dash > 0.0 {
        sheet.dashed(from, neck, Pen(ink, pen, 1.0), dash);
    } else {
        sheet.polyline(&[from, neck], Pen(ink, pen, 1.0));
    }
    let wing = |side: f64| {
        let (bx, by) = (to.0 - head * ux, to.1 - head * uy);
        (bx - side * head * 0.5 * uy, by + side * head * 0.5 * ux)
    };
    sheet.polygon(&[vec![to, wing(1.0), wing(-1.0)]], ink, 1.0);
}

/// A building that takes others in, with how many.
fn host(sheet: &mut Sheet<'_>, at: (f64, f64), count: usize) {
    let half = if count > 99 { 12.0 } else { 9.0 };
    sheet.rect(
        (at.0 - half, at.1 - 9.0),
        (2.0 * half, 18.0),
        Some(WHITE),
        Some(Pen(TEXT, 1.8, 1.0)),
    );
    sheet.text(&whole(count as f64), at, 12.0, TEXT, true, Anchor::Middle);
}
