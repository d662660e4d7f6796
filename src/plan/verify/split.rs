//! The saving in steps: each step's estate is put together from its moves, held against what it may do,
//! and its money worked out again.

use super::discrepancy::{Discrepancy, Figure, Found, in_pence, of};
use super::exit::cheapest;
use super::money::{Money, work_out};
use super::reading::Reading;
use super::rules::stand;
use super::years::Years;
use super::zones::Distances;
use super::{part, sharing, space, structure};
use crate::access::Verdict;
use crate::place::{Objective, Place};
use crate::plan::{Action, Outcome, Plan, SavingSplit, SplitStep, SplitStepName};
use crate::travel::Travel;
use std::collections::BTreeMap;

/// Faults of the lists of the plan itself, which are named there.
const OF_THE_LISTS: [&str; 4] = ["unknown-id", "listed-twice", "left-out", "out-of-order"];

/// Checks the steps of a plan that has them.
pub(super) fn check(reading: &Reading<'_>, travel: &Travel, found: &mut Found) {
    let Some(split) = &reading.plan.saving_split else {
        return;
    };
    names(split, found);
    added(split, found);
    ends_in_the_plan(reading.plan, split, found);
    for step in &split.steps {
        if matches!(step.step, SplitStepName::Alone | SplitStepName::Sharing) {
            by_itself(reading, travel, step, found);
        }
    }
}

fn figure<'a>(step: &'a SplitStep, field: &str) -> Figure<'a> {
    of("saving_split", step.step.name(), field)
}

fn names(split: &SavingSplit, found: &mut Found) {
    let said: Vec<&str> = split.steps.iter().map(|step| step.step.name()).collect();
    let known = ["alone", "sharing", "closing", "shorter_journeys"];
    if said != known && said != known[..3] {
        let why = "the steps of a saving are these, in this order";
        let field = super::discrepancy::of_plan("saving_split.steps");
        found.note(
            "split-differs",
            field,
            known.join(", "),
            said.join(", "),
            why,
        );
    }
}

/// What each step adds is its saving less that of the step before.
fn added(split: &SavingSplit, found: &mut Found) {
    let mut before = 0;
    for step in &split.steps {
        let saving = in_pence(step.saving_gbp);
        let why = "it is not the step's saving less that of the step before";
        found.sum(
            figure(step, "adds_gbp"),
            saving - before,
            step.adds_gbp,
            why,
        );
        before = saving;
    }
}

/// The last step is the plan; before its journeys were shortened it saved what the first stage cost less.
fn ends_in_the_plan(plan: &Plan, split: &SavingSplit, found: &mut Found) {
    let Some(last) = split.steps.last() else {
        return;
    };
    let why = "the last step is the plan itself";
    let saving = in_pence(plan.saving_gbp);
    found.sum(figure(last, "saving_gbp"), saving, last.saving_gbp, why);
    gains(plan, last, 0, found);
    let given = plan.travel.as_ref().map_or(0, |stage| {
        in_pence(plan.value).saturating_sub(in_pence(stage.first_value))
    });
    for step in split.steps.iter().skip(2) {
        let own = match step.step {
            SplitStepName::Closing => saving.saturating_add(given),
            _ => saving,
        };
        let why = "it is not what the plan saved before its journeys were shortened";
        found.sum(figure(step, "saving_gbp"), own, step.saving_gbp, why);
        let why = "the plan's own bound";
        found.maybe(
            "split-differs",
            figure(step, "saving_at_most_gbp"),
            plan.saving_at_most_gbp,
            step.saving_at_most_gbp,
            0.005,
            why,
        );
        let bare = step.moves.is_empty() && step.let_go.is_empty() && step.parts.is_empty();
        if !(bare && step.none.is_none()) {
            let why = "its moves are those of the plan";
            found.note("split-differs", figure(step, "moves"), "none", "some", why);
        }
    }
}

/// What each agency gains is what its ledger says, give or take the rounding of its lines.
fn gains(plan: &Plan, step: &SplitStep, slack: i128, found: &mut Found) {
    let wanted = plan.objective == Objective::NetPresentValue;
    let own: BTreeMap<&str, f64> = match wanted {
        true => plan
            .ledger
            .iter()
            .map(|l| (l.agency.as_str(), l.npv_gbp))
            .collect(),
        false => BTreeMap::new(),
    };
    let said: BTreeMap<&str, f64> = step
        .agencies
        .iter()
        .map(|one| (one.agency.as_str(), one.npv_gbp))
        .collect();
    if !own.keys().eq(said.keys()) || said.len() != step.agencies.len() {
        let why = "each agency's gain is listed once";
        let listed = |keys: Vec<&str>| keys.join(", ");
        let (right, wrong) = (
            listed(own.into_keys().collect()),
            listed(said.into_keys().collect()),
        );
        found.note("split-differs", figure(step, "agencies"), right, wrong, why);
        return;
    }
    for (agency, gain) in &own {
        let field = figure(step, &format!("agencies[{agency}].npv_gbp"));
        let why = "the agency's lines come to another sum";
        found.money("money-differs", field, *gain, said[agency], slack, why);
    }
}

/// A step that is not the plan: allowed, within the hard rules, and worth what it says.
fn by_itself(reading: &Reading<'_>, travel: &Travel, step: &SplitStep, found: &mut Found) {
    if step.none.is_some() {
        let nothing = step.moves.is_empty()
            && step.let_go.is_empty()
            && step.opened.is_empty()
            && step.parts.is_empty();
        if !nothing || in_pence(step.saving_gbp) != 0 {
            let why = "a step without a plan does nothing";
            found.note("split-differs", figure(step, "moves"), "none", "some", why);
        }
        return;
    }
    let place = without_merging(reading.place);
    let estate = settled(&place, estate(reading, step, found));
    let own = Reading::of(&place, &estate);
    let mut faults = Found::default();
    structure::check(&own, &mut faults);
    space::check(&own, &mut faults);
    part::check(&own, &mut faults);
    sharing::check(&own, travel, &mut faults);
    hard_rules(&own, travel, &mut faults);
    if step.step == SplitStepName::Alone {
        keeps_to_itself(&own, step, found);
        faults.0.retain(|fault| !waits(fault));
    }
    faults.0.retain(|fault| !OF_THE_LISTS.contains(&fault.code));
    found
        .0
        .extend(faults.0.into_iter().map(|fault| Discrepancy {
            figure: format!("saving_split[{}].{}", step.step.name(), fault.figure),
            ..fault
        }));
    money(&own, step, found);
}

/// Nobody merges before the last step.
fn without_merging(place: &Place) -> Place {
    let mut own = place.clone();
    own.services
        .iter_mut()
        .for_each(|service| service.may_merge = false);
    own
}

/// Whether a fault is only that a decision which needs another agency waits.
fn waits(fault: &Discrepancy) -> bool {
    matches!(fault.code, "lock-ignored" | "decision-ignored")
        || fault.code == "receives-nobody" && fault.message.ends_with("locked dispose")
}

/// The plan with a step's moves in place of its own.
fn estate(reading: &Reading<'_>, step: &SplitStep, found: &mut Found) -> Plan {
    let place = reading.place;
    let mut plan = Plan {
        points: Vec::new(),
        visits: Vec::new(),
        saving_split: None,
        programme: None,
        ..reading.plan.clone()
    };
    let mut moves: BTreeMap<&str, &str> = BTreeMap::new();
    for one in &step.moves {
        let known = place
            .occupiers
            .iter()
            .any(|o| o.id.as_str() == one.occupier)
            && place.building_named(&one.to_id).is_some();
        let twice = moves.insert(&one.occupier, &one.to_id).is_some();
        if !known || twice {
            let why = "each move is of one occupier of the place to one of its buildings";
            let field = figure(step, &format!("moves[{}]", one.occupier));
            found.note("split-differs", field, "once, known", &one.to_id, why);
        }
    }
    for planned in &mut plan.occupiers {
        let to = moves.get(planned.occupier.as_str()).copied();
        planned.outcome = match to {
            Some(to) if to != planned.from_id => Outcome::Move,
            _ => Outcome::Stay,
        };
        planned.to_id = to.map_or_else(|| planned.from_id.clone(), str::to_owned);
    }
    let listed = |list: &[String], id: &str| list.iter().any(|one| one == id);
    for planned in &mut plan.buildings {
        let at = place.building_named(&planned.asset_id);
        let proposed = at.is_some_and(|at| place.building(at).proposed.is_some());
        let in_play = at.is_some_and(|at| reading.scope.in_play[at.index()]);
        let gone = listed(&step.let_go, &planned.asset_id)
            || proposed && !listed(&step.opened, &planned.asset_id);
        planned.action = match (in_play, gone) {
            (false, _) => Action::Outside,
            (true, true) if proposed => Action::Outside,
            (true, true) => Action::Mothball,
            (true, false) => Action::Retain,
        };
        let part = at.and_then(|at| place.building(at).part.as_deref());
        planned.part_m2 = part
            .filter(|_| listed(&step.parts, &planned.asset_id))
            .map(|part| part.floor.total().get());
    }
    for id in step.let_go.iter().chain(&step.opened).chain(&step.parts) {
        if place.building_named(id).is_none() {
            let why = "the place has no such building";
            found.note(
                "split-differs",
                figure(step, "let_go"),
                "a building",
                id,
                why,
            );
        }
    }
    plan
}

/// The same with each building's action as it follows from who is where.
fn settled(place: &Place, mut plan: Plan) -> Plan {
    let years = Years::of(&place.finance);
    let actions: Vec<(String, Action)> = {
        let reading = Reading::of(place, &plan);
        let buildings = place.buildings();
        buildings
            .filter_map(|(at, building)| {
                let said = reading.buildings[at.index()]?.action;
                let action = match said {
                    Action::Mothball => cheapest(place, at, &years, reading.site_stays(at)).action,
                    Action::Retain if reading.takes_in(at) => Action::Host,
                    said => said,
                };
                Some((building.id.to_string(), action))
            })
            .collect()
    };
    let actions: BTreeMap<String, Action> = actions.into_iter().collect();
    for planned in &mut plan.buildings {
        if let Some(action) = actions.get(&planned.asset_id) {
            planned.action = *action;
        }
    }
    plan
}

fn hard_rules(reading: &Reading<'_>, travel: &Travel, found: &mut Found) {
    let distances = Distances::of(reading, travel);
    for rule in reading.place.rules.iter().filter(|rule| rule.hard) {
        let (own, _) = stand(reading, travel, &distances, rule);
        if own.verdict(rule.hard) == Verdict::Fail {
            let field = of("rules", rule.id.as_str(), "after");
            let why = "a hard rule does not hold";
            let (most, after) = (own.enforced, own.after);
            let shown = super::discrepancy::shown;
            found.note("rule-broken", field, shown(most), shown(after), why);
        }
    }
}

/// Alone, teams and counters stay among their own agency's buildings, and guests stay.
fn keeps_to_itself(reading: &Reading<'_>, step: &SplitStep, found: &mut Found) {
    let place = reading.place;
    for (at, occupier) in place.occupiers() {
        let Some(seat) = reading.seats[at.index()].filter(|seat| seat.arrives) else {
            continue;
        };
        let own = |building| place.building(building).agency == occupier.agency;
        if !(own(occupier.building) && own(seat.building)) {
            let field = figure(step, &format!("moves[{}]", occupier.id));
            let to = place.building(seat.building).id.as_str();
            let why = "alone, an agency moves its own among its own buildings";
            found.note("split-differs", field, "its own building", to, why);
        }
    }
}

fn money(reading: &Reading<'_>, step: &SplitStep, found: &mut Found) {
    let money = work_out(reading);
    let lines = money.lines.len() as i128;
    let own = match reading.plan.objective {
        Objective::NetPresentValue => money.lines.values().map(|line| line.npv).sum(),
        Objective::RunningCost => money.do_minimum - money.value,
    };
    let why = "the step's estate, worked out from the place, saves another sum";
    let field = figure(step, "saving_gbp");
    found.money(
        "money-differs",
        field,
        own,
        step.saving_gbp,
        lines / 2 + 2,
        why,
    );
    if let Some(most) = step.saving_at_most_gbp
        && most < step.saving_gbp - 0.01 * (lines as f64 / 2.0 + 2.0)
    {
        let why = "no plan of the step saves more than its bound";
        let (most, saved) = (format!("at least {}", step.saving_gbp), most);
        found.note(
            "bound-above-value",
            figure(step, "saving_at_most_gbp"),
            most,
            saved,
            why,
        );
    }
    let with_gains = Plan {
        ledger: sums_by_agency(reading, &money),
        ..reading.plan.clone()
    };
    gains(&with_gains, step, lines / 2 + 2, found);
}

/// Ledgers with nothing in them but what each agency gains.
fn sums_by_agency(reading: &Reading<'_>, money: &Money) -> Vec<crate::plan::AgencyLedger> {
    let agencies = reading.plan.ledger.iter();
    agencies
        .map(|ledger| {
            let mine = |agency: crate::place::AgencyIx| {
                reading.place.agency(agency).id.as_str() == ledger.agency
            };
            let lines = money.lines.iter().filter(|(key, _)| mine(key.0));
            let sum: f64 = lines.map(|(_, line)| line.npv).sum();
            crate::plan::AgencyLedger {
                npv_gbp: in_pence(sum) as f64 / 100.0,
                lines: Vec::new(),
                ..ledger.clone()
            }
        })
        .collect()
}
