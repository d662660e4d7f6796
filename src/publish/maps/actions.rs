//! Buildings by what becomes of them.

use super::super::draw::{Box2, Frame, Labels, shown_name, sources_line};
use super::super::edition::Issue;
use super::base::{self, Panel, counted, day, place_labels, whole, write_labels};
use super::names::{ACTIONS, look};
use crate::place::Building;
use crate::plan::Action;

const RADIUS: f64 = 7.0;

struct Mark<'a> {
    building: &'a Building,
    action: Action,
    at: (f64, f64),
}

/// The map, as SVG.
pub(in super::super) fn draw(issue: &Issue<'_>) -> Result<String, String> {
    let place = issue.place();
    let view = base::view(place);
    let mut marks = Vec::new();
    let (mut beyond, mut nowhere) = (0_usize, 0_usize);
    for (at, building) in place.buildings() {
        let action = issue.planned(at).map_or(Action::Outside, |p| p.action);
        match (view.inside(building.location), building.location) {
            (Some(at), _) => marks.push(Mark {
                building,
                action,
                at,
            }),
            (None, Some(_)) => beyond += 1,
            (None, None) => nowhere += 1,
        }
    }
    // What changes is drawn last, on top.
    marks.sort_by_key(|mark| std::cmp::Reverse(rank(mark.action)));
    let mut labels = Labels::new(view.frame);
    base::reserved(&view)
        .into_iter()
        .for_each(|b| labels.avoid(b));
    for mark in marks.iter().filter(|m| m.action != Action::Outside) {
        labels.avoid(Box2::around(mark.at, RADIUS));
    }
    // What changes is named first; what stays, where the map is not crowded anyway.
    let crowded = marks.iter().filter(|m| m.action != Action::Outside).count() > 60;
    let last = if crowded {
        Action::Mothball
    } else {
        Action::Retain
    };
    let named = marks.iter().rev().filter(|m| rank(m.action) <= rank(last));
    let placed = place_labels(
        &mut labels,
        named.map(|m| {
            (
                shown_name(&m.building.name, m.building.id.as_str()),
                m.at,
                RADIUS,
            )
        }),
    );
    let count = |action: Action| {
        issue
            .plan()
            .buildings
            .iter()
            .filter(|b| b.action == action)
            .count()
    };
    let in_play: usize = ACTIONS.iter().map(|a| count(a.0)).sum::<usize>() - count(Action::Outside);
    let kept = count(Action::Host) + count(Action::Retain);
    let frame = Frame {
        title: format!(
            "{}: what becomes of each building",
            shown_name(&place.name, "Plan")
        ),
        subtitle: format!(
            "{} of {} buildings in the plan are kept, {} of them take others in; {} are let go or emptied. Base date {}.",
            kept,
            in_play,
            count(Action::Host),
            in_play - kept,
            day(place.base_date)
        ),
        description: format!(
            "Map of {} with a symbol for the action proposed for each building. {} The same in a table: actions.csv.",
            place.name,
            ACTIONS
                .iter()
                .map(|a| format!("{}: {}.", a.3, count(a.0)))
                .collect::<Vec<_>>()
                .join(" ")
        ),
        notes: notes(labels.dropped(), beyond, nowhere, "actions.csv"),
        sources: sources_line(place),
        body: base::body(&view),
    };
    frame.draw(|sheet, _| {
        base::ground(sheet, &view, place);
        for mark in &marks {
            let (symbol, ink) = look(mark.action);
            let radius = if mark.action == Action::Outside {
                5.0
            } else {
                RADIUS
            };
            sheet.symbol(symbol, mark.at, radius, ink);
        }
        base::furniture(sheet, &view, place);
        write_labels(sheet, &placed);
        let mut panel = Panel::new(&view);
        panel.heading(sheet, "Buildings", true);
        for (action, symbol, ink, words) in ACTIONS {
            let number = count(action);
            if number > 0 {
                panel.symbol(sheet, symbol, ink, words, &whole(number as f64));
            }
        }
        panel.heading(sheet, "Floor in the plan, m² usable", false);
        let floor = |of: &dyn Fn(Action) -> bool| -> f64 {
            let chosen = issue.plan().buildings.iter().filter(|b| of(b.action));
            chosen.map(|b| b.usable_m2).sum()
        };
        let today = floor(&|action| action != Action::Outside);
        let after = floor(&Action::is_open);
        panel.figure(sheet, "Open today", &whole(today));
        panel.figure(sheet, "Kept open", &whole(after));
        if today > 0.0 {
            panel.figure(sheet, "Change", &signed_percent(after / today - 1.0));
        }
        agencies(issue, sheet, &mut panel, &view);
    })
}

fn signed_percent(share: f64) -> String {
    let percent = format!("{:.0} %", share.abs() * 100.0);
    if share < -0.005 {
        format!("−{percent}")
    } else {
        percent
    }
}

/// Buildings kept of those in the plan, by agency.
fn agencies(
    issue: &Issue<'_>,
    sheet: &mut super::super::draw::Sheet<'_>,
    panel: &mut Panel,
    view: &super::projection::View,
) {
    if !panel.has_room(view, 39.0 + 21.0 * issue.place().agencies.len() as f64) {
        return;
    }
    panel.heading(sheet, "Kept, of those in the plan", false);
    for (at, agency) in issue.place().agencies.iter().enumerate() {
        let (mut kept, mut all) = (0, 0);
        for (ix, building) in issue.place().buildings() {
            let action = issue.planned(ix).map_or(Action::Outside, |p| p.action);
            if building.agency.index() == at && action != Action::Outside {
                all += 1;
                kept += usize::from(action.is_open());
            }
        }
        if all > 0 {
            let name = shown_name(&agency.name, agency.id.as_str());
            panel.figure(sheet, &name, &format!("{kept} of {all}"));
        }
    }
}

/// Drawing order and importance: hosts first, then what is let go.
fn rank(action: Action) -> u8 {
    match action {
        Action::Host => 0,
        Action::Sell | Action::ReleaseLease | Action::Transfer | Action::Sublet => 1,
        Action::Mothball => 2,
        Action::Retain => 3,
        Action::Outside => 4,
    }
}

/// What a map leaves out.
pub(super) fn notes(dropped: usize, beyond: usize, nowhere: usize, twin: &str) -> Vec<String> {
    let mut notes = vec!["An option for discussion; no decision has been taken.".to_string()];
    let mut out = Vec::new();
    if dropped > 0 {
        out.push(counted(dropped, "name", "names") + " for want of room");
    }
    if beyond > 0 {
        out.push(counted(beyond, "building", "buildings") + " beyond the frame");
    }
    if nowhere > 0 {
        out.push(counted(nowhere, "building", "buildings") + " without a location");
    }
    if !out.is_empty() {
        notes.push(format!("Not shown: {}.", out.join(", ")));
    }
    notes.push(format!(
        "Every record is in {twin}. Equal-area map; scale right at its middle."
    ));
    notes
}
