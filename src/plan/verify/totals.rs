//! The sums at the top of the plan, and the arithmetic of bound and gap.

use super::discrepancy::{Found, in_pence, of_plan, pounds};
use super::ledger::RUNNING;
use super::money::Money;
use super::reading::Reading;
use crate::place::{Measure, Mode, Objective, ServiceIx, Unit};
use crate::plan::{LedgerLine, Plan, Status, TravelStage};
use crate::siting::BoundSource;
use crate::travel::Travel;

/// Money sums of a whole plan agree within a pound.
const POUND: i128 = 100;
/// A gap is shown to a hundredth of a per cent.
const HALF_BASIS_POINT: f64 = 5e-5;
/// Person-km are shown to a tenth.
const HALF_TENTH: f64 = 0.05;

/// Checks value, saving, running cost, bound, gap and the travel stage.
pub(super) fn check(reading: &Reading<'_>, money: &Money, travel: &Travel, found: &mut Found) {
    let plan = reading.plan;
    costs(plan, money, found);
    running(plan, found);
    bound(plan, found);
    confidence(reading, found);
    if let Some(stage) = &plan.travel {
        let own = person_km(reading, travel);
        travel_stage(reading, stage, own, found);
    }
}

fn costs(plan: &Plan, money: &Money, found: &mut Found) {
    let why = "the cost worked out from the place is another";
    found.money(
        "money-differs",
        of_plan("value"),
        money.value,
        plan.value,
        POUND,
        why,
    );
    let why = "the cost of today's arrangement is another";
    found.money(
        "money-differs",
        of_plan("do_minimum"),
        money.do_minimum,
        plan.do_minimum,
        POUND,
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
    found.money(
        "money-differs",
        of_plan("saving_gbp"),
        saving,
        plan.saving_gbp,
        POUND,
        why,
    );
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
        HALF_BASIS_POINT,
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
    let slack = HALF_BASIS_POINT + if saves { 0.02 / plan.saving_gbp } else { 0.0 };
    found.maybe(
        "gap-differs",
        of_plan("saving_gap"),
        saving_gap,
        plan.saving_gap,
        slack,
        why,
    );
    if plan.status == Status::WithinGap {
        // A bound is rounded down to the penny.
        let asked = plan.run.gap_asked + HALF_BASIS_POINT;
        // It is said of the first stage: the second may give some of it up for less travel.
        let first = plan
            .travel
            .as_ref()
            .map_or(plan.value, |stage| stage.first_value);
        let gap = gap_of(first, bound);
        let reached = first - bound <= 0.01 || gap.is_some_and(|gap| gap <= asked);
        if !reached {
            let why = "the gap asked for was not reached";
            found.note("gap-differs", of_plan("status"), "limit", "within_gap", why);
        }
    }
}

/// The letter that `confidence` begins with.
fn confidence(reading: &Reading<'_>, found: &mut Found) {
    let letter = reading.place.confidence().grade;
    let said = &reading.plan.confidence;
    if !said.starts_with(letter) {
        let why = "another share of today's cost leans on defaults";
        found.note("grade-differs", of_plan("confidence"), letter, said, why);
    }
}

/// Demand × distance to the nearest host, km, today and under the plan.
fn person_km(reading: &Reading<'_>, travel: &Travel) -> (f64, f64) {
    let place = reading.place;
    let straight = Measure {
        mode: Mode::Straight,
        unit: Unit::Km,
    };
    let (mut today, mut after) = (0.0, 0.0);
    for (at, _) in place.services().filter(|(_, service)| service.counter) {
        let before = super::zones::nearest(place, travel, &straight, &reading.hosts_today(at));
        let then = super::zones::nearest(place, travel, &straight, &reading.hosts_after(at));
        for ((_, zone), (before, then)) in place.zones().zip(before.into_iter().zip(then)) {
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
    if !shorter {
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
