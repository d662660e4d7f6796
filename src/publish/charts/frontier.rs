//! Saving against a limit on access: each point a plan, with what no plan can save more.

use super::super::about::NOTICE;
use super::super::draw::{
    Anchor, BODY, Box2, CHARCOAL, Frame, NAVY, ORANGE, OUTLINE, Paper, Pen, QUIET, SMALL, SUBTITLE,
    Sheet, Symbol, TEXT, shown_name, sources_line,
};
use super::super::words::day;
use super::money::{pounds, round_pounds, step};
use crate::place::Place;
use crate::place::currency::in_print;

/// How many limits are written under the axis.
const TICKS: usize = 6;

/// What is drawn of a curve: `frontier.json` says the same.
#[derive(Clone, Debug, PartialEq)]
pub(in super::super) struct Curve {
    /// What is turned, in words.
    pub(in super::super) turned: String,
    /// Whether the saving is a year's, not a present value.
    pub(in super::super) a_year: bool,
    pub(in super::super) points: Vec<CurvePoint>,
    /// The point after which access given up saves least.
    pub(in super::super) knee: Option<usize>,
}

/// A plan on the curve.
#[derive(Clone, Debug, PartialEq)]
pub(in super::super) struct CurvePoint {
    pub(in super::super) limit: f64,
    /// The limit with its unit.
    pub(in super::super) shown: String,
    pub(in super::super) saving_gbp: f64,
    pub(in super::super) most_gbp: Option<f64>,
    /// Whether its gap is at most the one asked.
    pub(in super::super) within_gap: bool,
}

impl Curve {
    /// Whether every point is within the gap asked; where one is not, the knee may be another's.
    fn is_sure(&self) -> bool {
        self.points.iter().all(|point| point.within_gap)
    }
}

/// The chart, as SVG.
pub(in super::super) fn draw(place: &Place, curve: &Curve, paper: Paper) -> Result<String, String> {
    let unit = in_print(match curve.a_year {
        true => "£ a year",
        false => "£, net present value",
    });
    let told = curve
        .points
        .iter()
        .map(|point| format!("{}: {}.", point.shown, pounds(point.saving_gbp)));
    let message = message(curve);
    let open = match curve.is_sure() {
        true => "",
        false => {
            " At a hollow dot the gap is wider than was asked for, so that it may save more and the knee may be elsewhere."
        }
    };
    let frame = Frame {
        place: shown_name(&place.name, "Plan"),
        subtitle: format!(
            "Saving, {unit}, prices of {}, and {}",
            day(place.base_date),
            curve.turned
        ),
        description: format!(
            "Line chart of {}: {message}. {} The same in a table: frontier.csv.",
            place.name,
            told.collect::<Vec<_>>().join(" ")
        ),
        message,
        notes: vec![
            NOTICE.to_string(),
            format!(
                "Each dot is a verified plan in a folder of its own; the bar above it ends where no plan under that \
                 limit can save more. All other limits hold at every dot. The knee is the dot furthest above the \
                 straight line from the first to the last, both axes stretched to one length.{open}"
            ),
        ],
        sources: sources_line(place),
        body: 560.0,
    };
    frame.draw_on(paper, |sheet, area| paint(sheet, area, curve))
}

fn message(curve: &Curve) -> String {
    match (curve.knee.map(|at| &curve.points[at]), curve.points.last()) {
        (Some(knee), Some(last)) => format!(
            "{}{} of {} is saved already at {}",
            match curve.is_sure() {
                true => "",
                false => "of the plans found, ",
            },
            share(knee.saving_gbp, last.saving_gbp),
            pounds(last.saving_gbp),
            knee.shown
        ),
        (None, Some(last)) => format!("up to {} is saved", pounds(last.saving_gbp)),
        _ => "no plan was found".to_string(),
    }
}

fn share(part: f64, whole: f64) -> String {
    match whole > 0.0 {
        true => format!("{:.0} %", 100.0 * part / whole),
        false => "all".to_string(),
    }
}

/// Where on the sheet a limit and a saving are.
struct Scale {
    area: Box2,
    limits: (f64, f64),
    most: f64,
}

impl Scale {
    fn at(&self, limit: f64, saving: f64) -> (f64, f64) {
        let Box2(left, top, right, bottom) = self.area;
        let wide = self.limits.1 - self.limits.0;
        let along = if wide == 0.0 {
            0.5
        } else {
            (limit - self.limits.0) / wide
        };
        let up = saving.max(0.0) / self.most;
        (left + along * (right - left), bottom - up * (bottom - top))
    }
}

fn paint(sheet: &mut Sheet<'_>, area: Box2, curve: &Curve) {
    let (Some(first), Some(last)) = (curve.points.first(), curve.points.last()) else {
        return;
    };
    let highest = |point: &CurvePoint| point.most_gbp.unwrap_or(0.0).max(point.saving_gbp);
    let most = curve.points.iter().map(highest).fold(1.0, f64::max);
    let every = step(most, 6.0);
    let scale = Scale {
        area: Box2(area.0 + 84.0, area.1 + 40.0, area.2 - 60.0, area.3 - 74.0),
        limits: (first.limit, last.limit),
        most: (most / every).ceil() * every,
    };
    axes(sheet, area, &scale, every);
    limits(sheet, &scale, curve);
    for point in &curve.points {
        if let Some(most) = point.most_gbp.filter(|most| *most > point.saving_gbp) {
            let (foot, head) = (
                scale.at(point.limit, point.saving_gbp),
                scale.at(point.limit, most),
            );
            let pen = Pen(CHARCOAL, 1.2, 1.0);
            sheet.polyline(&[foot, head], pen);
            sheet.polyline(&[(head.0 - 5.0, head.1), (head.0 + 5.0, head.1)], pen);
        }
    }
    let line: Vec<_> = curve
        .points
        .iter()
        .map(|point| scale.at(point.limit, point.saving_gbp))
        .collect();
    sheet.polyline(&line, Pen(NAVY, 2.4, 1.0));
    for (at, point) in line.iter().enumerate() {
        let symbol = match curve.points[at].within_gap {
            true => Symbol::Circle,
            false => Symbol::Ring,
        };
        match curve.knee == Some(at) {
            true => sheet.symbol(symbol, *point, 9.0, ORANGE),
            false => sheet.symbol(symbol, *point, 5.5, NAVY),
        }
    }
    if let Some(at) = curve.knee {
        let knee = &curve.points[at];
        let name = match curve.is_sure() {
            true => "Knee",
            false => "Knee of the plans found, not sure",
        };
        let words = format!("{name}: {} at {}", pounds(knee.saving_gbp), knee.shown);
        sheet.text(
            &words,
            (line[at].0 + 14.0, line[at].1 + 24.0),
            BODY,
            TEXT,
            true,
            Anchor::Start,
        );
    }
}

/// Lines of money, and the foot.
fn axes(sheet: &mut Sheet<'_>, area: Box2, scale: &Scale, every: f64) {
    let Box2(left, top, right, bottom) = scale.area;
    sheet.text(
        "Saving",
        (area.0, top - 26.0),
        SMALL,
        QUIET,
        false,
        Anchor::Start,
    );
    let mut money = 0.0;
    while money <= scale.most + every / 2.0 {
        let y = scale.at(scale.limits.0, money).1;
        sheet.polyline(
            &[(left - 12.0, y), (right + 12.0, y)],
            Pen(OUTLINE, 0.4, 0.7),
        );
        let words = round_pounds(money);
        sheet.text(&words, (left - 20.0, y), SMALL, QUIET, false, Anchor::End);
        money += every;
    }
    sheet.polyline(
        &[(left - 12.0, bottom), (right + 12.0, bottom)],
        Pen(TEXT, 1.2, 1.0),
    );
}

/// Some of the limits under the foot, and which way is looser.
fn limits(sheet: &mut Sheet<'_>, scale: &Scale, curve: &Curve) {
    let Box2(left, _, right, bottom) = scale.area;
    let every = curve.points.len().div_ceil(TICKS).max(1);
    for point in curve.points.iter().step_by(every) {
        let x = scale.at(point.limit, 0.0).0;
        sheet.polyline(&[(x, bottom), (x, bottom + 5.0)], Pen(TEXT, 1.0, 1.0));
        sheet.text(
            &point.shown,
            (x, bottom + 18.0),
            SMALL,
            TEXT,
            false,
            Anchor::Middle,
        );
    }
    let middle = (left + right) / 2.0;
    let words = "As today  →  ever looser";
    sheet.text(
        words,
        (middle, bottom + 44.0),
        SUBTITLE,
        QUIET,
        false,
        Anchor::Middle,
    );
}
