//! Who goes where: an arrow from the old building to the new one.

use super::super::draw::{
    Anchor, Box2, CHARCOAL, Frame, Ink, LILAC, MAROON, NAVY, ORANGE, Pen, SMALL, Sheet, Symbol,
    TEAL, TEXT, WHITE, shown_name, sources_line,
};
use super::super::edition::Issue;
use super::super::words::day;
use super::actions::notes;
use super::apart::{apart, lead};
use super::base::{self, Panel, place_labels, write_labels};
use super::clip;
use super::names::building_name;
use super::projection::View;
use super::views::Views;
use crate::place::words::{counted, whole};
use crate::place::{AgencyIx, BuildingIx};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

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

/// A building that teams leave or join.
struct Stop {
    at: BuildingIx,
    arrive: usize,
    emptied: bool,
}

/// A stop in one view: where it is, and where its mark stands.
struct Stood<'a> {
    stop: &'a Stop,
    place: (f64, f64),
    at: (f64, f64),
}

/// What arrows are drawn on.
struct Drawn<'a> {
    issue: &'a Issue<'a>,
    views: &'a Views,
    view: &'a View,
    /// Where the marks of buildings stand.
    ends: &'a BTreeMap<BuildingIx, (f64, f64)>,
}

/// The map, as SVG.
pub(in super::super) fn draw(issue: &Issue<'_>) -> Result<String, String> {
    let place = issue.place();
    let views = base::views(issue);
    let flows = flows(issue);
    let looks = looks(&flows);
    let stops = stops(issue, &flows);
    let mut dropped = 0;
    let drawn: Vec<_> = views
        .each()
        .map(|view| {
            // What is enlarged elsewhere is left to the other view.
            let here: Vec<(&Stop, (f64, f64))> = stops
                .iter()
                .filter(|stop| {
                    let location = place.building(stop.at).location;
                    views.is_inset(view) || !views.is_enlarged(location)
                })
                .filter_map(|stop| Some((stop, view.inside(place.building(stop.at).location)?)))
                .collect();
            let places: Vec<_> = here.iter().map(|(_, at)| *at).collect();
            let marks = apart(&places, 9.0, view.frame);
            let here: Vec<Stood<'_>> = here
                .into_iter()
                .zip(marks)
                .map(|((stop, place), at)| Stood { stop, place, at })
                .collect();
            let mut labels = base::labels(&views, view);
            here.iter()
                .for_each(|one| labels.avoid(Box2::around(one.at, 8.5)));
            for (from, to) in ends(&flows, &here) {
                labels.avoid(Box2::around(near(to, from, 14.0), 5.0));
                labels.rather_avoid(from, to);
            }
            // What is let go is named first, then what takes teams in, the largest first.
            let let_go = |one: &&Stood<'_>| one.stop.emptied;
            let first = here.iter().filter(let_go);
            let named = first.chain(here.iter().filter(|one| !let_go(one)));
            let named = named.map(|one| {
                let building = place.building(one.stop.at);
                (building_name(issue, building), one.at, 8.5)
            });
            let placed = place_labels(&mut labels, named);
            dropped += labels.dropped();
            (view, here, placed)
        })
        .collect();
    let unseen = stops
        .iter()
        .filter(|s| views.main.inside(place.building(s.at).location).is_none());
    let notes = notes(issue, (dropped, unseen.count(), 0), "moves.csv");
    frame(issue, &views, &flows, notes).draw_on(issue.paper, |sheet, _| {
        for (view, here, placed) in &drawn {
            base::ground(sheet, view, place);
            here.iter().for_each(|one| lead(sheet, one.place, one.at));
            let ends = here.iter().map(|one| (one.stop.at, one.at)).collect();
            arrows(
                sheet,
                &Drawn {
                    issue,
                    views: &views,
                    view,
                    ends: &ends,
                },
                &flows,
                &looks,
            );
            for Stood { stop, at, .. } in here.iter().rev() {
                match (stop.arrive, stop.emptied) {
                    (0, true) => sheet.symbol(Symbol::Cross, *at, 6.0, TEXT),
                    (0, false) => sheet.symbol(Symbol::Ring, *at, 6.0, TEXT),
                    (count, _) => host(sheet, *at, count),
                }
            }
            base::furniture(sheet, &views, view, place);
            write_labels(sheet, placed);
        }
        panel(issue, sheet, &views, &flows, &looks, &stops);
    })
}

/// Both ends of the arrows, which names keep off.
fn ends<'a>(
    flows: &'a [Flow],
    here: &'a [Stood<'_>],
) -> impl Iterator<Item = ((f64, f64), (f64, f64))> + 'a {
    let at = |building| {
        let stood = here.iter().find(|one| one.stop.at == building);
        stood.map(|one| one.at)
    };
    flows
        .iter()
        .filter_map(move |flow| Some((at(flow.from)?, at(flow.to)?)))
}

/// The point at a distance from one towards another: where the head of an arrow is.
fn near(to: (f64, f64), from: (f64, f64), distance: f64) -> (f64, f64) {
    let length = (to.0 - from.0).hypot(to.1 - from.1);
    let share = (distance / length.max(1.0)).min(1.0);
    (
        to.0 + (from.0 - to.0) * share,
        to.1 + (from.1 - to.1) * share,
    )
}

/// Every building that teams leave or join: those that most join first, then those let go.
fn stops(issue: &Issue<'_>, flows: &[Flow]) -> Vec<Stop> {
    let arrivals = totals(flows, |flow| flow.to);
    let leaving = totals(flows, |flow| flow.from);
    let all: BTreeSet<BuildingIx> = arrivals.keys().chain(leaving.keys()).copied().collect();
    let mut stops: Vec<Stop> = all
        .into_iter()
        .map(|at| Stop {
            at,
            arrive: arrivals.get(&at).copied().unwrap_or(0),
            emptied: !issue.planned(at).is_some_and(|p| p.action.is_open()),
        })
        .collect();
    stops.sort_by_key(|stop| (Reverse(stop.arrive), !stop.emptied, stop.at));
    stops
}

fn frame(issue: &Issue<'_>, views: &Views, flows: &[Flow], notes: Vec<String>) -> Frame {
    let place = issue.place();
    let moves: usize = flows.iter().map(|flow| flow.count).sum();
    let planned = issue.plan().occupiers.iter();
    let shown = planned
        .filter_map(|planned| Some((planned, issue.occupier_named(&planned.occupier)?.1)))
        .filter(|(planned, occupier)| issue.shows_occupier(planned, occupier));
    let teams = counted(shown.count(), "team or counter", "teams and counters");
    Frame {
        place: shown_name(&place.name, "Plan"),
        message: match moves {
            0 => "no team or counter would move".to_string(),
            _ => format!("{} of {teams} would move", whole(moves as f64)),
        },
        subtitle: match moves {
            0 => format!(
                "Who moves where: nobody. Base date {}.",
                day(place.base_date)
            ),
            _ => format!(
                "Who moves where: out of {}, into {}. Base date {}.",
                counted(
                    totals(flows, |flow| flow.from).len(),
                    "building",
                    "buildings"
                ),
                whole(totals(flows, |flow| flow.to).len() as f64),
                day(place.base_date)
            ),
        },
        description: format!(
            "Map of {} with an arrow from the old building to the new one for each of {}. The same in a table: moves.csv.",
            place.name,
            counted(moves, "move", "moves")
        ),
        notes,
        sources: sources_line(place),
        body: base::body(views),
    }
}

fn panel(
    issue: &Issue<'_>,
    sheet: &mut Sheet<'_>,
    views: &Views,
    flows: &[Flow],
    looks: &[(AgencyIx, Ink, f64, usize)],
    stops: &[Stop],
) {
    let mut panel = Panel::new(views);
    let any = |wanted: &dyn Fn(&Stop) -> bool| stops.iter().any(wanted);
    if !stops.is_empty() {
        panel.heading(sheet, "Buildings", true);
    }
    if any(&|stop| stop.arrive > 0) {
        panel.row(sheet, "Takes teams in, with how many", "", |sheet, at| {
            host(sheet, at, 3)
        });
    }
    if any(&|stop| stop.arrive == 0 && stop.emptied) {
        panel.symbol(sheet, Symbol::Cross, TEXT, "Left by all, let go", "");
    }
    if any(&|stop| stop.arrive == 0 && !stop.emptied) {
        panel.symbol(sheet, Symbol::Ring, TEXT, "Left by some, kept", "");
    }
    legend(issue, sheet, &mut panel, flows, looks);
    let hosts: Vec<_> = stops.iter().filter(|stop| stop.arrive > 0).collect();
    if hosts.is_empty() {
        return;
    }
    panel.heading(sheet, "Where teams go", false);
    for (at, stop) in hosts.iter().enumerate() {
        let left = hosts.len() - at;
        if left > 1 && !panel.has_room(46.0) {
            panel.words(
                sheet,
                &format!("and {} more, in moves.csv", whole(left as f64)),
            );
            break;
        }
        let building = issue.place().building(stop.at);
        let name = building_name(issue, building);
        panel.figure(sheet, &name, &whole(stop.arrive as f64));
        let from: Vec<String> = flows_into(flows, stop.at)
            .map(|(from, count)| {
                let building = issue.place().building(from);
                let name = building_name(issue, building);
                match count {
                    1 => name,
                    several => format!("{name} ({})", whole(several as f64)),
                }
            })
            .collect();
        if panel.has_room(90.0) {
            panel.words(sheet, &format!("from {}", from.join(", ")));
        }
    }
}

/// The buildings that teams leave for this one, with how many.
fn flows_into(flows: &[Flow], to: BuildingIx) -> impl Iterator<Item = (BuildingIx, usize)> {
    let mut sources: BTreeMap<BuildingIx, usize> = BTreeMap::new();
    for flow in flows.iter().filter(|flow| flow.to == to) {
        *sources.entry(flow.from).or_default() += flow.count;
    }
    sources.into_iter()
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
    order.sort_by_key(|(agency, count)| (Reverse(*count), *agency));
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
    drawn: &Drawn<'_>,
    flows: &[Flow],
    looks: &[(AgencyIx, Ink, f64, usize)],
) {
    let Drawn {
        issue,
        views,
        view,
        ends,
    } = drawn;
    for (at, flow) in flows.iter().enumerate() {
        let enlarged = |b: BuildingIx| views.is_enlarged(issue.place().building(b).location);
        if !views.is_inset(view) && enlarged(flow.from) && enlarged(flow.to) {
            continue;
        }
        let end = |b: BuildingIx| {
            let location = issue.place().building(b).location?;
            let at = || view.at(location.lon(), location.lat());
            Some(ends.get(&b).copied().unwrap_or_else(at))
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
        let tip = on(length - 9.0);
        if let Some([a, b]) = clip::segment(on(5.0), tip, view.frame) {
            let pen = 2.0 + 0.8 * (flow.count as f64 - 1.0).min(4.0);
            // Where it is cut by the frame it goes on: no head.
            let headless = (b.0 - tip.0).hypot(b.1 - tip.1) > 0.5;
            match headless {
                true => line(sheet, a, b, ink, dash, pen),
                false => arrow(sheet, a, b, ink, dash, pen),
            }
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
    line(sheet, from, neck, ink, dash, pen);
    let wing = |side: f64| {
        let (bx, by) = (to.0 - head * ux, to.1 - head * uy);
        (bx - side * head * 0.5 * uy, by + side * head * 0.5 * ux)
    };
    sheet.polygon(&[vec![to, wing(1.0), wing(-1.0)]], ink, 1.0);
}

fn line(sheet: &mut Sheet<'_>, from: (f64, f64), to: (f64, f64), ink: Ink, dash: f64, pen: f64) {
    sheet.polyline(&[from, to], Pen(WHITE, pen + 1.6, 0.8));
    if dash > 0.0 {
        sheet.dashed(from, to, Pen(ink, pen, 1.0), dash);
    } else {
        sheet.polyline(&[from, to], Pen(ink, pen, 1.0));
    }
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
    sheet.text(&whole(count as f64), at, SMALL, TEXT, true, Anchor::Middle);
}
