//! The sums at the top of the plan, and the arithmetic of bound and gap.

use super::discrepancy::{Found, in_pence, of_plan, pounds};
use super::ledger::RUNNING;
use super::money::Money;
use super::numbers::numbers_in;
use super::reading::Reading;
use super::zones::{Distances, straight_km};
use crate::place::{Grade, Objective, Opposed, ServiceIx, Unit};
use crate::plan::{BoundSource, LedgerLine, Plan, Status, TravelStage};

/// A cost of a whole plan agrees to the penny, but for the noise of adding up amounts of its size.
fn slack(cost: f64) -> i128 {
    2 + in_pence(cost.abs() * 1e-10)
}

/// Gaps follow from printed amounts to the last digit.
const LAST_DIGIT: f64 = 1e-9;
/// Person-km are shown to a tenth.
const HALF_TENTH: f64 = 0.05;

/// Checks value, saving, running cost, bound, gap and the travel stage.
pub(super) fn check(
    reading: &Reading<'_>,
    money: &Money,
    distances: &Distances,
    found: &mut Found,
) {
    let plan = reading.plan;
    costs(plan, money, found);
    running(plan, found);
    bound(plan, found);
    confidence(reading, found);
    appraised(plan, found);
    conflicts(reading, found);
    if let Some(stage) = &plan.travel {
        let own = person_km(reading, distances);
        travel_stage(reading, stage, own, found);
        super::journeys::check(reading, stage, distances, found);
    }
}

fn costs(plan: &Plan, money: &Money, found: &mut Found) {
    let why = "the cost worked out from the place is another";
    let (value, field) = (money.value, of_plan("value"));
    found.money("money-differs", field, value, plan.value, slack(value), why);
    let why = "the cost of today's arrangement is another";
    let (today, field) = (money.do_minimum, of_plan("do_minimum"));
    found.money(
        "money-differs",
        field,
        today,
        plan.do_minimum,
        slack(today),
        why,
    );
    match plan.objective {
        Objective::NetPresentValue => {
            let sum = lines(plan).fold(0_i128, |sum, line| {
                sum.saturating_add(in_pence(line.npv_gbp))
            });
            let why = "the saving is not the sum of the present values of the ledger's lines";
            found.sum(of_plan("saving_gbp"), sum, plan.saving_gbp, why);
        }
        Objective::RunningCost => {
            let saving = in_pence(plan.do_minimum).saturating_sub(in_pence(plan.value));
            let why = "the saving is not do_minimum − value";
            found.sum(of_plan("saving_gbp"), saving, plan.saving_gbp, why);
        }
    }
    let why = "the saving worked out from the place is another";
    let saving = money.do_minimum - money.value;
    // The saving is a sum of lines, each rounded on its own.
    let rounded = match plan.objective {
        Objective::NetPresentValue => money.lines.len() as i128 / 2,
        Objective::RunningCost => 0,
    };
    let slack = slack(money.do_minimum) + slack(money.value) + rounded;
    let field = of_plan("saving_gbp");
    found.money("money-differs", field, saving, plan.saving_gbp, slack, why);
}

/// Running cost in scope: sums of printed lines.
fn running(plan: &Plan, found: &mut Found) {
    let sum = |amount: fn(&LedgerLine) -> f64| {
        lines(plan)
            .filter(|line| RUNNING.contains(&line.line.as_str()))
            .fold(0_i128, |sum, line| {
                sum.saturating_add(in_pence(amount(line)))
            })
    };
    let why = "it is not the sum of the printed running lines";
    let (today, after) = (sum(|line| line.today_gbp), sum(|line| line.after_gbp));
    found.sum(
        of_plan("running_cost_today_gbp"),
        today,
        plan.running_cost_today_gbp,
        why,
    );
    found.sum(
        of_plan("running_cost_after_gbp"),
        after,
        plan.running_cost_after_gbp,
        why,
    );
}

fn lines(plan: &Plan) -> impl Iterator<Item = &LedgerLine> {
    plan.ledger.iter().flat_map(|ledger| &ledger.lines)
}

/// The gap of a value above a bound; none where the value is nothing and the bound below it.
fn gap_of(value: f64, bound: f64) -> Option<f64> {
    if value - bound <= 0.0 {
        return Some(0.0);
    }
    Some((value - bound) / value.abs()).filter(|gap| gap.is_finite())
}

/// bound ≤ value, and every figure that is made of the two.
fn bound(plan: &Plan, found: &mut Found) {
    let Some(bound) = plan.bound else {
        let why = "nothing is proven without a bound";
        for (name, figure) in [
            ("gap", plan.gap),
            ("saving_at_most_gbp", plan.saving_at_most_gbp),
            ("saving_gap", plan.saving_gap),
        ] {
            found.maybe("gap-differs", of_plan(name), None, figure, 0.0, why);
        }
        if plan.bound_source != BoundSource::None {
            found.note(
                "gap-differs",
                of_plan("bound_source"),
                "none",
                "another",
                why,
            );
        }
        if plan.status == Status::WithinGap {
            found.note("gap-differs", of_plan("status"), "limit", "within_gap", why);
        }
        return;
    };
    if plan.bound_source == BoundSource::None {
        let why = "a bound comes from somewhere";
        found.note(
            "gap-differs",
            of_plan("bound_source"),
            "its source",
            "none",
            why,
        );
    }
    // Written so that a bound that is not a number is noted.
    let below = bound <= plan.value + 0.01;
    if !below {
        let why = "a bound above the plan's own cost proves nothing";
        let (most, said) = (format!("at most {}", pounds(plan.value)), pounds(bound));
        found.note("bound-above-value", of_plan("bound"), most, said, why);
    }
    let why = "it is not (value − bound) ÷ |value|";
    let gap = gap_of(plan.value, bound);
    found.maybe(
        "gap-differs",
        of_plan("gap"),
        gap,
        plan.gap,
        LAST_DIGIT,
        why,
    );
    let most = plan.do_minimum - bound;
    let why = "it is not do_minimum − bound";
    let printed = plan.saving_at_most_gbp;
    match printed {
        Some(said) => {
            found.money(
                "money-differs",
                of_plan("saving_at_most_gbp"),
                most,
                said,
                1,
                why,
            );
        }
        None => found.maybe(
            "gap-differs",
            of_plan("saving_at_most_gbp"),
            Some(most),
            None,
            0.0,
            why,
        ),
    }
    let saves = plan.saving_gbp > 0.0;
    let saving_gap = saves.then(|| (most - plan.saving_gbp).max(0.0) / plan.saving_gbp);
    let why = "it is not (saving_at_most − saving) ÷ saving";
    // A penny's rounding of a small saving is a larger share of it.
    let slack = LAST_DIGIT + if saves { 0.02 / plan.saving_gbp } else { 0.0 };
    found.maybe(
        "gap-differs",
        of_plan("saving_gap"),
        saving_gap,
        plan.saving_gap,
        slack,
        why,
    );
    ending(plan, bound, found);
}

/// Whether a search ended within its gap. It is said of the first stage: the second may give some of
/// it up for less travel.
fn ending(plan: &Plan, bound: f64, found: &mut Found) {
    let stage = plan.travel.as_ref();
    let first = stage.map_or(plan.value, |stage| stage.first_value);
    let Some(gap) = gap_of(first, bound) else {
        return;
    };
    // Value and bound are rounded to the penny; the search compares gaps to a hundred-millionth.
    let penny = 0.02 / first.abs().max(0.01) + 2e-8;
    let asked = plan.run.gap_asked;
    let (right, wrong, why) = match plan.status {
        Status::WithinGap if gap > asked + penny => {
            ("limit", "within_gap", "the gap asked for was not reached")
        }
        Status::Limit if gap <= asked - penny => {
            ("within_gap", "limit", "the gap asked for was reached")
        }
        Status::Interrupted if gap <= asked - penny => {
            ("within_gap", "interrupted", "the gap asked for was reached")
        }
        _ => return,
    };
    found.note("gap-differs", of_plan("status"), right, wrong, why);
}

/// The letter of confidence and the share behind it: of the running cost in scope today, how much is a
/// default; all of it where nothing is known to cost anything. That running cost is checked by itself.
fn confidence(reading: &Reading<'_>, found: &mut Found) {
    let cost = reading.plan.running_cost_today_gbp;
    let mut defaulted = 0.0;
    for (building, in_play) in reading.place.buildings.iter().zip(&reading.scope.in_play) {
        let assumed = building.running_fixed.grade == Grade::Defaulted;
        if *in_play && assumed && building.proposed.is_none() {
            defaulted += building.running_fixed.value.get();
        }
    }
    let share = if cost > 0.0 { defaulted / cost } else { 1.0 };
    let letter = match share {
        share if share < 0.05 => 'A',
        share if share < 0.20 => 'B',
        share if share < 0.50 => 'C',
        _ => 'D',
    };
    let said = &reading.plan.confidence;
    let numbers = numbers_in(said);
    let near = |percent: &f64| (percent - share * 100.0).abs() <= 0.050_001;
    let right = match numbers.as_slice() {
        [percent] => near(percent),
        _ => false,
    };
    if !(said.starts_with(letter) && right) {
        let expected = format!("{letter}, {:.1} %", share * 100.0);
        let why = "another share of today's cost leans on defaults";
        found.note("grade-differs", of_plan("confidence"), expected, said, why);
    }
}

/// A plan that people chose proves nothing and has no second stage.
fn appraised(plan: &Plan, found: &mut Found) {
    if plan.status != Status::Appraised {
        return;
    }
    let why = "nothing was searched, so nothing is proven";
    if let Some(bound) = plan.bound {
        found.note("gap-differs", of_plan("bound"), "null", pounds(bound), why);
    }
    if plan.travel.is_some() {
        let why = "nothing was searched, so there was no second stage";
        found.note("travel-differs", of_plan("travel"), "null", "a stage", why);
    }
}

/// Every record that people decide opposite things about is named, in the order of the place.
fn conflicts(reading: &Reading<'_>, found: &mut Found) {
    let place = reading.place;
    let own = place.opposed_decisions();
    let said = &reading.plan.conflicts;
    let named = |(opposed, words): (&Opposed<'_>, &String)| {
        let id = place.id_of(opposed.record);
        words.starts_with(&format!("{id}: "))
    };
    if own.len() != said.len() || !own.iter().zip(said).all(named) {
        let ids: Vec<&str> = own.iter().map(|one| place.id_of(one.record)).collect();
        let why = "the records that decisions oppose each other about are others";
        let expected = format!("[{}]", ids.join(", "));
        found.note(
            "conflict-differs",
            of_plan("conflicts"),
            expected,
            said.join("; "),
            why,
        );
    }
}

/// Demand × distance to the nearest host, km, today and under the plan.
fn person_km(reading: &Reading<'_>, distances: &Distances) -> (f64, f64) {
    let place = reading.place;
    let (mut today, mut after) = (0.0, 0.0);
    for (at, _) in place.services().filter(|(_, service)| service.counter) {
        let near = distances.to(at, &straight_km());
        for ((_, zone), (before, then)) in place.zones().zip(near.today.into_iter().zip(near.after))
        {
            let demand = demand(zone, at);
            if let (Some(before), Some(then)) = (before, then) {
                today += demand * before.to_user(Unit::Km);
                after += demand * then.to_user(Unit::Km);
            }
        }
    }
    (today, after)
}

fn demand(zone: &crate::place::Zone, service: ServiceIx) -> f64 {
    zone.demand
        .get(service.index())
        .map_or(0.0, |people| people.get())
}

fn travel_stage(reading: &Reading<'_>, stage: &TravelStage, own: (f64, f64), found: &mut Found) {
    let plan = reading.plan;
    let why = "travel worked out from the place is another";
    for (name, expected, printed) in [
        ("travel.person_km_today", own.0, stage.person_km_today),
        ("travel.person_km", own.1, stage.person_km),
    ] {
        found.number(
            "travel-differs",
            of_plan(name),
            expected,
            printed,
            HALF_TENTH,
            why,
        );
    }
    let give = reading.place.finance.travel_give;
    let why = "the place gives another share";
    found.number(
        "travel-differs",
        of_plan("travel.give"),
        give,
        stage.give,
        1e-9,
        why,
    );
    let most = stage.first_value + give * stage.first_value.abs();
    let within = plan.value <= most + 1.0;
    if !within {
        let why = "the second stage gave more than it may";
        let (most, said) = (format!("at most {}", pounds(most)), pounds(plan.value));
        found.note("travel-differs", of_plan("value"), most, said, why);
    }
    let shorter = stage.person_km <= stage.person_km_first + 2.0 * HALF_TENTH;
    if !shorter && stage.aim.is_none() {
        let why = "the second stage is for less travel, not for more";
        let most = format!("at most {}", stage.person_km_first);
        found.note(
            "travel-differs",
            of_plan("travel.person_km"),
            most,
            stage.person_km,
            why,
        );
    }
    if let Some(bound) = plan.bound {
        let above = stage.first_value >= bound - 0.01;
        if !above {
            let why = "no plan costs less than the bound";
            let least = format!("at least {}", pounds(bound));
            let said = pounds(stage.first_value);
            found.note(
                "bound-above-value",
                of_plan("travel.first_value"),
                least,
                said,
                why,
            );
        }
    }
}
