//! Buildings by what becomes of them.

use super::super::draw::{Box2, Frame, Sheet, shown_name, sources_line};
use super::super::edition::Issue;
use super::super::words::day;
use super::apart::{apart_in, exception, lead};
use super::base::{self, Panel, capital, place_labels, write_labels};
use super::names::{ACTIONS, building_name, look};
use super::projection::View;
use super::views::Views;
use crate::place::Building;
use crate::place::words::{counted, whole};
use crate::plan::Action;

/// Sizes of marks: the largest in which they can stand near their places.
const SIZES: [f64; 3] = [7.0, 5.8, 4.8];
/// The size of a mark in a part that is enlarged elsewhere.
const SMALL_MARK: f64 = 3.2;

/// A building as one view shows it.
struct Mark<'a> {
    building: &'a Building,
    action: Action,
    /// Where it is.
    place: (f64, f64),
    /// Where its mark stands.
    at: (f64, f64),
    radius: f64,
    named: bool,
}

/// The map, as SVG.
pub(in super::super) fn draw(issue: &Issue<'_>) -> Result<String, String> {
    let place = issue.place();
    let views = base::views(issue);
    let all: Vec<(&Building, Action)> = issue
        .buildings()
        .map(|(at, building)| {
            (
                building,
                issue.planned(at).map_or(Action::Outside, |p| p.action),
            )
        })
        .collect();
    let nowhere = all.iter().filter(|(b, _)| b.location.is_none()).count();
    let seen = all
        .iter()
        .filter(|(b, _)| views.main.inside(b.location).is_some())
        .count();
    let mut dropped = 0;
    let drawn: Vec<_> = views
        .each()
        .map(|view| {
            let marks = marks(&all, &views, view);
            let mut labels = base::labels(&views, view);
            for mark in marks.iter().filter(|m| m.action != Action::Outside) {
                labels.avoid(Box2::around(mark.at, mark.radius));
            }
            let named = marks.iter().rev().filter(|m| m.named).map(|m| {
                let name = building_name(issue, m.building);
                (name, m.at, m.radius)
            });
            let placed = place_labels(&mut labels, named);
            dropped += labels.dropped();
            (view, marks, placed)
        })
        .collect();
    frame(
        issue,
        &views,
        notes(
            issue,
            (dropped, all.len() - seen - nowhere, nowhere),
            "actions.csv",
        ),
    )
    .draw_on(issue.paper, |sheet, _| {
        for (view, marks, placed) in &drawn {
            base::ground(sheet, view, place);
            for mark in marks {
                lead(sheet, mark.place, mark.at);
            }
            for mark in marks {
                let (symbol, ink) = look(mark.action);
                sheet.symbol(symbol, mark.at, mark.radius, ink);
            }
            base::furniture(sheet, &views, view, place);
            write_labels(sheet, placed);
        }
        panel(issue, sheet, &views);
    })
}

/// The marks of a view, those that change last and on top. What is enlarged elsewhere is small here.
fn marks<'a>(all: &[(&'a Building, Action)], views: &Views, view: &View) -> Vec<Mark<'a>> {
    let crowded = all
        .iter()
        .filter(|(_, action)| *action != Action::Outside)
        .count()
        > 60;
    // What is let go is named first, then what takes others in; what stays, where the map is not
    // crowded anyway.
    let last = if crowded {
        Action::Host
    } else {
        Action::Retain
    };
    let mut marks: Vec<_> = all
        .iter()
        .filter_map(|(building, action)| {
            let at = view.inside(building.location)?;
            let small = !views.is_inset(view) && views.is_enlarged(building.location);
            let radius = match action {
                Action::Outside => 5.0,
                _ if small => SMALL_MARK,
                _ => SIZES[0],
            };
            let named = !small && rank(*action) <= rank(last);
            Some(Mark {
                building,
                action: *action,
                place: at,
                at,
                radius,
                named,
            })
        })
        .collect();
    marks.sort_by_key(|mark| std::cmp::Reverse(rank(mark.action)));
    let large = |mark: &&mut Mark<'_>| mark.radius == SIZES[0];
    let places: Vec<_> = marks.iter_mut().filter(large).map(|m| m.place).collect();
    let (radius, moved) = apart_in(&places, &SIZES, view.frame);
    for (mark, at) in marks.iter_mut().filter(large).zip(moved) {
        (mark.at, mark.radius) = (at, radius);
    }
    marks
}

fn count(issue: &Issue<'_>, wanted: impl Fn(Action) -> bool) -> usize {
    issue
        .planned_buildings()
        .filter(|(planned, _)| wanted(planned.action))
        .count()
}

fn frame(issue: &Issue<'_>, views: &Views, notes: Vec<String>) -> Frame {
    let place = issue.place();
    let in_plan = count(issue, |action| action != Action::Outside);
    let kept = count(issue, Action::is_open);
    let hosts = count(issue, |action| action == Action::Host);
    let tally: Vec<String> = ACTIONS
        .iter()
        .map(|(action, .., words)| format!("{words}: {}.", count(issue, |a| a == *action)))
        .collect();
    let gone = in_plan - kept;
    let let_go = let_go(issue);
    let message = match gone {
        0 => format!(
            "all {} stay open",
            counted(in_plan, "building", "buildings")
        ),
        _ => format!(
            "{} of {} could be {let_go}",
            whole(gone as f64),
            counted(in_plan, "building", "buildings")
        ),
    };
    Frame {
        place: shown_name(&place.name, "Plan"),
        message,
        subtitle: format!(
            "What becomes of each building: {} kept, of which {} {} others in; {} {let_go}. Base date {}.",
            whole(kept as f64),
            whole(hosts as f64),
            if hosts == 1 { "takes" } else { "take" },
            whole(gone as f64),
            day(place.base_date)
        ),
        description: format!(
            "Map of {} with a symbol for the action proposed for each building. {} The same in a table: actions.csv.",
            place.name,
            tally.join(" ")
        ),
        notes,
        sources: sources_line(place),
        body: base::body(views),
    }
}

/// What becomes of buildings that do not stay open, in words.
fn let_go(issue: &Issue<'_>) -> &'static str {
    match count(issue, |action| action == Action::Mothball) {
        0 => "let go",
        _ => "let go or emptied",
    }
}

fn panel(issue: &Issue<'_>, sheet: &mut Sheet<'_>, views: &Views) {
    let mut panel = Panel::new(views);
    panel.heading(sheet, "Buildings", true);
    for (action, symbol, ink, words) in ACTIONS {
        let number = count(issue, |a| a == action);
        if number > 0 {
            panel.symbol(sheet, symbol, ink, words, &whole(number as f64));
        }
    }
    panel.heading(sheet, "Floor in the plan, m² usable", false);
    let floor = |of: &dyn Fn(Action) -> bool| -> f64 {
        let chosen = issue.planned_buildings().map(|(planned, _)| planned);
        chosen.filter(|b| of(b.action)).map(|b| b.usable_m2).sum()
    };
    let today = floor(&|action| action != Action::Outside);
    let after = floor(&Action::is_open);
    panel.figure(sheet, "Open today", &whole(today));
    panel.figure(sheet, "Kept open", &whole(after));
    if today > 0.0 {
        panel.figure(sheet, "Change", &signed_percent(after / today - 1.0));
    }
    agencies(issue, sheet, &mut panel);
    let heading = capital(let_go(issue));
    list(issue, sheet, &mut panel, &heading, &|action| {
        action != Action::Outside && !action.is_open()
    });
    list(issue, sheet, &mut panel, "Take others in", &|action| {
        action == Action::Host
    });
}

/// Names of the buildings with such an action, as many as there is room for.
fn list(
    issue: &Issue<'_>,
    sheet: &mut Sheet<'_>,
    panel: &mut Panel,
    heading: &str,
    wanted: &dyn Fn(Action) -> bool,
) {
    let chosen: Vec<_> = issue
        .planned_buildings()
        .filter(|(planned, _)| wanted(planned.action))
        .collect();
    if chosen.is_empty() || !panel.has_room(88.0) {
        return;
    }
    panel.heading(sheet, heading, false);
    for (at, (one, building)) in chosen.iter().enumerate() {
        let left = chosen.len() - at;
        if left > 1 && !panel.has_room(46.0) {
            panel.words(
                sheet,
                &format!("and {} more, in actions.csv", whole(left as f64)),
            );
            break;
        }
        let name = building_name(issue, building);
        let (symbol, ink) = look(one.action);
        panel.symbol(sheet, symbol, ink, &name, "");
    }
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
fn agencies(issue: &Issue<'_>, sheet: &mut Sheet<'_>, panel: &mut Panel) {
    if !panel.has_room(39.0 + 21.0 * issue.place().agencies.len() as f64) {
        return;
    }
    panel.heading(sheet, "Kept, of those in the plan", false);
    for (at, agency) in issue.place().agencies.iter().enumerate() {
        let (mut kept, mut all) = (0, 0);
        for (planned, building) in issue.planned_buildings() {
            let action = planned.action;
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

/// Drawing order and importance: what is let go first, then what takes others in.
fn rank(action: Action) -> u8 {
    match action {
        Action::Sell | Action::ReleaseLease | Action::Transfer | Action::Sublet => 0,
        Action::Mothball => 1,
        Action::Host => 2,
        Action::Retain => 3,
        Action::Outside => 4,
    }
}

/// What a map leaves out.
pub(super) fn notes(
    issue: &Issue<'_>,
    (dropped, beyond, nowhere): (usize, usize, usize),
    twin: &str,
) -> Vec<String> {
    let mut notes = base::notices(issue);
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
    notes.extend(base::not_shown(&out));
    if issue
        .place()
        .zones
        .iter()
        .any(|zone| zone.outline.is_none())
    {
        notes.push("A small empty circle is a zone without an outline.".to_string());
    }
    notes.push(format!(
        "Marks that would cover one another stand apart, each with a line to its place. Every record is in {twin}. Equal-area map; scale right at its middle."
    ));
    notes.extend(exception(issue.buildings().count()));
    notes
}
