//! What every map stands on: zones, study area, scale, north; and the panel beside it.

use super::super::about::NOTICE;
use super::super::access_change::ServiceChange;
use super::super::draw::{
    Anchor, BEYOND, BODY, Box2, CHARCOAL, HEADING, Ink, Labels, MARGIN, OUTLINE, PAPER, Pen, QUIET,
    SMALL, Sheet, Symbol, TEXT, WHITE, elided,
};
use super::super::edition::Issue;
use super::clip;
use super::projection::View;
use super::views::Views;
use crate::place::{Place, Zone};

/// Left edge and width of the panel beside a map.
pub(super) const PANEL: f64 = 888.0;
pub(super) const PANEL_WIDTH: f64 = 284.0;
const MAP_WIDTH: f64 = 836.0;
pub(super) const MAP_TOP: f64 = 92.0;

/// What the notes of every map begin with.
pub(super) fn notices(issue: &Issue<'_>) -> Vec<String> {
    let mut notes = vec![NOTICE.to_string()];
    if issue.keeps_sites_back() {
        notes.push("Sensitive sites are not shown.".to_string());
    }
    notes
}

/// The views of a map of this issue.
pub(super) fn views(issue: &Issue<'_>) -> Views {
    Views::of(issue, (MARGIN, MAP_TOP), MAP_WIDTH)
}

/// The one view of a whole place, without a plan.
pub(super) fn whole(place: &Place) -> Views {
    Views::whole(place, (MARGIN, MAP_TOP), MAP_WIDTH)
}

/// Height of the middle part of a picture that holds these views.
pub(super) fn body(views: &Views) -> f64 {
    views.bottom() - MAP_TOP
}

/// What labels of a view keep off: scale bar, north arrow, and in the main view the enlarged part.
pub(super) fn labels(views: &Views, view: &View) -> Labels {
    let mut labels = Labels::new(view.frame);
    labels.avoid(reserved(view));
    if let Some(window) = views.window().filter(|_| !views.is_inset(view)) {
        labels.avoid(window);
        labels.avoid(views.words_of(window));
    }
    labels
}

type Ring = Vec<(f64, f64)>;

/// The rings of a zone's outline on the sheet, cut to the frame, a polygon at a time.
pub(super) fn zone_shapes(view: &View, zone: &Zone, many: bool) -> Vec<Vec<Ring>> {
    let Some(outline) = &zone.outline else {
        return Vec::new();
    };
    shapes(view, outline, if many { 0.8 } else { 0.25 })
}

/// Rings on the sheet; points closer than `fine` pixels to the last are left out.
pub(super) fn shapes(view: &View, outline: &geo::MultiPolygon<f64>, fine: f64) -> Vec<Vec<Ring>> {
    let ring = |line: &geo::LineString<f64>| {
        let mut points: Ring = Vec::with_capacity(line.0.len());
        for c in line.coords().filter(|c| c.x.is_finite() && c.y.is_finite()) {
            let at = view.at(c.x, c.y);
            let near = |last: &(f64, f64)| (last.0 - at.0).hypot(last.1 - at.1) < fine;
            if !points.last().is_some_and(near) {
                points.push(at);
            }
        }
        clip::ring(&points, view.frame)
    };
    outline
        .iter()
        .map(|polygon| {
            std::iter::once(polygon.exterior())
                .chain(polygon.interiors())
                .map(ring)
                .collect::<Vec<Ring>>()
        })
        .filter(|rings| rings.first().is_some_and(|outer| outer.len() >= 3))
        .collect()
}

/// Whether zones are so many that detail below a pixel is waste.
pub(super) fn many(place: &Place) -> bool {
    place.zones.len() > 800
}

/// Draws what lies beyond the study area, and paper inside it.
pub(super) fn beyond(sheet: &mut Sheet<'_>, view: &View, place: &Place) {
    let Box2(left, top, right, bottom) = view.frame;
    sheet.rect(
        (left, top),
        (right - left, bottom - top),
        Some(BEYOND),
        None,
    );
    for rings in shapes(view, &place.study_area.outline, 0.5) {
        sheet.polygon(&rings, PAPER, 1.0);
    }
}

/// Draws the ground: paper for the zones, hairlines between them.
pub(super) fn ground(sheet: &mut Sheet<'_>, view: &View, place: &Place) {
    beyond(sheet, view, place);
    let many = many(place);
    let shapes: Vec<_> = place
        .zones
        .iter()
        .map(|zone| zone_shapes(view, zone, many))
        .collect();
    for rings in shapes.iter().flatten() {
        sheet.polygon(rings, PAPER, 1.0);
    }
    for rings in shapes.iter().flatten() {
        outlines(sheet, rings, hairline(place));
    }
    // Zones without an outline: where they are, and no more.
    let points = place.zones.iter().filter(|zone| zone.outline.is_none());
    for at in points.filter_map(|zone| view.inside(Some(zone.point))) {
        sheet.circle(at, 4.0, Some(PAPER), Some(Pen(OUTLINE, 0.8, 1.0)));
    }
}

/// The pen of zone boundaries: finer where there are many, or the map turns grey.
pub(super) fn hairline(place: &Place) -> Pen {
    match place.zones.len() {
        0..=300 => Pen(OUTLINE, 0.7, 1.0),
        301..=2_000 => Pen(OUTLINE, 0.4, 1.0),
        _ => Pen(OUTLINE, 0.25, 0.6),
    }
}

/// Draws closed rings.
pub(super) fn outlines(sheet: &mut Sheet<'_>, rings: &[Ring], pen: Pen) {
    for ring in rings.iter().filter(|ring| ring.len() >= 3) {
        let mut closed = ring.clone();
        closed.push(ring[0]);
        sheet.polyline(&closed, pen);
    }
}

/// Draws the study area's edge, the frame, the scale bar and the north arrow.
pub(super) fn furniture(sheet: &mut Sheet<'_>, views: &Views, view: &View, place: &Place) {
    for rings in shapes(view, &place.study_area.outline, 0.5) {
        outlines(sheet, &rings, Pen(CHARCOAL, 1.4, 1.0));
    }
    let Box2(left, top, right, bottom) = view.frame;
    sheet.rect(
        (left, top),
        (right - left, bottom - top),
        None,
        Some(Pen(OUTLINE, 1.0, 1.0)),
    );
    scale_bar(sheet, view);
    let Some(window) = views.window() else {
        return;
    };
    if views.is_inset(view) {
        let words = "The marked part, enlarged";
        sheet.text(
            words,
            (left, top - 14.0),
            HEADING,
            TEXT,
            true,
            Anchor::Start,
        );
    } else {
        let size = (window.2 - window.0, window.3 - window.1);
        sheet.rect((window.0, window.1), size, None, Some(Pen(WHITE, 3.2, 0.9)));
        sheet.rect((window.0, window.1), size, None, Some(Pen(TEXT, 1.6, 1.0)));
        let words = views.words_of(window);
        let size = (words.2 - words.0, words.3 - words.1);
        sheet.rect_veil((words.0, words.1), size, Some((WHITE, 0.88)), None);
        let at = ((words.0 + words.2) / 2.0, (words.1 + words.3) / 2.0);
        let words = match views.beside {
            true => "enlarged beside",
            false => "enlarged below",
        };
        sheet.text(words, at, SMALL, TEXT, true, Anchor::Middle);
    }
}

/// Where scale bar and north arrow stand, in the corner of the view where they hide least: labels
/// keep off.
fn reserved(view: &View) -> Box2 {
    view.corner_box((bar(view).1 + 96.0, 54.0))
}

/// Frames less wide than this have a shorter scale bar.
const NARROW: f64 = 500.0;

/// Kilometres of a view's scale bar, and its length in pixels.
fn bar(view: &View) -> (f64, f64) {
    let wide = view.frame.2 - view.frame.0;
    bar_of(view.scale, if wide < NARROW { 90.0 } else { 150.0 })
}

/// Kilometres of a scale bar, and its length in pixels: a round number up to `wanted` pixels.
fn bar_of(scale: f64, wanted: f64) -> (f64, f64) {
    let wanted = wanted / scale / 1000.0;
    let power = 10_f64.powf(wanted.log10().floor());
    let km = [5.0, 2.0, 1.0]
        .into_iter()
        .map(|step| step * power)
        .find(|km| *km <= wanted)
        .unwrap_or(power);
    (km, km * 1000.0 * scale)
}

fn scale_bar(sheet: &mut Sheet<'_>, view: &View) {
    let Box2(left, top, right, bottom) = reserved(view);
    let size = (right - left - 12.0, bottom - top - 12.0);
    sheet.rect_veil((left + 6.0, top + 6.0), size, Some((WHITE, 0.88)), None);
    let wide = view.frame.2 - view.frame.0 >= NARROW;
    paint_bar(sheet, (left, bottom), bar(view), wide);
}

/// Scale bar and north arrow of small maps, of so many pixels to the metre, with their right end here.
pub(super) fn small_bar(sheet: &mut Sheet<'_>, (right, bottom): (f64, f64), scale: f64) {
    let bar = bar_of(scale, 90.0);
    paint_bar(sheet, (right - bar.1 - 96.0, bottom), bar, false);
}

fn paint_bar(
    sheet: &mut Sheet<'_>,
    (left, bottom): (f64, f64),
    (km, length): (f64, f64),
    always_halved: bool,
) {
    north(sheet, (left + 24.0, bottom - 42.0));
    let (x, y) = (left + 50.0, bottom - 16.0);
    let half = length / 2.0;
    let edge = Some(Pen(TEXT, 0.8, 1.0));
    sheet.rect((x, y - 5.0), (half, 5.0), Some(TEXT), edge);
    sheet.rect((x + half, y - 5.0), (half, 5.0), Some(WHITE), edge);
    let number = |km: f64| {
        let text = format!("{km:.3}");
        text.trim_end_matches('0').trim_end_matches('.').to_string()
    };
    let mut words = |words: &str, x: f64, anchor: Anchor| {
        sheet.text(words, (x, y - 16.0), SMALL, TEXT, false, anchor);
    };
    words("0", x, Anchor::Middle);
    // In a small frame the middle is told only where the figures have room.
    if always_halved || half >= 36.0 {
        words(&number(km / 2.0), x + half, Anchor::Middle);
    }
    let nudge = super::super::draw::width(&number(km), SMALL, false) / 2.0;
    words(
        &format!("{} km", number(km)),
        x + length - nudge,
        Anchor::Start,
    );
}

fn north(sheet: &mut Sheet<'_>, (x, y): (f64, f64)) {
    let left = vec![(x, y - 2.0), (x - 7.0, y + 17.0), (x, y + 12.0)];
    let right = vec![(x, y - 2.0), (x + 7.0, y + 17.0), (x, y + 12.0)];
    sheet.polygon(&[left], TEXT, 1.0);
    let mut rim = right.clone();
    rim.push(right[0]);
    sheet.polygon(&[right], WHITE, 1.0);
    sheet.polyline(&rim, Pen(TEXT, 0.8, 1.0));
    sheet.text("N", (x, y + 25.0), SMALL, TEXT, true, Anchor::Middle);
}

/// What a map leaves out, as a note.
pub(super) fn not_shown(what: &[String]) -> Option<String> {
    (!what.is_empty()).then(|| format!("Not shown: {}.", what.join(", ")))
}

/// The panel beside a map, written from the top down.
pub(super) struct Panel {
    y: f64,
    bottom: f64,
}

impl Panel {
    pub(super) fn new(views: &Views) -> Self {
        Self {
            y: views.main.frame.1 + 8.0,
            bottom: views.bottom(),
        }
    }

    /// A heading, with space above all but the first.
    pub(super) fn heading(&mut self, sheet: &mut Sheet<'_>, words: &str, first: bool) {
        self.y += if first { 0.0 } else { 16.0 };
        let words = elided(words, HEADING, true, PANEL_WIDTH);
        sheet.text(&words, (PANEL, self.y), HEADING, TEXT, true, Anchor::Start);
        self.y += 23.0;
    }

    /// A legend row: a mark painted around a point, words, and a figure at the right edge.
    pub(super) fn row(
        &mut self,
        sheet: &mut Sheet<'_>,
        words: &str,
        figure: &str,
        mark: impl FnOnce(&mut Sheet<'_>, (f64, f64)),
    ) {
        mark(sheet, (PANEL + 12.0, self.y));
        let taken = super::super::draw::width(figure, BODY, false) + 44.0;
        let words = elided(words, BODY, false, PANEL_WIDTH - taken);
        sheet.text(
            &words,
            (PANEL + 32.0, self.y),
            BODY,
            TEXT,
            false,
            Anchor::Start,
        );
        sheet.text(
            figure,
            (PANEL + PANEL_WIDTH, self.y),
            BODY,
            TEXT,
            false,
            Anchor::End,
        );
        self.y += 23.0;
    }

    /// A row with a symbol.
    pub(super) fn symbol(
        &mut self,
        sheet: &mut Sheet<'_>,
        symbol: Symbol,
        ink: Ink,
        words: &str,
        figure: &str,
    ) {
        self.row(sheet, words, figure, |sheet, at| {
            sheet.symbol(symbol, at, 7.0, ink)
        });
    }

    /// Words over the full width, wrapped.
    pub(super) fn words(&mut self, sheet: &mut Sheet<'_>, words: &str) {
        self.y = sheet.paragraph(words, (PANEL, self.y), BODY, QUIET, PANEL_WIDTH) + 5.0;
    }

    /// Words at the left, a figure at the right.
    pub(super) fn figure(&mut self, sheet: &mut Sheet<'_>, words: &str, figure: &str) {
        let taken = super::super::draw::width(figure, BODY, false) + 12.0;
        let words = elided(words, BODY, false, PANEL_WIDTH - taken);
        sheet.text(&words, (PANEL, self.y), BODY, TEXT, false, Anchor::Start);
        sheet.text(
            figure,
            (PANEL + PANEL_WIDTH, self.y),
            BODY,
            TEXT,
            false,
            Anchor::End,
        );
        self.y += 21.0;
    }

    /// Whether another block of this height fits beside the map.
    pub(super) fn has_room(&self, height: f64) -> bool {
        self.y + height <= self.bottom
    }
}

/// How long a label may be, in pixels: whole names where there is room, else cut.
const LABEL_ROOM: [f64; 2] = [300.0, 170.0];

/// A label that found its place.
pub(super) struct Placed {
    words: String,
    at: Box2,
    /// From its mark to it, where it does not stand beside the mark.
    line: Option<[(f64, f64); 2]>,
}

/// Places names beside marks, in the order given: the most important first.
pub(super) fn place_labels(
    labels: &mut Labels,
    names: impl Iterator<Item = (String, (f64, f64), f64)>,
) -> Vec<Placed> {
    let mut placed = Vec::new();
    for (name, at, radius) in names {
        let words = LABEL_ROOM.map(|room| elided(&name, SMALL, false, room));
        let sizes = words.each_ref().map(|words| {
            let width = super::super::draw::width(words, SMALL, false);
            (width + 4.0, SMALL + 3.0)
        });
        if let Some((which, found)) = labels.place(at, radius, &sizes) {
            let words = words[which].clone();
            let near = found.nearest(at);
            let far = (near.0 - at.0).hypot(near.1 - at.1);
            let line = (far > radius + 8.0).then(|| {
                let share = radius / far;
                let edge = |from: f64, to: f64| from + share * (to - from);
                [(edge(at.0, near.0), edge(at.1, near.1)), near]
            });
            placed.push(Placed {
                words,
                at: found,
                line,
            });
        }
    }
    placed
}

/// Writes labels on a veil, so that they can be read over lines.
pub(super) fn write_labels(sheet: &mut Sheet<'_>, labels: &[Placed]) {
    for line in labels.iter().filter_map(|label| label.line) {
        sheet.polyline(&line, Pen(WHITE, 2.6, 0.8));
        sheet.polyline(&line, Pen(TEXT, 0.8, 1.0));
    }
    for label in labels {
        let Box2(left, top, right, bottom) = label.at;
        sheet.rect_veil(
            (left, top),
            (right - left, bottom - top),
            Some((WHITE, 0.88)),
            None,
        );
        let at = (left + 2.0, (top + bottom) / 2.0);
        sheet.text(&label.words, at, SMALL, TEXT, false, Anchor::Start);
    }
}

/// People of a zone who need a service.
pub(super) fn demand(service: &ServiceChange, zone: &Zone) -> f64 {
    zone.demand
        .get(service.service.index())
        .map_or(0.0, |people| people.get())
}

/// With a capital first letter.
pub(super) fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}
