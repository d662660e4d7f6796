//! What became of an approved plan when the data moved on: the same arrangement, judged on the new data.

use super::assemble::{Found, assemble};
use super::carried_out::in_the_way;
use super::choice::Choice;
use super::compile::Sources;
use super::in_play::Standing;
use super::money_report::LimitVerdict;
use super::report::Plan;
use super::settings_drift::{SettingDrift, settings};
use super::solve::with_sources;
use super::verify::verify;
use crate::access::{RuleVerdict, Verdict};
use crate::place::Place;
use crate::travel::Travel;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// What became of a plan on other data than it was made from.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Drift {
    /// Base date of the plan.
    pub planned_on: String,
    /// Input files that are not what they were; empty where the plan is of these very data.
    pub files: Vec<FileDrift>,
    /// Limits and assumptions of `place.toml` that are not what they were.
    pub settings: Vec<SettingDrift>,
    /// Buildings, teams and counters of the plan that the data no longer have.
    pub gone: Vec<String>,
    /// Those that the data have and the plan does not know.
    pub new: Vec<String>,
    /// What keeping everything costs: when the plan was made, £ (or £ a year).
    pub do_minimum_then: f64,
    /// The same on the data of now.
    pub do_minimum_now: f64,
    /// What the plan saved, £ (or £ a year).
    pub saving_then_gbp: f64,
    /// What the same arrangement saves on the data of now.
    pub saving_now_gbp: f64,
    /// Access rules that it would fail now.
    pub rules: Vec<RuleVerdict>,
    /// Limits on money that it would break now.
    pub limits: Vec<LimitVerdict>,
    /// What else is in its way, in sentences: a host that is gone, no room, a lock, somebody who may no longer
    /// be there.
    pub in_the_way: Vec<String>,
}

/// An input file that is not what it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FileDrift {
    /// Its name.
    pub file: String,
    /// `changed`, `new` or `gone`.
    pub now: &'static str,
}

impl Drift {
    /// Whether the plan stands as it was approved: nothing it rests on has changed.
    pub fn is_none(&self) -> bool {
        self.files.is_empty() && self.settings.is_empty() && !self.fails()
    }

    /// Whether the arrangement of the plan is one that could be planned no more.
    pub fn fails(&self) -> bool {
        !(self.rules.is_empty() && self.limits.is_empty() && self.in_the_way.is_empty())
    }
}

/// Judges the arrangement of an earlier plan on the data of now.
pub fn drift(place: &Place, travel: &Travel, last: &Plan) -> Drift {
    let (now, in_the_way) = with_sources(place, travel, last.objective, false, |from| {
        let choice = arranged(from, last);
        let now = assemble(from, &choice, Found::appraised("an earlier plan"));
        let found = verify(place, travel, &now);
        let in_the_way = in_the_way(place, from.in_play, last, &found);
        (now, in_the_way)
    });
    let fails = |rule: &&RuleVerdict| rule.verdict == Verdict::Fail;
    let (gone, new) = records(place, last);
    Drift {
        planned_on: last.base_date.clone(),
        files: files(&last.run.inputs, &now.run.inputs),
        settings: settings(last, &now),
        gone,
        new,
        do_minimum_then: last.do_minimum,
        do_minimum_now: now.do_minimum,
        saving_then_gbp: last.saving_gbp,
        saving_now_gbp: now.saving_gbp,
        rules: now.rules.iter().filter(fails).cloned().collect(),
        limits: now.limits.iter().filter(|one| !one.kept).cloned().collect(),
        in_the_way,
    }
}

/// Everybody where the plan has them, and the buildings that it keeps open.
fn arranged(from: &Sources<'_>, last: &Plan) -> Choice {
    let place = from.place;
    let kept: BTreeMap<&str, bool> = last
        .buildings
        .iter()
        .map(|one| (one.asset_id.as_str(), one.action.is_open()))
        .collect();
    let mut choice = Choice::of_arrangement(place, from.in_play, last.arrangement(place));
    let mut held = vec![false; place.buildings.len()];
    for building in &choice.arrangement.building {
        held[building.index()] = true;
    }
    for (at, building) in place.buildings() {
        let free = from.in_play.standing[at.index()] == Standing::Free;
        if let (true, Some(kept)) = (free, kept.get(building.id.as_str())) {
            choice.open[at.index()] = held[at.index()] || *kept;
        }
    }
    choice.parts = Choice::of_plan(place, from.in_play, last).parts;
    from.keep_free_parts(&mut choice);
    choice
}

/// The data and settings in which two plans of a place are apart, the first as what was and the second as what is.
pub fn data_apart(first: &Plan, second: &Plan) -> (Vec<FileDrift>, Vec<SettingDrift>) {
    let files = files(&first.run.inputs, &second.run.inputs);
    (files, settings(first, second))
}

fn files(then: &BTreeMap<String, String>, now: &BTreeMap<String, String>) -> Vec<FileDrift> {
    let names: BTreeSet<&String> = then.keys().chain(now.keys()).collect();
    let drift = |file: &String| {
        let now = match (then.get(file), now.get(file)) {
            (Some(then), Some(now)) if then == now => return None,
            (Some(_), Some(_)) => "changed",
            (Some(_), None) => "gone",
            (None, _) => "new",
        };
        Some(FileDrift {
            file: file.clone(),
            now,
        })
    };
    names.into_iter().filter_map(drift).collect()
}

/// Ids that only the plan has, and those that only the place has.
fn records(place: &Place, last: &Plan) -> (Vec<String>, Vec<String>) {
    let buildings = place.buildings.iter().map(|one| one.id.as_str());
    let teams = place.occupiers.iter().map(|one| one.id.as_str());
    let now: BTreeSet<&str> = buildings.chain(teams).collect();
    let buildings = last.buildings.iter().map(|one| one.asset_id.as_str());
    let teams = last.occupiers.iter().map(|one| one.occupier.as_str());
    let then: BTreeSet<&str> = buildings.chain(teams).collect();
    let only = |some: &BTreeSet<&str>, others: &BTreeSet<&str>| {
        some.difference(others).map(|id| (*id).to_owned()).collect()
    };
    (only(&then, &now), only(&now, &then))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::place::sample::six_buildings;
    use crate::plan::{Wish, plan, plan_close_to};

    fn exact() -> Wish {
        Wish {
            gap: 0.0,
            second_stage: false,
            ..Wish::default()
        }
    }

    #[test]
    fn a_plan_on_its_own_data_has_not_drifted() {
        let place = six_buildings();
        let travel = Travel::new(&place, Vec::new());
        let plan = plan(&place, &travel, &exact(), &()).expect("a plan");
        let drift = drift(&place, &travel, &plan);
        assert!(drift.is_none(), "{drift:?}");
        assert!((drift.saving_now_gbp - plan.saving_gbp).abs() < 0.01);
        assert!(drift.gone.is_empty() && drift.new.is_empty());
    }

    #[test]
    fn a_limit_and_a_rate_that_changed_are_told_with_what_they_were() {
        let mut place = six_buildings();
        let travel = Travel::new(&place, Vec::new());
        let last = plan(&place, &travel, &exact(), &()).expect("a plan");
        place.rules[0] = place.rules[0].with_threshold(0.9);
        place.finance.fees_share = 0.2;
        let told: Vec<String> = drift(&place, &travel, &last)
            .settings
            .into_iter()
            .map(|one| format!("{} {}: {}, now {}", one.kind, one.name, one.then, one.now))
            .collect();
        assert_eq!(told.len(), 2, "{told:?}");
        assert!(told[0].contains("80.0 % within") && told[0].contains("now 90.0 % within"));
        assert_eq!(
            told[1],
            "assumed finance.fees_share: 12 % of fit-out, now 20 % of fit-out"
        );
    }

    #[test]
    fn a_building_that_is_too_small_now_is_in_the_way_of_the_plan() {
        let mut place = six_buildings();
        let travel = Travel::new(&place, Vec::new());
        let last = plan(&place, &travel, &exact(), &()).expect("a plan");
        let host = last.occupiers.iter().find(|one| one.from_id != one.to_id);
        let host = host.expect("somebody moves").to_id.clone();
        let at = place.building_named(&host).expect("it is there");
        let needs = place.occupiers.iter().map(|one| one.needs.total().get());
        let largest = needs.fold(0.0, f64::max);
        place.buildings[at.index()].usable.value =
            place.buildings[at.index()].usable.value.scaled(1e-3);
        assert!(largest > 0.0);
        let drift = drift(&place, &travel, &last);
        assert!(drift.fails(), "{drift:?}");
    }

    #[test]
    fn a_plan_whose_host_is_gone_cannot_be_carried_out() {
        let mut place = six_buildings();
        let travel = Travel::new(&place, Vec::new());
        let last = plan(&place, &travel, &exact(), &()).expect("a plan");
        let mover = last.occupiers.iter().find(|one| one.from_id != one.to_id);
        let mover = mover.expect("somebody moves").clone();
        let at = place.building_named(&mover.to_id).expect("it is there");
        place.buildings[at.index()].id = "another".into();
        let travel = Travel::new(&place, Vec::new());
        let drift = drift(&place, &travel, &last);
        assert!(drift.fails(), "{drift:?}");
        let told = &drift.in_the_way[0];
        assert!(
            told.starts_with(&format!("{} is no longer in the data: ", mover.to_id))
                && told.contains(&mover.occupier)
                && told.contains("to move there"),
            "{told}"
        );
    }

    #[test]
    fn a_building_that_was_to_go_and_is_kept_by_a_decision_is_in_the_way_of_the_plan() {
        let mut place = six_buildings();
        let travel = Travel::new(&place, Vec::new());
        let last = plan(&place, &travel, &exact(), &()).expect("a plan");
        let gone = last.buildings.iter().position(|one| !one.action.is_open());
        let gone = gone.expect("one is let go");
        place.buildings[gone].lock = crate::place::Lock::Keep;
        let drift = drift(&place, &travel, &last);
        assert!(drift.fails(), "{drift:?}");
        assert_eq!(drift.in_the_way.len(), 1, "{drift:?}");
        let told = &drift.in_the_way[0];
        assert!(told.ends_with("and a decision keeps it now"), "{told}");
    }

    #[test]
    fn what_is_in_the_way_is_said_in_sentences_without_fields_of_a_file() {
        let mut place = six_buildings();
        let travel = Travel::new(&place, Vec::new());
        let last = plan(&place, &travel, &exact(), &()).expect("a plan");
        let host = last.occupiers.iter().find(|one| one.from_id != one.to_id);
        let host = host.expect("somebody moves").to_id.clone();
        let at = place.building_named(&host).expect("it is there");
        place.buildings[at.index()].usable.grade = crate::place::Grade::Defaulted;
        let drift = drift(&place, &travel, &last);
        assert!(drift.fails(), "{drift:?}");
        let told = drift.in_the_way.join("\n");
        assert!(told.contains("nobody may move into"), "{told}");
        assert!(!told.contains("expected") && !told.contains('['), "{told}");
    }

    #[test]
    fn a_dear_change_keeps_a_new_plan_where_the_last_one_was() {
        let place = six_buildings();
        let travel = Travel::new(&place, Vec::new());
        let today = crate::access::Arrangement::today(&place);
        let free = plan_close_to(&place, &travel, &exact(), &today, &[], 0.0, &()).expect("a plan");
        assert!(free.occupiers.iter().any(|one| one.from_id != one.to_id));
        let close =
            plan_close_to(&place, &travel, &exact(), &today, &[], 1e9, &()).expect("a plan");
        assert!(close.occupiers.iter().all(|one| one.from_id == one.to_id));
        // What a change costs the search is no cost of the plan.
        assert!(verify(&place, &travel, &close).is_empty());
        assert!(close.value <= close.do_minimum + 0.01);
    }
}
