//! How access to one service changes, zone by zone.

use super::super::access_change::{SAME_KM, ServiceChange};
use super::super::draw::{
    Box2, CHARCOAL, Frame, Hatch, Ink, LILAC, MAROON, NAVY, ORANGE, OUTLINE, PAPER, Pen, Sheet,
    Symbol, TEAL, TEXT, WHITE, hatch_lines, shown_name, sources_line,
};
use super::super::edition::Issue;
use super::base::{self, Panel, Placed, counted, day, demand, place_labels, whole, write_labels};
use super::projection::View;
use super::views::Views;
use crate::access::{Arrangement, Verdict};
use crate::place::BuildingIx;

/// How far access changes, in words of the legend.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Class {
    MuchNearer,
    Nearer,
    Same,
    Further,
    MuchFurther,
    Unreachable,
    NoDemand,
}

const CLASSES: [Class; 7] = [
    Class::MuchNearer,
    Class::Nearer,
    Class::Same,
    Class::Further,
    Class::MuchFurther,
    Class::Unreachable,
    Class::NoDemand,
];

impl Class {
    fn of(change: Option<f64>, people: f64, step: f64) -> Self {
        match change {
            _ if people <= 0.0 => Class::NoDemand,
            None => Class::Unreachable,
            Some(km) if km < -step => Class::MuchNearer,
            Some(km) if km < -SAME_KM => Class::Nearer,
            Some(km) if km > step => Class::MuchFurther,
            Some(km) if km > SAME_KM => Class::Further,
            Some(_) => Class::Same,
        }
    }

    fn words(self, step: f64) -> String {
        match self {
            Class::MuchNearer => format!("Nearer: over {step} km"),
            Class::Nearer => format!("Nearer: up to {step} km"),
            Class::Same => "Same: within 50 m".to_string(),
            Class::Further => format!("Further: up to {step} km"),
            Class::MuchFurther => format!("Further: over {step} km"),
            Class::Unreachable => "Cannot reach any".to_string(),
            Class::NoDemand => "Nobody who needs it".to_string(),
        }
    }

    fn fill(self) -> Ink {
        match self {
            Class::MuchNearer => NAVY,
            Class::Nearer => TEAL,
            Class::Same => WHITE,
            Class::Further => ORANGE,
            Class::MuchFurther => MAROON,
            Class::Unreachable => LILAC,
            Class::NoDemand => PAPER,
        }
    }

    /// Lines over the fill: what is worse is hatched, so that a grey print tells it.
    fn hatching(self) -> &'static [(Hatch, f64, Pen)] {
        match self {
            Class::Further => &[(Hatch::Rising, 6.0, Pen(TEXT, 0.9, 1.0))],
            Class::MuchFurther => &[
                (Hatch::Rising, 6.0, Pen(WHITE, 1.0, 1.0)),
                (Hatch::Falling, 6.0, Pen(WHITE, 1.0, 1.0)),
            ],
            Class::Unreachable => &[(Hatch::Falling, 5.0, Pen(TEXT, 1.2, 1.0))],
            Class::NoDemand => &[(Hatch::Falling, 7.0, Pen(OUTLINE, 0.5, 1.0))],
            Class::MuchNearer | Class::Nearer | Class::Same => &[],
        }
    }

    fn paint(self, sheet: &mut Sheet<'_>, rings: &[Vec<(f64, f64)>]) {
        sheet.polygon(rings, self.fill(), 1.0);
        for (hatch, gap, pen) in self.hatching() {
            for line in hatch_lines(rings, *hatch, *gap) {
                sheet.polyline(&line, *pen);
            }
        }
    }
}

/// A building that gives the service today, under the plan, or both.
struct Host {
    at: BuildingIx,
    today: bool,
    after: bool,
}

/// The map of one service, as SVG.
pub(in super::super) fn draw(issue: &Issue<'_>, service: &ServiceChange) -> Result<String, String> {
    let place = issue.place();
    let views = base::views(issue);
    let step = class_step(issue, service);
    let classes: Vec<Class> = place
        .zones()
        .map(|(at, zone)| {
            let change = service.zones.get(at.index()).and_then(|a| a.change());
            Class::of(change, demand(service, zone), step)
        })
        .collect();
    let people = |class: Class| -> f64 {
        let zones = place
            .zones
            .iter()
            .zip(&classes)
            .filter(|(_, c)| **c == class);
        zones.map(|(zone, _)| demand(service, zone)).sum()
    };
    let total: f64 = place.zones.iter().map(|zone| demand(service, zone)).sum();
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
    let name = service_name(issue, service);
    let worse = people(Class::Further) + people(Class::MuchFurther);
    let better = people(Class::Nearer) + people(Class::MuchNearer);
    let share = |number: f64| {
        if total > 0.0 {
            100.0 * number / total + 0.0
        } else {
            0.0
        }
    };
    let frame = Frame {
        title: format!(
            "{}: change in distance to the nearest {name}",
            shown_name(&place.name, "Plan")
        ),
        subtitle: format!(
            "{:.1} % of {} people who need it have further to go, {:.1} % have less far. Straight line × {} in km, base date {}.",
            share(worse),
            whole(total),
            share(better),
            place.travel.detour,
            day(place.base_date)
        ),
        description: format!(
            "Map of {} by zone: people who have further to go to the nearest {name} {}, nearer {}, of {}. The same in a table: zones.csv; zones that lose: losers.csv.",
            place.name,
            whole(worse),
            whole(better),
            whole(total)
        ),
        notes: access_notes(dropped, unseen),
        sources: sources_line(place),
        body: base::body(&views),
    };
    frame.draw(|sheet, _| {
        for (view, here, placed) in &drawn {
            paint_zones(sheet, view, issue, service, &classes);
            for (host, at) in here {
                sheet.symbol(host_symbol(host), *at, 6.5, CHARCOAL);
            }
            base::furniture(sheet, &views, view, place);
            write_labels(sheet, placed);
        }
        let mut panel = Panel::new(&views);
        panel.heading(sheet, "People, by change of distance", true);
        for class in CLASSES {
            if !classes.contains(&class) {
                continue;
            }
            let number = people(class);
            let figure = match class {
                Class::NoDemand => String::new(),
                _ => format!("{} ({:.0} %)", whole(number), share(number)),
            };
            panel.row(sheet, &class.words(step), &figure, |sheet, at| {
                swatch(sheet, class, at)
            });
        }
        host_legend(sheet, &mut panel, &hosts);
        distances(issue, service, sheet, &mut panel);
        rules(issue, service, sheet, &mut panel);
        losers(issue, service, sheet, &mut panel);
    })
}

/// Places of a service with their points, their labels, and how many labels found no room.
type HostMarks<'a> = (Vec<(&'a Host, (f64, f64))>, Vec<Placed>, usize);

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
    let mut labels = base::labels(views, view);
    here.iter()
        .for_each(|(_, at)| labels.avoid(Box2::around(*at, 7.0)));
    let named = here.iter().map(|(host, at)| {
        let building = building(host);
        (shown_name(&building.name, building.id.as_str()), *at, 7.0)
    });
    let placed = place_labels(&mut labels, named);
    (here, placed, labels.dropped())
}

fn service_name(issue: &Issue<'_>, service: &ServiceChange) -> String {
    let service = issue.place().service(service.service);
    let name = shown_name(&service.name, service.id.as_str());
    // "Library" inside a sentence, but never "gP".
    let mut letters = name.chars();
    match (letters.next(), letters.next()) {
        (Some(first), Some(second)) if second.is_lowercase() => {
            first.to_lowercase().chain(name.chars().skip(1)).collect()
        }
        _ => name,
    }
}

/// The class boundary: a round distance that about half of the people who are affected exceed.
fn class_step(issue: &Issue<'_>, service: &ServiceChange) -> f64 {
    let zones = issue.place().zones.iter().zip(&service.zones);
    let mut changes: Vec<(f64, f64)> = zones
        .filter_map(|(zone, access)| Some((access.change()?.abs(), demand(service, zone))))
        .filter(|(change, people)| *change > SAME_KM && *people > 0.0)
        .collect();
    changes.sort_by(|a, b| a.0.total_cmp(&b.0));
    let half = changes.iter().map(|c| c.1).sum::<f64>() / 2.0;
    let mut sum = 0.0;
    let median = changes.iter().find(|c| {
        sum += c.1;
        sum >= half
    });
    let median = median.map_or(1.0, |c| c.0);
    [0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0]
        .into_iter()
        .min_by(|a: &f64, b: &f64| (a / median).ln().abs().total_cmp(&(b / median).ln().abs()))
        .unwrap_or(1.0)
}

fn hosts(issue: &Issue<'_>, service: &ServiceChange) -> Vec<Host> {
    let place = issue.place();
    let today = Arrangement::today(place).hosts(place, service.service);
    let after = super::super::access_change::arrangement(issue).hosts(place, service.service);
    let mut all: Vec<BuildingIx> = today.iter().chain(&after).copied().collect();
    all.sort_unstable();
    all.dedup();
    all.into_iter()
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
    classes: &[Class],
) {
    let place = issue.place();
    let many = base::many(place);
    base::ground(sheet, view, place);
    let shapes: Vec<_> = place
        .zones
        .iter()
        .map(|z| base::zone_shapes(view, z, many))
        .collect();
    for (shape, class) in shapes.iter().zip(classes) {
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
        .zip(classes)
        .filter(|(zone, _)| zone.outline.is_none())
        .filter_map(|(zone, class)| {
            Some((demand(service, zone), view.inside(Some(zone.point))?, class))
        })
        .collect();
    circles.sort_by(|a, b| b.0.total_cmp(&a.0));
    for (people, at, class) in circles {
        let radius = 3.0 + 15.0 * (people / most).max(0.0).sqrt();
        let ring: Vec<_> = (0..36)
            .map(|k| f64::from(k) / 36.0 * std::f64::consts::TAU)
            .map(|a| (at.0 + radius * a.cos(), at.1 + radius * a.sin()))
            .collect();
        class.paint(sheet, std::slice::from_ref(&ring));
        base::outlines(sheet, &[ring], Pen(CHARCOAL, 0.8, 1.0));
    }
}

fn swatch(sheet: &mut Sheet<'_>, class: Class, at: (f64, f64)) {
    let (l, t, r, b) = (at.0 - 11.0, at.1 - 7.5, at.0 + 11.0, at.1 + 7.5);
    let ring = vec![(l, t), (r, t), (r, b), (l, b)];
    class.paint(sheet, std::slice::from_ref(&ring));
    base::outlines(sheet, &[ring], Pen(OUTLINE, 0.8, 1.0));
}

/// Mean and longest distance, today and under the plan, over the people who can reach it on both sides.
fn distances(issue: &Issue<'_>, service: &ServiceChange, sheet: &mut Sheet<'_>, panel: &mut Panel) {
    let mut people = 0.0;
    let (mut mean, mut longest) = ([0.0; 2], [0.0_f64; 2]);
    for (zone, access) in issue.place().zones.iter().zip(&service.zones) {
        let weight = demand(service, zone);
        let (Some(today), Some(after)) = (access.today, access.after) else {
            continue;
        };
        if weight > 0.0 {
            people += weight;
            for (at, km) in [today, after].into_iter().enumerate() {
                mean[at] += weight * km;
                longest[at] = longest[at].max(km);
            }
        }
    }
    if people > 0.0 {
        panel.heading(sheet, "Distance, today → plan", false);
        let arrow = |pair: [f64; 2]| format!("{:.2} → {:.2} km", pair[0], pair[1]);
        panel.figure(
            sheet,
            "Mean of all people",
            &arrow(mean.map(|sum| sum / people)),
        );
        panel.figure(sheet, "Furthest zone", &arrow(longest));
    }
}

fn rules(issue: &Issue<'_>, service: &ServiceChange, sheet: &mut Sheet<'_>, panel: &mut Panel) {
    let id = issue.place().service(service.service).id.as_str();
    let about: Vec<_> = issue
        .plan()
        .rules
        .iter()
        .filter(|rule| rule.service == id)
        .collect();
    if about.is_empty() || !panel.has_room(80.0) {
        return;
    }
    panel.heading(sheet, "Access rules", false);
    for rule in about {
        if !panel.has_room(40.0) {
            break;
        }
        let verdict = match rule.verdict {
            Verdict::Pass => "holds",
            Verdict::FailsToday => "fails today, no worse",
            Verdict::Consult => "consult",
            Verdict::Fail => "fails",
            Verdict::Empty => "counts nobody",
        };
        panel.words(
            sheet,
            &format!(
                "{}: {verdict}.",
                capital(&shown_name(&rule.limit, &rule.rule))
            ),
        );
    }
}

/// The zones that lose most, with the people in them.
fn losers(issue: &Issue<'_>, service: &ServiceChange, sheet: &mut Sheet<'_>, panel: &mut Panel) {
    let zones = issue.place().zones.iter().zip(&service.zones);
    let mut worse: Vec<_> = zones
        .enumerate()
        .filter_map(|(at, (zone, access))| Some((access.change()?, at, zone)))
        .filter(|(change, _, zone)| *change > SAME_KM && demand(service, zone) > 0.0)
        .collect();
    worse.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    if worse.is_empty() || !panel.has_room(84.0) {
        return;
    }
    panel.heading(sheet, "Zones that lose most (people)", false);
    for (change, _, zone) in worse.into_iter().take(8) {
        if !panel.has_room(21.0) {
            break;
        }
        let name = shown_name(&zone.name, zone.id.as_str());
        let people = whole(demand(service, zone));
        panel.figure(
            sheet,
            &format!("{name} ({people})"),
            &format!("+{change:.2} km"),
        );
    }
}

fn access_notes(dropped: usize, unseen: usize) -> Vec<String> {
    let mut notes = vec!["An option for discussion; no decision has been taken.".to_string()];
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
    if !out.is_empty() {
        notes.push(format!("Not shown: {}.", out.join(", ")));
    }
    notes.push(
        "Distances are from each zone's point to the nearest place, not from each home, and are not roads or bus times. \
         Every zone is in zones.csv, those further away in losers.csv. Equal-area map; scale right at its middle."
            .to_string(),
    );
    notes
}

/// With a capital first letter.
fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}
