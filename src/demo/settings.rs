//! The text of `place.toml`.

use super::estate::{Body, Estate};
use super::kinds::{WORK, Work};
use super::land::Land;
use super::limits::{Ask, DETOUR, Limit, reach};
use super::registers::Register;
use super::size::Size;
use std::fmt::Write as _;

/// The first line of every `place.toml` of ours: only a folder that has it is written over.
pub(super) const MARK: &str = "# Written by `oneroof demo`. Everything in it is fictional.";

/// The settings of a place. With `mean`, every counter also has a limit on mean travel.
pub(super) fn settings(
    size: Size,
    land: &Land,
    estate: &Estate,
    registers: &[Register],
    limits: &[Limit],
    mean: bool,
) -> String {
    let mut text = format!("{MARK}\n\n");
    let name = match (size, land.counties.first()) {
        (Size::Town | Size::County, Some(name)) => name.as_str(),
        (Size::Region, _) => "Ten Counties",
        _ => "The Eighty-five Counties",
    };
    push(
        &mut text,
        format_args!("[place]\nname = \"{name}\"\nbase_date = 2026-04-01\n"),
    );
    push(
        &mut text,
        format_args!(
            "licence = \"Fictional data, free of rights (CC0)\"\n\n[travel]\ndetour = {DETOUR}\n\n"
        ),
    );
    for agency in &estate.agencies {
        push(
            &mut text,
            format_args!(
                "[[agency]]\nid = \"{}\"\nname = \"{}\"\n\n",
                agency.id, agency.name
            ),
        );
    }
    for register in registers {
        buildings(&mut text, estate, register);
    }
    let present: Vec<&Work> = WORK
        .iter()
        .enumerate()
        .filter(|(number, _)| estate.teams.iter().any(|team| team.work == *number))
        .map(|(_, work)| work)
        .collect();
    for work in &present {
        service(&mut text, work, reach(work.move_km, size));
    }
    text.push_str("[[occupiers]]\nfile = \"occupiers.csv\"\n\n");
    zones(&mut text, &present);
    if present.iter().any(|work| work.id == "probation") {
        text.push_str(
            "[[separate]]\nfirst = \"probation\"\nsecond = \"childrens_centre\"\nreason = \"Offenders and children do not share a waiting room\"\n\n",
        );
    }
    for limit in limits {
        access(&mut text, limit);
    }
    if mean {
        for work in present.iter().filter(|work| work.counter) {
            access(
                &mut text,
                &Limit {
                    id: format!("{}.mean", work.id),
                    service: work.id,
                    ask: Ask::Mean(5),
                    group: None,
                    note: "Travel on average at most 5 % more than today.".to_owned(),
                },
            );
        }
    }
    text.push_str(FINANCE);
    phase(&mut text, size);
    text
}

const GROUPS: &str = r#"groups = { no_car = { column = "no_car", of = "households" }, over_65 = { column = "65..", of = "0.." }, most_deprived = { decile = "imd", at_most = 2 } }
deciles = { imd = { column = "imd_decile", one_is = "most_deprived" } }
"#;

const FINANCE: &str = "\
# Rates of the place's own cost consultants; whatever is not stated here has a named default.
[finance]
horizon_years = 25
discount = [{ from_year = 0, rate = 0.035 }, { from_year = 31, rate = 0.03 }]
fit_out_gbp_m2 = { office = 950, public = 1050, clinical = 1900, secure = 1900, storage = 300, any = 950 }
fees_share = 0.15
move_gbp_fte = 1200
dilapidations_gbp_m2 = 120
";

/// What the place's programme must keep to: money for the whole place, projects for each body.
fn phase(text: &mut String, size: Size) {
    let (capital, projects) = match size {
        Size::Town => (1_500_000, 3),
        Size::County => (8_000_000, 8),
        Size::Region => (80_000_000, 8),
        Size::Nation => (680_000_000, 8),
    };
    push(
        text,
        format_args!(
            "\n# For `plan --phase`: what may be spent once in a year, and how much one body can do at a time.\n\
             [phase]\nyears = 10\ncapital_gbp_a_year = {capital}\nreceipts_recyclable = true\n\
             projects_a_year = {projects}\nduties = \"england\"\n"
        ),
    );
}

fn push(text: &mut String, words: std::fmt::Arguments<'_>) {
    // Writing into a String cannot fail.
    let _ = text.write_fmt(words);
}

fn buildings(text: &mut String, estate: &Estate, register: &Register) {
    text.push_str("[[buildings]]\n");
    if let Some(agency) = register.agency {
        push(
            text,
            format_args!("agency = \"{}\"\n", estate.agencies[agency].id),
        );
    }
    push(text, format_args!("file = \"{}\"\n", register.file));
    let (source, as_of) = match register.body {
        Body::Council | Body::District => {
            ("Land and building assets, Transparency Code", "2026-01-31")
        }
        Body::Nhs => ("Estates return by site", "2025-03-31"),
        Body::Dwp | Body::Justice => ("Government property extract", "2025-12-01"),
        Body::Police | Body::Fire => ("Estate list", "2025-09-30"),
        Body::Charity => ("Premises list", "2026-02-15"),
    };
    push(
        text,
        format_args!("as_of = {as_of}\nsource = \"{source}\"\n"),
    );
    // The council's is left to be recognised, as most are.
    if matches!(register.body, Body::District | Body::Police) {
        text.push_str("crs = \"EPSG:27700\"\n");
    }
    if !register.named.is_empty() {
        text.push_str("  [buildings.columns]\n");
        for (field, heading) in &register.named {
            push(text, format_args!("  {field} = \"{heading}\"\n"));
        }
    }
    if register.has_land {
        text.push_str(
            "  [[buildings.scope]]\n  column = \"Land or building\"\n  values = [\"Land only\"]\n  role = \"out\"\n  reason = \"Land without a building\"\n",
        );
    }
    text.push('\n');
}

fn list(words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("\"{word}\"")).collect();
    format!("[{}]", quoted.join(", "))
}

fn service(text: &mut String, work: &Work, move_km: f64) {
    push(
        text,
        format_args!(
            "[[service]]\nid = \"{}\"\nname = \"{}\"\n",
            work.id, work.name
        ),
    );
    push(text, format_args!("space_type = \"{}\"\n", work.space));
    if work.counter {
        text.push_str("counter = true\n");
    }
    if work.may_merge {
        text.push_str("may_merge = true\n");
    }
    if !work.needs.is_empty() {
        push(text, format_args!("needs = {}\n", list(work.needs)));
    }
    if work.counter && work.most > 1 {
        push(text, format_args!("max_per_building = {}\n", work.most));
    }
    match work.id {
        "back_office" => push(
            text,
            format_args!("m2_per_desk = 10\ndesks_per_fte = 0.7\nmove_limit_km = {move_km:.1}\n"),
        ),
        "jobcentre" => push(text, format_args!("move_limit_km = {move_km:.1}\n")),
        "fire_station" => text.push_str("movable = false\n"),
        _ => {}
    }
    text.push('\n');
}

fn zones(text: &mut String, present: &[&Work]) {
    let demand: Vec<String> = present
        .iter()
        .filter(|work| work.counter)
        .map(|work| format!("{} = \"{}\"", work.id, work.demand.0))
        .collect();
    push(
        text,
        format_args!(
            "[[zones]]\nfile = \"zones.geojson\"\ndemand = {{ {} }}\n",
            demand.join(", ")
        ),
    );
    text.push_str(GROUPS);
    text.push_str("areas = { ward = \"ward_code\", district = \"district_code\" }\n\n");
    for file in ["population_by_age.csv", "households.csv"] {
        push(
            text,
            format_args!("[[zones.join]]\nfile = \"{file}\"\nkey = \"zone_id\"\n\n"),
        );
    }
}

fn access(text: &mut String, limit: &Limit) {
    push(
        text,
        format_args!(
            "# {}\n[[access]]\nid = \"{}\"\nservice = \"{}\"\n",
            limit.note, limit.id, limit.service
        ),
    );
    match limit.ask {
        Ask::Within(km, percent) => push(
            text,
            format_args!("rule = \"within\"\nkm = {km:.1}\nshare = 0.{percent:02}\n"),
        ),
        Ask::WorstCase(km, increase) => {
            push(text, format_args!("rule = \"worst_case\"\nkm = {km:.1}\n"));
            if increase > 0.0 {
                push(text, format_args!("increase_km = {increase:.1}\n"));
            }
        }
        Ask::Displacement(km, hard) => push(
            text,
            format_args!("rule = \"displacement\"\nkm = {km:.1}\nhard = {hard}\n"),
        ),
        Ask::Mean(percent) => push(
            text,
            format_args!("rule = \"mean\"\nwithin_today = 0.{percent:02}\n"),
        ),
    }
    if let Some(group) = limit.group {
        push(text, format_args!("group = \"{group}\"\n"));
    }
    text.push('\n');
}
