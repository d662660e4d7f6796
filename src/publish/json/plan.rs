//! `plan.json`: the plan itself. For partners it is whole, and `verify` reads it; for others the
//! figures they may not see are null, and it says whom it was printed for.

use super::super::about::NOTICE;
use super::super::audience::Audience;
use super::super::edition::Issue;
use super::super::error::PublishError;
use super::super::exporter::Page;
use super::super::tables::meaning;
use crate::access::OF_ONE_GROUP;
use serde_json::{Value, json};

/// Keys of `plan.json` and the field of the audience table each of them is.
const BUILDING: [(&str, &str); 12] = [
    ("act_year", "act_year"),
    ("running_today_gbp", "run_today_gbp"),
    ("running_after_gbp", "run_after_gbp"),
    ("one_off_gbp", "capex_gbp"),
    ("receipt_gbp", "receipt_gbp"),
    ("npv_gbp", "npv_gbp"),
    ("epc_liability_gbp", "epc_liability_gbp"),
    ("epc_left_gbp", "epc_left_gbp"),
    ("value_forgone_gbp", "value_forgone_gbp"),
    ("part_m2", "part_m2"),
    ("void_today_gbp", "void_today_gbp"),
    ("void_after_gbp", "void_after_gbp"),
];
const OCCUPIER: [(&str, &str); 3] = [
    ("area_m2", "area_m2"),
    ("basis", "basis"),
    ("one_off_gbp", "one_off_gbp"),
];
const POINT: [(&str, &str); 4] = [
    ("area_m2", "area_m2"),
    ("running_gbp", "new_counter_gbp_y"),
    ("one_off_gbp", "new_counter_gbp"),
    ("reason", "new_counter_reason"),
];
const AGENCY: [(&str, &str); 9] = [
    ("recurring_today_gbp", "recurring_today_gbp"),
    ("recurring_after_gbp", "recurring_after_gbp"),
    ("one_off_gbp", "agency_one_off_gbp"),
    ("repairs_avoided_gbp", "repairs_avoided_gbp"),
    ("repairs_anyway_gbp", "repairs_anyway_gbp"),
    ("receipts_gbp", "receipts_gbp"),
    ("recharge_net_gbp", "recharge_net_gbp"),
    ("recharge_npv_gbp", "recharge_npv_gbp"),
    ("npv_gbp", "npv_gbp"),
];

pub(in super::super) fn export(issue: &Issue<'_>) -> Result<Vec<Page>, PublishError> {
    let fault = |fault| PublishError::page("plan.json", fault);
    // Written as it is where all of it is seen: as a tree of values a nation's plan takes ten times the memory.
    let mut bytes = if issue.edition.audience.sees_all() {
        serde_json::to_vec_pretty(issue.plan())
    } else {
        let mut plan = serde_json::to_value(issue.plan()).map_err(fault)?;
        redact(issue, &mut plan);
        serde_json::to_vec_pretty(&plan)
    }
    .map_err(fault)?;
    bytes.push(b'\n');
    Ok(vec![Page::new("plan.json", bytes)])
}

fn redact(issue: &Issue<'_>, plan: &mut Value) {
    let audience = &issue.edition.audience;
    plan["audience"] = json!(audience.to_string());
    plan["notice"] = json!(NOTICE);
    let secret = |row: &Value, key: &str| !issue.shows_id(text(row, key));
    retain(plan, "buildings", |row| !secret(row, "asset_id"));
    let hidden: Vec<&str> = hidden_occupiers(issue);
    retain(plan, "occupiers", |row| {
        !hidden.contains(&text(row, "occupier"))
    });
    for rule in rows(plan, "rules") {
        if OF_ONE_GROUP.contains(&text(rule, "kind")) {
            for key in ["today", "enforced", "after"] {
                rule[key] = Value::Null;
            }
        }
        retain(rule, "worst", |row| !hidden.contains(&text(row, "id")));
        for key in ["people_short_today", "people_short_after"] {
            few(rule, key, audience);
        }
        for worst in rows(rule, "worst") {
            few(worst, "people", audience);
        }
    }
    for building in rows(plan, "buildings") {
        let owner = issue
            .building_named(text(building, "asset_id"))
            .map(|(_, known)| issue.agency_id(known.agency));
        blank(building, &BUILDING, audience, owner);
        if building["host_id"]
            .as_str()
            .is_some_and(|id| !issue.shows_id(id))
        {
            building["host_id"] = Value::Null;
        }
        if !audience.sees("words", owner) {
            let action = serde_json::from_value(building["action"].clone());
            building["reason"] = json!(action.map_or("", meaning));
        }
    }
    for occupier in rows(plan, "occupiers") {
        let owner = issue
            .occupier_named(text(occupier, "occupier"))
            .map(|(_, known)| issue.agency_id(known.agency));
        blank(occupier, &OCCUPIER, audience, owner);
        if !audience.sees("words", owner) {
            occupier["reason"] = json!("");
        }
    }
    retain(plan, "points", |row| !secret(row, "building_id"));
    for point in rows(plan, "points") {
        let owner = text(point, "agency").to_owned();
        blank(point, &POINT, audience, Some(&owner));
    }
    retain(plan, "visits", |row| !secret(row, "building_id"));
    for host in rows(plan, "visits") {
        retain(host, "overflow", |row| !secret(row, "building_id"));
        for key in ["today", "after", "without_room", "huff_after"] {
            few(host, key, audience);
        }
        for next in rows(host, "overflow") {
            few(next, "visits", audience);
        }
    }
    for agency in rows(plan, "ledger") {
        let id = text(agency, "agency").to_string();
        blank(agency, &AGENCY, audience, Some(&id));
        if !audience.sees("npv_gbp", Some(&id)) {
            agency["lines"] = json!([]);
        }
    }
    let seen = |row: &Value| {
        let owner = row["agency"].as_str();
        audience.sees("npv_gbp", owner)
    };
    retain(plan, "cash_flow", seen);
    retain(plan, "worth", seen);
    retain(plan, "limits", seen);
    plan["sensitivity"] = Value::Null;
    if let Some(run) = plan["run"].as_object_mut() {
        // Where files are is nobody else's.
        run.remove("place");
        run.remove("decisions");
    }
    // A programme tells the terms of leases; an agency's own steps are in its programme.csv.
    if let Some(whole) = plan.as_object_mut() {
        for key in [
            "programme",
            "saving_split",
            "least_transfers",
            "together",
            "successors",
        ] {
            whole.remove(key);
        }
    }
    // Oppositions of two bodies are told in free words, prices and all.
    plan["conflicts"] = json!([]);
}

/// The occupiers that the audience may not know of.
fn hidden_occupiers<'a>(issue: &Issue<'a>) -> Vec<&'a str> {
    let planned = issue.plan().occupiers.iter();
    planned
        .filter_map(|planned| Some((planned, issue.occupier_named(&planned.occupier)?.1)))
        .filter(|(planned, occupier)| !issue.shows_occupier(planned, occupier))
        .map(|(planned, _)| planned.occupier.as_str())
        .collect()
}

fn retain(row: &mut Value, list: &str, keep: impl Fn(&Value) -> bool) {
    if let Some(rows) = row.get_mut(list).and_then(Value::as_array_mut) {
        rows.retain(keep);
    }
}

/// A count of people in tens, null where it is too small to show.
fn few(row: &mut Value, key: &str, audience: &Audience) {
    if let Some(people) = row[key].as_f64() {
        row[key] = match audience.hides(people) {
            true => Value::Null,
            false => json!(audience.told(people)),
        };
    }
}

fn rows<'a>(plan: &'a mut Value, list: &str) -> impl Iterator<Item = &'a mut Value> {
    plan.get_mut(list)
        .and_then(Value::as_array_mut)
        .into_iter()
        .flatten()
}

fn text<'a>(row: &'a Value, key: &str) -> &'a str {
    row.get(key).and_then(Value::as_str).unwrap_or_default()
}

fn blank(row: &mut Value, keys: &[(&str, &str)], audience: &Audience, owner: Option<&str>) {
    for (key, field) in keys {
        if !audience.sees(field, owner) {
            row[*key] = Value::Null;
        }
    }
}
