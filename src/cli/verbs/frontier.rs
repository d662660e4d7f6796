//! `frontier PLACE --out DIR`: load, plan along one limit, verify every point, publish the curve.

use super::finish::refused;
use super::how_sure::gap_in_words;
use super::open::open;
use super::plan::failure;
use crate::cli::args::{FormatArg, FrontierVerb};
use crate::cli::progress::{SearchLine, Shown};
use crate::cli::{Failure, out};
use crate::frontier::{Asking, Dial, Frontier, frontier};
use crate::load::config::did_you_mean;
use crate::load::{LoadOptions, Loaded};
use crate::place::words::pounds;
use crate::place::{Finding, Place, RowRef, Severity};
use crate::plan::verify::verify;
use crate::publish::{FrontierEdition, may_publish_frontier, publish_frontier};
use std::fmt::Write;

pub(super) fn run(typed: &FrontierVerb) -> Result<(), Failure> {
    may_publish_frontier(&typed.out).map_err(refused)?;
    let loaded = open(&typed.place, LoadOptions::default())?;
    let dial = dial(&loaded.place, typed.rule.as_deref())?;
    let line = SearchLine::start(typed.progress, Shown::Money);
    let curve = frontier(&Asking {
        place: &loaded.place,
        travel: &loaded.travel,
        dial,
        points: usize::from(typed.points),
        gap: typed.gap,
        time: typed.time,
        seed: typed.seed,
        progress: &line,
    });
    line.finish();
    let curve = curve.map_err(failure)?;
    verified(&loaded, &curve)?;
    if curve.points.is_empty() {
        return Err(Failure::NothingFound);
    }
    let edition = FrontierEdition {
        place: &loaded.place,
        travel: &loaded.travel,
        frontier: &curve,
        findings: &loaded.findings,
        rejected: &loaded.rejected,
        matches: &loaded.matches,
        excel: typed.excel,
    };
    publish_frontier(&typed.out, &edition).map_err(refused)?;
    match typed.format {
        FormatArg::Json => out::json(&edition.summary())?,
        FormatArg::Text => out::data(&text(&loaded.place, &curve))?,
    }
    ended(typed, &curve)
}

/// The limit that is turned: a rule's, or the mean way to every service.
fn dial(place: &Place, rule: Option<&str>) -> Result<Dial, Failure> {
    let Some(id) = rule else {
        return Ok(Dial::Means);
    };
    let at = place.rule_named(id).ok_or_else(|| {
        let known = place.rules.iter().map(|rule| rule.id.as_str());
        let cause = format!("no access rule is called `{id}`; only limits on access are turned");
        Failure::Input {
            findings: vec![
                Finding::new("unknown-id", Severity::Error, RowRef::file("--rule"))
                    .cell(id)
                    .cause(cause)
                    .action(did_you_mean(id, known)),
            ],
            hint: "access.csv of a plan folder lists the rules; without --rule the mean way to any service is turned"
                .to_owned(),
        }
    })?;
    Ok(Dial::Rule(at))
}

/// Every point is verified before any is written.
fn verified(loaded: &Loaded, curve: &Frontier) -> Result<(), Failure> {
    let figures: Vec<String> = curve
        .points
        .iter()
        .flat_map(|point| verify(&point.place, &loaded.travel, &point.plan))
        .map(|found| found.to_string())
        .collect();
    match figures.is_empty() {
        true => Ok(()),
        false => Err(Failure::NotVerified(figures)),
    }
}

fn text(place: &Place, curve: &Frontier) -> String {
    let mut text = format!("{}: {}\n\n", place.name, curve.dial.words(place));
    let _ = writeln!(
        text,
        "  {:<10} {:>12} {:>12} {:>16}  sure",
        "point", "limit", "measured", "saving"
    );
    for (at, point) in curve.points.iter().enumerate() {
        let shown =
            |value: Option<f64>| value.map_or("-".to_owned(), |v| curve.dial.shown(place, v));
        let sure = match (point.saving_at_most_gbp, point.gap()) {
            (Some(most), Some(gap)) => format!("at most {}, {}", pounds(most), gap_in_words(gap)),
            _ => "nothing is proven".to_owned(),
        };
        let knee = match (curve.knee == Some(at), curve.knee_is_sure()) {
            (true, true) => "  <- knee",
            (true, false) => "  <- knee of the plans found, not sure",
            (false, _) => "",
        };
        let _ = writeln!(
            text,
            "  {:<10} {:>12} {:>12} {:>16}  {sure}{knee}",
            FrontierEdition::folder(at),
            shown(Some(point.threshold)),
            shown(point.measured),
            pounds(point.saving()),
        );
    }
    if let Some(without) = &curve.without {
        let measured = without.measured.map(|mean| curve.dial.shown(place, mean));
        let _ = writeln!(
            text,
            "  {:<10} {:>12} {:>12} {:>16}  beyond the curve: whatever the mean, the limit keeps everybody within three times \
             today's way, or 5 km",
            "without",
            "none",
            measured.unwrap_or("-".to_owned()),
            pounds(without.saving_gbp),
        );
    }
    for (threshold, why) in &curve.missing {
        let _ = writeln!(
            text,
            "  no plan at {}: {why}",
            curve.dial.shown(place, *threshold)
        );
    }
    let knee = match curve.knee {
        Some(at) => {
            let knee = FrontierEdition::folder(at);
            let how = "the point furthest above the straight line from the first to the last, both axes stretched \
                       to one length";
            match curve.knee_is_sure() {
                true => format!("The knee is {knee}: {how}."),
                false => format!(
                    "The knee of the plans found is {knee}: {how}. It is not sure: {} of {} points have a wider gap \
                     than was asked for, and may save more.",
                    curve.left_open(),
                    curve.points.len()
                ),
            }
        }
        None if curve.points.len() < 3 => {
            "There is no knee: the limit costs nothing, or too few points were found.".to_owned()
        }
        None => "There is no knee: the curve is nearly straight.".to_owned(),
    };
    let _ = writeln!(text, "\n{knee}");
    text
}

fn ended(typed: &FrontierVerb, curve: &Frontier) -> Result<(), Failure> {
    let worst = curve
        .points
        .iter()
        .filter_map(|point| point.gap())
        .fold(0.0, f64::max);
    let unproven = curve.points.iter().any(|point| point.gap().is_none());
    if unproven || worst > typed.gap + 1e-8 || !curve.missing.is_empty() {
        return Err(Failure::GapLeft(format!(
            "the points are verified and written; the widest {}, {:.2} % was asked for, and {} of {} points found",
            gap_in_words(worst),
            typed.gap * 100.0,
            curve.points.len(),
            curve.points.len() + curve.missing.len()
        )));
    }
    out::talk(&format!(
        "hint: verified, and written to {}; begin with frontier.png and frontier.csv",
        typed.out.display()
    ));
    Ok(())
}
