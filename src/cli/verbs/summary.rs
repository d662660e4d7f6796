//! A plan on one screen.

use super::access_table::{When, access};
use super::how_sure::sureness;
use super::in_years::{in_years, of_programme};
use crate::cli::out;
use crate::cli::say::hanging;
use crate::place::currency;
use crate::place::words::{count, counted, pounds, signed_percent, whole};
use crate::place::{Grade, Objective, Place};
use crate::plan::{
    Action, Outcome, Plan, PlannedPoint, SplitStepName, TogetherLinks, Trial, Worth,
};
use std::collections::BTreeSet;
use std::fmt::Write;

/// The column at which the words beside a figure begin.
const BESIDE: usize = 45;

/// What a person reads after `plan`, `appraise` or `check`: what is proposed, what it saves and of
/// what, how sure we are, and where every access rule stands.
pub(super) fn of(plan: &Plan, place: &Place, set_aside: usize) -> String {
    let mut text = format!("{}, base date {}\n", plan.place, plan.base_date);
    let _ = writeln!(text, "{}", proposal(plan));
    text.push_str(&without(set_aside));
    text.push('\n');
    money(&mut text, plan);
    text.push_str(&leaning(plan, place).unwrap_or_default());
    losers(&mut text, plan);
    together(&mut text, plan);
    text.push_str(&limits(plan));
    if !plan.rules.is_empty() {
        text.push('\n');
        text.push_str(&access(&plan.rules, When::TodayAndAfter, out::width()));
    }
    for conflict in &plan.conflicts {
        let _ = writeln!(text, "\nconflict: {conflict}");
    }
    text
}

/// That rows are missing from every figure that follows.
pub(super) fn without(set_aside: usize) -> String {
    match set_aside {
        0 => String::new(),
        many => format!(
            "{} set aside and {} in no figure below: rejected.csv has {}, quality.csv says why\n",
            counted(many, "row was", "rows were"),
            if many == 1 { "is" } else { "are" },
            if many == 1 { "it" } else { "them" },
        ),
    }
}

/// The same for a machine.
pub(super) fn json(plan: &Plan) -> serde_json::Value {
    serde_json::json!({
        "status": plan.status,
        "objective": plan.objective,
        "value": plan.value,
        "bound": plan.bound,
        "gap": plan.gap,
        "saving_gbp": plan.saving_gbp,
        "saving_at_most_gbp": plan.saving_at_most_gbp,
        "running_cost_today_gbp": plan.running_cost_today_gbp,
        "running_cost_after_gbp": plan.running_cost_after_gbp,
        "worth": plan.worth.iter().find(|worth| worth.agency.is_none()),
        "confidence": plan.confidence,
        "points": plan.points,
        "limits": plan.limits,
        "saving_split": plan.saving_split,
        "least_transfers": plan.least_transfers,
        "together": plan.together,
        "rules": plan.rules,
        "programme": plan.programme.as_ref().map(|programme| serde_json::json!({
            "status": programme.status,
            "gap_of": programme.gap_of,
            "value": programme.value,
            "bound": programme.bound,
            "gap": programme.gap,
            "saving_gbp": programme.saving_gbp,
            "saving_at_most_gbp": programme.saving_at_most_gbp,
            "end_state_saving_gbp": programme.end_state_saving_gbp,
            "worth": programme.worth.iter().find(|worth| worth.agency.is_none()),
            "between": programme.between,
            "postponed": programme.postponed,
            "relief": programme.relief,
        })),
    })
}

fn proposal(plan: &Plan) -> String {
    let in_question: Vec<_> = plan
        .buildings
        .iter()
        .filter(|b| b.action != Action::Outside)
        .collect();
    let gone = in_question.iter().filter(|b| !b.action.is_open()).count();
    let hosts = in_question
        .iter()
        .filter(|b| b.action == Action::Host)
        .count();
    let moved = plan
        .occupiers
        .iter()
        .filter(|o| o.outcome != Outcome::Stay)
        .count();
    format!(
        "keeps {} of {} in the plan, {} of which {} others in; lets {} go; moves {} of {}",
        number(in_question.len() - gone),
        count(in_question.len(), "building"),
        number(hosts),
        if hosts > 1 { "take" } else { "takes" },
        number(gone),
        number(moved),
        counted(
            plan.occupiers.len(),
            "team or counter",
            "teams and counters"
        ),
    ) + &opened(plan)
}

/// The new counters that open, and what they cost.
fn opened(plan: &Plan) -> String {
    if plan.points.is_empty() {
        return String::new();
    }
    let sum = |cost: fn(&PlannedPoint) -> f64| pounds(plan.points.iter().map(cost).sum());
    format!(
        "; opens {} at {} a year and {} once",
        counted(plan.points.len(), "new counter", "new counters"),
        sum(|one| one.running_gbp),
        sum(|one| one.one_off_gbp),
    )
}

pub(super) fn number(count: usize) -> String {
    match count {
        0 => "none".to_owned(),
        count => whole(count as f64),
    }
}

fn money(text: &mut String, plan: &Plan) {
    let (what, unit) = match (plan.objective, &plan.programme) {
        (Objective::NetPresentValue, Some(_)) => ("  all done in year 0", ""),
        (Objective::NetPresentValue, None) => ("saving, net present value", ""),
        (Objective::RunningCost, _) => ("saving, running cost", "a year "),
    };
    of_programme(text, plan);
    let saving = format!("{unit}{}", sureness(plan));
    figure(text, what, &pounds(plan.saving_gbp), saving.trim_end());
    split(text, plan);
    let (before, after) = (plan.running_cost_today_gbp, plan.running_cost_after_gbp);
    let share = if before > 0.0 {
        (after - before) / before
    } else {
        0.0
    };
    let running = format!(
        "a year, from {} today ({} of the running cost in scope)",
        pounds(before),
        signed_percent(share)
    );
    figure(text, "running cost", &pounds(after), &running);
    let one_off = plan.one_off();
    let once = match one_off.beside(pounds) {
        words if words.is_empty() => "once".to_owned(),
        words => format!("once; {words}"),
    };
    figure(text, "one-off cost", &pounds(one_off.beyond_today), &once);
    let receipts: f64 = plan.ledger.iter().map(|agency| agency.receipts_gbp).sum();
    let part = match plan.objective {
        Objective::NetPresentValue => "part of the present value, not of the running cost",
        Objective::RunningCost => "no part of the saving",
    };
    let owed = match owed_to_others(plan) {
        0.0 => String::new(),
        owed => format!(
            "; {} of it is owed to others, and in the one-off cost",
            pounds(owed)
        ),
    };
    let receipt = format!("once, before the cost of selling; {part}{owed}");
    figure(text, "receipts", &pounds(receipts), &receipt);
    worth(text, plan);
    chance(text, plan);
    in_years(text, plan);
    if let Some(travel) = &plan.travel {
        let shortened = match travel.person_km_first - travel.person_km >= 0.5 {
            true => format!(
                "; {} in the cheapest plan found, before journeys were shortened",
                whole(travel.person_km_first)
            ),
            false => String::new(),
        };
        let km = format!(
            "km for everybody to go once to each service they need, {} today{shortened}",
            whole(travel.person_km_today)
        );
        figure(text, "journeys", &whole(travel.person_km), &km);
        if let Some(aim) = &travel.aim {
            figure(text, "  made least", &whole(aim.person_km), &aim.in_words());
        }
    }
    let (grade, share) = plan
        .confidence
        .split_once(' ')
        .unwrap_or((&plan.confidence, ""));
    figure(text, "confidence", grade, share);
}

/// What an overage or a grant takes of the receipts.
fn owed_to_others(plan: &Plan) -> f64 {
    let lines = plan.ledger.iter().flat_map(|agency| &agency.lines);
    lines
        .filter(|line| ["overage", "clawback"].contains(&line.line.as_str()))
        .map(|line| line.after_gbp)
        .sum()
}

/// How the saving comes about.
fn split(text: &mut String, plan: &Plan) {
    let steps = plan.saving_split.iter().flat_map(|split| &split.steps);
    for step in steps {
        let (what, words) = match step.step {
            SplitStepName::Alone => (
                "  of it, own buildings",
                "each agency in its own buildings, every counter kept",
            ),
            SplitStepName::Sharing => (
                "  sharing adds",
                "moves into each other's buildings, every counter kept",
            ),
            SplitStepName::Closing => (
                "  closing adds",
                "counters that merge into another of their service",
            ),
            SplitStepName::ShorterJourneys => {
                ("  given for journeys", "so that people travel less")
            }
        };
        let most = step
            .saving_at_most_gbp
            .filter(|_| step.moves.len() + step.let_go.len() > 0);
        let beside = match (&step.none, most) {
            (Some(reason), _) => reason.clone(),
            (None, Some(most)) => format!(
                "{words}; {} so far, at most {}",
                pounds(step.saving_gbp),
                pounds(most)
            ),
            (None, None) => words.to_owned(),
        };
        figure(text, what, &pounds(step.adds_gbp), &beside);
    }
}

/// Transfers that the screen names, the largest.
const TRANSFERS_SHOWN: usize = 6;

/// Who loses by the plan, and the least that repairs it.
fn losers(text: &mut String, plan: &Plan) {
    let least = &plan.least_transfers;
    if least.total_gbp == 0.0 && least.unmet_gbp == 0.0 {
        return;
    }
    let mut largest: Vec<_> = least.transfers.iter().collect();
    largest.sort_by(|one, other| other.gbp.total_cmp(&one.gbp));
    let shown = largest.iter().take(TRANSFERS_SHOWN);
    let mut paid: Vec<String> = shown
        .map(|one| format!("{} to {} {}", one.from, one.to, pounds(one.gbp)))
        .collect();
    if let more @ 1.. = largest.len().saturating_sub(TRANSFERS_SHOWN) {
        paid.push(format!("{more} more in transfers.csv"));
    }
    let short = match least.unmet_gbp {
        0.0 => String::new(),
        unmet => format!(
            "; {} stays missing: the others do not gain as much",
            pounds(unmet)
        ),
    };
    let beside = format!(
        "present value, the least that would leave no agency worse off: {}{short}",
        paid.join(", ")
    );
    figure(text, "transfers needed", &pounds(least.total_gbp), &beside);
}

/// Services under one roof.
fn together(text: &mut String, plan: &Plan) {
    if plan.together.is_empty() {
        return;
    }
    let sum = |of: fn(&TogetherLinks) -> usize| plan.together.iter().map(of).sum::<usize>();
    let money: f64 = plan
        .together
        .iter()
        .filter_map(|one| one.change_gbp_a_year)
        .sum();
    let points: f64 = plan
        .together
        .iter()
        .filter_map(|one| one.change_points)
        .sum();
    let mut beside = format!(
        "under one roof with a service they do better beside, {} today: {} gained, {} broken",
        number(sum(|one| one.links_today)),
        number(sum(|one| one.gained.len())),
        number(sum(|one| one.broken.len())),
    );
    if plan.together.iter().any(|one| one.gbp_a_year.is_some()) {
        let _ = write!(
            beside,
            "; {} a year at the stated values, no part of the saving",
            pounds(money)
        );
    }
    if plan.together.iter().any(|one| one.points.is_some()) {
        let _ = write!(beside, "; {points} points");
    }
    figure(
        text,
        "links between services",
        &number(sum(|one| one.links_after)),
        &beside,
    );
}

/// When the money is back, and what each pound spent brings: of the programme where there is one.
fn worth(text: &mut String, plan: &Plan) {
    let of_all = |worths: &[Worth]| worths.iter().find(|one| one.agency.is_none()).cloned();
    let at_once = of_all(&plan.worth);
    let programme = plan.programme.as_ref();
    let Some(whole) = programme.map_or(at_once.clone(), |one| of_all(&one.worth)) else {
        return;
    };
    let by = |year: Option<u32>| match year {
        Some(year) => format!("year {year}"),
        None => "never".to_owned(),
    };
    if whole.most_out_gbp < 0.5 {
        return;
    }
    let end_state = at_once.filter(|_| programme.is_some());
    let beside = format!(
        "({} is out at most; in present value {}; without receipts {}{})",
        pounds(whole.most_out_gbp),
        by(whole.payback_discounted_year),
        by(whole.payback_without_receipts_year),
        end_state.as_ref().map_or(String::new(), |all| format!(
            "; were all done in year 0, {}",
            by(all.payback_year)
        )),
    );
    figure(text, "all money back by", &by(whole.payback_year), &beside);
    if let Some(ratio) = whole.benefit_cost_ratio {
        let before = end_state.and_then(|all| all.benefit_cost_ratio);
        let beside = format!(
            "of benefit for each {}1 spent once; equivalent annual cost {}, {} today{}",
            currency::sign(),
            pounds(whole.annual_cost_after_gbp),
            pounds(whole.annual_cost_today_gbp),
            before.map_or(String::new(), |ratio| format!(
                "; were all done in year 0, {ratio:.2}"
            )),
        );
        figure(text, "benefit–cost ratio", &format!("{ratio:.2}"), &beside);
    }
}

/// Every limit on money on a line.
fn limits(plan: &Plan) -> String {
    let mut text = String::new();
    for limit in &plan.limits {
        let who = limit.agency.as_deref().unwrap_or("all together");
        let (asked, after) = (pounds(limit.limit_gbp), pounds(limit.after_gbp));
        let beside = match (limit.limit.as_str(), limit.of_gbp) {
            ("no_agency_worse_off", _) => {
                format!("present value for {who}, at least {asked} asked")
            }
            (_, Some(of)) => format!("a year to run, at most {asked} of {} in scope", pounds(of)),
            _ => format!("spent once by {who}, at most {asked}"),
        };
        let kept = if limit.kept { "" } else { ": BROKEN" };
        if text.is_empty() {
            text.push_str("\n  limits on money\n");
        }
        figure(&mut text, &limit.limit, &after, &format!("{beside}{kept}"));
    }
    text
}

/// How often the plan beats today where the money turns out otherwise.
fn chance(text: &mut String, plan: &Plan) {
    let trial = &plan.sensitivity_as_done().trial;
    if trial.is_empty() {
        return;
    }
    let percent = |trial: &Trial| 100.0 * f64::from(trial.better) / f64::from(trial.draws.max(1));
    let end_state = match plan.programme {
        Some(_) => format!(
            "; were all done in year 0, {:.1} %",
            percent(&plan.sensitivity.trial)
        ),
        None => String::new(),
    };
    let beside = format!(
        "of {} draws from the ranges of sensitivity.csv, this {} held fixed; one in ten is worth {} or less{}",
        whole(f64::from(trial.draws)),
        match plan.programme {
            Some(_) => "programme",
            None => "plan",
        },
        pounds(trial.npv_p10_gbp),
        end_state
    );
    figure(
        text,
        "better than today in",
        &format!("{:.1} %", percent(trial)),
        &beside,
    );
}

/// One figure on a line: what it is, how much, and words beside it.
pub(super) fn figure(text: &mut String, what: &str, much: &str, beside: &str) {
    let beside = hanging(beside, BESIDE, out::width());
    let line = format!("  {what:<27} {much:>14} {beside}");
    let _ = writeln!(text, "{}", line.trim_end());
}

/// How much of what is avoided is running cost that nobody stated, in present value.
fn leaning(plan: &Plan, place: &Place) -> Option<String> {
    let defaulted: BTreeSet<&str> = place
        .buildings
        .iter()
        .filter(|building| building.running_fixed.grade == Grade::Defaulted)
        .map(|building| building.id.as_str())
        .collect();
    let lines: Vec<_> = plan
        .ledger
        .iter()
        .flat_map(|agency| &agency.lines)
        .filter(|line| line.line == "running_fixed" && line.npv_gbp > 0.0)
        .filter(|line| defaulted.contains(line.subject.as_str()))
        .collect();
    let leans: f64 = lines.iter().map(|line| line.npv_gbp).sum();
    if lines.is_empty() || plan.objective != Objective::NetPresentValue || plan.saving_gbp <= 0.0 {
        return None;
    }
    let mut text = String::new();
    let beside = format!(
        "of avoided running cost, in present value, at {} none",
        counted(lines.len(), "building that states", "buildings that state")
    );
    figure(&mut text, "resting on defaults", &pounds(leans), &beside);
    Some(text)
}
