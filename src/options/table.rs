//! Every option planned or judged, in the order in which an appraisal names them.

use super::row::{OptionKind, OptionRow};
use crate::partnership::place_alone;
use crate::place::{AgencyIx, Lock, Place};
use crate::plan::verify::{Discrepancy, verify};
use crate::plan::{Plan, PlanError, Wish, appraise, plan};
use crate::siting::Progress;
use crate::travel::Travel;
use rayon::prelude::*;
use serde::Serialize;

/// What is asked for.
#[derive(Clone, Copy)]
pub struct Asking<'a> {
    /// The place.
    pub place: &'a Place,
    /// Its distances.
    pub travel: &'a Travel,
    /// What each plan is asked for.
    pub wish: &'a Wish,
    /// What people propose: judged already.
    pub proposed: &'a [Proposed],
    /// Who may stop it.
    pub progress: &'a dyn Progress,
}

/// An option that people propose: their decisions, appraised.
#[derive(Clone, Debug)]
pub struct Proposed {
    /// What it is called.
    pub name: String,
    /// The place with the decisions.
    pub place: Place,
    /// The plan that they describe.
    pub plan: Plan,
}

/// The options side by side.
#[derive(Clone, Debug, Serialize)]
pub struct Options {
    /// The place's name.
    pub place: String,
    /// The rows, in order.
    pub rows: Vec<OptionRow>,
    /// What is proposed.
    #[serde(skip)]
    pub ours: Plan,
}

/// Plans and judges every option. Figures that the verifier does not agree with are told, and no table made.
///
/// # Errors
/// As [`plan`](crate::plan::plan()) for what is proposed; an agency that has no plan alone is a row that
/// says so.
pub fn options(asking: &Asking<'_>) -> Result<Result<Options, Vec<Discrepancy>>, PlanError> {
    let (place, travel) = (asking.place, asking.travel);
    let ours = plan(place, travel, asking.wish, asking.progress)?;
    let mut wrong = verify(place, travel, &ours);
    let today = undecided(place);
    let kept = appraise(&today, travel)?;
    wrong.extend(verify(&today, travel, &kept));
    let do_minimum = OptionRow::of(
        &today,
        travel,
        &kept,
        "do_minimum".to_owned(),
        OptionKind::DoMinimum,
    );
    let mut rows = vec![
        OptionRow::do_nothing(&kept, &do_minimum),
        do_minimum.clone(),
    ];
    let agencies: Vec<AgencyIx> = (0..place.agencies.len()).map(AgencyIx::new).collect();
    let alone: Vec<(OptionRow, Vec<Discrepancy>)> = agencies
        .par_iter()
        .filter(|agency| owns(place, **agency))
        .map(|agency| asking.alone(*agency, &do_minimum))
        .collect();
    for (row, found) in alone {
        rows.push(row);
        wrong.extend(found);
    }
    for one in asking.proposed {
        wrong.extend(verify(&one.place, travel, &one.plan));
        let name = format!("option:{}", one.name);
        rows.push(OptionRow::of(
            &one.place,
            travel,
            &one.plan,
            name,
            OptionKind::Proposed,
        ));
    }
    let name = "ours".to_owned();
    rows.push(OptionRow::of(place, travel, &ours, name, OptionKind::Ours));
    Ok(match wrong.is_empty() {
        true => Ok(Options {
            place: place.name.clone(),
            rows,
            ours,
        }),
        false => Err(wrong),
    })
}

/// Whether a plan could change anything of an agency.
fn owns(place: &Place, agency: AgencyIx) -> bool {
    let mut own = place.buildings.iter();
    own.any(|one| one.agency == agency && one.in_play().is_ok())
}

/// The place without anything that anybody decided.
fn undecided(place: &Place) -> Place {
    let mut today = place.clone();
    today.decisions.clear();
    for building in &mut today.buildings {
        building.lock = Lock::Free;
    }
    for occupier in &mut today.occupiers {
        occupier.lock = Lock::Free;
    }
    today
}

impl Asking<'_> {
    /// What one agency can do in its own buildings.
    fn alone(&self, agency: AgencyIx, do_minimum: &OptionRow) -> (OptionRow, Vec<Discrepancy>) {
        let own = place_alone(self.place, agency);
        let option = format!("alone:{}", self.place.agency(agency).id);
        let wish = Wish {
            second_stage: false,
            ..self.wish.clone()
        };
        match plan(&own, self.travel, &wish, &()) {
            Ok(plan) => {
                let found = verify(&own, self.travel, &plan);
                let row = OptionRow::of(&own, self.travel, &plan, option, OptionKind::Alone);
                let saved = plan.running_cost_today_gbp - plan.running_cost_after_gbp;
                // What the others run and keep is there all the same.
                let row = OptionRow {
                    run_after_gbp: do_minimum.run_after_gbp - saved,
                    kept: do_minimum.kept.saturating_sub(row.let_go),
                    ..row
                };
                (row, found)
            }
            Err(fault) => {
                let row = OptionRow {
                    option,
                    kind: OptionKind::Alone,
                    none: Some(fault.to_string()),
                    ..do_minimum.clone()
                };
                (row, Vec::new())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::place::sample::six_buildings;
    use std::time::Duration;

    #[test]
    fn options_run_from_nothing_to_ours_and_no_agency_alone_saves_more_than_all_together() {
        let place = six_buildings();
        let travel = Travel::new(&place, Vec::new());
        let wish = Wish {
            gap: 0.0,
            time: Duration::from_secs(20),
            second_stage: false,
            ..Wish::default()
        };
        let asking = Asking {
            place: &place,
            travel: &travel,
            wish: &wish,
            proposed: &[],
            progress: &(),
        };
        let table = options(&asking).expect("a plan").expect("verified");
        let names: Vec<&str> = table.rows.iter().map(|row| row.option.as_str()).collect();
        assert_eq!(
            names,
            [
                "do_nothing",
                "do_minimum",
                "alone:council",
                "alone:nhs",
                "ours"
            ]
        );
        let saving = |at: usize| table.rows[at].saving_gbp;
        assert_eq!(saving(1), 0.0);
        assert!(saving(2) <= saving(4) + 0.01 && saving(3) <= saving(4) + 0.01);
        // Nothing is repaired: what waits is left.
        let waits: f64 = place.buildings.iter().map(|one| one.backlog.get()).sum();
        assert!((table.rows[0].repairs_left_gbp - waits).abs() < 0.01);
    }
}
