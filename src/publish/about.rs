//! `about.txt`: what the folder is, for whom it was printed, and which file answers which question.

use super::audience::Audience;
use super::check::CheckEdition;
use super::draw::sources_line;
use super::edition::Issue;
use super::error::PublishError;
use super::exporter::Page;
use super::words::day;
use crate::place::currency;
use crate::place::{AccessRule, Mode, Place, RoadMode};

/// What every page says.
pub(super) const NOTICE: &str = "An option for discussion; no decision has been taken.";

const FILES: [(&str, &str); 45] = [
    (
        "report.html",
        "the plan as a page: the story, a map to move about in, every table and chart",
    ),
    (
        "paper.html",
        "the committee's paper, to open in a word processor",
    ),
    ("report.md", "the same as Markdown"),
    (
        "plan.xlsx",
        "every table below as a sheet, behind a cover with the headline",
    ),
    (
        "plan.gpkg",
        "every layer below, styled, for QGIS; a layer `decisions` to fill in",
    ),
    (
        "maps/",
        "pictures: SVG for documents and the web, PNG for slides and print",
    ),
    (
        "actions.csv",
        "what becomes of every building (map: buildings.geojson)",
    ),
    (
        "moves.csv",
        "which team goes where, and why (map: moves.geojson)",
    ),
    ("access.csv", "every access rule: the limit, today, after"),
    (
        "zones.csv",
        "every zone and service: distance today, after, change (map: zones.geojson)",
    ),
    ("losers.csv", "of these, the zones that end up further away"),
    (
        "groups.csv",
        "every service and group of people: how far, today and after",
    ),
    (
        "points.csv",
        "small new counters that open, and the rules they keep (map: new_counters.geojson)",
    ),
    (
        "equality.csv",
        "who loses by group: supports, and does not replace, an equality impact assessment",
    ),
    (
        "modes.csv",
        "groups that travel by a mode of their own: how far, today and after",
    ),
    (
        "visits.csv",
        "where everybody goes: visits a year at each counter, and what it can take",
    ),
    ("agencies.csv", "what each agency pays and gains"),
    ("ledger.csv", "the same, line by line"),
    (
        "recharges.csv",
        "who pays whom for floor in another agency's building",
    ),
    (
        "limits.csv",
        "limits on money, and how the plan stands to them",
    ),
    (
        "worth.csv",
        "present value, payback and benefit–cost ratio, of the place and each agency",
    ),
    (
        "saving.csv",
        "how the saving comes about: alone, sharing, closing (with --split)",
    ),
    ("transfers.csv", "who would pay whom so that nobody loses"),
    (
        "successors.csv",
        "what the plan is worth to each body where agencies are succeeded by others",
    ),
    (
        "together.csv",
        "services that do better under one roof: links gained and broken",
    ),
    (
        "between.csv",
        "access rules that do not hold on the way (with --phase)",
    ),
    ("years.csv", "the place by year: spent, saved, received"),
    ("programme.csv", "in which year each step is taken"),
    (
        "programme_cash.csv",
        "each agency by year under the programme: spent, saved, received",
    ),
    ("cashflow.csv", "every agency's lines by year"),
    (
        "sensitivity.csv",
        "what the plan is worth where one thing turns out otherwise",
    ),
    (
        "chance.csv",
        "where everything does: how often it beats today",
    ),
    (
        "assumptions.csv",
        "every setting and default that a figure leans on",
    ),
    ("data_request.csv", "what to ask each agency for first"),
    ("quality.csv", "every fault and guess in the input"),
    ("rejected.csv", "rows that were set aside, whole"),
    (
        "columns.csv",
        "every column of these files: unit, meaning, who sees it",
    ),
    (
        "buildings.geojson",
        "layer: every building that is on the map",
    ),
    (
        "moves.geojson",
        "layer: a line from the old building to the new one",
    ),
    (
        "new_counters.geojson",
        "layer: small new counters that open, where they open",
    ),
    ("zones.geojson", "layer: every zone with its distances"),
    (
        "findings.geojson",
        "layer: faults and guesses about records on the map",
    ),
    (
        "matches.geojson",
        "layer: which building of a register each service point was taken for",
    ),
    (
        "plan.json",
        "the whole plan, for `oneroof verify` and other programs",
    ),
    ("certificate.json", "what is proven about it, and by what"),
];

/// What a file answers.
pub(super) fn meaning(file: &str) -> &'static str {
    let known = FILES.iter().find(|(known, _)| *known == file);
    known.map_or("", |(_, meaning)| meaning)
}

/// What a file is about, in two or three sentences: whose, for whom, sources.
pub(super) fn about(edition: &CheckEdition<'_>) -> String {
    let place = edition.place.map(|place| {
        format!(
            "{}, base date {}. {} ",
            place.name,
            day(place.base_date),
            sources_line(place)
        )
    });
    format!(
        "{}{NOTICE} Printed for: {}.",
        place.unwrap_or_default(),
        edition.audience
    )
}

/// How the measures along roads and by timetable come about, one line for each that a rule uses.
fn along_roads(place: &Place) -> String {
    let mut used: Vec<RoadMode> = place
        .rules
        .iter()
        .filter_map(|rule| match rule.measure.mode {
            Mode::Road(mode) => Some(mode),
            _ => None,
        })
        .collect();
    used.sort_unstable();
    used.dedup();
    let line = |mode: &RoadMode| format!("\"{} by road\" is {}.\n", mode.name(), mode.method());
    let mut text: String = used.iter().map(line).collect();
    let by_timetable = |rule: &AccessRule| rule.measure.mode == Mode::Transit;
    if let Some(terms) = &place.travel.transit
        && place.rules.iter().any(by_timetable)
    {
        text.push_str(&format!(
            "\"transit by timetable\" is {}.\n",
            terms.method()
        ));
    }
    text
}

/// Whether a file can be in this edition, where its format is asked for.
fn is_written(issue: &Issue<'_>, file: &str) -> bool {
    let plan = issue.plan();
    match file {
        "rejected.csv" => issue.edition.audience.sees_all(),
        "saving.csv" => plan.saving_split.is_some(),
        "together.csv" => !plan.together.is_empty(),
        "successors.csv" => issue
            .place()
            .agencies
            .iter()
            .any(|agency| agency.successor.is_some()),
        "programme.csv" | "programme_cash.csv" | "between.csv" => plan.programme.is_some(),
        _ => true,
    }
}

/// What is said of a folder that is only made for the partners.
pub(super) const FOR_PARTNERS: &str = "Printed for the partners: not for publication.";

/// For whom something was printed, and what that means.
pub(super) fn audience_line(audience: &Audience) -> String {
    match audience.sees_all() {
        true => format!("{FOR_PARTNERS} `--audience public` prints an edition for anybody."),
        false => format!(
            "Printed for: {audience}. Figures of single buildings and agencies that others may not see are empty, and so are counts of fewer than 10 people; other counts of people are in tens."
        ),
    }
}

pub(super) fn export(issue: &Issue<'_>) -> Result<Vec<Page>, PublishError> {
    let (place, audience) = (issue.place(), &issue.edition.audience);
    let mut text = format!(
        "{}: which services could share which buildings\n\n{NOTICE}\nBase date {}; money in {} of that day.\n",
        place.name,
        day(place.base_date),
        currency::name()
    );
    text.push_str(&audience_line(audience));
    text.push('\n');
    if issue.keeps_sites_back() {
        text.push_str("Sensitive sites are left out of every table, layer and picture.\n");
    }
    text.push_str("\nFiles (those that were asked for):\n");
    for (file, meaning) in FILES {
        if is_written(issue, file) {
            text.push_str(&format!("  {file:<18} {meaning}\n"));
        }
    }
    text.push_str(&format!(
        "\nDistances are straight lines × {} unless a rule names its own measure (access.csv).\n{}\n{}\n",
        place.travel.detour,
        along_roads(place),
        sources_line(place)
    ));
    Ok(vec![Page::new("about.txt", text.into_bytes())])
}
