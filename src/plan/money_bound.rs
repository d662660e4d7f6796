//! A bound on money alone, where the search bounds money and prices together.

use super::compile::Compiled;
use super::solve::Wish;
use crate::siting::{
    Answer, Ask, BoundSource, Certificate, Cover, Problem, Progress, Quiet, solve,
};
use std::time::{Duration, Instant};

/// Time for it where somebody stopped the search: most of a bound is there in less.
const ONCE_STOPPED: Duration = Duration::from_millis(500);

/// A bound on money alone. Where soft rules have prices, the search's own bound is one on money and
/// prices together; then the problem is bounded once more without them.
pub(super) fn money_bound(
    compiled: &Compiled,
    first: &Answer,
    wish: &Wish,
    solving: Instant,
    progress: &dyn Progress,
) -> (Option<f64>, BoundSource, Option<Certificate>) {
    let Some(plain) = without_prices(&compiled.problem) else {
        let certificate = first.certificate.clone();
        return (first.bound, first.bound_source, certificate);
    };
    let left = wish.time.saturating_sub(solving.elapsed());
    let (quiet, stopped) = (Quiet(progress), progress.cancelled());
    let (time, progress): (Duration, &dyn Progress) = match stopped {
        true => (ONCE_STOPPED, &()),
        false => (left.max(Duration::from_secs(1)), &quiet),
    };
    let ask = Ask {
        gap: wish.gap / 2.0,
        time,
        seed: wish.seed,
        rounds: None,
        least_travel_within: None,
    };
    let mut plain = plain;
    plain.start = Some(first.solution.chosen.clone());
    match solve(&plain, &ask, progress) {
        Ok(answer) => (answer.bound, answer.bound_source, answer.certificate),
        Err(_) => (None, BoundSource::None, None),
    }
}

/// The problem without its priced covers and the price of a change; `None` where it has none.
pub(super) fn without_prices(problem: &Problem) -> Option<Problem> {
    let priced = |cover: &Cover| {
        matches!(
            cover,
            Cover::Share { price: Some(_), .. } | Cover::Mean { price: Some(_), .. }
        )
    };
    let any = problem
        .reaches
        .iter()
        .any(|reach| reach.covers.iter().any(priced));
    (any || problem.price_per_change != 0.0).then(|| {
        let mut plain = problem.clone();
        plain.price_per_change = 0.0;
        for reach in &mut plain.reaches {
            reach.covers.retain(|cover| !priced(cover));
        }
        plain
    })
}
