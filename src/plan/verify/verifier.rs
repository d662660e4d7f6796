//! The one call: every check, in the order a reader would make them.

use super::discrepancy::{Discrepancy, Found};
use super::reading::Reading;
use super::zones::Distances;
use super::{
    assumptions, caps, cash, identity, least_transfers, ledger, money, part, phased, records,
    rules, sensitivity, sharing, space, split, structure, successors, together, totals, visits,
    worth,
};
use crate::place::Place;
use crate::plan::Plan;
use crate::travel::Travel;

/// Recomputes a plan from its place and names everything that is not so; empty where all agrees.
///
/// Verdicts agree exactly, ledger lines to a penny, totals exactly as sums of what is printed, the
/// cost of the whole plan to a pound. Any plan file can be given: ids that mean nothing, figures
/// that are no numbers and lists with gaps are reported like everything else.
pub fn verify(place: &Place, travel: &Travel, plan: &Plan) -> Vec<Discrepancy> {
    let reading = Reading::of(place, plan);
    let mut found = Found::default();
    identity::check(&reading, &mut found);
    structure::check(&reading, &mut found);
    space::check(&reading, &mut found);
    part::check(&reading, &mut found);
    sharing::check(&reading, travel, &mut found);
    let distances = Distances::of(&reading, travel);
    rules::check(&reading, travel, &distances, &mut found);
    let money = money::work_out(&reading);
    ledger::check(&reading, &money, &mut found);
    cash::check(&reading, &money, &mut found);
    worth::check(&reading, &mut found);
    successors::check(&reading, &mut found);
    caps::check(&reading, &mut found);
    least_transfers::check(&reading, &mut found);
    together::check(&reading, &mut found);
    split::check(&reading, travel, &mut found);
    sensitivity::check(&reading, &money, &mut found);
    records::check(&reading, &money, travel, &mut found);
    totals::check(&reading, &money, &distances, &mut found);
    assumptions::check(&reading, &mut found);
    visits::check(&reading, travel, &mut found);
    phased::check(&reading, travel, &mut found);
    found.0
}
