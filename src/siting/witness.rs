//! A certificate for a problem whose answer has none: the whole model of a solver proves by its own tree, which nobody
//! can check.

use super::certificate::{Certificate, certify};
use super::dual::Dual;
use super::layout::Layout;
use super::problem::{Choice, Item, Problem};
use super::state::Ground;
use super::validate::validate;
use super::web::Web;

/// Steps of the climb, and nodes of each site's knapsack.
const ROUNDS: u32 = 1_500;
const NODES: u32 = 2_000;

/// Multipliers from which anybody can recompute a bound, which may be lower than what a solver's tree proves; `None`
/// where an item may be divided or placed several times. Where `stop` comes before the climb ends they are those of
/// the best bound till then.
pub fn witness(problem: &Problem, stop: &dyn Fn() -> bool) -> Option<Certificate> {
    let plain = |item: &Item| !item.split && item.choice != Choice::Any;
    if validate(problem).is_err() || !problem.items.iter().all(plain) {
        return None;
    }
    let layout = Layout::new(problem);
    let web = Web::new(problem, false)?;
    let ground = Ground::new(problem, &layout, &web);
    let mut dual = Dual::new(&ground, NODES);
    dual.climb(ROUNDS, &|_, _| stop());
    certify(&ground, &dual.prices(NODES)?)
}
