//! `check PLACE`: what was read, what is wrong with it, and where the place stands today.

use super::access_table;
use super::finish::refused;
use super::open::nothing_there;
use super::plan::failure;
use super::summary::without;
use crate::cli::args::Check;
use crate::cli::say::{shortened, tally};
use crate::cli::{Failure, out};
use crate::load::{LoadOptions, Loaded, load};
use crate::place::words::{count, pounds, whole};
use crate::place::{DataRequest, Finding, Place};
use crate::plan::Plan;
use crate::publish::{Audience, CheckEdition, publish_check};
use serde_json::json;
use std::fmt::Write;

pub(super) fn run(typed: &Check) -> Result<(), Failure> {
    let options = LoadOptions {
        data: typed.place.data.clone(),
        strict: typed.place.strict,
        ..LoadOptions::default()
    };
    let mut loaded = match load(&typed.place.place, &options) {
        Ok(loaded) => loaded,
        Err(error) => {
            write(typed, None, &error.findings)?;
            if typed.json {
                out::json(&json!({ "findings": error.findings }))?;
            }
            let out = typed.out.clone().unwrap_or_else(|| "DIR".into());
            let quality = out.join("quality.csv");
            let hint = match (&typed.out, nothing_there(&typed.place)) {
                (Some(_), _) => format!("every finding is in {}", quality.display()),
                (None, Some(hint)) => hint,
                (None, None) => format!("--out DIR writes every finding to {}", quality.display()),
            };
            return Err(Failure::Input {
                findings: error.findings,
                hint,
            });
        }
    };
    write(typed, Some(&loaded), &loaded.findings)?;
    let today = today(&mut loaded)?;
    let requests = loaded.place.data_requests();
    if typed.json {
        out::json(&as_json(&loaded, &today, &requests))?;
    } else {
        out::data(&on_screen(&loaded, &today, &requests))?;
    }
    if typed.out.is_none() {
        out::talk(
            "hint: --out DIR writes every finding to quality.csv and what to ask for to data_request.csv",
        );
    }
    Ok(())
}

/// Today's arrangement, judged as a plan is: no decision of anybody applied.
fn today(loaded: &mut Loaded) -> Result<Plan, Failure> {
    // Set aside for so long: a copy of a big place would take as much memory again.
    let decisions = std::mem::take(&mut loaded.place.decisions);
    let plan = crate::plan::appraise(&loaded.place, &loaded.travel).map_err(failure);
    loaded.place.decisions = decisions;
    plan
}

fn write(typed: &Check, loaded: Option<&Loaded>, findings: &[Finding]) -> Result<(), Failure> {
    let Some(out) = &typed.out else { return Ok(()) };
    let edition = CheckEdition {
        place: loaded.map(|loaded| &loaded.place),
        findings,
        rejected: loaded.map_or(&[], |loaded| &loaded.rejected),
        matches: loaded.map_or(&[], |loaded| &loaded.matches),
        audience: Audience::Partners,
        excel: false,
    };
    publish_check(out, &edition).map_err(refused)
}

fn on_screen(loaded: &Loaded, today: &Plan, requests: &[DataRequest]) -> String {
    let place = &loaded.place;
    let mut text = format!("{}, base date {}\n", place.name, place.base_date);
    let _ = writeln!(
        text,
        "  {}, {}, {}, {}",
        count(place.buildings.len(), "building"),
        count(place.occupiers.len(), "occupier"),
        count(place.services.len(), "service"),
        count(place.zones.len(), "zone"),
    );
    text.push_str(&scope(place));
    if !loaded.rejected.is_empty() {
        let _ = write!(text, "  {}", without(loaded.rejected.len()));
    }
    let _ = writeln!(text, "\nToday");
    let running = today.running_cost_today_gbp;
    let _ = writeln!(
        text,
        "  running cost in scope {} a year, confidence {}",
        pounds(running),
        today.confidence
    );
    text.push_str(&access_table::access(
        &today.rules,
        access_table::When::Today,
        out::width(),
    ));
    let _ = writeln!(text, "\nFindings");
    text.push_str(&tally(&loaded.findings));
    if !requests.is_empty() {
        text.push_str(&missing(place));
        let _ = writeln!(text, "\nAsk first for");
        for request in requests.iter().take(8) {
            let _ = writeln!(
                text,
                "  {:<12} {:<28} {:<14} {:>12} leans on it",
                request.agency,
                shortened(&request.name, 28),
                request.field,
                pounds(request.leans_gbp)
            );
        }
    }
    text
}

/// What is missing, by kind: "14 buildings without running cost carry £2,300,000".
fn missing(place: &Place) -> String {
    let mut text = String::from(
        "\nMissing, by how much leans on it (present value; share of the cost of all in scope)\n",
    );
    for kind in place.missing_kinds() {
        let (what, lacks) = match kind.field {
            "space_m2" => ("occupier", "floor or staff"),
            "running_gbp" => ("building", "running cost"),
            "floor_area_m2" => ("building", "floor area"),
            "value_gbp" => ("building", "value"),
            "lease_expiry" => ("building", "lease dates"),
            "lon;lat" => ("building", "location"),
            other => ("building", other),
        };
        let share = kind
            .share_of_cost
            .map_or(String::new(), |share| format!(" ({:.1} %)", share * 100.0));
        let _ = writeln!(
            text,
            "  {} without {lacks} {} {}{share}",
            count(kind.records, what),
            if kind.records == 1 {
                "carries"
            } else {
                "carry"
            },
            pounds(kind.leans_gbp)
        );
    }
    text
}

/// What takes part in a plan and what does not: buildings, usable floor and running cost.
fn scope(place: &Place) -> String {
    let mut rows = place.scope();
    rows.sort_by_key(|row| (!row.in_play, std::cmp::Reverse(row.buildings)));
    let widest = rows.iter().map(|row| row.part.chars().count()).max();
    let widest = widest.unwrap_or(0);
    let mut text = String::new();
    for row in rows {
        let _ = writeln!(
            text,
            "    {:>6}  {:<widest$} {:>9} m² usable {:>12} a year to run",
            whole(row.buildings as f64),
            row.part,
            whole(row.usable.get()),
            pounds(row.running.get())
        );
    }
    text
}

fn as_json(loaded: &Loaded, today: &Plan, requests: &[DataRequest]) -> serde_json::Value {
    json!({
        "place": loaded.place.name,
        "buildings": loaded.place.buildings.len(),
        "occupiers": loaded.place.occupiers.len(),
        "zones": loaded.place.zones.len(),
        "running_cost_today_gbp": today.running_cost_today_gbp,
        "confidence": today.confidence,
        "rules": today.rules,
        "findings": loaded.findings,
        "missing": loaded.place.missing_kinds(),
        "data_requests": requests,
    })
}
