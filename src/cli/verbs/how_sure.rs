//! How sure a plan is, in words.

use crate::place::words::pounds;
use crate::plan::{NO_GAP, Plan, Status};

/// How sure the saving of a plan is, in brackets; nothing of one that people chose.
pub(super) fn sureness(plan: &Plan) -> String {
    match (plan.status, plan.saving_at_most_gbp, plan.gap) {
        (Status::Appraised, _, _) => String::new(),
        (_, Some(_), Some(0.0)) => "(proven: no plan can save more)".to_owned(),
        (_, Some(most), Some(gap)) if gap <= NO_GAP => {
            format!(
                "(at most {}; proven the cheapest)",
                pounds(most.max(plan.saving_gbp))
            )
        }
        (_, Some(most), Some(gap)) => format!(
            "(at most {}; {} of cost{})",
            pounds(most),
            gap_in_words(gap),
            given(plan, gap)
        ),
        _ => "(nothing is proven)".to_owned(),
    }
}

/// Why a plan that was found within the gap asked for ends with a larger one.
fn given(plan: &Plan, gap: f64) -> String {
    let stage = plan.travel.as_ref();
    match stage.filter(|_| plan.status == Status::WithinGap && gap > plan.run.gap_asked + 1e-9) {
        Some(stage) => format!(
            ", {:.2} % of it for the shorter journeys",
            100.0 * (plan.value - stage.first_value) / plan.value.abs()
        ),
        None => String::new(),
    }
}

/// A gap that is not nothing is never shown as nothing.
pub(super) fn gap_in_words(gap: f64) -> String {
    match gap * 100.0 {
        0.0 => "gap 0 %".to_owned(),
        percent if percent < 0.005 => "gap below 0.01 %".to_owned(),
        percent => format!("gap {percent:.2} %"),
    }
}
