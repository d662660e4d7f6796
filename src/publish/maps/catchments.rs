//! Which place of a service each zone goes to under the plan.

use super::super::access_change::ServiceChange;
use super::super::draw::{
    Frame, Hatch, MAUVE, MINT, OUTLINE, PALE, Pen, QUIET, SAND, SKY, Sheet, TEXT, WHITE,
    shown_name, sources_line,
};
use super::super::edition::Issue;
use super::super::words::day;
use super::access::service_name;
use super::base::{self, Panel, demand, write_labels};
use super::borders::Borders;
use super::classes::{Class, Classes, Lines, Scale, Way, nobody};
use super::clip;
use super::hosts::{Host, hosts, in_each_view, paint_hosts};
use super::names::building_name;
use super::projection::View;
use super::shaded::{paint_zones, swatch};
use crate::place::words::{counted, whole};
use crate::place::{BuildingIx, Place};

/// Above this many zones, lines from each to its place would hide the map.
const MOST_LINES: usize = 2_500;

/// A place and those who go there.
struct Catchment {
    host: BuildingIx,
    people: f64,
    zones: usize,
    /// Sum of people times km.
    far: f64,
}

/// All places that people go to, those with most people first, and the place of every zone.
struct Catchments {
    all: Vec<Catchment>,
    of: Vec<Option<usize>>,
}

impl Catchments {
    fn of(issue: &Issue<'_>, service: &ServiceChange) -> Self {
        let place = issue.place();
        let mut all: Vec<Catchment> = Vec::new();
        let mut goes: Vec<Option<BuildingIx>> = Vec::new();
        for (zone, access) in place.zones.iter().zip(&service.zones) {
            let people = demand(service, zone);
            let host = access.host_after.filter(|_| people > 0.0);
            goes.push(host);
            let Some(host) = host else { continue };
            let at = all.iter().position(|one| one.host == host);
            let at = at.unwrap_or_else(|| {
                all.push(Catchment {
                    host,
                    people: 0.0,
                    zones: 0,
                    far: 0.0,
                });
                all.len() - 1
            });
            all[at].people += people;
            all[at].zones += 1;
            all[at].far += people * access.after.unwrap_or(0.0);
        }
        all.sort_by(|a, b| b.people.total_cmp(&a.people).then(a.host.cmp(&b.host)));
        let of = goes
            .into_iter()
            .map(|host| all.iter().position(|one| Some(one.host) == host))
            .collect();
        Self { all, of }
    }

    fn borders(&self, place: &Place) -> Borders {
        let spots: Vec<_> = self
            .all
            .iter()
            .map(|one| place.building(one.host).location)
            .collect();
        Borders::of(place, &self.of).with_nearest(&spots, 3)
    }

    /// The class of every zone: the look of its place; then those who reach none, and those who need none.
    fn classes(&self, issue: &Issue<'_>, service: &ServiceChange, borders: &Borders) -> Classes {
        let looks = looks();
        let chosen = borders.looks(self.all.len(), looks.len());
        let (hidden, none, needless) = (looks.len(), looks.len() + 1, looks.len() + 2);
        let mut all = looks;
        all.extend([not_told(), reaches_none(), nobody()]);
        let zones = issue.place().zones.iter().zip(&self.of);
        let of = zones
            .map(|(zone, of)| match of {
                _ if demand(service, zone) <= 0.0 => needless,
                None => none,
                Some(at) if !issue.shows(issue.place().building(self.all[*at].host)) => hidden,
                Some(at) => chosen[*at],
            })
            .collect();
        Classes {
            unchanged: true,
            scale: Scale::Change(0.0),
            all,
            of,
        }
    }
}

/// Tints that only tell neighbours apart. Two are plain and differ in a grey print; the others are
/// hatched, each in its own way.
fn looks() -> Vec<Class> {
    const THIN: Pen = Pen(OUTLINE, 0.7, 1.0);
    const RISING: Lines = &[(Hatch::Rising, 9.0, THIN)];
    const FALLING: Lines = &[(Hatch::Falling, 9.0, THIN)];
    const CROSSED: Lines = &[(Hatch::Rising, 13.0, THIN), (Hatch::Falling, 13.0, THIN)];
    const CLOSE: Lines = &[(Hatch::Rising, 5.0, THIN)];
    [
        (WHITE, &[] as Lines),
        (SAND, RISING),
        (PALE, &[]),
        (MINT, FALLING),
        (MAUVE, CROSSED),
        (SKY, CLOSE),
    ]
    .into_iter()
    .map(|(fill, lines)| Class::new("", Way::Same, fill, lines))
    .collect()
}

fn reaches_none() -> Class {
    const FALLING: Lines = &[(Hatch::Falling, 6.0, Pen(TEXT, 1.2, 1.0))];
    Class::new("Reaches none", Way::Nowhere, WHITE, FALLING)
}

fn not_told() -> Class {
    const WIDE: Lines = &[(Hatch::Rising, 14.0, Pen(TEXT, 0.7, 1.0))];
    Class::new("Go to a place that is not shown", Way::Same, WHITE, WIDE)
}

/// The map of one service, as SVG.
pub(in super::super) fn draw(issue: &Issue<'_>, service: &ServiceChange) -> Result<String, String> {
    let place = issue.place();
    let views = base::views(issue);
    let catchments = Catchments::of(issue, service);
    let borders = catchments.borders(place);
    let classes = catchments.classes(issue, service, &borders);
    let mut hosts: Vec<Host> = hosts(issue, service);
    hosts.retain(|host| host.after);
    // The place with most people is named first.
    let rank = |host: &Host| catchments.all.iter().position(|one| one.host == host.at);
    hosts.sort_by_key(|host| rank(host).unwrap_or(usize::MAX));
    let (drawn, dropped) = in_each_view(issue, &views, &hosts);
    let mut frame = words(issue, service, &catchments, hosts.len());
    frame.notes = notes(issue, dropped);
    frame.body = base::body(&views);
    frame.draw_on(issue.paper, |sheet, _| {
        for (view, here, placed) in &drawn {
            paint_zones(sheet, view, issue, service, &classes);
            paint_borders(sheet, view, &borders);
            journeys(issue, sheet, view, &catchments);
            paint_hosts(sheet, here);
            base::furniture(sheet, &views, view, place);
            write_labels(sheet, placed);
        }
        let mut panel = Panel::new(&views);
        list(issue, service, &catchments, &classes, sheet, &mut panel);
    })
}

fn paint_borders(sheet: &mut Sheet<'_>, view: &View, borders: &Borders) {
    let mut draw = |piece: &mut Vec<(f64, f64)>| {
        if piece.len() > 1 {
            sheet.polyline(piece, Pen(TEXT, 2.2, 1.0));
        }
        piece.clear();
    };
    for line in &borders.lines {
        let on: Vec<_> = line.iter().map(|(lon, lat)| view.at(*lon, *lat)).collect();
        let mut piece = Vec::new();
        for pair in on.windows(2) {
            let Some([from, to]) = clip::segment(pair[0], pair[1], view.frame) else {
                draw(&mut piece);
                continue;
            };
            if piece.last() != Some(&from) {
                draw(&mut piece);
                piece.push(from);
            }
            piece.push(to);
        }
        draw(&mut piece);
    }
}

/// A thin line from each zone to the place it goes to.
fn journeys(issue: &Issue<'_>, sheet: &mut Sheet<'_>, view: &View, catchments: &Catchments) {
    let place = issue.place();
    if place.zones.len() > MOST_LINES {
        return;
    }
    for (zone, of) in place.zones.iter().zip(&catchments.of) {
        let host = of.map(|at| place.building(catchments.all[at].host));
        let shown = host.filter(|host| issue.shows(host));
        let Some(end) = shown.and_then(|host| host.location) else {
            continue;
        };
        let from = view.at(zone.point.lon(), zone.point.lat());
        let to = view.at(end.lon(), end.lat());
        if let Some(piece) = clip::segment(from, to, view.frame) {
            sheet.polyline(&piece, Pen(QUIET, 0.8, 1.0));
        }
        if view.inside(Some(zone.point)).is_some() {
            sheet.circle(from, 1.6, Some(QUIET), None);
        }
    }
}

fn list(
    issue: &Issue<'_>,
    service: &ServiceChange,
    catchments: &Catchments,
    classes: &Classes,
    sheet: &mut Sheet<'_>,
    panel: &mut Panel,
) {
    let audience = &issue.edition.audience;
    let total: f64 = catchments.all.iter().map(|one| one.people).sum();
    panel.heading(sheet, "People, by the place they go to", true);
    let shown: Vec<(usize, &Catchment)> = catchments
        .all
        .iter()
        .enumerate()
        .filter(|(_, one)| issue.shows(issue.place().building(one.host)))
        .collect();
    for (row, (at, one)) in shown.iter().enumerate() {
        let left = shown.len() - row;
        if left > 1 && !panel.has_room(70.0) {
            let more = format!("and {} more, in zones.csv", whole(left as f64));
            panel.words(sheet, &more);
            break;
        }
        let name = building_name(issue, issue.place().building(one.host));
        let figure = match audience.hides(one.people) {
            true => audience.count(one.people),
            false => format!(
                "{} ({:.0} %)",
                audience.count(one.people),
                100.0 * audience.told(one.people) / audience.told(total).max(1.0)
            ),
        };
        let look = catchments.of.iter().position(|of| *of == Some(*at));
        panel.row(sheet, &name, &figure, |sheet, spot| {
            if let Some(zone) = look {
                swatch(sheet, classes.class(zone), spot);
            }
        });
    }
    for class in classes.all.iter().rev().take(3).rev() {
        let zones = || issue.place().zones.iter().zip(&classes.of);
        let is_here = |of: &usize| std::ptr::eq(&classes.all[*of], class);
        if !zones().any(|(_, of)| is_here(of)) {
            continue;
        }
        let people: f64 = zones()
            .filter(|(_, of)| is_here(of))
            .map(|(zone, _)| demand(service, zone))
            .sum();
        let figure = match people > 0.0 {
            true => audience.count(people),
            false => String::new(),
        };
        panel.row(sheet, &class.words, &figure, |sheet, at| {
            swatch(sheet, class, at)
        });
    }
}

fn words(
    issue: &Issue<'_>,
    service: &ServiceChange,
    catchments: &Catchments,
    open: usize,
) -> Frame {
    let place = issue.place();
    let audience = &issue.edition.audience;
    let name = service_name(issue, service);
    let total: f64 = place.zones.iter().map(|zone| demand(service, zone)).sum();
    let message = match open {
        0 => format!("no place of {name} in the plan"),
        _ => format!(
            "where people would go for {name}: {}",
            counted(open, "place", "places")
        ),
    };
    let busiest = catchments
        .all
        .iter()
        .filter(|one| issue.shows(place.building(one.host)));
    let told: Vec<String> = busiest
        .take(20)
        .map(|one| {
            // Of a few people a mean tells the way of each.
            let far = match audience.hides(one.people) {
                true => String::new(),
                false => {
                    let mean = one.far / one.people.max(f64::MIN_POSITIVE);
                    format!(", {mean:.2} km on average")
                }
            };
            format!(
                "{}: {} people of {}{far}.",
                building_name(issue, place.building(one.host)),
                audience.count(one.people),
                counted(one.zones, "zone", "zones"),
            )
        })
        .collect();
    Frame {
        place: shown_name(&place.name, "Plan"),
        subtitle: format!(
            "Each zone with the place that is nearest to it under the plan, for the {} people who need it. Straight line × {}, base date {}.",
            audience.count(total),
            place.travel.detour,
            day(place.base_date)
        ),
        description: format!(
            "Map of {}: {message}. {} The same in a table: zones.csv, column host_after.",
            place.name,
            told.join(" ")
        ),
        message,
        notes: Vec::new(),
        sources: sources_line(place),
        body: 0.0,
    }
}

fn notes(issue: &Issue<'_>, dropped: usize) -> Vec<String> {
    let mut notes = base::notices(issue);
    let mut out = Vec::new();
    if dropped > 0 {
        out.push(counted(dropped, "name", "names") + " for want of room");
    }
    let many = issue.place().zones.len() > MOST_LINES;
    if many {
        out.push("lines from zones to places".to_string());
    }
    notes.extend(base::not_shown(&out));
    if !many {
        notes.push("A thin line leads from each zone to its place.".to_string());
    }
    notes.push(
        "Shades only tell neighbours apart; a thick line parts them. Each zone goes whole to the place nearest to its point by straight line; \
         people may choose otherwise, and how many a place can serve is not asked. Every zone is in zones.csv (host_after). Equal-area map; scale right at its middle."
            .to_string(),
    );
    notes
}

#[cfg(test)]
mod tests {
    use super::super::super::fixture::Fixture;
    use super::*;

    #[test]
    fn everybody_who_needs_a_service_is_counted_at_one_place() {
        let fixture = Fixture::six();
        let edition = fixture.edition();
        let issue = Issue::new(&edition);
        for service in &issue.access {
            let catchments = Catchments::of(&issue, service);
            // Five zones of 1,000 people, or as many of them as need the service and reach it.
            let with_demand = service.with_demand(&fixture.place);
            let reached = with_demand.filter(|(_, _, access)| access.after.is_some());
            let people: f64 = reached.map(|(_, people, _)| people.get()).sum();
            let counted: f64 = catchments.all.iter().map(|one| one.people).sum();
            assert_eq!(counted, people);
            let people = catchments.all.iter().map(|one| one.people);
            assert!(people.rev().is_sorted());
            let zones: usize = catchments.all.iter().map(|one| one.zones).sum();
            assert_eq!(zones, catchments.of.iter().flatten().count());
        }
    }
}
