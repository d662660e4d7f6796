//! How access to one service changes, zone by zone.

use super::super::access_change::{ServiceChange, rules_measure};
use super::super::audience::Audience;
use super::super::draw::{Frame, Sheet, shown_name, sources_line};
use super::super::edition::Issue;
use super::super::words::day;
use super::access_panel::{distances, furthest, losers, rules};
use super::base::{self, Panel, demand, write_labels};
use super::classes::{Classes, Way};
use super::hosts::{Host, host_legend, hosts, in_each_view, paint_hosts};
use super::shaded::{paint_zones, swatch};
use crate::place::words::counted;

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
    let (drawn, dropped) = in_each_view(issue, &views, &hosts);
    let mut frame = words(issue, service, &classes, &tally);
    frame.notes = access_notes(issue, service, dropped, unseen);
    frame.body = base::body(&views);
    frame.draw_on(issue.paper, |sheet, _| {
        for (view, here, placed) in &drawn {
            paint_zones(sheet, view, issue, service, &classes);
            paint_hosts(sheet, here);
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

/// The name of a service as a picture can show it.
pub(super) fn service_name(issue: &Issue<'_>, service: &ServiceChange) -> String {
    let service = issue.place().service(service.service);
    shown_name(&service.name, service.id.as_str())
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
