//! A small map for each agency: its buildings by what becomes of them.

use super::super::draw::{
    Anchor, Box2, CHARCOAL, Frame, HEADING, MARGIN, OUTLINE, PAGE_WIDTH, Pen, QUIET, SMALL, Sheet,
    TEXT, elided, shown_name, sources_line, width,
};
use super::super::edition::Issue;
use super::super::words::day;
use super::apart::{apart, exception, lead};
use super::base;
use super::names::{ACTIONS, look};
use super::projection::View;
use super::strip::{self, Item};
use crate::place::words::{counted, whole};
use crate::place::{Agency, Building};
use crate::plan::Action;
use std::cmp::Reverse;

/// More small maps than this would be too small to read.
const MOST: usize = 24;
/// Room for the words above each map, where names need one line and where they need two; and below it.
const HEADS: [f64; 2] = [44.0, 62.0];
const GAP: f64 = 14.0;
/// What scale bar and north arrow take of the legend.
const BAR: (f64, f64) = (200.0, 54.0);
const RADIUS: f64 = 4.6;

/// An agency and its buildings in the plan.
struct Own<'a> {
    agency: &'a Agency,
    buildings: Vec<(&'a Building, Action)>,
}

impl Own<'_> {
    fn name(&self) -> String {
        shown_name(&self.agency.name, self.agency.id.as_str())
    }
}

/// How the maps stand.
struct Grid {
    columns: usize,
    size: (f64, f64),
    head: f64,
    top: f64,
    scale: f64,
}

/// The small maps, as SVG.
pub(in super::super) fn draw(issue: &Issue<'_>) -> Result<String, String> {
    let mut all = owners(issue);
    let left_out = all.len().saturating_sub(MOST);
    all.truncate(MOST);
    let items = legend(issue);
    let strip = strip::height(&items, ROOM - BAR.0).max(BAR.1) + 10.0;
    let grid = Grid::of(issue, &all, strip);
    let nowhere = all.iter().flat_map(|own| &own.buildings);
    let nowhere = nowhere.filter(|(one, _)| one.location.is_none()).count();
    frame(issue, &grid, all.len(), notes(issue, left_out, nowhere)).draw_on(
        issue.paper,
        |sheet, area| {
            strip::paint(sheet, &items, (area.0, area.1), ROOM - BAR.0);
            base::small_bar(sheet, (area.2, area.1 + BAR.1), grid.scale);
            for (at, own) in all.iter().enumerate() {
                tile(issue, sheet, own, grid.corner(at), &grid);
            }
        },
    )
}

const ROOM: f64 = PAGE_WIDTH - 2.0 * MARGIN;

impl Grid {
    fn of(issue: &Issue<'_>, all: &[Own<'_>], strip: f64) -> Self {
        let place = issue.place();
        let tiles = all.len();
        let longest = all.iter().map(|own| width(&own.name(), HEADING, true));
        let longest = longest.fold(0.0, f64::max);
        let sized = |columns: usize| {
            let wide = (ROOM - GAP * (columns as f64 - 1.0)) / columns as f64;
            let head = HEADS[usize::from(longest > wide)];
            let heights = match issue.map_body() {
                Some(body) => {
                    let rows = tiles.div_ceil(columns).max(1) as f64;
                    let high = ((body - strip) / rows - head - GAP).max(60.0);
                    (high, high)
                }
                None => (wide * 0.6, wide * 1.25),
            };
            let view = View::of(place, (0.0, 0.0), wide, heights);
            Grid {
                columns,
                size: (wide, view.frame.3),
                head,
                top: strip,
                scale: view.scale,
            }
        };
        match (issue.map_body(), tiles) {
            (None, 0..=4) => sized(2),
            (None, 5..=9) => sized(3),
            (None, _) => sized(4),
            // The columns that make the maps largest.
            (Some(_), _) => (2..=8)
                .rev()
                .map(sized)
                .max_by(|a, b| a.scale.total_cmp(&b.scale))
                .unwrap_or_else(|| sized(4)),
        }
    }

    /// The corner of a tile, below the head of the picture.
    fn corner(&self, at: usize) -> (f64, f64) {
        let (row, column) = (at / self.columns, at % self.columns);
        (
            MARGIN + column as f64 * (self.size.0 + GAP),
            base::MAP_TOP + self.top + row as f64 * (self.head + self.size.1 + GAP),
        )
    }

    fn height(&self, tiles: usize) -> f64 {
        self.top + tiles.div_ceil(self.columns) as f64 * (self.head + self.size.1 + GAP)
    }
}

/// The agencies with buildings in the plan that may be shown, those with most first.
fn owners<'a>(issue: &'a Issue<'_>) -> Vec<Own<'a>> {
    let mut all: Vec<Own<'a>> = issue
        .place()
        .agencies
        .iter()
        .enumerate()
        .map(|(at, agency)| Own {
            agency,
            buildings: issue
                .planned_buildings()
                .filter(|(planned, one)| {
                    one.agency.index() == at && planned.action != Action::Outside
                })
                .map(|(planned, one)| (one, planned.action))
                .collect(),
        })
        .filter(|own| !own.buildings.is_empty())
        .collect();
    all.sort_by_key(|own| Reverse(own.buildings.len()));
    all
}

fn legend<'a>(issue: &Issue<'_>) -> Vec<Item<'a>> {
    let count = |action: Action| {
        let planned = issue.planned_buildings();
        planned.filter(|(one, _)| one.action == action).count()
    };
    ACTIONS
        .iter()
        .filter(|(action, ..)| *action != Action::Outside && count(*action) > 0)
        .map(|(action, symbol, ink, words)| Item {
            words: format!("{words}: {}", whole(count(*action) as f64)),
            mark: Box::new(|sheet, at| sheet.symbol(*symbol, at, 7.0, *ink)),
        })
        .collect()
}

fn frame(issue: &Issue<'_>, grid: &Grid, tiles: usize, notes: Vec<String>) -> Frame {
    let place = issue.place();
    let planned = || {
        let all = issue.planned_buildings().map(|(planned, _)| planned.action);
        all.filter(|action| *action != Action::Outside)
    };
    let gone = planned().filter(|action| !action.is_open()).count();
    let message = format!(
        "what each agency would keep and let go of {}",
        counted(planned().count(), "building", "buildings")
    );
    let subtitle = format!(
        "{} kept, {} let go or emptied, by the agency that owns or leases them. Base date {}.",
        whole((planned().count() - gone) as f64),
        whole(gone as f64),
        day(place.base_date)
    );
    let told: Vec<String> = owners(issue)
        .iter()
        .map(|own| format!("{}: {}.", own.name(), kept(own)))
        .collect();
    Frame {
        place: shown_name(&place.name, "Plan"),
        description: format!(
            "Small maps of {}, one for each agency, with a symbol for the action proposed for each of its buildings. {} The same in a table: actions.csv.",
            place.name,
            told.join(" ")
        ),
        message,
        subtitle,
        notes,
        sources: sources_line(place),
        body: grid.height(tiles),
    }
}

fn kept(own: &Own<'_>) -> String {
    let open = own.buildings.iter().filter(|(_, action)| action.is_open());
    format!(
        "{} of {} kept",
        whole(open.count() as f64),
        counted(own.buildings.len(), "building", "buildings")
    )
}

fn notes(issue: &Issue<'_>, left_out: usize, nowhere: usize) -> Vec<String> {
    let mut notes = base::notices(issue);
    let mut out = Vec::new();
    if left_out > 0 {
        out.push(counted(left_out, "agency", "agencies") + " with fewer buildings");
    }
    if nowhere > 0 {
        out.push(counted(nowhere, "building", "buildings") + " without a location");
    }
    notes.extend(base::not_shown(&out));
    notes.push(
        "All maps show the same ground at the same scale, the agency with most buildings first; buildings beyond the frame are not drawn but counted. \
         Marks that would cover one another stand apart, with a line to their place. Every record is in actions.csv. Equal-area maps."
            .to_string(),
    );
    notes.extend(exception(issue.buildings().count()));
    notes
}

fn tile(
    issue: &Issue<'_>,
    sheet: &mut Sheet<'_>,
    own: &Own<'_>,
    (left, top): (f64, f64),
    grid: &Grid,
) {
    let (wide, high) = grid.size;
    for (line, words) in in_two_lines(&own.name(), wide).iter().enumerate() {
        let at = (left, top + 12.0 + 18.0 * line as f64);
        sheet.text(words, at, HEADING, TEXT, true, Anchor::Start);
    }
    sheet.text(
        &kept(own),
        (left, top + grid.head - 13.0),
        SMALL,
        QUIET,
        false,
        Anchor::Start,
    );
    let place = issue.place();
    let view = View::of(place, (left, top + grid.head), wide, (high, high));
    match place.study_area.outline.0.is_empty() {
        true => base::ground(sheet, &view, place),
        false => base::beyond(sheet, &view, place),
    }
    for rings in base::shapes(&view, &place.study_area.outline, 0.5) {
        base::outlines(sheet, &rings, Pen(CHARCOAL, 1.0, 1.0));
    }
    let Box2(left, top, right, bottom) = view.frame;
    let edge = Some(Pen(OUTLINE, 1.0, 1.0));
    sheet.rect((left, top), (right - left, bottom - top), None, edge);
    marks(sheet, &view, own);
}

/// A name on a line, or on two; the second is cut where it must be.
fn in_two_lines(name: &str, room: f64) -> Vec<String> {
    let fits = |words: &str| width(words, HEADING, true) <= room;
    if fits(name) {
        return vec![name.to_string()];
    }
    let mut breaks = name.match_indices(' ').map(|(at, _)| name.split_at(at));
    match breaks.rfind(|(first, _)| fits(first)) {
        Some((first, rest)) => vec![
            first.to_string(),
            elided(rest.trim_start(), HEADING, true, room),
        ],
        None => vec![elided(name, HEADING, true, room)],
    }
}

/// The marks of one agency, what is let go on top.
fn marks(sheet: &mut Sheet<'_>, view: &View, own: &Own<'_>) {
    let mut seen: Vec<((f64, f64), Action)> = own
        .buildings
        .iter()
        .filter_map(|(one, action)| Some((view.inside(one.location)?, *action)))
        .collect();
    seen.sort_by_key(|(_, action)| !action.is_open());
    let places: Vec<_> = seen.iter().map(|(at, _)| *at).collect();
    let stood = apart(&places, RADIUS, view.frame);
    for (place, at) in places.iter().zip(&stood) {
        lead(sheet, *place, *at);
    }
    for ((_, action), at) in seen.iter().zip(stood) {
        let (symbol, ink) = look(*action);
        sheet.symbol(symbol, at, RADIUS, ink);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_names_break_between_words_and_never_leave_their_room() {
        let lines = in_two_lines("Calyggroveshire Health and Care Trust", 152.0);
        assert_eq!(lines[0], "Calyggroveshire");
        assert_eq!(lines.len(), 2);
        for name in [
            "Fire",
            "Department for Work and Pensions and Everything",
            &"x".repeat(80),
        ] {
            for line in in_two_lines(name, 120.0) {
                assert!(width(&line, HEADING, true) <= 120.0, "{line}");
            }
        }
    }
}
