//! How far each zone is from a service, today and under the plan, side by side in the same classes.

use super::super::access_change::ServiceChange;
use super::super::draw::{
    Anchor, Frame, HEADING, MARGIN, PAGE_WIDTH, Sheet, TEXT, shown_name, sources_line,
};
use super::super::edition::Issue;
use super::super::words::day;
use super::access::service_name;
use super::base::{self, demand, write_labels};
use super::classes::{Classes, Way};
use super::hosts::{Host, host_marks, hosts, paint_hosts};
use super::projection::View;
use super::shaded::{paint_zones, swatch};
use super::strip::{self, Item};
use super::views::Views;
use crate::access::ZoneAccess;
use crate::place::words::counted;

const ROOM: f64 = PAGE_WIDTH - 2.0 * MARGIN;
const BETWEEN: f64 = 16.0;
/// Where there are more places than this, only those that close or are new are named.
const ALL_NAMED: usize = 12;
/// Room for the words above each map.
const HEAD: f64 = 26.0;

/// One of the two times.
struct Time {
    words: &'static str,
    of: fn(&ZoneAccess) -> Option<f64>,
    open: fn(&Host) -> bool,
}

const TIMES: [Time; 2] = [
    Time {
        words: "Today",
        of: |access| access.today,
        open: |host| host.today,
    },
    Time {
        words: "In the plan",
        of: |access| access.after,
        open: |host| host.after,
    },
];

/// The two maps of one service, as SVG.
pub(in super::super) fn draw(issue: &Issue<'_>, service: &ServiceChange) -> Result<String, String> {
    let place = issue.place();
    let classes = TIMES
        .each_ref()
        .map(|time| Classes::of_distance(issue, service, time.of));
    let items = legend(issue, service, &classes);
    let strip = strip::height(&items, ROOM) + 12.0;
    let wide = (ROOM - BETWEEN) / 2.0;
    let heights = match issue.map_body() {
        Some(body) => (body - strip - HEAD, body - strip - HEAD),
        None => (wide * 0.6, wide * 1.4),
    };
    let all = hosts(issue, service);
    let views = [0.0, wide + BETWEEN].map(|aside| {
        let corner = (MARGIN + aside, base::MAP_TOP + strip + HEAD);
        let spots = all
            .iter()
            .filter_map(|host| place.building(host.at).location);
        let spots: Vec<_> = spots.collect();
        Views::only(View::of(place, corner, wide, heights).clear_of(&spots))
    });
    let open = TIMES.each_ref().map(|time| {
        let open = all.iter().filter(|host| (time.open)(host)).copied();
        open.collect::<Vec<Host>>()
    });
    let marks: Vec<_> = views
        .iter()
        .zip(&open)
        .map(|(views, open)| {
            let named = |host: &Host| all.len() <= ALL_NAMED || host.today != host.after;
            host_marks(issue, views, &views.main, open, named)
        })
        .collect();
    let dropped = marks.iter().map(|(_, _, dropped)| dropped).sum();
    let mut frame = words(issue, service, &classes);
    frame.notes = notes(issue, dropped, all.len() > ALL_NAMED);
    frame.body = base::body(&views[0]);
    frame.draw_on(issue.paper, |sheet, area| {
        strip::paint(sheet, &items, (area.0, area.1), ROOM);
        for (at, views) in views.iter().enumerate() {
            let view = &views.main;
            heading(sheet, &TIMES[at], open[at].len(), view);
            paint_zones(sheet, view, issue, service, &classes[at]);
            paint_hosts(sheet, &marks[at].0);
            base::furniture(sheet, views, view, place);
            write_labels(sheet, &marks[at].1);
        }
    })
}

fn heading(sheet: &mut Sheet<'_>, time: &Time, places: usize, view: &View) {
    let words = format!("{}: {}", time.words, counted(places, "place", "places"));
    let at = (view.frame.0, view.frame.1 - 13.0);
    sheet.text(&words, at, HEADING, TEXT, true, Anchor::Start);
}

/// People of a class at one time.
fn people(issue: &Issue<'_>, service: &ServiceChange, classes: &Classes, class: usize) -> f64 {
    let zones = issue.place().zones.iter().zip(&classes.of);
    zones
        .filter(|(_, of)| **of == class)
        .map(|(zone, _)| demand(service, zone))
        .sum()
}

fn legend<'a>(
    issue: &Issue<'_>,
    service: &ServiceChange,
    classes: &'a [Classes; 2],
) -> Vec<Item<'a>> {
    let audience = &issue.edition.audience;
    let [today, after] = classes;
    let classes = after.all.iter().enumerate();
    let occurs = |class: usize| today.of.contains(&class) || after.of.contains(&class);
    classes
        .filter(|(at, _)| occurs(*at))
        .map(|(at, class)| {
            let told = |classes: &Classes| audience.count(people(issue, service, classes, at));
            let words = match class.way {
                Way::Nobody => class.words.clone(),
                _ => format!("{}: {} → {} people", class.words, told(today), told(after)),
            };
            Item {
                words,
                mark: Box::new(move |sheet, at| swatch(sheet, class, at)),
            }
        })
        .collect()
}

/// Mean distance of those who reach the service at that time, km.
fn mean(issue: &Issue<'_>, service: &ServiceChange, time: &Time) -> Option<f64> {
    let (mut sum, mut all) = (0.0, 0.0);
    for (zone, access) in issue.place().zones.iter().zip(&service.zones) {
        if let Some(km) = (time.of)(access) {
            let people = demand(service, zone);
            (sum, all) = (sum + people * km, all + people);
        }
    }
    (all > 0.0).then(|| sum / all)
}

fn words(issue: &Issue<'_>, service: &ServiceChange, classes: &[Classes; 2]) -> Frame {
    let place = issue.place();
    let name = service_name(issue, service);
    let total: f64 = place.zones.iter().map(|zone| demand(service, zone)).sum();
    let means = TIMES.each_ref().map(|time| mean(issue, service, time));
    let message = match means {
        [Some(today), Some(after)] => {
            format!("{today:.2} km to the nearest {name} today, {after:.2} km in the plan")
        }
        _ => format!("distance to the nearest {name}"),
    };
    let audience = &issue.edition.audience;
    let subtitle = format!(
        "Mean of the people who need it and reach one, of {}; distance by zone, in km. Straight line × {}, base date {}.",
        audience.count(total),
        place.travel.detour,
        day(place.base_date)
    );
    let told: Vec<String> = legend(issue, service, classes)
        .into_iter()
        .map(|item| item.words + ".")
        .collect();
    Frame {
        place: shown_name(&place.name, "Plan"),
        description: format!(
            "Two maps of {} by zone, today and in the plan. {message}. {} The same in a table: zones.csv.",
            place.name,
            told.join(" ")
        ),
        message,
        subtitle,
        notes: Vec::new(),
        sources: sources_line(place),
        body: 0.0,
    }
}

fn notes(issue: &Issue<'_>, dropped: usize, many: bool) -> Vec<String> {
    let mut notes = base::notices(issue);
    let mut out = Vec::new();
    if many {
        out.push("names of places that stay as they are".to_string());
    }
    if dropped > 0 {
        out.push(counted(dropped, "name", "names") + " for want of room");
    }
    notes.extend(base::not_shown(&out));
    notes.push(
        "A circle is a place that stays, a cross one that closes, a triangle a new one. Both maps have the same classes; people are counted today → in the plan. Distances are from each zone's point to the nearest place, \
         not from each home, and are not roads or bus times. Every zone is in zones.csv; the change is on the map of access. Equal-area maps; scale right at their middle."
            .to_string(),
    );
    notes
}
