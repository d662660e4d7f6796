//! The places of a service on a map.

use super::super::access_change::{ServiceChange, arrangement};
use super::super::draw::{Box2, CHARCOAL, Sheet, Symbol};
use super::super::edition::Issue;
use super::apart::{apart, lead};
use super::base::{self, Panel, Placed, place_labels};
use super::names::building_name;
use super::projection::View;
use super::views::Views;
use crate::access::Arrangement;
use crate::place::BuildingIx;
use crate::place::words::whole;

/// A building that gives the service today, under the plan, or both.
#[derive(Clone, Copy)]
pub(super) struct Host {
    pub(super) at: BuildingIx,
    pub(super) today: bool,
    pub(super) after: bool,
}

/// A place of the service in one view: where it is, and where its mark stands.
pub(super) struct Mark<'a> {
    pub(super) host: &'a Host,
    pub(super) place: (f64, f64),
    pub(super) at: (f64, f64),
}

/// Places of a service with their points, their labels, and how many labels found no room.
pub(super) type HostMarks<'a> = (Vec<Mark<'a>>, Vec<Placed>, usize);

/// The places of the service that a view shows, names of those that get one, and how many names found no room. What is
/// enlarged elsewhere is left to the other view.
pub(super) fn host_marks<'a>(
    issue: &Issue<'_>,
    views: &Views,
    view: &View,
    hosts: &'a [Host],
    named: impl Fn(&Host) -> bool,
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
    let named = here.iter().filter(|mark| named(mark.host)).map(|mark| {
        let building = building(mark.host);
        (building_name(issue, building), mark.at, 7.0)
    });
    let placed = place_labels(&mut labels, named);
    (here, placed, labels.dropped())
}

/// A view, the places that it shows, and their names.
pub(super) type InView<'a> = (&'a View, Vec<Mark<'a>>, Vec<Placed>);

/// The places in each view, all of them named where there is room, and how many names found none.
pub(super) fn in_each_view<'a>(
    issue: &Issue<'_>,
    views: &'a Views,
    hosts: &'a [Host],
) -> (Vec<InView<'a>>, usize) {
    let mut dropped = 0;
    let each = views.each().map(|view| {
        let (here, placed, lost) = host_marks(issue, views, view, hosts, |_| true);
        dropped += lost;
        (view, here, placed)
    });
    (each.collect(), dropped)
}

/// Draws marks of places, each with a line to where it belongs.
pub(super) fn paint_hosts(sheet: &mut Sheet<'_>, marks: &[Mark<'_>]) {
    for mark in marks {
        lead(sheet, mark.place, mark.at);
    }
    for mark in marks {
        sheet.symbol(host_symbol(mark.host), mark.at, 6.5, CHARCOAL);
    }
}

/// Every place of the service, today or under the plan, that the audience may know of.
pub(super) fn hosts(issue: &Issue<'_>, service: &ServiceChange) -> Vec<Host> {
    let place = issue.place();
    let today = Arrangement::today(place).hosts(place, service.service);
    let after = arrangement(issue).hosts(place, service.service);
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

pub(super) fn host_legend(sheet: &mut Sheet<'_>, panel: &mut Panel, hosts: &[Host]) {
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
