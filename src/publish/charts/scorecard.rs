//! The access rules: where today, the limit and the plan stand, on one line for each.

use super::super::about::NOTICE;
use super::super::draw::{
    Anchor, BODY, CHARCOAL, Frame, HEADING, MAROON, NAVY, OUTLINE, PALE, Pen, QUIET, SMALL, Sheet,
    Symbol, TEXT, elided, shown_name, sources_line, width, wrapped,
};
use super::super::edition::Issue;
use super::super::scored::{Marks, in_unit, is_hidden, marks, others, said};
use super::super::words::day;
use crate::access::{RuleVerdict, Verdict};
use crate::place::words::counted;

/// More rows than this are left to the table.
const MOST: usize = 48;
const ROW: f64 = 24.0;
/// From one line of a limit's words to the next.
const LEADING: f64 = 17.0;
const HEAD: f64 = 62.0;
/// Left edges of the columns, from the left edge of the picture's middle.
const LIMIT: f64 = 136.0;
/// The furthest that long names of services push the words of a limit.
const LIMIT_AT_MOST: f64 = 300.0;
const LINE: f64 = 488.0;
const WIDE: f64 = 280.0;
const FIGURES: f64 = 792.0;
const VERDICT: f64 = 950.0;

/// The sheets of the chart, as SVG; `None` where the place has no access rules.
pub(in super::super) fn draw(issue: &Issue<'_>) -> Option<Result<Vec<String>, String>> {
    let all = &issue.plan().rules;
    if all.is_empty() {
        return None;
    }
    let rules: Vec<&RuleVerdict> = first(all);
    let place = issue.place();
    let message = message(all);
    let told: Vec<String> = rules
        .iter()
        .map(|rule| {
            let [today, after] = figures(issue, rule);
            let (verdict, _) = said(rule);
            let service = service(issue, rule);
            format!(
                "{service}, {}: {today} today, {after} in the plan, {verdict}.",
                rule.limit
            )
        })
        .collect();
    let mut notes = vec![NOTICE.to_string()];
    if all.len() > rules.len() {
        let rest = counted(all.len() - rules.len(), "rule", "rules");
        notes.push(format!(
            "Not shown: {rest} that hold, which are in access.csv."
        ));
    }
    notes.push(
        "Each line has a scale of its own, from nought: to all people where the limit is a share, else to a tenth beyond its furthest mark. \
         What the plan may come to is the rule's own limit, or where today is beyond that already, what the rule leaves it: today's figure, with what it \
         allows beyond that. How each rule measures, and who is short, is in access.csv."
            .to_string(),
    );
    let frame = Frame {
        place: shown_name(&place.name, "Plan"),
        subtitle: format!(
            "Every access rule: what it measures today and in the plan, and its limit. Base date {}.",
            day(place.base_date)
        ),
        description: format!(
            "Scorecard of the access rules of {}: {message}. {} The same in a table: access.csv.",
            place.name,
            told.join(" ")
        ),
        message,
        notes,
        sources: sources_line(place),
        body: 0.0,
    };
    let beside = |_: usize| HEAD + 10.0;
    let names = rules.iter().map(|rule| service(issue, rule));
    let widest = names
        .map(|name| width(&name, BODY, true))
        .fold(0.0, f64::max);
    let at = (widest + 16.0).clamp(LIMIT, LIMIT_AT_MOST);
    let high = |rule: &&RuleVerdict| high(rule, at);
    Some(frame.draw_rows(
        issue.paper,
        &rules,
        high,
        beside,
        |sheet, area, _, rules| {
            key(sheet, (area.0, area.1), (area.2, at));
            let mut top = area.1 + HEAD;
            for (place, rule) in rules.iter().enumerate() {
                let again = place > 0 && rules[place - 1].service == rule.service;
                let y = top + high(rule) / 2.0;
                row(issue, sheet, (rule, again), at, (area.0, y, area.2));
                top += high(rule);
            }
        },
    ))
}

/// The words of a limit that begin there, on as many lines as they need.
fn stated(rule: &RuleVerdict, at: f64) -> Vec<String> {
    wrapped(&rule.limit.replace('_', " "), BODY, LINE - at - 16.0)
}

/// How high the row of a rule is.
fn high(rule: &RuleVerdict, at: f64) -> f64 {
    ROW + LEADING * (stated(rule, at).len().max(1) - 1) as f64
}

/// Those that do not simply hold, where there are too many; else all, in their own order.
fn first(all: &[RuleVerdict]) -> Vec<&RuleVerdict> {
    let mut chosen: Vec<usize> = (0..all.len()).collect();
    chosen.sort_by_key(|at| all[*at].verdict == Verdict::Pass);
    chosen.truncate(MOST);
    chosen.sort_unstable();
    chosen.into_iter().map(|at| &all[at]).collect()
}

fn message(all: &[RuleVerdict]) -> String {
    let of = |verdict: Verdict| all.iter().filter(|rule| rule.verdict == verdict).count();
    let mut message = format!(
        "{} of {} hold",
        of(Verdict::Pass),
        counted(all.len(), "access rule", "access rules")
    );
    for told in others(all) {
        message.push_str(", ");
        message.push_str(&told);
    }
    message
}

fn service(issue: &Issue<'_>, rule: &RuleVerdict) -> String {
    let mut services = issue.place().services();
    let known = services.find(|(_, one)| one.id.as_str() == rule.service);
    let name = known.map_or(rule.service.as_str(), |(_, one)| one.name.as_str());
    shown_name(name, &rule.service)
}

/// Today's figure and the plan's.
fn figures(issue: &Issue<'_>, rule: &RuleVerdict) -> [String; 2] {
    let hidden = is_hidden(rule, &issue.edition.audience);
    [rule.today, rule.after].map(|value| match value {
        Some(_) if hidden => "for partners".to_string(),
        Some(value) => in_unit(rule, value),
        None => "–".to_string(),
    })
}

fn key(sheet: &mut Sheet<'_>, (left, top): (f64, f64), (right, limits): (f64, f64)) {
    let y = top + 12.0;
    sheet.symbol(Symbol::Ring, (left + 8.0, y), 6.0, CHARCOAL);
    words(sheet, "Today", (left + 24.0, y));
    sheet.symbol(Symbol::Circle, (left + 98.0, y), 6.0, NAVY);
    words(sheet, "In the plan", (left + 114.0, y));
    sheet.symbol(Symbol::Diamond, (left + 218.0, y), 6.0, MAROON);
    let beyond = "In the plan, beyond the rule's limit";
    words(sheet, beyond, (left + 234.0, y));
    let band = |sheet: &mut Sheet<'_>, x: f64, kept: bool| {
        let (from, to) = (left + x, left + x + 34.0);
        if kept {
            allowed(sheet, (from, to), y);
            limit(sheet, (to, y));
        } else {
            left_over(sheet, (from, to), y);
        }
    };
    band(sheet, 490.0, true);
    words(sheet, "Within the rule's limit", (left + 536.0, y));
    band(sheet, 710.0, false);
    let today = "Beyond it, as today is already: the plan may be too";
    words(sheet, today, (left + 754.0, y));
    let y = top + HEAD - 14.0;
    for (words, at) in [
        ("Service", 0.0),
        ("Limit", limits),
        ("Where it stands", LINE),
        ("Today → plan", FIGURES),
        ("Verdict", VERDICT),
    ] {
        let at = (left + at, y);
        sheet.text(words, at, HEADING, TEXT, true, Anchor::Start);
    }
    let y = top + HEAD - 2.0;
    sheet.polyline(&[(left, y), (right, y)], Pen(OUTLINE, 0.8, 1.0));
}

fn words(sheet: &mut Sheet<'_>, words: &str, at: (f64, f64)) {
    sheet.text(words, at, BODY, TEXT, false, Anchor::Start);
}

fn limit(sheet: &mut Sheet<'_>, (x, y): (f64, f64)) {
    sheet.polyline(&[(x, y - 9.0), (x, y + 9.0)], Pen(TEXT, 2.4, 1.0));
}

fn row(
    issue: &Issue<'_>,
    sheet: &mut Sheet<'_>,
    (rule, again): (&RuleVerdict, bool),
    limits: f64,
    (left, y, right): (f64, f64, f64),
) {
    if !again {
        let name = elided(&service(issue, rule), BODY, true, limits - 12.0);
        sheet.text(&name, (left, y), BODY, TEXT, true, Anchor::Start);
    }
    let stated = stated(rule, limits);
    let first = y - LEADING * (stated.len().max(1) - 1) as f64 / 2.0;
    for (line, text) in (0_u16..).zip(&stated) {
        let y = first + LEADING * f64::from(line);
        words(sheet, text, (left + limits, y));
    }
    let hidden = is_hidden(rule, &issue.edition.audience);
    match marks(issue.place(), rule).filter(|_| !hidden) {
        Some(marks) => stands(sheet, rule, marks, (left + LINE, y)),
        None => {
            let at = (left + LINE, y);
            let none = "No figure that may be shown";
            sheet.text(none, at, SMALL, QUIET, false, Anchor::Start);
        }
    }
    let [today, after] = figures(issue, rule);
    let figures = match today == after {
        true => after,
        false => format!("{today} → {after}"),
    };
    words(sheet, &figures, (left + FIGURES, y));
    let (verdict, _) = said(rule);
    let verdict = elided(verdict, BODY, false, right - left - VERDICT);
    words(sheet, &verdict, (left + VERDICT, y));
    let y = y + high(rule, limits) / 2.0;
    sheet.polyline(&[(left, y), (right, y)], Pen(OUTLINE, 0.3, 0.7));
}

/// The band within the rule's limit.
fn allowed(sheet: &mut Sheet<'_>, (from, to): (f64, f64), y: f64) {
    let size = ((to - from).max(0.0), 10.0);
    sheet.rect((from, y - 5.0), size, Some(PALE), None);
}

/// The band beyond it that is left to the plan, because today is there already.
fn left_over(sheet: &mut Sheet<'_>, (from, to): (f64, f64), y: f64) {
    let pen = Pen(CHARCOAL, 1.0, 1.0);
    for (end, side) in [(from, -5.0), (from, 5.0)] {
        sheet.dashed((end, y + side), (to, y + side), pen, 4.0);
    }
    sheet.polyline(&[(to, y - 5.0), (to, y + 5.0)], pen);
}

/// The line of a rule: what is within its limit, what is left to the plan beyond, today and the plan.
fn stands(sheet: &mut Sheet<'_>, rule: &RuleVerdict, marks: Marks, (left, y): (f64, f64)) {
    let on = |percent: f64| left + WIDE * percent / 100.0;
    let edge = on(marks.stated);
    match rule.more_is_better() {
        true => allowed(sheet, (edge, left + WIDE), y),
        false => allowed(sheet, (left, edge), y),
    }
    let axis = [(left, y), (left + WIDE, y)];
    sheet.polyline(&axis, Pen(OUTLINE, 0.8, 1.0));
    let further = match rule.more_is_better() {
        true => marks.enforced < marks.stated,
        false => marks.enforced > marks.stated,
    };
    if further {
        left_over(sheet, (edge, on(marks.enforced)), y);
    }
    limit(sheet, (edge, y));
    let (today, after) = (on(marks.today), on(marks.after));
    sheet.polyline(&[(today, y), (after, y)], Pen(NAVY, 2.4, 1.0));
    sheet.symbol(Symbol::Ring, (today, y), 6.4, CHARCOAL);
    match rule.verdict {
        Verdict::Pass | Verdict::Empty => sheet.symbol(Symbol::Circle, (after, y), 4.2, NAVY),
        _ => sheet.symbol(Symbol::Diamond, (after, y), 4.6, MAROON),
    }
}
