//! Each limit where it alone decides.

use super::{Campuses, limits, rows};
use crate::place::{
    AgencyIx, CapitalBudget, Fence, GbpPerYear, MoneyLimits, Place, Site, SiteId, SiteIx, Transfer,
    WorseOff, sample,
};
use crate::plan::solve::{plan as planned, with_sources};
use crate::plan::verify::verify;
use crate::plan::{Plan, PlanError, Wish};
use crate::siting::{Ask, Term, solve};
use crate::travel::Travel;
use std::time::Duration;

fn wish() -> Wish {
    Wish {
        gap: 0.0,
        time: Duration::from_secs(20),
        second_stage: false,
        ..Wish::default()
    }
}

fn try_plan(place: &Place) -> Result<Plan, PlanError> {
    let travel = Travel::new(place, Vec::new());
    let plan = planned(place, &travel, &wish(), &())?;
    let found = verify(place, &travel, &plan);
    assert!(found.is_empty(), "{found:#?}");
    Ok(plan)
}

fn limited(limits: MoneyLimits) -> Place {
    let mut place = sample::six_buildings();
    place.finance.limits = limits;
    place
}

fn spent(plan: &Plan) -> f64 {
    let lines = plan.ledger.iter().flat_map(|ledger| &ledger.lines);
    let once = ["fit_out", "fees", "move", "disposal_cost"];
    lines
        .filter(|line| once.contains(&line.line.as_str()))
        .map(|line| line.after_gbp)
        .sum()
}

fn budget(pooled: f64, receipts_count: bool) -> MoneyLimits {
    MoneyLimits {
        budget: Some(CapitalBudget {
            pooled: Some(pooled),
            receipts_count,
            ..CapitalBudget::default()
        }),
        ..MoneyLimits::default()
    }
}

#[test]
fn a_capital_budget_alone_decides_what_can_be_moved() {
    let free = try_plan(&sample::six_buildings()).expect("a plan");
    assert!(spent(&free) > 100_000.0, "{}", spent(&free));
    let half = try_plan(&limited(budget(spent(&free) / 2.0, false))).expect("a plan");
    assert!(spent(&half) <= spent(&free) / 2.0 + 1.0);
    assert!(half.saving_gbp < free.saving_gbp);
    assert!(half.limits[0].kept);
    let none = try_plan(&limited(budget(0.0, false))).expect("today is a plan");
    assert_eq!((spent(&none), none.saving_gbp), (0.0, 0.0));
}

#[test]
fn receipts_that_count_buy_what_the_budget_alone_does_not() {
    // Every sale brings £1,000,000, more than any move costs.
    let free = try_plan(&sample::six_buildings()).expect("a plan");
    let place = limited(budget(0.0, true));
    let plan = try_plan(&place).expect("a plan");
    assert_eq!(plan.saving_gbp, free.saving_gbp);
    assert!(plan.limits[0].after_gbp < 0.0);
}

#[test]
fn receipts_for_one_purpose_buy_nothing_and_those_for_their_owner_nothing_for_others() {
    let fenced = |fence: Fence, owners: &[usize]| {
        let mut place = limited(budget(0.0, true));
        for building in &mut place.buildings {
            if owners.contains(&building.agency.index()) {
                building.receipt_terms.fence = Some(fence.clone());
            }
        }
        try_plan(&place).expect("today is a plan")
    };
    let free = try_plan(&limited(budget(0.0, true))).expect("a plan");
    let none = try_plan(&limited(budget(0.0, false))).expect("today is a plan");
    let purpose = fenced(Fence::Purpose("housing".into()), &[0, 1]);
    assert_eq!(spent(&purpose), spent(&none));
    // Each agency sells for £1,000,000 more than its own moves cost.
    let own = fenced(Fence::Owner, &[0, 1]);
    assert!(own.saving_gbp <= free.saving_gbp);
    for ledger in &own.ledger {
        let sum = |codes: &[&str]| -> f64 {
            let lines = ledger.lines.iter();
            let lines = lines.filter(|line| codes.contains(&line.line.as_str()));
            lines.map(|line| line.after_gbp).sum()
        };
        let paid = sum(&["fit_out", "fees", "move", "disposal_cost"]);
        assert!(paid <= sum(&["receipt"]) + 1.0, "{}: {paid}", ledger.agency);
    }
    assert!(own.limits[0].after_gbp <= 0.0);
}

#[test]
fn an_agencys_own_budget_leaves_the_other_free() {
    let mut place = limited(budget(1e9, false));
    let budget = place.finance.limits.budget.as_mut().expect("stated");
    budget.by_agency.insert(AgencyIx::new(0), 0.0);
    let plan = try_plan(&place).expect("a plan");
    let council = plan.ledger[0]
        .lines
        .iter()
        .filter(|line| line.line == "fit_out");
    assert_eq!(council.count(), 0);
}

#[test]
fn no_agency_pays_for_another_beyond_its_tolerance() {
    let free = try_plan(&sample::six_buildings()).expect("a plan");
    let gain = free.ledger[0].npv_gbp;
    // The council would pay £1 more than it gains: the plan that is best for all is barred.
    let transfer = Transfer {
        from: AgencyIx::new(0),
        to: AgencyIx::new(1),
        amount: gain + 10.0,
    };
    let worse_off = |tolerance: f64| MoneyLimits {
        worse_off: Some(WorseOff {
            tolerance,
            ..WorseOff::default()
        }),
        transfers: vec![transfer.clone()],
        ..MoneyLimits::default()
    };
    match try_plan(&limited(worse_off(0.0))) {
        Ok(plan) => {
            assert!(plan.saving_gbp < free.saving_gbp);
            assert!(plan.ledger[0].npv_gbp >= transfer.amount - 1.0);
        }
        Err(error) => assert!(error.to_string().contains("no_agency_worse_off"), "{error}"),
    }
    let tolerated = try_plan(&limited(worse_off(20.0))).expect("a plan");
    assert_eq!(tolerated.saving_gbp, free.saving_gbp);
}

#[test]
fn a_limit_that_nothing_keeps_is_named() {
    let place = limited(MoneyLimits {
        worse_off: Some(WorseOff::default()),
        transfers: vec![Transfer {
            from: AgencyIx::new(0),
            to: AgencyIx::new(1),
            amount: 1e9,
        }],
        ..MoneyLimits::default()
    });
    let error = try_plan(&place).expect_err("nobody gains a thousand million");
    let told = error.to_string();
    assert!(
        told.contains("limit no_agency_worse_off (council may lose at most £0"),
        "{told}"
    );
}

#[test]
fn a_savings_target_alone_makes_a_plan_that_costs_more_than_today() {
    let mut place = sample::six_buildings();
    for rate in place.finance.fit_out_gbp_m2.values_mut() {
        *rate = 50_000.0;
    }
    let free = try_plan(&place).expect("a plan");
    assert_eq!(spent_on_moves(&free), 0.0);
    let saved = 1.0 - free.running_cost_after_gbp / free.running_cost_today_gbp;
    place.finance.limits.savings_share = Some(saved + 0.1);
    let plan = try_plan(&place).expect("a plan");
    assert!(spent_on_moves(&plan) > 0.0);
    assert!(plan.saving_gbp < free.saving_gbp);
    // Today's £346,500 are the denominator.
    assert_eq!(plan.limits[0].of_gbp, Some(346_500.0));
    assert!(plan.running_cost_after_gbp <= (0.9 - saved) * 346_500.0 + 1.0);
}

fn spent_on_moves(plan: &Plan) -> f64 {
    let lines = plan.ledger.iter().flat_map(|ledger| &ledger.lines);
    let fit_out = lines.filter(|line| line.line == "fit_out");
    fit_out.map(|line| line.after_gbp).sum()
}

/// Six buildings, of which A2 and A3 share a site with a cost of its own.
fn campus() -> Place {
    let mut place = limited(MoneyLimits {
        worse_off: Some(WorseOff {
            tolerance: 1e9,
            ..WorseOff::default()
        }),
        savings_share: Some(0.0),
        ..budget(1e9, true)
    });
    place.sites.push(Site {
        id: SiteId::new("S"),
        name: "Campus".into(),
        fixed_cost: GbpPerYear(80_000.0),
    });
    for building in [2, 3] {
        place.buildings[building].site = Some(SiteIx::new(0));
    }
    place
}

#[test]
fn a_row_adds_up_to_the_sum_of_the_plan_also_where_a_site_is_shared() {
    for mut place in [sample::six_buildings(), campus()] {
        if place.sites.is_empty() {
            place.finance.limits = campus().finance.limits;
        }
        let travel = Travel::new(&place, Vec::new());
        with_sources(&place, &travel, place.finance.objective, false, |from| {
            let compiled = from.compile();
            let ask = Ask {
                gap: 0.0,
                time: Duration::from_secs(20),
                seed: 1,
                rounds: None,
                least_travel_within: None,
            };
            let answer = solve(&compiled.problem, &ask, &()).expect("a solution");
            let choice = from.choice(&compiled, &answer.solution);
            let sums = from.sums();
            let stated = compiled
                .problem
                .rows
                .iter()
                .filter(|row| row.name.starts_with("limit "));
            let all = limits(&sums);
            assert_eq!(stated.clone().count(), all.len());
            for (row, limit) in stated.zip(all) {
                let total: f64 = row
                    .terms
                    .iter()
                    .map(|(term, amount)| match term {
                        Term::Site(site) => {
                            amount * f64::from(u8::from(answer.solution.open[*site]))
                        }
                        Term::Placement(at) => {
                            amount * f64::from(u8::from(answer.solution.chosen.contains(at)))
                        }
                    })
                    .sum();
                let constant = limit.most - row.at_most.expect("an upper limit") * 1e3;
                let own = limit.amount(&sums, &choice);
                assert!(
                    (total * 1e3 + constant - own).abs() < 0.01,
                    "{}: {own}",
                    row.name
                );
            }
        });
    }
}

#[test]
fn a_shared_site_that_is_let_go_whole_keeps_the_limits_it_is_verified_by() {
    let plan = try_plan(&campus()).expect("a plan");
    assert!(plan.saving_gbp > 0.0);
    assert!(plan.limits.iter().all(|limit| limit.kept));
}

#[test]
fn nothing_is_added_to_a_problem_without_limits() {
    let place = sample::six_buildings();
    let travel = Travel::new(&place, Vec::new());
    with_sources(&place, &travel, place.finance.objective, false, |from| {
        assert!(from.compile().problem.rows.is_empty());
        assert!(rows(&from.sums(), &[], &Campuses::default(), &Default::default()).is_empty());
    });
}
