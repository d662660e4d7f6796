//! How access to one service changes, zone by zone.

use super::super::access_change::{ServiceChange, rules_measure};
use super::super::audience::Audience;
use super::super::draw::{
    Box2, CHARCOAL, Frame, OUTLINE, Pen, Sheet, Symbol, WHITE, shown_name, sources_line,
};
use super::super::edition::Issue;
use super::super::words::day;
use super::access_panel::{distances, furthest, losers, rules};
use super::apart::{apart, lead};
use super::base::{self, Panel, Placed, demand, place_labels, write_labels};
use super::classes::{Class, Classes, Way};
use super::names::building_name;
use super::projection::View;
use super::views::Views;
use crate::access::Arrangement;
use crate::place::BuildingIx;
use crate::place::words::{counted, whole};

/// A building that gives the service today, under the plan, or both.
struct Host {
    at: BuildingIx,
    today: bool,
    after: bool,
}

/// The people of a map, by the way their distance goes.
struct Tally {
    total: f64,
    further: f64,
    nearer: f64,
}

impl Tally {
    fn of(issue: &Issue<'_>, service: &ServiceChange, classes: &Classes) -> Self {
        let people = |wanted: &dyn Fn(Way) -> bool| -> f64 {
            let zones = issue.place().zones.iter().enumerate();
            zones
                .filter(|(at, _)| wanted(classes.class(*at).way))
                .map(|(_, zone)| demand(service, zone))
                .sum()
        };
        Self {
            total: people(&|_| true),
            further: people(&|way| way == Way::Further),
            nearer: people(&|way| way == Way::Nearer),
        }
    }

    /// In per cent of all, of counts as they may be told.
    fn percent(&self, audience: &Audience, people: f64) -> f64 {
        let total = audience.told(self.total);
        if total > 0.0 {
            100.0 * audience.told(people) / total + 0.0
        } else {
            0.0
        }
    }
}

/// The map of one service, as SVG.
pub(in super::super) fn draw(issue: &Issue<'_>, service: &ServiceChange) -> Result<String, String> {
    let place = issue.place();
    let views = base::views(issue);
    let classes = Classes::of(issue, service);
    let tally = Tally::of(issue, service, &classes);
    let hosts = hosts(issue, service);
    let main = |host: &Host| views.main.inside(place.building(host.at).location);
    let unseen = hosts.iter().filter(|host| main(host).is_none()).count();
    let mut dropped = 0;
    let drawn: Vec<_> = views
        .each()
        .map(|view| {
            let (here, placed, lost) = host_marks(issue, &views, view, &hosts);
            dropped += lost;
            (view, here, placed)
        })
        .collect();
    let mut frame = words(issue, service, &classes, &tally);
    frame.notes = access_notes(issue, service, dropped, unseen);
    frame.body = base::body(&views);
    frame.draw(|sheet, _| {
        for (view, here, placed) in &drawn {
            paint_zones(sheet, view, issue, service, &classes);
            for mark in here {
                lead(sheet, mark.place, mark.at);
            }
            for mark in here {
                sheet.symbol(host_symbol(mark.host), mark.at, 6.5, CHARCOAL);
            }
            base::furniture(sheet, &views, view, place);
            write_labels(sheet, placed);
        }
        let mut panel = Panel::new(&views);
        legend(issue, service, &classes, &tally, sheet, &mut panel);
        host_legend(sheet, &mut panel, &hosts);
        distances(issue, service, sheet, &mut panel);
        rules(issue, service, sheet, &mut panel);
        if classes.unchanged {
            furthest(issue, service, sheet, &mut panel);
        } else {
            losers(issue, service, sheet, &mut panel);
        }
    })
}

/// The words around the map.
fn words(issue: &Issue<'_>, service: &ServiceChange, classes: &Classes, tally: &Tally) -> Frame {
    let place = issue.place();
    let name = service_name(issue, service);
    let audience = &issue.edition.audience;
    let count = |people: f64| match people {
        p if p <= 0.0 => "nobody".to_string(),
        p if audience.hides(p) => audience.count(p) + " people",
        p => counted(audience.told(p).round() as usize, "person", "people"),
    };
    // A share of a known total would tell what a hidden count hides.
    let share = |people: f64| match people {
        p if p <= 0.0 => "nobody".to_string(),
        p if audience.hides(p) => audience.count(p),
        p => format!("{:.1} %", tally.percent(audience, p)),
    };
    let measure = format!(
        "Straight line × {}, base date {}",
        place.travel.detour,
        day(place.base_date)
    );
    let (message, subtitle) = if classes.unchanged {
        (
            format!("nobody would be further from the nearest {name}"),
            format!(
                "Distance by zone, in km, the same today and in the plan for all {} people who need it. {measure}.",
                audience.count(tally.total)
            ),
        )
    } else {
        (
            format!(
                "{} further from the nearest {name}, {} nearer",
                count(tally.further),
                match tally.nearer {
                    p if p <= 0.0 => "nobody".to_string(),
                    p => audience.count(p),
                }
            ),
            format!(
                "Change of distance by zone, in km: further for {} of the {} people who need it, nearer for {}. {measure}.",
                share(tally.further),
                audience.count(tally.total),
                share(tally.nearer)
            ),
        )
    };
    Frame {
        place: shown_name(&place.name, "Plan"),
        description: format!(
            "Map of {} by zone. {message}. {subtitle} The same in a table: zones.csv; zones that lose: losers.csv.",
            place.name
        ),
        message,
        subtitle,
        notes: Vec::new(),
        sources: sources_line(place),
        body: 0.0,
    }
}

/// Every class that occurs, with its people.
fn legend(
    issue: &Issue<'_>,
    service: &ServiceChange,
    classes: &Classes,
    tally: &Tally,
    sheet: &mut Sheet<'_>,
    panel: &mut Panel,
) {
    let heading = match classes.unchanged {
        true => "People, by distance",
        false => "People, by change of distance",
    };
    panel.heading(sheet, heading, true);
    for (at, class) in classes.all.iter().enumerate() {
        let zones = || issue.place().zones.iter().zip(&classes.of);
        if !zones().any(|(_, of)| *of == at) {
            continue;
        }
        let of_class = zones().filter(|(_, of)| **of == at);
        let people: f64 = of_class.map(|(zone, _)| demand(service, zone)).sum();
        let audience = &issue.edition.audience;
        let figure = match class.way {
            Way::Nobody => String::new(),
            _ if audience.hides(people) => audience.count(people),
            _ => format!(
                "{} ({:.0} %)",
                audience.count(people),
                tally.percent(audience, people)
            ),
        };
        panel.row(sheet, &class.words, &figure, |sheet, at| {
            swatch(sheet, class, at)
        });
    }
}

/// A place of the service in one view: where it is, and where its mark stands.
struct Mark<'a> {
    host: &'a Host,
    place: (f64, f64),
    at: (f64, f64),
}

/// Places of a service with their points, their labels, and how many labels found no room.
type HostMarks<'a> = (Vec<Mark<'a>>, Vec<Placed>, usize);

/// The places of the service that a view shows, their names, and how many names found no room. What is
/// enlarged elsewhere is left to the other view.
fn host_marks<'a>(
    issue: &Issue<'_>,
    views: &Views,
    view: &View,
    hosts: &'a [Host],
) -> HostMarks<'a> {
    let building = |host: &Host| issue.place().building(host.at);
    let mut here: Vec<_> = hosts
        .iter()
        .filter(|host| views.is_inset(view) || !views.is_enlarged(building(host).location))
        .filter_map(|host| Some((host, view.inside(building(host).location)?)))
        .collect();
    // What changes is named first.
    here.sort_by_key(|(host, _)| host.today == host.after);
    let places: Vec<_> = here.iter().map(|(_, at)| *at).collect();
    let marks = apart(&places, 6.5, view.frame);
    let here: Vec<Mark<'a>> = here
        .into_iter()
        .zip(marks)
        .map(|((host, place), at)| Mark { host, place, at })
        .collect();
    let mut labels = base::labels(views, view);
    here.iter()
        .for_each(|mark| labels.avoid(Box2::around(mark.at, 7.0)));
    let named = here.iter().map(|mark| {
        let building = building(mark.host);
        (building_name(issue, building), mark.at, 7.0)
    });
    let placed = place_labels(&mut labels, named);
    (here, placed, labels.dropped())
}

fn service_name(issue: &Issue<'_>, service: &ServiceChange) -> String {
    let service = issue.place().service(service.service);
    shown_name(&service.name, service.id.as_str())
}

fn hosts(issue: &Issue<'_>, service: &ServiceChange) -> Vec<Host> {
    let place = issue.place();
    let today = Arrangement::today(place).hosts(place, service.service);
    let after = super::super::access_change::arrangement(issue).hosts(place, service.service);
    let mut all: Vec<BuildingIx> = today.iter().chain(&after).copied().collect();
    all.sort_unstable();
    all.dedup();
    all.into_iter()
        .filter(|at| issue.shows(place.building(*at)))
        .map(|at| Host {
            at,
            today: today.contains(&at),
            after: after.contains(&at),
        })
        .collect()
}

fn host_symbol(host: &Host) -> Symbol {
    match (host.today, host.after) {
        (true, false) => Symbol::Cross,
        (false, _) => Symbol::TriangleUp,
        (true, true) => Symbol::Circle,
    }
}

fn host_legend(sheet: &mut Sheet<'_>, panel: &mut Panel, hosts: &[Host]) {
    panel.heading(sheet, "Where the service is", false);
    let rows = [
        (Symbol::Circle, "Today and in the plan"),
        (Symbol::TriangleUp, "New in the plan"),
        (Symbol::Cross, "Today only"),
    ];
    for (symbol, words) in rows {
        let count = hosts
            .iter()
            .filter(|host| host_symbol(host) == symbol)
            .count();
        if count > 0 {
            panel.symbol(sheet, symbol, CHARCOAL, words, &whole(count as f64));
        }
    }
}

fn paint_zones(
    sheet: &mut Sheet<'_>,
    view: &View,
    issue: &Issue<'_>,
    service: &ServiceChange,
    classes: &Classes,
) {
    let place = issue.place();
    let many = base::many(place);
    base::beyond(sheet, view, place);
    let shapes: Vec<_> = place
        .zones
        .iter()
        .map(|z| base::zone_shapes(view, z, many))
        .collect();
    for (at, shape) in shapes.iter().enumerate() {
        let class = classes.class(at);
        shape.iter().for_each(|rings| class.paint(sheet, rings));
    }
    let pen = base::hairline(place);
    for rings in shapes.iter().flatten() {
        base::outlines(sheet, rings, Pen(WHITE, pen.1 * 2.6, 1.0));
    }
    for rings in shapes.iter().flatten() {
        base::outlines(sheet, rings, pen);
    }
    // Zones without an outline are circles whose area is their demand; the largest lie lowest.
    let most = place
        .zones
        .iter()
        .map(|z| demand(service, z))
        .fold(1.0, f64::max);
    let mut circles: Vec<_> = place
        .zones
        .iter()
        .enumerate()
        .filter(|(_, zone)| zone.outline.is_none())
        .filter_map(|(at, zone)| {
            let spot = view.inside(Some(zone.point))?;
            Some((demand(service, zone), spot, classes.class(at)))
        })
        .collect();
    circles.sort_by(|a, b| b.0.total_cmp(&a.0));
    let Box2(left, top, right, bottom) = view.frame;
    let share = (right - left) * (bottom - top) / circles.len().max(1) as f64;
    let largest = (share.sqrt() * 0.4).clamp(5.0, 20.0);
    for (people, at, class) in circles {
        let radius = (largest * (people / most).max(0.0).sqrt()).max(3.0);
        let ring: Vec<_> = (0..36)
            .map(|k| f64::from(k) / 36.0 * std::f64::consts::TAU)
            .map(|a| (at.0 + radius * a.cos(), at.1 + radius * a.sin()))
            .collect();
        class.paint(sheet, std::slice::from_ref(&ring));
        base::outlines(sheet, &[ring], Pen(CHARCOAL, 0.8, 1.0));
    }
}

fn swatch(sheet: &mut Sheet<'_>, class: &Class, at: (f64, f64)) {
    let (l, t, r, b) = (at.0 - 11.0, at.1 - 7.5, at.0 + 11.0, at.1 + 7.5);
    let ring = vec![(l, t), (r, t), (r, b), (l, b)];
    class.paint(sheet, std::slice::from_ref(&ring));
    base::outlines(sheet, &[ring], Pen(OUTLINE, 0.8, 1.0));
}

fn access_notes(
    issue: &Issue<'_>,
    service: &ServiceChange,
    dropped: usize,
    unseen: usize,
) -> Vec<String> {
    let mut notes = base::notices(issue);
    let mut out = Vec::new();
    if dropped > 0 {
        out.push(counted(dropped, "name", "names") + " for want of room");
    }
    if unseen > 0 {
        out.push(
            counted(unseen, "place of the service", "places of the service")
                + " beyond the frame, which count",
        );
    }
    notes.extend(base::not_shown(&out));
    if issue
        .place()
        .zones
        .iter()
        .any(|zone| zone.outline.is_none())
    {
        notes.push(
            "A circle is a zone without an outline, the larger the more people need the service."
                .to_string(),
        );
    }
    if let Some(measure) = rules_measure(issue, service) {
        notes.push(format!(
            "The map is in km of straight line; the rules measure in {measure}."
        ));
    }
    notes.push(
        "Distances are from each zone's point to the nearest place, not from each home, and are not roads or bus times. \
         Every zone is in zones.csv, those further away in losers.csv; how each rule measures is in access.csv. Equal-area map; scale right at its middle."
            .to_string(),
    );
    notes
}
