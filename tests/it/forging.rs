//! A forger who adds every sum up again is caught all the same.

use crate::tampering::{Good, by_bus, disputed, lines_of};
use oneroof::plan::verify::Discrepancy;
use oneroof::plan::{Outcome, Plan, Status};

/// Adds every printed sum up again after a line was altered, as a careful forger would.
fn add_up(plan: &mut Plan) {
    let pence = |pounds: f64| (pounds * 100.0).round() as i64;
    let pounds = |pence: i64| pence as f64 / 100.0;
    let mut saving = 0;
    for ledger in &mut plan.ledger {
        let sum: i64 = ledger.lines.iter().map(|line| pence(line.npv_gbp)).sum();
        ledger.npv_gbp = pounds(sum);
        saving += sum;
    }
    for building in &mut plan.buildings {
        let lines = plan.ledger.iter().flat_map(|ledger| &ledger.lines);
        let own = lines.filter(|line| line.subject == building.asset_id);
        let own: i64 = own
            .filter(|line| line.line != "site_fixed" && !line.line.starts_with("recharge"))
            .map(|line| pence(line.npv_gbp))
            .sum();
        building.npv_gbp = pounds(own);
    }
    plan.saving_gbp = pounds(saving);
    plan.value = pounds(pence(plan.do_minimum) - saving);
    if let Some(bound) = plan.bound {
        plan.gap = Some(((plan.value - bound) / plan.value.abs()).max(0.0));
        let most = pounds(pence(plan.do_minimum) - pence(bound));
        plan.saving_at_most_gbp = Some(most);
        let short = (most - plan.saving_gbp).max(0.0) / plan.saving_gbp;
        plan.saving_gap = (plan.saving_gbp > 0.0).then_some(short);
    }
}

#[test]
fn a_receipt_credited_a_year_early_is_refused_though_every_sum_is_right() {
    let good = Good::loaded("tests/places/six");
    let mut forged = good.plan.clone();
    let mut lines = forged
        .ledger
        .iter_mut()
        .flat_map(|ledger| &mut ledger.lines);
    let receipt = lines.find(|line| line.line == "receipt").expect("a sale");
    receipt.npv_gbp = (receipt.npv_gbp * 103.5).round() / 100.0;
    let sold = receipt.subject.clone();
    add_up(&mut forged);
    for building in &mut forged.buildings {
        if building.asset_id == sold {
            building.act_year = building.act_year.map(|year| year - 1);
        }
    }
    let found = good.judge(&forged);
    let named = |figure: &str| found.iter().any(|d| d.figure.contains(figure));
    assert!(
        named(&format!("{sold}.receipt].npv_gbp")),
        "{}",
        lines_of(&found)
    );
    assert!(
        named(&format!("buildings[{sold}].act_year")),
        "{}",
        lines_of(&found)
    );
}

#[test]
fn every_line_forged_with_right_sums_is_refused() {
    for good in [Good::loaded("tests/places/six"), by_bus(), disputed()] {
        for (ledger, agency) in good.plan.ledger.iter().enumerate() {
            for line in 0..agency.lines.len() {
                let mut forged = good.plan.clone();
                forged.ledger[ledger].lines[line].npv_gbp += 1.0;
                add_up(&mut forged);
                let subject = &agency.lines[line].subject;
                let found = good.judge(&forged);
                let named = |d: &Discrepancy| d.code == "money-differs" && d.subject == *subject;
                assert!(found.iter().any(named), "{subject}: {}", lines_of(&found));
            }
        }
    }
}

#[test]
fn everybody_sent_everywhere_is_refused_where_the_optimiser_could_not_have_sent_them() {
    // One occupier after the other goes to every other building, its own record told consistently:
    // whatever stands in the file then, the figures of the old arrangement do not fit it.
    let good = Good::loaded("tests/places/six");
    let ids: Vec<String> = good
        .plan
        .buildings
        .iter()
        .map(|b| b.asset_id.clone())
        .collect();
    for at in 0..good.plan.occupiers.len() {
        for id in &ids {
            let mut moved = good.plan.clone();
            let one = &mut moved.occupiers[at];
            if one.to_id == *id {
                continue;
            }
            one.to_id.clone_from(id);
            one.outcome = match one.from_id == *id {
                true => Outcome::Stay,
                false => Outcome::Move,
            };
            assert!(
                !good.judge(&moved).is_empty(),
                "{} to {id}",
                moved.occupiers[at].occupier
            );
        }
    }
}

#[test]
fn a_plan_that_says_people_chose_it_still_proves_nothing() {
    let mut good = Good::loaded("tests/places/six");
    good.plan.status = Status::Appraised;
    let found = good.judge(&good.plan);
    assert!(
        found.iter().any(|d| d.figure == "bound"),
        "{}",
        lines_of(&found)
    );
}
