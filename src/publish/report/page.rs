//! `report.html`: the template filled in.

use super::super::about::NOTICE;
use super::super::charts::{
    agencies_chart, agencies_twin, cash_chart, cash_twin, pounds as short, programme_chart,
    tornado_chart, waterfall_chart,
};
use super::super::draw::sources_line;
use super::super::edition::Issue;
use super::super::error::PublishError;
use super::super::exporter::Page;
use super::super::tables::EQUALITY_NOTE;
use super::super::words::day;
use super::beside::Beside;
use super::policy::{base64, policy};
use super::{map, people, rules, story, sure, tables, when};
use crate::place::currency;
use minijinja::{Environment, Value as Given};
use serde::Serialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;

const FILE: &str = "report.html";
const STYLE: &str = include_str!("report.css");
const SCRIPT: &str = concat!(include_str!("tables.js"), include_str!("map.js"));
const REGULAR: &[u8] = include_bytes!("../fonts/Inter-Regular.ttf");
const BOLD: &[u8] = include_bytes!("../fonts/Inter-Bold.ttf");

/// A chart that stands in the page.
#[derive(Debug, Serialize)]
struct Chart {
    title: &'static str,
    svg: String,
    twin: &'static str,
}

/// The page of an edition.
pub(super) fn page(issue: &Issue<'_>, beside: &Beside) -> Result<Page, PublishError> {
    let (place, audience) = (issue.place(), &issue.edition.audience);
    let fonts = fonts();
    let styles = format!("{fonts}{STYLE}");
    let money = charts(issue)?;
    let programme = chart(
        "The programme",
        "programme",
        "programme.csv",
        whole(programme_chart(issue)),
    )?;
    let map = map::map(issue, beside);
    let partners = audience.sees_all();
    let mut values = json!({
        "policy": policy(SCRIPT, &[&styles]),
        "audience": audience.to_string(),
        "styles": styles,
        "script": SCRIPT,
        "title": place.name,
        "base_date": day(place.base_date),
        "money": currency::name(),
        "notice": NOTICE,
        "audience": audience.to_string(),
        "partners": partners,
        "phased": issue.plan().programme.is_some(),
        "agencies_twin": agencies_twin(issue),
        "keeps_back": issue.keeps_sites_back(),
        "version": issue.plan().run.version,
        "engine": issue.plan().run.engine,
        "seed": issue.plan().run.seed,
        "headline": story::headline(issue),
        "cards": story::cards(issue),
        "agencies": people::agencies(issue),
        "services": people::services(issue),
        "journeys": people::journeys(issue),
        "bound": sure::bound(issue),
        "sure": sure::facts(issue),
        "assumed": sure::assumed(issue),
        "swings": swings(issue),
        "rules": rules::scorecard(issue),
        "rule_facts": rules::facts(issue),
        "conflicts": if partners { issue.plan().conflicts.clone() } else { Vec::new() },
        "map": map::json(&map)?,
        "map_sources": sources_line(place),
        "service_names": place_services(issue),
    });
    let parts = json!({
        "buildings": tables::buildings(issue),
        "moves": tables::moves(issue),
        "points": tables::points(issue),
        "losing": tables::losing(issue),
        "groups": tables::groups(issue),
        "equality_note": EQUALITY_NOTE,
        "agency_table": tables::agencies(issue),
        "worth": tables::worth(issue),
        "charts": money,
        "programme_chart": programme,
        "programme": tables::programme(issue),
        "programme_facts": when::facts(issue),
        "duties": when::duties(issue),
        "years": when::years(issue),
        "assumptions": tables::assumptions(issue),
        "findings": tables::findings(issue),
        "requests": tables::requests(issue),
        "sources": tables::sources(issue),
        "explained": !beside.explained.is_empty(),
        "frontier": beside.frontier,
        "partnership": beside.partnership,
    });
    if let (Value::Object(all), Value::Object(parts)) = (&mut values, parts) {
        all.extend(parts);
    }
    let text = fill(FILE, include_str!("report.html"), values)?;
    Ok(Page::new(FILE, text.into_bytes()))
}

/// Fills a template; one whose name ends in `.html` escapes what it is given.
pub(super) fn fill(file: &str, text: &str, values: Value) -> Result<String, PublishError> {
    let fault = |fault: minijinja::Error| PublishError::page(file, format!("{fault:#}"));
    let mut environment = Environment::new();
    environment.set_undefined_behavior(minijinja::UndefinedBehavior::Strict);
    let mut syntax = minijinja::syntax::SyntaxConfig::builder();
    let syntax = syntax.trim_blocks(true).lstrip_blocks(true).build();
    environment.set_syntax(syntax.map_err(fault)?);
    environment.add_template(file, text).map_err(fault)?;
    let template = environment.get_template(file).map_err(fault)?;
    template.render(given(values)).map_err(fault)
}

/// A value as the template takes it.
fn given(value: Value) -> Given {
    match value {
        Value::Null => Given::from(()),
        Value::Bool(flag) => Given::from(flag),
        Value::Number(number) => match number.as_i64() {
            Some(whole) => Given::from(whole),
            None => Given::from(number.as_f64().unwrap_or_default()),
        },
        Value::String(text) => Given::from(text),
        Value::Array(items) => items.into_iter().map(given).collect(),
        Value::Object(fields) => {
            let fields = fields.into_iter();
            let fields: BTreeMap<String, Given> =
                fields.map(|(name, value)| (name, given(value))).collect();
            Given::from(fields)
        }
    }
}

fn fonts() -> String {
    let face = |weight: u32, bytes: &[u8]| {
        format!(
            "@font-face{{font-family:Inter;font-weight:{weight};src:url(data:font/ttf;base64,{})}}\n",
            base64(bytes)
        )
    };
    format!("{}{}", face(400, REGULAR), face(700, BOLD))
}

/// The charts of money that the audience may see.
fn charts(issue: &Issue<'_>) -> Result<Vec<Chart>, PublishError> {
    let drawn = [
        (
            "Where the saving comes from",
            "savings",
            "ledger.csv",
            waterfall_chart(issue),
        ),
        (
            "What each agency pays and gains",
            "agencies",
            agencies_twin(issue),
            whole(agencies_chart(issue)),
        ),
        (
            "Cash by year",
            "cash_flow",
            cash_twin(issue),
            cash_chart(issue),
        ),
        (
            "What the result leans on",
            "sensitivity",
            "sensitivity.csv",
            tornado_chart(issue),
        ),
    ];
    let charts: Result<Vec<_>, _> = drawn
        .into_iter()
        .map(|(title, id, twin, drawn)| chart(title, id, twin, drawn))
        .collect();
    Ok(charts?.into_iter().flatten().collect())
}

/// A chart as the page has it: on the one sheet that is as high as it needs.
fn whole(sheets: Option<Result<Vec<String>, String>>) -> Option<Result<String, String>> {
    sheets.map(|sheets| sheets.map(|sheets| sheets.concat()))
}

/// A chart with ids of its own, so that several may stand in one page.
fn chart(
    title: &'static str,
    id: &str,
    twin: &'static str,
    drawn: Option<Result<String, String>>,
) -> Result<Option<Chart>, PublishError> {
    let Some(drawn) = drawn else { return Ok(None) };
    let svg = drawn.map_err(|fault| PublishError::page(FILE, fault))?;
    let svg = svg
        .replacen("\"title desc\"", &format!("\"{id}-title {id}-desc\""), 1)
        .replacen(
            "<title id=\"title\">",
            &format!("<title id=\"{id}-title\">"),
            1,
        )
        .replacen("<desc id=\"desc\">", &format!("<desc id=\"{id}-desc\">"), 1);
    Ok(Some(Chart { title, svg, twin }))
}

/// One thing that may turn out otherwise, with what the plan is then worth.
#[derive(Debug, Serialize)]
struct Swing {
    name: String,
    low: String,
    high: String,
}

/// The three that matter most, for those who may see every agency's money.
fn swings(issue: &Issue<'_>) -> Vec<Swing> {
    if !issue.edition.audience.sees_all() {
        return Vec::new();
    }
    let mut swings: Vec<_> = issue.plan().sensitivity_as_done().swings.iter().collect();
    let width = |one: &crate::plan::Swing| (one.npv_high_gbp - one.npv_low_gbp).abs();
    swings.sort_by(|a, b| width(b).total_cmp(&width(a)));
    let three = swings.into_iter().take(3).map(|one| Swing {
        name: super::words::said(issue, "leans_on", &one.assumption),
        low: short(one.npv_low_gbp.min(one.npv_high_gbp)),
        high: short(one.npv_low_gbp.max(one.npv_high_gbp)),
    });
    three.collect()
}

fn place_services(issue: &Issue<'_>) -> Vec<String> {
    let services = issue.access.iter();
    services
        .map(|one| issue.place().service(one.service).name.clone())
        .collect()
}
