//! Saving against a limit on access: each point a plan, with what no plan can save more.

use super::super::about::NOTICE;
use super::super::draw::{
    Anchor, BODY, Box2, CHARCOAL, Frame, NAVY, ORANGE, OUTLINE, Pen, QUIET, SMALL, SUBTITLE, Sheet,
    Symbol, TEXT, shown_name, sources_line,
};
use super::super::words::day;
use super::money::{pounds, round_pounds, step};
use crate::frontier::{Frontier, Point};
use crate::place::{Objective, Place};

/// How many limits are written under the axis.
const TICKS: usize = 6;

/// The chart, as SVG.
pub(in super::super) fn draw(place: &Place, curve: &Frontier) -> Result<String, String> {
    let unit = match curve.points.first().map(|point| point.plan.objective) {
        Some(Objective::RunningCost) => "£ a year",
        _ => "£, net present value",
    };
    let shown = |threshold: f64| curve.dial.shown(place, threshold);
    let told = curve
        .points
        .iter()
        .map(|point| format!("{}: {}.", shown(point.threshold), pounds(point.saving())));
    let message = message(place, curve);
    let frame = Frame {
        place: shown_name(&place.name, "Plan"),
        subtitle: format!("Saving, {unit}, prices of {}, and {}", day(place.base_date), curve.dial.words(place)),
        description: format!(
            "Line chart of {}: {message}. {} The same in a table: frontier.csv.",
            place.name,
            told.collect::<Vec<_>>().join(" ")
        ),
        message,
        notes: vec![
            NOTICE.to_string(),
            "Each dot is a verified plan in a folder of its own; the bar above it ends where no plan under that limit \
             can save more. All other limits hold at every dot. The knee is the dot furthest above the straight \
             line from the first to the last, both axes stretched to one length."
                .to_string(),
        ],
        sources: sources_line(place),
        body: 560.0,
    };
    frame.draw(|sheet, area| paint(sheet, area, place, curve))
}

fn message(place: &Place, curve: &Frontier) -> String {
    match (curve.knee.map(|at| &curve.points[at]), curve.points.last()) {
        (Some(knee), Some(last)) => format!(
            "{} of {} is saved already at {}",
            share(knee.saving(), last.saving()),
            pounds(last.saving()),
            curve.dial.shown(place, knee.threshold)
        ),
        (None, Some(last)) => format!("up to {} is saved", pounds(last.saving())),
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

fn paint(sheet: &mut Sheet<'_>, area: Box2, place: &Place, curve: &Frontier) {
    let (Some(first), Some(last)) = (curve.points.first(), curve.points.last()) else {
        return;
    };
    let highest = |point: &Point| point.saving_at_most_gbp.unwrap_or(0.0).max(point.saving());
    let most = curve.points.iter().map(highest).fold(1.0, f64::max);
    let every = step(most, 6.0);
    let scale = Scale {
        area: Box2(area.0 + 84.0, area.1 + 40.0, area.2 - 60.0, area.3 - 74.0),
        limits: (first.threshold, last.threshold),
        most: (most / every).ceil() * every,
    };
    axes(sheet, area, &scale, every);
    limits(sheet, &scale, place, curve);
    for point in &curve.points {
        if let Some(most) = point
            .saving_at_most_gbp
            .filter(|most| *most > point.saving())
        {
            let (foot, head) = (
                scale.at(point.threshold, point.saving()),
                scale.at(point.threshold, most),
            );
            let pen = Pen(CHARCOAL, 1.2, 1.0);
            sheet.polyline(&[foot, head], pen);
            sheet.polyline(&[(head.0 - 5.0, head.1), (head.0 + 5.0, head.1)], pen);
        }
    }
    let line: Vec<_> = curve
        .points
        .iter()
        .map(|point| scale.at(point.threshold, point.saving()))
        .collect();
    sheet.polyline(&line, Pen(NAVY, 2.4, 1.0));
    for (at, point) in line.iter().enumerate() {
        match curve.knee == Some(at) {
            true => sheet.symbol(Symbol::Circle, *point, 9.0, ORANGE),
            false => sheet.symbol(Symbol::Circle, *point, 5.5, NAVY),
        }
    }
    if let Some(at) = curve.knee {
        let knee = &curve.points[at];
        let words = format!(
            "Knee: {} at {}",
            pounds(knee.saving()),
            curve.dial.shown(place, knee.threshold)
        );
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
fn limits(sheet: &mut Sheet<'_>, scale: &Scale, place: &Place, curve: &Frontier) {
    let Box2(left, _, right, bottom) = scale.area;
    let every = curve.points.len().div_ceil(TICKS).max(1);
    for point in curve.points.iter().step_by(every) {
        let x = scale.at(point.threshold, 0.0).0;
        sheet.polyline(&[(x, bottom), (x, bottom + 5.0)], Pen(TEXT, 1.0, 1.0));
        let words = curve.dial.shown(place, point.threshold);
        sheet.text(
            &words,
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
