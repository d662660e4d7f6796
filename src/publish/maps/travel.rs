//! How long it takes from every zone to the nearest place of a service, on one map.

use super::super::draw::{
    BLUE, Box2, CHARCOAL, Frame, Hatch, Ink, NAVY, OUTLINE, PALE, Pen, QUIET, SKY, Sheet, Symbol,
    TEXT, WHITE, hatch_lines, shown_name, sources_line,
};
use super::super::travelled::TravelledEdition;
use super::super::words::day;
use super::base::{self, Panel};
use super::projection::View;
use crate::access::Arrangement;
use crate::place::words::{counted, whole};
use crate::place::{
    AccessRule, BuildingIx, Distance, GroupLimit, Location, Mode, Place, RuleKind, ServiceIx, Unit,
    ZoneIx,
};
use std::collections::BTreeSet;

/// Minutes of the first class: the least of these for which at most half of the people are beyond three times as many.
const FIRST_STEPS: [f64; 6] = [10.0, 20.0, 30.0, 60.0, 120.0, 240.0];
const FILLS: [Ink; 4] = [PALE, SKY, BLUE, NAVY];
/// More points of roads than this would hide the zones.
const MOST_POINTS: usize = 200_000;

/// What a map shows of one mode.
pub(in super::super) struct Layer<'a> {
    /// How people travel.
    pub(in super::super) mode: Mode,
    /// How its times come about.
    pub(in super::super) how: String,
    /// Zones that nobody can leave.
    pub(in super::super) off: usize,
    /// Journeys, tenths of a minute.
    pub(in super::super) minutes: &'a [(ZoneIx, BuildingIx, Distance)],
    /// What is travelled along.
    pub(in super::super) lines: &'a [Vec<Location>],
    /// What is said of zones without a journey.
    pub(in super::super) none: &'static str,
    /// What these lines are.
    pub(in super::super) legend: &'static str,
    /// What the times leave out.
    pub(in super::super) note: &'static str,
}

/// The map of one mode and service, as SVG.
pub(in super::super) fn draw(
    edition: &TravelledEdition<'_>,
    layer: &Layer<'_>,
    service: ServiceIx,
) -> Result<String, String> {
    let place = edition.place;
    let hosts = Arrangement::today(place).hosts(place, service);
    let mut nearest: Vec<Option<Distance>> = vec![None; place.zones.len()];
    for (zone, building, far) in layer.minutes {
        if hosts.binary_search(building).is_ok() {
            let best = &mut nearest[zone.index()];
            *best = Some(best.map_or(*far, |best| best.min(*far)));
        }
    }
    let within = |most: f64| -> f64 {
        let zones = place.zones.iter().zip(&nearest);
        let near = zones.filter(|(_, far)| far.is_some_and(|far| minutes(far) <= most));
        near.map(|(zone, _)| zone.demand[service.index()].get())
            .sum()
    };
    let reached = within(f64::INFINITY);
    let fits = |step: &f64| 2.0 * within(3.0 * step) >= reached;
    let step = FIRST_STEPS.into_iter().find(fits).unwrap_or(480.0);
    let limit = limit(place, &layer.mode, service);
    let breaks = breaks(step, limit);
    let class_of = |far: Distance| {
        let beyond = |most: &&f64| minutes(far) > **most;
        breaks.iter().take_while(beyond).count()
    };
    let people = |class: Option<usize>| -> f64 {
        let zones = place.zones.iter().zip(&nearest);
        let of_class = zones.filter(|(_, far)| far.map(class_of) == class);
        of_class
            .map(|(zone, _)| zone.demand[service.index()].get())
            .sum()
    };
    let views = base::whole(place);
    let view = &views.main;
    let many = base::many(place);
    let all: f64 = [None, Some(0), Some(1), Some(2), Some(3)]
        .into_iter()
        .map(people)
        .sum();
    let frame = words(
        edition,
        layer,
        service,
        match limit {
            Some(limit) => (limit, within(limit), all),
            None => (breaks[1], within(breaks[1]), all),
        },
        base::body(&views),
    );
    frame.draw(|sheet, _| {
        base::beyond(sheet, view, place);
        for (zone, far) in place.zones.iter().zip(&nearest) {
            for rings in base::zone_shapes(view, zone, many) {
                paint(sheet, &rings, far.map(class_of));
                base::outlines(sheet, &rings, base::hairline(place));
            }
        }
        roads(sheet, view, layer.lines);
        for (zone, far) in place
            .zones
            .iter()
            .zip(&nearest)
            .filter(|(z, _)| z.outline.is_none())
        {
            if let Some(at) = view.inside(Some(zone.point)) {
                let fill = far.map_or(WHITE, |far| FILLS[class_of(far)]);
                sheet.circle(at, 6.0, Some(fill), Some(Pen(CHARCOAL, 1.0, 1.0)));
                if far.is_none() {
                    let stroke = [(at.0 - 4.2, at.1 + 4.2), (at.0 + 4.2, at.1 - 4.2)];
                    sheet.polyline(&stroke, Pen(TEXT, 1.0, 1.0));
                }
            }
        }
        for host in &hosts {
            if let Some(at) = view.inside(place.building(*host).location) {
                sheet.circle(at, 7.5, Some(WHITE), None);
                sheet.symbol(Symbol::Circle, at, 6.0, CHARCOAL);
            }
        }
        base::furniture(sheet, &views, view, place);
        let mut panel = Panel::new(&views);
        let words = (breaks, limit, layer.none);
        legend(sheet, &mut panel, words, &people, hosts.len());
        panel.words(sheet, layer.legend);
    })
}

/// The least limit in minutes of a rule of this mode and service.
fn limit(place: &Place, mode: &Mode, service: ServiceIx) -> Option<f64> {
    let measured = |rule: &&AccessRule| {
        let measure = &rule.measure;
        rule.service == service && measure.mode == *mode && measure.unit == Unit::Minutes
    };
    let limit = |rule: &AccessRule| match rule.kind {
        RuleKind::Within { limit, .. }
        | RuleKind::FloorPerArea { limit, .. }
        | RuleKind::WorstCase { limit, .. }
        | RuleKind::NoGroupWorse {
            keep: GroupLimit::Within { limit, .. },
            ..
        } => Some(limit),
        _ => None,
    };
    let limits = place.rules.iter().filter(measured).filter_map(limit);
    limits.min().map(minutes).filter(|limit| *limit > 0.0)
}

/// The most minutes of the first three classes: one, two and three steps, and a rule's limit in place of what
/// is near it, or of the last.
fn breaks(step: f64, limit: Option<f64>) -> [f64; 3] {
    let mut breaks = [step, 2.0 * step, 3.0 * step];
    if let Some(limit) = limit {
        let near = |at: &f64| (0.8..=1.25).contains(&(at / limit));
        let at = breaks.iter().position(near).unwrap_or(2);
        breaks[at] = limit;
        breaks.sort_by(f64::total_cmp);
    }
    breaks
}

fn minutes(far: Distance) -> f64 {
    far.to_user(Unit::Minutes)
}

fn paint(sheet: &mut Sheet<'_>, rings: &[Vec<(f64, f64)>], class: Option<usize>) {
    match class {
        Some(class) => sheet.polygon(rings, FILLS[class], 1.0),
        None => {
            sheet.polygon(rings, WHITE, 1.0);
            for line in hatch_lines(rings, Hatch::Rising, 7.0) {
                sheet.polyline(&line, Pen(TEXT, 0.8, 1.0));
            }
        }
    }
}

/// The roads, thin, where they are not too many to be told apart.
fn roads(sheet: &mut Sheet<'_>, view: &View, lines: &[Vec<Location>]) {
    if lines.iter().map(Vec::len).sum::<usize>() > MOST_POINTS {
        return;
    }
    for line in lines {
        for piece in pieces(view, line) {
            // Seen on dark ground and on light.
            sheet.polyline(&piece, Pen(WHITE, 1.3, 0.45));
            sheet.polyline(&piece, Pen(QUIET, 0.55, 0.8));
        }
    }
}

/// The parts of a line whose points are inside the frame; bends below a pixel are left out.
fn pieces(view: &View, line: &[Location]) -> Vec<Vec<(f64, f64)>> {
    let mut pieces: Vec<Vec<(f64, f64)>> = vec![Vec::new()];
    for (at, place) in line.iter().enumerate() {
        let Some(point) = view.inside(Some(*place)) else {
            pieces.push(Vec::new());
            continue;
        };
        let is_end = at + 1 == line.len();
        if let Some(piece) = pieces.last_mut() {
            let near = |last: &(f64, f64)| (last.0 - point.0).hypot(last.1 - point.1) < 1.0;
            if is_end || !piece.last().is_some_and(near) {
                piece.push(point);
            }
        }
    }
    pieces.retain(|piece| piece.len() > 1);
    pieces
}

fn legend(
    sheet: &mut Sheet<'_>,
    panel: &mut Panel,
    (breaks, limit, none): ([f64; 3], Option<f64>, &str),
    people: &dyn Fn(Option<usize>) -> f64,
    hosts: usize,
) {
    panel.heading(sheet, "People, by minutes to the nearest", true);
    let [first, second, third] = breaks;
    let names = [
        format!("Up to {first} minutes"),
        format!("{first} to {second} minutes"),
        format!("{second} to {third} minutes"),
        format!("Over {third} minutes"),
    ];
    for (class, name) in names.iter().enumerate() {
        panel.row(sheet, name, &whole(people(Some(class))), |sheet, at| {
            swatch(sheet, Some(class), at)
        });
    }
    if people(None) > 0.0 {
        panel.row(sheet, none, &whole(people(None)), |sheet, at| {
            swatch(sheet, None, at)
        });
    }
    if let Some(limit) = limit {
        panel.words(sheet, &format!("{limit} minutes is the limit of a rule."));
    }
    panel.heading(sheet, "Where the service is today", false);
    panel.symbol(
        sheet,
        Symbol::Circle,
        CHARCOAL,
        "Place of the service",
        &whole(hosts as f64),
    );
}

fn swatch(sheet: &mut Sheet<'_>, class: Option<usize>, at: (f64, f64)) {
    let Box2(left, top, right, bottom) = Box2(at.0 - 11.0, at.1 - 7.5, at.0 + 11.0, at.1 + 7.5);
    let ring = vec![(left, top), (right, top), (right, bottom), (left, bottom)];
    paint(sheet, std::slice::from_ref(&ring), class);
    sheet.rect(
        (left, top),
        (right - left, bottom - top),
        None,
        Some(Pen(OUTLINE, 0.8, 1.0)),
    );
}

/// Buildings with the service that no distance is known to.
fn without_location(place: &Place, service: ServiceIx) -> usize {
    let there = place.occupiers.iter().filter(|one| one.service == service);
    let buildings: BTreeSet<_> = there.map(|one| one.building).collect();
    let nowhere = |at: &BuildingIx| place.building(*at).location.is_none();
    buildings.into_iter().filter(nowhere).count()
}

fn words(
    edition: &TravelledEdition<'_>,
    layer: &Layer<'_>,
    service: ServiceIx,
    (minutes, near, all): (f64, f64, f64),
    body: f64,
) -> Frame {
    let place = edition.place;
    let one = place.service(service);
    let name = shown_name(&one.name, one.id.as_str());
    let share = if all > 0.0 { 100.0 * near / all } else { 0.0 };
    let message = match near > 0.0 {
        true => format!("{share:.0} % are within {minutes} minutes of the nearest {name}"),
        false => format!("nobody is within {minutes} minutes of the nearest {name}"),
    };
    let subtitle = format!(
        "Minutes {}, today, base date {}",
        layer.how,
        day(place.base_date)
    );
    let off = layer.off;
    let mut notes = Vec::new();
    if off > 0 {
        notes.push(format!(
            "{} no road near and no time.",
            counted(off, "zone has", "zones have")
        ));
    }
    match without_location(place, service) {
        0 => {}
        some => notes.push(format!(
            "{} no location: nobody is counted as reaching it, so people may be nearer than is shown.",
            counted(some, "place of the service has", "places of the service have")
        )),
    }
    notes.push(format!(
        "{} Every pair is in the table beside the map. Equal-area map; scale right at its middle.",
        layer.note
    ));
    Frame {
        place: shown_name(&place.name, "Travel"),
        description: format!("Map of {} by zone. {message}. {subtitle}.", place.name),
        message,
        subtitle,
        notes,
        sources: sources_line(place),
        body,
    }
}
