//! What a place asks and assumes otherwise than when a plan was made.

use super::money_report::LimitVerdict;
use super::report::Plan;
use crate::place::words::pounds;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// A setting that is not what it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SettingDrift {
    /// `asked` of a limit on access or money, `assumed` of a rate or default.
    pub kind: &'static str,
    /// The id of the limit, or the name of the assumption.
    pub name: String,
    /// What it was; empty where it is new.
    pub then: String,
    /// What it is; empty where it is gone.
    pub now: String,
}

/// The settings in which a plan and what its arrangement is now differ: limits first.
pub(super) fn settings(last: &Plan, now: &Plan) -> Vec<SettingDrift> {
    let mut differ = between("asked", &asked(last), &asked(now));
    differ.extend(between("assumed", &assumed(last), &assumed(now)));
    differ
}

fn asked(plan: &Plan) -> BTreeMap<String, String> {
    let rules = plan.rules.iter().map(|rule| {
        let soft = if rule.hard { "" } else { ", soft" };
        (rule.rule.clone(), format!("{}{soft}", rule.limit))
    });
    let limits = plan.limits.iter().map(|limit| (id(limit), figure(limit)));
    rules.chain(limits).collect()
}

fn id(limit: &LimitVerdict) -> String {
    match &limit.agency {
        Some(agency) => format!("{}:{agency}", limit.limit),
        None => limit.limit.clone(),
    }
}

/// A share stays what it is where what it is of changes.
fn figure(limit: &LimitVerdict) -> String {
    match limit.of_gbp.filter(|of| *of > 0.0) {
        Some(of) => format!("{:.1} %", (1.0 - limit.limit_gbp / of) * 100.0),
        None => pounds(limit.limit_gbp),
    }
}

fn assumed(plan: &Plan) -> BTreeMap<String, String> {
    let all = plan.assumptions.iter();
    all.map(|one| (one.name.clone(), one.value.clone()))
        .collect()
}

fn between(
    kind: &'static str,
    then: &BTreeMap<String, String>,
    now: &BTreeMap<String, String>,
) -> Vec<SettingDrift> {
    let names: BTreeSet<&String> = then.keys().chain(now.keys()).collect();
    let of = |all: &BTreeMap<String, String>, name| all.get(name).cloned().unwrap_or_default();
    let drift = names.into_iter().map(|name| SettingDrift {
        kind,
        name: name.clone(),
        then: of(then, name),
        now: of(now, name),
    });
    drift.filter(|one| one.then != one.now).collect()
}
